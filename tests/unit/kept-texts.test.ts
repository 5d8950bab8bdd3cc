/** What the index keeps from build to build: as it was written, or not at all. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { KeptTexts } from '../../scripts/index/kept-texts.ts';
import { temporaryFolder } from '../support/folders.ts';

test('texts that were kept are read as they were, and none of a file that was cut off anywhere', async (t) => {
  const file = join(await temporaryFolder(t), 'cache/texts.bin');
  const texts = new KeptTexts(file);
  const summary = texts.printed.text(['pain of the shoulder']);
  texts.write(new Map([['hash', { id: 'CM00-0000001', decisions: [], summary }]]), texts.printed.words.map((word) => ({ stems: [word], pieces: [] })));
  const kept = new KeptTexts(file);
  assert.equal(kept.printed.printed(kept.get('hash')!.summary).join(' '), texts.printed.printed(summary).join(' '));
  const bytes = await readFile(file);
  // The last numbers, one whole and one in part; the header; all.
  for (const length of [bytes.length - 4, bytes.length - 2, bytes.length / 2, 0]) {
    await writeFile(file, bytes.subarray(0, length));
    assert.equal(new KeptTexts(file).get('hash'), undefined, `${length} of ${bytes.length} bytes`);
  }
});
