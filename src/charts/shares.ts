/** Shares overturned as dots on their 95 % intervals, a row for each value, with the name above its dot: names are long and phones are narrow. */
import { axisX, dot, gridX, plot, ruleX, ruleY, text } from '@observablehq/plot';
import { FEWEST_FOR_SHARE, overturnedText, wilsonInterval } from '../outcomes.ts';
import type { OutcomeSplit } from '../outcomes.ts';
import { count } from '../words.ts';
import { document, picture } from './svg.ts';
import type { Picture } from './svg.ts';

export interface ShareRow {
  /** May come from a letter: any characters, any length. */
  label: string;
  split: OutcomeSplit;
}

export interface ShareChartOptions {
  /** What is compared, in the words for a reader who hears the page: `by guideline`. */
  name: string;
  /** The whole that the rows are parts of: a dashed line. */
  whole: OutcomeSplit;
}

const WIDTH = 360;
/** With names of one line, and where some take two. */
const ROW = 40;
const HIGH_ROW = 54;
const MARGIN = { marginTop: 6, marginRight: 14, marginBottom: 24, marginLeft: 14 };
/** A line's room, and that of a digit and of a letter, in em. A name of more than two lines is cut; the table has all of it. */
const LINE = 26.5;
const DIGIT = 0.56;
const LETTER = 0.52;
/** An em in units of the picture: the size of letters in src/styles/statistics.css. */
const EM = 13;

/** The rows that a share can be given for: the only ones that are drawn. */
function shareRows<Row extends { split: OutcomeSplit }>(rows: readonly Row[]): Row[] {
  return rows.filter(({ split }) => split.total >= FEWEST_FOR_SHARE);
}

/** @returns nothing for fewer than two rows with a share: there is nothing to compare */
export function shareChart(rows: readonly ShareRow[], { name, whole }: ShareChartOptions): Picture | undefined {
  const drawn = shareRows(rows).map(({ label, split }, index) => {
    return { row: index, label, numbers: overturnedText(split), share: split.overturned / split.total, ...wilsonInterval(split)! };
  });
  if (drawn.length < 2) return undefined;
  const lineWidth = LINE - DIGIT * Math.max(...drawn.map(({ numbers }) => numbers.length));
  const letters = Math.floor(lineWidth / LETTER);
  const names = drawn.map(({ label }) => cut(label, 2 * letters - LAST_WORD));
  const height = drawn.some(({ label }) => label.length > letters) ? HIGH_ROW : ROW;
  // From nothing on, and no wider than needed: the shares are small, and their differences smaller.
  const tick = Math.max(...drawn.map(({ high }) => high)) > 0.5 ? 0.2 : 0.1;
  const ticks = Array.from({ length: Math.ceil(Math.max(...drawn.map(({ high }) => high)) / tick - 1e-9) + 1 }, (_tick, index) => index * tick);
  const chart = plot({
    document: document as unknown as Document,
    className: 'chart',
    width: WIDTH,
    height: MARGIN.marginTop + MARGIN.marginBottom + drawn.length * height,
    ...MARGIN,
    x: { type: 'linear', domain: [0, ticks.at(-1)!], label: null },
    y: { type: 'band', domain: drawn.map(({ row }) => row), padding: 0, axis: null },
    marks: [
      gridX(ticks, { className: 'chart__grid' }),
      axisX(ticks, { tickSize: 0, tickFormat: (value: number) => `${Math.round(value * 100)}%`, className: 'chart__label' }),
      ...(whole.total >= FEWEST_FOR_SHARE ? [ruleX([whole.overturned / whole.total], { strokeDasharray: '4,3', className: 'chart__whole' })] : []),
      ruleY(drawn, { y: 'row', x1: 'low', x2: 'high', dy: 9, className: 'chart__interval' }),
      dot(drawn, { y: 'row', x: 'share', r: 5, dy: 9, className: 'chart__dot' }),
      text(drawn, { y: 'row', text: names, title: names, frameAnchor: 'left', dy: -2, dx: -12, lineAnchor: 'bottom', lineWidth, className: 'chart__name' }),
      text(drawn, { y: 'row', text: 'numbers', frameAnchor: 'right', dy: -2, dx: 12, lineAnchor: 'bottom', className: 'chart__name' }),
    ],
  });
  return picture(namedWithin(chart, lineWidth), `Chart. Share overturned ${name}, with 95% intervals, for ${count(drawn.length, 'row')} of ${FEWEST_FOR_SHARE} decisions or more. All numbers are in the table.`);
}

/** Says with the names what room they have: in another language they are longer (src/language/translate.ts). */
function namedWithin(chart: Element, lineWidth: number): Element {
  chart.querySelector('.chart__name')!.setAttribute('data-room', String(Math.floor(lineWidth * EM)));
  return chart;
}

/** Characters that a line may leave empty before a word that no longer fits. */
const LAST_WORD = 12;

function cut(label: string, most: number): string {
  const characters = [...label];
  return characters.length <= most ? label : `${characters.slice(0, most - 1).join('').trimEnd()}…`;
}
