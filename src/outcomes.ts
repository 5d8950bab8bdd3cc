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
  const split = emptySplit();
  for (const decision of decisions) addOutcome(split, decision);
  return split;
}

export function emptySplit(): OutcomeSplit {
  return { total: 0, upheld: 0, overturned: 0 };
}

/** Counts one more decision. */
export function addOutcome(split: OutcomeSplit, { outcome }: { outcome: DecisionOutcome }): void {
  split.total += 1;
  split[outcome] += 1;
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

/** Two shares between 0 and 1. */
export interface Interval {
  low: number;
  high: number;
}

/** The 97.5th percentile of the normal distribution: 95 % lie between its negative and it. */
const Z = 1.959963984540054;

/**
 * The 95 % interval of the share overturned: shares that would make this result no surprise (E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", 1927, without correction for continuity). Unlike the usual plus and minus it never leaves 0 to 1 and holds for
 * shares near them, which shares of overturned decisions are. Nothing where no decision was counted.
 */
export function wilsonInterval({ total, overturned }: Pick<OutcomeSplit, 'total' | 'overturned'>): Interval | undefined {
  if (total === 0) return undefined;
  const share = overturned / total;
  const middle = share + Z ** 2 / (2 * total);
  const spread = Z * Math.sqrt((share * (1 - share)) / total + Z ** 2 / (4 * total ** 2));
  const [low, high] = [(middle - spread) / (1 + Z ** 2 / total), (middle + spread) / (1 + Z ** 2 / total)];
  // Rounding must not take an exact end away from the share itself.
  return { low: overturned === 0 ? 0 : Math.max(0, low), high: overturned === total ? 1 : Math.min(1, high) };
}

/** `8% to 15%`; nothing where the base is too small for a percentage. Rounded outwards: an interval must not look narrower than it is. */
export function intervalText(split: OutcomeSplit): string | undefined {
  const interval = split.total < FEWEST_FOR_SHARE ? undefined : wilsonInterval(split);
  return interval && `${Math.floor(interval.low * 100)}% to ${Math.ceil(interval.high * 100)}%`;
}
