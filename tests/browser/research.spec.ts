/** The research folder as readers use it: kept from results and cases, noted, ordered, exported, handed on, and never lost without a word. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Download, Locator, Page } from '@playwright/test';
import type { Determination } from '../../src/determinations/record.ts';
import { LINK_MARK } from '../../src/research/plain.ts';
import { caseJsonPath, casePath } from '../../src/urls.ts';
import { parseCsv } from '../support/csv.ts';
import { messagesOfPage, namesOf, readSpanish, untranslated } from '../support/own-words.ts';
import { readZip } from '../support/zip.ts';
import { clipboardText, determinationsOf, expectAccessible, expectNoSidewaysScroll } from './expectations.ts';
import { SAMPLE } from './sites.ts';

let records: Determination[] = [];
test.beforeEach(async ({}, testInfo) => {
  records = await determinationsOf(testInfo.project.name);
});
const onSample = (): void => test.skip(test.info().project.name !== SAMPLE.name, 'it does the same whatever the letters say');

const entries = (page: Page): Locator => page.locator('article.kept');
const requests = (page: Page): Promise<string[]> => page.locator('article.kept h4').allTextContents();
const said = (page: Page): Locator => page.getByRole('status');
const noteOf = (page: Page, index: number): Locator => entries(page).nth(index).getByLabel('Your note');
/** The first decisions of the sample or of other letters, each of a case of its own. */
const three = (): { record: Determination; request: string }[] => records.slice(0, 3).map((record) => ({ record, request: record.decisions[0]!.request }));

/** Keeps the first decision of some cases, from their pages. */
async function keep(page: Page, cases: readonly Determination[]): Promise<void> {
  for (const { id } of cases) {
    await page.goto(casePath(id));
    await page.locator('#decision-1').getByRole('button', { name: /^Save to research folder/ }).click();
    await expect(page.locator('#decision-1').getByRole('button', { name: /^Saved/ })).toBeVisible();
  }
}

async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download') as Promise<Download>, press()]);
  const bytes = await readFile(await file.path());
  return { name: file.suggestedFilename(), bytes, text: bytes.toString() };
}

