/**
 * Words and where they stand, as bytes: what a search downloads. Written by scripts/index, read by the search.
 *
 * A file holds words in code unit order: their number; of each how many letters it shares with the one before, how many follow, these letters, and
 * how many bytes its list takes; then the lists. A list holds what else is searched for with the word (texts, for a widened word), the number of
 * records, the steps from record to record, how many places each has, the steps from place to place, and then, a byte each, the part of
 * each place and whether it is a piece of a longer word. Equal kinds stand together because gzip then takes half. Numbers are LEB128.
 */
import type { WordHits } from '../match.ts';
import { SPOT_KINDS } from '../hits.ts';

/** A word with its places; and, of a word that others mean the same as, the texts of those that occur, with which it is one list. */
export interface WordEntry {
  word: string;
  hits: WordHits;
  also: readonly string[];
}

export class WordFileError extends Error {
  constructor() {
    super('a piece of the word index is damaged');
  }
}

/** @param entries in code unit order of their words */
export function encodeWords(entries: readonly WordEntry[]): Uint8Array {
  const head = new Writer();
  const lists = entries.map(encodeList);
  head.number(entries.length);
  let before = '';
  entries.forEach(({ word }, index) => {
    let shared = 0;
    while (shared < word.length && shared < before.length && word[shared] === before[shared]) shared += 1;
    // Half of a surrogate pair is no text.
    if (shared > 0 && /[\ud800-\udbff]/.test(word[shared - 1]!)) shared -= 1;
    head.number(shared);
    head.text(word.slice(shared));
    head.number(lists[index]!.length);
    before = word;
  });
  for (const list of lists) head.bytes(list);
  return head.done();
}

function encodeList({ hits: { pages, ends, spots }, also }: WordEntry): Uint8Array {
  const list = new Writer();
  list.number(also.length);
  for (const text of also) list.text(text);
  list.number(pages.length);
  pages.forEach((page, index) => list.number(page - (index === 0 ? 0 : pages[index - 1]!)));
  ends.forEach((end, index) => list.number(end - (index === 0 ? 0 : ends[index - 1]!)));
  let start = 0;
  for (const end of ends) {
    let place = 0;
    for (let index = start; index < end; index += 1) {
      const next = Math.floor(spots[index]! / SPOT_KINDS);
      list.number(next - place);
      place = next;
    }
    start = end;
  }
  for (const spot of spots) list.number(spot % SPOT_KINDS);
  return list.done();
}

/** Reads the words of a file; a word's list is read when it is asked for. @throws WordFileError */
export function decodeWords(bytes: Uint8Array): { words: string[]; entry(index: number): WordEntry } {
  const head = new Reader(bytes);
  const words: string[] = [];
  const lengths: number[] = [];
  for (let left = head.count(); left > 0; left -= 1) {
    const shared = head.number();
    words.push((words.at(-1) ?? '').slice(0, shared) + head.text());
    lengths.push(head.number());
  }
  let place = head.place;
  const starts = lengths.map((length) => (place += length) - length);
  if (place !== bytes.length) throw new WordFileError();
  return { words, entry: (index) => ({ word: words[index]!, ...decodeList(new Reader(bytes.subarray(starts[index]!, starts[index]! + lengths[index]!))) }) };
}

function decodeList(list: Reader): Omit<WordEntry, 'word'> {
  const also = Array.from({ length: list.count() }, () => list.text());
  const pages = new Uint32Array(list.count());
  let page = 0;
  for (let index = 0; index < pages.length; index += 1) pages[index] = page += list.number();
  const ends = new Uint32Array(pages.length);
  let end = 0;
  for (let index = 0; index < pages.length; index += 1) ends[index] = end += list.number();
  if (end > list.left) throw new WordFileError();
  const spots = new Uint32Array(end);
  let start = 0;
  for (let index = 0; index < pages.length; index += 1) {
    let place = 0;
    for (; start < ends[index]!; start += 1) spots[start] = (place += list.number()) * SPOT_KINDS;
  }
  for (let index = 0; index < end; index += 1) spots[index]! += list.number();
  return { also, hits: { pages, ends, spots } };
}

const UTF8 = { to: new TextEncoder(), from: new TextDecoder() };

class Writer {
  #bytes = new Uint8Array(256);
  #length = 0;

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(2 * (this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  number(value: number): void {
    this.#room(6);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  text(text: string): void {
    const bytes = UTF8.to.encode(text);
    this.number(bytes.length);
    this.bytes(bytes);
  }

  bytes(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

class Reader {
  place = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.place;
  }

  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.place++];
      if (byte === undefined || factor > 2 ** 35) throw new WordFileError();
      if (byte < 128) return value + byte * factor;
      value += (byte - 128) * factor;
    }
  }

  /** A number of things of which each takes a byte at least. */
  count(): number {
    const count = this.number();
    if (count > this.left) throw new WordFileError();
    return count;
  }

  text(): string {
    const length = this.count();
    this.place += length;
    return UTF8.from.decode(this.#bytes.subarray(this.place - length, this.place));
  }
}
