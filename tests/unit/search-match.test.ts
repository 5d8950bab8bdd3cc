/** Which decisions hold the words of a query. The index here is a plain one over invented texts, one part after the other as in the real one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { placeOf, spotOf } from '../../src/search/hits.ts';
import { matchQuery, partialScores } from '../../src/search/match.ts';
import type { Matched, Sources, WordHits, WordIndex } from '../../src/search/match.ts';
import type { Widening } from '../../src/search/synonyms.ts';
import { parseQuery } from '../../src/search/query.ts';
import { TEXT_PARTS } from '../../src/search/text-record.ts';
import { plainWord, stemOf, wordParts } from '../../src/search/words.ts';

/** Texts by part, in the order of TEXT_PARTS; a plain text is a rationale. */
type Text = string | Partial<Record<'request' | 'rationale' | 'guideline' | 'administrator', string>>;

const NONE = new Map<string, string>();

function plainIndex(texts: readonly Text[]): WordIndex {
  const found = new Map<string, Map<number, number[]>>();
  texts.forEach((text, page) => {
    let place = 0;
    TEXT_PARTS.forEach(({ name }, part) => {
      const words = (typeof text === 'string' ? (name === 'rationale' ? text : '') : ((text as Record<string, string>)[name] ?? '')).split(/\s+/).filter(Boolean);
      for (const word of words) {
        const add = (stem: string, piece: boolean): void => {
          const pages = found.get(stem) ?? new Map<number, number[]>();
          pages.set(page, [...(pages.get(page) ?? []), spotOf(place, part, piece)]);
          found.set(stem, pages);
        };
        add(stemOf(plainWord(word), NONE), false);
        const parts = wordParts(word);
        if (parts.length > 1) for (const piece of parts) add(stemOf(piece, NONE), true);
        place += 1;
      }
    });
  });
  const hits = (stem: string): WordHits | undefined => {
    const pages = found.get(stem);
    if (!pages) return undefined;
    const ends: number[] = [];
    const spots = [...pages].flatMap(([_page, list], index) => {
      ends.push((ends[index - 1] ?? 0) + list.length);
      return list;
    });
    return { pages: Uint32Array.from(pages.keys()), ends: Uint32Array.from(ends), spots: Uint32Array.from(spots) };
  };
  return {
    records: texts.length,
    exceptions: NONE,
    find: async (stem) => hits(stem),
    findBeginning: async (beginning, most) => [...found.keys()].filter((word) => word.startsWith(beginning)).slice(0, most).map((word) => ({ word, hits: hits(word)! })),
  };
}

const GROUPS = [['emg', 'electromyography', 'ncs'], ['pt', 'physical therapy'], ['norco', 'hydrocodone'], ['lumbar spine', 'low back']];
function widen(words: readonly string[]): Widening[] {
  const found: Widening[] = [];
  for (let from = 0; from < words.length; from += 1) {
    for (const group of GROUPS) {
      const typed = group.find((name) => name.split(' ').every((word, index) => words[from + index]?.toLowerCase() === word));
      if (typed === undefined) continue;
      const to = from + typed.split(' ').length;
      found.push({ from, to, name: typed, alternatives: group.filter((name) => name !== typed).map((text) => ({ text, kind: 'synonym' })), offers: typed === 'pt' ? ['prothrombin time'] : [] });
      from = to - 1;
      break;
    }
  }
  return found;
}

function sources(texts: readonly Text[], more: Partial<Sources> = {}): Sources {
  return {
    text: plainIndex(texts),
    summary: async () => plainIndex([]),
    pagesOfSummaries: () => new Uint32Array(0),
    facet: () => [],
    widen,
    correct: async () => [],
    ...more,
  };
}

const pagesOf = ({ scores }: Matched): number[] | undefined => scores && [...scores].flatMap((score, page) => (score > 0 ? [page] : []));
const best = ({ scores }: Matched): number[] => [...scores!.keys()].filter((page) => scores![page]! > 0).sort((a, b) => scores![b]! - scores![a]! || a - b);
const match = (query: string, from: Sources): Promise<Matched> => matchQuery(parseQuery(query), from);

