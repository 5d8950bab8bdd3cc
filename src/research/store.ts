/** The research folder in the browser's own storage. */
import { SharedStore } from '../shared-store.ts';
import type { ListKind, ListStorage } from '../shared-store.ts';
import { folderKey } from './key.ts';
import { EMPTY_LIST, merge, nextMoment, withoutOldMarks } from './list.ts';
import type { ResearchList } from './list.ts';
import { readStored, storedText } from './stored.ts';

const RESEARCH: ListKind<ResearchList> = { empty: EMPTY_LIST, text: storedText, read: readStored, merge, nextMoment, tidy: (list, now) => withoutOldMarks(inOrder(list), now) };

export class ResearchStore extends SharedStore<ResearchList> {
  /** @param base as of folderKey */
  constructor(storage: () => ListStorage, base: string, now?: () => number) {
    super(RESEARCH, storage, folderKey(base), now);
  }
}

function inOrder(list: ResearchList): ResearchList {
  const sorted = <Value>(map: ReadonlyMap<string, Value>): Map<string, Value> => new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...list, entries: sorted(list.entries), groups: sorted(list.groups) };
}
