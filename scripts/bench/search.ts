/** The search in a real browser, on 20,000 invented decisions; beside it stock Pagefind and MiniSearch on the same records. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import type { Determination } from '../../src/determinations/record.ts';
import { FACETS } from '../../src/facets.ts';
import { DATA_FOLDER } from '../../src/search/manifest.ts';
import { buildSearchIndex } from '../index/build.ts';
import { openBrowser } from './chromium.ts';
import { writeCorpus } from './corpus.ts';
import { figure, kilobytes, megabytes, seconds, spread } from './figures.ts';
import { makeQueries } from './queries.ts';
import { seeded } from './random.ts';
import { recordsOf } from './records.ts';
import type { DecisionRecord } from './records.ts';
import { serveFolder } from './server.ts';
import type { RunningServer } from './server.ts';
import { MINISEARCH_OPTIONS, miniSearchFile, openMiniSearch } from './stock-minisearch.ts';
import { PAGEFIND_SCRIPT, buildPagefindSite } from './stock-pagefind.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const [LETTERS, DECISIONS, SEED] = [10_000, 20_000, 4];
const FIRST_SEARCH = 'lumbar MRI';
/** Typed key by key, in milliseconds between two keys. */
const TYPED = ['lumbar fusion not medically necessary', 'gabapentin for neuropathic pain', 'the patient', '"physical therapy" -surgery'];
const KEY_PAUSE = 70;
/** Of a telephone on the move. */
const SLOW_LINE = { throughput: 1_250_000, latency: 60 };

/** @param scratch an empty folder, for some hundred megabytes */
export async function benchSearch(scratch: string): Promise<void> {
  const content = join(scratch, 'large-content');
  const site = join(scratch, 'large-site');
  const records: DecisionRecord[] = [];
  const files: LetterFile[] = [];
  const keep = (determination: Determination, file: string): void => {
    const decisions = recordsOf(determination);
    records.push(...decisions);
    files.push({ file, values: decisions.flatMap(({ facets }) => FACETS.flatMap(({ name }) => facets[name].map((value) => `${name} ${value}`))) });
  };
  figure(`making ${DECISIONS} decisions in ${LETTERS} letters`, await seconds(() => writeCorpus({ folder: content, letters: LETTERS, decisions: DECISIONS, seed: SEED }, keep)));
  const pagefindSite = join(scratch, 'pagefind-site');
  // What is not measured is done at once.
  await Promise.all([buildPages(content, files, join(scratch, 'covering-content'), site), buildPagefindSite(records, pagefindSite)]);
  figure('building their search index', await seconds(() => buildSearchIndex({ contentFolder: content, siteFolder: site })));
  const queries = makeQueries(records, seeded(SEED));
  const browser = await openBrowser();
  try {
    await benchThisSearch(browser, site, queries);
    await benchPagefind(browser, pagefindSite, queries);
    await benchMiniSearch(browser, records, queries, join(scratch, 'minisearch-site'));
  } finally {
    await browser.close();
  }
}

interface LetterFile {
  /** Relative to the content folder. */
  file: string;
  /** All values of all its decisions, each with its facet. */
  values: string[];
}

/**
 * The pages of so many cases are not what is measured here, so the site is built from a few letters: those that between them have every value
 * of every facet, since the form lists the values of its own build. Its index is then replaced by that of all letters.
 */
async function buildPages(content: string, letters: readonly LetterFile[], covering: string, site: string): Promise<void> {
  const seen = new Set<string>();
  // Long letters first: fewer are needed then.
  for (const { file, values } of letters.toSorted((a, b) => b.values.length - a.values.length)) {
    if (values.every((value) => seen.has(value))) continue;
    for (const value of values) seen.add(value);
    await mkdir(dirname(join(covering, file)), { recursive: true });
    await copyFile(join(content, file), join(covering, file));
  }
  await promisify(execFile)(process.execPath, ['scripts/build.ts', '--content', covering, '--out', site], { cwd: PROJECT });
}

