/** Facet table and engine: every number equals a count over the records. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FACETS, withAncestors } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { answer, effectiveSort, pageCount, spelledValues, unknownValues, valueCounts, valuesOf } from '../../src/search/engine.ts';
import { EMPTY_STATE, SORTS } from '../../src/search/state.ts';
import type { SearchState, Sort } from '../../src/search/state.ts';
import { UNDATED, compareRows, dayNumber, decodeTable, encodeTable, isoDay } from '../../src/search/table.ts';
import type { FacetTable, TableRow } from '../../src/search/table.ts';

/** Few values, so that they meet often. */
const VALUES: Record<FacetName, string[]> = {
  outcome: ['upheld', 'overturned'],
  service: ['Surgery > Spine', 'Surgery > Knee', 'Drugs > Opioids', 'Drugs'],
  drug: ['hydrocodone', 'ibuprofen'],
  bodypart: ['knee', 'neck'],
  specialty: ['Family Practice', 'Pain Management', 'Neurology'],
  guideline: ['MTUS > Low Back', 'MTUS > Neck', 'ODG > Pain', 'ODG', 'none', '__proto__'],
  reason: ['Against the request > No red flags', 'For the request > Red flags'],
  year: ['2014', '2015', '2016'],
};
const values = fc.record(Object.fromEntries(FACETS.map(({ name }) => [name, fc.uniqueArray(fc.constantFrom(...VALUES[name]), { maxLength: 3 })])) as Record<FacetName, fc.Arbitrary<string[]>>);
const date = fc.option(fc.integer({ min: 16_000, max: 16_020 }).map((day) => isoDay(day)!), { nil: undefined });
const rows: fc.Arbitrary<TableRow[]> = fc
  .array(fc.record({ decisionDate: date, decisions: fc.array(fc.record({ values }), { minLength: 1, maxLength: 4 }) }), { maxLength: 25 })
  .map((cases) =>
    cases
      .flatMap(({ decisionDate, decisions }, index) => decisions.map((decision, place): TableRow => ({ caseId: `CM00-${String(index).padStart(7, '0')}`, number: place + 1, decisionDate, ...decision })))
      .sort(compareRows),
  );
const chosenFacets = fc
  .record(Object.fromEntries(FACETS.map(({ name }) => [name, fc.uniqueArray(fc.constantFrom(...VALUES[name].flatMap(withAncestors), 'no such value'), { maxLength: 3 })])) as Record<FacetName, fc.Arbitrary<string[]>>, {
    requiredKeys: [],
  })
  .map((chosen) => new Map(Object.entries(chosen).filter(([, list]) => list.length > 0)) as Map<FacetName, string[]>);
const state: fc.Arbitrary<SearchState> = fc.record(
  { q: fc.constant(''), facets: chosenFacets, page: fc.constant(1), from: date, to: date, sort: fc.constantFrom(...SORTS) },
  { requiredKeys: ['q', 'facets', 'page'] },
);
const scores = fc.option(fc.array(fc.constantFrom(0, 0, 1, 2.5), { minLength: 100, maxLength: 100 }), { nil: undefined });

const table = (of: readonly TableRow[]): FacetTable => decodeTable(encodeTable(of));
const allValues = (row: TableRow, name: FacetName): string[] => [...new Set(row.values[name].flatMap(withAncestors))];

/** The definition, word by word, over the rows. */
function fits(row: TableRow, { facets, from, to }: SearchState, except?: FacetName): boolean {
  if ((from || to) && !row.decisionDate) return false;
  if (from && row.decisionDate! < from) return false;
  if (to && row.decisionDate! > to) return false;
  return [...facets].every(([name, chosen]) => name === except || chosen.some((value) => allValues(row, name).includes(value)));
}

function sorted(all: readonly TableRow[], found: number[], sort: Sort, score: readonly number[] | undefined): number[] {
  const key = (index: number): string => all[index]!.decisionDate ?? '';
  const byDate = (ascending: boolean) => (a: number, b: number): number => {
    if (key(a) === key(b)) return a - b;
    if (key(a) === '' || key(b) === '') return key(a) === '' ? 1 : -1;
    return key(a) < key(b) === ascending ? -1 : 1;
  };
  if (sort === 'relevance' && score) return found.sort((a, b) => score[b]! - score[a]! || a - b);
  return found.sort(byDate(sort === 'oldest'));
}

