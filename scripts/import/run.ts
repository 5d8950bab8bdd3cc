/** An import from beginning to end. Reports through callbacks; knows nothing of the terminal. */
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import workerpool from 'workerpool';
import { determinationFile } from '../../src/determinations/store.ts';
import { caseSlug } from '../../src/urls.ts';
import { serious } from '../letters/problem.ts';
import type { Problem } from '../letters/problem.ts';
import { findLetters } from './find.ts';
import type { LetterFile } from './find.ts';
import { importerFingerprint, readEarlierImports, writeReport } from './report.ts';
import type { Counts, ImportReport, LetterEntry } from './report.ts';
import type { StagedLetter } from './worker.ts';

export interface ImportOptions {
  /** A letter or a folder of letters. */
  from: string;
  /** The content folder. */
  to: string;
  onProgress?: (done: number, of: number) => void;
  /** Longest time for one letter, in milliseconds. */
  letterTimeout?: number;
  /** Most memory for one reading process, in MB. */
  letterMemory?: number;
  /** How many letters are read at once, each in a process of its own. */
  processes?: number;
}

interface Letter extends LetterFile {
  sha256: string;
  /** Where its determination lies until all letters are read. */
  staged: string;
}

/** A determination that wants a place in the content folder. */
interface Candidate {
  entry: LetterEntry;
  /** Where it lies, if this run has read it. */
  staged?: string;
  /** Where an earlier run has put it, relative to the content folder. */
  standing?: string;
}

/**
 * Reads all letters of `from` and writes their determinations and the report into `to`.
 * The same letters give the same bytes, whatever the order in which they are read and whatever is there from before.
 * @throws Error in words when there is nothing at `from`, or `to` cannot be written
 */
