/** The address of a search and back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { EMPTY_STATE, SORTS, formatState, parseState, withValues, withoutValue } from '../../src/search/state.ts';
import type { SearchState } from '../../src/search/state.ts';
import { isoDay } from '../../src/search/table.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((value) => value.isWellFormed());
const day = fc.integer({ min: 0, max: 40_000 }).map((number) => isoDay(number)!);
const state: fc.Arbitrary<SearchState> = fc
  .record(
    {
      q: fc.oneof(fc.constant(''), text),
      facets: fc.array(fc.tuple(fc.constantFrom(...FACETS.map(({ name }) => name)), fc.uniqueArray(text, { minLength: 1, maxLength: 4 }))).map((entries) => new Map<FacetName, string[]>(entries)),
      page: fc.integer({ min: 1, max: 9999 }),
      from: day,
      to: day,
      sort: fc.constantFrom(...SORTS),
    },
    { requiredKeys: ['q', 'facets', 'page'] },
  );

test('every state survives its address', () => {
  fc.assert(
    fc.property(state, (original) => {
      const read = parseState(formatState(original));
      assert.deepEqual({ ...read, facets: [...read.facets].sort() }, { ...original, facets: [...original.facets].sort() });
    }),
  );
});

test('an address is as design says, facets repeated', () => {
  const search = '?q=lumbar+MRI&outcome=overturned&service=Diagnostic+Testing+%3E+Imaging%2FRadiology&service=Surgery&from=2016-01-01&to=2016-12-31&sort=oldest&page=2';
  const read = parseState(search);
  assert.equal(read.q, 'lumbar MRI');
  assert.deepEqual(read.facets.get('service'), ['Diagnostic Testing > Imaging/Radiology', 'Surgery']);
  assert.equal(formatState(read), search);
});

test('the empty search has no address of its own', () => {
  assert.equal(formatState(EMPTY_STATE), '');
  assert.deepEqual(parseState(''), EMPTY_STATE);
});

const IGNORED: [name: string, search: string][] = [
  ['unknown parameters', '?color=red&__proto__=x&constructor=y&toString=z'],
  ['empty values', '?q=&outcome=&service=&from=&to=&sort=&page='],
  ['days that are none', '?from=yesterday&to=2016-02-30'],
  ['days in another form', '?from=1/2/2016&to=2016-1-1'],
  ['an order that is none', '?sort=__proto__'],
  ['pages that are none', '?page=0'],
  ['a negative page', '?page=-1'],
  ['a page with a fraction', '?page=1.5'],
  ['a page in words', '?page=NaN'],
  ['broken escapes of nothing', '?&&=&%'],
];
for (const [name, search] of IGNORED) {
  test(`ignored: ${name}`, () => assert.deepEqual(parseState(search), EMPTY_STATE));
}

test('a value is what was written, whatever it is', () => {
  for (const value of ['__proto__', '<img src=x onerror=alert(1)>', 'javascript:alert(1)', "'; drop table"]) {
    assert.deepEqual(parseState(`?service=${encodeURIComponent(value)}`).facets.get('service'), [value]);
  }
  assert.equal(({} as Record<string, unknown>).x, undefined);
});

test('no address makes reading fail', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (search) => void formatState(parseState(search))));
});

test('choosing and removing a value leads to the first page', () => {
  const chosen = withValues({ ...EMPTY_STATE, page: 3 }, 'outcome', ['upheld', 'overturned']);
  assert.equal(chosen.page, 1);
  assert.deepEqual(withoutValue(chosen, 'outcome', 'upheld').facets.get('outcome'), ['overturned']);
  assert.equal(withoutValue(withoutValue(chosen, 'outcome', 'upheld'), 'outcome', 'overturned').facets.has('outcome'), false);
});
