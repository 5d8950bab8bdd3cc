/** What a search found, in numbers: how many, how they came out, and how over the years. Pure; made in the browser for a search and at the build for all decisions. */
import type { DecisionOutcome } from '../../determinations/record.ts';
import type { OutcomeSplit } from '../../outcomes.ts';
import { valueCounts } from '../engine.ts';
import type { Found } from '../searcher.ts';
import { UNDATED, isoDay } from '../table.ts';
import type { FacetTable } from '../table.ts';

/** How the decisions of one year came out. */
export interface YearSplit {
  year: number;
  upheld: number;
  overturned: number;
}

/** Plain data, so that the build can hand it to the page. */
export interface Figures {
  decisions: number;
  cases: number;
  /**
   * How they came out. Where an outcome is chosen, those with another are counted too: of the overturned ones all are overturned, which
   * says nothing.
   */
  split: OutcomeSplit;
  outcomeChosen: boolean;
  /** Of the decisions found: every year from the first to the last, oldest first. */
  years: YearSplit[];
  /** Decisions found whose letter has no date. */
  undated: number;
}

/** The figures of a search. */
export function figuresOf({ state, table, answer }: Pick<Found, 'state' | 'table' | 'answer'>): Figures {
  const outcomes = valueCounts(table, answer, 'outcome');
  const [upheld = 0, overturned = 0] = ['upheld', 'overturned'].map((value) => outcomes.get(value));
  return {
    decisions: answer.decisions.length,
    cases: answer.cases,
    split: { total: upheld + overturned, upheld, overturned },
    outcomeChosen: state.facets.has('outcome'),
    ...splitFound(table, answer.decisions),
  };
}

function splitFound(table: FacetTable, decisions: Uint32Array): Pick<Figures, 'years' | 'undated'> {
  const column = table.facets.find(({ name }) => name === 'outcome');
  if (!column) return { years: [], undated: 0 };
  const outcomes = column.sets.map((set): DecisionOutcome => (set.some((value) => column.values[value] === 'overturned') ? 'overturned' : 'upheld'));
  const years = yearsOf(table);
  const counted = new YearCount();
  for (const decision of decisions) counted.add(years[decision], outcomes[column.setOf[decision]!]!);
  return counted.done();
}

const known = new WeakMap<FacetTable, (number | undefined)[]>();
/** The year of each decision. Looked up once: making a date of every day takes longer than all else that a search needs. */
function yearsOf(table: FacetTable): (number | undefined)[] {
  let years = known.get(table);
  if (years) return years;
  // Decisions of a day stand together.
  let [last, year] = [UNDATED, undefined as number | undefined];
  years = Array.from(table.day, (day) => (day === last ? year : ([last, year] = [day, yearOf(isoDay(day))])[1]));
  known.set(table, years);
  return years;
}

/** The year of an ISO day. */
export function yearOf(day: string | undefined): number | undefined {
  return day === undefined ? undefined : Number(day.slice(0, 4));
}

/** Outcomes by year, without a gap between the first and the last. */
export function splitByYear(decisions: Iterable<{ year?: number | undefined; outcome: DecisionOutcome }>): Pick<Figures, 'years' | 'undated'> {
  const counted = new YearCount();
  for (const { year, outcome } of decisions) counted.add(year, outcome);
  return counted.done();
}

class YearCount {
  readonly #years = new Map<number, YearSplit>();
  #last: YearSplit | undefined;
  #undated = 0;

  add(year: number | undefined, outcome: DecisionOutcome): void {
    if (year === undefined) {
      this.#undated += 1;
      return;
    }
    if (this.#last?.year !== year) {
      this.#last = this.#years.get(year) ?? { year, upheld: 0, overturned: 0 };
      this.#years.set(year, this.#last);
    }
    this.#last[outcome] += 1;
  }

  done(): Pick<Figures, 'years' | 'undated'> {
    if (this.#years.size === 0) return { years: [], undated: this.#undated };
    const first = Math.min(...this.#years.keys());
    const last = Math.max(...this.#years.keys());
    const years = Array.from({ length: last - first + 1 }, (_year, index) => this.#years.get(first + index) ?? { year: first + index, upheld: 0, overturned: 0 });
    return { years, undated: this.#undated };
  }
}
