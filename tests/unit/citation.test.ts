/** How decisions are cited. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CITED_REQUEST_LENGTH, citation, decisionAddress, shortRequest } from '../../src/citation.ts';
import type { CitedDecision } from '../../src/citation.ts';

const HOME = 'https://imr.example/';
const DECISION: CitedDecision = { id: 'CM00-0000117', caseNumber: 'CM00-0000117', decisionDate: '2016-12-09', number: 2, request: 'MRI of the right shoulder without contrast', outcome: 'upheld' };
const OFFICE = "California Division of Workers' Compensation, Independent Medical Review.";

const CITED: [what: string, decision: CitedDecision, home: string, expected: string][] = [
  ['a denial that stands', DECISION, HOME, `IMR Case No. CM00-0000117, Decision 2 (December 9, 2016): MRI of the right shoulder without contrast. Denial upheld. ${OFFICE} https://imr.example/cases/cm00-0000117/#decision-2`],
  ['an approved treatment', { ...DECISION, number: 1, outcome: 'overturned' }, HOME, `IMR Case No. CM00-0000117, Decision 1 (December 9, 2016): MRI of the right shoulder without contrast. Denial overturned. ${OFFICE} https://imr.example/cases/cm00-0000117/#decision-1`],
  ['a letter without a date', { ...DECISION, decisionDate: undefined }, HOME, `IMR Case No. CM00-0000117, Decision 2 (undated): MRI of the right shoulder without contrast. Denial upheld. ${OFFICE} https://imr.example/cases/cm00-0000117/#decision-2`],
  [
    'a letter without a case number',
    { ...DECISION, id: 'scan-0042', caseNumber: undefined },
    HOME,
    `IMR determination without case number, letter scan-0042, Decision 2 (December 9, 2016): MRI of the right shoulder without contrast. Denial upheld. ${OFFICE} https://imr.example/cases/scan-0042/#decision-2`,
  ],
  [
    'a letter with neither',
    { id: 'scan-0042', number: 1, request: 'Ice pack', outcome: 'upheld' },
    HOME,
    `IMR determination without case number, letter scan-0042, Decision 1 (undated): Ice pack. Denial upheld. ${OFFICE} https://imr.example/cases/scan-0042/#decision-1`,
  ],
  ['a site in a folder', DECISION, 'https://firm.example/imr/', `IMR Case No. CM00-0000117, Decision 2 (December 9, 2016): MRI of the right shoulder without contrast. Denial upheld. ${OFFICE} https://firm.example/imr/cases/cm00-0000117/#decision-2`],
  [
    'a superseded letter',
    { ...DECISION, path: 'cases/cm00-0000117/superseded/8cc0b0ee/' },
    HOME,
    `IMR Case No. CM00-0000117, Decision 2 (December 9, 2016, superseded): MRI of the right shoulder without contrast. Denial upheld. ${OFFICE} https://imr.example/cases/cm00-0000117/superseded/8cc0b0ee/#decision-2`,
  ],
  ['a decision on a site whose address the build does not know', DECISION, '/imr/', `IMR Case No. CM00-0000117, Decision 2 (December 9, 2016): MRI of the right shoulder without contrast. Denial upheld. ${OFFICE} /imr/cases/cm00-0000117/#decision-2`],
  ['a request that ends its own sentence', { ...DECISION, request: 'Norco 10/325 mg, #60.' }, HOME, `IMR Case No. CM00-0000117, Decision 2 (December 9, 2016): Norco 10/325 mg, #60. Denial upheld. ${OFFICE} https://imr.example/cases/cm00-0000117/#decision-2`],
];
for (const [what, decision, home, expected] of CITED) test(`cites ${what}`, () => assert.equal(citation(decision, home), expected));

test('a file name of any characters gives one address', () => {
  assert.equal(decisionAddress({ id: 'Letter 4 (copy)', number: 3 }, HOME), 'https://imr.example/cases/letter%204%20(copy)/#decision-3');
});

const SHORTENED: [request: string, expected: string][] = [
  ['Ice pack', 'Ice pack'],
  ['  Ice \n pack ', 'Ice pack'],
  ['x'.repeat(CITED_REQUEST_LENGTH), 'x'.repeat(CITED_REQUEST_LENGTH)],
  ['x'.repeat(CITED_REQUEST_LENGTH + 1), `${'x'.repeat(70)} ... ${'x'.repeat(85)}`],
  [`${'word '.repeat(40)}end`, `${'word '.repeat(14).trim()} ... ${'word '.repeat(16)}end`],
  [`${'word, '.repeat(40)}end`, `${'word, '.repeat(10)}word ... ${'word, '.repeat(13)}end`],
  [
    'Physical therapy to the left knee 3 times a week for 4 weeks was the original request. Physical therapy to the left knee, 6 visits, was authorized by the Claims Administrator. The remaining IMR eligible portion of the original request, physical therapy to the left knee, 6 visits is',
    'Physical therapy to the left knee 3 times a week for 4 weeks was the ... portion of the original request, physical therapy to the left knee, 6 visits is',
  ],
];
for (const [request, expected] of SHORTENED) test(`shortens ${request.length} characters: ${JSON.stringify(request.slice(0, 12))}`, () => assert.equal(shortRequest(request), expected));

test('a shortened request is its beginning and its end, never longer than allowed, and cuts no character apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(fc.constantFrom(' ', 'a', ',', '.', '🦴', '-'), fc.string({ minLength: 1, maxLength: 9 })), maxLength: 400 }).filter((request) => request.isWellFormed()), (request) => {
      const short = shortRequest(request);
      const line = request.replace(/\s+/g, ' ').trim();
      assert.ok([...short].length <= CITED_REQUEST_LENGTH);
      assert.ok(short.isWellFormed());
      if ([...line].length <= CITED_REQUEST_LENGTH) return assert.equal(short, line);
      // The letter itself may hold the three dots as well.
      assert.ok([...short.matchAll(/(?= \.\.\. )/g)].some(({ index }) => line.startsWith(short.slice(0, index)) && line.endsWith(short.slice(index + ' ... '.length))));
    }),
    { numRuns: 300 },
  );
});

test('a citation is one line of whole characters, whatever the letter says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 1 }), (request, id) => {
      const line = citation({ ...DECISION, request, id, caseNumber: undefined }, HOME);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cs}\u2028\u2029]/u);
    }),
  );
});