const TEXTS: Text[] = [
  'MRI of the lumbar spine',
  'Physical therapy for the lumbar spine, MRI first',
  'Therapy that is physical',
  'Fusion at L5-S1',
  'Fusion at L5 S1',
  'Painless needles for the low back',
  { request: 'CT of the neck', rationale: 'An MRI was not tried', guideline: 'Chapter about necks' },
];

const QUERIES: [query: string, expected: number[] | undefined][] = [
  ['', undefined],
  ['lumbar', [0, 1]],
  ['lumbar MRI', [0, 1]],
  ['lumbar therapy', [1]],
  ['needle', [5]],
  ['"physical therapy"', [1]],
  ['"physical therapy" MRI', [1]],
  ['"therapy physical"', []],
  ['l5-s1', [3, 4]],
  ['"fusion at l5-s1"', [3, 4]],
  ['"fusion at l5 s1"', [3, 4]],
  ['lumb', [0, 1]],
  ['lumb mri', [0, 1]],
  ['lumb*', [0, 1]],
  ['pa', []],
  ['zzz', []],
  ['mri zzz', []],
  ['MRI OR fusion', [0, 1, 3, 4, 6]],
  ['MRI -lumbar', [6]],
  ['-MRI', [2, 3, 4, 5]],
  ['-zzz', [0, 1, 2, 3, 4, 5, 6]],
  ['MRI -(physical OR neck)', [0]],
  ['(MRI -lumbar) OR needles', [5, 6]],
  ['(-MRI OR neck)', [2, 3, 4, 5, 6]],
  ['(-MRI -fusion) OR lumbar', [0, 1, 2, 5]],
  ['physical NEAR/1 therapy', [1]],
  ['therapy NEAR/3 physical', [1, 2]],
  ['therapy NEAR/2 MRI', []],
  ['CT NEAR MRI', []],
  ['request:MRI', []],
  ['request:CT', [6]],
  ['rationale:MRI', [0, 1, 6]],
  ['guideline:neck', [6]],
  ['request:(MRI OR CT)', [6]],
];
for (const [query, expected] of QUERIES) test(`match: ${query || 'nothing'}`, async () => assert.deepEqual(pagesOf(await match(query, sources(TEXTS))), expected));

describe('words that mean the same', () => {
  const texts = ['EMG of the arm', 'Electromyography of the arm', 'NCS of the leg', 'Physical therapy', 'PT was tried', 'therapy that is physical'];

  test('are found with the typed one, which counts most', async () => {
    const matched = await match('emg', sources(texts));
    assert.deepEqual(best(matched), [0, 1, 2]);
    assert.deepEqual(matched.reading.widened, [{ typed: 'emg', also: ['electromyography', 'ncs'], more: 0, exactQuery: '"emg"' }]);
  });
  test('are not searched for a word in quotes', async () => {
    const matched = await match('"emg"', sources(texts));
    assert.deepEqual(pagesOf(matched), [0]);
    assert.deepEqual(matched.reading.widened, []);
  });
  test('widen a term of two words, which may also stand apart', async () => {
    const matched = await match('physical therapy', sources(texts));
    assert.deepEqual(pagesOf(matched), [3, 4, 5]);
    assert.equal(best(matched).at(-1), 5);
  });
  test('are searched inside alternatives too', async () => assert.deepEqual(pagesOf(await match('(norco OR emg) arm', sources(texts))), [0, 1]));
  test('that occur nowhere are not named, and offers are', async () => {
    const { reading } = await match('pt', sources(texts));
    assert.deepEqual(reading.offers, [{ typed: 'pt', meanings: [{ text: 'prothrombin time', query: '"prothrombin time"' }] }]);
    assert.deepEqual((await match('norco arm', sources(['Norco for the arm']))).reading.widened, []);
  });
  test('of which only another occurs: the typed one is searched through it', async () => {
    const matched = await match('norco', sources(['Hydrocodone was tapered']));
    assert.deepEqual(pagesOf(matched), [0]);
    assert.deepEqual(matched.reading.missing, []);
    assert.deepEqual(matched.reading.widened.map(({ also }) => also), [['hydrocodone']]);
  });
});

