/** The whole built output, file by file and without a browser: what a reader, a crawler or a strict policy would stumble over. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { VALUE_SEPARATOR } from '../../src/determinations/record.ts';
import { facetValues } from '../../src/facet-values.ts';
import { FACETS } from '../../src/facets.ts';
import { checkOutput } from '../support/html-checks.ts';
import { listRoutes, pagesOfSite, routeOf } from '../support/html.ts';
import { HARDEST_GRADE, gradeOf, ownSentences } from '../support/reading.ts';
import { determinationsOf } from './expectations.ts';
import { ALL, SAMPLE, siteOf } from './sites.ts';

const PAGES = resolve(import.meta.dirname, '../../src/pages');

test('every page is valid, light, closed in itself, and fit for a strict policy; every link, anchor and id leads somewhere', async ({}, testInfo) => {
  test.setTimeout(120_000);
  const { out, base } = siteOf(testInfo.project.name);
  // Markup comes from templates, and the sample has a page of each: of many pages of other letters one in three is held against all rules of HTML.
  const validated = testInfo.project.name === SAMPLE.name || ALL ? undefined : (path: string) => createHash('sha256').update(path).digest()[0]! % 3 === 0;
  const { problems, weights } = await checkOutput({ folder: out, base, site: process.env.IMR_SITE, ...(validated && { validated }) });
  console.log(`heaviest pages of the ${testInfo.project.name}, gzipped with all that they load:\n${weights.slice(0, 10).map(({ file, own, assets }) => `  ${((own + assets) / 1000).toFixed(1)} kB  ${file}`).join('\n')}`);
  expect(problems).toEqual([]);
});

test('every page of the source has made at least one page, and every page comes from one', async ({}, testInfo) => {
  const { out } = siteOf(testInfo.project.name);
  const routes = await listRoutes(PAGES);
  const made = new Map<string | undefined, string[]>();
  for await (const { path } of pagesOfSite(out)) made.set(routeOf(path, routes), [...(made.get(routeOf(path, routes)) ?? []), path]);
  expect(made.get(undefined) ?? []).toEqual([]);
  // Letters that a newer one of their case has superseded are there or not, as it happens.
  expect(routes.filter((route) => !made.has(route) && !route.includes('superseded'))).toEqual([]);
});

test('our own words are read without effort after eight years of school', async ({}, testInfo) => {
  const routes = await listRoutes(PAGES);
  const names = await namesOf(testInfo.project.name);
  /** Of each template, and of the frame that all pages share: its sentences, each once whatever its numbers, with a page that has it. */
  const sentences = new Map<string, Map<string, { sentence: string; path: string }>>();
  const keep = (template: string, sentence: string, path: string): void => {
    const known = sentences.get(template) ?? new Map<string, { sentence: string; path: string }>();
    sentences.set(template, known);
    const pattern = sentence.replace(/\d[\d,.]*/g, '0');
    if (!known.has(pattern)) known.set(pattern, { sentence, path });
  };
  const pages: { path: string; grade: number }[] = [];
  for await (const page of pagesOfSite(siteOf(testInfo.project.name).out)) {
    const own = ownSentences(page);
    for (const sentence of own) keep(routeOf(page.path, routes) ?? page.path, sentence, page.path);
    // Of a page with few sentences the formula says little.
    if (own.length >= 10) pages.push({ path: page.path, grade: gradeOf(own, names) });
    if (page.path === 'about/') for (const sentence of ownSentences(page, true).filter((candidate) => !own.includes(candidate))) keep('the frame of every page', sentence, page.path);
  }
  const grades = [...sentences].map(([template, known]) => {
    const all = [...known.values()];
    const grade = gradeOf(all.map(({ sentence }) => sentence), names);
    const hardest = all.map(({ sentence, path }) => ({ sentence, path, own: gradeOf([sentence], names) })).sort((a, b) => b.own - a.own).slice(0, 8);
    return { template, grade, count: all.length, hardest };
  });
  console.log(`grade of our own words on the ${testInfo.project.name}, by template:\n${grades.map(({ template, grade, count }) => `  ${grade.toFixed(1).padStart(4)}  ${template} (${count} sentences)`).join('\n')}`);
  console.log(`hardest pages:\n${pages.sort((a, b) => b.grade - a.grade).slice(0, 5).map(({ path, grade }) => `  ${grade.toFixed(1).padStart(4)}  /${path}`).join('\n')}`);
  const tooHard = grades.filter(({ grade }) => !(grade <= HARDEST_GRADE));
  expect(tooHard.map(({ template, grade, hardest }) => `${template}: ${grade.toFixed(1)}\n${hardest.map(({ sentence, path, own }) => `  ${own.toFixed(1)}  ${sentence} (/${path})`).join('\n')}`)).toEqual([]);
});

/** What the values of the letters are called: names that a page about them cannot do without. */
async function namesOf(projectName: string): Promise<string[]> {
  const named = FACETS.filter(({ name }) => name !== 'outcome' && name !== 'year');
  const values = (await determinationsOf(projectName)).flatMap((record) => record.decisions.flatMap((decision) => named.flatMap((facet) => facetValues(facet, record, decision))));
  return [...new Set(values.flatMap((value) => value.split(VALUE_SEPARATOR)))];
}
