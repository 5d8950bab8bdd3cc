import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { searchVocabulary } from '../../scripts/index/vocabulary.ts';
import { MOST_ALTERNATIVES, findWidenings, includedNames, openVocabulary, otherNames, vocabularyWords } from '../../src/search/synonyms.ts';
import type { Widening } from '../../src/search/synonyms.ts';

const data = searchVocabulary();
const vocabulary = openVocabulary(data);

const widenings = (query: string): Widening[] => findWidenings(query.split(' '), vocabulary);
/** What is searched for each widened term, as typed. */
const widened = (query: string): Record<string, string[]> =>
  Object.fromEntries(widenings(query).filter(({ alternatives }) => alternatives.length > 0).map(({ from, to, alternatives }) => [query.split(' ').slice(from, to).join(' '), alternatives.map(({ text }) => text)]));
const offered = (query: string): string[] => widenings(query).flatMap(({ offers }) => offers);

/** What an expert expects to be named first. */
const FIRST: [typed: string, ...first: string[]][] = [
  ['EMG', 'electromyography'],
  ['emgs', 'electromyography'],
  ['MRIs', 'magnetic resonance imaging'],
  ['ESIs', 'epidural steroid injection'],
  ['FRP', 'functional restoration program'],
  ['PT', 'physical therapy'],
  ['physical therapies', 'PT'],
  ['RFA', 'radiofrequency ablation'],
  ['CESI', 'cervical epidural steroid injection'],
  ['L-spine', 'lumbar spine'],
  ['lspine', 'lumbar spine'],
  ['neck', 'cervical spine', 'C-spine', 'cervical'],
  ['nerve test', 'electrodiagnostic study'],
  ['slipped disc', 'herniated disc'],
  ['Norco', 'hydrocodone'],
  ['norco', 'hydrocodone'],
  ['OxyContin', 'oxycodone'],
  ['Neurontin', 'gabapentin'],
  ['Flexaril', 'cyclobenzaprine'],
  ['HCTZ', 'hydrochlorothiazide'],
  ['L4/5', 'L4-L5'],
  ['L4-5', 'L4-L5'],
  ['x ray', 'x-ray'],
  ['kneebrace', 'knee orthosis', 'knee brace'],
  ['hammer toe', 'hammertoe'],
  ['hammertoe', 'hammer toe'],
  ["golfer's elbow", 'medial epicondylitis'],
  ['golfers elbow', 'medial epicondylitis'],
  // The index has one stem for post-op and postoperative.
  ['post-op', 'post operative'],
  ['P&S', 'maximal medical improvement'],
  ['orthoses', 'orthosis'],
  ['back surgery', 'spine surgery'],
];

/** Words of questions that look like something of the vocabulary. */
const ORDINARY = `a about acre acting acts add added adjustable adjustment age aid all also am an and any applicable application are armed as ask at aside back-up bed been being
  best but by came can case cause chi cost could cure cut cuts dash day deny details did digest dip do does doing done ensure ever fall far felt few file first fit for form from gave get give
  given go good had hand hard has have he help her here high him his hold home hospital how i if image in inside investigation ironic is it its just keep kept last let like list long look
  lot low made make many mat may me medical met might more most much muse must my need neither never new no none not now oct of off often on one only open operator or order other our out over
  own pain part people pen pens perhaps place point prior put rate read reason refer rest right-hand run sad said same say see seen sep set she should side since so some state still such sure
  take tell ten tense test than that the their them then there these they this those through time to told too toss trial try two under up upon us use used very wait was way we well went
  were what when where which while who whole whom whose why will wish with within work would year yes yet you your`.split(/\s+/);

suite('the vocabulary of the search', () => {
  test('is small and plain data', () => {
    const size = gzipSync(JSON.stringify(data), { level: 9 }).length;
    assert.ok(size < 30_000, `${size} bytes`);
    assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
    assert.deepEqual(searchVocabulary(), data);
  });

  test('leaves out what no decision holds, and puts the frequent names of a drug first', () => {
    const small = searchVocabulary(new Map([['vicodin', 9], ['norco', 4], ['hydrocodone', 20], ['therapies', 3], ['physical', 5]]));
    assert.deepEqual(small.drugs.map((names) => names.split('|').slice(0, 3)), [['hydrocodone', 'Vicodin', 'Norco']]);
    assert.ok(small.terms.some(([term]) => term === 'physical therapy'));
    assert.ok(!small.terms.some(([term]) => term === 'acupuncture'));
    assert.deepEqual(findWidenings(['PT'], openVocabulary(small)).map(({ alternatives }) => alternatives[0]!.text), ['physical therapy']);
  });

  test('has its words for the spelling, those of joined names too', () => {
    const words = new Set(vocabularyWords(data));
    for (const word of ['electromyography', 'norco', 'oxycontin', 'zygapophyseal', 'lspine']) assert.ok(words.has(word), word);
    assert.ok(![...words].some((word) => word === '' || /[^\p{L}\p{N}]/u.test(word)));
  });

  test('names the other names of a thing and its kinds', () => {
    assert.deepEqual(otherNames('physical therapy', vocabulary)[0], { text: 'PT', kind: 'abbreviation' });
    assert.deepEqual(otherNames('patient', vocabulary), []);
    assert.ok(includedNames('electrodiagnostic study', vocabulary).includes('NCS'));
    assert.deepEqual(otherNames('', vocabulary), []);
  });
});

