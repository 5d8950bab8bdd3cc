/** Similar decisions on the page of a case, and two decisions side by side: from any two results, from a case, from a service, and from an address. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { criterionRows, comparedOf, factRows } from '../../src/compare/compare.ts';
import type { Compared } from '../../src/compare/compare.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { serviceValue } from '../../src/determinations/record.ts';
import { differenceOf, mostShown, shownSentence } from '../../src/similar/difference.ts';
import { findSimilar } from '../../src/similar/find.ts';
import { casePath, comparePath } from '../../src/urls.ts';
import { messagesOfPage, namesOf, readSpanish, untranslated } from '../support/own-words.ts';
import { clipboardText, determinationsOf, expectAccessible, expectNoSidewaysScroll } from './expectations.ts';
import { open, results } from './search-page.ts';
import { SAMPLE } from './sites.ts';

let records: Determination[] = [];
let violations: string[] = [];
test.beforeEach(async ({ page }, testInfo) => {
  records = await determinationsOf(testInfo.project.name);
  violations = [];
  page.on('console', (message) => void (/policy|trusted/i.test(message.text()) && violations.push(message.text())));
  page.on('pageerror', (error) => violations.push(error.message));
});
test.afterEach(() => expect(violations).toEqual([]));
const onSample = (): void => test.skip(test.info().project.name !== SAMPLE.name, 'it does the same whatever the letters say');

/** Each decision of the site with the most alike that came out the other way, those alike at all, as many as its page shows. */
function alike(): { own: Compared; others: Compared[] }[] {
  const table = findSimilar(records);
  const byName = new Map(records.flatMap((record) => record.decisions.map((_decision, index) => [`${record.id}.${index + 1}`, comparedOf({ ...record, decisions: record.decisions }, index + 1)!])));
  const sizes = new Map(records.map(({ id, decisions }) => [id, decisions.length]));
  return table.decisions.flatMap((name, row) => {
    const most = mostShown(sizes.get(byName.get(name)!.caseId)!).opposite;
    const others = table.opposite[row]!.flatMap((place, index) => (index % 2 === 0 ? [byName.get(table.decisions[place]!)!] : [])).slice(0, most);
    return others.length > 0 ? [{ own: byName.get(name)!, others }] : [];
  });
}

/** Two alike decisions that weigh one criterion differently, where there are such. */
function pair(): [Compared, Compared] {
  const pairs = alike().flatMap(({ own, others }) => others.map((other): [Compared, Compared] => [own, other]));
  return pairs.find(([a, b]) => criterionRows(a, b).some(({ relation }) => relation === 'opposite')) ?? pairs[0]!;
}

const name = ({ caseId, number }: Compared): { id: string; number: number } => ({ id: caseId, number });
const heads = (page: Page): Locator => page.locator('.compare__head');
const row = (page: Page, label: string): Locator => page.locator('.compare__row').filter({ has: page.getByRole('heading', { name: label, exact: true }) });
const letterWords = (texts: readonly string[]): string[] => texts.map((text) => text.replace(/\s+/g, ' '));

async function expectCompared(page: Page, a: Compared, b: Compared): Promise<void> {
  await expect(heads(page)).toHaveCount(2);
  expect(await heads(page).locator('h2').allTextContents()).toEqual([a.decision.request, b.decision.request]);
}

