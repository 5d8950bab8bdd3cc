/** The sample as it lies on a server: built for the server's root, or for a folder of it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../..');

/** Where each was built, by this or by the browser tests; taken as it is when it is there. */
const BUILT = { '/': resolve(PROJECT, '.cache/test-sites/sample'), '/imr/': resolve(PROJECT, '.cache/test-sites/sample-in-folder') };

export type Base = keyof typeof BUILT;
export const BASES: readonly Base[] = ['/', '/imr/'];

export interface PublishedSite {
  base: Base;
  /** What the server has as its root. */
  root: string;
  /** The site's files: the root, or the folder of it that the base path names. */
  folder: string;
  /** What no request may get to; beside the root, in a file `secret.txt`. */
  secret: string;
  remove(): Promise<void>;
}

/**
 * A copy that any user may read, with one file of each kind that a publisher's build may have beside those of the sample, in `kinds/`:
 * what a server does with them must not depend on how large the sample's happen to be.
 */
export async function publishSite(base: Base): Promise<PublishedSite> {
  const built = BUILT[base];
  if (!existsSync(built)) {
    execFileSync(process.execPath, ['scripts/build.ts', '--content', 'content', '--out', built], { cwd: PROJECT, stdio: 'pipe', env: { ...process.env, IMR_BASE: base } });
  }
  const scratch = await mkdtemp(join(tmpdir(), 'imr-hosting-'));
  await chmod(scratch, 0o755);
  const root = join(scratch, 'www');
  const folder = join(root, base);
  await mkdir(root);
  await cp(built, folder, { recursive: true });
  await mkdir(join(folder, 'kinds'));
  for (const [name, bytes] of Object.entries(kinds())) await writeFile(join(folder, 'kinds', name), bytes);
  const secret = 'Not for readers of the site.';
  await writeFile(join(scratch, 'secret.txt'), secret);
  return { base, root, folder, secret, remove: () => rm(scratch, { recursive: true, force: true }) };
}

/** Long enough that a server finds compression worth while, and compressible, so that leaving it out shows. */
function kinds(): Record<string, string | Buffer> {
  const lines = (line: (number: number) => string): string => Array.from({ length: 100 }, (_line, index) => line(index + 1)).join('\n');
  return {
    'decisions.csv': lines((number) => `CM00-${String(number).padStart(7, '0')},MRI of the lumbar spine,upheld`),
    'decisions.jsonl': lines((number) => JSON.stringify({ caseNumber: `CM00-${String(number).padStart(7, '0')}`, outcome: 'upheld' })),
    'decisions.parquet': Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(4000, 'invented bytes '), Buffer.from('PAR1')]),
    'case.json': JSON.stringify(Array.from({ length: 100 }, (_case, index) => ({ caseNumber: `CM00-${index}` }))),
    'feed.atom': `<feed xmlns="http://www.w3.org/2005/Atom">${lines((number) => `<entry><title>Decision ${number}</title></entry>`)}</feed>`,
    'sitemap.xml': `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${lines((number) => `<url><loc>https://imr.example.org/${number}</loc></url>`)}</urlset>`,
    'decision.bib': lines((number) => `@misc{imr${number}, title = {An invented decision}}`),
    'decision.ris': lines((number) => `TY  - CASE\nTI  - Invented decision ${number}\nER  - `),
    'chart.svg': `<svg xmlns="http://www.w3.org/2000/svg">${lines((number) => `<rect x="${number}" width="1" height="1"/>`)}</svg>`,
    'notes.txt': lines((number) => `Line ${number} with a section sign: §`),
    'SHA256SUMS': lines((number) => `${String(number).padStart(64, '0')}  decisions.csv`),
    'picture.png': Buffer.alloc(4000, 'picture '),
  };
}