suite('a word is widened', () => {
  for (const [typed, ...first] of FIRST) {
    test(typed, () => {
      const [found, ...others] = widenings(typed);
      assert.equal(others.length, 0);
      assert.deepEqual([found!.from, found!.to], [0, typed.split(' ').length]);
      assert.deepEqual(found!.alternatives.slice(0, first.length).map(({ text }) => text), first);
    });
  }

  test('with the kind of each alternative', () => {
    const kinds = new Map(widenings('electrodiagnostic study')[0]!.alternatives.map(({ text, kind }) => [text, kind]));
    assert.equal(kinds.get('EDX'), 'abbreviation');
    assert.equal(kinds.get('nerve test'), 'lay');
    assert.equal(kinds.get('electromyography'), 'narrower');
    assert.equal(kinds.get('EMG'), 'narrower');
    assert.deepEqual(new Set(widenings('Percocet')[0]!.alternatives.map(({ kind }) => kind)), new Set(['brand']));
  });

  test('to its kinds and to the kinds of these, but not to what it is a kind of', () => {
    const surgery = widened('back surgery')['back surgery']!;
    for (const kind of ['spinal fusion', 'laminectomy', 'interbody fusion', 'ALIF']) assert.ok(surgery.includes(kind), kind);
    assert.deepEqual(widened('laminectomy'), { laminectomy: ['hemilaminectomy'] });
    assert.ok(!widened('EMG').EMG!.includes('electrodiagnostic study'));
  });

  test('not by products that share only a class', () => {
    assert.deepEqual(widened('Terocin'), {});
    assert.ok(widened('menthol combination')['menthol combination']!.includes('Dendracin'));
    assert.deepEqual(widened('laxative').laxative!.slice(0, 1), ['senna']);
    assert.ok(!widened('senna').senna!.includes('laxative'));
    assert.deepEqual(widened('opioids').opioids, ['narcotic', 'opiate']);
  });

  test('by what finds more than the word itself does', () => {
    for (const [typed, alternatives] of Object.entries(widened('hydrocodone'))) {
      for (const text of alternatives) assert.ok(!` ${text.toLowerCase()} `.includes(` ${typed} `), text);
    }
    assert.ok(!widened('lumbar').lumbar!.includes('lumbar spine'));
  });

  test('the longest term first, and the words inside it not again', () => {
    assert.deepEqual(Object.keys(widened('why was physical therapy for my low back pain denied')), ['physical therapy', 'low back pain', 'denied']);
    assert.deepEqual(Object.keys(widened('lumbar epidural steroid injection')), ['lumbar epidural steroid injection']);
    assert.deepEqual(Object.keys(widened('steroid epidural')), ['steroid', 'epidural']);
    assert.deepEqual(Object.keys(widened('therapy motion range')), []);
    assert.deepEqual(Object.keys(widened('range of motion')), ['range of motion']);
    assert.deepEqual(Object.keys(widened('EMG/NCS of the BUE')), ['EMG/NCS', 'BUE']);
  });

  test('the words inside a term that has no other name', () => {
    assert.deepEqual(Object.keys(widened('knee arthroscopy')), ['arthroscopy']);
  });

  test('from plain words and from typed ones alike', () => {
    const alike: [string, string][] = [['L-spine', 'l spine'], ['TENS unit', 'tens unit'], ['x-ray', 'xray'], ['EMG/NCV', 'emg ncv'], ['C-Spine MRI', 'cspine mri']];
    for (const [typed, plain] of alike) assert.deepEqual(widenings(typed).at(-1)!.alternatives.map(({ kind }) => kind).includes('narrower'), widenings(plain).at(-1)!.alternatives.map(({ kind }) => kind).includes('narrower'), typed);
    assert.deepEqual(widened('L-spine')['L-spine'], widened('l-spine')['l-spine']);
  });
});

