/** Where the disputed items of a letter begin: their numbers, requests, and the outcomes that stand beside these. */
import type { DecisionOutcome } from '../../src/determinations/record.ts';
import type { FieldLayout, ItemsLayout, VerdictWords } from './layouts.ts';
import { serious } from './problem.ts';
import type { Problem } from './problem.ts';
import { MEDICAL_NECESSITY, beginsInsidePage, endsSentence, requestLines } from './request-lines.ts';
import { anyOf, lineIndexAt, lineNumberAt, linesBetween, oneLine, shorten, spaced } from './text.ts';
import type { SectionText } from './text.ts';
import { ANY_NUMBER, outcomeOf, verdictPattern } from './verdicts.ts';

export interface Opening {
  request: string;
  /** Where the item begins; the item before it ends there. */
  start: number;
  /** Where its first field begins. */
  end: number;
  /** As printed. */
  number?: number;
  /** Undefined where the letter lists its outcomes apart. */
  outcome?: DecisionOutcome;
  /** Why the item cannot be read. */
  problem?: Problem;
}

/** A label of a field, with its colon. */
export interface Label {
  field: FieldLayout['field'];
  printed: string;
  start: number;
  end: number;
}

/** The openings of a section's items in their order. `labels` are those of the items' fields, in their order. */
export function findOpenings(section: SectionText, layout: ItemsLayout, labels: readonly Label[]): Opening[] {
  if (layout.request === 'paragraph') return paragraphOpenings(section, layout, labels);
  if (layout.request === 'number') return numberedOpenings(section, layout, labels);
  return labelledOpenings(section, layout, layout.request.after, labels);
}

/** What follows a request or its outcome: the first field's label, or a sentence that is about it. */
function fieldsBegin(fields: readonly FieldLayout[]): string {
  return anyOf(fields.flatMap((field) => ('labels' in field ? field.labels : field.sentenceAbout.flatMap((words) => [words, `The ${words}`]))));
}

// --- after a paragraph ----------------------------------------------------------------------------------------------

/** An outcome ends its line or stands before the first field; the request is the paragraph before it. */
function paragraphOpenings(section: SectionText, { verdict, fields }: ItemsLayout, labels: readonly Label[]): Opening[] {
  const separated = section.lines.some((line) => !line.text);
  const outcomes = [...section.text.matchAll(new RegExp(`${verdictPattern(verdict)}\\s*(?=\\n|${fieldsBegin(fields.slice(0, 1))})`, 'g'))];
  let from = 0;
  let above = 0;
  return outcomes.map((match, index) => {
    for (; labels[above] && labels[above]!.end <= match.index; above++) from = labels[above]!.end;
    const before = linesBetween(section, from, match.index);
    const printed = requestLines(before, index === 0);
    const request = oneLine(printed);
    const opening: Opening = {
      request,
      start: startOfLast(section, printed.length, from, match.index),
      end: match.index + match[0].length,
      outcome: outcomeOf(verdict, match.groups!.outcome!),
    };
    if (!request) {
      const words = `it cannot be told which words before the outcome "${match.groups!.outcome}" are its request`;
      opening.problem = serious('decision-without-request', words, lineNumberAt(section, match.index));
    } else if (separated && beginsInsidePage(before, printed)) {
      const words = `it cannot be told where the rationale ends and the request "${shorten(request)}" begins: a page ends between them without a full stop`;
      opening.problem = serious('request-unclear', words, printed[0]!.number);
    }
    from = opening.end;
    return opening;
  });
}

/** Where the last `count` lines between two positions begin, blank ones at the end not counted. */
function startOfLast({ lines, starts }: SectionText, count: number, from: number, to: number): number {
  let last = lineIndexAt(starts, to - 1);
  while (last > 0 && !lines[last]!.text) last--;
  return count === 0 ? to : Math.max(from, starts[last - count + 1] ?? 0);
}

// --- after a number -------------------------------------------------------------------------------------------------

/** Characters. Further above a verdict, no number is looked for. */
const LONGEST_REQUEST = 2000;

