/** Words and their places as bytes, there and back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { spotOf } from '../../src/search/hits.ts';
import { WordFileError, decodeWords, encodeWords } from '../../src/search/index/word-file.ts';
import type { WordEntry } from '../../src/search/index/word-file.ts';

const hits = fc
  .uniqueArray(fc.nat(70_000), { maxLength: 20 })
  .chain((pages) => fc.tuple(fc.constant(pages.sort((a, b) => a - b)), fc.array(fc.uniqueArray(fc.tuple(fc.nat(3_000), fc.nat(4), fc.boolean()), { minLength: 1, maxLength: 9, selector: ([place]) => place }), { minLength: pages.length, maxLength: pages.length })))
  .map(([pages, places]) => {
    const spots = places.map((list) => list.map(([place, part, piece]) => spotOf(place, part, piece)).sort((a, b) => a - b));
    let end = 0;
    return { pages: Uint32Array.from(pages), ends: Uint32Array.from(spots, (list) => (end += list.length)), spots: Uint32Array.from(spots.flat()) };
  });
const entries: fc.Arbitrary<WordEntry[]> = fc
  .uniqueArray(fc.record({ word: fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.toWellFormed()), hits, also: fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.toWellFormed()), { maxLength: 3 }) }, { noNullPrototype: true }), { selector: ({ word }) => word, maxLength: 8 })
  .map((list) => list.sort((a, b) => (a.word < b.word ? -1 : 1)));

test('what is written is read', () => {
  fc.assert(
    fc.property(entries, (written) => {
      const { words, entry } = decodeWords(encodeWords(written));
      assert.deepEqual(words.map((_word, index) => entry(index)), written);
    }),
  );
});

test('a file that is cut anywhere is refused, and a wrong byte never takes memory or time', () => {
  const whole = encodeWords([
    { word: 'knee', also: ['patella'], hits: { pages: Uint32Array.of(1, 900), ends: Uint32Array.of(2, 3), spots: Uint32Array.of(spotOf(1, 0, false), spotOf(400, 1, true), spotOf(9, 1, false)) } },
    { word: 'knees', also: [], hits: { pages: Uint32Array.of(7), ends: Uint32Array.of(1), spots: Uint32Array.of(spotOf(3, 2, false)) } },
  ]);
  const readAll = (bytes: Uint8Array): void => {
    const { words, entry } = decodeWords(bytes);
    words.forEach((_word, index) => entry(index));
  };
  for (let length = 0; length < whole.length; length += 1) assert.throws(() => readAll(whole.subarray(0, length)), WordFileError);
  for (let place = 0; place < whole.length; place += 1) {
    for (const value of [0, 1, 127, 128, 255]) {
      try {
        readAll(whole.with(place, value));
      } catch (error) {
        assert.ok(error instanceof WordFileError);
      }
    }
  }
});
