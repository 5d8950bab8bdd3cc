/**
 * <search-marks>: on the page of a case that was opened from a list of results, the words of that search are marked, and a bar leads from
 * match to match and back to the list. Otherwise it stays hidden. A page that was opened from elsewhere does not even load this.
 */
import { href } from '../../base.ts';
import { count, numberText } from '../../words.ts';
import type { Match, MatchGroup } from './highlight.ts';
import { decisionOf, isRememberedSearch, takeSearch } from './remember.ts';
import type { RememberedSearch } from './remember.ts';

/** What an entry of the history keeps of it: a reload and going back find it there. */
interface HistoryState {
  search: RememberedSearch;
  /** How many steps back the list of results is; missing where this tab never showed it. */
  steps?: number;
}

/** Characters of the query that the bar repeats. */
const SHOWN_QUERY = 60;

class SearchMarks extends HTMLElement {
  #kept: HistoryState | undefined;
  #groups: MatchGroup[] = [];
  /** All matches in the order of the groups, and which of them the reader is at; -1 before the first step. */
  #matches: { match: Match; group: MatchGroup; place: number }[] = [];
  #at = -1;
  #unmark: () => void = () => {};
  #ended = new AbortController();

  async connectedCallback(): Promise<void> {
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    this.#kept = keptSearch() ?? handedOver();
    if (!this.#kept) return;
    keepSearch(this.#kept);
    const { search } = this.#kept;
    if (search.marks.length > 0) {
      const highlighting = await import('./highlight.ts');
      if (signal.aborted) return;
      this.#unmark = () => highlighting.unmark(this.#groups);
      this.#groups = highlighting.markCase(document, search.marks, new Map(search.stems), search.decision);
      this.#matches = this.#groups.flatMap((group) => group.matches.map((match, place) => ({ match, group, place })));
    }
    this.#part('back', HTMLAnchorElement).href = search.back;
    this.#part('back', HTMLAnchorElement).addEventListener('click', (event) => this.#goBack(event), { signal });
    this.#part('next', HTMLElement).addEventListener('click', () => this.#step(1), { signal });
    this.#part('previous', HTMLElement).addEventListener('click', () => this.#step(-1), { signal });
    this.#part('remove', HTMLElement).addEventListener('click', () => this.#remove(), { signal });
    addEventListener('keydown', (event) => this.#pressed(event), { signal });
    addEventListener('hashchange', () => this.#movedWithinPage(), { signal });
    this.#part('steps', HTMLElement).hidden = this.#matches.length === 0;
    this.#part('remove', HTMLElement).hidden = this.#matches.length === 0;
    this.#describe();
    this.hidden = false;
  }

  disconnectedCallback(): void {
    this.#ended.abort();
  }

  /** `n` and `p`, as long as nothing is typed anywhere. Removing the marks switches them off (WCAG 2.1.4). */
  #pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isTypedInto(event.target) || this.#matches.length === 0) return;
    const key = event.key.toLowerCase();
    if (key !== 'n' && key !== 'p') return;
    event.preventDefault();
    this.#step(key === 'p' ? -1 : 1);
    // The keyboard goes on from where the eye is; a button that was pressed keeps the focus, to be pressed again.
    this.#matches[this.#at]!.match[0].focus({ preventScroll: true });
  }

  /** To the next match, or the one before; after the last comes the first. */
  #step(by: 1 | -1): void {
    const { length } = this.#matches;
    for (const element of this.#matches[this.#at]?.match ?? []) {
      element.classList.remove('search-mark--current');
      element.removeAttribute('tabindex');
    }
    this.#at = this.#at === -1 && by === -1 ? length - 1 : (this.#at + by + length) % length;
    const { match } = this.#matches[this.#at]!;
    for (const element of match) element.classList.add('search-mark--current');
    match[0].tabIndex = -1;
    match[0].scrollIntoView({ block: 'center' });
    this.#describe();
  }

  #describe(): void {
    const { search } = this.#kept!;
    const current = this.#matches[this.#at];
    const group = current?.group ?? this.#groups[0];
    const query = `“${shownQuery(search.query)}”`;
    const here = group?.matches.length ?? 0;
    const elsewhere = this.#matches.length - here;
    const where = group?.decision === undefined ? 'the clinical summary' : group.decision === search.decision ? 'this decision' : `decision ${group.decision}`;
    this.#part('summary', HTMLElement).textContent =
      search.marks.length === 0
        ? 'Opened from a list of results.'
        : this.#matches.length === 0
          ? `No words of ${query} are in the text of this case.`
          : `${here === 0 ? 'No matches' : count(here, 'match', 'matches')} of ${query} in ${where}${elsewhere > 0 ? `, ${numberText(elsewhere)} elsewhere in this case` : ''}`;
    this.#part('place', HTMLElement).textContent = current ? `${numberText(current.place + 1)} of ${numberText(here)} in ${where}` : '';
  }

  /** Through the history where the list is in it, so that it is as it was left; else by its address. */
  #goBack(event: MouseEvent): void {
    const steps = this.#kept?.steps;
    if (steps === undefined || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.go(-steps);
  }

  /** A link to another decision of the case makes a new entry of the history, one step further from the list. */
  #movedWithinPage(): void {
    const entry = keptSearch();
    if (entry) this.#kept = entry;
    else if (this.#kept) {
      this.#kept = { search: this.#kept.search, ...(this.#kept.steps !== undefined && { steps: this.#kept.steps + 1 }) };
      keepSearch(this.#kept);
    }
  }

  #remove(): void {
    const { decision } = this.#kept!.search;
    this.#unmark();
    keepSearch(null);
    this.#ended.abort();
    this.hidden = true;
    const section = document.querySelectorAll<HTMLElement>('section.decision')[decision - 1];
    section?.setAttribute('tabindex', '-1');
    section?.focus({ preventScroll: true });
  }

