/** Lighthouse on a built site: what it says of the pages on a mid phone (its defaults). It is no part of this project: npm fetches it for the run. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SITE } from '../../src/site.ts';
import { ensureBrowser } from '../../tests/browser/browser.ts';
import { serveFolder } from './server.ts';

const run = promisify(execFile);

/** Apache-2.0. One version, so that scores of different days can be compared. */
const LIGHTHOUSE = 'lighthouse@13.5.0';
const CHROMIUM_FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
/** Of a page that is under the target for speed: other work on the machine makes one run in a few slow, and none fast. */
const RUNS = 3;

interface Category {
  name: string;
  title: string;
  /** Of 100. */
  target: number;
}
const CATEGORIES: readonly Category[] = [
  { name: 'performance', title: 'performance', target: 95 },
  { name: 'accessibility', title: 'accessibility', target: 100 },
  { name: 'best-practices', title: 'best practices', target: 100 },
  { name: 'seo', title: 'SEO', target: 100 },
];
/** A site that asks search engines to stay out loses a third of its points for search engines; that is no fault. */
const MEANT = new Set(SITE.indexable ? [] : ['is-crawlable']);

/** What is read of Lighthouse's report. */
interface Report {
  runtimeError?: { message: string };
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null; displayValue?: string; details?: { items?: { node?: { snippet: string }; description?: string; url?: string }[] } }>;
}

/**
 * Prints the four scores of one page of each kind, and what a page below its target fails at.
 * @param site a site built for the base `/`
 */
export async function benchLighthouse(site: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'imr-lighthouse-'));
  const server = await serveFolder(site, true);
  try {
    const version = await lighthouse(['--version'], scratch).catch((error: unknown) => {
      console.log(`Lighthouse: not measured, because npm could not fetch ${LIGHTHOUSE} (${(error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1)}).`);
      return undefined;
    });
    if (version === undefined) return;
    console.log(`Lighthouse ${version.trim()}, mobile: ${CATEGORIES.map(({ title }) => title).join(', ')} of 100${SITE.indexable ? '' : ' (SEO of a site that asks search engines to stay out: 63 at most)'}`);
    for (const path of await pagesToMeasure(site)) await measure(server.url, path, scratch);
  } finally {
    await server.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measure(url: string, path: string, scratch: string): Promise<void> {
  const reports = [await reportOn(url + path, scratch)];
  const [speed] = CATEGORIES;
  while (scoreOf(reports[0]!, 'performance') < speed!.target && reports.length < RUNS) reports.push(await reportOn(url + path, scratch));
  const report = reports.sort((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'))[reports.length >> 1]!;
  console.log(`  /${path}: ${CATEGORIES.map(({ name }) => scoreOf(report, name)).join(', ')}${reports.length > 1 ? ` (median of ${reports.length} runs)` : ''}`);
  for (const { name, title, target } of CATEGORIES) {
    if (scoreOf(report, name) >= target) continue;
    for (const { id, weight } of report.categories[name]!.auditRefs) {
      const audit = report.audits[id]!;
      if (weight === 0 || MEANT.has(id) || audit.score === null || audit.score >= 0.9) continue;
      const places = (audit.details?.items ?? []).flatMap(({ node, description, url: address }) => node?.snippet ?? description ?? address ?? []).slice(0, 3);
      console.log(`    ${title}: ${[audit.title, audit.displayValue ?? '', ...places].filter(Boolean).join(' · ')}`);
    }
  }
}

/** Of 100, 0 where Lighthouse came to none. */
function scoreOf(report: Report, category: string): number {
  return Math.round((report.categories[category]?.score ?? 0) * 100);
}

/** @throws Error when the page could not be measured at all */
async function reportOn(url: string, scratch: string): Promise<Report> {
  const file = join(scratch, 'report.json');
  const only = `--only-categories=${CATEGORIES.map(({ name }) => name).join(',')}`;
  await lighthouse([url, '--quiet', '--no-enable-error-reporting', only, '--output=json', `--output-path=${file}`, `--chrome-flags=${CHROMIUM_FLAGS.join(' ')}`], scratch);
  const report = JSON.parse(await readFile(file, 'utf8')) as Report;
  if (report.runtimeError) throw new Error(`Lighthouse on ${url}: ${report.runtimeError.message}`);
  return report;
}

/** @returns what it prints */
async function lighthouse(args: string[], folder: string): Promise<string> {
  // The Node of this process, which is new enough, before another of the machine.
  const env = { ...process.env, CHROME_PATH: ensureBrowser(), PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}` };
  return (await run('npm', ['exec', '--yes', `--package=${LIGHTHOUSE}`, '--', 'lighthouse', ...args], { cwd: folder, env, maxBuffer: 50_000_000 })).stdout;
}

/** Home, the longest case, the longest list of a service, the statistics where there are any, and a search. */
async function pagesToMeasure(site: string): Promise<string[]> {
  const cases = await longest(site, 'cases', (path) => /^cases\/[^/]+\/$/.test(path));
  const services = await longest(site, 'services', (path) => /^services\/[^/]+\/[^/]+\/$/.test(path));
  const statistics = (await readdir(site)).includes('statistics') ? ['statistics/'] : [];
  return ['', ...cases, ...services, ...statistics, 'search/?q=lumbar+MRI'];
}

/** The longest page below a folder. @returns none where nothing fits */
async function longest(site: string, folder: string, fits: (path: string) => boolean): Promise<string[]> {
  const found: { path: string; size: number }[] = [];
  for (const name of await readdir(join(site, folder), { recursive: true })) {
    const path = `${folder}/${name.replaceAll('\\', '/')}`.replace(/index\.html$/, '');
    if (name.endsWith('.html') && fits(path)) found.push({ path, size: (await readFile(join(site, folder, name))).length });
  }
  return found.sort((a, b) => b.size - a.size).slice(0, 1).map(({ path }) => path);
}
