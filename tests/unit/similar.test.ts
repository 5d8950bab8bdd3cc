import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { caseRow } from '../../src/corpus.ts';
import type { CaseRow } from '../../src/corpus.ts';
import type { Decision, Determination } from '../../src/determinations/record.ts';
import { withReadings } from '../../src/determinations/read-markdown.ts';
import { KINDS, REASON_KINDS } from '../../src/reasons/kinds.ts';
import { differenceOf, mostShown, shownSentence } from '../../src/similar/difference.ts';
import { findSimilar } from '../../src/similar/find.ts';
import type { SimilarTable } from '../../src/similar/find.ts';
import { SimilarDecisions } from '../../src/similar/load.ts';
import type { SimilarFile } from '../../src/similar/load.ts';
import { GROUPS, VectorMaker } from '../../src/similar/vectors.ts';
import { writeSimilar } from '../../scripts/site/similar.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { temporaryFolder } from '../support/folders.ts';
import { writeContent } from '../support/hostile-records.ts';
import { somePayloads } from '../support/payloads.ts';

/** A case of decisions, by its number. */
function determination(number: number, decisions: Partial<Decision>[], fields: Partial<Determination> = {}): Determination {
  return inventedDetermination({ caseNumber: `CM00-${String(number).padStart(7, '0')}`, decisions: decisions.map((fields) => inventedDecision(fields)), ...fields });
}

/** What a table says of one decision: names of the decisions, best first. */
function alike({ decisions, opposite, same }: SimilarTable, name: string): { opposite: string[]; same: string[] } {
  const place = decisions.indexOf(name);
  const names = (list: readonly number[]): string[] => list.flatMap((value, index) => (index % 2 === 0 ? [decisions[value]!] : []));
  return { opposite: names(opposite[place]!), same: names(same[place]!) };
}

const REQUESTS = ['MRI of the left knee', 'MRI of the right knee', 'X-ray of the elbow', 'Walking stick of ash wood', 'Eight lessons in walking', 'Lessons in climbing stairs', 'Cream for the elbow', 'Naproxen 550mg #60'];
const SERVICES = [{ category: 'Diagnostic Testing', subcategory: 'Imaging/Radiology' }, { category: 'Equipment', subcategory: 'Sticks' }, { category: 'Rehabilitation', subcategory: 'Lessons' }];
const RATIONALES = ['The knee gives way on stairs. The scan is needed.', 'There is no documentation of a fall.', 'Six weeks of lessons brought no relief.', 'The elbow is well. Nothing was found.', 'A stick of oak was tried and broke.'];
const anyDecision = fc.record({
  request: fc.constantFrom(...REQUESTS), outcome: fc.constantFrom('upheld' as const, 'overturned' as const), service: fc.constantFrom(...SERVICES),
  drugs: fc.subarray(['naproxen', 'diclofenac']), bodyParts: fc.subarray(['knee', 'elbow']), rationale: fc.subarray(RATIONALES, { minLength: 1 }),
});
const anyRecords = fc.array(fc.record({ decisions: fc.array(anyDecision, { minLength: 1, maxLength: 4 }), year: fc.integer({ min: 2013, max: 2017 }) }), { minLength: 2, maxLength: 16 })
  .map((cases) => cases.map(({ decisions, year }, index) => withReadings(determination(index + 1, decisions, { decisionDate: `${year}-05-01` }))));

/** The likeness of two decisions by its definition: in each group the cosine of what both have, weighed by rarity. */
function likenesses(records: readonly Determination[]): (a: number, b: number) => { sum: number; drug: number; request: number } {
  const maker = new VectorMaker();
  for (const record of records) maker.add(record);
  const { starts, features, frequencies, caseIds } = maker.make();
  const rarity = (feature: number): number => Math.log(1 + caseIds.length / frequencies[feature]!);
  const part = (row: number, group: number): number[] => [...features.subarray(starts[row * GROUPS.length + group]!, starts[row * GROUPS.length + group + 1]!)];
  const square = (list: readonly number[]): number => list.reduce((sum, feature) => sum + rarity(feature) ** 2, 0);
  return (a, b) => {
    const cosines = GROUPS.map(({ name, weight }, group) => {
      const [one, other] = [part(a, group), part(b, group)];
      const shared = one.filter((feature) => other.includes(feature));
      return [name, shared.length === 0 ? 0 : (weight * square(shared)) / Math.sqrt(square(one) * square(other))] as const;
    });
    const of = Object.fromEntries(cosines) as Record<(typeof GROUPS)[number]['name'], number>;
    return { sum: cosines.reduce((sum, [, cosine]) => sum + cosine, 0), drug: of.drug, request: of.request };
  };
}