async function benchThisSearch(browser: Browser, site: string, queries: readonly string[]): Promise<void> {
  const server = await serveFolder(site, true);
  try {
    await benchBeforeIntention(browser, server);
    await benchCold(browser, server, 'this search, cold');
    const slow = await serveFolder(site, true, SLOW_LINE);
    await benchCold(browser, slow, `the same over a line of ${(SLOW_LINE.throughput * 8) / 1_000_000} Mbit/s and ${SLOW_LINE.latency} ms`).finally(() => slow.close());
    const plain = await serveFolder(site, false);
    await benchCold(browser, plain, 'the same from a server that does not gzip text').finally(() => plain.close());
    await benchWarm(browser, server, queries);
    await benchTyping(browser, server);
  } finally {
    await server.close();
  }
}

interface Download {
  url: string;
  /** Chromium's encodedDataLength: headers and body as they came over the wire. */
  bytes: number;
}

/** Notes everything that a visit downloads, also in workers. @returns what has come so far */
function noteDownloads(page: Page): () => Promise<Download[]> {
  const finished: Promise<Download>[] = [];
  page.context().on('requestfinished', (request) => {
    const bytes = request.sizes().then((sizes) => sizes.responseHeadersSize + sizes.responseBodySize);
    finished.push(bytes.then((bytes) => ({ url: request.url(), bytes })));
  });
  return () => Promise.all(finished);
}

function sum(downloads: readonly Download[]): number {
  return downloads.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What of the site was downloaded: files of the index by the beginning of their names, everything else as the page. */
function byPart(downloads: readonly Download[]): string {
  const parts = new Map<string, Download[]>([['page, styles and scripts', []]]);
  for (const download of downloads) {
    const part = INDEX_PART.exec(new URL(download.url).pathname)?.[1] ?? 'page, styles and scripts';
    parts.set(part, [...(parts.get(part) ?? []), download]);
  }
  return [...parts].map(([part, files]) => `${part} ${kilobytes(sum(files))}`).join(', ');
}
const INDEX_PART = new RegExp(`/${DATA_FOLDER}([a-z]+)`);

async function benchBeforeIntention(browser: Browser, server: RunningServer): Promise<void> {
  const page = await (await browser.newContext()).newPage();
  const downloads = noteDownloads(page);
  await page.goto(`${server.url}search/`, { waitUntil: 'networkidle' });
  await page.waitForTimeout(1000);
  const all = await downloads();
  console.log(`the search page before an intention: ${kilobytes(sum(all))}, ${all.length} files: ${byPart(all)}`);
  await page.context().close();
}

/** In the page: when its answer stood there. Milliseconds since the page was opened. */
interface Watched {
  /** The status and the counts beside the values were last written. */
  counted: number;
  /** Nothing is loading any more. */
  complete: number;
}
declare global {
  interface Window {
    watched: { last: number; answered: () => Promise<Watched>; search: (query: string) => Promise<Watched>; click: (selector: string, nth: number) => Promise<Watched | undefined> };
  }
}

/** Runs in the page before its own scripts: notes when status, counts and results are written. */
function watchAnswers(): void {
  const results = (): Element | null => document.querySelector('[data-part="results"]');
  const isCount = (node: Node): boolean => {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest('[data-part="status"], [data-count]') !== null;
  };
  const watched: Window['watched'] = {
    last: 0,
    answered: () =>
      new Promise((resolve) => {
        const check = (): void => {
          const busy = results()?.hasAttribute('aria-busy') ?? true;
          if (busy || !document.querySelector('[data-part="status"]')?.textContent) return;
          observer.disconnect();
          const now = performance.now();
          resolve({ counted: watched.last || now, complete: now });
        };
        const observer = new MutationObserver(check);
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['aria-busy'] });
        check();
      }),
    search: async (query) => {
      const form = document.querySelector<HTMLFormElement>('decision-search form')!;
      form.querySelector<HTMLInputElement>('input[name="q"]')!.value = query;
      return since(() => form.requestSubmit());
    },
    click: async (selector, nth) => {
      const box = document.querySelectorAll<HTMLInputElement>(selector)[nth];
      return box && since(() => box.click());
    },
  };
  // What an earlier answer left to lay out and to paint is not part of this one.
  const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const since = async (act: () => void): Promise<Watched> => {
    await painted();
    watched.last = 0;
    const start = performance.now();
    act();
    const { counted, complete } = await watched.answered();
    return { counted: counted - start, complete: complete - start };
  };
  new MutationObserver((records) => {
    if (records.some(({ target }) => isCount(target))) watched.last = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true });
  window.watched = watched;
}

