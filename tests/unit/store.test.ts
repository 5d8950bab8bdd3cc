/** Where determinations lie, and what is refused when they lie elsewhere. */
import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DeterminationError } from '../../src/determinations/error.ts';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { readMarkdown, withReadings } from '../../src/determinations/read-markdown.ts';
import { caseOf, determinationFile, isDeterminationFile, listDeterminationFiles, listSupersededFiles, readDetermination, readDeterminationFields, supersededFile, supersededMark } from '../../src/determinations/store.ts';
import { inventedDetermination } from '../support/determinations.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';

const WITH_NUMBER = 'determinations/2016/CM00-0000001.md';
const SUPERSEDED = 'determinations/superseded/CM00-0000001--aaaaaaaa.md';

describe('the place of a determination', () => {
  for (const [record, place] of [
    [{ id: 'CM00-0000001', decisionDate: '2016-12-09' }, WITH_NUMBER],
    [{ id: 'CM00-0000001' }, 'determinations/undated/CM00-0000001.md'],
    [{ id: 'a-letter', decisionDate: '2013-01-31' }, 'determinations/2013/a-letter.md'],
  ] as const) {
    test(place, () => {
      assert.equal(determinationFile(record), place);
      assert.ok(isDeterminationFile(place));
    });
  }

  test('that is superseded is named by its case and its letter', () => {
    assert.equal(supersededFile({ caseNumber: 'CM00-0000001', sha256: 'a'.repeat(64) }), SUPERSEDED);
    assert.ok(isDeterminationFile(SUPERSEDED));
  });

  for (const [file, id, mark] of [
    [WITH_NUMBER, 'CM00-0000001', undefined],
    [SUPERSEDED, 'CM00-0000001', 'aaaaaaaa'],
    ['determinations/undated/a--letter.md', 'a--letter', undefined],
    ['determinations/superseded/odd.md', 'odd', undefined],
  ] as const) {
    test(`${file} is of ${id}${mark === undefined ? '' : `, letter ${mark}`}`, () => assert.deepEqual([caseOf(file), supersededMark(file)], [id, mark]));
  }

  for (const place of ['../../etc/passwd', 'determinations/../x.md', 'determinations/2016/../../x.md', 'determinations/2016/.md', 'determinations/2016/.x.md', 'determinations/2016/x/y.md', 'determinations/2016/x.txt', '/determinations/2016/x.md', 'determinations/2016/x.md\n', '', undefined, null, 7]) {
    test(`${JSON.stringify(place)} is none`, () => assert.equal(isDeterminationFile(place), false));
  }
});

