/** The accounts of a build: that each letter is on the site once or has a reason why not, and that a site that says otherwise is not published. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { AccountsError, accountsText, checkAccounts } from '../../scripts/site/accounts.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';

const CURRENT = 'determinations/2016/CM00-0000001.md';
const OTHER = 'determinations/2015/CM00-0000002.md';
const UNNUMBERED = 'determinations/undated/Page.md';
const SUPERSEDED = 'determinations/superseded/CM00-0000001--aaaaaaaa.md';
const REMOVED = '- { case: CM00-0000009, date: 2026-01-31, reason: "It was invented for a test." }\n';

const LETTERS: readonly Record<string, string>[] = [
  { file: 'a.pdf', result: 'published', determination: CURRENT },
  { file: 'a copy.pdf', result: 'duplicate' },
  { file: 'a old.pdf', result: 'published', determination: SUPERSEDED },
  { file: 'b.pdf', result: 'published', determination: OTHER },
  { file: 'page.pdf', result: 'published', determination: UNNUMBERED },
  { file: 'r.pdf', result: 'removed', removedAs: 'CM00-0000009' },
  { file: 'scan.pdf', result: 'quarantined' },
];

/** A report as the import writes it, as far as the accounts read it. */
function reportOf(letters: readonly Record<string, string>[]) {
  const of = (result: string): number => letters.filter((letter) => letter.result === result).length;
  return {
    counts: { read: letters.length, written: of('published'), unchanged: 0, duplicate: of('duplicate'), quarantined: of('quarantined'), removed: of('removed') },
    corpus: { letters: of('published'), quarantined: of('quarantined') > 0 ? [{ code: 'empty', letters: of('quarantined') }] : [] },
    letters,
  };
}

/** @param changes files in place of those there, below `content/` and `site/`; undefined takes one out */
async function built(t: TestContext, changes: Readonly<Record<string, string | undefined>> = {}) {
  const folder = await temporaryFolder(t);
  const pages = ['cm00-0000001', 'cm00-0000001/superseded/aaaaaaaa', 'cm00-0000002', 'page', 'page/2', 'cm00-0000009', '.'].map((path) => join('site/cases', path, 'index.html'));
  const data = ['cm00-0000001', 'cm00-0000002', 'page'].map((slug) => `site/cases/${slug}/case.json`);
  const files: Record<string, string | undefined> = {
    ...Object.fromEntries([CURRENT, OTHER, UNNUMBERED, SUPERSEDED].map((file) => [`content/${file}`, ''])),
    ...Object.fromEntries([...pages, ...data].map((file) => [file, ''])),
    'content/removed.yaml': REMOVED,
    'content/import-report.json': JSON.stringify(reportOf(LETTERS)),
    'site/search-data/manifest.json': '{ "cases": 3 }',
    ...changes,
  };
  await writeFiles(folder, Object.fromEntries(Object.entries(files).flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]))));
  return { contentFolder: join(folder, 'content'), siteFolder: join(folder, 'site') };
}

const report = (letters: readonly Record<string, string>[], changes: object = {}): string => JSON.stringify({ ...reportOf(letters), ...changes });

describe('a site whose letters add up', () => {
  test('says what became of them', async (t) => {
    const { accounts, notices } = await checkAccounts(await built(t));
    assert.deepEqual(accounts, { read: 7, published: 4, quarantined: 1, duplicate: 1, removed: 1 });
    assert.equal(accountsText(accounts!), '7 letters = 4 published + 1 quarantined + 1 duplicate + 1 removed');
    assert.deepEqual(notices, []);
  });

  test('counts as removed what was removed after the import', async (t) => {
    const since = `${REMOVED}- { case: CM00-0000001, date: 2026-02-28, reason: x }\n`;
    const folders = await built(t, { 'content/removed.yaml': since, 'site/cases/cm00-0000001/case.json': undefined, 'site/cases/cm00-0000001/superseded/aaaaaaaa/index.html': undefined, 'site/search-data/manifest.json': '{ "cases": 2 }' });
    assert.equal(accountsText((await checkAccounts(folders)).accounts!), '7 letters = 2 published + 1 quarantined + 1 duplicate + 3 removed');
  });

  test('needs no report, and says so', async (t) => {
    const { accounts, notices } = await checkAccounts(await built(t, { 'content/import-report.json': undefined }));
    assert.equal(accounts, undefined);
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /^import-report\.json is not in .*, so the letters were not counted/);
  });

  test('asks about a removed case of which no letter was ever imported', async (t) => {
    const { notices } = await checkAccounts(await built(t, { 'content/import-report.json': report(LETTERS.filter(({ result }) => result !== 'removed')) }));
    assert.deepEqual(notices, ['removed.yaml names CM00-0000009, and no letter that was imported is of that case. If that is not meant, correct the number there.']);
  });
});

