/** Our own words in Spanish: how messages are found on a page, how the dictionary answers them, and the dictionary as data. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { KINDS as REDACTED } from '../../scripts/privacy/find.ts';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { parseHTML } from 'linkedom';
import { compareText } from '../../src/determinations/record.ts';
import { dayInSpanish } from '../../src/language/days.ts';
import { createDictionary, messageKey, parseEntries } from '../../src/language/dictionary.ts';
import { messagesIn } from '../../src/language/message.ts';
import { KINDS, SIDE_NAMES } from '../../src/reasons/kinds.ts';
import { criterionName } from '../../src/reasons/ledger.ts';
import { messagesOfPage, namesOf, readSpanish, untranslated } from '../support/own-words.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const spanish = await readSpanish();

function found(body: string): string[] {
  const { document } = parseHTML(`<!doctype html><html lang="en"><body>${body}</body></html>`);
  return messagesIn(document.body as unknown as Element).map(({ attribute, text }) => (attribute ? `${attribute}=${text}` : text));
}

test('an element with words of its own is one message, its children are placeholders', () => {
  assert.deepEqual(found('<p>Decided <time>x</time>.</p>'), ['Decided <1/>.', 'x']);
  assert.deepEqual(found('<p>\n  Two\n  lines <b>and</b> <i>more</i></p>'), ['Two lines <1/> <2/>', 'and', 'more']);
  assert.deepEqual(found('<div><p>One</p><p>Two</p></div>'), ['One', 'Two']);
  assert.deepEqual(found('<a><svg><title>A</title></svg>Next<span> page</span></a>'), ['Next<1/>', 'A', 'page']);
  assert.deepEqual(found('<p>Say <x-term><a>this</a><template><p>It means that.</p></template></x-term>.<script>code</script></p>'), ['Say <1/>.', 'this', 'It means that.']);
  assert.deepEqual(found('<p>12 · <b>3</b></p><p>/cases/cm00-0000001/</p><p>CM00-0000001</p>'), []);
});

test('a name that a picture has in lines is one message', () => {
  const picture = '<svg><g><text><tspan>Physical Therapy/ </tspan><tspan>Occupational Therapy</tspan></text><text>Spine</text><text><tspan>2015 </tspan><tspan>2016</tspan></text></g></svg>';
  assert.deepEqual(found(picture), ['Physical Therapy/ Occupational Therapy', 'Spine']);
});

test('attributes that are seen or heard are messages', () => {
  assert.deepEqual(found('<nav aria-label="Main"><input placeholder="Type here" value="typed" title="7" name="q"></nav>'), ['aria-label=Main', 'placeholder=Type here']);
});

test('a letter’s words, code and words in a language of their own are left alone', () => {
  assert.deepEqual(found('<div data-letter title="A"><p>The letter <b>says</b></p></div><code>x y</code><kbd>n</kbd><p lang="es">Hola</p><p translate="no">Name</p><noscript>Off</noscript>'), []);
});

test('the name of the site is no part of a page’s title', () => {
  assert.deepEqual(messagesOfPage('<!doctype html><html lang="en"><head><title>All cases - Some site</title></head><body></body></html>'), ['All cases']);
  assert.deepEqual(messagesOfPage('<!doctype html><html lang="es"><head><title>Inicio</title></head><body>Hola</body></html>'), []);
});

const small = createDictionary({
  messages: new Map([
    ['{1} of {2} decisions', 'De {2} decisiones, {1}'],
    ['{1} decisions, {2} overturned', '{1} decisiones, {2} [2: revocada|revocadas]'],
    ['Decided <1/> by <2/>', 'Por <2/>, el <1/>'],
    ['From {d1}', 'Desde el {d1}'],
    ['Case {a}', 'Caso {a}'],
    ['Case {a}, superseded letter', 'Caso {a}, carta reemplazada'],
    ['{a}: {1} decisions', '{a}: {1} decisiones'],
    ['Medicines.', 'Medicamentos.'],
    ['{a} {1} decisions.', '{a} {1} decisiones.'],
  ]),
  values: new Map([['Surgery', 'Cirugía'], ['knee', 'rodilla'], ['Spine', 'Columna']]),
  day: dayInSpanish,
  and: 'y',
});

test('numbers, days, names and children keep their place in the other language', () => {
  const cases: [string, string | undefined][] = [
    ['3 of 1,200 decisions', 'De 1,200 decisiones, 3'],
    ['5 decisions, 1 overturned', '5 decisiones, 1 revocada'],
    ['5 decisions, 0 overturned', '5 decisiones, 0 revocadas'],
    ['Decided <1/> by <2/>', 'Por <2/>, el <1/>'],
    ['From December 9, 2016', 'Desde el 9 de diciembre de 2016'],
    ['Case CM00-0000001', 'Caso CM00-0000001'],
    ['Case CM00-0000001, superseded letter', 'Caso CM00-0000001, carta reemplazada'],
    ['Surgery: 12 decisions', 'Cirugía: 12 decisiones'],
    ['ODG (2004): 12 decisions', 'ODG (2004): 12 decisiones'],
    ['Medicines. 4 decisions.', 'Medicamentos. 4 decisiones.'],
    ['Surgery', 'Cirugía'],
    ['Something else', undefined],
  ];
  for (const [english, expected] of cases) assert.equal(small.translate(english), expected, english);
});

test('lists of values are translated, names that are no values stay whole', () => {
  assert.equal(small.value('Surgery, Spine'), 'Cirugía, Columna');
  assert.equal(small.value('knee and Spine'), 'rodilla y Columna');
  assert.equal(small.value('Allergy and Immunology'), 'Allergy and Immunology');
});

test('what stays English is told, down to the names inside', () => {
  assert.deepEqual(small.gaps('Surgery: 12 decisions'), []);
  assert.deepEqual(small.gaps('Nothing known'), ['Nothing known']);
  assert.deepEqual(small.gaps('Case of mine, superseded letter'), ['of mine']);
  assert.deepEqual(untranslated('ODG and Knee: 12 decisions', small, ['Knee', 'ODG']), []);
  assert.deepEqual(untranslated('ODG: 12 decisions', small, []), ['ODG']);
});

test('a message never loses a number, a day or a child, whatever they are', () => {
  const number = fc.nat().map((value) => new Intl.NumberFormat('en-US').format(value));
  fc.assert(
    fc.property(number, number, (a, b) => {
      assert.equal(small.translate(`${a} of ${b} decisions`), `De ${b} decisiones, ${a}`);
      assert.equal(messageKey(`${a} of ${b} <1/> decisions`), '{1} of {2} <1/> decisions');
    }),
  );
});

test('a line that is no entry, and an entry that stands twice, are refused with their line', () => {
  assert.throws(() => parseEntries('"a": "b"\na: b'), /line 2/);
  assert.throws(() => parseEntries('"a": "b"\n\n"a": "c"'), /line 3/);
  assert.deepEqual([...parseEntries('# note\n\n"a \\"b\\"": "c"')], [['a "b"', 'c']]);
});

for (const name of ['es.yaml', 'es-more.yaml', 'es-values.yaml']) {
  test(`${name} is sorted, is YAML, and says in Spanish all that the English says`, async () => {
    const text = await readFile(resolve(PROJECT, 'src/language', name), 'utf8');
    const entries = parseEntries(text);
    assert.deepEqual(load(text), Object.fromEntries(entries));
    assert.deepEqual([...entries.keys()], [...entries.keys()].sort(compareText));
    const slots = (words: string): string[] => [...words.replace(/\[\d+: [^\]]*\]/g, '').matchAll(/<\d+\/>|\{(?:d?\d+|[a-z])\}/g)].map(([slot]) => slot).sort();
    for (const [english, translation] of entries) {
      assert.ok(translation.trim() !== '' && translation === translation.trim(), english);
      assert.deepEqual(slots(translation), slots(english), english);
      if (name !== 'es-values.yaml') assert.ok(!messageKey(english.replace(/\{(?:d?\d+|[a-z])\}/g, '')).includes('{'), `numbers are written as {1}, days as {d1}: ${english}`);
    }
  });
}

test('no message stands in two files', () => {
  const keys = [...spanish.pages.keys(), ...spanish.more.keys(), ...spanish.values.keys()];
  assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
});

test('every service, part of the body and specialty of the vocabulary, every reason, and every kind of thing that is redacted, has its name in Spanish, and nothing else has', async () => {
  const vocabulary = async (name: string): Promise<unknown> => load(await readFile(resolve(PROJECT, 'content/vocabulary', name), 'utf8'));
  const { categories } = (await vocabulary('services.yaml')) as { categories: Record<string, { description: string; subcategories?: Record<string, { description: string }> }> };
  const { parts } = (await vocabulary('body-parts.yaml')) as { parts: Record<string, unknown> };
  const specialties = ((await vocabulary('specialties.yaml')) as { term: string }[]).map(({ term }) => term);
  const services = Object.entries(categories).flatMap(([category, { subcategories = {} }]) => [category, ...Object.keys(subcategories)]);
  const redacted = Object.values(REDACTED).flatMap(({ one, many }) => [one.charAt(0).toUpperCase() + one.slice(1), many]);
  const reasons = [...Object.values(SIDE_NAMES), ...Object.values(KINDS).flatMap(({ name, criterion }) => [name, criterionName(criterion)])];
  const named = new Set([...services, ...Object.keys(parts), ...specialties, ...redacted, ...reasons]);
  assert.deepEqual([...named].filter((name) => !spanish.values.has(name)), []);
  const outcomes = /upheld|overturned|^(?:Other source|None cited|male|female|standard|expedited)$/i;
  assert.deepEqual([...spanish.values.keys()].filter((name) => !named.has(name) && !outcomes.test(name)), []);
  const descriptions = Object.values(categories).flatMap(({ description, subcategories = {} }) => [description, ...Object.values(subcategories).map((below) => below.description)]);
  assert.deepEqual([...new Set(descriptions)].filter((description) => spanish.dictionary.translate(`${description}.`) === undefined), []);
  assert.deepEqual(Object.values(KINDS).map(({ says }) => says).filter((says) => spanish.dictionary.translate(says) === undefined), []);
});

test('names of guidelines, drugs and states are those of the letters, longest first', () => {
  const names = namesOf([
    { id: 'CM00-0000001', licensure: ['California'], specialty: [], decisions: [{ service: { category: 'Surgery', subcategory: 'Spine' }, drugs: ['tramadol'], outcome: 'upheld', guidelines: [{ source: 'ODG', chapter: 'Low Back', sections: ['Fusion'] }], claimsAdministratorGuidelines: [] }] },
  ] as unknown as Parameters<typeof namesOf>[0]);
  assert.deepEqual(names, ['CM00-0000001', 'California', 'Low Back', 'tramadol', 'Fusion', 'ODG']);
});

test('days', () => {
  assert.equal(dayInSpanish('2016-12-09'), '9 de diciembre de 2016');
  assert.equal(dayInSpanish('2016-13-09'), '2016-13-09');
});
