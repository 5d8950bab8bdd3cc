/**
 * Text of a page that its reader does not see: under a box or a picture, in the colour of the paper, without ink, in a layer that is switched off, beyond the edge.
 * What a page is drawn from says cheaply which text might be such; whether it is, two pictures say, one with that text and one without. On most pages nothing is suspected and nothing drawn.
 * Asks PDFium through pdf.ts.
 */
import type { Engine, HiddenText } from './pdf.ts';
import { UnreadableError } from './problem.ts';

/** What PDFium is asked here; its functions as they are. */
export type HiddenTextCall =
  | 'FPDFPage_CountObjects' | 'FPDFPage_GetObject' | 'FPDFFormObj_CountObjects' | 'FPDFFormObj_GetObject' | 'FPDFPageObj_GetType' | 'FPDFPageObj_GetBounds' | 'FPDFPageObj_GetMatrix'
  | 'FPDFPageObj_GetFillColor' | 'FPDFPageObj_GetStrokeColor' | 'FPDFPageObj_GetStrokeWidth' | 'FPDFPageObj_SetIsActive' | 'FPDFTextObj_GetTextRenderMode' | 'FPDFTextObj_GetFontSize' | 'FPDFPath_GetDrawMode' | 'FPDFPageObj_GetClipPath' | 'FPDFClipPath_CountPaths'
  | 'FPDFClipPath_CountPathSegments' | 'FPDFClipPath_GetPathSegment' | 'FPDFPathSegment_GetPoint' | 'FPDF_GetPageBoundingBox' | 'FPDF_GetPageWidthF' | 'FPDF_GetPageHeightF' | 'FPDF_PageToDevice'
  | 'FPDFText_GetTextObject' | 'FPDFText_GetCharBox' | 'FPDFBitmap_Create' | 'FPDFBitmap_FillRect' | 'FPDFBitmap_GetBuffer' | 'FPDFBitmap_Destroy' | 'FPDF_RenderPageBitmap'
  | 'FPDFPage_GetAnnotCount' | 'FPDFPage_GetAnnot' | 'FPDFPage_CloseAnnot' | 'FPDFAnnot_GetSubtype' | 'FPDFAnnot_GetFlags' | 'FPDFAnnot_GetRect' | 'FPDFAnnot_GetObjectCount' | 'FPDFAnnot_GetObject' | 'FPDFAnnot_GetStringValue';

/** In points, from the lower left corner of the page. */
interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

interface Drawn {
  box: Box;
  /** Its place among what the page draws: later things lie on top. */
  order: number;
}

interface TextObject extends Drawn {
  pointer: number;
  /** Drawn without ink, as text recognition does below the picture of a page. */
  inkless: boolean;
  suspected: boolean;
}

interface Page {
  box: Box;
  texts: TextObject[];
  /** What can lie on top of text: filled shapes, pictures, notes. */
  covers: (Drawn & { redaction?: true; picture?: true; thin?: true })[];
  /** The part of the page that its largest picture takes. */
  picture: number;
}

/** PDFium's numbers: kinds of page objects (fpdf_edit.h) and of annotations (fpdf_annot.h). */
const [TEXT, PATH, IMAGE, SHADING, FORM] = [1, 2, 3, 4, 5];
const [FREE_TEXT, WIDGET, REDACT] = [3, 20, 28];
/** Notes that lie beside the text or let it show: comments, links, highlights, underlines, pop-ups. */
const SEE_THROUGH = new Set([1, 2, 9, 10, 11, 12, 14, 16]);
/** Flags of annotations that are not shown: hidden, no view. */
const NOT_SHOWN = 2 | 32;
const INKLESS_MODES = new Set([3, 7]);
const STROKED = 1;
const DRAW_ANNOTATIONS = 1;

/** From this on a colour's three parts are light enough to be lost on white, and below this its opacity (both of 255). */
const LIGHT = 216;
const FAINT = 64;
/** Two pictures differ where a colour of a point differs by this much (of 255). */
const SEEN = 16;
/** Rules and underlines are thinner than this, in points. As many as this over one text may be a box all the same. */
const THIN = 2.5;
const STRIPS = 4;
/** A line that is drawn with a pen wider than this, in points, may be a box; likewise type that is lower than this cannot be read. */
const THICK = 4;
const READABLE = 1.5;
/** A picture of at least this part of the page is a scan of it; text without ink is then what was recognised in it. */
const SCAN = 0.5;
/** Picture points for each point of the page, and how many there may be in all. */
const SCALE = 1;
const MOST_POINTS = 1_000_000;
/** Forms inside forms that are followed. */
const DEEPEST = 12;
/** Things drawn on a page that are looked at; a letter's page has a few hundred. */
const MOST_OBJECTS = 200_000;

