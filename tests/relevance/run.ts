/**
 * How well this search ranks, on the test collection, beside other engines on the same records.
 *
 *     node tests/relevance/run.ts [--each] [--site <built sample site>]
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from '../../scripts/bench/chromium.ts';
import { readRecords } from '../../scripts/bench/records.ts';
import { KINDS, gradesByTopic, readJudgements, readTopics } from './collection.ts';
import { mean, ndcg, recall } from './metrics.ts';
import { miniSearchRankers } from './rankers/minisearch.ts';
import { pagefindRanker } from './rankers/pagefind.ts';
import type { Ranker } from './rankers/ranker.ts';
import { siteRanker } from './rankers/site.ts';
import { sqliteRankers } from './rankers/sqlite.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const CONTENT = join(PROJECT, 'content');

const { values } = parseArgs({ options: { each: { type: 'boolean', default: false }, site: { type: 'string' } } });
const topics = readTopics();
const grades = gradesByTopic(readJudgements());

const scratch = await mkdtemp(join(tmpdir(), 'imr-relevance-'));
const browser = await openBrowser();
try {
  const site = resolve(values.site ?? join(scratch, 'site'));
  if (values.site === undefined) execFileSync(process.execPath, ['scripts/build.ts', '--content', CONTENT, '--out', site], { cwd: PROJECT, stdio: 'pipe' });
  const records = await readRecords(CONTENT);
  console.log(`${topics.length} queries, ${records.length} decisions; nDCG@10 / recall@20, overall and by kind of query`);
  for (const ranker of [siteRanker(browser, site), ...sqliteRankers(records), pagefindRanker(browser, records), ...(await miniSearchRankers(records))]) await print(ranker);
} finally {
  await browser.close();
  await rm(scratch, { recursive: true, force: true });
}

async function print({ name, rank }: Ranker): Promise<void> {
  const rankings = await rank(topics.map(({ query }) => query));
  const scores = topics.map(({ id, kind, query }) => {
    const ranking = rankings.get(query) ?? [];
    return { id, kind, query, ndcg: ndcg(ranking, grades.get(id)!, 10), recall: recall(ranking, grades.get(id)!, 20) };
  });
  const figures = (of: typeof scores): string => `${mean(of.map((score) => score.ndcg)).toFixed(3)} / ${mean(of.map((score) => score.recall)).toFixed(3)}`;
  console.log(`${name}: ${figures(scores)}`);
  console.log(`  ${KINDS.map((kind) => `${kind} ${figures(scores.filter((score) => score.kind === kind))}`).join(', ')}`);
  if (values.each) for (const score of scores) console.log(`  ${score.id} ${score.kind} [${score.query}] ${score.ndcg.toFixed(2)} / ${score.recall.toFixed(2)}`);
}
