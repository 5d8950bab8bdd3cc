/** A whole search: from what the reader chose to what the page shows. Gets what it needs when it is needed, and keeps it. Knows no browser. */
import { FACETS } from '../facets.ts';
import type { FacetName } from '../facets.ts';
import { PAGE_SIZE, answer, pageCount, spelledValues, unknownValues } from './engine.ts';
import type { Answer, Wanted } from './engine.ts';
import { retried } from './loading.ts';
import { ENOUGH, partialScores } from './match.ts';
import type { SearchReply } from './index/messages.ts';
import type { TextSource } from './index/open.ts';
import { findCases, isCaseOnly, parseQuery, queryText } from './query.ts';
import type { CaseReference, Query } from './query.ts';
import { EMPTY_READING } from './reading.ts';
import type { QueryReading } from './reading.ts';
import { EMPTY_STATE, hasFilters, withValues } from './state.ts';
import type { SearchState } from './state.ts';
import type { Suggestion } from './suggest.ts';
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

/** Decisions that hold most of the words, where too few hold all of them. They are in no count and no filter's number. */
export interface PartialMatches {
  /** How many there are. */
  decisions: number;
  /** Of how many words they hold at least how many; 0 when they are the other decisions of cases that the query names. */
  held: number;
  of: number;
}

export interface Found {
  /** As searched: values spelled as the table has them, and on a page that exists. */
  state: SearchState;
  table: FacetTable;
  answer: Answer;
  pages: number;
  /** How the words were read. */
  reading: QueryReading;
  /** Words of this index that are cut in another way than stemOf does, for marking `reading.marks` elsewhere. */
  stems: Readonly<Record<string, string>>;
  partial?: PartialMatches;
  /** The results of this page: those that hold all words, then, on the last page, the best of the partial ones. Downloads their texts. @throws SearchLoadError */
  loadResults(): Promise<{ results: Result[]; partial: Result[] }>;
  /** @throws SearchLoadError */
  readRecord(decision: number): Promise<TextRecord>;
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
  /** What a reader may mean who has typed so much, best first. @throws SearchLoadError likewise */
  suggest(typed: string, state: SearchState): Promise<readonly Suggestion[]>;
  /** Called when the reader shows an intention to search; gets what every search needs. @throws SearchLoadError likewise */
  prepare(): Promise<void>;
}

/** An index, opened: in the browser by openIndex, in tests from a folder. */
export interface Index {
  table: FacetTable;
  text: TextSource;
  /** Words that the index cuts in another way than stemOf does. */
  stems: Readonly<Record<string, string>>;
  /** Of all cases, in the order of the table. @throws SearchLoadError */
  caseIds(): Promise<readonly string[]>;
}

/** How many of those that hold most of the words are shown. */
const MOST_PARTIAL = PAGE_SIZE;

