/** An import from beginning to end. Reports through callbacks; knows nothing of the terminal. */
import { createHash } from 'node:crypto';
import { access, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compareText } from '../../src/determinations/record.ts';
import { isRemoved, readRemovedCases } from '../../src/determinations/removed.ts';
import type { RemovedCases } from '../../src/determinations/removed.ts';
import { fileErrorInWords } from '../file-errors.ts';
import type { Problem } from '../letters/problem.ts';
import { change, closeStaging, isHalfChanged, openStaging } from './change.ts';
import { corpusReport } from './corpus.ts';
import { findLetters } from './find.ts';
import type { LetterFile } from './find.ts';
import { arrange, place, removals } from './place.ts';
import type { Candidate } from './place.ts';
import { MOST_BYTES, startReaders } from './readers.ts';
import type { LetterToRead, Readers, ReadersOptions } from './readers.ts';
import { importerFingerprint, readEarlierImports, stageReport } from './report.ts';
import type { Counts, ImportReport, LetterEntry } from './report.ts';
import type { StagedLetter } from './worker.ts';

export interface ImportOptions extends ReadersOptions {
  /** A letter or a folder of letters. */
  from: string;
  /** The content folder. */
  to: string;
  /** Identifiers in a letter are replaced by [redacted]; else they keep the letter from being published. */
  redact?: boolean;
  onProgress?: (done: number, of: number) => void;
  /** Processes that run already. Without them, processes start when there is something to read. */
  readers?: Readers;
}

type Letter = LetterFile & LetterToRead;

/**
 * Reads all letters of `from` and writes their determinations and the report into `to`.
 * The same letters give the same bytes, whatever the order in which they are read and whatever is there from before.
 * Letters of cases that `removed.yaml` in `to` names are read and counted, and nothing of them is written; what earlier imports wrote of them is deleted.
 * @throws Error in words when there is nothing at `from`, `to` cannot be written, or its removed.yaml cannot be read; then `to` is as it was
 */
export async function importLetters(options: ImportOptions): Promise<ImportReport> {
  const { to } = options;
  try {
    return await importWhole(options);
  } catch (error) {
    const state = isHalfChanged(resolve(to)) ? `${to} is half changed. The next import takes that back first.` : `${to} is as it was. Import again when that is done.`;
    throw fileErrorInWords(error, { failed: 'Nothing was imported', place: to, state });
  }
}

async function importWhole({ from, to, redact = false, onProgress, readers, ...readersOptions }: ImportOptions): Promise<ImportReport> {
  const contentFolder = resolve(to);
  const removedCases = readRemovedCases(contentFolder);
  const { letters: files, others } = await findLetters(from);
  const importer = await importerFingerprint({ redact });
  const staging = openStaging(contentFolder);
  try {
    const earlier = await readEarlierImports(contentFolder);
    const letters: Letter[] = [];
    for (const [index, file] of files.entries()) letters.push({ ...file, sha256: await fileHash(file), staged: join(staging, `${index}.md`), redact });
    const present = new Set(letters.map(letterKey));
    const standingBefore: LetterEntry[] = [];
    for (const entry of earlier.letters) if (await stands(contentFolder, removedCases, entry)) standingBefore.push(entry);
    // Letters of earlier imports that are not among these stay as they are, and keep their case numbers and names.
    const absent = standingBefore.filter((entry) => !present.has(letterKey(entry)));
    const named = new Set(files.map(({ file }) => file));
    const firstWith = new Map(absent.filter((entry) => entry.result === 'published' && !named.has(entry.file)).map((entry) => [entry.sha256, entry.file]));
    const before = new Map(earlier.importer === importer ? standingBefore.map((entry) => [letterKey(entry), entry]) : []);
    const entries: LetterEntry[] = [];
    const duplicates: LetterEntry[] = [];
    const toRead: Letter[] = [];
    for (const letter of letters) {
      const { file, sha256 } = letter;
      const duplicateOf = firstWith.get(sha256);
      if (duplicateOf !== undefined) {
        duplicates.push({ file, sha256, result: 'duplicate', duplicateOf });
        continue;
      }
      firstWith.set(sha256, file);
      const known = before.get(letterKey(letter));
      if (known) entries.push(known);
      else toRead.push(letter);
    }

    const readings = await readAll(toRead, readers, readersOptions, (done) => onProgress?.(files.length - toRead.length + done, files.length));
    const candidates: Candidate[] = entries.filter(wantsPlace).map(standing);
    const settled: LetterEntry[] = entries.filter((entry) => !wantsPlace(entry));
    toRead.forEach((letter, index) => {
      const { sha256, determination, problems, privacy } = readings[index]!;
      if (determination) candidates.push({ entry: { file: letter.file, sha256, result: 'published', ...determination }, staged: letter.staged });
      else settled.push(quarantined(letter.file, sha256, problems.find((problem) => problem.severity === 'serious')!, privacy));
    });
    const hashes = new Set(letters.map(({ sha256 }) => sha256));
    const cases = new Set(candidates.map(({ entry }) => caseKey(entry)));
    // A file that was there before and holds another letter now: the old letter has gone if it has another name here, if the new one is of the
    // same case, or if it could not be read. Else the file is most likely another folder's, and both letters stay.
    const gone = (entry: LetterEntry): boolean => named.has(entry.file) && (!wantsPlace(entry) || hashes.has(entry.sha256) || cases.has(caseKey(entry)));
    const kept = absent.filter((entry) => !gone(entry));
    candidates.push(...kept.filter(wantsPlace).map(standing));

    const placed = place(candidates, removals(removedCases, earlier.letters));

    const all = [...settled, ...placed.map(({ entry }) => entry), ...kept.filter((entry) => !wantsPlace(entry))];
    // A duplicate of a letter that is not published is not published either, for the same reason.
    const unpublished = new Map(all.filter((entry) => entry.result !== 'published').map((entry) => [letterKey(entry), entry]));
    for (const duplicate of duplicates) {
      const original = unpublished.get(letterKey({ file: duplicate.duplicateOf!, sha256: duplicate.sha256 }));
      all.push(original ? { ...original, file: duplicate.file } : duplicate);
    }
    all.sort((a, b) => compareText(a.file, b.file) || compareText(a.sha256, b.sha256));
    const counts = count(all.filter((entry) => present.has(letterKey(entry))), new Set(entries.map(letterKey)));
    const report: ImportReport = { importer, counts, corpus: corpusReport(all), others, letters: all };
    change(contentFolder, [...(await arrange(contentFolder, staging, placed, earlier.letters)), ...(await stageReport(staging, report))]);
    return report;
  } finally {
    closeStaging(contentFolder);
  }
}

