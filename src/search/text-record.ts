/**
 * How a decision's words lie in the text index, and in which order. Declared once, for scripts/index which writes them and for the
 * search page which shows the piece that matched.
 */
import type { Decision, Determination } from '../determinations/record.ts';

export type TextPartName = 'request' | 'rationale' | 'subject' | 'guideline' | 'administrator';

export interface TextPart {
  name: TextPartName;
  /** In the words of the results page: "from the rationale". */
  label: string;
  text(decision: Decision, record: Determination): string;
}

export const TEXT_PARTS: readonly TextPart[] = [
  { name: 'request', label: 'request', text: ({ request }) => request },
  { name: 'rationale', label: 'rationale', text: ({ rationale }) => rationale.join(' ') },
  {
    name: 'subject',
    label: 'service, drugs and body parts',
    text: ({ service, drugs = [], bodyParts = [] }) => [service.category, service.subcategory, ...drugs, ...bodyParts].join('; '),
  },
  { name: 'guideline', label: 'guideline of the reviewer', text: ({ reviewerGuidelineText }) => reviewerGuidelineText.join(' ') },
  {
    name: 'administrator',
    label: 'guideline of the claims administrator',
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