test('two decisions stand side by side with what differs in words', async ({ page }) => {
  const [a, b] = pair();
  await page.goto(comparePath(name(a), name(b)));
  await expectCompared(page, a, b);
  await expect(page).toHaveTitle(new RegExp(`${a.caseId}.*${b.caseId}`));
  for (const { label, a: one, b: other, relation } of factRows(a, b)) {
    const fact = row(page, label);
    await expect(fact.locator('.compare__relation')).toHaveText({ same: 'Same', partly: 'Partly the same', differs: 'Differs', unstated: 'Stated in neither' }[relation]);
    expect(await fact.locator('.compare__side').nth(0).locator('li').allTextContents()).toEqual(one);
    expect(await fact.locator('.compare__side').nth(1).locator('li').allTextContents()).toEqual(other);
  }
  await expect(row(page, 'Outcome').locator('.compare__relation')).toHaveText('Differs');
  const shown = await page.locator('[data-part="reasons"] blockquote').allTextContents();
  expect(shown.sort()).toEqual([...a.reasons, ...b.reasons].map(({ sentence }) => sentence).sort());
  for (const [index, side] of [a, b].entries()) expect(letterWords(await page.locator('[data-part="rationales"] .letter-words').nth(index).locator('p').allTextContents())).toEqual(letterWords(side.decision.rationale));
  const [left, right] = [await heads(page).nth(0).boundingBox(), await heads(page).nth(1).boundingBox()];
  expect(left!.y).toBe(right!.y);
  await expectAccessible(page);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('status')).toHaveText('Link copied.');
  expect(await clipboardText(page)).toBe(page.url());
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await expectCompared(page, b, a);
  await page.reload();
  await expectCompared(page, b, a);
  for (const index of [0, 1]) await heads(page).nth(index).getByRole('button', { name: /^Save/ }).click();
  await page.getByRole('link', { name: '2 decisions in your research folder' }).click();
  await expect(page.locator('article.kept')).toHaveCount(2);
});

test('a case shows its similar decisions, those that came out the other way first, and leads to the comparison', async ({ page }) => {
  const found = alike();
  const { own, others } = found.find(({ others }) => others.length > 1) ?? found[0]!;
  await page.goto(casePath(own.caseId));
  const similar = page.locator(`#decision-${own.number} .similar`);
  await expect(similar.locator('details').first()).toHaveAttribute('open');
  const items = similar.locator('details').first().locator('li');
  await expect(items).toHaveCount(others.length);
  for (const [index, other] of others.entries()) {
    const item = items.nth(index);
    await expect(item.locator('.similar__foot')).toContainText(other.caseNumber ?? other.caseId);
    const difference = differenceOf({ ...own.decision, reasons: own.reasons }, { ...other.decision, reasons: other.reasons });
    if (difference) await expect(item.locator('blockquote')).toHaveText(shownSentence(difference.sentence));
  }
  await expect(similar.locator('summary').first()).toContainText(own.decision.outcome === 'upheld' ? 'overturned' : 'upheld');
  await items.first().getByRole('link', { name: /^Compare/ }).click();
  await expectCompared(page, own, others[0]!);
  await page.goBack();
  await page.emulateMedia({ media: 'print' });
  await expect(similar).toBeHidden();
});

test('a service offers two alike decisions that came out differently', async ({ page }) => {
  const [a, b] = pair();
  expect(serviceValue(a.decision.service)).toBeTruthy();
  await page.goto('services/');
  const [category] = serviceValue(a.decision.service).split(' > ');
  await page.getByRole('main').getByRole('link', { name: category!, exact: true }).first().click();
  const offered = page.getByRole('region', { name: 'Alike, and decided differently' });
  const requests = await offered.locator('li a').allTextContents();
  await expect(offered).toContainText('Overturned');
  await expect(offered).toContainText('Upheld');
  await offered.getByRole('link', { name: 'Compare these two' }).click();
  await expect(heads(page)).toHaveCount(2);
  if (requests.every((request) => request.length < 150)) expect(await heads(page).locator('h2').allTextContents()).toEqual(requests);
  await expect(heads(page).nth(0)).toContainText('Overturned');
  await expect(heads(page).nth(1)).toContainText('Upheld');
  expect(b.caseId).not.toBe('');
});

test('any two results are compared by keyboard, over two searches', async ({ page }) => {
  await open(page, '');
  const requests = await results(page).locator('h3').allTextContents();
  const compare = (index: number): Locator => results(page).nth(index).getByRole('button', { name: 'Compare' });
  await compare(0).press('Enter');
  await expect(results(page).nth(0)).toContainText('Chosen. Press “Compare” at another decision');
  await expect(compare(0)).toHaveAttribute('aria-pressed', 'true');
  await expect(compare(0)).toBeFocused();
  await compare(0).press('Enter');
  await expect(results(page).nth(0)).toContainText('Not chosen any more.');
  await compare(1).press('Enter');
  await expect(results(page).nth(1)).toContainText('Chosen.');
  await open(page, '?outcome=overturned');
  const last = (await results(page).count()) - 1;
  const second = await results(page).nth(last).locator('h3').textContent();
  await compare(last).press('Space');
  await expect(heads(page)).toHaveCount(2);
  expect(await heads(page).locator('h2').allTextContents()).toEqual([requests[1], second]);
});

