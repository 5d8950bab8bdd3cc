/** The figures above the results, and the name of the file they are saved in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { answer } from '../../src/search/engine.ts';
import { csvName } from '../../src/search/page/csv-file.ts';
import { figuresOf, splitByYear } from '../../src/search/page/figures.ts';
import { EMPTY_STATE } from '../../src/search/state.ts';
import { compareRows, decodeTable, encodeTable } from '../../src/search/table.ts';
import type { TableRow } from '../../src/search/table.ts';

test('years without a decision stand between the others, undated decisions stand apart', () => {
  const split = splitByYear([{ year: 2016, outcome: 'upheld' }, { outcome: 'upheld' }, { year: 2013, outcome: 'overturned' }, { year: 2016, outcome: 'upheld' }]);
  assert.deepEqual(split, {
    years: [
      { year: 2013, upheld: 0, overturned: 1 },
      { year: 2014, upheld: 0, overturned: 0 },
      { year: 2015, upheld: 0, overturned: 0 },
      { year: 2016, upheld: 2, overturned: 0 },
    ],
    undated: 1,
  });
  assert.deepEqual(splitByYear([]), { years: [], undated: 0 });
});

const rows = fc
  .array(fc.record({ date: fc.option(fc.constantFrom('2013-05-01', '2015-01-01', '2015-12-31', '2018-07-07'), { nil: undefined }), outcome: fc.constantFrom('upheld', 'overturned') }), { maxLength: 30 })
  .map((cases) =>
    cases
      .map(({ date, outcome }, index): TableRow => ({
        caseId: `CM00-${String(index).padStart(7, '0')}`,
        number: 1,
        decisionDate: date,
        values: Object.fromEntries(FACETS.map(({ name }) => [name, name === 'outcome' ? [outcome] : []])) as Record<FacetName, string[]>,
      }))
      .sort(compareRows),
  );

test('the figures of a search are those of its decisions; with an outcome chosen the share counts both', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(undefined, 'upheld', 'overturned'), (all, outcome) => {
      const table = decodeTable(encodeTable(all));
      const state = outcome === undefined ? EMPTY_STATE : { ...EMPTY_STATE, facets: new Map([['outcome' as const, [outcome]]]) };
      const figures = figuresOf({ state, table, answer: answer(table, state) });
      const found = all.filter(({ values }) => outcome === undefined || values.outcome[0] === outcome);
      const counted = (list: readonly TableRow[], wanted: string): number => list.filter(({ values }) => values.outcome[0] === wanted).length;
      assert.equal(figures.decisions, found.length);
      assert.deepEqual(figures.split, { total: all.length, upheld: counted(all, 'upheld'), overturned: counted(all, 'overturned') });
      assert.equal(figures.undated, found.filter(({ decisionDate }) => decisionDate === undefined).length);
      for (const { year, upheld, overturned } of figures.years) {
        const inYear = found.filter(({ decisionDate }) => decisionDate?.startsWith(String(year)));
        assert.deepEqual([upheld, overturned], [counted(inYear, 'upheld'), counted(inYear, 'overturned')]);
      }
      assert.equal(figures.years.reduce((sum, { upheld, overturned }) => sum + upheld + overturned, figures.undated), found.length);
    }),
  );
});

test('a file is named for its search, in signs that every file system takes', () => {
  for (const [state, name] of [
    [{ q: '' }, 'imr decisions.csv'],
    [{ q: 'lumbar MRI' }, 'imr decisions lumbar MRI.csv'],
    [{ q: '"L5-S1" OR ../\\:*?<>|', from: '2014-01-01', to: '2016-12-31' }, 'imr decisions L5-S1 OR 2014-01-01 to 2016-12-31.csv'],
    [{ q: 'x'.repeat(500), to: '2016-12-31' }, `imr decisions ${'x'.repeat(60)} to 2016-12-31.csv`],
  ] as const) assert.equal(csvName(state), name);
});
