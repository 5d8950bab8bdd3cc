/**
 * Whether a PDF has all that it says it has: every compressed stream unpacks to its end and to its checksum, and what pages refer to is there.
 * A viewer shows what it can of a damaged file and says nothing, so that a letter would lose its last lines. What this module does not understand it passes over; PDFium decides then.
 */
import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { UnreadableError, damagedPdf } from './problem.ts';

/** What a letter's pages, fonts and tables of objects may unpack to, in bytes. The published ones need less than one million. */
const MOST_UNPACKED = 64_000_000;
/** Streams whose damage takes no word from a page: pictures, attached files, descriptions of the file. */
const NOT_TEXT = /\/Subtype\s*\/(?:Image|XML)\b|\/Type\s*\/(?:EmbeddedFile|Metadata)\b/;
/** What a page cannot be shown without. */
const NEEDED = /\/(Contents|Kids|Resources|ToUnicode|DescendantFonts|Widths|Encoding|FontDescriptor)\s*(\d+\s+\d+\s+R\b|\[[\d\sR]*\])/g;

/** Decrypts a stream of the object with this number and generation. */
type Decrypt = (bytes: Buffer, object: number, generation: number) => Buffer;

/**
 * @param pages how many pages a viewer shows
 * @returns whether the file has layers that a viewer may switch off (when it cannot be looked into, it may have)
 * @throws UnreadableError when a stream is damaged, something that pages need is missing, pages are not those that it counts, or it unpacks to more than a letter can be
 */
export function checkWhole(file: Uint8Array, pages: number): { layers: boolean } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const decrypt = decryption(bytes);
  if (decrypt === 'unknown') return { layers: true };
  /** Objects by their numbers; of several revisions the latest. Of those that end in a stream, what stands before it. */
  const defined = new Map<number, string>();
  /** The text of everything that is no stream's content. */
  const texts: string[] = [];
  let left = MOST_UNPACKED;
  let from = 0;
  for (;;) {
    const keyword = nextStream(bytes, from);
    const text = bytes.toString('latin1', from, keyword === -1 ? bytes.length : keyword);
    const heads = [...text.matchAll(/\b(\d+)\s+(\d+)\s+obj\b/g)];
    heads.forEach(({ 1: number, index }, at) => defined.set(Number(number), text.slice(index, heads[at + 1]?.index)));
    texts.push(text);
    // The end of the stream before stands at its beginning.
    if (text.includes('endstream', from === 0 ? 0 : 20)) throw damagedPdf('a part of it has an end but no beginning');
    if (keyword === -1) break;
    const head = heads.at(-1);
    const [, number, generation] = head ?? [];
    const dictionary = head ? text.slice(head.index + head[0].length) : '';
    const start = keyword + 'stream'.length + (bytes[keyword + 6] === 13 ? 1 : 0) + (bytes[keyword + (bytes[keyword + 6] === 13 ? 7 : 6)] === 10 ? 1 : 0);
    const end = streamEnd(bytes, start, dictionary);
    from = end;
    checkDictionary(dictionary, Number(number));
    if (!/\/(?:FlateDecode|Fl)\b/.test(firstFilter(dictionary)) || NOT_TEXT.test(dictionary)) continue;
    const encrypted = decrypt !== undefined && !/\/Type\s*\/XRef\b/.test(dictionary);
    const packed = encrypted ? decrypt(bytes.subarray(start, end), Number(number), Number(generation)) : bytes.subarray(start, end);
    let unpacked = packed;
    for (let times = timesPacked(dictionary); times > 0; times--) {
      unpacked = unpack(unpacked, left, Number(number));
      left -= unpacked.length;
    }
    if (!/\/Type\s*\/ObjStm\b/.test(dictionary)) continue;
    const objects = unpacked.toString('latin1');
    const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? 0);
    const places = objects.slice(0, first).trim().split(/\s+/).map(Number);
    for (let at = 0; at + 1 < places.length; at += 2) defined.set(places[at]!, objects.slice(first + places[at + 1]!, at + 3 < places.length ? first + places[at + 3]! : undefined));
    texts.push(objects);
  }
  if (bytes.lastIndexOf('startxref') < bytes.lastIndexOf(' obj')) throw damagedPdf('its end is missing');
  for (const text of texts) {
    for (const [, key, value] of text.matchAll(NEEDED)) {
      for (const [, object] of value!.matchAll(/\b(\d+)\s+\d+\s+R\b/g)) if (!defined.has(Number(object))) throw damagedPdf(`a part of it is missing: /${key} ${object}`);
    }
  }
  checkNumbers(defined);
  checkPages(defined, texts, pages);
  return { layers: texts.some((text) => text.includes('/OCProperties')) };
}

