/** Excerpts of a result: what they show, and that they never overlap or leave their part. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { excerpts } from '../../src/search/excerpt.ts';
import type { Excerpt } from '../../src/search/excerpt.ts';

const shownWords = ({ pieces }: Excerpt): string[] => pieces.flatMap(({ text }) => text.split(' '));
const markedWords = ({ pieces }: Excerpt): string[] => pieces.flatMap(({ text, marked }) => (marked ? [text] : []));

const WORDS = Array.from({ length: 200 }, (_word, index) => `w${index}`);
const PARTS = new Map<string, readonly [number, number]>([['rationale', [10, 120]], ['guideline', [120, 150]], ['administrator', [150, 200]]]);

/** WORDS with others in their place. */
function withWords(others: Readonly<Record<number, string>>): { words: string[]; places: Set<number> } {
  return { words: WORDS.map((word, index) => others[index] ?? word), places: new Set(Object.keys(others).map(Number)) };
}

test('different words go before repetitions, and excerpts stand in the order of the text', () => {
  const { words, places } = withWords({ 20: 'lumbar', 22: 'lumbar', 24: 'lumbar', 100: 'lumbar', 102: 'MRI', 130: 'radiculopathy' });
  const found = excerpts(words, places, PARTS);
  assert.deepEqual(found.map(({ part }) => part), ['rationale', 'guideline']);
  assert.deepEqual(found.map(markedWords), [['lumbar', 'MRI'], ['radiculopathy']]);
});

test('where one piece shows all that was found, it is one longer piece', () => {
  const { words, places } = withWords({ 60: 'lumbar', 64: 'MRI' });
  const found = excerpts(words, places, PARTS);
  assert.equal(found.length, 1);
  assert.equal(shownWords(found[0]!).length, 36);
  assert.deepEqual([found[0]!.cutBefore, found[0]!.cutAfter], [true, true]);
});

test('an excerpt begins with its sentence where that begins near', () => {
  const { words, places } = withWords({ 60: 'lumbar' });
  words[53] = 'end.';
  assert.equal(shownWords(excerpts(words, places, PARTS)[0]!)[0], 'w54');
  words[53] = 'middle';
  assert.equal(shownWords(excerpts(words, places, PARTS)[0]!)[0], 'w52');
});

test('nothing found in these parts: no excerpt', () => {
  assert.deepEqual(excerpts(WORDS, new Set([3]), PARTS), []);
  assert.deepEqual(excerpts([], new Set(), new Map()), []);
});

test('at most three, none overlaps another or leaves its part, each shows a word that was found', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(220)), (places) => {
      const inside = places.some((place) => place >= 10 && place < 200);
      const found = excerpts(WORDS, new Set(places), PARTS);
      assert.ok(found.length <= 3);
      assert.equal(found.length > 0, inside);
      let last = -1;
      for (const excerpt of found) {
        const shown = shownWords(excerpt).map((word) => WORDS.indexOf(word));
        const [start, end] = PARTS.get(excerpt.part)!;
        assert.ok(shown[0]! > last && shown[0]! >= start && shown.at(-1)! < end);
        assert.ok(shown.every((place, index) => place === shown[0]! + index));
        assert.ok(markedWords(excerpt).length > 0);
        last = shown.at(-1)!;
      }
    }),
  );
});
