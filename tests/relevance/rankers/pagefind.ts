/** Pagefind as it comes, in a browser, on one page for each decision. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { DecisionRecord } from '../../../scripts/bench/records.ts';
import { serveFolder } from '../../../scripts/bench/server.ts';
import { PAGEFIND_SCRIPT, buildPagefindSite, decisionOfPage } from '../../../scripts/bench/stock-pagefind.ts';
import { DEPTH } from './ranker.ts';
import type { Ranker } from './ranker.ts';

interface Pagefind {
  search(query: string): Promise<{ results: { data(): Promise<{ url: string }> }[] }>;
}

export function pagefindRanker(browser: Browser, records: readonly DecisionRecord[]): Ranker {
  return {
    name: 'Pagefind',
    rank: async (queries) => {
      const folder = await mkdtemp(join(tmpdir(), 'imr-relevance-pagefind-'));
      try {
        await buildPagefindSite(records, folder);
        const server = await serveFolder(folder, false);
        try {
          const page = await browser.newPage();
          await page.goto(server.url);
          const rankings = await page.evaluate(
            async ({ script, texts, depth }) => {
              const pagefind = (await import(script)) as Pagefind;
              const urls: string[][] = [];
              for (const text of texts) {
                const { results } = await pagefind.search(text);
                urls.push(await Promise.all(results.slice(0, depth).map(async (result) => (await result.data()).url)));
              }
              return urls;
            },
            { script: server.url + PAGEFIND_SCRIPT, texts: [...queries], depth: DEPTH },
          );
          await page.close();
          return new Map(queries.map((query, index) => [query, rankings[index]!.map(decisionOfPage)]));
        } finally {
          await server.close();
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
