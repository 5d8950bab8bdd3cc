/** The pages: how long they take to build, and what they weigh. */
import { execFileSync } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { figure, kilobytes, seconds } from './figures.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** @param site folder that the site is built into */
export async function benchPages(content: string, site: string): Promise<void> {
  figure('build of pages and search index', await seconds(() => void execFileSync(process.execPath, ['scripts/build.ts', '--content', content, '--out', site], { cwd: PROJECT, stdio: 'pipe', encoding: 'utf8' })));
  const sizes = new Map<string, number>();
  for (const name of await readdir(site, { recursive: true })) {
    if (name.endsWith('.html')) sizes.set(name, gzipSync(await readFile(join(site, name))).length);
  }
  const styles = (await readdir(join(site, '_astro'))).filter((name) => name.endsWith('.css'));
  const css = (await Promise.all(styles.map((name) => readFile(join(site, '_astro', name))))).reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
  const [heaviest, weight] = [...sizes].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  const sorted = [...sizes.values()].sort((a, b) => a - b);
  console.log(`${sizes.size} pages, gzipped with all styles (${kilobytes(css)}): median ${kilobytes(sorted[sorted.length >> 1]! + css)}, heaviest ${kilobytes(weight + css)} (${heaviest})`);
}
