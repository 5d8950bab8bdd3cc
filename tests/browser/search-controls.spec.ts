/** Filters, suggestions, actions, keys and the way back, on whatever letters the site holds. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { VALUE_SEPARATOR } from '../../src/determinations/record.ts';
import { CSV_COLUMNS } from '../../src/search/csv.ts';
import { casePath } from '../../src/urls.ts';
import { count } from '../../src/words.ts';
import { clipboardText, expectAccessible } from './expectations.ts';
import { answered, checkbox, facetOf, itemsOf, open, query, results, status, valuesOf } from './search-page.ts';
import type { Item } from './search-page.ts';

let items: Item[] = [];
test.beforeEach(async ({}, testInfo) => {
  items = await itemsOf(testInfo);
});

const suggestions = (page: Page) => page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');

/** A service category with values below it, and one of these. */
function nested(): [category: string, value: string] {
  const value = items.map((item) => valuesOf(item, 'service').at(-1)!).find((candidate) => candidate.includes(VALUE_SEPARATOR))!;
  return [value.split(VALUE_SEPARATOR)[0]!, value];
}

test('a category opens by its arrow, covers what is below it, and is half chosen with a part of it', async ({ page }) => {
  const [category, value] = nested();
  await open(page, '');
  await expect(checkbox(page, 'service', value)).toBeHidden();
  const arrow = facetOf(page, 'service').getByRole('button', { name: `${category} in detail` });
  await arrow.click();
  await expect(arrow).toHaveAttribute('aria-expanded', 'true');
  await expect(checkbox(page, 'service', value)).toBeVisible();
  await checkbox(page, 'service', value).check();
  await answered(page);
  expect(await checkbox(page, 'service', category).evaluate((field) => (field as HTMLInputElement).indeterminate)).toBe(true);
  await checkbox(page, 'service', category).check();
  await expect(status(page)).toContainText(count(items.filter((item) => valuesOf(item, 'service').includes(category)).length, 'decision'));
  expect(new URL(page.url()).searchParams.getAll('service')).toEqual([category]);
  await expect(checkbox(page, 'service', value)).toBeChecked();
  await expect(checkbox(page, 'service', value)).toBeDisabled();
  await checkbox(page, 'service', category).uncheck();
  await expect(checkbox(page, 'service', value)).not.toBeChecked();
  await expect(checkbox(page, 'service', value)).toBeEnabled();
});

test('a long list finds its values by their letters, those inside others too, and says how many', async ({ page }) => {
  const [category, value] = nested();
  const label = value.split(VALUE_SEPARATOR).at(-1)!;
  await open(page, '');
  const finder = page.getByLabel('Find in Service');
  await finder.fill(label.toLowerCase());
  await expect(checkbox(page, 'service', value)).toBeVisible();
  await expect(checkbox(page, 'service', category)).toBeVisible();
  const all = [...new Set(items.flatMap((item) => valuesOf(item, 'service')))];
  const matching = all.filter((candidate) => candidate.split(VALUE_SEPARATOR).at(-1)!.toLowerCase().includes(label.toLowerCase()));
  await expect(facetOf(page, 'service').locator('.facet__said')).toHaveText(`${matching.length} of ${all.length} ${matching.length === 1 ? 'matches' : 'match'}`);
  await finder.fill('qqzzyx');
  await expect(facetOf(page, 'service').locator('.facet__said')).toHaveText('None matches');
  await expect(facetOf(page, 'service').getByRole('checkbox')).toHaveCount(0);
  await finder.fill('');
  await expect(checkbox(page, 'service', category)).toBeVisible();
  await expect(checkbox(page, 'service', value)).toBeHidden();
});

