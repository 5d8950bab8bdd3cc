/** How a query was read and what was found for its words, as the page tells it. Plain data, made in the worker. */

export interface QueryReading {
  /** The query as it was understood, as a reader could type it. Empty when there are no words. */
  understood: string;
  /** True when the query is more than plain words, or was repaired: then the page shows `understood`. */
  special: boolean;
  /** What was repaired, left out, or read in a way that the reader should know of, a sentence each. */
  repairs: string[];
  /** Words of a question, and words such as "of" and "not", that need not occur. */
  fillers: string[];
  widened: WidenedWord[];
  offers: OfferedMeaning[];
  corrections: Correction[];
  /** Words, as typed, that no decision holds, not even as the beginning of another word. */
  missing: string[];
  /** Words that no decision holds but as the beginning of other words, which were searched. */
  beginnings: string[];
  /** What to mark in a text: each a list of stems that stand one after the other (words.ts). */
  marks: string[][];
}

/** A word, or several, for which others were searched too. */
export interface WidenedWord {
  typed: string;
  /** At most a handful, best first; `more` says how many others were searched. */
  also: string[];
  more: number;
  /** The whole query with this word in quotes, so that nothing else is searched for it. */
  exactQuery: string;
}

/** An abbreviation with several meanings that were not searched. */
export interface OfferedMeaning {
  typed: string;
  meanings: { text: string; query: string }[];
}

export interface Correction {
  typed: string;
  correct: string;
  /** True when the typed word occurs nowhere, so that the corrected one was searched at once. */
  applied: boolean;
  /** When applied: the query that searches what was typed. Else: the query with the corrected word. */
  query: string;
}

export const EMPTY_READING: QueryReading = { understood: '', special: false, repairs: [], fillers: [], widened: [], offers: [], corrections: [], missing: [], beginnings: [], marks: [] };
