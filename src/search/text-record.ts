/**
 * How a decision's words lie in the text index: in which order, with which mark. Declared once, for scripts/index which writes
 * them and for the search page which shows the piece that matched.
 */
import type { Decision, Determination } from '../determinations/record.ts';

export type TextPartName = 'request' | 'rationale' | 'subject' | 'guideline' | 'administrator';

export interface TextPart {
  /** Marks the part's beginning in the index. */
  name: TextPartName;
  /** In the words of the results page: "from the rationale". */
  label: string;
  /**
   * Tells in the index which part a word stands in, as the weight it is given there, in 24ths: Pagefind divides the weight of a word by the number
   * of pieces that punctuation joins, so these were chosen such that no two share a quotient by 1 to 7. What a part counts is in match.ts.
   */
  tag: number;
  text(decision: Decision, record: Determination): string;
}

export const TEXT_PARTS: readonly TextPart[] = [
  { name: 'request', label: 'request', tag: 240, text: ({ request }) => request },
  { name: 'rationale', label: 'rationale', tag: 237, text: ({ rationale }) => rationale.join(' ') },
  {
    name: 'subject',
    label: 'service, drugs and body parts',
    tag: 230,
    text: ({ service, drugs = [], bodyParts = [] }) => [service.category, service.subcategory, ...drugs, ...bodyParts].join('; '),
  },
  { name: 'guideline', label: 'guideline of the reviewer', tag: 223, text: ({ reviewerGuidelineText }) => reviewerGuidelineText.join(' ') },
  {
    name: 'administrator',
    label: 'guideline of the claims administrator',
    tag: 216,
    text: ({ claimsAdministratorGuidelineText }) => claimsAdministratorGuidelineText.join(' '),
  },
];

/**
 * The case's clinical summary is the same for all decisions of a case: with it a search for lumbar MRI would find the opioids refused in a case
 * that also had an MRI. It is searched only when it is asked for (`summary:`), in an index of its own with a record a case.
 */
export const SUMMARY_PART = { name: 'summary', tag: 240 } as const;

/** What the text index knows of one decision. */
export interface TextRecord {
  caseId: string;
  /** Counted from 1. */
  number: number;
  /** As printed. */
  request: string;
  /** The words of all parts, as places count them. */
  words: readonly string[];
  /** First position, and position after the last, of each part in `words`. */
  parts: ReadonlyMap<TextPartName, readonly [number, number]>;
}

/** The file of one record, before gzip. */
export function encodeRecord({ caseId, number, request, words, parts }: TextRecord): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([caseId, number, request, words.join(' '), ...TEXT_PARTS.map(({ name }) => parts.get(name)![1])]));
}

/** Reads what encodeRecord wrote. @throws when it is something else */
export function decodeRecord(bytes: Uint8Array): TextRecord {
  const [caseId, number, request, words, ...ends] = JSON.parse(new TextDecoder().decode(bytes)) as [string, number, string, string, ...number[]];
  return { caseId, number, request, words: words.split(' '), parts: new Map(TEXT_PARTS.map(({ name }, index) => [name, [index === 0 ? 0 : ends[index - 1]!, ends[index]!]])) };
}

/** Place of a decision among the pages that are cut into words. */
export function textAddress(caseId: string, number: number): string {
  return `${caseId}/${number}.html`;
}

/** Place of a case among the clinical summaries that are cut into words. */
export function summaryAddress(caseId: string): string {
  return `${caseId}.html`;
}