describe('a content folder', () => {
  test('is empty when it is not there, or holds something else under the name', async (t) => {
    const folder = await temporaryFolder(t);
    assert.deepEqual(await listDeterminationFiles(join(folder, 'none')), []);
    await writeFiles(folder, { determinations: 'not a folder' });
    assert.deepEqual(await listDeterminationFiles(folder), []);
  });

  test('lists its determinations in order and nothing else', async (t) => {
    const folder = await temporaryFolder(t);
    const names = ['determinations/2013/CM00-0000002.md', WITH_NUMBER, 'determinations/undated/a.md'];
    await writeFiles(folder, Object.fromEntries([...names, 'determinations/README.md', 'determinations/2016/note.txt', 'import-report.json'].toReversed().map((name) => [name, ''])));
    assert.deepEqual(await listDeterminationFiles(folder), names);
  });

  test('gives back what was written', async (t) => {
    const folder = await temporaryFolder(t);
    const record = inventedDetermination();
    await writeFiles(folder, { [WITH_NUMBER]: stringifyDetermination(record) });
    assert.deepEqual(readMarkdown(folder, WITH_NUMBER), record);
    assert.deepEqual(await readDetermination(folder, WITH_NUMBER), withReadings(record));
  });

  test('is read with the reasons of its decisions and telling words of those that were overturned, which are never written', async (t) => {
    const folder = await temporaryFolder(t);
    const [first] = inventedDetermination().decisions;
    const [against, telling] = ['There are no red flags in the notes.', 'The exam of this patient shows severe weakness of the left hand, and he has failed six weeks of exercises.'];
    const decisions = [{ ...first!, outcome: 'upheld' as const, rationale: ['A cane was asked for.', against] }, { ...first!, outcome: 'overturned' as const, rationale: [telling] }];
    const written = stringifyDetermination(inventedDetermination({ outcome: 'partially overturned', decisions }));
    await writeFiles(folder, { [WITH_NUMBER]: written });
    const record = await readDetermination(folder, WITH_NUMBER);
    assert.deepEqual(record.decisions[0]!.reasons, [{ kind: 'no-red-flag', sentence: against, paragraph: 2, place: 1 }]);
    assert.equal(record.decisions[0]!.quote, undefined);
    assert.equal(record.decisions[1]!.quote?.text, telling);
    assert.equal(stringifyDetermination(record), written);
  });

  test('a letter without a case number is named by its file', async (t) => {
    const folder = await temporaryFolder(t);
    const { caseNumber: _, decisionDate: __, ...rest } = inventedDetermination();
    await writeFiles(folder, { 'determinations/undated/my-letter.md': stringifyDetermination(rest) });
    const record = await readDetermination(folder, 'determinations/undated/my-letter.md');
    assert.equal(record.id, 'my-letter');
    assert.equal(record.caseNumber, undefined);
  });

  for (const wrong of ['determinations/2016/CM00-0000002.md', 'determinations/2015/CM00-0000001.md', 'determinations/undated/CM00-0000001.md']) {
    test(`${wrong} that holds another case or year is refused and says where it belongs`, async (t) => {
      const folder = await temporaryFolder(t);
      await writeFiles(folder, { [WITH_NUMBER]: stringifyDetermination(inventedDetermination()), [wrong]: '' });
      await rename(join(folder, WITH_NUMBER), join(folder, wrong));
      await assert.rejects(readDetermination(folder, wrong), (error) => error instanceof DeterminationError && error.message.includes(wrong) && error.message.includes(`belongs to ${WITH_NUMBER}`));
    });
  }

  test('keeps superseded letters apart from the cases', async (t) => {
    const folder = await temporaryFolder(t);
    const older = inventedDetermination({ decisionDate: '2015-12-09', supersededBy: { decisionDate: '2016-12-09', file: 'newer.pdf' } });
    await writeFiles(folder, { [WITH_NUMBER]: stringifyDetermination(inventedDetermination()), [SUPERSEDED]: stringifyDetermination(older) });
    assert.match(stringifyDetermination({ ...older, notes: ['A note.'] }), /^source:\n(?: .*\n)+supersededBy:\n {2}decisionDate: 2016-12-09\n {2}file: newer\.pdf\nnotes:\n/m);
    assert.deepEqual(await listDeterminationFiles(folder), [WITH_NUMBER]);
    assert.deepEqual(await listSupersededFiles(folder), [SUPERSEDED]);
    assert.deepEqual(readMarkdown(folder, SUPERSEDED), { ...older, id: 'CM00-0000001--aaaaaaaa' });
    assert.deepEqual((await readDeterminationFields(folder, SUPERSEDED)).supersededBy, older.supersededBy);
  });

  test('refuses a superseded letter among the cases, a case among the superseded ones, and one that names another letter', async (t) => {
    const folder = await temporaryFolder(t);
    const supersededBy = { decisionDate: '2016-12-09', file: 'newer.pdf' };
    const other = 'determinations/superseded/CM00-0000001--bbbbbbbb.md';
    await writeFiles(folder, {
      [WITH_NUMBER]: stringifyDetermination(inventedDetermination({ supersededBy })),
      [SUPERSEDED]: stringifyDetermination(inventedDetermination()),
      [other]: stringifyDetermination(inventedDetermination({ supersededBy })),
    });
    await assert.rejects(readDetermination(folder, WITH_NUMBER), /by its case number and supersededBy it belongs to determinations\/superseded\/CM00-0000001--aaaaaaaa\.md/);
    await assert.rejects(readDetermination(folder, SUPERSEDED), /belongs to determinations\/2016\/CM00-0000001\.md/);
    await assert.rejects(readDetermination(folder, other), /belongs to determinations\/superseded\/CM00-0000001--aaaaaaaa\.md/);
    const { caseNumber: _, ...unnumbered } = inventedDetermination({ supersededBy });
    await writeFiles(folder, { 'determinations/2016/letter.md': stringifyDetermination(unnumbered) });
    await assert.rejects(readDetermination(folder, 'determinations/2016/letter.md'), /supersededBy: a letter without a case number/);
  });
});
