/** How addresses and scripts name a decision: `CM00-0000117.2`. Small: the search page loads it when a reader begins to compare. */
import { CASE_ID, LARGEST_NUMBER, entryId } from '../research/list.ts';
import { caseSlug } from '../urls.ts';

export interface DecisionName {
  /** Of its case, as in Determination. */
  caseId: string;
  /** Counted from 1. */
  number: number;
}

/** A name from an address, in any case of its letters; nothing where it is no name. */
export function readName(text: string): DecisionName | undefined {
  const end = text.lastIndexOf('.');
  const [caseId, number] = [text.slice(0, end), text.slice(end + 1)];
  return end > 0 && CASE_ID.test(caseId) && /^[1-9]\d{0,2}$/.test(number) && Number(number) <= LARGEST_NUMBER ? { caseId, number: Number(number) } : undefined;
}

/** As readName reads it. */
export function formatName(name: DecisionName): string {
  return entryId(name);
}

/** Whether both name the same decision. */
export function isSameName(one: DecisionName, other: DecisionName): boolean {
  return caseSlug(one.caseId) === caseSlug(other.caseId) && one.number === other.number;
}
