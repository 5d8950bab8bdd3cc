/** The published letters: all of them are there, and each is found. They are read from ../shared and never part of the project. */
import { expect, test } from '@playwright/test';
import { decisionPath, casePath } from '../../src/urls.ts';
import { openNodeSearch } from '../support/node-search.ts';
import { determinationsOf } from './expectations.ts';
import { siteOf } from './sites.ts';

test('121 cases and 275 decisions, and no word of a sample', async ({ page }, testInfo) => {
  const records = await determinationsOf(testInfo.project.name);
  expect(records.length).toBe(121);
  await page.goto('search/');
  await expect(page.getByRole('status')).toHaveText('275 decisions in 121 cases');
  await expect(page.getByRole('complementary', { name: 'About this site' })).toHaveCount(0);
});

test('each case is found by its number', async ({ page }, testInfo) => {
  test.setTimeout(120_000);
  const records = (await determinationsOf(testInfo.project.name)).filter(({ caseNumber }) => caseNumber !== undefined);
  const search = await openNodeSearch(siteOf(testInfo.project.name).out);
  for (const { id, caseNumber, decisions } of records) expect(await search.rank(caseNumber!)).toEqual(decisions.map((_decision, index) => `${id}.${index + 1}`));
  for (const { caseNumber } of records.filter((_record, index) => index % 12 === 0)) {
    await page.goto(`search/?q=${caseNumber}`);
    await expect(page).toHaveURL(new RegExp(`/${casePath(caseNumber!)}$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(caseNumber!);
  }
});

test('the case without a number is found by its words', async ({ page }, testInfo) => {
  const unnumbered = (await determinationsOf(testInfo.project.name)).filter(({ caseNumber }) => caseNumber === undefined);
  expect(unnumbered.length).toBe(1);
  const [record] = unnumbered;
  await page.goto(`search/?q=${encodeURIComponent(record!.decisions[0]!.request)}`);
  await expect(page.getByRole('article').first().locator('h3 a')).toHaveAttribute('href', new RegExp(`/${decisionPath(record!.id, 1)}$`));
});
