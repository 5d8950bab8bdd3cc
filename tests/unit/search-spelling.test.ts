import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { correct, countOfWord, decodeDictionary, encodeDictionary, joinWords, wordsBeginning } from '../../src/search/spelling.ts';
import type { Dictionary } from '../../src/search/spelling.ts';

const dictionaryOf = (counts: Iterable<[string, number]>, extraWords: string[] = []): Dictionary => decodeDictionary(encodeDictionary(new Map(counts), extraWords));

/** An invented collection: about as frequent as such words are among 4,000 decisions. */
const COUNTS: [string, number][] = [
  ['patient', 3900], ['treatment', 3500], ['pain', 3300], ['therapy', 2900], ['medical', 2800], ['physical', 2000], ['lumbar', 1900], ['injection', 1700], ['spine', 1500],
  ['knee', 1400], ['right', 1300], ['cervical', 1200], ['shoulder', 1200], ['should', 1100], ['surgery', 1000], ['steroid', 900], ['brace', 800], ['epidural', 800], ['service', 800],
  ['hydrocodone', 700], ['form', 700], ['from', 3800], ['norco', 500], ['acupuncture', 450], ['gabapentin', 400], ['arthroscopy', 350], ['arthroscopic', 250], ['chiropractic', 300],
  ['radiculopathy', 300], ['stimulator', 250], ['tramadol', 250], ['cyclobenzaprine', 240], ['omeprazole', 220], ['meniscus', 200], ['rotator', 180], ['cuff', 180], ['spinal', 1100],
  ['carpal', 170], ['tunnel', 170], ['massage', 150], ['therapist', 140], ['naproxen', 130], ['kneecap', 40], ['cap', 20], ['chiropractor', 90], ['ibuprofen', 80], ['diclofenac', 80],
  ['celebrex', 70], ['duloxetine', 300], ['elbow', 400], ['wrist', 300], ['nerve', 900], ['orthopedist', 60], ['laminectomy', 90], ['neurontin', 60], ['phalanx', 5], ['femoral', 60],
  ['lumber', 6], ['accupuncture', 3], ['patent', 2], ['gym', 90], ['membership', 85], ['back', 2500], ['low', 2200], ['psychological', 300], ['rhizotomy', 40], ['anesthesia', 150],
  ['hemorrhage', 20], ['xray', 60], ['ray', 90], ['esophageal', 12], ['cyst', 30], ['neck', 900], ['l5s1', 300], ['wound', 80],
];
const dictionary = dictionaryOf(COUNTS, ['fluoxetine', 'vicodin', 'oxycontin', 'fioricet', 'hydrocodon', 'gabapentine', 'electromyography']);

const BEST: [typed: string, ...best: string[]][] = [
  ['hydrocodon', 'hydrocodone'],
  ['gabapentine', 'gabapentin'],
  ['gabapentan', 'gabapentin'],
  ['accupuncture', 'acupuncture'],
  ['acupunture', 'acupuncture'],
  ['lumber', 'lumbar'],
  ['chiropracter', 'chiropractor'],
  ['epidurel', 'epidural'],
  ['arthroscopey', 'arthroscopy'],
  ['fysical', 'physical'],
  ['phemoral', 'femoral'],
  ['thearpy', 'therapy'],
  ['surgury', 'surgery'],
  ['cervicle', 'cervical'],
  ['tramadal', 'tramadol'],
  ['cyclobenzaprin', 'cyclobenzaprine'],
  ['omeprazol', 'omeprazole'],
  ['menicus', 'meniscus'],
  ['rotater', 'rotator'],
  ['massaje', 'massage'],
  ['naproxin', 'naproxen'],
  ['ibuprophen', 'ibuprofen'],
  ['diclofenak', 'diclofenac'],
  ['celebrx', 'celebrex'],
  ['elbo', 'elbow'],
  ['vicoden', 'vicodin'],
  ['oxycotin', 'oxycontin'],
  ['fioricett', 'fioricet'],
  ['orthopaedist', 'orthopedist'],
  ['laminectomi', 'laminectomy'],
  ['rizotomy', 'rhizotomy'],
  ['anaesthesia', 'anesthesia'],
  ['injektion', 'injection'],
  ['nwck', 'neck'],
  ['patent', 'patient'],
  ['kneebrace', 'knee brace'],
  ['physicaltherapy', 'physical therapy'],
  ['carpaltunnel', 'carpal tunnel'],
  ['gymmembership', 'gym membership'],
  ['lowback', 'low back'],
];

