/**
 * <decision-search>: answers the search form in place. Without it the form is a plain form.
 * The address always says what is shown; the form and the results follow the address. Nothing of the index is downloaded before the reader
 * shows that a search is meant: what the page says of all decisions comes with it.
 */
import { href } from '../../base.ts';
import { casePath } from '../../urls.ts';
import { count } from '../../words.ts';
import { PAGE_SIZE, valueCounts } from '../engine.ts';
import { SearchLoadError, retried } from '../loading.ts';
import { rememberOnOpening } from '../marks/remember.ts';
import type { RememberedSearch } from '../marks/remember.ts';
import type { Found } from '../searcher.ts';
import { EMPTY_STATE, formatState, hasFilters, parseState } from '../state.ts';
import type { SearchState } from '../state.ts';
import { Actions } from './actions.ts';
import { answerElements, statusText } from './answer.ts';
import { element } from './dom.ts';
import { figuresOf } from './figures.ts';
import type { Figures } from './figures.ts';
import { Filters } from './filters.ts';
import { fillForm, readForm, readSort } from './form.ts';
import { lazySearcher } from './lazy-searcher.ts';
import { chosenFilters, filterLinks, notes, pageLinks } from './render.ts';
import { Suggestions } from './suggestions.ts';
import { partialHeading, partialNote, understoodLines } from './understood.ts';

/** Typing is answered when it pauses this long, in milliseconds: shorter than reading, longer than between two keys. */
const TYPING_PAUSE = 300;
/** An answer that takes longer than this, in milliseconds, is announced, and what stands there loses its colours. */
const SLOW_AFTER = 250;
/** Texts that take longer than this, in milliseconds, get quiet boxes in their place; sooner ones replace the last results at once. */
const WAITING_AFTER = 150;
/** Wide enough for filters beside the results; the same as in search.css. */
const BESIDE = '(min-width: 60rem)';

/** How a search came about, which decides about history, focus and jumping to a case. */
type Cause = 'address' | 'history' | 'submit' | 'link' | 'filter' | 'typing' | 'retry';

interface HistoryState {
  /** Pixels from the top, when the reader left this entry. */
  scroll?: number;
  /** Id of the result that was opened from here. */
  opened?: string;
  /** The entry is of words that are still being typed: what is typed on replaces it. */
  typing?: true;
}

/** Of no use before there are results. */
const loadResultItem = retried(() => import('./result.ts'));

class DecisionSearch extends HTMLElement {
  readonly #home = new URL(href(''), location.href).href;
  readonly #searcher = lazySearcher(this.#home);
  #state: SearchState = parseState(location.search);
  /** What is shown; nothing while it is what the page came with. */
  #found: Found | undefined;
  /** Whether anything of the index was asked for. */
  #begun = false;
  /** Counts searches, so that a slow earlier one never overwrites a later. */
  #latest = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #opened: string | undefined;
  #filters!: Filters;
  #actions!: Actions;
  #ended = new AbortController();

