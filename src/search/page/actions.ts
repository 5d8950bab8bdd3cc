/** What can be done with a result: its address copied, the page printed, the decisions saved for a spreadsheet, the search saved for another day. */
import { count, numberText } from '../../words.ts';
import { csvLimitText } from '../csv-limit.ts';
import { PAGE_SIZE } from '../engine.ts';
import { SearchLoadError } from '../loading.ts';
import type { Found } from '../searcher.ts';
import { EMPTY_STATE } from '../state.ts';
import { copyText } from './dom.ts';

/** Milliseconds that a confirmation stays. */
const SAID_FOR = 6000;
/** Fewer are ready before a reader has read how many. */
const FEWEST_WITH_PROGRESS = 2 * PAGE_SIZE;

export interface ActionSource {
  /** What is shown; nothing before the first search. */
  found(): Found | undefined;
  /** Searches everything that the page has shown before anything was asked for. @throws SearchLoadError */
  searchShown(): Promise<Found>;
  /** Absolute address of the site's home, with a slash at its end. */
  home: string;
}

/** The row of actions. */
export class Actions {
  readonly #row: HTMLElement;
  readonly #source: ActionSource;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #saving: AbortController | undefined;

  constructor(row: HTMLElement, source: ActionSource) {
    this.#row = row;
    this.#source = source;
  }

  /** @param signal ends the behaviour */
  listen(signal: AbortSignal): void {
    const on = (name: string, act: () => void): void => this.#part(name).addEventListener('click', act, { signal });
    on('copy', () => void this.#copy());
    on('print', () => print());
    on('save', () => void this.#save());
    on('keep', () => void this.#keep());
    signal.addEventListener('abort', () => this.#saving?.abort());
  }

  /**
   * Another result is shown: what was said of the last one, and its file, are out of date.
   * @param decisions found; nothing where the search did not work. A search that finds none can be saved too: that is how a reader hears of the first.
   */
  changed(decisions: number | undefined): void {
    this.#saving?.abort();
    this.#say('');
    this.#row.hidden = decisions === undefined;
    for (const name of ['print', 'save']) this.#part(name).hidden = decisions === 0;
    this.#part('limit').textContent = csvLimitText(decisions ?? 0) ?? '';
  }

  async #copy(): Promise<void> {
    const address = location.origin + location.pathname + location.search;
    if (await copyText(address, { class: 'actions__address', 'aria-label': 'Address of this search' }, (field) => this.#say('Copy this address:', field))) this.#say('Link copied.');
  }

  async #save(): Promise<void> {
    this.#saving?.abort();
    const saving = new AbortController();
    this.#saving = saving;
    try {
      const [{ csvRows, resultsCsv }, { csvName, download }, found] = await Promise.all([import('../csv.ts'), import('./csv-file.ts'), this.#source.found() ?? this.#source.searchShown()]);
      const many = found.answer.decisions.length >= FEWEST_WITH_PROGRESS;
      if (many) this.#say('Preparing the file…');
      let said = 0;
      const rows = await csvRows(found, found.readRecord, {
        home: this.#source.home,
        signal: saving.signal,
        progress: (ready, of) => {
          // Every tenth, so that it can be read out.
          const tenths = Math.floor((ready * 10) / of);
          if (!many || tenths === said || ready === of) return;
          said = tenths;
          this.#say(`Preparing the file: ${numberText(ready)} of ${numberText(of)} decisions`);
        },
      });
      download(resultsCsv(rows), csvName(found.state));
      this.#say(`Saved ${count(rows.length, 'decision')}.`);
    } catch (error) {
      if (saving.signal.aborted) return;
      this.#say(`The file could not be made: ${error instanceof SearchLoadError ? error.message : 'something'} could not be loaded. Nothing was saved.`);
      console.error(error);
    }
  }

  async #keep(): Promise<void> {
    const { found, home } = this.#source;
    try {
      const { keepSearch } = await import('../../new/keep-search.ts');
      this.#say('', ...(await keepSearch(found()?.state ?? EMPTY_STATE, home)));
    } catch (error) {
      this.#say('The search could not be saved. Check your connection and try again.');
      console.error(error);
    }
  }

  #say(text: string, ...more: (Node | string)[]): void {
    clearTimeout(this.#quiet);
    const said = this.#part('said');
    said.replaceChildren(text, ...more);
    if (text !== '' && more.length === 0 && !text.endsWith('…')) this.#quiet = setTimeout(() => said.replaceChildren(), SAID_FOR);
  }

  #part(name: string): HTMLElement {
    return this.#row.querySelector<HTMLElement>(`[data-action="${name}"]`)!;
  }
}
