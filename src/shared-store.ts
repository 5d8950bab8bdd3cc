/**
 * A list in the browser's own storage, the same in all tabs. A change is made to what is stored at that moment, and what another tab writes is merged into
 * what this one has; where the storage is full or forbidden, the list goes on in this tab, and says so.
 */

/** What of the browser's storage is used. Each may throw: where storage is forbidden, or full. */
export type ListStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Why the list is in this tab alone. */
export type StoreProblem = 'full' | 'forbidden';

/** A sort of list: how it is written, read and merged. All of it is pure. */
export interface ListKind<List> {
  empty: List;
  text(list: List): string;
  /** The list that a stored text says, the empty one where nothing is stored, and nothing where the text is damaged or of another version. */
  read(text: string | null): List | undefined;
  /** Both lists in one; their order makes no difference. */
  merge(one: List, other: List): List;
  /** A moment for the next change: after every change that the list has, whatever clocks said. */
  nextMoment(list: List, now: number): number;
  /** The same list in an order of its own, so that it gives the same text whichever tab has merged it, without marks of what was taken out long ago. */
  tidy(list: List, now: number): List;
}

export class SharedStore<List> {
  readonly #kind: ListKind<List>;
  readonly #storage: () => ListStorage;
  readonly #now: () => number;
  /** Where the list is stored. */
  readonly key: string;
  #list: List;
  #problem: StoreProblem | undefined;
  readonly #told = new Set<() => void>();

  /**
   * @param storage asked for each time, because asking for it may throw
   * @param key several sites may share a host, so it names the site too
   */
  constructor(kind: ListKind<List>, storage: () => ListStorage, key: string, now: () => number = Date.now) {
    [this.#kind, this.#storage, this.#now, this.key, this.#list] = [kind, storage, now, key, kind.empty];
    this.#takeIn();
  }

  get list(): List {
    return this.#list;
  }

  /** Nothing while all is stored. */
  get problem(): StoreProblem | undefined {
    return this.#problem;
  }

  /** What was stored and could not be read, as it was; nothing where there is no such thing. */
  get damaged(): string | undefined {
    try {
      return this.#storage().getItem(this.#asideKey) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Forgets what could not be read. */
  forgetDamaged(): void {
    try {
      this.#storage().removeItem(this.#asideKey);
    } catch {
      this.#problem = 'forbidden';
    }
    this.#tell();
  }

  /** Calls back after each change, of this tab or another, until the signal ends it. */
  onChange(tell: () => void, signal?: AbortSignal): void {
    this.#told.add(tell);
    signal?.addEventListener('abort', () => this.#told.delete(tell));
  }

  /** Follows what other tabs write, for as long as the page is open. */
  follow(page: Pick<Window, 'addEventListener'>): void {
    page.addEventListener('storage', ({ key, newValue }) => {
      // Without a key, all of the storage was cleared.
      if (key === null || (key === this.key && newValue === null)) this.emptied();
      else if (key === this.key) this.refresh();
    });
  }

  /** @param make the list with the change, which gets its moment */
  change(make: (list: List, at: number) => List): void {
    const readable = this.#takeIn();
    this.#list = this.#kind.tidy(make(this.#list, this.#kind.nextMoment(this.#list, this.#now())), this.#now());
    if (readable) this.#write();
    this.#tell();
  }

  /** Forgets everything, with the marks of what was taken out, in all tabs. */
  empty(): void {
    this.#list = this.#kind.empty;
    try {
      this.#storage().removeItem(this.key);
    } catch (error) {
      this.#problem = problemOf(error);
    }
    this.#tell();
  }

  /** Another tab has emptied the list. */
  emptied(): void {
    this.#list = this.#kind.empty;
    this.#tell();
  }

  /** Another tab has written: its changes come in, and what it did not know of is written again. */
  refresh(): void {
    const before = this.#kind.text(this.#list);
    if (!this.#takeIn()) return this.#tell();
    const after = this.#kind.text(this.#list);
    if (this.#storedDiffers(after)) this.#write();
    if (after !== before) this.#tell();
  }

  /** Whether what is stored could be read; if it could not, nothing must be written over it. */
  #takeIn(): boolean {
    try {
      this.#list = this.#kind.tidy(this.#kind.merge(this.#stored(), this.#list), this.#now());
      return true;
    } catch (error) {
      this.#problem = problemOf(error);
      return false;
    }
  }

  #storedDiffers(text: string): boolean {
    try {
      const stored = this.#storage().getItem(this.key);
      return stored !== null && stored !== text;
    } catch {
      return false;
    }
  }

  #write(): void {
    try {
      this.#storage().setItem(this.key, this.#kind.text(this.#list));
      this.#problem = undefined;
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }

  /** What is stored. What cannot be read is put aside first, so that nothing writes over it. @throws where storage is forbidden, or has no room for that */
  #stored(): List {
    const storage = this.#storage();
    const text = storage.getItem(this.key);
    const list = this.#kind.read(text);
    if (list) return list;
    const aside = storage.getItem(this.#asideKey);
    storage.setItem(this.#asideKey, aside === null ? text! : `${aside}\n${text!}`);
    // Not removed: for another tab that would mean that the list was emptied.
    storage.setItem(this.key, this.#kind.text(this.#kind.empty));
    return this.#kind.empty;
  }

  get #asideKey(): string {
    return `${this.key}:damaged`;
  }

  #tell(): void {
    for (const tell of this.#told) tell();
  }
}

function problemOf(error: unknown): StoreProblem {
  return error instanceof DOMException && /quota/i.test(error.name) ? 'full' : 'forbidden';
}
