/** What a search found, as elements. All text goes in as text: letters and addresses are untrusted. */
import { href } from '../../base.ts';
import { VALUE_SEPARATOR } from '../../determinations/record.ts';
import { FACETS, facet, valueLabel } from '../../facets.ts';
import type { Facet } from '../../facets.ts';
import { overturnedText } from '../../outcomes.ts';
import { pageNumbers } from '../../paging.ts';
import { casePath, decisionPath } from '../../urls.ts';
import { count, dayText, listText, numberText } from '../../words.ts';
import { valueCounts, valuesOf } from '../engine.ts';
import { excerpt, markPlaces } from '../excerpt.ts';
import type { Piece } from '../excerpt.ts';
import { missingTerms } from '../match.ts';
import { queryWithout, termText } from '../query.ts';
import type { Found, Result } from '../searcher.ts';
import { EMPTY_STATE, formatState, withoutValue } from '../state.ts';
import type { SearchState } from '../state.ts';
import { isoDay } from '../table.ts';
import { TEXT_PARTS } from '../text-record.ts';
import type { TextPart } from '../text-record.ts';

/** Facets whose values a result shows as words; the outcome has a sign of its own, the year stands in the date. */
const SHOWN_FACETS = FACETS.filter(({ name }) => name !== 'outcome' && name !== 'year');
/** An element with text or other nodes in it. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, value);
  created.append(...children);
  return created;
}

/** The address of a search. */
export function searchHref(state: SearchState): string {
  return href('search/') + formatState(state);
}

/** `37 decisions in 21 cases` */
export function statusText({ answer }: Found): string {
  if (answer.decisions.length === 0) return '0 decisions';
  return `${count(answer.decisions.length, 'decision')} in ${count(answer.cases, 'case')}`;
}

/**
 * How the decisions of this search came out, in words; a share only of enough of them. Where an outcome is chosen, the others are counted
 * too: of the overturned ones all are overturned, which says nothing.
 */
export function splitText({ state, answer, table }: Found): string {
  const outcomes = valueCounts(table, answer, 'outcome');
  const [overturned = 0, upheld = 0] = ['overturned', 'upheld'].map((value) => outcomes.get(value));
  const split = { total: overturned + upheld, upheld, overturned };
  if (split.total === 0) return '';
  return `${state.facets.has('outcome') ? 'Of this search with any outcome, ' : ''}${overturnedText(split)} overturned: treatment approved.`;
}

/** One result. @param templates copies the page's markup of that name */
export function resultItem({ decision, record, places }: Result, { table }: Found, templates: (name: string) => DocumentFragment): DocumentFragment {
  const item = templates('result');
  const slot = (name: string): HTMLElement => item.querySelector<HTMLElement>(`[data-slot="${name}"]`)!;
  const { caseId, number, request, words, parts } = record;
  const requestRange = parts.get('request') ?? [0, 0];
  const link = slot('link');
  link.setAttribute('href', href(decisionPath(caseId, number)));
  link.append(...marked(requestPieces(request, words, places, requestRange)));
  const outcome = valuesOf(table, decision, 'outcome')[0];
  if (outcome) slot('outcome').replaceWith(templates(`outcome-${outcome}`));
  fillExcerpt(slot('excerpt'), record, places);
  const day = isoDay(table.day[decision]!);
  slot('meta').append(
    element('li', {}, element('a', { href: href(casePath(caseId)) }, caseId)),
    element('li', {}, day ? element('time', { datetime: day }, dayText(day)) : 'undated'),
    ...SHOWN_FACETS.flatMap((shown) => {
      const values = mostSpecific(valuesOf(table, decision, shown.name));
      return values.length > 0 ? [element('li', {}, `${shown.label}: ${listText(values.map(valuePathLabel))}`)] : [];
    }),
  );
  return item;
}

/** The request as printed. Its words in the index may differ from it in nothing but a full stop at the end. */
function requestPieces(request: string, words: readonly string[], places: ReadonlySet<number>, range: readonly [number, number]): Piece[] {
  const printed = request.split(/\s+/);
  return printed.length === range[1] - range[0] && printed.every((word, index) => words[range[0] + index]!.startsWith(word))
    ? markPlaces(printed, places, [0, printed.length])
    : [{ text: request, marked: false }];
}

/** The piece of the text where the words were found outside the request, else the beginning of the reasons. */
function fillExcerpt(target: HTMLElement, { words, parts }: Result['record'], places: ReadonlySet<number>): void {
  const holds = (name: TextPart['name']): boolean => {
    const [start, end] = parts.get(name) ?? [0, 0];
    return [...places].some((place) => place >= start && place < end);
  };
  const part = TEXT_PARTS.find(({ name }) => name !== 'request' && holds(name)) ?? TEXT_PARTS.find(({ name }) => name === 'rationale')!;
  const { pieces, cutBefore, cutAfter } = excerpt(words, places, parts.get(part.name) ?? [0, 0]);
  if (pieces.length === 0) return target.remove();
  if (part.name !== 'rationale') target.append(element('span', { class: 'result__part' }, `From the ${part.label}: `));
  target.append(cutBefore ? '… ' : '', ...marked(pieces), cutAfter ? ' …' : '');
}

function marked(pieces: readonly Piece[]): (Node | string)[] {
  return pieces.flatMap((piece, index) => [index > 0 ? ' ' : '', piece.marked ? element('mark', {}, piece.text) : piece.text]);
}

function mostSpecific(values: readonly string[]): string[] {
  return values.filter((value) => !values.some((other) => other.startsWith(value + VALUE_SEPARATOR)));
}

