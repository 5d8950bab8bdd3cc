/** The answer above the results: how the decisions found came out, and how over the years. */
import { FEWEST_FOR_SHARE, overturnedPercent } from '../../outcomes.ts';
import { count, numberText } from '../../words.ts';
import { element, shape, slot } from './dom.ts';
import type { Templates } from './dom.ts';
import type { Figures, YearSplit } from './figures.ts';

/** Pixels: a year, its bar, the bars' greatest height, and the lines of figures above and below. Fifteen years fit on a phone. */
const YEAR_WIDTH = 22;
const BAR_WIDTH = 14;
const BAR_HEIGHT = 56;
const LINE = 14;
/** A bar of few is still seen. */
const LEAST_HEIGHT = 2;
/** More do not fit on a phone; a date misread decades ago must not make the picture useless. */
const MOST_YEARS = 20;

/** `37 decisions in 21 cases` */
export function statusText({ decisions, cases }: Pick<Figures, 'decisions' | 'cases'>): string {
  return decisions === 0 ? '0 decisions' : `${count(decisions, 'decision')} in ${count(cases, 'case')}`;
}

/** Numbers, shares with their base, a word of caution where they are few, and the years. Nothing where nothing was found. */
export function answerElements(figures: Figures, templates: Templates): Node[] {
  const { split, outcomeChosen } = figures;
  if (split.total === 0) return [];
  const answer = templates('answer');
  const percent = overturnedPercent(split);
  const base = (share: number | undefined): string => ` of ${numberText(split.total)}${share === undefined ? '' : ` (${share}%)`}`;
  slot(answer, 'overturned').append(element('strong', {}, numberText(split.overturned)), base(percent));
  slot(answer, 'upheld').append(element('strong', {}, numberText(split.upheld)), base(percent === undefined ? undefined : 100 - percent));
  const scope = slot(answer, 'scope');
  if (outcomeChosen) scope.textContent = 'Of this search with any outcome:';
  else scope.remove();
  const caution = slot(answer, 'caution');
  if (split.total < FEWEST_FOR_SHARE) caution.textContent = `Only ${count(split.total, 'decision')}: too few to conclude from.`;
  else caution.remove();
  const years = slot(answer, 'years');
  if (figures.years.length > 1) fillYears(years, figures);
  else years.remove();
  return [answer];
}

function fillYears(target: HTMLElement, { years, undated }: Figures): void {
  if (years.length <= MOST_YEARS) slot(target, 'chart').replaceWith(yearChart(years));
  const rows = years.map(({ year, overturned, upheld }) =>
    element('tr', {}, element('th', { scope: 'row' }, String(year)), ...[overturned + upheld, overturned, upheld].map((number) => element('td', {}, numberText(number)))),
  );
  slot(target, 'rows').append(...rows);
  const without = slot(target, 'undated');
  if (undated > 0) without.textContent = `${count(undated, 'decision')} without a date.`;
  else without.remove();
}

/** A bar a year: upheld below in outline, overturned above in full, so that no colour is needed to tell them apart. */
function yearChart(years: readonly YearSplit[]): SVGSVGElement {
  const most = Math.max(...years.map(({ upheld, overturned }) => upheld + overturned));
  const height = (number: number): number => (number === 0 ? 0 : Math.max(LEAST_HEIGHT, (number / most) * BAR_HEIGHT));
  const width = years.length * YEAR_WIDTH;
  const bottom = LINE + BAR_HEIGHT + 2 * LEAST_HEIGHT;
  const bars = years.flatMap(({ year, upheld, overturned }, index) => {
    const middle = index * YEAR_WIDTH + YEAR_WIDTH / 2;
    const bar = { x: middle - BAR_WIDTH / 2, width: BAR_WIDTH };
    const [low, high] = [height(upheld), height(overturned)];
    const total = upheld + overturned;
    return [
      ...(upheld > 0 ? [shape('rect', { class: 'year-chart__upheld', ...bar, y: bottom - low, height: low })] : []),
      ...(overturned > 0 ? [shape('rect', { class: 'year-chart__overturned', ...bar, y: bottom - low - high, height: high })] : []),
      ...(total > 0 ? [shape('text', { class: 'year-chart__number', x: middle, y: bottom - low - high - 3 }, shortNumber(total))] : []),
      shape('text', { class: 'year-chart__year', x: middle, y: bottom + LINE - 2 }, `’${String(year % 100).padStart(2, '0')}`),
    ];
  });
  return shape(
    'svg',
    { class: 'year-chart', viewBox: `0 0 ${width} ${bottom + LINE}`, width, height: bottom + LINE, role: 'img', 'aria-label': `Decisions by year, ${years[0]!.year} to ${years.at(-1)!.year}, overturned and upheld. The table has the numbers.` },
    ...bars,
    shape('line', { class: 'year-chart__base', x1: 0, x2: width, y1: bottom, y2: bottom }),
  );
}

/** `999`, `1.2k`, `12k`: as wide as a year. */
function shortNumber(number: number): string {
  return number < 1000 ? String(number) : number < 9950 ? `${(number / 1000).toFixed(1)}k` : `${Math.round(number / 1000)}k`;
}
