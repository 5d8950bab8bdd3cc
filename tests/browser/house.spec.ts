/**
 * What every page of the source owes every reader, whatever it shows: light, dark and forced colours, a narrow and a wide screen, large text, the keyboard.
 * The pages are found in what was built, so that a new one is looked at without being named here: of each the longest and the shortest.
 */
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { listRoutes, routeOf } from '../support/html.ts';
import { expectNoSidewaysScroll } from './expectations.ts';
import { ALL, siteOf } from './sites.ts';

const ROUTES = await listRoutes(resolve(import.meta.dirname, '../../src/pages'));
/** What a page shows only when it is asked. */
const QUERIES: Record<string, string[]> = { 'search/index': ['?q=lumbar+MRI'] };

/** Addresses of the longest and the shortest page of a route, and of what it shows when asked. */
function pagesOf(route: string, out: string): string[] {
  const pages: { path: string; size: number }[] = [];
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    const path = file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1');
    if (file.endsWith('.html') && routeOf(path, ROUTES) === route) pages.push({ path, size: statSync(join(out, file)).size });
  }
  const sorted = pages.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1)).map(({ path }) => path);
  return [...new Set([...sorted.slice(0, 1), ...sorted.slice(-1)])].flatMap((path) => [path, ...(QUERIES[route] ?? []).map((query) => path + query)]);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  // A search is there when its numbers are.
  if (path.includes('?')) await expect(page.getByRole('status')).toContainText(/\d|no /i);
}

/** What is looked at in each: all rules once, then those that colours can change. No style of ours shows or hides anything by them. */
const COLOURS = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' }, rules: undefined },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' }, rules: ['color-contrast', 'link-in-text-block'] },
  // The contrast of forced colours is the reader's own choice, and axe does not see it: it takes the colour of letters from a property that keeps ours.
  { name: 'forced colours', media: { colorScheme: 'light', forcedColors: 'active' }, rules: ['link-in-text-block', 'target-size', 'scrollable-region-focusable'] },
] as const;
const WIDTHS = [1280, 320];
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const route of ROUTES) {
  test(`accessible in light, dark and forced colours, wide and narrow: ${route}`, async ({ page }, testInfo) => {
    test.setTimeout(120_000);
    const paths = pagesOf(route, siteOf(testInfo.project.name).out);
    for (const path of paths) {
      await page.setViewportSize({ width: WIDTHS[0]!, height: 800 });
      await open(page, path);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
        for (const { name, media, rules } of isWhole(path, paths) ? COLOURS : COLOURS.slice(0, 1)) {
          await page.emulateMedia(media);
          const runOnly = rules ? { type: 'rule' as const, values: [...rules] } : { type: 'tag' as const, values: STANDARD };
          // Off by default in axe, though part of WCAG 2.2: targets of 24 pixels, or with room around them.
          const options = { runOnly, resultTypes: ['violations' as const], ...(rules ? {} : { rules: { 'target-size': { enabled: true } } }) };
          // The old way of running axe needs no page of its own for its results, and half the time; the new one is for frames of other sites.
          const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).options(options).analyze();
          const said = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 200)}`).join(' | ')}`);
          expect.soft(said, `${path} at ${width} pixels, ${name}`).toEqual([]);
        }
      }
    }
  });

  test(`accessible with text twice as large: ${route}`, async ({ page }, testInfo) => {
    test.setTimeout(60_000);
    const paths = pagesOf(route, siteOf(testInfo.project.name).out);
    for (const path of paths.filter((candidate) => isWhole(candidate, paths))) {
      await open(page, path);
      expect(await growText(page), `${path}: text that does not grow`).toEqual([]);
      expect(await clippedText(page), `${path}: text that is cut off`).toEqual([]);
      await expectNoSidewaysScroll(page);
    }
  });

  test(`accessible by keyboard, each stop seen in forced colours: ${route}`, async ({ page }, testInfo) => {
    test.setTimeout(60_000);
    // Without the movement by which a page comes to a stop that is off the screen.
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    const [path] = pagesOf(route, siteOf(testInfo.project.name).out);
    if (path === undefined) return;
    await open(page, path);
    const unseen = new Set<string>();
    let stops = 0;
    for (; stops < MOST_STOPS; stops += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return undefined;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        return { what: element.outerHTML.slice(0, 120), outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2, shown: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight };
      });
      if (!stop) break;
      if (!stop.outlined || !stop.shown) unseen.add(stop.what);
    }
    expect(stops, path).toBeGreaterThan(3);
    expect([...unseen], path).toEqual([]);
  });
}

/** The shortest page has nothing that the longest lacks but emptiness: all of its looks only with IMR_TEST_ALL. @param paths the longest first */
function isWhole(path: string, paths: readonly string[]): boolean {
  return ALL || path === paths[0] || path.includes('?');
}

/** Of a long list the last stops look like the first. */
const MOST_STOPS = ALL ? 45 : 30;

/**
 * Makes text twice as large, as a reader's own setting does.
 * @returns what did not follow. A heading that grows with the screen may stay behind a little, as it does with the browser's zoom. Charts do not follow:
 *   they are as wide as the page, and each has its numbers in a table.
 */
function growText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hasText = (element: Element): boolean => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
    const sizeOf = (element: Element): number => parseFloat(getComputedStyle(element).fontSize);
    const texts = [...document.querySelectorAll('body *')].filter((element) => hasText(element) && element.closest('script, style, template, noscript, svg') === null).map((element) => ({ element, before: sizeOf(element) }));
    document.documentElement.style.fontSize = '200%';
    return texts.filter(({ element, before }) => sizeOf(element) < before * 1.5).map(({ element }) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} ${element.textContent!.trim().slice(0, 40)}`);
  });
}

/** Text in a box that cuts off what does not fit. Words for screen readers alone, and a request that is shortened to some lines at any size of text, are meant so. */
function clippedText(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { overflowX, overflowY, clipPath, position, webkitLineClamp } = getComputedStyle(element);
        const hidden = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
        if ((position === 'absolute' && clipPath !== 'none') || webkitLineClamp !== 'none' || !element.innerText?.trim() || element.clientWidth <= 1) return false;
        return (hidden(overflowX) && element.scrollWidth > element.clientWidth + 1) || (hidden(overflowY) && element.scrollHeight > element.clientHeight + 1);
      })
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.innerText.trim().slice(0, 40)}`),
  );
}
