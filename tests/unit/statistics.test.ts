import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { browse, fullLabel, uniqueSlugs } from '../../src/browse.ts';
import type { CaseRow, DecisionRow } from '../../src/corpus.ts';
import { guidelineValue } from '../../src/determinations/record.ts';
import type { DecisionOutcome, GuidelineCitation, GuidelineSource } from '../../src/determinations/record.ts';
import { FACETS, withAncestors } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { splitOutcomes } from '../../src/outcomes.ts';
import { DIMENSIONS, compareSides, divide, guidelineUses } from '../../src/statistics.ts';

interface Invented {
  outcome?: DecisionOutcome;
  values?: Partial<Record<FacetName, string[]>>;
  reviewer?: GuidelineCitation[];
  claimsAdministrator?: GuidelineCitation[];
}

function decision({ outcome = 'upheld', values = {}, reviewer = [], claimsAdministrator = [] }: Invented): DecisionRow {
  const row: CaseRow = { id: 'CM00-0000001', file: '', outcome, decisions: [] };
  const own = { guideline: reviewer.map(guidelineValue), ...values };
  const all = Object.fromEntries(FACETS.map(({ name }) => [name, [...new Set((own[name as keyof typeof own] ?? []).flatMap(withAncestors))]]));
  return { case: row, number: 1, request: 'A walking stick', outcome, values: all as Record<FacetName, string[]>, cited: { reviewer, claimsAdministrator }, reasons: [] };
}

const SOURCES: GuidelineSource[] = ['MTUS', 'ODG', 'ACOEM', 'other', 'none'];
const citation: fc.Arbitrary<GuidelineCitation> = fc.record(
  { source: fc.constantFrom(...SOURCES), chapter: fc.constantFrom('Knee', 'Low Back', 'Pain'), sections: fc.array(fc.constantFrom('Imaging', 'IMAGING', ' imaging  ', 'Table 2', ''), { maxLength: 3 }) },
  { requiredKeys: ['source'] },
);
const invented = fc
  .record({
    outcome: fc.constantFrom<DecisionOutcome>('upheld', 'overturned'),
    year: fc.subarray(['2015', '2016', '2017'], { maxLength: 1 }),
    specialty: fc.subarray(['Neurology', 'Surgery', 'Pain Management', 'Chiropractic']),
    service: fc.constantFrom('Surgery > Spine', 'Surgery > Knee', 'Injection > Injection'),
    reviewer: fc.array(citation, { maxLength: 3 }),
    claimsAdministrator: fc.array(citation, { maxLength: 3 }),
  })
  .map(({ outcome, year, specialty, service, reviewer, claimsAdministrator }) => decision({ outcome, values: { year, specialty, service: [service] }, reviewer, claimsAdministrator }));
const corpora = fc.array(invented, { maxLength: 40 });

test('each row of a division is what a count by hand gives, and nothing is lost', () => {
  fc.assert(
    fc.property(corpora, fc.integer({ min: 1, max: 4 }), (decisions, most) => {
      const divisions = divide(decisions, {
        year: { values: DIMENSIONS.year, order: 'value' },
        specialty: { values: DIMENSIONS.specialty, most },
        guideline: { values: DIMENSIONS.guideline, most },
        service: { values: DIMENSIONS.service },
      });
      for (const [name, division] of Object.entries(divisions)) {
        const valuesOf = DIMENSIONS[name as keyof typeof divisions];
        const all = [...new Set(decisions.flatMap((one) => valuesOf(one)))];
        for (const { value, split } of division.rows) assert.deepEqual(split, splitOutcomes(decisions.filter((one) => valuesOf(one).includes(value))), `${name}: ${value}`);
        const left = all.filter((value) => !division.rows.some((row) => row.value === value));
        assert.equal(division.others?.values ?? 0, left.length);
        if (division.others) assert.deepEqual(division.others.split, splitOutcomes(decisions.filter((one) => valuesOf(one).some((value) => left.includes(value)))));
        assert.equal(division.unstated, decisions.filter((one) => valuesOf(one).length === 0).length);
        assert.equal(division.several, decisions.filter((one) => valuesOf(one).length > 1).length);
      }
    }),
  );
});

test('rows stand by number of decisions and then by name; years stand in their order', () => {
  const decisions = [['2017', 'Surgery'], ['2015', 'Neurology'], ['2016', 'Surgery'], ['2016', 'Chiropractic']].map(([year, specialty]) => decision({ values: { year: [year!], specialty: [specialty!] } }));
  const { year, specialty } = divide(decisions, { year: { values: DIMENSIONS.year, order: 'value' }, specialty: { values: DIMENSIONS.specialty } });
  assert.deepEqual(year.rows.map(({ value }) => value), ['2015', '2016', '2017']);
  assert.deepEqual(specialty.rows.map(({ value }) => value), ['Surgery', 'Chiropractic', 'Neurology']);
});

test('what is cut off is counted together, each decision once; a single value is never cut off', () => {
  const decisions = [['A'], ['A'], ['B', 'C'], ['C', 'D']].map((specialty, index) => decision({ outcome: index === 2 ? 'overturned' : 'upheld', values: { specialty } }));
  const { rows, others } = divide(decisions, { specialty: { values: DIMENSIONS.specialty, most: 2 } }).specialty;
  assert.deepEqual(rows.map(({ value }) => value), ['A', 'C']);
  assert.deepEqual(others, { values: 2, split: { total: 2, upheld: 1, overturned: 1 } });
  assert.equal(divide(decisions, { specialty: { values: DIMENSIONS.specialty, most: 3 } }).specialty.rows.length, 4);
});

test('no decisions, no rows', () => {
  assert.deepEqual(divide([], { year: { values: DIMENSIONS.year } }).year, { rows: [], unstated: 0, several: 0 });
  assert.equal(guidelineUses([]).size, 0);
  assert.deepEqual(compareSides([]).pairs, []);
});

