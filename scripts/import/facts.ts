/** What the corpus report must know of each letter: so little that the facts of all letters fit in memory, and none is read again for it. */
import { z } from 'astro/zod';
import type { Determination } from '../../src/determinations/record.ts';
import { DECISION_FIELDS, LETTER_FIELDS, isReportedField } from '../../src/import-report.ts';
import { unknownTerms } from '../understanding/unknown.ts';

/** Something that the import was unsure of; the letter is published with the words as a note. */
export const doubtSchema = z.object({ code: z.string(), words: z.string() });
export type Doubt = z.infer<typeof doubtSchema>;

const terms = z.array(z.string()).optional();
export const letterFactsSchema = z.object({
  layout: z.string(),
  /** Of the service of each decision. */
  categories: z.array(z.string()),
  /** Fields that were not found; one of a decision stands once for each that lacks it. */
  missing: z.array(z.string().refine(isReportedField)).optional(),
  /** As unknownTerms gives them. */
  unknown: z.object({ specialties: terms, guidelines: terms, requests: terms, drugs: terms }).optional(),
});
export type LetterFacts = z.infer<typeof letterFactsSchema>;

/** The facts of one letter. A list that would be empty is left out. */
export function letterFacts(record: Omit<Determination, 'id'>, doubts: readonly Doubt[]): LetterFacts {
  const { decisions, patient, source } = record;
  const values = { ...record, ...patient };
  const missing = [
    ...LETTER_FIELDS.filter((field) => isEmpty(values[field])),
    ...decisions.flatMap((decision) => DECISION_FIELDS.filter((field) => isEmpty(decision[field]))),
  ];
  const serviceDoubts = doubts.flatMap(({ code, words }) => {
    const { decision, words: doubt } = ofDecision(words);
    return code === 'service-unclear' && decision !== undefined ? [{ decision, words: doubt }] : [];
  });
  const unknown = Object.entries(unknownTerms(record, serviceDoubts)).filter(([, found]) => found.length > 0);
  return {
    layout: source.layout,
    categories: decisions.map(({ service }) => service.category),
    ...(missing.length > 0 ? { missing } : {}),
    ...(unknown.length > 0 ? { unknown: Object.fromEntries(unknown) } : {}),
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

/** A doubt's words without the decision that they are about: `Decision 2: ...`. */
export function ofDecision(words: string): { decision?: number; words: string } {
  const match = /^Decision (\d+): (.*)$/s.exec(words);
  return match ? { decision: Number(match[1]), words: match[2]! } : { words };
}
