/**
 * What the import tells the site: which letters a content folder was made from, and how well they were read. It is the part `corpus` of
 * the import report, which lies beside the determinations (scripts/import/report.ts writes it).
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';

export const REPORT_FILE = 'import-report.json';

/** The fields of which it is counted how often they were found, by their names in the record. */
const LABELS = {
  caseNumber: 'Case number',
  decisionDate: 'Decision date',
  dateAssigned: 'Date assigned',
  dateOfInjury: 'Date of injury',
  urDenialDate: 'Utilization review denial date',
  applicationReceived: 'Date the application was received',
  priority: 'Priority',
  licensure: 'Reviewer’s licence',
  specialty: 'Reviewer’s specialty',
  clinicalSummary: 'Clinical case summary',
  age: 'Worker’s age',
  sex: 'Worker’s sex',
  claimsAdministratorGuidelineText: 'Claims administrator’s guideline',
  reviewerGuidelineText: 'Reviewer’s guideline',
  rationale: 'Rationale',
} as const;
export type ReportedField = keyof typeof LABELS;
/** What each decision of a letter has. */
export const DECISION_FIELDS = ['claimsAdministratorGuidelineText', 'reviewerGuidelineText', 'rationale'] as const satisfies ReportedField[];
/** What a letter has once. */
export const LETTER_FIELDS = Object.keys(LABELS).filter((field): field is Exclude<ReportedField, (typeof DECISION_FIELDS)[number]> => !DECISION_FIELDS.some((other) => other === field));

export const isReportedField = (name: string): name is ReportedField => Object.hasOwn(LABELS, name);

export function fieldLabel(field: ReportedField): string {
  return LABELS[field];
}

const count = z.int().min(0);
const termList = z.object({
  /** Most frequent first. */
  terms: z.array(z.object({ term: z.string(), count })),
  /** How many further terms there are. */
  more: count,
});
const letter = z.object({ file: z.string(), decisionDate: z.string().optional() });

/** Of all letters published in a content folder, superseded ones included, whichever run has read them. Files are relative to the imported folder. */
const corpus = z.object({
  letters: count,
  decisions: count,
  /** Most letters first. */
  layouts: z.array(z.object({ layout: z.string(), letters: count })),
  /** Of the decision; `undated` stands last. */
  years: z.array(z.object({ year: z.string(), letters: count })),
  /** `of`: letters, or decisions where each has the field. */
  fields: z.array(z.object({ field: z.string().refine(isReportedField), found: count, of: count })),
  /** Most decisions first. */
  categories: z.array(z.object({ category: z.string(), decisions: count })),
  /** What the vocabulary did not know. */
  unknown: z.object({ specialties: termList, guidelines: termList, requests: termList, drugs: termList }),
  /** What the import was unsure of, as in the notes of the records. */
  doubts: z.object({
    letters: count,
    count,
    /** Most frequent first; `words` without the decision's number. */
    readings: z.array(z.object({ code: z.string(), words: z.string(), count, examples: z.array(z.string()) })),
    more: count,
  }),
  superseded: z.array(z.object({ caseNumber: z.string(), letter, by: letter })),
  /** Identifiers that redaction had missed, by kind: in how many letters, how many were redacted at import, how many keep their letter from being published. */
  privacy: z.array(z.object({ kind: z.string(), letters: count, redacted: count, quarantined: count })).default([]),
  /** Letters that are not published, by the reason's code. Most letters first. */
  quarantined: z.array(z.object({ code: z.string(), letters: count })),
});
export type CorpusReport = z.infer<typeof corpus>;

/** The corpus report of a content folder; undefined where no import has left one that can be read. */
export async function readCorpusReport(contentFolder: string): Promise<CorpusReport | undefined> {
  try {
    const report: unknown = JSON.parse(await readFile(join(contentFolder, REPORT_FILE), 'utf8'));
    return z.object({ corpus }).parse(report).corpus;
  } catch {
    // A site needs no report.
    return undefined;
  }
}
