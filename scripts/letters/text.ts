/** A section's lines as one text in which words are looked for, and back to lines. */
import { plainText } from '../../src/determinations/plain-text.ts';
import type { Paragraphs } from '../../src/determinations/record.ts';
import { joinParagraphs } from './clean.ts';
import type { Line } from './clean.ts';

export interface SectionText {
  /** The lines, each followed by a line feed. */
  text: string;
  /** Where each line begins in the text. */
  starts: readonly number[];
  lines: readonly Line[];
}

/** The lines as one text. */
export function sectionText(lines: readonly Line[]): SectionText {
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    starts.push(text.length);
    text += `${line.text}\n`;
  }
  return { text, starts, lines };
}

/** Index of the line that holds a position: the last one that does not begin after it. */
export function lineIndexAt(starts: readonly number[], position: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Lines between two positions of the text; the first and the last are cut there. */
export function linesBetween({ text, starts, lines }: SectionText, from: number, to = text.length): Line[] {
  const between: Line[] = [];
  for (let index = lineIndexAt(starts, from); index < lines.length && starts[index]! < to; index++) {
    const line = lines[index]!;
    const start = starts[index]!;
    const end = start + line.text.length;
    if (end < from || (end === from && start < from)) continue;
    between.push({ ...line, text: text.slice(Math.max(start, from), Math.min(end, to)).trim() });
  }
  return between;
}

/** The letter's line at a position. */
export function lineNumberAt({ starts, lines }: SectionText, position: number): number | undefined {
  return lines[lineIndexAt(starts, position)]?.number;
}

/** Lines after a section's standard sentence, if it has one near its beginning. */
export function afterLeadIn(lines: readonly Line[], sentenceEnd: string | undefined): Line[] {
  const section = sectionText(lines);
  const match = sentenceEnd === undefined ? null : new RegExp(spaced(sentenceEnd), 'i').exec(section.text.slice(0, 600));
  return match ? linesBetween(section, match.index + match[0].length) : [...lines];
}

/** Words as a pattern in which blanks may be lost or doubled or be a line's end, and apostrophes are of any kind. */
export function spaced(words: string): string {
  return words
    .split(' ')
    .map((word) => RegExp.escape(word).replaceAll('\\x27', "['\\u2018\\u2019]?"))
    .join('\\s*');
}

/** One of several words or phrases as a pattern, the longest first. */
export function anyOf(phrases: readonly string[]): string {
  return `(?:${phrases.toSorted((a, b) => b.length - a.length).map(spaced).join('|')})`;
}

/** Lines as the paragraphs of a field. */
export function fieldText(lines: readonly Pick<Line, 'text'>[]): Paragraphs {
  return joinParagraphs(lines).map(plainText).filter(Boolean);
}

/** Lines as one line. */
export function oneLine(lines: readonly Pick<Line, 'text'>[]): string {
  return plainText(joinParagraphs(lines).join(' '));
}

/** A text in a message. */
export function shorten(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}
