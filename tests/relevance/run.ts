/**
 * How well this search ranks, on the test collection, beside other engines on the same records.
 *
 *     node tests/relevance/run.ts [--each] [--alone] [--site <built sample site>]
 *
 * `--each` prints every query of this search, `--alone` leaves the others out, `--site` takes this search's results from its page in a browser.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../../scripts/bench/chromium.ts';
import { readRecords } from '../../scripts/bench/records.ts';
import { KINDS, readTopics } from './collection.ts';
import { scoreRanker, total } from './score.ts';
import type { Score } from './score.ts';
import { miniSearchRankers } from './rankers/minisearch.ts';
import { indexRanker } from './rankers/node.ts';
import { pagefindRanker } from './rankers/pagefind.ts';
import type { Ranker } from './rankers/ranker.ts';
import { siteRanker } from './rankers/site.ts';
import { sqliteRankers } from './rankers/sqlite.ts';

const CONTENT = resolve(import.meta.dirname, '../../content');

const { values } = parseArgs({ options: { each: { type: 'boolean', default: false }, alone: { type: 'boolean', default: false }, site: { type: 'string' } } });
const topics = readTopics();
const scratch = await mkdtemp(join(tmpdir(), 'imr-relevance-'));
const browser = values.alone && values.site === undefined ? undefined : await openBrowser();
try {
  const records = await readRecords(CONTENT);
  console.log(`${topics.length} queries, ${records.length} decisions; nDCG@10 / recall@20, overall and by kind of query`);
  await print(values.site === undefined ? indexRanker(CONTENT, join(scratch, 'site')) : siteRanker(browser!, resolve(values.site)), values.each);
  if (!values.alone) for (const ranker of [...sqliteRankers(records), pagefindRanker(browser!, records), ...miniSearchRankers(records)]) await print(ranker, false);
} finally {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
}

async function print(ranker: Ranker, each: boolean): Promise<void> {
  const scores = await scoreRanker(ranker, topics);
  const figures = (of: readonly Score[]): string => `${total(of, 'ndcg').toFixed(3)} / ${total(of, 'recall').toFixed(3)}`;
  console.log(`${ranker.name}: ${figures(scores)}`);
  console.log(`  ${KINDS.map((kind) => `${kind} ${figures(scores.filter(({ topic }) => topic.kind === kind))}`).join(', ')}`);
  if (each) for (const { topic, ndcg, recall, ranking } of scores) console.log(`  ${topic.id} ${topic.kind} [${topic.query}] ${ndcg.toFixed(2)} / ${recall.toFixed(2)}: ${ranking.slice(0, 5).join(' ')}`);
}
