/**
 * `npm run bench [-- import pages scale lighthouse relevance search similar]`: the measurements behind the README's figures, on the published letters where they are,
 * else on the sample. Compares within one run, because machines differ; prints what was measured and on what.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { benchImport, benchMemory } from './bench/import.ts';
import { benchLighthouse } from './bench/lighthouse.ts';
import { benchPages } from './bench/pages.ts';
import { benchScale } from './bench/scale.ts';
import { benchSearch } from './bench/search.ts';
import { benchSimilar } from './bench/similar.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const PUBLISHED = resolve(PROJECT, '../shared/letters');
const letters = existsSync(PUBLISHED) ? PUBLISHED : join(PROJECT, 'content/letters');
const SUBJECTS = ['import', 'pages', 'scale', 'lighthouse', 'relevance', 'search', 'similar'];

const wanted = new Set(process.argv.slice(2));
const unknown = [...wanted].filter((subject) => !SUBJECTS.includes(subject));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. What can be measured: ${SUBJECTS.join(', ')}.`);
  process.exit(1);
}
const measures = (subject: string): boolean => wanted.size === 0 || wanted.has(subject);

const scratch = await mkdtemp(join(tmpdir(), 'imr-bench-'));
try {
  console.log(`${availableParallelism()} cores, Node ${process.version}, letters: ${letters === PUBLISHED ? 'published ones' : 'the sample'}`);
  const content = join(scratch, 'content');
  // The pages are those of the letters that were imported.
  if (measures('import') || measures('pages') || measures('lighthouse')) await benchImport(letters, content, scratch);
  if (measures('import')) await benchMemory(scratch);
  if (measures('pages') || measures('lighthouse')) await benchPages(content, join(scratch, 'site'));
  if (measures('lighthouse')) await benchLighthouse(join(scratch, 'site'));
  if (measures('scale')) await benchScale(await mkdtemp(join(scratch, 'scale-')));
  if (measures('relevance')) execFileSync(process.execPath, ['tests/relevance/run.ts'], { cwd: PROJECT, stdio: 'inherit' });
  if (measures('search')) await benchSearch(scratch);
  if (measures('similar')) await benchSimilar(await mkdtemp(join(scratch, 'similar-')));
} finally {
  await rm(scratch, { recursive: true, force: true });
}
