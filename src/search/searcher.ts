/** A whole search: from what the reader chose to what the page shows. Downloads what it needs, when it is needed, and keeps it. */
import { FACETS } from '../facets.ts';
import type { FacetName } from '../facets.ts';
import { PAGE_SIZE, answer, pageCount, spelledValues, unknownValues } from './engine.ts';
import type { Answer, Wanted } from './engine.ts';
import { fetchCaseIds, fetchManifest, fetchTable } from './load.ts';
import { TEXT_FOLDER } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { combineTerms, matchTerms, placesIn } from './match.ts';
import type { TermMatch } from './match.ts';
import { openTextIndex } from './pagefind/open.ts';
import type { TextSource } from './pagefind/open.ts';
import { findCases, parseQuery, queryWithout, termText } from './query.ts';
import type { CaseReference, Query } from './query.ts';
import { EMPTY_STATE, hasFilters, withValues } from './state.ts';
import type { SearchState } from './state.ts';
import type { FacetTable } from './table.ts';
import type { TextRecord } from './text-record.ts';

export interface Result {
  decision: number;
  record: TextRecord;
  /** Where its words were found, as positions in record.words. */
  places: ReadonlySet<number>;
}

/** A smaller wish that finds something. */
export interface Loosening {
  /** What is left out, in words. */
  without: string;
  state: SearchState;
  decisions: number;
}

export interface Found {
  /** As searched: values spelled as the table has them, and on a page that exists. */
  state: SearchState;
  query: Query;
  table: FacetTable;
  answer: Answer;
  pages: number;
  /** Of this page. */
  results: Result[];
  matches: TermMatch[];
  /** Chosen values that no decision has. */
  unknown: { name: FacetName; value: string }[];
  /** Case numbers of the query that no case has. */
  unknownCases: CaseReference[];
  /** The one case that the query asks for and nothing else. */
  onlyCase?: string;
  /** Only when nothing was found. */
  loosenings: Loosening[];
}

export interface Searcher {
  /** @throws SearchLoadError when a part of the index cannot be downloaded; the next call tries again */
  search(state: SearchState): Promise<Found>;
}

interface Index {
  manifest: Manifest;
  table: FacetTable;
  text: TextSource;
}

/** @param base absolute address of the site, with a slash at its end */
export function createSearcher(base: string): Searcher {
  const index = retried(async (): Promise<Index> => {
    const manifest = await fetchManifest(base);
    const table = await fetchTable(base, manifest);
    return { manifest, table, text: openTextIndex(base + TEXT_FOLDER, manifest.textVersion, manifest.textPageTable, table.textPages) };
  });
  const caseIds = retried(async () => fetchCaseIds(base, (await index()).manifest));

  return {
    async search(wished) {
      const { table, text } = await index();
      const chosen = spelledValues(table, wished);
      const query = parseQuery(chosen.q);
      const ids = query.cases.length > 0 ? await caseIds() : [];
      const references = query.cases.map((reference) => ({ reference, cases: findCases(ids, reference) }));
      const matches = await matchTerms(query, text);
      const cases = query.cases.length > 0 ? new Set(references.flatMap((reference) => reference.cases)) : undefined;
      const wanted: Wanted = { scores: combineTerms(matches, table.decisions), cases };
      const answered = answer(table, chosen, wanted);
      const pages = pageCount(answered.decisions.length);
      const state = { ...chosen, page: Math.min(chosen.page, pages) };
      const shown = [...answered.decisions.subarray((state.page - 1) * PAGE_SIZE, state.page * PAGE_SIZE)];
      const onlyCase = query.terms.length === 0 && cases?.size === 1 && query.cases.length === 1 ? ids[[...cases][0]!] : undefined;
      return {
        state,
        query,
        table,
        answer: answered,
        pages,
        results: await Promise.all(shown.map(async (decision) => ({ decision, record: await text.readRecord(decision), places: placesIn(matches, decision) }))),
        matches,
        unknown: unknownValues(table, chosen),
        unknownCases: references.filter((reference) => reference.cases.length === 0).map(({ reference }) => reference),
        ...(onlyCase !== undefined && { onlyCase }),
        loosenings: answered.decisions.length === 0 ? loosen(table, state, query, matches, wanted) : [],
      };
    },
  };
}

/** Everything that, left out alone, gives a result; the words first, because a filter was chosen on purpose. */
function loosen(table: FacetTable, state: SearchState, query: Query, matches: readonly TermMatch[], wanted: Wanted): Loosening[] {
  const found: Loosening[] = [];
  const offer = (without: string, looser: SearchState, scores: Wanted['scores'], cases = wanted.cases): void => {
    const decisions = answer(table, looser, { scores, cases }).decisions.length;
    if (decisions > 0) found.push({ without, state: { ...looser, page: 1 }, decisions });
  };
  if (query.terms.length + query.cases.length > 1) {
    for (const match of matches) {
      const others = matches.filter((other) => other !== match);
      offer(`the word${match.term.kind === 'phrase' ? 's' : ''} ${termText(match.term)}`, { ...state, q: queryWithout(query, match.term) }, combineTerms(others, table.decisions));
    }
    if (query.cases.length > 0 && query.terms.length > 0) {
      offer('the case number', { ...state, q: queryWithout({ ...query, cases: [] }) }, wanted.scores, undefined);
    }
  }
  for (const { name, label } of FACETS) {
    const values = state.facets.get(name) ?? [];
    if (values.length > 0) offer(`the filter ${label}`, withValues(state, name, []), wanted.scores);
  }
  if (state.from !== undefined || state.to !== undefined) offer('the dates', { ...state, from: undefined, to: undefined }, wanted.scores);
  if (hasFilters(state) && found.length === 0) offer('all filters', { ...EMPTY_STATE, q: state.q }, wanted.scores);
  if (hasFilters(state) && query.terms.length + query.cases.length > 0 && found.length === 0) offer('any words', { ...state, q: '' }, undefined, undefined);
  return found;
}

/** Loads once; after a failure the next call loads again. */
function retried<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