describe('words that occur nowhere', () => {
  const texts = Array.from({ length: 30 }, (_text, index) => (index < 29 ? 'Acupuncture for the knee' : 'Acupunture for the neck'));
  const correct = async (word: string): Promise<string[]> => (word.startsWith('acup') || word.startsWith('accup') ? ['acupuncture'] : []);

  test('are said, and nothing is found for all words', async () => {
    const matched = await match('knee zzz', sources(texts));
    assert.deepEqual(matched.reading.missing, ['zzz']);
    assert.deepEqual(pagesOf(matched), []);
  });
  test('are corrected and searched at once, with a way back', async () => {
    const matched = await match('accupuncture knee', sources(texts, { correct }));
    assert.equal(pagesOf(matched)!.length, 29);
    assert.deepEqual(matched.reading.corrections, [{ typed: 'accupuncture', correct: 'acupuncture', applied: true, query: '"accupuncture" knee' }]);
    assert.deepEqual(matched.reading.missing, []);
  });
  test('or hardly ever: a correction is offered, not made', async () => {
    const matched = await match('acupunture', sources(texts, { correct }));
    assert.deepEqual(pagesOf(matched), [29]);
    assert.deepEqual(matched.reading.corrections, [{ typed: 'acupunture', correct: 'acupuncture', applied: false, query: 'acupuncture' }]);
  });
  test('but as the beginning of others: those are searched', async () => {
    const matched = await match('acupunc', sources(texts, { correct }));
    assert.equal(pagesOf(matched)!.length, 29);
    assert.deepEqual(matched.reading.beginnings, ['acupunc']);
  });
  test('in quotes are not corrected', async () => {
    const matched = await match('"accupuncture"', sources(texts, { correct }));
    assert.deepEqual(pagesOf(matched), []);
    assert.deepEqual(matched.reading.missing, ['"accupuncture"']);
  });
});

describe('what the decision is filed under, and its case', () => {
  const texts = ['One', 'Two', 'Three'];
  const facet: Sources['facet'] = (name) => (name === 'drug' ? [{ value: 'hydrocodone', pages: () => Uint32Array.of(0, 2) }] : [{ value: 'Diagnostic Testing > Imaging/Radiology', pages: () => Uint32Array.of(1) }]);

  test('drug: finds the generic name, and a brand through it', async () => {
    assert.deepEqual(pagesOf(await match('drug:hydrocodone', sources(texts, { facet }))), [0, 2]);
    assert.deepEqual(pagesOf(await match('drug:norco', sources(texts, { facet }))), [0, 2]);
    assert.deepEqual(pagesOf(await match('drug:norco -one', sources(texts, { facet }))), [2]);
  });
  test('service: finds words of the service', async () => assert.deepEqual(pagesOf(await match('service:imaging', sources(texts, { facet }))), [1]));
  test('summary: finds all decisions of a case', async () => {
    const summary = async (): Promise<WordIndex> => plainIndex(['fell from a ladder', 'lifted a box']);
    const pagesOfSummaries = (pages: Uint32Array): Uint32Array => Uint32Array.from([...pages].flatMap((page) => (page === 0 ? [2, 0] : [1])));
    assert.deepEqual(pagesOf(await match('summary:ladder', sources(texts, { summary, pagesOfSummaries }))), [0, 2]);
    assert.deepEqual(pagesOf(await match('ladder', sources(texts, { summary, pagesOfSummaries }))), []);
  });
});

describe('order', () => {
  test('the request weighs more than the reasons, the reasons more than citations', async () => {
    const texts: Text[] = [{ guideline: 'shoulder words here' }, { rationale: 'shoulder words here' }, { request: 'shoulder words here' }, { administrator: 'shoulder words here' }, ...Array.from({ length: 20 }, () => 'nothing')];
    assert.deepEqual(best(await match('shoulder', sources(texts))), [2, 1, 0, 3]);
  });
  test('words side by side beat words apart', async () => {
    const texts = ['shoulder one two three four five six seven eight surgery', 'one two three four shoulder surgery five six seven eight', ...Array.from({ length: 20 }, () => 'nothing')];
    assert.deepEqual(best(await match('shoulder surgery', sources(texts))), [1, 0]);
  });
  test('a rare word weighs more than a frequent one', async () => {
    const texts = ['brace brace knee', ...Array.from({ length: 20 }, () => 'knee'), 'brace knee knee'];
    const { sums } = await match('brace knee', sources(texts));
    assert.ok(sums![0]! > sums![1]! && sums![21]! > sums![1]!);
  });
});

