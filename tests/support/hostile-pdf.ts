/** Files that strangers may send in place of a letter, or as one: odd, broken and hostile, each around an invented letter, with what an import must say of it. */
import { deflateSync, gzipSync } from 'node:zlib';
import { baseline, drawnText, flate, pagesOf, pdfFile, pdfObjects, protection, table } from './pdf-bytes.ts';
import type { PdfObject, PdfParts } from './pdf-bytes.ts';

/** `same`: published, with the determination of the letter's plain text. `unpublished`: quarantined, whatever the code. `safe`: one of the two. Else the codes of which one is right. */
export type Expected = 'same' | 'unpublished' | 'safe' | readonly string[];

export interface HostileFile {
  /** With its ending. */
  name: string;
  /** Reading it goes on until it is stopped. */
  endless?: boolean;
  expected: Expected;
  /** The file's bytes, around this letter. */
  bytes: (letter: string) => Buffer;
}

const DAMAGED = ['damaged-pdf'];
/** What is hidden is taken out before a letter is understood; then it may lack what a letter must have. */
const HIDDEN = ['privacy-hidden-text', 'decision-without-outcome', 'unknown-layout'];
/** Which limit comes first depends on the machine. */
const ENDLESS = ['too-slow', 'too-big', 'reader-died', 'damaged-pdf', 'blank-page'];

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const whole = (letter: string, parts: PdfParts = {}, file: Parameters<typeof pdfFile>[1] = {}): Buffer => pdfFile(pdfObjects(pagesOf(letter), parts), file);
const page = (extra: string): PdfParts => ({ page: extra });
const catalog = (extra: string, objects: PdfParts['objects'] = {}): PdfParts => ({ catalog: extra, objects });
/** A change of the text of a finished file, byte by byte. */
const patched = (bytes: Buffer, what: string | RegExp, by: string): Buffer => {
  const text = bytes.toString('latin1');
  const changed = text.replace(what, by);
  if (changed === text) throw new Error(`nothing to change: ${what}`);
  return latin1(changed);
};
const stream = (dictionary: string, content: Buffer | string): PdfObject => ({ dictionary, stream: content });

const outcomeLine = (lines: readonly string[]): number => lines.findIndex((line) => /: (?:Upheld|Overturned)/.test(line));
/** Draws a page, and something more when the first outcome stands on it. */
const besideOutcome = (more: (y: number) => string, before = false) => (lines: string[]): string => {
  const line = outcomeLine(lines);
  const drawn = drawnText(lines);
  return line === -1 ? drawn : before ? `${more(baseline(line))}\n${drawn}` : `${drawn}\n${more(baseline(line))}`;
};
/** Draws the first page with this added sentence, in a state of its own. */
const sentence = (state: string, place = '60 60 Td', words = 'An invented name that nobody sees') => (lines: string[], number: number): string =>
  number > 0 ? drawnText(lines) : `${drawnText(lines)}\nq BT /F1 9 Tf ${state} ${place} (${words}) Tj ET Q\n`;

function lzw(plain: Buffer): Buffer {
  // Codes of nine bits for single bytes; the table is cleared before its codes would get longer.
  let bits = '';
  plain.forEach((byte, index) => {
    if (index % 200 === 0) bits += (256).toString(2).padStart(9, '0');
    bits += byte.toString(2).padStart(9, '0');
  });
  bits += (257).toString(2).padStart(9, '0');
  return Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
}

function ascii85(plain: Buffer): string {
  let text = '';
  for (let at = 0; at < plain.length; at += 4) {
    const group = plain.subarray(at, at + 4);
    let number = Buffer.concat([group, Buffer.alloc(4 - group.length)]).readUInt32BE();
    let signs = '';
    for (let digit = 0; digit < 5; digit++, number = Math.floor(number / 85)) signs = String.fromCharCode(33 + (number % 85)) + signs;
    text += signs.slice(0, group.length + 1);
  }
  return `${text}~>`;
}

function runLength(plain: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < plain.length; at += 128) chunks.push(Buffer.from([Math.min(128, plain.length - at) - 1]), plain.subarray(at, at + 128));
  return Buffer.concat([...chunks, Buffer.from([128])]);
}

/** Rows of 80 bytes behind PNG's "up" predictor. */
function predicted(plain: Buffer): Buffer {
  const rows = Math.ceil(plain.length / 80);
  const padded = Buffer.concat([plain, Buffer.alloc(rows * 80 - plain.length, 0x20)]);
  return Buffer.concat(Array.from({ length: rows }, (_, row) => Buffer.concat([Buffer.from([2]), Buffer.from(Array.from({ length: 80 }, (_unused, at) => (padded[row * 80 + at]! - (row ? padded[(row - 1) * 80 + at]! : 0)) & 255))])));
}

/** Made once: 100 MB of drawing in about 100 kB, and that packed again. */
let bomb: Buffer | undefined;
const once = (): Buffer => (bomb ??= deflateSync(Buffer.alloc(100_000_000, 'q Q\n'), { level: 1 }));
const bombStream = (dictionary = '', twice = false): PdfObject => stream(`/Filter ${twice ? '[/FlateDecode /FlateDecode]' : '/FlateDecode'} ${dictionary}`, twice ? deflateSync(once()) : once());

const filtered = (filter: string, pack: (plain: Buffer) => Buffer | string): PdfParts => ({ content: (drawn) => stream(`/Filter ${filter}`, pack(latin1(drawn))) });
const damagedFlate = (damage: (packed: Buffer, number: number) => Buffer): PdfParts => ({ content: (drawn, number) => stream('/Filter /FlateDecode', damage(deflateSync(drawn), number)) });
const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at]! ^= 0x55;
  return copy;
};

/** The text of the first page in a form that the page draws. */
const inForm = (form: string, use = '/X1 Do'): PdfParts => ({
  resources: '/XObject << /X1 90 0 R >>',
  draw: (lines, number) => (number === 0 ? `q ${use} Q` : drawnText(lines)),
  objects: {},
  page: form,
});

function form(letter: string, dictionary = '', use?: string): Buffer {
  const [first] = pagesOf(letter);
  return whole(letter, { ...inForm('', use), objects: { 90: { ...(flate(drawnText(first!)) as { stream: Buffer }), dictionary: `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Filter /FlateDecode ${dictionary}` } } });
}

