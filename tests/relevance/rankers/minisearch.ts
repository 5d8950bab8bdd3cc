/** MiniSearch on the same records, with the settings that its documentation recommends for prose. */
import { openMiniSearch } from '../../../scripts/bench/stock-minisearch.ts';
import type { DecisionRecord } from '../../../scripts/bench/records.ts';
import { rankEach } from './ranker.ts';
import type { Ranker } from './ranker.ts';

export function miniSearchRankers(records: readonly DecisionRecord[]): Ranker[] {
  const index = openMiniSearch(records);
  return [
    rankEach('MiniSearch, any word', (query) => index.search(query, { combineWith: 'OR' }).map(({ id }) => String(id))),
    rankEach('MiniSearch, all words', (query) => index.search(query, { combineWith: 'AND' }).map(({ id }) => String(id))),
  ];
}
