/** Pages of values and the statistics: their numbers against a count over the determinations themselves, their charts against their tables. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { guidelineValue } from '../../src/determinations/record.ts';
import type { Decision, Determination } from '../../src/determinations/record.ts';
import { facetValues } from '../../src/facet-values.ts';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { intervalText, overturnedText, splitOutcomes } from '../../src/outcomes.ts';
import { LOOKS, determinationsOf, expectAccessible, expectNoSidewaysScroll } from './expectations.ts';

interface Row {
  record: Determination;
  decision: Decision;
  values: Record<FacetName, string[]>;
}
let rows: Row[] = [];
test.beforeEach(async ({}, testInfo) => {
  const records = await determinationsOf(testInfo.project.name);
  rows = records.flatMap((record) =>
    record.decisions.map((decision) => ({ record, decision, values: Object.fromEntries(FACETS.map((facet) => [facet.name, facetValues(facet, record, decision)])) as Row['values'] })),
  );
});

const split = (some: Row[]) => splitOutcomes(some.map(({ decision }) => decision));
/** Values of a facet, most decisions first. */
function valuesOf(facet: FacetName, test: (value: string) => boolean = () => true): string[] {
  const number = (value: string) => rows.filter(({ values }) => values[facet].includes(value)).length;
  return [...new Set(rows.flatMap(({ values }) => values[facet]))].filter(test).sort((a, b) => number(b) - number(a) || (a < b ? -1 : 1));
}

/** Opens the page of a value from the list of its facet, as a reader does. */
async function open(page: Page, facet: FacetName, value: string): Promise<Row[]> {
  const { folder } = FACETS.find(({ name }) => name === facet)!;
  await page.goto(`${folder}/`);
  const label = value.split(' > ').at(-1)!;
  const link = page.getByRole('main').locator('table').getByRole('link', { name: label, exact: true }).or(page.getByRole('heading', { level: 2 }).getByRole('link', { name: label, exact: true }));
  await link.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(label);
  return rows.filter(({ values }) => values[facet].includes(value));
}

/** What the rows of a table say: the first cell's words, then the others'. */
function cells(table: Locator): Promise<string[][]> {
  return table.locator('tbody tr').evaluateAll((found) => found.map((row) => [...row.children].map((cell) => cell.textContent!.trim())));
}

const part = (page: Page, id: string) => page.locator(`section:has(> h2#${id})`);

/** A table's row for some decisions. The last cell is there only where a share has an interval. */
function expectRow(row: string[] | undefined, some: Row[]): void {
  const expected = split(some);
  expect(row?.[1], row?.[0]).toBe(overturnedText(expected));
  if (row![2] !== undefined) expect(row![2]).toBe(intervalText(expected) ?? 'too few');
}

for (const facet of ['service', 'guideline', 'specialty', 'drug', 'bodypart'] as const) {
  test(`${facet}: the divisions are those of a count over the letters`, async ({ page }) => {
    const value = valuesOf(facet)[0]!;
    const own = await open(page, facet, value);
    const years = [...new Set(own.flatMap(({ values }) => values.year))].sort();
    if (own.length >= 5 && years.length > 1) {
      const table = await cells(part(page, 'by-year').locator('table'));
      expect(table.map(([year]) => year)).toEqual(years);
      for (const row of table) expectRow(row, own.filter(({ values }) => values.year.includes(row[0]!)));
    }
    if (facet !== 'specialty' && own.length >= 5) {
      const table = await cells(part(page, 'by-specialty').locator('table'));
      expect(table.length).toBeGreaterThan(1);
      const named = table.filter(([label]) => !/^\d+ other specialties$/.test(label!));
      for (const row of named) expectRow(row, own.filter(({ values }) => values.specialty.includes(row[0]!)));
      // What is cut off counts each decision once.
      const labels = named.map(([label]) => label!);
      const rest = table.find(([label]) => /^\d+ other specialties$/.test(label!));
      if (rest) expectRow(rest, own.filter(({ values }) => values.specialty.some((specialty) => !labels.includes(specialty))));
      else for (const specialty of new Set(own.flatMap(({ values }) => values.specialty))) expect(labels).toContain(specialty);
    }
    if (facet !== 'guideline' && own.length >= 5) {
      const table = await cells(part(page, 'by-guideline').locator('table'));
      // One guideline is no division.
      const guidelines = new Set(own.flatMap(({ decision }) => decision.guidelines.map(guidelineValue)));
      expect(table.length > 1).toBe(guidelines.size > 1);
      for (const row of table.filter(([label]) => label!.includes(': '))) {
        expectRow(row, own.filter(({ decision }) => decision.guidelines.some((citation) => guidelineValue(citation) === row[0]!.replace(': ', ' > '))));
      }
    }
  });
}

