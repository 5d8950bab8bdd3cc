/** The research folder's list: changes, several tabs, what is stored, files and links. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  EMPTY_LIST, LONGEST_NAME, MOST_ENTRIES, addGroup, arranged, bringBack, dissolveGroup, entriesOf, entryId, entryOf, joinNotes, keep, merge, moveEntry, moveGroup, nextMoment, putInto, renameGroup,
  setNote, setTitle, takeOut, withoutOldMarks,
} from '../../src/research/list.ts';
import type { KeptWords, ResearchList } from '../../src/research/list.ts';
import { LONGEST_LINK, PlainListError, addPlain, additionOf, fileText, linkHash, plainList, readFileText, readLinkHash } from '../../src/research/plain.ts';
import type { PlainList } from '../../src/research/plain.ts';
import { readSaveAttributes, saveAttributes } from '../../src/research/save-attributes.ts';
import { ResearchStore } from '../../src/research/store.ts';
import type { ListStorage } from '../../src/shared-store.ts';
import { readStored, storedText } from '../../src/research/stored.ts';

const WORDS: KeptWords = { caseNumber: 'CM00-0000117', decisionDate: '2016-12-09', request: 'Ice pack', outcome: 'upheld', service: 'Durable Medical Equipment > Other' };
const CASES = ['CM00-0000101', 'CM00-0000102', 'letter.one'];
const GROUPS = ['a', 'b'];

/** What readers do, each at a moment of its own. */
type Act = (list: ResearchList, at: number) => ResearchList;
const someCase = fc.constantFrom(...CASES);
const someEntry = fc.tuple(someCase, fc.integer({ min: 1, max: 2 })).map(([caseId, number]) => ({ caseId, number, id: entryId({ caseId, number }) }));
const someText = fc.string({ unit: 'binary', maxLength: 12 });
const someStep = fc.constantFrom(-1 as const, 1 as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  someEntry.map(({ caseId, number }): Act => (list, at) => keep(list, { caseId, number, words: WORDS }, at)),
  someEntry.map(({ id }): Act => (list, at) => takeOut(list, [id], at)),
  fc.tuple(someEntry, someText).map(([{ id }, note]): Act => (list, at) => setNote(list, id, note, list.entries.get(id)?.note[0] ?? '', at)),
  fc.tuple(someEntry, fc.constantFrom('', ...GROUPS)).map(([{ id }, group]): Act => (list, at) => putInto(list, id, group, at)),
  fc.tuple(someEntry, someStep).map(([{ id }, step]): Act => (list, at) => moveEntry(list, id, step, at)),
  fc.tuple(fc.constantFrom(...GROUPS), someText).map(([id, name]): Act => (list, at) => addGroup(list, name, id, at)),
  fc.tuple(fc.constantFrom(...GROUPS), someText).map(([id, name]): Act => (list, at) => renameGroup(list, id, name, at)),
  fc.constantFrom(...GROUPS).map((id): Act => (list, at) => dissolveGroup(list, id, at)),
  fc.tuple(fc.constantFrom(...GROUPS), someStep).map(([id, step]): Act => (list, at) => moveGroup(list, id, step, at)),
  someText.map((title): Act => (list, at) => setTitle(list, title, at)),
);
/** A list after some acts; moments may be those of another list too. */
const someList = fc.array(fc.tuple(act, fc.integer({ min: 0, max: 40 })), { maxLength: 12 }).map((acts) => acts.reduce((list, [make, at]) => make(list, at), EMPTY_LIST));
const same = (one: ResearchList, other: ResearchList): void => {
  assert.deepEqual(arranged(one), arranged(other));
  assert.deepEqual([one.title, new Map(one.entries), new Map(one.groups)], [other.title, new Map(other.entries), new Map(other.groups)]);
};
const kept = (...ids: string[]): ResearchList => ids.reduce((list, id, index) => keep(list, { caseId: id.split('.')[0]!, number: Number(id.split('.')[1]), words: WORDS }, index + 1), EMPTY_LIST);
const order = (list: ResearchList): string[][] => arranged(list).map(({ name, entries }) => [name, ...entries.map(entryId)]);

