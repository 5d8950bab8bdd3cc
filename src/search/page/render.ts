/** What a search found, as elements, but for its results (result.ts). */
import { href } from '../../base.ts';
import { VALUE_SEPARATOR, compareText } from '../../determinations/record.ts';
import { FACETS, facet, valueLabel } from '../../facets.ts';
import { pageNumbers } from '../../paging.ts';
import { count, dayText, listText, numberText } from '../../words.ts';
import type { Found } from '../searcher.ts';
import { EMPTY_STATE, withoutValue } from '../state.ts';
import type { SearchState } from '../state.ts';
import { element, shorten } from './dom.ts';
import type { Templates } from './dom.ts';
import { searchHref, searchLink } from './links.ts';
import { missingWords } from './understood.ts';

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
