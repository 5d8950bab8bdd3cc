/**
 * The files that Pagefind 1.6 writes, as far as they are read here: all are gzip over a signature and content. Content of fragments is
 * JSON, of the page table CBOR (RFC 8949).
 */

const SIGNATURE = 'pagefind_dcd';

/** What is kept of one record for showing it. */
export interface Fragment {
  /** Where the record lay in the folder that was indexed. */
  url: string;
  /** Its words, with single blanks between them and a full stop added to paragraphs that have none. */
  content: string;
  meta: Readonly<Record<string, string>>;
  /** Elements with an id, each with the number of words before it. */
  anchors: readonly { id: string; location: number }[];
}

export class TextFormatError extends Error {}

/** Reads a fragment, unpacked. @throws TextFormatError */
export function readFragment(bytes: Uint8Array): Fragment {
  return JSON.parse(new TextDecoder().decode(content(bytes, 'fragment'))) as Fragment;
}

/**
 * The names of all fragments, in the order in which the index counts its records. Their names are hashes, so this table,
 * which every search needs anyway, saves shipping them a second time.
 * @param bytes the page table, unpacked
 * @throws TextFormatError
 */
export function readPageTable(bytes: Uint8Array): string[] {
  const table = content(bytes, 'page table');
  let place = 0;
  const fail = (): never => {
    throw new TextFormatError('the page table is not as Pagefind 1.6 writes it');
  };
  /** Head of the next item: its major type and its argument. */
  const head = (): [type: number, argument: number] => {
    const first = table[place++] ?? fail();
    const short = first & 0x1f;
    if (short < 24) return [first >> 5, short];
    if (short > 26) fail();
    let argument = 0;
    for (let length = 1 << (short - 24); length > 0; length -= 1) argument = argument * 256 + (table[place++] ?? fail());
    return [first >> 5, argument];
  };
  const expect = (wanted: number): number => {
    const [type, argument] = head();
    return type === wanted ? argument : fail();
  };
  const text = (): string => {
    const length = expect(TEXT);
    place += length;
    return ASCII.decode(table.subarray(place - length, place));
  };
  // [version, [[name, words, ...], ...], ...]; what follows the first two of either is of no use here.
  if (expect(ARRAY) < 2) fail();
  text();
  const names: string[] = [];
  for (let pages = expect(ARRAY); pages > 0; pages -= 1) {
    const fields = expect(ARRAY);
    names.push(text());
    for (let field = 1; field < fields; field += 1) skip();
  }
  return names;

  function skip(): void {
    const [type, argument] = head();
    if (type === TEXT || type === BYTES) place += argument;
    else if (type === ARRAY) for (let items = argument; items > 0; items -= 1) skip();
    else if (type !== UNSIGNED) fail();
  }
}

const [UNSIGNED, BYTES, TEXT, ARRAY] = [0, 2, 3, 4];
const ASCII = new TextDecoder();

function content(bytes: Uint8Array, what: string): Uint8Array {
  const signature = ASCII.decode(bytes.subarray(0, SIGNATURE.length));
  if (signature !== SIGNATURE) throw new TextFormatError(`the ${what} is not as Pagefind 1.6 writes it`);
  return bytes.subarray(SIGNATURE.length);
}