test('decisions are kept in the order in which they came, once each, and moved by a step', () => {
  let list = kept('A.1', 'B.1', 'A.2', 'B.1');
  assert.deepEqual(order(list), [['', 'A.1', 'B.1', 'A.2']]);
  list = moveEntry(list, 'A.2', -1, 10);
  assert.deepEqual(order(list), [['', 'A.1', 'A.2', 'B.1']]);
  assert.deepEqual(order(moveEntry(list, 'A.1', -1, 11)), order(list), 'the first stays the first');
  assert.deepEqual(order(moveEntry(list, 'A.1', 1, 11)), [['', 'A.2', 'A.1', 'B.1']]);
});

test('groups have names and an order; a group that goes away leaves its decisions', () => {
  let list = addGroup(addGroup(kept('A.1', 'B.1', 'C.1'), ' Surgery \n', 's', 5), 'Drugs', 'd', 6);
  list = putInto(putInto(list, 'B.1', 's', 7), 'A.1', 's', 8);
  assert.deepEqual(order(list), [['', 'C.1'], ['Surgery', 'B.1', 'A.1'], ['Drugs']]);
  assert.deepEqual(order(moveGroup(list, 'd', -1, 9)), [['', 'C.1'], ['Drugs'], ['Surgery', 'B.1', 'A.1']]);
  assert.deepEqual(order(renameGroup(list, 's', '  ', 9)), order(list), 'a group keeps a name');
  assert.deepEqual(order(dissolveGroup(list, 's', 9)), [['', 'C.1', 'B.1', 'A.1'], ['Drugs']]);
});

test('what is taken out leaves no words behind, and comes back as it was', () => {
  const before = putInto(addGroup(setNote(kept('A.1', 'B.1'), 'A.1', 'My note', '', 5), 'Drugs', 'd', 6), 'A.1', 'd', 7);
  const after = takeOut(before, ['A.1'], 8);
  assert.equal(entryOf(after, 'A.1'), undefined);
  assert.doesNotMatch(storedText(takeOut(after, ['B.1'], 9)), /My note|Ice pack/);
  assert.deepEqual(order(bringBack(after, before, ['A.1'], 10)), order(before));
  assert.deepEqual(plainList(bringBack(EMPTY_LIST, before, ['A.1', 'B.1'], 10)), plainList(before), 'an emptied folder too, with its groups');
  assert.equal(withoutOldMarks(after, Date.UTC(2026, 1)).entries.has('A.1'), false, 'not even its number stays for ever');
});

test('the folder holds so many decisions and no more', () => {
  const full = Array.from({ length: MOST_ENTRIES + 3 }, (_entry, index) => index + 1).reduce((list, number) => keep(list, { caseId: `C${number}`, number: 1, words: null }, number), EMPTY_LIST);
  assert.equal(entriesOf(full).length, MOST_ENTRIES);
  assert.equal(additionOf(full, { title: '', groups: [{ name: '', entries: [{ caseId: 'D', number: 1, note: '' }] }] }).left, 1);
});

test('merging is the same in any order, any number of times, and loses no change to another field', (t) => {
  fc.assert(fc.property(someList, someList, someList, (a, b, c) => {
    same(merge(a, b), merge(b, a));
    same(merge(a, merge(b, c)), merge(merge(a, b), c));
    same(merge(a, a), a);
    same(merge(merge(a, b), b), merge(a, b));
  }), { seed: 9, numRuns: 300 });
  fc.assert(fc.property(someList, fc.array(act, { maxLength: 6 }), fc.array(act, { maxLength: 6 }), (base, mine, theirs) => {
    const run = (acts: readonly Act[]): ResearchList => acts.reduce((list, make) => make(list, nextMoment(list, 0)), base);
    const both = merge(run(mine), run(theirs));
    // Whatever only one side has changed stands as that side has it.
    for (const [id, entry] of both.entries) {
      const [before, one, other] = [base, run(mine), run(theirs)].map((list) => list.entries.get(id));
      for (const field of ['note', 'group', 'place', 'kept'] as const) {
        if (JSON.stringify(other?.[field]) === JSON.stringify(before?.[field]) && one) assert.deepEqual(entry[field], one[field]);
        else if (JSON.stringify(one?.[field]) === JSON.stringify(before?.[field]) && other) assert.deepEqual(entry[field], other[field]);
      }
    }
  }), { seed: 9, numRuns: 300 });
  t.diagnostic('600 sets of lists merged in every order');
});