test('found, order, cases and every count equal brute force', () => {
  fc.assert(
    fc.property(rows, state, scores, (all, searched, score) => {
      const read = table(all);
      const result = answer(read, searched, { scores: score && Float32Array.from(score.slice(0, all.length)) });
      const holdsWords = (index: number): boolean => score === undefined || score[index]! > 0;
      const expected = all.flatMap((row, index) => (holdsWords(index) && fits(row, searched) ? [index] : []));
      assert.deepEqual([...result.decisions], sorted(all, [...expected], effectiveSort(searched.sort, score !== undefined), score));
      assert.equal(result.cases, new Set(expected.map((index) => all[index]!.caseId)).size);
      for (const { name } of FACETS) {
        const others = all.filter((row, index) => holdsWords(index) && fits(row, searched, name));
        const counts = new Map<string, number>();
        for (const value of new Set(all.flatMap((row) => allValues(row, name)))) counts.set(value, others.filter((row) => allValues(row, name).includes(value)).length);
        assert.deepEqual([...valueCounts(read, result, name)].sort(), [...counts].sort(), name);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a search in cases keeps to their decisions', () => {
  fc.assert(
    fc.property(rows, fc.uniqueArray(fc.nat(24)), (all, wanted) => {
      const read = table(all);
      const result = answer(read, EMPTY_STATE, { cases: new Set(wanted) });
      const ids = [...new Set(all.map(({ caseId }) => caseId))];
      assert.deepEqual([...result.decisions], all.flatMap(({ caseId }, index) => (wanted.includes(ids.indexOf(caseId)) ? [index] : [])));
    }),
  );
});

test('the table gives back what went in', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const read = table(all);
      assert.equal(read.decisions, all.length);
      assert.equal(read.cases, new Set(all.map(({ caseId }) => caseId)).size);
      assert.deepEqual(Array.from(read.day, isoDay), all.map(({ decisionDate }) => decisionDate));
      all.forEach((row, index) => {
        for (const { name } of FACETS) assert.deepEqual(valuesOf(read, index, name).sort(), allValues(row, name).sort());
      });
      assert.deepEqual(encodeTable(all), encodeTable(structuredClone(all)));
    }),
  );
});

test('a table of another format is refused', () => {
  const header = new TextEncoder().encode('{"format":3}');
  assert.throws(() => decodeTable(Uint8Array.of(header.length, 0, 0, 0, ...header)), /format 3/);
});

test('values that nothing has are named', () => {
  const read = table([{ caseId: 'CM00-0000001', number: 1, values: { outcome: ['upheld'], service: [], drug: [], bodypart: [], specialty: [], guideline: ['__proto__'], reason: [], year: [] }}]);
  const facets = new Map<FacetName, string[]>([['outcome', ['upheld', 'constructor']], ['guideline', ['__proto__']], ['year', ['toString']]]);
  assert.deepEqual(unknownValues(read, { ...EMPTY_STATE, facets }), [{ name: 'outcome', value: 'constructor' }, { name: 'year', value: 'toString' }]);
});

test('a value that nothing has finds nothing, alone, and adds nothing to others', () => {
  const rows = ['upheld', 'overturned'].map((outcome, index) => ({ caseId: 'CM00-0000001', number: index + 1, values: { outcome: [outcome], service: [], drug: [], bodypart: [], specialty: [], guideline: [], reason: [], year: [] }, textPage: index }));
  const read = table(rows);
  const found = (values: string[]) => [...answer(read, { ...EMPTY_STATE, facets: new Map<FacetName, string[]>([['outcome', values]]) }).decisions];
  assert.deepEqual(found(['maybe']), []);
  assert.deepEqual(found(['maybe', 'overturned']), [1]);
});

test('values typed in other capitals are spelled as the table has them', () => {
  const read = table([{ caseId: 'CM00-0000001', number: 1, values: { outcome: ['upheld'], service: [], drug: [], bodypart: [], specialty: [], guideline: ['MTUS > Knee Complaints'], reason: [], year: [] }}]);
  const facets = new Map<FacetName, string[]>([['outcome', ['Upheld', 'upheld', 'Maybe']], ['guideline', ['mtus']]]);
  assert.deepEqual([...spelledValues(read, { ...EMPTY_STATE, facets }).facets], [['outcome', ['upheld', 'Maybe']], ['guideline', ['MTUS']]]);
});

test('days', () => {
  const DAYS: [string | undefined, number][] = [['1970-01-01', 0], ['1969-12-31', -1], ['2016-02-29', 16_860], ['2015-02-29', UNDATED], ['2016-13-01', UNDATED], ['2016-1-1', UNDATED], ['', UNDATED], [undefined, UNDATED]];
  for (const [text, number] of DAYS) assert.equal(dayNumber(text), number, String(text));
  assert.equal(isoDay(UNDATED), undefined);
});

test('pages', () => {
  for (const [decisions, pages] of [[0, 1], [1, 1], [20, 1], [21, 2], [41, 3]] as const) assert.equal(pageCount(decisions), pages);
});
