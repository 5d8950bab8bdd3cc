/** PDFs byte by byte, so that every part of one can be wrong on purpose. What is drawn is an invented letter in a fixed-width font, so that its columns stay. */
import { createCipheriv, createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** An object: its text, or a dictionary without its brackets and a stream. A length that is given stands in place of the right one. */
export type PdfObject = string | { dictionary?: string; stream: Buffer | string; length?: string };
/** By number. 1 is the catalog, 2 the page tree, 3 the font, 10, 20, ... the pages, 11, 21, ... what they draw. */
export type PdfObjects = Record<number, PdfObject>;

const LINES_A_PAGE = 48;
const TOP = 740;
const LEADING = 13.8;

/** A page's lines as drawing instructions. */
export function drawnText(lines: readonly string[], state = ''): string {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  return `BT ${state} /F1 9 Tf ${LEADING} TL 60 ${TOP} Td\n${shown}\nET\n`;
}

/** Where line `index` of a page stands: the height of its baseline. */
export function baseline(index: number): number {
  return TOP - LEADING * index;
}

/** A letter's text as pages of lines. */
export function pagesOf(text: string): string[][] {
  const lines = text.trimEnd().split('\n');
  return Array.from({ length: Math.ceil(lines.length / LINES_A_PAGE) }, (_, page) => lines.slice(page * LINES_A_PAGE, (page + 1) * LINES_A_PAGE));
}

export interface PdfParts {
  /** What a page draws, from its lines. */
  draw?: (lines: string[], page: number) => string;
  /** The stream that holds it. */
  content?: (drawn: string, page: number) => PdfObject;
  /** More entries of each page's dictionary. */
  page?: string | ((page: number) => string);
  mediaBox?: string;
  resources?: string;
  catalog?: string;
  objects?: PdfObjects;
}

export function flate(content: string | Buffer, level = 6): PdfObject {
  return { dictionary: '/Filter /FlateDecode', stream: deflateSync(content, { level }) };
}

/** The objects of a PDF of these pages. */
export function pdfObjects(pages: readonly string[][], parts: PdfParts = {}): PdfObjects {
  const { draw = (lines) => drawnText(lines), content = (drawn) => flate(drawn), page = '', mediaBox = '[0 0 612 792]', resources = '', catalog = '', objects = {} } = parts;
  const result: PdfObjects = {
    1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    2: `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${10 * (index + 1)} 0 R`).join(' ')}] >>`,
    3: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>',
  };
  pages.forEach((lines, index) => {
    const number = 10 * (index + 1);
    result[number] = `<< /Type /Page /Parent 2 0 R /MediaBox ${mediaBox} /Contents ${number + 1} 0 R /Resources << /Font << /F1 3 0 R >> ${resources} >> ${typeof page === 'string' ? page : page(index)} >>`;
    result[number + 1] = content(draw(lines, index), index);
  });
  return { ...result, ...objects };
}

export interface FileParts {
  header?: string;
  /** Of the trailer, besides /Size and /Root. */
  trailer?: string;
  root?: string;
  /** Changes the offsets that the table of objects gives. */
  offset?: (offset: number, object: number) => number;
  /** In place of the table, `startxref` and all. */
  ending?: (offsets: ReadonlyMap<number, number>, length: number) => string;
  /** Objects that lie packed in an object stream, with a cross-reference stream in place of the table. */
  packed?: boolean;
  encrypt?: Encryption;
}

/** A whole file of these objects. */
export function pdfFile(objects: PdfObjects, parts: FileParts = {}): Buffer {
  const { header = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', trailer = '', root = '/Root 1 0 R', offset = (at) => at, ending, packed = false, encrypt } = parts;
  const chunks: Buffer[] = [Buffer.from(header, 'latin1')];
  let length = chunks[0]!.length;
  const offsets = new Map<number, number>();
  const write = (number: number, object: PdfObject): void => {
    offsets.set(number, length);
    const bytes = objectBytes(number, object, encrypt);
    chunks.push(bytes);
    length += bytes.length;
  };
  const entries = Object.entries(objects).map(([number, object]) => [Number(number), object] as const);
  const inside = packed ? entries.filter((entry): entry is readonly [number, string] => typeof entry[1] === 'string') : [];
  for (const [number, object] of entries) if (!packed || typeof object !== 'string') write(number, object);
  const size = Math.max(...entries.map(([number]) => number)) + 10;
  if (packed) {
    let at = 0;
    const index = inside.map(([number, text]) => {
      const place = `${number} ${at}`;
      at += text.length + 1;
      return place;
    });
    const head = `${index.join(' ')} `;
    const holder = size - 3;
    write(holder, { dictionary: `/Type /ObjStm /N ${inside.length} /First ${head.length} /Filter /FlateDecode`, stream: deflateSync(`${head}${inside.map(([, text]) => text).join(' ')} `) });
    const table = Buffer.alloc(size * 7);
    for (const [number, place] of offsets) {
      table[number * 7] = 1;
      table.writeUInt32BE(place, number * 7 + 1);
    }
    inside.forEach(([number], place) => {
      table[number * 7] = 2;
      table.writeUInt32BE(holder, number * 7 + 1);
      table.writeUInt16BE(place, number * 7 + 5);
    });
    const start = length;
    write(size - 1, { dictionary: `/Type /XRef /W [1 4 2] /Size ${size} ${root} ${trailer} /Filter /FlateDecode`, stream: deflateSync(table) });
    chunks.push(Buffer.from(`startxref\n${start}\n%%EOF\n`));
    return Buffer.concat(chunks);
  }
  if (encrypt) {
    offsets.set(size - 1, length);
    chunks.push(Buffer.from(`${size - 1} 0 obj\n${encrypt.dictionary}\nendobj\n`, 'latin1'));
    length += chunks.at(-1)!.length;
  }
  const protection = encrypt ? `/Encrypt ${size - 1} 0 R /ID [<${ID.toString('hex')}> <${ID.toString('hex')}>]` : '';
  chunks.push(Buffer.from(ending ? ending(offsets, length) : table(offsets, size, `${root} ${protection} ${trailer}`, length, offset), 'latin1'));
  return Buffer.concat(chunks);
}

/** A cross-reference table with its trailer. */
export function table(offsets: ReadonlyMap<number, number>, size: number, trailer: string, start: number, offset: (offset: number, object: number) => number = (at) => at): string {
  const rows = Array.from({ length: size }, (_, number) => {
    const at = offsets.get(number);
    return at === undefined ? '0000000000 65535 f \n' : `${String(Math.max(0, offset(at, number))).padStart(10, '0')} 00000 n \n`;
  });
  return `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
}

