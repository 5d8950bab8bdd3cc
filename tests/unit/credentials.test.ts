import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readLicensure, readSpecialties } from '../../scripts/understanding/credentials.ts';
import { readVocabulary } from '../../scripts/understanding/vocabulary.ts';

const SPECIALTIES: readonly (readonly [printed: string, specialties: string[], asPrinted: string[] | null])[] = [
  ['Family Practice', ['Family Practice'], null],
  ['Orthopedic Surgery, Hand Surgery', ['Orthopedic Surgery', 'Hand Surgery'], null],
  ['Orthopedic Surgery,Sports Medicinea', ['Orthopedic Surgery', 'Sports Medicine'], ['Orthopedic Surgery', 'Sports Medicinea']],
  ['Internal Medicine; Rheumatology', ['Internal Medicine', 'Rheumatology'], null],
  ['Family Medicine', ['Family Practice'], ['Family Medicine']],
  ['PM&R', ['Physical Medicine & Rehabilitation'], ['PM&R']],
  ['Physical Medicine and Rehabilitation,Pain Medicine', ['Physical Medicine & Rehabilitation', 'Pain Management'], ['Physical Medicine and Rehabilitation', 'Pain Medicine']],
  ['Chiropractor', ['Chiropractic'], ['Chiropractor']],
  ['Podiatrist, Podiatric Surgery', ['Podiatrist', 'Podiatric Surgery'], null],
  // "and" within a term, and between two
  ['Occupational Medicine, Public Health & General Preventive Medicine', ['Occupational Medicine', 'Public Health & General Preventive Medicine'], null],
  ['Allergy and Immunology', ['Allergy and Immunology'], null],
  ['Neurology and Pain Management', ['Neurology', 'Pain Management'], null],
  ['Physical Medicine & Rehabilitation and Pain Management', ['Physical Medicine & Rehabilitation', 'Pain Management'], null],
  ['Anesthesiology/Pain Management', ['Anesthesiology', 'Pain Management'], null],
  ['Internal Medicine, and Rheumatology', ['Internal Medicine', 'Rheumatology'], null],
  ['Endocrinology, Diabetes and Metabolism', ['Endocrinology'], ['Endocrinology, Diabetes and Metabolism']],
  // unknown ones stay as printed
  ['Lunar Medicine and Tides, Surgery', ['Lunar Medicine and Tides', 'Surgery'], null],
  ['Surgery, General Surgery', ['Surgery'], null],
  ['', [], null],
  // the sentence of older layouts
  [
    'The physician reviewer is Board Certified in Physical Medicine and Rehabilitation, has a subspecialty in Pain Management and is licensed to practice in California.',
    ['Physical Medicine & Rehabilitation', 'Pain Management'],
    ['Physical Medicine and Rehabilitation', 'Pain Management'],
  ],
];

const LICENSURE: readonly (readonly [printed: string, states: string[]])[] = [
  ['California', ['California']],
  ['Texas, New York,California', ['Texas', 'New York', 'California']],
  ['CA,TX, N.Y.', ['California', 'Texas', 'New York']],
  ['OR, IN, ME', ['Oregon', 'Indiana', 'Maine']],
  ['California and North Carolina', ['California', 'North Carolina']],
  ['State of Oregon', ['Oregon']],
  ['Washington, D.C.', ['District of Columbia']],
  ['Washington, DC, Maryland', ['District of Columbia', 'Maryland']],
  ['California, California', ['California']],
  ['Ontario', ['Ontario']],
  ['', []],
  ['The physician is licensed to practice in California and Nevada and is Board Certified in Surgery.', ['California', 'Nevada']],
];

