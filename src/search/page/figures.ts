/** What a search found, in numbers: how many, how they came out, and how over the years. Pure; made in the browser for a search and at the build for all decisions. */
import type { DecisionOutcome } from '../../determinations/record.ts';
import type { OutcomeSplit } from '../../outcomes.ts';
import { valueCounts } from '../engine.ts';
import type { Found } from '../searcher.ts';
import { isoDay } from '../table.ts';
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
    ...splitByYear(datedOutcomes(table, answer.decisions)),
  };
}

/** Year, where there is one, and outcome of each decision. */
function* datedOutcomes(table: FacetTable, decisions: Uint32Array): Generator<{ year?: number | undefined; outcome: DecisionOutcome }> {
  const column = table.facets.find(({ name }) => name === 'outcome');
  if (!column) return;
  const overturned = column.sets.map((set) => set.some((value) => column.values[value] === 'overturned'));
  const years = yearsOfCases(table);
  for (const decision of decisions) yield { year: years[table.caseOf[decision]!], outcome: overturned[column.setOf[decision]!] ? 'overturned' : 'upheld' };
}

const known = new WeakMap<FacetTable, (number | undefined)[]>();
/** Of each case. Looked up once: making a date of every day takes longer than all else that a search needs. */
function yearsOfCases(table: FacetTable): (number | undefined)[] {
  const years = known.get(table) ?? [];
  if (years.length === 0) table.day.forEach((day, decision) => (years[table.caseOf[decision]!] ??= yearOf(isoDay(day))));
  known.set(table, years);
  return years;
}

/** The year of an ISO day. */
export function yearOf(day: string | undefined): number | undefined {
  return day === undefined ? undefined : Number(day.slice(0, 4));
}

/** Outcomes by year, without a gap between the first and the last. */
export function splitByYear(decisions: Iterable<{ year?: number | undefined; outcome: DecisionOutcome }>): Pick<Figures, 'years' | 'undated'> {
  const known = new Map<number, YearSplit>();
  let undated = 0;
  for (const { year, outcome } of decisions) {
    if (year === undefined) {
      undated += 1;
      continue;
    }
    const split = known.get(year) ?? { year, upheld: 0, overturned: 0 };
    split[outcome] += 1;
    known.set(year, split);
  }
  if (known.size === 0) return { years: [], undated };
  const first = Math.min(...known.keys());
  const last = Math.max(...known.keys());
  const years = Array.from({ length: last - first + 1 }, (_year, index) => known.get(first + index) ?? { year: first + index, upheld: 0, overturned: 0 });
  return { years, undated };
}
