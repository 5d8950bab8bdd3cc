/** Text to lines that can be compared with a layout: an ordered list of small steps, none of which changes a word. */

export interface Line {
  /** Without blanks at its ends. Empty for a blank line. */
  text: string;
  /** Counted from 1, in the text as it came. */
  number: number;
  /** Counted from 1. */
  page: number;
}

/** In a text where this part of its lines is followed by an empty one, the empty lines are how it was extracted, not paragraphs. */
const DOUBLE_SPACED = 0.8;

const STEPS: readonly ((lines: Line[]) => Line[])[] = [trimLines, undoubleLines, closePages, joinBlankLines];

/** Lines of a letter's text; runs of blank lines are one. A form feed begins a page. */
export function cleanLines(text: string): Line[] {
  return STEPS.reduce((lines, step) => step(lines), splitLines(text));
}

function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let page = 1;
  text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .forEach((line, index) => {
      const parts = line.split('\f');
      parts.forEach((part, at) => {
        if (at > 0) page++;
        // A form feed alone before a line's end is not a line of its own.
        if (at === parts.length - 1 || part.trim()) lines.push({ text: part, number: index + 1, page });
      });
    });
  return lines;
}

/** Blanks of every kind become plain ones (a no-break space would hide a label), those at the ends go. */
function trimLines(lines: Line[]): Line[] {
  return lines.map((line) => ({ ...line, text: line.text.replace(/[\u200b\u2060\ufeff]|\u00ad(?!\s*$)/g, '').replace(/\s/g, ' ').trim() }));
}

function undoubleLines(lines: Line[]): Line[] {
  const printed = lines.filter((line, index) => line.text && index + 1 < lines.length);
  const followed = lines.filter((line, index) => line.text && lines[index + 1]?.text === '');
  if (printed.length < 10 || followed.length < DOUBLE_SPACED * printed.length) return lines;
  return lines.filter((line, index) => line.text || !lines[index - 1]?.text);
}

/** A blank line at the bottom or top of a page is how far the text reached, not a paragraph's end. */
function closePages(lines: Line[]): Line[] {
  const pageBelow: (number | undefined)[] = [];
  for (let index = lines.length - 1; index >= 0; index--) pageBelow[index] = lines[index]!.text ? lines[index]!.page : pageBelow[index + 1];
  let pageAbove: number | undefined;
  return lines.filter((line, index) => {
    if (!line.text) return pageAbove === pageBelow[index];
    pageAbove = line.page;
    return true;
  });
}

function joinBlankLines(lines: Line[]): Line[] {
  return lines.filter((line, index) => line.text || lines[index - 1]?.text);
}

/** A line's end inside a word. A hyphen between blanks, or after another one, is a dash. */
const CUT_WORD = /(?:[^\s-]-|\u00ad)$/;

/**
 * Lines of a field as its paragraphs. A word that was cut at a hyphen goes together without a blank, as the letters' tag tree has it
 * (`10-30-` + `2016`), so a hyphen that was printed is never lost. Only a soft hyphen is not a printed one.
 */
export function joinParagraphs(lines: readonly Pick<Line, 'text'>[]): string[] {
  const paragraphs: string[] = [];
  let above = '';
  for (const { text } of lines) {
    if (text && !above) paragraphs.push(text);
    else if (text) paragraphs[paragraphs.length - 1] += CUT_WORD.test(above) ? text : ` ${text}`;
    above = text;
  }
  return paragraphs.map((paragraph) => paragraph.replace(/\u00ad/g, '').replace(/ {2,}/g, ' '));
}
