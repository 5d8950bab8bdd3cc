/**
 * <cite-decision>: copies the citation that it holds. Without script there is no button, and the citation and its files are there all the same.
 * A build that does not know the site's address has written paths; here they become addresses, in words and in files.
 */
import { element } from '../../search/page/dom.ts';

class CiteDecision extends HTMLElement {
  #ended = new AbortController();

  connectedCallback(): void {
    this.#ended = new AbortController();
    const copy = this.#part('copy');
    copy.addEventListener('click', () => void this.#copy(), { signal: this.#ended.signal });
    copy.hidden = false;
  }

  disconnectedCallback(): void {
    this.#ended.abort();
  }

  async #copy(): Promise<void> {
    const words = this.#part('citation');
    const said = this.#part('said');
    // Said anew each time: a live region is read out when it changes.
    said.replaceChildren();
    try {
      await navigator.clipboard.writeText(words.textContent!.replace(/\s+/g, ' ').trim());
      said.append('Copied');
    } catch {
      // Refused, or not there at all without https: the reader copies it.
      getSelection()?.selectAllChildren(words);
      said.append('The citation is selected. Copy it with ', element('kbd', {}, 'Ctrl'), ' + ', element('kbd', {}, 'C'), ', on a Mac ', element('kbd', {}, '⌘'), ' + ', element('kbd', {}, 'C'), '.');
    }
  }

  #part(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }
}

/** Paths that should be addresses, wherever the page shows one and in the files that hold it. */
function completeAddresses(): void {
  for (const shown of document.querySelectorAll<HTMLElement>('[data-address]')) {
    const path = shown.textContent!.trim();
    const address = new URL(path, location.href).href;
    if (address === path) continue;
    shown.textContent = address;
    for (const file of shown.closest('details')?.querySelectorAll<HTMLAnchorElement>('a[download]') ?? []) file.href = file.href.replace(encodeURIComponent(path), encodeURIComponent(address));
  }
}

completeAddresses();
customElements.define('cite-decision', CiteDecision);
