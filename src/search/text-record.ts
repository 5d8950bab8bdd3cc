/**
 * How a decision's words lie in the text index: in which order, with which weight. Declared once, for scripts/index which writes
 * them and for the search page which shows the piece that matched.
 */
import type { Decision, Determination } from '../determinations/record.ts';

export interface TextPart {
  /** Marks the part's beginning in the index. */
  name: 'request' | 'rationale' | 'subject' | 'guideline' | 'administrator';
  /** In the words of the results page: "from the rationale". */
  label: string;
  /**
   * What one occurrence counts. A decision is found by what it decides: the request first, then the reasons. Citations and the
   * claims administrator's side are much the same in thousands of letters. The case's clinical summary is left out: it is the same for
   * all decisions of a case, so with it a search for lumbar MRI finds the opioids refused in a case that also had an MRI.
   */
  weight: number;
  text(decision: Decision, record: Determination): string;
}

export const TEXT_PARTS: readonly TextPart[] = [
  { name: 'request', label: 'request', weight: 6, text: ({ request }) => request },
  { name: 'rationale', label: 'rationale', weight: 1.5, text: ({ rationale }) => rationale.join(' ') },
  {
    name: 'subject',
    label: 'service, drugs and body parts',
    weight: 1,
    text: ({ service, drugs = [], bodyParts = [] }) => [service.category, service.subcategory, ...drugs, ...bodyParts].join('; '),
  },
  { name: 'guideline', label: 'guideline of the reviewer', weight: 0.5, text: ({ reviewerGuidelineText }) => reviewerGuidelineText.join(' ') },
  {
    name: 'administrator',
    label: 'guideline of the claims administrator',
    weight: 0.2,
    text: ({ claimsAdministratorGuidelineText }) => claimsAdministratorGuidelineText.join(' '),
  },
];

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
  parts: ReadonlyMap<TextPart['name'], readonly [number, number]>;
}

/**
 * Address of a decision in the text index, by which its record is known again. It depends on nothing but the letter, so that a new
 * letter leaves the records of the others as they are; numbers are padded so that the index keeps them in order.
 */
export function textAddress(caseId: string, number: number): string {
  return `${caseId}/${String(number).padStart(3, '0')}.html`;
}

/** Reads what textAddress wrote, with or without a slash before it. */
export function parseTextAddress(address: string): { caseId: string; number: number } {
  const match = /^\/?(.+)\/(\d+)\.html$/.exec(address);
  if (!match) throw new Error(`${address} is no address of a decision`);
  return { caseId: match[1]!, number: Number(match[2]) };
}
