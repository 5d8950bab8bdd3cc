/** A state's worth of letters: pages beside Hugo, index beside Pagefind's own program, a second build; each in processes of its own. */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { listDeterminationFiles } from '../../src/determinations/store.ts';
import { writeCorpus } from './corpus.ts';
import { figure, megabytes } from './figures.ts';
import { benchHugo, measure } from './hugo.ts';
import type { Measured } from './hugo.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const [LETTERS, DECISIONS, SEED] = [10_000, 20_000, 5];

/** @param scratch an empty folder, for some gigabytes */
export async function benchScale(scratch: string): Promise<void> {
  const content = join(scratch, 'content');
  await writeCorpus({ folder: content, letters: LETTERS, decisions: DECISIONS, seed: SEED });
  console.log(`${LETTERS} letters with ${DECISIONS} decisions that a seeded generator made of the sample's words`);
  const env = { ...process.env, IMR_CACHE: join(scratch, 'cache') };
  const node = (...args: string[]): Promise<Measured> => measure(process.execPath, args, { cwd: PROJECT, env });
  const part = async (name: string, folder: string): Promise<Measured> => {
    // Nothing of an earlier part is at hand.
    await rm(join(scratch, 'cache'), { recursive: true, force: true });
    return node('scripts/bench/part.ts', name, content, folder);
  };

  const pages = await part('pages', join(scratch, 'pages'));
  const made = (await readdir(join(scratch, 'pages'), { recursive: true })).filter((name) => name.endsWith('.html')).length;
  tell(`pages alone, ${made} of them`, pages);
  const hugo = await benchHugo({ content, scratch });
  if (hugo) console.log(`  pages against Hugo: ${(pages.seconds / hugo.seconds).toFixed(2)} times as long, ${(((pages.seconds / made) * hugo.pages) / hugo.seconds).toFixed(2)} times a page`);

  const index = await part('index', join(scratch, 'index'));
  tell('search index alone', index);
  const stock = await measure(join(PROJECT, 'node_modules/.bin/pagefind'), ['--site', join(scratch, 'pages'), '--glob', 'cases/*/index.html', '--output-path', join(scratch, 'stock')]);
  tell("Pagefind's own program on the cases' pages", stock);
  console.log(`  index against Pagefind: ${(index.seconds / stock.seconds).toFixed(2)} times as long`);
  tell('open data alone', await part('data', join(scratch, 'data')));

  await rm(join(scratch, 'cache'), { recursive: true, force: true });
  const build = (): Promise<Measured> => node('scripts/build.ts', '--content', content, '--out', join(scratch, 'site'));
  const first = await build();
  tell('whole build', first);
  await changeOne(content);
  const second = await build();
  tell('whole build again, one letter changed', second);
  console.log(`  second against first: ${(second.seconds / first.seconds).toFixed(2)}`);
}

function tell(what: string, { seconds, cost }: Measured): void {
  figure(what, seconds);
  if (cost) console.log(`  peak memory ${megabytes(cost.memory)}, work of the processors ${cost.work.toFixed(1)} s`);
}

/** Another word in one letter's text, in the middle of the collection. */
async function changeOne(content: string): Promise<void> {
  const files = await listDeterminationFiles(content);
  const path = join(content, files[files.length >> 1]!);
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/(### Rationale\n\n)/, '$1Changed. '));
}