suite('an ambiguous abbreviation', () => {
  test('is offered with its meanings and not searched', () => {
    assert.deepEqual(widenings('ED'), [{ from: 0, to: 1, name: 'ed', alternatives: [], offers: ['emergency room', 'erectile dysfunction'] }]);
    assert.deepEqual(offered('ACR'), ['American College of Radiology', 'American College of Rheumatology']);
  });

  test('that usually means one thing is searched for that and offered for the others', () => {
    assert.deepEqual(offered('PT'), ['patient', 'prothrombin time']);
    assert.deepEqual(widened('PT').PT!.slice(0, 1), ['physical therapy']);
    assert.deepEqual(offered('RFA'), ['request for authorization']);
  });

  test('is not searched for its rarer meaning', () => {
    assert.deepEqual(widenings('patient'), []);
    assert.ok(!widened('emergency room')['emergency room']!.includes('ER'));
    assert.ok(widened('physical therapy')['physical therapy']!.includes('PT'));
  });

  test('that is a word of every question is offered in capitals only', () => {
    assert.deepEqual(widenings('who decided it'), []);
    assert.deepEqual(widenings('Who decided'), []);
    assert.deepEqual(offered('WHO'), ['World Health Organization', 'wrist-hand orthosis']);
    assert.deepEqual(offered('IT pump'), ['intrathecal']);
  });
});

suite('an ordinary word', () => {
  test('is not widened because it looks like a term', () => {
    for (const word of ORDINARY) assert.deepEqual(widened(word), {}, word);
  });

  test('with another ending is another word', () => {
    // The index has one stem for each of these pairs.
    for (const word of ['medical', 'applicable', 'adjustment', 'investigation', 'hospital', 'tense', 'ten', 'backed', 'image', 'neurological']) assert.deepEqual(widenings(word), [], word);
  });
});

suite('findWidenings', () => {
  const name = fc.constantFrom(...data.terms.flat().flatMap((names) => names.split('|')).filter((text) => text !== ''), ...data.drugs.flatMap((names) => names.split('|')));
  const word = fc.oneof(name.map((text) => text.split(' ')), fc.string().map((text) => [text]), fc.constantFrom(...ORDINARY).map((text) => [text]));

  test('keeps its promises on any words', () => {
    fc.assert(fc.property(fc.array(word, { maxLength: 12 }).map((words) => words.flat()), (words) => {
      let end = 0;
      for (const { from, to, alternatives, offers } of findWidenings(words, vocabulary)) {
        assert.ok(from >= end && to > from && to <= words.length);
        end = to;
        assert.ok(alternatives.length + offers.length > 0 && alternatives.length <= MOST_ALTERNATIVES);
        assert.equal(new Set(alternatives.map(({ text }) => text)).size, alternatives.length);
        const typed = words.slice(from, to).join(' ').toLowerCase();
        for (const { text } of alternatives) assert.notEqual(text.toLowerCase(), typed);
      }
    }), { numRuns: 300 });
  });

  test('takes capitals and plain letters alike', () => {
    fc.assert(fc.property(name, (text) => {
      // What is only offered may be offered in capitals only ("IT").
      const shape = (query: string): unknown =>
        findWidenings(query.split(' '), vocabulary).flatMap(({ from, to, alternatives }) => (alternatives.length > 0 ? [[from, to, alternatives.map(({ text: alternative }) => alternative)]] : []));
      assert.deepEqual(shape(text.toLowerCase()), shape(text.toUpperCase()));
    }), { numRuns: 3000 });
  });

  test('finds every name of the vocabulary as a whole', () => {
    // Names that are found only in part: their other names say nothing more than they themselves.
    let whole = 0;
    const names = [...data.terms.flat(), ...data.drugs].flatMap((row) => row.split('|')).filter((text) => text !== '');
    for (const text of names) {
      const words = text.split(' ');
      const [first] = findWidenings(words, vocabulary);
      if (first?.from === 0 && first.to === words.length) whole += 1;
    }
    assert.ok(whole / names.length > 0.85, `${whole} of ${names.length}`);
  });

  test('is quick on a long query and on long words', () => {
    const words = [...Array.from({ length: 400 }, (_, index) => ['lumbar', 'epidural', 'steroid', 'injection', 'L4-5', 'physical'][index % 6]!), 'a'.repeat(100_000), '-'.repeat(100_000)];
    const start = performance.now();
    findWidenings(words, vocabulary);
    assert.ok(performance.now() - start < 500);
  });
});