test('what is stored is read as it was written, and nothing else is taken for a list', () => {
  fc.assert(fc.property(someList, (list) => same(readStored(storedText(list))!, list)), { seed: 9, numRuns: 200 });
  assert.deepEqual(readStored(null), EMPTY_LIST);
  const good = JSON.parse(storedText(setNote(kept('A.1'), 'A.1', 'Note', '', 5))) as { entries: Record<string, unknown>[] } & Record<string, unknown>;
  const spoiled = [
    '', '[]', 'null', '{"format":"imr-research-list/2"}', { ...good, format: 'imr-research-list/9' }, { ...good, title: 'x' }, { ...good, entries: {} }, { ...good, groups: [{}] },
    ...[['caseId', '../x'], ['caseId', '<img>'], ['number', 0], ['number', '1'], ['number', 1.5], ['note', ['x']], ['note', ['x', -1]], ['note', ['x', 1e300]], ['note', [1, 1]], ['kept', ['yes', 1]], ['place', [null, 1]], ['words', [{ request: 1 }, 1]], ['words', [{ ...WORDS, outcome: 'won' }, 1]]]
      .map(([field, value]) => ({ ...good, entries: [{ ...good.entries[0], [field as string]: value }] })),
  ];
  for (const text of spoiled) assert.equal(readStored(typeof text === 'string' ? text : JSON.stringify(text)), undefined, JSON.stringify(text));
});

/** A browser's storage, with room for so many characters. */
class FakeStorage implements ListStorage {
  readonly items = new Map<string, string>();
  room = Infinity;
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (value.length > this.room) throw new DOMException('no room', 'QuotaExceededError');
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

test('two tabs end with the same list, even where one has overwritten what the other wrote', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), act, fc.boolean()), { maxLength: 20 }), (acts) => {
    const storage = new FakeStorage();
    const tabs = [new ResearchStore(() => storage, '/', () => 1), new ResearchStore(() => storage, '/', () => 1)] as const;
    for (const [second, make, lost] of acts) {
      const before = storage.getItem(tabs[0].key);
      tabs[second ? 1 : 0].change(make);
      // A tab that had not seen the other's writing yet writes what it knows.
      if (lost && before !== null) storage.setItem(tabs[0].key, before);
    }
    tabs[0].refresh();
    tabs[1].refresh();
    tabs[0].refresh();
    same(tabs[0].list, tabs[1].list);
    same(readStored(storage.getItem(tabs[0].key))!, tabs[0].list);
  }), { seed: 9, numRuns: 200 });
});

test('a note that two tabs have changed at once keeps the words of both', () => {
  const storage = new FakeStorage();
  const [one, other] = [new ResearchStore(() => storage, '/'), new ResearchStore(() => storage, '/')];
  one.change((list, at) => keep(list, { caseId: 'A', number: 1, words: WORDS }, at));
  one.change((list, at) => setNote(list, 'A.1', 'Typed here', '', at));
  other.change((list, at) => setNote(list, 'A.1', 'Typed there', '', at));
  assert.equal(entryOf(other.list, 'A.1')!.note[0], 'Typed there\n\nTyped here');
  other.change((list, at) => setNote(list, 'A.1', 'Typed there\n\nTyped here, and more', 'Typed there\n\nTyped here', at));
  one.refresh();
  assert.equal(entryOf(one.list, 'A.1')!.note[0], 'Typed there\n\nTyped here, and more');
});

test('a full or forbidden storage is told at once, and the list goes on in the tab', () => {
  const storage = new FakeStorage();
  const store = new ResearchStore(() => storage, '/');
  store.change((list, at) => keep(list, { caseId: 'A', number: 1, words: WORDS }, at));
  storage.room = 10;
  store.change((list, at) => keep(list, { caseId: 'B', number: 1, words: WORDS }, at));
  assert.equal(store.problem, 'full');
  assert.deepEqual(order(store.list), [['', 'A.1', 'B.1']]);
  storage.room = Infinity;
  store.change((list, at) => setTitle(list, 'Room again', at));
  assert.equal(store.problem, undefined);
  assert.deepEqual(order(new ResearchStore(() => storage, '/').list), [['', 'A.1', 'B.1']]);
  const forbidden = new ResearchStore(() => {
    throw new DOMException('no', 'SecurityError');
  }, '/');
  assert.equal(forbidden.problem, 'forbidden');
  forbidden.change((list, at) => keep(list, { caseId: 'A', number: 1, words: WORDS }, at));
  assert.deepEqual([forbidden.problem, order(forbidden.list)], ['forbidden', [['', 'A.1']]]);
  assert.deepEqual(entriesOf(new ResearchStore(() => storage, '/imr/').list), [], 'another site of the host has a folder of its own');
});

