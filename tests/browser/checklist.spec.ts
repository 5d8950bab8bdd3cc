/** Checklists of services: reached from the service, with every count and quotation linked, on paper and as text. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { browse } from '../../src/browse.ts';
import type { ValueNode } from '../../src/browse.ts';
import { readCorpus } from '../../src/corpus.ts';
import { CHECKLIST_CAUTION, checklistPath, hasChecklist, makeChecklist } from '../../src/reasons/checklist.ts';
import { KINDS } from '../../src/reasons/kinds.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { determinationsOf, expectAccessible, expectNoSidewaysScroll } from './expectations.ts';
import { siteOf } from './sites.ts';

let services: ValueNode[] = [];
let records = new Map<string, Determination>();
test.beforeEach(async ({}, testInfo) => {
  const { name, content } = siteOf(testInfo.project.name);
  services = [...browse(await readCorpus(content)).service.nodes.values()];
  records = new Map((await determinationsOf(name)).map((record) => [record.id.toLowerCase(), record]));
});
/** The service whose checklist has most to say. */
const fullest = (): ValueNode => services.filter(hasChecklist).sort((a, b) => makeChecklist(b.decisions).items.length - makeChecklist(a.decisions).items.length || b.split.total - a.split.total)[0]!;

async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'Letter' });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;
}

test('from its service: what the overturned had and the upheld lacked, each count and quotation where the decisions say so', async ({ page }) => {
  const service = fullest();
  await page.goto(service.path);
  await page.getByRole('link', { name: /^Checklist/ }).click();
  await expect(page).toHaveURL(new RegExp(`${checklistPath(service.path)}$`));
  await expect(page.getByRole('main')).toContainText(CHECKLIST_CAUTION);
  const { items } = makeChecklist(service.decisions);
  const shown = page.locator('.checklist__item');
  await expect(shown.locator('h2')).toHaveText(items.map(({ name }) => name));
  for (const [index, { criterion }] of items.entries()) {
    // Counted anew, from the letters themselves.
    const having = (outcome: string, side: string): number => service.decisions.filter((row) => row.outcome === outcome && records.get(row.case.id.toLowerCase())!.decisions[row.number - 1]!.reasons!.some(({ kind }) => KINDS[kind].criterion === criterion.criterion && KINDS[kind].side === side)).length;
    await expect(shown.nth(index).locator('dd')).toContainText([new RegExp(`^${having('overturned', 'met')} of ${service.split.overturned}.* overturned$`), new RegExp(`^${having('upheld', 'not met')} of ${service.split.upheld}.* upheld$`)]);
    for (const item of await shown.nth(index).locator('.checklist__quotes > li').all()) {
      const [, id, number] = /\/cases\/([^/]+)\/#decision-(\d+)$/.exec((await item.getByRole('link').getAttribute('href'))!)!;
      const words = (await item.locator('blockquote').innerText()).replace(/ …$/, '').trim();
      expect(records.get(id!)!.decisions[Number(number) - 1]!.rationale.join(' ').replace(/\s+/g, ' ')).toContain(words.replace(/\s+/g, ' '));
    }
  }
});

test('a service without both outcomes has no checklist', async ({ page }) => {
  const without = services.find((service) => !hasChecklist(service))!;
  await page.goto(without.path);
  await expect(page.getByRole('link', { name: /^Checklist/ })).toHaveCount(0);
  expect((await page.goto(checklistPath(without.path)))!.status()).toBe(404);
});

test('every checklist prints on one or two sheets, and the text says the same', async ({ page }) => {
  test.setTimeout(120_000);
  for (const service of services.filter(hasChecklist)) {
    await page.goto(checklistPath(service.path));
    expect(await sheets(page), service.path).toBeLessThanOrEqual(2);
  }
  const service = fullest();
  await page.goto(checklistPath(service.path));
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save as text' }).click()]);
  expect(file.suggestedFilename()).toMatch(/^checklist-[a-z0-9-]+\.txt$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toContain(CHECKLIST_CAUTION);
  expect(text.match(/^\[ \] .+$/gm)).toEqual(makeChecklist(service.decisions).items.map(({ name }) => `[ ] ${name}`));
});

test('on paper: a box for each item, one quotation, and no link or button', async ({ page }) => {
  await page.goto(checklistPath(fullest().path));
  await page.emulateMedia({ media: 'print' });
  const shown = page.locator('.checklist__item');
  for (const item of await shown.all()) {
    await expect(item.locator('.checklist__box')).toBeVisible();
    await expect(item.locator('blockquote').filter({ visible: true })).toHaveCount(1);
  }
  await expect(page.getByRole('link', { name: 'Save as text' })).toBeHidden();
});

test('accessible, and no wider than a narrow screen', async ({ page }) => {
  await page.goto(checklistPath(fullest().path));
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
});
