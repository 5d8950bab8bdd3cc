/** What the browser tests share: the letters behind a site, and what must hold on every page. */
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Determination } from '../../src/determinations/record.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { ALL, siteOf } from './sites.ts';

const collections = new Map<string, Promise<Determination[]>>();

/** All determinations of the site that a Playwright project tests, in the order of their files. */
export function determinationsOf(projectName: string): Promise<Determination[]> {
  const { content } = siteOf(projectName);
  const known = collections.get(content) ?? listDeterminationFiles(content).then((files) => Promise.all(files.map((file) => readDetermination(content, file))));
  collections.set(content, known);
  return known;
}

/** Colours and widths in which a page is looked at: each colour and each width once, with IMR_TEST_ALL every pair. house.spec.ts looks at every template in all of them. */
export const LOOKS: readonly { colorScheme: 'light' | 'dark'; width: number }[] = [
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 1280 },
  ...(ALL ? ([{ colorScheme: 'dark', width: 320 }, { colorScheme: 'light', width: 1280 }] as const) : []),
];

export async function expectAccessible(page: Page): Promise<void> {
  // The old way of running axe needs no page of its own for its results, and half the time; the new one is for frames of other sites.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** What the reader would paste now. The site's policy keeps its own pages from reading that. The focus stays where it is. */
export async function clipboardText(page: Page): Promise<string> {
  const focused = await page.evaluateHandle(() => document.activeElement as HTMLElement | null);
  const field = await page.evaluateHandle(() => {
    const made = document.createElement('textarea');
    document.body.append(made);
    made.focus();
    return made;
  });
  await page.keyboard.press('ControlOrMeta+v');
  const text = await field.evaluate((made) => {
    made.remove();
    return made.value;
  });
  await focused.evaluate((element) => element?.focus());
  return text;
}

declare global {
  interface Window {
    /** Parses what is at an address, without running anything of it. */
    loadDocument(address: string): Promise<Document>;
  }
}

/** Gives each page that is opened from now on `loadDocument`. A page's own way would be DOMParser, but the site's policy lets no text become a document. */
export async function offerDocuments(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.loadDocument = (address) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('GET', address);
        request.responseType = 'document';
        request.onload = () => (request.responseXML ? resolve(request.responseXML) : reject(new Error(`${address} is not a document`)));
        request.onerror = () => reject(new Error(`${address} cannot be loaded`));
        request.send();
      });
  });
}

/** Nothing is wider than the screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}
