/**
 * The accounts of a build: every letter that the import has read is on the site once, or there is a reason why not, and the site has no page that no letter stands
 * behind. Looks at names of files alone, so that it takes no time worth saving.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { readRemovedCases } from '../../src/determinations/removed.ts';
import { caseOf, listDeterminationFiles, listSupersededFiles, supersededMark } from '../../src/determinations/store.ts';
import { REPORT_FILE } from '../../src/import-report.ts';
import { DATA_FOLDER, MANIFEST_FILE } from '../../src/search/manifest.ts';
import { casePath, caseSlug, supersededPath } from '../../src/urls.ts';
import { count, listText, numberText } from '../../src/words.ts';

/** Letters by what became of them: read = published + quarantined + duplicate + removed. Of all imports into the content folder. */
export interface Accounts {
  read: number;
  /** Superseded ones included: they have a page too. */
  published: number;
  quarantined: number;
  duplicate: number;
  removed: number;
}

export interface CheckedSite {
  /** Left out where no import report lies in the content folder: then only the site was held against its determinations. */
  accounts?: Accounts;
  /** What the publisher should know and nothing is wrong with. */
  notices: string[];
}

/** The accounts do not add up; the message says where, and what to do. */
export class AccountsError extends Error {}

const report = z.object({
  counts: z.object({ read: z.int(), written: z.int(), unchanged: z.int(), duplicate: z.int(), quarantined: z.int(), removed: z.int() }),
  corpus: z.object({ letters: z.int(), quarantined: z.array(z.object({ letters: z.int() })) }),
  letters: z.array(
    z.object({ file: z.string(), result: z.enum(['published', 'duplicate', 'quarantined', 'removed']), determination: z.string().optional(), removedAs: z.string().optional() }),
  ),
});
type Report = z.infer<typeof report>;

/** As src/urls.ts has them. */
const CASES = 'cases';
const SUPERSEDED = 'superseded';
const LIST = 'page';
const PAGE = 'index.html';
/** Files that a message names of one kind. */
const NAMED = 5;

/**
 * Holds a site that is complete but not yet in its place against its content folder and the import report there.
 * @param siteFolder with cases/ and search-data/
 * @throws AccountsError when a letter or a page is not accounted for, RemovedFileError
 */
