/** A case that is opened from a list of results: its words marked, from match to match, and back. On whatever letters the site holds. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Decision, Determination } from '../../src/determinations/record.ts';
import { STORAGE_KEY } from '../../src/search/marks/remember.ts';
import type { RememberedSearch } from '../../src/search/marks/remember.ts';
import { casePath, decisionPath } from '../../src/urls.ts';
import { LOOKS, determinationsOf, expectAccessible, expectNoSidewaysScroll } from './expectations.ts';

/** In every collection of letters about injured workers, and its own stem. */
const COMMON = 'pain';

let records: Determination[] = [];
test.beforeEach(async ({}, testInfo) => {
  records = await determinationsOf(testInfo.project.name);
});

/** How often the word stands in texts; directly after itself counts as once. */
const times = (texts: readonly string[], word = COMMON): number => texts.join(' | ').match(new RegExp(`(?<![\\p{L}\\p{N}])${word}s?(?![\\p{L}\\p{N}])([\\s/-]+${word}(?![\\p{L}\\p{N}]))*`, 'giu'))?.length ?? 0;
const decisionTexts = ({ request, service, drugs = [], bodyParts = [], claimsAdministratorGuidelineText, reviewerGuidelineText, rationale }: Decision): string[] => [
  request,
  `${service.category}${service.category === service.subcategory ? '' : ` | ${service.subcategory}`}`,
  drugs.join(', '),
  bodyParts.join(', '),
  ...claimsAdministratorGuidelineText,
  ...reviewerGuidelineText,
  ...rationale,
];

/** The case with the fewest matches of those with several decisions that hold the word, the second of them more than once. */
const several = (): { record: Determination; counts: number[]; summary: number } => {
  const found = records
    .map((record) => ({ record, counts: record.decisions.map((decision) => times(decisionTexts(decision))), summary: times(record.clinicalSummary) }))
    .filter(({ counts, summary }) => counts.length > 1 && counts[0]! > 0 && counts[1]! > 1 && summary > 0)
    .sort((a, b) => total(a) - total(b))[0];
  if (!found) throw new Error(`no case with several decisions about ${COMMON}`);
  return found;
};

const total = ({ counts, summary }: { counts: number[]; summary: number }): number => counts.reduce((sum, number) => sum + number, summary);

const bar = (page: Page) => page.getByRole('region', { name: 'Words of your search' });
const place = (page: Page) => bar(page).getByRole('status');
const current = (page: Page) => page.locator('.search-mark--current');

/** Opens a decision as the list of results does, with a search of our own. */
async function openFromList(page: Page, record: Determination, decision: number, search: Partial<RememberedSearch> = {}): Promise<void> {
  await page.goto('search/');
  await page.evaluate(
    ({ key, path, decision, search }) => {
      const casePath = new URL(`../${path}`, location.href).pathname;
      localStorage.setItem(key, JSON.stringify([{ at: Date.now(), search: { casePath, decision, back: location.pathname, ...search } }]));
      location.assign(`${casePath}#decision-${decision}`);
    },
    { key: STORAGE_KEY, path: casePath(record.id), decision, search: { marks: [[COMMON]], query: COMMON, ...search } },
  );
  await page.waitForURL(/#decision-/);
}

const plural = (number: number): string => (number === 1 ? '1 match' : `${number} matches`);

test('a result opens at its decision, with its words marked, and leads back to the same place of the list', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 600 });
  await page.goto(`search/?q=${COMMON}&sort=oldest`);
  await page.getByRole('article').nth(9).scrollIntoViewIfNeeded();
  const link = page.getByRole('article').nth(9).getByRole('heading').getByRole('link');
  const list = page.url();
  const scroll = await page.evaluate(() => scrollY);
  expect(scroll).toBeGreaterThan(300);
  const target = await link.getAttribute('href');
  expect(target).toMatch(/\/cases\/[^?]+\/#decision-\d+$/);
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname + url.hash === target);
  await expect(bar(page)).toContainText(`of “${COMMON}” in this decision`);
  await expect(page.locator('section.decision:target mark').first()).toHaveText(new RegExp(`^${COMMON}`, 'i'));
  await page.keyboard.press('n');
  await expect(current(page).first()).toBeInViewport();
  expect(await current(page).first().evaluate((mark) => mark.closest('.decision')!.matches(':target'))).toBe(true);
  await bar(page).getByRole('link', { name: 'Back to results' }).click();
  await page.waitForURL(list);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(scroll);
});

