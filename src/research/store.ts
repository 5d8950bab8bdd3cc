/**
 * The list in the browser's own storage, the same in all tabs. A change is made to what is stored at that moment, and what another tab writes is merged into
 * what this one has; where the storage is full or forbidden, the list goes on in this tab, and says so.
 */
import { EMPTY_LIST, merge, nextMoment, withoutOldMarks } from './list.ts';
import type { ResearchList } from './list.ts';
import { readStored, storedText } from './stored.ts';

/** What of the browser's storage is used. Each may throw: where storage is forbidden, or full. */
export type ListStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Why the list is in this tab alone. */
export type StoreProblem = 'full' | 'forbidden';

export class ResearchStore {
  readonly #storage: () => ListStorage;
  readonly #now: () => number;
  /** Where the list is stored. */
  readonly key: string;
  #list: ResearchList = EMPTY_LIST;
  #problem: StoreProblem | undefined;
  readonly #told = new Set<() => void>();

  /**
   * @param storage asked for each time, because asking for it may throw
   * @param base path of the site's home: several sites may share a host, and each has its own cases
   */
  constructor(storage: () => ListStorage, base: string, now: () => number = Date.now) {
    [this.#storage, this.#now, this.key] = [storage, now, `imr-search:research:${base}`];
    this.#takeIn();
  }

  get list(): ResearchList {
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

  /** @param make the list with the change, which gets its moment */
  change(make: (list: ResearchList, at: number) => ResearchList): void {
    const readable = this.#takeIn();
    this.#list = inOrder(make(this.#list, nextMoment(this.#list, this.#now())));
    if (readable) this.#write();
    this.#tell();
  }

  /** Forgets everything, with the marks of what was taken out, in all tabs. */
  empty(): void {
    this.#list = EMPTY_LIST;
    try {
      this.#storage().removeItem(this.key);
    } catch (error) {
      this.#problem = problemOf(error);
    }
    this.#tell();
  }

  /** Another tab has emptied the folder. */
  emptied(): void {
    this.#list = EMPTY_LIST;
    this.#tell();
  }

  /** Another tab has written: its changes come in, and what it did not know of is written again. */
  refresh(): void {
    const before = storedText(this.#list);
    if (!this.#takeIn()) return this.#tell();
    const after = storedText(this.#list);
    if (this.#storedDiffers(after)) this.#write();
    if (after !== before) this.#tell();
  }

  /** Whether what is stored could be read; if it could not, nothing must be written over it. */
  #takeIn(): boolean {
    try {
      this.#list = withoutOldMarks(inOrder(merge(this.#stored(), this.#list)), this.#now());
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
      this.#storage().setItem(this.key, storedText(this.#list));
      this.#problem = undefined;
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }

  /** What is stored. What cannot be read is put aside first, so that nothing writes over it. @throws where storage is forbidden, or has no room for that */
  #stored(): ResearchList {
    const storage = this.#storage();
    const text = storage.getItem(this.key);
    const list = readStored(text);
    if (list) return list;
    const aside = storage.getItem(this.#asideKey);
    storage.setItem(this.#asideKey, aside === null ? text! : `${aside}\n${text!}`);
    // Not removed: for another tab that would mean that the folder was emptied.
    storage.setItem(this.key, storedText(EMPTY_LIST));
    return EMPTY_LIST;
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

/** The same list gives the same text, whichever tab has merged it. */
function inOrder(list: ResearchList): ResearchList {
  const sorted = <Value>(map: ReadonlyMap<string, Value>): Map<string, Value> => new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...list, entries: sorted(list.entries), groups: sorted(list.groups) };
}
