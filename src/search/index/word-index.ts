/** Finds words in the files that scripts/index wrote. Runs in the worker, and in tests wherever files can be read. */
import type { WordIndex } from '../match.ts';
import type { StemExceptions } from '../words.ts';
import { decodeWords } from './word-file.ts';
import type { WordEntry } from './word-file.ts';

/** What a text index's folder holds besides pieces of words and records. */
export interface TextIndexHead {
  records: number;
  /** The first word of each piece of the word index, in order. */
  firsts: string[];
  /** Words that the index cuts in another way than our stemmer, with the stem it has. */
  stems: Readonly<Record<string, string>>;
}
export const HEAD_FILE = 'index.bin';
export function wordsFile(piece: number): string {
  return `words-${piece}.bin`;
}
export function recordFile(record: number): string {
  return `record-${record}.bin`;
}

/**
 * Stands before the words of a name in the index: the list holds the places of all that means the same. Sorts apart from all words.
 */
export const CONCEPT = '=';

/** Pieces of the index, and words, that are kept: a reader's next search is much like the last. */
const KEPT_PIECES = 400;
const KEPT_WORDS = 400;
/** How many pieces of the index the beginning of a word may need: "a" is no question. */
const MOST_PIECES = 3;

type Piece = ReturnType<typeof decodeWords> & { numbers: ReadonlyMap<string, number> };

/**
 * Opens an index.
 * @param readFile gives a file of the index's folder, unpacked
 */
export function openWordIndex({ records, firsts, stems }: TextIndexHead, readFile: (name: string) => Promise<Uint8Array>): WordIndex {
  const exceptions: StemExceptions = new Map(Object.entries(stems));
  const pieces = new Map<number, Promise<Piece>>();
  const words = new Map<string, WordEntry>();

  const piece = (number: number): Promise<Piece> =>
    remember(pieces, number, KEPT_PIECES, async () => {
      const decoded = decodeWords(await readFile(wordsFile(number)));
      return { ...decoded, numbers: new Map(decoded.words.map((word, index) => [word, index])) };
    });
  const entryOf = (word: string, { numbers, entry }: Piece): WordEntry | undefined => {
    const known = words.get(word);
    if (known) return known;
    const number = numbers.get(word);
    if (number === undefined) return undefined;
    const read = entry(number);
    words.set(word, read);
    if (words.size > KEPT_WORDS) words.delete(words.keys().next().value!);
    return read;
  };
  const find = async (word: string): Promise<WordEntry | undefined> => {
    const known = words.get(word);
    if (known || word === '') return known;
    const number = pieceOf(firsts, word);
    return number < 0 ? undefined : entryOf(word, await piece(number));
  };

  return {
    records,
    exceptions,
    find: async (stem) => (await find(stem))?.hits,
    findConcept: (name) => find(CONCEPT + name),
    async findBeginning(beginning, most) {
      const first = Math.max(0, pieceOf(firsts, beginning));
      const possible = firsts.flatMap((word, number) => (number >= first && (number === first || word.startsWith(beginning)) ? [number] : []));
      const read = await Promise.all(possible.slice(0, MOST_PIECES).map(piece));
      return read
        .flatMap((part) => part.words.flatMap((word) => (word.startsWith(beginning) ? [entryOf(word, part)!] : [])))
        .sort((a, b) => b.hits.pages.length - a.hits.pages.length)
        .slice(0, most);
    },
  };
}

/** The last piece that begins at or before a word; -1 before the first. */
function pieceOf(firsts: readonly string[], word: string): number {
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firsts[middle]! <= word) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Keeps what was loaded, forgets what failed so that it can be tried again, and forgets the oldest when there is too much. */
export function remember<Key, Value>(kept: Map<Key, Promise<Value>>, key: Key, most: number, load: () => Promise<Value>): Promise<Value> {
  const known = kept.get(key);
  if (known) return known;
  const loading = load().catch((error: unknown) => {
    kept.delete(key);
    throw error;
  });
  kept.set(key, loading);
  if (kept.size > most) kept.delete(kept.keys().next().value as Key);
  return loading;
}
