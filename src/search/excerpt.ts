/** Pieces of a decision's text around the words that were found. */
import { plainWord } from './words.ts';

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

/** An excerpt and the part of the decision in which it stands. */
export interface PartExcerpt<Name extends string = string> extends Excerpt {
  part: Name;
}

/** A piece of text that may be shown: first position, and the position after the last. */
type Range = readonly [number, number];

/** Words of a lone excerpt: three to four lines on a phone. */
export const EXCERPT_LENGTH = 36;
/** Words of each of several excerpts: together they are no longer than two lone ones. */
const SHORT_LENGTH = 24;
const MOST_EXCERPTS = 3;
/** Words shown before the first word found, so that the sentence can be followed. */
const LEAD = 8;
/** A sentence that begins at most so many words before the lead is shown from its beginning. */
const SENTENCE_LEAD = 4;
/** Two excerpts that stand closer than this would be one text with a hole in it. */
const APART = 4;
/** What a word counts that an excerpt before has shown already, and what a repetition in the same excerpt counts, where a new word counts 1. */
const SHOWN_BEFORE = 0.3;
const REPEATED = 0.05;
const SENTENCE_END = /[.!?]["”’)\]]?$/;

/**
 * The stretch of words that holds the most places, the earliest of equals.
 * @param places positions in `words`; those outside the range are ignored
 * @param range first position, and the position after the last, that may be shown
 */
export function excerpt(words: readonly string[], places: ReadonlySet<number>, range: Range, length = EXCERPT_LENGTH): Excerpt {
  const inside = placesIn(places, range);
  let lead = range[0];
  let most = 0;
  for (let low = 0, high = 0; low < inside.length; low += 1) {
    while (high < inside.length && inside[high]! < inside[low]! + length - LEAD) high += 1;
    if (high - low > most) {
      most = high - low;
      lead = inside[low]! - LEAD;
    }
  }
  return cut(words, places, range, stretch(range, lead, length));
}

/**
 * Up to three excerpts that together show as many different words found as they can; none overlap.
 * @param parts the parts that may be shown with their ranges, the most telling first: of equals the earlier part's is taken
 * @returns in the order of the text; none when no word was found in these parts
 */
export function excerpts<Name extends string>(words: readonly string[], places: ReadonlySet<number>, parts: ReadonlyMap<Name, Range>): PartExcerpt<Name>[] {
  const lone = bestStretches(words, places, parts, EXCERPT_LENGTH, 1);
  const several = bestStretches(words, places, parts, SHORT_LENGTH, MOST_EXCERPTS);
  // One longer piece reads better where it shows all that was found.
  const chosen = several.length > 1 ? several : lone;
  return chosen
    .sort((a, b) => a.range[0] - b.range[0])
    .map(({ part, range }) => ({ part, ...cut(words, places, parts.get(part)!, range) }));
}

interface Stretch<Name> {
  part: Name;
  range: Range;
}

/** A word that was found. */
interface FoundWord {
  place: number;
  /** Without capitals and punctuation. */
  word: string;
}

/** Takes the best stretch, then the best beside it, and so on. The third must show a word that the others do not. */
function bestStretches<Name extends string>(words: readonly string[], places: ReadonlySet<number>, parts: ReadonlyMap<Name, Range>, length: number, most: number): Stretch<Name>[] {
  const candidates = [...parts].flatMap(([part, range]) => {
    const found = placesIn(places, range).map((place): FoundWord => ({ place, word: plainWord(words[place]!) }));
    return found.map(({ place }, index) => {
      const shown = stretch(range, leadOf(words, place, range), length);
      return { part, range: shown, found: foundWithin(found, index, shown) };
    });
  });
  const chosen: Stretch<Name>[] = [];
  const shown = new Set<string>();
  while (chosen.length < most) {
    let best: (typeof candidates)[number] | undefined;
    let bestWorth = chosen.length < 2 ? 0 : 1 - Number.EPSILON;
    for (const candidate of candidates) {
      if (chosen.some(({ range: [start, end] }) => candidate.range[0] < end + APART && start < candidate.range[1] + APART)) continue;
      const worth = worthOf(candidate.found, shown);
      if (worth > bestWorth + Number.EPSILON) {
        best = candidate;
        bestWorth = worth;
      }
    }
    if (!best) break;
    chosen.push(best);
    for (const { word } of best.found) shown.add(word);
  }
  return chosen;
}

/** The words found in a range around the one at `index`. */
function foundWithin(found: readonly FoundWord[], index: number, [start, end]: Range): FoundWord[] {
  let low = index;
  let high = index + 1;
  while (low > 0 && found[low - 1]!.place >= start) low -= 1;
  while (high < found.length && found[high]!.place < end) high += 1;
  return found.slice(low, high);
}

function worthOf(found: readonly FoundWord[], shown: ReadonlySet<string>): number {
  const here = new Set<string>();
  let worth = 0;
  for (const { word } of found) {
    if (here.has(word)) worth += REPEATED;
    else worth += shown.has(word) ? SHOWN_BEFORE : 1;
    here.add(word);
  }
  return worth;
}

/** Where to begin so that the word at a place can be understood: its sentence's beginning where that is near, else some words before. */
function leadOf(words: readonly string[], place: number, [start]: Range): number {
  for (let first = place; first > Math.max(start, place - LEAD - SENTENCE_LEAD); first -= 1) {
    if (SENTENCE_END.test(words[first - 1]!)) return first;
  }
  return place - LEAD < start + SENTENCE_LEAD ? start : place - LEAD;
}

/** So many words from `first` on, moved so that they lie in the range. */
function stretch([start, end]: Range, first: number, length: number): Range {
  const last = Math.min(end, Math.max(start, first) + length);
  return [Math.max(start, Math.min(first, last - length)), last];
}

function cut(words: readonly string[], places: ReadonlySet<number>, [start, end]: Range, [first, last]: Range): Excerpt {
  return { pieces: markPlaces(words, places, [first, last]), cutBefore: first > start, cutAfter: last < end };
}

function placesIn(places: ReadonlySet<number>, [start, end]: Range): number[] {
  return [...places].filter((place) => place >= start && place < end).sort((a, b) => a - b);
}

/** The words of a range as text, neighbours of the same kind joined. */
export function markPlaces(words: readonly string[], places: ReadonlySet<number>, [start, end]: Range): Piece[] {
  const pieces: Piece[] = [];
  for (let place = start; place < end; place += 1) {
    const marked = places.has(place);
    const previous = pieces.at(-1);
    if (previous && previous.marked === marked) previous.text += ` ${words[place]!}`;
    else pieces.push({ text: words[place]!, marked });
  }
  return pieces;
}
