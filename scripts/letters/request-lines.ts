/** Which lines before an outcome are its request, where neither a number nor a label says where it begins. */
import { joinParagraphs } from './clean.ts';
import type { Line } from './clean.ts';

/** How a modified request goes on after its first sentence; such a sentence begins no request. */
const MODIFIED_REQUEST_GOES_ON = /^(?:The remaining|The original request|The Claims Administrator|of the original|leaving the|authorized by|was the original)/i;
const MODIFIED_REQUEST_SENTENCE_ENDS = /(?:original request|Claims Administrator|authorized|certified|approved)\.$/i;
const SENTENCE_MARK = /[.?!]["\u201d')\]]?$/;
/** `p.o.`, `L.V.N.`: its last point is not a sentence's. */
const DOTTED_ABBREVIATION = /(?:^|[\s(])\p{L}\.(?:\p{L}\.)+$/u;
/** What a rationale argues and a request never does. */
export const MEDICAL_NECESSITY = /\bmedical(?:ly)?\s+necess(?:ary|ity)\b/i;

/**
 * The lines of a request at the end of `lines`, which begin with the rationale of the item before unless `first`.
 * A blank line stands before a request, except at the top of a page, and except in texts that have no blank lines at all.
 */
export function requestLines(lines: readonly Line[], first: boolean): Line[] {
  const end = lines.findLastIndex((line) => line.text) + 1;
  const filled = lines.slice(0, end);
  if (first) return filled;
  let start = end;
  while (start > 0 && filled[start - 1]!.text) {
    start--;
    const [line, above] = [filled[start]!, filled[start - 1]];
    if (above?.text && above.page !== line.page && pageTopBeginsRequest(filled, start)) break;
  }
  // What is left of a rationale: there was no blank line where it ends.
  if (start === 0 || MEDICAL_NECESSITY.test(joinParagraphs(filled.slice(start)).join(' '))) start = startBySentence(filled, start);
  return filled.slice(start);
}

export function endsSentence(line: string): boolean {
  return SENTENCE_MARK.test(line) && !DOTTED_ABBREVIATION.test(line);
}

/** Whether the first line of a page begins a request, given that no blank line says so: it does when the paragraph before it is a rationale that has ended. */
function pageTopBeginsRequest(lines: readonly Line[], top: number): boolean {
  let start = top;
  while (start > 0 && lines[start - 1]!.text) start--;
  const before = lines.slice(start, top).map((line) => line.text);
  if (!endsSentence(before.at(-1)!)) return false;
  if (!/\boriginal request\b/i.test(before.join(' '))) return true;
  return !MODIFIED_REQUEST_GOES_ON.test(lines[top]!.text) && (start === 0 || MEDICAL_NECESSITY.test(before.join(' ')));
}

/**
 * Whether a request that goes over a page's end has nothing but the sentences before it to say where it begins. Where blank lines
 * stand between paragraphs, it may then have begun with the page, after a rationale that lacks its full stop.
 */
export function beginsInsidePage(lines: readonly Line[], request: readonly Line[]): boolean {
  const first = request[0];
  const above = lines[lines.findLastIndex((line) => line.text) - request.length];
  return Boolean(first && above?.text && above.page === first.page && request.at(-1)!.page !== first.page);
}

/** Without a blank line the request begins after the last line that ends a sentence, unless that sentence is of a modified request. */
function startBySentence(lines: readonly Line[], from: number): number {
  for (let start = lines.length - 1; start > from; start--) {
    const above = lines[start - 1]!.text;
    if (endsSentence(above) && !MODIFIED_REQUEST_SENTENCE_ENDS.test(above) && !MODIFIED_REQUEST_GOES_ON.test(lines[start]!.text)) return start;
  }
  return from === 0 ? lines.length : from;
}
