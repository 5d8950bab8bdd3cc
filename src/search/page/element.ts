/**
 * <decision-search>: answers the search form in place. Without it the form is a plain form.
 * The address always says what is shown; the form and the results follow the address.
 */
import { href } from '../../base.ts';
import { casePath } from '../../urls.ts';
import { SearchLoadError } from '../load.ts';
import { isCaseOnly, parseQuery } from '../query.ts';
import { createSearcher } from '../searcher.ts';
import type { Found } from '../searcher.ts';
import { formatState, hasFilters, parseState } from '../state.ts';
import type { SearchState } from '../state.ts';
import { fillForm, readForm, readSort, showCounts } from './form.ts';
import { chosenFilters, element, notes, pageLinks, resultItem, splitText, statusText } from './render.ts';

/** Typing is answered when it pauses this long, in milliseconds: shorter than reading, longer than between two keys. */
const TYPING_PAUSE = 300;
/** Wide enough for filters beside the results; the same as in search.css. */
const BESIDE = '(min-width: 60rem)';

/** How a search came about, which decides about history, focus and jumping to a case. */
type Cause = 'address' | 'history' | 'submit' | 'link' | 'filter' | 'typing' | 'retry';

interface HistoryState {
  /** Pixels from the top, when the reader left this entry. */
  scroll?: number;
  /** The entry is of words that are still being typed: what is typed on replaces it. */
  typing?: true;
}

class DecisionSearch extends HTMLElement {
  readonly #searcher = createSearcher(new URL(href(''), location.href).href);
  #state: SearchState = parseState(location.search);
  /** Counts searches, so that a slow earlier one never overwrites a later. */
  #latest = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #ended = new AbortController();

