import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeCorpus } from '../../scripts/bench/corpus.ts';
import { spread } from '../../scripts/bench/figures.ts';
import { makeQueries } from '../../scripts/bench/queries.ts';
import { seeded } from '../../scripts/bench/random.ts';
import { readRecords } from '../../scripts/bench/records.ts';
import { readFiles, temporaryFolder } from '../support/folders.ts';

test('the collection of the bench has what was asked for, can be read, and is the same for the same seed', async (t) => {
  const folders = [await temporaryFolder(t), await temporaryFolder(t), await temporaryFolder(t)];
  for (const [index, folder] of folders.entries()) await writeCorpus({ folder, letters: 30, decisions: 60, seed: index === 2 ? 8 : 7 });
  const [first, second, third] = await Promise.all(folders.map(readFiles));
  assert.equal(Object.keys(first!).length, 30);
  assert.deepEqual(first, second);
  assert.notDeepEqual(first, third);
  const records = await readRecords(folders[0]!);
  assert.equal(records.length, 60);
  for (const { rationale, summary } of records) for (const text of [rationale, summary]) assert.ok(text.split(' ').length >= 60 && text.split(' ').length <= 600);
  assert.ok(makeQueries(records, seeded(1)).length >= 100);
});

test('chance repeats itself, and Zipf prefers what comes first', () => {
  const [one, other] = [seeded(3), seeded(3)];
  const drawn = Array.from({ length: 2000 }, () => one.zipf(['a', 'b', 'c', 'd']));
  assert.deepEqual(Array.from({ length: 2000 }, () => other.zipf(['a', 'b', 'c', 'd'])), drawn);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((value) => drawn.filter((other) => other === value).length);
  assert.ok(a! > b! && b! > c! && c! > d! && d! > 0);
  assert.deepEqual(seeded(5).shuffle([1, 2, 3, 4]).toSorted(), [1, 2, 3, 4]);
});

test('a spread of milliseconds', () => {
  assert.equal(spread(Array.from({ length: 100 }, (_value, index) => 100 - index)), 'median 50 ms, p95 95 ms, at most 100 ms');
  assert.equal(spread([7]), 'median 7 ms, p95 7 ms, at most 7 ms');
});
