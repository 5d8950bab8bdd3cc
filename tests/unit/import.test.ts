/** Whole imports, from a folder of letters to a content folder and its report. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { readEarlierImports } from '../../scripts/import/report.ts';
import type { ImportReport } from '../../scripts/import/report.ts';
import { importLetters } from '../../scripts/import/run.ts';
import type { ImportOptions } from '../../scripts/import/run.ts';
import { listDeterminationFiles, listSupersededFiles, readDetermination, readDeterminationFields } from '../../src/determinations/store.ts';
import '../support/no-inspector.ts';
import { listFiles, readFiles, temporaryFolder, writeFiles } from '../support/folders.ts';
import { HOSTILE_FILES } from '../support/hostile-pdf.ts';
import { DECISIONS, letterText } from '../support/letters.ts';
import type { InventedLetter } from '../support/letters.ts';
import { drawnText, pagesOf, pdfFile, pdfObjects } from '../support/pdf-bytes.ts';

const REPORT = 'import-report.json';
const REPORTS = [REPORT, 'import-report.md'];
const NOT_A_LETTER = 'Invented for a test: a shopping list.\n';

/** A letter and a content folder beside each other, and what to do with them. */
async function workplace(t: Parameters<typeof temporaryFolder>[0], letters: Readonly<Record<string, InventedLetter | string | Uint8Array>> = {}) {
  const folder = await temporaryFolder(t);
  const [from, to] = [join(folder, 'letters'), join(folder, 'content')];
  const put = (files: typeof letters, into = from) =>
    writeFiles(into, Object.fromEntries(Object.entries(files).map(([name, letter]) => [name, typeof letter === 'string' || letter instanceof Uint8Array ? letter : letterText(letter)])));
  await put(letters);
  const run = async (options: Partial<ImportOptions> = {}): Promise<ImportReport> => {
    // One process: with so few letters most of the time is spent starting it.
    const report = await importLetters({ from, to, processes: 1, ...options });
    const { read, written, unchanged, duplicate, quarantined, removed } = report.counts;
    assert.equal(read, written + unchanged + duplicate + quarantined + removed, 'the counts add up');
    assert.deepEqual(JSON.parse(await readFile(join(to, REPORT), 'utf8')), report, 'the report on disk is the report given back');
    const published = report.letters.filter((entry) => entry.result === 'published').map((entry) => entry.determination);
    assert.deepEqual(await listFiles(to), [...published, ...REPORTS].sort(), 'nothing lies in the content folder but what the report names');
    const files = [...(await listDeterminationFiles(to)), ...(await listSupersededFiles(to))];
    assert.deepEqual(files.sort(), published.sort(), 'and all of it is found there');
    for (const file of files) await readDetermination(to, file);
    return report;
  };
  return { folder, from, to, put, run, files: () => readFiles(to), determinations: () => readFiles(join(to, 'determinations')), remove: (name: string) => unlink(join(from, name)) };
}

/** What became of each letter: `a.txt -> determinations/...`, `a.txt duplicate of b.txt`, `a.txt quarantined: code`. */
function results({ letters }: ImportReport): string[] {
  return letters.map(({ file, result, determination, duplicateOf, code }) =>
    result === 'published' ? `${file} -> ${determination!.replace('determinations/', '')}` : result === 'duplicate' ? `${file} duplicate of ${duplicateOf}` : `${file} ${result}: ${code}`,
  );
}

const counts = ({ counts: { read, written, unchanged, duplicate, quarantined } }: ImportReport) => ({ read, written, unchanged, duplicate, quarantined });

const MIXED = {
  'a.txt': { caseNumber: 'CM00-0000001' },
  'again/copy of a.txt': { caseNumber: 'CM00-0000001' },
  'b.TXT': { caseNumber: 'CM00-0000002', decisionDate: '01/05/2017' },
  'deep/er/c.pdf': { caseNumber: 'CM00-0000003', decisionDate: '06/30/2014' },
  'no number.txt': { decisionDate: '03/03/2015' },
  'undated.txt': { decisionDate: '' },
  'list.txt': NOT_A_LETTER,
  'empty.pdf': '',
  'notes.docx': 'Invented for a test.',
};

