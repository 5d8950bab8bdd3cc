/**
 * Hostile text in every place of a record, in the search and in addresses: nothing of it runs, makes an element, leads elsewhere, leaves its folder or takes
 * another's place. One site is built of it, and a second of the same records with harmless words, whose pages must be built of the same elements.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { zstdDecompressSync } from 'node:zlib';
import { browse } from '../../src/browse.ts';
import { readCorpus } from '../../src/corpus.ts';
import { BYTE_ORDER_MARK, defused } from '../../src/csv.ts';
import type { FacetName } from '../../src/facets.ts';
import { withReadings } from '../../src/determinations/read-markdown.ts';
import { FACETS } from '../../src/facets.ts';
import { decisionAnchor } from '../../src/urls.ts';
import { parseCsv } from '../support/csv.ts';
import { RECORD_PLACES, hostileRecords } from '../support/hostile-records.ts';
import { listFiles } from '../support/folders.ts';
import { attribute, elementsOf, isElement, listRoutes, pagesOfSite, readPage, routeOf } from '../support/html.ts';
import type { BuiltPage, Element } from '../support/html.ts';
import { PAYLOADS, somePayloads } from '../support/payloads.ts';
import { parseXml } from '../support/xml.ts';
import { ALL, HARMLESS, HOSTILE } from './sites.ts';

const PAGES = join(import.meta.dirname, '../../src/pages');
const RECORDS = hostileRecords();
/** Addresses that a page may hold. `data:` only where it is saved as a file. */
const ADDRESSES = new Set(['http:', 'https:', 'mailto:']);
const ADDRESS_ATTRIBUTES = new Set(['href', 'xlink:href', 'src', 'srcset', 'action', 'formaction', 'poster', 'data', 'ping', 'background', 'cite', 'manifest', 'srcdoc']);

/** How many decisions are alike, and which of them have a known sentence, follows from the words: these parts may be longer or shorter. */
const BY_LIKENESS = /^(?:similar|section best-pair)$/;

/** Elements and the names of their attributes, without any text. Of a table's rows each kind once: they come in the order of their words. */
function structure(element: Element): string {
  if (BY_LIKENESS.test(attribute(element, 'class') ?? '')) return '';
  const children = (element.tagName === 'template' ? (element as Element & { content: Element }).content : element).childNodes.filter(isElement).map(structure).filter((child) => child !== '');
  return `${element.tagName}[${element.attrs.map(({ name }) => name).sort().join(' ')}](${(element.tagName === 'tbody' ? [...new Set(children)].sort() : children).join()})`;
}

function textOf(node: Parameters<typeof isElement>[0]): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** What stands in a page of its letters, in the order of the page. */
function letterTexts(page: BuiltPage): string[] {
  return [...elementsOf(page.document)].filter((element) => element.tagName === 'p' && element.parentNode && isElement(element.parentNode) && attribute(element.parentNode, 'data-letter') !== undefined).map(textOf);
}