for (const button of ['middle', 'left'] as const) {
  test(`a result opened in a new tab has its words marked too (${button} button)`, async ({ page, context }) => {
    await page.goto(`search/?q=${COMMON}`);
    const link = page.getByRole('article').first().getByRole('heading').getByRole('link');
    const opening = context.waitForEvent('page');
    await link.click({ button, ...(button === 'left' && { modifiers: ['ControlOrMeta'] }) });
    const tab = await opening;
    await expect(bar(tab)).toContainText(`of “${COMMON}”`);
    await tab.reload();
    await expect(bar(tab)).toContainText(`of “${COMMON}”`);
    await bar(tab).getByRole('link', { name: 'Back to results' }).click();
    await expect(tab).toHaveURL(new RegExp(`/search/\\?q=${COMMON}`));
    // And nothing is left behind.
    expect(await tab.evaluate((key) => localStorage.getItem(key), STORAGE_KEY)).toBeNull();
  });
}

test('a case that is opened from elsewhere loads nothing that marks', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(decisionPath(several().record.id, 1));
  await page.waitForLoadState('networkidle');
  await expect(page.locator('search-marks')).toBeHidden();
  expect(asked.filter((path) => /\/(?:element|highlight)\.[^/]*\.js$/.test(path))).toEqual([]);
});

test('without words to mark there is only the way back', async ({ page }) => {
  const { record } = several();
  await openFromList(page, record, 1, { marks: [], query: '' });
  await expect(bar(page).getByRole('link', { name: 'Back to results' })).toBeVisible();
  await expect(bar(page).getByRole('button')).toHaveCount(0);
  await expect(page.locator('mark')).toHaveCount(0);
});

test('words that the case does not hold are said', async ({ page }) => {
  await openFromList(page, several().record, 1, { marks: [['qqzzyx']], query: 'qqzzyx' });
  await expect(bar(page)).toContainText('No words of “qqzzyx” are in the text of this case.');
});

test('key by key from match to match: the opened decision, the others, the summary, and round again', async ({ page }) => {
  const { record, counts, summary } = several();
  await openFromList(page, record, 2);
  const all = total({ counts, summary });
  await expect(bar(page)).toContainText(`${plural(counts[1]!)} of “${COMMON}” in this decision, ${all - counts[1]!} elsewhere in this case`);
  await expect(place(page)).toBeEmpty();
  await expect(page.locator('mark')).toHaveCount(all);
  const order = [...counts.map((_count, index) => index).slice(1), 0];
  const steps = [...order.flatMap((index) => Array.from({ length: counts[index]! }, (_unused, at) => `${at + 1} of ${counts[index]} in ${index === 1 ? 'this decision' : `decision ${index + 1}`}`)), ...Array.from({ length: summary }, (_unused, at) => `${at + 1} of ${summary} in the clinical summary`)];
  const seen: string[] = [];
  for (const _step of steps) {
    await page.keyboard.press('n');
    seen.push((await place(page).textContent())!);
  }
  expect(seen).toEqual(steps);
  await expect(current(page)).toHaveCount(1);
  await expect(current(page)).toBeInViewport({ ratio: 1 });
  await expect(current(page)).toBeFocused();
  await page.keyboard.press('n');
  await expect(place(page)).toHaveText(steps[0]!);
  await page.keyboard.press('p');
  await expect(place(page)).toHaveText(steps.at(-1)!);
  await page.keyboard.press('p');
  await expect(place(page)).toHaveText(steps.at(-2)!);
});

