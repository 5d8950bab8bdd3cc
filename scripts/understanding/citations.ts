/**
 * Reads a guideline line: which guidelines a decision names, with their chapters, years and sections.
 *
 * A line is cut three times: into parts ("Decision based on MTUS ...", "Decision based on Non-MTUS Citation ..."), parts at the
 * names of sources (MTUS, ODG, ACOEM, others) into segments, and each segment at its chapters. What the reading leaves out
 * (edition dates, "Chapter", "Section(s):") stays in the printed line, which is always shown beside it.
 *
 * Names and titles are in `content/vocabulary/guidelines.yaml`. Every pattern here works in linear time: a repetition has a
 * bound, or nothing that follows it can fail.
 */

import { readVocabulary } from './vocabulary.ts';

/** One guideline as a decision cites it. */
export interface Citation {
  /** 'none': the line says that nothing was cited. 'other': anything that is not MTUS, ODG or ACOEM. */
  source: 'MTUS' | 'ODG' | 'ACOEM' | 'other' | 'none';
  /** Canonical title without year; as printed where the vocabulary lacks it; null where none is printed. */
  chapter: string | null;
  /** The edition's year where printed, four digits. */
  year: number | null;
  /** Headings, topics and pages as printed, in order; for 'other' the whole citation. */
  sections: string[];
}

interface ChapterEntry {
  chapter: string;
  number?: number;
  variants?: string[];
  short?: string[];
  later?: { since: number; chapter: string };
}

interface SourceEntry {
  names: string[];
  qualifiers?: string[];
  chapters: ChapterEntry[];
}

interface GuidelineVocabulary {
  sources: { MTUS: SourceEntry; ODG: SourceEntry; ACOEM: SourceEntry };
  otherSources: string[];
  headingsWithComma: string[];
}

type NamedSource = 'MTUS' | 'ODG' | 'ACOEM';

// ------------------------------------------------------------------------------------------------ phrases

/** A set of phrases, found in running text word by word: a lookup costs as many steps as the phrase has words. */
interface PhraseNode<T> {
  next: Map<string, PhraseNode<T>>;
  value: T | undefined;
}

interface PhraseMatch<T> {
  value: T;
  end: number;
}