  connectedCallback(): void {
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    const form = this.#form;
    this.#filters = new Filters(this);
    this.#filters.listen(signal);
    this.#actions = new Actions(this.#part('actions', HTMLElement), {
      found: () => this.#found,
      searchShown: () => this.#searcher.search(this.#state),
      home: this.#home,
    });
    this.#actions.listen(signal);
    new Suggestions(this.#field, this.#part('suggestions', HTMLElement), this.#part('suggestions-said', HTMLElement), {
      suggest: (typed) => this.#searcher.suggest(typed, this.#state),
      take: (suggestion) => {
        if (suggestion.kind === 'case') location.assign(href(casePath(suggestion.caseId)));
        else this.#go(suggestion.state, 'submit');
      },
    }).listen(signal);
    const beside = matchMedia(BESIDE);
    const filters = this.#part('filters', HTMLDetailsElement);
    filters.open = beside.matches;
    beside.addEventListener('change', () => (filters.open = beside.matches), { signal });
    this.#part('show-results', HTMLElement).addEventListener('click', () => {
      filters.open = false;
      this.#toHeading();
    }, { signal });
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
    addEventListener('keydown', (event) => this.#pressed(event), { signal });
    for (const kind of ['focusin', 'pointerdown', 'keydown']) {
      for (const part of [form, filters]) part.addEventListener(kind, () => this.#prepare(), { signal });
    }
    // Before what hands the search over, which needs to know.
    for (const kind of ['click', 'auxclick', 'contextmenu']) this.addEventListener(kind, (event) => (this.#opened = resultOf(event.target)?.id ?? this.#opened), { signal, capture: true });
    rememberOnOpening(this.#part('results', HTMLElement), () => this.#handedOver(), signal);
    addEventListener('popstate', () => {
      clearTimeout(this.#pause);
      this.#showAddress('history');
    }, { signal });
    addEventListener('pagehide', () => this.#rememberPlace(), { signal });
    // The results come later than the browser's own attempt to scroll back.
    history.scrollRestoration = 'manual';
    this.#showAddress('address');
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
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-search], [data-part="skip"]') : null;
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset['part'] === 'skip') this.#toResults();
    else this.#go(parseState(new URL(link.href).search), 'link');
  }

  /** `/` leads to the search field, `j` and `k` from result to result once one has the focus, `j` from the filters to the first. */
  #pressed(event: KeyboardEvent): void {
    const { target, key } = event;
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof HTMLElement && (target.isContentEditable || target.closest('input:not([type="checkbox"]), textarea, select'))) return;
    if (key === '/') {
      event.preventDefault();
      this.#field.focus();
      this.#field.select();
    } else if (key === 'j' || key === 'k') {
      const links = this.#resultLinks;
      const at = links.findIndex((link) => link.closest('article')!.contains(document.activeElement));
      if (at >= 0) links[at + (key === 'j' ? 1 : -1)]?.focus();
      else if (key === 'j' && this.#part('filters', HTMLElement).contains(document.activeElement)) this.#toResults();
      else return;
      event.preventDefault();
    }
  }

  /** Downloads what every search needs, ahead of the search that is about to come. What fails here is said by that search. */
  #prepare(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#searcher.prepare().catch(() => (this.#begun = false));
  }

  /** Shows a state that the reader asked for. */
  #go(state: SearchState, cause: Cause): void {
    clearTimeout(this.#pause);
    void this.#show(state, cause);
  }

  /** Puts a state into the address. */
  #enter(state: SearchState, cause: Cause): void {
    const address = href('search/') + formatState(state);
    if (address === location.pathname + location.search) return;
    const entry: HistoryState = cause === 'typing' ? { typing: true } : {};
    // What was there before the first key stays one step back, and the words typed are one entry however long they took.
    if ((cause === 'typing' || cause === 'submit') && this.#entry.typing) {
      history.replaceState(entry, '', address);
    } else {
      this.#rememberPlace();
      history.pushState(entry, '', address);
    }
  }

  #rememberPlace(): void {
    const remembered: HistoryState = { scroll: scrollY, ...(this.#opened !== undefined && { opened: this.#opened }) };
    history.replaceState(remembered, '');
  }

  /** What the page of a case gets to know: what to mark, and the way back to this very result. */
  #handedOver(): Omit<RememberedSearch, 'casePath' | 'decision'> {
    const marks = this.#found?.reading.marks ?? [];
    const marked = new Set(marks.flat());
    return {
      marks,
      query: this.#state.q,
      back: `${location.pathname}${location.search}${this.#opened === undefined ? '' : `#${this.#opened}`}`,
      stems: Object.entries(this.#found?.stems ?? {}).filter(([, stem]) => marked.has(stem)),
    };
  }

  get #entry(): HistoryState {
    return (history.state ?? {}) as HistoryState;
  }

  #showAddress(cause: 'address' | 'history'): void {
    const state = parseState(location.search);
    if (!this.#begun && formatState(state) === '') this.#showAll(cause);
    else void this.#show(state, cause);
  }

  /** All decisions, as the page came with them. */
  #showAll(cause: Cause): void {
    this.#latest += 1;
    this.#state = EMPTY_STATE;
    fillForm(this.#form, EMPTY_STATE, false);
    const start = this.querySelector<HTMLTemplateElement>('template[data-template="start"]')!;
    const figures = JSON.parse(start.dataset['figures']!) as Figures;
    this.#showFigures(figures);
    this.#fill('list', this.#copyTemplate('start'));
    this.#showPages({ state: EMPTY_STATE, pages: Number(start.dataset['pages']) });
    this.#settled(cause);
  }

  async #show(state: SearchState, cause: Cause): Promise<void> {
    this.#begun = true;
    // Asked first: the words are looked for while the page is busy with the address and the form.
    const searching = this.#searcher.search(state);
    const asked = cause === 'submit' || cause === 'filter' || cause === 'typing';
    if (asked || cause === 'link') this.#enter(state, cause);
    this.#state = state;
    this.#opened = undefined;
    const turn = ++this.#latest;
    // What the reader typed and chose stands in the form.
    if (!asked) fillForm(this.#form, state, false);
    this.#part('results', HTMLElement).setAttribute('aria-busy', 'true');
    // Nothing is painted for a search that is answered at once.
    const slow = setTimeout(() => turn === this.#latest && this.#showSlow(true), SLOW_AFTER);
    let waiting: ReturnType<typeof setTimeout> | undefined;
    try {
      const found = await searching;
      if (turn !== this.#latest) return;
      if (found.onlyCase !== undefined && cause !== 'typing' && cause !== 'history') {
        // Replaced, so that "back" from the case does not lead here and to the case again.
        location.replace(href(casePath(found.onlyCase)));
        return;
      }
      this.#showAnswer(found, cause);
      waiting = setTimeout(() => turn === this.#latest && this.#showWaiting(found), WAITING_AFTER);
      // The numbers are on the screen before the texts are asked for.
      await new Promise((resolve) => setTimeout(resolve));
      const [{ results, partial }, { resultItem }] = await Promise.all([found.loadResults(), loadResultItem()]);
      if (turn !== this.#latest) return;
      this.#fill('list', ...results.map((result) => resultItem(result, found, this.#copyTemplate)));
      this.#showPartial(found, partial.map((result) => resultItem(result, found, this.#copyTemplate)));
      this.#showPages(found);
    } catch (error) {
      if (turn !== this.#latest) return;
      this.#showFailure(error, state);
    } finally {
      clearTimeout(waiting);
      clearTimeout(slow);
    }
    this.#settled(cause);
  }

  /** Everything but the texts: how many, how they came out, and what can be chosen. */
  #showAnswer(found: Found, cause: Cause): void {
    const { state, table, answer } = found;
    this.#state = state;
    this.#found = found;
    // The address may have named values in another spelling, and a chosen value covers those below it.
    fillForm(this.#form, state, cause === 'typing');
    this.#filters.show((name) => valueCounts(table, answer, name));
    this.#fill('chosen', ...filterLinks(state));
    const chosen = chosenFilters(state);
    this.#part('chosen', HTMLElement).hidden = chosen.length === 0;
    this.#part('filter-count', HTMLElement).textContent = hasFilters(state) ? ` (${chosen.length} chosen)` : '';
    this.#fill('understood', ...understoodLines(found));
    this.#fill('notes', ...notes(found));
    this.#showFigures(figuresOf(found));
    this.#part('pages', HTMLElement).hidden = true;
    if (cause === 'link') this.#toHeading();
  }

  #showFigures(figures: Figures): void {
    this.#fill('answer', ...answerElements(figures, this.#copyTemplate));
    this.#actions.changed(figures.decisions);
    this.#fill('show-results', `Show ${count(figures.decisions, 'decision')}`);
    this.#announce(statusText(figures));
  }

  #showPages(found: Pick<Found, 'state' | 'pages'>): void {
    const links = pageLinks(found, this.#copyTemplate);
    const { state, pages } = found;
    this.#fill('printed', `${location.origin}${location.pathname}${location.search}${pages > 1 ? `, page ${state.page} of ${pages}` : ''}`);
    this.#fill('pages', ...links);
    this.#part('pages', HTMLElement).hidden = links.length === 0;
  }

  /** Boxes as high as results usually are, so that the old results do not stand below new numbers, and nothing jumps. */
  #showWaiting({ state, answer }: Found): void {
    const left = answer.decisions.length - (state.page - 1) * PAGE_SIZE;
    this.#fill('list', ...Array.from({ length: Math.min(PAGE_SIZE, left) }, () => element('li', { class: 'result-waiting', 'aria-hidden': 'true' })));
    this.#showPartial(undefined, []);
  }

  #showPartial(found: Found | undefined, items: readonly Node[]): void {
    const shown = found?.partial !== undefined && items.length > 0;
    this.#part('partial', HTMLElement).hidden = !shown;
    this.#fill('partial-list', ...items);
    if (!shown) return;
    this.#part('partial-heading', HTMLElement).textContent = partialHeading(found.partial!, found.answer.decisions.length);
    this.#part('partial-note', HTMLElement).textContent = partialNote(found.partial!, items.length);
  }

  /** What stands there is not the answer to what is asked now. */
  #showSlow(slow: boolean): void {
    this.#part('results', HTMLElement).classList.toggle('is-slow', slow);
    this.#part('loading', HTMLElement).hidden = !slow;
  }

  #showFailure(error: unknown, state: SearchState): void {
    fillForm(this.#form, state, true);
    const what = error instanceof SearchLoadError ? error.message : 'something';
    const retry = element('button', { type: 'button', class: 'button' }, 'Try again');
    retry.addEventListener('click', () => void this.#show(state, 'retry'));
    for (const name of ['list', 'answer', 'understood']) this.#fill(name);
    this.#fill('show-results', 'Show results');
    this.#showPartial(undefined, []);
    this.#part('pages', HTMLElement).hidden = true;
    this.#actions.changed(undefined);
    this.#fill(
      'notes',
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

  /** Everything stands: the reader is taken to where he was, or left where he is. */
  #settled(cause: Cause): void {
    this.#part('results', HTMLElement).removeAttribute('aria-busy');
    this.#showSlow(false);
    if (cause !== 'history' && cause !== 'address') return;
    const { scroll, opened } = this.#entry;
    // Back through the history, or by the link on the case's page, whose address names the result.
    const place = opened ?? location.hash.slice(1);
    const result = resultOf(place === '' ? null : document.getElementById(place));
    result?.querySelector<HTMLElement>('h3 a')?.focus({ preventScroll: true });
    if (scroll !== undefined) scrollTo({ top: scroll, behavior: 'instant' });
    if (result && !isInSight(result)) result.scrollIntoView({ block: 'center', behavior: 'instant' });
  }

  /** Past a hundred filters. */
  #toResults(): void {
    const [first] = this.#resultLinks;
    if (first) first.focus();
    else this.#toHeading();
  }

  /** What was clicked is gone: a reader at the keyboard goes on at the top of the new results. */
  #toHeading(): void {
    this.#part('heading', HTMLElement).focus({ preventScroll: true });
    this.#part('results', HTMLElement).scrollIntoView({ block: 'start' });
  }

  get #resultLinks(): HTMLElement[] {
    return [...this.#part('results', HTMLElement).querySelectorAll<HTMLElement>('article h3 a')];
  }

  get #form(): HTMLFormElement {
    return this.querySelector('form')!;
  }

  get #field(): HTMLInputElement {
    return this.#form.querySelector<HTMLInputElement>('input[name="q"]')!;
  }

  readonly #copyTemplate = (name: string): DocumentFragment => {
    const template = this.querySelector<HTMLTemplateElement>(`template[data-template="${name}"]`)!;
    return document.importNode(template.content, true);
  };

  #fill(name: string, ...nodes: readonly (Node | string)[]): void {
    this.#part(name, HTMLElement).replaceChildren(...nodes);
  }

  #part<Kind extends HTMLElement>(name: string, kind: new () => Kind): Kind {
    const found = this.querySelector(`[data-part="${name}"]`);
    if (!(found instanceof kind)) throw new Error(`the search page has no ${name}`);
    return found;
  }
}

/** The result in which an element stands. */
function resultOf(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element ? target.closest<HTMLElement>('article.result') : null) ?? undefined;
}

function isInSight(shown: HTMLElement): boolean {
  const { top, bottom } = shown.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}

customElements.define('decision-search', DecisionSearch);