/**
 * @param page and `text`: the page and its text, loaded
 * @param number of the page, counted from 1
 * @param layers whether the document has layers that may be switched off
 * @throws UnreadableError when the page is a scan without its text, or shows text that is not part of it
 */
export function hiddenText(pdfium: Engine, page: number, text: number, number: number, layers: boolean): HiddenText[] {
  const drawn = drawnOn(pdfium, page, number);
  checkScan(pdfium, drawn, text, number);
  const scan = drawn.picture >= SCAN;
  const suspects = new Map<number, TextObject>();
  for (const object of drawn.texts) {
    if (layers || (object.suspected && !(scan && object.inkless)) || !holds(drawn.box, object.box) || covered(drawn.covers, object, scan)) suspects.set(object.pointer, object);
  }
  if (suspects.size === 0) return [];
  const whole = draw(pdfium, page);
  for (const pointer of suspects.keys()) pdfium.calls.FPDFPageObj_SetIsActive(pointer, 0);
  const without = draw(pdfium, page);
  for (const pointer of suspects.keys()) pdfium.calls.FPDFPageObj_SetIsActive(pointer, 1);

  const found: HiddenText[] = [];
  let words = '';
  let how: HiddenText['how'] | undefined;
  const end = (): void => {
    // A sign without ink alone, such as a blank that a font calls otherwise, is nothing to hide.
    if (how !== undefined && /[\p{L}\p{N}]/u.test(words)) found.push({ page: number, text: words.trim(), how });
    [words, how] = ['', undefined];
  };
  const all = [...characters(pdfium, text)];
  const unseen = wholeWords(all, all.map((character) => {
    const object = character.sign.trim() === '' ? undefined : suspects.get(character.object);
    return object && howHidden(object, character);
  }));
  for (const [index, character] of all.entries()) {
    if (character.sign === '\n') end();
    if (character.sign.trim() === '') {
      words += character.sign;
      continue;
    }
    const hidden = unseen[index];
    if (hidden !== how) end();
    if (!hidden) continue;
    how = hidden;
    words += character.sign;
  }
  end();
  return found;

  function howHidden(object: TextObject, { box, height }: Character): HiddenText['how'] | undefined {
    const middle = { x: (box.left + box.right) / 2, y: (box.bottom + box.top) / 2 };
    if (!within(drawn.box, middle)) return 'outside';
    const above = drawn.covers.filter((cover) => within(cover.box, middle) && lies(cover, object, scan));
    if (above.some(({ redaction }) => redaction)) return 'covered';
    if (height < READABLE) return 'invisible';
    const seen = pixels(pdfium, page, whole, box);
    if (scan && object.inkless) return above.length > 0 && seen.every((at) => difference(whole, at, whole, seen[0]!) < SEEN) ? 'covered' : undefined;
    if (seen.some((at) => difference(whole, at, without, at) >= SEEN)) return undefined;
    return above.length > 0 ? 'covered' : 'invisible';
  }
}

/** A box seldom ends where a word does; what is left of the word tells the rest, and only a whole word is found again in the letter's text. */
function wholeWords(characters: readonly Character[], hidden: readonly (HiddenText['how'] | undefined)[]): (HiddenText['how'] | undefined)[] {
  const whole = [...hidden];
  const spread = (from: number, to: number): void => {
    if (whole[to] === undefined && whole[from] !== undefined && [from, to].every((at) => WORD_SIGN.test(characters[at]?.sign ?? ''))) whole[to] = whole[from];
  };
  for (let index = 0; index < whole.length - 1; index++) spread(index, index + 1);
  for (let index = whole.length - 1; index > 0; index--) spread(index, index - 1);
  return whole;
}
const WORD_SIGN = /[\p{L}\p{M}\p{N}]/u;

function covered(covers: Page['covers'], object: TextObject, scan: boolean): boolean {
  let strips = 0;
  for (const cover of covers) if (lies(cover, object, scan) && (!cover.thin || ++strips >= STRIPS)) return true;
  return false;
}

/** Whether it may hide a part of the text. Text that was recognised lies under or over the picture of the page as it likes. */
function lies(cover: Page['covers'][number], { box, order, inkless }: TextObject, scan: boolean): boolean {
  return cover.order > order && overlap(cover.box, box) && !(scan && inkless && cover.picture);
}

