/** Makes each `<save-decision>` a button that keeps a decision in the research folder, or takes it out again. Nothing is asked of the site for it. */
import { href } from '../../base.ts';
import { FOLDER_PATH, folder } from '../../research/folder.ts';
import { MOST_ENTRIES, entriesOf, entryId, entryOf, keep, takeOut } from '../../research/list.ts';
import { readSaveAttributes } from '../../research/save-attributes.ts';
import { element } from '../../search/page/dom.ts';
import { count, numberText } from '../../words.ts';
import { saveWords } from './save-words.ts';

class SaveDecision extends HTMLElement {
  readonly #button = element('button', { type: 'button', class: 'button button--quiet save-decision__button' });
  /** In a list, where each result can be one of two that are compared. What it does is loaded when a reader begins to. */
  readonly #compare = element('button', { type: 'button', class: 'button button--quiet save-decision__button', 'data-compare': '' }, 'Compare');
  readonly #said = element('span', { 'aria-live': 'polite', class: 'save-decision__said' });
  #ended = new AbortController();

  connectedCallback(): void {
    const { signal } = (this.#ended = new AbortController());
    this.replaceChildren(this.#button, ...(this.dataset['whole'] === undefined ? [this.#compare] : []), this.#said);
    this.#button.addEventListener('click', () => this.#press(), { signal });
    this.#compare.addEventListener('click', () => void import('../../compare/choose.ts').then(({ choose }) => choose(this.#compare)), { signal });
    folder().onChange(() => this.#show(), signal);
    this.#show();
  }

  disconnectedCallback(): void {
    this.#ended.abort();
  }

  #show(): void {
    const decision = readSaveAttributes(this.dataset);
    const saved = decision !== undefined && entryOf(folder().list, entryId(decision)) !== undefined;
    const state = `${saved}`;
    if (this.#button.dataset['saved'] === state) return;
    this.#button.dataset['saved'] = state;
    this.#button.replaceChildren(...saveWords(saved, this.dataset['whole'] !== undefined, this.dataset['decision'] ?? ''));
  }

  #press(): void {
    const decision = readSaveAttributes(this.dataset);
    if (!decision) return;
    const store = folder();
    const id = entryId(decision);
    const own = entryOf(store.list, id);
    const link = (words: string): HTMLElement => element('a', { href: href(FOLDER_PATH) }, words);
    if (own && own.note[0] !== '') {
      this.#say('You wrote a note on this decision. Take it out in your ', link('research folder'), '.');
      return;
    }
    if (!own && entriesOf(store.list).length >= MOST_ENTRIES) {
      this.#say(`The folder is full. It holds ${numberText(MOST_ENTRIES)} decisions.`);
      return;
    }
    store.change((list, at) => (own ? takeOut(list, [id], at) : keep(list, decision, at)));
    if (store.problem === 'full') this.#say('Not saved: this browser has no room left for this site. The folder is in this tab only, and goes when you leave this page.');
    else if (store.problem === 'forbidden') this.#say('Not saved: this browser does not let this site keep anything. The folder is in this tab only, and goes when you leave this page.');
    else this.#say(link(`${count(entriesOf(store.list).length, 'decision')} in your research folder`));
  }

  /** Said anew each time: a live region is read out when it changes. */
  #say(...words: (Node | string)[]): void {
    this.#said.replaceChildren();
    this.#said.append(...words);
  }
}

customElements.define('save-decision', SaveDecision);
