/**
 * PDF to text: the only module that knows PDFium, which runs as WebAssembly and so within memory of its own.
 * Lines are put together from the places of their characters on the page, because the order in a file is the author's
 * program's: a table's cells come column by column, a line in several pieces.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { init } from '@embedpdf/pdfium';
import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { hiddenText } from './pdf-hidden.ts';
import type { HiddenTextCall } from './pdf-hidden.ts';
import { checkWhole } from './pdf-streams.ts';
import { UnreadableError, damagedPdf } from './problem.ts';

/** Two pieces stand on one line when their baselines differ by less than this part of the taller one's height (superscripts, bad alignment). */
const SAME_LINE = 0.5;
/** A gap of more than this part of the height between two pieces is a blank that was not printed. */
const BLANK_GAP = 0.15;
/** A gap of more than this many heights separates columns; two blanks stand for it. */
const COLUMN_GAP = 1;
/** Lines of a paragraph stand about 1.15 heights apart, paragraphs 2.3; above this a blank line is put in. */
const PARAGRAPH_GAP = 1.8;

/** What a letter's file prints. */
export interface LetterText {
  /** Lines, blank lines between paragraphs, a form feed before every page but the first. */
  text: string;
  /** What the file holds but a reader of it does not see, in the order of its pages. */
  hidden: HiddenText[];
}

/** Text that a viewer does not show: under a box or a picture, drawn without ink or in the colour of the page, or beyond the page's edge. */
export interface HiddenText {
  /** Counted from 1. */
  page: number;
  /** As it stands in the letter's text, where it is part of it. */
  text: string;
  how: 'covered' | 'invisible' | 'outside';
}

/** Characters that stand side by side on the page and came one after the other. */
interface Piece {
  text: string;
  /** Of its baseline's beginning, in points from the lower left corner. */
  x: number;
  y: number;
  width: number;
  /** The font's size as it is seen. */
  height: number;
}

/** A letter has 2 to 30 pages and 5,000 to 100,000 characters; a file with more than these is something else, and would keep every later phase busy. */
const MOST_PAGES = 1000;
export const MOST_CHARACTERS = 500_000;
/** A PDFium that holds more than this, in bytes, after a letter is not kept for the next one: its memory never becomes less. */
const KEPT = 128 * 1024 * 1024;

/** PDFium's error numbers (fpdfview.h). */
const [WRONG_PASSWORD, UNKNOWN_PROTECTION] = [4, 5];
const BLANK = 0x20;
/** Where PDFium gives a hyphen at a line's end as something that is no character. */
const LINE_END_HYPHENS = new Set([0x02, 0xfffe]);

/** A PDFium that is loaded, with its memory: `scratch` are 32 bytes of it that calls write their answers into. */
export interface Engine extends WrappedPdfiumModule {
  memory: LimitedMemory;
  scratch: number;
  /** Its functions as they are, for what is asked of every character and every part of a page: the package's own wrappers check so much that they take most of the time. */
  calls: Record<CharacterCall | HiddenTextCall, (first: number, ...more: number[]) => number>;
}
export interface LimitedMemory extends WebAssembly.Memory {
  /** Whether more was wanted than there may be. */
  refused?: true;
}
type CharacterCall = 'FPDFText_CountChars' | 'FPDFText_GetUnicode' | 'FPDFText_IsGenerated' | 'FPDFText_GetCharOrigin' | 'FPDFText_GetLooseCharBox' | 'FPDFText_GetMatrix' | 'FPDFText_GetFontSize';

let engine: Promise<Engine> | undefined;

/**
 * The text of a PDF: lines, blank lines between paragraphs, a form feed before every page but the first.
 * A file that is encrypted with an empty password opens; its "do not copy" flag is about the viewer's buttons, the letters are public.
 * @throws UnreadableError when it is damaged, needs a password, or has no text
 */
export async function pdfText(bytes: Uint8Array): Promise<LetterText> {
  engine ??= startEngine();
  const pdfium = await engine;
  try {
    const { malloc, free } = pdfium.pdfium.wasmExports;
    const file = malloc(bytes.length);
    new Uint8Array(pdfium.memory.buffer).set(bytes, file);
    try {
      return documentText(pdfium, file, bytes);
    } finally {
      free(file);
      if (pdfium.memory.buffer.byteLength > KEPT) engine = undefined;
    }
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    // It ran into its limit or a fault of its own, and may hold anything now.
    engine = undefined;
    if (pdfium.memory.refused) throw new UnreadableError('too-big', 'reading it takes more memory than it may. Print it to a new PDF, or have its text recognised (OCR)');
    throw damagedPdf((error instanceof Error ? error.message : String(error)).split('\n')[0]!);
  }
}

