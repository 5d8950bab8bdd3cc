/** What the browser tests share: the letters behind a site, and what must hold on every page. */
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Determination } from '../../src/determinations/record.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { siteOf } from './sites.ts';

const collections = new Map<string, Promise<Determination[]>>();

/** All determinations of the site that a Playwright project tests, in the order of their files. */
export function determinationsOf(projectName: string): Promise<Determination[]> {
  const { content } = siteOf(projectName);
  const known = collections.get(content) ?? listDeterminationFiles(content).then((files) => Promise.all(files.map((file) => readDetermination(content, file))));
  collections.set(content, known);
  return known;
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Nothing is wider than the screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}
