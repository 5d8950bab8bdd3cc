/** Filters, exact counts, order and statistics over the facet table. Pure; every number here equals a count over the records. */
import type { FacetName } from '../facets.ts';
import type { SearchState, Sort } from './state.ts';
import { UNDATED, dayNumber } from './table.ts';
import type { FacetColumn, FacetTable } from './table.ts';

export const PAGE_SIZE = 20;

export interface Answer {
  /** Numbers of the decisions found, in order. */
  decisions: Uint32Array;
  /** How many cases they belong to. */
  cases: number;
  /** Of each facet, for each of its values: how many decisions there would be with this value chosen alone in the facet, all other choices as they are. */
  counts: ReadonlyMap<FacetName, Uint32Array>;
}

/** What a decision must fulfil besides the chosen facet values and dates. */
export interface Wanted {
  /** Of each decision, how well it holds the words; 0 does not. Nothing: no words are asked for. */
  scores?: Float32Array | undefined;
  /** Only decisions of these cases. */
  cases?: ReadonlySet<number> | undefined;
}

/**
 * Answers a search: values of a facet are alternatives, facets and dates narrow each other.
 * A value that the table does not know is held by no decision: leaving it out would show what was not asked for (unknownValues tells it).
 */
export function answer(table: FacetTable, state: Pick<SearchState, 'facets' | 'from' | 'to' | 'sort'>, { scores, cases }: Wanted = {}): Answer {
  const { decisions, day, caseOf, facets } = table;
  const from = state.from ? dayNumber(state.from) : undefined;
  const to = state.to ? dayNumber(state.to) : undefined;
  const dated = from !== undefined || to !== undefined;
  const chosen = facets.flatMap((column, index) => {
    const allowed = allowedSets(column, state.facets.get(column.name) ?? []);
    return allowed ? [{ index, setOf: column.setOf, allowed }] : [];
  });
  const setCounts = facets.map(({ sets }) => new Uint32Array(sets.length));
  const found = new Uint32Array(decisions);
  let size = 0;
  for (let decision = 0; decision < decisions; decision += 1) {
    if (scores && !(scores[decision]! > 0)) continue;
    if (cases && !cases.has(caseOf[decision]!)) continue;
    if (dated) {
      const date = day[decision]!;
      if (date === UNDATED || (from !== undefined && date < from) || (to !== undefined && date > to)) continue;
    }
    // A decision that fails in exactly one facet is what that facet's other values would add.
    let failed = -1;
    let fails = 0;
    for (const { index, setOf, allowed } of chosen) {
      if (allowed[setOf[decision]!] === 1) continue;
      failed = index;
      fails += 1;
      if (fails > 1) break;
    }
    if (fails > 1) continue;
    if (fails === 1) {
      setCounts[failed]![facets[failed]!.setOf[decision]!]! += 1;
      continue;
    }
    found[size++] = decision;
  }
  const matching = found.subarray(0, size);
  // A facet after the other: several times as fast as all facets of a decision together.
  facets.forEach(({ setOf }, index) => {
    const counted = setCounts[index]!;
    for (let place = 0; place < size; place += 1) counted[setOf[found[place]!]!]! += 1;
  });
  // Cases first: ordering moves the decisions of a case apart.
  return {
    cases: countCases(table, matching),
    decisions: order(table, matching, effectiveSort(state.sort, scores !== undefined), scores),
    counts: new Map(facets.map((column, index) => [column.name, spreadCounts(column, setCounts[index]!)])),
  };
}

/** Of each combination 1 when it holds a chosen value, else 0. Nothing when no value is chosen. */
function allowedSets({ values, sets }: FacetColumn, chosen: readonly string[]): Uint8Array | undefined {
  if (chosen.length === 0) return undefined;
  const wanted = new Set(chosen.map((value) => values.indexOf(value)));
  return Uint8Array.from(sets, (set) => (set.some((index) => wanted.has(index)) ? 1 : 0));
}