describe('a folder of letters', () => {
  test('becomes determinations by year and a report in which every file is accounted for', async (t) => {
    const { run, determinations } = await workplace(t, MIXED);
    const report = await run();
    assert.deepEqual(results(report), [
      'a.txt -> 2016/CM00-0000001.md',
      'again/copy of a.txt duplicate of a.txt',
      'b.TXT -> 2017/CM00-0000002.md',
      'deep/er/c.pdf -> 2014/CM00-0000003.md',
      'empty.pdf quarantined: empty',
      'list.txt quarantined: unknown-layout',
      'no number.txt -> 2015/no-number.md',
      'undated.txt -> undated/undated.md',
    ]);
    assert.deepEqual(counts(report), { read: 8, written: 5, unchanged: 0, duplicate: 1, quarantined: 2 });
    assert.deepEqual(report.others, ['notes.docx']);
    const undated = report.letters.find((entry) => entry.file === 'undated.txt')!;
    assert.deepEqual(undated.doubts!.map(({ words }) => words), ['The header does not give: Decision Date.', "The letter has no case number; its file's name stands for it."]);
    const list = report.letters.find((entry) => entry.file === 'list.txt')!;
    assert.match(list.reason!, /layout is not one of those known/);
    assert.equal(list.line, 1);

    const before = await determinations();
    const second = await run();
    assert.deepEqual(counts(second), { read: 8, written: 0, unchanged: 5, duplicate: 1, quarantined: 2 });
    assert.deepEqual([second.letters, second.corpus], [report.letters, report.corpus]);
    assert.deepEqual(await determinations(), before);
  });

  test('gives the same bytes whatever the order, the number of processes and what is there from before', async (t) => {
    const one = await workplace(t, MIXED);
    await one.run({ processes: 1 });
    const many = await workplace(t, Object.fromEntries(Object.entries(MIXED).reverse()));
    await many.run({ processes: 3 });
    assert.deepEqual(await many.files(), await one.files());
    // The same letters once more, after other versions of them have stood in their place.
    const later = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001', decisionDate: '01/05/2018' }, 'undated.txt': { decisionDate: '01/05/2018' } });
    await later.run();
    await later.put(MIXED);
    await later.run();
    assert.deepEqual(await later.files(), await one.files());
  });

  test('may be one letter, or one letter after another', async (t) => {
    const { from, run } = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001' }, 'b.txt': { caseNumber: 'CM00-0000002' } });
    assert.deepEqual(results(await run({ from: join(from, 'a.txt') })), ['a.txt -> 2016/CM00-0000001.md']);
    const second = await run({ from: join(from, 'b.txt') });
    assert.deepEqual(results(second), ['a.txt -> 2016/CM00-0000001.md', 'b.txt -> 2016/CM00-0000002.md']);
    assert.deepEqual(counts(second), { read: 1, written: 1, unchanged: 0, duplicate: 0, quarantined: 0 });
  });

  test('that is not there is an error in words', async (t) => {
    const { from, to } = await workplace(t);
    await assert.rejects(importLetters({ from: `${from}/none`, to }), /There is no file or folder .*none/);
  });

  test('progress goes from nothing to all, letter by letter', async (t) => {
    const { run } = await workplace(t, MIXED);
    const seen: [number, number][] = [];
    await run({ onProgress: (done, of) => seen.push([done, of]) });
    // The copy needs no reading.
    assert.deepEqual(seen, Array.from({ length: 8 }, (_, index) => [index + 1, 8]));
    seen.length = 0;
    await run({ onProgress: (done, of) => seen.push([done, of]) });
    assert.deepEqual(seen, [[8, 8]]);
  });
});

