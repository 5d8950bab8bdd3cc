/** How much of a result a file for a spreadsheet holds. Apart from what makes the file, which the search page loads when it is asked for. */
import { numberText } from '../words.ts';

/**
 * Decisions that one file holds at most. Each needs a download of its own (the request stands in the text index only): a thousand take
 * some seconds, twenty thousand would take minutes and tens of megabytes.
 */
export const MOST_ROWS = 1000;

/** Said beside the button when the file does not hold the whole result, which is never left unsaid. */
export function csvLimitText(decisions: number): string | undefined {
  return decisions > MOST_ROWS ? `The file holds the first ${numberText(MOST_ROWS)} of ${numberText(decisions)} decisions, in the order shown. Narrow the search to save others.` : undefined;
}
