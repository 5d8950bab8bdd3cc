/** PDFs as other programs draw them: in pieces, in any order, in columns. */
import { PDFDocument, StandardFonts } from 'pdf-lib';

const FONT_SIZE = 12;
/** As the published letters have it: 1.15 heights. */
const LINE_SPACING = 13.8;
const LEFT = 72;
const TOP = 740;

/** One run of text on a page, in points from the lower left corner. */
export interface Drawn {
  text: string;
  x: number;
  y: number;
  size?: number;
}

/** A PDF whose pages show these runs, drawn in the order given. */
export async function drawPdf(pages: readonly (readonly Drawn[])[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  // Without the day and the tool of today the same test gives the same bytes.
  document.setCreationDate(new Date(0));
  document.setModificationDate(new Date(0));
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (const runs of pages) {
    const page = document.addPage([612, 792]);
    for (const { text, x, y, size = FONT_SIZE } of runs) page.drawText(text, { x, y, size, font });
  }
  return document.save();
}

/** Lines of text as runs from the top of a page; an empty line is the gap between two paragraphs. */
export function drawnLines(lines: readonly string[]): Drawn[] {
  return lines.flatMap((text, index) => (text ? [{ text, x: LEFT, y: TOP - index * LINE_SPACING }] : []));
}
