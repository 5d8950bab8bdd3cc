/** A piece of a decision's text around the words that were found. */

export interface Piece {
  text: string;
  marked: boolean;
}

export interface Excerpt {
  pieces: Piece[];
  /** True when text was left out before or after. */
  cutBefore: boolean;
  cutAfter: boolean;
}

/** Words of an excerpt: three to four lines on a phone. */
export const EXCERPT_LENGTH = 36;
/** Words shown before the first word found, so that the sentence can be followed. */
const LEAD = 8;

/**
 * The stretch of words that holds the most places, the earliest of equals.
 * @param places positions in `words`; those outside the range are ignored
 * @param range first position, and the position after the last, that may be shown
 */
export function excerpt(words: readonly string[], places: ReadonlySet<number>, [start, end]: readonly [number, number], length = EXCERPT_LENGTH): Excerpt {
  const inside = [...places].filter((place) => place >= start && place < end).sort((a, b) => a - b);
  let first = start;
  let most = 0;
  for (let low = 0, high = 0; low < inside.length; low += 1) {
    while (high < inside.length && inside[high]! < inside[low]! + length - LEAD) high += 1;
    if (high - low > most) {
      most = high - low;
      first = Math.max(start, inside[low]! - LEAD);
    }
  }
  const last = Math.min(end, first + length);
  first = Math.max(start, Math.min(first, last - length));
  return { pieces: markPlaces(words, places, [first, last]), cutBefore: first > start, cutAfter: last < end };
}

/** The words of a range as text, neighbours of the same kind joined. */
export function markPlaces(words: readonly string[], places: ReadonlySet<number>, [start, end]: readonly [number, number]): Piece[] {
  const pieces: Piece[] = [];
  for (let place = start; place < end; place += 1) {
    const marked = places.has(place);
    const previous = pieces.at(-1);
    if (previous && previous.marked === marked) previous.text += ` ${words[place]!}`;
    else pieces.push({ text: words[place]!, marked });
  }
  return pieces;
}
