/**
 * Hands a search over from the list of results to the case that is opened from it, in the browser's own storage: the address of a
 * decision is for citing and carries no search. Nothing of it leaves the browser. Where storage is full or forbidden, nothing is handed over
 * and nothing breaks.
 *
 * The list puts it into localStorage, because a new tab shares nothing else. The case's page takes it out of there at once and
 * keeps it in its own entry of the history, which a reload and going back find again and which goes away with the tab.
 */

export interface RememberedSearch {
  /** Path of the case's page, as in location.pathname: `/imr/cases/cm00-0000117/`. */
  casePath: string;
  /** The decision opened, counted from 1. */
  decision: number;
  /** What to mark: each a list of stems that stand one after the other (QueryReading.marks). */
  marks: string[][];
  /** As the reader typed it. */
  query: string;
  /** Address of the list of results with its parameters, and a fragment if it has one: `/imr/search/?q=lumbar+mri&page=2`. */
  back: string;
  /** Words that the index cuts in another way than the stemmer (StemExceptions), as far as they matter for `marks`. */
  stems?: [word: string, stem: string][];
}

export const STORAGE_KEY = 'imr-search:opened';
/** Results that can be opened in new tabs before the first of them has loaded. */
const MOST_KEPT = 30;
/** Milliseconds after which what no page has taken is forgotten: a tab that was opened and closed at once takes nothing. */
const KEPT_FOR = 10 * 60_000;
/** Characters of one search. Longer is no search of a person. */
const MOST_CHARACTERS = 50_000;

interface Kept {
  at: number;
  search: RememberedSearch;
}

/** Hands a search over to the page of a case, which is about to be opened. */
export function rememberSearch(search: RememberedSearch): void {
  if (JSON.stringify(search).length > MOST_CHARACTERS) return;
  write([{ at: Date.now(), search }, ...read().filter((kept) => !isFor(kept.search, search))].slice(0, MOST_KEPT));
}

/**
 * Hands over whatever way a result is opened: click, Enter, middle click, or the browser's own menu.
 * @param list holds the results, whose main links go to `/cases/<case>/#decision-<n>`
 * @param search what was searched when this link is opened; nothing when there is nothing to hand over. Without words to mark, only the way back is
 */
export function rememberOnOpening(list: HTMLElement, search: (link: HTMLAnchorElement) => Omit<RememberedSearch, 'casePath' | 'decision'> | undefined, signal?: AbortSignal): void {
  const opening = ({ target }: Event): void => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
    const decision = link && decisionOf(link.hash);
    const opened = decision ? search(link) : undefined;
    if (link && decision && opened) rememberSearch({ ...opened, casePath: link.pathname, decision });
  };
  // What an earlier visit left, without what is too old.
  write(read());
  for (const kind of ['click', 'auxclick', 'contextmenu']) list.addEventListener(kind, opening, { signal });
}

/** The decision that the end of an address names, counted from 1. */
export function decisionOf(hash: string): number | undefined {
  const match = /^#decision-([1-9]\d{0,3})$/.exec(hash);
  return match ? Number(match[1]) : undefined;
}

/** Takes what was handed over for this decision out of the storage, and what is too old with it. */
export function takeSearch(casePath: string, decision: number): RememberedSearch | undefined {
  const all = read();
  const found = all.find(({ search }) => isFor(search, { casePath, decision }));
  write(all.filter((kept) => kept !== found));
  return found?.search;
}

function isFor(search: RememberedSearch, { casePath, decision }: Pick<RememberedSearch, 'casePath' | 'decision'>): boolean {
  return search.casePath === casePath && search.decision === decision;
}

/** What is in the storage and understood, without what is too old. Other versions of this page may have written it, so it is looked at. */
function read(): Kept[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    const now = Date.now();
    return Array.isArray(stored) ? stored.filter(isKept).filter(({ at }) => at <= now && now - at < KEPT_FOR) : [];
  } catch {
    return [];
  }
}

function write(kept: readonly Kept[]): void {
  try {
    if (kept.length === 0) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
  } catch {
    // Full or forbidden: the case opens without marks.
  }
}

function isKept(value: unknown): value is Kept {
  return isObject(value) && typeof value['at'] === 'number' && isRememberedSearch(value['search']);
}

/** Whether a value from the browser's storage or history is a search. */
export function isRememberedSearch(value: unknown): value is RememberedSearch {
  return (
    isObject(value) &&
    typeof value['casePath'] === 'string' &&
    typeof value['decision'] === 'number' &&
    isListOfLists(value['marks']) &&
    typeof value['query'] === 'string' &&
    typeof value['back'] === 'string' &&
    (value['stems'] === undefined || isListOfLists(value['stems']))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isListOfLists(value: unknown): value is string[][] {
  return Array.isArray(value) && value.every((inner) => Array.isArray(inner) && inner.every((text) => typeof text === 'string'));
}