test('of a long list the values with most decisions stand open, the others behind a button', async ({ page }) => {
  const values = [...new Set(items.flatMap((item) => valuesOf(item, 'specialty')))];
  test.skip(values.length <= 15, 'no list is long');
  await open(page, '');
  await expect(facetOf(page, 'specialty').getByRole('checkbox')).toHaveCount(10);
  await facetOf(page, 'specialty').getByRole('button', { name: 'Show all' }).click();
  await expect(facetOf(page, 'specialty').getByRole('checkbox')).toHaveCount(values.length);
  await facetOf(page, 'specialty').getByRole('button', { name: 'Show fewer' }).click();
  // A chosen one stays in sight, whatever its number.
  const rare = values.find((value) => items.filter((item) => valuesOf(item, 'specialty').includes(value)).length === 1)!;
  await open(page, `?specialty=${encodeURIComponent(rare)}`);
  await expect(checkbox(page, 'specialty', rare)).toBeVisible();
});

test('a drug and a part of the body narrow the search', async ({ page }) => {
  for (const name of ['drug', 'bodypart'] as const) {
    const value = items.flatMap((item) => valuesOf(item, name))[0]!;
    await open(page, `?${name}=${encodeURIComponent(value)}`);
    await expect(status(page)).toContainText(count(items.filter((item) => valuesOf(item, name).includes(value)).length, 'decision'));
    await expect(checkbox(page, name, value)).toBeChecked();
  }
});

test.describe('suggestions', () => {
  test('come while typing, go by arrow keys, and leave the words alone until one is taken', async ({ page }) => {
    const drug = items.flatMap(({ decision }) => decision.drugs ?? [])[0]!;
    const typed = drug.slice(0, 4);
    await open(page, '');
    await expect(query(page)).toHaveAttribute('aria-expanded', 'false');
    await query(page).pressSequentially(typed);
    const option = suggestions(page).filter({ hasText: new RegExp(`^${drug}, Drug`) });
    await expect(option).toBeVisible();
    await expect(option).toContainText(/\d decision/);
    await expect(query(page)).toHaveAttribute('aria-expanded', 'true');
    await expectAccessible(page);
    for (let presses = 0; presses < 10 && (await option.getAttribute('aria-selected')) !== 'true'; presses += 1) await page.keyboard.press('ArrowDown');
    await expect(option).toHaveAttribute('aria-selected', 'true');
    await expect(query(page)).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id'))!);
    await expect(query(page)).toHaveValue(typed);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`[?&]drug=${drug}$`));
    await expect(suggestions(page)).toHaveCount(0);
    await expect(query(page)).toHaveValue('');
    await expect(status(page)).toContainText(count(items.filter(({ decision }) => decision.drugs?.includes(drug)).length, 'decision'));
  });

  test('Escape closes them and keeps the words, Enter without a choice searches the words', async ({ page }) => {
    await open(page, '');
    await query(page).pressSequentially('acupunct');
    await expect(suggestions(page).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(suggestions(page)).toHaveCount(0);
    await expect(query(page)).toHaveValue('acupunct');
    await page.keyboard.press('ArrowDown');
    await expect(suggestions(page).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(suggestions(page)).toHaveCount(0);
    await expect(page).toHaveURL(/q=acupunct$/);
    await query(page).pressSequentially('u');
    await expect(suggestions(page).first()).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(suggestions(page)).toHaveCount(0);
  });

  test('a case number is suggested and leads to its case, by touch', async ({ browser, baseURL }) => {
    const { caseNumber } = items.find(({ record }) => record.caseNumber !== undefined)!.record;
    const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }), hasTouch: true, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await open(page, '');
    await query(page).pressSequentially(caseNumber!);
    await suggestions(page).filter({ hasText: caseNumber! }).tap();
    await expect(page).toHaveURL(new RegExp(`/${casePath(caseNumber!)}$`));
    await context.close();
  });

  test('none that come late, and none when their data does not load', async ({ page }) => {
    await page.route('**/search-data/vocabulary-*', (route) => route.abort());
    await open(page, '');
    await query(page).pressSequentially('acupunct');
    await page.waitForTimeout(500);
    await expect(suggestions(page)).toHaveCount(0);
  });
});

