/**
 * <saved-searches>: runs each saved search as the search page would, and shows what is new to it. What is on the page follows the list, whoever has changed it.
 * Elements stay while their search does, so that the focus and what is being typed stay too.
 */
import { href } from '../../base.ts';
import { saved } from '../../new/saved.ts';
import { lastArrival, markSeen, newDecisions, removeSearch, renameSearch, restoreSearch, savedSearches, withKnown } from '../../new/searches.ts';
import type { SavedSearch, SavedSearches } from '../../new/searches.ts';
import { siteDecisions } from '../../new/store.ts';
import { openIndex } from '../../search/index/open.ts';
import { retried } from '../../search/loading.ts';
import { element, shorten, slot } from '../../search/page/dom.ts';
import { chosenFilters } from '../../search/page/render.ts';
import { resultItem } from '../../search/page/result.ts';
import { createSearcher } from '../../search/searcher.ts';
import type { Found } from '../../search/searcher.ts';
import { parseState } from '../../search/state.ts';
import type { SearchState } from '../../search/state.ts';
import { valueLabel } from '../../facets.ts';
import type { FacetName } from '../../facets.ts';
import { feedPath } from '../../urls.ts';
import { count, dayText, numberText } from '../../words.ts';

/** New decisions of a search that are shown at first, and with each press on "Show more". */
const SHOWN = 10;
const PROBLEMS = {
  full: 'This browser has no room left for this site. Your last change is in this tab only.',
  forbidden: 'This browser does not let this site keep anything. Your saved searches are in this tab only.',
} as const;

class SavedSearchList extends HTMLElement {
  readonly #store = saved();
  readonly #home = new URL(href(''), location.href).href;
  readonly #index = retried(() => openIndex(this.#home));
  readonly #searcher = createSearcher(this.#index);
  readonly #feeds = JSON.parse(this.dataset['feeds']!) as Partial<Record<FacetName, Record<string, string>>>;
  /** What the site has; nothing until it is known. */
  #hashes: Uint32Array | undefined;
  /** What came later than this was not shown on this page. */
  #shownUpTo = 0;
  readonly #found = new Map<string, Found | 'failed'>();
  readonly #most = new Map<string, number>();
  readonly #sections = new Map<string, HTMLElement>();
  #undo: { list: SavedSearches; id: string } | undefined;
  #ended = new AbortController();

