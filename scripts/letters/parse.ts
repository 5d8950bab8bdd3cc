/** A recognised letter to its fields, as printed. What the fields mean is for scripts/understanding. */
import { plainText } from '../../src/determinations/markdown.ts';
import type { DecisionOutcome, Paragraphs } from '../../src/determinations/record.ts';
import { joinParagraphs } from './clean.ts';
import type { Line } from './clean.ts';
import type { DateField, DecisionField, HeaderField, Layout, SectionName } from './layouts.ts';
import { doubt, serious } from './problem.ts';
import type { Problem } from './problem.ts';
import type { RecognisedLetter } from './recognise.ts';

export interface PrintedDecision extends Record<DecisionField, Paragraphs> {
  request: string;
  outcome: DecisionOutcome;
}

/** What a letter prints. A field that it lacks is undefined or empty. */
export interface PrintedLetter extends Partial<Record<DateField, string>> {
  caseNumber?: string;
  priority?: 'standard' | 'expedited';
  /** One line each, as printed. */
  licensure: string;
  specialty: string;
  clinicalSummary: Paragraphs;
  documentsReviewed?: Paragraphs;
  decisions: PrintedDecision[];
  problems: Problem[];
}

/** Reads the fields of a recognised letter. Never throws; `problems` says what is missing or does not fit. */
export function parseLetter({ layout, sections }: RecognisedLetter): PrintedLetter {
  const problems: Problem[] = [];
  const lines = (name: SectionName) => sections.get(name) ?? [];
  const header = parseHeader(lines('header'), layout, problems);
  const credentials = parseCredentials(lines('method'), layout);
  const clinicalSummary = fieldText(afterLeadIn(lines('clinicalSummary'), leadIn(layout, 'clinicalSummary')));
  if (clinicalSummary.length === 0) problems.push(doubt('no-summary', 'The letter has no clinical case summary.'));
  const decisions = parseDecisions(afterLeadIn(lines('decisions'), leadIn(layout, 'decisions')), layout, problems);
  const documents = sections.get('documentsReviewed');
  return {
    ...header,
    ...credentials,
    clinicalSummary,
    ...(documents ? { documentsReviewed: fieldText(documents) } : {}),
    decisions,
    problems,
  };
}

function fieldText(lines: readonly Pick<Line, 'text'>[]): Paragraphs {
  return joinParagraphs(lines).map(plainText).filter(Boolean);
}

// --- header ---------------------------------------------------------------------------------------------------------

type ValueKind = 'caseNumber' | 'priority' | 'date';
type HeaderToken = { line: number } & ({ field: HeaderField } | { kind: ValueKind; printed: string });

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const VALUES: Readonly<Record<ValueKind, string>> = {
  caseNumber: String.raw`CM\s?\d{2}\s?[-\u2010-\u2015\u2212]?\s?\d{7}(?!\d)`,
  priority: String.raw`\b(?:Standard|Expedited)\b`,
  date: String.raw`\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|(?:${MONTHS.join('|')})\s\d{1,2},?\s\d{4}`,
};

function kindOf(field: HeaderField): ValueKind {
  return field === 'caseNumber' || field === 'priority' ? field : 'date';
}

/**
 * Reads the header table in whatever order an extractor gives its cells: a value on its label's line belongs to that label;
 * values below a run of labels belong to them in order, but only when there are as many values as labels, because a
 * cell may be empty and a date beside the wrong label is worse than none.
 */
