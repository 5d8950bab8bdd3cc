/**
 * The research folder's list: decisions that a reader has kept, with notes, groups and an order. Pure.
 *
 * Several tabs may change it at once, and each writes the whole list. So every field carries the moment of its last change, and two lists are merged field by
 * field, the newer one wins: in whatever order the tabs read and write, all end with the same list, and no change to another field or decision is lost.
 */
import type { DecisionOutcome } from '../determinations/record.ts';
import { compareText } from '../determinations/record.ts';

/** A value and when it was set, in milliseconds since 1970. */
export type Stamped<Value> = readonly [value: Value, at: number];

/** What was read of a decision when it was kept, so that the list can be shown without asking for each case. */
export interface KeptWords {
  /** Missing where the letter has none. */
  caseNumber?: string | undefined;
  /** ISO day; missing where the letter has none. */
  decisionDate?: string | undefined;
  request: string;
  outcome: DecisionOutcome;
  /** As a facet value: `Diagnostic Testing > Imaging/Radiology`. */
  service: string;
}

export interface Entry {
  /** Of its case, as in Determination. */
  caseId: string;
  /** Of the decision in its letter, counted from 1. */
  number: number;
  /** Null where nothing was read yet: a list from a file or a link has only the reader's own words. */
  words: Stamped<KeptWords | null>;
  note: Stamped<string>;
  /** Id of its group; empty for none. */
  group: Stamped<string>;
  /** Smaller stands before larger. */
  place: Stamped<number>;
  /** False once it was taken out: without that, a list that still has it would bring it back. */
  kept: Stamped<boolean>;
}

export interface Group {
  id: string;
  name: Stamped<string>;
  place: Stamped<number>;
  kept: Stamped<boolean>;
}

export interface ResearchList {
  title: Stamped<string>;
  /** By entryId. */
  entries: ReadonlyMap<string, Entry>;
  /** By id. */
  groups: ReadonlyMap<string, Group>;
}

/** A group with its entries in their order. The entries without a group come first, under the id and name ''. */
export interface ArrangedGroup {
  id: string;
  name: string;
  entries: Entry[];
}

export const EMPTY_LIST: ResearchList = { title: ['', 0], entries: new Map(), groups: new Map() };

/** More than this nobody reads, and the browser's storage holds it with long notes. */
export const MOST_ENTRIES = 500;
export const MOST_GROUPS = 50;
/** Characters of a note that can be typed. */
export const LONGEST_TYPED_NOTE = 10_000;
/** Characters of a note that was joined from several. */
export const LONGEST_NOTE = 100_000;
/** Characters of a title or of a group's name. */
export const LONGEST_NAME = 120;
/** Ids of cases are case numbers or what the import makes of a file's name. */
export const CASE_ID = /^\w[\w.-]{0,149}$/;
/** Decisions of a letter are few; no number that somebody made up is larger. */
export const LARGEST_NUMBER = 999;

/** `CM00-0000117.2` */
export function entryId({ caseId, number }: Pick<Entry, 'caseId' | 'number'>): string {
  return `${caseId}.${number}`;
}

/** What is on the list: groups in their order, each with its entries in theirs. */
export function arranged(list: ResearchList): ArrangedGroup[] {
  const groups = [...list.groups.values()].filter(({ kept }) => kept[0]).sort((a, b) => a.place[0] - b.place[0] || compareText(a.id, b.id));
  const found: ArrangedGroup[] = [{ id: '', name: '', entries: [] }, ...groups.map(({ id, name }) => ({ id, name: name[0], entries: [] as Entry[] }))];
  const byId = new Map(found.map((group) => [group.id, group]));
  const entries = [...list.entries.values()].filter(({ kept }) => kept[0]).sort((a, b) => a.place[0] - b.place[0] || compareText(entryId(a), entryId(b)));
  // A group that another tab has taken away leaves its entries behind.
  for (const entry of entries) (byId.get(entry.group[0]) ?? found[0]!).entries.push(entry);
  return found;
}

/** All entries on the list, in its order. */
export function entriesOf(list: ResearchList): Entry[] {
  return arranged(list).flatMap(({ entries }) => entries);
}

/** The entry, if it is on the list. */
export function entryOf(list: ResearchList, id: string): Entry | undefined {
  const entry = list.entries.get(id);
  return entry?.kept[0] ? entry : undefined;
}

/** A moment for the next change: now, but after every change that the list has, whatever clocks said. */
export function nextMoment(list: ResearchList, now: number): number {
  let latest = list.title[1];
  for (const { words, note, group, place, kept } of list.entries.values()) latest = Math.max(latest, words[1], note[1], group[1], place[1], kept[1]);
  for (const { name, place, kept } of list.groups.values()) latest = Math.max(latest, name[1], place[1], kept[1]);
  return Math.max(now, latest + 1);
}

