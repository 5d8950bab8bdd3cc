/**
 * The reasons that reviewers give: each kind against its examples, any text against the promises, and the rules against sentences of published letters that were
 * judged by hand (tests/reasons), where the letters are at hand.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { importLetters } from '../../scripts/import/run.ts';
import '../support/no-inspector.ts';
import type { DecisionOutcome } from '../../src/determinations/record.ts';
import { sentences } from '../../src/sentences.ts';
import { KINDS, REASON_KINDS } from '../../src/reasons/kinds.ts';
import type { Kind } from '../../src/reasons/kinds.ts';
import { anyOf } from '../../src/reasons/patterns.ts';
import { RULES } from '../../src/reasons/rules.ts';
import { reasonsOf, ruleHolds, sortSentence } from '../../src/reasons/sort.ts';
import { readJudgements } from '../reasons/judgements.ts';
import { scoreReasons, sortedSentences } from '../reasons/score.ts';
import type { Tally } from '../reasons/score.ts';
import { temporaryFolder } from '../support/folders.ts';

const LETTERS = join(resolve('../shared'), 'letters');
const ENTRIES = Object.entries<Kind>(KINDS);
/** Sentences that no letter says, for decisions of which a test cares for one sentence alone. */
const FILLER = 'The gardener came by bus.';

function figures({ right, wrong, missed, precision, recall }: Tally): string {
  return `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${right} right, ${wrong} wrong, ${missed} missed)`;
}

/** The outcome that a kind's examples stand in. */
function outcomeOf({ side }: Kind): DecisionOutcome {
  return side === 'met' ? 'overturned' : 'upheld';
}

test('there are twenty kinds and more, each with a rule, examples and a near miss, and no name twice', () => {
  assert.ok(REASON_KINDS.length >= 20, `${REASON_KINDS.length} kinds`);
  for (const [id, { name, says, criterion, examples, nearMisses }] of ENTRIES) {
    assert.match(id, /^[a-z]+(?:-[a-z]+)*$/);
    assert.ok(examples.length >= 2, `${id} has fewer than two examples`);
    assert.ok(nearMisses.length >= 1, `${id} has no near miss`);
    assert.ok(name.length <= 60 && says.endsWith('.') && criterion !== '', id);
    assert.ok(RULES.some(({ kind }) => kind === id), `${id} has no rule`);
  }
  assert.equal(new Set(ENTRIES.map(([, { name }]) => name)).size, ENTRIES.length);
});

test('no criterion has two kinds that say that it is met', () => {
  const met = ENTRIES.filter(([, { side }]) => side === 'met').map(([, { criterion }]) => criterion);
  assert.deepEqual(met, [...new Set(met)]);
});

for (const [id, kind] of ENTRIES) {
  test(`${id}: knows its examples, and its near misses are others`, () => {
    const outcome = outcomeOf(kind);
    const knows = (sentence: string): boolean => (sortSentence(sentence, { outcome }) as string[]).includes(id);
    assert.deepEqual(kind.examples.filter((sentence) => !knows(sentence)), [], 'examples that are not found');
    assert.deepEqual(kind.nearMisses.filter(knows), [], 'near misses that are taken for examples');
  });
}

test('many patterns in one look find what each finds alone', () => {
  const patterns = [/\bcat(?:s|fish)?\b|\bdog/i, /[|)(]x\|y/i, /(?<!no )\bbird|\\\b/i, /\b, given\b/i, ...RULES.flatMap(({ says }) => (says ? [says] : []))];
  const any = anyOf(patterns);
  const words = fc.oneof(fc.constantFrom('cat', 'dogs', 'no bird', '(x|y', '\\', 'rain, given', 'exceeds', 'MTUS', ...ENTRIES.flatMap(([, { examples, nearMisses }]) => [...examples, ...nearMisses])), fc.string());
  fc.assert(fc.property(fc.array(words), (parts) => {
    const text = parts.join(' ');
    assert.equal(any.test(text), patterns.some((pattern) => pattern.test(text)));
  }));
});

test('every rule has an example that it finds', () => {
  const idle = RULES.filter((rule) => !KINDS[rule.kind].examples.some((sentence) => ruleHolds(rule, sentence, { outcome: outcomeOf(KINDS[rule.kind]) })));
  assert.deepEqual(idle.map(({ kind, missing, says }) => `${kind}: ${says ?? missing}`), []);
});

test('a sentence may have several kinds, in the order of the list, and the general kind only where there is no other', () => {
  assert.deepEqual(sortSentence('There is no documentation of red flags or of failed conservative care.', { outcome: 'upheld' }), ['earlier-care-not-tried', 'no-red-flag']);
  assert.deepEqual(sortSentence('The log of the first lessons was not submitted.', { outcome: 'upheld' }), ['not-documented']);
});

test('the verdict’s formula, history and what a guideline asks for are no reasons', () => {
  const none = [
    'Therefore, the request for a second pair of boots is not medically necessary.',
    'Medical necessity has not been established.',
    'The gardener is 52 years old and fell from a ladder.',
    'The invented guideline recommends boots after conservative care has failed.',
    'Boots may be appropriate in patients with weakness of the ankle.',
    'The claims administrator authorized one pair of boots.',
  ];
  for (const outcome of ['upheld', 'overturned'] as const) {
    for (const sentence of none) assert.deepEqual(sortSentence(sentence, { outcome }), [], sentence);
  }
});

