/** Spanish on the reader's choice, the glossary's explanations, and that nothing moves. */
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Determination } from '../../src/determinations/record.ts';
import { messageKey } from '../../src/language/dictionary.ts';
import { dayInSpanish } from '../../src/language/days.ts';
import { casePath } from '../../src/urls.ts';
import { messagesOfPage, messagesOfSite, namesOf, readSpanish, untranslated } from '../support/own-words.ts';
import { determinationsOf, expectAccessible, expectNoSidewaysScroll } from './expectations.ts';
import { answered } from './search-page.ts';
import { SAMPLE, siteOf } from './sites.ts';

let records: Determination[] = [];
test.beforeEach(async ({}, testInfo) => {
  records = await determinationsOf(testInfo.project.name);
});

const largest = (): Determination => records.reduce((most, record) => (record.decisions.length > most.decisions.length ? record : most));
const HOW = 'Add a line for each to src/language/es.yaml (what the sample shows) or es-more.yaml (what it does not), sorted: "English": "Spanish". Words of a letter are marked with data-letter instead, names with translate="no".';

/** Messages without Spanish, as a line to add. */
async function missing(messages: Iterable<readonly [text: string, where: string]>): Promise<string[]> {
  const { dictionary } = await readSpanish();
  const names = namesOf(records);
  const lines = new Map<string, string>();
  for (const [text, where] of messages) {
    for (const gap of untranslated(text, dictionary, names)) if (!lines.has(messageKey(gap))) lines.set(messageKey(gap), where);
  }
  return [...lines].map(([key, where]) => `${JSON.stringify(key)}: ""   # ${where}`).sort();
}

test('all that the pages say has its Spanish', async ({}, testInfo) => {
  test.setTimeout(120_000);
  expect(await missing(await messagesOfSite(siteOf(testInfo.project.name).out)), HOW).toEqual([]);
});

test('no page needs a translation that is gone', async ({}, testInfo) => {
  test.skip(testInfo.project.name !== SAMPLE.name, 'es.yaml is for what the sample shows');
  test.setTimeout(120_000);
  const { pages, more, values, dictionary } = await readSpanish();
  const used = new Set<string>();
  const use = (text: string): void => {
    const entry = dictionary.entryFor(text);
    if (entry !== undefined) used.add(entry);
    for (const part of dictionary.namesIn(text)) use(part);
  };
  for (const text of (await messagesOfSite(siteOf(testInfo.project.name).out)).keys()) use(text);
  const source = await sourceWords();
  const gone = [...pages.keys()].filter((key) => !used.has(key) && !fromData(key, source));
  expect(gone, 'These lines of src/language/es.yaml answer nothing that the sample says: take them out, or move them to es-more.yaml if other letters or a script need them.').toEqual([]);
  const unknown = [...more.keys()].filter((key) => words(key).some((word) => !source.has(word)));
  expect(unknown, 'These lines of src/language/es-more.yaml have words that no source file has.').toEqual([]);
  expect(values.size).toBeGreaterThan(0);
});

/** The words of all source files, and of the vocabulary that they show. */
async function sourceWords(): Promise<Set<string>> {
  const found = new Set<string>();
  for (const folder of ['src', 'content/vocabulary']) {
    const root = resolve(import.meta.dirname, '../..', folder);
    for (const name of await readdir(root, { recursive: true })) {
      if (!/\.(?:astro|ts|yaml)$/.test(name) || name.includes('language')) continue;
      for (const word of words(await readFile(join(root, name), 'utf8'))) found.add(word);
    }
  }
  return found;
}

/** Words of four letters and more, in the singular: numbers make them plural. */
function words(text: string): string[] {
  return (text.match(/\p{L}{4,}/gu) ?? []).map((word) => word.toLowerCase().replace(/e?s$/, ''));
}