describe('from one import to the next', () => {
  const A: InventedLetter = { caseNumber: 'CM00-0000001' };
  const B: InventedLetter = { caseNumber: 'CM00-0000002' };
  const C: InventedLetter = { caseNumber: 'CM00-0000003' };

  test('a letter that changes is written anew, one that cannot be read any more stays as it was last read, and no old file stays', async (t) => {
    const { run, put, to, from } = await workplace(t, { 'a.txt': A, 'b.txt': B, 'c.txt': C, 'same.txt': { caseNumber: 'CM00-0000004' } });
    await run();
    await put({ 'a.txt': { ...A, decisionDate: '01/20/2017', decisions: [{ request: 'Lumbar brace', outcome: 'Overturned' }] }, 'b.txt': NOT_A_LETTER });
    await rename(join(from, 'c.txt'), join(from, 'z.txt'));
    const changed = await run();
    assert.deepEqual(results(changed).sort(), [
      'a.txt -> 2017/CM00-0000001.md',
      'b.txt -> 2016/CM00-0000002.md',
      'b.txt quarantined: unknown-layout',
      // A letter that is not among those imported stays; its file may have been one of another folder.
      'c.txt -> 2016/CM00-0000003.md',
      'same.txt -> 2016/CM00-0000004.md',
      'z.txt duplicate of c.txt',
    ]);
    assert.deepEqual(counts(changed), { read: 4, written: 1, unchanged: 1, duplicate: 1, quarantined: 1 });
    assert.equal((await readDetermination(to, 'determinations/2017/CM00-0000001.md')).decisions[0]!.request, 'Lumbar brace');

    await put({ 'b.txt': B });
    await unlink(join(to, 'determinations/2016/CM00-0000004.md'));
    const mended = await run();
    // The last reading of b.txt is the letter that has come back: nothing of it is read again.
    assert.deepEqual(results(mended).slice(0, 4), ['a.txt -> 2017/CM00-0000001.md', 'b.txt -> 2016/CM00-0000002.md', 'c.txt -> 2016/CM00-0000003.md', 'same.txt -> 2016/CM00-0000004.md']);
    assert.deepEqual(counts(mended), { read: 4, written: 1, unchanged: 2, duplicate: 1, quarantined: 0 });
  });

  test('two folders that both have a file of some name have two letters, and none takes the other’s place', async (t) => {
    const { run, from } = await workplace(t, { '2015/1.txt': A, '2016/1.txt': B });
    for (const folder of ['2015', '2016', '2015']) await run({ from: join(from, folder) });
    assert.deepEqual(results(await run({ from: join(from, '2016') })).sort(), ['1.txt -> 2016/CM00-0000001.md', '1.txt -> 2016/CM00-0000002.md']);
  });

  test('a letter that gets another name while a newer one of its case takes its old name is kept', async (t) => {
    const { run, put, from } = await workplace(t, { 'a.txt': A });
    await run();
    await rename(join(from, 'a.txt'), join(from, 'a-old.txt'));
    await put({ 'a.txt': { ...A, decisionDate: '06/01/2018' } });
    const report = await run();
    assert.deepEqual(counts(report), { read: 2, written: 2, unchanged: 0, duplicate: 0, quarantined: 0 });
    assert.deepEqual(results(report).map((line) => line.replace(/--\w+/, '')), ['a-old.txt -> superseded/CM00-0000001.md', 'a.txt -> 2018/CM00-0000001.md']);
  });

  test('the same letter twice is one letter, and none when it cannot be read', async (t) => {
    const { run } = await workplace(t, { 'twice 1.txt': C, 'twice 2.txt': C, 'unread 1.txt': NOT_A_LETTER, 'unread 2.txt': NOT_A_LETTER });
    const expected = ['twice 1.txt -> 2016/CM00-0000003.md', 'twice 2.txt duplicate of twice 1.txt', 'unread 1.txt quarantined: unknown-layout', 'unread 2.txt quarantined: unknown-layout'];
    assert.deepEqual(results(await run()), expected);
    assert.deepEqual(results(await run()), expected);
  });

  test('letters without a number that would have one name all get an address, the same in either order of coming', async (t) => {
    const first = { 'b/Letter.txt': { decisionDate: '', summary: 'The injured worker is a 20 year old male.' }, 'cm00-0000001.txt': {} };
    const second = { 'a/letter.txt': { decisionDate: '' }, 'numbered.txt': A };
    const together = await workplace(t, { ...first, ...second });
    assert.match(
      results(await together.run()).join('\n'),
      /^a\/letter\.txt -> undated\/letter\.md\nb\/Letter\.txt -> undated\/Letter-[0-9a-f]{8}\.md\ncm00-0000001\.txt -> 2016\/cm00-0000001-[0-9a-f]{8}\.md\nnumbered\.txt -> 2016\/CM00-0000001\.md$/,
    );
    // Those that came first have to make room for those that are first in order.
    const apart = await workplace(t, first);
    assert.deepEqual(results(await apart.run()), ['b/Letter.txt -> undated/Letter.md', 'cm00-0000001.txt -> 2016/cm00-0000001.md']);
    await apart.put(second);
    const report = await apart.run();
    assert.deepEqual([report.counts.written, report.counts.unchanged], [2, 2]);
    assert.deepEqual(await apart.determinations(), await together.determinations());
  });
});

