/** Which decisions hold the words of a query, and how well. Knows no Pagefind: the text index is handed in. */
import { termText, wordParts } from './query.ts';
import type { Query, Term } from './query.ts';

/** A decision that holds some words. */
export interface Hit {
  decision: number;
  /** Higher is better; comparable within one search. */
  score: number;
  /** Positions of the words found, counted over the words of the decision's text. */
  places: Places;
}
export type Places = Uint32Array | readonly number[];

/** What a text index must be able to do. */
export interface TextIndex {
  /** Decisions that hold these words one after the other, in any inflection ("needle" finds "needles"). The score says nothing; only the first place is given. */
  findExact(words: string): Promise<readonly Hit[]>;
  /** The same for one word, scored and with all places, but also decisions that hold only words that begin with it, or, where there is none, something near. */
  findRanked(word: string): Promise<readonly Hit[]>;
  /** A decision's text, word by word, as places count them. */
  readWords(decision: number): Promise<readonly string[]>;
}

/** One term of the query with the decisions that hold it. */
export interface TermMatch {
  term: Term;
  /** `beginning`: no decision holds the word itself, these hold words that begin with it. `nowhere`: not even that. */
  found: 'itself' | 'beginning' | 'nowhere';
  scores: ReadonlyMap<number, number>;
  places: ReadonlyMap<number, Places>;
}

/** A phrase that stands together says more than its words do scattered. */
const PHRASE_FACTOR = 1.5;
/** Of a decision that holds the words while the ranking does not name it; above 0, which means "does not hold them". */
const LEAST_SCORE = 1e-6;
/** Shorter beginnings would match most of the dictionary. */
const SHORTEST_BEGINNING = 3;

/** Finds the decisions of each term of a query. */
export function matchTerms(query: Query, index: TextIndex): Promise<TermMatch[]> {
  return Promise.all(query.terms.map((term) => matchTerm(term, index)));
}

async function matchTerm(term: Term, index: TextIndex): Promise<TermMatch> {
  const parts = wordParts(term.text);
  // The index glues what punctuation joins (L5-S1 is l5s1); readers and letters also write the parts apart.
  const spellings = parts.length > 1 && term.kind === 'word' ? [term.text, parts.join(' ')] : [term.text];
  const exact = (await Promise.all(spellings.map((words) => index.findExact(words)))).flat();
  if (exact.length === 0) return matchBeginning(term, index);
  const rankedWords = term.kind === 'phrase' ? term.text.split(' ') : spellings.flatMap((words) => words.split(' '));
  const ranked = await Promise.all([...new Set(rankedWords)].map((word) => index.findRanked(word)));
  const scores = new Map<number, number>(exact.map(({ decision }) => [decision, LEAST_SCORE]));
  const places = new Map<number, Places>(exact.map((hit) => [hit.decision, hit.places]));
  const factor = term.kind === 'phrase' ? PHRASE_FACTOR : 1;
  for (const hit of ranked.flat()) {
    const score = scores.get(hit.decision);
    if (score === undefined) continue;
    scores.set(hit.decision, score + factor * Math.max(0, hit.score));
    // Words of a phrase that stand elsewhere are no match of the phrase.
    if (spellings.length === 1 && term.kind === 'word') places.set(hit.decision, hit.places);
  }
  return { term, found: 'itself', scores, places };
}

async function matchBeginning(term: Term, index: TextIndex): Promise<TermMatch> {
  const nowhere: TermMatch = { term, found: 'nowhere', scores: new Map(), places: new Map() };
  if (term.kind === 'phrase' || [...term.text].length < SHORTEST_BEGINNING) return nowhere;
  const hits = await index.findRanked(term.text);
  const best = hits[0];
  if (!best) return nowhere;
  // The index answers an unknown word with something near: one look at a text tells whether the word was the beginning of another.
  const words = await index.readWords(best.decision);
  if (![...best.places].some((place) => wordParts(words[place] ?? '').some((part) => part.toLowerCase().startsWith(term.text.toLowerCase())))) return nowhere;
  return {
    term,
    found: 'beginning',
    scores: new Map(hits.map(({ decision, score }) => [decision, Math.max(LEAST_SCORE, score)])),
    places: new Map(hits.map(({ decision, places }) => [decision, places])),
  };
}

/**
 * Decisions that hold all terms, with their scores added.
 * @param decisions how many there are
 * @returns a score for each decision, 0 where it lacks a term; nothing when there is no term, so that every decision matches
 */
export function combineTerms(matches: readonly TermMatch[], decisions: number): Float64Array | undefined {
  const [first, ...others] = matches;
  if (!first) return undefined;
  const scores = new Float64Array(decisions);
  for (const [decision, score] of first.scores) {
    let sum: number | undefined = score;
    for (const { scores: other } of others) {
      const more: number | undefined = other.get(decision);
      if (more === undefined) {
        sum = undefined;
        break;
      }
      sum += more;
    }
    if (sum !== undefined) scores[decision] = sum;
  }
  return scores;
}

/** Places of all terms in one decision. */
export function placesIn(matches: readonly TermMatch[], decision: number): Set<number> {
  return new Set(matches.flatMap(({ places }) => [...(places.get(decision) ?? [])]));
}

/** The terms that occur in no decision, as typed. */
export function missingTerms(matches: readonly TermMatch[]): string[] {
  return matches.flatMap(({ term, found }) => (found === 'nowhere' ? [termText(term)] : []));
}
