/** What stands above the results, and in them, on whatever letters the site holds. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { serviceValue } from '../../src/determinations/record.ts';
import { count, numberText } from '../../src/words.ts';
import { LOOKS, expectAccessible, expectNoSidewaysScroll } from './expectations.ts';
import { itemsOf, open, results, status } from './search-page.ts';
import type { Item } from './search-page.ts';

let items: Item[] = [];
test.beforeEach(async ({}, testInfo) => {
  items = await itemsOf(testInfo);
});

const answer = (page: Page) => page.locator('[data-part="answer"]');
/** Overturned and upheld as the page says them. */
function expectedSplit(found: readonly Item[]): string[] {
  const overturned = found.filter(({ decision }) => decision.outcome === 'overturned').length;
  const exact = (overturned / found.length) * 100;
  const percent = overturned === 0 || overturned === found.length ? exact : Math.min(99, Math.max(1, Math.round(exact)));
  return [
    [overturned, percent],
    [found.length - overturned, 100 - percent],
  ].map(([number, share]) => `${numberText(number!)} of ${numberText(found.length)}${found.length < 20 ? '' : ` (${share}%)`}`);
}

const category = ({ decision }: Item): string => decision.service.category;
const year = ({ record }: Item): string | undefined => record.decisionDate?.slice(0, 4);

/** The service categories with most and with fewest decisions. */
function categoriesBySize(): string[] {
  const sizes = new Map<string, number>();
  for (const item of items) sizes.set(category(item), (sizes.get(category(item)) ?? 0) + 1);
  return [...sizes].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

test('before anything is searched nothing of the index is downloaded, and everything is there', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/search-data/')) asked.push(request.url());
  });
  await open(page, '');
  await expect(results(page)).toHaveCount(Math.min(20, items.length));
  await expect(answer(page).locator('dd')).toHaveText(expectedSplit(items));
  await page.mouse.wheel(0, 2000);
  await page.waitForTimeout(300);
  expect(asked).toEqual([]);
  await page.getByLabel('Treatment, drug, body part or case number').focus();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect(asked.some((address) => address.includes('/record-'))).toBe(false);
});

test('what the page comes with is what a search for nothing finds', async ({ page }) => {
  const shown = async () => ({
    status: await status(page).textContent(),
    answer: await answer(page).innerText(),
    results: await results(page).evaluateAll((articles) => articles.map((article) => [article.id, (article as HTMLElement).innerText, article.querySelector('a')!.href])),
    pages: await page.locator('[data-part="pages"]').innerHTML(),
  });
  await open(page, '');
  const start = await shown();
  await page.getByLabel('Sort by').selectOption('oldest');
  // Until what was asked for is there, what was there before may be.
  await expect.poll(async () => (await shown()).results).not.toEqual(start.results);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.getByLabel('Sort by').selectOption('newest');
  await expect.poll(shown).toEqual(start);
});

test('the answer says how the decisions came out, with the base of each share', async ({ page }) => {
  const [largest, ...others] = categoriesBySize();
  for (const name of [largest!, others.at(-1)!]) {
    await open(page, `?service=${encodeURIComponent(name)}`);
    const found = items.filter((item) => category(item) === name);
    await expect(status(page)).toContainText(count(found.length, 'decision'));
    await expect(answer(page).locator('dd')).toHaveText(expectedSplit(found));
    await expect(answer(page).getByText('too few to conclude from')).toHaveCount(found.length < 20 ? 1 : 0);
  }
});

test('with an outcome chosen the answer counts the other outcome too, and says so', async ({ page }) => {
  await open(page, '?outcome=overturned');
  await expect(answer(page)).toContainText('Of this search with any outcome:');
  await expect(answer(page).locator('dd')).toHaveText(expectedSplit(items));
});

