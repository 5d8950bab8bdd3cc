/** Saved searches: what is new to each, several tabs, and what is stored. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decisionHashes, savedAddress, searchStore } from '../../src/new/store.ts';
import {
  MOST_SEARCHES, NO_SEARCHES, decisionHash, lastArrival, markSeen, mergeSearches, newDecisions, nextSearchMoment, removeSearch, renameSearch, restoreSearch, saveSearch, savedSearch, savedSearches, searchId,
  tidySearches, withKnown,
} from '../../src/new/searches.ts';
import type { SavedSearches } from '../../src/new/searches.ts';
import { readSearches, storedSearches } from '../../src/new/stored.ts';
import { parseState } from '../../src/search/state.ts';
import type { ListStorage } from '../../src/shared-store.ts';

const MRI = '?q=lumbar+mri&outcome=overturned';
const DRUG = '?drug=hydrocodone';
const SECOND = '?q=boots';
const id = searchId(MRI);
const DAY = 86_400_000;

/** The places of the new ones among all that the site has. */
const fresh = (list: SavedSearches, address: string, site: readonly number[]): number[] => newDecisions(list, savedSearch(list, searchId(address))!, site.keys(), Uint32Array.from(site));
const addresses = (list: SavedSearches): string[] => savedSearches(list).map(({ address }) => address[0]);

test('new to a search is what the site did not have when it was saved or last seen, whatever else was saved meanwhile', () => {
  let list = saveSearch(NO_SEARCHES, MRI, [11, 12], 100);
  assert.deepEqual(fresh(list, MRI, [11, 12]), []);
  assert.deepEqual(fresh(list, MRI, [13, 11, 12]), [0], 'what was not noted yet is new too');
  list = saveSearch(list, DRUG, [13, 11, 12], 200);
  assert.deepEqual([fresh(list, MRI, [13, 11, 12]), fresh(list, DRUG, [13, 11, 12])], [[0], []]);
  list = withKnown(list, [14, 13, 11, 12], 300);
  assert.deepEqual([fresh(list, MRI, [14, 13, 11, 12]), fresh(list, DRUG, [14, 13, 11, 12])], [[0, 1], [0]]);
  // What another tab has noted later was not shown, and stays new.
  list = markSeen(withKnown(list, [15], 400), id, 300, 500);
  assert.deepEqual(fresh(list, MRI, [15, 14, 13, 11]), [0]);
  // What went away and came back is not new.
  assert.deepEqual(fresh(withKnown(list, [11], 600), MRI, [12]), []);
  assert.equal(lastArrival(list), 400);
});

test('what arrives after a look is new even where the clock was set back', () => {
  let list = markSeen(saveSearch(NO_SEARCHES, MRI, [1], 100), id, 5000, 200);
  list = withKnown(list, [2], nextSearchMoment(list, 50));
  assert.deepEqual(fresh(list, MRI, [1, 2]), [1]);
});

test('a search is saved once, named, taken out with all that it says, and brought back as it was', () => {
  let list = renameSearch(saveSearch(NO_SEARCHES, MRI, [1], 10), id, '  For the\nSmith  brief ', 20);
  assert.equal(saveSearch(list, MRI, [1, 2], 30), list);
  assert.equal(savedSearch(list, id)!.name[0], 'For the Smith brief');
  list = saveSearch(list, DRUG, [1], 40);
  const removed = removeSearch(list, id, 50);
  assert.deepEqual(addresses(removed), [DRUG]);
  assert.doesNotMatch(storedSearches(removed), /lumbar|Smith/);
  const back = restoreSearch(removed, list, id, 60);
  assert.deepEqual(addresses(back), [DRUG, MRI]);
  assert.deepEqual([savedSearch(back, id)!.name[0], savedSearch(back, id)!.seen[0]], ['For the Smith brief', 10]);
  const undone = restoreSearch(markSeen(list, id, 99, 100), list, id, 101);
  assert.deepEqual([addresses(undone), savedSearch(undone, id)!.seen[0]], [[MRI, DRUG], 10], 'what was only marked stays in its place');
  assert.equal(renameSearch(removed, id, 'x', 70), removed, 'what is not on the list is not changed');
  const full = Array.from({ length: MOST_SEARCHES }, (_none, index) => `?q=${index}`).reduce((some, address, index) => saveSearch(some, address, [1], index + 1), NO_SEARCHES);
  assert.equal(saveSearch(full, MRI, [1], 999), full);
  // The mark of what was taken out goes after a month, and with the last search the log.
  const empty = removeSearch(removed, searchId(DRUG), 70);
  assert.deepEqual([tidySearches(empty, 80).known.size, tidySearches(empty, 80 + 31 * DAY)], [1, NO_SEARCHES]);
});

