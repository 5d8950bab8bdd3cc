import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareChart } from '../../src/charts/shares.ts';
import type { Picture } from '../../src/charts/svg.ts';
import { yearChart } from '../../src/charts/years.ts';
import type { OutcomeSplit } from '../../src/outcomes.ts';

const split = (overturned: number, total: number): OutcomeSplit => ({ total, overturned, upheld: total - overturned });

interface Part {
  name: string;
  attributes: Record<string, string>;
  text: string;
  /** Class of its group. */
  group?: string;
}

/** All elements of a picture, from the outside in. */
function read({ attributes, groups }: Picture): Part[] {
  return [
    { name: 'svg', attributes, text: '' },
    ...groups.flatMap(({ attributes, marks }) => [{ name: 'g', attributes, text: '' }, ...marks.map((mark) => ({ ...mark, group: attributes.class ?? '' }))]),
  ];
}

const within = (parts: Part[], className: string, name: string) => parts.filter((part) => part.name === name && part.group === className);
/** A number of a mark. */
const at = ({ attributes }: Part, name: string) => Number(attributes[name]);

const YEARS = [
  { year: '2015', split: split(3, 10) },
  { year: '2017', split: split(0, 4) },
  { year: '2018', split: split(20, 20) },
];
const HOSTILE = ['<script>alert(1)</script>', `"quoted" & 'both' </text></svg>`, 'x'.repeat(300), 'إرشادات الركبة', '\u202Eright to left', '<style>*{}</style>', ']]> <!-- -->'];
const SHARES = HOSTILE.map((label, index) => ({ label, split: split(index * 5, 50) }));
const CHARTS: [name: string, picture: Picture][] = [
  ['years', yearChart(YEARS, { name: HOSTILE[1]! })],
  ['small years', yearChart(YEARS, { name: HOSTILE[0]!, from: '2013', to: '2025', small: true })],
  ['one year', yearChart(YEARS.slice(0, 1), { name: 'Spine' })],
  ['shares', shareChart(SHARES, { name: 'by guideline', whole: split(30, 200) })!],
];

for (const [name, picture] of CHARTS) {
  test(`${name}: one picture with a label, no style, no script, no link, no id`, () => {
    const parts = read(picture);
    const [root] = parts;
    assert.equal(root!.attributes.role, 'img');
    assert.match(root!.attributes['aria-label']!, /table/);
    assert.deepEqual(parts.filter((part) => !['svg', 'g', 'path', 'rect', 'line', 'circle', 'text'].includes(part.name)), []);
    for (const { attributes } of parts) assert.deepEqual(Object.keys(attributes).filter((attribute) => attribute === 'style' || attribute === 'id' || attribute === 'href' || attribute.startsWith('on')), []);
    assert.doesNotMatch(JSON.stringify(picture), /NaN|undefined|Infinity|⚠/);
  });
}

test('columns are as high as their numbers: overturned from the ground, upheld on top of it', () => {
  const parts = read(yearChart(YEARS, { name: 'Spine' }));
  const overturned = within(parts, 'chart__overturned', 'rect');
  const upheld = within(parts, 'chart__upheld', 'rect');
  // A year without any has no column: nothing is drawn for nothing.
  assert.deepEqual([overturned.length, upheld.length], [2, 2]);
  const unit = at(overturned[1]!, 'height') / 20;
  assert.ok(Math.abs(at(overturned[0]!, 'height') - 3 * unit) < 0.2);
  // Upheld columns are drawn half a unit in on each side, for their outlines.
  assert.ok(Math.abs(at(upheld[0]!, 'height') + 1 - 7 * unit) < 0.2);
  assert.ok(Math.abs(at(upheld[0]!, 'y') + at(upheld[0]!, 'height') + 0.5 - at(overturned[0]!, 'y')) < 0.2);
});

test('a year without decisions keeps its place', () => {
  const parts = read(yearChart(YEARS, { name: 'Spine' }));
  const labels = within(parts, 'chart__label', 'text').map(({ text }) => text);
  for (const year of ['2015', '2016', '2017', '2018']) assert.ok(labels.includes(year), year);
});

