/** From a denied request to a printed annex: a stranger goes the whole way in far less than ten minutes, and what comes out says what the letters say. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { citation } from '../../src/citation.ts';
import { KINDS, reasonValue } from '../../src/reasons/kinds.ts';
import type { Item } from './search-page.ts';
import { readPage, textBlocks } from '../support/html.ts';
import { readZip } from '../support/zip.ts';
import { Reader } from './reader.ts';
import { answered, checkbox, itemsOf, results } from './search-page.ts';

const REQUEST = 'MRI of the lumbar spine, denied: no red flags';
const WANTED = 5;
const TEN_MINUTES = 600;
const TITLE = 'Annex B: MRI of the lumbar spine';
const RED_FLAGS = reasonValue('no-red-flag');

let items: Item[] = [];
test.beforeEach(async ({}, testInfo) => {
  items = await itemsOf(testInfo);
});

/** The decision that a link leads to. */
function itemAt(address: string): Item {
  const [, id, number] = /\/cases\/([^/]+)\/#decision-(\d+)$/.exec(address)!;
  return items.find(({ record, number: own }) => record.id.toLowerCase() === id && own === Number(number))!;
}

const unsaved = (place: Locator): Locator => place.getByRole('button', { name: /^Save to/ });
const savedIn = (page: Page): Promise<number> => page.evaluate(() => {
  const text = localStorage.getItem(Object.keys(localStorage).find((name) => name.includes(':research:')) ?? '') ?? '{"entries":[]}';
  return (JSON.parse(text) as { entries: unknown[] }).entries.length;
});

/** Keeps results from the top, until there are enough or no more. */
async function keepResults(reader: Reader): Promise<void> {
  for (const result of await reader.page.locator('article.result').all()) {
    if ((await savedIn(reader.page)) === WANTED) return;
    if ((await unsaved(result).count()) === 0) continue;
    reader.read(0.5);
    await reader.click(unsaved(result));
  }
}

/** All text of a Word document, a line for each paragraph. */
function wordText(document: string): string[] {
  return document.split('</w:p>').map((paragraph) => textBlocks(readPage('annex.html', paragraph.replace(/<w:t [^>]*>/g, '<span>').replaceAll('</w:t>', '</span>').replace(/<\/?w:[^>]*>/g, '')).document).join(''));
}

async function searchAndCompare(reader: Reader): Promise<void> {
  const { page } = reader;
  await reader.search(REQUEST);
  await answered(page);
  reader.read();
  await reader.tick(checkbox(page, 'outcome', 'overturned'));
  reader.read();
  const link = results(page).first().locator('h3 a');
  const item = itemAt((await link.getAttribute('href'))!);
  expect(item.decision.outcome).toBe('overturned');
  await reader.click(link);

  const decision = page.locator(`#decision-${item.number}`);
  const kinds = [...new Set(item.decision.reasons!.map(({ kind }) => kind))];
  expect(kinds.length).toBeGreaterThan(0);
  for (const kind of kinds) await expect(decision.locator('.decision__reasons')).toContainText(KINDS[kind].name);
  for (const { sentence } of item.decision.reasons!) await expect(decision.locator('.decision__reasons')).toContainText(sentence);
  reader.read(4);
  await reader.click(decision.getByRole('button', { name: /^Save to research folder/ }));

  const alike = decision.locator('.similar__list').first().getByRole('listitem').first();
  await expect(decision.locator('.similar__list').first()).toContainText('The other way: upheld');
  const other = itemAt((await alike.locator('a.similar__request').getAttribute('href'))!);
  expect(other.decision.outcome).toBe('upheld');
  reader.read(2);
  await reader.click(alike.getByRole('link', { name: /^Compare/ }));
  await expect(page).toHaveURL(/\/compare\/\?a=.+&b=.+/);
  const heads = page.locator('.compare__head');
  await expect(heads.locator('h2')).toHaveText([item, other].map((compared) => compared.decision.request.replace(/\s+/g, ' ')));
  await expect(page.locator('[data-part="reasons"]')).toContainText(/Found in A alone|Differs/);
  for (const { decision: { rationale } } of [item, other]) await expect(page.locator('[data-part="rationales"]')).toContainText(rationale[0]!);
  reader.read(4);
  await reader.click(unsaved(heads.nth(1)));
}

