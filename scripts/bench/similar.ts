/** Similar decisions in ever larger collections: time and memory may grow as n log n. As a program: `similar.ts read|find <content folder>`, one step in a process that can be measured. */
import { join, resolve } from 'node:path';
import { writeSimilar } from '../site/similar.ts';
import { parseBefore } from '../site/build.ts';
import { writeCorpus } from './corpus.ts';
import { figure, megabytes } from './figures.ts';
import { measure } from './hugo.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
/** With twice as many decisions. */
const LETTERS = [2_500, 5_000, 10_000];
const SEED = 5;

/** @param scratch an empty folder */
export async function benchSimilar(scratch: string): Promise<void> {
  let last: { growth: number; work: number } | undefined;
  for (const letters of LETTERS) {
    const decisions = 2 * letters;
    const content = join(scratch, `content-${letters}`);
    await writeCorpus({ folder: content, letters, decisions, seed: SEED });
    const env = { ...process.env, IMR_CACHE: join(scratch, `cache-${letters}`) };
    const step = (name: string) => measure(process.execPath, [import.meta.filename, name, content], { cwd: PROJECT, env });
    await step('read');
    const { seconds, cost } = await step('find');
    figure(`similar decisions of ${decisions}, read before`, seconds);
    if (!cost) continue;
    console.log(`  peak memory ${megabytes(cost.memory)}, work of the processors ${cost.work.toFixed(1)} s`);
    const growth = decisions * Math.log(decisions);
    if (last) console.log(`  ${(cost.work / last.work).toFixed(2)} times the work; n log n is ${(growth / last.growth).toFixed(2)} times as much`);
    last = { growth, work: cost.work };
  }
}

if (import.meta.main) {
  const [step, content = ''] = process.argv.slice(2);
  await parseBefore(content);
  if (step === 'find') await writeSimilar({ contentFolder: content, cacheFolder: process.env['IMR_CACHE']! });
}
