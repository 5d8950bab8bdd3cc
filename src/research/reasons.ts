/** The reasons of a decision as exports say them. Apart from the rest of an annex: only the exports, which are loaded when they are asked for, need what the kinds are called. Pure. */
import type { Decision } from '../determinations/record.ts';
import { KINDS, REASON_KINDS, SIDE_NAMES } from '../reasons/kinds.ts';

/** A kind with the sentences that are of it. */
export interface ExportedReason {
  /** `No red flags` */
  name: string;
  /** `Against the request` */
  side: string;
  /** As printed, in the letter's order. */
  sentences: string[];
}

/** What stands above the reasons of a decision: that something is not among them proves nothing. */
export const REASONS_TITLE = 'Reasons in the rationale, sorted by rule (not every reason is found)';

/** Each kind once, in the order of the list of kinds. None where the file of the case is older than the reasons; a kind that this version does not know is left out. */
export function exportedReasons({ reasons = [] }: Pick<Decision, 'reasons'>): ExportedReason[] {
  return REASON_KINDS.flatMap((kind) => {
    const sentences = reasons.flatMap((reason) => (reason.kind === kind ? [reason.sentence] : []));
    return sentences.length === 0 ? [] : [{ name: KINDS[kind].name, side: SIDE_NAMES[KINDS[kind].side], sentences }];
  });
}