test('the first step back goes to the last match; no match is under the bar', async ({ page }) => {
  const { record, summary } = several();
  await page.setViewportSize({ width: 320, height: 568 });
  await openFromList(page, record, 2);
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('p');
  await expect(place(page)).toHaveText(`${summary} of ${summary} in the clinical summary`);
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('n');
    await expect(async () => {
      const [mark, over] = [(await current(page).first().boundingBox())!, (await bar(page).boundingBox())!];
      expect(mark.y).toBeGreaterThanOrEqual(0);
      expect(mark.y + mark.height).toBeLessThanOrEqual(over.y);
    }).toPass();
  }
});

test('by buttons and keyboard alone: the focus stays, and the keys are named', async ({ page }) => {
  const { record, counts } = several();
  await openFromList(page, record, 2);
  const next = bar(page).getByRole('button', { name: 'Next match, key n' });
  await next.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await expect(place(page)).toHaveText(`2 of ${counts[1]} in this decision`);
  await expect(next).toBeFocused();
  await bar(page).getByRole('button', { name: 'Previous match, key p' }).click();
  await expect(place(page)).toHaveText(`1 of ${counts[1]} in this decision`);
});

test('what is typed into a field is typed, and keys with Ctrl stay the browser’s', async ({ page }) => {
  await openFromList(page, several().record, 2);
  await expect(bar(page)).toBeVisible();
  await page.getByRole('searchbox').first().pressSequentially('pain');
  await expect(page.getByRole('searchbox').first()).toHaveValue('pain');
  await expect(place(page)).toBeEmpty();
  await page.getByRole('searchbox').first().blur();
  await page.keyboard.press('Alt+n');
  await expect(place(page)).toBeEmpty();
});

test('marks change no text, and removing them leaves the page as it was, for good', async ({ page }) => {
  const { record } = several();
  const text = (): Promise<string> => page.locator('article.case').evaluate((article) => article.textContent!);
  const nodes = (): Promise<number> => page.locator('article.case').evaluate((article) => {
    const walker = document.createTreeWalker(article);
    let number = 0;
    while (walker.nextNode()) number += 1;
    return number;
  });
  await page.goto(decisionPath(record.id, 2));
  await expect(bar(page)).toBeHidden();
  await expect(page.locator('mark')).toHaveCount(0);
  const [plain, plainNodes] = [await text(), await nodes()];
  await openFromList(page, record, 2, { marks: [[COMMON], ['the'], ['and'], ['mri'], ['l5s1']] });
  await expect(bar(page)).toBeVisible();
  expect(await text()).toBe(plain);
  expect(await nodes()).toBeGreaterThan(plainNodes);
  await page.keyboard.press('n');
  await bar(page).getByRole('button', { name: 'Remove marks' }).click();
  await expect(bar(page)).toBeHidden();
  await expect(page.locator('mark')).toHaveCount(0);
  expect(await text()).toBe(plain);
  expect(await nodes()).toBe(plainNodes);
  await expect(page.locator('#decision-2')).toBeFocused();
  await page.keyboard.press('n');
  await page.reload();
  await expect(page.locator('h1')).toBeVisible();
  await expect(bar(page)).toBeHidden();
});

