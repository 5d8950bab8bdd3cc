/**
 * Identifiers in a letter's lines: found before the letter is read, so that nothing that is made of it, and no message about it, can say
 * them. Each is replaced by a mark, which the fields then show where it stood; at the end a mark becomes `[redacted]`.
 */
import type { Decision, Determination } from '../../src/determinations/record.ts';
import type { Line } from '../letters/clean.ts';
import { doubt, serious } from '../letters/problem.ts';
import type { Problem } from '../letters/problem.ts';
import type { HiddenText } from '../letters/read.ts';
import { lineIndexAt, sectionText } from '../letters/text.ts';
import { KINDS, findIdentifiers } from './find.ts';
import type { Identifier, IdentifierKind } from './find.ts';

/** Of the doubts that say what was redacted. */
export const REDACTED = 'redacted';

/** What was found in a letter, without its words. Its mark has its index. */
export interface Finding {
  kind: IdentifierKind;
  /** Line of the letter's text, counted from 1; none for hidden text that is not in it. */
  line?: number;
  /** Of hidden text: where it is, and what hides it. */
  hidden?: { page: number; words: number; how: HiddenText['how'] };
}

export type FindingCounts = Partial<Record<IdentifierKind, number>>;

/** One of these, behind the word and a bracket, tells a mark from the next. They are for private use, and no letter means anything by them there. */
const FIRST_MARK = 0xe000;
const MARKS = 0x1000;
const MARKED = /(?<=\[redacted)[\ue000-\uefff]/g;

function mark(index: number): string {
  return `[redacted${String.fromCharCode(FIRST_MARK + (index % MARKS))}]`;
}

/** Lines in which marks stand for identifiers and for what a reader of the letter's file does not see. */
export function markIdentifiers(lines: readonly Line[], hidden: readonly HiddenText[]): { lines: Line[]; findings: Finding[] } {
  const own = lines.some(({ text }) => text.search(MARKED) !== -1) ? lines.map((line) => ({ ...line, text: unmarked(line.text) })) : lines;
  const { text, starts } = sectionText(own);
  const places: (Identifier & Pick<Finding, 'hidden'>)[] = findIdentifiers(text);
  const findings: Finding[] = [];
  for (const piece of hidden) {
    const words = piece.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    if (words === 0) continue;
    const said = { page: piece.page, words, how: piece.how };
    const found = occurrences(text, starts, own, piece);
    if (found.length === 0) findings.push({ kind: 'hidden-text', hidden: said });
    for (const place of found) places.push({ kind: 'hidden-text', ...place, hidden: said });
  }
  const apart: typeof places = [];
  for (const place of places.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (!last || place.start >= last.end) apart.push({ ...place });
    else {
      last.end = Math.max(last.end, place.end);
      // That it is hidden is the graver.
      if (place.hidden) Object.assign(last, { kind: place.kind, hidden: place.hidden });
    }
  }
  if (apart.length === 0) return { lines: [...own], findings };
  const parts = own.map(() => '');
  const emptied = new Set<number>();
  let at = 0;
  const copy = (to: number): void => {
    while (at < to) {
      const line = lineIndexAt(starts, at);
      const end = Math.min(to, starts[line + 1] ?? text.length);
      parts[line] += text.slice(at, end).replace(/\n$/, '');
      at = end;
    }
  };
  for (const { start, end, kind, hidden } of apart) {
    copy(start);
    const [first, last] = [lineIndexAt(starts, start), lineIndexAt(starts, end - 1)];
    parts[first] += mark(findings.length);
    for (let line = first + 1; line <= last; line++) emptied.add(line);
    findings.push({ kind, line: own[first]!.number, ...(hidden ? { hidden } : {}) });
    at = end;
  }
  copy(text.length);
  // A line of which nothing is left is no blank line, which would end a paragraph.
  return { lines: own.flatMap((line, index) => (emptied.has(index) && !parts[index]!.trim() ? [] : [{ ...line, text: parts[index]!.trim() }])), findings };
}

/** Where hidden words stand on their page, in whatever lines. */
function occurrences(text: string, starts: readonly number[], lines: readonly Line[], { page, text: words }: HiddenText): { start: number; end: number }[] {
  const pieces = words.trim().split(/\s+/).map((word) => RegExp.escape(word));
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])${pieces.join(String.raw`\s+`)}(?![\p{L}\p{N}])`, 'gu');
  const found = [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  return found.filter(({ start }) => lines[lineIndexAt(starts, start)]!.page === page);
}

/** A text, or all texts of a value, in which marks are `[redacted]`. */
export function unmarked<T>(value: T): T {
  if (typeof value === 'string') return value.replace(MARKED, '') as T;
  if (Array.isArray(value)) return value.map((entry: unknown) => unmarked(entry)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, unmarked(entry)])) as T;
}

/** How often each kind was found, in the order of the kinds. */
export function countFindings(findings: readonly Pick<Finding, 'kind'>[]): FindingCounts {
  return Object.fromEntries(kindsOf(findings).map((kind) => [kind, findings.filter((finding) => finding.kind === kind).length]));
}

function kindsOf(findings: readonly Pick<Finding, 'kind'>[]): IdentifierKind[] {
  return (Object.keys(KINDS) as IdentifierKind[]).filter((kind) => findings.some((finding) => finding.kind === kind));
}

const UNPUBLISHED = 'a part of the letter that is not published';
/** Places of a kind that a message names. */
const NAMED_PLACES = 6;

/**
 * The problem of a letter that holds identifiers. Says kinds and places, never the words.
 * @param record still with its marks; undefined when the letter could not be read, and the places are lines
 */
export function privacyProblem(findings: readonly Finding[], record: MarkedRecord | undefined): Problem {
  const kinds = kindsOf(findings);
  const places = placesIn(record);
  const said = kinds.map((kind) => {
    const where = findings.flatMap((finding, index) => (finding.kind === kind ? [exactPlace(finding, record && places.get(index))] : []));
    const more = where.length - NAMED_PLACES;
    const { one, many } = KINDS[kind];
    return `${where.length === 1 ? one : many} (${where.slice(0, NAMED_PLACES).join('; ')}${more > 0 ? `; and ${more} more` : ''})`;
  });
  const line = Math.min(...findings.flatMap((finding) => finding.line ?? []));
  return serious(`privacy-${kinds[0]}`, `it holds ${said.join(', ')}. Redact the letter and import it again, or import with --redact`, line === Infinity ? undefined : line);
}

/** The problem of a letter with hidden words that are not found in its text as they stand on its page, so that they cannot be taken out of it; undefined when it has none. */
export function unplacedProblem(findings: readonly Finding[]): Problem | undefined {
  const places = findings.flatMap((finding) => (finding.hidden && finding.line === undefined ? [exactPlace(finding, undefined)] : []));
  if (places.length === 0) return undefined;
  return serious('privacy-hidden-text', `it holds hidden text (${places.slice(0, NAMED_PLACES).join('; ')}) that cannot be told from its other words, so that it is not redacted. Redact the letter itself and import it again`);
}

/** What was redacted, as doubts: they become the notes of the record. */
export function redactionNotes(findings: readonly Finding[], record: MarkedRecord): Problem[] {
  const places = placesIn(record);
  const notes = new Map<string, number>();
  for (const [index, { kind, hidden }] of findings.entries()) {
    const place = hidden ? `on page ${hidden.page}` : `in ${places.get(index)?.field ?? UNPUBLISHED}`;
    const key = `${kind}\0${place}`;
    notes.set(key, (notes.get(key) ?? 0) + 1);
  }
  return [...notes].map(([key, count]) => {
    const [kind, place] = key.split('\0') as [IdentifierKind, string];
    return doubt(REDACTED, redactionWords(kind, count, place));
  });
}

/** `A name was redacted at import in the rationale of decision 2.` */
export function redactionWords(kind: IdentifierKind, count: number, place: string): string {
  const { one, many } = KINDS[kind];
  const what = count === 1 ? one : `${count} ${many}`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} ${count === 1 ? 'was' : 'were'} ${REDACTION_SAID} ${place}.`;
}

