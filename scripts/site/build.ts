/** A content folder to a complete site: pages, then the search index, then both put in place at once. */
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { buildSearchIndex } from '../index/build.ts';
import { listDeterminationFiles } from '../../src/determinations/store.ts';
import { showProgress } from '../progress.ts';

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
  const { fresh, old } = neighbours(outFolder);
  await recover(outFolder, old);
  await refuseForeignFolder(outFolder);
  const cases = (await listDeterminationFiles(contentFolder)).length;
  if (cases === 0) throw new Error(`There are no determinations in ${join(content, 'determinations')}. Run \`npm run import -- --from <letters> --to ${content}\` first.`);
  await rm(fresh, { recursive: true, force: true });
  try {
    await buildPages(contentFolder, fresh);
    const { decisions } = await buildSearchIndex({ contentFolder, siteFolder: fresh, onProgress: showProgress('determinations indexed') });
    await writeFile(join(fresh, MARK), `${JSON.stringify({ cases, decisions })}\n`);
    await swap(fresh, outFolder, old);
    return { cases, decisions };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Where the next and the last site lie while they change places: beside `out`, so that a rename is enough. */
function neighbours(out: string): { fresh: string; old: string } {
  const beside = join(dirname(out), `.${basename(out)}`);
  return { fresh: `${beside}.new`, old: `${beside}.old` };
}

/** Astro reads its settings from the environment, because pages are built by its own machinery. */
async function buildPages(contentFolder: string, outDir: string): Promise<void> {
  Object.assign(process.env, { ASTRO_TELEMETRY_DISABLED: '1', IMR_CONTENT: contentFolder, IMR_OUT: outDir });
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
