import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readVocabulary } from '../../scripts/understanding/vocabulary.ts';
import form from '../fixtures/dwc-form.json' with { type: 'json' };

/** What of services.yaml says which choices of the state's form mean it. */
interface Services {
  categories: Record<string, { form?: string[]; subcategories: Record<string, { form?: string[] }> }>;
}

interface Specialty {
  term: string;
  variants?: string[];
}

const { categories } = readVocabulary<Services>('services');
const specialties = readVocabulary<Specialty[]>('specialties');

/** The choices of the form by our name, `Category > Subcategory`. A choice of one word is in the category that it is listed in. */
const services = Object.entries(categories).flatMap(([category, { subcategories }]) =>
  Object.entries(subcategories).map(([name, { form: choices = [] }]) => ({
    service: `${category} > ${name}`,
    choices: [name, ...choices].map((choice) => (choice.includes(' > ') ? choice : `${category} > ${choice}`)),
  })));

const servicesOf = (choice: string): string[] => services.filter(({ choices }) => choices.includes(choice)).map(({ service }) => service);

const formCategories: Record<string, string[]> = form.categories;
const formServices = new Set([
  ...Object.entries(formCategories).flatMap(([category, names]) => names.map((name) => `${category} > ${name}`)),
  ...form.drugClasses.map((name) => `Pharmaceuticals > ${name}`),
]);

/** Where the form doubles, misspells, or divides what is one for us. */
const MERGED: [choice: string, service: string][] = [
  ['Diagnostic Testing > Imaging / Radiology', 'Diagnostic Testing > Imaging/Radiology'],
  ['Pharmaceuticals > Adrenal Cortical Steroids', 'Pharmaceuticals > Corticosteroids'],
  ['Pharmaceuticals > Alpha-blocker', 'Pharmaceuticals > Antihypertensive'],
  ['Pharmaceuticals > Androgens & Anabolic Steroids', 'Pharmaceuticals > Hormones'],
  ['Pharmaceuticals > Asthma Medications', 'Pharmaceuticals > Asthma medication'],
  ['Pharmaceuticals > Benzodiazepine', 'Pharmaceuticals > Benzodiazepines'],
  ['Pharmaceuticals > Beta-blocker', 'Pharmaceuticals > Antihypertensive'],
  ['Pharmaceuticals > Bisphosphonates', 'Pharmaceuticals > Other Drugs'],
  ['Pharmaceuticals > Calcium Cannel Blocker', 'Pharmaceuticals > Antihypertensive'],
  ['Pharmaceuticals > Dopamine agonists', 'Pharmaceuticals > Other Drugs'],
  ['Pharmaceuticals > Fibric Acid', 'Pharmaceuticals > Other Drugs'],
  ['Pharmaceuticals > Histamine 2', 'Pharmaceuticals > H2 Blocker'],
  ['Pharmaceuticals > Injection', 'Injection > Injection'],
  ['Pharmaceuticals > Opoid Antagonist', 'Pharmaceuticals > Opioid Antagonist'],
  ['Pharmaceuticals > Tumor necrosis factor (TNF) modified', 'Pharmaceuticals > Other Drugs'],
  ['Therapies > Other Therapies', 'Rehabilitation > Other Therapies'],
  ['Therapies > Therapies', 'Rehabilitation > Other Therapies'],
];

suite("the state's form", () => {
  test('has each category in one of ours', () => {
    for (const choice of Object.keys(formCategories)) {
      const found = Object.entries(categories).filter(([name, entry]) => name === choice || entry.form?.includes(choice));
      assert.equal(found.length, 1, choice);
    }
  });

  test('has each subcategory and drug class in one of ours', () => {
    for (const choice of formServices) assert.equal(servicesOf(choice).length, 1, `${choice}: ${servicesOf(choice).join(', ')}`);
  });

  test('has what is merged where it belongs, the rest under its own name', () => {
    const merged = new Map(MERGED);
    for (const choice of formServices) assert.deepEqual(servicesOf(choice), [merged.get(choice) ?? choice]);
  });

  test('has each specialty in one of ours', () => {
    for (const choice of form.specialties) {
      const found = specialties.filter(({ term, variants = [] }) => [term, ...variants].includes(choice));
      assert.equal(found.length, 1, choice);
    }
  });

  test('has Podiatrist and Podiatric Surgery apart, Psychologist and Psychology together', () => {
    const termOf = (choice: string): string | undefined =>
      specialties.find(({ term, variants = [] }) => [term, ...variants].includes(choice))?.term;
    assert.deepEqual(
      ['Podiatrist', 'Podiatric Surgery', 'Psychologist', 'Psychology'].map(termOf),
      ['Podiatrist', 'Podiatric Surgery', 'Psychology', 'Psychology'],
    );
  });
});

suite('services.yaml', () => {
  test('has no service that the form lacks', () => {
    for (const { service, choices } of services) assert.ok(choices.some((choice) => formServices.has(choice)), service);
  });

  test('lists choices that the form has, sorted, and not its own name', () => {
    for (const [category, { form: choices = [], subcategories }] of Object.entries(categories)) {
      for (const choice of choices) assert.ok(choice !== category && choice in formCategories, choice);
      for (const [name, { form: others = [] }] of Object.entries(subcategories)) {
        assert.deepEqual(others, others.toSorted((a, b) => (a < b ? -1 : 1)), name);
        for (const choice of others) {
          assert.notEqual(choice, name);
          assert.ok(formServices.has(choice.includes(' > ') ? choice : `${category} > ${choice}`), choice);
        }
      }
    }
  });
});
