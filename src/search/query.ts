/** What a reader typed, understood: words, "exact phrases" and case numbers. Never fails: what cannot be read is read as words. */

/** Words are searched each for itself; a phrase's words stand in the record one after the other. */
export type Term = { kind: 'word' | 'phrase'; text: string };

/** A case number as typed in some spelling. */
export interface CaseReference {
  /** `CM00-0000117`, or `0000117` where only the seven digits were typed. */
  text: string;
  /** True when only the digits were typed: cases of several years can have them. */
  digitsOnly: boolean;
}

export interface Query {
  terms: Term[];
  /** A decision belongs to any of them. */
  cases: CaseReference[];
  /** Terms left out because there were more than MOST_TERMS. */
  leftOut: number;
}

/** Each term is a search of its own; a pasted paragraph must not keep the reader waiting. */
export const MOST_TERMS = 24;
/** No term in a letter is longer. */
const LONGEST_WORD = 100;

// Letters print CM00-0000117; readers leave the hyphen out, use a dash, a blank, a minus sign or a soft hyphen from a PDF.
const SEPARATOR = '[\\s\\p{Pd}\\u2212\\u00ad._]{0,3}';
const CASE_NUMBER = new RegExp(`(?<![\\p{L}\\p{N}])cm${SEPARATOR}(\\d{2})${SEPARATOR}(\\d{7})(?![\\p{L}\\p{N}])`, 'giu');
const SEVEN_DIGITS = /^\d{7}$/;
const QUOTED = /["“”„«»]([^"“”„«»]*)["“”„«»]/gu;
const HAS_CONTENT = /[\p{L}\p{N}]/u;

/** Reads a query of any content and length. */
export function parseQuery(text: string): Query {
  const terms: Term[] = [];
  const cases = new Map<string, CaseReference>();
  // Quotes come first: a case number in quotes is text to be found as such. Positions keep the order of the terms.
  let rest = 0;
  for (const match of text.matchAll(QUOTED)) {
    readWords(text.slice(rest, match.index));
    rest = match.index + match[0].length;
    readPhrase(match[1]!);
  }
  readWords(text.slice(rest));
  return { terms: terms.slice(0, MOST_TERMS), cases: [...cases.values()], leftOut: Math.max(0, terms.length - MOST_TERMS) };

  function readWords(part: string): void {
    const words = part.replace(CASE_NUMBER, (_match, year: string, digits: string) => {
      const number = `CM${year}-${digits}`;
      cases.set(number, { text: number, digitsOnly: false });
      return ' ';
    });
    for (const word of words.split(/\s+/)) {
      if (SEVEN_DIGITS.test(word)) cases.set(word, { text: word, digitsOnly: true });
      else addTerm('word', trimPunctuation(word));
    }
  }

  function readPhrase(words: string): void {
    const phrase = words.split(/\s+/).filter((word) => HAS_CONTENT.test(word)).map(trimPunctuation);
    addTerm(phrase.length > 1 ? 'phrase' : 'word', phrase.join(' '));
  }

  function addTerm(kind: Term['kind'], words: string): void {
    const kept = words.slice(0, kind === 'phrase' ? LONGEST_WORD * 10 : LONGEST_WORD);
    if (HAS_CONTENT.test(kept) && !terms.some((term) => term.kind === kind && term.text.toLowerCase() === kept.toLowerCase())) terms.push({ kind, text: kept });
  }
}

/** Punctuation around a word is no part of it; inside (L5-S1, EMG/NCV) it is. */
function trimPunctuation(word: string): string {
  const characters = [...word];
  const first = characters.findIndex((character) => HAS_CONTENT.test(character));
  const last = characters.findLastIndex((character) => HAS_CONTENT.test(character));
  return first < 0 ? '' : characters.slice(first, last + 1).join('');
}

/** The parts of a word that punctuation inside it joins: `L5-S1` gives `L5`, `S1`. One part for a plain word. */
export function wordParts(word: string): string[] {
  return word.split(/[^\p{L}\p{N}\p{M}]+/u).filter((part) => part !== '');
}

/** True when the query asks for one case and for nothing else. */
export function isCaseOnly({ terms, cases }: Query): boolean {
  return terms.length === 0 && cases.length === 1;
}

/** Positions of the cases that a reference means, in a list of case ids. */
export function findCases(caseIds: readonly string[], { text, digitsOnly }: CaseReference): number[] {
  const wanted = digitsOnly ? `-${text}` : text;
  return caseIds.flatMap((id, index) => ((digitsOnly ? /^CM\d{2}-\d{7}$/.test(id) && id.endsWith(wanted) : id === wanted) ? [index] : []));
}

/** A term as a reader would type it: phrases in quotes. */
export function termText({ kind, text }: Term): string {
  return kind === 'phrase' ? `“${text}”` : text;
}

/** The query, without one of its terms where that is given, as a reader would type it. */
export function queryWithout({ terms, cases }: Query, without?: Term): string {
  return [...cases.map(({ text }) => text), ...terms.filter((term) => term !== without).map(({ kind, text }) => (kind === 'phrase' ? `"${text}"` : text))].join(' ');
}
