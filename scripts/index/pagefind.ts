/** Building the text index. The only module of scripts/ that knows Pagefind. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';
import type { TextIndexFiles } from '../../src/search/manifest.ts';
import { readChunk, readFragment, readIndexTable } from '../../src/search/pagefind/files.ts';
import { SUMMARY_PART, TEXT_PARTS } from '../../src/search/text-record.ts';
import { plainWord, stemOf } from '../../src/search/words.ts';

/** What nothing here loads: Pagefind's own interfaces, and the index for pages without a language. */
const UNUSED = /^(pagefind-(component-ui|modular-ui|ui|highlight|worker)\.(js|css)|wasm\.unknown\.pagefind)$/;
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

export interface WrittenTextIndex extends TextIndexFiles {
  /** Of each page, by its place below the folder: its number in the index's page table. */
  pages: ReadonlyMap<string, number>;
  /** Plain words as they stand in the texts, with the number of records that hold them. */
  words: ReadonlyMap<string, number>;
}

/**
 * Indexes a folder of record pages. Identical pages at identical places give identical files.
 * @throws TextIndexError with what Pagefind complained of: it returns its errors instead of throwing them
 */
export async function writeTextIndex(pagesFolder: string, targetFolder: string): Promise<WrittenTextIndex> {
  await rm(targetFolder, { recursive: true, force: true });
  const created = await createIndex({ forceLanguage: 'en' });
  check('start', created.errors);
  const { index } = created;
  if (!index) throw new TextIndexError('Pagefind could not start: it gave no index');
  try {
    check('read the decisions', (await index.addDirectory({ path: pagesFolder })).errors);
    check('write the index', (await index.writeFiles({ outputPath: targetFolder })).errors);
  } finally {
    await close();
  }
  for (const name of await readdir(targetFolder)) if (UNUSED.test(name)) await rm(join(targetFolder, name));
  const pageTable = (await readdir(targetFolder)).find((name) => PAGE_TABLE.test(name));
  // Without a single record Pagefind writes no table.
  return pageTable ? readBack(targetFolder, pageTable) : { pages: new Map(), words: new Map(), stems: {}, pageTable: '' };
}

/** Looks at what was written: which record is where, which words there are, and where Pagefind's stemmer is not ours. */
async function readBack(folder: string, pageTable: string): Promise<WrittenTextIndex> {
  const unpack = async (file: string): Promise<Uint8Array> => gunzipSync(await readFile(join(folder, file)));
  const { fragments, chunks } = readIndexTable(await unpack(pageTable));
  const pages = new Map<string, number>();
  const words = new Map<string, number>();
  /** Of each word, one place where it stands. */
  const wordAt = new Map<number, string>();
  for (const [page, name] of fragments.entries()) {
    const { url, content } = readFragment(await unpack(join('fragment', `${name}.pf_fragment`)));
    pages.set(url.replace(/^\//, ''), page);
    const seen = new Set<string>();
    for (const [place, printed] of content.split(/\s+/).entries()) {
      const word = plainWord(printed);
      if (word === '' || seen.has(word)) continue;
      seen.add(word);
      const records = words.get(word) ?? 0;
      if (records === 0) wordAt.set(placeKey(page, place), word);
      words.set(word, records + 1);
    }
  }
  const stemsOf = new Map<string, string[]>();
  for (const { name } of chunks) {
    const chunk = readChunk(await unpack(join('index', `${name}.pf_index`)));
    for (const [index, stem] of chunk.words.entries()) {
      const { pages: records, ends, places, tags } = chunk.postings(index);
      let place = 0;
      for (const [record, page] of records.entries()) {
        for (; place < ends[record]!; place += 1) {
          const word = WHOLE_TAGS.has(tags[place]!) ? wordAt.get(placeKey(page, places[place]!)) : undefined;
          if (word !== undefined) stemsOf.set(word, [...(stemsOf.get(word) ?? []), stem]);
        }
      }
    }
  }
  // Where all pieces of a word but one are too short to be indexed, that one stands there beside the word (7/10: 710 and 10).
  const stems = [...stemsOf].flatMap(([word, found]) => (found.length !== 1 || found[0] === stemOf(word, new Map()) ? [] : [[word, found[0]!] as const]));
  return { pages, words, stems: Object.fromEntries(stems.sort(([a], [b]) => (a < b ? -1 : 1))), pageTable };
}

const WHOLE_TAGS: ReadonlySet<number> = new Set([SUMMARY_PART, ...TEXT_PARTS].map(({ tag }) => tag));
/** No record has more words. */
const MOST_PLACES = 2 ** 20;

function placeKey(page: number, place: number): number {
  return page * MOST_PLACES + place;
}

function check(what: string, errors: readonly string[]): void {
  if (errors.length > 0) throw new TextIndexError(`Pagefind could not ${what}: ${errors.join('; ')}`);
}
