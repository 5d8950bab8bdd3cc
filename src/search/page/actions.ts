/** What can be done with a result: its address copied, the page printed, the decisions saved for a spreadsheet. */
import { count, numberText } from '../../words.ts';
import { csvLimitText, csvRows, resultsCsv } from '../csv.ts';
import { PAGE_SIZE } from '../engine.ts';
import { SearchLoadError } from '../load.ts';
import type { Found } from '../searcher.ts';
import type { SearchState } from '../state.ts';
import { element } from './dom.ts';

/** Milliseconds that a confirmation stays. */
const SAID_FOR = 6000;
/** Fewer are ready before a reader has read how many. */
const FEWEST_WITH_PROGRESS = 2 * PAGE_SIZE;
/** Characters of the query in a file's name: with the rest it stays below what file systems take. */
const NAMED_QUERY = 60;

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
    signal.addEventListener('abort', () => this.#saving?.abort());
  }

  /** Another result is shown: what was said of the last one, and its file, are out of date. */
  changed(decisions: number): void {
    this.#saving?.abort();
    this.#say('');
    this.#row.hidden = decisions === 0;
    this.#part('limit').textContent = csvLimitText(decisions) ?? '';
  }

  async #copy(): Promise<void> {
    const address = location.origin + location.pathname + location.search;
    try {
      await navigator.clipboard.writeText(address);
      this.#say('Link copied.');
    } catch {
      // Refused, or not there at all without https: the reader copies it.
      const field = element('input', { type: 'text', readonly: '', class: 'actions__address', 'aria-label': 'Address of this search' });
      field.value = address;
      this.#say('Copy this address:', field);
      field.select();
    }
  }

  async #save(): Promise<void> {
    this.#saving?.abort();
    const saving = new AbortController();
    this.#saving = saving;
    try {
      const found = this.#source.found() ?? (await this.#source.searchShown());
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

  #say(text: string, ...more: Node[]): void {
    clearTimeout(this.#quiet);
    const said = this.#part('said');
    said.replaceChildren(text, ...more);
    if (text !== '' && more.length === 0 && !text.endsWith('…')) this.#quiet = setTimeout(() => said.replaceChildren(), SAID_FOR);
  }

  #part(name: string): HTMLElement {
    return this.#row.querySelector<HTMLElement>(`[data-action="${name}"]`)!;
  }
}

/** `imr decisions lumbar MRI 2014-01-01 to 2016-12-31.csv`: what was searched and of which days, in signs that every file system takes. */
export function csvName({ q, from, to }: Pick<SearchState, 'q' | 'from' | 'to'>): string {
  const words = q.replace(/[^\p{L}\p{N}\p{M}-]+/gu, ' ').trim();
  const dates = from && to ? `${from} to ${to}` : from ? `from ${from}` : to ? `to ${to}` : '';
  return `${['imr decisions', [...words].slice(0, NAMED_QUERY).join('').trim(), dates].filter((part) => part !== '').join(' ')}.csv`;
}

function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  element('a', { href: address, download: name }).click();
  // Once the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