test('what is damaged is put aside and never written over', () => {
  const storage = new FakeStorage();
  const { key } = new ResearchStore(() => storage, '/');
  storage.items.set(key, '{"format":"imr-res');
  const store = new ResearchStore(() => storage, '/');
  assert.equal(store.damaged, '{"format":"imr-res');
  store.change((list, at) => keep(list, { caseId: 'A', number: 1, words: WORDS }, at));
  storage.items.set(key, 'again');
  store.refresh();
  assert.deepEqual([store.damaged, order(store.list)], ['{"format":"imr-res\nagain', [['', 'A.1']]], 'the list of this tab goes on');
  store.forgetDamaged();
  assert.equal(store.damaged, undefined);
  // No room to put it aside: then it stays where it is.
  storage.items.set(key, 'damaged once more');
  storage.room = 5;
  store.change((list, at) => keep(list, { caseId: 'B', number: 1, words: WORDS }, at));
  assert.deepEqual([store.problem, storage.getItem(key)], ['full', 'damaged once more']);
});

test('an emptied folder leaves nothing in the storage, and is empty in other tabs', () => {
  const storage = new FakeStorage();
  const [one, other] = [new ResearchStore(() => storage, '/'), new ResearchStore(() => storage, '/')];
  one.change((list, at) => keep(list, { caseId: 'A', number: 1, words: WORDS }, at));
  other.refresh();
  one.empty();
  other.emptied();
  assert.deepEqual([storage.items.size, entriesOf(one.list), entriesOf(other.list)], [0, [], []]);
});

const plainOf = (list: ResearchList): PlainList => plainList(list);

test('a list comes back from a file and from a link as it was; without notes where that was wanted', async () => {
  await fc.assert(fc.asyncProperty(someList, async (list) => {
    const plain = plainOf(list);
    assert.deepEqual(readFileText(fileText(plain)), plain);
    assert.deepEqual(await readLinkHash(await linkHash(plain, { notes: true })), plain);
    const bare = await readLinkHash(await linkHash(plain, { notes: false }));
    assert.deepEqual(bare, { ...plain, groups: plain.groups.map((group) => ({ ...group, entries: group.entries.map((entry) => ({ ...entry, note: '' })) })) });
    let ids = 0;
    assert.deepEqual(plainOf(addPlain(EMPTY_LIST, plain, () => `g${(ids += 1)}`, 1)).groups.filter(({ entries }) => entries.length > 0).flatMap(({ entries }) => entries), plain.groups.flatMap(({ entries }) => entries), 'and the same when it is opened in an empty folder');
  }), { seed: 9, numRuns: 100 });
  assert.doesNotMatch(fileText(plainOf(kept('A.1'))), /Ice pack/, 'no word of a letter goes out');
});

test('adding a list loses nothing of one’s own', () => {
  fc.assert(fc.property(someList, someList, (own, other) => {
    const plain = plainOf(other);
    let ids = 0;
    const after = addPlain(own, plain, () => `new${(ids += 1)}`, 99);
    for (const entry of entriesOf(own)) {
      const now = entryOf(after, entryId(entry))!;
      assert.ok(now.note[0].includes(entry.note[0]));
      if (arranged(own).slice(1).some(({ id }) => id === entry.group[0])) assert.equal(now.group[0], entry.group[0]);
    }
    for (const { caseId, number, note } of plain.groups.flatMap(({ entries }) => entries)) assert.ok(entryOf(after, entryId({ caseId, number }))!.note[0].includes(note.toWellFormed()));
    const { added } = additionOf(own, plain);
    assert.equal(entriesOf(after).length, entriesOf(own).length + added.length);
    assert.deepEqual(plainOf(addPlain(after, plain, () => 'x', 100)), plainOf(after), 'adding it again changes nothing');
  }), { seed: 9, numRuns: 200 });
  assert.equal(joinNotes('Mine', 'Mine and yours'), 'Mine and yours');
});