  connectedCallback(): void {
    const { signal } = (this.#ended = new AbortController());
    this.hidden = false;
    this.#store.onChange(() => this.#show(), signal);
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('change', ({ target }) => {
      const id = target instanceof HTMLInputElement ? idOf(target) : undefined;
      if (id !== undefined) this.#store.change((list, at) => renameSearch(list, id, (target as HTMLInputElement).value, at));
    }, { signal });
    this.#show();
    void this.#look();
  }

  disconnectedCallback(): void {
    this.#ended.abort();
  }

  /** Notes what the site has, and runs every search. */
  async #look(): Promise<void> {
    if (savedSearches(this.#store.list).length === 0) return;
    try {
      const hashes = await siteDecisions(await this.#index());
      const { known } = this.#store.list;
      if (hashes.some((decision) => !known.has(decision))) this.#store.change((list, at) => withKnown(list, hashes, at));
      [this.#hashes, this.#shownUpTo] = [hashes, Math.max(lastArrival(this.#store.list), Date.now())];
    } catch (error) {
      this.#say('What is new could not be loaded from this site. Check your connection and load this page again. Your searches are still here.');
      console.error(error);
      return;
    }
    // One after the other: the index keeps what it has found for one search.
    for (const { id, address } of savedSearches(this.#store.list)) {
      try {
        this.#found.set(id, await this.#searcher.search({ ...parseState(address[0]), sort: 'newest' }));
      } catch (error) {
        this.#found.set(id, 'failed');
        console.error(error);
      }
      this.#show();
    }
  }

  #show(): void {
    const { list, problem, damaged } = this.#store;
    const searches = savedSearches(list);
    this.#part('empty').hidden = searches.length > 0;
    this.#part('damaged').hidden = damaged === undefined;
    this.#part('problem').hidden = problem === undefined;
    write(this.#part('problem'), problem === undefined ? '' : PROBLEMS[problem]);
    const sections = searches.map((search) => this.#section(search));
    const place = this.#part('list');
    sections.forEach((section, index) => {
      if (place.children[index] !== section) place.insertBefore(section, place.children[index] ?? null);
    });
    while (place.children.length > sections.length) place.lastElementChild!.remove();
    for (const id of [...this.#sections.keys()]) if (!searches.some((search) => search.id === id)) this.#sections.delete(id);
  }

  #section(search: SavedSearch): HTMLElement {
    const { id, address, name } = search;
    let section = this.#sections.get(id);
    if (!section) {
      section = this.#templates('search').firstElementChild as HTMLElement;
      section.dataset['search'] = id;
      slot(section, 'link').setAttribute('href', href('search/') + address[0]);
      const feeds = this.#feedLinks(parseState(address[0]));
      slot(section, 'feeds').replaceChildren(...feeds);
      slot(section, 'feeds').hidden = feeds.length === 0;
      this.#sections.set(id, section);
    }
    if (section.dataset['named'] !== name[0]) {
      section.dataset['named'] = name[0];
      slot(section, 'link').replaceChildren(...(name[0] === '' ? describe(parseState(address[0])) : [element('span', { translate: 'no' }, name[0])]));
      slot(section, 'what').replaceChildren(...(name[0] === '' ? [] : describe(parseState(address[0]))));
      slot(section, 'what').hidden = name[0] === '';
      const field = slot(section, 'name') as HTMLInputElement;
      if (document.activeElement !== field) field.value = name[0];
    }
    this.#fill(section, search);
    return section;
  }

  /** What is new, anew only where that is something else than what stands there. */
  #fill(section: HTMLElement, search: SavedSearch): void {
    const found = this.#found.get(search.id);
    const fresh = typeof found === 'object' && this.#hashes ? newDecisions(this.#store.list, search, found.answer.decisions, this.#hashes) : [];
    const most = this.#most.get(search.id) ?? SHOWN;
    const key = JSON.stringify([found === undefined ? 'waiting' : found === 'failed' ? found : found.answer.decisions.length, fresh.length, most, search.seen[0]]);
    if (section.dataset['shown'] === key) return;
    section.dataset['shown'] = key;
    slot(section, 'status').replaceChildren(...statusWords(found, fresh.length, search.seen[0]));
    slot(section, 'seen').hidden = fresh.length === 0;
    slot(section, 'more').hidden = fresh.length <= most;
    slot(section, 'new').hidden = fresh.length === 0;
    if (typeof found === 'object') void this.#fillResults(section, found, fresh.slice(0, most), key);
  }

  async #fillResults(section: HTMLElement, found: Found, decisions: readonly number[], key: string): Promise<void> {
    try {
      const records = await Promise.all(decisions.map((decision) => found.readRecord(decision)));
      // Something else is shown by now.
      if (section.dataset['shown'] !== key) return;
      slot(section, 'new').replaceChildren(...records.map((record, index) => {
        const item = resultItem({ decision: decisions[index]!, record, places: new Set() }, found, this.#templates);
        // Several searches may find the same decision.
        item.querySelector('article')!.removeAttribute('id');
        return item;
      }));
    } catch (error) {
      this.#say('Some decisions could not be loaded. Check your connection and load this page again.');
      console.error(error);
    }
  }

  /** Feeds of what the search names: each has all decisions of its value, not only those that the search finds. */
  #feedLinks({ facets }: SearchState): (Node | string)[] {
    const links = Object.entries(this.#feeds).flatMap(([facet, paths]) => (facets.get(facet as FacetName) ?? []).flatMap((value) => {
      const path = Object.hasOwn(paths, value) ? paths[value] : undefined;
      return path === undefined ? [] : [element('a', { href: href(feedPath(path)) }, valueLabel(value))];
    }));
    return links.length === 0 ? [] : [element('span', {}, 'Follow by feed, each with all its decisions:'), ...links.flatMap((link) => [' ', link])];
  }

  #clicked({ target }: Event): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null;
    if (!button) return;
    const { do: action, slot: name } = button.dataset;
    const id = idOf(button);
    if (action === 'forget-damaged') this.#store.forgetDamaged();
    else if (action === 'undo') this.#takeBack();
    else if (id === undefined) return;
    else if (name === 'more') {
      this.#most.set(id, (this.#most.get(id) ?? SHOWN) + SHOWN);
      this.#show();
    } else if (name === 'seen') this.#undoable('Marked as seen.', id, (list, at) => markSeen(list, id, this.#shownUpTo, at));
    else if (name === 'remove') this.#undoable('Search removed.', id, (list, at) => removeSearch(list, id, at));
  }

  #undoable(words: string, id: string, make: (list: SavedSearches, at: number) => SavedSearches): void {
    const { list } = this.#store;
    this.#store.change(make);
    this.#say(words);
    this.#undo = { list, id };
    this.#part('undo').hidden = false;
    this.#part('undo').focus();
  }

  #takeBack(): void {
    const undo = this.#undo;
    if (!undo) return;
    this.#store.change((list, at) => restoreSearch(list, undo.list, undo.id, at));
    this.#say('Undone.');
    this.#sections.get(undo.id)?.querySelector<HTMLElement>('h2')?.focus();
  }

  #say(words: string): void {
    this.#undo = undefined;
    this.#part('undo').hidden = true;
    this.#part('said').textContent = words;
  }

  readonly #templates = (name: string): DocumentFragment => document.importNode(this.querySelector<HTMLTemplateElement>(`template[data-template="${name}"]`)!.content, true);

  #part(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }
}

function idOf(inside: Element): string | undefined {
  return inside.closest<HTMLElement>('[data-search]')?.dataset['search'];
}

/** A search in words: what was typed, then what was chosen. */
function describe(state: SearchState): (Node | string)[] {
  const words = state.q === '' ? [] : [element('span', { translate: 'no' }, shorten(state.q))];
  const parts = [...words, ...chosenFilters(state).map(({ label }) => element('span', {}, label))];
  return parts.length === 0 ? [element('span', {}, 'All decisions')] : parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}

function statusWords(found: Found | 'failed' | undefined, fresh: number, seen: number): (Node | string)[] {
  if (found === undefined) return ['Looking for new decisions…'];
  if (found === 'failed') return ['This search did not work. Load this page again.'];
  const since = element('time', { datetime: isoDay(seen) }, dayText(isoDay(seen)));
  const all = found.answer.decisions.length;
  return [
    element('strong', {}, fresh === 0 ? 'Nothing new' : count(fresh, 'new decision')), ' since ', since, '. ',
    element('span', {}, all === 0 ? 'This search finds no decision now.' : `This search finds ${count(all, 'decision')} in all, of ${numberText(found.table.decisions)} on this site.`),
  ];
}

/** The reader's own day. */
function isoDay(moment: number): string {
  const day = new Date(moment);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** Writes only what differs: a translation of the same words stays. */
function write(place: HTMLElement, words: string): void {
  if (place.dataset['said'] === words) return;
  place.dataset['said'] = words;
  place.textContent = words;
}

customElements.define('saved-searches', SavedSearchList);