test('of few decisions the most alike are found, as if every pair had been looked at', () => {
  fc.assert(fc.property(anyRecords, (records) => {
    const table = findSimilar(records);
    const decisions = new Map<string, { id: string; decision: Decision }>(records.flatMap((record) => record.decisions.map((decision, index) => [`${record.id}.${index + 1}`, { id: record.id, decision }] as const)));
    const likeness = likenesses(records);
    table.decisions.forEach((name, row) => {
      const own = decisions.get(name)!;
      for (const isSame of [true, false]) {
        const found = (isSame ? table.same : table.opposite)[row]!;
        const cases = new Map<string, number>();
        table.decisions.forEach((otherName, other) => {
          const { id, decision } = decisions.get(otherName)!;
          if (id === own.id || (decision.outcome === own.decision.outcome) !== isSame) return;
          const { sum, drug, request } = likeness(row, other);
          const sameService = decision.service === own.decision.service;
          const aboutTheSame = drug > 0 || (sameService ? (decision.drugs!.length > 0 && own.decision.drugs!.length > 0) || request >= 0.1 * 3 - 1e-6 : request >= 0.5 * 3 - 1e-6);
          if (aboutTheSame) cases.set(id, Math.max(cases.get(id) ?? 0, Math.round(sum * 1000)));
        });
        const best = [...cases.values()].filter((value) => value >= 4000).sort((a, b) => b - a).slice(0, 3);
        const got = found.filter((_value, index) => index % 2 === 1);
        // Weights are kept in half the digits.
        assert.equal(got.length, best.length, `${name}: ${got} for ${best}`);
        got.forEach((value, index) => assert.ok(Math.abs(value - best[index]!) <= 2, `${name}: ${got} for ${best}`));
      }
    });
  }), { numRuns: 150 });
});

test('the same decisions give the same table in whatever order they come', () => {
  fc.assert(fc.property(anyRecords.chain((records) => fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length }))), ([records, shuffled]) => {
    assert.deepEqual(findSimilar(shuffled), findSimilar(records));
  }), { numRuns: 60 });
});

test('none is of the same case, each case is there once, and what is about another thing is not there', () => {
  const knee = (outcome: Decision['outcome'], fields: Partial<Decision> = {}): Partial<Decision> => ({ request: 'MRI of the left knee', bodyParts: ['knee'], outcome, ...fields });
  const table = findSimilar([
    determination(1, [knee('upheld'), knee('overturned')]),
    determination(2, [knee('overturned'), knee('overturned', { request: 'MRI of the left knee again' })]),
    determination(3, [{ request: 'Hospital bed', service: SERVICES[1]!, outcome: 'overturned' }]),
    determination(4, [{ request: 'Stair lift', service: SERVICES[1]!, outcome: 'upheld' }]),
    determination(5, [knee('upheld')], { decisionDate: '2017-01-01' }),
    determination(6, [knee('upheld')]),
  ]);
  assert.deepEqual(alike(table, 'CM00-0000001.1'), { opposite: ['CM00-0000002.1'], same: ['CM00-0000005.1', 'CM00-0000006.1'] }, 'of equally alike ones the newest comes first');
  assert.deepEqual(alike(table, 'CM00-0000003.1'), { opposite: [], same: [] }, 'both are equipment and nothing else');
});

