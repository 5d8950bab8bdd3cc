/** Which words of a case are marked, and how a search is handed over to the case's page. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { findMarks } from '../../src/search/marks/matching.ts';
import { decisionOf, rememberSearch, takeSearch } from '../../src/search/marks/remember.ts';
import type { RememberedSearch } from '../../src/search/marks/remember.ts';
import { plainWord, stemOf } from '../../src/search/words.ts';

const NONE = new Map<string, string>();
/** Marks for words as typed; several words are a phrase. */
const marksFor = (...typed: string[]): string[][] => typed.map((phrase) => phrase.split(' ').map((word) => stemOf(plainWord(word), NONE)));
const marked = (text: string, marks: readonly (readonly string[])[], exceptions: ReadonlyMap<string, string> = NONE): string[] => findMarks(text, marks, exceptions).map(({ start, end }) => text.slice(start, end));

const MARKED: [what: string, text: string, marks: string[][], expected: string[]][] = [
  ['a word in any capitals', 'Lumbar spine, LUMBAR, lumbar.', marksFor('lumbar'), ['Lumbar', 'LUMBAR', 'lumbar']],
  ['a word in its other forms', 'Injections were injected; an injection', marksFor('injection'), ['Injections', 'injected', 'injection']],
  ['no word within another', 'thumb, umbrella', marksFor('umb'), []],
  ['words that follow each other as one place', 'A lumbar MRI and an MRI', marksFor('lumbar', 'MRI'), ['lumbar MRI', 'MRI']],
  ['words of two sentences as two places', 'It was lumbar. MRI was asked for', marksFor('lumbar', 'MRI'), ['lumbar', 'MRI']],
  ['a phrase only in its order', 'epidural steroid, steroid epidural', marksFor('epidural steroid'), ['epidural steroid']],
  ['a phrase over a line end and punctuation', 'epidural\n(steroid) injection', marksFor('epidural steroid'), ['epidural\n(steroid']],
  ['a compound as one word', 'at L5-S1 and L5 alone', marksFor('L5-S1'), ['L5-S1']],
  ['a compound typed as one word', 'at L5-S1, L5/S1', marksFor('l5s1'), ['L5-S1', 'L5/S1']],
  ['a part of a compound', 'at L5-S1 and S1', marksFor('S1'), ['S1', 'S1']],
  ['a compound as a phrase of its parts', 'the L5-S1 disc', marksFor('L5 S1 disc'), ['L5-S1 disc']],
  ['a phrase that begins within a compound', 'the L5-S1 disc', marksFor('S1 disc'), ['S1 disc']],
  ['a phrase that holds a compound', 'the L5-S1 disc', marksFor('L5-S1 disc'), ['L5-S1 disc']],
  ['no phrase that skips a part', 'the L5-S1 disc', marksFor('L5 disc'), []],
  ['a word with its possessive', 'the patient’s knee', marksFor('patient'), ['patient’s']],
  ['a word with a sign of ownership', 'Lyrica™ and Lyrica ®', marksFor('Lyrica™', 'Lyrica'), ['Lyrica™', 'Lyrica']],
  ['overlapping phrases as one place', 'epidural steroid injection', marksFor('epidural steroid', 'steroid injection'), ['epidural steroid injection']],
  ['full-width letters and accents', 'ＭＲＩ of the cafe\u0301', marksFor('MRI', 'café'), ['ＭＲＩ', 'cafe\u0301']],
  ['letters outside the basic plane', '𝐌𝐑𝐈 🦴 MRI', marksFor('MRI'), ['𝐌𝐑𝐈', 'MRI']],
  ['nothing where nothing is searched', 'lumbar MRI', [], []],
  ['nothing for an empty mark', 'lumbar MRI', [[], ['']], []],
];
for (const [what, text, marks, expected] of MARKED) test(`marks ${what}`, () => assert.deepEqual(marked(text, marks), expected));

test('a word that the index cuts in its own way is marked by that', () => {
  const exceptions = new Map([['lumbago', 'lumb']]);
  assert.deepEqual(marked('Lumbago', [['lumb']], exceptions), ['Lumbago']);
  assert.deepEqual(marked('Lumbago', [['lumbago']], exceptions), []);
});

const word = fc.oneof(fc.constantFrom('L5-S1', 'MRI', 'lumbar', 'pain', '--', 'patient’s', 'd/t', '½', 'ΑΣ', 'İ', '10/325', 'e\u0301'), fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replace(/\s/g, '')));

test('every run of words of a text is found in it as a phrase, whatever the words are', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), (words, from, length) => {
      const text = words.join(' ');
      const real = words.filter((candidate) => plainWord(candidate) !== '');
      fc.pre(real.length > 0);
      const start = from % real.length;
      const phrase = real.slice(start, start + 1 + (length % (real.length - start)));
      const ranges = findMarks(text, [phrase.map((part) => stemOf(plainWord(part), NONE))], NONE);
      assert.ok(ranges.some((range) => phrase.every((part) => plainWord(text.slice(range.start, range.end)).includes(plainWord(part)))));
    }),
  );
});