/** A page of which there is only a picture, with a stamped line at most, would be missing in the letter. */
function checkScan({ calls }: Engine, { picture, texts }: Page, text: number, number: number): void {
  const characters = texts.length === 0 ? 0 : calls.FPDFText_CountChars(text);
  if (picture > 0 && (characters === 0 || (picture >= SCAN && characters < 200))) {
    throw new UnreadableError('no-text', `its page ${number} is a picture without text. Run text recognition (OCR) on it first`);
  }
}

function drawnOn(pdfium: Engine, page: number, number: number): Page {
  const { calls, memory, scratch } = pdfium;
  // Asking for the memory's buffer takes longer than the call; it changes only when memory grows, and then has no length.
  let floats = new Float32Array(memory.buffer, scratch, 8);
  let integers = new Uint32Array(memory.buffer, scratch, 8);
  const answers = (): Float32Array => {
    if (floats.length === 0) [floats, integers] = [new Float32Array(memory.buffer, scratch, 8), new Uint32Array(memory.buffer, scratch, 8)];
    return floats;
  };
  calls.FPDF_GetPageBoundingBox(page, scratch);
  const [left, top, right, bottom] = answers() as unknown as [number, number, number, number];
  const result: Page = { box: { left, bottom, right, top }, texts: [], covers: [], picture: 0 };
  const area = (right - left) * (top - bottom);
  let order = 0;

  const boxOf = (object: number, matrix: Matrix): Box => {
    calls.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12);
    const found = answers();
    const box = { left: found[0]!, bottom: found[1]!, right: found[2]!, top: found[3]! };
    return matrix === NOT_MOVED ? box : moved(matrix, box);
  };
  const suspected = (object: number, mode: number): boolean => {
    if (INKLESS_MODES.has(mode)) return true;
    const ask = mode === STROKED ? calls.FPDFPageObj_GetStrokeColor : calls.FPDFPageObj_GetFillColor;
    if (!ask(object, scratch, scratch + 4, scratch + 8, scratch + 12)) return false;
    answers();
    return (integers[0]! >= LIGHT && integers[1]! >= LIGHT && integers[2]! >= LIGHT) || integers[3]! < FAINT;
  };
  /** A hyphen is low too; its type is not. */
  const tiny = (object: number, matrix: Matrix): boolean => {
    if (!calls.FPDFTextObj_GetFontSize(object, scratch)) return false;
    const size = answers()[0]!;
    calls.FPDFPageObj_GetMatrix(object, scratch);
    const [, , c, d] = combine([...answers().subarray(0, 6)] as Matrix, matrix);
    return size * Math.hypot(c, d) < READABLE;
  };
  const clipped = (object: number, box: Box, matrix: Matrix): boolean => {
    const clip = calls.FPDFPageObj_GetClipPath(object);
    const paths = clip === 0 ? 0 : calls.FPDFClipPath_CountPaths(clip);
    for (let path = 0; path < paths; path++) {
      const open: Box = { left: Infinity, bottom: Infinity, right: -Infinity, top: -Infinity };
      const segments = calls.FPDFClipPath_CountPathSegments(clip, path);
      for (let at = 0; at < segments; at++) {
        calls.FPDFPathSegment_GetPoint(calls.FPDFClipPath_GetPathSegment(clip, path, at), scratch, scratch + 4);
        const found = answers();
        open.left = Math.min(open.left, found[0]!);
        open.right = Math.max(open.right, found[0]!);
        open.bottom = Math.min(open.bottom, found[1]!);
        open.top = Math.max(open.top, found[1]!);
      }
      if (segments > 0 && !holds(matrix === NOT_MOVED ? open : moved(matrix, open), box)) return true;
    }
    return false;
  };
  const walk = (container: number, count: HiddenTextCall, get: HiddenTextCall, matrix: Matrix, depth: number): void => {
    const objects = calls[count](container);
    for (let index = 0; index < objects; index++) {
      if (++order > MOST_OBJECTS) throw new UnreadableError('too-big', `its page ${number} is drawn from more than ${MOST_OBJECTS} parts. Print it to a new PDF, or have its text recognised (OCR)`);
      const object = calls[get](container, index);
      const type = calls.FPDFPageObj_GetType(object);
      if (type === FORM) {
        if (depth >= DEEPEST) continue;
        calls.FPDFPageObj_GetMatrix(object, scratch);
        walk(object, 'FPDFFormObj_CountObjects', 'FPDFFormObj_GetObject', combine([...answers().subarray(0, 6)] as Matrix, matrix), depth + 1);
        continue;
      }
      if (type === PATH) {
        calls.FPDFPath_GetDrawMode(object, scratch, scratch + 4);
        answers();
        if (integers[0] === 0 && !(calls.FPDFPageObj_GetStrokeWidth(object, scratch) && answers()[0]! > THICK)) continue;
      }
      const box = boxOf(object, matrix);
      if (type === TEXT) {
        const mode = calls.FPDFTextObj_GetTextRenderMode(object);
        result.texts.push({ box, order, pointer: object, inkless: INKLESS_MODES.has(mode), suspected: nowhere(box) || (box.top > box.bottom && box.top - box.bottom < READABLE && tiny(object, matrix)) || suspected(object, mode) || clipped(object, box, matrix) });
      } else if (type === PATH || type === IMAGE || type === SHADING) {
        if (type === IMAGE && area > 0) result.picture = Math.max(result.picture, ((box.right - box.left) * (box.top - box.bottom)) / area);
        const thin = box.right - box.left < THIN || box.top - box.bottom < THIN;
        result.covers.push({ box, order, ...(type === IMAGE ? { picture: true } : {}), ...(thin ? { thin } : {}) });
      }
    }
  };
  walk(page, 'FPDFPage_CountObjects', 'FPDFPage_GetObject', NOT_MOVED, 0);
  result.covers.push(...notes(pdfium, page, number));
  return result;
}

