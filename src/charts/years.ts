/** Decisions a year as columns: overturned at the bottom and filled, upheld above and in outline, so that no colour is needed to tell them apart. */
import { barY, gridY, axisX, axisY, plot, ruleY } from '@observablehq/plot';
import type { OutcomeSplit } from '../outcomes.ts';
import { count, numberText } from '../words.ts';
import { document, picture } from './svg.ts';
import type { Picture } from './svg.ts';

export interface YearRow {
  /** Four digits. */
  year: string;
  split: OutcomeSplit;
}

export interface YearChartOptions {
  /** What the decisions are, in the words for a reader who hears the page: `Spine`. */
  name: string;
  /** Years to show, where several charts are to have the same ones; else from the first to the last row. */
  from?: string;
  to?: string;
  /** One of several beside each other. */
  small?: boolean;
}

const SIZES = {
  large: { width: 360, height: 200, ticks: 4 },
  small: { width: 240, height: 116, ticks: 2 },
};
/** Width of a year's four digits with room beside them, in units of the chart. */
const YEAR_LABEL = 36;
/** Widths of a digit, and of the space between numbers and columns, likewise. */
const DIGIT = 7.6;
const SPACE = 14;

/** @param rows in order of years, at least one; a year without decisions may be missing, and then has an empty place */
export function yearChart(rows: readonly YearRow[], { name, from = rows[0]!.year, to = rows.at(-1)!.year, small = false }: YearChartOptions): Picture {
  const { width, height, ticks } = small ? SIZES.small : SIZES.large;
  const most = Math.max(1, ...rows.map(({ split }) => split.total));
  const marginLeft = SPACE + DIGIT * Math.max(2, numberText(most).length);
  const years = Array.from({ length: Number(to) - Number(from) + 1 }, (_year, index) => String(Number(from) + index));
  const marginRight = 8;
  const step = Math.ceil((YEAR_LABEL * years.length) / (width - marginLeft - marginRight));
  const chart = plot({
    document: document as unknown as Document,
    className: 'chart',
    width,
    height,
    marginLeft,
    marginRight,
    marginTop: 8,
    marginBottom: 24,
    x: { type: 'band', domain: years, padding: 0.2, label: null },
    y: { domain: [0, most], label: null },
    marks: [
      gridY(wholeTicks(most, ticks), { className: 'chart__grid' }),
      axisY(wholeTicks(most, ticks), { tickSize: 0, tickFormat: (value: number) => numberText(value), className: 'chart__label' }),
      // Counted back from the last year, which always has its label.
      axisX(years.filter((_year, index) => (years.length - 1 - index) % step === 0), { tickSize: 0, className: 'chart__label' }),
      barY(rows.filter(({ split }) => split.overturned > 0), { x: 'year', y1: 0, y2: (row: YearRow) => row.split.overturned, className: 'chart__overturned' }),
      barY(rows.filter(({ split }) => split.upheld > 0), { x: 'year', y1: (row: YearRow) => row.split.overturned, y2: (row: YearRow) => row.split.total, inset: 0.5, className: 'chart__upheld' }),
      ruleY([0], { className: 'chart__rule' }),
    ],
  });
  return picture(chart, label(rows, name));
}

/** Of decisions there are no halves. */
function wholeTicks(most: number, ticks: number): number[] {
  const magnitude = 10 ** Math.floor(Math.log10(most / ticks));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => most / size <= ticks + 0.5)!);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_tick, index) => index * step);
}

function label(rows: readonly YearRow[], name: string): string {
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const words = ({ year, split }: YearRow) => `${year}: ${count(split.total, 'decision')}, ${numberText(split.overturned)} overturned`;
  return `Column chart. ${name}, decisions a year. ${first === last ? words(first) : `${words(first)}. ${words(last)}`}. All numbers are in the table.`;
}
