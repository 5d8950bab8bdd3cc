/** What goes wrong with disks and folders while letters are imported is said in words, and the determinations stay as they were. */
import assert from 'node:assert/strict';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import '../support/no-inspector.ts';
import { importLetters } from '../../scripts/import/run.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';
import { letterText } from '../support/letters.ts';
import { differences, hashesOf } from './builder.ts';
import { close, fill, mountedDisk, smallFiles } from './disks.ts';
import { run } from './ended.ts';
import type { RunOptions } from './ended.ts';

const LONG = 'The file does not show why this is needed now. '.repeat(400);

test('an import in trouble', { timeout: 120_000, skip: process.platform === 'win32' }, async (t) => {
  const folder = await temporaryFolder(t);
  const [letters, content] = [join(folder, 'the letters – ñ'), join(folder, 'the content')];
  const put = (caseNumber: string, rationale?: string): Promise<void> => writeFiles(letters, { [`${caseNumber}.txt`]: letterText({ caseNumber, decisions: [{ request: 'MRI of the right shoulder', rationale }] }) });
  await put('CM00-0000001');
  await put('CM00-0000002');
  await importLetters({ from: letters, to: content, processes: 1 });
  await put('CM00-0000002', LONG);
  await put('CM00-0000003', LONG);
  const whole = await hashesOf(content);

  /** @returns what was said, of an import that has changed nothing */
  const refused = async (to: string, options: RunOptions = {}): Promise<string> => {
    const { code, stderr } = await run('scripts/import.ts', ['--from', letters, '--to', to], options);
    const lines = stderr.split('\n').filter((line) => line !== '' && !/^\d+ of \d+ letters$/.test(line));
    assert.equal(code, 1, stderr);
    assert.ok(lines.length >= 1 && lines.length <= 2, stderr);
    const words = lines.join('\n');
    assert.match(words, /^Nothing was imported: .*\n.* is as it was\. Import again/);
    return words;
  };

  await t.test('no file may be as large as those that are needed', async () => {
    assert.match(await refused(content, { under: smallFiles(16) }), /ulimit -f/);
    assert.deepEqual(differences(await hashesOf(content), whole), []);
  });

  await t.test('a full disk', async (each) => {
    const disk = await mountedDisk(each, '4m');
    if (disk === undefined) return each.diagnostic('no disk of its own can be had here');
    await cp(content, join(disk, 'content'), { recursive: true });
    fill(disk, 16);
    assert.match(await refused(join(disk, 'content')), /the disk is full/);
    assert.deepEqual(differences(await hashesOf(join(disk, 'content')), whole), []);
  });

  await t.test('a folder that cannot be written', async (each) => {
    const closed = join(folder, 'closed');
    await cp(content, closed, { recursive: true });
    await close(each, closed);
    assert.ok((await refused(closed)).includes(closed));
    assert.deepEqual(differences(await hashesOf(closed), whole), []);
  });

  await t.test('a year that cannot be written, when others are changed already', async (each) => {
    const half = join(folder, 'half');
    await cp(content, half, { recursive: true });
    // A file where the folder of a year is needed: it is met when determinations are moved, not before.
    await writeFile(join(half, 'determinations/2019'), 'in the way');
    await writeFiles(letters, { 'CM00-0000009.txt': letterText({ caseNumber: 'CM00-0000009', decisionDate: '01/05/2019' }) });
    each.after(() => writeFiles(letters, { 'CM00-0000009.txt': letterText({ caseNumber: 'CM00-0000009' }) }));
    assert.ok((await refused(half)).includes('determinations/2019'));
    const { 'determinations/2019': _, ...now } = Object.fromEntries(await hashesOf(half));
    assert.deepEqual(differences(new Map(Object.entries(now)), whole), []);
  });

  await t.test('a file where the content folder should be', async () => {
    const file = join(folder, 'a file');
    await writeFile(file, 'something else');
    assert.ok((await refused(file)).includes(file));
    assert.equal(await readFile(file, 'utf8'), 'something else');
  });

  await t.test('a letter that vanishes after it was listed is quarantined, and the others are read', async () => {
    await symlink(join(folder, 'nowhere'), join(letters, 'gone.txt'));
    const { letters: entries } = await importLetters({ from: letters, to: content, processes: 1 });
    assert.deepEqual(entries.filter(({ result }) => result !== 'published').map(({ file, code }) => [file, code]), [['gone.txt', 'cannot-open']]);
  });
});