describe('letters of one case', () => {
  const A: InventedLetter = { caseNumber: 'CM00-0000001' };
  const FIRST: InventedLetter = { ...A, decisionDate: '12/01/2016', decisions: [{ request: 'Lumbar brace' }] };
  const SECOND: InventedLetter = { ...A, decisionDate: '06/01/2017', decisions: [{ request: 'Lumbar brace', outcome: 'Overturned' }] };
  const THIRD: InventedLetter = { ...A, decisionDate: '06/01/2018' };
  const superseded = /^superseded\/CM00-0000001--[0-9a-f]{8}\.md$/;

  /** The letters' files, then what their determinations say of each other. */
  async function standing(to: string): Promise<Record<string, string>> {
    const said: Record<string, string> = {};
    for (const file of [...(await listDeterminationFiles(to)), ...(await listSupersededFiles(to))]) {
      const { source, supersededBy, notes = [] } = await readDeterminationFields(to, file);
      said[source.file] = [file.replace('determinations/', '').replace(/[0-9a-f]{8}(?=\.md)/, 'mark'), ...(supersededBy ? [`by ${supersededBy.file} of ${supersededBy.decisionDate}`] : []), ...notes].join('; ');
    }
    return said;
  }

  const ALL = { 'c/first.txt': FIRST, 'b/second.txt': SECOND, 'a/third.txt': THIRD, 'z.txt': { caseNumber: 'CM00-0000002' } };
  const EXPECTED = {
    'c/first.txt': 'superseded/CM00-0000001--mark.md; by a/third.txt of 2018-06-01',
    'b/second.txt': 'superseded/CM00-0000001--mark.md; by a/third.txt of 2018-06-01',
    'a/third.txt': '2018/CM00-0000001.md',
    'z.txt': '2016/CM00-0000002.md',
  };

  test('are all kept, the newest as the case and the others as superseded by it, and stay so', async (t) => {
    const { run, to, determinations } = await workplace(t, ALL);
    const report = await run();
    assert.deepEqual(counts(report), { read: 4, written: 4, unchanged: 0, duplicate: 0, quarantined: 0 });
    assert.deepEqual(await standing(to), EXPECTED);
    const first = report.letters.find((entry) => entry.file === 'c/first.txt')!;
    assert.match(first.determination!.replace('determinations/', ''), superseded);
    assert.ok(first.determination!.includes(first.sha256.slice(0, 8)));
    assert.deepEqual(first.supersededBy, { decisionDate: '2018-06-01', file: 'a/third.txt' });
    assert.equal((await readDetermination(to, first.determination!)).decisions[0]!.request, 'Lumbar brace');
    const before = await determinations();
    assert.deepEqual(counts(await run()), { read: 4, written: 0, unchanged: 4, duplicate: 0, quarantined: 0 });
    assert.deepEqual(await determinations(), before);
  });

  test('give the same files in whatever order and however often they come', async (t) => {
    const together = await workplace(t, ALL);
    const expected = (await together.run()).corpus;
    const names = Object.keys(ALL) as (keyof typeof ALL)[];
    for (const order of [[0, 1, 2, 3], [2, 1, 0, 3], [1, 2, 0, 3], [3, 2, 0, 1]]) {
      const apart = await workplace(t);
      for (const [place, index] of order.entries()) {
        const name = names[index]!;
        await apart.put({ [name]: ALL[name] });
        // In between, all that are there are read anew, as by another version of the importer.
        if (place === 2) await rm(join(apart.to, REPORT));
        await apart.run();
      }
      assert.deepEqual(await apart.determinations(), await together.determinations(), order.join());
      assert.deepEqual((await apart.run()).corpus, expected);
    }
  });

  test('keep their places when the newer one is taken out of the folder, and lose them when it is taken out of the determinations', async (t) => {
    const { run, remove, to } = await workplace(t, { 'new.txt': SECOND, 'old.txt': FIRST });
    await run();
    await remove('new.txt');
    const by = { 'new.txt': '2017/CM00-0000001.md', 'old.txt': 'superseded/CM00-0000001--mark.md; by new.txt of 2017-06-01' };
    assert.deepEqual(counts(await run()), { read: 1, written: 0, unchanged: 1, duplicate: 0, quarantined: 0 });
    assert.deepEqual(await standing(to), by);
    // The old one read anew knows what stands from before; so it does when the report is gone.
    await rm(join(to, REPORT));
    assert.deepEqual(counts(await run()), { read: 1, written: 1, unchanged: 0, duplicate: 0, quarantined: 0 });
    assert.deepEqual(await standing(to), by);
    // Taken out by hand, it is gone for good, and the older one is the case's page again.
    await unlink(join(to, 'determinations/2017/CM00-0000001.md'));
    const report = await run();
    assert.deepEqual(await standing(to), { 'old.txt': '2016/CM00-0000001.md' });
    assert.deepEqual(report.corpus.superseded, []);
  });

  test('of the same day stand in the order of their files, and say so', async (t) => {
    const notes = {
      current: 'Another letter of this case has the same decision date. This one is taken for the current one, because the name of its file comes first.',
      other: 'Another letter of this case has the same decision date. The other one, 1.txt, is taken for the current one, because the name of its file comes first.',
    };
    const letters = { '1.txt': SECOND, '2.txt': { ...SECOND, summary: 'The injured worker is a 20 year old male.' }, '3.txt': FIRST };
    const expected = {
      '1.txt': `2017/CM00-0000001.md; ${notes.current}`,
      '2.txt': `superseded/CM00-0000001--mark.md; by 1.txt of 2017-06-01; ${notes.other}`,
      '3.txt': 'superseded/CM00-0000001--mark.md; by 1.txt of 2017-06-01',
    };
    const together = await workplace(t, letters);
    const { corpus } = await together.run();
    assert.deepEqual(await standing(together.to), expected);
    assert.deepEqual([corpus.doubts.count, corpus.doubts.readings.map(({ code }) => code)], [2, ['same-date', 'same-date']]);
    // The one that comes first has to make room, and the words do not come twice.
    const apart = await workplace(t, { '2.txt': letters['2.txt'] });
    await apart.run();
    assert.deepEqual(await standing(apart.to), { '2.txt': '2017/CM00-0000001.md' });
    await apart.put(letters);
    await apart.run();
    await apart.run();
    assert.deepEqual(await apart.determinations(), await together.determinations());
    await apart.remove('1.txt');
    await rm(join(apart.to, REPORT));
    await apart.run();
    assert.deepEqual(await apart.determinations(), await together.determinations());
  });

  test('without a date are older than any with one', async (t) => {
    const { run, to, remove } = await workplace(t, { '1.txt': { ...A, decisionDate: '' }, '2.txt': { ...A, decisionDate: '', decisions: [{ request: 'Lumbar brace' }] }, '3.txt': FIRST });
    await run();
    const stands = Object.entries(await standing(to)).sort();
    assert.deepEqual(stands.map(([file, said]) => `${file}: ${said.split('; The header')[0]}`), ['1.txt: superseded/CM00-0000001--mark.md; by 3.txt of 2016-12-01', '2.txt: superseded/CM00-0000001--mark.md; by 3.txt of 2016-12-01', '3.txt: 2016/CM00-0000001.md']);
    await rm(to, { recursive: true });
    await remove('3.txt');
    await run();
    const undated = await standing(to);
    assert.match(undated['1.txt']!, /^undated\/CM00-0000001\.md; .*has no decision date either\. This one is taken/);
    assert.match(undated['2.txt']!, /; by 1\.txt of undefined; .*has no decision date either\. The other one, 1\.txt, is taken/);
  });

  test('are not all given up when one of them is damaged: the import says which, and everything stays where it is', async (t) => {
    const { run, put, to, determinations } = await workplace(t, { 'old.txt': FIRST });
    await run();
    await writeFile(join(to, 'determinations/2016/CM00-0000001.md'), 'not a determination');
    const before = await determinations();
    await put({ 'new.txt': SECOND });
    await assert.rejects(run(), /2016\/CM00-0000001\.md.*take the file out/);
    assert.deepEqual(await determinations(), before);
    await rm(join(to, 'determinations/2016/CM00-0000001.md'));
    await run();
    assert.deepEqual(Object.keys(await standing(to)).sort(), ['new.txt', 'old.txt']);
  });
});

