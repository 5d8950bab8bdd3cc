/** The reader's saved searches, one list for all of a page. */
import { href } from '../base.ts';
import type { SharedStore } from '../shared-store.ts';
import type { SavedSearches } from './searches.ts';
import { searchStore } from './store.ts';

/** Where they are shown. */
export const NEW_PATH = 'new/';

let opened: SharedStore<SavedSearches> | undefined;

/** As the browser stores them, kept up to date with other tabs. */
export function saved(): SharedStore<SavedSearches> {
  if (!opened) {
    opened = searchStore(() => localStorage, href(''));
    opened.follow(window);
  }
  return opened;
}
