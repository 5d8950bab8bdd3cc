/** Saved searches in the browser's own storage, and what of a search and of the site goes into it. */
import type { Index } from '../search/searcher.ts';
import { formatState } from '../search/state.ts';
import type { SearchState } from '../search/state.ts';
import type { FacetTable } from '../search/table.ts';
import { SharedStore } from '../shared-store.ts';
import type { ListKind, ListStorage } from '../shared-store.ts';
import { NO_SEARCHES, decisionHash, mergeSearches, nextSearchMoment, tidySearches } from './searches.ts';
import type { SavedSearches } from './searches.ts';
import { readSearches, storedSearches } from './stored.ts';

const SEARCHES: ListKind<SavedSearches> = { empty: NO_SEARCHES, text: storedSearches, read: readSearches, merge: mergeSearches, nextMoment: nextSearchMoment, tidy: tidySearches };

/** @param base path of the site's home: several sites may share a host, and each has its own decisions */
export function searchStore(storage: () => ListStorage, base: string, now?: () => number): SharedStore<SavedSearches> {
  return new SharedStore(SEARCHES, storage, `imr-search:searches:${base}`, now);
}

/** A search as it is saved: the same words and choices in any order are one search, on whatever page and however sorted. */
export function savedAddress(state: SearchState): string {
  const facets = new Map([...state.facets].map(([name, values]) => [name, [...values].sort()]));
  return formatState({ ...state, q: state.q.trim(), facets, sort: undefined, page: 1 });
}

/** Of each decision of the index, in the table's order, its hash in the log. @throws SearchLoadError */
export async function siteDecisions({ table, caseIds }: Pick<Index, 'table' | 'caseIds'>): Promise<Uint32Array> {
  return decisionHashes(table, await caseIds());
}

/** @param ids of all cases, in the order of the table */
export function decisionHashes({ decisions, caseOf }: Pick<FacetTable, 'decisions' | 'caseOf'>, ids: readonly string[]): Uint32Array {
  const hashes = new Uint32Array(decisions);
  let number = 0;
  for (let decision = 0; decision < decisions; decision += 1) {
    // The decisions of a case stand together, as in its letter.
    number = decision > 0 && caseOf[decision] === caseOf[decision - 1] ? number + 1 : 1;
    hashes[decision] = decisionHash(ids[caseOf[decision]!]!, number);
  }
  return hashes;
}
