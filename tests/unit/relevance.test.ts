import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { readCorpus } from '../../src/corpus.ts';
import { KINDS, gradesByTopic, readJudgements, readTopics } from '../relevance/collection.ts';
import { mean, ndcg, recall } from '../relevance/metrics.ts';
import { indexRanker } from '../relevance/rankers/node.ts';
import { sqliteRankers } from '../relevance/rankers/sqlite.ts';
import { scoreRanker, total } from '../relevance/score.ts';
import { readRecords } from '../../scripts/bench/records.ts';
import { temporaryFolder } from '../support/folders.ts';

const CONTENT = resolve(import.meta.dirname, '../../content');
const topics = readTopics();
const judgements = readJudgements();

test('there are at least 48 topics, six or more of each kind, numbered from 1, none twice', () => {
  assert.ok(topics.length >= 48);
  for (const kind of KINDS) assert.ok(topics.filter((topic) => topic.kind === kind).length >= 6, kind);
  assert.deepEqual(topics.filter(({ kind }) => !KINDS.some((known) => known === kind)), []);
  assert.deepEqual(topics.map(({ id }) => id), topics.map((_topic, index) => String(index + 1)));
  assert.equal(new Set(topics.map(({ query }) => query.toLowerCase())).size, topics.length);
  assert.deepEqual(topics.filter(({ query, need }) => query.trim() === '' || need.trim() === ''), []);
});

test('every judgement is of a topic and of a decision of the sample, once, with grade 1 or 2', async () => {
  const { decisions } = await readCorpus(CONTENT);
  const known = new Set(decisions.map((decision) => `${decision.case.id}.${decision.number}`));
  const ids = new Set(topics.map(({ id }) => id));
  assert.deepEqual(judgements.filter(({ topic, decision, grade }) => !ids.has(topic) || !known.has(decision) || (grade !== 1 && grade !== 2)), []);
  assert.equal(new Set(judgements.map(({ topic, decision }) => `${topic} ${decision}`)).size, judgements.length);
});

test('every topic has a decision that answers it', () => {
  const grades = gradesByTopic(judgements);
  assert.deepEqual(topics.filter(({ id }) => ![...(grades.get(id)?.values() ?? [])].includes(2)), []);
});

const GRADES = new Map([['a', 2], ['b', 1], ['c', 1], ['d', 0]]);
// Ideal: 3/log2(2) + 1/log2(3) + 1/log2(4) = 3 + 0.63093 + 0.5 = 4.13093.
const ndcgCases: [name: string, ranking: string[], depth: number, expected: number][] = [
  ['the ideal order', ['a', 'c', 'b'], 10, 1],
  ['nothing found', [], 10, 0],
  ['only what is not relevant', ['d', 'x'], 10, 0],
  ['the best one second: (0 + 3/log2(3)) / 4.13093', ['x', 'a'], 10, 0.458199],
  ['the best one last: (1 + 0.63093 + 3/2) / 4.13093', ['b', 'c', 'a'], 10, 0.757924],
  ['cut at two: (1 + 0.63093) / 3.63093', ['b', 'c', 'a'], 2, 0.449177],
  ['one that is listed twice counts once', ['a', 'a', 'b', 'c'], 10, 1],
];
for (const [name, ranking, depth, expected] of ndcgCases) {
  test(`nDCG of ${name}`, () => assert.equal(ndcg(ranking, GRADES, depth).toFixed(6), expected.toFixed(6)));
}

const recallCases: [name: string, ranking: string[], depth: number, expected: number][] = [
  ['all of three', ['x', 'a', 'b', 'c'], 20, 1],
  ['two of three', ['a', 'x', 'c'], 20, 2 / 3],
  ['two of three, of which the first two results have one', ['a', 'x', 'c'], 2, 1 / 3],
  ['none', ['d'], 20, 0],
];
for (const [name, ranking, depth, expected] of recallCases) {
  test(`recall of ${name}`, () => assert.equal(recall(ranking, GRADES, depth), expected));
}

test('a topic without anything relevant is refused, not counted', () => {
  assert.throws(() => ndcg(['a'], new Map([['a', 0]]), 10));
  assert.throws(() => recall(['a'], new Map(), 10));
});

test('a mean', () => assert.equal(mean([1, 2, 6]), 3));

test('this search ranks at least 15 % better than SQLite FTS5 in whatever way FTS5 is asked', async (t) => {
  const own = total(await scoreRanker(indexRanker(CONTENT, await temporaryFolder(t)), topics), 'ndcg');
  for (const ranker of sqliteRankers(await readRecords(CONTENT))) {
    const other = total(await scoreRanker(ranker, topics), 'ndcg');
    assert.ok(own >= 1.15 * other, `nDCG@10 is ${own.toFixed(3)}, of ${ranker.name} ${other.toFixed(3)}`);
  }
});
