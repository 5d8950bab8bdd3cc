import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { BodyPartsVocabulary, DrugsVocabulary, ServicesVocabulary } from '../../scripts/understanding/services.ts';
import { readVocabulary } from '../../scripts/understanding/vocabulary.ts';

const services = readVocabulary<ServicesVocabulary>('services');
const drugs = readVocabulary<DrugsVocabulary>('drugs');
const body = readVocabulary<BodyPartsVocabulary>('body-parts');

/** The categories of the state's search form, duplicates and typos merged, in its order. Records and URLs depend on the spelling. */
const FORM: Record<string, string[]> = {
  'Diagnostic Testing': ['Imaging/Radiology', 'EMG/NCV/NCS', 'Lab & Pathology', 'Other Diagnostic Tests'],
  'DMEPOS': ['DME', 'Electrical Stimulation', 'Prosthetics/Orthotics', 'Supplies'],
  'Evaluation & Management': ['Dental Services', 'Medical Specialties'],
  'Home Health': ['Home Health'],
  'Injection': ['Facet Injection', 'Injection'],
  'Pharmaceuticals': [
    'Opioids', 'NSAID', 'Muscle Relaxant', 'Anti-epilepsy drugs', 'Antidepressant', 'Benzodiazepines', 'Sedative-hypnotics',
    'Proton Pump Inhibitors', 'H2 Blocker', 'Topical Analgesics', 'Topical Compounds', 'AntiAnxiety', 'Antiemetic', 'Antihypertensive',
    'Antimigraine Agent', 'Anti-infectives', 'GI Agents', 'Hormones', 'Impotence Agents', 'Misc Analgesics', 'Nutritional Products',
    'Stimulants', 'Statin', 'Antidiabetics', 'Antihistamine', 'Asthma medication', 'Atypical Antipsychotic', 'Barbiturates',
    'Cannabinoids', 'Corticosteroids', 'Viscosupplementation', 'Opioid Antagonist', 'Anti-coagulant', 'Other Drugs',
  ],
  'Programs': ['Programs'],
  'Psych Services': ['Evaluation & Management', 'Therapies'],
  'Rehabilitation': ['Acupuncture', 'Chiropractic', 'Other Therapies', 'Physical Therapy/Occupational Therapy (PT/OT)'],
  'Surgery': ['Adjunct Surgical Services', 'Arthroscopic Surgery', 'Non-arthroscopic Surgery', 'Spine', 'Surgical Consult'],
  'Transportation': ['Transportation'],
};

/** Drugs whose name also stands in services.yaml: named as a drug, asked for as an injection. */
const DRUGS_THAT_ARE_SERVICES = ['onabotulinumtoxina'];

/** Rows that hold variants: the place for messages, the canonical term, and its variants. */
interface Row {
  place: string;
  name: string;
  variants: string[];
}

const termRows: Row[] = [];
const generalRows: Row[] = [];
for (const [category, { subcategories }] of Object.entries(services.categories)) {
  for (const [subcategory, { terms, general }] of Object.entries(subcategories)) {
    const place = `${category} > ${subcategory}`;
    for (const [name, variants] of Object.entries(terms)) termRows.push({ place: `${place} > ${name}`, name, variants });
    generalRows.push({ place: `${place} > general`, name: '', variants: general });
  }
}
const drugRows: Row[] = Object.entries(drugs.classes).flatMap(([drugClass, rows]) =>
  Object.entries(rows).map(([name, variants]) => ({ place: `${drugClass} > ${name}`, name, variants })));
const bodyRows: Row[] = Object.entries(body.parts).map(([name, variants]) => ({ place: name, name, variants }));
const groupRows: Row[] = Object.entries(services.groups).map(([name, variants]) => ({ place: `group ${name}`, name: '', variants }));
const formRows: Row[] = Object.entries(drugs.forms).map(([name, variants]) => ({ place: `form ${name}`, name: '', variants }));
const passingRow: Row = { place: 'passing', name: '', variants: services.passing };
const allRows = [...termRows, ...generalRows, ...drugRows, ...bodyRows, ...groupRows, ...formRows, passingRow];

/** Letters and digits only: what the matching compares. */
const keyOf = (words: string): string => words.toLowerCase().replace(/[^a-z0-9%&<>]/g, '');

/** By code unit, as written in the files: the order must not depend on the machine's language. */
const byName = (a: string, b: string): number => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
};

function assertNoDuplicates(rows: Row[]): void {
  const places = new Map<string, string>();
  const doubled: string[] = [];
  for (const { place, name, variants } of rows) {
    for (const words of name === '' ? variants : [name, ...variants]) {
      const known = places.get(keyOf(words));
      if (known !== undefined) doubled.push(`"${words}" in ${known} and in ${place}`);
      places.set(keyOf(words), place);
    }
  }
  assert.deepEqual(doubled, []);
}

