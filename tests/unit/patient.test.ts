import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readPatient } from '../../scripts/understanding/patient.ts';

const SUMMARIES: readonly (readonly [summary: string, age: number | null, sex: 'male' | 'female' | null])[] = [
  // age and sex in one phrase
  ['The injured worker is a 48 year old male who fell.', 48, 'male'],
  ['The injured worker (IW) is a 29-year-old male', 29, 'male'],
  ['The patient is a 56 y/o F with back pain.', 56, 'female'],
  ['The injured worker is a 48 y.o. female', 48, 'female'],
  ['The employee is a 39 yo M.', 39, 'male'],
  ['The IW is a 33M with wrist pain.', 33, 'male'],
  ['A 48-year-old right-hand dominant female warehouse clerk tripped.', 48, 'female'],
  ['This case involves a now 36-year-old woman.', 36, 'female'],
  ['The injured worker, a 54 yr old man, slipped.', 54, 'male'],
  ['The patient is a 22-year old man', 22, 'male'],
  ['The 48years old female slipped.', 48, 'female'],
  ['The member is a(n) 60 year old female', 60, 'female'],
  ['The 58 year old female injured worker suffered an injury.', 58, 'female'],
  ['According to the records, this is the case of a 47-year-old male.', 47, 'male'],
  ['Though the copy was faint, it was legible. The injured worker is a 61 year old male.', 61, 'male'],
  ['The employee is a 48 year-old, right-handed, male.', 48, 'male'],
  ['Forty-eight year old male with knee pain.', 48, 'male'],
  ['The patient is a fifty five year-old lady.', 55, 'female'],
  ['The patient is 48 years old and is male.', 48, 'male'],
  ['The file concerns a crane operator, male, 59 years old, whose cab dropped.', 59, 'male'],
  ['The worker is a bus driver, a man of 50, who felt his back give.', 50, 'male'],
  ['The applicant is a night manager of a grocery store, aged 34, struck on the forehead.', 34, null],
  ['The applicant struck a pedestrian aged 34.', null, null],
  ['The worker lifted a man of 80 at the care home. He is a 45 year old male.', 45, 'male'],
  ['The injured worker was kicked by a woman of 30.', null, null],
  // in two statements
  ['The claimant, aged 48, is a male carpenter.', 48, 'male'],
  ['Age: 44. Sex: female.', 44, 'female'],
  ['Mr. Doe is a 51-year-old.', 51, 'male'],
  ['The applicant is a represented 61-year-old bakery employee who has filed a claim. She was hurt.', 61, 'female'],
  ['The injured worker is 45 years of age. He was hurt lifting.', 45, 'male'],
  // one of them only
  ['The injured worker is a female, who fell.', null, 'female'],
  ['The patient is a female. A male coworker helped.', null, 'female'],
  ['The injured worker is a 40 year old who fell.', 40, null],
  // other ages, other people
  ['The injured worker has had migraine since 13 years old. She fell.', null, 'female'],
  ['The injured worker had an injury at 25 years old. He is now 48 years old.', 48, 'male'],
  ['Her 19-year-old son drove. The injured worker is a 52-year-old female.', 52, 'female'],
  ['The patient was lifting a 62-year-old male resident.', null, null],
  ['The injured worker was assisting a 48 year old client.', null, null],
  ['This 41 year old injured worker was struck by a male coworker.', 41, null],
  ['The injured worker had a 30 year history of smoking; he fell.', null, 'male'],
  // nothing
  ['The worker fell. The treating physician stated that he requested an MRI.', null, null],
  ['The patient was hit by a 150 year old tree.', null, null],
  ['The date of injury was 10/10/2016.', null, null],
  ['', null, null],
];

describe('readPatient', () => {
  for (const [summary, age, sex] of SUMMARIES) {
    test(summary === '' ? 'empty text' : summary, () => {
      assert.deepEqual(readPatient(summary), { age, sex });
    });
  }

  test('reads any plausible age in any wording', () => {
    const wording = fc.constantFrom('year old', '-year-old', ' years old', ' y/o', ' yo', '-yr-old', ' year-old', ' years of age');
    fc.assert(
      fc.property(fc.integer({ min: 14, max: 99 }), wording, fc.constantFrom('male', 'female'), (age, words, sex) => {
        assert.deepEqual(readPatient(`The injured worker is a ${age}${words.startsWith('y') ? ' ' : ''}${words} ${sex}.`), { age, sex });
      }),
    );
  });

  test('gives a plausible age or none for any text', () => {
    const pieces = fc.constantFrom('48', ' year', '-', ' old', ' male', ' female', ' he ', 'she', 'injured worker ', 'is a ', '. ', ', ', 'aged ', '130', '7', 'his ', 'M', 'F');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces, { maxLength: 40 }).map((words) => words.join(''))), (text) => {
        const { age, sex } = readPatient(text);
        assert.ok(age === null || (age >= 14 && age <= 99));
        assert.ok(sex === null || sex === 'male' || sex === 'female');
      }),
      { numRuns: 400 },
    );
  });
});
