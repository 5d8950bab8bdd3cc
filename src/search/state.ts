/**
 * What a reader searches for, and the same as the address of the search page. The address is a public contract (README, "Addresses"):
 * /search/?q=&outcome=&service=&specialty=&guideline=&year=&from=&to=&sort=&page=, facets repeat.
 * Addresses come from anywhere, so what is not understood is left out and nothing throws.
 */
import { FACETS } from '../facets.ts';
import type { FacetName } from '../facets.ts';
import { UNDATED, dayNumber } from './table.ts';

export const SORTS = ['relevance', 'newest', 'oldest'] as const;
export type Sort = (typeof SORTS)[number];

export interface SearchState {
  q: string;
  /** Chosen values of each facet, each once, in the order chosen. A facet without a choice is missing. */
  facets: ReadonlyMap<FacetName, readonly string[]>;
  /** ISO days, both inclusive, on the date of decision. */
  from?: string;
  to?: string;
  /** Missing: by relevance where there are words, else newest first. */
  sort?: Sort;
  /** Counted from 1. */
  page: number;
}

export const EMPTY_STATE: SearchState = { q: '', facets: new Map(), page: 1 };

/** Reads the query part of an address, with or without its question mark. */
export function parseState(search: string): SearchState {
  const parameters = new URLSearchParams(search);
  const facets = new Map<FacetName, string[]>();
  for (const { name } of FACETS) {
    const values = [...new Set(parameters.getAll(name))].filter((value) => value !== '');
    if (values.length > 0) facets.set(name, values);
  }
  const state: SearchState = { q: parameters.get('q') ?? '', facets, page: pageNumber(parameters.get('page')) };
  const from = parameters.get('from') ?? '';
  const to = parameters.get('to') ?? '';
  if (dayNumber(from) !== UNDATED) state.from = from;
  if (dayNumber(to) !== UNDATED) state.to = to;
  const sort = SORTS.find((name) => name === parameters.get('sort'));
  if (sort) state.sort = sort;
  return state;
}

function pageNumber(text: string | null): number {
  return text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1;
}

/** The query part of an address, with its question mark; empty for the empty state. parseState reads it back. */
export function formatState(state: SearchState): string {
  const parameters = new URLSearchParams();
  if (state.q !== '') parameters.set('q', state.q);
  for (const { name } of FACETS) for (const value of state.facets.get(name) ?? []) parameters.append(name, value);
  if (state.from) parameters.set('from', state.from);
  if (state.to) parameters.set('to', state.to);
  if (state.sort) parameters.set('sort', state.sort);
  if (state.page > 1) parameters.set('page', String(state.page));
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** The state with other values of one facet, on its first page. */
export function withValues(state: SearchState, name: FacetName, values: readonly string[]): SearchState {
  const facets = new Map(state.facets);
  if (values.length > 0) facets.set(name, values);
  else facets.delete(name);
  return { ...state, facets, page: 1 };
}

/** The state without one value of a facet, on its first page. */
export function withoutValue(state: SearchState, name: FacetName, value: string): SearchState {
  return withValues(state, name, (state.facets.get(name) ?? []).filter((chosen) => chosen !== value));
}

/** True when anything but words, order and page is chosen. */
export function hasFilters({ facets, from, to }: SearchState): boolean {
  return facets.size > 0 || from !== undefined || to !== undefined;
}