suite('categories', () => {
  test('are those of the form, in its order', () => {
    const found = Object.entries(services.categories).map(([category, { subcategories }]) => [category, Object.keys(subcategories)]);
    assert.deepEqual(found, Object.entries(FORM));
    assert.deepEqual(Object.keys(drugs.classes), FORM['Pharmaceuticals']);
  });

  test('each has a description of one plain line', () => {
    for (const [category, { description, subcategories }] of Object.entries(services.categories)) {
      for (const line of [description, ...Object.values(subcategories).map((subcategory) => subcategory.description)]) {
        assert.match(line, /^[A-Z][^\n]{5,90}[^.\s]$/, category);
      }
    }
  });

  test('each subcategory has a term', () => {
    for (const [category, subcategories] of Object.entries(FORM)) {
      for (const subcategory of subcategories) {
        assert.ok(termRows.some((row) => row.place.startsWith(`${category} > ${subcategory} > `)), `${category} > ${subcategory}`);
      }
    }
  });

  test('rules name categories that exist', () => {
    const names = new Set(Object.entries(FORM).flatMap(([category, all]) => [category, ...all.map((name) => `${category} > ${name}`)]));
    for (const { winner, over, where } of services.prevails) {
      assert.ok(names.has(winner), winner);
      assert.ok(names.has(over), over);
      assert.ok(['same clause', 'anywhere'].includes(where), where);
    }
    for (const name of drugs.madeIntoCreams) assert.ok(names.has(`Pharmaceuticals > ${name}`), name);
  });

  test('groups that terms speak of exist, and each is used', () => {
    const used = new Set(termRows.flatMap((row) => row.variants).flatMap((words) => words.match(/<[^>]*>/g) ?? []));
    assert.deepEqual([...used].sort(), Object.keys(services.groups).map((name) => `<${name}>`).sort());
  });
});

suite('terms', () => {
  test('are sorted', () => {
    for (const { place, variants } of allRows) assert.deepEqual(variants, variants.toSorted(byName), place);
    const lists = [
      ...Object.values(services.categories).flatMap(({ subcategories }) => Object.values(subcategories).map(({ terms }) => Object.keys(terms))),
      ...Object.values(drugs.classes).map((rows) => Object.keys(rows)), Object.keys(body.parts), Object.keys(services.groups),
    ];
    for (const names of lists) assert.deepEqual(names, names.toSorted(byName));
  });

  test('have no stray blanks or marks and are text', () => {
    for (const { place, name, variants } of allRows) {
      for (const words of [name, ...variants]) {
        assert.equal(typeof words, 'string', `${place}: ${words}`);
        assert.match(words, /^(?:[\w<][\w<>&/'-]*(?: [\w<>&/'-]+)*)?$/, place);
      }
      assert.ok(variants.every((words) => words !== ''), place);
    }
  });

  test('of services.yaml stand in one row only', () => assertNoDuplicates([...termRows, ...generalRows]));

  test('of body-parts.yaml stand in one row only', () => assertNoDuplicates(bodyRows));

  test('of drugs.yaml stand in one row only, but for generic names of two classes', () => {
    const seen = new Set<string>();
    assertNoDuplicates(drugRows.map((row) => {
      const isKnown = seen.has(row.name);
      seen.add(row.name);
      return isKnown ? { ...row, name: '' } : row;
    }));
  });

  test('of drugs.yaml do not stand in services.yaml', () => {
    const names = new Set([...termRows, ...generalRows].flatMap((row) => [row.name, ...row.variants]).map(keyOf));
    const doubled = drugRows.filter((row) => !DRUGS_THAT_ARE_SERVICES.includes(row.name))
      .flatMap((row) => [row.name, ...row.variants]).filter((words) => names.has(keyOf(words)));
    assert.deepEqual(doubled, []);
  });

  test('of services.yaml, groups, and body parts are written in lower case', () => {
    for (const { place, name, variants } of [...termRows, ...generalRows, ...groupRows, ...bodyRows, passingRow]) {
      for (const words of [name, ...variants]) assert.equal(words, words.toLowerCase(), place);
    }
  });

  test('generic names are written in lower case', () => {
    for (const { name } of drugRows) assert.equal(name, name.toLowerCase());
  });

  test('are many enough', () => {
    assert.ok(new Set(drugRows.map((row) => row.name)).size >= 400);
  });
});

test('a vocabulary file that is missing is named', () => {
  assert.throws(() => readVocabulary('no-such-file'), /no-such-file\.yaml/);
});
