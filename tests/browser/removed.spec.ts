/**
 * A site of which a case is removed, beside the same site that never had the case: nothing differs but the page that says so and what tells how many there are.
 * The site is built for this alone, with the case and then without it; that it is held against is the sample, which must be of the same build.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { checkAccounts } from '../../scripts/site/accounts.ts';
import { casePath } from '../../src/urls.ts';
import { readFiles, writeFiles } from '../support/folders.ts';
import { houseProblems, idProblems, validityProblems, wordProblems } from '../support/html-checks.ts';
import { readPage } from '../support/html.ts';
import { openNodeSearch } from '../support/node-search.ts';
import { messagesOfPage, readSpanish, untranslated } from '../support/own-words.ts';
import { HARDEST_GRADE, gradeOf, ownSentences } from '../support/reading.ts';
import { CURRENT, DIGITS, OLDER, RARE, contentOf, removalOf } from '../support/removed-case.ts';
import { filesWith, siteTexts } from '../support/site-words.ts';
import { expectAccessible, expectNoSidewaysScroll } from './expectations.ts';
import { SAMPLE } from './sites.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const HERE = resolve(PROJECT, '.cache/test-sites/removed');
const [content, out] = [join(HERE, 'content'), join(HERE, 'site')];
const PAGE = `${casePath(CURRENT.id)}index.html`;
/** What tells of a removal besides the page: how many there are, and the list for whoever has a copy of the data. */
const TOLD = ['about/index.html', 'data/SHA256SUMS', 'data/index.html', 'data/removed.csv'];

/** Files that had a word of the case before it was removed. */
let shown: string[] = [];

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({}, testInfo) => {
  test.skip(testInfo.project.name !== SAMPLE.name, 'it is about the sample');
  test.setTimeout(180_000);
  await rm(HERE, { recursive: true, force: true });
  await mkdir(content, { recursive: true });
  // Of letters that no report knows: that of the sample is put beside them when they are gone.
  await cp(join(SAMPLE.content, 'determinations'), join(content, 'determinations'), { recursive: true });
  await writeFiles(content, contentOf(CURRENT, OLDER));
  build();
  shown = filesWith(await siteTexts(out), RARE);
  await cp(join(SAMPLE.content, 'import-report.json'), join(content, 'import-report.json'));
  await writeFiles(content, { 'removed.yaml': removalOf({ case: `cm00 ${DIGITS}` }) });
  build();
});

/** With a cache of its own: another build may be under way. The second one takes from the first what has not changed. */
function build(): void {
  execFileSync(process.execPath, ['scripts/build.ts', '--content', content, '--out', out], { cwd: PROJECT, stdio: 'pipe', env: { ...process.env, IMR_BASE: SAMPLE.base, IMR_CACHE: join(HERE, 'cache') } });
}

test('nothing differs from a site that never had the case, but the page that says so and what counts it', async () => {
  const [removed, never] = [await readFiles(out), await readFiles(SAMPLE.out)];
  expect(Object.keys(removed).filter((file) => !(file in never)), 'files that are new').toEqual([PAGE]);
  expect(Object.keys(never).filter((file) => !(file in removed)), 'files that are gone').toEqual([]);
  expect(Object.keys(never).filter((file) => removed[file] !== never[file]), 'files that differ; if there are many, the sample is of another build: run without IMR_BUILT').toEqual(TOLD);
  const about = messagesOfPage(Buffer.from(removed['about/index.html']!, 'latin1').toString());
  const before = new Set(messagesOfPage(Buffer.from(never['about/index.html']!, 'latin1').toString()));
  expect(about.filter((text) => !before.has(text))).toEqual(['Of 46 cases, 1 was removed from this site and is not counted here. Its page says when and why.']);
});

test('no file of it, packed or not, has a word or a sentence of the letters, and their number stands where the removal is told', async () => {
  // What is looked for is found where it is, so that finding nothing means something.
  const places = ['index.html', 'superseded/dddddddd/index.html', 'case.json'].map((name) => casePath(CURRENT.id) + name);
  expect(shown).toEqual(expect.arrayContaining([...places, 'cases/index.html', 'specialties/index.html', 'drugs/index.html', 'data/decisions.csv', 'data/decisions.jsonl', 'data/decisions.parquet', 'feed.atom', 'outcomes/overturned/index.html']));
  expect(shown.filter((file) => file.endsWith('.bin')).length).toBeGreaterThan(4);
  const texts = await siteTexts(out);
  expect(filesWith(texts, RARE)).toEqual([]);
  const sentences = [CURRENT, OLDER].flatMap(({ clinicalSummary, documentsReviewed, specialty, source, decisions }) => [
    ...clinicalSummary, ...documentsReviewed!, ...specialty, source.sha256, source.sha256.slice(0, 8), source.file,
    ...decisions.flatMap(({ request, rationale, claimsAdministratorGuidelineText }) => [request, ...rationale, ...claimsAdministratorGuidelineText]),
  ]).filter((text) => text !== 'The Claims Administrator did not cite any medical evidence for its decision.');
  for (const sentence of sentences) expect(filesWith(texts, sentence), sentence).toEqual([]);
  expect(filesWith(texts, DIGITS).sort()).toEqual([PAGE, 'data/removed.csv']);
  const caches = await readFiles(join(HERE, 'cache'));
  expect(Object.entries(caches).filter(([, text]) => text.includes(RARE) || text.includes(DIGITS)).map(([file]) => file), 'nor has a cache').toEqual([]);
  const search = await openNodeSearch(out);
  for (const query of [RARE, `summary:${RARE}`, `"${CURRENT.decisions[0]!.request}"`, CURRENT.id, DIGITS]) expect((await search.rank(query)).filter((name) => name.includes(DIGITS)), query).toEqual([]);
  console.log(`${texts.size} files of a built site searched for ${sentences.length} texts of the letters of a removed case, and for its number, 0 found; ${shown.length} files had a word of it before`);
});

test('its page says what happened, in plain words and in Spanish, and asks search engines to stay out', async () => {
  const html = await readFile(join(out, PAGE), 'utf8');
  const page = readPage(PAGE, html);
  expect([...validityProblems(page), ...houseProblems(page), ...idProblems(page), ...wordProblems(page)]).toEqual([]);
  expect(html.match(/<meta name="robots" content="noindex">/g)).toHaveLength(1);
  const sentences = ownSentences(page);
  expect(sentences).toContain('This case was removed from this site on January 31, 2026.');
  expect(gradeOf(sentences)).toBeLessThanOrEqual(HARDEST_GRADE);
  const { dictionary } = await readSpanish();
  expect([...messagesOfPage(html), ...messagesOfPage(await readFile(join(out, 'about/index.html'), 'utf8')).filter((text) => text.includes('removed'))].flatMap((text) => untranslated(text, dictionary, []))).toEqual([]);
  expect((await checkAccounts({ contentFolder: content, siteFolder: out })).accounts).toMatchObject({ published: 45, removed: 0 });
});

test('an old address of one of its decisions leads there', async ({ page }) => {
  const html = await readFile(join(out, PAGE), 'utf8');
  await page.route(`**/${casePath(CURRENT.id)}`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto(`${casePath(CURRENT.id)}#decision-2`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(CURRENT.id);
  await expect(page.getByRole('main')).toContainText('It was invented for a test.');
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page.getByRole('main')).toContainText('Este caso se retiró de este sitio el 31 de enero de 2026.');
  await page.getByRole('main').getByRole('link').click();
  await expect(page).toHaveURL(/\/about\/#report$/);
});