test('what has only some words of a term has most of what was asked for', async () => {
  const matched = await match('physical therapy knee', sources(['PT for the knee', 'therapy of the knee', 'therapy', 'knee']));
  assert.deepEqual(pagesOf(matched), [0]);
  const partial = partialScores(matched, false)!;
  assert.equal(matched.words, 3);
  assert.deepEqual([...partial.scores].map((score) => score > 0), [false, true, false, false]);
});

test('the outcome that the words ask for comes first, and it is said', async () => {
  const facet: Sources['facet'] = (name) => (name === 'outcome' ? [{ value: 'overturned', pages: () => Uint32Array.of(1) }, { value: 'upheld', pages: () => Uint32Array.of(0, 2) }] : []);
  const texts = ['brace for the knee', 'brace for the knee', 'brace for the knee'];
  const approved = await match('knee brace approved', sources(texts, { facet }));
  assert.deepEqual(best(approved), [1, 0, 2]);
  assert.match(approved.reading.repairs.join(' '), /“approved”.*overturned decisions come first/);
  assert.deepEqual(best(await match('knee brace denied', sources(texts, { facet }))), [0, 2, 1]);
});

test('what holds most of the words follows what holds more of them', async () => {
  const matched = await match('alpha beta gamma', sources(['alpha beta gamma', 'alpha beta', 'gamma alpha', 'alpha', 'nothing']));
  const partial = partialScores(matched, false)!;
  assert.equal(partial.least, 2);
  assert.deepEqual([...partial.scores].map((score) => score > 0), [false, true, true, false, false]);
  assert.equal(partialScores(await match('alpha', sources(['alpha'])), false), undefined);
  assert.deepEqual([...partialScores(await match('alpha', sources(['alpha', 'beta'])), true)!.scores].map((score) => score > 0), [false, true]);
});

test('what is to be marked elsewhere are stems: of words, phrases, pieces of words, and of words that begin so', async () => {
  assert.deepEqual((await match('needles "physical therapy"', sources(TEXTS))).reading.marks, [['needl'], ['physic', 'therapi']]);
  assert.deepEqual((await match('l5-s1', sources(TEXTS))).reading.marks, [['l5s1'], ['l5', 's1']]);
  assert.deepEqual((await match('needles -therapy -(fusion OR neck)', sources(TEXTS))).reading.marks, [['needl']]);
  assert.deepEqual((await match('painl*', sources(TEXTS))).reading.marks, [['painless']]);
});

test('places to mark are those of the words and phrases found', async () => {
  const matched = await match('lumbar "physical therapy"', sources(TEXTS));
  assert.deepEqual(matched.marksAt(1).map(placeOf), [0, 1, 4]);
  const phrase = await match('"physical therapy"', sources(['therapy then physical therapy']));
  assert.deepEqual(phrase.marksAt(0).map(placeOf), [2, 3]);
});

test('and, or, without and quotes equal what the texts say', async () => {
  const word = fc.constantFrom('a1', 'b1', 'c1', 'd1');
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), word, word, word, async (texts, x, y, z) => {
      const from = sources(texts);
      const has = (index: number, wanted: string): boolean => texts[index]!.split(' ').includes(wanted);
      const expect = async (query: string, holds: (index: number) => boolean): Promise<void> => assert.deepEqual(pagesOf(await match(query, from)), [...texts.keys()].filter(holds), query);
      await expect(`${x} ${y}`, (index) => has(index, x) && has(index, y));
      await expect(`(${x} OR ${y}) ${z}`, (index) => (has(index, x) || has(index, y)) && has(index, z));
      if (x !== y) await expect(`${x} -${y}`, (index) => has(index, x) && !has(index, y));
      if (x !== y) await expect(`"${x} ${y}"`, (index) => ` ${texts[index]!} `.includes(` ${x} ${y} `));
      if (x !== y) await expect(`${x} NEAR/2 ${y}`, (index) => {
        const words = texts[index]!.split(' ');
        return words.some((first, place) => first === x && words.some((second, other) => second === y && Math.abs(place - other) <= 2));
      });
    }),
    { numRuns: 150 },
  );
});