const REDACTION_SAID = 'redacted at import';
/** Whether a note is of redactionWords, where only the words are left. */
export function isRedactionNote(note: string): boolean {
  return Object.values(KINDS).some(({ one, many }) => new RegExp(`^(?:${one}|\\d+ ${many}) (?:was|were) ${REDACTION_SAID} `, 'i').test(note));
}

const HIDDEN_BY: Readonly<Record<HiddenText['how'], string>> = { covered: 'that the page covers', invisible: 'that are not drawn so that they can be seen', outside: 'beyond the edge of the page' };

function exactPlace({ line, hidden }: Finding, place: Place | undefined): string {
  if (hidden) return `page ${hidden.page}: ${hidden.words === 1 ? '1 word' : `${hidden.words} words`} ${HIDDEN_BY[hidden.how]}`;
  if (!place) return `line ${line}`;
  return place.paragraph === undefined ? place.field : `${place.field}, paragraph ${place.paragraph}`;
}

interface Place {
  /** In words, with its article. */
  field: string;
  /** Counted from 1. */
  paragraph?: number;
}
type MarkedRecord = Omit<Determination, 'id'>;

const DECISION_TEXTS: readonly [field: keyof Pick<Decision, 'rationale' | 'reviewerGuidelineText' | 'claimsAdministratorGuidelineText'>, words: string][] = [
  ['claimsAdministratorGuidelineText', "the claims administrator's guideline"],
  ['reviewerGuidelineText', "the reviewer's guideline"],
  ['rationale', 'the rationale'],
];

/** Where each mark stands in the record: the first place where it is printed. Those of parts that are not published are missing. */
function placesIn(record: MarkedRecord | undefined): Map<number, Place> {
  const places = new Map<number, Place>();
  if (!record) return places;
  const note = (text: string, place: Place): void => {
    for (const [sign] of text.matchAll(MARKED)) {
      const index = sign.charCodeAt(0) - FIRST_MARK;
      if (!places.has(index)) places.set(index, place);
    }
  };
  const noteAll = (texts: readonly string[], field: string): void => texts.forEach((text, index) => note(text, { field, paragraph: index + 1 }));
  noteAll(record.clinicalSummary, 'the clinical summary');
  noteAll(record.documentsReviewed ?? [], 'the documents reviewed');
  for (const [index, decision] of record.decisions.entries()) {
    note(decision.request, { field: `the request of decision ${index + 1}` });
    for (const [field, words] of DECISION_TEXTS) noteAll(decision[field], `${words} of decision ${index + 1}`);
  }
  for (const text of [...record.licensure, ...record.specialty, ...(record.specialtyAsPrinted ?? [])]) note(text, { field: "the reviewer's credentials" });
  return places;
}
