/** A content folder to a complete site: pages, and beside them open data and the search index, then all put in place at once. */
import { cpSync, existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { addressing } from '../../src/open-data.ts';
import { SITE } from '../../src/site.ts';
import { PARSED_INDEX } from '../../src/determinations/parsed.ts';
import { readRemovedCases } from '../../src/determinations/removed.ts';
import { listDeterminationFiles } from '../../src/determinations/store.ts';
import { SIMILAR_FILE } from '../../src/similar/load.ts';
import { writeSitemap } from '../data/sitemap.ts';
import { fileErrorInWords } from '../file-errors.ts';
import { importMark } from '../import/change.ts';
import { showProgress } from '../progress.ts';
import { checkAccounts } from './accounts.ts';
import type { CheckedSite } from './accounts.ts';
import { startDeriver } from './derive.ts';
import type { Deriver } from './derive.ts';
import { keyOf } from './kept.ts';
import type { KeptOptions } from './kept.ts';
import { makePages } from './pages.ts';
import type { PagesOptions } from './pages.ts';
import { parseDeterminations } from './parse.ts';
import { startSimilar } from './similar.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
/** In every site that we built. Without it a folder is somebody's own and is not touched. */
const MARK = 'imr-search.json';

export interface BuiltSite extends CheckedSite {
  cases: number;
  decisions: number;
}

/**
 * @param options.content folder with determinations/
 * @param options.out folder for the site; replaced as a whole when the new one is complete
 * @throws Error in words; then `out` is as it was
 */
export async function buildSite({ content, out }: { content: string; out: string }): Promise<BuiltSite> {
  try {
    return await build(content, out);
  } catch (error) {
    throw fileErrorInWords(error, { failed: 'The site was not built', place: dirname(resolve(out)), state: `${out} is as it was. Build again when that is done.` });
  }
}

async function build(content: string, out: string): Promise<BuiltSite> {
  const contentFolder = resolve(content);
  const outFolder = throughLinks(resolve(out));
  refuseOverlap({ content, out, contentFolder, outFolder });
  const { fresh, data, old } = neighbours(outFolder);
  recover(outFolder, old);
  await refuseForeignFolder(outFolder);
  const imported = importMark(contentFolder);
  const cases = (await listDeterminationFiles(contentFolder)).length;
  // Where all cases were removed the site must go on, without them: the old one would go on showing them.
  if (cases === 0 && readRemovedCases(contentFolder).size === 0) throw new Error(`There are no determinations in ${join(content, 'determinations')}. Run \`npm run import -- --from <letters> --to ${content}\` first.`);
  const aside = join(PROJECT, '.astro', `pages-${keyOf(outFolder).slice(0, 12)}`);
  discard(fresh, data, aside);
  const kept = (part: string): KeptOptions => ({ list: join(cacheFolder(), `kept-${keyOf(outFolder).slice(0, 12)}-${part}.json`), lastSite: outFolder });
  const contentMark = keyOf(contentFolder).slice(0, 12);
  let deriver: Deriver | undefined;
  try {
    const { IMR_SITE: site, IMR_BASE: base } = process.env;
    // First of all: whether the site can be written is known before anything is read.
    await mkdir(dirname(outFolder), { recursive: true });
    // One by one: of a disk that can only be read the other way says that the folder is not there.
    await mkdir(fresh);
    await mkdir(data);
    await parseBefore(contentFolder);
    const [keptData, keptIndex] = [kept('data'), kept('index')];
    const deriving = (deriver = startDeriver({ data: keptData, index: keptIndex }, existsSync(outFolder) && existsSync(keptIndex.list)));
    const manifestFile = join(data, 'manifest.json');
    const writing = (async () => {
      const { manifest, days } = await deriving.writeData({ contentFolder, outFolder: fresh, site, base }, showProgress('determinations written as data'));
      await writeFile(manifestFile, JSON.stringify(manifest));
      return days;
    })();
    const indexing = deriving.buildIndex({ contentFolder, siteFolder: fresh, scratchFolder: data, keptTexts: join(cacheFolder(), `texts-${contentMark}.bin`) }, showProgress('determinations indexed'));
    const pagesFolder = takesFilesOfProject(fresh) ? fresh : aside;
    const paging = buildPages(contentFolder, pagesFolder, { dataManifest: manifestFile, kept: kept('pages'), waiting: { component: 'src/pages/data.astro', until: writing }, free: indexing });
    // Without pages the rest is for nothing.
    paging.catch(() => deriving.close());
    await allAtRest([writing, indexing, paging]);
    const [days, { decisions }, closePages] = await Promise.all([writing, indexing, paging]);
    if (pagesFolder !== fresh) cpSync(pagesFolder, fresh, { recursive: true });
    if (SITE.indexable && site) await writeSitemap({ siteFolder: fresh, home: addressing(site, base)(''), days });
    await writeFile(join(fresh, MARK), `${JSON.stringify({ cases, decisions })}\n`);
    const checked = await checkAccounts({ contentFolder, siteFolder: fresh });
    if (importMark(contentFolder) !== imported) throw new Error(`An import has changed ${content} while the site was built, so it was not published: it may be half of the old and half of the new. Build again.`);
    await deriving.closeKept(fresh);
    closePages(fresh);
    swap(fresh, outFolder, old);
    return { cases, decisions, ...checked };
  } finally {
    await deriver?.close();
    discard(fresh, data, aside);
  }
}

/**
 * Waits for all, even when one of them has failed: what still writes would write into folders that are being removed.
 * @throws what the first to fail threw
 */
async function allAtRest(works: readonly Promise<unknown>[]): Promise<void> {
  const failures: unknown[] = [];
  await Promise.all(works.map((work) => work.catch((error: unknown) => void failures.push(error))));
  if (failures.length > 0) throw failures[0];
}

/** Whether a file of the project can be moved there: Astro makes styles in the project, moves them into the site, and fails where that is on another disk. */
function takesFilesOfProject(folder: string): boolean {
  const name = `moved-${process.pid}`;
  const [from, to] = [join(PROJECT, '.astro', name), join(folder, name)];
  mkdirSync(dirname(from), { recursive: true });
  writeFileSync(from, '');
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EXDEV') return false;
    throw error;
  } finally {
    discard(from, to);
  }
  return true;
}