/** The filters there are, with their short names. */
const FILTERS = /^\/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|FlateDecode|Fl|RunLengthDecode|RL|CCITTFaxDecode|CCF|JBIG2Decode|DCTDecode|DCT|JPXDecode|Crypt)$/;

/** One wrong sign here, and a viewer passes over all that the stream holds. */
function checkDictionary(dictionary: string, object: number): void {
  const filter = firstFilter(dictionary);
  const misnamed = filter ? !FILTERS.test(filter) : /Decode\b/.test(dictionary);
  const packedObjects = /\/First\s+\d/.test(dictionary) && /\/N\s+\d/.test(dictionary);
  if (misnamed || packedObjects !== /\/Type\s*\/ObjStm\b/.test(dictionary)) throw damagedPdf(`it does not say rightly how its part ${object} is packed`);
}

/** A list of numbers, such as the widths of a font's signs, of which a few are none: without them a viewer loses signs. */
function checkNumbers(objects: ReadonlyMap<number, string>): void {
  for (const [number, text] of objects) {
    const list = /\bobj\s*\[([^[\]]{40,})\]/.exec(text)?.[1] ?? /^\s*\[([^[\]]{40,})\]/.exec(text)?.[1];
    if (list === undefined) continue;
    const signs = list.trim().split(/\s+/);
    const wrong = signs.filter((sign) => !/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(sign)).length;
    if (wrong > 0 && wrong < 0.2 * signs.length && !/[/R]/.test(list)) throw damagedPdf(`its list of numbers ${number} holds something else`);
  }
}

/** A viewer goes by the number of pages that the file says it has, and shows no more. */
function checkPages(defined: ReadonlyMap<number, string>, texts: readonly string[], shown: number): void {
  const reference = (text: string, key: string) => Number(new RegExp(`/${key}\\s+(\\d+)\\s+\\d+\\s+R\\b`).exec(text)?.[1] ?? Number.NaN);
  const root = texts.findLast((text) => /\/Root\s+\d/.test(text));
  const leaves = new Set<number>();
  const branches = new Set<number>();
  let leavesFound = 0;
  const open = root === undefined ? [] : [reference(defined.get(reference(root, 'Root')) ?? '', 'Pages')];
  while (open.length > 0) {
    const number = open.pop()!;
    const node = defined.get(number);
    const kids = node && /\/Kids\s*\[([\d\sR]*)\]/.exec(node)?.[1];
    if (node === undefined || leavesFound > shown) return compare();
    if (kids === undefined) {
      leaves.add(number);
      leavesFound++;
    } else if (branches.has(number)) throw damagedPdf('its tree of pages goes in a ring');
    else {
      branches.add(number);
      for (const [, kid] of kids.matchAll(/\b(\d+)\s+\d+\s+R\b/g)) open.push(Number(kid));
    }
  }
  compare();

  function compare(): void {
    if (leavesFound > shown) throw damagedPdf(`it has more pages than the ${shown} that it counts`);
    if (leaves.size < leavesFound) throw damagedPdf('a page stands in it twice');
  }
}

/** Where the next keyword `stream` stands behind a dictionary's end; -1 when there is none. */
function nextStream(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf('stream', from); at !== -1; at = bytes.indexOf('stream', at + 6)) {
    let before = at - 1;
    while (bytes[before] === 32 || bytes[before] === 10 || bytes[before] === 13 || bytes[before] === 9) before--;
    if (bytes[before] === 0x3e && bytes[before - 1] === 0x3e) return at;
  }
  return -1;
}

