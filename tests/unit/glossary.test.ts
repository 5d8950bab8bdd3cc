/** The glossary as data, and the places that use it. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { compareText } from '../../src/determinations/record.ts';
import { slug } from '../../src/urls.ts';
import { TERMS, glossaryTerm, termPath } from '../../src/terms.ts';
import type { GlossaryTerm, TermName } from '../../src/terms.ts';
import { readSpanish } from '../support/own-words.ts';

const SOURCE = resolve(import.meta.dirname, '../../src');
const terms = Object.entries<GlossaryTerm>(TERMS);

test('entries are sorted, their names can stand in an address, and no word is explained twice', () => {
  const names = terms.map(([name]) => name);
  assert.ok(names.length >= 25);
  assert.deepEqual(names, [...names].sort(compareText));
  for (const name of names) assert.equal(slug(name), name);
  const words = terms.flatMap(([, { term, also = [] }]) => [term, ...also]).map((word) => word.toLowerCase());
  assert.deepEqual(words.filter((word, index) => words.indexOf(word) !== index), []);
});

test('each explanation is one to three whole sentences that do not lean on their own word', () => {
  for (const [name, { term, means }] of terms) {
    assert.match(means, /^[A-Z].*\.$/, name);
    assert.ok(sentences(means).length <= 3, name);
    assert.ok(means.length <= 320, name);
    assert.ok(!new RegExp(`^(?:an? |the )?${term} (?:is|means) .*\\b${term}\\b`, 'i').test(means), name);
  }
});

test('explanations are plain English: grade 8 or lower together, and none far above', () => {
  const words = (text: string): string[] => text.match(/[\p{L}\p{N}’-]+/gu) ?? [];
  const grade = (text: string): number => fleschKincaid({ sentence: sentences(text).length, word: words(text).length, syllable: words(text).reduce((sum, word) => sum + syllable(word), 0) });
  assert.ok(grade(terms.map(([, { means }]) => means).join(' ')) <= 8);
  // One long name in one short sentence weighs much in this formula.
  for (const [name, { means }] of terms) assert.ok(grade(means) <= 14, `${name}: grade ${grade(means).toFixed(1)}`);
});

test('the law is named by section', () => {
  for (const [name, { law }] of terms) if (law !== undefined) assert.match(law, /^(?:Labor Code sections? \d|California Code of Regulations, title 8, section \d)/, name);
});

test('every term that a page explains has an entry', async () => {
  const used: { file: string; name: string }[] = [];
  for (const file of await readdir(SOURCE, { recursive: true })) {
    if (!file.endsWith('.astro')) continue;
    const text = await readFile(join(SOURCE, file), 'utf8');
    for (const [, name] of text.matchAll(/<Term name="([^"]+)"/g)) used.push({ file, name: name! });
  }
  assert.ok(used.length > 0);
  assert.deepEqual(used.filter(({ name }) => !Object.hasOwn(TERMS, name)), []);
});

test('every entry has its words in Spanish', async () => {
  const { dictionary } = await readSpanish();
  const same = new Set(['ACOEM', 'CSV', 'MTUS', 'ODG']);
  for (const [name, { term, means, law }] of terms) {
    for (const text of [...(same.has(term) ? [] : [term]), means, ...(law === undefined ? [] : [law])]) assert.notEqual(dictionary.translate(text), undefined, `${name}: ${text}`);
  }
});

test('an entry and its address', () => {
  assert.equal(glossaryTerm('upheld').term, 'upheld');
  assert.equal(termPath('upheld' satisfies TermName), 'glossary/#upheld');
});

function sentences(text: string): string[] {
  return text.split(/(?<=\.)\s+(?=[A-Z])/);
}