  connectedCallback(): void {
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    const form = this.#form;
    const beside = matchMedia(BESIDE);
    const filters = this.#part('filters', HTMLDetailsElement);
    filters.open = beside.matches;
    beside.addEventListener('change', () => (filters.open = beside.matches), { signal });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#go(readForm(form, this.#state.sort), 'submit');
    }, { signal });
    this.addEventListener('input', (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === 'q') this.#soon('typing');
    }, { signal });
    this.addEventListener('change', (event) => {
      const { target } = event;
      if (target instanceof HTMLSelectElement) this.#go(readForm(form, readSort(form)), 'filter');
      else if (target instanceof HTMLInputElement && target.type === 'checkbox') this.#go(readForm(form, this.#state.sort), 'filter');
      // A year that is being typed is four dates, of which the reader means the last.
      else if (target instanceof HTMLInputElement && target.type === 'date') this.#soon('filter');
    }, { signal });
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    addEventListener('popstate', () => {
      clearTimeout(this.#pause);
      void this.#show(parseState(location.search), 'history');
    }, { signal });
    addEventListener('pagehide', () => this.#rememberScroll(), { signal });
    // The results come later than the browser's own attempt to scroll back.
    history.scrollRestoration = 'manual';
    void this.#show(this.#state, 'address');
  }

  disconnectedCallback(): void {
    this.#ended.abort();
    clearTimeout(this.#pause);
  }

  /** Answers what the form says when it has stood still for a moment. */
  #soon(cause: 'typing' | 'filter'): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#go(readForm(this.#form, this.#state.sort), cause), TYPING_PAUSE);
  }

  #clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-search]') : null;
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#go(parseState(new URL(link.href).search), 'link');
  }

  /** Puts a state into the address and shows it. */
  #go(state: SearchState, cause: Cause): void {
    clearTimeout(this.#pause);
    const address = href('search/') + formatState(state);
    if (address !== location.pathname + location.search) {
      const entry: HistoryState = cause === 'typing' ? { typing: true } : {};
      // What was there before the first key stays one step back, and the words typed are one entry however long they took.
      if ((cause === 'typing' || cause === 'submit') && this.#entry.typing) {
        history.replaceState(entry, '', address);
      } else {
        this.#rememberScroll();
        history.pushState(entry, '', address);
      }
    }
    void this.#show(state, cause);
  }

  #rememberScroll(): void {
    const remembered: HistoryState = { scroll: scrollY };
    history.replaceState(remembered, '');
  }

  get #entry(): HistoryState {
    return (history.state ?? {}) as HistoryState;
  }

  async #show(state: SearchState, cause: Cause): Promise<void> {
    this.#state = state;
    const turn = ++this.#latest;
    fillForm(this.#form, state, cause === 'typing');
    const results = this.#part('results', HTMLElement);
    results.setAttribute('aria-busy', 'true');
    this.#part('loading', HTMLElement).hidden = false;
    try {
      const found = await this.#searcher.search(state);
      if (turn !== this.#latest) return;
      if (found.onlyCase !== undefined && cause !== 'typing' && cause !== 'history' && isCaseOnly(parseQuery(state.q))) {
        // Replaced, so that "back" from the case does not lead here and to the case again.
        location.replace(href(casePath(found.onlyCase)));
        return;
      }
      this.#render(found, cause);
    } catch (error) {
      if (turn !== this.#latest) return;
      this.#renderFailure(error, state);
    }
    results.removeAttribute('aria-busy');
    this.#part('loading', HTMLElement).hidden = true;
    this.#moveTo(cause);
  }

  #render(found: Found, cause: Cause): void {
    const { state, table, answer } = found;
    this.#state = state;
    const copy = this.#copyTemplate;
    // The address may have named values or a page that do not exist.
    fillForm(this.#form, state, cause === 'typing');
    showCounts(this, table, answer);
    const chosen = chosenFilters(state);
    const chosenPart = this.#part('chosen', HTMLElement);
    chosenPart.replaceChildren(...chosen);
    chosenPart.hidden = chosen.length === 0;
    const filterCount = [...state.facets.values()].reduce((sum, values) => sum + values.length, 0) + Number(state.from !== undefined) + Number(state.to !== undefined);
    this.#part('filter-count', HTMLElement).textContent = hasFilters(state) ? ` (${filterCount} chosen)` : '';
    this.#part('split', HTMLElement).textContent = splitText(found);
    this.#part('notes', HTMLElement).replaceChildren(...notes(found));
    this.#part('list', HTMLElement).replaceChildren(...found.results.map((result) => resultItem(result, found, copy)));
    const links = pageLinks(found, copy);
    const pages = this.#part('pages', HTMLElement);
    pages.replaceChildren(...(links ? [links] : []));
    pages.hidden = !links;
    this.#announce(statusText(found));
  }

  #renderFailure(error: unknown, state: SearchState): void {
    const what = error instanceof SearchLoadError ? error.message : 'something';
    const retry = element('button', { type: 'button', class: 'button' }, 'Try again');
    retry.addEventListener('click', () => void this.#show(state, 'retry'));
    this.#part('list', HTMLElement).replaceChildren();
    this.#part('pages', HTMLElement).hidden = true;
    this.#part('split', HTMLElement).textContent = '';
    this.#part('notes', HTMLElement).replaceChildren(
      element('p', {}, 'Is there a connection to the internet? What was typed and chosen stays as it is. The lists under Services, Guidelines, Specialties and Years work too.'),
      element('p', {}, retry),
    );
    this.#announce(`The search did not work: ${what} could not be loaded.`);
    console.error(error);
  }

  /** A status that does not change is not read out again. */
  #announce(text: string): void {
    const status = this.#part('status', HTMLElement);
    if (status.textContent !== text) status.textContent = text;
  }

  #moveTo(cause: Cause): void {
    if (cause === 'history' || cause === 'address') {
      const { scroll } = this.#entry;
      if (scroll !== undefined) scrollTo(0, scroll);
      return;
    }
    // What was clicked is gone: a reader at the keyboard goes on at the top of the new results.
    if (cause !== 'link') return;
    const heading = this.#part('heading', HTMLElement);
    heading.focus({ preventScroll: true });
    this.#part('results', HTMLElement).scrollIntoView({ block: 'start' });
  }

  get #form(): HTMLFormElement {
    return this.querySelector('form')!;
  }

  readonly #copyTemplate = (name: string): DocumentFragment => {
    const template = this.querySelector<HTMLTemplateElement>(`template[data-template="${name}"]`)!;
    return document.importNode(template.content, true);
  };

  #part<Kind extends HTMLElement>(name: string, kind: new () => Kind): Kind {
    const found = this.querySelector(`[data-part="${name}"]`);
    if (!(found instanceof kind)) throw new Error(`the search page has no ${name}`);
    return found;
  }
}

customElements.define('decision-search', DecisionSearch);