test('names of files become ids that are safe in a path and an address, and nothing but letters is read', async (t) => {
  const names = ['-..-.txt', '_..x.pdf.txt', ' blanks  and\ttabs .txt', 'Grüße & “quotes”.txt', '日本語.txt', `${'long'.repeat(60)}.txt`, `${'a'.repeat(99)}.b.txt`, "'; rm -rf $(HOME) #.txt", '--to=x.txt', 'line\nbreak.txt', '%2e%2e%2fx.txt', 'CON.txt', 'a<b>|c.txt'];
  const undated = names.map((name, index): [string, InventedLetter] => [`names/${name}`, { decisionDate: '', summary: `The injured worker is a ${20 + index} year old male.` }]);
  const { run, from } = await workplace(t, { ...Object.fromEntries(undated), 'a.txt': { caseNumber: 'CM00-0000001' }, '.hidden.txt': { caseNumber: 'CM00-0000002' }, '.git/b.txt': { caseNumber: 'CM00-0000003' } });
  await mkdir(join(from, 'folder.pdf'));
  await symlink('a.txt', join(from, 'link.txt'));
  await symlink('nowhere.txt', join(from, 'broken.txt'));
  // Nobody ever writes into this pipe.
  await promisify(execFile)('mkfifo', [join(from, 'pipe.pdf')]).catch(() => t.diagnostic('there is no mkfifo here'));
  const report = await run();
  const [named, others] = [report.letters.filter((entry) => entry.file.startsWith('names/')), report.letters.filter((entry) => !entry.file.startsWith('names/'))];
  assert.equal(named.length, names.length);
  for (const { determination } of named) assert.match(determination!, /^determinations\/undated\/\w(?:[\w.-]{0,110}\w)?\.md$/);
  assert.equal(new Set(named.map((entry) => entry.determination!.toLowerCase())).size, names.length);
  assert.deepEqual(results({ ...report, letters: others }), ['a.txt -> 2016/CM00-0000001.md', 'broken.txt quarantined: cannot-open', 'link.txt duplicate of a.txt']);
  assert.doesNotMatch(JSON.stringify(report), new RegExp(RegExp.escape(from)), 'the report names no path of this machine');
});

