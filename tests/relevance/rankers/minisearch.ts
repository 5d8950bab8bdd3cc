/** MiniSearch on the same records, with the settings that its documentation recommends for prose. */
import { openMiniSearch } from '../../../scripts/bench/stock-minisearch.ts';
import type { DecisionRecord } from '../../../scripts/bench/records.ts';
import { rankEach } from './ranker.ts';
import type { Ranker } from './ranker.ts';

/** None where MiniSearch is not installed. */
export async function miniSearchRankers(records: readonly DecisionRecord[]): Promise<Ranker[]> {
  const index = await openMiniSearch(records);
  if (!index) return [];
  return [
    rankEach('MiniSearch, any word', (query) => index.search(query, { combineWith: 'OR' }).map(({ id }) => String(id))),
    rankEach('MiniSearch, all words', (query) => index.search(query, { combineWith: 'AND' }).map(({ id }) => String(id))),
  ];
}