test('what the address does not name, or names wrongly, is said, and the second is asked for', async ({ page }) => {
  onSample();
  const [a] = pair();
  await page.goto('compare/');
  await expect(page.getByText('Choose two decisions.')).toBeVisible();
  await page.goto(comparePath(name(a)));
  await expect(page.getByText('Choose the second decision.')).toBeVisible();
  await expect(heads(page)).toHaveCount(1);
  // It waits for the next that is chosen, in results of the same service.
  await page.getByRole('link', { name: 'Search decisions on the same service' }).click();
  const other = results(page).filter({ hasNotText: a.caseId }).first();
  const request = await other.locator('h3').textContent();
  await other.getByRole('button', { name: 'Compare' }).click();
  await expect(heads(page)).toHaveCount(2);
  expect(await heads(page).locator('h2').allTextContents()).toEqual([a.decision.request, request]);

  const own = encodeURIComponent(`${a.caseId}.${a.number}`);
  for (const [b, said] of [
    ['CM00-9999999.1', 'is not on this site'], [`${a.caseId}.99`, 'has no decision 99'], ['nonsense', 'is no decision'], ['..%2F..%2Fabout.1', 'is no decision'], ['%3Cimg src=x onerror=alert(1)%3E.1', 'is no decision'], [own, 'names the same decision twice'],
  ] as const) {
    await page.goto(`compare/?a=${own}&b=${b}`);
    await expect(page.locator('[data-part="ask"]')).toContainText(said);
    await expect(heads(page)).toHaveCount(1);
  }
  // The one that is right may stand on either side.
  await page.goto(`compare/?a=nonsense&b=${own.toLowerCase()}`);
  await expect(heads(page).locator('h2')).toHaveText(a.decision.request);
});

test('what cannot be loaded is said, and can be tried again', async ({ page }) => {
  onSample();
  const [a, b] = pair();
  await page.route('**/case.json', (route) => route.abort());
  await page.goto(comparePath(name(a), name(b)));
  await expect(page.getByRole('status')).toContainText('could not be loaded');
  await page.unroute('**/case.json');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expectCompared(page, a, b);
});

test('on a phone one stands below the other, accessible in the dark, and in Spanish', async ({ page }) => {
  const [a, b] = pair();
  await page.setViewportSize({ width: 390, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(comparePath(name(a), name(b)));
  await expectCompared(page, a, b);
  const [first, second] = [await heads(page).nth(0).boundingBox(), await heads(page).nth(1).boundingBox()];
  expect(second!.y).toBeGreaterThan(first!.y + first!.height - 1);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  const { dictionary } = await readSpanish();
  const names = namesOf(records);
  const missing = async (): Promise<string[]> => messagesOfPage(await page.locator('main').evaluate((main) => main.outerHTML)).flatMap((text) => untranslated(text, dictionary, names));
  expect(await missing()).toEqual([]);
  await page.goto(comparePath(name(a)));
  await expect(page.getByText('Choose the second decision.')).toBeVisible();
  expect(await missing()).toEqual([]);
  await page.goto(`${comparePath(name(a))}&b=nonsense`);
  await expect(page.getByText('is no decision')).toBeVisible();
  expect(await missing()).toEqual([]);
  await page.goto(`${comparePath(name(a), name(b))}&lang=es`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Comparar dos decisiones');
  await expect(row(page, 'Resultado').locator('.compare__relation')).toHaveText('Distinto');
  expect(await heads(page).locator('h2').allTextContents()).toEqual([a.decision.request, b.decision.request]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says what it needs, and cases show their similar decisions all the same', async ({ page }) => {
    onSample();
    const { own, others } = alike()[0]!;
    await page.goto('compare/');
    await expect(page.locator('noscript').getByRole('link', { name: 'services' })).toBeVisible();
    await expect(page.locator('noscript p')).toContainText('Comparing needs JavaScript');
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
    await page.goto(casePath(own.caseId));
    await expect(page.locator(`#decision-${own.number} .similar details`).first().locator('li')).toHaveCount(others.length);
  });
});