test('a reader keeps decisions from results and a case, writes, orders, groups, reloads, and saves each kind of document', async ({ page, context }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('search/');
  const results = page.locator('[data-part="list"] article');
  const [first, second] = [await results.nth(0).locator('h3').textContent(), await results.nth(1).locator('h3').textContent()];
  await results.nth(0).getByRole('button', { name: /^Save/ }).click();
  await results.nth(1).getByRole('button', { name: /^Save/ }).click();
  await expect(results.nth(1)).toContainText('2 decisions in your research folder');
  const shown = new Set([first, second]);
  const record = records.find(({ decisions }) => decisions.every(({ request }) => !shown.has(request)))!;
  await keep(page, [record]);
  expect(asked.filter((url) => url.endsWith('case.json')), 'keeping a decision asks the site for nothing').toEqual([]);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Research folder' }).click();
  const third = record.decisions[0]!.request;
  await expect(entries(page)).toHaveCount(3);
  expect(await requests(page)).toEqual([first, second, third]);
  await expect(page.getByRole('heading', { name: '3 decisions' })).toBeVisible();

  await noteOf(page, 2).fill('Use this first.\n=1+1 <b>bold</b>');
  await expect(entries(page).nth(2)).toContainText('Saved in this browser.');
  await entries(page).nth(2).getByRole('button', { name: 'Move up' }).click();
  await expect(entries(page).nth(1).getByRole('button', { name: 'Move up' })).toBeFocused();
  await entries(page).nth(1).getByRole('button', { name: 'Move up' }).click();
  expect(await requests(page)).toEqual([third, first, second]);
  await page.getByLabel('New group').fill('For us');
  await page.getByLabel('New group').press('Enter');
  await entries(page).nth(1).getByLabel('Group').selectOption({ label: 'For us' });
  await page.getByLabel('Title of the list').fill('Annex B');
  await page.getByLabel('Title of the list').blur();
  expect(await requests(page)).toEqual([third, second, first]);

  // What is typed at the very end is not lost either.
  await noteOf(page, 2).fill('Typed and left');
  await page.reload();
  expect(await requests(page)).toEqual([third, second, first]);
  await expect(noteOf(page, 0)).toHaveValue('Use this first.\n=1+1 <b>bold</b>');
  await expect(noteOf(page, 2)).toHaveValue('Typed and left');
  await expect(page.getByLabel('Title of the list')).toHaveValue('Annex B');
  await expect(page.getByRole('heading', { name: 'For us' })).toBeVisible();

  const other = await context.newPage();
  await other.goto('research/');
  await noteOf(other, 1).fill('From the other tab');
  await noteOf(other, 1).blur();
  await expect(noteOf(page, 1)).toHaveValue('From the other tab');
  await entries(other).nth(1).getByRole('button', { name: 'Take out' }).click();
  await expect(entries(page)).toHaveCount(2);
  await other.keyboard.press('Enter');
  await expect(entries(page)).toHaveCount(3);
  await expect(noteOf(page, 1)).toHaveValue('From the other tab');
  await other.close();

  await entries(page).nth(0).getByText('The reviewer’s rationale').click();
  await expect(entries(page).nth(0).locator('.letter-words p')).toHaveText(record.decisions[0]!.rationale);
  const button = (name: string) => () => page.getByRole('button', { name, exact: true }).click();
  const word = await saved(page, button('Word'));
  expect(word.name).toBe('annex-b.docx');
  const text = readZip(word.bytes).get('word/document.xml')!;
  expect(text).toContain('Annex B');
  expect(text).toContain('&lt;b&gt;bold&lt;/b&gt;');
  expect(text).toContain(`>${record.decisions[0]!.rationale[0]!.slice(0, 30).replace(/[&<>"].*/, '')}`);
  const markdown = await saved(page, button('Markdown'));
  expect(markdown.name).toBe('annex-b.md');
  expect(markdown.text).toContain('## For us');
  const table = parseCsv((await saved(page, button('CSV'))).text);
  expect(table.map((row) => [row[0], row[1], row[6]])).toEqual([['Number', 'Group', 'Request'], ['1', '', third], ['2', '', second], ['3', 'For us', first]]);
  expect(table[1]![13]).toContain(new URL(casePath(record.id), page.url().replace(/research\/$/, '')).href);
  expect((await saved(page, button('RIS'))).text.match(/^TY {2}- CASE/gm)).toHaveLength(3);
  const csl = await saved(page, button('CSL-JSON'));
  expect([csl.name, (JSON.parse(csl.text) as { note?: string }[]).map(({ note }) => note)]).toEqual(['annex-b.csl.json', ['Use this first.\n=1+1 <b>bold</b>', 'From the other tab', 'Typed and left']]);
  await expect(said(page)).toHaveText('Saved 3 decisions.');
  expect(asked.filter((url) => !url.startsWith(new URL('/', page.url()).href) && !url.startsWith('blob:')), 'nothing is asked of another site').toEqual([]);
});

test('the page of a case loads what keeps a folder when there is one, or when its button is pressed', async ({ page, context }) => {
  onSample();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const loaded = (): boolean => asked.some((url) => /\/(?:save-button|stored|shared-store)\.[^/]*\.js$/.test(url));
  const [record, next] = records as [Determination, Determination];
  const button = (of: Page): Locator => of.locator('#decision-1 save-decision').getByRole('button');

  await page.goto(casePath(record.id));
  await expect(button(page)).toHaveText('Save to research folder decision 1');
  const other = await context.newPage();
  await other.goto(casePath(record.id));
  await expect(button(other)).toHaveText('Save to research folder decision 1');
  await page.waitForLoadState('networkidle');
  expect(loaded()).toBe(false);

  await button(page).press('Enter');
  await expect(button(page)).toHaveText(/^Saved/);
  await expect(button(page)).toBeFocused();
  await expect(page.locator('#decision-1')).toContainText('1 decision in your research folder');
  expect(loaded()).toBe(true);
  // Another tab has it too, and so does the next page.
  await expect(button(other)).toHaveText(/^Saved/);
  asked.length = 0;
  await page.goto(casePath(next.id));
  await expect.poll(loaded).toBe(true);
  await button(page).press('Space');
  await expect(page.locator('#decision-1')).toContainText('2 decisions in your research folder');

  // Pressed twice by somebody who waits, it keeps the decision.
  await other.close();
  await page.evaluate(() => localStorage.clear());
  await page.goto(casePath(record.id));
  await button(page).evaluate((element) => {
    for (const _time of [1, 2]) (element as HTMLElement).click();
  });
  await expect(page.locator('#decision-1')).toContainText('1 decision in your research folder');
  await expect(button(page)).toHaveText(/^Saved/);
});