/** Both lists in one, each field as it was set last. The order of the two makes no difference, nor does merging again. */
export function merge(one: ResearchList, other: ResearchList): ResearchList {
  return {
    title: later(one.title, other.title),
    entries: mergeMaps(one.entries, other.entries, (a, b) => ({
      caseId: a.caseId, number: a.number, words: later(a.words, b.words), note: later(a.note, b.note), group: later(a.group, b.group), place: later(a.place, b.place), kept: later(a.kept, b.kept),
    })),
    groups: mergeMaps(one.groups, other.groups, (a, b) => ({ id: a.id, name: later(a.name, b.name), place: later(a.place, b.place), kept: later(a.kept, b.kept) })),
  };
}

/** Both maps in one; of what both have, `both` makes one. */
export function mergeMaps<Key, Value>(one: ReadonlyMap<Key, Value>, other: ReadonlyMap<Key, Value>, both: (a: Value, b: Value) => Value): Map<Key, Value> {
  const merged = new Map(one);
  for (const [id, value] of other) {
    const own = merged.get(id);
    merged.set(id, own === undefined ? value : both(own, value));
  }
  return merged;
}

/** The value that was set last. Of two values of one moment the same one wins on both sides. */
export function later<Value>(a: Stamped<Value>, b: Stamped<Value>): Stamped<Value> {
  if (a[1] !== b[1]) return a[1] > b[1] ? a : b;
  return compareText(JSON.stringify(a[0]), JSON.stringify(b[0])) >= 0 ? a : b;
}

/** Keeps a decision, at the end of those without a group. One that is kept stays as it is, and gets words if it has none. */
export function keep(list: ResearchList, { caseId, number, words }: { caseId: string; number: number; words: KeptWords | null }, at: number): ResearchList {
  const id = entryId({ caseId, number });
  const own = entryOf(list, id);
  if (own) return own.words[0] === null && words ? setWords(list, id, words, at) : list;
  if (entriesOf(list).length >= MOST_ENTRIES) return list;
  return withEntry(list, { caseId, number, words: [words, at], note: ['', at], group: ['', at], place: [lastPlace(list, '') + 1, at], kept: [true, at] });
}

/** Takes entries out. What they said goes with them: nothing of it stays in the browser. */
export function takeOut(list: ResearchList, ids: readonly string[], at: number): ResearchList {
  return ids.reduce((left, id) => change(left, id, () => ({ words: [null, at], note: ['', at], kept: [false, at] })), list);
}

/** Brings back entries as an earlier list has them, with its groups and, where there is none now, its title. */
export function bringBack(list: ResearchList, earlier: ResearchList, ids: readonly string[], at: number): ResearchList {
  const groups = [...earlier.groups.values()].filter(({ id, kept }) => kept[0] && !list.groups.get(id)?.kept[0]);
  const withGroups = groups.reduce((left, { id, name, place }) => withGroup(left, { id, name: [name[0], at], place: [place[0], at], kept: [true, at] }), list);
  const entries = ids.flatMap((id) => entryOf(earlier, id) ?? []);
  const back = entries.reduce((left, { caseId, number, words, note, group, place }) => withEntry(left, {
    caseId, number, words: [words[0], at], note: [note[0], at], group: [group[0], at], place: [place[0], at], kept: [true, at],
  }), withGroups);
  return back.title[0] === '' ? { ...back, title: [earlier.title[0], at] } : back;
}

/** How long the mark of something that was taken out is kept, in milliseconds: longer than a tab stays open. */
export const MARKED_FOR = 30 * 24 * 60 * 60_000;

/** The list without marks of what was taken out long ago. */
export function withoutOldMarks(list: ResearchList, now: number): ResearchList {
  const stays = ({ kept }: Pick<Entry, 'kept'>): boolean => kept[0] || now - kept[1] < MARKED_FOR;
  return { ...list, entries: new Map([...list.entries].filter(([, entry]) => stays(entry))), groups: new Map([...list.groups].filter(([, group]) => stays(group))) };
}

/**
 * A note as the reader has typed it.
 * @param before what the reader began with: where another tab has changed the note since, its words are kept below those typed here
 */
export function setNote(list: ResearchList, id: string, typed: string, before: string, at: number): ResearchList {
  return change(list, id, ({ note }) => ({ note: [note[0] === before ? bounded(typed, LONGEST_NOTE) : joinNotes(typed, note[0]), at] }));
}

