import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { searchVocabulary } from '../../scripts/index/vocabulary.ts';
import { FACETS, withAncestors } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { answer } from '../../src/search/engine.ts';
import { EMPTY_STATE, withValues } from '../../src/search/state.ts';
import type { SearchState } from '../../src/search/state.ts';
import { MOST_SUGGESTIONS, openSuggestions, suggest } from '../../src/search/suggest.ts';
import type { FacetSuggestion, Suggestion } from '../../src/search/suggest.ts';
import { openVocabulary } from '../../src/search/synonyms.ts';
import { compareRows, decodeTable, encodeTable } from '../../src/search/table.ts';
import type { TableRow } from '../../src/search/table.ts';

type Values = Partial<Record<FacetName, string[]>>;

const rowOf = (caseId: string, number: number, decisionDate: string | undefined, values: Values): TableRow => ({
  caseId, number, decisionDate, values: Object.fromEntries(FACETS.map(({ name }) => [name, values[name] ?? []])) as Record<FacetName, string[]>,
});

const OPIOIDS: Values = { outcome: ['upheld'], service: ['Pharmaceuticals > Opioids'], drug: ['hydrocodone'], guideline: ['MTUS > Chronic Pain Medical Treatment'], specialty: ['Physical Medicine & Rehabilitation'], year: ['2016'] };
const MRI: Values = { outcome: ['overturned'], service: ['Diagnostic Testing > Imaging/Radiology'], bodypart: ['lumbar spine'], guideline: ['ODG > Low Back', 'MTUS > Low Back Complaints'], specialty: ['Orthopedic Surgery'], year: ['2016'] };
const THERAPY: Values = { outcome: ['upheld'], service: ['Rehabilitation > Physical Therapy/Occupational Therapy (PT/OT)'], bodypart: ['knee', 'cervical spine'], guideline: ['ODG > Knee & Leg'], specialty: ['Surgery'], year: ['2017'] };
const PROGRAM: Values = { outcome: ['upheld'], service: ['Programs > Programs'], guideline: ['none'], specialty: ['Pain Management'], year: ['2017'] };
const BRACE: Values = { outcome: ['upheld'], service: ['DMEPOS > Prosthetics/Orthotics'], bodypart: ['knee'], drug: ['gabapentin', 'oxycodone'], guideline: ['other'], specialty: ['Pain Management'] };

const rows = [
  rowOf('CM00-0213037', 1, '2016-12-09', OPIOIDS), rowOf('CM00-0213037', 2, '2016-12-09', MRI), rowOf('CM00-0213040', 1, '2016-12-10', MRI), rowOf('CM01-0000117', 1, '2017-01-05', THERAPY),
  rowOf('CM01-0000117', 2, '2017-01-05', PROGRAM), rowOf('CM01-0002130', 1, undefined, BRACE), rowOf('letter-of-may', 1, '2015-05-01', OPIOIDS), rowOf('CM01-0000118', 1, '2017-01-06', THERAPY),
].sort(compareRows);
const table = decodeTable(encodeTable(rows));
const ids = [...new Set(rows.map(({ caseId }) => caseId))];
const vocabulary = openVocabulary(searchVocabulary());
const sources = openSuggestions(table, vocabulary, ids);

const labels = (text: string, state?: SearchState): string[] => suggest(text, sources, state).map(({ kind, label }) => `${kind}: ${label}`);
const isOfFacet = (suggestion: Suggestion): suggestion is FacetSuggestion => suggestion.kind !== 'case';
const detail = (text: string): string | undefined => suggest(text, sources)[0]?.detail;

