/**
 * <glossary-term>: makes the link to the glossary a button that opens the explanation in the flow of the page, below the paragraph that it stands in.
 * It stays a link element, because a button's words cannot break over lines and the text would move.
 */
class GlossaryTermElement extends HTMLElement {
  #note: HTMLElement | undefined;
  #begun = false;

  connectedCallback(): void {
    // Moved within the page, it is the same one.
    if (this.#begun) return;
    this.#begun = true;
    const link = this.#link;
    link.setAttribute('role', 'button');
    link.setAttribute('aria-expanded', 'false');
    link.addEventListener('click', (event) => {
      // A new tab may be what the reader wants.
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (this.#note) this.#close();
      else this.#open();
    });
    link.addEventListener('keydown', (event) => {
      if (event.key === ' ') {
        event.preventDefault();
        link.click();
      } else if (event.key === 'Escape') this.#close();
    });
  }

  #open(): void {
    const note = document.createElement('div');
    note.className = 'term-note';
    note.id = `term-${this.dataset['term']!}`;
    note.append(document.importNode(this.querySelector('template')!.content, true));
    note.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      this.#close();
      this.#link.focus();
    });
    const block = this.closest('p, h1, h2, h3, h4, li, dt, dd, td, th, div')!;
    if (block.matches('p, h1, h2, h3, h4')) block.after(note);
    else block.append(note);
    this.#note = note;
    this.#link.setAttribute('aria-expanded', 'true');
    this.#link.setAttribute('aria-controls', note.id);
  }

  #close(): void {
    this.#note?.remove();
    this.#note = undefined;
    this.#link.setAttribute('aria-expanded', 'false');
    this.#link.removeAttribute('aria-controls');
  }

  get #link(): HTMLAnchorElement {
    return this.querySelector('a')!;
  }
}

customElements.define('glossary-term', GlossaryTermElement);
