/** How a set of decisions came out, in numbers and in words. Pure, and used by pages and by search alike. */
import type { DecisionOutcome } from './determinations/record.ts';
import { count, numberText } from './words.ts';

/** With fewer decisions than this one more or less moves the share by over 5 points, so no percentage is shown. */
export const FEWEST_FOR_SHARE = 20;

/** How a set of decisions came out. */
export interface OutcomeSplit {
  total: number;
  upheld: number;
  overturned: number;
}

export function splitOutcomes(decisions: Iterable<{ outcome: DecisionOutcome }>): OutcomeSplit {
  const split: OutcomeSplit = { total: 0, upheld: 0, overturned: 0 };
  for (const { outcome } of decisions) {
    split.total += 1;
    split[outcome] += 1;
  }
  return split;
}

/** The share overturned in whole per cent, or undefined where the base is too small for one. Never `0` or `100` unless that is exact. */
export function overturnedPercent({ total, overturned }: OutcomeSplit): number | undefined {
  if (total < FEWEST_FOR_SHARE) return undefined;
  if (overturned === 0 || overturned === total) return (overturned / total) * 100;
  return Math.min(99, Math.max(1, Math.round((overturned / total) * 100)));
}

/** `36 of 275 (13%)`, or without the percentage where the base is too small. */
export function overturnedText(split: OutcomeSplit): string {
  const percent = overturnedPercent(split);
  return `${numberText(split.overturned)} of ${numberText(split.total)}${percent === undefined ? '' : ` (${percent}%)`}`;
}

/** `275 decisions, 31 overturned (11%)`, likewise. */
export function splitText(split: OutcomeSplit): string {
  const percent = overturnedPercent(split);
  return `${count(split.total, 'decision')}, ${numberText(split.overturned)} overturned${percent === undefined ? '' : ` (${percent}%)`}`;
}