/** As PDFium does it: its length counts when the stream's end is there, else the next end counts. A stream without an end goes on to the file's. */
function streamEnd(bytes: Buffer, start: number, dictionary: string): number {
  const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)?.[1];
  const end = length === undefined ? -1 : start + Number(length);
  if (end !== -1 && end <= bytes.length && bytes.toString('latin1', end, end + 12).trimStart().startsWith('endstream')) return end;
  const found = bytes.indexOf('endstream', start);
  return found === -1 ? bytes.length : found;
}

function firstFilter(dictionary: string): string {
  return /\/(?:Filter|F)\s*(?:\[\s*)?(\/\w+)/.exec(dictionary)?.[1] ?? '';
}

/** How often a stream is packed, one Flate in another. */
function timesPacked(dictionary: string): number {
  const filters = /\/Filter\s*\[([^\]]{0,500})\]/.exec(dictionary)?.[1]?.match(/\/[^\s/]*/g) ?? ['/FlateDecode'];
  const other = filters.findIndex((filter) => !/^\/(?:FlateDecode|Fl)\b/.test(filter));
  // With a predictor between them the second is not packed in the first as it is.
  if (/\/Predictor/.test(dictionary)) return 1;
  return other === -1 ? filters.length : other;
}

function unpack(packed: Buffer, most: number, object: number): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new UnreadableError('too-big', `it unpacks to more than ${MOST_UNPACKED / 1_000_000} MB. Print it to a new PDF, or have its text recognised (OCR)`);
    throw damagedPdf(`its part ${object} does not unpack`);
  }
}

/** What an empty password is filled up with (ISO 32000, algorithm 2). */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/** How streams are decrypted with an empty password (ISO 32000-2, 7.6). Undefined when they are not encrypted. */
function decryption(bytes: Buffer): Decrypt | 'unknown' | undefined {
  const at = bytes.lastIndexOf('/Encrypt');
  if (at === -1) return undefined;
  const near = bytes.toString('latin1', Math.max(0, at - 2000), at + 2000);
  const [, object, generation] = /\/Encrypt\s+(\d+)\s+(\d+)\s+R/.exec(near) ?? [];
  const id = stringOf(near, /\/ID\s*\[\s*/) ?? Buffer.alloc(0);
  const found = object === undefined ? -1 : bytes.lastIndexOf(`\n${object} ${generation} obj`) + 1 || bytes.lastIndexOf(`\r${object} ${generation} obj`) + 1 || -1;
  if (found === -1) return 'unknown';
  const dictionary = bytes.toString('latin1', found, found + 4000);
  const number = (key: string) => Number(new RegExp(`/${key}\\s+(-?\\d+)`).exec(dictionary.replace(/\/CF\s*<<.{0,2000}?>>\s{0,20}>>/s, ''))?.[1] ?? Number.NaN);
  const [version, revision, permissions] = [number('V'), number('R'), number('P')];
  const [owner, user] = [stringOf(dictionary, /\/O\s*(?=[(<])/), stringOf(dictionary, /\/U\s*(?=[(<])/)];
  if (!owner || !user) return 'unknown';
  const method = version >= 4 ? (/\/CFM\s*\/(V2|AESV2|AESV3)\b/.exec(dictionary)?.[1] ?? 'None') : 'V2';
  if (method === 'None' || /\/StmF\s*\/Identity/.test(dictionary)) return 'unknown';
  if (method === 'AESV3') {
    const key = stringOf(dictionary, /\/UE\s*(?=[(<])/);
    if (!key || user.length < 48 || !passwordHash(user.subarray(32, 40), revision).equals(user.subarray(0, 32))) return 'unknown';
    const fileKey = aes(256, passwordHash(user.subarray(40, 48), revision), Buffer.concat([Buffer.alloc(16), key.subarray(0, 32)]), false);
    return (data) => aes(256, fileKey, data, true);
  }
  const size = version === 1 ? 5 : version >= 4 ? 16 : (number('Length') || 40) / 8;
  const openMetadata = revision >= 4 && /\/EncryptMetadata\s+false/.test(dictionary);
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions | 0);
  let key = md5(PADDING, owner.subarray(0, 32), flags, id, openMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0));
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key.subarray(0, size));
  key = key.subarray(0, size);
  if (!opens(key, user, id, revision)) return 'unknown';
  return (data, object, generation) => {
    const name = Buffer.from([object, object >> 8, object >> 16, generation, generation >> 8]);
    const streamKey = md5(key, name, method === 'AESV2' ? Buffer.from('sAlT') : Buffer.alloc(0)).subarray(0, Math.min(16, size + 5));
    return method === 'AESV2' ? aes(128, streamKey, data, true) : rc4(streamKey, data);
  };
}

/** Whether the key of an empty password is the file's (algorithms 4 and 5). */
function opens(key: Buffer, user: Buffer, id: Buffer, revision: number): boolean {
  if (revision < 3) return rc4(key, PADDING).equals(user);
  let check = md5(PADDING, id);
  for (let round = 0; round < 20; round++) check = rc4(Buffer.from(key.map((byte) => byte ^ round)), check);
  return check.equals(user.subarray(0, 16));
}

/** Of an empty password with this salt (algorithm 2.B). */
function passwordHash(salt: Buffer, revision: number): Buffer {
  let key = hash('sha256', salt, 'buffer');
  if (revision < 6) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const remainder = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = hash(['sha256', 'sha384', 'sha512'][remainder]!, mixed, 'buffer');
    last = mixed.at(-1)!;
  }
  return key.subarray(0, 32);
}