/** @throws UnreadableError when a form's field or a note holds text that a viewer shows as if it were the page's */
function notes({ calls, memory, scratch, pdfium }: Engine, page: number, number: number): Page['covers'] {
  const covers: Page['covers'] = [];
  const count = Math.min(calls.FPDFPage_GetAnnotCount(page), MOST_OBJECTS);
  for (let index = 0; index < count; index++) {
    const note = calls.FPDFPage_GetAnnot(page, index);
    if (!note) continue;
    try {
      const kind = calls.FPDFAnnot_GetSubtype(note);
      if (SEE_THROUGH.has(kind) || (calls.FPDFAnnot_GetFlags(note) & NOT_SHOWN) !== 0) continue;
      if ((kind === FREE_TEXT && hasString(note, 'Contents')) || (kind === WIDGET && (hasString(note, 'V') || showsText(note)))) {
        throw new UnreadableError('text-in-form', `its page ${number} shows text that is not part of the page but of a form or a note. Print it to a new PDF`);
      }
      if (!calls.FPDFAnnot_GetRect(note, scratch)) continue;
      const [left, top, right, bottom] = new Float32Array(memory.buffer, scratch, 4) as unknown as [number, number, number, number];
      covers.push({ box: { left: Math.min(left, right), bottom: Math.min(top, bottom), right: Math.max(left, right), top: Math.max(top, bottom) }, order: Number.POSITIVE_INFINITY, ...(kind === REDACT ? { redaction: true } : {}) });
    } finally {
      calls.FPDFPage_CloseAnnot(note);
    }
  }
  return covers;

  /** Whether the text under this key has more than the two bytes of its end. */
  function hasString(note: number, key: string): boolean {
    const { malloc, free } = pdfium.wasmExports;
    const name = malloc(key.length + 1);
    new Uint8Array(memory.buffer).set(Buffer.from(`${key}\0`, 'latin1'), name);
    try {
      return calls.FPDFAnnot_GetStringValue(note, name, 0, 0) > 2;
    } finally {
      free(name);
    }
  }

  function showsText(note: number): boolean {
    const objects = calls.FPDFAnnot_GetObjectCount(note);
    for (let index = 0; index < objects; index++) if (calls.FPDFPageObj_GetType(calls.FPDFAnnot_GetObject(note, index)) === TEXT) return true;
    return false;
  }
}

/** A page drawn: four bytes for each point, row by row from the top. */
interface Picture {
  width: number;
  height: number;
  bytes: Uint8Array;
}

