/** Saved searches and what is new to them, as readers use them: what came to the site since is found, nothing else is called new, and nothing leaves the browser. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { decisionHash, withKnown } from '../../src/new/searches.ts';
import type { SavedSearches } from '../../src/new/searches.ts';
import { readSearches, storedSearches } from '../../src/new/stored.ts';
import { decisionPath } from '../../src/urls.ts';
import { dayText } from '../../src/words.ts';
import { messagesOfPage, namesOf, readSpanish, untranslated } from '../support/own-words.ts';
import { expectAccessible, expectNoSidewaysScroll } from './expectations.ts';
import { answered, itemsOf, open, valuesOf } from './search-page.ts';
import type { Item } from './search-page.ts';
import { SAMPLE } from './sites.ts';

let items: Item[] = [];
test.beforeEach(async ({}, testInfo) => {
  items = await itemsOf(testInfo);
});
const onSample = (): void => test.skip(test.info().project.name !== SAMPLE.name, 'it does the same whatever the letters say');

const overturned = (): Item[] => items.filter(({ decision }) => decision.outcome === 'overturned');
const said = (page: Page): Locator => page.locator('[data-part="said"]');
const sections = (page: Page): Locator => page.locator('.saved-search');
const fresh = (page: Page, index = 0): Locator => sections(page).nth(index).getByRole('article');
const hashOf = ({ record, number }: Item): number => decisionHash(record.id, number);

async function save(page: Page, search: string): Promise<void> {
  await open(page, search);
  await page.getByRole('button', { name: 'Save this search' }).click();
  await expect(page.getByText('Search saved.')).toBeVisible();
}

/** Changes what the browser has stored. */
async function changeStored(page: Page, change: (list: SavedSearches) => SavedSearches): Promise<void> {
  const [key, text] = await page.evaluate(() => {
    const name = Object.keys(localStorage).find((candidate) => candidate.includes(':searches:') && !candidate.endsWith(':damaged'))!;
    return [name, localStorage.getItem(name)!] as const;
  });
  const changed = storedSearches(change(readSearches(text)!));
  await page.evaluate(([name, value]) => localStorage.setItem(name, value), [key, changed] as const);
}

/** As the browser was before the site had these decisions. */
function forget(page: Page, unknown: readonly Item[]): Promise<void> {
  const hashes = new Set(unknown.map(hashOf));
  return changeStored(page, (list) => ({ ...list, known: new Map([...list.known].filter(([decision]) => !hashes.has(decision))) }));
}

async function look(page: Page): Promise<void> {
  await page.goto('new/');
  await expect(sections(page).last()).toContainText('This search finds');
}

