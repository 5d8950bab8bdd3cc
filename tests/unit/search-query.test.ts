/** Reading a query: words, phrases, and case numbers in every spelling. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MOST_TERMS, findCases, isCaseOnly, parseQuery, queryWithout, wordParts } from '../../src/search/query.ts';

const terms = (text: string): string[] => parseQuery(text).terms.map((term) => (term.kind === 'phrase' ? `"${term.text}"` : term.text));

const QUERIES: [name: string, query: string, expected: string[]][] = [
  ['nothing', '', []],
  ['blanks', ' \t\n ', []],
  ['punctuation only', '--- "" ?! “ ”', []],
  ['words', 'lumbar MRI', ['lumbar', 'MRI']],
  ['the same word twice', 'MRI mri', ['MRI']],
  ['a phrase', '"physical therapy" knee', ['"physical therapy"', 'knee']],
  ['a phrase in the middle', 'knee "physical therapy" denied', ['knee', '"physical therapy"', 'denied']],
  ['curly quotes', '“physical therapy”', ['"physical therapy"']],
  ['a phrase of one word is a word', '"lumbar"', ['lumbar']],
  ['a quote that never ends', 'knee "physical therapy', ['knee', 'physical', 'therapy']],
  ['punctuation around words', '(lumbar), MRI?', ['lumbar', 'MRI']],
  ['punctuation inside words stays', 'L5-S1 EMG/NCV', ['L5-S1', 'EMG/NCV']],
  ['markup is words', '<img src=x onerror=alert(1)>', ['img', 'src=x', 'onerror=alert(1']],
  ['names of object properties', '__proto__ constructor', ['proto', 'constructor']],
];
for (const [name, query, expected] of QUERIES) {
  test(`query: ${name}`, () => assert.deepEqual(terms(query), expected));
}

const CASE_NUMBERS: [query: string, expected: string[]][] = [
  ['CM00-0213037', ['CM00-0213037']],
  ['cm00-0213037', ['CM00-0213037']],
  ['CM000213037', ['CM00-0213037']],
  ['cm00 0213037', ['CM00-0213037']],
  ['CM 00-0213037', ['CM00-0213037']],
  ['CM-00-0213037', ['CM00-0213037']],
  ['CM00\u20110213037', ['CM00-0213037']], // non-breaking hyphen
  ['CM00\u20130213037', ['CM00-0213037']], // en dash
  ['CM00\u22120213037', ['CM00-0213037']], // minus sign
  ['CM00\u00ad-0213037', ['CM00-0213037']], // soft hyphen
  ['CM00 - 0213037', ['CM00-0213037']],
  ['CM00_0213037', ['CM00-0213037']],
  ['(CM00-0213037).', ['CM00-0213037']],
  ['0213037', ['0213037']],
  ['CM00-0213037 and CM00-0213038', ['CM00-0213037', 'CM00-0213038']],
  ['CM00-0213037 cm000213037', ['CM00-0213037']],
  ['CM00-021303', []],
  ['CM00-02130371', []],
  ['XCM00-0213037', []],
  ['021303', []],
  ['02130371', []],
  ['"CM00-0213037"', []],
];
for (const [query, expected] of CASE_NUMBERS) {
  test(`case number: ${JSON.stringify(query)}`, () => assert.deepEqual(parseQuery(query).cases.map(({ text }) => text), expected));
}

test('a query for one case and nothing else is told from one with words', () => {
  assert.equal(isCaseOnly(parseQuery(' cm00 0213037 ')), true);
  assert.equal(isCaseOnly(parseQuery('CM00-0213037 MRI')), false);
  assert.equal(isCaseOnly(parseQuery('CM00-0213037 CM00-0213038')), false);
  assert.equal(isCaseOnly(parseQuery('')), false);
});

test('cases are found by number, and by digits alone in every year', () => {
  const ids = ['CM00-0213037', 'CM01-0213037', 'CM00-0000001', 'letter-0213037'];
  const find = (text: string): number[] => parseQuery(text).cases.flatMap((reference) => findCases(ids, reference));
  assert.deepEqual(find('cm010213037'), [1]);
  assert.deepEqual(find('0213037'), [0, 1]);
  assert.deepEqual(find('CM02-0213037'), []);
});

test('a term is left out of a query', () => {
  const query = parseQuery('CM00-0213037 knee "physical therapy" denied');
  assert.equal(queryWithout(query, query.terms[1]!), 'CM00-0213037 knee denied');
  assert.equal(queryWithout(query, query.terms[0]!), 'CM00-0213037 "physical therapy" denied');
});

test('parts of a word', () => {
  assert.deepEqual(wordParts('L5-S1'), ['L5', 'S1']);
  assert.deepEqual(wordParts('needle'), ['needle']);
});

test('no text makes reading fail or take long', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void parseQuery(text)));
  for (const piece of ['"', 'cm', 'cm00 ', 'a"', '- ', '0', '“', 'cm-.-']) {
    const start = performance.now();
    const { terms: found, leftOut } = parseQuery(piece.repeat(100_000 / piece.length));
    assert.ok(found.length <= MOST_TERMS && leftOut >= 0);
    assert.ok(performance.now() - start < 1000, `${JSON.stringify(piece)} took ${performance.now() - start} ms`);
  }
});

test('words beyond the limit are counted, not forgotten', () => {
  const { terms: found, leftOut } = parseQuery(Array.from({ length: MOST_TERMS + 3 }, (_word, index) => `word${index}`).join(' '));
  assert.equal(found.length, MOST_TERMS);
  assert.equal(leftOut, 3);
});
