/** Checklists: what is on them, in which order, and what they say of their counts. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { browse } from '../../src/browse.ts';
import type { ValueNode } from '../../src/browse.ts';
import { caseRow, readCorpus } from '../../src/corpus.ts';
import type { DecisionRow } from '../../src/corpus.ts';
import type { DecisionOutcome } from '../../src/determinations/record.ts';
import { CHECKLIST_CAUTION, checklistText, hasChecklist, makeChecklist, quoted } from '../../src/reasons/checklist.ts';
import { KINDS, REASON_KINDS } from '../../src/reasons/kinds.ts';
import type { ReasonKind } from '../../src/reasons/kinds.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';

let number = 0;
/** A decision in a case of its own, newest first as they are made. */
function decision(outcome: DecisionOutcome, ...kinds: ReasonKind[]): DecisionRow {
  number += 1;
  const id = `CM00-${String(number).padStart(7, '0')}`;
  const reasons = kinds.map((kind, place) => ({ kind, sentence: `Sentence of ${kind} in ${String.fromCharCode(97 + (number % 26))}${'x'.repeat(number % 7)}.`, paragraph: 1, place: place + 1 }));
  return caseRow(inventedDetermination({ id, caseNumber: id, decisions: [inventedDecision({ outcome, reasons })] }), `${id}.md`).decisions[0]!;
}
const names = (decisions: DecisionRow[]): string[] => makeChecklist(decisions).items.map(({ name }) => name);
const node = (decisions: DecisionRow[]): ValueNode => browse({ decisions }).service.roots[0]!;

test('what tells the outcomes apart comes first; what does not is left out', () => {
  const decisions = [
    decision('overturned', 'findings-shown', 'earlier-care-failed', 'exception'),
    decision('overturned', 'findings-shown', 'earlier-care-failed', 'guideline-silent'),
    decision('upheld', 'findings-not-shown', 'no-red-flag'),
    decision('upheld', 'findings-not-shown', 'earlier-care-not-tried', 'no-red-flag'),
    decision('upheld', 'exception', 'guideline-silent'),
  ];
  // Findings: all overturned have them, two of three upheld lack them. Exception: half of the overturned, a third of the upheld.
  assert.deepEqual(names(decisions), ['Findings', 'Simpler care first', 'Red flags', 'Exceptional factors']);
  const [findings, , flags] = makeChecklist(decisions).items;
  assert.deepEqual([findings!.met, findings!.says, findings!.quotes.map(({ decision: { outcome } }) => outcome)], [true, [KINDS['findings-shown'].says], ['overturned', 'overturned']]);
  assert.deepEqual([flags!.met, flags!.says, flags!.quotes.every(({ decision: { outcome } }) => outcome === 'upheld')], [false, [KINDS['no-red-flag'].says], true]);
  assert.deepEqual(names([decision('overturned', 'findings-not-shown'), decision('upheld', 'findings-shown')]), [], 'what upheld decisions had is on no list');
});

test('a service has a checklist where reasons were found on both sides of the outcome; nothing else has one', () => {
  const both = [decision('overturned', 'findings-shown'), decision('upheld', 'no-red-flag')];
  assert.ok(hasChecklist(node(both)));
  assert.ok(!hasChecklist(node([decision('overturned', 'findings-shown'), decision('upheld')])));
  assert.ok(!hasChecklist(node([decision('upheld', 'no-red-flag')])));
  assert.ok(!hasChecklist(browse({ decisions: both }).guideline.roots[0]!));
});

const someDecisions = fc
  .array(fc.tuple(fc.constantFrom<DecisionOutcome>('upheld', 'overturned'), fc.uniqueArray(fc.constantFrom(...REASON_KINDS), { maxLength: 5 })), { maxLength: 25 })
  .map((rows) => rows.map(([outcome, kinds]) => decision(outcome, ...kinds)))
  .filter((rows) => rows.some(({ outcome }) => outcome === 'upheld') && rows.some(({ outcome }) => outcome === 'overturned'));

test('every count is one of decisions, every item quotes at least one and at most three of its own, and the same decisions give the same list', () => {
  fc.assert(fc.property(someDecisions, (decisions) => {
    const { items, ledger } = makeChecklist(decisions);
    assert.ok(items.length <= 10);
    for (const { criterion, quotes, met } of items) {
      const named = (outcome: DecisionOutcome, side: 'met' | 'not met'): DecisionRow[] => decisions.filter((row) => row.outcome === outcome && row.reasons.some(({ kind }) => KINDS[kind].side === side && KINDS[kind].criterion === criterion.criterion));
      assert.deepEqual([criterion.sides.met.overturned, criterion.sides['not met'].upheld], [named('overturned', 'met').length, named('upheld', 'not met').length]);
      assert.ok(quotes.length >= 1 && quotes.length <= 3);
      const own = met ? named('overturned', 'met') : named('upheld', 'not met');
      for (const quote of quotes) assert.ok(own.includes(quote.decision) && quote.decision.reasons.some(({ sentence }) => sentence === quote.sentence));
    }
    assert.equal(ledger.all.total, decisions.length);
    assert.deepEqual(makeChecklist(decisions), { items, ledger });
  }), { seed: 3, numRuns: 200 });
});

test('the text says what the page says: the caution, the bases, a box for each item, and whose words they are', () => {
  const decisions = [decision('overturned', 'findings-shown'), decision('upheld', 'no-red-flag')];
  const text = checklistText(makeChecklist(decisions), 'Diagnostic Testing, Imaging/Radiology', 'https://imr.example/');
  assert.ok(text.startsWith(`Checklist: Diagnostic Testing, Imaging/Radiology\n\n${CHECKLIST_CAUTION}`));
  assert.match(text, /Counted from 2 decisions: 1 overturned, 1 upheld\. Reasons were found in 2\. Caution: 1 overturned decision and 1 upheld decision say little\./);
  assert.match(text, /\[ \] Findings\n {4}Findings, symptoms or a diagnosis.*\n {4}Met: 1 of 1 overturned\. Named as missing: 0 of 1 upheld\.\n {4}Overturned, in the reviewers’ words:\n {4}"Sentence of findings-shown/);
  assert.match(text, /\[ \] Red flags\n[^]*Upheld, in the reviewers’ words:/);
  assert.equal(text.match(/https:\/\/imr\.example\/cases\/cm00-\d{7}\/#decision-1/g)!.length, 2);
});

test('a sentence that runs on is cut at a blank, and says so', () => {
  assert.equal(quoted('A short sentence.'), 'A short sentence.');
  const cut = quoted(`${'word '.repeat(100)}end.`);
  assert.ok(cut.length <= 302 && cut.endsWith('word …'));
  assert.ok(quoted('x'.repeat(999)).length <= 302);
});

let sample: ValueNode[] = [];
before(async () => {
  sample = [...browse(await readCorpus('content')).service.nodes.values()].filter(hasChecklist);
});

test('the sample has checklists with quotations', () => {
  assert.ok(sample.length >= 3, `${sample.length}`);
  assert.ok(sample.some(({ decisions }) => makeChecklist(decisions).items.length >= 4));
});