test('a reader saves searches, comes back when decisions have come, sees those alone, and marks them as seen', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const [first, second, ...others] = overturned();
  const upheld = items.find(({ decision }) => decision.outcome === 'upheld')!;
  const service = valuesOf(first!, 'service').at(-1)!;
  await save(page, '?outcome=overturned');
  await save(page, `?${new URLSearchParams({ service })}`);
  await page.getByRole('button', { name: 'Save this search' }).click();
  await expect(page.getByText('You have saved this search before.')).toBeVisible();
  await page.getByRole('link', { name: 'See all saved searches' }).click();
  await expect(page).toHaveURL(/\/new\/$/);
  await expect(sections(page)).toHaveCount(2);
  await expect(sections(page).nth(0)).toContainText(`Nothing new since`);
  await expect(sections(page).nth(0)).toContainText(`This search finds ${others.length + 2} decisions in all, of ${items.length} on this site.`);
  await expect(page.getByRole('button', { name: 'Mark as seen' })).toHaveCount(0);

  await forget(page, [first!, second!, upheld]);
  await look(page);
  const expected = [first!, second!];
  await expect(sections(page).nth(0)).toContainText('2 new decisions since');
  await expect(fresh(page)).toHaveCount(2);
  for (const { record, decision, number } of expected) {
    const result = fresh(page).filter({ has: page.locator(`h3 a[href$="/${decisionPath(record.id, number)}"]`) });
    await expect(result.locator('h3')).toHaveText(decision.request.replace(/\s+/g, ' '));
    await expect(result).toContainText('Overturned: treatment approved');
    await expect(result).toContainText(record.decisionDate ? dayText(record.decisionDate) : 'undated');
  }
  const inService = [first!, second!, upheld].filter((item) => valuesOf(item, 'service').includes(service)).length;
  await expect(fresh(page, 1)).toHaveCount(inService);
  expect(await page.locator('[id]').evaluateAll((elements) => elements.length - new Set(elements.map(({ id }) => id)).size), 'no id twice').toBe(0);

  // Looking again changes nothing: only the reader says what was seen.
  await look(page);
  await expect(fresh(page)).toHaveCount(2);
  await sections(page).nth(0).getByRole('button', { name: 'Mark as seen' }).click();
  await expect(sections(page).nth(0)).toContainText('Nothing new since');
  await expect(fresh(page, 1), 'another search has its own').toHaveCount(inService);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(fresh(page)).toHaveCount(2);
  await sections(page).nth(0).getByRole('button', { name: 'Mark as seen' }).click();
  await look(page);
  await expect(fresh(page)).toHaveCount(0);

  await sections(page).nth(0).getByRole('link').first().click();
  await answered(page);
  await expect(page).toHaveURL(/\/search\/\?outcome=overturned$/);
  expect(asked.filter((url) => !url.startsWith(new URL('/', page.url()).href)), 'nothing is asked of another site').toEqual([]);
});

test('more than ten are shown in steps; a search for a value that is gone, and decisions that are gone, break nothing', async ({ page }) => {
  await save(page, '');
  await save(page, '?service=A+service+that+is+gone');
  await changeStored(page, (list) => withKnown({ ...list, known: new Map() }, [decisionHash('CM99-0000001', 1)], 1));
  await look(page);
  await expect(sections(page).nth(0)).toContainText(`${items.length} new decisions since`);
  await expect(fresh(page)).toHaveCount(10);
  await sections(page).nth(0).getByRole('button', { name: 'Show more' }).click();
  await expect(fresh(page)).toHaveCount(20);
  await expect(sections(page).nth(0).getByRole('heading', { level: 2 })).toHaveText('All decisions');
  await expect(sections(page).nth(1)).toContainText('Nothing new since');
  await expect(sections(page).nth(1)).toContainText('This search finds no decision now.');
});

test('a search is named, removed with all that it said, brought back; other tabs follow', async ({ page, context }) => {
  onSample();
  await save(page, '?q=lumbar+mri');
  await save(page, '?q=opioid&outcome=upheld');
  await look(page);
  await expect(sections(page).nth(1).getByRole('heading', { level: 2 })).toHaveText('opioid, Outcome: Upheld: denial stands');
  await sections(page).nth(0).getByLabel('Name').fill('For the <b>brief</b>');
  await sections(page).nth(0).getByLabel('Name').blur();
  await expect(sections(page).nth(0).getByRole('heading', { level: 2 })).toHaveText('For the <b>brief</b>');
  await expect(sections(page).nth(0)).toContainText('lumbar mri');
  const other = await context.newPage();
  await look(other);
  await expect(sections(other).nth(0).getByRole('heading', { level: 2 })).toHaveText('For the <b>brief</b>');
  await sections(other).nth(0).getByRole('button', { name: 'Remove' }).click();
  await expect(sections(page)).toHaveCount(1);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/lumbar|brief/);
  await expect(other.getByRole('button', { name: 'Undo' })).toBeFocused();
  await other.keyboard.press('Enter');
  await expect(sections(page)).toHaveCount(2);
  await expect(sections(page).nth(1).getByRole('heading', { level: 2 })).toHaveText('For the <b>brief</b>');
});