test('by year: the table is counted right, and the chart is not colour alone', async ({ page }) => {
  await open(page, '?outcome=upheld&outcome=overturned');
  const years = items.flatMap((item) => year(item) ?? []).map(Number);
  const first = Math.min(...years);
  const expected = Array.from({ length: Math.max(...years) - first + 1 }, (_year, index) => String(first + index)).map((name) => {
    const found = items.filter((item) => year(item) === name);
    const overturned = found.filter(({ decision }) => decision.outcome === 'overturned').length;
    return [name, ...[found.length, overturned, found.length - overturned].map(numberText)];
  });
  await page.getByText('By year, as a table').click();
  const rows = await page.locator('.answer__table tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent)));
  expect(rows).toEqual(expected);
  const chart = page.getByRole('img', { name: /Decisions by year/ });
  await expect(chart).toBeVisible();
  await expect(chart.locator('.year-chart__overturned')).toHaveCount(expected.filter(([, , overturned]) => overturned !== '0').length);
  await expect(chart.locator('.year-chart__upheld')).toHaveCount(expected.filter(([, , , upheld]) => upheld !== '0').length);
});

test('the page says how it read a query that is more than words, and switches widening off with one click', async ({ page }) => {
  await open(page, '?q="physical therapy');
  await expect(page.locator('[data-part="understood"]')).toContainText('Searched for: "physical therapy"');
  await open(page, '?q=MRI');
  const before = await status(page).textContent();
  await expect(page.locator('[data-part="understood"]')).toContainText('Also searched for MRI: ');
  await page.getByRole('link', { name: 'Search only “MRI”' }).click();
  await expect(page).toHaveURL(/q=%22MRI%22$/);
  await expect(page.locator('[data-part="understood"]')).not.toContainText('Also searched');
  await expect(page.getByLabel('Treatment, drug, body part or case number')).toHaveValue('"MRI"');
  expect(Number.parseInt((await status(page).textContent())!, 10)).toBeLessThanOrEqual(Number.parseInt(before!, 10));
});

test('what holds most words but not all follows under a line that says so, and is in no count', async ({ page }) => {
  await open(page, '?q=lumbar+knee+acupuncture+opioid');
  const partial = page.locator('[data-part="partial"]');
  await expect(partial.getByRole('heading', { level: 2 })).toContainText(/not all$/);
  await expect(partial.getByRole('article').first()).toBeVisible();
  const complete = Number.parseInt((await status(page).textContent())!, 10);
  await expect(results(page)).toHaveCount(Math.min(20, complete));
  await open(page, '?q=chronic');
  await expect(partial).toBeHidden();
});

test('a result shows where its words stand: up to three excerpts, each with its part', async ({ page }) => {
  await open(page, '?q=chronic');
  for (const article of await results(page).all()) {
    const excerpts = article.locator('.result__excerpt');
    expect(await excerpts.count()).toBeLessThanOrEqual(3);
    for (const excerpt of await excerpts.all()) await expect(excerpt.locator('.result__part')).toHaveText(/^(Rationale|Guideline of the .*|Service, drugs and body parts): $/);
  }
  await expect(results(page).locator('.result__excerpt mark').first()).toContainText(/chronic/i);
  const item = items.find(({ decision }) => decision.guidelines.length > 0)!;
  await open(page, `?q=${encodeURIComponent(`"${item.decision.request.split(/\s+/).slice(0, 4).join(' ').replaceAll('"', '')}"`)}`);
  const article = results(page).filter({ hasText: item.decision.request }).first();
  for (const text of ['Service: ', 'Guideline: ']) await expect(article).toContainText(text);
  expect(serviceValue(item.decision.service)).not.toBe('');
});

test('in print: what was searched, the answer, and the results, without controls', async ({ page }) => {
  await open(page, '?q=chronic&outcome=upheld');
  await page.emulateMedia({ media: 'print' });
  for (const hidden of [page.getByLabel('Treatment, drug'), page.getByRole('button', { name: 'Print' }), page.getByLabel('Sort by'), page.locator('.filters')]) await expect(hidden).toBeHidden();
  await expect(page.getByText(/\/search\/\?q=chronic&outcome=upheld/)).toBeVisible();
  await expect(status(page)).toBeVisible();
  await expect(page.getByText('Outcome: Upheld')).toBeVisible();
  const first = results(page).first();
  await expect(first.locator('h3')).toBeVisible();
  await expect(first.getByText('Upheld: denial stands')).toBeVisible();
  await expect(first.locator('time')).toBeVisible();
});

test('the page about searching is accessible, and each of its examples is a search that is understood', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('search/');
  await page.getByRole('main').getByRole('link', { name: 'How to search' }).click();
  await expect(page).toHaveURL(/\/search\/help\/$/);
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 700 });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  const examples = await page.locator('main a[href*="?q="]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).search));
  expect(examples.length).toBeGreaterThan(10);
  for (const search of examples) {
    await open(page, search);
    await expect(status(page)).toContainText(/\d+ decision/);
    // A repair would mean that the example is wrong.
    await expect(page.locator('[data-part="understood"]')).not.toContainText(/left out|not closed/);
  }
});
