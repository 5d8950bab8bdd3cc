/** This search without a browser: its index and its modules, as the page runs them. */
import { buildSearchIndex } from '../../../scripts/index/build.ts';
import { openNodeSearch } from '../../support/node-search.ts';
import { DEPTH } from './ranker.ts';
import type { Ranker } from './ranker.ts';

/** @param folder an empty one, for the index */
export function indexRanker(contentFolder: string, folder: string): Ranker {
  return {
    name: 'this search',
    rank: async (queries) => {
      await buildSearchIndex({ contentFolder, siteFolder: folder });
      const search = await openNodeSearch(folder);
      const rankings = new Map<string, string[]>();
      for (const query of queries) rankings.set(query, (await search.rank(query)).slice(0, DEPTH));
      return rankings;
    },
  };
}