describe('a report', () => {
  const LETTERS = { 'a.txt': { caseNumber: 'CM00-0000001' }, 'kept.txt': { caseNumber: 'CM00-0000002' }, 'no number.txt': { decisionDate: '' } };

  test('that is gone or damaged is made anew from the determinations, and names no file outside of them', async (t) => {
    const { run, to, remove, determinations } = await workplace(t, LETTERS);
    await run();
    const before = await determinations();
    await remove('kept.txt');
    const victim = join(to, '../victim.md');
    await writeFile(victim, 'keep me');
    const entry = { file: 'a.txt', sha256: 'x', result: 'published', facts: { layout: 'x', categories: [] } };
    for (const damage of ['', '{', 'null', '[]', '{"importer":"x"}', '{"importer":"x","letters":[null]}', '{"importer":"x","letters":[{}]}', JSON.stringify({ importer: 'x', letters: [entry] }), JSON.stringify({ importer: 'x', letters: [{ ...entry, determination: '../victim.md' }] })]) {
      await writeFile(join(to, REPORT), damage);
      const { importer, letters } = await readEarlierImports(to);
      assert.deepEqual([importer, letters.map(({ file, determination }) => `${file} -> ${determination}`)], ['', ['a.txt -> determinations/2016/CM00-0000001.md', 'kept.txt -> determinations/2016/CM00-0000002.md', 'no number.txt -> determinations/undated/no-number.md']], damage);
    }
    const report = await run();
    assert.deepEqual(counts(report), { read: 2, written: 2, unchanged: 0, duplicate: 0, quarantined: 0 });
    assert.deepEqual(await determinations(), before);
    assert.equal(await readFile(victim, 'utf8'), 'keep me');
    await rm(join(to, REPORT));
    assert.equal((await run()).counts.written, 2);
    // What another version of the importer has read is read again.
    await writeFile(join(to, REPORT), JSON.stringify({ ...report, importer: 'another' }));
    assert.equal((await run()).counts.written, 2);
  });

  test('of determinations that somebody has deleted keeps no letter from being published', async (t) => {
    const { folder, run, to } = await workplace(t, LETTERS);
    await run({ from: join(folder, 'letters/a.txt') });
    await rm(join(to, 'determinations'), { recursive: true });
    assert.deepEqual(results(await run({ from: folder })), ['letters/a.txt -> 2016/CM00-0000001.md', 'letters/kept.txt -> 2016/CM00-0000002.md', 'letters/no number.txt -> undated/no-number.md']);
  });
});

