/** Which layout a letter has, and where its sections lie. */
import type { Line } from './clean.ts';
import { LAYOUTS } from './layouts.ts';
import type { Layout, SectionName } from './layouts.ts';

export interface RecognisedLetter {
  layout: Layout;
  /** Lines of each section, without its heading. */
  sections: ReadonlyMap<SectionName, Line[]>;
}

/** A heading or label as it is compared: its letters in upper case. */
function letters(text: string): string {
  return text.replace(/[^\p{L}]/gu, '').toUpperCase();
}

/**
 * The layout whose headings all stand in the text as lines of their own, in their order; undefined when there is none.
 * A layout is never guessed from a part of its headings.
 */
export function recogniseLayout(lines: readonly Line[], layouts: readonly Layout[] = LAYOUTS): RecognisedLetter | undefined {
  for (const layout of layouts) {
    const sections = findSections(lines, layout);
    if (sections) return { layout, sections };
  }
  return undefined;
}

function findSections(lines: readonly Line[], layout: Layout): Map<SectionName, Line[]> | undefined {
  const sections = new Map<SectionName, Line[]>();
  let current: SectionName | undefined;
  let from = 0;
  for (const section of layout.sections) {
    let at = from;
    let next = from;
    if (section.heading !== undefined) {
      const found = findHeading(lines, letters(section.heading), from);
      if (!found && section.optional) continue;
      if (!found) return undefined;
      [at, next] = found;
    }
    if (current) sections.set(current, lines.slice(from, at));
    current = section.name;
    from = next;
  }
  if (current) sections.set(current, lines.slice(from));
  return sections;
}

/** First and one past the last line of a heading, which may be wrapped over two lines. */
function findHeading(lines: readonly Line[], heading: string, from: number): [number, number] | undefined {
  for (let at = from; at < lines.length; at++) {
    const first = letters(lines[at]!.text);
    if (first === heading) return [at, at + 1];
    if (first && heading.startsWith(first) && lines[at + 1] && first + letters(lines[at + 1]!.text) === heading) return [at, at + 2];
  }
  return undefined;
}