/** Two notes on one decision as one; one that the other holds is not said twice. */
export function joinNotes(one: string, other: string): string {
  if (one.includes(other)) return bounded(one, LONGEST_NOTE);
  if (other.includes(one)) return bounded(other, LONGEST_NOTE);
  return bounded(`${one}\n\n${other}`, LONGEST_NOTE);
}

export function setWords(list: ResearchList, id: string, words: KeptWords | null, at: number): ResearchList {
  return change(list, id, () => ({ words: [words, at] }));
}

export function setTitle(list: ResearchList, title: string, at: number): ResearchList {
  return { ...list, title: [nameOf(title), at] };
}

/** Puts an entry at the end of a group. @param group '' for none */
export function putInto(list: ResearchList, id: string, group: string, at: number): ResearchList {
  return change(list, id, () => ({ group: [group, at], place: [lastPlace(list, group) + 1, at] }));
}

/** Moves an entry one step within its group. @param step -1 towards the beginning, 1 towards the end */
export function moveEntry(list: ResearchList, id: string, step: -1 | 1, at: number): ResearchList {
  const entries = arranged(list).find((group) => group.entries.some((entry) => entryId(entry) === id))?.entries ?? [];
  return stepped(entries, (entry) => entryId(entry) === id, step).reduce((left, [entry, place]) => change(left, entryId(entry), () => ({ place: [place, at] })), list);
}

/** A new group after the others. @param id that no group has */
export function addGroup(list: ResearchList, name: string, id: string, at: number): ResearchList {
  const groups = arranged(list).slice(1);
  if (nameOf(name) === '' || groups.length >= MOST_GROUPS) return list;
  const place = Math.max(0, ...[...list.groups.values()].map((group) => group.place[0])) + 1;
  return withGroup(list, { id, name: [nameOf(name), at], place: [place, at], kept: [true, at] });
}

export function renameGroup(list: ResearchList, id: string, name: string, at: number): ResearchList {
  const group = list.groups.get(id);
  return group && nameOf(name) !== '' ? withGroup(list, { ...group, name: [nameOf(name), at] }) : list;
}

/** Takes a group away; its entries stay, without a group. */
export function dissolveGroup(list: ResearchList, id: string, at: number): ResearchList {
  const group = list.groups.get(id);
  if (!group) return list;
  const inside = arranged(list).find((other) => other.id === id)?.entries ?? [];
  return withGroup(inside.reduce((left, entry) => putInto(left, entryId(entry), '', at), list), { ...group, kept: [false, at] });
}

export function moveGroup(list: ResearchList, id: string, step: -1 | 1, at: number): ResearchList {
  const groups = arranged(list).slice(1).map((group) => list.groups.get(group.id)!);
  return stepped(groups, (group) => group.id === id, step).reduce((left, [group, place]) => withGroup(left, { ...left.groups.get(group.id)!, place: [place, at] }), list);
}

/** A name on one line, of a length that fits. */
export function nameOf(text: string): string {
  return bounded(text.replace(/[\s\p{Cc}]+/gu, ' ').trim(), LONGEST_NAME);
}

function bounded(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}

/** The things that get another place when one of them makes a step; none at the end of the way. */
function stepped<Thing extends { place: Stamped<number> }>(things: readonly Thing[], isIt: (thing: Thing) => boolean, step: -1 | 1): [thing: Thing, place: number][] {
  const from = things.findIndex(isIt);
  const to = from + step;
  if (from < 0 || to < 0 || to >= things.length) return [];
  const order = [...things];
  [order[from], order[to]] = [order[to]!, order[from]!];
  // Two tabs may have given the same place twice, so places are given anew from where they start.
  const first = Math.min(...things.map(({ place }) => place[0]));
  return order.map((thing, index): [Thing, number] => [thing, first + index]).filter(([{ place }, wanted]) => place[0] !== wanted);
}

function lastPlace(list: ResearchList, group: string): number {
  return Math.max(0, ...(arranged(list).find(({ id }) => id === group)?.entries ?? []).map(({ place }) => place[0]));
}

function change(list: ResearchList, id: string, changes: (entry: Entry) => Partial<Omit<Entry, 'caseId' | 'number'>>): ResearchList {
  const entry = list.entries.get(id);
  return entry ? withEntry(list, { ...entry, ...changes(entry) }) : list;
}

function withEntry(list: ResearchList, entry: Entry): ResearchList {
  return { ...list, entries: new Map(list.entries).set(entryId(entry), entry) };
}

function withGroup(list: ResearchList, group: Group): ResearchList {
  return { ...list, groups: new Map(list.groups).set(group.id, group) };
}
