/** Reading a query: words, phrases, operators, fields, and case numbers in every spelling. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MOST_WORDS, findCases, isCaseOnly, nodeText, parseQuery, queryText } from '../../src/search/query.ts';

const units = (text: string): string[] => parseQuery(text).units.map(nodeText);

const QUERIES: [name: string, query: string, expected: string[]][] = [
  ['nothing', '', []],
  ['blanks', ' \t\n ', []],
  ['punctuation only', '--- "" ?! “ ”', []],
  ['words', 'lumbar MRI', ['lumbar', 'MRI']],
  ['the same word twice', 'MRI mri', ['MRI']],
  ['words that nearly every text has', 'MRI of the knee', ['MRI', 'knee']],
  ['nothing but such words', 'to be', ['to', 'be']],
  ['a phrase', '"physical therapy" knee', ['"physical therapy"', 'knee']],
  ['a phrase keeps its small words', '"MRI of the knee"', ['"MRI of the knee"']],
  ['a phrase in the middle', 'knee "physical therapy" brace', ['knee', '"physical therapy"', 'brace']],
  ['curly quotes', '“physical therapy”', ['"physical therapy"']],
  ['one word in quotes', '"lumbar"', ['"lumbar"']],
  ['a quote that never ends', 'knee "physical therapy', ['knee', '"physical therapy"']],
  ['punctuation around words', 'lumbar, MRI?', ['lumbar', 'MRI']],
  ['punctuation inside words stays', 'L5-S1 EMG/NCV', ['L5-S1', 'EMG/NCV']],
  ['parentheses inside a word stay', 'drug(s)', ['drug(s']],
  ['or', 'MRI OR CT lumbar', ['(MRI OR CT)', 'lumbar']],
  ['or as a sign', 'MRI | CT', ['(MRI OR CT)']],
  ['several alternatives', 'MRI OR CT OR "bone scan"', ['(MRI OR CT OR "bone scan")']],
  ['a small or is a word of every text', 'MRI or CT', ['MRI', 'CT']],
  ['without', 'MRI -lumbar', ['MRI', '-lumbar']],
  ['without, in letters', 'MRI NOT lumbar', ['MRI', '-lumbar']],
  ['without a phrase', 'MRI -"low back"', ['MRI', '-"low back"']],
  ['without any of several', 'MRI -(lumbar OR thoracic)', ['MRI', '-(lumbar OR thoracic)']],
  ['twice without is with', '--MRI - -', ['-MRI']],
  ['a dash between words', 'MRI - lumbar', ['MRI', 'lumbar']],
  ['capitals everywhere are no command', 'TREATMENT NOT NECESSARY', ['TREATMENT', 'NECESSARY']],
  ['and', 'MRI AND lumbar', ['MRI', 'lumbar']],
  ['near', 'opioid NEAR taper', ['(opioid NEAR taper)']],
  ['near with a distance', '"opioid use" NEAR/5 taper', ['("opioid use" NEAR/5 taper)']],
  ['near between abbreviations', 'MRI NEAR CT', ['(MRI NEAR CT)']],
  ['without a phrase in parentheses', '(-"low back" OR MRI)', ['(-"low back" OR MRI)']],
  ['parentheses', '(MRI lumbar) OR (CT neck)', ['((MRI lumbar) OR (CT neck))']],
  ['parentheses around everything', '(lumbar MRI)', ['lumbar', 'MRI']],
  ['a parenthesis that never ends', 'MRI (knee OR hip', ['MRI', '(knee OR hip)']],
  ['a parenthesis that never began', 'MRI) knee', ['MRI', 'knee']],
  ['a field', 'request:MRI lumbar', ['request:MRI', 'lumbar']],
  ['a field with a blank after it', 'Request: MRI', ['request:MRI']],
  ['a field with a phrase', 'rationale:"red flags"', ['rationale:"red flags"']],
  ['a field with parentheses', 'rationale:(weak OR numb)', ['(rationale:weak OR rationale:numb)']],
  ['a field that is none', 'icd:M54', ['icd:M54']],
  ['the beginning of a word', 'hydro*', ['hydro*']],
  ['operators without words', 'OR AND', []],
  ['markup is words', '<img src=x onerror=alert>', ['img', 'src=x', 'onerror=alert']],
  ['names of object properties', '__proto__ constructor', ['proto', 'constructor']],
  ['a question', 'Why was my back surgery denied?', ['back', 'surgery']],
  ['a question without its mark', 'how do i get acupuncture approved', ['acupuncture']],
  ['words that could be of a question', 'long use', ['long', 'use']],
  ['words that need not occur', 'surgery not without risk', ['surgery', 'risk']],
  ['a label before a case number', 'Case Number: CM00-0000123', []],
];
for (const [name, query, expected] of QUERIES) {
  test(`query: ${name}`, () => assert.deepEqual(units(query), expected));
}

describe('what was repaired is said', () => {
  const REPAIRS: [query: string, words: RegExp][] = [
    ['"physical therapy', /quotation mark was not closed/],
    ['(knee', /parenthesis was not closed/],
    ['knee)', /closing parenthesis had no opening one/],
    ['knee OR', /OR had nothing after it/],
    ['OR knee', /OR had nothing before it/],
    ['knee NEAR', /NEAR had nothing after it/],
    ['drug:norco NEAR pain', /NEAR works between words/],
    ['knee request:', /“request:” had nothing after it/],
  ];
  for (const [query, words] of REPAIRS) test(query, () => assert.match(parseQuery(query).repairs.join(' '), words));

  test('nothing is said of a sound query', () => {
    for (const query of ['lumbar MRI', '"red flags" -knee', '(a1 OR b1) c1', 'request:"MRI" NEAR/3 knee']) assert.deepEqual(parseQuery(query).repairs, []);
  });
});

describe('how a decision came out, as people ask for it', () => {
  const OUTCOMES: [query: string, outcome: 'upheld' | 'overturned' | undefined][] = [
    ['why was my back surgery denied', 'upheld'],
    ['progressive weakness approved', 'overturned'],
    ['surgery not approved', 'upheld'],
    ['MRI never denied', 'overturned'],
    ['denied', undefined],
    ['"approved" MRI', undefined],
    ['lumbar MRI', undefined],
  ];
  for (const [query, outcome] of OUTCOMES) test(query, () => assert.equal(parseQuery(query).outcome, outcome));
});

test('the words of a question that are not searched are told', () => {
  const { fillers, question } = parseQuery('why was my back surgery denied');
  assert.equal(question, true);
  assert.deepEqual(fillers, ['why', 'was', 'my']);
});

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

test('no text makes reading fail or take long', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void parseQuery(text)));
  for (const piece of ['"', 'cm', 'cm00 ', 'a"', '- ', '-', '(', ')', '(a ', 'a)', 'OR ', 'a OR ', 'NEAR/9 ', 'request:', '0', '“', 'cm-.-', '-(']) {
    const start = performance.now();
    parseQuery(piece.repeat(100_000 / piece.length));
    assert.ok(performance.now() - start < 1500, `${JSON.stringify(piece)} took ${performance.now() - start} ms`);
  }
});

/** Queries as people make them, some of them broken. */
const typed = fc.array(fc.constantFrom('MRI', 'lumbar', 'of', '"', '(', ')', 'OR', 'AND', 'NOT', '-', 'NEAR', 'NEAR/3', 'request:', 'drug:norco', 'l5-s1', 'hydro*', '"red flags"', 'CM00-0000101', '-knee'), { maxLength: 14 });

test('what was understood reads back as the same', () => {
  fc.assert(
    fc.property(typed, (words) => {
      const query = parseQuery(words.join(' '));
      const again = parseQuery(queryText(query));
      assert.deepEqual({ units: again.units, cases: again.cases, repairs: again.repairs }, { units: query.units, cases: query.cases, repairs: [] });
    }),
    { numRuns: 2000 },
  );
});

test('no word gets lost without a word about it', () => {
  fc.assert(
    fc.property(typed, (words) => {
      const { units, fillers, repairs } = parseQuery(words.join(' '));
      const all = [...units.map(nodeText), ...fillers].join(' ');
      for (const word of ['MRI', 'lumbar', 'knee']) if (words.some((typedWord) => typedWord.includes(word))) assert.ok(all.includes(word) || repairs.length > 0, `${word} in ${words.join(' ')}`);
    }),
    { numRuns: 500 },
  );
});

test('words beyond the limit are counted, not forgotten', () => {
  const { units: found, repairs } = parseQuery(Array.from({ length: MOST_WORDS + 3 }, (_word, index) => `word${index}`).join(' '));
  assert.equal(found.length, MOST_WORDS);
  assert.match(repairs.join(' '), /Only the first 24 words were searched; 3 after them were left out/);
});