type Act = (list: SavedSearches, at: number) => SavedSearches;
const someAddress = fc.constantFrom(MRI, DRUG, SECOND);
const someHashes = fc.array(fc.integer({ min: 0, max: 0xffffffff }), { maxLength: 5 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(someAddress, someHashes).map(([address, site]): Act => (list, at) => saveSearch(list, address, site, at)),
  someHashes.map((site): Act => (list, at) => withKnown(list, site, at)),
  someAddress.map((address): Act => (list, at) => removeSearch(list, searchId(address), at)),
  someAddress.map((address): Act => (list, at) => markSeen(list, searchId(address), lastArrival(list), at)),
  fc.tuple(someAddress, fc.string({ unit: 'binary', maxLength: 8 })).map(([address, name]): Act => (list, at) => renameSearch(list, searchId(address), name, at)),
);
const someList = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 30 })), { maxLength: 10 }).map((acts) => acts.reduce((list, [make, at]) => make(list, at), NO_SEARCHES));

test('merging is the same in any order and any number of times', (t) => {
  fc.assert(fc.property(someList, someList, someList, (a, b, c) => {
    const both = tidySearches(mergeSearches(a, b), 0);
    assert.deepEqual(both, tidySearches(mergeSearches(b, a), 0));
    assert.deepEqual(tidySearches(mergeSearches(both, b), 0), both);
    assert.deepEqual(tidySearches(mergeSearches(mergeSearches(a, b), c), 0), tidySearches(mergeSearches(a, mergeSearches(b, c)), 0));
  }), { seed: 5, numRuns: 300 });
  t.diagnostic('300 sets of lists merged in every order');
});

test('what is stored is read as it was written, and nothing else is taken for a list', () => {
  fc.assert(fc.property(someList, (list) => assert.deepEqual(readSearches(storedSearches(list)), list)), { seed: 6, numRuns: 300 });
  assert.deepEqual(readSearches(null), NO_SEARCHES);
  const text = storedSearches(renameSearch(saveSearch(NO_SEARCHES, MRI, [1, 0xffffffff], 10), id, 'Mine', 20));
  for (const damage of ['', '{', '[]', text.slice(0, -1), text.replace('/1"', '/2"'), text.replace('true', '1'), text.replace('"Mine"', '7'), text.replace(/"[A-Za-z0-9+/=]+"\]\]/, '"abc"]]'), text.replace(/\[\[10/, '[["x"')]) {
    assert.notEqual(damage, text);
    assert.equal(readSearches(damage), undefined, damage);
  }
});

test('the log of 20,000 decisions takes a tenth of a megabyte, and tells all of them apart', () => {
  const ids = Array.from({ length: 10_000 }, (_none, index) => `CM16-${String(index * 7).padStart(7, '0')}`);
  const caseOf = Uint32Array.from({ length: 20_000 }, (_none, index) => index >> 1);
  const hashes = decisionHashes({ decisions: 20_000, caseOf }, ids);
  assert.deepEqual([hashes[0], hashes[1], hashes[2]], [decisionHash(ids[0]!, 1), decisionHash(ids[0]!, 2), decisionHash(ids[1]!, 1)]);
  assert.ok(new Set(hashes).size >= 19_999);
  assert.ok(storedSearches(saveSearch(NO_SEARCHES, MRI, hashes, 1)).length < 110_000);
});

test('the same words and choices are one search, on any page, in any order', () => {
  const one = savedAddress(parseState('?q=+mri+&outcome=upheld&year=2016&year=2015&page=3&sort=oldest'));
  assert.equal(one, savedAddress(parseState('?year=2015&year=2016&q=mri&outcome=upheld')));
  assert.notEqual(one, savedAddress(parseState('?year=2015&q=mri&outcome=upheld')));
});

class MemoryStorage implements ListStorage {
  readonly texts = new Map<string, string>();
  full = false;
  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }
  setItem(key: string, text: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.texts.set(key, text);
  }
  removeItem(key: string): void {
    this.texts.delete(key);
  }
}

test('two tabs keep what each of them saved; a full storage is told, and damage is put aside', () => {
  const storage = new MemoryStorage();
  const [one, other] = [searchStore(() => storage, '/'), searchStore(() => storage, '/')];
  one.change((list, at) => saveSearch(list, MRI, [1], at));
  other.change((list, at) => saveSearch(list, DRUG, [1, 2], at));
  one.refresh();
  assert.deepEqual(addresses(one.list).sort(), [DRUG, MRI].sort());
  assert.deepEqual(one.list, other.list);
  storage.full = true;
  one.change((list, at) => saveSearch(list, SECOND, [1], at));
  assert.deepEqual([one.problem, addresses(one.list).length], ['full', 3]);
  storage.full = false;
  storage.texts.set(one.key, '{"half');
  const third = searchStore(() => storage, '/');
  assert.deepEqual([savedSearches(third.list), third.damaged], [[], '{"half']);
});