/** A letter is a file's name and its content: two folders may each have a `1.pdf`. */
function letterKey({ file, sha256 }: Pick<LetterEntry, 'file' | 'sha256'>): string {
  return `${sha256} ${file}`;
}

function caseKey({ file, caseNumber = '' }: LetterEntry): string {
  return `${caseNumber} ${file}`;
}

/** Whether `place` is asked about it: of a removed letter, because its name is not another's. */
function wantsPlace({ result }: LetterEntry): boolean {
  return result === 'published' || result === 'removed';
}

function standing(entry: LetterEntry): Candidate {
  return { entry, ...(entry.determination === undefined ? {} : { standing: entry.determination }) };
}

/** Hash of a file that may have vanished, be unreadable or too large to be read; reading it then says so. */
async function fileHash({ path, file }: LetterFile): Promise<string> {
  const fit = await stat(path).then((what) => what.isFile() && what.size <= MOST_BYTES, () => false);
  const bytes = fit ? await readFile(path).catch(() => undefined) : undefined;
  return bytes ? createHash('sha256').update(bytes).digest('hex') : `unreadable:${file}`;
}

/** Reasons for quarantine that lie outside the letter and may be gone at the next run. */
const PASSING = new Set(['too-slow', 'too-big', 'reader-died', 'cannot-open']);

/** Whether what an earlier run did with a letter still holds. Duplicates are told anew each time, and a letter that is no longer removed is read again. */
async function stands(contentFolder: string, removedCases: RemovedCases, entry: LetterEntry): Promise<boolean> {
  if (entry.result === 'quarantined') return !PASSING.has(entry.code!);
  if (entry.result === 'removed') return isRemoved(removedCases, entry.removedAs!);
  if (entry.result !== 'published') return false;
  return access(join(contentFolder, entry.determination!)).then(
    () => true,
    () => false,
  );
}

async function readAll(letters: Letter[], running: Readers | undefined, options: ReadersOptions, onProgress: (done: number) => void): Promise<StagedLetter[]> {
  let done = 0;
  onProgress(done);
  if (letters.length === 0) return [];
  const readers = running ?? startReaders(options);
  const readings: StagedLetter[] = [];
  let next = 0;
  const readOn = async (): Promise<void> => {
    while (next < letters.length) {
      const index = next++;
      readings[index] = await readers.read(letters[index]!);
      onProgress(++done);
    }
  };
  try {
    await Promise.all(Array.from({ length: readers.atOnce }, readOn));
  } finally {
    // Where one could not be written, none of the others is begun.
    next = letters.length;
    if (!running) await readers.close();
  }
  return readings;
}

function quarantined(file: string, sha256: string, { code, words, line }: Problem, privacy: LetterEntry['privacy']): LetterEntry {
  return { file, sha256, result: 'quarantined', code, reason: words, ...(line === undefined ? {} : { line }), ...(privacy ? { privacy } : {}) };
}

function count(entries: LetterEntry[], unchanged: ReadonlySet<string>): Counts {
  const of = (result: LetterEntry['result']) => entries.filter((entry) => entry.result === result).length;
  const kept = entries.filter((entry) => entry.result === 'published' && unchanged.has(letterKey(entry))).length;
  return { read: entries.length, written: of('published') - kept, unchanged: kept, duplicate: of('duplicate'), quarantined: of('quarantined'), removed: of('removed') };
}
