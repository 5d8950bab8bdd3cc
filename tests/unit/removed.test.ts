/** Removed cases: the file that names them, and that neither import nor site lets anything of them through. */
import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { place, removals } from '../../scripts/import/place.ts';
import { startReaders } from '../../scripts/import/readers.ts';
import type { ImportReport, LetterEntry } from '../../scripts/import/report.ts';
import { importLetters } from '../../scripts/import/run.ts';
import { buildSearchIndex } from '../../scripts/index/build.ts';
import { parseDeterminations } from '../../scripts/site/parse.ts';
import { readCorpus } from '../../src/corpus.ts';
import { RemovedFileError, readRemovedCases } from '../../src/determinations/removed.ts';
import { listDeterminationFiles, listRemovedFiles, listSupersededFiles } from '../../src/determinations/store.ts';
import { parseQuery } from '../../src/search/query.ts';
import { inventedDetermination } from '../support/determinations.ts';
import { listFiles, readFiles, temporaryFolder, writeFiles } from '../support/folders.ts';
import { letterText } from '../support/letters.ts';
import type { InventedLetter } from '../support/letters.ts';
import '../support/no-inspector.ts';
import { openNodeSearch } from '../support/node-search.ts';
import { writeContent } from '../support/open-data.ts';
import { CURRENT, DIGITS, OLDER, RARE, contentOf, removalOf } from '../support/removed-case.ts';
import { filesWith, siteTexts } from '../support/site-words.ts';

const FILE = 'removed.yaml';

async function read(t: TestContext, text: string, name = FILE) {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { [name]: text });
  return [...readRemovedCases(folder).values()];
}

