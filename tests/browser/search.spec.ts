/** The search page, on whatever letters the site holds: expectations are counted over the determinations themselves. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { FACETS, valueLabel } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { TEXT_PARTS } from '../../src/search/text-record.ts';
import { plainWord, stemOf, wordParts } from '../../src/search/words.ts';
import { casePath, decisionPath } from '../../src/urls.ts';
import { count, numberText } from '../../src/words.ts';
import { LOOKS, expectAccessible } from './expectations.ts';
import { answered, checkbox, itemsOf, open, query, results, status, valuesOf } from './search-page.ts';
import type { Item } from './search-page.ts';
import { ALL } from './sites.ts';

/** In every collection of letters about injured workers, and a word that the search does not widen by others. */
const COMMON = 'chronic';
const UNKNOWN_CASE = 'CM99-9999999';

let items: Item[] = [];
test.beforeEach(async ({}, testInfo) => {
  items = await itemsOf(testInfo);
});

/** In any inflection. */
const holdsWord = (word: string) => ({ record, decision }: Item): boolean => {
  const wanted = stemOf(plainWord(word), NO_EXCEPTIONS);
  return TEXT_PARTS.some((part) => wordParts(part.text(decision, record)).some((written) => stemOf(written, NO_EXCEPTIONS) === wanted));
};
const NO_EXCEPTIONS = new Map<string, string>();
const statusOf = (found: readonly Item[]): string => (found.length === 0 ? '0 decisions' : `${count(found.length, 'decision')} in ${count(new Set(found.map(({ record }) => record.id)).size, 'case')}`);

/** All counts of the form, against counting the decisions. @param fits tells whether a decision fits all choices but those of the given facet */
async function expectCounts(page: Page, fits: (item: Item, except: FacetName) => boolean): Promise<void> {
  for (const { name } of FACETS) {
    // What is folded away is counted when it is unfolded.
    const shown = await page.locator(`[data-facet="${name}"]`).evaluate((facet) => {
      const folded = [...facet.querySelectorAll<HTMLElement>('button[aria-expanded="false"]')];
      for (const button of folded) button.click();
      const read = [...facet.querySelectorAll('.facet__value')].map((label) => [label.querySelector('input')!.value, label.querySelector('[data-count]')!.textContent]);
      for (const button of folded.reverse()) button.click();
      return read as [string, string][];
    });
    const expected = new Map<string, number>(items.flatMap((item) => valuesOf(item, name)).map((value) => [value, 0]));
    for (const item of items.filter((candidate) => fits(candidate, name))) for (const value of valuesOf(item, name)) expected.set(value, expected.get(value)! + 1);
    expect(Object.fromEntries(shown), name).toEqual(Object.fromEntries([...expected].map(([value, number]) => [value, numberText(number)])));
  }
}

test('without words all decisions are there, newest first, with the form’s counts', async ({ page }) => {
  await open(page, '');
  await expect(status(page)).toHaveText(statusOf(items));
  await expect(results(page)).toHaveCount(Math.min(20, items.length));
  await expectCounts(page, () => true);
  const days = await results(page).locator('time').evaluateAll((times) => times.map((time) => (time as HTMLTimeElement).dateTime));
  expect(days).toEqual([...days].sort().reverse());
  const newest = items.map(({ record }) => record.decisionDate ?? '').sort().at(-1);
  expect(days[0]).toBe(newest);
});

test('words: a typed search shows its number, its words marked, and stands in the address', async ({ page }) => {
  await open(page, '');
  await query(page).fill(COMMON);
  await query(page).press('Enter');
  const found = items.filter(holdsWord(COMMON));
  expect(found.length).toBeGreaterThan(0);
  await expect(status(page)).toHaveText(statusOf(found));
  expect(new URL(page.url()).search).toBe(`?q=${COMMON}`);
  for (const article of await results(page).all()) await expect(article.locator('mark').first()).toContainText(new RegExp(COMMON, 'i'));
});

