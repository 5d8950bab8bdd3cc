import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { DrugsVocabulary } from '../../scripts/understanding/services.ts';
import { readVocabulary } from '../../scripts/understanding/vocabulary.ts';

/** One row of synonyms.yaml; its header says what the fields mean. */
interface Row {
  term: string;
  kind: 'abbreviation' | 'synonym' | 'lay';
  variants?: string[];
  narrower?: string[];
  ambiguous?: true;
  usual?: true;
}

const rows = readVocabulary<Row[]>('synonyms');
const drugs = readVocabulary<DrugsVocabulary>('drugs');

const KINDS = ['abbreviation', 'synonym', 'lay'];
const FIELDS = ['term', 'kind', 'ambiguous', 'usual', 'variants', 'narrower'];

/** Short forms that every reader of these letters types. */
const ASKED_FOR: [variant: string, ...terms: string[]][] = [
  ['ACDF', 'anterior cervical discectomy and fusion'],
  ['ACOEM', 'American College of Occupational and Environmental Medicine'],
  ['AFO', 'ankle-foot orthosis'],
  ['AME', 'agreed medical evaluator'],
  ['CBT', 'cognitive behavioral therapy'],
  ['CRPS', 'complex regional pain syndrome'],
  ['DME', 'durable medical equipment'],
  ['DVT', 'deep vein thrombosis'],
  ['EMG', 'electromyography'],
  ['ER', 'emergency room', 'employer', 'extended release', 'external rotation'],
  ['ESI', 'epidural steroid injection'],
  ['FCE', 'functional capacity evaluation'],
  ['FRP', 'functional restoration program'],
  ['H-wave', 'H-wave stimulation'],
  ['HEP', 'home exercise program'],
  ['HNP', 'herniated disc'],
  ['IF unit', 'interferential current stimulation'],
  ['IMR', 'independent medical review'],
  ['IW', 'injured worker'],
  ['LSO', 'lumbosacral orthosis'],
  ['MBB', 'medial branch block'],
  ['MMI', 'maximal medical improvement'],
  ['MTUS', 'Medical Treatment Utilization Schedule'],
  ['NCS', 'nerve conduction study'],
  ['NCV', 'nerve conduction study'],
  ['NSAID', 'nonsteroidal anti-inflammatory drug'],
  ['ODG', 'Official Disability Guidelines'],
  ['OT', 'occupational therapy'],
  ['P&S', 'maximal medical improvement'],
  ['PPI', 'proton pump inhibitor'],
  ['PT', 'patient', 'physical therapy', 'prothrombin time'],
  ['PTP', 'primary treating physician'],
  ['PTSD', 'posttraumatic stress disorder'],
  ['QME', 'qualified medical evaluator'],
  ['RFA', 'radiofrequency ablation', 'request for authorization'],
  ['ROM', 'range of motion'],
  ['Rx', 'prescription'],
  ['SCS', 'spinal cord stimulator'],
  ['SLR', 'straight leg raise'],
  ['TBI', 'traumatic brain injury'],
  ['TENS', 'transcutaneous electrical nerve stimulation'],
  ['THA', 'total hip arthroplasty'],
  ['TKA', 'total knee arthroplasty'],
  ['TLIF', 'transforaminal lumbar interbody fusion'],
  ['UDS', 'urine drug screen'],
  ['UR', 'utilization review'],
  ['VAS', 'visual analog scale'],
  ['XR', 'extended release', 'x-ray'],
  ['bid', 'twice daily'],
  ['chiropractor', 'chiropractic'],
  ['low back', 'lumbar spine'],
  ['nerve test', 'electrodiagnostic study'],
  ['pain pump', 'intrathecal pump'],
  ['prn', 'as needed'],
  ['shot', 'injection'],
  ['slipped disc', 'herniated disc'],
];

/** Short forms of Latin, Greek or German words, with an x or q that stands for letters, or in another order than their term. */
const NOT_FROM_THE_TERM = [
  'abx', 'AC', 'bid', 'dx', 'EDX', 'EKG', 'fx', 'hx', 'npo', 'PCP', 'PharmD', 'po', 'prn', 'PsyD', 'q12h', 'q4h', 'q6h', 'q8h', 'qd', 'qhs',
  'qid', 'Rx', 'SQ', 'subq', 'sx', 'tx', 'WOMAC', 'XLIF', 'XR',
];