async function startEngine(): Promise<Engine> {
  const wasm = await readFile(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')));
  let calls!: WebAssembly.Exports;
  let memory!: LimitedMemory;
  const pdfium = await init({
    // The package instantiates from this when it is asked to; the memory is reached on the way, because only here it can be given a limit.
    instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
      void WebAssembly.instantiate(wasm, imports).then(({ instance }) => {
        calls = instance.exports;
        memory = Object.values(calls).find((value) => value instanceof WebAssembly.Memory)!;
        limitMemory(memory);
        done(instance);
      });
      return {};
    },
  } as Parameters<typeof init>[0]);
  pdfium.PDFiumExt_Init();
  return Object.assign(pdfium, { memory, calls: calls as Engine['calls'], scratch: pdfium.pdfium.wasmExports.malloc(32) });
}

/** PDFium may take what a process of this import may take, not the 2 GB that it was built for. */
function limitMemory(memory: LimitedMemory): void {
  const most = mostMemory();
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * 65_536 <= most) return grow(pages);
    memory.refused = true;
    throw new RangeError('no more memory');
  };
}

/** In bytes: as much as the objects of this process may take where it was told (V8's own limit has room for more beside them). */
function mostMemory(): number {
  const told = process.execArgv.map((option) => /^--max-old-space-size=(\d+)$/.exec(option)?.[1]).find((size) => size !== undefined);
  return told === undefined ? getHeapStatistics().heap_size_limit : Number(told) * 1024 * 1024;
}

function documentText(pdfium: Engine, file: number, bytes: Uint8Array): LetterText {
  const document = pdfium.FPDF_LoadMemDocument(file, bytes.length, '');
  if (!document) throw refusal(pdfium.FPDF_GetLastError());
  try {
    const pages = pdfium.FPDF_GetPageCount(document);
    if (pages === 0) throw damagedPdf('no page of it can be found');
    if (pages > MOST_PAGES) throw new UnreadableError('too-big', `it has ${pages} pages, more than any letter (${MOST_PAGES}). Give each letter a file of its own`);
    const { layers } = checkWhole(bytes, pages);
    const texts: string[] = [];
    const hidden: HiddenText[] = [];
    let length = 0;
    let blank = 0;
    for (let index = 0; index < pages; index++) {
      const page = readPage(pdfium, document, index, layers);
      if (page.blank) blank ||= index + 1;
      texts.push(page.text);
      hidden.push(...page.hidden);
      length += page.text.length;
      if (length > MOST_CHARACTERS) throw tooMuchText();
    }
    const text = texts.join('\n\f');
    if (!text.trim()) throw new UnreadableError('no-text', `its ${pages} page(s) hold no text, only images. Run text recognition (OCR) on it first`);
    if (blank > 0) throw new UnreadableError('blank-page', `its page ${blank} is blank, as pages of damaged files are. If it is so in the original, take that page out; else fetch the letter again`);
    return { text, hidden };
  } finally {
    pdfium.FPDF_CloseDocument(document);
  }
}

export function tooMuchText(): UnreadableError {
  return new UnreadableError('too-big', `it holds more than ${MOST_CHARACTERS} characters, more than any letter. Give each letter a file of its own`);
}

function refusal(code: number): UnreadableError {
  if (code === WRONG_PASSWORD) return new UnreadableError('password', 'it is encrypted and needs a password. Save it without one');
  if (code === UNKNOWN_PROTECTION) return new UnreadableError('password', 'it is encrypted in a way that cannot be opened here. Save it without protection');
  return damagedPdf('it is not whole, or not a PDF');
}