test('a file that is no research folder is refused in words', () => {
  const file = (groups: unknown, title: unknown = ''): string => JSON.stringify({ format: 'imr-research/1', title, groups });
  const one = (fields: object): string => file([{ name: '', decisions: [{ case: 'CM00-0000101', decision: 1, note: '', ...fields }] }]);
  const refused: [text: string, why: RegExp][] = [
    ['', /no JSON/], ['<html>', /no JSON/], ['[]', /not a research folder/], ['{"format":"imr-case/1"}', /not a research folder/], ['{"format":"imr-research/2"}', /another version/],
    [file(undefined), /no groups/], [file([1]), /no groups/], [file([{ name: 'x' }]), /group 1 has no decisions/], [file([], 7), /title/], [file([], 'x'.repeat(LONGEST_NAME + 1)), /too long/],
    [file(Array.from({ length: 60 }, () => ({ name: 'x', decisions: [] }))), /more than 50 groups/],
    [one({ case: '../../etc/passwd' }), /decision 1 of group 1 names no case/], [one({ case: 'javascript:alert(1)' }), /names no case/], [one({ case: { toString: 'x' } }), /names no case/],
    [one({ decision: 0 }), /no number/], [one({ decision: '1' }), /no number/], [one({ note: 5 }), /note of decision 1/], [one({ note: 'x'.repeat(100_001) }), /longer/], [file([{ name: '', decisions: [7] }]), /is none/],
    [file([{ name: '', decisions: [1, 2].map(() => ({ case: 'A', decision: 1 })) }]), /there twice/],
    [file([{ name: '', decisions: Array.from({ length: 501 }, (_entry, index) => ({ case: `A${index}`, decision: 1 })) }]), /more than 500 decisions/],
    [' '.repeat(5_000_001), /too large/],
  ];
  for (const [text, why] of refused) {
    assert.throws(() => readFileText(text), (error) => error instanceof PlainListError && why.test(error.message) && error.message.endsWith('Nothing was changed.'), text.slice(0, 80));
  }
  assert.deepEqual(readFileText(`\ufeff${one({ case: '__proto__', note: '<img src=x onerror=alert(1)>' })}`).groups[0]!.entries, [{ caseId: '__proto__', number: 1, note: '<img src=x onerror=alert(1)>' }], 'text stays text');
});

test('a link that is too long is not made, and one that is damaged is refused', async (t) => {
  const many = (notes: (index: number) => string): PlainList => ({ title: 'Many', groups: [{ name: '', entries: Array.from({ length: 200 }, (_entry, index) => ({ caseId: `CM16-0${(index * 7919) % 900000}`, number: 1, note: notes(index) })) }] });
  const long = await linkHash(many(() => ''), { notes: false });
  t.diagnostic(`a link of 200 decisions has ${long.length} characters`);
  assert.ok(long.length < LONGEST_LINK);
  await assert.rejects(linkHash(many((index) => Array.from({ length: 80 }, (_word, at) => ((index + 1) * (at + 3) * 48271) % 65537).join(' ')), { notes: true }), RangeError);
  const link = await linkHash(plainOf(kept('A.1', 'B.2')), { notes: true });
  const bomb = `#list=1.${Buffer.from(await new Response(new Blob([`["x",[${'"",'.repeat(900_000)}""]]`]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer()).toString('base64url')}`;
  assert.ok(bomb.length < LONGEST_LINK, 'a link that unpacks to megabytes');
  for (const hash of [link.slice(0, -4), '#list=', '#list=1.', '#list=1.%%', '#list=1.AAAA', `${link}!`, bomb]) await assert.rejects(readLinkHash(hash), (error) => error instanceof PlainListError && /damaged/.test(error.message), hash.slice(0, 60));
  await assert.rejects(readLinkHash(link.replace('=1.', '=2.')), /another version/);
});

test('a button knows its decision, whatever a page says', () => {
  fc.assert(fc.property(fc.record({ caseNumber: fc.option(fc.string(), { nil: undefined }), decisionDate: fc.option(fc.string(), { nil: undefined }), request: fc.string(), outcome: fc.constantFrom('upheld' as const, 'overturned' as const), service: fc.string() }, { noNullPrototype: true }), (words) => {
    const data = Object.fromEntries(Object.entries(saveAttributes('A', 2, words)).map(([name, value]) => [name.slice('data-'.length).replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase()), value]));
    assert.deepEqual(readSaveAttributes(data), { caseId: 'A', number: 2, words });
  }), { seed: 9, numRuns: 100 });
  assert.equal(readSaveAttributes({ case: 'A', decision: '1', request: 'x', service: '', outcome: 'won' }), undefined);
});
