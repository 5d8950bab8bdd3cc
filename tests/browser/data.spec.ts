/** The open data page: what it lists is there, and is what it says. */
import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { COLUMNS } from '../../src/data-dictionary.ts';
import { DATA_FILES, FEED_SIZE } from '../../src/open-data.ts';
import { shortRequest } from '../../src/citation.ts';
import { caseJsonPath } from '../../src/urls.ts';
import { determinationsOf, offerDocuments } from './expectations.ts';

const TABLES = [DATA_FILES.csv.name, DATA_FILES.jsonl.name, DATA_FILES.parquet.name];

const filesTable = (page: Page) => page.getByRole('table', { name: 'Files to download' });

test('each file downloads, with the size and the checksum that the page gives', async ({ page }) => {
  await page.goto('data/');
  const rows = filesTable(page).locator('tbody tr');
  await expect(rows).toHaveCount(Object.keys(DATA_FILES).length);
  for (const row of await rows.all()) {
    const waiting = page.waitForEvent('download');
    const link = row.getByRole('link');
    await link.click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(await link.textContent());
    const hash = createHash('sha256');
    for await (const chunk of await download.createReadStream()) hash.update(chunk as Buffer);
    await expect(row).toContainText(`SHA-256: ${hash.digest('hex')}`);
  }
});

test('the number of rows is the number of decisions, on the page and in the files', async ({ page }, testInfo) => {
  const records = await determinationsOf(testInfo.project.name);
  const decisions = records.flatMap((record) => record.decisions.map((_decision, index) => `${record.id} ${index + 1}`));
  await page.goto('data/');
  for (const name of TABLES) await expect(filesTable(page).getByRole('row', { name }).getByRole('cell').first()).toHaveText(String(decisions.length));
  const lines = (await (await page.request.get(`data/${DATA_FILES.jsonl.name}`)).text()).trim().split('\n').map((line) => JSON.parse(line) as { case_id: string; decision_number: number });
  expect(lines.map((row) => `${row.case_id} ${row.decision_number}`).sort()).toEqual(decisions.sort());
});

test('the dictionary on the page has each column of the files', async ({ page }) => {
  await page.goto('data/');
  const names = page.getByRole('table', { name: 'Columns of the table of decisions' }).getByRole('rowheader').locator('code');
  await expect(names).toHaveText(COLUMNS.map(({ name }) => name));
  const [line] = (await (await page.request.get(`data/${DATA_FILES.jsonl.name}`)).text()).split('\n');
  expect(Object.keys(JSON.parse(line!) as object)).toEqual(COLUMNS.map(({ name }) => name));
});

test('every link of the page leads somewhere', async ({ page, baseURL }) => {
  await page.goto('data/');
  const links = await page.getByRole('main').getByRole('link').evaluateAll((found) => found.map((link) => (link as HTMLAnchorElement).href));
  const own = links.filter((link) => link.startsWith(baseURL!));
  expect(own.length).toBeGreaterThan(10);
  for (const link of new Set(own)) expect((await page.request.get(link)).status(), link).toBe(200);
});

test('a case as JSON agrees with its page', async ({ page }, testInfo) => {
  const records = await determinationsOf(testInfo.project.name);
  const record = records.reduce((most, other) => (other.decisions.length > most.decisions.length ? other : most));
  const found = (await (await page.request.get(caseJsonPath(record.id))).json()) as typeof record & { address: string };
  await page.goto(found.address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(found.id);
  for (const [index, decision] of found.decisions.entries()) {
    const section = page.locator(`#decision-${index + 1}`);
    await expect(section).toContainText(decision.request);
    for (const paragraph of decision.rationale) await expect(section).toContainText(paragraph);
  }
});

test('the feeds are read by the browser’s own parser, and hold decisions of the site', async ({ page }, testInfo) => {
  const records = await determinationsOf(testInfo.project.name);
  const requests = new Map(records.flatMap((record) => record.decisions.map(({ request }, index): [string, string] => [`/cases/${record.id.toLowerCase()}/#decision-${index + 1}`, shortRequest(request)])));
  await offerDocuments(page);
  await page.goto('data/');
  const alternate = page.locator('link[type="application/atom+xml"]');
  await expect(alternate).toHaveCount(1);
  const feeds = [(await alternate.getAttribute('href'))!, ...(await page.locator('main a[href$="feed.atom"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!)))];
  expect(feeds.length).toBeGreaterThan(3);
  for (const address of new Set(feeds)) {
    const feed = await page.evaluate(async (url) => {
      const document = await window.loadDocument(url);
      return {
        failed: document.querySelector('parsererror')?.textContent,
        root: document.documentElement.namespaceURI,
        entries: [...document.querySelectorAll('entry')].map((entry) => ({ title: entry.querySelector('title')!.textContent!, address: entry.querySelector('link')!.getAttribute('href')! })),
      };
    }, address);
    expect([feed.failed, feed.root], address).toEqual([undefined, 'http://www.w3.org/2005/Atom']);
    expect(feed.entries.length).toBeGreaterThan(0);
    expect(feed.entries.length).toBeLessThanOrEqual(FEED_SIZE);
    for (const entry of feed.entries) {
      const request = requests.get(entry.address.slice(entry.address.indexOf('/cases/')));
      expect(request, entry.address).toBeDefined();
      expect(entry.title).toMatch(/^(?:Upheld|Overturned): /);
      expect(entry.title.endsWith(` - ${request!}`), `${entry.title} - ${request!}`).toBe(true);
    }
  }
});

test('machines find the data set', async ({ page }) => {
  await page.goto('data/');
  const blocks = await page.locator('script[type="application/ld+json"]').allTextContents();
  const dataset = blocks.map((text) => JSON.parse(text) as { '@type': string; distribution?: { name: string; contentUrl: string }[] }).find((block) => block['@type'] === 'Dataset');
  expect(dataset?.distribution?.map(({ name }) => name)).toEqual(TABLES);
  for (const { contentUrl } of dataset!.distribution!) expect((await page.request.get(contentUrl)).status()).toBe(200);
});

test('search engines are asked to stay out, as each page says too', async ({ page }) => {
  expect(await (await page.request.get('robots.txt')).text()).toContain('Disallow: /\n');
  await page.goto('data/');
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute('content', 'noindex');
});
