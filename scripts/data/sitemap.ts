/** The sitemap (sitemaps.org) of a built site: the pages that are there, with the day of the newest decision on each. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { casesPagePath, pagePath } from '../../src/browse.ts';
import type { Browse } from '../../src/browse.ts';
import type { DecisionRow } from '../../src/corpus.ts';
import { compareText } from '../../src/determinations/record.ts';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { PAGE_SIZE } from '../../src/paging.ts';
import { casePath } from '../../src/urls.ts';
import { xmlText } from '../../src/xml.ts';

/** Addresses a file holds at most. The format allows 50,000. */
const PART_SIZE = 45_000;
/** Pages about all decisions, besides the list of all cases and those of the facets. */
const OVERVIEWS = ['', 'data/', 'statistics/'];

/** Counts of decisions or cases by day: what a list's pages are cut from. */
type Days = Map<string, number>;

/** Collects from which days the pages' decisions are. Holds counts by day, and a day for each case. */
export class PageDays {
  readonly #cases = new Map<string, string>();
  readonly #casesByDay: Days = new Map();
  readonly #values = new Map<FacetName, Map<string, Days>>(FACETS.map(({ name }) => [name, new Map()]));

  add(decision: DecisionRow): void {
    const { id, decisionDate: day } = decision.case;
    if (day === undefined) return;
    if (decision.number === 1) {
      this.#cases.set(casePath(id), day);
      countDay(this.#casesByDay, day);
    }
    for (const [name, values] of this.#values) {
      for (const value of decision.values[name]) {
        const days = values.get(value) ?? new Map<string, number>();
        if (days.size === 0) values.set(value, days);
        countDay(days, day);
      }
    }
  }

  /** The newest day on each page that shows decisions, by its path below the site's home. Pages of undated decisions only are missing. */
  pages(browse: Browse): Map<string, string> {
    const pages = new Map(this.#cases);
    addList(pages, this.#casesByDay, casesPagePath);
    const newest = pages.get(casesPagePath(1));
    if (newest !== undefined) for (const path of [...OVERVIEWS, ...FACETS.map(({ name }) => browse[name].path)]) pages.set(path, newest);
    for (const [name, values] of this.#values) {
      for (const [value, days] of values) addList(pages, days, (number) => pagePath(browse[name].nodes.get(value)!.path, number));
    }
    return pages;
  }
}

function countDay(days: Days, day: string): void {
  days.set(day, (days.get(day) ?? 0) + 1);
}

/** Lists are newest first, so a page's first item is its newest. */
function addList(pages: Map<string, string>, days: Days, path: (number: number) => string): void {
  let items = 0;
  let page = 1;
  for (const [day, count] of [...days].sort(([a], [b]) => compareText(b, a))) {
    items += count;
    for (; (page - 1) * PAGE_SIZE < items; page += 1) pages.set(path(page), day);
  }
}

/**
 * Writes `sitemap.xml` into a built site; where one file cannot hold all addresses, it is an index of `sitemap-1.xml` and so on.
 * Superseded letters are left out: who searches is to find the current one.
 * @param home absolute address of the site's home, with a slash at its end
 * @param days as PageDays gives them
 */
export async function writeSitemap({ siteFolder, home, days, partSize = PART_SIZE }: { siteFolder: string; home: string; days: ReadonlyMap<string, string>; partSize?: number }): Promise<void> {
  const entries = (await pagesOf(siteFolder)).map((path) => entry('url', new URL(path, home).href, days.get(path)));
  const parts = Array.from({ length: Math.ceil(entries.length / partSize) }, (_part, index) => entries.slice(index * partSize, (index + 1) * partSize));
  if (parts.length <= 1) return writeFile(join(siteFolder, 'sitemap.xml'), document('urlset', entries));
  const names = parts.map((_part, index) => `sitemap-${index + 1}.xml`);
  for (const [index, part] of parts.entries()) await writeFile(join(siteFolder, names[index]!), document('urlset', part));
  await writeFile(join(siteFolder, 'sitemap.xml'), document('sitemapindex', names.map((name) => entry('sitemap', new URL(name, home).href))));
}

/** Paths of all pages below the home, in code point order. */
async function pagesOf(siteFolder: string): Promise<string[]> {
  const pages: string[] = [];
  const walk = async (path: string): Promise<void> => {
    for (const found of await readdir(join(siteFolder, path), { withFileTypes: true })) {
      if (found.isDirectory()) await walk(`${path}${found.name}/`);
      else if (found.name === 'index.html' && !SUPERSEDED.test(path)) pages.push(path);
    }
  };
  await walk('');
  return pages.sort(compareText);
}
const SUPERSEDED = /^cases\/[^/]+\/superseded\//;

function entry(name: string, address: string, day?: string): string {
  return `<${name}><loc>${xmlText(address)}</loc>${day === undefined ? '' : `<lastmod>${xmlText(day)}</lastmod>`}</${name}>\n`;
}

function document(name: string, entries: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<${name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('')}</${name}>\n`;
}