export async function importLetters({ from, to, onProgress, letterTimeout = 10_000, letterMemory = 512, processes = availableParallelism() }: ImportOptions): Promise<ImportReport> {
  const contentFolder = resolve(to);
  const { letters: files, others } = await findLetters(from);
  const importer = await importerFingerprint();
  const earlier = await readEarlierImports(contentFolder);
  const earlierByFile = new Map(earlier.letters.map((entry) => [entry.file, entry]));
  const staging = join(contentFolder, '.import');
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  try {
    const entries: LetterEntry[] = [];
    const toRead: Letter[] = [];
    // Letters of earlier imports that are not among these stay as they are, and keep their case numbers and names.
    const imported = new Set(files.map(({ file }) => file));
    const kept: LetterEntry[] = [];
    for (const entry of earlier.letters) {
      if (!imported.has(entry.file) && (entry.result !== 'published' || (await stands(contentFolder, entry)))) kept.push(entry);
    }
    const firstWith = new Map(kept.filter((entry) => entry.result === 'published').map((entry) => [entry.sha256, entry.file]));
    const unchanged = new Set<string>();
    const duplicates: LetterEntry[] = [];
    for (const [index, file] of files.entries()) {
      const sha256 = await fileHash(file);
      const before = earlierByFile.get(file.file);
      const duplicateOf = firstWith.get(sha256);
      if (duplicateOf !== undefined) duplicates.push({ file: file.file, sha256, result: 'duplicate', duplicateOf });
      else if (before && before.sha256 === sha256 && earlier.importer === importer && (await stands(contentFolder, before))) {
        entries.push(before);
        if (before.result === 'published') unchanged.add(file.file);
      } else toRead.push({ ...file, sha256, staged: join(staging, `${index}.md`) });
      if (duplicateOf === undefined) firstWith.set(sha256, file.file);
    }

    const readings = await readAll(toRead, { onProgress, letterTimeout, letterMemory, processes }, files.length - toRead.length);
    const candidates: Candidate[] = entries.filter((entry) => entry.result === 'published').map(standing);
    const settled: LetterEntry[] = entries.filter((entry) => entry.result !== 'published');
    toRead.forEach((letter, index) => {
      const { sha256, determination, problems } = readings[index]!;
      if (determination) {
        const notes = problems.map((problem) => problem.words);
        candidates.push({ entry: { file: letter.file, sha256, result: 'published', ...determination, ...(notes.length > 0 ? { notes } : {}) }, staged: letter.staged });
      } else settled.push(quarantined(letter.file, sha256, problems.find((problem) => problem.severity === 'serious')!));
    });
    candidates.push(...kept.filter((entry) => entry.result === 'published').map(standing));

    const placed = place(candidates);
    // A name may go from one letter to another, so all that change their place leave it before any takes a new one.
    for (const [index, candidate] of placed.entries()) {
      if (candidate.standing === undefined || candidate.entry.result !== 'published' || candidate.standing === candidate.entry.determination) continue;
      candidate.staged = join(staging, `moved-${index}.md`);
      await rename(join(contentFolder, candidate.standing), candidate.staged);
    }
    for (const { entry, staged } of placed) {
      if (entry.result !== 'published' || staged === undefined) continue;
      const path = join(contentFolder, entry.determination!);
      await mkdir(dirname(path), { recursive: true });
      await rename(staged, path);
    }
    await removeStale(contentFolder, earlier.letters, placed);

    const all = [...settled, ...placed.map(({ entry }) => entry), ...kept.filter((entry) => entry.result !== 'published')];
    // A duplicate of a letter that could not be published is not published either, for the same reason.
    const unpublished = new Map(all.filter((entry) => entry.result === 'quarantined').map((entry) => [entry.file, entry]));
    for (const duplicate of duplicates) {
      const original = unpublished.get(duplicate.duplicateOf!);
      all.push(original ? { ...original, file: duplicate.file } : duplicate);
    }
    all.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
    const report: ImportReport = { importer, counts: count(all.filter((entry) => imported.has(entry.file)), unchanged), others, letters: all };
    await writeReport(contentFolder, report);
    return report;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function standing(entry: LetterEntry): Candidate {
  return { entry, ...(entry.determination === undefined ? {} : { standing: entry.determination }) };
}

/** Hash of a file that may have vanished or be unreadable; reading it then says so. */
async function fileHash({ path, file }: LetterFile): Promise<string> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes ? createHash('sha256').update(bytes).digest('hex') : `unreadable:${file}`;
}

/** Reasons for quarantine that lie outside the letter and may be gone at the next run. */
const PASSING = new Set(['case-twice', 'too-slow', 'reader-died', 'cannot-open']);

/** Whether what an earlier run did with a letter still holds. */
async function stands(contentFolder: string, entry: LetterEntry): Promise<boolean> {
  if (entry.result === 'quarantined') return !PASSING.has(entry.code!);
  if (entry.result !== 'published') return false;
  return access(join(contentFolder, entry.determination!)).then(
    () => true,
    () => false,
  );
}

async function readAll(letters: Letter[], options: Required<Pick<ImportOptions, 'letterTimeout' | 'letterMemory' | 'processes'>> & Pick<ImportOptions, 'onProgress'>, alreadyDone: number): Promise<StagedLetter[]> {
  const of = alreadyDone + letters.length;
  let done = alreadyDone;
  options.onProgress?.(done, of);
  if (letters.length === 0) return [];
  const workers = Math.min(options.processes, letters.length);
  const pool = workerpool.pool(join(import.meta.dirname, 'worker.ts'), {
    workerType: 'process',
    maxWorkers: workers,
    forkOpts: { execArgv: [`--max-old-space-size=${options.letterMemory}`] },
  });
  const readings: StagedLetter[] = [];
  let next = 0;
  const readOn = async () => {
    while (next < letters.length) {
      const index = next++;
      const letter = letters[index]!;
      readings[index] = await readOne(pool, letter, options.letterTimeout);
      options.onProgress?.(++done, of);
    }
  };
  try {
    // Two letters a process, so that none waits for the main one.
    await Promise.all(Array.from({ length: 2 * workers }, readOn));
  } finally {
    await pool.terminate(true);
  }
  return readings;
}

async function readOne(pool: workerpool.Pool, letter: Letter, timeout: number): Promise<StagedLetter> {
  // The time that a process needs to start is not the letter's.
  const reading: ReturnType<typeof pool.exec> = pool.exec('readLetter', [letter.path, letter.file, letter.staged], { on: () => void reading.timeout(timeout) });
  try {
    return (await reading) as StagedLetter;
  } catch (error) {
    // The rest of the message is a path of this machine, which is nobody else's business.
    const refused = /ENOENT|EACCES|EPERM|EISDIR/.exec(String(error))?.[0];
    const words =
      error instanceof workerpool.Promise.TimeoutError
        ? serious('too-slow', `it could not be read within ${timeout / 1000} seconds`)
        : refused !== undefined
          ? serious('cannot-open', `it cannot be opened (${refused}). Check that it is there and may be read`)
          : serious('reader-died', 'reading it stopped the reading process, most likely for want of memory');
    return { sha256: letter.sha256, problems: [words] };
  }
}

function quarantined(file: string, sha256: string, { code, words, line }: Problem): LetterEntry {
  return { file, sha256, result: 'quarantined', code, reason: words, ...(line === undefined ? {} : { line }) };
}

/**
 * Gives each determination its id and file. Of several letters with one case number the newest decision is published, the others
 * are quarantined; a letter without a case number is named after its file, with a part of its hash when that name is taken.
 */
function place(candidates: Candidate[]): Candidate[] {
  const order = [...candidates].sort((a, b) => {
    const [dateA, dateB] = [a.entry.decisionDate ?? '', b.entry.decisionDate ?? ''];
    if (dateA !== dateB) return dateA < dateB ? 1 : -1;
    return a.entry.file < b.entry.file ? -1 : 1;
  });
  const taken = new Map<string, LetterEntry>();
  const placed: Candidate[] = [];
  for (const withNumber of [true, false]) {
    for (const candidate of order.filter(({ entry }) => (entry.caseNumber !== undefined) === withNumber)) {
      const { entry } = candidate;
      let id = entry.caseNumber ?? fileId(entry.file);
      const other = taken.get(caseSlug(id));
      if (other && withNumber) {
        placed.push({ entry: quarantined(entry.file, entry.sha256, serious('case-twice', `${other.file} is a letter with the same case number ${id} and ${other.decisionDate === entry.decisionDate ? 'the same' : 'a newer'} decision date; only that one is published`)) });
        continue;
      }
      if (other) id = `${id}-${entry.sha256.slice(0, 8)}`;
      taken.set(caseSlug(id), entry);
      placed.push({ ...candidate, entry: { ...entry, determination: determinationFile({ id, decisionDate: entry.decisionDate }) } });
    }
  }
  return placed;
}

/** A file's name as an id: what is safe in a path and an address on every system. */
function fileId(file: string): string {
  const name = basename(file, extname(file));
  const safe = name.normalize('NFKC').replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '').slice(0, 100);
  return safe.replace(/[.-]+$/, '') || 'letter';
}

/** Takes away determinations of earlier imports that no letter stands behind any more: it was changed, moved to another year, or quarantined since. */
async function removeStale(contentFolder: string, earlier: LetterEntry[], placed: Candidate[]): Promise<void> {
  const current = new Set(placed.map(({ entry }) => entry.determination));
  for (const { determination } of earlier) {
    if (determination !== undefined && !current.has(determination)) await rm(join(contentFolder, determination), { force: true });
  }
}

function count(entries: LetterEntry[], unchanged: ReadonlySet<string>): Counts {
  const of = (result: LetterEntry['result']) => entries.filter((entry) => entry.result === result).length;
  const kept = entries.filter((entry) => entry.result === 'published' && unchanged.has(entry.file)).length;
  return { read: entries.length, written: of('published') - kept, unchanged: kept, duplicate: of('duplicate'), quarantined: of('quarantined'), removed: of('removed') };
}
