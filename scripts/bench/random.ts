/** Chance that is the same every time: a seed gives one series on every machine. */

export interface Random {
  /** 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  /** True in that share of cases. */
  chance(share: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** Like pick, but by the law of Zipf and Mandelbrot: the value at place n, from 1, comes as often as 1/(n + flat) says. */
  zipf<Value>(values: readonly Value[], flat?: number): Value;
  /** Around `median`, skewed to the right as lengths of texts are; within the bounds. */
  length(median: number, least: number, most: number): number;
  shuffle<Value>(values: readonly Value[]): Value[];
}

/** Tommy Ettinger's mulberry32: 32 bits of state are plenty for a corpus. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (values) => values[below(values.length)]!,
    zipf: (values, flat = 0) => {
      const place = (1 + flat) * ((values.length + 1 + flat) / (1 + flat)) ** next() - flat - 1;
      return values[Math.min(values.length - 1, Math.floor(place))]!;
    },
    length: (median, least, most) => {
      // The sum of three is close enough to a normal distribution.
      const deviation = next() + next() + next() - 1.5;
      return Math.round(Math.min(most, Math.max(least, median * Math.exp(deviation * 0.7))));
    },
    shuffle: (values) => {
      const shuffled = [...values];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
      }
      return shuffled;
    },
  };
}