test('a file and a link carry the list; both ask before they change anything, and nothing of one’s own is lost', async ({ page, browser, baseURL }) => {
  onSample();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const [one, two] = three();
  await keep(page, [one!.record, two!.record]);
  await page.goto('research/');
  await noteOf(page, 0).fill('My note');
  await page.getByLabel('New group').fill('Group <i>A</i>');
  await page.getByRole('button', { name: 'Add group' }).click();
  await entries(page).nth(1).getByLabel('Group').selectOption({ label: 'Group <i>A</i>' });
  const file = await saved(page, () => page.getByRole('button', { name: 'Save to a file' }).click());
  expect(file.name).toBe('research-folder.json');
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(said(page)).toHaveText('Link copied.');
  const bare = await clipboardText(page);
  await page.getByLabel('Put my notes into the link too').check();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(() => clipboardText(page)).not.toBe(bare);
  const link = await clipboardText(page);
  expect(link).toContain(`/research/${LINK_MARK}`);

  const profile = await browser.newContext({ baseURL: baseURL! });
  const fresh = await profile.newPage();
  await fresh.goto(bare);
  const offer = fresh.getByRole('region', { name: 'Add these decisions to your folder?' });
  await expect(offer).toContainText('The link has 2 decisions. 2 are new.');
  await expect(offer).not.toContainText('My note');
  await expect(offer.getByRole('heading')).toBeFocused();
  expect(new URL(fresh.url()).hash).toBe('');
  await offer.getByRole('button', { name: 'Do not add' }).click();
  await expect(entries(fresh)).toHaveCount(0);
  await expect(fresh.getByRole('heading', { name: 'No decisions yet' })).toBeVisible();
  await fresh.goto(link);
  await offer.getByRole('button', { name: 'Add to my folder' }).click();
  await expect(entries(fresh)).toHaveCount(2);
  // The words come from the site.
  await expect(entries(fresh).nth(0).locator('h4')).toHaveText(one!.request);
  await expect(fresh.getByRole('heading', { name: 'Group <i>A</i>' })).toBeVisible();
  await expect(noteOf(fresh, 0)).toHaveValue('My note');
  await noteOf(fresh, 0).fill('Another note');
  await fresh.getByLabel('Open a saved file').setInputFiles({ name: 'folder.json', mimeType: 'application/json', buffer: file.bytes });
  await expect(offer).toContainText('The file has 2 decisions. 0 are new. 1 note would be joined with yours.');
  await offer.getByRole('button', { name: 'Add to my folder' }).click();
  await expect(noteOf(fresh, 0)).toHaveValue('Another note\n\nMy note');
  for (const [text, why] of [['{', 'it is no JSON'], [file.text.replace(/"decision": 1/, '"decision": -1'), 'decision 1 of group 1 has no number from 1 to 999']] as const) {
    await fresh.getByLabel('Open a saved file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await expect(said(fresh)).toContainText(why);
    await expect(said(fresh)).toContainText('Nothing was changed.');
  }
  await fresh.goto(`${link.slice(0, -6)}`);
  await expect(said(fresh)).toContainText('The link is damaged');
  await expect(entries(fresh)).toHaveCount(2);
  await profile.close();
});

test('a full storage, a forbidden one and a damaged list are said at once, and the list can still be saved to a file', async ({ page, context }) => {
  onSample();
  const [one, two] = three();
  await keep(page, [one!.record]);
  await page.goto('research/');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await noteOf(page, 0).fill('No room for this');
  await expect(page.getByRole('alert')).toContainText('This browser has no room left for this site.');
  expect((await saved(page, () => page.getByRole('button', { name: 'Save to a file' }).click())).text).toContain('No room for this');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(casePath(two!.record.id));
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.locator('#decision-1').getByRole('button', { name: /^Save to/ }).click();
  await expect(page.locator('#decision-1')).toContainText('Not saved: this browser has no room left for this site.');

  await page.goto('research/');
  const key = await page.evaluate(() => Object.keys(localStorage).find((name) => name.includes('research'))!);
  await page.evaluate((name) => localStorage.setItem(name, '{"format":"imr-research-list/1","entries":[{'), key);
  await page.reload();
  const damaged = page.getByRole('region', { name: 'Some of what was stored cannot be read' });
  await expect(damaged).toBeVisible();
  expect((await saved(page, () => damaged.getByRole('button', { name: 'Save it to a file' }).click())).text).toBe('{"format":"imr-research-list/1","entries":[{');
  await damaged.getByRole('button', { name: 'Delete it' }).click();
  await expect(damaged).toBeHidden();

  const forbidden = await context.newPage();
  await forbidden.addInitScript(() => Object.defineProperty(window, 'localStorage', { get: () => {
    throw new DOMException('no', 'SecurityError');
  } }));
  await forbidden.goto('research/');
  await expect(forbidden.getByRole('alert')).toContainText('does not let this site keep anything');
});

test('a case that was removed since says so; its words go from the page, the browser and the exports, the note stays', async ({ page }) => {
  onSample();
  const [one, two] = three();
  await keep(page, [one!.record, two!.record]);
  await page.goto('research/');
  await noteOf(page, 0).fill('What I thought of it');
  await noteOf(page, 0).blur();
  await page.route('**/data/removed.csv', (route) => route.fulfill({ contentType: 'text/csv', body: `\ufeff"case_id","removed_on"\r\n"${one!.record.id}","2026-01-31"\r\n` }));
  await page.reload();
  await expect(entries(page).nth(0)).toContainText('This case was removed from the site on January 31, 2026. Only your own note is left here.');
  await expect(page.getByRole('main')).not.toContainText(one!.request);
  await expect(noteOf(page, 0)).toHaveValue('What I thought of it');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(one!.request);
  const markdown = await saved(page, () => page.getByRole('button', { name: 'Markdown' }).click());
  expect(markdown.text).toContain('What I thought of it');
  expect(markdown.text).toContain('removed from the site on January 31, 2026');
  expect(markdown.text).not.toContain(one!.request);
  await expect(said(page)).toHaveText('Saved 1 decision. 1 decision is no longer on the site.');
  // What cannot be loaded is said, and no half a document is made.
  await page.reload();
  await page.route(`**/${caseJsonPath(two!.record.id)}`, (route) => route.abort());
  await page.getByRole('button', { name: 'Word', exact: true }).click();
  await expect(said(page)).toContainText('Something could not be loaded from this site.');
});

test('accessible by keyboard alone, at 320 pixels, in Spanish; an emptied folder leaves nothing and comes back', async ({ page }) => {
  onSample();
  test.setTimeout(60_000);
  const [one, two] = three();
  await keep(page, [one!.record]);
  await page.goto(casePath(two!.record.id));
  const save = page.locator('#decision-1').getByRole('button', { name: /^Save to/ });
  await save.focus();
  await page.keyboard.press('Enter');
  await page.locator('#decision-1').getByRole('link', { name: '2 decisions in your research folder' }).press('Enter');
  await expect(entries(page)).toHaveCount(2);
  await noteOf(page, 1).focus();
  await page.keyboard.type('Typed by keys');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await requests(page)).toEqual([two!.request, one!.request]);
  await expect(entries(page).nth(0).getByRole('button', { name: 'Move down' }), 'the button that can still be pressed').toBeFocused();
  await page.getByLabel('New group').focus();
  await page.keyboard.type('Keys');
  await page.keyboard.press('Enter');
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  // All that was said in English on the way has its Spanish.
  const { dictionary } = await readSpanish();
  const names = namesOf(records);
  const missing = async (): Promise<string[]> => messagesOfPage(await page.content()).flatMap((text) => untranslated(text, dictionary, names));
  expect(await missing()).toEqual([]);
  await page.getByRole('button', { name: 'Empty the folder' }).click();
  await expect(said(page)).toHaveText('The folder is empty, and nothing of it is left in this browser.');
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('research')))).toEqual([]);
  expect(await missing()).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(entries(page)).toHaveCount(2);
  await expect(noteOf(page, 0)).toHaveValue('Typed by keys');
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Carpeta de investigación');
  await expect(entries(page).nth(0).getByRole('button', { name: 'Bajar', exact: true })).toBeVisible();
  await expect(page.locator('article.kept h4 a').first()).toHaveText(two!.request);
  await entries(page).nth(0).getByRole('button', { name: 'Sacar' }).click();
  await expect(said(page)).toHaveText('Se sacó.');
  await expect(page.getByRole('heading', { level: 2, name: '1 decisión' })).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says that the folder needs it', async ({ page }) => {
    onSample();
    await page.goto('research/');
    await expect(page.getByRole('heading', { name: 'The folder needs JavaScript' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save to a file' })).toBeHidden();
  });
});