async function findMore(reader: Reader): Promise<void> {
  const { page } = reader;
  await reader.back();
  await expect(page).toHaveURL(/\/cases\//);
  await reader.back();
  await answered(page);
  await reader.tick(checkbox(page, 'outcome', 'overturned'));
  const box = checkbox(page, 'reason', RED_FLAGS);
  const fold = page.locator('[data-part="filters"] > summary');
  if (reader.phone && !(await page.locator('[data-facet="reason"]').isVisible())) await reader.click(fold);
  await reader.click(page.getByRole('button', { name: /^Against the request in detail/ }));
  await reader.tick(box);
  for (const result of await results(page).all()) {
    const found = itemAt((await result.locator('h3 a').getAttribute('href'))!);
    expect(found.decision.reasons!.some(({ kind }) => kind === 'no-red-flag')).toBe(true);
  }
  reader.read(2);
  await keepResults(reader);
  if ((await savedIn(page)) < WANTED) {
    await reader.click(page.getByRole('link', { name: /Remove filter Reason/ }));
    await answered(page);
    await keepResults(reader);
  }
  expect(await savedIn(page)).toBe(WANTED);
  await reader.click(page.getByRole('link', { name: `${WANTED} decisions in your research folder` }));
}

/** @returns the decisions that were kept, each with its note */
async function write(reader: Reader): Promise<{ item: Item; note: string }[]> {
  const { page } = reader;
  const entries = page.locator('article.kept');
  await expect(entries).toHaveCount(WANTED);
  await reader.write(page.getByLabel('Title of the list'), TITLE);
  const kept: { item: Item; note: string }[] = [];
  for (const [index, entry] of (await entries.all()).entries()) {
    const item = itemAt((await entry.locator('h4 a').getAttribute('href'))!);
    const note = item.decision.outcome === 'overturned' ? `Approved: use this first (${index + 1}).` : `Denied: no red flags (${index + 1}).`;
    await reader.write(entry.getByLabel('Your note'), note);
    kept.push({ item, note });
  }
  reader.read();
  return kept;
}

async function expectWord(reader: Reader, kept: readonly { item: Item; note: string }[]): Promise<void> {
  const { page } = reader;
  const download = page.waitForEvent('download');
  await reader.click(page.getByRole('button', { name: 'Word', exact: true }));
  const file = await download;
  expect(file.suggestedFilename()).toBe('annex-b-mri-of-the-lumbar-spine.docx');
  const lines = wordText(readZip(await readFile(await file.path())).get('word/document.xml')!);
  const text = lines.join('\n');
  expect(lines[0]).toBe(TITLE);
  const home = page.url().replace(/research\/$/, '');
  const inOneLine = (words: string): string => words.replace(/\s+/g, ' ').trim();
  for (const { item: { record, decision, number }, note } of kept) {
    const { id, caseNumber, decisionDate } = record;
    const cited = citation({ id, caseNumber, decisionDate, number, request: decision.request, outcome: decision.outcome }, home);
    const [from, to] = [text.indexOf(inOneLine(cited)), text.indexOf(note)];
    expect(from, cited).toBeGreaterThan(0);
    expect(to, 'its note follows').toBeGreaterThan(from);
    const own = text.slice(from, to);
    for (const words of [...decision.rationale, ...decision.reasons!.flatMap(({ kind, sentence }) => [KINDS[kind].name, sentence])]) expect(own).toContain(inOneLine(words));
  }
}

async function expectPrinted(reader: Reader, kept: readonly { item: Item; note: string }[]): Promise<void> {
  const { page } = reader;
  await reader.click(page.getByRole('button', { name: 'Print', exact: true }));
  await expect.poll(() => page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(1);
  await page.emulateMedia({ media: 'print' });
  const entries = page.locator('article.kept');
  for (const [index, { item: { decision }, note }] of kept.entries()) {
    const entry = entries.nth(index);
    await expect(entry.locator('h4')).toHaveText(decision.request.replace(/\s+/g, ' '));
    await expect(entry.getByLabel('Your note')).toHaveValue(note);
    await expect(entry.getByLabel('Your note')).toBeVisible();
    for (const paragraph of decision.rationale) await expect(entry.getByText(paragraph, { exact: true }).first()).toBeVisible();
    for (const { kind } of decision.reasons!) await expect(entry.getByText(KINDS[kind].name, { exact: true }).first()).toBeVisible();
  }
  await expect(page.getByLabel('Title of the list')).toBeVisible();
  expect(await page.getByRole('main').getByRole('button').filter({ visible: true }).count(), 'no button on paper').toBe(0);
  const sheets = (await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;
  expect(sheets).toBeGreaterThan(0);
  expect(sheets).toBeLessThanOrEqual(2 * WANTED);
}

for (const [screen, viewport] of Object.entries({ 'a wide screen': { width: 1280, height: 800 }, 'a phone': { width: 390, height: 844 } })) {
  test.describe(`on ${screen}`, () => {
    test.use({ viewport });
    test('in less than ten minutes, a stranger with a denied request gets a printed annex of five decisions with their reasons', async ({ page }, testInfo) => {
      test.setTimeout(90_000);
      await page.addInitScript(() => Object.assign(window, { printed: 0, print: () => ((window as unknown as { printed: number }).printed += 1) }));
      await page.goto('');
      const reader = new Reader(page, viewport.width < 600);
      reader.read();
      await searchAndCompare(reader);
      await findMore(reader);
      const kept = await write(reader);
      await expectWord(reader, kept);
      await expectPrinted(reader, kept);
      const seconds = reader.done(TEN_MINUTES / 2);
      console.log(`from the denied request to the annex on ${screen}, ${testInfo.project.name}: ${Math.round(seconds)} s by the keystroke-level model`);
    });
  });
}