test('places stand in order, apart from each other, within the text, and begin and end at words', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }).map((words) => words.join(' ')), fc.array(fc.array(word.map((text) => stemOf(plainWord(text), NONE)), { maxLength: 3 }), { maxLength: 5 }), (text, marks) => {
      let last = -1;
      for (const { start, end } of findMarks(text, marks, NONE)) {
        assert.ok(start > last && end > start && end <= text.length);
        assert.match(text.slice(start), /^[\p{L}\p{N}\p{M}]/u);
        assert.match(text.slice(0, end), /[\p{L}\p{N}\p{M}]$/u);
        last = end;
      }
    }),
  );
});

test('marking takes time in proportion to the text', () => {
  for (const text of ['a-'.repeat(100_000), 'a '.repeat(100_000), '-'.repeat(300_000), `${'-a'.repeat(100_000)} `]) {
    const start = performance.now();
    findMarks(text, [['a', 'a', 'b'], ['a'], Array.from({ length: 50 }, () => 'a')], NONE);
    assert.ok(performance.now() - start < 3000, text.slice(0, 3));
  }
});

const SEARCH: RememberedSearch = { casePath: '/imr/cases/cm00-0000117/', decision: 2, marks: [['lumbar'], ['mri']], query: 'lumbar MRI', back: '/imr/search/?q=lumbar+MRI&page=2' };

/** The browser's storage, as far as it is used. */
class FakeStorage {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}
let storage: FakeStorage;
const install = (value: () => unknown): void => void Object.defineProperty(globalThis, 'localStorage', { get: value, configurable: true });
beforeEach(() => {
  storage = new FakeStorage();
  install(() => storage);
});

test('a search is handed over to its decision, once, and nothing is left', () => {
  rememberSearch(SEARCH);
  assert.equal(takeSearch(SEARCH.casePath, 1), undefined);
  assert.equal(takeSearch('/imr/cases/cm00-0000118/', 2), undefined);
  assert.deepEqual(takeSearch(SEARCH.casePath, 2), SEARCH);
  assert.equal(takeSearch(SEARCH.casePath, 2), undefined);
  assert.equal(storage.items.size, 0);
});

test('several results opened in new tabs each find their own; the same one opened twice finds the later search', () => {
  rememberSearch(SEARCH);
  rememberSearch({ ...SEARCH, decision: 3 });
  rememberSearch({ ...SEARCH, query: 'later' });
  assert.equal(takeSearch(SEARCH.casePath, 2)!.query, 'later');
  assert.equal(takeSearch(SEARCH.casePath, 3)!.query, 'lumbar MRI');
  assert.equal(takeSearch(SEARCH.casePath, 2), undefined);
});

test('what no page has taken is forgotten, by number and by age', (context) => {
  context.mock.timers.enable({ apis: ['Date'] });
  for (let decision = 1; decision <= 200; decision += 1) rememberSearch({ ...SEARCH, decision });
  assert.equal(takeSearch(SEARCH.casePath, 1), undefined);
  assert.deepEqual(takeSearch(SEARCH.casePath, 200), { ...SEARCH, decision: 200 });
  context.mock.timers.tick(60 * 60_000);
  assert.equal(takeSearch(SEARCH.casePath, 199), undefined);
  assert.equal(storage.items.size, 0);
});

test('where storage is forbidden or full, nothing is handed over and nothing breaks', () => {
  const refuse = (): never => {
    throw new DOMException('no', 'SecurityError');
  };
  install(refuse);
  rememberSearch(SEARCH);
  assert.equal(takeSearch(SEARCH.casePath, 2), undefined);
  install(() => undefined);
  rememberSearch(SEARCH);
  assert.equal(takeSearch(SEARCH.casePath, 2), undefined);
  storage.setItem = refuse;
  install(() => storage);
  rememberSearch(SEARCH);
  assert.equal(takeSearch(SEARCH.casePath, 2), undefined);
});

test('a query of any length is no burden: too long a one is not remembered', () => {
  rememberSearch({ ...SEARCH, query: 'a b '.repeat(25_000) });
  assert.equal(storage.items.size, 0);
});

test('what another version of the page has left there is passed over', () => {
  rememberSearch(SEARCH);
  const key = [...storage.items.keys()][0]!;
  const strange = ['', '{', 'null', '7', '{}', '[null]', '[{"at":1}]', '[{"at":1,"search":{}}]', JSON.stringify([{ at: Date.now(), search: { ...SEARCH, marks: 'lumbar' } }]), JSON.stringify([{ at: Date.now(), search: { ...SEARCH, marks: [[1]] } }])];
  for (const text of strange) {
    storage.items.set(key, text);
    assert.equal(takeSearch(SEARCH.casePath, 2), undefined, text);
    rememberSearch(SEARCH);
    assert.deepEqual(takeSearch(SEARCH.casePath, 2), SEARCH, text);
  }
});

const HASHES: [hash: string, decision: number | undefined][] = [['#decision-1', 1], ['#decision-21', 21], ['', undefined], ['#decision-0', undefined], ['#decision-', undefined], ['#decision-1x', undefined], ['#decision-99999', undefined], ['#source', undefined]];
for (const [hash, decision] of HASHES) test(`the end of an address, "${hash}", names ${decision ?? 'no'} decision`, () => assert.equal(decisionOf(hash), decision));
