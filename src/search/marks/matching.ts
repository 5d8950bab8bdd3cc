/** Where the words of a search stand in a text, cut and stemmed as the index does it. Pure. */
import { plainWord, stemOf, wordParts } from '../words.ts';
import type { StemExceptions } from '../words.ts';

/** A stretch of a text, in UTF-16 code units: from `start` up to, not including, `end`. */
export interface Range {
  start: number;
  end: number;
}

/**
 * A word of a text, or a part of a word that punctuation joins. `L5-S1` is three: `l5s1` from step 0 to 2, `l5` from 0 to 1, `s1` from 1 to 2.
 * Words that stand one after the other are those of which one ends at the step at which the next begins.
 */
interface Word extends Range {
  stem: string;
  to: number;
}

/** What may stand between two words of one place: blanks, dashes, slashes. The end of a sentence may not. */
const JOINT = /^[\s\p{Pd}/]*$/u;

/**
 * All stretches that one of the marks covers, in order. Those that overlap or follow each other directly are one: a reader goes from
 * place to place, not from word to word.
 * @param marks each a list of stems that stand one after the other, as in QueryReading
 */
export function findMarks(text: string, marks: readonly (readonly string[])[], exceptions: StemExceptions): Range[] {
  const wanted = new Map<string, (readonly string[])[]>();
  for (const mark of marks) {
    const first = mark[0];
    if (first !== undefined) wanted.set(first, [...(wanted.get(first) ?? []), mark]);
  }
  if (wanted.size === 0) return [];
  const steps = wordsByStep(text, exceptions);
  const found: Range[] = [];
  steps.forEach((words, step) => {
    for (const { stem, start } of words) {
      for (const mark of wanted.get(stem) ?? []) {
        const end = endOf(mark, steps, step);
        if (end !== undefined) found.push({ start, end });
      }
    }
  });
  return joined(text, found);
}

/** Of each step, the words that begin there. */
function wordsByStep(text: string, exceptions: StemExceptions): Word[][] {
  const steps: Word[][] = [];
  const stem = (plain: string): string => stemOf(plain, exceptions);
  for (const { 0: chunk, index } of text.matchAll(/\S+/g)) {
    const parts = rangesOfParts(chunk).map(({ start, end }) => ({ start: index + start, end: index + end }));
    if (parts.length === 0) continue;
    const first = steps.length;
    for (const [place, part] of parts.entries()) {
      // What NFKC makes of a part may be several again: "½" is "1⁄2".
      const stems = new Set([stem(plainWord(text.slice(part.start, part.end))), ...wordParts(text.slice(part.start, part.end)).map(stem)]);
      steps.push([...stems].map((found) => ({ stem: found, ...part, to: first + place + 1 })));
    }
    if (parts.length > 1) steps[first]!.push({ stem: stem(plainWord(chunk)), start: parts[0]!.start, end: parts.at(-1)!.end, to: first + parts.length });
  }
  return steps;
}

const LETTER = /[\p{L}\p{N}\p{M}]/u;

/** The parts of a word between its punctuation, as in wordParts, with their places. A sign that stands for letters, as in "™", counts as such. */
function rangesOfParts(chunk: string): Range[] {
  const ranges: Range[] = [];
  // A character with its combining marks: "≠" may be written with one, and is no letter all the same.
  for (const { 0: character, index } of chunk.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    if (!LETTER.test(character.normalize('NFKC'))) continue;
    const last = ranges.at(-1);
    const end = index + character.length;
    if (last?.end === index) last.end = end;
    else ranges.push({ start: index, end });
  }
  return ranges;
}

/** Where the words that hold a mark from a step on end; the longest such stretch. */
function endOf(mark: readonly string[], steps: readonly (readonly Word[])[], from: number): number | undefined {
  // Of a step, at most the whole word and its first part have the wanted stem, so `at` stays as short as a mark is long.
  let at = new Map<number, number>([[from, 0]]);
  for (const stem of mark) {
    const reached = new Map<number, number>();
    for (const step of at.keys()) for (const word of steps[step] ?? []) if (word.stem === stem) reached.set(word.to, Math.max(word.end, reached.get(word.to) ?? 0));
    at = reached;
  }
  return at.size === 0 ? undefined : Math.max(...at.values());
}

function joined(text: string, ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1);
    if (last && (range.start <= last.end || JOINT.test(text.slice(last.end, range.start)))) last.end = Math.max(last.end, range.end);
    else found.push({ ...range });
  }
  return found;
}
