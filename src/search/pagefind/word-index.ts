/** Finds words in the files that Pagefind wrote. Runs in the worker, and in tests wherever files can be read. */
import type { WordHits, WordIndex } from '../match.ts';
import { spotOf } from '../hits.ts';
import type { StemExceptions } from '../words.ts';
import { TEXT_PARTS } from '../text-record.ts';
import { readChunk, readIndexTable } from './files.ts';
import type { IndexChunk, Postings } from './files.ts';

/** Pieces of the index, and words, that are kept: a reader's next search is much like the last. */
const KEPT_CHUNKS = 60;
const KEPT_WORDS = 300;
/** How many pieces of the index the beginning of a word may need: "a" is no question. */
const MOST_CHUNKS = 3;

/**
 * Opens an index.
 * @param table its page table, unpacked; nothing for an index without records
 * @param readFile gives a file of the index's folder, unpacked
 */
export function openWordIndex(table: Uint8Array | undefined, exceptions: StemExceptions, readFile: (name: string) => Promise<Uint8Array>): WordIndex {
  const { lengths, chunks } = table ? readIndexTable(table) : { lengths: new Uint32Array(0), chunks: [] };
  const keptChunks = new Map<number, Promise<IndexChunk & { numbers: ReadonlyMap<string, number> }>>();
  const keptWords = new Map<string, WordHits>();

  const chunk = (index: number): Promise<IndexChunk & { numbers: ReadonlyMap<string, number> }> =>
    remember(keptChunks, index, KEPT_CHUNKS, async () => {
      const read = readChunk(await readFile(`index/${chunks[index]!.name}.pf_index`));
      return { ...read, numbers: new Map(read.words.map((word, number) => [word, number])) };
    });
  const wordHits = (word: string, { numbers, postings }: IndexChunk & { numbers: ReadonlyMap<string, number> }): WordHits | undefined => {
    const known = keptWords.get(word);
    if (known) return known;
    const number = numbers.get(word);
    if (number === undefined) return undefined;
    const hits = toWordHits(postings(number));
    keptWords.set(word, hits);
    if (keptWords.size > KEPT_WORDS) keptWords.delete(keptWords.keys().next().value!);
    return hits;
  };

  return {
    records: lengths.length,
    lengths,
    exceptions,
    async find(stem) {
      const known = keptWords.get(stem);
      if (known || stem === '') return known;
      const index = chunks.findIndex(({ first, last }) => compareBytes(first, stem) <= 0 && compareBytes(stem, last) <= 0);
      return index < 0 ? undefined : wordHits(stem, await chunk(index));
    },
    async findBeginning(beginning, most) {
      const possible = chunks.flatMap(({ first, last }, index) => (compareBytes(last, beginning) >= 0 && (first.startsWith(beginning) || compareBytes(first, beginning) <= 0) ? [index] : []));
      const read = await Promise.all(possible.slice(0, MOST_CHUNKS).map(chunk));
      return read
        .flatMap((part) => part.words.filter((word) => word.startsWith(beginning)).map((word) => wordHits(word, part)!))
        .sort((a, b) => b.pages.length - a.pages.length)
        .slice(0, most);
    },
  };
}

/** Which part a word stands in, by the weight that it has there, and whether it is a piece of a longer word (text-record.ts). */
const TAGS = new Map(TEXT_PARTS.flatMap(({ tag }, part) => [7, 6, 5, 4, 3, 2, 1].map((pieces): [number, { part: number; piece: boolean }] => [Math.floor(tag / pieces), { part, piece: pieces > 1 }])));

function toWordHits({ pages, ends, places, tags }: Postings): WordHits {
  const spots = new Uint32Array(places.length);
  for (let index = 0; index < places.length; index += 1) {
    const { part, piece } = TAGS.get(tags[index]!) ?? { part: TEXT_PARTS.length, piece: true };
    spots[index] = spotOf(places[index]!, part, piece);
  }
  // Places come by weight.
  let start = 0;
  for (const end of ends) {
    if (end - start > 1) spots.subarray(start, end).sort();
    start = end;
  }
  return { pages, ends, spots };
}

/** Order of the index: that of UTF-8, which for all that occurs here is that of code points. */
function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