async function benchCold(browser: Browser, server: RunningServer, what: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watchAnswers);
  const downloads = noteDownloads(page);
  await page.goto(`${server.url}search/?q=${encodeURIComponent(FIRST_SEARCH)}`, { waitUntil: 'commit' });
  const { counted, complete } = await page.evaluate(() => window.watched.answered());
  const status = await page.locator('[data-part="status"]').textContent();
  await page.waitForLoadState('networkidle');
  const all = await downloads();
  console.log(`${what}: "${FIRST_SEARCH}" answered (${status}) after ${counted.toFixed(0)} ms, with excerpts after ${complete.toFixed(0)} ms; ${kilobytes(sum(all))}, ${all.length} files: ${byPart(all)}`);
  await context.close();
}

async function benchWarm(browser: Browser, server: RunningServer, queries: readonly string[]): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(watchAnswers);
  await page.goto(`${server.url}search/?q=${encodeURIComponent(FIRST_SEARCH)}`);
  await page.evaluate(() => window.watched.answered());
  const downloads = noteDownloads(page);
  interface Timed {
    what: string;
    counted: number;
    complete: number;
  }
  const searchAll = async (): Promise<Timed[]> => {
    const timed: Timed[] = [];
    for (const query of queries) timed.push({ what: query, ...(await page.evaluate((text) => window.watched.search(text), query)) });
    return timed;
  };
  // Words that nobody searched for yet have to be downloaded, a piece of the index each; then the same again.
  const first = await searchAll();
  const searches = await searchAll();
  const filters: Timed[] = [];
  for (const query of queries.slice(0, 4)) {
    await page.evaluate((text) => window.watched.search(text), query);
    for (const { name } of FACETS) {
      // On and off again, so that the next facet filters the same results.
      for (const turn of ['on', 'off']) {
        const clicked = await page.evaluate((selector) => window.watched.click(selector, 0), `[data-facet="${name}"] input[type="checkbox"]`);
        if (clicked) filters.push({ what: `${query}, ${name} ${turn}`, ...clicked });
      }
    }
  }
  const all = [...searches, ...filters];
  console.log(`this search, new words, ${first.length} searches, their pieces of the index downloaded meanwhile, until status and counts: ${spread(first.map(({ counted }) => counted))}`);
  console.log(`this search, warm, the same ${searches.length} searches again and ${filters.length} filters, until status and counts: ${spread(all.map(({ counted }) => counted))}; until results with excerpts: ${spread(all.map(({ complete }) => complete))}`);
  console.log(`  searches alone: ${spread(searches.map(({ counted }) => counted))}; filters alone: ${spread(filters.map(({ counted }) => counted))}; ${kilobytes(sum(await downloads()))} downloaded`);
  console.log(`  slowest: ${all.sort((a, b) => b.counted - a.counted).slice(0, 5).map(({ what, counted }) => `${what} ${counted.toFixed(0)} ms`).join('; ')}`);
  await context.close();
}