suite('correct', () => {
  for (const [typed, ...best] of BEST) {
    test(typed, () => assert.deepEqual(correct(typed, dictionary).slice(0, best.length), best));
  }

  test('leaves words that are right', () => {
    for (const word of ['lumbar', 'patient', 'form', 'from', 'knee', 'electromyography', 'spine', 'spinal']) assert.deepEqual(correct(word, dictionary), [], word);
  });

  test('takes no drug of the vocabulary for a misprint of a frequent one', () => assert.deepEqual(correct('fluoxetine', dictionary), []));

  test('leaves short words, words with digits, and what is near nothing', () => {
    for (const word of ['', 'nek', 'pin', 'l5s2', 'mri', 'x', 'xylophonist', 'zzzzzz', 'knee brace', 'a-b-c-d', '-----']) assert.deepEqual(correct(word, dictionary), [], word);
  });

  test('prefers the frequent one of two that are equally near', () => {
    const two = dictionaryOf([['spinal', 900], ['spinel', 2], ['spiral', 3]]);
    assert.equal(correct('spinul', two)[0], 'spinal');
  });

  test('takes the first letter for right', () => {
    const two = dictionaryOf([['lumbar', 50], ['number', 50]]);
    assert.equal(correct('lumbor', two)[0], 'lumbar');
    assert.equal(correct('numbar', two)[0], 'number');
  });

  test('gives at most three known words, each once and never the typed one', () => {
    const typed = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom(...COUNTS.map(([word]) => word)).chain((word) => fc.nat(word.length).map((place) => word.slice(0, place) + word.slice(place + 1))));
    fc.assert(fc.property(typed, (word) => {
      const found = correct(word, dictionary);
      assert.ok(found.length <= 3 && new Set(found).size === found.length && !found.includes(word));
      for (const text of found) for (const part of text.split(' ')) assert.notEqual(countOfWord(part, dictionary), undefined, part);
    }), { numRuns: 500 });
  });

  test('finds a word again after one slip', () => {
    const words = COUNTS.filter(([word, count]) => count >= 100 && word.length >= 6 && /^[a-z]+$/.test(word)).map(([word]) => word);
    fc.assert(fc.property(fc.constantFrom(...words), fc.nat(), fc.constantFrom('wrong', 'missing', 'too many', 'swapped'), (word, seed, slip) => {
      const place = 1 + (seed % (word.length - 1));
      const letter = 'aeiouqxz'[seed % 8]!;
      const typed = slip === 'wrong' ? word.slice(0, place) + letter + word.slice(place + 1)
        : slip === 'missing' ? word.slice(0, place) + word.slice(place + 1)
        : slip === 'too many' ? word.slice(0, place) + letter + word.slice(place)
        : word.slice(0, place - 1) + word[place]! + word[place - 1]! + word.slice(place + 1);
      if (countOfWord(typed, dictionary) !== undefined) return;
      assert.ok(correct(typed, dictionary).includes(word), `${typed} is no ${word}, but ${correct(typed, dictionary).join()}`);
    }), { numRuns: 500 });
  });
});

suite('joinWords', () => {
  test('joins what is one word in the collection', () => {
    assert.equal(joinWords('knee', 'cap', dictionary), 'kneecap');
    assert.equal(joinWords('x', 'ray', dictionary), 'xray');
  });

  test('leaves what is no word, or more often two', () => {
    assert.equal(joinWords('knee', 'brace', dictionary), undefined);
    assert.equal(joinWords('', '', dictionary), undefined);
    assert.equal(joinWords('l5', 's1', dictionary), undefined);
    assert.equal(joinWords('low', 'back', dictionaryOf([['low', 90], ['back', 80], ['lowback', 2]])), undefined);
  });
});

suite('wordsBeginning', () => {
  test('gives the frequent ones first', () => {
    assert.deepEqual(wordsBeginning('arthro', dictionary), ['arthroscopy', 'arthroscopic']);
    assert.deepEqual(wordsBeginning('pa', dictionary, 2), ['patient', 'pain']);
    assert.deepEqual(wordsBeginning('zz', dictionary), []);
    assert.deepEqual(wordsBeginning('', dictionary), []);
  });

  test('is what a look at every word gives', () => {
    fc.assert(fc.property(fc.string({ maxLength: 3, unit: fc.constantFrom(...'abcdehlnopst') }), (prefix) => {
      const expected = prefix === '' ? [] : dictionary.words.filter((word) => word.startsWith(prefix)).sort();
      assert.deepEqual(wordsBeginning(prefix, dictionary, 1000).sort(), expected);
    }));
  });
});

