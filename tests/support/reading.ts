/**
 * How hard our own words are to read: the Flesch-Kincaid grade of the sentences on a page, which is the school year in the United States that reads them
 * without effort (Kincaid et al. 1975). A letter's words are its own and are not graded.
 */
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { SKIPPED, attribute, textBlocks } from './html.ts';
import type { BuiltPage, Element } from './html.ts';

/** What our own text is held to, for each template. */
export const HARDEST_GRADE = 8;

/** Words of the field that nothing else can be said for. Each of their words counts as one syllable, as if the reader had met it before; the glossary explains them. */
const TERMS: [term: string, reason: string][] = [
  ['independent medical review', 'the name of the procedure in Labor Code 4610.5'],
  ['utilization review', 'the name of the check that denied the request, in Labor Code 4610'],
  ['claims administrator', 'the name of the side that denied the request, printed in every letter'],
  ['medically necessary', 'the test that the law sets, and the words of every letter'],
  ['medical necessity', 'the same test as a noun'],
  ['Medical Treatment Utilization Schedule', 'the name of the state’s guidelines'],
  ['Official Disability Guidelines', 'the name of a set of guidelines'],
  ['American College of Occupational and Environmental Medicine', 'the name of a publisher of guidelines'],
  ['Division of Workers’ Compensation', 'the name of the office that publishes the letters'],
  ['workers’ compensation', 'the name of the insurance'],
  ['State of California', 'the name of the state'],
  ['California', 'the name of the state'],
  ['Labor Code', 'the name of the law'],
  ['guideline', 'what a reviewer cites, in the words of every letter'],
  ['guidelines', 'the same, of several'],
  ['specialty', 'what a reviewer is trained in, in the words of every letter'],
  ['rationale', 'the heading over the reviewer’s reasons in every letter'],
  ['determination', 'what the state calls such a letter'],
  ['partially overturned', 'the outcome of a case, as the state prints it'],
];

/** Not sentences: names to go to, values beside their names, what is to be typed. */
const NOT_PROSE = new Set('nav table code pre kbd samp select option button figure math'.split(' '));
/** The frame of every page is graded once, by itself. */
const FRAME = new Set(['site-header', 'site-footer', 'sample-banner', 'skip-link']);

const classesOf = (element: Element): string[] => (attribute(element, 'class') ?? '').split(/\s+/);

/** The formula is of English. */
function isSkipped(element: Element, frame: boolean): boolean {
  if (NOT_PROSE.has(element.tagName) || attribute(element, 'data-letter') !== undefined || attribute(element, 'hidden') !== undefined) return true;
  const lang = attribute(element, 'lang');
  if (lang !== undefined && !lang.startsWith('en')) return true;
  return classesOf(element).some((name) => name === 'letter-words' || (!frame && FRAME.has(name)));
}

/** Short pieces without a mark at their end are labels. */
const WORDS_OF_A_SENTENCE = 8;

/**
 * The sentences of our own on a page.
 * @param frame whether those of the header and footer, which every page has, are wanted too
 */
export function ownSentences(page: BuiltPage, frame = false): string[] {
  const blocks = textBlocks(page.document, (element) => isSkipped(element, frame));
  const prose = blocks.filter((text) => /[.?!:][”"’)]*$/.test(text) || text.split(' ').length >= WORDS_OF_A_SENTENCE);
  return prose.flatMap((text) => text.split(/(?<=[.?!][”"’)]*)\s+(?=["“‘(]?[\p{Lu}\d])/u)).filter((sentence) => /\p{L}/u.test(sentence));
}

export interface Reading {
  words: number;
  syllables: number;
}

/** @param names what guidelines, specialties, services and drugs are called: counted as the declared terms are */
export function readSentence(sentence: string, names: readonly string[] = []): Reading {
  let text = ` ${sentence.replaceAll("'", '’')} `;
  let known = 0;
  for (const term of [...names, ...TERMS.map(([words]) => words)].sort((a, b) => b.length - a.length)) {
    const parts = text.split(new RegExp(`(?<![\\p{L}\\d])${RegExp.escape(term)}(?![\\p{L}\\d])`, 'iu'));
    known += (parts.length - 1) * wordsOf(term).length;
    text = parts.join(' ');
  }
  const words = wordsOf(text);
  // A number is read at a glance.
  return { words: known + words.length, syllables: known + words.reduce((sum, word) => sum + (/\p{L}/u.test(word) ? Math.max(1, syllable(word)) : 1), 0) };
}

function wordsOf(text: string): string[] {
  return text.split(/[\s/–—]+/).filter((word) => /[\p{L}\d]/u.test(word) || word.includes(SKIPPED));
}

/** The school year of sentences taken together. NaN of none. */
export function gradeOf(sentences: readonly string[], names: readonly string[] = []): number {
  const readings = sentences.map((sentence) => readSentence(sentence, names));
  const sum = (of: (reading: Reading) => number): number => readings.reduce((total, reading) => total + of(reading), 0);
  return fleschKincaid({ sentence: sentences.length, word: sum(({ words }) => words), syllable: sum(({ syllables }) => syllables) });
}