function draw({ calls, memory }: Engine, page: number): Picture {
  const [across, up] = [Math.max(1, calls.FPDF_GetPageWidthF(page)), Math.max(1, calls.FPDF_GetPageHeightF(page))];
  const scale = Math.min(SCALE, Math.sqrt(MOST_POINTS / (across * up)));
  const [width, height] = [Math.ceil(across * scale), Math.ceil(up * scale)];
  const bitmap = calls.FPDFBitmap_Create(width, height, 0);
  if (!bitmap) throw new RangeError('no memory for a picture of a page');
  try {
    calls.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    calls.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, DRAW_ANNOTATIONS);
    const start = calls.FPDFBitmap_GetBuffer(bitmap);
    return { width, height, bytes: new Uint8Array(memory.buffer).slice(start, start + 4 * width * height) };
  } finally {
    calls.FPDFBitmap_Destroy(bitmap);
  }
}

/** The difference of two points in their strongest colour, of 255. */
function difference(one: Picture, at: number, other: Picture, otherAt: number): number {
  return Math.max(...[0, 1, 2].map((part) => Math.abs(one.bytes[4 * at + part]! - other.bytes[4 * otherAt + part]!)));
}

/** The points of a picture in which this part of the page lies. */
function pixels({ calls, memory, scratch }: Engine, page: number, { width, height }: Picture, box: Box): number[] {
  const corners = [[box.left, box.bottom], [box.right, box.top]].map(([x, y]) => {
    calls.FPDF_PageToDevice(page, 0, 0, width, height, 0, x!, y!, scratch, scratch + 4);
    return [...new Int32Array(memory.buffer, scratch, 2)] as [number, number];
  });
  const { left, bottom: top, right, top: bottom } = around(corners);
  const found: number[] = [];
  for (let y = Math.max(0, top); y <= Math.min(height - 1, bottom); y++) for (let x = Math.max(0, left); x <= Math.min(width - 1, right); x++) found.push(y * width + x);
  return found;
}

interface Character {
  /** `\n` at a line's end. */
  sign: string;
  /** What draws it. */
  object: number;
  box: Box;
  /** Of its line, in points, whatever the sign. */
  height: number;
}

/** A page's characters in their order. */
function* characters({ calls, memory, scratch }: Engine, text: number): Generator<Character> {
  const count = calls.FPDFText_CountChars(text);
  for (let index = 0; index < count; index++) {
    const code = calls.FPDFText_GetUnicode(text, index);
    calls.FPDFText_GetCharBox(text, index, scratch, scratch + 8, scratch + 16, scratch + 24);
    const [left, right, bottom, top] = new Float64Array(memory.buffer, scratch, 4) as unknown as [number, number, number, number];
    const loose = calls.FPDFText_GetLooseCharBox(text, index, scratch) ? new Float32Array(memory.buffer, scratch, 4) : undefined;
    const height = loose ? Math.min(Math.abs(loose[1]! - loose[3]!), Math.abs(loose[2]! - loose[0]!) * 4) : Infinity;
    const sign = code === 10 || code === 13 ? '\n' : code < 32 ? '-' : String.fromCodePoint(code);
    yield { sign, object: calls.FPDFText_GetTextObject(text, index), height, box: { left, bottom, right, top } };
  }
}

/** As PDF has it: a b c d e f. */
type Matrix = [number, number, number, number, number, number];
const NOT_MOVED: Matrix = [1, 0, 0, 1, 0, 0];

function place([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** First the inner one, then the outer one. */
function combine(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner;
  const [[ax, ay], [cx, cy], [ex, ey], [ox, oy]] = [place(outer, a, b), place(outer, c, d), place(outer, e, f), place(outer, 0, 0)];
  return [ax - ox, ay - oy, cx - ox, cy - oy, ex, ey];
}

function moved(matrix: Matrix, { left, bottom, right, top }: Box): Box {
  return around([place(matrix, left, bottom), place(matrix, left, top), place(matrix, right, bottom), place(matrix, right, top)]);
}

function around(points: readonly (readonly [number, number])[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return { left: Math.min(...xs), bottom: Math.min(...ys), right: Math.max(...xs), top: Math.max(...ys) };
}

/** Whether a box lies in another one, give or take the edges of letters. */
function holds(outer: Box, inner: Box): boolean {
  return inner.left >= outer.left - THIN && inner.bottom >= outer.bottom - THIN && inner.right <= outer.right + THIN && inner.top <= outer.top + THIN;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
}

/** Whether numbers went beyond all bounds, so that PDFium does not know where it is. */
function nowhere({ left, bottom, right, top }: Box): boolean {
  return left === 0 && bottom === 0 && right === 0 && top === 0;
}

function within({ left, bottom, right, top }: Box, { x, y }: { x: number; y: number }): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}