test('who cites a guideline is what a count by hand gives; a source counts with its chapters', () => {
  const cites = (citations: readonly GuidelineCitation[], value: string) => citations.some((one) => one.source !== 'none' && withAncestors(guidelineValue(one)).includes(value));
  fc.assert(
    fc.property(corpora, (decisions) => {
      const uses = guidelineUses(decisions);
      const all = new Set(decisions.flatMap(({ cited }) => [...cited.reviewer, ...cited.claimsAdministrator]).filter(({ source }) => source !== 'none').flatMap((one) => withAncestors(guidelineValue(one))));
      assert.deepEqual([...uses.keys()].sort(), [...all].sort());
      for (const [value, use] of uses) {
        const byReviewer = decisions.filter(({ cited }) => cites(cited.reviewer, value));
        assert.deepEqual(use.reviewer, splitOutcomes(byReviewer));
        assert.deepEqual(use.claimsAdministrator, splitOutcomes(decisions.filter(({ cited }) => cites(cited.claimsAdministrator, value))));
        assert.deepEqual(use.both, splitOutcomes(byReviewer.filter(({ cited }) => cites(cited.claimsAdministrator, value))));
        const named = (one: DecisionRow, side: 'reviewer' | 'claimsAdministrator', key: string) =>
          one.cited[side].some((citation) => cites([citation], value) && citation.sections?.some((section) => section.replace(/\s+/g, ' ').trim().toLowerCase() === key));
        for (const { section, reviewer, claimsAdministrator, decisions: either } of use.sections) {
          const key = section.toLowerCase();
          assert.equal(reviewer, decisions.filter((one) => named(one, 'reviewer', key)).length);
          assert.equal(claimsAdministrator, decisions.filter((one) => named(one, 'claimsAdministrator', key)).length);
          assert.equal(either, decisions.filter((one) => named(one, 'reviewer', key) || named(one, 'claimsAdministrator', key)).length);
        }
      }
    }),
  );
});

test('a section is called as most letters print it', () => {
  const of = (...sections: string[]) => decision({ reviewer: [{ source: 'ODG', chapter: 'Knee', sections }] });
  const [section] = guidelineUses([of('MRI'), of('mri', 'Mri'), of('  MRI ')]).get('ODG > Knee')!.sections;
  assert.deepEqual(section, { section: 'MRI', reviewer: 3, claimsAdministrator: 0, decisions: 3 });
});

test('each decision is in one group of the comparison, and in a category of those in which both sides cite', () => {
  fc.assert(
    fc.property(corpora, (decisions) => {
      const { shared, different, reviewerOnly, claimsAdministratorOnly, neither, pairs, categories } = compareSides(decisions);
      const sources = (citations: readonly GuidelineCitation[]) => new Set(citations.map(({ source }) => source).filter((source) => source !== 'none'));
      const sides = decisions.map((one) => ({ one, own: sources(one.cited.reviewer), theirs: sources(one.cited.claimsAdministrator) }));
      const split = (test: (side: (typeof sides)[number]) => boolean) => splitOutcomes(sides.filter(test).map(({ one }) => one));
      assert.deepEqual(shared, split(({ own, theirs }) => own.intersection(theirs).size > 0));
      assert.deepEqual(different, split(({ own, theirs }) => own.size > 0 && theirs.size > 0 && own.isDisjointFrom(theirs)));
      assert.deepEqual(reviewerOnly, split(({ own, theirs }) => own.size > 0 && theirs.size === 0));
      assert.deepEqual(claimsAdministratorOnly, split(({ own, theirs }) => own.size === 0 && theirs.size > 0));
      assert.deepEqual(neither, split(({ own, theirs }) => own.size === 0 && theirs.size === 0));
      for (const pair of pairs) {
        const has = (set: Set<GuidelineSource>, source: GuidelineSource) => (source === 'none' ? set.size === 0 : set.has(source));
        assert.deepEqual(pair.split, split(({ own, theirs }) => has(own, pair.reviewer) && has(theirs, pair.claimsAdministrator)));
      }
      assert.equal(categories.reduce((sum, { both }) => sum + both, 0), shared.total + different.total);
      assert.equal(categories.reduce((sum, { different: count }) => sum + count, 0), different.total);
    }),
  );
});

test('a value alone says what contains it where it must', () => {
  const trees = browse({
    decisions: [
      decision({ reviewer: [{ source: 'MTUS', chapter: 'Knee Complaints' }, { source: 'MTUS' }, { source: 'other' }], values: { service: ['Surgery > Other'] } }),
      decision({ values: { service: ['Injection > Other'] } }),
      decision({ values: { service: ['Injection > Injection'] } }),
    ],
  });
  const labels = (name: 'guideline' | 'service') => Object.fromEntries([...trees[name].nodes.values()].map((node) => [node.value, fullLabel(node, trees[name])]));
  assert.deepEqual(labels('guideline'), { MTUS: 'MTUS, no chapter named', 'MTUS > Knee Complaints': 'MTUS: Knee Complaints', other: 'Other source' });
  assert.deepEqual(labels('service'), { Surgery: 'Surgery', 'Surgery > Other': 'Surgery: Other', Injection: 'Injection', 'Injection > Other': 'Injection: Other', 'Injection > Injection': 'Injection' });
});

test('a name that is too long for a file has an address all the same, and no other name takes it', () => {
  const names = ['x'.repeat(300), `${'x'.repeat(300)}y`, 'Knee'];
  const slugs = [...uniqueSlugs(names).values()];
  assert.equal(new Set(slugs).size, names.length);
  for (const slug of slugs) assert.ok(slug.length < 150);
});