describe('removed.yaml', () => {
  test('names cases with the day and the reason, newest first', async (t) => {
    const text = `# A comment.
- case: CM00-0000001
  date: 2026-01-31
  reason: >
    The letter shows
    a name.
- { letter: 0012345, date: "2026-02-01", reason: yes }
- { case: CM00-0000000, date: 2026-01-31, reason: "\\u202EAsked\\tfor." }
`;
    const expected = [
      { id: '0012345', date: '2026-02-01', reason: 'yes' },
      { id: 'CM00-0000000', date: '2026-01-31', reason: 'Asked for.' },
      { id: 'CM00-0000001', date: '2026-01-31', reason: 'The letter shows a name.' },
    ];
    assert.deepEqual(await read(t, text), expected);
    assert.deepEqual(await read(t, `\ufeff${text.replaceAll('\n', '\r\n')}`), expected);
  });

  test('that is missing, empty or all comments names none', async (t) => {
    assert.deepEqual([...readRemovedCases(join(await temporaryFolder(t), 'none'))], []);
    for (const text of ['', '# Nothing.\n', '[]\n', '---\n']) assert.deepEqual(await read(t, text), [], JSON.stringify(text));
  });

  test('of the project itself explains the format and names no case of the sample', () => {
    assert.deepEqual([...readRemovedCases(resolve(import.meta.dirname, '../../content'))], []);
  });

  test('takes a case number in every spelling that the search takes', async (t) => {
    const folder = await temporaryFolder(t);
    const separator = fc.array(fc.constantFrom(' ', '-', '–', '—', '−', '\u00ad', '.', '_', '\u00a0', '/', ','), { maxLength: 4 }).map((parts) => parts.join(''));
    const tried = { taken: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('CM', 'cm', 'Cm'), separator, separator, fc.stringMatching(/^\d{2}$/), fc.stringMatching(/^\d{6,8}$/), async (letters, first, second, year, number) => {
        const spelled = `${letters}${first}${year}${second}${number}`;
        await writeFiles(folder, { [FILE]: removalOf({ case: spelled }) });
        const known = parseQuery(spelled);
        if (known.units.length === 0 && known.cases.length === 1 && !known.cases[0]!.digitsOnly) {
          tried.taken += 1;
          assert.deepEqual([...readRemovedCases(folder).values()].map(({ id }) => id), [known.cases[0]!.text]);
        } else if (number.length !== 7) {
          tried.refused += 1;
          assert.throws(() => readRemovedCases(folder), RemovedFileError);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
    t.diagnostic(`${tried.taken} spellings taken, ${tried.refused} refused`);
    assert.ok(tried.taken > 20 && tried.refused > 20);
  });

  const BROKEN: readonly [what: string, text: string, says: RegExp][] = [
    ['no list', 'case: CM00-0000001\n', /removed\.yaml is no list\. Begin each entry with a hyphen/],
    ['a word', 'CM00-0000001\n', /is no list/],
    ['no YAML', '- { case: CM00-0000001\n', /removed\.yaml is no YAML/],
    ['a field twice', '- { case: CM00-0000001, case: CM00-0000002 }\n', /is no YAML: duplicated mapping key/],
    ['an entry that is a word', '- CM00-0000001\n', /entry 1 is no group of fields/],
    ['an entry that is a list', '- [CM00-0000001]\n', /entry 1 is no group of fields/],
    ['an empty entry', `${removalOf({ case: 'CM00-0000001' })}-\n`, /entry 2 is no group of fields/],
    ['an unknown field', removalOf({ case: 'CM00-0000001', day: '2026-01-31' }), /entry 1 has a field "day", which is none of case, letter, date, reason/],
    ['a field in capitals', removalOf({ Case: 'CM00-0000001' }), /has a field "Case"/],
    ['a field of every object', '- { __proto__: x, case: CM00-0000001, date: 2026-01-31, reason: x }\n', /has a field "__proto__"/],
    ['no case', removalOf({}), /must have either "case" .* or "letter"/],
    ['a case and a letter', removalOf({ case: 'CM00-0000001', letter: 'a' }), /and not both/],
    ['a digit too few', removalOf({ case: 'CM00-000001' }), /entry 1 has "CM00-000001" as its case, which is no case number/],
    ['a digit too many', removalOf({ case: 'CM00-00000011' }), /is no case number/],
    ['no year', removalOf({ case: '0000001' }), /has "0000001" as its case, which is no case number: CM, two digits/],
    ['two cases', removalOf({ case: 'CM00-0000001, CM00-0000002' }), /is no case number/],
    ['a letter for o', removalOf({ case: 'CMOO-0000001' }), /is no case number/],
    ['an empty case', '- { case: , date: 2026-01-31, reason: x }\n', /entry 1 has no words in its field "case"/],
    ['a case that is a list', '- { case: [CM00-0000001], date: 2026-01-31, reason: x }\n', /has no words in its field "case"/],
    ['a letter that is a path', removalOf({ letter: '../x' }), /has "\.\.\/x" as its letter, which is no name of a letter/],
    ['a letter that is an address', removalOf({ letter: 'cases/x/' }), /is no name of a letter/],
    ['no date', '- { case: CM00-0000001, reason: x }\n', /entry 1 \(CM00-0000001\) has no date/],
    ['a day that is none', removalOf({ case: 'CM00-0000001', date: '2026-02-30' }), /\(CM00-0000001\) has the date "2026-02-30", which is no day like 2026-01-31/],
    ['a date in another form', removalOf({ case: 'CM00-0000001', date: '01/31/2026' }), /has the date "01\/31\/2026"/],
    ['no reason', '- { case: CM00-0000001, date: 2026-01-31 }\n', /\(CM00-0000001\) has no reason/],
    ['a reason of blanks', removalOf({ case: 'CM00-0000001', reason: ' \u200b ' }), /has no words in its field "reason"/],
    ['an endless reason', removalOf({ case: 'CM00-0000001', reason: 'x'.repeat(1001) }), /has a reason of 1001 characters/],
    ['a case twice', removalOf({ case: 'CM00-0000001' }) + removalOf({ case: 'cm00 0000001' }), /entry 2 names CM00-0000001, which an entry above it has named/],
    ['a letter twice but for capitals', removalOf({ letter: 'Scan' }) + removalOf({ letter: 'scan' }), /entry 2 names scan, which/],
  ];
  for (const [what, text, says] of BROKEN) {
    test(`with ${what} is refused in words`, async (t) => {
      const folder = await temporaryFolder(t);
      await writeFiles(folder, { [FILE]: text });
      assert.throws(() => readRemovedCases(folder), (error) => error instanceof RemovedFileError && says.test(error.message) && error.message.includes(join(folder, FILE)));
    });
  }

  test('under another name, or that cannot be read, is no reason to publish', async (t) => {
    for (const name of ['removed.yml', 'Removed.yaml', 'removed.yaml.txt']) await assert.rejects(read(t, removalOf({ case: 'CM00-0000001' }), name), /is not read under this name\. Rename it to removed\.yaml/);
    const folder = await temporaryFolder(t);
    await mkdir(join(folder, FILE));
    assert.throws(() => readRemovedCases(folder), /removed\.yaml cannot be read .*nothing was done/);
  });
});

const OTHERS = [inventedDetermination(), inventedDetermination({ caseNumber: 'CM00-0000002', decisionDate: '2016-11-29' }), inventedDetermination({ caseNumber: 'CM00-0000003', decisionDate: '2016-12-31' })];

describe('a removed case', () => {
  const removed = { [FILE]: removalOf({ case: 'cm00-0009017' }) };

  test('is in no list of determinations, whatever the capitals of its name', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFiles(folder, { ...contentOf(CURRENT, OLDER, ...OTHERS), 'determinations/undated/My-Letter.md': '', [FILE]: removalOf({ case: 'CM00-0009017' }) + removalOf({ letter: 'my-letter' }) });
    assert.deepEqual(await listDeterminationFiles(folder), Object.keys(contentOf(...OTHERS)).sort());
    assert.deepEqual(await listSupersededFiles(folder), []);
    assert.deepEqual(await listRemovedFiles(folder), ['determinations/2025/CM00-0009017.md', 'determinations/undated/My-Letter.md', 'determinations/superseded/CM00-0009017--dddddddd.md']);
    const corpus = await readCorpus(folder);
    assert.deepEqual(corpus.cases.map(({ id }) => id), ['CM00-0000003', 'CM00-0000001', 'CM00-0000002']);
    assert.deepEqual(corpus.removed.map(({ id }) => id), ['CM00-0009017', 'my-letter']);
  });

  test('leaves data and search as if it had never been there, and no word of it', async (t) => {
    const make = async (files: Readonly<Record<string, string>>) => {
      const content = await temporaryFolder(t);
      await writeFiles(content, files);
      const { folder } = await writeContent(t, content);
      await buildSearchIndex({ contentFolder: content, siteFolder: folder });
      const cache = await temporaryFolder(t);
      await parseDeterminations(content, cache);
      return { folder, cache, files: await readFiles(folder) };
    };
    const [shown, without, never] = [await make(contentOf(CURRENT, OLDER, ...OTHERS)), await make({ ...contentOf(CURRENT, OLDER, ...OTHERS), ...removed }), await make(contentOf(...OTHERS))];
    // What is looked for is found where it is, packed or not, so that finding nothing means something.
    const before = filesWith(await siteTexts(shown.folder), RARE);
    for (const kind of [/^feed\.atom$/, /decisions\.csv$/, /decisions\.jsonl$/, /decisions\.parquet$/, /case\.json$/, /\/record-\d+\.bin$/, /text-\w+\/words-\d+\.bin$/, /summaries-\w+\/words-\d+\.bin$/, /dictionary-\w+\.bin$/, /table-\w+\.bin$/]) {
      assert.ok(before.some((file) => kind.test(file)), `${kind} has the word while the case is shown`);
    }
    const shownTexts = await siteTexts(shown.folder);
    assert.ok(filesWith(shownTexts, 'CM00-0009017').some((file) => /cases-\w+\.bin$/.test(file)));

    const texts = await siteTexts(without.folder);
    assert.deepEqual(filesWith(texts, RARE), []);
    assert.deepEqual(filesWith(texts, DIGITS), ['data/removed.csv']);
    assert.equal(texts.get('data/removed.csv'), '"case_id","removed_on" "cm00-0009017","2026-01-31"');
    const differ = [...new Set([...Object.keys(without.files), ...Object.keys(never.files)])].filter((file) => without.files[file] !== never.files[file]);
    assert.deepEqual(differ.sort(), ['data/SHA256SUMS', 'data/removed.csv']);
    for (const file of await readdir(without.cache)) assert.ok(!(await readFile(join(without.cache, file), 'utf8')).includes(RARE), `${file} of the cache`);

    assert.equal((await (await openNodeSearch(shown.folder)).rank(RARE)).length, 2);
    const search = await openNodeSearch(without.folder);
    assert.deepEqual([await search.rank(RARE), await search.rank(`summary:${RARE}`), await search.rank('CM00-0009017')], [[], [], []]);
    t.diagnostic(`${before.length} files of data and search hold a word of the case while it is shown, 0 of ${texts.size} after it was removed`);
  });

  test('is forgotten by the cache that an earlier build has filled', async (t) => {
    const [content, cache] = [await temporaryFolder(t), await temporaryFolder(t)];
    await writeFiles(content, contentOf(CURRENT, OLDER, ...OTHERS));
    await parseDeterminations(content, cache);
    const holding = async (): Promise<string[]> => Object.entries(await readFiles(cache)).flatMap(([name, text]) => (text.includes(RARE) || text.includes(DIGITS) ? [name] : []));
    assert.ok((await holding()).length > 0);
    await writeFiles(content, removed);
    await parseDeterminations(content, cache);
    assert.deepEqual(await holding(), []);
  });
});

describe('an import', () => {
  // One process for all: with so few letters most of the time would be spent starting it.
  const readers = startReaders({ processes: 1 });
  after(() => readers.close());
  const A: InventedLetter = { caseNumber: 'CM00-0000001' };
  const B: InventedLetter = { caseNumber: 'CM00-0000002', summary: `An invented summary with ${RARE} in it.` };
  const B_OLDER: InventedLetter = { ...B, decisionDate: '01/05/2015' };
  const UNNUMBERED: InventedLetter = { decisionDate: '03/03/2015', summary: `An invented summary with ${RARE} in it.` };

  async function workplace(t: TestContext, letters: Readonly<Record<string, InventedLetter | string>>) {
    const folder = await temporaryFolder(t);
    const [from, to] = [join(folder, 'letters'), join(folder, 'content')];
    const put = (files: typeof letters, into = from) => writeFiles(into, Object.fromEntries(Object.entries(files).map(([name, letter]) => [name, typeof letter === 'string' ? letter : letterText(letter)])));
    await put(letters);
    await mkdir(to);
    const remove = (...entries: string[]) => writeFile(join(to, FILE), entries.join(''));
    const run = async (source = from): Promise<ImportReport> => {
      const report = await importLetters({ from: source, to, readers });
      const { read, written, unchanged, duplicate, quarantined, removed } = report.counts;
      assert.equal(read, written + unchanged + duplicate + quarantined + removed, 'the counts add up');
      const published = report.letters.flatMap(({ determination }) => determination ?? []).sort();
      assert.deepEqual((await listFiles(to)).filter((file) => file.startsWith('determinations/')), published, 'nothing lies there but what the report names');
      return report;
    };
    return { folder, from, to, put, remove, run };
  }
  const results = ({ letters }: ImportReport) => letters.map(({ file, result, determination, removedAs }) => `${file} ${determination?.replace('determinations/', '').replace(/--\w+/, '') ?? [result, removedAs].join(' ').trim()}`);

  test('counts the letters of a removed case, keeps nothing of them, and deletes what was there; without the entry they come back', async (t) => {
    const { from, to, remove, run } = await workplace(t, { 'a.txt': A, 'b.txt': B, 'b copy.txt': B, 'b old.txt': B_OLDER });
    const before = await run();
    assert.deepEqual(results(before), ['a.txt 2016/CM00-0000001.md', 'b copy.txt 2016/CM00-0000002.md', 'b old.txt superseded/CM00-0000002.md', 'b.txt duplicate']);
    const published = await readFiles(to);

    await remove(removalOf({ case: 'cm00 0000002' }));
    const removed = ['a.txt 2016/CM00-0000001.md', 'b copy.txt removed CM00-0000002', 'b old.txt removed CM00-0000002', 'b.txt removed CM00-0000002'];
    const report = await run();
    assert.deepEqual(results(report), removed);
    assert.deepEqual(report.counts, { read: 4, written: 0, unchanged: 1, duplicate: 0, quarantined: 0, removed: 3 });
    assert.deepEqual(report.letters[2], { file: 'b old.txt', sha256: before.letters[2]!.sha256, result: 'removed', caseNumber: 'CM00-0000002', removedAs: 'CM00-0000002' });
    for (const [file, text] of Object.entries(await readFiles(to))) assert.ok(!text.toLowerCase().includes(RARE), `${file} has none of its words`);

    // Again, then into an empty folder, then when the report is gone: the same each time.
    assert.deepEqual(results(await run()), removed);
    assert.deepEqual((await run()).counts, { read: 4, written: 0, unchanged: 1, duplicate: 0, quarantined: 0, removed: 3 });
    await rm(join(to, 'import-report.json'));
    assert.deepEqual(results(await run()), removed);
    await rm(join(to, 'determinations'), { recursive: true });
    await rm(join(to, 'import-report.json'));
    assert.deepEqual((await run()).counts, { read: 4, written: 1, unchanged: 0, duplicate: 0, quarantined: 0, removed: 3 });
    // One letter alone.
    assert.deepEqual((await run(join(from, 'b.txt'))).counts, { read: 1, written: 0, unchanged: 0, duplicate: 0, quarantined: 0, removed: 1 });

    await rm(join(to, FILE));
    assert.deepEqual(results(await run()), results(before));
    const { 'import-report.json': _, 'import-report.md': __, ...again } = await readFiles(to);
    const { 'import-report.json': ___, 'import-report.md': ____, ...first } = published;
    assert.deepEqual(again, first);
  });

  test('deletes the determinations of a removed case also when its letters are not among those imported, or no report knows them', async (t) => {
    const { folder, from, to, put, remove, run } = await workplace(t, { 'b.txt': B, 'b old.txt': B_OLDER });
    await run();
    await remove(removalOf({ case: 'CM00-0000002' }));
    await put({ 'a.txt': A }, join(folder, 'others'));
    const report = await run(join(folder, 'others'));
    assert.deepEqual(results(report), ['a.txt 2016/CM00-0000001.md', 'b old.txt removed CM00-0000002', 'b.txt removed CM00-0000002']);
    assert.deepEqual(report.counts, { read: 1, written: 1, unchanged: 0, duplicate: 0, quarantined: 0, removed: 0 });

    await rm(join(to, FILE));
    await run(from);
    await rm(join(to, 'import-report.json'));
    await remove(removalOf({ case: 'CM00-0000002' }));
    assert.deepEqual(results(await run(join(folder, 'others'))), ['a.txt 2016/CM00-0000001.md']);
  });

  test('knows a removed letter without a case number by its name, and gives that name to no other', async (t) => {
    const { folder, to, put, remove, run } = await workplace(t, { 'scan.txt': UNNUMBERED });
    await run();
    await remove(removalOf({ letter: 'SCAN' }));
    assert.deepEqual(results(await run()), ['scan.txt removed scan']);
    // A newer letter of another folder would now come first and take the name.
    await put({ 'new/scan.txt': { decisionDate: '03/03/2020' } }, join(folder, 'others'));
    const names = (report: ImportReport) => results(report).map((line) => line.replace(/scan-[0-9a-f]{8}/, 'scan-mark'));
    assert.deepEqual(names(await run(join(folder, 'others'))), ['new/scan.txt 2020/scan-mark.md', 'scan.txt removed scan']);
    assert.deepEqual(names(await run()), ['new/scan.txt 2020/scan-mark.md', 'scan.txt removed scan']);
    // Its file has another name now, and then another content under the old one.
    await put({ 'renamed.txt': UNNUMBERED }, join(folder, 'again'));
    assert.ok(names(await run(join(folder, 'again'))).includes('renamed.txt removed scan'));
    assert.ok(!Object.values(await readFiles(to)).join('').toLowerCase().includes(RARE));
  });

  test('takes a corrected letter under the name of a removed one for the same', async (t) => {
    const { put, remove, run } = await workplace(t, { 'scan.txt': UNNUMBERED });
    await remove(removalOf({ letter: 'scan' }));
    assert.deepEqual(results(await run()), ['scan.txt removed scan']);
    await put({ 'scan.txt': { ...UNNUMBERED, decisionDate: '03/04/2015' } });
    assert.deepEqual(results(await run()), ['scan.txt removed scan']);
  });

  test('with a mistake in removed.yaml stops before anything is written', async (t) => {
    const { from, to, put, remove, run } = await workplace(t, { 'a.txt': A });
    await run();
    await put({ 'b.txt': B });
    await remove('- { case: CM00-000002, date: 2026-01-31, reason: A digit is missing. }\n');
    const before = await readFiles(to);
    await assert.rejects(importLetters({ from, to, readers }), /removed\.yaml: entry 1 has "CM00-000002"/);
    assert.deepEqual(await readFiles(to), before);
    await assert.rejects(readCorpus(to), RemovedFileError);
    await assert.rejects(listDeterminationFiles(to), RemovedFileError);
    await assert.rejects(listSupersededFiles(to), RemovedFileError);
  });
});

test('whatever letters there are and whatever is removed, each has one result, and none of a removed case has a place', async (t) => {
  const folder = await temporaryFolder(t);
  const letter = fc.record({ file: fc.constantFrom('a.txt', 'b.txt', 'x/a.txt', 'x/b.txt', 'cm00-0000001.txt'), caseNumber: fc.option(fc.constantFrom('CM00-0000001', 'CM00-0000002', 'CM00-0000003'), { nil: undefined }), decisionDate: fc.option(fc.constantFrom('2015-01-01', '2016-01-01'), { nil: undefined }) });
  const names = ['CM00-0000001', 'CM00-0000002', 'a', 'b', 'cm00-0000001'];
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(letter, { maxLength: 8, selector: ({ file }) => file }), fc.subarray(names.slice(0, 4)), fc.subarray(names.slice(0, 4)), async (letters, first, second) => {
      const cases = async (list: readonly string[]) => {
        await writeFiles(folder, { [FILE]: list.map((name) => removalOf(name.startsWith('CM') ? { case: name } : { letter: name })).join('') });
        return readRemovedCases(folder);
      };
      const candidates = letters.map(({ file, ...fields }, index) => ({ entry: { file, sha256: `${index}`.repeat(64), result: 'published' as const, ...fields } }));
      let earlier: LetterEntry[] = [];
      for (const list of [first, [...new Set([...first, ...second])]]) {
        const removed = await cases(list);
        const placed = place(candidates, removals(removed, earlier)).map(({ entry }) => entry);
        assert.deepEqual(placed.map(({ file }) => file).sort(), letters.map(({ file }) => file).sort());
        const determinations = placed.flatMap(({ determination }) => determination ?? []);
        assert.equal(new Set(determinations).size, determinations.length);
        for (const { result, determination, caseNumber, removedAs, decisionDate, facts } of placed) {
          assert.equal(result === 'published', determination !== undefined);
          assert.equal(result === 'removed', removedAs !== undefined);
          if (caseNumber !== undefined && removed.has(caseNumber.toLowerCase())) assert.equal(result, 'removed');
          if (determination !== undefined) assert.ok(!removed.has(/([^/]*?)(?:--\w+)?\.md$/.exec(determination)![1]!.toLowerCase()), determination);
          if (result === 'removed') assert.deepEqual([decisionDate, facts], [undefined, undefined]);
        }
        // What was removed stays removed, whatever was removed since.
        for (const before of earlier) if (before.result === 'removed') assert.equal(placed.find(({ file }) => file === before.file)!.result, 'removed');
        earlier = placed;
      }
    }),
    { seed: 11, numRuns: 200 },
  );
});
