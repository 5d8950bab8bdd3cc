/** One result, as elements. Loaded when there is one to show. */
import { href } from '../../base.ts';
import { VALUE_SEPARATOR } from '../../determinations/record.ts';
import type { DecisionOutcome } from '../../determinations/record.ts';
import { FACETS } from '../../facets.ts';
import { saveAttributes } from '../../research/save-attributes.ts';
import { casePath, caseSlug, decisionPath } from '../../urls.ts';
import { dayText } from '../../words.ts';
import { valuesOf } from '../engine.ts';
import { excerpt, excerpts, markPlaces } from '../excerpt.ts';
import type { Piece } from '../excerpt.ts';
import type { Found, Result } from '../searcher.ts';
import { isoDay } from '../table.ts';
import { TEXT_PARTS } from '../text-record.ts';
import type { TextPartName, TextRecord } from '../text-record.ts';
import { element, slot } from './dom.ts';
import type { Templates } from './dom.ts';
import { valuesText } from './render.ts';

/** Facets whose values a result shows as words; the outcome has a sign of its own, the year stands in the date, drugs and body parts in the request. */
export const SHOWN_FACETS = FACETS.filter(({ name }) => name === 'service' || name === 'guideline' || name === 'specialty');
/** The request is the title. The subject is our own words, so it is shown only where nothing else says why a decision was found. */
const EXCERPTED: readonly TextPartName[] = TEXT_PARTS.flatMap(({ name }) => (name === 'request' || name === 'subject' ? [] : [name]));

/** What names a result within the page, for the way back to it. */
export function resultId(caseId: string, number: number): string {
  return `result-${caseSlug(caseId)}-${number}`;
}

/** One result. */
export function resultItem({ decision, record, places }: Result, { table }: Pick<Found, 'table'>, templates: Templates): DocumentFragment {
  const item = templates('result');
  const { caseId, number, request, words, parts } = record;
  item.querySelector('article')!.id = resultId(caseId, number);
  const link = slot(item, 'link');
  link.setAttribute('href', href(decisionPath(caseId, number)));
  link.append(...marked(requestPieces(request, words, places, parts.get('request') ?? [0, 0])));
  const outcome = valuesOf(table, decision, 'outcome')[0];
  if (outcome) slot(item, 'outcome').replaceWith(templates(`outcome-${outcome}`));
  slot(item, 'excerpts').replaceWith(...excerptLines(record, places));
  const day = isoDay(table.day[decision]!);
  slot(item, 'meta').append(
    element('li', {}, element('a', { href: href(casePath(caseId)), 'data-letter': '' }, caseId)),
    element('li', {}, day ? element('time', { datetime: day }, dayText(day)) : 'undated'),
    ...SHOWN_FACETS.flatMap(({ name, label }) => {
      const values = valuesOf(table, decision, name);
      return values.length > 0 ? [element('li', {}, `${label}: ${valuesText(values)}`)] : [];
    }),
  );
  if (outcome) {
    const words = { caseNumber: /^CM\d{2}-\d{7}$/.test(caseId) ? caseId : undefined, decisionDate: day, request, outcome: outcome as DecisionOutcome, service: serviceOf(valuesOf(table, decision, 'service')) };
    for (const [name, value] of Object.entries(saveAttributes(caseId, number, words))) slot(item, 'save').setAttribute(name, value);
  }
  return item;
}

/** The whole value of a service: its category is a value too. */
function serviceOf(values: readonly string[]): string {
  return values.find((value) => value.includes(VALUE_SEPARATOR)) ?? values[0] ?? '';
}

/** The request as printed. Its words in the index may differ from it in nothing but a full stop at the end. */
function requestPieces(request: string, words: readonly string[], places: ReadonlySet<number>, range: readonly [number, number]): Piece[] {
  const printed = request.split(/\s+/);
  if (printed.length !== range[1] - range[0] || !printed.every((word, index) => words[range[0] + index]!.startsWith(word))) return [{ text: request, marked: false }];
  return markPlaces(printed, new Set([...places].map((place) => place - range[0])), [0, printed.length]);
}

/** The pieces of the text where words were found outside the request, those of one part together under its name; else the beginning of the reasons. */
function excerptLines({ words, parts }: TextRecord, places: ReadonlySet<number>): HTMLElement[] {
  const shown = new Map(EXCERPTED.flatMap((name) => (parts.has(name) ? [[name, parts.get(name)!]] : [])));
  const found = excerpts(words, places, shown);
  if (found.length === 0) {
    const [start, end] = parts.get('request') ?? [0, 0];
    const inTitle = [...places].some((place) => place >= start && place < end);
    const subject = inTitle ? [] : excerpts(words, places, new Map([['subject', parts.get('subject') ?? [0, 0]]]));
    const beginning = excerpt(words, places, parts.get('rationale') ?? [0, 0]);
    return [...(subject.length > 0 ? [excerptLine('subject', subject)] : []), ...(beginning.pieces.length > 0 ? [excerptLine('rationale', [beginning])] : [])];
  }
  return EXCERPTED.flatMap((name) => {
    const inPart = found.filter(({ part }) => part === name);
    return inPart.length > 0 ? [excerptLine(name, inPart)] : [];
  });
}

function excerptLine(name: TextPartName, found: readonly Pick<ReturnType<typeof excerpt>, 'pieces' | 'cutBefore' | 'cutAfter'>[]): HTMLElement {
  const label = TEXT_PARTS.find((part) => part.name === name)!.label;
  const text = element('span', { 'data-letter': '' });
  found.forEach(({ pieces, cutBefore }, index) => text.append(index > 0 ? ' … ' : cutBefore ? '… ' : '', ...marked(pieces)));
  if (found.at(-1)!.cutAfter) text.append(' …');
  return element('p', { class: 'result__excerpt' }, element('span', { class: 'result__part' }, `${label[0]!.toUpperCase()}${label.slice(1)}: `), text);
}

function marked(pieces: readonly Piece[]): (Node | string)[] {
  return pieces.flatMap((piece, index) => [index > 0 ? ' ' : '', piece.marked ? element('mark', {}, piece.text) : piece.text]);
}