/** Descriptions of services come from the vocabulary, and the sample has not all of them. */
function fromData(key: string, source: ReadonlySet<string>): boolean {
  return !/[<{]/.test(key) && key.endsWith('.') && words(key).every((word) => source.has(word));
}

test('what the search page says as it is used has its Spanish', async ({ page }) => {
  test.setTimeout(120_000);
  const record = largest();
  const searches = [
    '', '?q=mri', '?q=mri+OR+', '?q=zzxxyy', '?q=physcal+therapy', '?q=%22mri', '?q=CM99-9999999', '?q=why+was+my+surgery+denied', '?q=request%3A', '?q=upheld+mri', '?q=the+mri+zzxxyy',
    '?q=mri+acupuncture+opioid+lumbar', '?outcome=overturned', '?service=Surgery&from=2014-01-01&to=2030-12-31', '?service=Nothing', `?year=${record.decisionDate?.slice(0, 4)}&outcome=upheld&specialty=${encodeURIComponent(record.specialty[0] ?? '')}`, '?page=2',
  ];
  const said: [string, string][] = [];
  for (const search of searches) {
    await page.goto(`search/${search}`);
    await answered(page);
    for (const text of messagesOfPage(await page.content())) said.push([text, search]);
  }
  await page.goto('search/?q=mri');
  await answered(page);
  await page.locator('[data-part="list"] h3 a').first().click();
  await page.waitForURL(/#decision-/);
  await expect(page.locator('.marks-bar')).toBeVisible();
  await page.getByRole('button', { name: /^Next match/ }).click();
  for (const text of messagesOfPage(await page.content())) said.push([text, 'marks']);
  // What was typed, and what the search made of it, are the reader's words.
  const typed = /^"(?:mri|surgery|physical|\\"mri\\"|zzxxyy|Nothing)"/;
  expect((await missing(said)).filter((line) => !typed.test(line)), HOW).toEqual([]);
});

const language = (page: Page) => page.locator('html');
const toSpanish = (page: Page) => page.getByRole('link', { name: 'Español' });

test('the switch works by keyboard, is remembered over pages, and leads back', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(casePath(largest().id));
  await page.waitForLoadState('networkidle');
  expect(loaded.filter((path) => /translate/.test(path)), 'readers of English download no dictionary').toEqual([]);
  await toSpanish(page).focus();
  await page.keyboard.press('Enter');
  await expect(language(page)).toHaveAttribute('lang', 'es');
  await expect(page).toHaveURL(new RegExp(`${casePath(largest().id)}$`));
  await expect(page.getByRole('navigation', { name: 'Principal' })).toContainText('Servicios');
  await page.getByRole('link', { name: 'Servicios' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Servicios');
  await expect(page).toHaveTitle(/^Servicios - /);
  await page.getByRole('link', { name: 'English' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Services');
  await page.reload();
  await expect(language(page)).toHaveAttribute('lang', 'en');
});

test('the address can ask for Spanish, with storage or without', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = (): never => {
      throw new DOMException('refused', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get: refuse });
  });
  await page.goto('glossary/?lang=es');
  await expect(language(page)).toHaveAttribute('lang', 'es');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glosario');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Glossary');
});

test('a letter’s words stay as they are and say that they are English', async ({ page }) => {
  const record = largest();
  await page.goto(casePath(record.id));
  const letters = page.locator('main [data-letter]');
  const before = await letters.allTextContents();
  expect(before.join(' ')).toContain(record.decisions[0]!.rationale[0]!);
  await toSpanish(page).click();
  await expect(language(page)).toHaveAttribute('lang', 'es');
  expect(await letters.allTextContents()).toEqual(before);
  expect(await letters.evaluateAll((elements) => elements.every((element) => element.closest('[lang]')!.getAttribute('lang') === 'en'))).toBe(true);
  await expect(page.locator('time[data-day]').first()).toHaveText(dayInSpanish((await page.locator('time[data-day]').first().getAttribute('datetime'))!));
});

test('in charts a name in Spanish is whole and ends before its numbers', async ({ page }, testInfo) => {
  const { out } = siteOf(testInfo.project.name);
  const pages: string[] = [];
  for (const name of await readdir(out, { recursive: true })) if (name.endsWith('index.html') && (await readFile(join(out, name), 'utf8')).includes('data-room=')) pages.push(name.replace(/index\.html$/, ''));
  expect(pages.length).toBeGreaterThan(0);
  for (const path of pages) {
    await page.goto(`${path}?lang=es`);
    await expect(language(page)).toHaveAttribute('lang', 'es');
    const rows = await page.locator('svg:has([data-room])').evaluateAll((charts) => charts.flatMap((chart) => {
      const [names, numbers] = ['[data-room] > text', '[data-room] + g > text'].map((selector) => [...chart.querySelectorAll(selector)]);
      return names!.map((name, index) => ({
        text: name.textContent,
        over: Math.max(...[name, ...name.children].map((line) => line.getBoundingClientRect().right)) - numbers![index]!.getBoundingClientRect().left,
      }));
    }));
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ text, over }) => over > 0 || text === ''), path).toEqual([]);
  }
});

test('what the search writes later is Spanish too, and letters are not', async ({ page }) => {
  await page.goto('search/?lang=es');
  await expect(language(page)).toHaveAttribute('lang', 'es');
  await page.getByLabel('Tratamiento, medicamento, parte del cuerpo o número de caso').fill('mri');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText(/^\d+ decisiones en \d+ casos?$/);
  const first = page.locator('[data-part="list"] article').first();
  await expect(first.locator('.outcome')).toHaveText(/^(?:Confirmada|Revocada): /);
  const requests = new Set(records.flatMap(({ decisions }) => decisions.map(({ request }) => request.replace(/\s+/g, ' '))));
  expect(requests.has((await first.locator('h3').textContent())!.trim())).toBe(true);
  await page.locator('[data-facet="outcome"]').getByLabel(/Revocada/).check();
  await expect(page.getByRole('group', { name: 'Filtros elegidos' })).toContainText('Resultado: Revocada: tratamiento aprobado');
});

