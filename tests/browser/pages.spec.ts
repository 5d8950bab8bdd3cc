/** All pages but search, on whatever letters the site holds: expectations are counted over the determinations themselves. */
import { expect, test } from '@playwright/test';
import { serviceValue } from '../../src/determinations/record.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { facetValues } from '../../src/facet-values.ts';
import { FACETS, valueLabel } from '../../src/facets.ts';
import { casePath, decisionAnchor, slug } from '../../src/urls.ts';
import { determinationsOf, offerDocuments } from './expectations.ts';

let records: Determination[] = [];
test.beforeEach(async ({}, testInfo) => {
  records = await determinationsOf(testInfo.project.name);
});

const largest = (): Determination => records.reduce((most, record) => (record.decisions.length > most.decisions.length ? record : most));

test('a case page says what its letter says, in its words', async ({ page }) => {
  const record = largest();
  await page.goto(casePath(record.id));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(record.id);
  const main = page.getByRole('main');
  for (const [index, decision] of record.decisions.entries()) {
    const section = page.locator(`#${decisionAnchor(index + 1)}`);
    await expect(section.getByRole('heading').first()).toContainText(decision.request);
    await expect(section).toContainText(valueLabel(decision.outcome));
    await expect(section).not.toContainText(valueLabel(decision.outcome === 'upheld' ? 'overturned' : 'upheld'));
    for (const paragraph of [...decision.rationale, ...decision.reviewerGuidelineText]) await expect(section).toContainText(paragraph);
    await expect(section).toContainText(decision.service.subcategory);
  }
  for (const paragraph of record.clinicalSummary) await expect(main).toContainText(paragraph);
  for (const words of [record.source.file, record.source.sha256, ...record.specialty, ...record.licensure]) await expect(main).toContainText(words);
});

test('every case has its page, and every decision its place there', async ({ request }) => {
  test.setTimeout(120_000);
  for (const record of records) {
    const response = await request.get(casePath(record.id));
    expect(response.status(), record.id).toBe(200);
    const html = await response.text();
    for (const index of record.decisions.keys()) expect(html, `${record.id} decision ${index + 1}`).toContain(`id="${decisionAnchor(index + 1)}"`);
  }
});

test('an address of one decision opens the case there', async ({ page }) => {
  const record = largest();
  await page.goto(`${casePath(record.id)}#${decisionAnchor(record.decisions.length)}`);
  await expect(page.locator(`#${decisionAnchor(record.decisions.length)}`)).toBeInViewport();
});

for (const facet of FACETS) {
  test(`${facet.title}: each value has a page with the right numbers`, async ({ page, baseURL }) => {
    const all = records.flatMap((record) => record.decisions.map(({ outcome }, index) => ({ outcome, values: facetValues(facet, record, record.decisions[index]!) })));
    const expected = [...new Set(all.flatMap(({ values }) => values))].map((value) => {
      const outcomes = all.filter(({ values }) => values.includes(value)).map(({ outcome }) => outcome);
      const divided = [outcomes.length, outcomes.filter((outcome) => outcome === 'overturned').length, outcomes.filter((outcome) => outcome === 'upheld').length];
      return [value, outcomes.length, ...(facet.name === 'outcome' ? [] : divided)];
    });
    await offerDocuments(page);
    await page.goto(`${facet.folder}/`);
    // Follows the links down from the facet's page; the browser's own parser reads what they lead to, and nothing of it runs.
    const shown = await page.evaluate(
      async ({ folder, name }) => {
        const seen = new Set<string>();
        const found: unknown[] = [];
        const follow = async (links: string[]): Promise<void> => {
          for (const link of links.map((address) => address.split('#')[0]!)) {
            if (!link.startsWith(folder) || !link.endsWith('/') || /(?:\/page-\d+|\/reasons|\/checklist)\/$/.test(link) || seen.has(link)) continue;
            seen.add(link);
            const document = await window.loadDocument(link);
            const search = document.querySelector<HTMLAnchorElement>('main a[href*="search/?"]')!;
            // The list of one outcome is not divided by outcome, and a list of one decision does not say its number.
            const divided = [...document.querySelectorAll('.split dd')].map((number) => Number(number.textContent!.replaceAll(',', '')));
            const total = Number(/[\d,]+/.exec(search.textContent!)?.[0].replaceAll(',', '') ?? 1);
            found.push([new URL(search.getAttribute('href')!, link).searchParams.get(name), total, ...divided]);
            await follow([...document.querySelectorAll('main a[href]')].map((anchor) => new URL(anchor.getAttribute('href')!, link).href));
          }
        };
        seen.add(folder);
        await follow([...document.querySelectorAll<HTMLAnchorElement>('main a[href]')].map(({ href }) => href));
        return found as (string | number)[][];
      },
      { folder: `${baseURL!}${facet.folder}/`, name: facet.name },
    );
    const byValue = (list: (string | number)[][]) => [...list].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
    expect(byValue(shown)).toEqual(byValue(expected));
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('from home through services to a decision, over the pages of its list', async ({ page }) => {
    const value = 'Diagnostic Testing > Imaging/Radiology';
    const expected = records.flatMap((record) => record.decisions.filter((decision) => serviceValue(decision.service) === value).map(() => record.id));
    await page.goto('');
    await page.getByRole('main').getByRole('link', { name: 'Imaging/Radiology' }).first().click();
    const listed: string[] = [];
    for (;;) {
      listed.push(...(await page.locator('.results a[href*="#decision-"]').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))));
      const next = page.getByRole('link', { name: /next/i });
      if ((await next.count()) === 0) break;
      await next.first().click();
    }
    expect(listed.length).toBe(expected.length);
    await page.locator('.results a[href*="#decision-"]').first().click();
    await expect(page).toHaveURL(/\/cases\/.*#decision-\d+$/);
  });
});

test('by keyboard: the first stop skips to the content', async ({ page }) => {
  await page.goto(casePath(largest().id));
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText(/skip/i);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').evaluate((element) => element.closest('main') !== null)).toBe(true);
});

test('an unknown address answers 404 with a way on', async ({ page }) => {
  const response = await page.goto('cases/cm99-9999999/');
  expect(response!.status()).toBe(404);
  await expect(page.getByRole('main').getByRole('searchbox').or(page.getByRole('main').getByRole('textbox'))).toBeVisible();
});

test('in print a case has no navigation and no search', async ({ page }) => {
  await page.goto(casePath(largest().id));
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('searchbox').first()).toBeHidden();
  await expect(page.getByRole('navigation').first()).toBeHidden();
});

test('in print a service has its numbers, and nothing to press', async ({ page }) => {
  await page.goto(`services/${slug(largest().decisions[0]!.service.category)}/`);
  await expect(page.getByRole('link', { name: 'Follow by feed' })).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.split')).toBeVisible();
  await expect(page.getByRole('link', { name: /^(?:Follow by feed|Search within|Checklist)/ })).toHaveCount(0);
});

test('nothing is asked of another site', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(baseURL!).origin)) foreign.push(request.url());
  });
  for (const path of ['', 'about/', 'no-such-page/', 'cases/', casePath(largest().id), 'services/', 'services/diagnostic-testing/', 'guidelines/mtus/', 'statistics/', 'data/', 'glossary/', 'es/']) await page.goto(path);
  expect(foreign).toEqual([]);
});