suite('the file', () => {
  const word = fc.oneof(fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: 3, maxLength: 12 }), fc.string({ unit: fc.constantFrom('é', 'ß', '𝒂', '𝒃', 'ж', 'a'), minLength: 3, maxLength: 6 }), fc.string({ unit: 'grapheme' }));

  test('keeps words and small counts, and is near for large ones', () => {
    fc.assert(fc.property(fc.array(fc.tuple(word, fc.integer({ min: 2, max: 200_000 }))), (pairs) => {
      const counts = new Map(pairs.filter(([text]) => /^\p{L}{3,15}$/u.test(text)));
      const decoded = dictionaryOf(counts);
      assert.deepEqual([...decoded.words], [...counts.keys()].sort());
      for (const [text, count] of counts) {
        const read = countOfWord(text, decoded)!;
        if (count <= 31) assert.equal(read, count);
        else assert.ok(Math.abs(read - count) <= 0.06 * count, `${count} as ${read}`);
      }
    }));
  });

  test('is the same for the same words in any order', () => {
    assert.deepEqual(encodeDictionary(new Map(COUNTS.toReversed()), ['b'.repeat(9), 'aaron']), encodeDictionary(new Map(COUNTS), ['aaron', 'b'.repeat(9)]));
  });

  test('leaves out what helps nobody', () => {
    const { words } = dictionaryOf([
      ['pain', 9], ['painnn', 1], ['123456', 50], ['l5s1', 20], ['q12h', 1], ['0012345678', 9], ['a1234567', 9], ['xkcdqrst', 1], ['be', 900], ['a'.repeat(40), 9], ['two words', 5], ['o\u2019clock', 5], ['', 5],
      ['rhythm', 1], ['esophagogastroduodenoscopy', 1], ['gone', 0],
    ]);
    assert.deepEqual([...words], ['esophagogastroduodenoscopy', 'l5s1', 'pain', 'rhythm']);
  });

  test('knows words of the vocabulary that no decision holds', () => {
    assert.equal(countOfWord('vicodin', dictionary), 0);
    assert.equal(countOfWord('patient', dictionaryOf([['patient', 5]], ['patient'])), 5);
    assert.equal(countOfWord('nowhere', dictionary), undefined);
  });

  test('may be empty, and is refused when it is damaged', () => {
    const empty = dictionaryOf([]);
    assert.deepEqual([...empty.words], []);
    assert.deepEqual([correct('lumbar', empty), wordsBeginning('l', empty), joinWords('a', 'b', empty)], [[], [], undefined]);
    const bytes = encodeDictionary(new Map(COUNTS));
    assert.throws(() => decodeDictionary(bytes.subarray(0, 3)));
    assert.throws(() => decodeDictionary(bytes.slice(0, bytes.length - 300)));
    assert.throws(() => decodeDictionary(bytes.slice(0, bytes.length - 20).fill(255, 0, 4)));
    assert.deepEqual(decodeDictionary(new Uint8Array([0, ...bytes]).subarray(1)).words, decodeDictionary(bytes).words);
  });
});

suite('a large dictionary', () => {
  // A seeded generator: syllables make words that are as near to each other as those of a language.
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const syllables = Array.from({ length: 90 }, () => 'bcdfghlmnprstv'[random(14)]! + 'aeiou'[random(5)]! + (random(3) === 0 ? 'lnrst'[random(5)]! : ''));
  const counts = new Map(Array.from({ length: 60_000 }, (_, index) => [Array.from({ length: 2 + random(3) }, () => syllables[random(90)]!).join(''), 1 + Math.floor(20_000 / (1 + index / 20))] as const));
  const large = decodeDictionary(encodeDictionary(counts));

  test('answers in milliseconds', () => {
    const typed = [...counts.keys()].filter((_, index) => index % 600 === 0).map((word) => `${word.slice(0, 2)}x${word.slice(3)}`);
    for (const word of typed) correct(word, large);
    const start = process.cpuUsage().user;
    for (const word of typed) correct(word, large);
    const milliseconds = (process.cpuUsage().user - start) / 1000 / typed.length;
    assert.ok(milliseconds < 10, `${milliseconds} ms`);
  });

  test('is not slowed by what nobody types', () => {
    const start = performance.now();
    for (const word of ['a'.repeat(100), 'ba'.repeat(50), 'a'.repeat(1_000_000), 'ph'.repeat(16), 'e'.repeat(32), 'bababababa']) correct(word, large);
    assert.ok(performance.now() - start < 1000);
  });
});