describe('is not published', () => {
  const withoutOld = LETTERS.filter(({ file }) => file !== 'a old.pdf');
  for (const [what, changes, says] of [
    ['a site without the page of a case', { 'site/cases/cm00-0000002/index.html': undefined }, /has no page cases\/cm00-0000002\/\. Build again/],
    ['a site without the page of a superseded letter', { 'site/cases/cm00-0000001/superseded/aaaaaaaa/index.html': undefined }, /has no page cases\/cm00-0000001\/superseded\/aaaaaaaa\//],
    ['a site without the page of a removed case', { 'site/cases/cm00-0000009/index.html': undefined }, /has no page cases\/cm00-0000009\//],
    ['a site without the page of a letter called page', { 'site/cases/page/index.html': undefined }, /has no page cases\/page\//],
    ['a page that no determination stands behind', { 'site/cases/cm00-0000003/index.html': '' }, /No determination stands behind cases\/cm00-0000003\/\. Build again without/],
    ['data that no determination stands behind', { 'site/cases/cm00-0000003/case.json': '' }, /No determination stands behind cases\/cm00-0000003\//],
    ['a superseded page that no determination stands behind', { 'site/cases/cm00-0000002/superseded/bbbbbbbb/index.html': '' }, /stands behind cases\/cm00-0000002\/superseded\/bbbbbbbb\//],
    ['data of a removed case', { 'site/cases/cm00-0000009/case.json': '' }, /Of a removed case there is still cases\/cm00-0000009\/case\.json/],
    ['a superseded letter of a removed case', { 'site/cases/cm00-0000009/superseded/bbbbbbbb/index.html': '' }, /still cases\/cm00-0000009\/superseded\./],
    ['a site without a search', { 'site/search-data/manifest.json': undefined }, /has no search index/],
    ['a search over other cases', { 'site/search-data/manifest.json': '{ "cases": 4 }' }, /The search knows 4 cases, and there are 3 determinations/],
    ['a letter whose determination is gone', { [`content/${OTHER}`]: undefined, 'site/cases/cm00-0000002/index.html': undefined, 'site/cases/cm00-0000002/case.json': undefined, 'site/search-data/manifest.json': '{ "cases": 2 }' }, /b\.pdf \(determinations\/2015\/CM00-0000002\.md\) is published, but the determination is not there\. Import again\./],
    ['a determination that no letter stands behind', { 'content/import-report.json': report(withoutOld) }, /No letter of import-report\.json stands behind determinations\/superseded\/CM00-0000001--aaaaaaaa\.md\. Import its letter, take it out, or delete/],
    ['two letters that are one determination', { 'content/import-report.json': report([...LETTERS, { file: 'z.pdf', result: 'published', determination: OTHER }]) }, /both b\.pdf and z\.pdf are determinations\/2015\/CM00-0000002\.md/],
    ['a run whose counts do not add up', { 'content/import-report.json': report(LETTERS, { counts: { ...reportOf(LETTERS).counts, removed: 0 } }) }, /counts 7 letters as read, and 6 of them/],
    ['a report that counts other letters than it names', { 'content/import-report.json': report(LETTERS, { corpus: { ...reportOf(LETTERS).corpus, letters: 5 } }) }, /says that 5 letters are published, and names 4/],
    ['a report with fewer reasons than quarantined letters', { 'content/import-report.json': report(LETTERS, { corpus: { letters: 4, quarantined: [] } }) }, /gives reasons for 0 quarantined letters, and names 1/],
    ['a report that is none', { 'content/import-report.json': '{' }, /import-report\.json cannot be read .*Import again, or delete it/],
    ['a report of another form', { 'content/import-report.json': '{"counts":{}}' }, /cannot be read \(its field counts\.read/],
  ] as const) {
    test(what, async (t) => {
      await assert.rejects(checkAccounts(await built(t, changes)), (error) => error instanceof AccountsError && says.test(error.message));
    });
  }

  test('a site with many mistakes, of which some are named', async (t) => {
    const stale = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`site/cases/cm00-000001${index}/index.html`, '']));
    await assert.rejects(checkAccounts(await built(t, { ...stale, 'site/cases/cm00-0000002/index.html': undefined })), /has no page cases\/cm00-0000002\/.*\n.*cm00-0000010\/, .*cm00-0000014\/ and 3 more/);
  });
});

test('whatever page is missing or too many, it is noticed', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 9 })), fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }), async (cases, turned) => {
      // A page that is there is missing, and the other way round.
      const pages = [...cases.filter((digit) => !turned.includes(digit)), ...turned.filter((digit) => !cases.includes(digit))];
      const folder = await temporaryFolder(t);
      const number = (digit: number): string => `CM00-000000${digit}`;
      await writeFiles(folder, {
        ...Object.fromEntries(cases.map((digit) => [`content/determinations/2016/${number(digit)}.md`, ''])),
        ...Object.fromEntries(pages.map((digit) => [`site/cases/${number(digit).toLowerCase()}/index.html`, ''])),
        'site/search-data/manifest.json': JSON.stringify({ cases: cases.length }),
      });
      const check = checkAccounts({ contentFolder: join(folder, 'content'), siteFolder: join(folder, 'site') });
      if (turned.length === 0) await check;
      else await assert.rejects(check, AccountsError);
      await rm(folder, { recursive: true });
    }),
    { seed: 3, numRuns: 60 },
  );
});