for (const path of ['', 'search/?q=mri', 'glossary/', 'services/']) {
  test(`accessible in Spanish, legible at 320 pixels and with text twice as large: ${path || 'home'}`, async ({ page }) => {
    test.setTimeout(90_000);
    await page.addInitScript(() => localStorage.setItem('language', 'es'));
    await page.goto(path);
    await expect(language(page)).toHaveAttribute('lang', 'es');
    if (path.startsWith('search/')) await expect(page.getByRole('status')).toContainText('decisiones');
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 700 });
    // A style in the page is what its policy forbids.
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await expectNoSidewaysScroll(page);
  });
}

test('what the reader is looking at stays in its place when the language changes', async ({ page }) => {
  const { id, decisions } = largest();
  const anchor = `#decision-${decisions.length}`;
  await page.addInitScript(() => localStorage.setItem('language', 'es'));
  await page.goto(`${casePath(id)}${anchor}`);
  await expect(language(page)).toHaveAttribute('lang', 'es');
  await expect(page.locator(anchor)).toBeInViewport();
  // And where the reader is in the middle of the page when choosing.
  await page.addInitScript(() => localStorage.removeItem('language'));
  await page.goto(casePath(id));
  const letters = page.locator('[data-letter]:visible');
  const middle = letters.nth(Math.floor((await letters.count()) / 2));
  await middle.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const before = (await middle.boundingBox())!.y;
  await toSpanish(page).evaluate((link) => (link as HTMLElement).click());
  await expect(language(page)).toHaveAttribute('lang', 'es');
  expect(Math.abs((await middle.boundingBox())!.y - before)).toBeLessThan(60);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the switch leads to a page in Spanish with the glossary, and back', async ({ page }) => {
    await page.goto('about/');
    await toSpanish(page).click();
    await expect(language(page)).toHaveAttribute('lang', 'es');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('revisión médica independiente');
    await expect(page.getByText('administrador de reclamos').first()).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Principal' })).toContainText('Servicios');
    await page.getByRole('link', { name: 'English' }).click();
    await expect(language(page)).toHaveAttribute('lang', 'en');
  });

  test('a word that is explained is a link to its entry', async ({ page }) => {
    await page.goto('');
    await page.getByRole('main').getByRole('link', { name: 'independent medical review', exact: true }).click();
    await expect(page).toHaveURL(/glossary\/#independent-medical-review$/);
    await expect(page.locator('#independent-medical-review')).toBeInViewport();
  });
});

test('a word is explained by keyboard, below its paragraph, and closed again', async ({ page }) => {
  await page.goto('');
  const word = page.getByRole('main').getByRole('button', { name: 'independent medical review', exact: true });
  await expect(word).toHaveAttribute('aria-expanded', 'false');
  await word.focus();
  await page.keyboard.press('Space');
  await expect(word).toHaveAttribute('aria-expanded', 'true');
  const note = page.locator(`#${await word.getAttribute('aria-controls')}`);
  await expect(note).toContainText('A second look at a denied treatment');
  expect((await note.boundingBox())!.y).toBeGreaterThan((await word.boundingBox())!.y);
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await expect(note.getByRole('link')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(note).toHaveCount(0);
  await expect(word).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(word).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Enter');
  await expect(word).toHaveAttribute('aria-expanded', 'false');
});

test('each page explains a word once', async ({}, testInfo) => {
  const { out } = siteOf(testInfo.project.name);
  const twice: string[] = [];
  for (const name of (await readdir(out, { recursive: true })).filter((file) => file.endsWith('.html'))) {
    const explained = [...(await readFile(join(out, name), 'utf8')).matchAll(/<glossary-term data-term="([^"]+)"/g)].map(([, term]) => term!);
    twice.push(...explained.filter((term, index) => explained.indexOf(term) !== index).map((term) => `${name}: ${term}`));
  }
  expect(twice).toEqual([]);
});

for (const width of [390, 1280]) {
  test(`nothing moves while a page loads, ${width} pixels wide`, async ({ page }) => {
    test.setTimeout(60_000);
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // The numbers of a search come when it has searched. A thousandth is less than a pixel of a line.
    const pages: [path: string, most: number][] = [['', 0], [casePath(largest().id), 0], ['services/diagnostic-testing/', 0], ['statistics/', 0], ['about/', 0], ['glossary/', 0], ['search/', 0.05], ['search/?q=mri', 0.05], ['es/', 0.001]];
    for (const [path, most] of pages) {
      let moved = Infinity;
      // What a page does it does each time. On a busy machine the browser may stop reading in the middle of a page and show what it has so far.
      for (let load = 0; load < 3 && moved > most; load += 1) {
        await page.goto(path, { waitUntil: 'networkidle' });
        // Two frames, so that the last shift has been told.
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
        moved = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((sum, shift) => sum + shift, 0));
      }
      expect.soft(moved, `/${path}`).toBeLessThanOrEqual(most);
    }
  });
}
