/**
 * Suggestions while typing: an editable combobox with manual selection (ARIA Authoring Practices Guide, "Combobox"). What is typed stays as
 * it is; the arrow keys go through the suggestions, Enter takes one, Escape and Tab close them.
 */
import type { Suggestion } from '../suggest.ts';
import { element } from './dom.ts';

/** One letter begins too much. */
const FEWEST_CHARACTERS = 2;
/** Longer is no query of a person. */
const MOST_CHARACTERS = 500;

export interface SuggestionSource {
  /** Suggestions for what was typed before the caret, best first. May download what it needs. @throws when that fails */
  suggest(typed: string): Promise<readonly Suggestion[]>;
  /** Does what a suggestion says. */
  take(suggestion: Suggestion): void;
}

export class Suggestions {
  readonly #field: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #said: HTMLElement;
  readonly #source: SuggestionSource;
  #shown: readonly Suggestion[] = [];
  /** Position of the one that Enter takes; -1: what was typed. */
  #active = -1;
  /** Counts what was asked for, so that a slow earlier answer never overwrites a later. */
  #latest = 0;

  /**
   * @param list an empty list box beside the field
   * @param said is read out when it changes
   */
  constructor(field: HTMLInputElement, list: HTMLElement, said: HTMLElement, source: SuggestionSource) {
    this.#field = field;
    this.#list = list;
    this.#said = said;
    this.#source = source;
    // Only now: without script it is a plain field.
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id })) field.setAttribute(name, value);
  }

  /** @param signal ends the behaviour */
  listen(signal: AbortSignal): void {
    const field = this.#field;
    field.addEventListener('input', () => void this.#ask(), { signal });
    field.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    field.addEventListener('blur', () => this.close(), { signal });
    field.form?.addEventListener('submit', () => this.close(), { signal });
    // The field keeps the focus, so that the list is still there for the click.
    this.#list.addEventListener('pointerdown', (event) => event.preventDefault(), { signal });
    this.#list.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
    this.#list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
      if (option) this.#take([...this.#list.children].indexOf(option));
    }, { signal });
    signal.addEventListener('abort', () => this.close());
  }

  close(): void {
    this.#latest += 1;
    this.#show([]);
  }

  async #ask(): Promise<void> {
    const turn = ++this.#latest;
    const typed = this.#field.value;
    let found: readonly Suggestion[] = [];
    // Within the words a suggestion would take the place of what follows.
    const atEnd = this.#field.selectionStart === typed.length;
    if (atEnd && typed.trim().length >= FEWEST_CHARACTERS && typed.length <= MOST_CHARACTERS) {
      try {
        found = await this.#source.suggest(typed);
      } catch (error) {
        // The search itself says what does not load; suggestions are a help and stay away.
        console.warn(error);
      }
    }
    if (turn !== this.#latest || document.activeElement !== this.#field) return;
    this.#show(found);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (this.#shown.length === 0) {
        // Closed with Escape, they come again.
        if (event.key === 'ArrowDown') void this.#ask();
        return;
      }
      event.preventDefault();
      const stops = this.#shown.length + 1;
      this.#activate(((this.#active + 1 + (event.key === 'ArrowDown' ? 1 : -1) + stops) % stops) - 1);
    } else if (event.key === 'Enter' && this.#active >= 0) {
      event.preventDefault();
      this.#take(this.#active);
    } else if (event.key === 'Escape' && this.#shown.length > 0) {
      // Else the browser empties the field.
      event.preventDefault();
      this.close();
    } else if (event.key === 'Tab') this.close();
  }

  #take(index: number): void {
    const suggestion = this.#shown[index];
    if (!suggestion) return;
    this.close();
    this.#source.take(suggestion);
  }

  #show(suggestions: readonly Suggestion[]): void {
    if (suggestions.length === 0 && this.#shown.length === 0) return;
    this.#shown = suggestions;
    this.#active = -1;
    this.#list.replaceChildren(
      ...suggestions.map(({ label, detail }, index) =>
        element(
          'li',
          { role: 'option', id: `${this.#list.id}-${index}`, 'aria-selected': 'false', class: 'suggestion' },
          element('span', { class: 'suggestion__label' }, label),
          // Commas for those who hear it.
          element('span', { class: 'visually-hidden' }, ', '),
          element('span', { class: 'suggestion__detail' }, detail),
        ),
      ),
    );
    const open = suggestions.length > 0;
    this.#list.hidden = !open;
    this.#field.setAttribute('aria-expanded', String(open));
    this.#field.removeAttribute('aria-activedescendant');
    this.#said.textContent = open ? `${suggestions.length === 1 ? '1 suggestion' : `${suggestions.length} suggestions`}, arrow keys choose` : '';
  }

  #activate(index: number): void {
    this.#active = index;
    for (const [position, option] of [...this.#list.children].entries()) option.setAttribute('aria-selected', String(position === index));
    const option = this.#list.children[index];
    if (option) {
      this.#field.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else this.#field.removeAttribute('aria-activedescendant');
  }
}
