/**
 * The searches that a reader has saved, and which decisions the site was known to have when. Pure.
 *
 * A static site cannot say when it got a decision, and the day of a decision is no help: letters come long after they were decided. So the reader's own browser
 * keeps a log: of each decision that it has seen the site have, a hash and the moment. What a search finds is new where that moment is later than the one up to which the reader has
 * seen the search. One log serves all searches. As in the research folder each field carries its moment, so that tabs can merge in any order (src/research/list.ts).
 */
import { compareText } from '../determinations/record.ts';
import { MARKED_FOR, later, mergeMaps, nameOf } from '../research/list.ts';
import type { Stamped } from '../research/list.ts';

export interface SavedSearch {
  /** Of its address (searchId): a search is saved once. */
  id: string;
  /** What follows the path of the search page, as formatState writes it. Empty once it was taken out: nothing of it stays in the browser. */
  address: Stamped<string>;
  /** The reader's own; empty where none was given. */
  name: Stamped<string>;
  /** What the site was known to have up to this moment, the reader has seen. */
  seen: Stamped<number>;
  /** False once it was taken out: without that, a tab that still has it would bring it back. */
  kept: Stamped<boolean>;
}

export interface SavedSearches {
  /** By id. */
  searches: ReadonlyMap<string, SavedSearch>;
  /** Of each decision that the site was seen to have, by decisionHash: when that was first, in milliseconds since 1970. Decisions that left the site stay. */
  known: ReadonlyMap<number, number>;
}

export const NO_SEARCHES: SavedSearches = { searches: new Map(), known: new Map() };

/** More than this nobody looks through. */
export const MOST_SEARCHES = 50;
/** Characters of an address: longer ones no server takes. */
export const LONGEST_ADDRESS = 4000;

/** The searches on the list, in the order in which they were saved. */
export function savedSearches({ searches }: SavedSearches): SavedSearch[] {
  return [...searches.values()].filter(({ kept }) => kept[0]).sort((a, b) => a.kept[1] - b.kept[1] || compareText(a.id, b.id));
}

/** The search, if it is on the list. */
export function savedSearch({ searches }: SavedSearches, id: string): SavedSearch | undefined {
  const search = searches.get(id);
  return search?.kept[0] ? search : undefined;
}

/**
 * Saves a search; what the site has now is not new to it. One that is saved stays as it is.
 * @param decisions hashes of all that the site has now
 */
export function saveSearch(list: SavedSearches, address: string, decisions: Iterable<number>, at: number): SavedSearches {
  const id = searchId(address);
  if (savedSearch(list, id) || savedSearches(list).length >= MOST_SEARCHES || address.length > LONGEST_ADDRESS) return list;
  return withSearch(withKnown(list, decisions, at), { id, address: [address, at], name: ['', at], seen: [at, at], kept: [true, at] });
}

/** Notes what the site has. What it was known to have keeps its moment. */
export function withKnown(list: SavedSearches, decisions: Iterable<number>, at: number): SavedSearches {
  const known = new Map(list.known);
  for (const decision of decisions) if (!known.has(decision)) known.set(decision, at);
  return known.size === list.known.size ? list : { ...list, known };
}

/** When the site was last seen to have something that it did not have before; 0 where nothing is known. */
export function lastArrival({ known }: SavedSearches): number {
  let last = 0;
  for (const at of known.values()) if (at > last) last = at;
  return last;
}

/** Of the decisions that a search finds, by their place in what is given, those that are new to it. A decision that was never noted is new. */
export function newDecisions({ known }: SavedSearches, { seen }: Pick<SavedSearch, 'seen'>, found: Iterable<number>, hashes: Readonly<Uint32Array>): number[] {
  const result: number[] = [];
  for (const decision of found) if ((known.get(hashes[decision]!) ?? Infinity) > seen[0]) result.push(decision);
  return result;
}

/** @param upTo what came later was not shown, and stays new */
export function markSeen(list: SavedSearches, id: string, upTo: number, at: number): SavedSearches {
  return change(list, id, () => ({ seen: [upTo, at] }));
}

export function renameSearch(list: SavedSearches, id: string, name: string, at: number): SavedSearches {
  return change(list, id, () => ({ name: [nameOf(name), at] }));
}

/** Takes a search out, with what it says. */
export function removeSearch(list: SavedSearches, id: string, at: number): SavedSearches {
  return change(list, id, () => ({ address: ['', at], name: ['', at], kept: [false, at] }));
}

/** Brings a search back as an earlier list has it; one that was taken out comes to the end. */
export function restoreSearch(list: SavedSearches, earlier: SavedSearches, id: string, at: number): SavedSearches {
  const search = savedSearch(earlier, id);
  if (!search) return list;
  return withSearch(list, { id, address: [search.address[0], at], name: [search.name[0], at], seen: [search.seen[0], at], kept: savedSearch(list, id)?.kept ?? [true, at] });
}

/** Both lists in one, each field as it was set last, and of each decision the earlier moment. */
export function mergeSearches(one: SavedSearches, other: SavedSearches): SavedSearches {
  return {
    searches: mergeMaps(one.searches, other.searches, (a, b) => ({ id: a.id, address: later(a.address, b.address), name: later(a.name, b.name), seen: later(a.seen, b.seen), kept: later(a.kept, b.kept) })),
    known: mergeMaps(one.known, other.known, Math.min),
  };
}

/** A moment for the next change, after every change that the list has, and after what was seen: what arrives later must be later, even where a clock was set back. */
export function nextSearchMoment({ searches, known }: SavedSearches, now: number): number {
  let latest = lastArrival({ searches, known });
  for (const { address, name, seen, kept } of searches.values()) latest = Math.max(latest, address[1], name[1], ...seen, kept[1]);
  return Math.max(now, latest + 1);
}

/** In an order of its own; without marks of searches that were taken out long ago, and without the log once no search is left. */
export function tidySearches({ searches, known }: SavedSearches, now: number): SavedSearches {
  const left = [...searches].filter(([, { kept }]) => kept[0] || now - kept[1] < MARKED_FOR).sort(([a], [b]) => compareText(a, b));
  return { searches: new Map(left), known: left.length === 0 ? new Map() : known };
}

/** A decision in the log. In 32 bits a new one is taken for one of 20,000 known ones in 5 of a million cases. @param caseId as in Determination @param number of the decision in its letter, from 1 */
export function decisionHash(caseId: string, number: number): number {
  return hash32(`${caseId}.${number}`, 0);
}

/** Names a search without saying it. */
export function searchId(address: string): string {
  return [1, 2].map((seed) => hash32(address, seed).toString(36)).join('-');
}

/** MurmurHash3 (Austin Appleby, public domain) of 32 bits, over UTF-16 code units. */
function hash32(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    block = Math.imul((block << 15) | (block >>> 17), 0x1b873593);
    hash ^= block;
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function change(list: SavedSearches, id: string, changes: (search: SavedSearch) => Partial<Omit<SavedSearch, 'id'>>): SavedSearches {
  const search = savedSearch(list, id);
  return search ? withSearch(list, { ...search, ...changes(search) }) : list;
}

function withSearch(list: SavedSearches, search: SavedSearch): SavedSearches {
  return { ...list, searches: new Map(list.searches).set(search.id, search) };
}
