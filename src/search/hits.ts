/** Records that hold something, where, and how often; and what can be done with two such sets. Pure, over typed arrays. */

/**
 * A place of a word in a record as one number, so that places compare by position: position x 16, plus twice the number of its part
 * (text-record.ts), plus 1 for a piece of a longer word ("L5" in "L5/S1"), whose pieces share a position.
 */
export type Spot = number;

export const SPOT_KINDS = 16;
export function spotOf(place: number, part: number, piece: boolean): Spot {
  return place * SPOT_KINDS + part * 2 + (piece ? 1 : 0);
}
export function placeOf(spot: Spot): number {
  return Math.floor(spot / SPOT_KINDS);
}
export function partOf(spot: Spot): number {
  return (spot >> 1) & 7;
}

/** Ascending. Not to be changed: it may be a view of the index. */
export type Spots = Uint32Array;

export interface Hits {
  /** Numbers of the records in the index, ascending. */
  pages: Uint32Array;
  /** Of each record, how much its places count together; above 0. */
  weights: Float32Array;
  /** Places in one record, ascending; none where it is not among the pages. */
  at(page: number): Spots;
  /** All places in one list, where they lie so: of each record where its own end, and the places. For who goes through all records. */
  flat?: { pages: Uint32Array; ends: Uint32Array; spots: Uint32Array };
}

export const NO_SPOTS: Spots = new Uint32Array(0);
export const NO_HITS: Hits = { pages: new Uint32Array(0), weights: new Float32Array(0), at: () => NO_SPOTS };