function objectBytes(number: number, object: PdfObject, encrypt?: Encryption): Buffer {
  if (typeof object === 'string') return Buffer.from(`${number} 0 obj\n${object}\nendobj\n`, 'latin1');
  const plain = Buffer.isBuffer(object.stream) ? object.stream : Buffer.from(object.stream, 'latin1');
  const stream = encrypt ? encrypt.stream(plain, number) : plain;
  const head = `${number} 0 obj\n<< ${object.dictionary ?? ''} ${object.length ?? `/Length ${stream.length}`} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), stream, Buffer.from('\nendstream\nendobj\n')]);
}

const ID = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const PERMISSIONS = -3904;

export interface Encryption {
  dictionary: string;
  stream: (plain: Buffer, object: number) => Buffer;
}

const md5 = (...parts: Buffer[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const sha256 = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const hex = (bytes: Buffer): string => `<${bytes.toString('hex')}>`;

function rc4(key: Buffer, data: Buffer): Buffer {
  const s = Array.from({ length: 256 }, (_, index) => index);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + s[i]! + key[i % key.length]!) % 256;
    [s[i], s[j]] = [s[j]!, s[i]!];
  }
  let [i, j] = [0, 0];
  return data.map((byte) => {
    i = (i + 1) % 256;
    j = (j + s[i]!) % 256;
    [s[i], s[j]] = [s[j]!, s[i]!];
    return byte ^ s[(s[i]! + s[j]!) % 256]!;
  }) as Buffer;
}

function aes(key: Buffer, plain: Buffer, padding = true, vector = ID): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, vector).setAutoPadding(padding);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** The standard protection with this password for readers, by its ways of encrypting. */
export function protection(way: 'RC4 40' | 'RC4 128' | 'AES 128' | 'AES 256', password = ''): Encryption {
  const padded = Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);
  if (way === 'AES 256') {
    const fileKey = sha256(Buffer.from('an invented key'));
    const [checkSalt, keySalt] = [Buffer.from('12345678'), Buffer.from('abcdefgh')];
    const own = Buffer.from(password);
    const user = Buffer.concat([sha256(own, checkSalt), checkSalt, keySalt]);
    const wrapped = aes(sha256(own, keySalt), fileKey, false, Buffer.alloc(16));
    const owner = Buffer.concat([sha256(Buffer.from('owner'), checkSalt, user), checkSalt, keySalt]);
    const ownerWrapped = aes(sha256(Buffer.from('owner'), keySalt, user), fileKey, false, Buffer.alloc(16));
    const perms = Buffer.alloc(16);
    perms.writeInt32LE(PERMISSIONS);
    perms.fill(0xff, 4, 8);
    perms.write('Tadb1234', 8, 'latin1');
    const cipher = createCipheriv('aes-256-ecb', fileKey, null).setAutoPadding(false);
    return {
      dictionary: `<< /Filter /Standard /V 5 /R 5 /Length 256 /P ${PERMISSIONS} /O ${hex(owner)} /U ${hex(user)} /OE ${hex(ownerWrapped)} /UE ${hex(wrapped)} /Perms ${hex(cipher.update(perms))} /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>`,
      stream: (plain) => Buffer.concat([ID, aes(fileKey, plain)]),
    };
  }
  const [revision, size] = way === 'RC4 40' ? [2, 5] : way === 'RC4 128' ? [3, 16] : [4, 16];
  const rounds = (key: Buffer, data: Buffer): Buffer => Array.from({ length: 20 }).reduce<Buffer>((done, _, round) => rc4(Buffer.from(key.map((byte) => byte ^ round)), done), data);
  const often = (key: Buffer): Buffer => (revision === 2 ? key : Array.from({ length: 50 }).reduce<Buffer>((done) => md5(done.subarray(0, size)), key)).subarray(0, size);
  const ownerKey = often(md5(Buffer.concat([Buffer.from('owner'), PADDING]).subarray(0, 32)));
  const owner = revision === 2 ? rc4(ownerKey, padded) : rounds(ownerKey, padded);
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(PERMISSIONS);
  const key = often(md5(padded, owner, flags, ID));
  const user = revision === 2 ? rc4(key, PADDING) : Buffer.concat([rounds(key, md5(PADDING, ID)), Buffer.alloc(16)]);
  const filter = revision === 4 ? '/CF << /StdCF << /CFM /AESV2 /AuthEvent /DocOpen /Length 16 >> >> /StmF /StdCF /StrF /StdCF' : '';
  return {
    dictionary: `<< /Filter /Standard /V ${revision === 2 ? 1 : revision === 3 ? 2 : 4} /R ${revision} /Length ${size * 8} /P ${PERMISSIONS} /O ${hex(owner)} /U ${hex(user)} ${filter} >>`,
    stream: (plain, object) => {
      const own = md5(key, Buffer.from([object, object >> 8, 0, 0, 0]), Buffer.from(revision === 4 ? 'sAlT' : '')).subarray(0, Math.min(16, size + 5));
      return revision === 4 ? Buffer.concat([ID, aes(own, plain)]) : rc4(own, plain);
    },
  };
}