/** Where a folder really lies, so that what is made beside it is on the same disk; a link to it stays a link, also while nothing is at its end. */
function throughLinks(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  return lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink() ? resolve(dirname(folder), readlinkSync(folder)) : folder;
}

/** What a build reads, and what is nobody's output: a site in there would be taken for a part of the next one, or replace it. */
const OWN = ['.git', '.github', 'content', 'node_modules', 'public', 'scripts', 'src', 'tests'];

/** @throws Error in words when the site would lie in what it is made from, or would replace it */
function refuseOverlap({ content, out, contentFolder, outFolder }: { content: string; out: string; contentFolder: string; outFolder: string }): void {
  const other = 'Give --out another folder.';
  if (dirname(outFolder) === outFolder) throw new Error(`--out ${out} is the whole disk. ${other}`);
  const places: [string, string][] = [[throughLinks(contentFolder), `the content folder ${content}`], [throughLinks(PROJECT), "this project's own files"], [throughLinks(cacheFolder()), `the folder for caches, ${cacheFolder()}`]];
  for (const [place, name] of places) if (isWithin(place, outFolder)) throw new Error(`--out ${out} would replace ${name}. ${other}`);
  if (isWithin(outFolder, contentFolder)) throw new Error(`--out ${out} lies in the content folder ${content}, where only determinations belong. ${other}`);
  for (const name of OWN) if (isWithin(outFolder, join(PROJECT, name))) throw new Error(`--out ${out} lies in ${name}, which the site is made from. ${other}`);
}

/** @returns whether a path is a folder or lies in it */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** Where the next site, its open data and the last site lie while they change places: beside `out`, so that a rename is enough. */
function neighbours(out: string): { fresh: string; data: string; old: string } {
  const beside = join(dirname(out), `.${basename(out)}`);
  return { fresh: `${beside}.new`, data: `${beside}.data`, old: `${beside}.old` };
}

/** At once: with a promise for each of its thousands of files removing a site takes several times as long. */
function discard(...folders: string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Parses the determinations for all that is done after it. @throws DeterminationError for the first damaged one */
export async function parseBefore(contentFolder: string): Promise<void> {
  process.env[PARSED_INDEX] = await parseDeterminations(contentFolder, cacheFolder());
}

function cacheFolder(): string {
  return resolve(process.env.IMR_CACHE ?? join(PROJECT, '.cache'));
}

/**
 * The pages alone. Astro reads its settings from the environment, because pages are built by its own machinery.
 * @param options.dataManifest what was written as open data; without it no page links to them
 * @returns what writes the list of pages for the next build when the site is complete
 */
export async function buildPages(contentFolder: string, outDir: string, { dataManifest = '', ...options }: Omit<PagesOptions, 'before'> & { dataManifest?: string } = {}): Promise<(site: string) => void> {
  Object.assign(process.env, { ASTRO_TELEMETRY_DISABLED: '1', IMR_CONTENT: contentFolder, IMR_OUT: outDir, IMR_DATA: dataManifest, IMR_KEYS: options.kept ? '1' : '' });
  const similar = startSimilar({ contentFolder, cacheFolder: cacheFolder() });
  const before = similar.file.then((file) => void (process.env[SIMILAR_FILE] = file));
  // Told where it is waited for, if Astro comes that far.
  before.catch(() => undefined);
  try {
    const { build } = await import('astro');
    const { integration, close } = makePages({ ...options, before });
    // Nothing is there but what is made beside the pages.
    await build({ root: PROJECT, logLevel: 'warn', integrations: [integration], vite: { build: { emptyOutDir: false } } });
    return close;
  } finally {
    await similar.close();
  }
}

/** Killed between its two renames, an earlier build has left the old site beside. */
function recover(out: string, old: string): void {
  if (!existsSync(old)) return;
  if (existsSync(out)) discard(old);
  else renameSync(old, out);
}

async function refuseForeignFolder(out: string): Promise<void> {
  if (!existsSync(out)) return;
  if (!statSync(out).isDirectory()) throw new Error(`${out} is a file. Give --out a folder that does not exist yet, or move the file away.`);
  if ((await readdir(out)).length === 0) return;
  if (!existsSync(join(out, MARK))) throw new Error(`${out} holds files that are not a site of ours. Give --out a folder that does not exist yet, or empty this one.`);
}

/**
 * Two renames, one right after the other: no system call that Node has lets two folders change places. A program that is killed just between them leaves no site, but the
 * old one whole beside it, and the next build, or start, puts that back before it does anything else.
 */
function swap(fresh: string, out: string, old: string): void {
  const replaces = existsSync(out);
  if (replaces) renameSync(out, old);
  try {
    renameSync(fresh, out);
  } catch (error) {
    if (replaces) renameSync(old, out);
    throw error;
  }
  discard(old);
}