/** A value with all its steps in words: `MTUS: Shoulder Complaints`. */
function valuePathLabel(value: string): string {
  return value.split(VALUE_SEPARATOR).map(valueLabel).join(': ');
}

/** The chosen filters, each a link to the same search without it. */
export function chosenFilters(state: SearchState): HTMLElement[] {
  const remove = (label: string, without: SearchState): HTMLElement =>
    element('a', { class: 'chosen', href: searchHref(without), 'data-search': '' }, element('span', { class: 'visually-hidden' }, 'Remove filter '), label, element('span', { class: 'chosen__sign', 'aria-hidden': 'true' }, '×'));
  const links = FACETS.flatMap(({ name, label }: Facet) => (state.facets.get(name) ?? []).map((value) => remove(`${label}: ${valuePathLabel(value)}`, withoutValue(state, name, value))));
  if (state.from) links.push(remove(`From ${dayText(state.from)}`, { ...state, from: undefined, page: 1 }));
  if (state.to) links.push(remove(`To ${dayText(state.to)}`, { ...state, to: undefined, page: 1 }));
  if (links.length > 1) links.push(element('a', { class: 'chosen chosen--all', href: searchHref({ ...EMPTY_STATE, q: state.q, sort: state.sort }), 'data-search': '' }, 'Remove all filters'));
  return links;
}

/** What the reader should know about how the search was read, and what to do when it found nothing. */
export function notes({ state, query, answer, matches, unknown, unknownCases, loosenings }: Found): HTMLElement[] {
  const found: HTMLElement[] = [];
  const say = (...words: readonly (Node | string)[]): number => found.push(element('p', {}, ...words));
  for (const { name, value } of unknown) say(`No decision here has “${shorten(value)}” as ${facet(name).label.toLowerCase()}.`);
  if (query.leftOut > 0) say(`Only the first ${numberText(query.terms.length)} words were searched; ${count(query.leftOut, 'word')} after them ${query.leftOut === 1 ? 'was' : 'were'} left out.`);
  for (const { text, digitsOnly } of unknownCases) say(element('strong', {}, digitsOnly ? `No case in this collection has the number ${text}.` : `No case ${text} in this collection.`));
  const missing = missingTerms(matches);
  if (missing.length > 0) say(element('strong', {}, `${listText(missing.map(shorten))} ${missing.length === 1 ? 'occurs' : 'occur'} in no decision.`));
  const beginnings = matches.filter(({ found: how }) => how === 'beginning').map(({ term }) => shorten(termText(term)));
  if (beginnings.length > 0) say(`No decision holds ${listText(beginnings)} as a word. Decisions with words that begin so are shown.`);
  if (answer.decisions.length > 0) return found;

  if (missing.length === 0 && unknownCases.length === 0) {
    say(element('strong', {}, matches.length > 1 ? `No decision ${hasFiltersWords(state)}holds all of ${listText(matches.map(({ term }) => shorten(termText(term))))}.` : 'No decision fits this search.'));
  }
  const links = loosenings.map(({ without, state: looser, decisions }) => element('li', {}, element('a', { href: searchHref(looser), 'data-search': '' }, `Search without ${shorten(without)}`), ` (${count(decisions, 'decision')})`));
  if (unknownCases.length > 0) {
    links.unshift(element('li', {}, 'Check the number: CM, two digits of the year, seven digits, as in CM00-0000001.'));
    const words = queryWithout({ ...query, cases: [] });
    if (words !== '' && loosenings.length === 0) links.push(element('li', {}, element('a', { href: searchHref({ ...EMPTY_STATE, q: words }), 'data-search': '' }, 'Search the words alone')));
    links.push(element('li', {}, element('a', { href: href('cases/') }, 'See all cases of this collection')));
  }
  if (missing.length > 0) links.unshift(element('li', {}, `Check the spelling, or try another word for the same thing.`));
  links.push(element('li', {}, element('a', { href: searchHref(EMPTY_STATE), 'data-search': '' }, 'Start again with all decisions')));
  found.push(element('p', {}, 'What you can do:'), element('ul', {}, ...links));
  return found;
}

function hasFiltersWords({ facets, from, to }: SearchState): string {
  const names = FACETS.filter(({ name }) => facets.has(name)).map(({ label }) => label);
  if (from !== undefined || to !== undefined) names.push('Date of decision');
  return names.length > 0 ? `that fits the chosen ${listText(names)} ` : '';
}

/** What comes from an address may be of any length. */
function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Links to the other pages of the result; none when there is one page. */
export function pageLinks({ state, pages }: Found, templates: (name: string) => DocumentFragment): HTMLElement | undefined {
  if (pages < 2) return undefined;
  const link = (page: number, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | string)[]): HTMLElement =>
    element('li', {}, element('a', { ...attributes, href: searchHref({ ...state, page }), 'data-search': '' }, ...children));
  const items: HTMLElement[] = [];
  if (state.page > 1) items.push(link(state.page - 1, { rel: 'prev' }, templates('previous')));
  for (const page of pageNumbers(state.page, pages)) {
    if (page === 'gap') items.push(element('li', {}, element('span', { 'aria-hidden': 'true' }, '…')));
    else items.push(link(page, page === state.page ? { 'aria-current': 'page' } : {}, element('span', { class: 'visually-hidden' }, 'Page '), numberText(page)));
  }
  if (state.page < pages) items.push(link(state.page + 1, { rel: 'next' }, templates('next')));
  return element('ul', {}, ...items);
}
