import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CaseRow, DecisionRow } from '../../src/corpus.ts';
import type { DecisionOutcome } from '../../src/determinations/record.ts';
import { CUES, bestQuote, chooseQuotes, sentenceScore } from '../../src/quotes.ts';
import { sentences } from '../../src/sentences.ts';

function decision(id: string, outcome: DecisionOutcome = 'overturned', number = 1): DecisionRow {
  const row: CaseRow = { id, file: '', outcome, decisions: [] };
  return { case: row, number, request: 'A walking stick', outcome, values: {} as DecisionRow['values'], cited: { reviewer: [], claimsAdministrator: [] }, reasons: [] };
}

/** For each cue a sentence that it is for. All invented. */
const EXAMPLES: Record<string, string> = {
  'this patient': 'In this case the stick was asked for in June.',
  'what the record holds': 'The records show two visits to the walking clinic.',
  'a measure': 'Grip fell to 3/5 within a season.',
  'a reason drawn from the case': 'Given the steep stairs at home, a stick is a modest wish.',
  findings: 'There is weakness of the left ankle.',
  'beyond doubt': 'The signs are unmistakable.',
  'how it was found': 'An MRI was made in May.',
  'what was tried': 'Splinting and exercises came first.',
  'that it failed': 'Six weeks of rest brought no relief.',
  'that it helped': 'Walking has improved since.',
  'a criterion that is met': 'This meets the third of the listed conditions.',
  'an exception': 'The usual drug is contraindicated.',
  'the verdict’s formula': 'The walking stick is therefore medically necessary.',
  'a guideline’s own text': 'The invented guideline recommends a stick of ash wood.',
  'a rule and no fact': 'A second stick may be considered.',
  'what is missing or refused': 'There is no documentation of a fall.',
  'what the denial said, which the reviewer does not': 'The denial held that a stick is a luxury.',
  'history alone': 'A 52-year-old gardener asked for a stick.',
  'quoted or cut off': 'It says "a stick for each hand".',
};

test('every cue has an example that it is for', () => {
  assert.deepEqual(Object.keys(EXAMPLES).sort(), CUES.map(({ says }) => says).sort());
  for (const { says, pattern } of CUES) assert.match(EXAMPLES[says]!, pattern, says);
});

const SPLITS: [name: string, paragraph: string, parts: string[]][] = [
  ['plain ones', 'The knee gave way. She fell twice! Why wait?', ['The knee gave way.', 'She fell twice!', 'Why wait?']],
  ['a title is no end', 'Dr. Holm saw no swelling. Rest was advised.', ['Dr. Holm saw no swelling.', 'Rest was advised.']],
  ['nor a decimal, nor a level', 'A gap of 6.3 mm at L4-5. It grew.', ['A gap of 6.3 mm at L4-5.', 'It grew.']],
  ['nor an abbreviation', 'Sticks vs. Frames were compared, e.g. Ash. Both help.', ['Sticks vs. Frames were compared, e.g. Ash.', 'Both help.']],
  ['a quotation mark belongs to what it closes', 'He said "no." Then he left.', ['He said "no."', 'Then he left.']],
  ['without an end', 'A note that was cut', ['A note that was cut']],
  ['nothing', '', []],
];
for (const [name, paragraph, parts] of SPLITS) test(`sentences: ${name}`, () => assert.deepEqual(sentences(paragraph), parts));

test('sentences lose nothing of a paragraph but white space', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('Dr.', 'The knee', 'gave way.', 'Why?', '6.3 mm', '"No."', 'ärm', '—')).map((words) => words.join(' ')), (text) => assert.equal(sentences(text).join(' '), text)));
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(sentences(text).join('').replace(/\s/g, ''), text.replace(/\s/g, ''))));
});

const RATIONALES: [name: string, rationale: string[], quote: string | undefined][] = [
  [
    'findings beat the guideline’s text and the verdict',
    ['The MTUS recommends a stick when balance is poor. The patient had objective weakness of the left ankle on examination. Therefore, the stick is medically necessary.'],
    'The patient had objective weakness of the left ankle on examination.',
  ],
  [
    'failed treatment beats a history',
    ['The patient is a 52-year-old gardener with an ankle sprain. She completed a trial of physical therapy with no improvement. The request is medically necessary.'],
    'She completed a trial of physical therapy with no improvement.',
  ],
  ['a verdict alone is no quotation', ['The request is medically necessary. As such, the walking stick is medically necessary.'], undefined],
  ['the denial’s words are not the reviewer’s', ['Utilization review reasoned that the patient had persistent weakness without treatment.'], undefined],
  ['what is missing does not speak for the request', ['The patient had persistent weakness, but there is no documentation of a failed trial of exercises.'], undefined],
  [
    'two that stand together are quoted together',
    ['His grip was weak at 3/5 on examination despite six weeks of splinting. Pain persists in his wrist when he lifts the stick.'],
    'His grip was weak at 3/5 on examination despite six weeks of splinting. Pain persists in his wrist when he lifts the stick.',
  ],
  ['nothing', [], undefined],
];
for (const [name, rationale, quote] of RATIONALES) test(`quotation: ${name}`, () => assert.equal(bestQuote(rationale)?.text, quote));

test('a quotation stands in its letter word for word', () => {
  const words = fc.constantFrom('The patient has weakness.', 'The records show a tear on imaging', 'despite exercises.', 'It failed.', 'He improved by 3/5.', 'Dr.', 'x'.repeat(90), '  ');
  fc.assert(
    fc.property(fc.array(fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')), { maxLength: 3 }), (rationale) => {
      const quote = bestQuote(rationale);
      if (quote) assert.ok(rationale.some((paragraph) => paragraph.includes(quote.text)), quote.text);
    }),
  );
});

test('most telling first, newest among equals, one a case, no formula twice', () => {
  const quoted = (id: string, text: string, score: number, number = 1): DecisionRow => ({ ...decision(id, 'overturned', number), quote: { text, score } });
  const rows = [quoted('newest', 'The ankle is weak.', 3), quoted('telling', 'The tear is plain.', 7), quoted('telling', 'The tear is wide.', 6, 2), quoted('formula', 'The ankle is weak!', 3), decision('silent'), quoted('oldest', 'The knee locks.', 3)];
  assert.deepEqual(chooseQuotes(rows).map(({ decision: { case: { id }, number } }) => `${id} ${number}`), ['telling 1', 'newest 1', 'oldest 1']);
  assert.deepEqual(chooseQuotes(rows, 1).map(({ text }) => text), ['The tear is plain.']);
  assert.deepEqual(chooseQuotes([decision('silent')]), []);
});

test('a sentence about cases in general has no score, whatever it names', () => {
  assert.equal(sentenceScore('Objective weakness, positive imaging and failed exercises are good reasons.'), 0);
});