test('findings in a denial that stands are history, and support in one that was overturned', () => {
  const sentence = 'The patient has weakness of the left ankle.';
  assert.deepEqual(sortSentence(sentence, { outcome: 'overturned' }), ['findings-shown']);
  assert.deepEqual(sortSentence(sentence, { outcome: 'upheld' }), []);
});

test('what a guideline is quoted with is no reason of this case, over several sentences', () => {
  const quoted = 'Boots come with conditions: "Wear them daily. No improvement of gait after a month ends the trial. Count the steps." There is no documentation of improvement in gait.';
  const found = reasonsOf({ outcome: 'upheld', rationale: [quoted] });
  assert.deepEqual(found.map(({ kind, place }) => [kind, place]), [['improvement-not-shown', 4]]);
});

test('reasons come with the sentence as printed and its place, once for each kind', () => {
  const rationale = [`${FILLER} There is no evidnce of red flags or neurological deficits.  ${FILLER}`, 'The request exceeds the recommended number of visits.'];
  assert.deepEqual(reasonsOf({ outcome: 'upheld', rationale }), [
    { kind: 'findings-not-shown', sentence: 'There is no evidnce of red flags or neurological deficits.', paragraph: 1, place: 2 },
    { kind: 'no-red-flag', sentence: 'There is no evidnce of red flags or neurological deficits.', paragraph: 1, place: 2 },
    { kind: 'exceeds-recommended', sentence: 'The request exceeds the recommended number of visits.', paragraph: 2, place: 1 },
  ]);
  assert.deepEqual(reasonsOf({ outcome: 'upheld', rationale: [] }), []);
});

test('any text: no error, each reason a part of its paragraph at its place, the same each time', () => {
  const words = fc.constantFrom(...ENTRIES.flatMap(([, { examples, nearMisses }]) => [...examples, ...nearMisses]).flatMap((sentence) => sentence.split(' ')), '"', '“', '”', '. ', '\n');
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.array(words, { maxLength: 60 }).map((parts) => parts.join(' ')));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), fc.constantFrom<DecisionOutcome>('upheld', 'overturned'), (rationale, outcome) => {
      const found = reasonsOf({ outcome, rationale });
      for (const { kind, sentence, paragraph, place } of found) {
        assert.ok(kind in KINDS);
        assert.ok(sentence !== '' && rationale[paragraph - 1]!.includes(sentence));
        assert.equal(sentences(rationale[paragraph - 1]!)[place - 1], sentence);
      }
      assert.equal(new Set(found.map(({ kind, paragraph, place }) => `${kind} ${paragraph} ${place}`)).size, found.length);
      assert.deepEqual(reasonsOf({ outcome, rationale }), found);
    }),
    { numRuns: 400, seed: 7 },
  );
});

test('the judgements are 300 sentences of known kinds, at most four of a decision, half to work with and half to test with', async () => {
  const judgements = await readJudgements('judgements.txt');
  assert.equal(judgements.length, 300);
  assert.equal(new Set(judgements.map(({ id }) => id)).size, 300);
  assert.equal(judgements.filter(({ half }) => half === 'work').length, 150);
  const perDecision = Map.groupBy(judgements, ({ id }) => id.split('.').slice(0, -2).join('.'));
  assert.ok([...perDecision.values()].every(({ length }) => length <= 4));
});

// The sample's reviewers write freely, so that many of their reasons are missed; what is found has to be right all the same.
test('the rules agree with the judgements on the sample, where they find anything', async (t) => {
  const sorted = await sortedSentences(resolve(import.meta.dirname, '../../content'));
  const judgements = await readJudgements('judgements-sample.txt');
  assert.deepEqual(judgements.filter(({ id }) => !sorted.has(id)).map(({ id }) => id), [], 'judged sentences that the sample does not have: judge the changed letters again');
  const { all } = scoreReasons(judgements, sorted);
  t.diagnostic(`${judgements.length} sentences of the sample: ${figures(all)}`);
  assert.ok(all.precision >= 0.9, `precision ${all.precision}`);
  assert.ok(all.recall >= 0.35, `recall ${all.recall}`);
});

test('the rules agree with the judgements on the published letters', { skip: existsSync(LETTERS) ? false : 'there is no ../shared/letters beside the project' }, async (t) => {
  const content = await temporaryFolder(t);
  await importLetters({ from: LETTERS, to: content, redact: true });
  const sorted = await sortedSentences(content);
  const judgements = await readJudgements('judgements.txt');
  assert.deepEqual(judgements.filter(({ id }) => !sorted.has(id)).map(({ id }) => id), [], 'judged sentences that the letters do not have');
  const { work, test: heldOut, all, kinds } = scoreReasons(judgements, sorted);
  for (const [name, tally] of Object.entries({ 'half to work with': work, 'half to test with': heldOut, 'all 300': all, ...kinds })) t.diagnostic(`${name}: ${figures(tally)}`);
  assert.ok(all.precision >= 0.9, `precision ${all.precision}`);
  assert.ok(all.recall >= 0.8, `recall ${all.recall}`);
});
