/**
 * PDF to text: the only module that knows pdf.js.
 * Lines are put together from the places of their pieces on the page, because the order in a file is the author's
 * program's: a table's cells come column by column, a line in several pieces.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getDocument, PasswordResponses, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { UnreadableError } from './problem.ts';

/** Two pieces stand on one line when their baselines differ by less than this part of the taller one's height (superscripts, bad alignment). */
const SAME_LINE = 0.5;
/** A gap of more than this part of the height between two pieces is a blank that was not printed. */
const BLANK_GAP = 0.15;
/** A gap of more than this many heights separates columns; two blanks stand for it. */
const COLUMN_GAP = 1;
/** Lines of a paragraph stand about 1.15 heights apart, paragraphs 2.3; above this a blank line is put in. */
const PARAGRAPH_GAP = 1.8;

const ASSETS = join(dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json'))));

interface Piece {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * The text of a PDF: lines, blank lines between paragraphs, a form feed before every page but the first.
 * A file that is encrypted with an empty password opens; its "do not copy" flag is about the viewer's buttons, the letters are public.
 * @throws UnreadableError when it is damaged, needs a password, or has no text
 */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  const task = getDocument({
    // A copy: pdf.js takes its bytes away from whoever holds them, and refuses a Buffer.
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    cMapUrl: `${ASSETS}/cmaps/`,
    standardFontDataUrl: `${ASSETS}/standard_fonts/`,
  });
  try {
    const document = await task.promise;
    const pages: string[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      pages.push(pageText(await page.getTextContent()));
      page.cleanup();
    }
    const text = pages.join('\n\f');
    if (!text.trim()) throw new UnreadableError('no-text', `its ${document.numPages} page(s) hold no text, only images. Run text recognition (OCR) on it first`);
    return text;
  } catch (error) {
    throw explain(error);
  } finally {
    await task.destroy();
  }
}

function explain(error: unknown): UnreadableError {
  if (error instanceof UnreadableError) return error;
  const { name, message, code } = error as { name?: string; message?: string; code?: number };
  if (name === 'PasswordException') {
    return new UnreadableError('password', code === PasswordResponses.NEED_PASSWORD ? 'it is encrypted and needs a password. Save it without one' : 'its password is wrong');
  }
  return new UnreadableError('damaged-pdf', `the PDF cannot be read (${(message ?? String(error)).split('\n')[0]}). Fetch it again`);
}

function pageText(content: { items: readonly object[] }): string {
  const pieces: Piece[] = [];
  for (const item of content.items) {
    if (!('str' in item) || !('transform' in item)) continue;
    const { str, transform, width, height } = item as { str: string; transform: number[]; width: number; height: number };
    if (!str.trim()) continue;
    pieces.push({ text: str, x: transform[4]!, y: transform[5]!, width, height: height || Math.abs(transform[3]!) || 10 });
  }
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
    if (gap > COLUMN_GAP) text += '  ';
    else if (gap > BLANK_GAP) text += ' ';
    text += piece.text;
    end = piece.x + piece.width;
  }
  return text;
}