/** Short forms that are ordinary words as well: to widen them would mislead. */
const ORDINARY_WORDS = [
  'act', 'ad', 'air', 'cows', 'cures', 'dash', 'dip', 'do', 'id', 'if', 'it', 'mat', 'med', 'oats', 'pens', 'pet', 'sad', 'slap', 'us',
  'who',
];

/** How the search compares: no capitals, no marks inside a word but "&"; blanks count. */
const keyOf = (words: string): string => words.toLowerCase().replace(/[^a-z0-9& ]/g, '').replace(/ +/g, ' ').trim();

/** By code unit: the order must not depend on the machine's language. */
const byName = (a: string, b: string): number => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
};

const terms = new Set(rows.map(({ term }) => term));
const termKeys = new Set([...terms].map(keyOf));
const variantsOf = ({ variants = [] }: Row): string[] => variants;
const placesOf = (variant: string): Row[] => rows.filter((row) => variantsOf(row).some((words) => keyOf(words) === keyOf(variant)));

suite('synonyms.yaml', () => {
  test('has rows of the described shape', () => {
    for (const row of rows) {
      for (const field of Object.keys(row)) assert.ok(FIELDS.includes(field), `${row.term}: ${field}`);
      assert.ok(KINDS.includes(row.kind), `${row.term}: ${row.kind}`);
      assert.ok(variantsOf(row).length + (row.narrower ?? []).length > 0, row.term);
      assert.ok([true, undefined].includes(row.ambiguous) && [true, undefined].includes(row.usual), row.term);
      if (row.usual) assert.ok(row.ambiguous, row.term);
      if (row.ambiguous) assert.equal(row.kind, 'abbreviation', row.term);
    }
  });

  test('is sorted by term, kind, and plain before ambiguous, each once', () => {
    const place = ({ kind, ambiguous, usual }: Row): number => KINDS.indexOf(kind) * 4 + (ambiguous ? (usual ? 1 : 2) : 0);
    const sorted = rows.toSorted((a, b) => byName(a.term, b.term) || place(a) - place(b));
    assert.deepEqual(rows.map((row) => [row.term, place(row)]), sorted.map((row) => [row.term, place(row)]));
    assert.equal(new Set(rows.map((row) => `${row.term} ${place(row)}`)).size, rows.length);
    assert.equal(termKeys.size, terms.size);
    for (const { term, variants = [], narrower = [] } of rows) {
      assert.deepEqual(variants, variants.toSorted(byName), term);
      assert.deepEqual(narrower, narrower.toSorted(byName), term);
    }
  });

  test('has no stray blanks or marks', () => {
    for (const { term, variants = [], narrower = [] } of rows) {
      for (const words of [term, ...variants, ...narrower]) {
        assert.equal(typeof words, 'string', `${term}: ${words}`);
        assert.match(words, /^[\w&/'-]+(?: [\w&/'-]+)*$/, term);
      }
    }
  });

  test('has capitals in abbreviations and names only', () => {
    const printed = rows.flatMap((row) => (row.kind === 'abbreviation' ? [row.term, ...variantsOf(row)] : [row.term]));
    const spelled = new Set(printed.flatMap((words) => words.split(' ')));
    for (const { term, kind, variants = [], narrower = [] } of rows) {
      for (const word of [...(kind === 'abbreviation' ? [] : variants), ...narrower].flatMap((words) => words.split(' '))) {
        assert.ok(word === word.toLowerCase() || spelled.has(word) || /^I+$/.test(word), `${term}: ${word}`);
      }
    }
  });

  test('has each variant in one row, unless all its rows are ambiguous', () => {
    const known = new Map<string, Row[]>();
    for (const row of rows) for (const words of variantsOf(row)) known.set(keyOf(words), [...(known.get(keyOf(words)) ?? []), row]);
    for (const [words, places] of known) {
      if (places.length === 1) continue;
      assert.ok(places.every(({ ambiguous }) => ambiguous), `${words}: ${places.map(({ term }) => term).join(', ')}`);
      assert.ok(places.filter(({ usual }) => usual).length <= 1, words);
      assert.equal(new Set(places.map(({ term }) => term)).size, places.length, words);
    }
  });

  test('has no variant that is its term or another one', () => {
    for (const row of rows) for (const words of variantsOf(row)) assert.ok(!termKeys.has(keyOf(words)), `${row.term}: ${words}`);
  });

  test('has narrower terms that are no variants, and no circle of them', () => {
    const narrowerOf = new Map<string, string[]>();
    for (const { term, narrower = [] } of rows) {
      if (narrower.length > 0) assert.equal(narrowerOf.has(term), false, `${term}: one row holds the narrower terms`);
      if (narrower.length > 0) narrowerOf.set(term, narrower);
      for (const words of narrower) {
        const [as] = placesOf(words);
        assert.equal(as, undefined, `${term}: write ${as?.term} for ${words}`);
        assert.ok(terms.has(words) || !termKeys.has(keyOf(words)), `${term}: ${words} is spelled otherwise`);
      }
    }
    const visit = (term: string, path: string[]): void => {
      assert.ok(!path.includes(term), [...path, term].join(' > '));
      for (const next of narrowerOf.get(term) ?? []) visit(next, [...path, term]);
    };
    for (const term of narrowerOf.keys()) visit(term, []);
  });

  test('leaves drugs and brands to drugs.yaml', () => {
    const names = new Set(Object.values(drugs.classes).flatMap((names) => Object.entries(names)).flat(2).map(keyOf));
    for (const { term, variants = [], narrower = [] } of rows) {
      for (const words of [term, ...variants, ...narrower]) assert.ok(!names.has(keyOf(words)), `${term}: ${words}`);
    }
  });

  test('has groups and abbreviations enough', () => {
    assert.ok(terms.size >= 300, `${terms.size} groups`);
    // Levels of the spine are short forms by rule, not counted.
    const pairs = rows.filter(({ kind, term }) => kind === 'abbreviation' && !/\d-[CTL]\d/.test(term)).flatMap(variantsOf);
    assert.ok(pairs.length >= 250, `${pairs.length} abbreviations`);
  });

  for (const [variant, ...meanings] of ASKED_FOR) {
    test(`knows ${variant}`, () => {
      const places = placesOf(variant);
      assert.deepEqual(places.map(({ term }) => term).toSorted(byName), meanings);
      if (meanings.length > 1) assert.ok(places.every(({ ambiguous }) => ambiguous));
    });
  }
});

