import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { browse, casesPagePath, pagePath, searchPath, uniqueSlugs } from '../../src/browse.ts';
import { overturnedPercent, overturnedText, splitOutcomes, splitText } from '../../src/outcomes.ts';
import { pageNumbers, pagesOf } from '../../src/paging.ts';
import type { CaseRow, DecisionRow } from '../../src/corpus.ts';
import type { DecisionOutcome } from '../../src/determinations/record.ts';
import { FACETS, withAncestors } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';

function decision(outcome: DecisionOutcome, values: Partial<Record<FacetName, string[]>>, number = 1): DecisionRow {
  const row: CaseRow = { id: 'CM00-0000001', file: '', outcome, decisions: [] };
  const all = Object.fromEntries(FACETS.map(({ name }) => [name, [...new Set((values[name] ?? []).flatMap(withAncestors))]]));
  return { case: row, number, request: 'A walking stick', outcome, values: all as Record<FacetName, string[]>, cited: { reviewer: [], claimsAdministrator: [] }, reasons: [] };
}

test('a tree has a node for each value and each ancestor, and counts a decision once in each', () => {
  const { guideline } = browse({
    decisions: [
      decision('overturned', { guideline: ['MTUS > Knee Complaints', 'MTUS > Low Back Complaints', 'ODG'] }),
      decision('upheld', { guideline: ['MTUS > Knee Complaints'] }),
      decision('upheld', {}),
    ],
  });
  const counts = [...guideline.nodes.values()].map(({ value, path, split, parent }) => [value, path, split.total, split.overturned, parent?.value]);
  assert.deepEqual(counts, [
    ['MTUS', 'guidelines/mtus/', 2, 1, undefined],
    ['MTUS > Knee Complaints', 'guidelines/mtus/knee-complaints/', 2, 1, 'MTUS'],
    ['MTUS > Low Back Complaints', 'guidelines/mtus/low-back-complaints/', 1, 1, 'MTUS'],
    ['ODG', 'guidelines/odg/', 1, 1, undefined],
  ]);
  assert.equal(guideline.unstated, 1);
});

test('most decisions come first, then the label; years run backwards', () => {
  const trees = browse({ decisions: ['2015', '2017', '2016', '2016'].map((year) => decision('upheld', { year: [year], specialty: year === '2016' ? ['Neurology'] : ['Surgery', 'Anesthesiology'] })) });
  assert.deepEqual(trees.year.roots.map(({ value }) => value), ['2017', '2016', '2015']);
  assert.deepEqual(trees.specialty.roots.map(({ value }) => value), ['Anesthesiology', 'Neurology', 'Surgery']);
});

test('every facet of the table has a tree, also without decisions', () => {
  const trees = browse({ decisions: [] });
  for (const { name, folder } of FACETS) assert.deepEqual([trees[name].path, trees[name].roots], [`${folder}/`, []]);
});

test('values whose slugs collide get pages of their own, whatever the order of the decisions', () => {
  const values = ['Injection > C/D', 'Injection > C-D', 'Injection > c d', 'Injection > C-D 2'];
  const paths = (order: string[]) => new Map([...browse({ decisions: order.map((value) => decision('upheld', { service: [value] })) }).service.nodes].map(([value, { path }]) => [value, path]));
  const found = paths(values);
  assert.deepEqual([...paths(values.toReversed())].sort(), [...found].sort());
  assert.equal(new Set(found.values()).size, values.length + 1);
  assert.equal(found.get('Injection > C-D 2'), 'services/injection/c-d-2/', 'a name keeps the slug that is naturally its own');
});