function parseHeader(lines: readonly Line[], layout: Layout, problems: Problem[]): Partial<Record<DateField, string>> & Pick<PrintedLetter, 'caseNumber' | 'priority'> {
  const printed = new Map<HeaderField, string>();
  let waiting: HeaderField[] = [];
  let values: Extract<HeaderToken, { kind: ValueKind }>[] = [];
  const settle = () => {
    for (const kind of Object.keys(VALUES) as ValueKind[]) {
      const fields = waiting.filter((field) => kindOf(field) === kind);
      const found = values.filter((value) => value.kind === kind);
      if (fields.length === found.length) fields.forEach((field, index) => setOnce(field, found[index]!.printed));
      else if (found.length > 0) problems.push(doubt('header-unclear', `The header's ${found.map((value) => value.printed).join(', ')} could belong to several labels and were left out.`, found[0]!.line));
    }
    waiting = [];
    values = [];
  };
  const setOnce = (field: HeaderField, value: string) => {
    if (!printed.has(field)) printed.set(field, value);
    else if (printed.get(field) !== value) problems.push(doubt('header-twice', `The header names ${field} twice: ${printed.get(field)} and ${value}. The first was taken.`));
  };
  const tokens = headerTokens(lines, layout);
  tokens.forEach((token, index) => {
    if ('field' in token) {
      if (values.length > 0) settle();
      const next = tokens[index + 1];
      if (!(next && 'kind' in next && next.line === token.line && next.kind === kindOf(token.field))) waiting.push(token.field);
      return;
    }
    const before = tokens[index - 1];
    if (before && 'field' in before && before.line === token.line && kindOf(before.field) === token.kind) setOnce(before.field, token.printed);
    else values.push(token);
  });
  settle();

  const result: ReturnType<typeof parseHeader> = {};
  const missing: string[] = [];
  for (const { field, label } of layout.header) {
    const value = printed.get(field);
    if (value === undefined) {
      if (field !== 'caseNumber') missing.push(label);
    } else if (field === 'caseNumber') {
      const digits = value.replace(/\D/g, '');
      result.caseNumber = `CM${digits.slice(0, 2)}-${digits.slice(2)}`;
    } else if (field === 'priority') {
      result.priority = value.toLowerCase() as 'standard' | 'expedited';
    } else {
      const date = isoDate(value);
      if (date) result[field] = date;
      else problems.push(doubt('header-date', `The header's ${label} "${value}" is not a date and was left out.`));
    }
  }
  if (missing.length > 0) problems.push(doubt('header-missing', `The header does not give: ${missing.join(', ')}.`));
  if (!result.caseNumber) problems.push(doubt('no-case-number', "The letter has no case number; its file's name stands for it."));
  const order: DateField[] = ['dateOfInjury', 'urDenialDate', 'applicationReceived', 'dateAssigned', 'decisionDate'];
  const dated = order.filter((field) => result[field] !== undefined);
  dated.forEach((field, index) => {
    const earlier = dated[index - 1];
    if (earlier && result[earlier]! > result[field]!) {
      const label = (name: DateField) => layout.header.find((row) => row.field === name)!.label;
      problems.push(doubt('header-order', `The header's dates are out of order: ${label(earlier)} ${result[earlier]} is after ${label(field)} ${result[field]}.`));
    }
  });
  return result;
}

function headerTokens(lines: readonly Line[], layout: Layout): HeaderToken[] {
  const labels = layout.header.flatMap(({ label, cut, field }) => [label, cut].filter((text) => text !== undefined).map((text) => ({ text, field })));
  labels.sort((a, b) => b.text.length - a.text.length);
  const groups = [
    ...labels.map(({ text }, index) => `(?<label${index}>\\b${text.split(' ').map(RegExp.escape).join('\\s*')}\\b\\s*:?)`),
    ...Object.entries(VALUES).map(([kind, pattern]) => `(?<${kind}>${pattern})`),
  ];
  const { text, starts } = joinLines(lines);
  const tokens: HeaderToken[] = [];
  let index = 0;
  for (const match of text.matchAll(new RegExp(groups.join('|'), 'gi'))) {
    while (starts[index + 1]! < match.index + match[0].length) index++;
    const line = lines[index]!.number;
    const [name] = Object.entries(match.groups!).find(([, value]) => value !== undefined)!;
    if (name.startsWith('label')) tokens.push({ line, field: labels[Number(name.slice('label'.length))]!.field });
    else tokens.push({ line, kind: name as ValueKind, printed: match[0] });
  }
  return tokens;
}

/** Independent medical review began in 2013, and an injury before 1950 is no longer treated: `88` is 1988, `17` is 2017. */
const OLDEST_TWO_DIGIT_YEAR = 50;