async function benchTyping(browser: Browser, server: RunningServer): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}search/?q=${encodeURIComponent(FIRST_SEARCH)}`, { waitUntil: 'networkidle' });
  const tasks = await page.evaluateHandle(() => {
    const tasks: { long: number[]; keys: number[] } = { long: [], keys: [] };
    new PerformanceObserver((list) => tasks.long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    const keys: PerformanceObserverInit & { durationThreshold: number } = { type: 'event', durationThreshold: 16 };
    new PerformanceObserver((list) => tasks.keys.push(...list.getEntries().filter(({ name }) => name === 'keydown' || name === 'input').map(({ duration }) => duration))).observe(keys);
    return tasks;
  });
  let keys = 0;
  for (const text of TYPED) {
    await page.locator('input[name="q"]').fill('');
    await page.locator('input[name="q"]').pressSequentially(text, { delay: KEY_PAUSE });
    await page.waitForTimeout(600);
    keys += text.length;
  }
  const { long, keys: slow } = await tasks.jsonValue();
  console.log(`typing ${keys} keys: ${long.length} tasks of the page over 50 ms${long.length > 0 ? `, the longest ${Math.max(...long).toFixed(0)} ms` : ''}; slowest key on screen after ${slow.length > 0 ? `${Math.max(...slow)} ms` : 'less than 16 ms'}`);
  await context.close();
}

interface StockPagefind {
  init(): Promise<void>;
  filters(): Promise<object>;
  search(query: string, options?: { filters?: Record<string, string> }): Promise<{ results: { data(): Promise<unknown> }[]; totalFilters: object }>;
}

/** Every so many-th of the queries goes to an engine that takes seconds for some of them, so that the bench ends in minutes. */
const PAGEFIND_EVERY = 4;
const MINISEARCH_EVERY = 2;

/** Stock Pagefind keeps no operators: it gets the same texts, and takes what it can of them. */
async function benchPagefind(browser: Browser, folder: string, queries: readonly string[]): Promise<void> {
  const server = await serveFolder(folder, true);
  try {
    const page = await (await browser.newContext()).newPage();
    const downloads = noteDownloads(page);
    await page.goto(server.url);
    const cold = await page.evaluate(
      async ({ script, query }) => {
        const start = performance.now();
        const pagefind = (await import(script)) as StockPagefind;
        await pagefind.init();
        // Counts of values come with a search only once the filters are loaded.
        await pagefind.filters();
        const { results } = await pagefind.search(query);
        await Promise.all(results.slice(0, 20).map((result) => result.data()));
        return { results: results.length, milliseconds: performance.now() - start };
      },
      { script: server.url + PAGEFIND_SCRIPT, query: FIRST_SEARCH },
    );
    console.log(`stock Pagefind with filters, cold: "${FIRST_SEARCH}" (${cold.results}) with counts and 20 excerpts after ${cold.milliseconds.toFixed(0)} ms, ${kilobytes(sum(await downloads()))}`);
    const warm = await page.evaluate(
      async ({ script, texts }) => {
        const pagefind = (await import(script)) as StockPagefind;
        const times: number[] = [];
        for (const text of texts) {
          const start = performance.now();
          await pagefind.search(text);
          times.push(performance.now() - start);
        }
        for (const text of texts.slice(0, 5)) {
          const start = performance.now();
          await pagefind.search(text, { filters: { outcome: 'overturned' } });
          times.push(performance.now() - start);
        }
        return times;
      },
      { script: server.url + PAGEFIND_SCRIPT, texts: queries.filter((_query, index) => index % PAGEFIND_EVERY === 0) },
    );
    console.log(`stock Pagefind with filters, warm, ${warm.length} searches, until results and counts, without excerpts: ${spread(warm)}`);
    await page.context().close();
  } finally {
    await server.close();
  }
}

/** MiniSearch has no filters with counts and no excerpts: what is measured is the search alone, which blocks the page meanwhile. */
async function benchMiniSearch(browser: Browser, records: readonly DecisionRecord[], queries: readonly string[], folder: string): Promise<void> {
  const module = miniSearchFile();
  const index = openMiniSearch(records);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Search</title>');
  await copyFile(fileURLToPath(module), join(folder, 'minisearch.js'));
  const json = JSON.stringify(index);
  await writeFile(join(folder, 'index.json'), json);
  console.log(`MiniSearch: index of ${megabytes(gzipSync(json).length)} gzipped, ${megabytes(json.length)} unpacked`);
  const server = await serveFolder(folder, true);
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(server.url);
    const { load, times } = await page.evaluate(
      async ({ address, texts, options }) => {
        interface Loaded {
          search(query: string, options: object): unknown[];
        }
        const start = performance.now();
        const { default: MiniSearch } = (await import(`${address}minisearch.js`)) as { default: { loadJSON(json: string, options: object): Loaded } };
        const loaded = MiniSearch.loadJSON(await (await fetch(`${address}index.json`)).text(), options);
        const load = performance.now() - start;
        const times = texts.map((text) => {
          const before = performance.now();
          loaded.search(text, { combineWith: 'AND' });
          return performance.now() - before;
        });
        return { load, times };
      },
      { address: server.url, texts: queries.filter((_query, index) => index % MINISEARCH_EVERY === 0), options: MINISEARCH_OPTIONS },
    );
    console.log(`MiniSearch: ready after ${(load / 1000).toFixed(1)} s; ${times.length} searches, without filters, counts or excerpts: ${spread(times)}`);
    await page.context().close();
  } finally {
    await server.close();
    await rm(folder, { recursive: true });
  }
}