function spreadCounts({ values, sets }: FacetColumn, setCounts: Uint32Array): Uint32Array {
  const counts = new Uint32Array(values.length);
  sets.forEach((set, index) => {
    for (const value of set) counts[value]! += setCounts[index]!;
  });
  return counts;
}

/** @param decisions ascending, so that those of a case stand together */
function countCases({ caseOf }: FacetTable, decisions: Uint32Array): number {
  let cases = 0;
  let last = -1;
  for (let index = 0; index < decisions.length; index += 1) {
    const of = caseOf[decisions[index]!]!;
    if (of !== last) cases += 1;
    last = of;
  }
  return cases;
}

/** The order that a search has when the reader did not choose one. */
export function effectiveSort(sort: Sort | undefined, hasWords: boolean): Sort {
  if (!hasWords && (sort === undefined || sort === 'relevance')) return 'newest';
  return sort ?? 'relevance';
}

/** Orders in place. Equal ones keep the table's order: newest first, then as in the letter. Undated ones come last in every order by date. */
function order({ day }: FacetTable, decisions: Uint32Array, sort: Sort, scores: Float32Array | undefined): Uint32Array {
  if (sort === 'relevance' && scores) return orderByScore(decisions, scores);
  if (sort === 'oldest') {
    const last = (decision: number): number => (day[decision] === UNDATED ? Number.MAX_SAFE_INTEGER : day[decision]!);
    return decisions.sort((a, b) => last(a) - last(b) || a - b);
  }
  return decisions;
}

/**
 * The best first, of equals the newer. Sorting numbers without a comparison of our own is ten times as fast, so score and decision are put into
 * one: a positive float's bits order as the float does.
 */
function orderByScore(decisions: Uint32Array, scores: Float32Array): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  if (scores.length > 2 ** 21) return decisions.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const keys = new Float64Array(decisions.length);
  for (let index = 0; index < keys.length; index += 1) keys[index] = (0xffffffff - bits[decisions[index]!]!) * 2 ** 21 + decisions[index]!;
  keys.sort();
  for (let index = 0; index < keys.length; index += 1) decisions[index] = keys[index]! % 2 ** 21;
  return decisions;
}

/** The counts of an answer by value; values that the table does not know are missing. */
export function valueCounts({ facets }: FacetTable, { counts }: Pick<Answer, 'counts'>, name: FacetName): Map<string, number> {
  const values = facets.find((facet) => facet.name === name)?.values ?? [];
  return new Map(values.map((value, index) => [value, counts.get(name)![index]!]));
}

/** Values of one decision in a facet, with their ancestors. */
export function valuesOf({ facets }: FacetTable, decision: number, name: FacetName): string[] {
  const column = facets.find((facet) => facet.name === name);
  return column ? column.sets[column.setOf[decision]!]!.map((index) => column.values[index]!) : [];
}

/** Chosen values as the table spells them; addresses typed by hand differ in capitals. */
export function spelledValues({ facets }: FacetTable, state: SearchState): SearchState {
  const spelled = [...state.facets].map(([name, chosen]): [FacetName, string[]] => {
    const values = facets.find((facet) => facet.name === name)?.values ?? [];
    const spelling = (value: string): string => (values.includes(value) ? value : (values.find((known) => known.toLowerCase() === value.toLowerCase()) ?? value));
    return [name, [...new Set(chosen.map(spelling))]];
  });
  return { ...state, facets: new Map(spelled) };
}

/** Chosen values that no decision of this table has: from an address of another collection, or from nobody we know. */
export function unknownValues({ facets }: FacetTable, state: SearchState): { name: FacetName; value: string }[] {
  return [...state.facets].flatMap(([name, chosen]) => {
    const known = new Set(facets.find((facet) => facet.name === name)?.values);
    return chosen.filter((value) => !known.has(value)).map((value) => ({ name, value }));
  });
}

/** How many pages a result has; at least one. */
export function pageCount(decisions: number): number {
  return Math.max(1, Math.ceil(decisions / PAGE_SIZE));
}