const note = (dictionary: string): PdfParts => ({ page: (number) => (number === 0 ? `/Annots [<< /Type /Annot ${dictionary} >>]` : '') });
const PIXEL = '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8';
const picture = (gray: number, draw: PdfParts['draw'], dictionary = PIXEL): PdfParts => ({ resources: '/XObject << /I1 90 0 R >>', draw: draw!, objects: { 90: stream(dictionary, Buffer.from([gray])) } });
const layers = (state: 'ON' | 'OFF'): PdfParts => ({
  catalog: `/OCProperties << /OCGs [90 0 R] /D << /${state} [90 0 R] >> >>`,
  resources: '/Properties << /L1 90 0 R >>',
  objects: { 90: '<< /Type /OCG /Name (Invented layer) >>' },
  draw: (lines, number) => (number === 0 ? `${drawnText(lines.slice(0, 20))}\n/OC /L1 BDC\n${`BT /F1 9 Tf 13.8 TL 60 ${baseline(20)} Td\n`}${lines.slice(20).map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n')}\nET EMC\n` : drawnText(lines)),
});

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

/** A later revision at a file's end: these objects in place of the earlier ones. */
function updated(bytes: Buffer, objects: Record<number, string>, previous = true): Buffer {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(bytes.toString('latin1'))![1]);
  let more = '';
  const rows = Object.entries(objects).map(([number, object]) => {
    const at = bytes.length + more.length;
    more += `${number} 0 obj\n${object}\nendobj\n`;
    return `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
  });
  return Buffer.concat([bytes, latin1(`${more}xref\n${rows.join('')}trailer\n<< /Size 200 /Root 1 0 R ${previous ? `/Prev ${start}` : ''} >>\nstartxref\n${bytes.length + more.length}\n%%EOF\n`)]);
}

const xrefEnding = (change: (start: number, rows: string) => string) => (letter: string): Buffer =>
  whole(letter, {}, { ending: (offsets, length) => change(length, table(offsets, 40, '/Root 1 0 R', length)) });

const NOT_PDF: HostileFile[] = (
  [
    ['empty.pdf', ['empty'], () => ''],
    ['empty.txt', ['empty'], () => ''],
    ['blanks only.txt', ['empty'], () => ' \n\t\n\f\n'],
    ['one byte.pdf', ['unknown-layout'], () => 'x'],
    ['one zero byte.pdf', ['not-text'], () => '\0'],
    ['zero bytes.pdf', ['not-text'], () => '\0'.repeat(10_000)],
    ['header alone.pdf', DAMAGED, () => '%PDF-1.7\n'],
    ['header and end.pdf', DAMAGED, () => '%PDF-1.7\n%%EOF\n'],
    ['header twice.pdf', DAMAGED, () => '%PDF-1.7\n%PDF-1.4\nstartxref\n0\n%%EOF\n'],
    ['text.pdf', 'same', (letter: string) => letter],
    ['text, returns.txt', 'same', (letter: string) => letter.replaceAll('\n', '\r')],
    ['text, returns and feeds.txt', 'same', (letter: string) => letter.replaceAll('\n', '\r\n')],
    ['text, UTF-8 with mark.txt', 'same', (letter: string) => `\u00ef\u00bb\u00bf${letter}`],
    ['text, double spaced.txt', 'same', (letter: string) => letter.replaceAll(/\n+/g, '\n\n')],
    ['text, form feeds.txt', 'same', (letter: string) => letter.replace('\n\n', '\n\f\n')],
    ['text without end of line.txt', 'same', (letter: string) => letter.trimEnd()],
    ['text, first half.txt', 'unpublished', (letter: string) => letter.slice(0, letter.indexOf('MAXIMUS guideline'))],
    ['text, second half.txt', ['unknown-layout'], (letter: string) => letter.slice(letter.lastIndexOf('MAXIMUS guideline'))],
    ['text backwards.txt', ['unknown-layout'], (letter: string) => [...letter].reverse().join('')],
    ['one long line.txt', ['too-big'], () => 'x'.repeat(20_000_000)],
    ['a million lines.txt', ['too-big'], () => 'x\n'.repeat(1_000_000)],
    ['letter and a million blank lines.txt', ['too-big'], (letter: string) => letter + '\n'.repeat(1_000_000)],
    ['fifty thousand lines.txt', ['unknown-layout'], () => 'CLINICAL\n'.repeat(50_000)],
    ['only headings.txt', 'unpublished', () => 'HOW THE IMR FINAL DETERMINATION WAS MADE\nCLINICAL CASE SUMMARY\nIMR ISSUES, DECISIONS AND RATIONALES\n'.repeat(2000)],
    ['control signs.txt', 'safe', (letter: string) => letter.replaceAll('medically', 'medi\u0001\u0007\u001bcally')],
    ['page.pdf', ['not-text'], () => '<!DOCTYPE html>\n<html><body>Invented: 404 Not Found</body></html>'],
    ['page without type.pdf', ['not-text'], () => '\n <html><head><title>Invented</title></head></html>'],
    ['page behind a remark.pdf', ['not-text'], () => '<!-- invented -->\n<HTML>'],
    ['rich text.txt', ['not-text'], () => '{\\rtf1\\ansi Invented}'],
    ['picture.pdf', ['not-text'], () => '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR'],
    ['photograph.pdf', ['not-text'], () => '\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0'],
    ['fax.pdf', ['not-text'], () => 'II*\0\u0008\0\0\0'],
    ['animation.pdf', ['not-text'], () => 'GIF89a\u0001\0\u0001\0'],
    ['bitmap.pdf', ['not-text'], () => 'BM\u0046\0\0\0\0\0'],
    ['document.pdf', ['not-text'], () => 'PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml'],
    ['old document.pdf', ['not-text'], () => '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'],
    ['script for printers.pdf', ['not-text'], () => '%!PS-Adobe-3.0\n'],
    ['mail.txt', ['unknown-layout'], () => 'From: a@example.org\nSubject: invented\n\nSee the attached letter.\n'],
    ['program.pdf', ['not-text'], () => '\u007fELF\u0002\u0001\u0001\0'],
    ['table.pdf', ['unknown-layout'], () => 'case,outcome\nCM00-0000000,Upheld\n'],
  ] as const
).map(([name, expected, text]) => ({ name, expected, bytes: (letter) => latin1(text(letter)) }));

const OTHER_TEXTS: HostileFile[] = [
  { name: 'UTF-16, little end first.txt', expected: 'same', bytes: (letter) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(letter, 'utf16le')]) },
  { name: 'UTF-16, big end first.txt', expected: 'same', bytes: (letter) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(letter, 'utf16le').swap16()]) },
  { name: 'UTF-16 without mark.txt', expected: ['not-text'], bytes: (letter) => Buffer.from(letter, 'utf16le') },
  { name: 'packed.pdf', expected: ['not-text'], bytes: (letter) => gzipSync(whole(letter), { level: 9 }) },
  { name: 'PDF named as text.txt', expected: 'same', bytes: (letter) => whole(letter) },
];

const STRUCTURE: [string, Expected, (letter: string) => Buffer][] = [
  ['plain', 'same', (letter) => whole(letter)],
  ['packed objects', 'same', (letter) => whole(letter, {}, { packed: true })],
  ['old version', 'same', (letter) => whole(letter, {}, { header: '%PDF-1.0\n' })],
  ['unheard-of version', 'same', (letter) => whole(letter, {}, { header: '%PDF-9.9\n' })],
  ['no header', ['unknown-layout', 'not-text'], (letter) => patched(whole(letter), '%PDF-1.7\n', '')],
  ['garbage before', 'same', (letter) => Buffer.concat([latin1('HTTP/1.1 200 OK\r\n\r\n'), whole(letter)])],
  ['much garbage before', ['unknown-layout', 'not-text'], (letter) => Buffer.concat([Buffer.alloc(5000, 'garbage '), whole(letter)])],
  ['garbage after', 'same', (letter) => Buffer.concat([whole(letter), Buffer.alloc(900, '\0')])],
  ['much garbage after', 'same', (letter) => Buffer.concat([whole(letter), Buffer.alloc(9000, 'garbage\n')])],
  ['no end mark', 'same', (letter) => patched(whole(letter), '%%EOF\n', '')],
  ...[2, 10, 25, 40, 55, 70, 80, 90, 95, 99].map((part): [string, Expected, (letter: string) => Buffer] => [`cut at ${part} percent`, 'safe', (letter) => { const file = whole(letter); return file.subarray(0, Math.floor((file.length * part) / 100)); }]),
  ['cut in its last page', 'unpublished', (letter) => { const file = whole(letter); return file.subarray(0, file.lastIndexOf('endstream') - 40); }],
  ['cut behind its first page', 'unpublished', (letter) => { const file = whole(letter); return file.subarray(0, file.indexOf('\n20 0 obj')); }],
  ['middle missing', 'unpublished', (letter) => { const file = whole(letter); return Buffer.concat([file.subarray(0, file.length * 0.4), file.subarray(file.length * 0.5)]); }],
  ['packed objects, cut', 'unpublished', (letter) => { const file = whole(letter, {}, { packed: true }); return file.subarray(0, Math.floor(file.length * 0.7)); }],
  ['packed objects, damaged', DAMAGED, (letter) => { const file = whole(letter, {}, { packed: true }); return flipped(file, file.indexOf('stream', file.indexOf('/ObjStm')) + 80); }],
  ['offsets off by one', 'safe', (letter) => whole(letter, {}, { offset: (at) => at + 1 })],
  ['offsets all nothing', 'safe', (letter) => whole(letter, {}, { offset: () => 0 })],
  ['offsets of each other', 'safe', (letter) => whole(letter, {}, { offset: (at, object) => (object === 10 ? at + 4000 : at) })],
  ['offsets beyond the end', 'safe', (letter) => whole(letter, {}, { offset: (at) => at + 5_000_000 })],
  ['no table', 'safe', xrefEnding(() => 'trailer\n<< /Root 1 0 R >>\n%%EOF\n')],
  ['no table, no trailer', 'safe', xrefEnding(() => '%%EOF\n')],
  ['start of the table: nothing', 'safe', xrefEnding((start, rows) => rows.replace(`startxref\n${start}`, 'startxref\n0'))],
  ['start of the table: beyond the end', 'safe', xrefEnding((start, rows) => rows.replace(`startxref\n${start}`, 'startxref\n999999999'))],
  ['start of the table: less than nothing', 'safe', xrefEnding((start, rows) => rows.replace(`startxref\n${start}`, 'startxref\n-5'))],
  ['start of the table: very long number', 'safe', xrefEnding((start, rows) => rows.replace(`startxref\n${start}`, `startxref\n${'9'.repeat(400)}`))],
  ['table that is before itself', 'safe', (letter) => whole(letter, {}, { ending: (offsets, length) => table(offsets, 40, `/Root 1 0 R /Prev ${length}`, length) })],
  ['tables before each other', 'safe', (letter) => { const file = updated(whole(letter, {}, { trailer: '/Prev 000000000' }), { 99: '<< >>' }); const later = /startxref\n(\d+)\n%%EOF\n$/.exec(file.toString('latin1'))![1]!; return patched(file, '/Prev 000000000', `/Prev ${later.padStart(9, '0')}`); }],
  ['table of very many', 'safe', xrefEnding((_, rows) => rows.replace('0 40', '0 4000000000'))],
  ['table of less than nothing', 'safe', xrefEnding((_, rows) => rows.replace('0 40', '0 -40'))],
  ['table of rubbish', 'safe', xrefEnding((_, rows) => rows.replaceAll(/\d{10} \d{5} n/g, 'rubbish'))],
  ['size of one', 'safe', (letter) => whole(letter, {}, { ending: (offsets, length) => table(offsets, 40, '/Root 1 0 R', length).replace('/Size 40', '/Size 1') })],
  ['hybrid table that is its own', 'safe', (letter) => whole(letter, {}, { ending: (offsets, length) => table(offsets, 40, `/Root 1 0 R /XRefStm ${length}`, length) })],
  ['table of no width', 'safe', (letter) => patched(whole(letter, {}, { packed: true }), '/W [1 4 2]', '/W [0 0 0]')],
  ['table of great width', 'safe', (letter) => patched(whole(letter, {}, { packed: true }), '/W [1 4 2]', '/W [999999999 4 2]')],
  ['table of negative width', 'safe', (letter) => patched(whole(letter, {}, { packed: true }), '/W [1 4 2]', '/W [-1 4 2]')],
  ['packed table before itself', 'safe', (letter) => { const file = whole(letter, {}, { packed: true, trailer: '/Prev 000000000' }); const start = /startxref\n(\d+)/.exec(file.toString('latin1'))![1]!; return patched(file, '/Prev 000000000', `/Prev ${start.padStart(9, '0')}`); }],
  ['packed objects in themselves', 'safe', (letter) => patched(whole(letter, {}, { packed: true }), '/Type /ObjStm', `/Type /ObjStm /Extends 47 0 R`)],
  ['very many packed objects', 'safe', (letter) => patched(whole(letter, {}, { packed: true }), /\/N \d+/, '/N 2000000000')],
  ['no root', 'unpublished', (letter) => whole(letter, {}, { root: '' })],
  ['root that is not there', 'unpublished', (letter) => whole(letter, {}, { root: '/Root 77 0 R' })],
  ['root that is a number', 'unpublished', (letter) => whole(letter, {}, { root: '/Root 5' })],
  ['root that is a page', 'unpublished', (letter) => whole(letter, {}, { root: '/Root 10 0 R' })],
  ['no page tree', DAMAGED, (letter) => whole(letter, { objects: { 1: '<< /Type /Catalog >>' } })],
  ['page tree without pages', DAMAGED, (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [] /Count 0 >>' } })],
  ['page tree in itself', DAMAGED, (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>' } })],
  ['page trees in each other', DAMAGED, (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [80 0 R] /Count 2 >>', 80: '<< /Type /Pages /Kids [2 0 R 10 0 R] /Count 2 >>' } })],
  ['page twice', DAMAGED, (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [10 0 R 10 0 R] /Count 2 >>' } })],
  ['page missing', DAMAGED, (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [10 0 R 77 0 R] /Count 2 >>' } })],
  ['page that is a number', DAMAGED, (letter) => whole(letter, { objects: { 20: '5' } })],
  ['page that is nothing', DAMAGED, (letter) => whole(letter, { objects: { 20: 'null' } })],
  ['count of fewer pages', DAMAGED, (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [10 0 R 20 0 R 30 0 R] /Count 1 >>' } })],
  ['count of more pages', 'unpublished', (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [10 0 R 20 0 R] /Count 3 >>' } })],
  ['count below nothing', 'safe', (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [10 0 R 20 0 R 30 0 R] /Count -3 >>' } })],
  ['count of a million', 'safe', (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [10 0 R 20 0 R 30 0 R] /Count 1000000 >>' } })],
  ['count of very many', 'safe', (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [10 0 R 20 0 R 30 0 R] /Count 2147483647 >>' } })],
  ['a million pages', ['too-big'], (letter) => whole(letter, { objects: { 2: `<< /Type /Pages /Kids [${'10 0 R '.repeat(1_000_000)}] /Count 1000000 >>` } })],
  ['deep page tree', 'safe', (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [1000 0 R] /Count 3 >>', ...Object.fromEntries(Array.from({ length: 3000 }, (_, level) => [1000 + level, level === 2999 ? '<< /Type /Pages /Kids [10 0 R 20 0 R 30 0 R] /Count 3 >>' : `<< /Type /Pages /Kids [${1001 + level} 0 R] /Count 3 >>`])) } })],
  ['balanced page tree', 'same', (letter) => whole(letter, { objects: { 2: '<< /Type /Pages /Kids [80 0 R 81 0 R] /Count 3 >>', 80: '<< /Type /Pages /Parent 2 0 R /Kids [10 0 R] /Count 1 >>', 81: '<< /Type /Pages /Parent 2 0 R /Kids [20 0 R 30 0 R] /Count 2 >>' } })],
  ['linearized, not really', 'same', (letter) => whole(letter, { objects: { 4: '<< /Linearized 1 /L 5 /H [1 2] /O 10 /E 3 /N 2 /T 9 >>' } })],
  ['linearized, first object wrong', 'safe', (letter) => whole(letter, {}, { header: '%PDF-1.4\n4 0 obj\n<< /Linearized 1 /L 99999 /H [ 5 5 ] /O 77 /E 9 /N 200 /T 7 >>\nendobj\n' })],
  ['two files in one', 'safe', (letter) => Buffer.concat([whole('An invented text.\n'), whole(letter)])],
  ['later revision with another page', 'same', (letter) => updated(whole(letter.replace('Upheld', 'Overturned')), { 11: `<< /Length ${drawnText(pagesOf(letter)[0]!).length} >>\nstream\n${drawnText(pagesOf(letter)[0]!)}\nendstream` })],
  ['later revision that is cut', 'unpublished', (letter) => { const file = updated(whole(letter), { 11: `<< /Length 4000 >>\nstream\n${drawnText(['An invented later revision'])}\nendstream` }); return file.subarray(0, file.lastIndexOf('endstream')); }],
  ['later revision without a way back', 'safe', (letter) => updated(whole(letter), { 99: '<< >>' }, false)],
  ['contents missing', DAMAGED, (letter) => patched(whole(letter), '/Contents 21 0 R', '/Contents 78 0 R')],
  ['contents unnamed', 'unpublished', (letter) => patched(whole(letter), '/Contents 21 0 R', '/Cantents 21 0 R')],
  ['contents empty', ['blank-page'], (letter) => whole(letter, { content: (drawn, number) => flate(number === 0 ? drawn : '') })],
  ['contents in pieces', 'same', (letter) => whole(letter, { objects: { 80: stream('', 'q'), 81: stream('', 'Q') }, page: '' }).length > 0 ? patched(whole(letter, { objects: { 80: stream('', 'q '), 81: stream('', ' Q') } }), '/Contents 11 0 R', '/Contents [80 0 R 11 0 R 81 0 R]') : Buffer.alloc(0)],
  ['a piece of the contents missing', DAMAGED, (letter) => patched(whole(letter), '/Contents 11 0 R', '/Contents [11 0 R 78 0 R]')],
  ['contents that are a dictionary', 'unpublished', (letter) => whole(letter, { objects: { 21: '<< >>' } })],
  ['contents that are themselves', 'unpublished', (letter) => whole(letter, { objects: { 21: '21 0 R' } })],
  ['resources missing', DAMAGED, (letter) => whole(letter, { objects: { 20: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 21 0 R /Resources 78 0 R >>' } })],
  ['ten thousand blank objects', 'same', (letter) => whole(letter, { objects: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [200 + index, 'null'])) })],
  ['deep arrays', 'safe', (letter) => whole(letter, catalog(`/Deep ${deep('[', ']', 100_000)}`))],
  ['deep dictionaries', 'safe', (letter) => whole(letter, catalog(`/Deep ${deep('<< /A ', '>>', 50_000)}`))],
  ['arrays without end', 'safe', (letter) => whole(letter, catalog(`/Deep ${'['.repeat(100_000)}`))],
  ['long name', 'same', (letter) => whole(letter, catalog(`/${'N'.repeat(100_000)} 1`))],
  ['long string', 'same', (letter) => whole(letter, catalog(`/Text (${'s'.repeat(2_000_000)})`))],
  ['string without end', 'safe', (letter) => whole(letter, catalog('/Text (never ends'))],
  ['long number', 'same', (letter) => whole(letter, catalog(`/Number ${'9'.repeat(100_000)}`))],
  ['references in a ring', 'same', (letter) => whole(letter, catalog('/Ring 80 0 R', { 80: '81 0 R', 81: '80 0 R' }))],
];

const STREAMS: [string, Expected, (letter: string) => Buffer][] = [
  ['not packed', 'same', (letter) => whole(letter, { content: (drawn) => stream('', drawn) })],
  ['hexadecimal', 'same', (letter) => whole(letter, filtered('/ASCIIHexDecode', (plain) => `${plain.toString('hex')}>`))],
  ['in 85 signs', 'same', (letter) => whole(letter, filtered('/ASCII85Decode', ascii85))],
  ['runs', 'same', (letter) => whole(letter, filtered('/RunLengthDecode', runLength))],
  ['LZW', 'same', (letter) => whole(letter, filtered('/LZWDecode', lzw))],
  ['packed twice', 'same', (letter) => whole(letter, filtered('[/FlateDecode /FlateDecode]', (plain) => deflateSync(deflateSync(plain))))],
  ['packed, then in 85 signs', 'same', (letter) => whole(letter, filtered('[/ASCII85Decode /FlateDecode]', (plain) => ascii85(deflateSync(plain))))],
  ['packed behind a predictor', 'same', (letter) => whole(letter, filtered('/FlateDecode /DecodeParms << /Predictor 12 /Columns 80 >>', (plain) => deflateSync(predicted(plain))))],
  ['an unheard-of filter', 'safe', (letter) => whole(letter, filtered('/InventedDecode', (plain) => plain))],
  ['five hundred filters', 'unpublished', (letter) => whole(letter, filtered(`[${'/FlateDecode '.repeat(500)}]`, (plain) => deflateSync(plain)))],
  ...['/JBIG2Decode', '/DCTDecode', '/JPXDecode', '/CCITTFaxDecode'].map((filter): [string, Expected, (letter: string) => Buffer] => [`a picture's filter ${filter.slice(1)}`, 'safe', (letter) => whole(letter, filtered(filter, (plain) => plain))]),
  ['LZW of rubbish', 'unpublished', (letter) => whole(letter, filtered('/LZWDecode', (plain) => plain))],
  ['packed, half of it', DAMAGED, (letter) => whole(letter, damagedFlate((packed) => packed.subarray(0, packed.length / 2)))],
  ['packed, ten bytes short', DAMAGED, (letter) => whole(letter, damagedFlate((packed) => packed.subarray(0, -10)))],
  ['packed, without checksum', DAMAGED, (letter) => whole(letter, damagedFlate((packed) => packed.subarray(0, -4)))],
  ['packed, wrong checksum', DAMAGED, (letter) => whole(letter, damagedFlate((packed) => flipped(packed, -1)))],
  ...[0, 5, 40, 200, -60, -20].map((at): [string, Expected, (letter: string) => Buffer] => [`packed, byte ${at} damaged`, DAMAGED, (letter) => whole(letter, damagedFlate((packed, number) => (number === 0 ? packed : flipped(packed, at))))]),
  ['packed, protected, damaged', DAMAGED, (letter) => whole(letter, damagedFlate((packed, number) => (number === 0 ? packed : flipped(packed, -30))), { encrypt: protection('AES 128') })],
  ['packed, protected by RC4, cut', DAMAGED, (letter) => whole(letter, damagedFlate((packed, number) => (number === 0 ? packed : packed.subarray(0, -30))), { encrypt: protection('RC4 128') })],
  ['packed, protected by AES 256, damaged', DAMAGED, (letter) => whole(letter, damagedFlate((packed, number) => (number === 0 ? packed : flipped(packed, -30))), { encrypt: protection('AES 256') })],
  ...['/Length -5', '/Length 0', '/Length 7', '/Length 99999999', '/Length 99999999999999999999', '', '/Length 11 0 R', '/Length 78 0 R', '/Length /Name'].map((length): [string, Expected, (letter: string) => Buffer] => [`length: ${length || 'none'}`, 'safe', (letter) => whole(letter, { content: (drawn) => ({ dictionary: '/Filter /FlateDecode', stream: deflateSync(drawn), length }) })]),
  ['length elsewhere', 'same', (letter) => { const packed = pagesOf(letter).map((lines) => deflateSync(drawnText(lines))); return whole(letter, { content: (_, number) => ({ dictionary: '/Filter /FlateDecode', stream: packed[number]!, length: `/Length ${80 + number} 0 R` }), objects: Object.fromEntries(packed.map((bytes, number) => [80 + number, String(bytes.length)])) }); }],
  ['bomb in a page', ['too-big'], (letter) => whole(letter, { objects: { 21: bombStream() } })],
  ['bomb in a bomb', ['too-big'], (letter) => whole(letter, { objects: { 21: bombStream('', true) } })],
  ['bomb in 85 signs', ENDLESS, (letter) => whole(letter, { objects: { 21: stream('/Filter [/ASCII85Decode /FlateDecode]', ascii85(once())) } })],
  ['bomb that protects itself', ['too-big'], (letter) => whole(letter, { objects: { 21: bombStream() } }, { encrypt: protection('RC4 128') })],
  ['bomb of objects', ['too-big'], (letter) => whole(letter, { objects: { 80: bombStream('/Type /ObjStm /N 5 /First 10') } })],
  ['bomb in a font', ['too-big'], (letter) => whole(letter, { objects: { 3: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 80 0 R >>', 80: bombStream() } })],
  ['bomb in a picture', 'same', (letter) => whole(letter, { ...picture(0, (lines) => `${drawnText(lines)} q 5 0 0 5 20 20 cm /I1 Do Q`), objects: { 90: bombStream('/Type /XObject /Subtype /Image /Width 100000 /Height 1000 /ColorSpace /DeviceGray /BitsPerComponent 8') } })],
  ['bomb that is attached', 'same', (letter) => whole(letter, catalog('/Names << /EmbeddedFiles << /Names [(bomb) 80 0 R] >> >>', { 80: '<< /Type /Filespec /F (bomb) /EF << /F 81 0 R >> >>', 81: bombStream('/Type /EmbeddedFile') }))],
  ['the same contents ten thousand times', ENDLESS, (letter) => patched(whole(letter, { objects: { 80: flate('q Q\n'.repeat(250_000)) } }), '/Contents 11 0 R', `/Contents [11 0 R ${'80 0 R '.repeat(10_000)}]`)],
];

const CURSED: [string, Expected, (letter: string) => Buffer][] = [
  ...[90, 180, 270, -90, 45].map((turn): [string, Expected, (letter: string) => Buffer] => [`turned by ${turn}`, 'same', (letter) => whole(letter, page(`/Rotate ${turn}`))]),
  ['user unit', 'same', (letter) => whole(letter, page('/UserUnit 10'))],
  ['cropped to its text', 'same', (letter) => whole(letter, page('/CropBox [20 20 590 780]'))],
  ['box upside down', 'same', (letter) => whole(letter, { mediaBox: '[612 792 0 0]' })],
  ['box of nothing', 'safe', (letter) => whole(letter, { mediaBox: '[0 0 0 0]' })],
  ['box of great size', 'same', (letter) => whole(letter, { mediaBox: '[0 0 99999999 99999999]' })],
  ['box of endless numbers', 'safe', (letter) => whole(letter, { mediaBox: `[0 0 ${'9'.repeat(308)} 1e308]` })],
  ['box of rubbish', 'safe', (letter) => whole(letter, { mediaBox: '[NaN /X (y) null]' })],
  ['box elsewhere', HIDDEN, (letter) => whole(letter, { mediaBox: '[5000 5000 5612 5792]' })],
  ['no box', 'safe', (letter) => patched(whole(letter), '/MediaBox [0 0 612 792]', '')],
  ['numbers without end', 'safe', (letter) => whole(letter, { draw: (lines) => `${drawnText(lines)} BT /F1 1e308 Tf 1e308 -1e308 Td (x) Tj ET 1e999 0 0 1e999 0 0 cm NaN w` })],
  ['very large scale', 'safe', (letter) => whole(letter, { draw: (lines) => `q 1000000 0 0 1000000 0 0 cm ${drawnText(lines)} Q` })],
  ['states without end', 'safe', (letter) => whole(letter, { draw: (lines) => `${'q '.repeat(100_000)}${drawnText(lines)}` })],
  ['states closed too often', 'same', (letter) => whole(letter, { draw: (lines) => `${'Q '.repeat(1000)}${drawnText(lines)}` })],
  ['rubbish among the instructions', 'safe', (letter) => whole(letter, { draw: (lines) => `>> ] ) } /No Do xyzzy 5 5 5 Tj\n${drawnText(lines)}` })],
  ['deep arrays in the instructions', 'safe', (letter) => whole(letter, { draw: (lines) => `${drawnText(lines)} ${deep('[', ']', 50_000)} TJ` })],
  ['picture without end within the instructions', 'safe', (letter) => whole(letter, { draw: (lines) => `${drawnText(lines)} BI /W 99999 /H 99999 /BPC 8 /CS /G ID xxxx` })],
  ['a hundred thousand lines drawn', ['too-big'], () => whole('x\n', { draw: () => drawnText(Array.from({ length: 100_000 }, () => 'An invented line of no meaning')) })],
  ['a million lines ruled', ['too-big'], (letter) => whole(letter, { draw: (lines, number) => (number === 0 ? `${drawnText(lines)} ${'0 0 m 9 9 l S\n'.repeat(1_000_000)}` : drawnText(lines)) })],
  ['text in a form', 'same', (letter) => form(letter)],
  ['text in a form that is moved', 'same', (letter) => form(letter, '/Matrix [1 0 0 1 20 -10]')],
  ['form in itself', 'safe', (letter) => form(letter, '', '/X1 Do').length ? whole(letter, { ...inForm(''), draw: (lines) => `${drawnText(lines)} /X1 Do`, objects: { 90: stream('/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X1 90 0 R >> >>', '/X1 Do') } }) : Buffer.alloc(0)],
  ['forms in each other', 'safe', (letter) => whole(letter, { ...inForm(''), draw: (lines) => `${drawnText(lines)} /X1 Do`, objects: { 90: stream('/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 91 0 R >> >>', '/X1 Do'), 91: stream('/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 90 0 R >> >>', '/X1 Do') } })],
  ['forms ten times in forms ten times', ENDLESS, (letter) => whole(letter, { ...inForm(''), draw: (lines, number) => `${drawnText(lines)} ${number === 0 ? '/X1 Do' : ''}`, objects: Object.fromEntries(Array.from({ length: 9 }, (_, level) => [90 + level, stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 ${91 + level} 0 R >> >>`, level === 8 ? 'q Q' : '/X1 Do '.repeat(10))])) })],
  ['font in itself', 'unpublished', (letter) => whole(letter, { objects: { 3: '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [3 0 R] >>' } })],
  ['font missing', 'safe', (letter) => whole(letter, { objects: { 3: 'null' } })],
  ['font with a table of all signs', 'safe', (letter) => whole(letter, { objects: { 3: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 80 0 R >>', 80: flate(`begincmap\n1 begincodespacerange <00> <FFFFFFFF> endcodespacerange\n${'1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n'.repeat(50)}endcmap`) } })],
  ['font with a damaged table of signs', DAMAGED, (letter) => whole(letter, { objects: { 3: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 80 0 R >>', 80: stream('/Filter /FlateDecode', deflateSync(Buffer.alloc(3000, '<0041> invented ')).subarray(0, -8)) } })],
  ['font without its table of signs', DAMAGED, (letter) => whole(letter, { objects: { 3: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 80 0 R >>' } })],
  ['font that draws itself', 'unpublished', (letter) => whole(letter, { objects: { 3: '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 80 0 R >> /Encoding << /Differences [0 /a 65 /a 97 /a] >> /FirstChar 0 /LastChar 255 /Widths [1] /Resources << /Font << /F1 3 0 R >> >> >>', 80: stream('', '9 0 d0 BT /F1 9 Tf (aaa) Tj ET') } })],
  ['font with very many widths', 'same', (letter) => whole(letter, { objects: { 3: `<< /Type /Font /Subtype /Type1 /BaseFont /Courier /FirstChar 0 /LastChar 999999 /Widths [${'600 '.repeat(100_000)}] >>` } })],
  ['patterns in themselves', 'same', (letter) => whole(letter, { resources: '/Pattern << /P1 90 0 R >>', objects: { 90: stream('/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << /Pattern << /P1 90 0 R >> >>', '/Pattern cs /P1 scn 0 0 1 1 re f') }, draw: (lines) => `q /Pattern cs /P1 scn 0 0 5 5 re f Q ${drawnText(lines)}` })],
  ['huge picture', 'same', (letter) => whole(letter, picture(0, (lines) => `${drawnText(lines)} q 5 0 0 5 20 20 cm /I1 Do Q`, '/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /ColorSpace /DeviceGray /BitsPerComponent 8'))],
  ['picture in itself', 'same', (letter) => whole(letter, picture(0, (lines) => `${drawnText(lines)} q 5 0 0 5 20 20 cm /I1 Do Q`, `${PIXEL} /SMask 90 0 R`))],
];

const ACTIVE: [string, Expected, (letter: string) => Buffer][] = [
  ['script at opening', 'same', (letter) => whole(letter, catalog('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'))],
  ['script by name', 'same', (letter) => whole(letter, catalog('/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (while\\(true\\);) >>] >> >>'))],
  ['script of a page', 'same', (letter) => whole(letter, page('/AA << /O << /S /JavaScript /JS (while\\(true\\);) >> >>'))],
  ['script in a stream', 'same', (letter) => whole(letter, catalog('/OpenAction << /S /JavaScript /JS 80 0 R >>', { 80: flate('while (true);') }))],
  ['program to launch', 'same', (letter) => whole(letter, catalog('/OpenAction << /S /Launch /F (invented.exe) >>'))],
  ['address to open', 'same', (letter) => whole(letter, catalog('/OpenAction << /S /URI /URI (http://example.org/) >>'))],
  ['form to send', 'same', (letter) => whole(letter, catalog('/OpenAction << /S /SubmitForm /F (http://example.org/) >>'))],
  ['actions one after another without end', 'same', (letter) => whole(letter, catalog('/OpenAction 80 0 R', { 80: '<< /S /Named /N /NextPage /Next 80 0 R >>' }))],
  ['attached file', 'same', (letter) => whole(letter, catalog('/Names << /EmbeddedFiles << /Names [(a) 80 0 R] >> >>', { 80: '<< /Type /Filespec /F (invented.exe) /EF << /F 81 0 R >> >>', 81: stream('/Type /EmbeddedFile', 'MZ') }))],
  ['attached PDF', 'same', (letter) => whole(letter, catalog('/Names << /EmbeddedFiles << /Names [(a) 80 0 R] >> >>', { 80: '<< /Type /Filespec /F (a.pdf) /EF << /F 81 0 R >> >>', 81: stream('/Type /EmbeddedFile', whole('Another invented text.\n')) }))],
  ['names in a ring', 'same', (letter) => whole(letter, catalog('/Names << /Dests 80 0 R >>', { 80: '<< /Kids [80 0 R] >>' }))],
  ['outline in a ring', 'same', (letter) => whole(letter, catalog('/Outlines 80 0 R', { 80: '<< /First 81 0 R /Last 81 0 R >>', 81: '<< /Title (x) /Parent 80 0 R /Next 81 0 R /First 81 0 R >>' }))],
  ['form of XFA', 'same', (letter) => whole(letter, catalog('/AcroForm << /Fields [] /XFA [(template) 80 0 R] >>', { 80: stream('', '<template><subform><field name="x"/></subform></template>') }))],
  ['link', 'same', (letter) => whole(letter, note('/Subtype /Link /Rect [0 0 612 792] /A << /S /URI /URI (javascript:alert\\(1\\)) >>'))],
  ['comment', 'same', (letter) => whole(letter, note('/Subtype /Text /Rect [20 20 40 40] /Contents (An invented comment)'))],
  ['film', 'same', (letter) => whole(letter, note('/Subtype /Movie /Rect [0 0 9 9] /Movie << /F (invented.avi) >>'))],
  ['highlight', 'same', (letter) => whole(letter, note('/Subtype /Highlight /Rect [50 50 560 760] /QuadPoints [50 760 560 760 50 50 560 50] /C [1 1 0]'))],
  ['note that shows text', ['text-in-form'], (letter) => whole(letter, note('/Subtype /FreeText /Rect [60 20 300 40] /DA (/F1 9 Tf) /Contents (Overturned, an invented note)'))],
  ['field that shows text', ['text-in-form'], (letter) => whole(letter, { ...note('/Subtype /Widget /FT /Tx /T (outcome) /V (Overturned) /Rect [60 20 300 40]'), catalog: '/AcroForm << /Fields [] >>' })],
  ['field without text', 'same', (letter) => whole(letter, { ...note('/Subtype /Widget /FT /Sig /T (signature) /Rect [60 20 300 40]'), catalog: '/AcroForm << /Fields [] >>' })],
  ['a hundred thousand notes', 'safe', (letter) => whole(letter, { page: (number) => (number === 0 ? `/Annots [${'80 0 R '.repeat(100_000)}]` : ''), objects: { 80: '<< /Type /Annot /Subtype /Square /Rect [1 1 2 2] >>' } })],
];

const UNSEEN: [string, Expected, (letter: string) => Buffer][] = [
  ['black box over the outcome', HIDDEN, (letter) => whole(letter, { draw: besideOutcome((y) => `0 g 50 ${y - 3} 500 13 re f`) })],
  ['black box over a word', HIDDEN, (letter) => whole(letter, { draw: besideOutcome((y) => `0 g 60 ${y - 3} 40 13 re f`) })],
  ['white box over the outcome', HIDDEN, (letter) => whole(letter, { draw: besideOutcome((y) => `1 g 50 ${y - 3} 500 13 re f`) })],
  ['box drawn as a thick line', HIDDEN, (letter) => whole(letter, { draw: besideOutcome((y) => `0 G 14 w 50 ${y + 3} m 550 ${y + 3} l S`) })],
  ['box of thin strips', HIDDEN, (letter) => whole(letter, { draw: besideOutcome((y) => Array.from({ length: 8 }, (_, strip) => `0 g 50 ${y - 4 + 2 * strip} 500 2.1 re f`).join(' ')) })],
  ['box in a form', HIDDEN, (letter) => whole(letter, { resources: '/XObject << /X1 90 0 R >>', objects: { 90: stream('/Type /XObject /Subtype /Form /BBox [0 0 600 800]', '0 g 0 0 500 13 re f') }, draw: besideOutcome((y) => `q 1 0 0 1 50 ${y - 3} cm /X1 Do Q`) })],
  ['picture over the outcome', HIDDEN, (letter) => whole(letter, picture(128, besideOutcome((y) => `q 500 0 0 13 50 ${y - 3} cm /I1 Do Q`)))],
  ['drawn note over the outcome', HIDDEN, (letter) => { const lines = pagesOf(letter)[0]!; const y = baseline(outcomeLine(lines)); return whole(letter, { ...note(`/Subtype /Square /Rect [50 ${y - 3} 550 ${y + 10}] /C [0 0 0] /IC [0 0 0] /AP << /N 80 0 R >>`), objects: { 80: stream('/Type /XObject /Subtype /Form /BBox [0 0 500 13]', '0 g 0 0 500 13 re f') } }); }],
  ['marked to be redacted', HIDDEN, (letter) => { const lines = pagesOf(letter)[0]!; const y = baseline(outcomeLine(lines)); return whole(letter, note(`/Subtype /Redact /Rect [50 ${y - 3} 550 ${y + 10}]`)); }],
  ['box behind the outcome', 'same', (letter) => whole(letter, { draw: besideOutcome((y) => `q 0.8 g 50 ${y - 3} 500 13 re f Q`, true) })],
  ['see-through box over the outcome', 'same', (letter) => whole(letter, { resources: '/ExtGState << /G1 << /ca 0.3 >> >>', draw: besideOutcome((y) => `q /G1 gs 1 1 0 rg 50 ${y - 3} 500 13 re f Q`) })],
  ['outcome underlined', 'same', (letter) => whole(letter, { draw: besideOutcome((y) => `0 g 50 ${y - 2} 500 0.7 re f`) })],
  ['outcome framed', 'same', (letter) => whole(letter, { draw: besideOutcome((y) => `0 G 50 ${y - 3} 500 13 re S`) })],
  ['outcome struck out', 'same', (letter) => whole(letter, { draw: besideOutcome((y) => `0 g 50 ${y + 2} 500 0.7 re f`) })],
  ['frame around the page, filled', 'same', (letter) => whole(letter, { draw: (lines) => `${drawnText(lines)} 0 g 5 5 602 782 re 8 8 596 776 re f*` })],
  ['white sentence', HIDDEN, (letter) => whole(letter, { draw: sentence('1 g') })],
  ['nearly white sentence', HIDDEN, (letter) => whole(letter, { draw: sentence('0.97 g') })],
  ['white letters on black', 'same', (letter) => whole(letter, { draw: (lines) => `0 g 0 0 612 792 re f ${drawnText(lines, '1 g')}` })],
  ['grey letters', 'same', (letter) => whole(letter, { draw: (lines) => drawnText(lines, '0.6 g') })],
  ['sentence without ink', HIDDEN, (letter) => whole(letter, { draw: sentence('3 Tr') })],
  ['sentence as a clip only', HIDDEN, (letter) => whole(letter, { draw: sentence('7 Tr') })],
  ['sentence of no opacity', HIDDEN, (letter) => whole(letter, { resources: '/ExtGState << /G1 << /ca 0 /CA 0 >> >>', draw: sentence('/G1 gs') })],
  ['sentence clipped away', HIDDEN, (letter) => whole(letter, { draw: (lines, number) => (number > 0 ? drawnText(lines) : `${drawnText(lines)} q 500 20 50 5 re W n BT /F1 9 Tf 60 60 Td (An invented name that nobody sees) Tj ET Q`) })],
  ['sentence too small', HIDDEN, (letter) => whole(letter, { draw: sentence('', '0.02 0 0 0.02 60 60 Tm') })],
  ['sentence below the page', HIDDEN, (letter) => whole(letter, { draw: sentence('', '60 -60 Td') })],
  ['sentence beside the cropped page', HIDDEN, (letter) => whole(letter, { page: '/CropBox [20 70 590 780]', draw: sentence('') })],
  ['layer that is switched off', HIDDEN, (letter) => whole(letter, layers('OFF'))],
  ['layer that is switched on', 'same', (letter) => whole(letter, layers('ON'))],
  ['form in a layer that is switched off', HIDDEN, (letter) => whole(letter, { ...layers('OFF'), resources: '/XObject << /X1 91 0 R >>', objects: { 90: '<< /Type /OCG /Name (Invented layer) >>', 91: stream('/Type /XObject /Subtype /Form /BBox [0 0 612 792] /OC 90 0 R /Resources << /Font << /F1 3 0 R >> >>', 'BT /F1 9 Tf 60 60 Td (An invented name that nobody sees) Tj ET') }, draw: (lines, number) => `${drawnText(lines)} ${number === 0 ? '/X1 Do' : ''}` })],
  ['scan with recognised text', 'same', (letter) => whole(letter, picture(255, (lines) => `q 612 0 0 792 0 0 cm /I1 Do Q ${drawnText(lines, '3 Tr')}`))],
  ['scan over recognised text', 'same', (letter) => whole(letter, picture(255, (lines) => `${drawnText(lines, '3 Tr')} q 612 0 0 792 0 0 cm /I1 Do Q`))],
  ['scan with recognised text and a black box', HIDDEN, (letter) => whole(letter, picture(255, (lines) => { const y = baseline(outcomeLine(lines)); return `q 612 0 0 792 0 0 cm /I1 Do Q ${drawnText(lines, '3 Tr')} ${outcomeLine(lines) === -1 ? '' : `0 g 50 ${y - 3} 500 13 re f`}`; }))],
  ['picture over printed text', HIDDEN, (letter) => whole(letter, picture(255, (lines) => `${drawnText(lines)} q 612 0 0 792 0 0 cm /I1 Do Q`))],
  ['pictures only', ['no-text'], (letter) => whole(letter, picture(200, () => 'q 612 0 0 792 0 0 cm /I1 Do Q'))],
  ['one page a picture', ['no-text'], (letter) => whole(letter, picture(200, (lines, number) => (number === 0 ? drawnText(lines) : 'q 612 0 0 792 0 0 cm /I1 Do Q')))],
  ['one page a picture with a stamped line', ['no-text'], (letter) => whole(letter, picture(200, (lines, number) => (number === 0 ? drawnText(lines) : `q 612 0 0 792 0 0 cm /I1 Do Q ${drawnText(['INVENTED 000123'])}`)))],
  ['nothing on its pages', ['no-text'], (letter) => whole(letter, { draw: () => '' })],
];

const PROTECTED: [string, Expected, (letter: string) => Buffer][] = (['RC4 40', 'RC4 128', 'AES 128', 'AES 256'] as const).flatMap((way): [string, Expected, (letter: string) => Buffer][] => [
  [`${way}, no password`, 'same', (letter) => whole(letter, {}, { encrypt: protection(way) })],
  [`${way}, a password`, ['password'], (letter) => whole(letter, {}, { encrypt: protection(way, 'unknown') })],
  [`${way}, strings damaged`, 'unpublished', (letter) => patched(whole(letter, {}, { encrypt: protection(way) }), /\/U <..../, '/U <0000')],
]).concat([
  ['certificates', ['password', ...DAMAGED], (letter) => whole(letter, {}, { encrypt: { dictionary: '<< /Filter /Adobe.PubSec /V 4 /SubFilter /adbe.pkcs7.s5 >>', stream: (plain) => plain } })],
  ['unheard-of protection', ['password', ...DAMAGED], (letter) => whole(letter, {}, { encrypt: { dictionary: '<< /Filter /Invented /V 9 /R 9 >>', stream: (plain) => plain } })],
  ['protection missing', 'safe', (letter) => whole(letter, {}, { trailer: '/Encrypt 78 0 R' })],
]);

/** All of them, in a fixed order. */
export const HOSTILE_FILES: readonly HostileFile[] = [
  ...NOT_PDF,
  ...OTHER_TEXTS,
  ...Object.entries({ structure: STRUCTURE, streams: STREAMS, drawing: CURSED, active: ACTIVE, unseen: UNSEEN, protected: PROTECTED }).flatMap(([kind, files]) =>
    files.map(([name, expected, bytes]): HostileFile => ({ name: `${kind}/${name.replaceAll('/', '')}.pdf`, expected, bytes, endless: expected === ENDLESS })),
  ),
];