suite('an abbreviation', () => {
  const abbreviations = rows.filter(({ kind }) => kind === 'abbreviation');
  const letters = (words: string): string => words.toLowerCase().replace(/[^a-z]/g, '');

  /** Whether the letters stand in the words in this order, from the beginning of a word. */
  function standsIn(short: string, words: string): boolean {
    const parts = words.split(/[ -]/);
    return parts.some((_part, start) => {
      const long = letters(parts.slice(start).join(''));
      if (long[0] !== short[0]) return false;
      let at = -1;
      return [...short].every((letter) => (at = long.indexOf(letter, at + 1)) >= 0);
    });
  }

  test('is short for its term, or for one of its synonyms', () => {
    for (const { term, variants = [] } of abbreviations) {
      const long = [term, ...rows.filter((row) => row.term === term && row.kind === 'synonym').flatMap(variantsOf)];
      for (const printed of variants) {
        if (NOT_FROM_THE_TERM.includes(printed)) continue;
        const words = printed.replace(/-[IV]+$/, ''); // the edition, as in DSM-IV
        // Of "CT scan" only CT is short, of "lap chole" both words are.
        const capitals = words.split(' ').filter((word) => word !== word.toLowerCase()).join('');
        const readings = [letters(words), letters(capitals)].filter((short) => short !== '');
        assert.ok(readings.some((short) => long.some((name) => standsIn(short, name))), `${words}: ${term}`);
      }
    }
  });

  test('is shorter than its term', () => {
    for (const { term, variants = [] } of abbreviations) for (const words of variants) assert.ok(words.length < term.length, `${words}: ${term}`);
  });

  test('that is an ordinary word too is ambiguous', () => {
    for (const { term, variants = [], ambiguous } of abbreviations) {
      for (const words of variants) if (ORDINARY_WORDS.includes(words.toLowerCase())) assert.ok(ambiguous, `${words}: ${term}`);
    }
  });

  test('that is excused from its letters exists', () => {
    const all = new Set(abbreviations.flatMap(variantsOf));
    for (const words of NOT_FROM_THE_TERM) assert.ok(all.has(words), words);
  });
});