export async function checkAccounts({ contentFolder, siteFolder }: { contentFolder: string; siteFolder: string }): Promise<CheckedSite> {
  const removed = readRemovedCases(contentFolder);
  const current = await listDeterminationFiles(contentFolder);
  const superseded = await listSupersededFiles(contentFolder);
  const problems = [...pageProblems(siteFolder, [...current, ...superseded], [...removed.keys()]), ...searchProblems(siteFolder, current.length)];
  const imported = readReport(contentFolder);
  let accounts: Accounts | undefined;
  const notices: string[] = [];
  if (imported === undefined) notices.push(`${REPORT_FILE} is not in ${contentFolder}, so the letters were not counted; the pages were held against the determinations.`);
  else {
    const published = new Set([...current, ...superseded]);
    const isRemovedSince = (determination: string): boolean => removed.has(caseSlug(caseOf(determination)));
    problems.push(...reportProblems(imported, published, isRemovedSince));
    accounts = accountsOf(imported, isRemovedSince);
    const seen = new Set(imported.letters.flatMap(({ removedAs, determination }) => removedAs ?? (determination === undefined ? [] : caseOf(determination))).map(caseSlug));
    const unseen = [...removed.values()].filter(({ id }) => !seen.has(caseSlug(id))).map(({ id }) => id);
    if (unseen.length > 0) notices.push(`removed.yaml names ${named(unseen)}, and no letter that was imported is of ${unseen.length === 1 ? 'that case' : 'these cases'}. If that is not meant, correct the number there.`);
  }
  if (problems.length > 0) throw new AccountsError(`The site was not published, because its letters do not add up:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  return { ...(accounts && { accounts }), notices };
}

/** `122 letters = 120 published + 1 quarantined + 1 duplicate + 0 removed` */
export function accountsText({ read, published, quarantined, duplicate, removed }: Accounts): string {
  const parts = { published, quarantined, duplicate, removed };
  return `${count(read, 'letter')} = ${Object.entries(parts).map(([name, letters]) => `${numberText(letters)} ${name}`).join(' + ')}`;
}

function readReport(contentFolder: string): Report | undefined {
  const path = join(contentFolder, REPORT_FILE);
  if (!existsSync(path)) return undefined;
  try {
    return report.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const what = error instanceof z.ZodError ? `its field ${error.issues[0]!.path.join('.')} ${error.issues[0]!.message}` : String(error);
    throw new AccountsError(`${path} cannot be read (${what}). Import again, or delete it: then the letters are not counted.`);
  }
}

/** @param isRemovedSince whether a determination is of a case that is removed now, perhaps after the import */
function accountsOf({ letters }: Report, isRemovedSince: (determination: string) => boolean): Accounts {
  const of = (result: Report['letters'][number]['result']): number => letters.filter((letter) => letter.result === result).length;
  const since = letters.filter(({ result, determination }) => result === 'published' && determination !== undefined && isRemovedSince(determination)).length;
  return { read: letters.length, published: of('published') - since, quarantined: of('quarantined'), duplicate: of('duplicate'), removed: of('removed') + since };
}

/** @param published determinations that are on the site, relative to the content folder */
function reportProblems({ counts, corpus, letters }: Report, published: ReadonlySet<string>, isRemovedSince: (determination: string) => boolean): string[] {
  const problems: string[] = [];
  const { read, written, unchanged, duplicate, quarantined, removed } = counts;
  const sum = written + unchanged + duplicate + quarantined + removed;
  if (read !== sum) problems.push(`${REPORT_FILE} counts ${read} letters as read, and ${sum} of them with what became of them. Import again.`);
  const reported = letters.filter(({ result }) => result === 'published');
  if (corpus.letters !== reported.length) problems.push(`${REPORT_FILE} says that ${corpus.letters} letters are published, and names ${reported.length}. Import again.`);
  const setAside = letters.filter(({ result }) => result === 'quarantined').length;
  const reasons = corpus.quarantined.reduce((total, { letters: each }) => total + each, 0);
  if (reasons !== setAside) problems.push(`${REPORT_FILE} gives reasons for ${reasons} quarantined letters, and names ${setAside}. Import again.`);
  const missing = reported.filter(({ determination }) => determination === undefined || !(published.has(determination) || isRemovedSince(determination)));
  if (missing.length > 0) problems.push(`By ${REPORT_FILE} ${named(missing.map(({ file, determination }) => `${file} (${determination ?? 'no determination'})`))} ${missing.length === 1 ? 'is' : 'are'} published, but the determination is not there. Import again.`);
  const letterOf = new Map<string, string>();
  for (const { file, determination } of reported) {
    if (determination === undefined) continue;
    const other = letterOf.get(determination);
    if (other !== undefined) problems.push(`By ${REPORT_FILE} both ${other} and ${file} are ${determination}. Import again.`);
    letterOf.set(determination, file);
  }
  const unknown = [...published].filter((determination) => !letterOf.has(determination));
  if (unknown.length > 0) problems.push(`No letter of ${REPORT_FILE} stands behind ${named(unknown)}. Import ${unknown.length === 1 ? 'its letter' : 'their letters'}, take ${unknown.length === 1 ? 'it' : 'them'} out, or delete ${REPORT_FILE} if determinations are written by hand.`);
  return problems;
}

/** @param determinations current ones and superseded ones, relative to the content folder; @param removed addresses of removed cases */
function pageProblems(siteFolder: string, determinations: readonly string[], removed: readonly string[]): string[] {
  const wanted = new Set([...determinations.map(pageOf), ...removed.map(casePath)]);
  const there = foldersThere(siteFolder);
  const removedPaths = new Set(removed.map(casePath));
  const missing = [...wanted].filter((path) => !there.get(path)?.includes(PAGE));
  const foreign = [...there.keys()].filter((path) => !wanted.has(path));
  const beside = [...there].flatMap(([path, names]) => (removedPaths.has(path) ? names.filter((name) => name !== PAGE && !(path === casePath(LIST) && /^\d+$/.test(name))).map((name) => path + name) : []));
  const problems: string[] = [];
  if (missing.length > 0) problems.push(`The site has no page ${named(missing)}. Build again; if that does not help, please report it.`);
  if (foreign.length > 0) problems.push(`No determination stands behind ${named(foreign)}. Build again without what an earlier build has left.`);
  if (beside.length > 0) problems.push(`Of a removed case there is still ${named(beside)}. Build again without what an earlier build has left.`);
  return problems;
}

function pageOf(determination: string): string {
  const mark = supersededMark(determination);
  // Of a SHA-256 an address has what a file's name has.
  return mark === undefined ? casePath(caseOf(determination)) : supersededPath(caseOf(determination), mark);
}

/** The folders of letters below `cases/`, with the names of all that lies in them. */
function foldersThere(siteFolder: string): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const slug of foldersIn(join(siteFolder, CASES))) {
    const path = casePath(slug);
    const names = readdirSync(join(siteFolder, path));
    // The further pages of the list of cases; but a letter may be called `page` as well.
    if (slug === LIST && !names.includes(PAGE)) continue;
    folders.set(path, names);
    if (!names.includes(SUPERSEDED)) continue;
    const superseded = `${path}${SUPERSEDED}/`;
    for (const letter of foldersIn(join(siteFolder, superseded))) folders.set(`${superseded}${letter}/`, readdirSync(join(siteFolder, superseded, letter)));
  }
  return folders;
}

/** @param cases that the search should know */
function searchProblems(siteFolder: string, cases: number): string[] {
  const path = join(siteFolder, DATA_FOLDER, MANIFEST_FILE);
  if (!existsSync(path)) return ['The site has no search index. Build again; if that does not help, please report it.'];
  const found = z.object({ cases: z.int() }).parse(JSON.parse(readFileSync(path, 'utf8'))).cases;
  return found === cases ? [] : [`The search knows ${count(found, 'case')}, and there ${cases === 1 ? 'is' : 'are'} ${count(cases, 'determination')}. Build again; if that does not help, please report it.`];
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  return listText(more > 0 ? [...names.slice(0, NAMED), `${more} more`] : names);
}