interface Beginning {
  start: number;
  /** After the number. */
  end: number;
  unclear?: true;
}

/**
 * Numbered sentences `2. <request> is <outcome>.` Rationales have numbered lists and end with the same words, so an item opens only
 * where the number that is due begins a line, a verdict follows it, and the first field follows the verdict. Between two rationales
 * there must be exactly one.
 */
function numberedOpenings(section: SectionText, layout: ItemsLayout, labels: readonly Label[]): Opening[] {
  const { verdict, fields } = layout;
  const verdicts = [...section.text.matchAll(new RegExp(`${verdictPattern(verdict)}\\s*(?:[.:;]\\s*)?(?=${fieldsBegin(fields.slice(0, 1))})`, 'g'))];
  const openings: Opening[] = [];
  const closers = labels.filter((label) => label.field === fields.find((field) => 'labels' in field)!.field);
  for (let index = 0; index <= closers.length; index++) {
    const from = closers[index - 1]?.end ?? 0;
    const closer = closers[index];
    const to = closer?.start ?? section.text.length;
    const opensWith = (number: number, after: number): Opening[] =>
      verdicts.flatMap((match) => (match.index >= after && match.index < to ? (numberedOpening(section, verdict, match, number, after) ?? []) : []));
    const due = openings.length + 1;
    const [opening, another] = opensWith(due, from);
    if (opening && another) opening.problem ??= serious('request-unclear', `it cannot be told which words are the request of item ${due}`, lineNumberAt(section, opening.start));
    if (opening) openings.push(opening, ...opensWith(due + 1, opening.end));
    else if (closer) return [...openings, unreadOpening(section, fields, due, from, closer)];
    else openings.push(...itemWithoutFields(section, verdict, due, from));
  }
  return openings;
}

function numberedOpening(section: SectionText, verdict: VerdictWords, match: RegExpExecArray, number: number, from: number): Opening | undefined {
  // A single item may lack its number; it begins with its paragraph.
  const paragraph = Math.max(from, section.text.lastIndexOf('\n\n', match.index));
  const begins = findNumber(section, number, from, match.index) ?? (number === 1 && match.index - paragraph < LONGEST_REQUEST ? { start: paragraph, end: paragraph } : undefined);
  const request = begins && oneLine(linesBetween(section, begins.end, match.index));
  if (!begins || !request || MEDICAL_NECESSITY.test(request)) return undefined;
  const opening: Opening = { request, number, start: begins.start, end: match.index + match[0].length, outcome: outcomeOf(verdict, match.groups!.outcome!) };
  if (begins.unclear) opening.problem = serious('request-unclear', `it cannot be told where the request "${shorten(request)}" begins: item ${number} has its number twice`, lineNumberAt(section, begins.start));
  return opening;
}

/** `1.` before what is no decimal, `1)`, `1:`, `(1)`, `#1`. */
function numberPattern(number: number): string {
  return `(?:#\\s?${number}(?!\\d)[.):]?|\\(${number}\\)|${number}\\s?(?:[):]|\\.(?!\\d)))\\s*`;
}

/**
 * The last place before `to` where the number begins a line (in a text without lines: follows a sentence). A list in the rationale above
 * may have had the number too: it is unclear which of two is meant unless a blank line, a page's end or, in a text without blank lines,
 * a sentence's end stands between them.
 */
function findNumber({ text, lines, starts }: SectionText, number: number, after: number, to: number): Beginning | undefined {
  const from = Math.max(after, to - LONGEST_REQUEST);
  const part = text.slice(from, to);
  const found = [...part.matchAll(new RegExp(`^${numberPattern(number)}`, 'gm'))];
  if (found.length === 0) {
    const [inLine, another] = part.matchAll(new RegExp(`(?<=[.?!]["\\u201d')]? {1,2})${numberPattern(number)}`, 'g'));
    return inLine && !another ? { start: from + inLine.index, end: from + inLine.index + inLine[0].length } : undefined;
  }
  const last = found.at(-1)!;
  const beginning: Beginning = { start: from + last.index, end: from + last.index + last[0].length };
  if (found.length === 1) return beginning;
  const between = lines.slice(lineIndexAt(starts, from + found.at(-2)!.index), lineIndexAt(starts, beginning.start) + 1);
  const above = between.at(-2);
  const apart = lines.some((line) => !line.text)
    ? between.some((line) => !line.text) || between[0]!.page !== between.at(-1)!.page
    : above !== undefined && endsSentence(above.text);
  return apart ? beginning : { ...beginning, unclear: true };
}

