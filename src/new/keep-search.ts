/** Saves the search that the search page shows. Loaded when a reader asks for it. */
import { href } from '../base.ts';
import type { SearchState } from '../search/state.ts';
import { openIndex } from '../search/index/open.ts';
import { element } from '../search/page/dom.ts';
import { numberText } from '../words.ts';
import { NEW_PATH, saved } from './saved.ts';
import { LONGEST_ADDRESS, MOST_SEARCHES, saveSearch, savedSearch, savedSearches, searchId } from './searches.ts';
import { savedAddress, siteDecisions } from './store.ts';

const NOT_STORED = {
  full: 'Not saved: this browser has no room left for this site.',
  forbidden: 'Not saved: this browser does not let this site keep anything.',
} as const;

/**
 * @param home absolute address of the site's home, with a slash at its end
 * @returns what to tell the reader
 * @throws SearchLoadError where it cannot be known what the site has: then nothing was saved
 */
export async function keepSearch(state: SearchState, home: string): Promise<(Node | string)[]> {
  const store = saved();
  const address = savedAddress(state);
  const id = searchId(address);
  const link = element('a', { href: href(NEW_PATH) }, 'See all saved searches');
  if (savedSearch(store.list, id)) return ['You have saved this search before. ', link];
  if (savedSearches(store.list).length >= MOST_SEARCHES) return [`You have ${numberText(MOST_SEARCHES)} saved searches. Remove one first. `, link];
  if (address.length > LONGEST_ADDRESS) return ['Not saved: this search is too long.'];
  // Asked anew: the page may have been open since before the site was last built.
  const decisions = await siteDecisions(await openIndex(home));
  store.change((list, at) => saveSearch(list, address, decisions, at));
  return store.problem ? [NOT_STORED[store.problem]] : ['Search saved. ', link];
}