describe('a letter that hangs or eats memory', () => {
  /** A page whose drawing unpacks to far more than the file: `times` MB of it. */
  function pdfBomb(times: number): Uint8Array {
    const content = deflateSync(Buffer.from('BT (x) Tj ET\n'.repeat(80_000).repeat(times)));
    const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << >> >> >>'];
    const head = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('');
    return Buffer.concat([
      Buffer.from(`%PDF-1.4\n${head}4 0 obj\n<< /Length ${content.length} /Filter /FlateDecode >>\nstream\n`),
      content,
      Buffer.from('\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
    ]);
  }

  test('is quarantined alone, and the others are read', async (t) => {
    const { run } = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001' }, 'bomb.pdf': pdfBomb(160), 'z.txt': { caseNumber: 'CM00-0000002' } });
    const report = await run({ letterMemory: 128, letterTimeout: 2000 });
    const [a, bomb, z] = results(report);
    assert.deepEqual([a, z], ['a.txt -> 2016/CM00-0000001.md', 'z.txt -> 2016/CM00-0000002.md']);
    assert.match(bomb!, /^bomb\.pdf quarantined: (?:too-slow|too-big)$/);
  });

  test('is given up after its time, and read when there is more of it', async (t) => {
    const decisions = Array.from({ length: 300 }, (_, index) => ({ request: `Item ${index} of very many` }));
    const { run } = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001', decisions } });
    const late = await run({ letterTimeout: 2 });
    assert.deepEqual(results(late), ['a.txt quarantined: too-slow']);
    assert.match(late.letters[0]!.reason!, /within 0\.002 seconds/);
    assert.deepEqual(results(await run()), ['a.txt -> 2016/CM00-0000001.md']);
  });
});

describe('npm run import', () => {
  const COMMAND = resolve(import.meta.dirname, '../../scripts/import.ts');
  const command = (...options: string[]) =>
    promisify(execFile)(process.execPath, [COMMAND, ...options]).then(
      (output) => ({ code: 0, ...output }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  test('ends with 0 and the sum, and with 2 when told to be strict about what was quarantined', async (t) => {
    const { from, to } = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001' }, 'list.txt': NOT_A_LETTER, 'c.jpg': 'x' });
    const first = await command('--from', from, '--to', to);
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stdout, /^2 read = 1 written \+ 0 unchanged \+ 0 duplicate \+ 1 quarantined \+ 0 removed$/m);
    assert.match(first.stdout, /1 other file\(s\) are not letters.*c\.jpg/);
    assert.match(first.stderr, /^quarantined list\.txt, line 1: its layout is not one of those known/m);
    assert.match(first.stderr, /^2 of 2 letters$/m);
    assert.doesNotMatch(first.stderr, /\r|\u001b/, 'plain lines where there is no terminal');
    const strict = await command('--from', from, '--to', to, '--strict');
    assert.equal(strict.code, 2);
    assert.match(strict.stdout, /1 unchanged/);
  });

  test('says when invented letters are among others', async (t) => {
    const { from, to } = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001' }, 'b.txt': { caseNumber: 'CM16-0000002' }, 'd.txt': { caseNumber: 'CM16-0000003' } });
    const both = await command('--from', from, '--to', to);
    assert.match(both.stdout, /content holds 1 invented letter, most likely .* --to /);
    for (const name of ['a.txt', 'b.txt']) {
      const alone = await command('--from', join(from, name), '--to', join(to, `of-${name}`));
      assert.doesNotMatch(alone.stdout, /invented/);
    }
  });

  test('ends with 1 when nothing could be read or written, and says why', async (t) => {
    const { from, to, folder } = await workplace(t, { 'list.txt': NOT_A_LETTER, 'list again.txt': NOT_A_LETTER });
    assert.equal((await command('--from', from, '--to', to)).code, 1);
    await mkdir(join(folder, 'empty'));
    const empty = await command('--from', join(folder, 'empty'), '--to', to);
    assert.equal(empty.code, 1);
    assert.match(empty.stderr, /There is no letter \(\.pdf, \.txt\) in .*empty/);
    const nowhere = await command('--from', join(folder, 'nowhere'), '--to', to);
    assert.equal(nowhere.code, 1);
    assert.match(nowhere.stderr, /^There is no file or folder .*nowhere/);
    await writeFiles(folder, { file: 'not a folder' });
    const nofolder = await command('--from', from, '--to', join(folder, 'file'));
    assert.equal(nofolder.code, 1);
    assert.match(nofolder.stderr, /file/);
  });

  test('stops a letter after --seconds and names them, and reads the others', async (t) => {
    const endless = HOSTILE_FILES.find(({ name }) => name === 'drawing/forms ten times in forms ten times.pdf')!;
    const { from, to } = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001' }, 'endless.pdf': endless.bytes(letterText({ caseNumber: 'CM00-0000002' })), 'z.txt': { caseNumber: 'CM00-0000003' } });
    const { code, stdout, stderr } = await command('--from', from, '--to', to, '--seconds', '1', '--memory', '4096', '--strict');
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^quarantined endless\.pdf: it could not be read within 1 seconds\..*--seconds$/m);
    assert.match(stdout, /^3 read = 2 written .* 1 quarantined/m);
  });

  test('keeps a letter from more than --memory, and reads it when there is more', async (t) => {
    const letter = letterText({ caseNumber: 'CM00-0000002' });
    const large = pdfFile(pdfObjects(pagesOf(letter), { draw: (lines, page) => `${drawnText(lines)}\n${page === 0 ? `1 1 m ${'2 2 3 3 4 4 c '.repeat(40)}f\n`.repeat(30_000) : ''}` }));
    const { from, to } = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001' }, 'large.pdf': large, 'z.txt': { caseNumber: 'CM00-0000003' } });
    const little = await command('--from', from, '--to', to, '--memory', '128', '--seconds', '60');
    assert.equal(little.code, 0, little.stderr);
    assert.match(little.stderr, /^quarantined large\.pdf: .*memory/m);
    assert.match(little.stdout, /^3 read = 2 written .* 1 quarantined/m);
    const more = await command('--from', from, '--to', to, '--memory', '1024', '--seconds', '60');
    assert.match(more.stdout, /^3 read = 1 written \+ 2 unchanged .* 0 quarantined/m, more.stderr);
  });

  for (const [option, values, said] of [
    ['--seconds', ['', ' ', 'x', '0', '-1', '0x', '1e9', 'NaN', 'Infinity', '5s'], /^--seconds must be a number from 1 to 3600, not "/],
    ['--memory', ['', 'lots', '0', '127', '5000', '512MB', 'NaN'], /^--memory must be a number from 128 to 4096, not "/],
  ] as const) {
    test(`refuses a value of ${option} that is none, in words, and imports nothing`, async (t) => {
      const { from, to } = await workplace(t, { 'a.txt': { caseNumber: 'CM00-0000001' } });
      for (const value of values) {
        const { code, stdout, stderr } = await command('--from', from, '--to', to, `${option}=${value}`);
        assert.deepEqual([code, stdout], [1, ''], value);
        assert.match(stderr, said);
        assert.ok(stderr.trim().endsWith(`not "${value}".`), stderr);
      }
      assert.deepEqual(await listFiles(to).catch(() => []), []);
    });
  }

  test('with --redact publishes nothing that a box or its colour hides, and says on which page something was', async (t) => {
    const letter = letterText({ caseNumber: 'CM00-0000001', decisions: DECISIONS.slice(2, 5) });
    const bytes = (name: string): Uint8Array => HOSTILE_FILES.find((file) => file.name === `unseen/${name}.pdf`)!.bytes(letter);
    for (const [name, hidden, shown] of [
      // The box ends in the middle of a word.
      ['black box over a word', /with instruction|instruction|Lidoder/, /two visits a week for six weeks, \\?\[redacted\\?\] in a home program/],
      ['white sentence', /name that nobody sees|invented name/, /\\?\[redacted\\?\]/],
    ] as const) {
      const { from, to, files } = await workplace(t, { 'a.pdf': bytes(name) });
      const refused = await command('--from', from, '--to', to);
      assert.match(refused.stderr, /^quarantined a\.pdf, line \d+: it holds .*hidden text.*page 1: \d+ words?/m);
      assert.doesNotMatch(refused.stderr, hidden);
      const { code, stderr } = await command('--from', from, '--to', to, '--redact');
      assert.equal(code, 0, stderr);
      const written = await files();
      assert.match(written['determinations/2016/CM00-0000001.md']!, shown);
      for (const [file, text] of Object.entries(written)) assert.doesNotMatch(text, hidden, file);
      const { notes = [], decisions } = await readDetermination(to, 'determinations/2016/CM00-0000001.md');
      assert.ok(notes.includes('Hidden text was redacted at import on page 1.'), notes.join(' '));
      assert.deepEqual(decisions.map(({ outcome }) => outcome), ['overturned', 'upheld', 'upheld']);
    }
    const { from, to, files } = await workplace(t, { 'a.pdf': bytes('black box over the outcome') });
    assert.equal((await command('--from', from, '--to', to, '--redact')).code, 1, 'an outcome under a box is none');
    assert.deepEqual(Object.keys(await files()).sort(), REPORTS);
  });

  test('explains itself', async () => {
    const missing = await command();
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /^--from is missing\.\n\nUsage: npm run import -- --from/);
    const help = await command('--help');
    assert.equal(help.code, 0);
    const wrong = await command('--form', 'x');
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /--form/);
  });
});