/** @param open called for the first search, and again after it failed */
export function createSearcher(open: () => Promise<Index>): Searcher {
  let opened: Index | undefined;
  const index = retried(async () => (opened = await open()));

  return {
    async prepare() {
      (await index()).text.prepare();
    },
    async suggest(typed, state) {
      return (opened ?? (await index())).text.suggest(typed, state);
    },
    async search(wished) {
      // Without waiting where nothing is to be waited for: the worker is asked before the page does anything else.
      const { table, text, stems, caseIds } = opened ?? (await index());
      const chosen = spelledValues(table, wished);
      const query = parseQuery(chosen.q);
      const ids = query.cases.length > 0 ? await caseIds() : [];
      const references = query.cases.map((reference) => ({ reference, cases: findCases(ids, reference) }));
      const cases = query.cases.length > 0 ? new Set(references.flatMap((reference) => reference.cases)) : undefined;
      const found: SearchReply = query.units.length > 0 ? await text.search(chosen.q) : { reading: { ...EMPTY_READING, understood: queryText(query), repairs: query.repairs, special: query.repairs.length > 0 }, words: 0, unitTexts: [] };
      const wanted: Wanted = { scores: found.scores, cases };
      const answered = answer(table, chosen, wanted);
      const pages = pageCount(answered.decisions.length);
      const state = { ...chosen, page: Math.min(chosen.page, pages) };
      const shown = [...answered.decisions.subarray((state.page - 1) * PAGE_SIZE, state.page * PAGE_SIZE)];
      const partial = answered.decisions.length < ENOUGH ? partialMatches(table, chosen, found, cases) : undefined;
      const shownPartial = partial && state.page === pages ? [...partial.best.subarray(0, MOST_PARTIAL)] : [];
      const onlyCase = isCaseOnly(query) && cases?.size === 1 ? ids[[...cases][0]!] : undefined;
      return {
        state,
        table,
        answer: answered,
        pages,
        reading: found.reading,
        stems,
        ...(partial && { partial: partial.matches }),
        readRecord: text.readRecord,
        loadResults: async () => {
          const decisions = [...shown, ...shownPartial];
          const [records, places] = await Promise.all([Promise.all(decisions.map((decision) => text.readRecord(decision))), query.units.length > 0 ? text.places(chosen.q, decisions) : []]);
          const results = decisions.map((decision, place): Result => ({ decision, record: records[place]!, places: places[place] ?? new Set() }));
          return { results: results.slice(0, shown.length), partial: results.slice(shown.length) };
        },
        unknown: unknownValues(table, chosen),
        unknownCases: references.filter((reference) => reference.cases.length === 0).map(({ reference }) => reference),
        ...(onlyCase !== undefined && { onlyCase }),
        loosenings: answered.decisions.length === 0 ? await loosen(table, state, query, found, wanted, text) : [],
      };
    },
  };
}

/** Decisions that fulfil most demands of a query, but not all; those that fulfil more come first. */
function partialMatches(table: FacetTable, state: SearchState, found: SearchReply, cases: Wanted['cases']): { matches: PartialMatches; best: Uint32Array } | undefined {
  const partial = partialScores(found, cases !== undefined);
  if (!partial) return undefined;
  const { decisions: best } = answer(table, { ...state, sort: 'relevance' }, { scores: partial.scores, cases });
  return best.length === 0 ? undefined : { matches: { decisions: best.length, held: partial.least, of: found.words }, best };
}

/** Everything that, left out alone, gives a result; the words first, because a filter was chosen on purpose. */
async function loosen(table: FacetTable, state: SearchState, query: Query, found: SearchReply, wanted: Wanted, text: TextSource): Promise<Loosening[]> {
  const offered: Loosening[] = [];
  const offer = (without: string, looser: SearchState, scores: Wanted['scores'], cases = wanted.cases): void => {
    const decisions = answer(table, looser, { scores, cases }).decisions.length;
    if (decisions > 0) offered.push({ without, state: { ...looser, page: 1 }, decisions });
  };
  if (found.unitTexts.length + query.cases.length > 1) {
    for (const [unit, typed] of found.unitTexts.entries()) {
      const others = found.unitTexts.filter((_text, place) => place !== unit);
      offer(typed, { ...state, q: [...query.cases.map((reference) => reference.text), ...others].join(' ') }, await text.searchWithout(state.q, unit));
    }
    if (query.cases.length > 0 && query.units.length > 0) offer('the case number', { ...state, q: queryText({ ...query, cases: [] }) }, wanted.scores, undefined);
  }
  for (const { name, label } of FACETS) {
    const values = state.facets.get(name) ?? [];
    if (values.length > 0) offer(`the filter ${label}`, withValues(state, name, []), wanted.scores);
  }
  if (state.from !== undefined || state.to !== undefined) offer('the dates', { ...state, from: undefined, to: undefined }, wanted.scores);
  if (hasFilters(state) && offered.length === 0) offer('all filters', { ...EMPTY_STATE, q: state.q }, wanted.scores);
  if (hasFilters(state) && query.units.length + query.cases.length > 0 && offered.length === 0) offer('any words', { ...state, q: '' }, undefined, undefined);
  return offered;
}
