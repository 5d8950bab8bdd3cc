/**
 * Words as the text index knows them: without capitals and punctuation, as stems. One place for the search, the marks on pages and the index,
 * because a word that is cut differently in two of them is found in one and lost in the other.
 */
import { stem } from 'porter2';

/** A word without capitals, accents' order and punctuation: `L5-S1` is `l5s1`. Empty for what has no letter and no digit. */
export function plainWord(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

/** The parts of a word that punctuation inside it joins: `L5-S1` gives `l5`, `s1`. One part for a plain word, none for what is no word. */
export function wordParts(word: string): string[] {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((part) => part !== '');
}

/** Where the index cuts a word in another way than the stemmer used here: word to stem. */
export type StemExceptions = ReadonlyMap<string, string>;

/** The stem of a plain word, as the index has it. */
export function stemOf(plain: string, exceptions: StemExceptions): string {
  return exceptions.get(plain) ?? stem(plain);
}
