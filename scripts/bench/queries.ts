/** What is asked while measuring: more than a hundred different searches of all kinds, made of the collection's own words. */
import type { DecisionRecord } from './records.ts';
import type { Random } from './random.ts';

const FREQUENT = ['the', 'pain', 'not medically necessary', 'lumbar spine', 'surgery', 'physical therapy', 'treatment', 'examination of the patient'];
const ABBREVIATIONS = ['EMG', 'PT', 'ESI', 'TENS unit', 'UDS', 'MRI', 'NSAID', 'Norco', 'Flexeril', 'CPAP'];
const QUESTIONS = ['why was my back surgery denied', 'when is an MRI of the knee medically necessary', 'how many physical therapy visits are allowed', 'is gabapentin ever approved'];
const MISSPELT = ['gabapentine', 'accupuncture', 'lumbar fussion', 'cyclobenzaprene'];
const FIELDS = ['request:MRI', 'rationale:opioid', 'guideline:shoulder', 'drug:tramadol', 'service:acupuncture', 'summary:diabetes'];

/** @returns queries by kind, without doubles */
export function makeQueries(records: readonly DecisionRecord[], random: Random): string[] {
  /** Words of some rationale, one after the other. */
  const run = (length: number): string => {
    const words = random.pick(records).rationale.toLowerCase().match(/[a-z]{3,}(?: [a-z]{3,})*/g) ?? [];
    const run = random.pick(words).split(' ').slice(0, length);
    return run.length === length ? run.join(' ') : word() + (length > 1 ? ` ${word()}` : '');
  };
  const word = (): string => random.pick(random.pick(records).rationale.toLowerCase().match(/[a-z]{4,}/g) ?? ['pain']);
  const many = (count: number, make: () => string): string[] => Array.from({ length: count }, make);
  return [
    ...new Set([
      ...many(25, word),
      ...many(20, () => `${word()} ${word()}`),
      ...many(8, () => `${word()} ${word()} ${word()}`),
      ...many(12, () => random.pick(records).request),
      ...many(14, () => `"${run(2)}"`),
      ...many(6, () => `"${run(3)}"`),
      ...many(8, () => `${word()} OR ${word()}`),
      ...many(6, () => `${word()} -${word()}`),
      ...many(6, () => `${word()} NEAR ${word()}`),
      ...many(10, () => word().slice(0, 3 + random.below(2))),
      ...FREQUENT,
      ...ABBREVIATIONS,
      ...QUESTIONS,
      ...MISSPELT,
      ...FIELDS,
    ]),
  ];
}
