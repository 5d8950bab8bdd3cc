/** What a search found, as elements. */
import { href } from '../../base.ts';
import { VALUE_SEPARATOR, compareText } from '../../determinations/record.ts';
import type { DecisionOutcome } from '../../determinations/record.ts';
import { FACETS, facet, valueLabel } from '../../facets.ts';
import { pageNumbers } from '../../paging.ts';
import { saveAttributes } from '../../research/save-attributes.ts';
import { casePath, caseSlug, decisionPath } from '../../urls.ts';
import { count, dayText, listText, numberText } from '../../words.ts';
import { valuesOf } from '../engine.ts';
import { excerpt, excerpts, markPlaces } from '../excerpt.ts';
import type { Piece } from '../excerpt.ts';
import type { Found, Result } from '../searcher.ts';
import { EMPTY_STATE, withoutValue } from '../state.ts';
import type { SearchState } from '../state.ts';
import { isoDay } from '../table.ts';
import { TEXT_PARTS } from '../text-record.ts';
import type { TextPartName, TextRecord } from '../text-record.ts';
import { element, shorten, slot } from './dom.ts';
import type { Templates } from './dom.ts';
import { searchHref, searchLink } from './links.ts';
import { missingWords } from './understood.ts';

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

/** The most specific of a decision's values in one facet, in words; sorted, because the letter's order is not known everywhere. */
export function valuesText(values: readonly string[]): string {
  return listText(values.filter((value) => !values.some((other) => other.startsWith(value + VALUE_SEPARATOR))).sort(compareText).map(valuePathLabel));
}

/** A value with all its steps in words: `MTUS: Shoulder Complaints`. */
function valuePathLabel(value: string): string {
  return value.split(VALUE_SEPARATOR).map(valueLabel).join(': ');
}

/** The chosen filters in words, each with the same search without it. */
export function chosenFilters(state: SearchState): { label: string; without: SearchState }[] {
  const chosen = FACETS.flatMap(({ name, label }) => (state.facets.get(name) ?? []).map((value) => ({ label: `${label}: ${valuePathLabel(value)}`, without: withoutValue(state, name, value) })));
  if (state.from) chosen.push({ label: `From ${dayText(state.from)}`, without: { ...state, from: undefined, page: 1 } });
  if (state.to) chosen.push({ label: `To ${dayText(state.to)}`, without: { ...state, to: undefined, page: 1 } });
  return chosen;
}

/** The chosen filters, each a link to the same search without it. */
export function filterLinks(state: SearchState): HTMLElement[] {
  const remove = (label: string, without: SearchState): HTMLElement =>
    element('a', { class: 'chosen', href: searchHref(without), 'data-search': '' }, element('span', { class: 'visually-hidden' }, 'Remove filter '), label, element('span', { class: 'chosen__sign', 'aria-hidden': 'true' }, '×'));
  const links = chosenFilters(state).map(({ label, without }) => remove(label, without));
  if (links.length > 1) links.push(element('a', { class: 'chosen chosen--all', href: searchHref({ ...EMPTY_STATE, q: state.q, sort: state.sort }), 'data-search': '' }, 'Remove all filters'));
  return links;
}

/** What the search could not do as asked, and what to do when it found nothing. */
export function notes({ state, reading, partial, answer, unknown, unknownCases, loosenings }: Found): HTMLElement[] {
  const found: HTMLElement[] = [];
  const say = (...words: readonly (Node | string)[]): number => found.push(element('p', {}, ...words));
  for (const { name, value } of unknown) say(`No decision here has “${shorten(value)}” as ${facet(name).label.toLowerCase()}.`);
  for (const { text, digitsOnly } of unknownCases) say(element('strong', {}, digitsOnly ? `No case in this collection has the number ${text}.` : `No case ${text} in this collection.`));
  const missing = missingWords(reading).map(shorten);
  if (missing.length > 0) say(element('strong', {}, `${listText(missing)} ${missing.length === 1 ? 'occurs' : 'occur'} in no decision.`));
  if (answer.decisions.length > 0) return found;

  if (missing.length === 0 && unknownCases.length === 0 && !partial) {
    say(element('strong', {}, reading.marks.length > 1 ? `No decision ${hasFiltersWords(state)}holds all of these words.` : 'No decision fits this search.'));
  }
  const links = loosenings.map(({ without, state: looser, decisions }) => element('li', {}, searchLink(looser, `Search without ${shorten(without)}`), ` (${count(decisions, 'decision')})`));
  if (unknownCases.length > 0) {
    links.unshift(element('li', {}, 'Check the number: CM, two digits of the year, seven digits, as in CM00-0000001.'));
    links.push(element('li', {}, element('a', { href: href('cases/') }, 'See all cases of this collection')));
  }
  if (missing.length > 0) links.unshift(element('li', {}, 'Check the spelling, or try another word for the same thing.'));
  links.push(element('li', {}, searchLink(EMPTY_STATE, 'Start again with all decisions')));
  found.push(element('p', {}, 'What you can do:'), element('ul', {}, ...links));
  return found;
}

function hasFiltersWords({ facets, from, to }: SearchState): string {
  const names = FACETS.filter(({ name }) => facets.has(name)).map(({ label }) => label);
  if (from !== undefined || to !== undefined) names.push('Date of decision');
  return names.length > 0 ? `that fits the chosen ${listText(names)} ` : '';
}

/** Links to the other pages of the result; none when there is one page. */
export function pageLinks({ state, pages }: Pick<Found, 'state' | 'pages'>, templates: Templates): HTMLElement[] {
  if (pages < 2) return [];
  const link = (page: number, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | string)[]): HTMLElement =>
    element('li', {}, element('a', { ...attributes, href: searchHref({ ...state, page }), 'data-search': '' }, ...children));
  const items: HTMLElement[] = [];
  if (state.page > 1) items.push(link(state.page - 1, { rel: 'prev' }, templates('previous')));
  for (const page of pageNumbers(state.page, pages)) {
    if (page === 'gap') items.push(element('li', {}, element('span', { 'aria-hidden': 'true' }, '…')));
    else items.push(link(page, page === state.page ? { 'aria-current': 'page' } : {}, element('span', { class: 'visually-hidden' }, 'Page '), numberText(page)));
  }
  if (state.page < pages) items.push(link(state.page + 1, { rel: 'next' }, templates('next')));
  return [element('ul', {}, ...items)];
}
