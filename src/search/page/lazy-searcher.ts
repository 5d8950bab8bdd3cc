/** The search of a page whose reader may only look around: its code, a fifth of the page's weight, comes when a search is meant. */
import { SearchLoadError, retried } from '../loading.ts';
import type { Searcher } from '../searcher.ts';

/** @param home absolute address of the site, with a slash at its end */
export function lazySearcher(home: string): Searcher {
  let loaded: Searcher | undefined;
  const load = retried(async () => {
    try {
      const [{ createSearcher }, { openIndex }] = await Promise.all([import('../searcher.ts'), import('../index/open.ts')]);
      return (loaded = createSearcher(() => openIndex(home)));
    } catch (error) {
      throw new SearchLoadError('a part of the search', { cause: error });
    }
  });
  // Without waiting once it is there: the worker is asked before the page does anything else.
  return {
    prepare: async () => (loaded ?? (await load())).prepare(),
    search: async (state) => (loaded ?? (await load())).search(state),
    suggest: async (typed, state) => (loaded ?? (await load())).suggest(typed, state),
  };
}