test('a chart of shares says what its table says, and only of rows with a base', async ({ page }) => {
  await page.goto('statistics/');
  const section = part(page, 'by-specialty');
  const chart = section.getByRole('img');
  await expect(chart).toBeVisible();
  const texts = await chart.locator('.chart__name text').allTextContents();
  const withShare = (await cells(section.locator('table'))).filter(([, numbers, interval]) => numbers!.includes('%') && interval !== 'too few');
  const shown = withShare.filter(([label]) => !/^\d+ other/.test(label!));
  expect(shown.length).toBeGreaterThan(1);
  expect(texts.slice(shown.length)).toEqual(shown.map(([, numbers]) => numbers));
  expect(texts.length).toBe(2 * shown.length);
});

test('a chart by year has a column for each number of its table', async ({ page }) => {
  await page.goto('statistics/');
  const section = part(page, 'by-year');
  const chart = section.getByRole('img');
  await expect(chart).toBeVisible();
  const numbers = (await cells(section.locator('table'))).map(([, text]) => /^([\d,]+) of ([\d,]+)/.exec(text!)!.slice(1).map((number) => Number(number.replaceAll(',', ''))));
  const heights = (name: string) => chart.locator(`.${name} rect`).evaluateAll((found) => found.map((rect) => Number(rect.getAttribute('height'))));
  const overturned = numbers.filter(([some]) => some! > 0);
  const drawn = await heights('chart__overturned');
  expect(drawn.length).toBe(overturned.length);
  expect((await heights('chart__upheld')).length).toBe(numbers.filter(([some, all]) => all! > some!).length);
  const most = overturned.reduce((best, [some], index) => (some! > overturned[best]![0]! ? index : best), 0);
  for (const [index, [some]] of overturned.entries()) expect(drawn[index]!).toBeCloseTo((drawn[most]! * some!) / overturned[most]![0]!, 0);
});

test('few decisions: a word of caution and no percentage; many: the share and the interval in words', async ({ page }) => {
  const number = (value: string) => rows.filter(({ values }) => values.service.includes(value)).length;
  const few = valuesOf('service', (value) => number(value) < 20 && number(value) >= 5 && value.includes(' > '))[0]!;
  await open(page, 'service', few);
  await expect(page.locator('.split')).toContainText('Caution');
  await expect(page.locator('.split')).not.toContainText('%');
  for (const table of await page.locator('main table').allTextContents()) expect(table).not.toContain('%');
  await expect(page.locator('main').getByRole('img', { name: /share overturned/i })).toHaveCount(0);

  const many = valuesOf('service')[0]!;
  const own = await open(page, 'service', many);
  expect(own.length).toBeGreaterThanOrEqual(20);
  await expect(page.locator('.split')).not.toContainText('Caution');
  await expect(page.locator('.split')).toContainText(`the true share is likely somewhere from ${intervalText(split(own))!}`);
});

test('a guideline says who cites it, and how those decisions went', async ({ page }) => {
  const value = valuesOf('guideline', (name) => name.includes(' > '))[0]!;
  await open(page, 'guideline', value);
  const cites = (side: 'guidelines' | 'claimsAdministratorGuidelines') => rows.filter(({ decision }) => decision[side].some((citation) => guidelineValue(citation) === value));
  const [reviewer, administrator] = [cites('guidelines'), cites('claimsAdministratorGuidelines')];
  const table = new Map((await cells(part(page, 'cited-by').locator('table'))).map((row) => [row[0]!, row]));
  expectRow(table.get('The reviewer cites it'), reviewer);
  if (administrator.length > 0) expectRow(table.get('The claims administrator cites it'), administrator);
  const both = reviewer.filter((row) => administrator.includes(row));
  if (both.length > 0) expectRow(table.get('Both cite it'), both);
});

