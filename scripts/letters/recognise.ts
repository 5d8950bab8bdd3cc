/** Which layout a letter has, and where its sections lie. */
import type { Line } from './clean.ts';
import { LAYOUTS } from './layouts.ts';
import type { Layout, SectionLayout, SectionName } from './layouts.ts';

export interface RecognisedLetter {
  layout: Layout;
  /** Lines of each section, without its heading. */
  sections: ReadonlyMap<SectionName, Line[]>;
  /** The heading of the layout's row that begins a section. */
  headings: ReadonlyMap<SectionName, string>;
  /** The line where another letter begins in the same file. */
  another?: number;
}

/** Where a section begins: the first line of its heading, the line after it, and what stands after the heading on its last line. */
interface Beginning {
  at: number;
  next: number;
  rest?: Line;
  heading?: string;
}

/** Lines beside their letters. */
type HeadingText = readonly { line: Line; bare: string }[];

const NUMBER_ALONE = /^[#(]?\d{1,2}[.):]{0,2}$/;
/** A heading wraps over no more lines than this. */
const HEADING_LINES = 4;

/** A heading or label as it is compared: its letters in upper case. */
export function letters(text: string): string {
  return text.replace(/[^\p{L}]/gu, '').toUpperCase();
}

/**
 * The layout whose headings all stand in the text as lines of their own, in their order; undefined when there is none.
 * A layout is never guessed from a part of its headings. Where those of two layouts stand in the text, the one with more of them counts.
 */
export function recogniseLayout(lines: readonly Line[], layouts: readonly Layout[] = LAYOUTS): RecognisedLetter | undefined {
  const text: HeadingText = lines.map((line) => ({ line, bare: letters(line.text) }));
  const required = ({ sections }: Layout) => sections.filter((section) => !section.optional).length;
  for (const layout of layouts.toSorted((a, b) => required(b) - required(a))) {
    const found = findSections(text, layout);
    if (found) {
      const another = anotherLetter(text, layouts);
      return { layout, ...found, ...(another === undefined ? {} : { another }) };
    }
  }
  return undefined;
}

/** A header's line with a case number and nothing else but other cells of the table, so that a number in a sentence is none. */
const CASE_NUMBER_LINE = /^(?:\p{L}+ )?Case Number:?\s*CM\s?(?<year>\d{2})\s?[-\u2010-\u2015\u2212]?\s?(?<number>\d{7})(?: {2}|$)/iu;

/**
 * The line where a second letter begins: with a header of another case, or where the first heading of a letter stands once more.
 * The same number on each page is a page's header.
 */
function anotherLetter(text: HeadingText, layouts: readonly Layout[]): number | undefined {
  const first = layouts.flatMap(({ sections }) => sections.find(({ optional, headings }) => !optional && headings)?.headings ?? []);
  const wanted = [...new Set(first)].map((heading) => ({ wanted: letters(heading), runIn: heading.endsWith(':') }));
  let letter: string | undefined;
  let begun = false;
  let header: number | undefined;
  for (const [at, { line }] of text.entries()) {
    const { year, number } = CASE_NUMBER_LINE.exec(line.text)?.groups ?? {};
    if (number !== undefined) {
      const own = `${year}-${number}`;
      if ((letter ??= own) !== own) return line.number;
      header = line.number;
    }
    if (!wanted.some((heading) => headingAt(text, at, heading))) continue;
    if (begun) return header ?? line.number;
    begun = true;
    header = undefined;
  }
  return undefined;
}

function findSections(text: HeadingText, { sections: rows, title }: Layout): Pick<RecognisedLetter, 'sections' | 'headings'> | undefined {
  const sections = new Map<SectionName, Line[]>();
  const headings = new Map<SectionName, string>();
  let current: SectionName | undefined;
  let from = 0;
  let rest: Line | undefined;
  const close = (to: number) => {
    if (current) sections.set(current, [...(sections.get(current) ?? []), ...(rest ? [rest] : []), ...text.slice(from, to).map(({ line }) => line)]);
  };
  for (const [index, row] of rows.entries()) {
    const following = rows.slice(index + 1);
    const found = index === 0 ? { at: 0, next: 0 } : findBeginning(text, row, from, row.optional ? endOfOptional(text, following, from) : text.length);
    if (!found && row.optional) continue;
    if (!found) return undefined;
    close(found.at);
    if (found.heading) headings.set(row.name, found.heading);
    current = row.name;
    from = found.next;
    rest = found.rest;
  }
  close(text.length);
  if (title !== undefined && !letters(sections.get(rows[0]!.name)!.map((line) => line.text).join(' ')).includes(letters(title))) return undefined;
  return { sections, headings };
}

/** A section that may be missing lies before the next heading that is there. */
function endOfOptional(text: HeadingText, following: readonly SectionLayout[], from: number): number {
  for (const row of following) {
    const found = row.headings && findBeginning(text, row, from, text.length);
    if (found) return found.at;
  }
  return text.length;
}

function findBeginning(text: HeadingText, { headings = [], opening }: SectionLayout, from: number, to: number): Beginning | undefined {
  const wanted = headings.map((heading) => ({ heading, wanted: letters(heading), runIn: heading.endsWith(':') }));
  for (let at = from; at < to; at++) {
    if (!text[at]!.line.text) continue;
    if (opening !== undefined && beginsWith(text, at, letters(opening))) return { at, next: at };
    for (const candidate of wanted) {
      const found = headingAt(text, at, candidate);
      if (found) return { ...found, heading: candidate.heading };
    }
  }
  return undefined;
}

function headingAt(text: HeadingText, at: number, { wanted, runIn }: { wanted: string; runIn: boolean }): Beginning | undefined {
  let before = '';
  for (let last = at; last < at + HEADING_LINES && text[last]?.line.text; last++) {
    const { line, bare } = text[last]!;
    const joined = before + bare;
    if (joined === wanted) return { at, next: last + 1 };
    const colon = runIn ? line.text.indexOf(':') : -1;
    if (colon >= 0 && before + letters(line.text.slice(0, colon)) === wanted) return { at, next: last + 1, rest: { ...line, text: line.text.slice(colon + 1).trim() } };
    if (!joined || !wanted.startsWith(joined)) return undefined;
    before = joined;
  }
  return undefined;
}

function beginsWith(text: HeadingText, at: number, wanted: string): boolean {
  let joined = '';
  for (let last = at; last < at + HEADING_LINES && text[last]?.line.text; last++) {
    joined += text[last]!.bare;
    if (joined.startsWith(wanted)) return true;
    if (joined === '' ? !NUMBER_ALONE.test(text[last]!.line.text) : !wanted.startsWith(joined)) return false;
  }
  return false;
}