test('a search for a treatment with outcome overturned shows only decisions that were themselves overturned', async ({ page }) => {
  await open(page, '?q="lumbar"+"MRI"&outcome=overturned');
  const found = items.filter((item) => holdsWord('lumbar')(item) && holdsWord('MRI')(item) && item.decision.outcome === 'overturned');
  await expect(status(page)).toHaveText(statusOf(found));
  const links = await results(page).locator('h3 a').evaluateAll((anchors) => anchors.map((anchor) => new URL((anchor as HTMLAnchorElement).href)).map((url) => url.pathname + url.hash));
  const expected = found.map(({ record, number }) => decisionPath(record.id, number));
  expect(links.length).toBe(Math.min(20, found.length));
  for (const link of links) expect(expected.some((path) => link.endsWith(`/${path}`)), link).toBe(true);
  for (const article of await results(page).all()) await expect(article).toContainText(valueLabel('overturned'));
});

test('several values of one facet are alternatives, and every count stays right', async ({ page }) => {
  await open(page, `?q=${COMMON}`);
  const word = holdsWord(COMMON);
  const services = [...new Set(items.filter(word).flatMap((item) => valuesOf(item, 'service').slice(0, 1)))].slice(0, 2);
  expect(services.length).toBe(2);
  for (const service of services) {
    await checkbox(page, 'service', service).check();
    await answered(page);
  }
  await checkbox(page, 'outcome', 'upheld').check();
  await answered(page);
  const fits = (item: Item, except?: FacetName): boolean =>
    word(item) && (except === 'service' || valuesOf(item, 'service').some((value) => services.includes(value))) && (except === 'outcome' || item.decision.outcome === 'upheld');
  await expect(status(page)).toHaveText(statusOf(items.filter((item) => fits(item))));
  await expectCounts(page, fits);
  expect(new URL(page.url()).searchParams.getAll('service')).toEqual(expect.arrayContaining(services));

  // Removed one by one.
  await page.getByRole('link', { name: 'Remove filter Outcome' }).click();
  await expect(status(page)).toHaveText(statusOf(items.filter((item) => fits(item, 'outcome'))));
  await expect(checkbox(page, 'outcome', 'upheld')).not.toBeChecked();
  await page.getByRole('link', { name: 'Remove all filters' }).click();
  await expect(status(page)).toHaveText(statusOf(items.filter(word)));
  expect(new URL(page.url()).search).toBe(`?q=${COMMON}`);
});

test('a value below a value narrows to it, and an address with it opens the tree there', async ({ page }) => {
  const deep = valuesOf(items.find((item) => valuesOf(item, 'service').length > 1)!, 'service')[1]!;
  await open(page, `?service=${encodeURIComponent(deep)}`);
  await expect(status(page)).toHaveText(statusOf(items.filter((item) => valuesOf(item, 'service').includes(deep))));
  await expect(checkbox(page, 'service', deep)).toBeChecked();
  await expect(checkbox(page, 'service', deep)).toBeVisible();
});

test('an address restores everything: words, filters, dates, order, page', async ({ page }) => {
  const dates = items.flatMap(({ record }) => record.decisionDate ?? []).sort();
  const from = dates[Math.floor(dates.length / 10)]!;
  const to = dates[Math.floor((dates.length * 9) / 10)]!;
  await open(page, `?outcome=upheld&from=${from}&to=${to}&sort=oldest&page=2`);
  const found = items
    .filter(({ record, decision }) => decision.outcome === 'upheld' && record.decisionDate !== undefined && record.decisionDate >= from && record.decisionDate <= to)
    .sort((a, b) => (a.record.decisionDate! < b.record.decisionDate! ? -1 : a.record.decisionDate! > b.record.decisionDate! ? 1 : a.record.id < b.record.id ? -1 : a.record.id > b.record.id ? 1 : a.number - b.number));
  await expect(status(page)).toHaveText(statusOf(found));
  await expect(page.getByLabel('From', { exact: true })).toHaveValue(from);
  await expect(page.getByLabel('To', { exact: true })).toHaveValue(to);
  await expect(page.getByLabel('Sort by')).toHaveValue('oldest');
  await expect(checkbox(page, 'outcome', 'upheld')).toBeChecked();
  const number = found.length > 20 ? 2 : 1;
  const first = found[(number - 1) * 20]!;
  await expect(results(page).first().locator('h3 a')).toHaveAttribute('href', new RegExp(`/${decisionPath(first.record.id, first.number)}$`));
});