function md5(...parts: Buffer[]): Buffer {
  return hash('md5', parts.length === 1 ? parts[0]! : Buffer.concat(parts), 'buffer');
}

/** @param padded whether the last block says how much of it counts; what it says is not checked, the packed data have a checksum of their own */
function aes(bits: 128 | 256, key: Buffer, data: Buffer, padded: boolean): Buffer {
  const whole = data.length - (data.length % 16);
  if (whole < 32) return Buffer.alloc(0);
  const plain = createDecipheriv(`aes-${bits}-cbc`, key, data.subarray(0, 16)).setAutoPadding(false).update(data.subarray(16, whole));
  return padded ? plain.subarray(0, plain.length - Math.min(16, plain.at(-1)!)) : plain;
}

const RC4_START = Uint8Array.from({ length: 256 }, (_, index) => index);

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = RC4_START.slice();
  for (let i = 0, j = 0; i < 256; i++) {
    const first = state[i]!;
    j = (j + first + key[i % key.length]!) & 255;
    state[i] = state[j]!;
    state[j] = first;
  }
  const result = Buffer.alloc(data.length);
  for (let at = 0, i = 0, j = 0; at < data.length; at++) {
    i = (i + 1) & 255;
    const first = state[i]!;
    j = (j + first) & 255;
    const second = state[j]!;
    state[i] = second;
    state[j] = first;
    result[at] = data[at]! ^ state[(first + second) & 255]!;
  }
  return result;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The string that follows in a dictionary, in parentheses or in hexadecimal. */
function stringOf(dictionary: string, before: RegExp): Buffer | undefined {
  const found = before.exec(dictionary);
  if (!found) return undefined;
  const rest = dictionary.slice(found.index + found[0].length);
  if (rest.startsWith('<')) return Buffer.from(rest.slice(1, rest.indexOf('>')).replace(/\s/g, ''), 'hex');
  const literal = /^\(((?:[^\\()]|\\[\s\S]|\((?:[^\\()]|\\[\s\S])*\))*)\)/.exec(rest)?.[1];
  if (literal === undefined) return undefined;
  const plain = literal.replace(/\\(?:([0-7]{1,3})|(\r\n?|\n)|([\s\S]))/g, (_, octal?: string, end?: string, sign?: string) =>
    octal !== undefined ? String.fromCharCode(Number.parseInt(octal, 8) & 255) : end !== undefined ? '' : (ESCAPES[sign!] ?? sign!),
  );
  return Buffer.from(plain, 'latin1');
}
