/** What a list of decisions says about each criterion, against counting by hand. All sentences are invented. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CaseRow, DecisionRow } from '../../src/corpus.ts';
import type { DecisionOutcome, Reason } from '../../src/determinations/record.ts';
import { splitOutcomes } from '../../src/outcomes.ts';
import { facet } from '../../src/facets.ts';
import { KINDS, REASON_KINDS, SIDE_NAMES, reasonValue } from '../../src/reasons/kinds.ts';
import type { ReasonKind, ReasonSide } from '../../src/reasons/kinds.ts';
import { chooseSaid, countAnchor, criterionAnchor, groupSaid, hasLedger, kindAnchor, kindWords, makeLedger, reasonsBySide, shareOf } from '../../src/reasons/ledger.ts';
import type { CriterionCount } from '../../src/reasons/ledger.ts';

type Said = [kind: ReasonKind, sentence: string];

function decision(id: string, number: number, outcome: DecisionOutcome, said: readonly Said[]): DecisionRow {
  const row: CaseRow = { id, file: '', outcome, decisions: [] };
  const reasons: Reason[] = said.map(([kind, sentence], index) => ({ kind, sentence, paragraph: 1, place: index + 1 }));
  return { case: row, number, request: 'A cane', outcome, values: {} as DecisionRow['values'], cited: { reviewer: [], claimsAdministrator: [] }, reasons };
}

const SENTENCES = ['No fever.', 'No fever!', 'She fell.', 'She fell twice.', 'Rest was tried.'];
const decisions = fc
  .array(
    fc.record({
      outcome: fc.constantFrom<DecisionOutcome>('upheld', 'overturned'),
      id: fc.constantFrom('CM1', 'CM2', 'CM3', 'CM4'),
      said: fc.array(fc.tuple(fc.constantFrom(...REASON_KINDS), fc.constantFrom(...SENTENCES)), { maxLength: 6 }),
    }),
    { maxLength: 30 },
  )
  .map((rows) => rows.map(({ outcome, id, said }, index) => decision(id, index + 1, outcome, said)));

test('a decision counts once for each kind, each side of a criterion and each criterion', () => {
  fc.assert(
    fc.property(decisions, (rows) => {
      const { all, withReasons, criteria } = makeLedger(rows);
      const having = (holds: (kind: ReasonKind) => boolean) => rows.filter(({ reasons }) => reasons.some(({ kind }) => holds(kind)));
      assert.deepEqual(all, splitOutcomes(rows));
      assert.deepEqual(withReasons, splitOutcomes(having(() => true)));
      assert.deepEqual(new Set(criteria.map(({ criterion }) => criterion)), new Set(having(() => true).flatMap(({ reasons }) => reasons.map(({ kind }) => KINDS[kind].criterion))));
      for (const { criterion, split, sides, kinds } of criteria) {
        assert.deepEqual(split, splitOutcomes(having((kind) => KINDS[kind].criterion === criterion)));
        for (const side of ['met', 'not met', 'neither'] satisfies ReasonSide[]) assert.deepEqual(sides[side], splitOutcomes(having((kind) => KINDS[kind].criterion === criterion && KINDS[kind].side === side)));
        assert.deepEqual(kinds.map(({ kind }) => kind), REASON_KINDS.filter((kind) => KINDS[kind].criterion === criterion && having((other) => other === kind).length > 0));
        for (const { kind, split: ofKind, said } of kinds) {
          assert.deepEqual(ofKind, splitOutcomes(having((other) => other === kind)));
          // The first sentence of the kind, of each decision, in their order.
          assert.deepEqual(said.map((words) => [words.decision.number, words.sentence]), having((other) => other === kind).map(({ number, reasons }) => [number, reasons.find((reason) => reason.kind === kind)!.sentence]));
        }
      }
    }),
  );
});

test('criteria stand by the number of their decisions, then as their kinds do, those of no side last', () => {
  fc.assert(
    fc.property(decisions, (rows) => {
      const place = ({ kinds }: { kinds: { kind: ReasonKind }[] }) => REASON_KINDS.findIndex((kind) => KINDS[kind].criterion === KINDS[kinds[0]!.kind].criterion);
      const { criteria } = makeLedger(rows);
      for (const [index, criterion] of criteria.entries()) {
        const next = criteria[index + 1];
        const rank = (one: CriterionCount) => [KINDS[one.kinds[0]!.kind].side === 'neither' ? 1 : 0, -one.split.total, place(one)] as const;
        const [a, b] = [rank(criterion), next && rank(next)];
        if (b) assert.ok(a[0] < b[0] || (a[0] === b[0] && (a[1] < b[1] || (a[1] === b[1] && a[2] < b[2]))), `${criterion.criterion} before ${next!.criterion}`);
      }
    }),
  );
});

test('examples: newest first, one from a case, no formula twice', () => {
  const said = [
    { decision: decision('CM1', 1, 'upheld', []), sentence: 'No fever since 2015.' },
    { decision: decision('CM1', 2, 'upheld', []), sentence: 'No rash.' },
    { decision: decision('CM2', 1, 'upheld', []), sentence: 'No fever since 2016!' },
    { decision: decision('CM3', 1, 'upheld', []), sentence: 'No rash.' },
    { decision: decision('CM4', 1, 'upheld', []), sentence: 'No cough.' },
  ];
  const chosen = (most: number) => chooseSaid(said, most).map(({ decision: { case: { id }, number }, sentence }) => [id, number, sentence]);
  assert.deepEqual(chosen(9), [['CM1', 1, 'No fever since 2015.'], ['CM3', 1, 'No rash.'], ['CM4', 1, 'No cough.']]);
  assert.deepEqual(chosen(2), chosen(9).slice(0, 2));
});

test('together: every decision once, beside those that say the same', () => {
  fc.assert(
    fc.property(decisions, (rows) => {
      for (const { said } of makeLedger(rows).criteria.flatMap(({ kinds }) => kinds)) {
        const groups = groupSaid(said);
        const letters = (text: string) => text.toLowerCase().replace(/[^a-z]+/g, '');
        assert.deepEqual(groups.flatMap(({ decisions: together }) => together.map(({ number }) => number)).sort(), said.map((words) => words.decision.number).sort());
        assert.equal(new Set(groups.map(({ sentence }) => letters(sentence))).size, groups.length);
        for (const { sentence, decisions: together } of groups) {
          for (const one of together) assert.equal(letters(said.find((words) => words.decision === one)!.sentence), letters(sentence));
          assert.equal(said.find((words) => words.decision === together[0])!.sentence, sentence);
        }
      }
    }),
  );
});

test('the words of a value of the reason facet are those of its kind', () => {
  fc.assert(
    fc.property(decisions, fc.constantFrom(...REASON_KINDS), (rows, kind) => {
      const having = rows.filter(({ reasons }) => reasons.some((reason) => reason.kind === kind));
      assert.deepEqual(kindWords(rows, reasonValue(kind))?.said.map(({ decision: { number } }) => number) ?? [], having.map(({ number }) => number));
      assert.equal(kindWords(rows, SIDE_NAMES[KINDS[kind].side]), undefined);
    }),
  );
});

test('one decision: each kind once, with its first sentence; what prevailed comes first', () => {
  fc.assert(
    fc.property(decisions, (rows) => {
      for (const { outcome, reasons } of rows) {
        const sides = reasonsBySide({ outcome, reasons });
        const kinds = sides.flatMap(({ sentences }) => sentences.flatMap((said) => said.kinds));
        assert.deepEqual([...kinds].sort(), [...new Set(reasons.map(({ kind }) => kind))].sort());
        for (const { side, sentences } of sides) {
          assert.equal(new Set(sentences.map(({ sentence }) => sentence)).size, sentences.length);
          for (const said of sentences) {
            for (const kind of said.kinds) {
              assert.equal(KINDS[kind].side, side);
              assert.equal(reasons.find((reason) => reason.kind === kind)!.sentence, said.sentence);
            }
          }
        }
        const prevailed: ReasonSide = outcome === 'overturned' ? 'met' : 'not met';
        if (sides.some(({ side }) => side === prevailed)) assert.equal(sides[0]!.side, prevailed);
      }
    }),
  );
  assert.deepEqual(reasonsBySide({ outcome: 'upheld' }), []);
});

test('a count leads to the words of its kind, or to its criterion where several kinds have words', () => {
  const one = makeLedger([decision('CM1', 1, 'upheld', [['exceeds-recommended', 'Too many.']]), decision('CM2', 1, 'overturned', [['within-recommended', 'Few.'], ['not-for-long-use', 'Short.']])]).criteria[0]!;
  assert.deepEqual([countAnchor(one, 'not met', 'upheld'), countAnchor(one, 'met', 'overturned'), countAnchor(one, 'not met', 'overturned')], ['exceeds-recommended-upheld', 'within-recommended-overturned', 'not-for-long-use-overturned']);
  const both = makeLedger([decision('CM1', 1, 'upheld', [['exceeds-recommended', 'Too many.'], ['not-for-long-use', 'Short.']])]).criteria[0]!;
  assert.equal(countAnchor(both, 'not met', 'upheld'), 'criterion-amount');
});

test('no two places of the page of a ledger have one name', () => {
  const names = [...new Set(REASON_KINDS.map((kind) => KINDS[kind].criterion))].map(criterionAnchor).concat(REASON_KINDS.flatMap((kind) => [kindAnchor(kind, 'upheld'), kindAnchor(kind, 'overturned')]));
  assert.equal(new Set(names).size, names.length);
});

test('a ledger is for services and guidelines with a reason', () => {
  const [said, unsaid] = [[decision('CM1', 1, 'upheld', [['no-red-flag', 'No fever.']])], [decision('CM1', 1, 'upheld', [])]];
  assert.deepEqual((['service', 'guideline', 'drug'] as const).map((name) => [hasLedger({ facet: facet(name), decisions: said }), hasLedger({ facet: facet(name), decisions: unsaid })]), [[true, false], [true, false], [false, false]]);
});

test('a share has its base, and a percentage only where the base allows one', () => {
  assert.deepEqual([shareOf(12, 30), shareOf(1, 19), shareOf(20, 20)], ['12 of 30 (40%)', '1 of 19', '20 of 20 (100%)']);
});
