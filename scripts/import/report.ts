/** What an import did with each letter. Kept beside the determinations; the next run reads it to skip what has not changed. */
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'astro/zod';
import { isDeterminationFile, listDeterminationFiles, listSupersededFiles, readDetermination } from '../../src/determinations/store.ts';
import { REPORT_FILE } from '../../src/import-report.ts';
import type { CorpusReport } from '../../src/import-report.ts';
import { REDACTED, isRedactionNote } from '../privacy/redact.ts';
import { READABLE_REPORT_FILE } from './change.ts';
import type { Change } from './change.ts';
import { doubtSchema, letterFacts, letterFactsSchema } from './facts.ts';
import { reportMarkdown } from './report-markdown.ts';

/** The doubt about which of two letters of a case is current: its code, and how its words begin. */
export const SAME_DATE = { code: 'same-date', begin: 'Another letter of this case has' } as const;
/** Of a doubt of which the determination has only the words, because the report that had its code is gone. */
const NOTED = 'noted';

/** One letter and what became of it. In the order in which the report has its fields. */
const letterEntry = z
  .object({
    /** Relative to the imported folder. */
    file: z.string(),
    sha256: z.string(),
    result: z.enum(['published', 'duplicate', 'quarantined', 'removed']),
    caseNumber: z.string().optional(),
    decisionDate: z.string().optional(),
    /** Of a published letter: its determination, relative to the content folder. It is moved and removed, so it must be one. */
    determination: z.custom<string>(isDeterminationFile).optional(),
    /** Of a published letter whose case has a newer one: that one. */
    supersededBy: z.object({ decisionDate: z.string().optional(), file: z.string() }).optional(),
    /** Of a published letter: what the import was unsure of. */
    doubts: z.array(doubtSchema).optional(),
    /** Of a published letter: what the corpus report counts. */
    facts: letterFactsSchema.optional(),
    /** Of a published letter whose file's name identifies a person: the name that the site shows in its place. */
    shownAs: z.string().optional(),
    /** Of a published letter what was redacted in it, of a quarantined one what keeps it back: identifiers by kind. */
    privacy: z.record(z.string(), z.int().min(1)).optional(),
    /** Of a duplicate: the letter that is published in its place. */
    duplicateOf: z.string().optional(),
    /** Of a removed letter: the case number or the name under which removed.yaml has it. */
    removedAs: z.string().optional(),
    /** Of a quarantined letter: a stable code, the reason in words, the line of its text. */
    code: z.string().optional(),
    reason: z.string().optional(),
    line: z.number().optional(),
  })
  .refine(({ result, determination, facts }) => result !== 'published' || (determination !== undefined && facts !== undefined))
  .refine(({ result, removedAs }) => result !== 'removed' || removedAs !== undefined)
  .refine(({ result, code, reason }) => result !== 'quarantined' || (code !== undefined && reason !== undefined));
export type LetterEntry = z.infer<typeof letterEntry>;

/** read = written + unchanged + duplicate + quarantined + removed. Of the letters of the last run; a superseded one is written or unchanged. */
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
  /** Of this import and of earlier ones into the same folder. */
  corpus: CorpusReport;
  /** Files in the folder that are not letters. */
  others: string[];
  /** Of this import and of earlier ones, in code point order of `file`. */
  letters: LetterEntry[];
}

const earlierReport = z.object({ importer: z.string(), letters: z.array(letterEntry) });

const PROJECT = resolve(import.meta.dirname, '../..');
/** Whatever decides what a determination says. */
const IMPORTER = ['scripts/import', 'scripts/letters', 'scripts/privacy', 'scripts/understanding', 'src/determinations', 'content/vocabulary', 'package-lock.json'];

/** Changes when the importer would read a letter differently: its code, its vocabulary, an option. */
export async function importerFingerprint({ redact }: { redact: boolean }): Promise<string> {
  const hash = createHash('sha256').update(redact ? 'redact\0' : '');
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
    return earlierReport.parse(JSON.parse(await readFile(join(contentFolder, REPORT_FILE), 'utf8')));
  } catch {
    // No report, or not one of ours: gather below.
  }
  const letters: LetterEntry[] = [];
  for (const determination of [...(await listDeterminationFiles(contentFolder)), ...(await listSupersededFiles(contentFolder))]) {
    const record = await readDetermination(contentFolder, determination).catch(() => undefined);
    if (!record) continue;
    const { caseNumber, decisionDate, supersededBy, notes = [], source } = record;
    const doubts = notes.map((words) => ({ code: words.startsWith(SAME_DATE.begin) ? SAME_DATE.code : isRedactionNote(words) ? REDACTED : NOTED, words }));
    letters.push(
      withoutUndefined({
        file: source.file,
        sha256: source.sha256,
        result: 'published',
        caseNumber,
        decisionDate,
        determination,
        supersededBy,
        doubts: doubts.length > 0 ? doubts : undefined,
        facts: letterFacts(record, doubts),
      }),
    );
  }
  return { importer: '', letters };
}

/** An entry as it comes back from a file. */
export function withoutUndefined(entry: LetterEntry): LetterEntry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as LetterEntry;
}

/** Writes the report into the staging folder, once for programs and once for people. @returns what must change for it to lie in the content folder */
export async function stageReport(staging: string, report: ImportReport): Promise<Change[]> {
  const { letters, ...rest } = report;
  const head = JSON.stringify(rest, undefined, 1).slice(0, -2);
  // A line for each letter: there may be a hundred thousand. Parsed, so that its fields always have one order.
  const lines = letters.map((entry) => JSON.stringify(letterEntry.parse(entry)));
  const texts: Record<string, string> = { [REPORT_FILE]: `${head},\n "letters": [${lines.length > 0 ? `\n  ${lines.join(',\n  ')}\n ` : ''}]\n}\n`, [READABLE_REPORT_FILE]: reportMarkdown(report) };
  const changes = Object.keys(texts).map((path) => ({ path, staged: join(staging, path) }));
  for (const { path, staged } of changes) await writeFile(staged, texts[path]!);
  return changes;
}
