/** What an import did with each letter. Kept beside the determinations; the next run reads it to skip what has not changed. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isDeterminationFile, listDeterminationFiles, readDeterminationFields } from '../../src/determinations/store.ts';

export const REPORT_FILE = 'import-report.json';

/** One letter and what became of it. */
export interface LetterEntry {
  /** Relative to the imported folder. */
  file: string;
  sha256: string;
  result: 'published' | 'duplicate' | 'quarantined' | 'removed';
  /** Of a published letter: its determination, relative to the content folder. */
  determination?: string;
  caseNumber?: string;
  decisionDate?: string;
  /** Of a duplicate: the letter that is published in its place. */
  duplicateOf?: string;
  /** Of a quarantined letter: a stable code, the reason in words, the line of its text. */
  code?: string;
  reason?: string;
  line?: number;
  /** Of a published letter: what the import was unsure of. */
  notes?: string[];
}

/** read = written + unchanged + duplicate + quarantined + removed */
export interface Counts {
  read: number;
  written: number;
  unchanged: number;
  duplicate: number;
  quarantined: number;
  removed: number;
}

export interface ImportReport {
  /** Fingerprint of the importer's code and vocabulary; another one reads every letter again. */
  importer: string;
  counts: Counts;
  /** Files in the folder that are not letters. */
  others: string[];
  /** Of this import and of earlier ones into the same folder, in code point order of `file`. */
  letters: LetterEntry[];
}

const PROJECT = resolve(import.meta.dirname, '../..');
/** Whatever decides what a determination says. */
const IMPORTER = ['scripts/import', 'scripts/letters', 'scripts/understanding', 'src/determinations', 'content/vocabulary', 'package-lock.json'];

/** Changes when the importer would read a letter differently. */
export async function importerFingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const part of IMPORTER) {
    const path = join(PROJECT, part);
    const names = part.endsWith('.json') ? [''] : (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
    for (const name of names) hash.update(`${part}/${name}\0`).update(await readFile(join(path, name))).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * What is known of earlier imports into a content folder. Without a usable report it is gathered from the determinations
 * themselves, so that a letter never overwrites another's; a determination that is damaged is left for its letter to replace.
 */
export async function readEarlierImports(contentFolder: string): Promise<Pick<ImportReport, 'importer' | 'letters'>> {
  try {
    const report = JSON.parse(await readFile(join(contentFolder, REPORT_FILE), 'utf8')) as ImportReport;
    if (typeof report.importer === 'string' && Array.isArray(report.letters) && report.letters.every(isEntry)) return report;
  } catch {
    // No report, or not one of ours: gather below.
  }
  const letters: LetterEntry[] = [];
  for (const determination of await listDeterminationFiles(contentFolder)) {
    const record = await readDeterminationFields(contentFolder, determination).catch(() => undefined);
    if (record) letters.push({ file: record.source.file, sha256: record.source.sha256, result: 'published', determination, caseNumber: record.caseNumber, decisionDate: record.decisionDate });
  }
  return { importer: '', letters };
}

const RESULTS: readonly unknown[] = ['published', 'duplicate', 'quarantined', 'removed'] satisfies LetterEntry['result'][];

/** Whether an entry is one that an import has written. What it names is moved and removed, so it must lie among the determinations. */
function isEntry(entry: Partial<LetterEntry> | null): boolean {
  if (typeof entry?.file !== 'string' || typeof entry.sha256 !== 'string' || !RESULTS.includes(entry.result)) return false;
  if (entry.result === 'published') return isDeterminationFile(entry.determination);
  return entry.result !== 'quarantined' || (typeof entry.code === 'string' && typeof entry.reason === 'string');
}

export async function writeReport(contentFolder: string, report: ImportReport): Promise<void> {
  await writeWhole(join(contentFolder, REPORT_FILE), `${JSON.stringify(report, undefined, 1)}\n`);
}

/** Writes a file so that it is never seen half-written. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.new`;
  await writeFile(beside, text);
  await rename(beside, path);
}
