/** How hard a text is: the formula as published, and what counts as our own sentences. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPage } from '../support/html.ts';
import { gradeOf, ownSentences, readSentence } from '../support/reading.ts';

const sentences = (body: string): string[] => ownSentences(readPage('index.html', `<!DOCTYPE html><html lang="en"><title>T</title><body>${body}</body></html>`));

test('grade by the formula: 0.39 words a sentence, 11.8 syllables a word, minus 15.59', () => {
  assert.equal(gradeOf(['The cat sat on the mat.', 'It ran.']).toFixed(2), (0.39 * (8 / 2) + 11.8 * (8 / 8) - 15.59).toFixed(2));
  assert.ok(gradeOf(['Notwithstanding applicable administrative determinations, utilization considerations necessitate individual examination.']) > 15);
});

test('names of the field count as known words, and as nothing else', () => {
  assert.deepEqual(readSentence('Ask for an independent medical review.'), { words: 6, syllables: 6 });
  assert.deepEqual(readSentence('It is about Chronic Pain.', ['Chronic Pain']), { words: 5, syllables: 6 });
  assert.deepEqual(readSentence('It is about 1,234 of them.'), { words: 6, syllables: 7 });
  assert.ok(readSentence('Independence').syllables > 1);
});

test('sentences of our own: no labels, tables, names to go to, code, other languages, and no word of a letter', () => {
  assert.deepEqual(sentences('<h1>Years</h1><p>It falls. It stands!</p><p data-letter>Not ours.</p><div class="letter-words"><p>Nor this.</p></div><table><tr><td>Nor that.</td></tr></table><nav>Go on.</nav><p lang="es">No es.</p><p hidden>Later.</p>'), ['It falls.', 'It stands!']);
  assert.deepEqual(sentences('<p>Type <code>a OR b</code>. Then see <a href="x">all of it</a>.</p>'), ['Type ◆.', 'Then see all of it.']);
  assert.deepEqual(sentences('<p>Seven words that stand without a mark</p>'), []);
  assert.deepEqual(sentences('<p>Eight words that stand here without a mark</p>').length, 1);
  assert.deepEqual(sentences('<ul><li>One is of 2.5 kB, the other of 3.</li><li>Two.</li></ul>'), ['One is of 2.5 kB, the other of 3.', 'Two.']);
});