const WORD = /&|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/uy;
const BETWEEN_WORDS = / ?['’.,:/–—-]{0,2} ?/y;

function wordEnd(text: string, at: number): number {
  WORD.lastIndex = at;
  return WORD.test(text) ? WORD.lastIndex : at;
}

function normalWord(word: string): string {
  return word === '&' ? 'and' : word.toLowerCase().replace(/['’]/g, '');
}

function emptyNode<T>(): PhraseNode<T> {
  return { next: new Map(), value: undefined };
}

function addPhrase<T>(root: PhraseNode<T>, phrase: string, value: T): void {
  let node = root;
  for (let at = 0; at < phrase.length; ) {
    const end = wordEnd(phrase, at);
    if (end === at) {
      at += 1;
      continue;
    }
    const word = normalWord(phrase.slice(at, end));
    let next = node.next.get(word);
    if (next === undefined) {
      next = emptyNode();
      node.next.set(word, next);
    }
    node = next;
    at = end;
  }
  node.value = value;
}

/** The longest phrase that begins with the word at `at`. */
function phraseAt<T>(root: PhraseNode<T>, text: string, at: number): PhraseMatch<T> | null {
  let node = root;
  let best: PhraseMatch<T> | null = null;
  for (let from = at; ; ) {
    const end = wordEnd(text, from);
    if (end === from) return best;
    const next = node.next.get(normalWord(text.slice(from, end)));
    if (next === undefined) return best;
    node = next;
    if (node.value !== undefined) best = { value: node.value, end };
    BETWEEN_WORDS.lastIndex = end;
    BETWEEN_WORDS.test(text);
    from = Math.max(end, BETWEEN_WORDS.lastIndex);
    if (from === end && text[from] !== '&') return best;
  }
}

function phraseSet(phrases: readonly string[]): PhraseNode<true> {
  const root = emptyNode<true>();
  for (const phrase of phrases) addPhrase(root, phrase, true);
  return root;
}

// ------------------------------------------------------------------------------------------------ vocabulary

/** What a title in a letter stands for; `short` titles are ordinary words and need a reason to be read as a chapter. */
interface Title {
  entry: ChapterEntry;
  short: boolean;
}

interface Names {
  sources: PhraseNode<NamedSource | 'other'>;
  titles: Record<NamedSource, PhraseNode<Title>>;
  byNumber: Record<NamedSource, Map<number, ChapterEntry>>;
  /** Titles that only the MTUS has: they name it even where the line does not. */
  mtusOnly: PhraseNode<true>;
  qualifiers: PhraseNode<true>;
  headingsWithComma: PhraseNode<true>;
}

let names: Names | undefined;

function vocabulary(): Names {
  if (names !== undefined) return names;
  const { sources, otherSources, headingsWithComma } = readVocabulary<GuidelineVocabulary>('guidelines');
  const sourceNames = emptyNode<NamedSource | 'other'>();
  for (const source of ['MTUS', 'ODG', 'ACOEM'] as const) {
    for (const name of sources[source].names) addPhrase(sourceNames, name, source);
  }
  for (const name of otherSources) addPhrase(sourceNames, name, 'other');

  const titlesOf = (entries: ChapterEntry[]): PhraseNode<Title> => {
    const root = emptyNode<Title>();
    for (const entry of entries) {
      for (const title of [entry.chapter, ...(entry.variants ?? [])]) addPhrase(root, title, { entry, short: false });
      for (const title of entry.short ?? []) addPhrase(root, title, { entry, short: true });
    }
    return root;
  };
  const numbersOf = (entries: ChapterEntry[]): Map<number, ChapterEntry> =>
    new Map(entries.flatMap((entry) => (entry.number === undefined ? [] : [[entry.number, entry] as const])));

  const acoem = new Set(sources.ACOEM.chapters.map((entry) => entry.chapter));
  names = {
    sources: sourceNames,
    titles: { MTUS: titlesOf(sources.MTUS.chapters), ODG: titlesOf(sources.ODG.chapters), ACOEM: titlesOf(sources.ACOEM.chapters) },
    byNumber: { MTUS: numbersOf(sources.MTUS.chapters), ODG: new Map(), ACOEM: numbersOf(sources.ACOEM.chapters) },
    mtusOnly: phraseSet(
      sources.MTUS.chapters
        .filter((entry) => !acoem.has(entry.chapter))
        .flatMap((entry) => [entry.chapter, ...(entry.variants ?? [])])
        .filter((title) => / /.test(title)),
    ),
    qualifiers: phraseSet(sources.ODG.qualifiers ?? []),
    headingsWithComma: phraseSet(headingsWithComma),
  };
  return names;
}

// ------------------------------------------------------------------------------------------------ text

/** Position of the closing bracket for each opening one that has one. */
function closingsOf(text: string): Map<number, number> {
  const closings = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '(' || char === '[') open.push(at);
    if (char === ')' || char === ']') {
      const from = open.pop();
      if (from !== undefined) closings.set(from, at);
    }
  }
  return closings;
}

const EDGE = new Set(' ,;:.-–—/');

/** Without blanks, separators and "and" at both ends. A loop: a pattern with `+$` is quadratic on long runs. */
function trimEdges(text: string): string {
  let from = 0;
  let to = text.length;
  for (;;) {
    while (from < to && EDGE.has(text[from] ?? '')) from += 1;
    while (to > from && EDGE.has(text[to - 1] ?? '')) to -= 1;
    if (to - from === 3 && /^and$/i.test(text.slice(from, to))) return '';
    if (to - from > 4 && /^(?:and|&)[ ,]/i.test(text.slice(from, from + 4))) from += text[from] === '&' ? 1 : 3;
    else if (to - from > 4 && /[ ,]and$/i.test(text.slice(to - 4, to))) to -= 4;
    else return text.slice(from, to);
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isOneOf(chars: string, char: string | undefined): boolean {
  return char !== undefined && chars.includes(char);
}

function skip(chars: string, text: string, at: number): number {
  let end = at;
  while (isOneOf(chars, text[end])) end += 1;
  return end;
}

// ------------------------------------------------------------------------------------------------ sections

const NUMBERED = /^\d{1,2}(?:\.\d{1,2}){0,5}\.? \p{Lu}/u;
const BEFORE_NUMBER = /[,;] (?=\d{1,2}(?:\.\d{1,2}){0,5}\.? \p{Lu})/u;
const PAGES_ONLY = /^[\d\s,;&–-]+$/;
const PAGE_WORD = /^(?:pages?|pgs?|pp?)\b/i;
const BRACKETED_EDITION = / ?[([](?:(?:19|20)\d\d|(?:last )?(?:updated?|revised)[^()[\]]{0,40}|(?:online|web) version)[)\]]/gi;

/**
 * A list of headings or topics, cut at commas and semicolons outside brackets.
 * Not cut: headings with a comma of their own (vocabulary), inverted headings ("Opioids, criteria for use": a small letter after a
 * capital), page lists. Numbered headings (the opioid guideline of 2016) are cut only before the next number.
 */
function splitHeadings(text: string): string[] {
  const whole = trimEdges(text);
  if (NUMBERED.test(whole)) return whole.split(BEFORE_NUMBER).map(trimEdges).filter(Boolean);

  const closings = closingsOf(whole);
  const headings: string[] = [];
  let from = 0;
  let keepUntil = phraseAt(vocabulary().headingsWithComma, whole, 0)?.end ?? 0;
  for (let at = 0; at <= whole.length; at += 1) {
    at = closings.get(at) ?? at;
    const char = whole[at];
    if (char !== undefined && char !== ',' && char !== ';') continue;
    if (at < keepUntil) continue;
    if (char === ',' && continuesHeading(whole, from, at)) continue;
    const heading = trimEdges(whole.slice(from, at));
    if (heading !== '') headings.push(heading);
    from = skip(' ,;', whole, at + 1);
    keepUntil = phraseAt(vocabulary().headingsWithComma, whole, from)?.end ?? 0;
    at = from - 1;
    if (from >= whole.length) break;
  }
  return headings;
}

function continuesHeading(text: string, from: number, comma: number): boolean {
  const rest = text.slice(comma + 1, comma + 12).trimStart();
  if (/^\d/.test(rest)) return PAGE_WORD.test(text.slice(from, from + 6)) || PAGES_ONLY.test(text.slice(from, from + 8));
  if (/^(?:pages?|pgs?|pp?|section|chapter|table|and)\b/.test(rest)) return false;
  return /^\p{Ll}/u.test(rest) && /^\p{Lu}/u.test(text.slice(from, from + 2));
}

const SECTION_LABEL = /\b(?:Sections?\(s\)|Sections?):|\bsections? (?:on|titled|entitled)\b|\bSection\(s\)/gi;
const PAGE_LABEL = /\bPages?(?:\(s\))?:|\bPage\(s\)/gi;

/** What follows a chapter: headings, then pages. "Page(s):" introduces one locator, printed as numbers or as text. */
function readSections(text: string): string[] {
  const [headings = '', ...locators] = text.replace(SECTION_LABEL, ', ').split(PAGE_LABEL);
  const sections = splitHeadings(headings);
  for (const locator of locators) {
    const trimmed = trimEdges(locator);
    const numbers = /^[\d\s,;&–-]*/.exec(trimmed)?.[0] ?? '';
    if (numbers === '') {
      if (trimmed !== '') sections.push(trimmed);
      continue;
    }
    const pages = trimEdges(numbers);
    sections.push(`${/^\d+$/.test(pages) ? 'page' : 'pages'} ${pages}`);
    sections.push(...splitHeadings(trimmed.slice(numbers.length).replace(/^of \d{1,4}/, '')));
  }
  return sections;
}

// ------------------------------------------------------------------------------------------------ MTUS and ACOEM

const YEAR = /(?:19|20)\d\d(?![\d/-])/;
const EDITION = /[(,]? ?(?:\d{1,2}(?:st|nd|rd|th)|second|third|revised)(?: annual)?,? ?(?:edition|ed\b\.?)?,? ?(?:[(]?(?:19|20)\d\d\)?)?\)?/iy;
const LEAD_WORD = /(?:the|practice|occupational medicine|medical treatment|treatment|guidelines?|hegmann k|harris j|eds?|edition|online|web|version|which)\b[.,:]?/iy;
const NUMBER = /\(?(?:chapters?|ch\.?) ?(\d{1,2})\b\)?/iy;
const AFTER_TITLE_YEAR = /,? (?:practice )?(?:guidelines?,? )?\(?((?:19|20)\d\d)\b(?![/-])\)?/iy;
const AFTER_TITLE_WORD = / (?:(?:medical )?(?:treatment )?guidelines?|chapter)\b(?: \(CPMTG\))?/iy;
const EDITION_IN_BRACKETS = /\b(?:19|20)\d\d\b|\bACOEM\b|\bMTUS\b|\bchapter \d|\bedition\b|^CPMTG$/i;
const REGULATION = /(?:(?:8 ?(?:C\. ?C\. ?R\.|CCR)|California Code of Regulations|Title 8),? ?)?(?:§{1,2} ?)?9792\.\d{1,2}(?:\.\d{1,2})?(?: ?[-–] ?9792\.\d{1,2}(?:\.\d{1,2})?)?(?: MTUS)?(?: \(Effective [A-Z][a-z]{2,8} \d{1,2}, (\d{4})\))?/g;

/** No title has more words about its edition around it; without a bound, endless repetitions would be read again from each. */
const WORDS_AROUND_TITLE = 12;

interface ChapterStart {
  from: number;
  end: number;
  chapter: string;
  year: number | null;
  /** "Chapter 7" as printed, for ACOEM's sections. */
  number: string | null;
}

/** Skips the source's name, editions and "Chapter 12:" before a title. */
function readLead(text: string, at: number): { end: number; year: number | null; number: string | null } {
  let end = at;
  let year: number | null = null;
  for (let words = 0; ; words += 1) {
    const next = skip(' ,:;.-–—/', text, end);
    const name = phraseAt(vocabulary().sources, text, text[next] === '(' ? next + 1 : next);
    const number = matchAt(NUMBER, text, next);
    if (number !== null) return { end: skip(' ,:;.-–—(', text, next + number[0].length), year, number: number[1] ?? null };
    if (words === WORDS_AROUND_TITLE) return { end: next, year, number: null };
    const word = matchAt(EDITION, text, next) ?? matchAt(LEAD_WORD, text, next) ?? matchAt(/\(?(?:19|20)\d\d\b\)?/y, text, next);
    if (name !== null && (name.value === 'MTUS' || name.value === 'ACOEM')) end = skip(')', text, name.end);
    else if (word !== null) {
      year = Number(YEAR.exec(word[0])?.[0] ?? year) || year;
      end = next + word[0].length;
    } else return { end: next, year, number: null };
  }
}

/** The year, "Guidelines" and a bracketed edition after a title. */
function readTitleTail(text: string, at: number, closings: Map<number, number>): { end: number; year: number | null } {
  let end = skip(')', text, at);
  let year: number | null = null;
  for (;;) {
    const printed: RegExpExecArray | null = year === null ? matchAt(AFTER_TITLE_YEAR, text, end) : null;
    const word = printed ?? matchAt(AFTER_TITLE_WORD, text, end);
    const bracket = text[end] === ' ' ? end + 1 : end;
    const close = closings.get(bracket);
    const inside = close !== undefined && close - bracket < 120 ? text.slice(bracket + 1, close) : '';
    if (word !== null) {
      year = printed === null ? year : Number(printed[1]);
      end += word[0].length;
    } else if (close !== undefined && EDITION_IN_BRACKETS.test(inside)) {
      year ??= Number(YEAR.exec(inside)?.[0] ?? 0) || null;
      end = close + 1;
    } else return { end, year };
  }
}

/** The title at `at`, whether it is known (`short` with a reason) or of the form "<Title> <year>". */
function chapterStartAt(
  source: 'MTUS' | 'ACOEM',
  text: string,
  at: number,
  closings: Map<number, number>,
  before: { first: boolean; separator: string; inSections: boolean },
): ChapterStart | null {
  const lead = readLead(text, at);
  const known = phraseAt(vocabulary().titles[source], text, lead.end);
  const tail = readTitleTail(text, known?.end ?? lead.end, closings);
  const year = tail.year ?? lead.year;
  const numbered = lead.number === null ? undefined : vocabulary().byNumber[source].get(Number(lead.number));
  const start = { from: at, year, number: lead.number };

  if (known !== null) {
    const { entry, short } = known.value;
    const clear = !short || before.first || lead.number !== null || tail.year !== null;
    const isNext =
      before.first ||
      tail.year !== null ||
      (!before.inSections && (before.separator !== ' ' || !short)) ||
      (/and|;/.test(before.separator) && /^(?:$|[,.;]| Section| Page)/.test(text.slice(tail.end, tail.end + 9)) && !short);
    if (clear && isNext) {
      const later = short && entry.later !== undefined && year !== null && year >= entry.later.since ? entry.later.chapter : null;
      const chapter = later ?? (short && numbered !== undefined ? numbered.chapter : entry.chapter);
      return { ...start, end: tail.end, chapter };
    }
  } else if (numbered !== undefined && (before.first || !before.inSections)) {
    return { ...start, end: lead.end, chapter: numbered.chapter };
  }

  const mayBeUnknown = before.first || /and|;/.test(before.separator) || (!before.inSections && before.separator === ', ');
  if (!mayBeUnknown || source !== 'MTUS') return null;
  const unknown = matchAt(
    /(\p{Lu}[^\d;()]{2,90}?)(?: Guidelines?)?,? (?:((?:19|20)\d\d)\b(?! ?[-/])|\((?:ACOEM,? )?(?:\p{L}{3,9} )?(?:\d{1,2}, )?((?:19|20)\d\d)\))/uy,
    text,
    lead.end,
  );
  const title = unknown?.[1];
  if (unknown === null || title === undefined) return null;
  if (!before.first && title.includes(',')) return null;
  if (/\b(?:sections?|pages?)\b/i.test(title)) return null;
  const end = readTitleTail(text, lead.end + unknown[0].length, closings).end;
  return { ...start, end, chapter: trimEdges(title), year: Number(unknown[2] ?? unknown[3]) };
}

const SEPARATOR = /[,;./]? ?(?:and|&) |[,;] ?|\. |\/ ?/iy;
const IN_SECTIONS = /\bSections?(?:\(s\))? ?:/iy;

function chapterStarts(source: 'MTUS' | 'ACOEM', text: string, closings: Map<number, number>): ChapterStart[] {
  const starts: ChapterStart[] = [];
  let inSections = false;
  const tryAt = (at: number, separator: string): ChapterStart | null => {
    const current = starts.at(-1);
    const start = chapterStartAt(source, text, at, closings, { first: at === 0, separator, inSections });
    // "Chapter 8 Neck & Upper Back, ..." among the pages of chapter 8 is no second citation.
    if (start === null || (start.chapter === current?.chapter && (start.year ?? current.year) === current.year)) return null;
    starts.push(start);
    inSections = false;
    return start;
  };
  let at = tryAt(0, '')?.end ?? 0;
  while (at < text.length) {
    const close = closings.get(at);
    if (close !== undefined) {
      at = close + 1;
      continue;
    }
    const label = matchAt(IN_SECTIONS, text, at);
    if (label !== null) {
      inSections = true;
      at += label[0].length;
      continue;
    }
    const separator = text[at] === ' ' || isOneOf(',;./&', text[at]) ? matchAt(SEPARATOR, text, text[at] === ' ' ? at + 1 : at) : null;
    const from = separator === null ? at : skip(' ,;:.-–—/', text, separator.index + separator[0].length);
    const spelled = separator === null ? '' : text[at] === ' ' && separator[0].trim().length <= 3 ? ' and ' : separator[0];
    at = separator === null ? at + 1 : Math.max(tryAt(from, spelled)?.end ?? from, at + 1);
  }
  return starts;
}

function readMtus(body: string): Citation[] {
  let effective: number | null = null;
  const text = body.replace(REGULATION, (_whole, year: string | undefined) => {
    effective ??= year === undefined ? null : Number(year);
    return '';
  });
  const closings = closingsOf(text);
  const starts = chapterStarts('MTUS', text, closings);
  const first = starts[0];
  const citations: Citation[] = [];
  if (first === undefined) {
    const lead = readLead(text, 0);
    return [{ source: 'MTUS', chapter: null, year: lead.year ?? effective, sections: readSections(text.slice(lead.end)) }];
  }
  const preceding = readSections(text.slice(readLead(text, 0).end, Math.max(first.from, readLead(text, 0).end)));
  for (const [index, start] of starts.entries()) {
    const rest = text.slice(start.end, starts[index + 1]?.from ?? text.length);
    const sections = [...(index === 0 && first.from > 0 ? preceding : []), ...readSections(rest)];
    citations.push({ source: 'MTUS', chapter: start.chapter, year: start.year ?? effective, sections });
  }
  return citations;
}

function readAcoem(body: string): Citation[] {
  const closings = closingsOf(body);
  const lead = readLead(body, 0);
  const starts = chapterStarts('ACOEM', body, closings).slice(0, 8);
  if (starts.length === 0) {
    // An unknown chapter is taken as printed where the words around it say that it is one.
    const [title = '', ...sections] = readSections(body.slice(lead.end));
    const isChapter = lead.number !== null || /\b(?:chapter|disorders?|complaints?)$/i.test(title);
    const number = lead.number === null ? [] : [`Chapter ${lead.number}`];
    const printed = trimEdges(title.replace(/\bchapter$/i, ''));
    if (isChapter && printed !== '') return [{ source: 'ACOEM', chapter: printed, year: lead.year, sections: [...number, ...sections] }];
    return [{ source: 'ACOEM', chapter: null, year: lead.year, sections: [...number, title, ...sections].filter(Boolean) }];
  }
  return starts.map((start, index) => ({
    source: 'ACOEM',
    chapter: start.chapter,
    year: start.year,
    sections: [
      ...(start.number === null ? [] : [`Chapter ${start.number}`]),
      ...readSections(body.slice(start.end, starts[index + 1]?.from ?? body.length)),
    ],
  }));
}

// ------------------------------------------------------------------------------------------------ ODG

const WEB_PAGE = /(?:https?:\/\/|www\.)[^\s,;]+/iy;
const EDITION_ORDINAL = /(?:\d{1,2}(?:st|nd|rd|th)) (?:annual )?(?:edition|ed)\b\.?/iy;
const BARE_YEAR = /(?:19|20)\d\d\b(?![/-])/y;
const DATE = /\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\p{L}{0,7}\.? (?:\d{1,2}, ?)?\d{4}/iuy;
const UPDATED = /(?:last )?(?:updated?|revised|accessed|effective|dated|as of)\b(?: on)?:?/iy;
const ODG_IN_BRACKETS = /\(?ODG\)?|\(TWC\)/y;
/** Qualifiers after which a topic may follow without a comma ("Pain Chapter Opioids"). */
const STRUCTURAL = /(?:chapters?|sections?|guidelines?|summary|version|edition|twc)$/i;
const BOUNDARY = /^(?: ?$| ?[,;:./()[\]–—-])/;

interface Qualified {
  end: number;
  year: number | null;
}

/** Skips what tells the edition or the chapter's scope ("(Acute & Chronic)", "Chapter", "updated 3/31/14"). */
function skipQualifiers(text: string, at: number, closings: Map<number, number>, beforeChapter = false): Qualified {
  let good: Qualified = { end: at, year: null };
  let { end, year } = good;
  for (let words = 0; words < WORDS_AROUND_TITLE; words += 1) {
    const before = end;
    const next = skip(' ,;:.-–—', text, end);
    const close = closings.get(next);
    // "Lumbar & Thoracic" tells the scope of "Low Back", but is a chapter itself where none precedes.
    if (beforeChapter && phraseAt(vocabulary().titles.ODG, text, next) !== null) return good;
    const phrase = phraseAt(vocabulary().qualifiers, text, next);
    const printedYear = matchAt(BARE_YEAR, text, next);
    const other =
      matchAt(EDITION_ORDINAL, text, next) ?? matchAt(DATE, text, next) ?? matchAt(UPDATED, text, next) ?? matchAt(ODG_IN_BRACKETS, text, next);
    if (close !== undefined && close - next < 160) {
      const inside = text.slice(next + 1, close);
      const read = skipQualifiers(inside, 0, new Map());
      if (read.end < inside.trimEnd().length) return good;
      year ??= read.year;
      end = close + 1;
      good = { end, year };
      continue;
    }
    if (phrase !== null) end = phrase.end;
    else if (printedYear !== null) {
      year ??= Number(printedYear[0]);
      end = next + 4;
    } else if (other !== null) end = next + other[0].length;
    else return good;
    const structural = phrase !== null && next - before <= 1 && STRUCTURAL.test(text.slice(next, end));
    if (structural || phrase === null || BOUNDARY.test(text.slice(end, end + 3))) good = { end, year };
  }
  return good;
}

interface OdgChapter {
  chapter: string;
  end: number;
  year: number | null;
  /** The words are the beginning of a topic ("Lumbar supports"), which is to be read as well. */
  leadsTopic: boolean;
  /** "Chapter" or "Section" was printed. */
  named: boolean;
}

function odgChapterAt(text: string, at: number, closings: Map<number, number>): OdgChapter | null {
  const match = phraseAt(vocabulary().titles.ODG, text, at);
  if (match === null) return null;
  const { entry, short } = match.value;
  const qualified = skipQualifiers(text, match.end, closings);
  const after = text.slice(qualified.end, qualified.end + 3);
  const found = { chapter: entry.chapter, end: qualified.end, year: qualified.year };
  const named = /chapter|section/i.test(text.slice(match.end, qualified.end));
  if (qualified.end > match.end || BOUNDARY.test(after)) return { ...found, leadsTopic: false, named };
  // "Shoulder and Elbow Chapters"
  const conjunction = matchAt(/ (?:and|&) /iy, text, match.end);
  if (conjunction !== null) {
    const second = phraseAt(vocabulary().titles.ODG, text, match.end + conjunction[0].length);
    if (second !== null && (skipQualifiers(text, second.end, closings).end > second.end || BOUNDARY.test(text.slice(second.end, second.end + 3)))) {
      return { ...found, end: match.end + conjunction[0].length, leadsTopic: false, named };
    }
  }
  return short ? { ...found, end: at, leadsTopic: true, named } : null;
}

/** Where the topic at `from` ends: at a comma or semicolon, or where a chapter begins. */
function topicEnd(text: string, from: number, closings: Map<number, number>): number {
  for (let at = from; at < text.length; at += 1) {
    const page = matchAt(WEB_PAGE, text, at);
    at = page === null ? (closings.get(at) ?? at) : at + page[0].length;
    const char = text[at];
    if (char === ',' || char === ';') return at;
    if (char === '.' && /^\. \p{Lu}/u.test(text.slice(at, at + 3))) return at;
    if (char === '/' || char === ':' || (isOneOf('-–—', char) && text[at - 1] === ' ')) {
      const chapter = odgChapterAt(text, skip(' ', text, at + 1), closings);
      if (chapter !== null && !chapter.leadsTopic) return at;
    } else if (char === ' ' && at > from) {
      const chapter = odgChapterAt(text, at + 1, closings);
      if (chapter !== null && chapter.named) return at;
    }
  }
  return text.length;
}

const ODG_PIECE_LEAD = /(?:the|and|or|see|per|from|under|in|regarding|chapters?|sections?|topics?)\b[ :(s)]{0,4} ?/iy;

function readOdg(body: string): Citation[] {
  const closings = closingsOf(body);
  const head = skipQualifiers(body, 0, closings, true);
  const events: ({ chapter: string; year: number | null } | { topics: string })[] = [];
  let at = head.end;
  while (at < body.length) {
    const next = skip(' ,;:.-–—/)', body, at);
    const lead = matchAt(ODG_PIECE_LEAD, body, next);
    const from = lead === null ? next : next + lead[0].length;
    if (from >= body.length) break;
    const chapter = odgChapterAt(body, from, closings);
    if (chapter !== null) {
      events.push({ chapter: chapter.chapter, year: chapter.year });
      at = chapter.end;
      const close = closings.get(skip(' ', body, at));
      if (!chapter.leadsTopic) {
        // "Pain (Benzodiazepines)": what stands in brackets after a chapter is its topic.
        if (close !== undefined) {
          events.push({ topics: body.slice(skip(' ', body, at) + 1, close) });
          at = close + 1;
        }
        continue;
      }
    }
    const end = chapter === null ? topicEnd(body, from, closings) : Math.max(topicEnd(body, from, closings), from + 1);
    const isEdition = skipQualifiers(body, from, closings).end >= end && (/\d/.test(body.slice(from, end)) || !('topics' in (events.at(-1) ?? {})));
    if (!isEdition) events.push({ topics: body.slice(from, Math.max(end, from + 1)) });
    at = Math.max(end, from + 1);
  }
  return citationsOf(events, head.year);
}

/**
 * Topics belong to the chapters named just before them ("Neck Chapter, Shoulder Chapter, Physical therapy": to both), or, where the
 * line begins with a topic and ends with a chapter, to the next chapter ("Physical therapy, Elbow Chapter").
 */
function citationsOf(events: ({ chapter: string; year: number | null } | { topics: string })[], year: number | null): Citation[] {
  const last = events.at(-1);
  const first = events[0];
  if (first === undefined || last === undefined) return [{ source: 'ODG', chapter: null, year, sections: [] }];
  const topicsFirst = 'topics' in first && 'chapter' in last;
  const groups: { chapters: { chapter: string; year: number | null }[]; topics: string[] }[] = [];
  let previous: 'chapter' | 'topics' | null = null;
  for (const event of events) {
    const kind = 'chapter' in event ? 'chapter' : 'topics';
    let group = groups.at(-1);
    const opens = topicsFirst ? kind === 'topics' && previous === 'chapter' : kind === 'chapter' && previous === 'topics' && group?.chapters.length !== 0;
    if (group === undefined || opens) {
      group = { chapters: [], topics: [] };
      groups.push(group);
    }
    if ('chapter' in event) group.chapters.push(event);
    else group.topics.push(event.topics);
    previous = kind;
  }
  return groups.flatMap((group): Citation[] => {
    const sections = splitHeadings(group.topics.join(', ').replace(BRACKETED_EDITION, ''))
      .map((topic) => trimEdges(topic.replace(/ topics?$/i, '')))
      .filter(Boolean);
    if (group.chapters.length === 0) return [{ source: 'ODG', chapter: null, year, sections }];
    return group.chapters.map((named) => ({ source: 'ODG', chapter: named.chapter, year: named.year ?? year, sections: [...sections] }));
  });
}

// ------------------------------------------------------------------------------------------------ parts and segments

const DECIDER = String.raw`(?:the )?(?:claims? administrator|(?:expert |professional |physician )?reviewer|utilization review(?:er| physician)?)`;
const CITED_NOTHING = new RegExp(
  String.raw`\b(?:${DECIDER} )?(?:did not|didn't|does not|failed to) (?:cite|provide|reference|identify|specify|list|state|base|use|rely)\b[^.]{0,200}(?:\.|$)|` +
    String.raw`\bno (?:[\w-]{1,20} ){0,4}(?:guidelines?|evidence|citations?|criteria|references?) (?:(?:was|were|is|are) )?(?:cited|provided|given|referenced|listed|used)\b[^.]{0,100}(?:\.|$)|` +
    String.raw`^(?:none|n\/a|not applicable|not cited|not provided|not specified|none (?:cited|given|provided|stated))\.?$`,
  'gi',
);
/** Sentences and clauses about a citation that cite nothing themselves. */
const REMARKS = [
  CITED_NOTHING,
  new RegExp(String.raw`\b${DECIDER} based (?:its|their|his\/her|his or her|his|her) decision on recommendations?(?:\(s\))? outside (?:of )?the MTUS(?: guidelines?)?\.?`, 'gi'),
  new RegExp(String.raw`\b${DECIDER} (?:found|determined|agreed|disagreed|considered|noted|stated|felt|opined)\b[^.]{0,400}(?:\.|$)`, 'gi'),
  /\bthe (?:requesting |treating )?(?:provider|physician) (?:did|does) not dispute\b[^.]{0,300}(?:\.|$)/gi,
  /,? ?\b(?:which (?:is|are) )?(?:an? )?medical treatment guidelines? \(MTG\),?/gi,
  /,? ?\bwhich (?:is|are) not (?:a )?part of the (?:medical treatment utilization schedule )?\(?MTUS\)?/gi,
];

const PART_HEAD =
  /\b(?:decisions? (?:(?:is|was|were) )?(?:based|made) (?:up)?on|based (?:its|their|his\/her|his or her|his|her|the) decisions? (?:up)?on|relied (?:up)?on|cited)\b:?(?: the\b)?(?: following\b)?:? ?(?:(non-? ?MTUS)(?: citations?)?\b|(MTUS)\b)?:?/gi;

interface Part {
  kind: 'MTUS' | 'outside' | 'undeclared';
  text: string;
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let kind: Part['kind'] | null = null;
  let from = 0;
  for (const head of text.matchAll(PART_HEAD)) {
    const before = text.slice(from, head.index);
    // Words before the first head are "The Claims Administrator", unless they name a source themselves.
    if (kind !== null || anchorsOf(before, 'undeclared').length > 0) parts.push({ kind: kind ?? 'undeclared', text: before });
    kind = head[1] !== undefined ? 'outside' : head[2] !== undefined ? 'MTUS' : 'undeclared';
    from = head.index + head[0].length;
  }
  parts.push({ kind: kind ?? 'undeclared', text: text.slice(from) });
  return parts;
}

interface Anchor {
  kind: NamedSource | 'other' | 'outside' | 'partOfMtus';
  from: number;
  /** Where the text after the name begins; `from` where the name is part of the text. */
  end: number;
  web: boolean;
}

const OUTSIDE = /non-? ?MTUS(?: citations?)?\b|other (?:medical )?treatment guidelines?(?: (?:or|and) (?:other )?medical evidence)?\b/iy;
const PART_OF_MTUS = /which (?:is|are) (?:a )?parts? of the (?:california )?(?:medical treatment utilization schedule )?\(?MTUS\)?/iy;

function anchorsOf(text: string, kind: Part['kind']): Anchor[] {
  const closings = closingsOf(text);
  const anchors: Anchor[] = [];
  const push = (anchor: Omit<Anchor, 'web'>, web = false): number => {
    anchors.push({ ...anchor, web });
    return Math.max(anchor.end, anchor.from + 1);
  };
  for (let at = 0; at < text.length; ) {
    const close = closings.get(at);
    const last = anchors.at(-1);
    // Names in brackets count only as a repetition of the name before them: "Official Disability Guidelines (ODG)".
    if (close !== undefined && at > 0 && !(last !== undefined && at - last.end <= 2)) {
      at = close + 1;
      continue;
    }
    const end = wordEnd(text, at);
    if (end === at) {
      at += 1;
      continue;
    }
    const page = matchAt(WEB_PAGE, text, at);
    const outside = matchAt(OUTSIDE, text, at);
    const partOf = matchAt(PART_OF_MTUS, text, at);
    const name = phraseAt(vocabulary().sources, text, at);
    if (page !== null) {
      const isOdg = /\bodg|worklossdata/i.test(page[0]);
      push({ kind: isOdg ? 'ODG' : 'other', from: at, end: at }, true);
      at += page[0].length;
    } else if (outside !== null) at = push({ kind: 'outside', from: at, end: at + outside[0].length });
    else if (partOf !== null) at = push({ kind: 'partOfMtus', from: at, end: at + partOf[0].length });
    else if (name !== null) {
      const end = text[at - 1] === '(' && text[name.end] === ')' ? name.end + 1 : name.end;
      push({ kind: name.value, from: at, end: name.value === 'other' ? at : end });
      at = end;
    } else {
      const title = kind === 'undeclared' ? phraseAt(vocabulary().mtusOnly, text, at) : null;
      if (title !== null) push({ kind: 'MTUS', from: at, end: at });
      at = title?.end ?? end;
    }
  }
  return anchors;
}

interface Segment {
  source: NamedSource | 'other' | null;
  from: number;
  web: boolean;
}

function readPart(part: Part): Citation[] {
  const { text, kind } = part;
  const citations: Citation[] = [];
  let segment: Segment = { source: kind === 'MTUS' ? 'MTUS' : null, from: 0, web: false };
  const close = (to: number): void => {
    citations.push(...readSegment(segment.source, text.slice(segment.from, to), kind));
  };
  for (const anchor of anchorsOf(text, kind)) {
    const { source } = segment;
    const isEmpty = anchor.from - segment.from < 40 && /^(?:[\s,;:./()[\]–-]|\b(?:the|guidelines?|and)\b)*$/i.test(text.slice(segment.from, anchor.from));
    if (anchor.kind === 'partOfMtus') {
      if (source === null || source === 'ACOEM') segment.source = 'MTUS';
      close(anchor.from);
      segment = { source: null, from: anchor.end, web: false };
    } else if (anchor.kind === 'outside') {
      if (!isEmpty || source !== null) close(anchor.from);
      segment = { source: null, from: anchor.end, web: false };
    } else if (anchor.kind === 'other') {
      if (source === null || source === 'other') {
        if (anchor.web && segment.web) {
          const cut = lastSeparator(text, segment.from, anchor.from);
          close(cut);
          segment = { source: 'other', from: cut, web: true };
        } else segment = { source: 'other', from: segment.from, web: segment.web || anchor.web };
      } else if (kind !== 'MTUS' || anchor.web) {
        const cut = lastSeparator(text, segment.from, anchor.from);
        close(cut);
        segment = { source: 'other', from: cut, web: anchor.web };
      }
    } else if (source === null && isEmpty) {
      segment = { source: anchor.kind, from: anchor.end, web: anchor.web };
    } else if (isEmpty && sameGuideline(source, anchor.kind) && !/and/i.test(text.slice(segment.from, anchor.from))) {
      // "MTUS/ACOEM", "ODG (Official Disability Guidelines)": one source under two names.
      segment = { source: source === 'ODG' ? 'ODG' : source === anchor.kind ? source : 'MTUS', from: anchor.end, web: false };
    } else if (!(kind === 'MTUS' && source === 'MTUS' && anchor.kind !== 'ODG') && !(anchor.web && source === anchor.kind)) {
      close(anchor.from);
      segment = { source: anchor.kind, from: anchor.end, web: anchor.web };
    }
  }
  close(text.length);
  return citations;
}

function sameGuideline(one: Segment['source'], two: NamedSource): boolean {
  return one === two || (one === 'MTUS' && two === 'ACOEM') || (one === 'ACOEM' && two === 'MTUS');
}

/** The last separator between `from` and `to`, or `to`. */
function lastSeparator(text: string, from: number, to: number): number {
  for (let at = to - 1; at > from && at > to - 400; at -= 1) {
    if (isOneOf(',;', text[at]) || (text[at] === '.' && text[at + 1] === ' ')) return at;
    if (text[at] === ' ' && /^ and /i.test(text.slice(at, at + 5))) return at;
  }
  return to;
}

const ARGUES = /^(?:also|and|are|as|do|does|for|has|have|indicates?|is|it|notes?|recommends?|says?|states?|suggests?|supports?|that|was|were|which)\b/i;
const SENTENCE_END = /(?<=[\p{L})\]]{4})\. (?=\p{Lu})/u;

function readSegment(source: Segment['source'], printed: string, kind: Part['kind']): Citation[] {
  // Prose (older layouts) goes on to argue; a citation ends with its sentence.
  const body = trimEdges((kind === 'undeclared' ? printed.split(SENTENCE_END, 1)[0] : printed) ?? '').replace(/^the /i, '');
  if (source !== null && source !== 'other') {
    const citations = source === 'MTUS' ? readMtus(body) : source === 'ODG' ? readOdg(body) : readAcoem(body);
    if (kind !== 'undeclared') return citations;
    return citations.map((citation) => ({ ...citation, sections: citation.sections.filter((section) => !ARGUES.test(section)) }));
  }
  if (body === '' || /^(?:the|and|or|guidelines?|\W)*$/i.test(body.slice(0, 30))) return [];
  if (source === null) {
    const title = phraseAt(vocabulary().titles.MTUS, body, 0)?.value;
    if (title !== undefined && !title.short && (kind === 'undeclared' || phraseAt(vocabulary().mtusOnly, body, 0) !== null)) return readMtus(body);
    const chapter = kind === 'outside' ? odgChapterAt(body, 0, closingsOf(body)) : null;
    if (chapter !== null && !chapter.leadsTopic) return readOdg(body);
  }
  return [{ source: 'other', chapter: null, year: null, sections: [body] }];
}

/** One citation per source, chapter and year; the sections of repeated ones are put together. */
function merge(citations: Citation[]): Citation[] {
  const merged = new Map<string, Citation>();
  for (const citation of citations) {
    const key = JSON.stringify([citation.source, citation.chapter, citation.year, citation.source === 'other' ? citation.sections : '']);
    const first = merged.get(key);
    if (first === undefined) merged.set(key, { ...citation, sections: [...new Set(citation.sections)] });
    else first.sections = [...new Set([...first.sections, ...citation.sections])];
  }
  return [...merged.values()];
}

/**
 * Reads the text after "Claims Administrator guideline:" or "MAXIMUS guideline:", or the corresponding sentence of an older layout.
 *
 * Gives the citations in printed order: one per MTUS title, one per ODG chapter, the rest as 'other' with the text in `sections`. A
 * line that says that nothing was cited gives one 'none'; empty text gives []; text without a known source gives one 'other'. Never
 * throws on a line. The rules are those by which the letters were read by hand: chapters of ACOEM that the letter calls MTUS are MTUS.
 */
export function readCitations(guidelineLine: string): Citation[] {
  const text = guidelineLine.replace(/\s+/g, ' ').trim();
  if (text === '') return [];
  const spoken = REMARKS.reduce((rest, remark) => rest.replace(remark, ' '), text);
  const citations = merge(partsOf(spoken).flatMap(readPart));
  if (citations.length > 0) return citations;
  if (text.search(CITED_NOTHING) >= 0) return [{ source: 'none', chapter: null, year: null, sections: [] }];
  return [{ source: 'other', chapter: null, year: null, sections: [text] }];
}
