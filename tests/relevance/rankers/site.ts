/** This search as a reader meets it: the built sample site in a browser. */
import type { Browser, Page } from '@playwright/test';
import { decisionId } from '../../../scripts/bench/records.ts';
import { serveFolder } from '../../../scripts/bench/server.ts';
import { DEPTH } from './ranker.ts';
import type { Ranker } from './ranker.ts';

/** @param folder the sample's built site, at the root */
export function siteRanker(browser: Browser, folder: string): Ranker {
  return {
    name: 'this search',
    rank: async (queries) => {
      const server = await serveFolder(folder, false);
      const page = await browser.newPage();
      try {
        const rankings = new Map<string, string[]>();
        for (const query of queries) rankings.set(query, await search(page, `${server.url}search/?q=${encodeURIComponent(query)}`));
        return rankings;
      } finally {
        await page.close();
        await server.close();
      }
    },
  };
}

async function search(page: Page, address: string): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; ids.length < DEPTH; number += 1) {
    const found = await readPage(page, number === 1 ? address : `${address}&page=${number}`);
    const fresh = found.filter((id) => !ids.includes(id));
    // A page beyond the last shows the last.
    if (fresh.length === 0) break;
    ids.push(...fresh);
    if (!(await page.locator('[data-part="pages"] a').count())) break;
  }
  return ids.slice(0, DEPTH);
}

async function readPage(page: Page, address: string): Promise<string[]> {
  await page.goto(address, { waitUntil: 'commit' });
  // A case number alone leads to its case.
  await page.waitForFunction(() => {
    if (location.pathname.startsWith('/cases/')) return document.readyState === 'complete';
    const results = document.querySelector('[data-part="results"]');
    return results !== null && !results.hasAttribute('aria-busy') && document.querySelector('[data-part="status"]')?.textContent !== '';
  });
  const addresses = await page.evaluate(() =>
    location.pathname.startsWith('/cases/')
      ? [...document.querySelectorAll('[id]')].flatMap(({ id }) => (/^decision-\d+$/.test(id) ? [`${location.pathname}#${id}`] : []))
      : [...document.querySelectorAll('article')].map((article) => article.querySelector<HTMLAnchorElement>('a[href*="/cases/"]')?.href ?? ''),
  );
  return addresses.map((link) => {
    const match = /\/cases\/([^/]+)\/.*#decision-(\d+)/.exec(link);
    if (!match) throw new Error(`not the address of a decision: ${link}`);
    return decisionId(match[1]!.toUpperCase(), Number(match[2]));
  });
}