test('a reload and going back keep the marks; the way back survives links within the page', async ({ page }) => {
  const { record } = several();
  await openFromList(page, record, 2);
  await expect(bar(page)).toBeVisible();
  await page.reload();
  await expect(bar(page)).toBeVisible();
  await page.getByRole('navigation', { name: 'in this case' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/#decision-1$/);
  await page.reload();
  await expect(bar(page)).toBeVisible();
  await page.getByRole('link', { name: 'About' }).first().click();
  await page.waitForURL(/about/);
  await page.goBack();
  await expect(bar(page)).toBeVisible();
  await bar(page).getByRole('link', { name: 'Back to results' }).click();
  await expect(page).toHaveURL(/\/search\/$/);
});

test('nothing is marked for a reader who comes from elsewhere, or whose search was for another case', async ({ page }) => {
  const { record } = several();
  const other = records.find(({ id }) => id !== record.id)!;
  await openFromList(page, other, 1, { casePath: `/elsewhere/${casePath(record.id)}` });
  await expect(page.locator('h1')).toBeVisible();
  await expect(bar(page)).toBeHidden();
  // Handed over, but the case is then opened from the list of cases.
  await openFromList(page, record, 2);
  await expect(bar(page)).toBeVisible();
  await page.goto('about/');
  await page.evaluate((path) => location.assign(new URL(`../${path}`, location.href)), decisionPath(record.id, 2));
  await page.waitForURL(/#decision-2$/);
  await expect(page.locator('h1')).toBeVisible();
  await expect(bar(page)).toBeHidden();
});

test('a way back that leads elsewhere is not shown', async ({ page }) => {
  const { record } = several();
  for (const back of ['javascript:alert(1)', 'https://elsewhere.example/search/', '//elsewhere.example/search/', 'http://[']) {
    await openFromList(page, record, 2, { back });
    await expect(page.locator('h1')).toBeVisible();
    await expect(bar(page)).toBeHidden();
  }
});

test('hostile words are words', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await openFromList(page, several().record, 2, { query: '<img src=x onerror="window.hacked=1">'.repeat(20), marks: [[COMMON], ['__proto__'], ['constructor'], [], ['']] });
  await expect(bar(page)).toContainText('<img src=x');
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(failures).toEqual([]);
});

test('where the browser forbids storage the page is as without a search', async ({ page }) => {
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
    }),
  );
  await page.goto(`search/?q=${COMMON}`);
  await page.getByRole('article').first().getByRole('heading').getByRole('link').click();
  await page.waitForURL(/#decision-/);
  await expect(page.locator('section.decision:target')).toBeInViewport();
  await expect(bar(page)).toBeHidden();
  expect(failures).toEqual([]);
});

test('accessible in light and dark, and at 320 pixels', async ({ page }) => {
  test.slow();
  await openFromList(page, several().record, 2, { marks: [[COMMON], ['diagnost'], ['test'], ['pharmaceut'], ['the']] });
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('n');
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  }
  await expect(bar(page)).toBeInViewport({ ratio: 1 });
  expect((await bar(page).boundingBox())!.height).toBeLessThan(190);
});

test('the current match differs by more than colour, in forced colours too', async ({ page }) => {
  await openFromList(page, several().record, 2);
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('n');
  for (const forcedColors of ['none', 'active'] as const) {
    await page.emulateMedia({ forcedColors });
    const outline = (selector: string): Promise<string> => page.locator(selector).first().evaluate((mark) => getComputedStyle(mark).outlineStyle);
    expect(await outline('.search-mark--current')).toBe('solid');
    expect(await outline('.search-mark:not(.search-mark--current)')).toBe('none');
  }
});

test('on paper there are no marks and no bar', async ({ page }) => {
  await openFromList(page, several().record, 2);
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('n');
  await page.emulateMedia({ media: 'print' });
  await expect(bar(page)).toBeHidden();
  const looks = await page.locator('mark').evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark)).map(({ backgroundColor, textDecorationLine, outlineStyle }) => `${backgroundColor} ${textDecorationLine} ${outlineStyle}`));
  expect([...new Set(looks)]).toEqual(['rgba(0, 0, 0, 0) none none']);
});

test('nothing but its small script is downloaded for a reader without a search', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await page.goto(decisionPath(several().record.id, 2));
  await page.waitForLoadState('networkidle');
  expect(scripts.filter((address) => /highlight|stem|porter/i.test(address))).toEqual([]);
  await expect(page.locator('script:not([src]):not([type="application/ld+json"])')).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('there is no bar', async ({ page }) => {
    await page.goto(decisionPath(several().record.id, 2));
    await expect(bar(page)).toBeHidden();
    await expect(page.locator('search-marks')).toBeHidden();
  });
});
