/**
 * The files that Pagefind 1.6 writes, as far as they are read here: all are gzip over a signature and content. Content of fragments is
 * JSON, of all others CBOR (RFC 8949).
 */

const SIGNATURE = 'pagefind_dcd';

/** What is kept of one page for showing it. */
export interface Fragment {
  /** Where the page lay in the folder that was indexed. */
  url: string;
  /** Its words, with single blanks between them and a full stop added to paragraphs that have none. */
  content: string;
}

export class TextFormatError extends Error {}

/** Reads a fragment, unpacked. @throws TextFormatError */
export function readFragment(bytes: Uint8Array): Fragment {
  return JSON.parse(new TextDecoder().decode(content(bytes, 'fragment'))) as Fragment;
}

/** What names all other files. */
export interface IndexTable {
  /** Names of the fragments, in the order in which the index counts its records. */
  fragments: string[];
  /** Names of the pieces of the word index, in the order of their words. */
  chunks: string[];
}

/**
 * Reads the page table, unpacked.
 * @throws TextFormatError
 */
export function readIndexTable(bytes: Uint8Array): IndexTable {
  const cbor = new Cbor(content(bytes, 'page table'), 'page table');
  // [version, [[name, words, ...], ...], [[first word, last word, name], ...], ...]; the rest is of no use here.
  const parts = cbor.array();
  cbor.check(parts >= 3);
  cbor.text();
  const fragments: string[] = [];
  for (let left = cbor.array(); left > 0; left -= 1) {
    const fields = cbor.array();
    fragments.push(cbor.text());
    for (let field = 1; field < fields; field += 1) cbor.skip();
  }
  const chunks: IndexTable['chunks'] = [];
  for (let left = cbor.array(); left > 0; left -= 1) {
    cbor.check(cbor.array() === 3);
    cbor.skip();
    cbor.skip();
    chunks.push(cbor.text());
  }
  return { fragments, chunks };
}

/** Where one word stands. */
export interface Postings {
  /** Records that hold it, ascending. */
  pages: Uint32Array;
  /** Of each of them, where its places end in `places`; they begin where those of the one before end. */
  ends: Uint32Array;
  /** Positions, counted in words. */
  places: Uint32Array;
  /** Of each place, the weight that the word has there, in 24ths. */
  tags: Uint8Array;
}

/** A piece of the word index. */
export interface IndexChunk {
  /** Its words, as stems. */
  words: readonly string[];
  /** @param word its place in `words` */
  postings(word: number): Postings;
}

/**
 * Reads a piece of the word index, unpacked. A word's places are read when they are asked for.
 * @throws TextFormatError
 */
export function readChunk(bytes: Uint8Array): IndexChunk {
  const cbor = new Cbor(content(bytes, 'word index'), 'word index');
  // [[[word, [[pages since the last, [places], [places in fields]], ...], ...], ...]]
  cbor.check(cbor.array() >= 1);
  const words: string[] = [];
  const starts: number[] = [];
  for (let left = cbor.array(); left > 0; left -= 1) {
    const fields = cbor.array();
    cbor.check(fields >= 2);
    words.push(cbor.text());
    starts.push(cbor.place);
    for (let field = 1; field < fields; field += 1) cbor.skip();
  }
  return { words, postings: (word) => readPostings(cbor.from(starts[word]!)) };
}

function readPostings(cbor: Cbor): Postings {
  const pages = new Uint32Array(cbor.array());
  const ends = new Uint32Array(pages.length);
  const places: number[] = [];
  const tags: number[] = [];
  let page = 0;
  for (let index = 0; index < pages.length; index += 1) {
    const fields = cbor.array();
    page += cbor.integer();
    pages[index] = page;
    let place = 0;
    let tag = DEFAULT_TAG;
    for (let left = cbor.array(); left > 0; left -= 1) {
      const number = cbor.integer();
      // A negative number is the weight of the places after it, which are counted anew.
      if (number < 0) {
        tag = -number - 1;
        place = 0;
      } else {
        place += number;
        places.push(place);
        tags.push(tag);
      }
    }
    for (let field = 2; field < fields; field += 1) cbor.skip();
    ends[index] = places.length;
  }
  return { pages, ends, places: Uint32Array.from(places), tags: Uint8Array.from(tags) };
}

/** The weight of words that have none of their own. */
const DEFAULT_TAG = 24;
const [UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY] = [0, 1, 2, 3, 4];
const UTF8 = new TextDecoder();

/** As much of CBOR as Pagefind's files use. */
class Cbor {
  place = 0;
  readonly #bytes: Uint8Array;
  readonly #what: string;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** The same bytes, read from a place. */
  from(place: number): Cbor {
    const copy = new Cbor(this.#bytes, this.#what);
    copy.place = place;
    return copy;
  }

  check(holds: boolean): void {
    if (!holds) throw new TextFormatError(`the ${this.#what} is not as Pagefind 1.6 writes it`);
  }

  #type = 0;
  /** Reads the head of the next item. @returns its argument; its major type is in #type */
  #head(): number {
    const bytes = this.#bytes;
    const first = bytes[this.place++];
    if (first === undefined) this.check(false);
    this.#type = first! >> 5;
    const short = first! & 0x1f;
    if (short < 24) return short;
    this.check(short <= 26 && this.place + (1 << (short - 24)) <= bytes.length);
    let argument = 0;
    for (let length = 1 << (short - 24); length > 0; length -= 1) argument = argument * 256 + bytes[this.place++]!;
    return argument;
  }

  array(): number {
    const items = this.#head();
    this.check(this.#type === ARRAY);
    // Every item takes a byte at least: a length beyond that is a damaged file and not a reason to take memory.
    this.check(items <= this.#bytes.length - this.place);
    return items;
  }

  integer(): number {
    const argument = this.#head();
    if (this.#type === UNSIGNED) return argument;
    this.check(this.#type === NEGATIVE);
    return -1 - argument;
  }

  text(): string {
    const length = this.#head();
    this.check(this.#type === TEXT && this.place + length <= this.#bytes.length);
    this.place += length;
    return UTF8.decode(this.#bytes.subarray(this.place - length, this.place));
  }

  skip(): void {
    for (let left = 1; left > 0; left -= 1) {
      const argument = this.#head();
      if (this.#type === TEXT || this.#type === BYTES) this.place += argument;
      else if (this.#type === ARRAY) left += argument;
      else this.check(this.#type === UNSIGNED || this.#type === NEGATIVE);
    }
  }
}

function content(bytes: Uint8Array, what: string): Uint8Array {
  const signature = UTF8.decode(bytes.subarray(0, SIGNATURE.length));
  if (signature !== SIGNATURE) throw new TextFormatError(`the ${what} is not as Pagefind 1.6 writes it`);
  return bytes.subarray(SIGNATURE.length);
}
