/**
 * Texts cut into words by Pagefind: which words there are, as stems, and where each stands. With pagefind-files.ts the only module that knows it.
 * Its own search does not come to the browser: it has no operators, fields, synonyms or corrections, and takes up to a second for a frequent word.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';
import { spotOf } from '../../src/search/hits.ts';
import type { WordHits } from '../../src/search/match.ts';
import { SUMMARY_PART, TEXT_PARTS } from '../../src/search/text-record.ts';
import { plainWord, stemOf } from '../../src/search/words.ts';
import { readChunk, readFragment, readIndexTable } from './pagefind-files.ts';
import type { Postings } from './pagefind-files.ts';

const PAGE_TABLE = /\.pf_meta$/;

export class TextIndexError extends Error {}

/** One part of a record. */
export interface IndexedPart {
  name: string;
  /** What the index has beside each of its words, a whole number of 24ths (text-record.ts). */
  tag: number;
  text: string;
}

/**
 * The page that Pagefind reads for one record. Parts become paragraphs, because words of neighbouring inline elements are glued into one.
 * An empty paragraph with the part's name before each but the first makes Pagefind note where the part begins. The first is kept as a
 * field of its own, named for the part. Letters are untrusted: all text is escaped.
 */
export function recordPage(parts: readonly IndexedPart[]): string {
  const paragraphs = parts.map(({ name, tag, text }, index) => {
    const start = index === 0 ? '' : `<p id="${escapeHtml(name)}"></p>`;
    const field = index === 0 ? ` data-pagefind-meta="${escapeHtml(name)}"` : '';
    return `${start}<p data-pagefind-weight="${(tag / 24 + EPSILON).toFixed(4)}"${field}>${escapeHtml(text)}</p>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body><main data-pagefind-body>${paragraphs.join('\n')}</main></body></html>\n`;
}

/** Pagefind cuts the weight off below a 24th. */
const EPSILON = 0.001;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One record, as Pagefind cut it. */
export interface CutText {
  record: number;
  /** With a full stop after paragraphs that have none. */
  words: string[];
  /** The text of the first part as it was handed in. */
  firstPart: string;
  /** Where each named part begins in `words`; the first begins at 0. */
  starts: ReadonlyMap<string, number>;
}

export interface CutTexts {
  /** Stems with their places. */
  words: Map<string, WordHits>;
  /** Plain words as they stand in the texts, with the number of records that hold them. */
  counts: Map<string, number>;
  /** Words that Pagefind's stemmer cuts in another way than ours, with its stem. */
  stems: Record<string, string>;
}

/**
 * Cuts the texts of a folder of record pages into words. Identical pages at identical places give identical results.
 * @param scratch a folder to be made for Pagefind's files; whoever calls removes it
 * @param recordOf number of the record at a place below the folder
 * @throws TextIndexError with what Pagefind complained of: it returns its errors instead of throwing them
 */
export async function cutTexts(pagesFolder: string, scratch: string, recordOf: (address: string) => number, onText: (text: CutText) => Promise<void> | void): Promise<CutTexts> {
  const created = await createIndex({ forceLanguage: 'en' });
  check('start', created.errors);
  const { index } = created;
  if (!index) throw new TextIndexError('Pagefind could not start: it gave no index');
  try {
    check('read the decisions', (await index.addDirectory({ path: pagesFolder })).errors);
    check('write the index', (await index.writeFiles({ outputPath: scratch })).errors);
  } finally {
    await close();
  }
  const unpack = async (file: string): Promise<Uint8Array> => gunzipSync(await readFile(join(scratch, file)));
  const table = (await readdir(scratch)).find((name) => PAGE_TABLE.test(name));
  // Without a single record Pagefind writes no table.
  if (table === undefined) return { words: new Map(), counts: new Map(), stems: {} };
  const { fragments, chunks } = readIndexTable(await unpack(table));
  const records = new Uint32Array(fragments.length);
  const counts = new Map<string, number>();
  /** Of each word, one place where it stands. */
  const wordAt = new Map<number, string>();
  for (const [page, name] of fragments.entries()) {
    const { url, content, meta, anchors } = readFragment(await unpack(join('fragment', `${name}.pf_fragment`)));
    const record = recordOf(url.replace(/^\//, ''));
    records[page] = record;
    const words = content.split(/\s+/);
    const seen = new Set<string>();
    for (const [place, printed] of words.entries()) {
      const word = plainWord(printed);
      if (word === '' || seen.has(word)) continue;
      seen.add(word);
      const known = counts.get(word) ?? 0;
      if (known === 0) wordAt.set(placeKey(page, place), word);
      counts.set(word, known + 1);
    }
    await onText({ record, words, firstPart: Object.values(meta)[0] ?? '', starts: new Map(anchors.map(({ id, location }) => [id, location])) });
  }
  const words = new Map<string, WordHits>();
  const stemsOf = new Map<string, string[]>();
  for (const name of chunks) {
    const chunk = readChunk(await unpack(join('index', `${name}.pf_index`)));
    for (const [place, stem] of chunk.words.entries()) {
      const postings = chunk.postings(place);
      eachPlace(postings, (page, at, tag) => {
        const word = WHOLE_TAGS.has(tag) ? wordAt.get(placeKey(page, at)) : undefined;
        if (word !== undefined) stemsOf.set(word, [...(stemsOf.get(word) ?? []), stem]);
      });
      words.set(stem, inRecordOrder(postings, records));
    }
  }
  // Where all pieces of a word but one are too short to be indexed, that one stands there beside the word (7/10: 710 and 10).
  const stems = [...stemsOf].flatMap(([word, found]) => (found.length !== 1 || found[0] === stemOf(word, new Map()) ? [] : [[word, found[0]!] as const]));
  return { words, counts, stems: Object.fromEntries(stems.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function eachPlace({ pages, ends, places, tags }: Postings, look: (page: number, place: number, tag: number) => void): void {
  let at = 0;
  pages.forEach((page, index) => {
    for (; at < ends[index]!; at += 1) look(page, places[at]!, tags[at]!);
  });
}

/** Which part a word stands in, by the weight that it has there, and whether it is a piece of a longer word (text-record.ts). */
const TAGS = new Map(TEXT_PARTS.flatMap(({ tag }, part) => [7, 6, 5, 4, 3, 2, 1].map((pieces): [number, { part: number; piece: boolean }] => [Math.floor(tag / pieces), { part, piece: pieces > 1 }])));
const WHOLE_TAGS: ReadonlySet<number> = new Set([SUMMARY_PART, ...TEXT_PARTS].map(({ tag }) => tag));
/** No record has more words. */
const MOST_PLACES = 2 ** 20;

function placeKey(page: number, place: number): number {
  return page * MOST_PLACES + place;
}

function inRecordOrder(postings: Postings, records: Uint32Array): WordHits {
  const ofRecord = new Map<number, number[]>();
  eachPlace(postings, (page, place, tag) => {
    const { part, piece } = TAGS.get(tag) ?? { part: TEXT_PARTS.length, piece: true };
    const record = records[page]!;
    const spots = ofRecord.get(record);
    if (spots) spots.push(spotOf(place, part, piece));
    else ofRecord.set(record, [spotOf(place, part, piece)]);
  });
  const pages = Uint32Array.from(ofRecord.keys()).sort();
  const ends = new Uint32Array(pages.length);
  const spots: number[] = [];
  pages.forEach((page, index) => {
    // Places come by weight.
    spots.push(...ofRecord.get(page)!.sort((a, b) => a - b));
    ends[index] = spots.length;
  });
  return { pages, ends, spots: Uint32Array.from(spots) };
}

function check(what: string, errors: readonly string[]): void {
  if (errors.length > 0) throw new TextIndexError(`Pagefind could not ${what}: ${errors.join('; ')}`);
}