test('of decisions there are no halves, and years never overlap', () => {
  for (const total of [1, 2, 3, 7, 19, 250, 12_345]) {
    const rows = Array.from({ length: 25 }, (_row, index) => ({ year: String(2001 + index), split: split(0, index === 0 ? total : 1) }));
    const labels = within(read(yearChart(rows, { name: 'Spine' })), 'chart__label', 'text').map(({ text }) => text);
    const ticks = labels.filter((text) => !/^20\d\d$/.test(text));
    assert.ok(ticks.length >= 2 && ticks.length <= 6, `${total}: ${ticks.join(' ')}`);
    for (const tick of ticks) assert.match(tick, /^[\d,]+$/);
    assert.equal(new Set(ticks).size, ticks.length);
    assert.ok(labels.includes('2025') && labels.filter((text) => /^20\d\d$/.test(text)).length <= 10);
  }
});

test('only shares with a base are drawn, each with its interval around it', () => {
  const rows = [{ label: 'Knee', split: split(3, 19) }, { label: 'Spine', split: split(0, 20) }, { label: 'Wrist', split: split(30, 60) }, { label: 'Hip', split: split(40, 40) }];
  const parts = read(shareChart(rows, { name: 'by service', whole: split(73, 139) })!);
  const dots = within(parts, 'chart__dot', 'circle');
  const intervals = within(parts, 'chart__interval', 'line');
  assert.deepEqual([dots.length, intervals.length], [3, 3]);
  const zero = at(dots[0]!, 'cx');
  const scale = at(dots[2]!, 'cx') - zero;
  assert.ok(Math.abs(at(dots[1]!, 'cx') - zero - scale / 2) < 0.2);
  for (const [index, dot] of dots.entries()) assert.ok(at(intervals[index]!, 'x1') <= at(dot, 'cx') && at(dot, 'cx') <= at(intervals[index]!, 'x2'));
  // Half of sixty: 37.7 % to 62.3 % by Wilson.
  assert.ok(Math.abs((at(intervals[1]!, 'x1') - zero) / scale - 0.377) < 0.002);
  assert.ok(Math.abs((at(intervals[1]!, 'x2') - zero) / scale - 0.623) < 0.002);
  const texts = parts.map(({ text }) => text);
  assert.ok(texts.includes('30 of 60 (50%)') && !texts.includes('Knee'));
});

test('one share is no comparison', () => {
  assert.equal(shareChart([{ label: 'Knee', split: split(3, 30) }, { label: 'Hip', split: split(3, 19) }], { name: 'by service', whole: split(6, 49) }), undefined);
  assert.equal(shareChart([], { name: 'by service', whole: split(0, 0) }), undefined);
});

test('names from letters are text and nothing else; what is too long ends in an ellipsis', () => {
  const texts = within(read(shareChart(SHARES, { name: 'by guideline', whole: split(30, 200) })!), 'chart__name', 'text').map(({ text }) => text);
  for (const label of HOSTILE.filter(({ length }) => length < 30)) assert.ok(texts.includes(label), label);
  assert.ok(texts.some((text) => /^x{10,60}…$/.test(text)));
});

test('the same rows give the same picture, also after other charts', () => {
  const [first, second] = [CHARTS[3]![1], CHARTS[0]![1]];
  assert.deepEqual(shareChart(SHARES, { name: 'by guideline', whole: split(30, 200) }), first);
  assert.deepEqual(yearChart(YEARS, { name: HOSTILE[1]! }), second);
});

test('a name of two lines is there whole, line below line', () => {
  const names = ['Physical Therapy/Occupational Therapy (PT/OT)', 'Acupuncture'];
  const { groups } = shareChart(names.map((label) => ({ label, split: split(200, 1753) })), { name: 'by part', whole: split(334, 2888) })!;
  const [long, short] = groups.find(({ marks }) => marks.some(({ text }) => text === 'Acupuncture'))!.marks;
  assert.equal(long!.lines.map(({ text }) => text).join(''), names[0]);
  assert.ok(long!.lines.length === 2 && long!.lines.every(({ attributes }) => attributes.x === '0' && (attributes.y ?? attributes.dy) !== undefined), JSON.stringify(long));
  assert.deepEqual([short!.text, short!.lines], ['Acupuncture', []]);
  // Broken at a hyphen, where there is no blank to put back.
  const hyphens = ['Intraoperative-Neurophysiologic-Monitoring-Study', 'Acupuncture'];
  const [broken] = shareChart(hyphens.map((label) => ({ label, split: split(200, 1753) })), { name: 'by part', whole: split(334, 2888) })!.groups.find(({ marks }) => marks.some(({ text }) => text === 'Acupuncture'))!.marks;
  assert.equal(broken!.lines.map(({ text }) => text).join(''), hyphens[0]);
});
