/** A content folder to a complete site: open data, then pages and the search index side by side, then all put in place at once. */
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { addressing } from '../../src/open-data.ts';
import { SITE } from '../../src/site.ts';
import { PARSED_INDEX } from '../../src/determinations/parsed.ts';
import { listDeterminationFiles } from '../../src/determinations/store.ts';
import { writeSitemap } from '../data/sitemap.ts';
import { showProgress } from '../progress.ts';
import { startDeriver } from './derive.ts';
import { parseDeterminations } from './parse.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
/** In every site that we built. Without it a folder is somebody's own and is not touched. */
const MARK = 'imr-search.json';

export interface SiteSize {
  cases: number;
  decisions: number;
}

/**
 * @param options.content folder with determinations/
 * @param options.out folder for the site; replaced as a whole when the new one is complete
 * @throws Error in words; then `out` is as it was
 */
export async function buildSite({ content, out }: { content: string; out: string }): Promise<SiteSize> {
  const contentFolder = resolve(content);
  const outFolder = resolve(out);
  const { fresh, data, old } = neighbours(outFolder);
  await recover(outFolder, old);
  await refuseForeignFolder(outFolder);
  const cases = (await listDeterminationFiles(contentFolder)).length;
  if (cases === 0) throw new Error(`There are no determinations in ${join(content, 'determinations')}. Run \`npm run import -- --from <letters> --to ${content}\` first.`);
  await discard(fresh, data);
  await parseBefore(contentFolder);
  const deriver = startDeriver();
  try {
    const { IMR_SITE: site, IMR_BASE: base } = process.env;
    const beside = join(data, 'site');
    // Before the pages, because one of them says how large the files are.
    const { manifest, days } = await deriver.writeData({ contentFolder, outFolder: beside, site, base }, showProgress('determinations written as data'));
    const manifestFile = join(data, 'manifest.json');
    await writeFile(manifestFile, JSON.stringify(manifest));
    const [{ decisions }] = await Promise.all([deriver.buildIndex({ contentFolder, siteFolder: beside }, showProgress('determinations indexed')), buildPages(contentFolder, fresh, manifestFile)]);
    moveFiles(beside, fresh);
    if (SITE.indexable && site) await writeSitemap({ siteFolder: fresh, home: addressing(site, base)(''), days });
    await writeFile(join(fresh, MARK), `${JSON.stringify({ cases, decisions })}\n`);
    await swap(fresh, outFolder, old);
    return { cases, decisions };
  } finally {
    await deriver.close();
    await discard(fresh, data);
  }
}

/** Where the next site, its open data and the last site lie while they change places: beside `out`, so that a rename is enough. */
function neighbours(out: string): { fresh: string; data: string; old: string } {
  const beside = join(dirname(out), `.${basename(out)}`);
  return { fresh: `${beside}.new`, data: `${beside}.data`, old: `${beside}.old` };
}

async function discard(...folders: string[]): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}

/** Moves all that a folder holds to the same places below another one on the same disk. A file that is there already is a mistake of ours. */
function moveFiles(from: string, to: string): void {
  // There is a file for each case: with a promise for each step it would take several times as long.
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (!existsSync(target)) renameSync(source, target);
    else if (entry.isDirectory()) moveFiles(source, target);
    else throw new Error(`${target} was made twice: by a page and as open data.`);
  }
}

/** Parses the determinations for all that is done after it. @throws DeterminationError for the first damaged one */
export async function parseBefore(contentFolder: string): Promise<void> {
  process.env[PARSED_INDEX] = await parseDeterminations(contentFolder, resolve(process.env.IMR_CACHE ?? join(PROJECT, '.cache')));
}

/**
 * The pages alone. Astro reads its settings from the environment, because pages are built by its own machinery.
 * @param dataManifest what was written as open data; without it no page links to them
 */
export async function buildPages(contentFolder: string, outDir: string, dataManifest = ''): Promise<void> {
  Object.assign(process.env, { ASTRO_TELEMETRY_DISABLED: '1', IMR_CONTENT: contentFolder, IMR_OUT: outDir, IMR_DATA: dataManifest });
  const { build } = await import('astro');
  await build({ root: PROJECT, logLevel: 'warn' });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Killed between its two renames, an earlier build has left the old site beside. */
async function recover(out: string, old: string): Promise<void> {
  if (!(await exists(old))) return;
  if (await exists(out)) await rm(old, { recursive: true });
  else await rename(old, out);
}

async function refuseForeignFolder(out: string): Promise<void> {
  if (!(await exists(out)) || (await readdir(out)).length === 0) return;
  const ours = await readFile(join(out, MARK), 'utf8').catch(() => undefined);
  if (ours === undefined) throw new Error(`${out} holds files that are not a site of ours. Give --out a folder that does not exist yet, or empty this one.`);
}

async function swap(fresh: string, out: string, old: string): Promise<void> {
  if (await exists(out)) await rename(out, old);
  await rename(fresh, out);
  await rm(old, { recursive: true, force: true });
}
