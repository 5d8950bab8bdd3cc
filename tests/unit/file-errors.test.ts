import assert from 'node:assert/strict';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileErrorInWords } from '../../scripts/file-errors.ts';
import { temporaryFolder } from '../support/folders.ts';

const words = { failed: 'The site was not built', place: '/the/place', state: 'dist is as it was.' };

function said(error: unknown): string {
  const found = fileErrorInWords(error, words);
  assert.ok(found instanceof Error && found !== error, 'nothing was said');
  return found.message;
}

function thrown(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test("the system's error names the file, wherever it is wrapped", async (t) => {
  const missing = join(await temporaryFolder(t), 'missing.md');
  const error = thrown(() => readFileSync(missing));
  for (const each of [error, new Error('the page failed', { cause: error }), new AggregateError([new Error('another'), error]), new Error(`Could not load: ENOENT: no such file or directory, open '${missing}'`)]) {
    assert.equal(said(each).split('\n')[0], `The site was not built: ${missing} is not there, or no longer. Put it back or leave it out, and let nothing else change the folder meanwhile.`);
  }
  assert.ok(said(thrown(() => renameSync(missing, `${missing}.new`))).includes(`${missing} is`), 'of a renaming the old name is the one that is missing');
});

test('an error without a place is about the folder that is written', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  assert.equal(said(full), 'The site was not built: the disk is full (/the/place). Free some space there, or give another disk.\ndist is as it was.');
  assert.match(said(new Error('could not write: No space left on device (os error 28)')), /the disk is full/);
});

test('what is not about a file stays as it is', () => {
  for (const error of [new Error('There are no determinations in content.'), new Error('it cannot be opened (ENOENT)'), 'a text', Object.assign(new Error('Port 80 is in use'), { code: 'EADDRINUSE' })]) assert.equal(fileErrorInWords(error, words), error);
});