test.describe('on disk', () => {
  test('every page is built of the same elements as with harmless words, and holds no address that does anything', async () => {
    test.setTimeout(LONGEST);
    const routes = await listRoutes(PAGES);
    const known = new Map<string | undefined, Set<string>>();
    const rootOf = ({ document }: BuiltPage): Element => document.childNodes.find(isElement)!;
    for await (const page of pagesOfSite(HARMLESS.out)) {
      const route = routeOf(page.path, routes);
      known.set(route, (known.get(route) ?? new Set()).add(structure(rootOf(page))));
    }
    const problems: string[] = [];
    let pages = 0;
    for await (const page of pagesOfSite(HOSTILE.out)) {
      pages += 1;
      const found = structure(rootOf(page));
      const harmless = [...(known.get(routeOf(page.path, routes)) ?? [])];
      if (!harmless.includes(found)) problems.push(`${page.file}: ${firstDifference(harmless, found)}`);
      problems.push(...page.parseErrors.map((error) => `${page.file}: ${error}`));
      for (const element of elementsOf(page.document, { templates: true })) {
        for (const { name, value } of element.attrs) {
          if (/^on/i.test(name) || name === 'style') problems.push(`${page.file}: ${element.tagName} has ${name}`);
          if (!ADDRESS_ATTRIBUTES.has(name)) continue;
          const { protocol, host } = new URL(value, 'http://site.test');
          const saved = protocol === 'data:' && element.tagName === 'a' && attribute(element, 'download') !== undefined;
          if (!saved && !ADDRESSES.has(protocol)) problems.push(`${page.file}: ${name}=${value.slice(0, 80)}`);
          if (host.includes('evil')) problems.push(`${page.file}: ${name} leads to ${host}`);
        }
        if (element.tagName === 'script' && attribute(element, 'type') === 'application/ld+json') JSON.parse(textOf(element));
      }
    }
    console.log(`${pages} pages of hostile text: ${PAYLOADS.length} payloads in ${RECORD_PLACES.length} places of a record, ${PAYLOADS.length * RECORD_PLACES.length} combinations`);
    expect(problems.slice(0, 20)).toEqual([]);
  });

  test('every case has its own page and its own data, with its own words', async () => {
    test.setTimeout(60_000);
    const files = await listFiles(HOSTILE.out);
    expect(files.filter((file) => file.split('/').some((name) => Buffer.byteLength(name) > 200 || !/^[\w.@-]+$/.test(name)))).toEqual([]);
    for (const record of RECORDS) {
      const folder = `cases/${record.id.toLowerCase()}`;
      const page = readPage(folder, await readFile(join(HOSTILE.out, folder, 'index.html'), 'utf8'));
      const expected = [record.clinicalSummary, record.documentsReviewed!, ...record.decisions.flatMap((decision) => [decision.rationale, decision.reviewerGuidelineText, decision.claimsAdministratorGuidelineText])].flat();
      expect(letterTexts(page).sort(), folder).toEqual(expected.sort());
      const { format: _format, address: _address, ...data } = JSON.parse(await readFile(join(HOSTILE.out, folder, 'case.json'), 'utf8')) as Record<string, unknown>;
      expect(data, folder).toEqual(JSON.parse(JSON.stringify(withReadings(record))));
    }
    const titles = new Set<string>();
    for (const file of files) {
      if (!file.endsWith('.html')) continue;
      const title = /<title>([^<]*)<\/title>/.exec(await readFile(join(HOSTILE.out, file), 'utf8'))![1]!;
      expect(titles.has(title), `${file} has the title of another page: ${title}`).toBe(false);
      titles.add(title);
    }
  });

  test('tables, feeds and citations hold the words and nothing else', async () => {
    test.setTimeout(60_000);
    const decisions = RECORDS.flatMap((record) => record.decisions.map((decision, index) => ({ key: `${record.caseNumber} ${index + 1}`, record, decision }))).sort((a, b) => (a.key < b.key ? -1 : 1));
    const byKey = (rows: Record<string, unknown>[]): Record<string, unknown>[] => rows.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const keyOf = (row: Record<string, unknown>): string => `${String(row['case_number'])} ${String(row['decision_number'])}`;
    const data = join(HOSTILE.out, 'data');

    const lines = byKey((await readFile(join(data, 'decisions.jsonl'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>));
    expect(lines.map(({ request }) => request)).toEqual(decisions.map(({ decision }) => decision.request));
    expect(lines.map(({ drugs }) => drugs)).toEqual(decisions.map(({ decision }) => decision.drugs));
    expect(lines.map((row) => row['source_file'])).toEqual(decisions.map(({ record }) => record.source.file));

    const file = await asyncBufferFromFile(join(data, 'decisions.parquet'));
    const rows = byKey((await parquetReadObjects({ file, compressors: { ZSTD: (input) => zstdDecompressSync(input) } })) as Record<string, unknown>[]);
    expect(rows.map(({ request }) => request)).toEqual(decisions.map(({ decision }) => decision.request));
    expect(rows.map((row) => row['source_file'])).toEqual(decisions.map(({ record }) => record.source.file));

    const csv = await readFile(join(data, 'decisions.csv'), 'utf8');
    expect(csv.startsWith(BYTE_ORDER_MARK)).toBe(true);
    const [names, ...cells] = parseCsv(csv);
    const table = byKey(cells.map((row) => Object.fromEntries(row.map((cell, index) => [names![index]!, cell]))));
    expect(table.map(({ request }) => request)).toEqual(decisions.map(({ decision }) => defused(decision.request)));
    expect(cells.flat().filter((cell) => /^[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(cell))).toEqual([]);

    let feeds = 0;
    for (const name of await listFiles(HOSTILE.out)) {
      if (!name.endsWith('.atom')) continue;
      feeds += 1;
      const { feed } = parseXml(await readFile(join(HOSTILE.out, name), 'utf8'), { ignoreAttributes: false }) as { feed: object };
      expect(Object.keys(feed).filter((key) => !['id', 'title', 'subtitle', 'updated', 'author', 'link', 'entry', '#text'].includes(key.replace(/^@_.*/, 'id'))), name).toEqual([]);
    }
    expect(feeds).toBeGreaterThan(RECORDS.length);

    let citations = 0;
    for await (const page of pagesOfSite(join(HOSTILE.out, 'cases'))) {
      for (const element of elementsOf(page.document)) {
        const address = attribute(element, 'href') ?? '';
        if (!address.startsWith('data:')) continue;
        citations += 1;
        const text = decodeURIComponent(address.slice(address.indexOf(',') + 1));
        const name = attribute(element, 'download')!;
        expect(name).toMatch(/^[\w-]+\.(?:ris|bib|json)$/);
        if (name.endsWith('.ris')) {
          expect(text.slice(0, -2).split('\r\n').filter((line) => !/^[A-Z]{2} {2}- [^\r\n]*$/.test(line))).toEqual([]);
          expect(text.match(/^(?:TY|ER) {2}-/gm)).toEqual(['TY  -', 'ER  -']);
        } else if (name.endsWith('.json')) expect(JSON.parse(text)).toHaveLength(1);
        else {
          expect(text.match(/^@/gm)).toHaveLength(1);
          // A brace that is open at the end of a line would take the next field with it.
          for (const line of text.trimEnd().split('\n').slice(1, -1)) expect(line.split('{').length, line).toBe(line.split('}').length);
        }
      }
    }
    expect(citations).toBe(3 * decisions.length);
  });
});

function firstDifference(known: readonly string[], found: string): string {
  let longest = 0;
  for (const candidate of known) {
    let same = 0;
    while (same < found.length && candidate[same] === found[same]) same += 1;
    longest = Math.max(longest, same);
  }
  return `no harmless page goes on after ${found.slice(Math.max(0, longest - 200), longest)} with ${found.slice(longest, longest + 80)}`;
}

/** What ran, asked or led elsewhere on the pages of a context. */
async function watch(context: BrowserContext): Promise<string[]> {
  const tripped: string[] = [];
  const own = new URL(`http://localhost:${HOSTILE.port}`).origin;
  await context.exposeFunction('tripped', (what: string) => void tripped.push(what));
  await context.addInitScript(() => {
    const trip = (window as unknown as { tripped: (what: string) => void }).tripped;
    for (const name of ['pwned', 'alert', 'confirm', 'prompt', 'open']) Object.defineProperty(window, name, { value: (...values: unknown[]) => trip(`${name}(${values.join()}) on ${location.href.slice(0, 200)}`), configurable: false });
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${own}/`) && !url.startsWith('data:') && !url.startsWith('blob:')) tripped.push(`request of ${url}`);
  });
  context.on('dialog', (dialog) => void tripped.push(`dialog: ${dialog.message()}`));
  context.on('page', (page) => {
    page.on('popup', () => tripped.push('a new window'));
    page.on('pageerror', (error) => tripped.push(`error: ${error.message}`));
    page.on('download', (download) => tripped.push(`download of ${download.url().slice(0, 80)}`));
  });
  return tripped;
}

/** Touches all that a reader can touch, and says what no page of ours has. */
function touchAll(): string[] {
  const foreign = [...document.querySelectorAll('iframe, object, embed, applet, base, frame, portal, video, audio, img, math, marquee, style, body script:not([src])')].filter((element) => element.getAttribute('type') !== 'application/ld+json').map((element) => element.outerHTML.slice(0, 120));
  const handlers = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].filter(({ name }) => name.startsWith('on') || name === 'style').map(({ name }) => `${element.tagName} has ${name}`));
  document.addEventListener('click', (event) => event.preventDefault(), { capture: true, once: false });
  const addresses: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('main a, main button, main summary, main [tabindex], main abbr, main code, main p, main li, main dd')) {
    for (const kind of ['pointerover', 'mouseover', 'mouseenter', 'focusin', 'pointerdown']) element.dispatchEvent(new Event(kind, { bubbles: true }));
    // Without an address it is no link yet: the way back to a search is one when there was a search.
    if (!(element instanceof HTMLAnchorElement) || !element.hasAttribute('href')) continue;
    if (!['http:', 'https:', 'mailto:'].includes(element.protocol) && !(element.protocol === 'data:' && element.hasAttribute('download'))) addresses.push(element.href.slice(0, 120));
    if (element.protocol !== 'data:') element.click();
  }
  return [...foreign, ...handlers, ...addresses];
}

const VALUE_FACETS: readonly FacetName[] = ['service', 'drug', 'bodypart', 'guideline', 'specialty'];
const SHARDS = 2;
/** All that is hostile stands on the pages of cases. Pages of values are of one template, whose elements are compared on disk: of these one in so many is opened. */
const ONE_IN = ALL ? 1 : 20;
/** Of cases. All of them are compared on disk. */
const CASE_IN = ALL ? 1 : 5;
/** Of texts that are searched for: of each kind several. All of them stand in what is searched. */
const SEARCHED_IN = ALL ? 1 : 16;
/** Of kinds of texts, that are marked on a page. */
const MARKED_IN = ALL ? 1 : 4;
/** Milliseconds. */
const LONGEST = ALL ? 900_000 : 150_000;

for (let shard = 0; shard < SHARDS; shard += 1) {
  test(`nothing runs on any page, part ${shard + 1} of ${SHARDS}`, async ({ context }) => {
    test.setTimeout(LONGEST);
    const tripped = await watch(context);
    const page = await context.newPage();
    const trees = browse(await readCorpus(HOSTILE.content));
    // Each value has five pages of one template: of each the page of another facet.
    const values = [...trees.drug.nodes.keys()].filter((_value, index) => index % ONE_IN === 0).map((value, index) => {
      const name = VALUE_FACETS[index % VALUE_FACETS.length]!;
      const node = [...trees[name].nodes.values()].find((candidate) => candidate.label === value);
      return (node ?? trees.drug.nodes.get(value)!).path;
    });
    const lists = FACETS.map(({ folder }) => `${folder}/`);
    const paths = [...RECORDS.filter((_record, index) => index % CASE_IN === 0).map(({ id }) => `cases/${id.toLowerCase()}/`), ...values, ...lists, '', 'statistics/', 'about/', 'cases/', 'data/', 'es/'].filter((_path, index) => index % SHARDS === shard);
    const problems: string[] = [];
    for (const [index, path] of paths.entries()) {
      await page.goto(`${path}${index % 10 === 0 ? '?lang=es' : ''}`, { waitUntil: 'domcontentloaded' });
      problems.push(...(await page.evaluate(touchAll)).map((what) => `${path}: ${what}`));
    }
    console.log(`${paths.length} pages visited`);
    expect([...problems, ...tripped].slice(0, 20)).toEqual([]);
  });
}

/** Shows one address after another on a search page that is open, as the back button would, and says what no page of ours has. */
async function searchAll(page: Page, searches: readonly string[]): Promise<string[]> {
  return page.evaluate(async (all) => {
    const results = document.querySelector('[data-part="results"]')!;
    const problems: string[] = [];
    for (const search of all) {
      history.pushState({}, '', location.pathname + search);
      dispatchEvent(new PopStateEvent('popstate'));
      const end = Date.now() + 10_000;
      do await new Promise((resolve) => setTimeout(resolve, 4)); while (results.hasAttribute('aria-busy') && Date.now() < end);
      if (results.hasAttribute('aria-busy')) problems.push(`not answered: ${search.slice(0, 120)}`);
      const foreign = document.querySelector('main :is(script:not([src^="/_astro/"]), iframe, object, embed, base, img, video, audio, style, math, link, meta)') ?? [...document.querySelectorAll<HTMLAnchorElement>('main a[href]')].find((link) => link.origin !== location.origin);
      if (foreign) problems.push(`${search.slice(0, 120)}: ${foreign.outerHTML.slice(0, 120)}`);
      for (const element of results.querySelectorAll('*')) for (const { name } of element.attributes) if (name.startsWith('on') || name === 'style') problems.push(`${search.slice(0, 120)}: ${element.tagName} has ${name}`);
    }
    return problems;
  }, searches);
}

for (const [what, searchOf] of [
  ['the words of a search', (text: string) => `?${new URLSearchParams({ q: text })}#${encodeURIComponent(text.toWellFormed())}`],
  ['every parameter of a search and its hash', (text: string) => `?${new URLSearchParams([...FACETS.map(({ name }) => [name, text]), ...['q', 'sort', 'page', 'from', 'to', 'lang', text].map((name) => [name, text])])}#${encodeURIComponent(text.toWellFormed())}`],
  ['filters that results have', (text: string) => `?${new URLSearchParams([...VALUE_FACETS.map((name) => [name, text]), ['service', `Brace > ${text}`]])}`],
] as const) {
  test(`nothing runs where hostile text is ${what}`, async ({ context }) => {
    test.setTimeout(LONGEST);
    const tripped = await watch(context);
    const page = await context.newPage();
    await page.goto('search/?q=knee');
    await expect(page.locator('main [role="status"]').first()).not.toBeEmpty();
    const searches = PAYLOADS.filter((_payload, index) => index % SEARCHED_IN === 0).map(({ text }) => searchOf(text));
    const problems = await searchAll(page, searches);
    console.log(`${searches.length} searches: ${what}`);
    expect([...problems, ...tripped].slice(0, 20)).toEqual([]);
  });
}

test('nothing runs where hostile text is typed and suggested', async ({ context }) => {
  test.setTimeout(LONGEST);
  const tripped = await watch(context);
  const page = await context.newPage();
  await page.goto('search/');
  // Not by its label: Playwright looks for labels in all of the page, which has tens of thousands of values to filter by here.
  const field = page.locator('#search-q');
  for (const { text } of somePayloads(2)) {
    // A case's number leads to the case.
    if (!page.url().includes('/search/')) await page.goto('search/');
    await field.fill(text.toWellFormed().slice(0, 200));
    await page.waitForTimeout(60);
    expect(await page.evaluate(() => [...document.querySelectorAll('[data-part="suggestions"] :is(script, img, iframe, svg, style, a[href^="javascript"])')].length), text).toBe(0);
  }
  expect(tripped).toEqual([]);
});

test('nothing runs where hostile text is marked on a page and printed', async ({ context }) => {
  test.setTimeout(LONGEST);
  const tripped = await watch(context);
  const page = await context.newPage();
  // Marks are put around a text's own nodes, whatever it says; what is printed is the page.
  for (const { text } of somePayloads(1).filter((_payload, index) => index % MARKED_IN === 0)) {
    await page.goto(`search/?${new URLSearchParams({ q: `"${text.slice(0, 100)}"` })}`);
    await expect(page.locator('main [role="status"]').first()).not.toBeEmpty();
    const first = page.locator('[data-part="list"] article h3 a').first();
    await expect(page.locator('[data-part="results"]')).not.toHaveAttribute('aria-busy');
    if ((await first.count()) === 0) continue;
    await first.click();
    await page.waitForURL(/\/cases\//);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('mark :is(a, img, script), mark mark').count(), text).toBe(0);
    await page.emulateMedia({ media: null });
  }
  expect(tripped).toEqual([]);
});

test('nothing runs where hostile text is asked for as a page', async ({ context }) => {
  test.setTimeout(LONGEST);
  const tripped = await watch(context);
  const page = await context.newPage();
  for (const { text } of somePayloads(2)) {
    const response = await page.goto(`${encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2e')}?lang=es#${encodeURIComponent(text.toWellFormed())}`, { waitUntil: 'domcontentloaded' });
    expect([200, 400, 404]).toContain(response!.status());
    expect(new URL(page.url()).host).toBe(`localhost:${HOSTILE.port}`);
  }
  expect(tripped).toEqual([]);
});

test('a page of a case keeps its decisions apart', async ({ page }) => {
  await page.goto('cases/cm00-0000001/');
  for (const [index, { request }] of RECORDS[0]!.decisions.entries()) await expect(page.locator(`#${decisionAnchor(index + 1)}`)).toContainText(request);
});