/** @throws UnreadableError when the page is missing or broken: a letter with a page less would say something else */
function readPage(pdfium: Engine, document: number, index: number, layers: boolean): LetterText & { blank: boolean } {
  const page = pdfium.FPDF_LoadPage(document, index);
  if (!page) throw damagedPdf(`its page ${index + 1} is broken`);
  const text = pdfium.FPDFText_LoadPage(page);
  try {
    if (!text) throw damagedPdf(`the text of its page ${index + 1} is broken`);
    if (pdfium.calls.FPDFText_CountChars(text) > MOST_CHARACTERS) throw tooMuchText();
    const blank = pdfium.calls.FPDFPage_CountObjects(page) === 0;
    return { blank, text: pageText(pagePieces(pdfium, text)), hidden: hiddenText(pdfium, page, text, index + 1, layers) };
  } finally {
    if (text) pdfium.FPDFText_ClosePage(text);
    pdfium.FPDF_ClosePage(page);
  }
}

/** Pieces end where PDFium sees a gap or a line's end, and where the baseline changes (raised and lowered signs). */
function pagePieces({ memory, scratch, calls }: Engine, page: number): Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece | undefined;
  /** Where the blank before this character begins. */
  let blank: number | undefined;
  const end = (last: number): void => {
    if (piece && calls.FPDFText_GetLooseCharBox(page, last, scratch)) piece.width = new Float32Array(memory.buffer, scratch, 4)[2]! - piece.x;
    piece = undefined;
    blank = undefined;
  };
  let origin = new Float64Array(memory.buffer, scratch, 2);
  const characters = calls.FPDFText_CountChars(page);
  for (let index = 0; index < characters; index++) {
    const code = calls.FPDFText_GetUnicode(page, index);
    const hyphen = LINE_END_HYPHENS.has(code);
    if (code <= BLANK && calls.FPDFText_IsGenerated(page, index) === 1 && !hyphen) {
      end(index - 1);
      continue;
    }
    if (!calls.FPDFText_GetCharOrigin(page, index, scratch, scratch + 8)) continue;
    // Asking for the memory's buffer takes longer than the call; it changes only when memory grows, and then has no length.
    if (origin.length === 0) origin = new Float64Array(memory.buffer, scratch, 2);
    const x = origin[0]!;
    const y = origin[1]!;
    // Behind a blank that was printed PDFium says nothing of a gap.
    if (piece && (Math.abs(y - piece.y) > 0.01 * piece.height || (blank !== undefined && x - blank > COLUMN_GAP * piece.height))) end(index - 1);
    if (!piece) {
      piece = { text: '', x, y, width: 0, height: characterHeight(page, index) };
      pieces.push(piece);
    }
    blank = code === BLANK ? x : undefined;
    piece.text += hyphen ? '-' : code === 0 ? '\ufffd' : String.fromCodePoint(code);
  }
  end(characters - 1);
  return pieces.filter(({ text }) => text.trim());

  function characterHeight(page: number, index: number): number {
    const scale = calls.FPDFText_GetMatrix(page, index, scratch) ? Math.hypot(...new Float32Array(memory.buffer, scratch, 4).subarray(2)) : 1;
    return calls.FPDFText_GetFontSize(page, index) * scale || 10;
  }
}

function pageText(pieces: Piece[]): string {
  // A line stands where its tallest piece does: what is raised or lowered beside it is smaller.
  const lines: { tallest: Piece; pieces: Piece[] }[] = [];
  for (const piece of pieces.sort((a, b) => b.y - a.y)) {
    const line = lines.at(-1);
    if (line && line.tallest.y - piece.y < SAME_LINE * Math.max(line.tallest.height, piece.height)) {
      line.pieces.push(piece);
      if (piece.height > line.tallest.height) line.tallest = piece;
    } else lines.push({ tallest: piece, pieces: [piece] });
  }
  let text = '';
  lines.forEach(({ tallest, pieces: line }, index) => {
    const above = lines[index - 1]?.tallest;
    if (above && above.y - tallest.y > PARAGRAPH_GAP * tallest.height) text += '\n';
    text += `${lineText(line)}\n`;
  });
  return text;
}

function lineText(pieces: Piece[]): string {
  let text = '';
  let end = Number.NaN;
  for (const piece of pieces.sort((a, b) => a.x - b.x)) {
    const gap = (piece.x - end) / piece.height;
    if (gap > COLUMN_GAP) text = `${text.trimEnd()}  `;
    else if (gap > BLANK_GAP) text += ' ';
    text += piece.text;
    end = piece.x + piece.width;
  }
  return text;
}
