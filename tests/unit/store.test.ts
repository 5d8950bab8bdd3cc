/** Where determinations lie, and what is refused when they lie elsewhere. */
import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DeterminationError, stringifyDetermination } from '../../src/determinations/markdown.ts';
import { determinationFile, isDeterminationFile, listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { inventedDetermination } from '../support/determinations.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';

const WITH_NUMBER = 'determinations/2016/CM00-0000001.md';

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
    assert.deepEqual(await readDetermination(folder, WITH_NUMBER), record);
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
});
