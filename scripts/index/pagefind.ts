/**
 * Words cut by Pagefind: which stems a printed word is indexed under. With pagefind-files.ts the only module that knows it.
 *
 * Pagefind is shown every printed word once, however often it stands in the letters: cutting whole texts took a minute for ten thousand letters, and
 * where each word stands in them needs no cutting. Its own search does not come to the browser: it has no operators, fields, synonyms or
 * corrections, and takes up to a second for a frequent word.
 */
import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';
import { readChunk, readFragment, readIndexTable } from './pagefind-files.ts';

const PAGE_TABLE = /\.pf_meta$/;

export class TextIndexError extends Error {}

/** A printed word as the index has it. Nothing for what is no word. */
export interface CutWord {
  /** Of the whole word, without punctuation: `neck/shoulder` as `neckshould`. */
  stems: string[];
  /** Of the pieces that punctuation joins: `neck`, `shoulder`; not of those of one or two letters. None for a word that has no such pieces. */
  pieces: string[];
}

/** Words on one page that Pagefind reads. */
const WORDS_A_PAGE = 2000;
/**
 * Pagefind divides the weight of a word by the number of pieces that it has, so whole words keep this one and pieces have less. In 24ths, as it
 * notes them; it cuts the weight off below a 24th.
 */
const WHOLE = 240;
const EPSILON = 0.001;

/**
 * Cuts words. The same words in the same order give the same result.
 * @param words as printed, each once, without white space
 * @param scratch a folder to be made for Pagefind's files; whoever calls removes it
 * @returns of each word, in order
 * @throws TextIndexError with what Pagefind complained of: it returns its errors instead of throwing them
 */
export async function cutWords(words: readonly string[], scratch: string): Promise<CutWord[]> {
  const cut = words.map((): CutWord => ({ stems: [], pieces: [] }));
  if (words.length === 0) return cut;
  const pages = join(scratch, 'pages');
  const output = join(scratch, 'index');
  await mkdir(pages, { recursive: true });
  for (let page = 0; page * WORDS_A_PAGE < words.length; page += 1) {
    await writeFile(join(pages, `${page}.html`), wordPage(words.slice(page * WORDS_A_PAGE, (page + 1) * WORDS_A_PAGE)));
  }
  const program = watchProgram();
  try {
    const created = await program.orEnds(createIndex({ forceLanguage: 'en' }));
    check('start', created.errors);
    const { index } = created;
    if (!index) throw new TextIndexError('Pagefind could not start: it gave no index');
    check('read the words', (await program.orEnds(index.addDirectory({ path: pages }))).errors);
    check('write the index', (await program.orEnds(index.writeFiles({ outputPath: output }))).errors);
  } finally {
    program.leave();
    await close();
  }
  const unpack = async (file: string): Promise<Uint8Array> => gunzipSync(await readFile(join(output, file)));
  const table = (await readdir(output)).find((name) => PAGE_TABLE.test(name));
  // Without a single word Pagefind writes no table.
  if (table === undefined) return cut;
  const { fragments, chunks } = readIndexTable(await unpack(table));
  /** Of each page, as the index counts them, the number of its first word. */
  const firsts: number[] = [];
  for (const name of fragments) {
    const { url, content } = readFragment(await unpack(join('fragment', `${name}.pf_fragment`)));
    const first = Number(/(?<!\d)(\d+)\.html$/.exec(url)?.[1]) * WORDS_A_PAGE;
    checkWords(content.split(' '), words.slice(first, first + WORDS_A_PAGE));
    firsts.push(first);
  }
  for (const name of chunks) {
    const chunk = readChunk(await unpack(join('index', `${name}.pf_index`)));
    for (const [place, stem] of chunk.words.entries()) {
      const { pages: on, ends, places, tags } = chunk.postings(place);
      let at = 0;
      on.forEach((page, number) => {
        for (; at < ends[number]!; at += 1) {
          const { stems, pieces } = cut[firsts[page]! + places[at]!]!;
          const list = tags[at] === WHOLE ? stems : pieces;
          if (!list.includes(stem)) list.push(stem);
        }
      });
    }
  }
  return cut;
}

/** A paragraph that ends without a full stop gets one, and with it a word may be cut in another way. */
const END = '.';

/** Letters are untrusted: all text is escaped. */
function wordPage(words: readonly string[]): string {
  const text = [...words, END].join(' ').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body><main data-pagefind-body><p data-pagefind-weight="${(WHOLE / 24 + EPSILON).toFixed(4)}">${text}</p></main></body></html>\n`;
}

/** Places count words: one word more or less, and all after it would be cut as their neighbours. */
function checkWords(read: readonly string[], asked: readonly string[]): void {
  const wrong = asked.findIndex((word, index) => read[index] !== word);
  if (wrong >= 0 || read.length !== asked.length + 1) throw new TextIndexError(`Pagefind read ${JSON.stringify(read[Math.max(0, wrong)])} where ${JSON.stringify(asked[Math.max(0, wrong)])} was asked`);
}

/**
 * Pagefind is a program of its own, and its library waits for its answers for ever, also when the system has ended it for want of memory or of space. Node tells of each
 * program that is started.
 */
function watchProgram(): { orEnds<Answer>(asked: Promise<Answer>): Promise<Answer>; leave(): void } {
  const ended = Promise.withResolvers<never>();
  // Nobody waits for it when all has gone well.
  ended.promise.catch(() => undefined);
  const tell = (how: string): void => ended.reject(new TextIndexError(`Pagefind was ended by the system (${how}) before it was done, most likely for want of memory or of space on the disk. Free some and build again.`));
  const watch = (started: unknown): void => void (started as { process: ChildProcess }).process.once('exit', (code, signal) => tell(signal ?? `exit code ${code}`));
  const programs = channel('child_process');
  programs.subscribe(watch);
  return {
    // What the library throws, it throws when it cannot write to the program any more.
    orEnds: (asked) => Promise.race([ended.promise, asked.catch((error: Error) => (tell(error.message), ended.promise))]),
    leave: () => void programs.unsubscribe(watch),
  };
}

function check(what: string, errors: readonly string[]): void {
  if (errors.length > 0) throw new TextIndexError(`Pagefind could not ${what}: ${errors.join('; ')}`);
}