test('feeds of the services, guidelines and specialties that a search names are offered, and are there', async ({ page, request }) => {
  const named = items.find((item) => valuesOf(item, 'guideline').length > 1 && valuesOf(item, 'specialty').length > 0)!;
  const values = { service: valuesOf(named, 'service').at(-1)!, guideline: valuesOf(named, 'guideline')[1]!, specialty: valuesOf(named, 'specialty')[0]! };
  await save(page, `?${new URLSearchParams({ ...values, outcome: named.decision.outcome })}`);
  await look(page);
  const links = sections(page).locator('.saved-search__feeds a');
  await expect(links).toHaveCount(3);
  for (const link of await links.all()) {
    const address = new URL((await link.getAttribute('href'))!, page.url()).href;
    expect(await (await request.get(address)).text(), address).toContain('<feed');
  }
});

test('a full storage, a forbidden one, a damaged list and a site that does not answer are said', async ({ page, context }) => {
  onSample();
  await open(page, '?q=mri');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.getByRole('button', { name: 'Save this search' }).click();
  await expect(page.getByText('Not saved: this browser has no room left for this site.')).toBeVisible();
  await open(page, '?q=mri');
  await page.route('**/search-data/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Save this search' }).click();
  await expect(page.getByText('The search could not be saved.')).toBeVisible();
  await page.unroute('**/search-data/**');
  await save(page, '?q=mri');
  await page.route('**/search-data/**', (route) => route.abort());
  await page.goto('new/');
  await expect(said(page)).toContainText('What is new could not be loaded from this site.');
  await expect(sections(page)).toHaveCount(1);
  await page.unroute('**/search-data/**');
  await page.evaluate(() => localStorage.setItem(Object.keys(localStorage).find((name) => name.includes(':searches:'))!, '{"half'));
  await page.goto('new/');
  const damaged = page.getByRole('region', { name: 'Some of what was stored cannot be read' });
  await damaged.getByRole('button', { name: 'Delete it' }).click();
  await expect(damaged).toBeHidden();
  await expect(page.getByRole('heading', { name: 'No saved searches yet' })).toBeVisible();
  const forbidden = await context.newPage();
  await forbidden.addInitScript(() => Object.defineProperty(window, 'localStorage', { get: () => {
    throw new DOMException('no', 'SecurityError');
  } }));
  await forbidden.goto('new/');
  await expect(forbidden.getByRole('alert')).toContainText('does not let this site keep anything');
});

test('without a saved search nothing of the index is loaded', async ({ page }) => {
  onSample();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('search/');
  await answered(page);
  expect(asked.filter((url) => /keep-search|search-data/.test(url)), 'the search page loads what saves a search when it is asked for').toEqual([]);
  await page.getByRole('contentinfo').getByRole('link', { name: 'What’s new' }).click();
  await expect(page.getByRole('heading', { name: 'No saved searches yet' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(asked.filter((url) => url.includes('search-data'))).toEqual([]);
});

test('accessible in light and dark, at 320 pixels, by keyboard, and in Spanish', async ({ page }) => {
  onSample();
  test.setTimeout(60_000);
  await save(page, '?q=mri&outcome=overturned');
  await save(page, '?q=zzxxyy');
  await page.goto('new/');
  await forget(page, overturned());
  await look(page);
  await expect(fresh(page).first()).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await sections(page).nth(0).getByRole('button', { name: 'Mark as seen' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(sections(page).nth(0).getByRole('heading', { level: 2 })).toBeFocused();
  const { dictionary } = await readSpanish();
  const names = namesOf(items.map(({ record }) => record));
  const missing = async (): Promise<string[]> => messagesOfPage(await page.content()).flatMap((text) => untranslated(text, dictionary, names));
  expect(await missing()).toEqual([]);
  await sections(page).nth(0).getByRole('button', { name: 'Remove' }).click();
  expect(await missing()).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Novedades');
  await expect(sections(page).nth(0)).toContainText('Nada nuevo desde');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says that saved searches need it, and feeds are there', async ({ page }) => {
    onSample();
    await page.goto('new/');
    await expect(page.getByRole('heading', { name: 'Saved searches need JavaScript' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'of all decisions' })).toBeVisible();
  });
});
