/** The words of all texts, each printed word kept once, and the lists of places that the index is made of. */
import { spotOf } from '../../src/search/hits.ts';
import type { WordHits } from '../../src/search/match.ts';
import { plainWord, stemOf } from '../../src/search/words.ts';
import type { CutWord } from './pagefind.ts';

/** The words of one record, by their numbers. */
export interface Text {
  words: Uint32Array;
  /** Where each part ends in `words`; it begins where the one before ends. */
  ends: readonly number[];
}

/** Printed words, numbered as they come. */
export class PrintedWords {
  readonly words: string[];
  readonly #numbers: Map<string, number>;

  /** @param words that are known already, each once */
  constructor(words: readonly string[] = []) {
    this.words = [...words];
    this.#numbers = new Map(words.map((word, number) => [word, number]));
  }

  /** @param parts the texts of one record's parts, in order */
  text(parts: readonly string[]): Text {
    const numbers: number[] = [];
    const ends: number[] = [];
    for (const part of parts) {
      for (const word of part.split(BLANK)) if (word !== '') numbers.push(this.#number(word));
      ends.push(numbers.length);
    }
    return { words: Uint32Array.from(numbers), ends };
  }

  printed({ words }: Text): string[] {
    return Array.from(words, (number) => this.words[number]!);
  }

  #number(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      // Cut out of a letter's text, it would keep the whole text in memory.
      const own = Buffer.from(word, 'utf16le').toString('utf16le');
      number = this.words.push(own) - 1;
      this.#numbers.set(own, number);
    }
    return number;
  }
}

/** What Pagefind takes for white space, too. */
const BLANK = /[\s\u0085]+/u;

/** What the texts of an index are made of. */
export interface IndexedWords {
  /** Stems with their places. */
  words: Map<string, WordHits>;
  /** Plain words as they stand in the texts, with the number of records that hold them. */
  counts: Map<string, number>;
  /** Words that Pagefind's stemmer cuts in another way than ours, with its stem. */
  stems: Record<string, string>;
}

/**
 * Lists where every stem stands.
 * @param texts of the records, in the order in which the index counts them
 * @param printed of each word number, the word as printed
 * @param cut of each word number, its stems
 */
export function indexWords(texts: readonly Text[], printed: readonly string[], cut: readonly CutWord[]): IndexedWords {
  const stems = new Numbered();
  /** Of each word: the numbers of its stems, doubled, odd for a piece; whole words first, as the spots of one place must be. Of all words, one after the other. */
  const entries: number[] = [];
  const starts = new Uint32Array(cut.length + 1);
  cut.forEach(({ stems: whole, pieces }, word) => {
    for (const stem of whole) entries.push(2 * stems.number(stem));
    for (const stem of pieces) entries.push(2 * stems.number(stem) + 1);
    starts[word + 1] = entries.length;
  });
  const entry = Uint32Array.from(entries);
  const pageCounts = new Uint32Array(stems.names.length);
  const spotCounts = new Uint32Array(stems.names.length);
  const last = new Int32Array(stems.names.length).fill(-1);
  // Plain loops, here and below: they go through every word of every letter.
  for (let record = 0; record < texts.length; record += 1) {
    const { words } = texts[record]!;
    for (let place = 0; place < words.length; place += 1) {
      const word = words[place]!;
      for (let at = starts[word]!; at < starts[word + 1]!; at += 1) {
        const stem = entry[at]! >> 1;
        spotCounts[stem]! += 1;
        if (last[stem] === record) continue;
        last[stem] = record;
        pageCounts[stem]! += 1;
      }
    }
  }
  const lists = stems.names.map((_stem, number): WordHits => ({ pages: new Uint32Array(pageCounts[number]!), ends: new Uint32Array(pageCounts[number]!), spots: new Uint32Array(spotCounts[number]!) }));
  const [pagesFilled, spotsFilled] = [new Uint32Array(stems.names.length), new Uint32Array(stems.names.length)];
  last.fill(-1);
  for (let record = 0; record < texts.length; record += 1) {
    const { words, ends } = texts[record]!;
    let part = 0;
    for (let place = 0; place < words.length; place += 1) {
      while (place >= ends[part]!) part += 1;
      const word = words[place]!;
      for (let at = starts[word]!; at < starts[word + 1]!; at += 1) {
        const stem = entry[at]! >> 1;
        const list = lists[stem]!;
        if (last[stem] !== record) {
          last[stem] = record;
          list.pages[pagesFilled[stem]!++] = record;
        }
        list.spots[spotsFilled[stem]!++] = spotOf(place, part, (entry[at]! & 1) === 1);
        list.ends[pagesFilled[stem]! - 1] = spotsFilled[stem]!;
      }
    }
  }
  // Pagefind knows stems of words that stand in other texts only.
  const words = new Map(stems.names.flatMap((stem, number) => (pageCounts[number]! > 0 ? [[stem, lists[number]!] as const] : [])));
  return { words, ...plainWords(texts, printed, cut) };
}

function plainWords(texts: readonly Text[], printed: readonly string[], cut: readonly CutWord[]): Pick<IndexedWords, 'counts' | 'stems'> {
  const plain = new Numbered();
  const plainOf = Uint32Array.from(printed, (word) => plain.number(plainWord(word)));
  const records = new Uint32Array(plain.names.length);
  const last = new Int32Array(plain.names.length).fill(-1);
  const stands = new Uint8Array(printed.length);
  for (let record = 0; record < texts.length; record += 1) {
    for (const word of texts[record]!.words) {
      stands[word] = 1;
      const number = plainOf[word]!;
      if (last[number] === record) continue;
      last[number] = record;
      records[number]! += 1;
    }
  }
  const counts = new Map(plain.names.flatMap((word, number) => (word !== '' && records[number]! > 0 ? [[word, records[number]!] as const] : [])));
  /** Of each plain word, of those printed in these texts the first in code point order, so that nothing depends on which was read first. */
  const firsts = new Map<string, number>();
  cut.forEach(({ stems: found }, number) => {
    const word = plain.names[plainOf[number]!]!;
    // Where all pieces of a word but one are too short to be indexed, that one stands there beside the word (7/10: 710 and 10).
    if (found.length !== 1 || stands[number] === 0 || word === '') return;
    const first = firsts.get(word);
    if (first === undefined || printed[number]! < printed[first]!) firsts.set(word, number);
  });
  const stems = [...firsts].map(([word, number]): [string, string] => [word, cut[number]!.stems[0]!]);
  const others = stems.filter(([word, stem]) => stem !== stemOf(word, new Map()));
  return { counts, stems: Object.fromEntries(others.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Names, numbered as they come. */
class Numbered {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }
}