const TABLE: [typed: string, first: string, detail: string][] = [
  ['norco', 'drug: hydrocodone', 'Drug, also Norco; 2 decisions'],
  ['hydro', 'drug: hydrocodone', 'Drug, 2 decisions'],
  ['OxyCon', 'drug: oxycodone', 'Drug, also oxy contin; 1 decision'],
  ['neurontin', 'drug: gabapentin', 'Drug, also Neurontin; 1 decision'],
  ['FRP', 'service: Programs', 'Service, in Programs, includes functional restoration program (FRP); 1 decision'],
  ['functional rest', 'service: Programs', 'Service, in Programs, includes functional restoration program; 1 decision'],
  ['MRI', 'service: Imaging/Radiology', 'Service, in Diagnostic Testing, includes magnetic resonance imaging (MRI); 2 decisions'],
  ['physical th', 'service: Physical Therapy/Occupational Therapy (PT/OT)', 'Service, in Rehabilitation; 2 decisions'],
  ['rehab', 'service: Rehabilitation', 'Service, also rehab; 2 decisions'],
  ['neck', 'bodypart: cervical spine', 'Body part, also neck; 2 decisions'],
  ['L-sp', 'bodypart: lumbar spine', 'Body part, also L-spine; 2 decisions'],
  ['lumbar s', 'bodypart: lumbar spine', 'Body part, 2 decisions'],
  ['odg', 'guideline: ODG', 'Guideline, 4 decisions'],
  ['CPMTG', 'guideline: Chronic Pain Medical Treatment', 'Guideline, in MTUS, also CPMTG; 2 decisions'],
  ['PM&R', 'specialty: Physical Medicine & Rehabilitation', 'Reviewer specialty, also PM&R; 2 decisions'],
  ['physical medicine and', 'specialty: Physical Medicine & Rehabilitation', 'Reviewer specialty, 2 decisions'],
  ['overt', 'outcome: Overturned: treatment approved', 'Outcome, 2 decisions'],
  ['2017', 'year: 2017', 'Year of decision, 3 decisions'],
  ['CM00-0213037', 'case: CM00-0213037', 'Case decided December 9, 2016'],
  ['cm00 02130', 'case: CM00-0213040', 'Case decided December 10, 2016'],
  ['cm000213037', 'case: CM00-0213037', 'Case decided December 9, 2016'],
  ['0213', 'case: CM00-0213040', 'Case decided December 10, 2016'],
  ['213037', 'case: CM00-0213037', 'Case decided December 9, 2016'],
  ['00-0213037', 'case: CM00-0213037', 'Case decided December 9, 2016'],
  ['3037', 'case: CM00-0213037', 'Case decided December 9, 2016'],
  ['cm01 2130', '', ''],
  ['0002130', 'case: CM01-0002130', 'Case without a date of decision'],
  ['letter-of', 'case: letter-of-may', 'Case decided May 1, 2015'],
];

suite('while typing', () => {
  for (const [typed, first, words] of TABLE) {
    test(typed, () => {
      assert.equal(labels(typed)[0] ?? '', first);
      assert.equal(detail(typed) ?? '', words);
    });
  }

  test('what begins with the words comes before what has them inside, and the frequent before the rare', () => {
    const found = suggest('surg', sources).map(({ label }) => label);
    assert.deepEqual(found.slice(0, 1), ['Surgery']);
    assert.ok(found.indexOf('Orthopedic Surgery') > 0);
    assert.deepEqual(labels('low ba').slice(0, 2).sort(), ['guideline: Low Back', 'guideline: Low Back Complaints']);
  });

  test('only the last words are replaced', () => {
    const [found] = suggest('why was norc', sources);
    assert.ok(found && isOfFacet(found));
    assert.deepEqual(found.state, withValues({ ...EMPTY_STATE, q: 'why was' }, 'drug', ['hydrocodone']));
    const [whole] = suggest('denied  physical ther', sources);
    assert.ok(whole && isOfFacet(whole));
    assert.equal(whole.state.q, 'denied');
  });

  test('a chosen value stays chosen, is not suggested again, and gets company', () => {
    const state = withValues(EMPTY_STATE, 'drug', ['hydrocodone']);
    assert.deepEqual(labels('norco', state), []);
    const [found] = suggest('gaba', sources, withValues(state, 'outcome', ['upheld']));
    assert.ok(found && isOfFacet(found));
    assert.deepEqual(found.state.facets.get('drug'), ['hydrocodone', 'gabapentin']);
    assert.deepEqual(found.state.facets.get('outcome'), ['upheld']);
  });

  test('nothing is suggested that no decision has under the other choices', () => {
    assert.deepEqual(labels('norco', withValues(EMPTY_STATE, 'outcome', ['overturned'])), []);
    assert.deepEqual(labels('norco', { ...EMPTY_STATE, from: '2017-01-01' }), []);
    assert.deepEqual(labels('tramadol'), []);
  });

  test('nothing is suggested inside a phrase, a field, an exclusion or for an operator', () => {
    for (const text of ['"norco', 'knee "physical th', 'drug:norco', 'drug: norco', '-norco', 'knee OR norco', 'knee NOT norco', '(knee norco', 'knee (norco', 'knee NEAR norco', '', ' ', 'n', '...', 'zzzz']) assert.deepEqual(labels(text), [], text);
    assert.deepEqual(labels('"low back" norco'), ['drug: hydrocodone']);
    assert.deepEqual(labels('-knee norco'), ['drug: hydrocodone']);
  });

  test('cases are suggested once their numbers are there', () => {
    assert.deepEqual(suggest('0213', openSuggestions(table, vocabulary)), []);
  });
});

