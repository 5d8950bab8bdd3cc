/**
 * `npm run bench`: the measurements behind the README's figures, on the published letters where they are, else on the sample.
 * Compares within one run, because machines differ; prints what was measured and on what.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { importLetters } from './import/run.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const PUBLISHED = resolve(PROJECT, '../shared/letters');
const letters = existsSync(PUBLISHED) ? PUBLISHED : join(PROJECT, 'content/letters');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const scratch = await mkdtemp(join(tmpdir(), 'imr-bench-'));
try {
  console.log(`${availableParallelism()} cores, Node ${process.version}, letters: ${letters === PUBLISHED ? 'published ones' : 'the sample'}`);
  const content = join(scratch, 'content');
  const site = join(scratch, 'site');
  await benchImport(content);
  await benchMemory();
  await benchSite(content, site);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function benchImport(content: string): Promise<void> {
  const files = (await readdir(letters)).filter((name) => ['.pdf', '.txt'].includes(extname(name)));
  const pdfs = files.filter((name) => name.endsWith('.pdf'));
  const importArguments = ['scripts/import.ts', '--from', letters, '--to', content];
  figure(`import of ${files.length} letters`, seconds(() => run(process.execPath, importArguments)));
  figure('import again, nothing changed', seconds(() => run(process.execPath, importArguments)));
  if (pdfs.length === 0) return console.log('pdftotext -layout: not measured, there are no PDFs');
  if (spawnSync('pdftotext', ['-v']).error) return console.log('pdftotext -layout: not measured, it is not installed');
  figure(`pdftotext -layout on ${pdfs.length} of them, one process each`, seconds(() => pdfs.forEach((name) => run('pdftotext', ['-layout', join(letters, name), join(scratch, 'text.txt')]))));
}

/** What the import's main process holds when the last letter is read, for some letters and for many times as many, made from the sample by numbering it anew. */
async function benchMemory(): Promise<void> {
  const sample = join(PROJECT, 'content/letters');
  const texts = await Promise.all((await readdir(sample)).map((name) => readFile(join(sample, name), 'utf8')));
  for (const times of [20, 160]) {
    const folder = join(scratch, `letters-${times}`);
    await mkdir(folder);
    let number = 0;
    for (let round = 0; round < times; round++) {
      for (const text of texts) {
        const caseNumber = `CM00-${String(1_000_000 + number++)}`;
        await writeFile(join(folder, `${caseNumber}.txt`), text.replace(/CM00-\d{7}/, caseNumber));
      }
    }
    let held = 0;
    const start = performance.now();
    await importLetters({
      from: folder,
      to: join(scratch, `content-${times}`),
      onProgress: (done, of) => {
        if (done < of) return;
        collectGarbage();
        held = process.memoryUsage().heapUsed;
      },
    });
    console.log(`import of ${number} text letters: ${((performance.now() - start) / 1000).toFixed(1)} s, ${(held / 1_000_000).toFixed(0)} MB held when all are read`);
  }
}

async function benchSite(content: string, site: string): Promise<void> {
  figure('build of pages and search index', seconds(() => run(process.execPath, ['scripts/build.ts', '--content', content, '--out', site])));
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

function run(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { cwd: PROJECT, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function figure(what: string, value: number): void {
  console.log(`${what}: ${value.toFixed(1)} s`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