/** An item whose fields are there, while its number or verdict is not as it should be. */
function unreadOpening(section: SectionText, fields: readonly FieldLayout[], number: number, from: number, closer: Label): Opening {
  const begins = findNumber(section, number, from, closer.start);
  const start = begins?.start ?? closer.start;
  const rest = section.text.slice(begins?.end ?? start, closer.start);
  const words = oneLine([{ text: rest.slice(0, new RegExp(fieldsBegin(fields)).exec(rest)?.index) }]);
  const line = lineNumberAt(section, start);
  const problem = words
    ? serious('outcome-unclear', `it cannot be told what was decided on item ${number}: "${shorten(words, 160)}" is no request with a clear outcome before the ${fields[0]!.words}`, line)
    : serious('decision-without-outcome', `"${oneLine([{ text: closer.printed }])}" follows where item ${number} and its outcome should`, line);
  return { request: words, number, start, end: closer.start, problem };
}

/** A last item that has a number and a verdict and nothing more: a letter that was cut off. */
function itemWithoutFields(section: SectionText, verdict: VerdictWords, number: number, from: number): Opening[] {
  const rest = section.text.slice(from);
  for (const match of rest.matchAll(new RegExp(`^${numberPattern(number)}`, 'gm'))) {
    const sentence = rest.slice(match.index + match[0].length).slice(0, LONGEST_REQUEST);
    const found = new RegExp(`${verdictPattern(verdict)}\\s*[.:;]?[ ]*(?:\\n|$)`).exec(sentence);
    const request = found ? oneLine([{ text: sentence.slice(0, found.index) }]) : '';
    if (found && request && !/[.?!]\s+\p{Lu}/u.test(request)) {
      const start = from + match.index;
      return [{ request, number, start, end: start + match[0].length + found.index + found[0].length, outcome: outcomeOf(verdict, found.groups!.outcome!) }];
    }
  }
  return [];
}

// --- after a label --------------------------------------------------------------------------------------------------

/** `2) Regarding the request for <request>:` The colon stands before the first field, or it ends a line, or it is lost and a line ends. */
function labelledOpenings(section: SectionText, { fields, headings = [] }: ItemsLayout, after: string, labels: readonly Label[]): Opening[] {
  const { text } = section;
  const begins = [...text.matchAll(new RegExp(`^(?:${ANY_NUMBER}\\s*)?${spaced(after)}`, 'gm'))];
  const heading = headings.length > 0 ? `${anyOf(headings)}\\s*:?` : '(?!)';
  const body = `\\s*(?:${heading}\\s*|(?=${fieldsBegin(fields)}))`;
  const requestEnds = [`:${body}`, ':[ ]*\\n', `\\n${body}`].map((pattern) => new RegExp(pattern));
  return begins.map((begin, index) => {
    const from = begin.index + begin[0].length;
    const label = labels.find(({ start }) => start >= from)?.start ?? text.length;
    const item = text.slice(from, Math.min(label, begins[index + 1]?.index ?? text.length));
    const ends = requestEnds.map((pattern) => pattern.exec(item)).find((match) => match !== null);
    const end = ends ? from + ends.index + ends[0].length : from;
    const request = ends ? oneLine(linesBetween(section, from, from + ends.index)) : '';
    // A single item may lack its number.
    const opening: Opening = { request, number: Number(begin.groups?.number ?? 1), start: begin.index, end };
    if (!request) opening.problem = serious('decision-without-request', `it cannot be told which words after "${oneLine([{ text: begin[0] }])}" are its request`, lineNumberAt(section, begin.index));
    return opening;
  });
}
