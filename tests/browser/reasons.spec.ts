/** The reasons of reviewers on pages and in search, against the determinations themselves: counted again, and every quoted sentence looked up in its rationale. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Decision, Determination } from '../../src/determinations/record.ts';
import { facetValues } from '../../src/facet-values.ts';
import { facet } from '../../src/facets.ts';
import { FEWEST_FOR_SHARE } from '../../src/outcomes.ts';
import { KINDS, REASON_KINDS, SIDE_NAMES, reasonValue } from '../../src/reasons/kinds.ts';
import type { ReasonKind, ReasonSide } from '../../src/reasons/kinds.ts';
import { casePath, decisionAnchor, decisionPath } from '../../src/urls.ts';
import { LOOKS, determinationsOf, expectAccessible, expectNoSidewaysScroll } from './expectations.ts';
import { answered } from './search-page.ts';

interface Row {
  record: Determination;
  decision: Decision;
  number: number;
  kinds: Set<ReasonKind>;
}
let rows: Row[] = [];
let records: Determination[] = [];
test.beforeEach(async ({}, testInfo) => {
  records = await determinationsOf(testInfo.project.name);
  rows = records.flatMap((record) => record.decisions.map((decision, index) => ({ record, decision, number: index + 1, kinds: new Set(decision.reasons!.map(({ kind }) => kind)) })));
});

/** As a browser shows it. */
const shown = (text: string) => text.replace(/\s+/g, ' ').trim();
const numbersIn = (text: string) => (text.match(/\d[\d,]*/g) ?? []).map((number) => Number(number.replaceAll(',', '')));
const richest = () => records.reduce((most, record) => (kindsOf(record) > kindsOf(most) ? record : most));
const kindsOf = (record: Determination) => new Set(record.decisions.flatMap(({ reasons }) => reasons!.map(({ kind }) => kind))).size;

/** The value of a facet that most decisions have, with those decisions. */
function commonest(name: 'service' | 'guideline'): { value: string; own: Row[] } {
  const found = new Map<string, Row[]>();
  for (const row of rows) for (const value of facetValues(facet(name), row.record, row.decision)) found.set(value, [...(found.get(value) ?? []), row]);
  const [value, own] = [...found].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))[0]!;
  return { value, own };
}