suite('on a large collection', () => {
  const parts = ['Knee', 'Kneecap', 'Knee joint', 'Kneeling', 'Knee pain', 'Knee cap', 'Knee bend', 'Knee bone', 'Knee disc', 'Knee rim'];
  const many = parts.flatMap((part, index) => [rowOf(`CM00-00001${String(index).padStart(2, '0')}`, 1, '2016-01-01', { bodypart: [part], drug: [`${part} drops`], service: [`${part} > ${part}`] })]).sort(compareRows);

  test('kinds are mixed', () => {
    const found = suggest('knee', openSuggestions(decodeTable(encodeTable(many)), vocabulary, many.map(({ caseId }) => caseId)));
    assert.equal(found.length, MOST_SUGGESTIONS);
    for (const kind of ['bodypart', 'drug', 'service']) assert.ok(found.filter((suggestion) => suggestion.kind === kind).length >= 2, kind);
  });

  test('one kind alone may fill the list', () => {
    const found = suggest('cm00', openSuggestions(decodeTable(encodeTable(many)), vocabulary, many.map(({ caseId }) => caseId)));
    assert.deepEqual(found.map(({ kind }) => kind), Array.from({ length: MOST_SUGGESTIONS }, () => 'case'));
  });
});

suite('suggest', () => {
  const typed = fc.oneof(
    fc.string(), fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom('norco', 'physical', 'therapy', 'mri', 'CM00-0213037', '0213', 'knee', '"', '(', 'OR', '-', 'drug:', '&', 'PM&R', 'l'), { maxLength: 8 }).map((words) => words.join(' ')),
    fc.constantFrom(...rows.flatMap(({ values }) => Object.values(values).flat())).chain((value) => fc.nat(value.length).map((length) => value.slice(0, length))),
  );
  const state = fc.constantFrom(EMPTY_STATE, withValues(EMPTY_STATE, 'outcome', ['upheld']), withValues(EMPTY_STATE, 'service', ['Programs']), { ...EMPTY_STATE, to: '2016-12-31' });

  test('keeps its promises on any text', () => {
    fc.assert(fc.property(typed, state, (text, chosen) => {
      const found = suggest(text, sources, chosen);
      assert.ok(found.length <= MOST_SUGGESTIONS);
      assert.equal(new Set(found.map(({ kind, label, detail: words }) => `${kind} ${label} ${words}`)).size, found.length);
      for (const suggestion of found) {
        if (!isOfFacet(suggestion)) {
          assert.ok(ids.includes(suggestion.caseId));
          continue;
        }
        assert.ok(text.startsWith(suggestion.state.q));
        const added = suggestion.state.facets.get(suggestion.kind)!.at(-1)!;
        const { decisions } = answer(table, withValues(chosen, suggestion.kind, [added]));
        assert.ok(decisions.length > 0);
        assert.match(suggestion.detail, new RegExp(`\\b${decisions.length} decisions?$`));
      }
    }), { numRuns: 300 });
  });

  test('finds every value by its own name, and by each beginning of its first word from three letters on', () => {
    for (const row of rows) {
      for (const { name } of FACETS) {
        for (const value of row.values[name].flatMap(withAncestors)) {
          if (['none', 'other'].includes(value)) continue;
          const last = value.split(' > ').at(-1)!;
          // A parenthesis belongs to the query.
          if (/[()]/.test(last)) continue;
          assert.ok(suggest(last, sources).some((suggestion) => isOfFacet(suggestion) && suggestion.kind === name && suggestion.state.facets.get(name)?.includes(value)), value);
        }
      }
    }
  });

  test('is quick on a long text', () => {
    const start = performance.now();
    for (const text of ['norco '.repeat(20_000), '1'.repeat(100_000), '0 '.repeat(50_000), 'cm'.repeat(50_000), '"'.repeat(100_001), '-'.repeat(100_000), `${' '.repeat(100_000)}x`]) suggest(text, sources);
    assert.ok(performance.now() - start < 1500);
  });
});
