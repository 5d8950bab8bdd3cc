/** The reader's research folder, one for all of a page. */
import { href } from '../base.ts';
import { ResearchStore } from './store.ts';

let opened: ResearchStore | undefined;

/** The folder as the browser stores it, kept up to date with other tabs. */
export function folder(): ResearchStore {
  if (opened) return opened;
  const store = new ResearchStore(() => localStorage, href(''));
  store.follow(window);
  opened = store;
  return store;
}

/** Where the folder is shown. */
export const FOLDER_PATH = 'research/';
