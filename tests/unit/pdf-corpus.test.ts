/** Any folder of PDFs through the import: `IMR_PDF_CORPUS=<folder> npm test`. Nothing is asked of the files; the import has to hold. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { importLetters } from '../../scripts/import/run.ts';
import { listDeterminationFiles, listSupersededFiles, readDetermination } from '../../src/determinations/store.ts';
import { listFiles, temporaryFolder } from '../support/folders.ts';
import '../support/no-inspector.ts';

const CORPUS = process.env['IMR_PDF_CORPUS'];

test('every PDF of IMR_PDF_CORPUS is published or quarantined with words, and the run goes on', { skip: CORPUS ? false : 'IMR_PDF_CORPUS names no folder' }, async (t) => {
  const corpus = resolve(CORPUS!);
  assert.ok(existsSync(corpus), `IMR_PDF_CORPUS names ${corpus}, and there is no such folder`);
  const folder = await temporaryFolder(t);
  const [from, to] = [join(folder, 'letters'), join(folder, 'content')];
  const files: string[] = [];
  for (const entry of await readdir(corpus, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.pdf$/i.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    // The import passes over hidden files; here none is passed over.
    const file = relative(corpus, path).split(sep).map((part) => part.replace(/^\.+/, '_')).join('/');
    await mkdir(join(from, file, '..'), { recursive: true });
    await cp(path, join(from, file));
    files.push(file);
  }
  assert.ok(files.length > 0, `there is no PDF in ${corpus}`);
  const report = await importLetters({ from, to });

  assert.deepEqual(report.letters.map(({ file }) => file).sort(), files.sort(), 'every file is named once');
  const { read, written, unchanged, duplicate, quarantined, removed } = report.counts;
  assert.deepEqual([read, written + unchanged + duplicate + quarantined + removed], [files.length, files.length], 'the counts add up');
  const published = report.letters.filter(({ result }) => result === 'published').map(({ determination }) => determination!).sort();
  assert.deepEqual(await listFiles(to), [...published, 'import-report.json', 'import-report.md'].sort(), 'nothing is left but what the report names');
  assert.deepEqual([...(await listDeterminationFiles(to)), ...(await listSupersededFiles(to))].sort(), published);
  for (const determination of published) await readDetermination(to, determination);
  const codes = new Map<string, number>();
  for (const { file, result, code = result, reason } of report.letters) {
    codes.set(code, (codes.get(code) ?? 0) + 1);
    if (result === 'quarantined') assert.match(reason ?? '', /\w+ \w+/, `${file} has a code and words`);
  }
  t.diagnostic(`${files.length} files of ${corpus}`);
  for (const [code, count] of [...codes].sort()) t.diagnostic(`${count} ${code}`);
});