const slugCases: [name: string, names: string[], slugs: string[]][] = [
  ['no collision', ['Knee & Leg', 'Pain'], ['knee-leg', 'pain']],
  ['second and third in code point order', ['a?', 'a!', 'a'], ['a-3', 'a-2', 'a']],
  ['a suffix that is taken is passed over', ['a 2', 'a', 'a!'], ['a-2', 'a', 'a-3']],
  ['the address of a further page is not given away', ['Page 2'], ['page-2-2']],
  ['nor that of what the decisions of a value say', ['Checklist', 'Reasons'], ['checklist-2', 'reasons-2']],
  ['a name given twice is one name', ['a', 'a'], ['a', 'a']],
  ['a name without a letter', ['??'], ['x3f-3f']],
];
for (const [name, names, slugs] of slugCases) {
  test(`slugs: ${name}`, () => assert.deepEqual(names.map((each) => uniqueSlugs(names).get(each)), slugs));
}

test('slugs are unique, never a page of a list, and the same for every order', () => {
  const name = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('a', 'A', 'a!', 'a-2', 'a 2', 'page 2', 'Page-2', 'page-2-2', 'é', 'e'));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), (names) => {
      const slugs = uniqueSlugs(names);
      assert.equal(new Set(slugs.values()).size, new Set(names).size);
      for (const each of slugs.values()) assert.match(each, /^(?!page-\d+$)[a-z0-9-]+$/);
      assert.deepEqual(uniqueSlugs(names.toReversed()), slugs);
    }),
  );
});

test('a split adds up', () => {
  assert.deepEqual(splitOutcomes([]), { total: 0, upheld: 0, overturned: 0 });
  assert.deepEqual(splitOutcomes([{ outcome: 'upheld' }, { outcome: 'overturned' }, { outcome: 'upheld' }]), { total: 3, upheld: 2, overturned: 1 });
});

const shareCases: [total: number, overturned: number, percent: number | undefined, text: string][] = [
  [0, 0, undefined, '0 of 0'],
  [19, 19, undefined, '19 of 19'],
  [20, 0, 0, '0 of 20 (0%)'],
  [20, 20, 100, '20 of 20 (100%)'],
  [275, 31, 11, '31 of 275 (11%)'],
  [1000, 1, 1, '1 of 1,000 (1%)'],
  [1000, 999, 99, '999 of 1,000 (99%)'],
];
for (const [total, overturned, percent, text] of shareCases) {
  test(`share: ${text}`, () => {
    const split = { total, overturned, upheld: total - overturned };
    assert.equal(overturnedPercent(split), percent);
    assert.equal(overturnedText(split), text);
  });
}

test('a split in words', () => {
  assert.equal(splitText({ total: 1, upheld: 1, overturned: 0 }), '1 decision, 0 overturned');
  assert.equal(splitText({ total: 200, upheld: 150, overturned: 50 }), '200 decisions, 50 overturned (25%)');
});

test('pages hold every item once, in order, and no page but a lone first one is empty', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (items, size) => {
      const pages = pagesOf(items, size);
      assert.deepEqual(pages.flatMap((page) => page.items), items);
      pages.forEach((page, index) => {
        assert.deepEqual([page.number, page.count, page.total], [index + 1, pages.length, items.length]);
        assert.ok(page.items.length > 0 || items.length === 0);
      });
    }),
  );
});

const numberCases: [current: number, last: number, shown: (number | 'gap')[]][] = [
  [1, 1, [1]],
  [1, 3, [1, 2, 3]],
  [1, 5, [1, 2, 'gap', 5]],
  [3, 5, [1, 2, 3, 4, 5]],
  [4, 9, [1, 2, 3, 4, 5, 'gap', 9]],
  [5, 9, [1, 'gap', 4, 5, 6, 'gap', 9]],
  [9, 9, [1, 'gap', 8, 9]],
];
for (const [current, last, shown] of numberCases) {
  test(`page numbers: ${current} of ${last}`, () => assert.deepEqual(pageNumbers(current, last), shown));
}

test('addresses of pages and searches', () => {
  assert.equal(pagePath('services/injection/', 1), 'services/injection/');
  assert.equal(pagePath('services/injection/', 2), 'services/injection/page-2/');
  assert.equal(casesPagePath(1), 'cases/');
  assert.equal(casesPagePath(2), 'cases/page/2/');
  assert.equal(searchPath('guideline', 'ODG > Knee & Leg'), 'search/?guideline=ODG+%3E+Knee+%26+Leg');
});
