import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparedOf, criterionRows, factRows, relationOf } from '../../src/compare/compare.ts';
import type { Compared } from '../../src/compare/compare.ts';
import { formatName, isSameName, readName } from '../../src/compare/name.ts';
import type { Reason } from '../../src/determinations/record.ts';
import { REASON_KINDS } from '../../src/reasons/kinds.ts';
import { comparePath } from '../../src/urls.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { somePayloads } from '../support/payloads.ts';

const reason = (kind: Reason['kind'], sentence = `says ${kind}`): Reason => ({ kind, sentence, paragraph: 1, place: 1 });
const side = (reasons: Reason[] = [], fields: Partial<Compared> = {}): Compared => ({ ...comparedOf(inventedDetermination(), 1)!, reasons, ...fields });

test('an address names two decisions, and what it cannot name is nothing', () => {
  const address = new URL(comparePath({ id: 'CM00-0000117', number: 2 }, { id: 'a.letter.of-june', number: 1 }), 'https://imr.example/');
  assert.equal(address.pathname + address.search, '/compare/?a=CM00-0000117.2&b=a.letter.of-june.1');
  assert.deepEqual(readName(address.searchParams.get('a')!), { caseId: 'CM00-0000117', number: 2 });
  assert.deepEqual(readName(address.searchParams.get('b')!), { caseId: 'a.letter.of-june', number: 1 });
  for (const wrong of ['', '.1', 'CM00-0000117', 'CM00-0000117.0', 'CM00-0000117.x', 'CM00-0000117.1000', 'CM00-0000117.1 ', '../about.1', 'a/b.1', ...somePayloads(20).map(({ text }) => `${text}<.1`)]) assert.equal(readName(wrong), undefined, wrong);
  assert.ok(isSameName({ caseId: 'CM00-0000117', number: 2 }, { caseId: 'cm00-0000117', number: 2 }));
  assert.ok(!isSameName({ caseId: 'CM00-0000117', number: 2 }, { caseId: 'CM00-0000117', number: 1 }));
});

test('every decision’s name is read back from its address', () => {
  fc.assert(fc.property(fc.stringMatching(/^\w[\w.-]{0,40}$/), fc.integer({ min: 1, max: 999 }), (caseId, number) => {
    assert.deepEqual(readName(formatName({ caseId, number })), { caseId, number });
    assert.equal(new URL(comparePath({ id: caseId, number }), 'https://imr.example/').searchParams.get('a'), formatName({ caseId, number }));
  }));
});

test('a decision is taken from what the site says today, without what is damaged', () => {
  const record = inventedDetermination({ decisions: [inventedDecision(), inventedDecision({ reasons: [reason('no-red-flag')] })] });
  assert.equal(comparedOf(record, 3), undefined);
  const { number, reasons, patient, claimsAdministratorGuidelines } = comparedOf(record, 2)!;
  assert.deepEqual([number, reasons.map(({ kind }) => kind), patient, claimsAdministratorGuidelines], [2, ['no-red-flag'], { age: 48, sex: 'male' }, [{ source: 'none' }]]);
  const damaged = { ...record, patient: { age: '48', sex: 'x' }, decisions: [{ ...record.decisions[0]!, reasons: [{ kind: 'constructor', sentence: 'x' }], claimsAdministratorGuidelines: [null, 'x'] }] };
  const left = comparedOf(damaged as unknown as typeof record, 1)!;
  assert.deepEqual([left.reasons, left.patient, left.claimsAdministratorGuidelines], [[], {}, []]);
});

test('each fact says whether it is the same', () => {
  const a = side();
  const b = side([], { decision: inventedDecision({ outcome: 'overturned', drugs: ['naproxen'], bodyParts: ['knee'] }), decisionDate: undefined, patient: { age: 48 }, specialty: ['Orthopedic Surgery', 'Neurology'] });
  const facts = new Map(factRows(a, b).map(({ label, a: one, b: other, relation }) => [label, [one, other, relation]]));
  assert.deepEqual(facts.get('Outcome'), [['Upheld: denial stands'], ['Overturned: treatment approved'], 'differs']);
  assert.deepEqual(facts.get('Service'), [['Diagnostic Testing', 'Imaging/Radiology'], ['Diagnostic Testing', 'Imaging/Radiology'], 'same']);
  assert.deepEqual(facts.get('Drugs'), [[], ['naproxen'], 'differs']);
  assert.deepEqual(facts.get('Reviewer’s specialty')!.at(-1), 'partly');
  assert.deepEqual(facts.get('Guidelines the reviewer cited')!.at(-1), 'same');
  assert.deepEqual(facts.get('Year of decision'), [['2016'], [], 'differs']);
  assert.deepEqual(facts.get('Age of the injured worker')!.at(-1), 'same');
  assert.deepEqual(factRows(a, a).filter(({ relation }) => relation !== 'same' && relation !== 'unstated'), []);
});

test('two sets of values are the same, partly the same, or differ, in whatever order', () => {
  const values = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
  fc.assert(fc.property(values, values, (a, b) => {
    const relation = relationOf(a, b);
    assert.equal(relation, relationOf(b, a));
    assert.equal(relation, relationOf(a.toReversed(), b));
    assert.equal(relation === 'same', a.length > 0 && [...a].sort().join() === [...b].sort().join());
    assert.equal(relation === 'partly', relation !== 'same' && a.some((value) => b.includes(value)));
  }));
});

test('reasons are held together by criterion, and the opposite ones come first', () => {
  const a = side([reason('no-red-flag'), reason('findings-not-shown', 'one'), reason('findings-not-shown', 'two'), reason('taper-advised')]);
  const b = side([reason('findings-shown'), reason('earlier-care-failed'), reason('taper-advised')]);
  assert.deepEqual(criterionRows(a, b).map(({ criterion, a: one, b: other, relation }) => [criterion, one.length, other.length, relation]), [
    ['findings', 2, 1, 'opposite'], ['how to stop a drug', 1, 1, 'same'], ['red flags', 1, 0, 'only a'], ['simpler care first', 0, 1, 'only b'],
  ]);
});

test('every reason of both sides is shown once', () => {
  const anyReasons = fc.array(fc.constantFrom(...REASON_KINDS).map((kind) => reason(kind)), { maxLength: 8 });
  fc.assert(fc.property(anyReasons, anyReasons, (one, other) => {
    const rows = criterionRows(side(one), side(other));
    assert.equal(rows.reduce((sum, { a }) => sum + a.length, 0), one.length);
    assert.equal(rows.reduce((sum, { b }) => sum + b.length, 0), other.length);
  }));
});
