/** The sitemap and robots.txt. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { writeSitemap } from '../../scripts/data/sitemap.ts';
import { browse, casesPagePath, pagePath } from '../../src/browse.ts';
import { readCorpus } from '../../src/corpus.ts';
import type { CaseRow } from '../../src/corpus.ts';
import { FACETS } from '../../src/facets.ts';
import { pagesOf } from '../../src/paging.ts';
import { robotsText } from '../../src/robots.ts';
import { casePath } from '../../src/urls.ts';
import { inventedDetermination } from '../support/determinations.ts';
import { listFiles, temporaryFolder, writeFiles } from '../support/folders.ts';
import { writeContent, writeRecords } from '../support/open-data.ts';
import { parseXml } from '../support/xml.ts';

const SAMPLE = resolve(import.meta.dirname, '../../content');
const HOME = 'https://imr.example/imr/';

interface Entry {
  loc: string;
  lastmod?: string;
}

async function read(folder: string, name: string): Promise<{ kind: 'urlset' | 'sitemapindex'; entries: Entry[] }> {
  const xml = await readFile(join(folder, name), 'utf8');
  const { urlset, sitemapindex } = parseXml(xml, { isArray: (name) => name === 'url' || name === 'sitemap' }) as { urlset?: { url: Entry[] }; sitemapindex?: { sitemap: Entry[] } };
  return urlset ? { kind: 'urlset', entries: urlset.url } : { kind: 'sitemapindex', entries: sitemapindex!.sitemap };
}

async function siteOf(t: Parameters<typeof temporaryFolder>[0], pages: readonly string[]): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, Object.fromEntries(pages.map((path) => [`${path}index.html`, ''])));
  return folder;
}

test('all pages that are there, sorted, with absolute addresses', async (t) => {
  const siteFolder = await siteOf(t, ['', 'about/', 'cases/', 'cases/cm00-0000001/', 'cases/cm00-0000001/superseded/abcdef12/', 'cases/superseded/', "services/r&d's/"]);
  await writeFiles(siteFolder, { '404.html': '', 'cases/cm00-0000001/case.json': '', 'data/decisions.csv': '' });
  await writeSitemap({ siteFolder, home: HOME, days: new Map([['cases/cm00-0000001/', '2016-12-09']]) });
  assert.deepEqual(await read(siteFolder, 'sitemap.xml'), {
    kind: 'urlset',
    entries: [
      { loc: HOME },
      { loc: `${HOME}about/` },
      { loc: `${HOME}cases/` },
      { loc: `${HOME}cases/cm00-0000001/`, lastmod: '2016-12-09' },
      { loc: `${HOME}cases/superseded/` },
      { loc: `${HOME}services/r&d's/` },
    ],
  });
});

test('more addresses than a file may hold: an index, and parts that hold all of them', async (t) => {
  const pages = Array.from({ length: 7 }, (_unused, index) => `cases/c${index}/`);
  const siteFolder = await siteOf(t, pages);
  await writeSitemap({ siteFolder, home: HOME, days: new Map(), partSize: 3 });
  const index = await read(siteFolder, 'sitemap.xml');
  assert.equal(index.kind, 'sitemapindex');
  assert.deepEqual(index.entries.map(({ loc }) => loc), [1, 2, 3].map((number) => `${HOME}sitemap-${number}.xml`));
  const parts = await Promise.all(index.entries.map(({ loc }) => read(siteFolder, loc.slice(HOME.length))));
  assert.deepEqual(parts.map(({ entries }) => entries.length), [3, 3, 1]);
  assert.deepEqual(parts.flatMap(({ entries }) => entries.map(({ loc }) => loc.slice(HOME.length))), pages);
  assert.equal((await listFiles(siteFolder)).filter((name) => name.startsWith('sitemap')).length, 4);
});

test('the sample: each page is as old as the newest decision on it', async (t) => {
  const { days } = await writeContent(t, SAMPLE);
  const corpus = await readCorpus(SAMPLE);
  const trees = browse(corpus);
  const expected = new Map<string, string>();
  const put = (path: string, cases: readonly CaseRow[]): void => {
    const newest = cases.flatMap(({ decisionDate }) => decisionDate ?? []).sort().at(-1);
    if (newest !== undefined) expected.set(path, newest);
  };
  for (const path of ['', 'data/', 'statistics/', ...FACETS.map(({ folder }) => `${folder}/`)]) put(path, corpus.cases);
  for (const row of corpus.cases) put(casePath(row.id), [row]);
  for (const { items, number } of pagesOf(corpus.cases)) put(casesPagePath(number), items);
  for (const { name } of FACETS) {
    for (const node of trees[name].nodes.values()) for (const { items, number } of pagesOf(node.decisions)) put(pagePath(node.path, number), items.map((row) => row.case));
  }
  assert.deepEqual(new Map([...days].sort()), new Map([...expected].sort()));
});

test('undated cases have no day, and undated ends of lists neither', async (t) => {
  const undated = inventedDetermination({ caseNumber: 'CM00-0000002', specialty: ['Chiropractic'] });
  delete undated.decisionDate;
  const { days } = await writeRecords(t, [inventedDetermination(), undated]);
  assert.equal(days.get(casePath('CM00-0000001')), '2016-12-09');
  assert.equal(days.get('cases/'), '2016-12-09');
  assert.equal(days.has(casePath('CM00-0000002')), false);
  assert.equal(days.has('specialties/chiropractic/'), false);
});

test('robots.txt keeps search engines out unless the publisher wants them, and names the sitemap only then', () => {
  assert.match(robotsText({ indexable: false, sitemap: `${HOME}sitemap.xml` }), /^User-agent: \*\nDisallow: \/\n$/m);
  assert.doesNotMatch(robotsText({ indexable: false, sitemap: `${HOME}sitemap.xml` }), /Sitemap/);
  assert.equal(robotsText({ indexable: true, sitemap: `${HOME}sitemap.xml` }), `User-agent: *\nDisallow:\n\nSitemap: ${HOME}sitemap.xml\n`);
  assert.equal(robotsText({ indexable: true }), 'User-agent: *\nDisallow:\n');
});