/** Opens the page of a value from the list of its facet. */
async function open(page: Page, name: 'service' | 'guideline', value: string): Promise<void> {
  await page.goto(`${facet(name).folder}/`);
  const label = value.split(' > ').at(-1)!;
  const main = page.getByRole('main');
  await main.getByRole('heading', { level: 2 }).or(main.locator('table')).getByRole('link', { name: label, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(label);
}

test('a decision names each of its kinds once, below its side, and quotes the rationale', async ({ page }) => {
  const record = richest();
  expect(kindsOf(record)).toBeGreaterThan(1);
  await page.goto(casePath(record.id));
  for (const [index, { reasons, rationale }] of record.decisions.entries()) {
    const section = page.locator(`#${decisionAnchor(index + 1)} .decision__reasons`);
    const kinds = new Set(reasons!.map(({ kind }) => kind));
    await expect(section).toHaveCount(kinds.size > 0 ? 1 : 0);
    if (kinds.size === 0) continue;
    for (const side of Object.keys(SIDE_NAMES) as ReasonSide[]) {
      const ofSide = [...kinds].filter((kind) => KINDS[kind].side === side);
      const group = section.locator('.reasons').filter({ has: page.locator('.reasons__side').getByText(SIDE_NAMES[side], { exact: true }) });
      await expect(group).toHaveCount(ofSide.length > 0 ? 1 : 0);
      expect((await group.getByRole('link').allTextContents()).sort()).toEqual(ofSide.map((kind) => KINDS[kind].name).sort());
    }
    for (const item of await section.getByRole('listitem').all()) {
      const quoted = shown((await item.locator('blockquote').textContent())!);
      expect(shown(rationale.join(' '))).toContain(quoted);
      for (const name of await item.getByRole('link').allTextContents()) {
        expect(reasons!.filter(({ sentence }) => shown(sentence) === quoted).map(({ kind }) => KINDS[kind].name)).toContain(name);
      }
    }
    await expect(section).toContainText('Not every reason is found');
  }
});

test('a reason leads to all decisions that have it, in the reviewers’ words, without a share that would pass for a chance', async ({ page }) => {
  const kind = REASON_KINDS.filter((candidate) => rows.some(({ kinds }) => kinds.has(candidate))).sort((a, b) => rows.filter(({ kinds }) => kinds.has(b)).length - rows.filter(({ kinds }) => kinds.has(a)).length)[0]!;
  const own = rows.filter(({ kinds }) => kinds.has(kind));
  const { record } = own[0]!;
  await page.goto(casePath(record.id));
  await page.locator('.decision__reasons').getByRole('link', { name: KINDS[kind].name, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(KINDS[kind].name);
  await expect(page.locator('.lead')).toHaveText(KINDS[kind].says);
  await expect(page.locator('.split dd').first()).toHaveText(String(own.length));
  await expect(page.locator('.split')).toContainText('say nothing about the chances');
  await expect(page.locator('.split')).not.toContainText('%');
  for (const outcome of ['upheld', 'overturned'] as const) {
    const said = own.filter(({ decision }) => decision.outcome === outcome);
    await expectWords(page.locator(`.words-${outcome}`), said, kind);
  }
});

/** Words of a kind stand in the rationales that they link to, and those that are left out are counted. */
async function expectWords(part: Locator, own: readonly Row[], kind: ReasonKind): Promise<void> {
  await expect(part).toHaveCount(own.length > 0 ? 1 : 0);
  if (own.length === 0) return;
  const linked: string[] = [];
  for (const item of await part.locator('.quotes > li').all()) {
    const quoted = shown((await item.locator('blockquote').textContent())!).replace(/ …$/, '');
    const targets = await item.getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href.replace(/^.*\/(?=cases\/)/, '')));
    expect(targets.length).toBeGreaterThan(0);
    for (const [index, target] of targets.entries()) {
      const row = own.find(({ record, number }) => decisionPath(record.id, number) === target);
      expect(row, `${target} has ${kind}`).toBeDefined();
      if (index === 0) expect(shown(row!.decision.rationale.join(' '))).toContain(quoted);
      linked.push(target);
    }
  }
  expect(new Set(linked).size).toBe(linked.length);
  const rest = part.getByRole('link', { name: /^All .* in search$/ });
  if (linked.length === own.length) await expect(rest).toHaveCount(0);
  else {
    expect(numbersIn((await part.locator('> .hint').textContent())!).slice(0, 2)).toEqual([linked.length, own.length]);
    await expect(rest).toHaveText(`All ${own.length.toLocaleString('en-US')} in search`);
  }
}

for (const name of ['service', 'guideline'] as const) {
  test(`${name}: the ledger’s counts are those of a count over the letters, and each leads to its words`, async ({ page }) => {
    test.setTimeout(90_000);
    const { value, own } = commonest(name);
    await open(page, name, value);
    const path = new URL(page.url()).pathname;
    const bases = { upheld: own.filter(({ decision }) => decision.outcome === 'upheld').length, overturned: own.filter(({ decision }) => decision.outcome === 'overturned').length };
    const links = await page.locator('.ledger tbody tr').evaluateAll((found) =>
      found.flatMap((row) => [...row.querySelectorAll('td')].flatMap((cell, column) => [...cell.querySelectorAll('a')].map((link) => ({ criterion: row.querySelector('th')!.textContent!, column, named: cell.colSpan > 1, words: link.textContent!, href: link.getAttribute('href')! })))),
    );
    const section = page.locator('section:has(> .ledger)');
    const found = own.filter(({ kinds }) => kinds.size > 0).length;
    await expect(section).toContainText(`reasons were found in ${found} of ${own.length} decision`);
    await expect(section.getByText('Caution')).toHaveCount(Object.values(bases).some((base) => base > 0 && base < FEWEST_FOR_SHARE) ? 1 : 0);
    // Every criterion, side and outcome that occurs stands there, with its number and its base.
    const expected = [...new Set(REASON_KINDS.map((kind) => `${KINDS[kind].criterion}\n${KINDS[kind].side}`))].flatMap((key) => {
      const [criterion, side] = key.split('\n') as [string, ReasonSide];
      return (['upheld', 'overturned'] as const).flatMap((outcome) => {
        const having = own.filter(({ decision, kinds }) => decision.outcome === outcome && [...kinds].some((kind) => KINDS[kind].criterion === criterion && KINDS[kind].side === side)).length;
        return having === 0 ? [] : [`${criterion}: ${side}: ${having} of ${bases[outcome]} ${outcome}`];
      });
    });
    const side = ({ named, column }: (typeof links)[number]): ReasonSide => (named ? 'neither' : column === 0 ? 'not met' : 'met');
    expect(links.map((link) => `${link.criterion[0]!.toLowerCase()}${link.criterion.slice(1)}: ${side(link)}: ${link.words.replace(/ \(\d+%\)/, '')}`).sort()).toEqual(expected.sort());
    for (const { words } of links) expect(/\(\d+%\)/.test(words)).toBe(numbersIn(words)[1]! >= FEWEST_FOR_SHARE);
    // And where it leads there are its words.
    await page.getByRole('link', { name: 'Read the reviewers’ words on each' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Reasons: ${value.split(' > ').at(-1)!}`);
    const reasonsPath = new URL(page.url()).pathname;
    expect(reasonsPath).toBe(`${path}reasons/`);
    for (const { href } of links) {
      const [to, anchor] = href.split('#');
      expect(to).toBe(reasonsPath);
      await expect(page.locator(`[id="${anchor}"]`)).toBeVisible();
    }
    for (const kind of REASON_KINDS) {
      for (const outcome of ['upheld', 'overturned'] as const) {
        const said = own.filter(({ decision, kinds }) => decision.outcome === outcome && kinds.has(kind));
        const part = page.locator(`.words-${outcome}:has(> [id="${kind}-${outcome}"])`);
        await expectWords(part, said, kind);
        if (said.length > 0) expect(numbersIn((await part.getByRole('heading').textContent())!).slice(0, 2)).toEqual([said.length, bases[outcome]]);
      }
    }
  });
}

test('where not all words stand on the page, the search has all of them', async ({ page }) => {
  const { value, own } = commonest('guideline');
  await open(page, 'guideline', value);
  await page.getByRole('link', { name: 'Read the reviewers’ words on each' }).click();
  const part = page.locator('[class^="words-"]').filter({ has: page.getByRole('link', { name: /in search$/ }) }).first();
  const id = (await part.getByRole('heading').getAttribute('id'))!;
  const kind = REASON_KINDS.find((candidate) => id === `${candidate}-upheld` || id === `${candidate}-overturned`)!;
  const said = own.filter(({ decision, kinds }) => kinds.has(kind) && id.endsWith(decision.outcome));
  await part.getByRole('link', { name: /in search$/ }).click();
  await answered(page);
  expect(numbersIn((await page.getByRole('status').first().textContent())!)[0]).toBe(said.length);
});

test('the search finds decisions by their reason, with counts and its ancestors', async ({ page }) => {
  const kind = REASON_KINDS.filter((candidate) => rows.some(({ kinds }) => kinds.has(candidate)))[0]!;
  const own = rows.filter(({ kinds }) => kinds.has(kind));
  const ofSide = rows.filter(({ kinds }) => [...kinds].some((other) => KINDS[other].side === KINDS[kind].side));
  await page.goto(`search/?${new URLSearchParams({ reason: reasonValue(kind) })}`);
  await answered(page);
  expect(numbersIn((await page.getByRole('status').first().textContent())!)[0]).toBe(own.length);
  await page.goto(`search/?${new URLSearchParams({ reason: SIDE_NAMES[KINDS[kind].side] })}`);
  await answered(page);
  expect(numbersIn((await page.getByRole('status').first().textContent())!)[0]).toBe(ofSide.length);
});

test('values without any reason have no ledger', async ({ page, request }) => {
  const without = [...new Set(rows.flatMap(({ record, decision }) => facetValues(facet('service'), record, decision)))].filter((value) => rows.every(({ record, decision, kinds }) => kinds.size === 0 || !facetValues(facet('service'), record, decision).includes(value)));
  test.skip(without.length === 0, 'every service has reasons here');
  await open(page, 'service', without[0]!);
  await expect(page.locator('.ledger')).toHaveCount(0);
  expect((await request.get(`${page.url()}reasons/`)).status()).toBe(404);
});

test('on paper a decision has the names of its reasons, and their sentences in the rationale alone', async ({ page }) => {
  await page.goto(casePath(richest().id));
  await page.emulateMedia({ media: 'print' });
  const section = page.locator('.decision__reasons').first();
  await expect(section.locator('.reasons__kinds').first()).toBeVisible();
  await expect(section.locator('blockquote').first()).toBeHidden();
});

test('in Spanish names are translated, and the words of letters are not', async ({ page }) => {
  const { record, number } = rows.find(({ kinds }) => kinds.size > 0)!;
  await page.goto(`${casePath(record.id)}?lang=es`);
  const section = page.locator(`#${decisionAnchor(number)} .decision__reasons`);
  await expect(section.getByRole('heading')).toHaveText('Motivos en la justificación, clasificados por reglas');
  for (const item of await section.getByRole('listitem').all()) {
    const quoted = shown((await item.locator('blockquote').textContent())!);
    expect(shown(record.decisions[number - 1]!.rationale.join(' '))).toContain(quoted);
    for (const name of await item.getByRole('link').allTextContents()) expect(Object.values(KINDS).map((kind) => kind.name as string)).not.toContain(name);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('from a count to its words and to the decision', async ({ page }) => {
    const { value } = commonest('service');
    await open(page, 'service', value);
    await page.locator('.ledger').first().getByRole('link').first().click();
    await expect(page).toHaveURL(/\/reasons\/#/);
    await page.locator('.quotes a').first().click();
    await expect(page).toHaveURL(/\/cases\/.*#decision-\d+$/);
  });
});

test('accessible with all that is folded open, and no wider than a phone', async ({ page }) => {
  test.setTimeout(90_000);
  const { value } = commonest('guideline');
  await page.setViewportSize({ width: 320, height: 800 });
  await open(page, 'guideline', value);
  for (const address of [page.url(), `${page.url()}reasons/`]) {
    await page.goto(address);
    for (const { colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    }
  }
});