test.describe('actions', () => {
  test('the address is copied, and said to be; where the clipboard refuses, it is shown', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-write']);
    await open(page, '?q=chronic');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByText('Link copied.')).toBeVisible();
    expect(await clipboardText(page)).toBe(page.url());
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } }));
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByLabel('Address of this search')).toHaveValue(page.url());
    await expect(page.getByLabel('Address of this search')).toBeFocused();
  });

  test('all decisions found are saved for a spreadsheet, not only those of the page', async ({ page }) => {
    await open(page, '?outcome=upheld&from=2000-01-01');
    const found = items.filter(({ record, decision }) => decision.outcome === 'upheld' && record.decisionDate !== undefined);
    expect(found.length).toBeGreaterThan(20);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('imr decisions from 2000-01-01.csv');
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')[0]).toBe(`\ufeff${CSV_COLUMNS.map((title) => `"${title}"`).join(',')}`);
    expect(text.split('\r\n').length).toBe(found.length + 2);
    for (const { record } of found) expect(text).toContain(record.id);
    await expect(page.getByText(`Saved ${count(found.length, 'decision')}.`)).toBeVisible();
  });

  test('before anything is searched, the file has all decisions', async ({ page }) => {
    await open(page, '');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(text.split('\r\n').length).toBe(items.length + 2);
  });

  test('a file that cannot be made is said, and none is saved', async ({ page }) => {
    await open(page, '?outcome=upheld');
    await page.route('**/search-data/text-*/record-*', (route) => route.abort());
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    await expect(page.getByText('Nothing was saved.')).toBeVisible();
  });

  test('the page prints', async ({ page }) => {
    await page.addInitScript(() => Object.assign(window, { printed: 0, print: () => ((window as unknown as { printed: number }).printed += 1) }));
    await open(page, '?q=chronic');
    await page.getByRole('button', { name: 'Print' }).click();
    expect(await page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(1);
  });
});

test('keys: / leads to the search field, j and k from result to result, and neither disturbs typing', async ({ page }) => {
  await open(page, '?q=chronic');
  await page.keyboard.press('/');
  await expect(query(page)).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type('/jk');
  await expect(query(page)).toHaveValue('chronic/jk');
  await open(page, '?q=chronic');
  await results(page).first().locator('h3 a').focus();
  await page.keyboard.press('j');
  await expect(results(page).nth(1).locator('h3 a')).toBeFocused();
  await page.keyboard.press('k');
  await expect(results(page).first().locator('h3 a')).toBeFocused();
});

test('back from a case: the same page, the same place, and the focus on the result that was opened', async ({ page }) => {
  await open(page, '?outcome=upheld&page=2');
  const opened = results(page).nth(2).locator('h3 a');
  const address = await opened.getAttribute('href');
  await opened.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#decision-\d+$/);
  await page.goBack();
  await answered(page);
  await expect(page.locator(':focus')).toHaveAttribute('href', address!);
  await expect(page.locator(':focus')).toBeInViewport();
  // By an address that names the result, as the case's page has it in another tab.
  const id = await page.locator('article:focus-within').getAttribute('id');
  await page.goto('about:blank');
  await open(page, `?outcome=upheld&page=2#${id}`);
  await expect(page.locator(':focus')).toHaveAttribute('href', address!);
  await expect(page.locator(':focus')).toBeInViewport();
});

test('texts that take long leave quiet boxes, never old results below new numbers', async ({ page }) => {
  await open(page, '?outcome=upheld');
  const before = await results(page).first().getAttribute('id');
  await page.route('**/search-data/text-*/record-*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await checkbox(page, 'outcome', 'upheld').uncheck();
  await checkbox(page, 'outcome', 'overturned').check();
  const overturned = items.filter(({ decision }) => decision.outcome === 'overturned').length;
  await expect(status(page)).toContainText(count(overturned, 'decision'));
  await expect(page.locator('.result-waiting').first()).toBeVisible();
  await expect(page.locator(`[id="${before!}"]`)).toHaveCount(0);
  await answered(page);
  await expect(page.locator('.result-waiting')).toHaveCount(0);
  await expect(results(page)).toHaveCount(Math.min(20, overturned));
});