  #part<Kind extends HTMLElement>(name: string, kind: new () => Kind): Kind {
    const found = this.querySelector(`[data-part="${name}"]`);
    if (!(found instanceof kind)) throw new Error(`the bar of matches has no ${name}`);
    return found;
  }
}

/** What this entry of the history keeps. */
function keptSearch(): HistoryState | undefined {
  const state: unknown = history.state;
  if (typeof state !== 'object' || state === null || !('search' in state) || !isRememberedSearch(state.search) || !isHere(state.search)) return undefined;
  const steps = 'steps' in state && typeof state.steps === 'number' ? state.steps : undefined;
  return { search: state.search, ...(steps !== undefined && { steps }) };
}

function keepSearch(state: HistoryState | null): void {
  try {
    history.replaceState(state, '');
  } catch {
    // Some browsers refuse after many changes in a short time: a reload then shows the page without marks.
  }
}

/** What the list of results handed over, when the reader comes from there. */
function handedOver(): HistoryState | undefined {
  const decision = decisionOf(location.hash);
  if (decision === undefined || !isSearchPage(document.referrer)) return undefined;
  const search = takeSearch(location.pathname, decision);
  if (!search || !isHere(search)) return undefined;
  // A new tab begins with this page.
  return { search, ...(history.length > 1 && { steps: 1 }) };
}

/** Storage is shared by all sites of an origin: the search must be for this page, and the way back must lead to this site's own search page. */
function isHere({ casePath, back }: RememberedSearch): boolean {
  return casePath === location.pathname && isSearchPage(back);
}

function isSearchPage(address: string): boolean {
  if (!URL.canParse(address, location.href)) return false;
  const url = new URL(address, location.href);
  return url.origin === location.origin && url.pathname === href('search/');
}

function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null);
}

/** In quotes already where it is a phrase. */
function shownQuery(query: string): string {
  const characters = [...query.trim().replace(/^"([^"]*)"$/, '$1')];
  return characters.length > SHOWN_QUERY ? `${characters.slice(0, SHOWN_QUERY - 1).join('')}…` : characters.join('');
}

customElements.define('search-marks', SearchMarks);
