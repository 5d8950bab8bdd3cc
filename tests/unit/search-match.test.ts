/** Combining words over a text index. The index here is a plain one over invented texts that answers as Pagefind does, its oddities included. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { excerpt } from '../../src/search/excerpt.ts';
import { combineTerms, matchTerms, missingTerms, placesIn } from '../../src/search/match.ts';
import type { Hit, TextIndex } from '../../src/search/match.ts';
import { parseQuery } from '../../src/search/query.ts';

function plainIndex(texts: readonly string[]): TextIndex {
  const words = texts.map((text) => text.split(/\s+/));
  const normal = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const hits = (test: (word: string) => boolean): Hit[] =>
    words.flatMap((list, decision) => {
      const places = list.flatMap((word, place) => (test(normal(word)) ? [place] : []));
      return places.length > 0 ? [{ decision, score: places.length, places }] : [];
    });
  return {
    async findExact(text) {
      const wanted = text.split(' ').map(normal);
      return words.flatMap((list, decision) => {
        const place = list.findIndex((_word, start) => wanted.every((word, index) => normal(list[start + index] ?? '') === word));
        return place < 0 ? [] : [{ decision, score: 1, places: wanted.map((_word, index) => place + index) }];
      });
    },
    async findRanked(text) {
      const wanted = normal(text);
      const extended = hits((word) => word.startsWith(wanted));
      // Pagefind answers what it does not know with the longest word that is a beginning of it.
      return extended.length > 0 ? extended : hits((word) => word !== '' && wanted.startsWith(word));
    },
    readWords: async (decision) => words[decision]!,
  };
}

const TEXTS = ['MRI of the lumbar spine', 'Physical therapy for the lumbar spine, MRI first', 'Therapy that is physical', 'Fusion at L5-S1', 'Fusion at L5 S1', 'Painless needles'];
const found = async (query: string): Promise<number[] | undefined> => {
  const scores = combineTerms(await matchTerms(parseQuery(query), plainIndex(TEXTS)), TEXTS.length);
  return scores && [...scores].flatMap((score, decision) => (score > 0 ? [decision] : []));
};

const QUERIES: [query: string, expected: number[] | undefined][] = [
  ['', undefined],
  ['lumbar', [0, 1]],
  ['lumbar MRI', [0, 1]],
  ['lumbar therapy', [1]],
  ['physical therapy', [1, 2]],
  ['"physical therapy"', [1]],
  ['"physical therapy" MRI', [1]],
  ['l5-s1', [3, 4]],
  ['lumb', [0, 1]],
  ['lumb mri', [0, 1]],
  ['pain', [5]],
  ['pa', []],
  ['lumbarx', []],
  ['mri zzz', []],
  ['"zzz physical"', []],
];
for (const [query, expected] of QUERIES) {
  test(`match: ${query || 'nothing'}`, async () => assert.deepEqual(await found(query), expected));
}

test('what occurs nowhere is said, what is only a beginning is told apart', async () => {
  const matches = await matchTerms(parseQuery('lumbar zzz "no phrase" lumb mrix'), plainIndex(TEXTS));
  assert.deepEqual(missingTerms(matches), ['zzz', '“no phrase”', 'mrix']);
  assert.deepEqual(matches.map(({ found: how }) => how), ['itself', 'nowhere', 'nowhere', 'beginning', 'nowhere']);
});

test('places of all terms are marked', async () => {
  const matches = await matchTerms(parseQuery('lumbar MRI'), plainIndex(TEXTS));
  assert.deepEqual([...placesIn(matches, 1)].sort(), [4, 6]);
});

test('an excerpt shows the most places, and never leaves its range', () => {
  const words = Array.from({ length: 60 }, (_word, index) => `w${index}`);
  const { pieces, cutBefore, cutAfter } = excerpt(words, new Set([3, 40, 42]), [0, 60], 20);
  assert.deepEqual(pieces.filter(({ marked }) => marked).map(({ text }) => text), ['w40', 'w42']);
  assert.deepEqual([cutBefore, cutAfter], [true, true]);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(80)), fc.nat(60), fc.nat(60), fc.integer({ min: 10, max: 40 }), (places, a, b, length) => {
      const range = [Math.min(a, b), Math.max(a, b)] as const;
      const cut = excerpt(words, new Set(places), range, length);
      const shown = cut.pieces.flatMap(({ text }) => text.split(' '));
      assert.equal(shown.length, Math.min(length, range[1] - range[0]));
      assert.deepEqual(shown, words.slice(words.indexOf(shown[0] ?? 'w0'), words.indexOf(shown[0] ?? 'w0') + shown.length));
      assert.ok(shown.every((word) => words.indexOf(word) >= range[0] && words.indexOf(word) < range[1]));
      assert.equal(places.some((place) => place >= range[0] && place < range[1]), cut.pieces.some(({ marked }) => marked));
    }),
  );
});