test('back and forward lead through the searches', async ({ page }) => {
  await open(page, '');
  const all = await status(page).textContent();
  await query(page).fill(COMMON);
  await query(page).press('Enter');
  await expect(status(page)).not.toHaveText(all!);
  const words = await status(page).textContent();
  await checkbox(page, 'outcome', 'overturned').check();
  await expect(page).toHaveURL(/outcome=overturned/);
  await expect(page.getByRole('link', { name: 'Remove filter Outcome' })).toBeVisible();
  const filtered = await status(page).textContent();
  await page.goBack();
  await expect(status(page)).toHaveText(words!);
  await expect(query(page)).toHaveValue(COMMON);
  await expect(checkbox(page, 'outcome', 'overturned')).not.toBeChecked();
  await page.goBack();
  await expect(status(page)).toHaveText(all!);
  await expect(query(page)).toHaveValue('');
  await page.goForward();
  await page.goForward();
  await expect(status(page)).toHaveText(filtered!);
  await expect(checkbox(page, 'outcome', 'overturned')).toBeChecked();
});

test('back from a case leads to the same place in the list', async ({ page }) => {
  await open(page, '');
  const last = results(page).last().locator('h3 a');
  await last.scrollIntoViewIfNeeded();
  const place = await page.evaluate(() => scrollY);
  expect(place).toBeGreaterThan(0);
  await last.click();
  await expect(page).toHaveURL(/\/cases\//);
  await page.goBack();
  await answered(page);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(place - 300);
});

test('typing is answered and is one step in the history, however many keys', async ({ page }) => {
  await open(page, '');
  const before = await page.evaluate(() => history.length);
  await query(page).pressSequentially(COMMON, { delay: 20 });
  await expect(status(page)).toHaveText(statusOf(items.filter(holdsWord(COMMON))));
  await expect(page).toHaveURL(new RegExp(`q=${COMMON}$`));
  await expect(query(page)).toBeFocused();
  expect(await page.evaluate(() => history.length)).toBe(before + 1);
  await page.goBack();
  await expect(status(page)).toHaveText(statusOf(items));
});

test('pages of results have addresses of their own', async ({ page }) => {
  test.skip(items.length <= 20, 'the collection fits on one page');
  await open(page, '');
  const next = page.getByRole('link', { name: 'Next page' });
  await expect(next).toHaveAttribute('href', /\/search\/\?page=2$/);
  const first = await results(page).first().locator('h3 a').getAttribute('href');
  await next.click();
  await expect(page).toHaveURL(/\?page=2$/);
  await expect(results(page).first().locator('h3 a')).not.toHaveAttribute('href', first!);
  await expect(page.getByRole('link', { name: 'Page 2' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('heading', { name: 'Results' })).toBeFocused();
  await page.goBack();
  await expect(results(page).first().locator('h3 a')).toHaveAttribute('href', first!);
  await open(page, '?page=999999');
  await expect(results(page).first()).toBeVisible();
});

test('by keyboard alone: search, filter, open a result', async ({ page }) => {
  await open(page, '');
  await query(page).focus();
  await page.keyboard.type(COMMON);
  await page.keyboard.press('Enter');
  await expect(status(page)).toHaveText(statusOf(items.filter(holdsWord(COMMON))));
  const focused = (): Promise<string> => page.evaluate(() => (document.activeElement instanceof HTMLInputElement ? `${document.activeElement.name}=${document.activeElement.value}` : (document.activeElement?.closest('article h3') ? 'result' : '')));
  const tabTo = async (wanted: string): Promise<void> => {
    for (let presses = 0; presses < 8 && (await focused()) !== wanted; presses += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe(wanted);
  };
  await tabTo('outcome=upheld');
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/outcome=upheld/);
  await answered(page);
  expect(await focused()).toBe('outcome=upheld');
  // Out of the filters, of which there may be a hundred.
  await page.keyboard.press('j');
  expect(await focused()).toBe('result');
  const first = await page.locator(':focus').getAttribute('href');
  // And past them.
  const skip = page.getByRole('link', { name: 'Skip to results' });
  const isInSight = (): Promise<boolean> => skip.evaluate((link) => document.elementFromPoint(link.getBoundingClientRect().x + 4, link.getBoundingClientRect().y + 4) === link);
  expect(await isInSight()).toBe(false);
  await query(page).focus();
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  expect(await isInSight()).toBe(true);
  await page.keyboard.press('Enter');
  await expect(page.locator(':focus')).toHaveAttribute('href', first!);
  await expect(page).not.toHaveURL(/#/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/cases\/.+#decision-\d+$/);
});

test('a case number goes straight to its case, in any spelling', async ({ page }) => {
  const { record } = items.find(({ record: { caseNumber } }) => caseNumber !== undefined)!;
  const [, year, digits] = /^CM(\d\d)-(\d{7})$/.exec(record.caseNumber!)!;
  for (const spelling of [record.caseNumber!, `cm${year}${digits}`, `Cm${year} ${digits}`, `CM${year}\u2011${digits}`, ` CM ${year} - ${digits} `]) {
    await page.goto(`search/?q=${encodeURIComponent(spelling)}`);
    await expect(page).toHaveURL(new RegExp(`/${casePath(record.id)}$`));
  }
  await open(page, '');
  await query(page).fill(`cm${year}${digits}`);
  await query(page).press('Enter');
  await expect(page).toHaveURL(new RegExp(`/${casePath(record.id)}$`));
  await page.goBack();
  await answered(page);
  await expect(page).toHaveURL(/\/search\/(\?q=.*)?$/);
});

test('an unknown case number is said, with a way on', async ({ page }) => {
  await open(page, `?q=${UNKNOWN_CASE}`);
  await expect(page.getByText(`No case ${UNKNOWN_CASE} in this collection.`)).toBeVisible();
  await expect(status(page)).toHaveText('0 decisions');
  await expect(results(page)).toHaveCount(0);
  await page.getByRole('link', { name: 'all cases' }).first().click();
  await expect(page).toHaveURL(/\/cases\/$/);
});

test('a case number beside words keeps to that case', async ({ page }) => {
  const { record } = items.find(({ record: { caseNumber } }) => caseNumber !== undefined)!;
  await open(page, `?q=${encodeURIComponent(`${record.caseNumber} ${COMMON}`)}`);
  await expect(status(page)).toHaveText(statusOf(items.filter((item) => item.record === record && holdsWord(COMMON)(item))));
});

test('a word that occurs nowhere is named, and searching without it is one click', async ({ page }) => {
  await open(page, `?q=${COMMON}+qqzzyx`);
  await expect(page.getByText('qqzzyx occurs in no decision.')).toBeVisible();
  await expect(status(page)).toHaveText('0 decisions');
  await page.getByRole('link', { name: 'Search without qqzzyx' }).click();
  await expect(status(page)).toHaveText(statusOf(items.filter(holdsWord(COMMON))));
  await expect(query(page)).toHaveValue(COMMON);
});

test('an empty result says which filter to loosen', async ({ page }) => {
  await open(page, `?q=${COMMON}&from=1990-01-01&to=1990-12-31`);
  await expect(page.getByText('No decision fits this search.')).toBeVisible();
  const looser = page.getByRole('link', { name: 'Search without the dates' });
  await looser.click();
  await expect(status(page)).toHaveText(statusOf(items.filter(holdsWord(COMMON))));
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('');
});

const HOSTILE = ['<img src=x onerror="window.hacked=1">', '"><script>window.hacked=1</script>', '__proto__', 'constructor prototype', 'javascript:alert(1)', '%', '"'.repeat(50), 'a'.repeat(1000), '\u202e\u0000\ufffd'];
test('hostile words and values do nothing but search', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  for (const text of HOSTILE) {
    await open(page, `?q=${encodeURIComponent(text)}&service=${encodeURIComponent(text)}&page=${encodeURIComponent(text)}&sort=${encodeURIComponent(text)}&__proto__=${encodeURIComponent(text)}`);
  }
  // Longer than any address may be.
  await query(page).fill('a b '.repeat(25_000));
  await answered(page);
  expect(failures).toEqual([]);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await expect(page.locator('decision-search img, decision-search script')).toHaveCount(0);
});

test('a filter that nothing has finds nothing, is named, and is removed with one click', async ({ page }) => {
  await open(page, '?outcome=__proto__&outcome=maybe');
  await expect(status(page)).toHaveText('0 decisions');
  await expect(page.getByText('No decision here has “maybe” as outcome')).toBeVisible();
  await page.getByRole('link', { name: 'Search without the filter Outcome' }).click();
  await expect(status(page)).toHaveText(statusOf(items));
});

test('a filter typed by hand in other capitals is understood', async ({ page }) => {
  await open(page, '?outcome=Overturned');
  await expect(status(page)).toHaveText(statusOf(items.filter(({ decision }) => decision.outcome === 'overturned')));
  await expect(checkbox(page, 'outcome', 'overturned')).toBeChecked();
});

for (const part of ['manifest.json', 'table-*', 'vocabulary-*', 'text-*/index.bin', 'text-*/words-*', 'text-*/record-*']) {
  test(`a failed download is said and never taken for "nothing found", and trying again works: ${part}`, async ({ page, context }) => {
    await context.route(`**/search-data/${part}`, (route) => route.abort());
    await page.goto(`search/?q=${COMMON}`);
    await expect(status(page)).toContainText('did not work');
    await expect(results(page)).toHaveCount(0);
    await context.unroute(`**/search-data/${part}`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(status(page)).toHaveText(statusOf(items.filter(holdsWord(COMMON))));
  });
}

test('the message about a failed download is accessible', async ({ page }) => {
  await page.route('**/search-data/table-*', (route) => route.abort());
  await page.goto(`search/?q=${COMMON}`);
  await expect(status(page)).toContainText('did not work');
  await expectAccessible(page);
});

test('an answer that comes late never overwrites what was typed since', async ({ page }) => {
  await open(page, '');
  await page.route('**/search-data/text-*/record-*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue();
  });
  const [first, rest] = [COMMON.slice(0, 4), COMMON.slice(4)];
  await query(page).pressSequentially(first);
  await expect(page).toHaveURL(new RegExp(`q=${first}$`));
  for (const letter of rest) await query(page).press(letter, { delay: 150 });
  await expect(query(page)).toHaveValue(COMMON);
  await expect(page).toHaveURL(new RegExp(`q=${COMMON}$`));
  await expect(status(page)).toHaveText(statusOf(items.filter(holdsWord(COMMON))));
});

test('dates narrow, both days included', async ({ page }) => {
  const days = items.flatMap(({ record }) => record.decisionDate ?? []).sort();
  const day = days[Math.floor(days.length / 2)]!;
  await open(page, '');
  await page.getByLabel('From', { exact: true }).fill(day);
  await page.getByLabel('To', { exact: true }).fill(day);
  await expect(status(page)).toHaveText(statusOf(items.filter(({ record }) => record.decisionDate === day)));
  await expect(page).toHaveURL(new RegExp(`from=${day}&to=${day}$`));
  await page.getByRole('link', { name: 'Remove filter From' }).click();
  await expect(status(page)).toHaveText(statusOf(items.filter(({ record }) => record.decisionDate !== undefined && record.decisionDate <= day)));
});

test('on a phone the filters are folded and the results come first', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '');
  await expect(results(page).first()).toBeVisible();
  await expect(checkbox(page, 'outcome', 'upheld')).toBeHidden();
  await page.getByText('Filters', { exact: true }).click();
  await checkbox(page, 'outcome', 'upheld').check();
  await expect(status(page)).toHaveText(statusOf(items.filter(({ decision }) => decision.outcome === 'upheld')));
  await expect(page.getByText('Filters (1 chosen)')).toBeVisible();
  // The results are far below, and what leads there is in sight wherever the reader is among the filters.
  const show = page.getByRole('button', { name: `Show ${count(items.filter(({ decision }) => decision.outcome === 'upheld').length, 'decision')}`, exact: true });
  for (const part of ['outcome', 'guideline']) {
    await page.locator(`[data-facet="${part}"] legend`).scrollIntoViewIfNeeded();
    await expect(show).toBeInViewport({ ratio: 1 });
  }
  await show.click();
  await expect(checkbox(page, 'outcome', 'upheld')).toBeHidden();
  await expect(status(page)).toBeInViewport();
  await expect(page.getByRole('heading', { name: 'Results' })).toBeFocused();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('nothing jumps while the search loads', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) (window as unknown as { shift: number }).shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await open(page, `?q=${COMMON}&outcome=upheld`);
    await page.waitForTimeout(200);
    // 0.1 is where a shift becomes disturbing (web.dev/cls); half of it leaves room for slow machines.
    expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBeLessThan(0.05);
  }
});