test('lists that are too long are read around the decision, and it still finds its like', () => {
  const word = (number: number): string => [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  // 1,000 of one service, of which each pair shares one rare word.
  const records = Array.from({ length: 1000 }, (_record, index) => determination(index + 1, [{
    request: `Lessons in walking on ${word(1000 + (index % 500))} ground`, service: SERVICES[2]!, outcome: index < 500 ? 'upheld' : 'overturned', rationale: ['It is needed.'], guidelines: [],
  }]));
  const table = findSimilar(records);
  for (const [index, record] of records.entries()) assert.equal(alike(table, `${record.id}.1`).opposite[0], `${records[(index + 500) % 1000]!.id}.1`);
});

test('hostile and endless text changes nothing but its own likeness', () => {
  const texts = somePayloads(3).map(({ text }) => text);
  const long = Array.from({ length: 30_000 }, (_word, index) => `w${index}`).join(' ');
  const records = [...texts.map((text, index) => determination(index + 1, [{ request: text, drugs: [text], rationale: [text, long] }])), determination(9999, [{ request: '', rationale: ['   '], outcome: 'overturned', guidelines: [] }])];
  const table = findSimilar(records);
  assert.equal(table.decisions.length, records.length);
  assert.ok(table.same.flat().every((value) => Number.isSafeInteger(value)));
  // Ids and numbers alone: what is kept between builds holds no word of a letter.
  assert.doesNotMatch(JSON.stringify(table.decisions), /[a-z<>]/);
});

const reason = (kind: (typeof REASON_KINDS)[number], sentence: string) => ({ kind, sentence, paragraph: 1, place: 1 });

test('the sentence that made the difference is on a criterion that one found met and the other did not', () => {
  const own = { outcome: 'upheld' as const, reasons: [reason('criteria-not-met', 'x'), reason('findings-not-shown', 'Nothing was found.')] };
  const other = { outcome: 'overturned' as const, quote: { text: 'It says much.', score: 5 }, reasons: [reason('earlier-care-failed', 'Care failed.'), reason('findings-shown', 'The knee is weak.'), reason('criteria-met', 'It meets all.')] };
  assert.deepEqual(differenceOf(own, other), { sentence: 'The knee is weak.', kind: 'findings-shown', contrary: 'findings-not-shown' });
  assert.deepEqual(differenceOf({ ...own, reasons: own.reasons.slice(0, 1) }, other), { sentence: 'It says much.' }, 'that all was met says no more than the outcome');
  assert.deepEqual(differenceOf({ outcome: 'overturned', reasons: [] }, own), { sentence: 'Nothing was found.', kind: 'findings-not-shown' });
  assert.equal(differenceOf(own, { outcome: 'overturned', reasons: [reason('taper-advised', 'Not at once.')] }), undefined);
});

test('what is contrary is always the other side of the same criterion', () => {
  const anyReasons = fc.array(fc.constantFrom(...REASON_KINDS).map((kind) => reason(kind, `says ${kind}`)), { maxLength: 6 });
  fc.assert(fc.property(anyReasons, anyReasons, (one, other) => {
    const found = differenceOf({ outcome: 'upheld', reasons: one }, { outcome: 'overturned', reasons: other });
    if (!found?.contrary) return;
    assert.equal(KINDS[found.contrary].criterion, KINDS[found.kind!].criterion);
    assert.deepEqual(new Set([KINDS[found.contrary].side, KINDS[found.kind!].side]), new Set(['met', 'not met']));
    assert.ok(one.some(({ kind }) => kind === found.contrary));
  }));
});

test('a long sentence is cut between words and says so', () => {
  assert.equal(shownSentence('Short. '), 'Short. ');
  const shown = shownSentence(`${'wordy '.repeat(100)}end`);
  assert.match(shown, /^(?:wordy )+wordy …$/);
  assert.ok(shown.length <= 342);
  assert.ok(shownSentence('😀'.repeat(400)).isWellFormed());
});

test('a service’s best pair is its most alike, of one outcome each', () => {
  const records = [
    determination(1, [{ request: 'MRI of the left knee', bodyParts: ['knee'], outcome: 'upheld' }]),
    determination(2, [{ request: 'MRI of the left knee', bodyParts: ['knee'], outcome: 'overturned' }]),
    determination(3, [{ request: 'MRI of the elbow', bodyParts: ['elbow'], outcome: 'overturned' }]),
    determination(4, [{ request: 'Stick', service: SERVICES[1]!, outcome: 'upheld' }]),
  ];
  const cases: CaseRow[] = records.map((record) => caseRow(record, ''));
  const similar = new SimilarDecisions({ decisions: cases.flatMap(({ decisions }) => decisions) }, findSimilar(records));
  const pair = similar.bestPair('Diagnostic Testing > Imaging/Radiology')!;
  assert.deepEqual([pair.overturned.case.id, pair.upheld.case.id], ['CM00-0000002', 'CM00-0000001']);
  assert.equal(similar.bestPair('Diagnostic Testing'), pair);
  assert.equal(similar.bestPair('Equipment > Sticks'), undefined);
  assert.deepEqual(similar.of(cases[0]!.decisions[0]!).opposite.map(({ case: { id } }) => id), ['CM00-0000002', 'CM00-0000003']);
  assert.equal(similar.isWhole, true);
  assert.equal(new SimilarDecisions({ decisions: [] }, findSimilar(records)).isWhole, false, 'a table of other decisions is noticed');
});

test('a build writes the table that is made in place', async (t) => {
  const folder = await temporaryFolder(t);
  const records = [1, 2, 3].map((number) => determination(number, [{ bodyParts: ['shoulder'], outcome: number === 1 ? 'overturned' : 'upheld' }]));
  const contentFolder = join(folder, 'content');
  writeContent(contentFolder, records);
  const path = await writeSimilar({ contentFolder, cacheFolder: join(folder, 'cache') });
  const { table } = JSON.parse(await readFile(path, 'utf8')) as SimilarFile;
  assert.deepEqual(table, findSimilar(records.map((record) => withReadings(record))));
  assert.equal(alike(table, 'CM00-0000001.1').opposite.length, 2);
  // What is damaged is made anew.
  await writeFile(path, '{');
  await writeSimilar({ contentFolder, cacheFolder: join(folder, 'cache') });
  assert.deepEqual((JSON.parse(await readFile(path, 'utf8')) as SimilarFile).table, table);
});

test('a case of many decisions shows fewer for each, and never more than 32 or one for each', () => {
  for (let decisions = 1; decisions <= 40; decisions += 1) {
    const { opposite, same } = mostShown(decisions);
    assert.ok(opposite >= 1 && same <= opposite);
    assert.ok(decisions * (opposite + same) <= Math.max(32, decisions), String(decisions));
  }
});