/** `01/04/2017`, `1-4-17` or `January 4, 2017` as an ISO day; undefined when there is no such day. */
export function isoDate(printed: string): string | undefined {
  const numbers = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$/.exec(printed);
  const words = /^([a-z]+)\s+(\d{1,2}),?\s+(\d{4})$/i.exec(printed);
  let parts: [year: number, month: number, day: number];
  if (numbers) {
    const printedYear = Number(numbers[3]);
    const century = numbers[3]!.length === 4 ? 0 : printedYear < OLDEST_TWO_DIGIT_YEAR ? 2000 : 1900;
    parts = [century + printedYear, Number(numbers[1]), Number(numbers[2])];
  } else if (words) parts = [Number(words[3]), MONTHS.indexOf(words[1]!.toLowerCase()) + 1, Number(words[2])];
  else return undefined;
  const [year, month, day] = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 1900 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

// --- credentials ----------------------------------------------------------------------------------------------------

function parseCredentials(lines: readonly Line[], layout: Layout): Pick<PrintedLetter, 'licensure' | 'specialty'> {
  const found = findLabels(joinLines(lines), layout.credentials);
  const value = (field: string) => {
    const label = found.tokens.find((token) => token.field === field);
    return label ? plainText(joinParagraphs(found.linesBetween(label, nextToken(found.tokens, label))).join(' ')) : '';
  };
  return { licensure: value('licensure'), specialty: value('specialty') };
}

// --- decisions ------------------------------------------------------------------------------------------------------

/**
 * Reads the disputed items. In each, the outcome and the fields come in the layout's order, so an item that lacks one, or has one
 * twice, cannot be told from its neighbour: such a letter has a serious problem, because an outcome could come to stand beside
 * another item's request.
 */
function parseDecisions(lines: readonly Line[], layout: Layout, problems: Problem[]): PrintedDecision[] {
  const { outcomes, fields } = layout.decision;
  const document = joinLines(lines);
  const { tokens, linesBetween, lineAt } = findLabels(document, fields, Object.keys(outcomes));
  const separated = lines.some((line) => !line.text);
  const decisions: PrintedDecision[] = [];
  let at = 0;
  let from: number | Token = 0;
  while (at < tokens.length) {
    const outcome = tokens[at]!;
    if (outcome.field !== 'outcome') {
      problems.push(serious('decision-without-outcome', `"${outcome.printed}" follows where a request and its outcome should: an item has no outcome, or a field twice`, lineAt(outcome.start)));
      return [];
    }
    const before = linesBetween(from, outcome);
    const printed = requestLines(before, decisions.length === 0);
    const request = plainText(joinParagraphs(printed).join(' '));
    if (!request) {
      problems.push(serious('decision-without-request', `it cannot be told which words before the outcome "${outcome.printed}" are its request`, lineAt(outcome.start)));
      return [];
    }
    if (separated && beginsInsidePage(before, printed)) {
      problems.push(serious('request-unclear', `it cannot be told where the rationale ends and the request "${shorten(request)}" begins: a page ends between them without a full stop`, printed[0]!.number));
      return [];
    }
    const texts: Partial<Record<DecisionField, Paragraphs>> = {};
    for (const [index, field] of fields.entries()) {
      const token = tokens[at + 1 + index];
      if (token?.field !== field.field) {
        problems.push(serious('decision-incomplete', `the item "${shorten(request)}" has no "${field.label}:" where it should stand`, lineAt(token?.start ?? document.text.length)));
        return [];
      }
      const last = index === fields.length - 1;
      const following = tokens[at + 2 + index];
      const between = linesBetween(token, following);
      texts[field.field] = fieldText(last && following ? between.slice(0, between.findLastIndex((line) => line.text) + 1 - requestLines(between, false).length) : between);
      if (texts[field.field]!.length === 0) {
        if (field.field === 'rationale') {
          problems.push(serious('rationale-empty', `the item "${shorten(request)}" has an empty rationale`, lineAt(token.start)));
          return [];
        }
        problems.push(doubt('field-empty', `Decision ${decisions.length + 1} has no text for the ${field.words}.`, lineAt(token.start)));
      }
    }
    decisions.push({ request, outcome: outcomes[outcome.printed]!, ...(texts as Record<DecisionField, Paragraphs>) });
    from = tokens[at + fields.length]!;
    at += fields.length + 1;
  }
  if (decisions.length === 0) problems.push(serious('no-decisions', 'it has the headings of a letter but no disputed item with an outcome', lines[0]?.number));
  return decisions;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** How a modified request goes on after its first sentence; such a sentence begins no request. */
const MODIFIED_REQUEST_GOES_ON = /^(?:The remaining|The original request|The Claims Administrator|of the original|leaving the|authorized by|was the original)/i;
const MODIFIED_REQUEST_SENTENCE_ENDS = /(?:original request|Claims Administrator|authorized|certified|approved)\.$/i;
const SENTENCE_MARK = /[.?!]["\u201d')\]]?$/;
/** `p.o.`, `L.V.N.`: its last point is not a sentence's. */
const DOTTED_ABBREVIATION = /(?:^|[\s(])\p{L}\.(?:\p{L}\.)+$/u;
/** What a rationale argues and a request never does. */
const MEDICAL_NECESSITY = /\bmedical(?:ly)?\s+necess(?:ary|ity)\b/i;

/**
 * The lines of a request at the end of `lines`, which begin with the rationale of the item before unless `first`.
 * A blank line stands before a request, except at the top of a page, and except in texts that have no blank lines at all.
 */
function requestLines(lines: readonly Line[], first: boolean): Line[] {
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

function endsSentence(line: string): boolean {
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
function beginsInsidePage(lines: readonly Line[], request: readonly Line[]): boolean {
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

// --- text with labels -----------------------------------------------------------------------------------------------

interface LetterText {
  text: string;
  /** Where each line begins in the text. */
  starts: number[];
  lines: readonly Line[];
}

interface Token {
  field: string;
  /** Where its value begins. For an outcome: the end of it. */
  end: number;
  start: number;
  printed: string;
}

function joinLines(lines: readonly Line[]): LetterText {
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    starts.push(text.length);
    text += `${line.text}\n`;
  }
  return { text, starts, lines };
}

function leadIn(layout: Layout, name: SectionName): string | undefined {
  return layout.sections.find((section) => section.name === name)?.leadIn;
}

/** Lines after a section's standard sentence, if it has one near its beginning. */
function afterLeadIn(lines: readonly Line[], sentenceEnd: string | undefined): Line[] {
  const document = joinLines(lines);
  const match = sentenceEnd === undefined ? null : new RegExp(spaced(sentenceEnd), 'i').exec(document.text.slice(0, 600));
  return match ? sliceLines(document, match.index + match[0].length, document.text.length) : [...lines];
}

/** A label as a pattern in which blanks may be lost or doubled. */
function spaced(label: string): string {
  return label.split(' ').map(RegExp.escape).join('\\s*');
}

function nextToken(tokens: readonly Token[], token: Token): Token | undefined {
  return tokens[tokens.indexOf(token) + 1];
}

/** All labels, and outcomes after a colon at the end of a line, in the order of the text. */
function findLabels(document: LetterText, labels: readonly { label: string; field: string }[], outcomes: readonly string[] = []) {
  const patterns = labels.map(({ label }, index) => `(?<label${index}>${spaced(label)}\\s*:)`);
  if (outcomes.length > 0) patterns.push(`:\\s*(?<outcome>${outcomes.map(RegExp.escape).join('|')})\\s*(?=\\n|${spaced(labels[0]!.label)})`);
  const tokens: Token[] = [];
  for (const match of document.text.matchAll(new RegExp(patterns.join('|'), 'g'))) {
    const [name, printed] = Object.entries(match.groups!).find(([, value]) => value !== undefined)!;
    const field = name === 'outcome' ? name : labels[Number(name.slice('label'.length))]!.field;
    tokens.push({ field, start: match.index, end: match.index + match[0].length, printed });
  }
  return {
    tokens,
    lineAt: (position: number) => document.lines[Math.max(0, document.starts.findLastIndex((start) => start <= position))]?.number,
    /** Lines from a token's value (or a position) up to the next token. */
    linesBetween: (from: Token | number, to: Token | undefined) => sliceLines(document, typeof from === 'number' ? from : from.end, to?.start ?? document.text.length),
  };
}

function sliceLines({ text, starts, lines }: LetterText, from: number, to: number): Line[] {
  return lines.flatMap((line, index) => {
    const start = starts[index]!;
    const end = start + line.text.length;
    if (end < from || start >= to || (end === from && start < from)) return [];
    return [{ ...line, text: text.slice(Math.max(start, from), Math.min(end, to)).trim() }];
  });
}