test('quotations are the words of overturned decisions, one a case, on the way to it', async ({ page }) => {
  await page.goto('outcomes/overturned/');
  const quotes = await page.locator('.quotes > li').evaluateAll((items) => items.map((item) => ({ words: item.querySelector('blockquote')!.textContent!.trim(), path: new URL(item.querySelector('a')!.href).hash + item.querySelector('a')!.pathname })));
  expect(quotes.length).toBe(5);
  const cases = new Set<string>();
  for (const { words, path } of quotes) {
    const [, number, id] = /^#decision-(\d+).*\/cases\/([^/]+)\/$/.exec(path)!;
    const found = rows.find(({ record, decision }) => record.id.toLowerCase() === id && record.decisions.indexOf(decision) === Number(number) - 1)!;
    expect(found.decision.outcome).toBe('overturned');
    expect(found.decision.rationale.some((paragraph) => paragraph.includes(words)), words).toBe(true);
    cases.add(id!);
  }
  expect(cases.size).toBe(5);
  await expect(page.locator('section:has(> #reasons)')).toContainText('Chosen by rule');
});

test('statistics count every decision, and say from when to when', async ({ page }) => {
  await page.goto('statistics/');
  const all = split(rows);
  await expect(page.locator('.split dd')).toHaveText([all.total, all.overturned, all.upheld].map((number) => number.toLocaleString('en-US')));
  const undated = rows.filter(({ record }) => !record.decisionDate).length;
  const byYear = (await cells(part(page, 'by-year').locator('table'))).map(([, text]) => Number(/ of ([\d,]+)/.exec(text!)![1]!.replaceAll(',', '')));
  expect(byYear.reduce((sum, number) => sum + number, 0) + undated).toBe(all.total);
  // Each decision is in one of the five groups of the comparison.
  const kinds = await cells(page.locator('table', { has: page.locator('caption', { hasText: 'Whether both sides cite the same source' }) }));
  expect(kinds.map(([, text]) => Number(/ of ([\d,]+)/.exec(text!)![1]!.replaceAll(',', ''))).reduce((sum, number) => sum + number, 0)).toBe(all.total);
  for (const noun of ['service', 'drug', 'bodypart'] as const) {
    const value = valuesOf(noun, (name) => noun !== 'service' || name.includes(' > '))[0]!;
    const own = rows.filter(({ values }) => values[noun].includes(value));
    const row = (await cells(page.getByRole('main').locator('.division'))).find(([label, text]) => label === value.split(' > ').at(-1) && text === overturnedText(split(own)));
    expect(row, value).toBeDefined();
  }
});

test('a feed is offered where there is one', async ({ page }) => {
  await open(page, 'specialty', valuesOf('specialty')[0]!);
  const visible = await page.getByRole('link', { name: 'Follow by feed' }).getAttribute('href');
  expect(await page.locator('link[rel="alternate"][type="application/atom+xml"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toContain(visible);
  expect((await page.request.get(new URL(visible!, page.url()).href)).status()).toBe(200);
  await open(page, 'year', valuesOf('year')[0]!);
  await expect(page.getByRole('link', { name: 'Follow by feed' })).toHaveCount(0);
});

test('no styles and no scripts stand in the page', async ({ request }) => {
  for (const path of ['statistics/', 'guidelines/mtus/', 'outcomes/overturned/']) {
    const html = await (await request.get(path)).text();
    expect(html).not.toMatch(/<style|\sstyle="|<script(?![^>]*(?:\ssrc=|application\/ld\+json))/i);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('charts are there and tables open', async ({ page }) => {
    await page.goto('statistics/');
    await expect(part(page, 'by-year').getByRole('img')).toBeVisible();
    await expect(part(page, 'by-year').locator('table')).toBeHidden();
    await part(page, 'by-year').locator('summary').click();
    await expect(part(page, 'by-year').locator('table')).toBeVisible();
    await part(page, 'by-year').locator('tbody').getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d{4}$/);
  });
});

test('accessible with all that is folded open, and no wider than a phone', async ({ page }) => {
  test.setTimeout(90_000);
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await page.goto('guidelines/mtus/');
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  }
});
