/**
 * Ten tasks of the people whom this site is for, each from the home page, with a mouse on a wide screen and with a thumb on a phone. How long
 * a practised reader would take is counted (reader.ts).
 */
import { expect, test } from '@playwright/test';
import { serviceValue } from '../../src/determinations/record.ts';
import { count, numberText } from '../../src/words.ts';
import { clipboardText } from './expectations.ts';
import { Reader } from './reader.ts';
import { answered, checkbox, itemsOf, results, status, valuesOf } from './search-page.ts';
import type { Item } from './search-page.ts';

/** Seconds. */
const MINUTE = 60;
let items: Item[] = [];
test.beforeEach(async ({}, testInfo) => {
  items = await itemsOf(testInfo);
});

const overturned = ({ decision }: Item): boolean => decision.outcome === 'overturned';
const drugOf = ({ decision }: Item): string[] => decision.drugs ?? [];
const decisionsOf = (found: readonly Item[]): string => count(found.length, 'decision');
/** The value that most decisions have. */
function most(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
}

const TASKS: { who: string; wants: string; does: (reader: Reader) => Promise<void> }[] = [
  {
    who: 'an attorney of a worker',
    wants: 'a precedent in which an MRI was approved, at the words that say why',
    async does(reader) {
      await reader.search('MRI');
      await answered(reader.page);
      await reader.tick(checkbox(reader.page, 'outcome', 'overturned'));
      reader.read(2);
      await reader.click(results(reader.page).first().getByRole('heading').getByRole('link'));
      await expect(reader.page).toHaveURL(/\/cases\/.+#decision-\d+$/);
      await expect(reader.page.locator('.search-mark, mark').first()).toBeAttached();
      await expect(reader.page.locator(`[id="${new URL(reader.page.url()).hash.slice(1)}"]`)).toContainText('Overturned');
      reader.read(2);
    },
  },
  {
    who: 'an attorney of a worker',
    wants: 'the citation of one decision, to paste into a brief',
    async does(reader) {
      const { record } = items.find(({ record: { caseNumber, decisions } }) => caseNumber !== undefined && decisions.length > 1)!;
      await reader.search(record.caseNumber!);
      await expect(reader.page).toHaveURL(/\/cases\//);
      const second = reader.page.locator('#decision-2');
      await reader.click(second.locator('summary').filter({ hasText: 'Cite' }));
      await reader.click(second.getByRole('button', { name: /copy/i }));
      const copied = await clipboardText(reader.page);
      expect(copied).toContain(`IMR Case No. ${record.caseNumber}, Decision 2`);
      expect(copied).toContain('#decision-2');
    },
  },
  {
    who: 'an attorney of an insurer',
    wants: 'the upheld decisions on one service under one guideline, and how many there are',
    async does(reader) {
      const upheld = items.filter((item) => !overturned(item));
      const service = most(upheld.map((item) => valuesOf(item, 'service')[0]!));
      const guideline = most(upheld.filter((item) => valuesOf(item, 'service').includes(service)).flatMap((item) => valuesOf(item, 'guideline').slice(0, 1)));
      await reader.click(reader.page.getByRole('main').getByRole('link', { name: service, exact: true }).first());
      await reader.click(reader.page.getByRole('link', { name: /^Search within these/ }));
      await answered(reader.page);
      await reader.tick(checkbox(reader.page, 'outcome', 'upheld'));
      await reader.tick(checkbox(reader.page, 'guideline', guideline));
      await expect(status(reader.page)).toContainText(decisionsOf(upheld.filter((item) => valuesOf(item, 'service').includes(service) && valuesOf(item, 'guideline').includes(guideline))));
      reader.read(2);
    },
  },
  {
    who: 'an attorney of an insurer',
    wants: 'a case whose number stands in a letter',
    async does(reader) {
      const { record } = items.findLast(({ record: { caseNumber } }) => caseNumber !== undefined)!;
      await reader.search(record.caseNumber!.toLowerCase().replace('-', ' '));
      await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText(record.caseNumber!);
      reader.read();
    },
  },
  {
    who: 'an adjuster',
    wants: 'how often the denial of a service is overturned, with the base',
    async does(reader) {
      const service = most(items.map(({ decision }) => serviceValue(decision.service)));
      const found = items.filter((item) => valuesOf(item, 'service').includes(service));
      await reader.click(reader.page.getByRole('main').getByRole('link', { name: service.split(' > ')[1]!, exact: true }).first());
      await expect(reader.page.locator('.split dd')).toHaveText([found.length, found.filter(overturned).length, found.length - found.filter(overturned).length].map(numberText));
      reader.read(2);
    },
  },
  {
    who: 'an adjuster',
    wants: 'the decisions about a drug as a table, the newest first',
    async does(reader) {
      const drug = most(items.flatMap(drugOf));
      await reader.search(`drug:${drug}`);
      await answered(reader.page);
      await expect(status(reader.page)).toContainText(decisionsOf(items.filter((item) => drugOf(item).includes(drug))));
      await reader.page.getByLabel('Sort by').selectOption('newest');
      await answered(reader.page);
      const download = reader.page.waitForEvent('download');
      await reader.click(reader.page.getByRole('button', { name: /CSV/ }));
      expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    },
  },
  {
    who: 'a physician',
    wants: 'what reviewers wrote where a treatment like hers was approved',
    async does(reader) {
      const category = most(items.filter(overturned).map(({ decision }) => decision.service.category));
      await reader.click(reader.page.getByRole('main').getByRole('link', { name: category, exact: true }).first());
      await reader.click(reader.page.getByRole('link', { name: 'What the reviewers wrote' }));
      await expect(reader.page.locator('blockquote').first()).toBeInViewport();
      reader.read(2);
    },
  },
  {
    who: 'a physician',
    wants: 'the reasons that speak of functional improvement, in the reviewers’ words',
    async does(reader) {
      await reader.search('rationale:"functional improvement"');
      await answered(reader.page);
      await expect(results(reader.page).first().locator('.result__excerpt')).toContainText(/Rationale: .*functional improvement/i);
      reader.read(3);
    },
  },
  {
    who: 'a worker',
    wants: 'why a treatment like theirs was denied, asked in plain words',
    async does(reader) {
      await reader.search('why was my physical therapy denied');
      await answered(reader.page);
      await expect(results(reader.page).first().getByRole('heading').getByRole('link')).toBeVisible();
      await expect(reader.page.locator('[data-part="understood"]')).toContainText(/physical therapy/i);
      await expect(results(reader.page).first()).toContainText('Upheld');
      reader.read(2);
    },
  },
  {
    who: 'a worker',
    wants: 'in Spanish, what it means that a denial was overturned',
    async does(reader) {
      await reader.click(reader.page.getByRole('link', { name: 'Español' }));
      await expect(reader.page.locator('html')).toHaveAttribute('lang', 'es');
      await reader.click(reader.page.locator('glossary-term[data-term="overturned"] a'));
      await expect(reader.page.locator('#term-overturned')).toContainText(/tratamiento/);
      reader.read();
    },
  },
];

for (const [screen, viewport] of Object.entries({ 'a wide screen': { width: 1280, height: 800 }, 'a phone': { width: 390, height: 844 } })) {
  test.describe(`on ${screen}`, () => {
    test.use({ viewport, permissions: ['clipboard-write'] });
    for (const { who, wants, does } of TASKS) {
      test(`in a minute, ${who} gets ${wants}`, async ({ page }) => {
        await page.goto('');
        const reader = new Reader(page, viewport.width < 600);
        await does(reader);
        reader.done(MINUTE);
      });
    }
  });
}
