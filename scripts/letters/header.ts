/** The header table of a letter, and what its sentences say of the same dates. */
import { plainText } from '../../src/determinations/plain-text.ts';
import type { Line } from './clean.ts';
import type { DateField, HeaderField, HeaderLabel, Layout } from './layouts.ts';
import { doubt } from './problem.ts';
import type { Problem } from './problem.ts';
import { sectionText, spaced } from './text.ts';

/** What the header gives. Dates are ISO days. */
export interface PrintedHeader extends Partial<Record<DateField, string>> {
  caseNumber?: string;
  priority?: 'standard' | 'expedited';
}

type ValueKind = 'caseNumber' | 'priority' | 'date';
type HeaderToken = { line: number } & ({ field: HeaderField } | { kind: ValueKind; printed: string });

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const VALUES: Readonly<Record<ValueKind, string>> = {
  caseNumber: String.raw`CM\s?\d{2}\s?[-\u2010-\u2015\u2212]?\s?\d{7}(?!\d)`,
  priority: String.raw`\b(?:Standard|Expedited)\b`,
  date: String.raw`\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|(?:${MONTHS.join('|')})\s\d{1,2},?\s\d{4}`,
};

/** Spelled so, a value is known from the record alone; any other spelling is noted. */
const PLAIN: Readonly<Record<ValueKind, RegExp>> = { caseNumber: /^CM\d{2}-\d{7}$/, priority: /^/, date: /^\d{1,2}\/\d{1,2}\/\d{4}$/ };

function kindOf(field: HeaderField): ValueKind {
  return field === 'caseNumber' || field === 'priority' ? field : 'date';
}

/**
 * Reads the header table in whatever order an extractor gives its cells: a value on its label's line belongs to that label;
 * values below a run of labels belong to them in order, but only when there are as many values as labels, because a
 * cell may be empty and a date beside the wrong label is worse than none. What the table lacks, the sentences of the
 * application may say.
 */
export function parseHeader(lines: readonly Line[], application: readonly Line[], layout: Layout, problems: Problem[]): PrintedHeader {
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
    else if (plainValue(field, printed.get(field)!) !== plainValue(field, value)) problems.push(doubt('header-twice', `The header names ${field} twice: ${printed.get(field)} and ${value}. The first was taken.`));
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

  for (const { field, value } of statedDates(application, layout)) setOnce(field, value);

  const stated = (layout.application ?? []).filter(({ field }) => !layout.header.some((row) => row.field === field));
  const rows: readonly HeaderLabel[] = [...layout.header, ...stated.map(({ label, field }) => ({ label, field, optional: true as const }))];
  const result: PrintedHeader = {};
  const missing: string[] = [];
  const respelled: string[] = [];
  for (const { field, label: cell, optional } of rows) {
    const value = printed.get(field);
    const label = cell.replace(/:$/, '');
    if (value === undefined) {
      if (field !== 'caseNumber' && !optional) missing.push(label);
      continue;
    }
    const plain = plainValue(field, value);
    if (plain === undefined) problems.push(doubt('header-date', `The header's ${label} "${value}" is not a date and was left out.`));
    else {
      Object.assign(result, { [field]: plain });
      if (!PLAIN[kindOf(field)].test(value)) respelled.push(`${label} as "${plainText(value)}"`);
    }
  }
  if (respelled.length > 0) problems.push(doubt('header-respelled', `The header prints ${respelled.join(', ')}.`));
  if (missing.length > 0) problems.push(doubt('header-missing', `The header does not give: ${missing.join(', ')}.`));
  if (!result.caseNumber) problems.push(doubt('no-case-number', "The letter has no case number; its file's name stands for it."));
  const labelOf = (field: DateField) => rows.find((row) => row.field === field)!.label.replace(/:$/, '');
  const order: DateField[] = ['dateOfInjury', 'urDenialDate', 'applicationReceived', 'dateAssigned', 'decisionDate'];
  const dated = order.filter((field) => result[field] !== undefined);
  dated.forEach((field, index) => {
    const earlier = dated[index - 1];
    if (earlier && result[earlier]! > result[field]!) {
      problems.push(doubt('header-order', `The header's dates are out of order: ${labelOf(earlier)} ${result[earlier]} is after ${labelOf(field)} ${result[field]}.`));
    }
  });
  return result;
}

/** The value as the record has it; undefined for a day that does not exist. */
function plainValue(field: HeaderField, printed: string): string | undefined {
  if (field === 'priority') return printed.toLowerCase();
  if (field !== 'caseNumber') return isoDate(printed.replace(/\s+/g, ' '));
  const digits = printed.replace(/\D/g, '');
  return `CM${digits.slice(0, 2)}-${digits.slice(2)}`;
}

/** Dates that directly follow the words of the layout's sentences about the application. */
function statedDates(lines: readonly Line[], { application = [] }: Layout): { field: DateField; value: string }[] {
  const { text } = sectionText(lines);
  return application.flatMap(({ words, field }) => {
    const value = new RegExp(`${spaced(words)}\\s*(${VALUES.date})`, 'i').exec(text)?.[1];
    return value === undefined ? [] : [{ field, value }];
  });
}

function headerTokens(lines: readonly Line[], layout: Layout): HeaderToken[] {
  const labels = layout.header.flatMap(({ label, cut, field }) => [label, cut].filter((text) => text !== undefined).map((text) => ({ text, field })));
  labels.sort((a, b) => b.text.length - a.text.length);
  const groups = [
    ...labels.map(({ text }, index) => `(?<label${index}>\\b${spaced(text.replace(/:$/, ''))}\\b\\s*${text.endsWith(':') ? ':' : ':?'})`),
    ...Object.entries(VALUES).map(([kind, pattern]) => `(?<${kind}>${pattern})`),
  ];
  const { text, starts } = sectionText(lines);
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