test('scripts and styles come from files, and from this site only', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL!) && !request.url().startsWith('data:') && !request.url().startsWith('blob:')) foreign.push(request.url());
  });
  await open(page, `?q=${COMMON}`);
  expect(foreign).toEqual([]);
  await expect(page.locator('script:not([src]), style, [style], [onclick], [onerror]')).toHaveCount(0);
});

const STATES: [name: string, search: string][] = [
  ['empty', ''],
  ['results', `?q=${COMMON}&outcome=upheld`],
  ['no result', `?q=${COMMON}&from=1990-01-01&to=1990-12-31`],
  ['unknown word', '?q=qqzzyx'],
  ['unknown case', `?q=${UNKNOWN_CASE}`],
  ['unknown filter', '?service=nothing'],
];
for (const [place, [name, search]] of STATES.entries()) {
  test(`accessible, and no wider than the screen: ${name}`, async ({ page }) => {
    test.slow();
    // Results have all that the others have but a few words: of these each is looked at in one way.
    const looks = name === 'results' || ALL ? LOOKS : [LOOKS[place % LOOKS.length]!];
    for (const { colorScheme, width } of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await open(page, search);
      await page.locator('[data-part="filters"]').evaluate((filters) => ((filters as HTMLDetailsElement).open = true));
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
  });
}

test('an order chosen stays chosen, one that was not follows the words', async ({ page }) => {
  await open(page, '');
  await expect(page.getByLabel('Sort by')).toHaveValue('newest');
  await query(page).fill(COMMON);
  await query(page).press('Enter');
  await expect(page.getByLabel('Sort by')).toHaveValue('relevance');
  await page.getByLabel('Sort by').selectOption('oldest');
  await expect(page).toHaveURL(/sort=oldest/);
  await answered(page);
  const days = await results(page).locator('time').evaluateAll((times) => times.map((time) => (time as HTMLTimeElement).dateTime));
  expect(days).toEqual([...days].sort());
  await query(page).fill('');
  await query(page).press('Enter');
  await expect(status(page)).toHaveText(statusOf(items));
  await expect(page.getByLabel('Sort by')).toHaveValue('oldest');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the page explains itself and leads to lists that hold every decision', async ({ page }) => {
    await page.goto(`search/?q=${COMMON}`);
    await expect(page.getByRole('heading', { name: 'Searching needs JavaScript' })).toBeVisible();
    await expect(page.getByRole('checkbox').first()).toBeHidden();
    for (const { folder, title } of FACETS) await expect(page.getByRole('main').getByRole('link', { name: title, exact: true })).toHaveAttribute('href', new RegExp(`/${folder}/$`));
    await page.getByRole('main').getByRole('link', { name: 'Outcomes', exact: true }).click();
    await expect(page).toHaveURL(/\/outcomes\/$/);
  });
});

test('while an answer is slow the page says so, and is accessible', async ({ page, context }) => {
  await open(page, `?q=${COMMON}`);
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  // A word that nobody searched for yet: its piece of the index has to come.
  await context.route('**/search-data/text-*/words-*', async (route) => {
    await held;
    await route.continue();
  });
  await query(page).fill('zzz OR bone');
  await query(page).press('Enter');
  await expect(page.getByText('Loading the decisions…')).toBeVisible();
  await expectAccessible(page);
  go();
  await answered(page);
  await expect(page.getByText('Loading the decisions…')).toBeHidden();
});