/** Where a page stands among ascending ones; -1 where it does not. */
export function indexOfPage(pages: Uint32Array, page: number): number {
  let low = 0;
  let high = pages.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = pages[middle]!;
    if (found === page) return middle;
    if (found < page) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Records that hold any; each part's weight counts as much as its factor says. */
export function anyOf(parts: readonly Hits[], factors: readonly number[] = parts.map(() => 1)): Hits {
  const first = parts[0];
  if (!first) return NO_HITS;
  if (parts.length === 1 && factors[0] === 1) return first;
  const merged = parts.slice(1).reduce(
    (sum, part, index) => union(sum.pages, sum.weights, 1, part.pages, part.weights, factors[index + 1]!),
    union(first.pages, first.weights, factors[0]!, new Uint32Array(0), new Float32Array(0), 1),
  );
  return { ...merged, at: (page) => mergedSpots(parts, page) };
}

function union(aPages: Uint32Array, aWeights: Float32Array, aFactor: number, bPages: Uint32Array, bWeights: Float32Array, bFactor: number): { pages: Uint32Array; weights: Float32Array } {
  const pages = new Uint32Array(aPages.length + bPages.length);
  const weights = new Float32Array(pages.length);
  let size = 0;
  let a = 0;
  let b = 0;
  while (a < aPages.length || b < bPages.length) {
    const aPage = a < aPages.length ? aPages[a]! : Infinity;
    const bPage = b < bPages.length ? bPages[b]! : Infinity;
    let weight = 0;
    if (aPage <= bPage) weight += aFactor * aWeights[a++]!;
    if (bPage <= aPage) weight += bFactor * bWeights[b++]!;
    pages[size] = Math.min(aPage, bPage);
    weights[size++] = weight;
  }
  return { pages: pages.slice(0, size), weights: weights.slice(0, size) };
}

/** Records that hold all; the weights are added. */
export function allOf(parts: readonly Hits[]): Hits {
  // The rarest first: what it lacks need not be looked for.
  const [rarest, ...others] = [...parts].sort((a, b) => a.pages.length - b.pages.length);
  if (!rarest) return NO_HITS;
  const pages: number[] = [];
  const weights: number[] = [];
  rarest.pages.forEach((page, index) => {
    let weight = rarest.weights[index]!;
    for (const other of others) {
      const found = indexOfPage(other.pages, page);
      if (found < 0) return;
      weight += other.weights[found]!;
    }
    pages.push(page);
    weights.push(weight);
  });
  return { pages: Uint32Array.from(pages), weights: Float32Array.from(weights), at: (page) => mergedSpots(parts, page) };
}

/** Records of `hits` that are not among `without`. */
export function notIn(hits: Hits, without: Hits): Hits {
  const kept = [...hits.pages.keys()].filter((index) => indexOfPage(without.pages, hits.pages[index]!) < 0);
  return { pages: Uint32Array.from(kept, (index) => hits.pages[index]!), weights: Float32Array.from(kept, (index) => hits.weights[index]!), at: hits.at };
}

/**
 * Records in which the words stand one after the other in one part. Pieces of one longer word follow each other at the same position.
 * @param weightOf what one occurrence counts, by where it begins
 */
export function inSequence(words: readonly Hits[], weightOf: (spot: Spot) => number): Hits {
  if (words.length === 1) return words[0]!;
  const pairs = words.slice(1).flatMap((word, index) => pairInSequence(words[index]!, word, weightOf) ?? []);
  if (words.length === 2 && pairs[0]) return pairs[0];
  // Only records in which each follows the one before can hold them all.
  return inPlaces(pairs.length > 0 ? pairs : words, weightOf, (page) => sequencesIn(words.map((word) => word.at(page))));
}

/** Places of one record that follow each other, one of each word. */
function sequencesIn(words: readonly Spots[]): Spot[][] {
  let chains: Spot[][] = Array.from(words[0]!, (spot) => [spot]);
  for (const next of words.slice(1)) {
    chains = chains.flatMap((chain) => {
      const found = following(chain.at(-1)!).find((spot) => next.includes(spot));
      return found === undefined ? [] : [[...chain, found]];
    });
    if (chains.length === 0) return [];
  }
  return chains;
}

/** A piece may follow a piece of the same word; a whole word stands at the next position. */
function following(spot: Spot): Spot[] {
  const bare = spot - (spot & 1);
  return [bare + SPOT_KINDS, bare + SPOT_KINDS + 1, ...(spot & 1 ? [spot] : [])];
}

/**
 * The same for two words whose places lie in one list each, as those of single words do: one way through both lists, without a list for each of
 * the twenty thousand records that hold two frequent words.
 */
function pairInSequence(first: Hits, second: Hits, weightOf: (spot: Spot) => number): Hits | undefined {
  const { flat: a } = first;
  const { flat: b } = second;
  if (!a || !b) return undefined;
  const pages = new Uint32Array(Math.min(a.pages.length, b.pages.length));
  const weights = new Float32Array(pages.length);
  let size = 0;
  for (let inA = 0, inB = 0; inA < a.pages.length && inB < b.pages.length; ) {
    const page = a.pages[inA]!;
    if (page !== b.pages[inB]!) {
      if (page < b.pages[inB]!) inA += 1;
      else inB += 1;
      continue;
    }
    const endA = a.ends[inA]!;
    const endB = b.ends[inB]!;
    let weight = 0;
    let found = false;
    let low = inB === 0 ? 0 : b.ends[inB - 1]!;
    for (let place = inA === 0 ? 0 : a.ends[inA - 1]!; place < endA; place += 1) {
      const spot = a.spots[place]!;
      const piece = spot & 1;
      const bare = spot - piece;
      while (low < endB && b.spots[low]! < bare) low += 1;
      for (let after = low; after < endB && b.spots[after]! <= bare + SPOT_KINDS + 1; after += 1) {
        const other = b.spots[after]!;
        if (other - (other & 1) !== bare + SPOT_KINDS && !(piece && other === spot)) continue;
        weight += weightOf(spot);
        found = true;
        break;
      }
    }
    if (found) {
      pages[size] = page;
      weights[size++] = weight;
    }
    inA += 1;
    inB += 1;
  }
  const kept = pages.slice(0, size);
  return { pages: kept, weights: weights.slice(0, size), at: (page) => (indexOfPage(kept, page) < 0 ? NO_SPOTS : spotsOf(sequencesIn([first.at(page), second.at(page)]))) };
}

function spotsOf(groups: readonly Spot[][]): Spots {
  return Uint32Array.from(new Set(groups.flat())).sort();
}

/** Records in which both stand in one part with at most `within` words from one to the other, in any order. */
export function nearEachOther(a: Hits, b: Hits, within: number, weightOf: (spot: Spot) => number): Hits {
  return inPlaces([a, b], weightOf, (page) => {
    const others = b.at(page);
    const pairs: Spot[][] = [];
    let low = 0;
    for (const spot of a.at(page)) {
      const place = placeOf(spot);
      while (low < others.length && placeOf(others[low]!) < place - within) low += 1;
      for (let index = low; index < others.length && placeOf(others[index]!) <= place + within; index += 1) {
        if (partOf(others[index]!) === partOf(spot) && others[index] !== spot) pairs.push([spot, others[index]!]);
      }
    }
    return pairs;
  });
}

/** Records of all parts in which some of their places belong together. @param find groups of places that do, in one record */
function inPlaces(parts: readonly Hits[], weightOf: (spot: Spot) => number, find: (page: number) => Spot[][]): Hits {
  const pages: number[] = [];
  const weights: number[] = [];
  for (const page of allOf(parts).pages) {
    const groups = find(page);
    if (groups.length === 0) continue;
    pages.push(page);
    weights.push(groups.reduce((sum, group) => sum + weightOf(group[0]!), 0));
  }
  const found = Uint32Array.from(pages);
  return { pages: found, weights: Float32Array.from(weights), at: (page) => (indexOfPage(found, page) < 0 ? NO_SPOTS : spotsOf(find(page))) };
}

function mergedSpots(parts: readonly Hits[], page: number): Spots {
  const all = parts.map((part) => part.at(page)).filter(({ length }) => length > 0);
  if (all.length < 2) return all[0] ?? NO_SPOTS;
  return Uint32Array.from(new Set(all.flatMap((spots) => [...spots]))).sort();
}