describe('readSpecialties', () => {
  for (const [printed, specialties, asPrinted] of SPECIALTIES) {
    test(printed === '' ? 'empty text' : printed, () => assert.deepEqual(readSpecialties(printed), { specialties, asPrinted }));
  }

  test('gives as many printed names as terms for any text', () => {
    const pieces = fc.constantFrom('Surgery', 'Neurology', ', ', ' and ', ' & ', '/', 'board certified in ', 'PM&R', '.', 'is ', 'x');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces, { maxLength: 30 }).map((words) => words.join(''))), (text) => {
        const { specialties, asPrinted } = readSpecialties(text);
        assert.equal(new Set(specialties).size, specialties.length);
        if (asPrinted !== null) assert.equal(asPrinted.length, specialties.length);
      }),
    );
  });
});

describe('readLicensure', () => {
  for (const [printed, states] of LICENSURE) {
    test(printed === '' ? 'empty text' : printed, () => assert.deepEqual(readLicensure(printed), states));
  }

  test('gives each state once for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const states = readLicensure(text);
        assert.equal(new Set(states).size, states.length);
      }),
    );
  });
});

describe('specialties.yaml', () => {
  interface Entry {
    term: string;
    variants?: string[];
  }
  const entries = readVocabulary<Entry[]>('specialties');
  const sorted = (names: string[]): string[] => names.toSorted((one, two) => (one.toLowerCase() < two.toLowerCase() ? -1 : 1));

  test('is sorted, with no stray blanks and no empty list', () => {
    const terms = entries.map(({ term }) => term);
    assert.deepEqual(terms, sorted(terms));
    for (const { term, variants } of entries) {
      assert.notEqual(variants?.length, 0, term);
      assert.deepEqual(variants ?? [], sorted(variants ?? []), term);
      for (const name of [term, ...(variants ?? [])]) assert.equal(name, name.replace(/\s+/g, ' ').trim());
    }
  });

  test('has each name once, and reads it back to its term', () => {
    const seen = new Set<string>();
    for (const { term, variants = [] } of entries) {
      for (const name of [term, ...variants]) {
        const key = name.toLowerCase().replaceAll('&', ' and ').replace(/\s+/g, ' ');
        assert.ok(!seen.has(key), name);
        seen.add(key);
        assert.deepEqual(readSpecialties(name).specialties, [term], name);
      }
    }
  });

  test("has the specialties of the state's search form", () => {
    const form = [
      'Addiction Psychiatry', 'Allergy and Immunology', 'Anesthesiology', 'Cardiovascular Disease', 'Child and Adolescent Psychiatry', 'Chiropractic',
      'Colon and Rectal Surgery', 'Critical Care Medicine', 'Dentist', 'Dermatology', 'Diagnostic Radiology', 'Emergency Medicine', 'Family Practice',
      'Gastroenterology', 'General Vascular Surgery', 'Geriatric Medicine', 'Hand Surgery', 'Hospice & Palliative Medicine', 'Infectious Disease',
      'Internal Medicine', 'Interventional Cardiology', 'Medical Oncology', 'Medical Toxicology', 'Nephrology', 'Neurological Surgery', 'Neurology',
      'Neuromuscular Medicine', 'Neuroradiology', 'Occupational Medicine', 'Oncology', 'Ophthalmology', 'Optometry', 'Oriental Medicine',
      'Orthopedic Surgery', 'Otolaryngology', 'Pain Management', 'Pediatrics', 'Physical Medicine & Rehabilitation', 'Plastic Surgery',
      'Podiatric Surgery', 'Podiatrist', 'Preventive Medicine', 'Psychiatry', 'Psychology', 'Public Health & General Preventive Medicine',
      'Pulmonary Disease', 'Radiology', 'Registered Nurse', 'Rheumatology', 'Sleep Medicine', 'Sports Medicine', 'Surgery',
      'Surgical Critical Care', 'Thoracic Surgery', 'Urology',
    ];
    const terms = new Set(entries.map(({ term }) => term));
    assert.deepEqual(form.filter((name) => !terms.has(name)), []);
    // The form lists "Psychologist" beside "Psychology": here they are one.
    assert.deepEqual(readSpecialties('Psychologist').specialties, ['Psychology']);
  });
});
