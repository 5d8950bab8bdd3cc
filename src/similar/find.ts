/**
 * For each decision the most alike, of the other outcome and of its own. Not every pair is looked at: candidates come from lists of the decisions that share
 * something with it within its service, or something rare, and of each list at most a fixed number is read. So time and memory grow as the decisions, but for sorting.
 */
import type { DecisionOutcome } from '../determinations/record.ts';
import { BODY_PART, CRITERION, DRUG, GROUPS, GUIDELINE, RATIONALE, REQUEST, SERVICE, VectorMaker } from './vectors.ts';
import type { Comparable, Vectors } from './vectors.ts';

/** The most alike of a decision, best first: decision, likeness, decision, likeness and so on. A decision is its place in the table. */
export type AlikeList = readonly number[];

/** Ids and numbers alone, so that it can be kept as JSON and holds no word of a letter. */
export interface SimilarTable {
  /** Of each decision, as `<case>.<number>`; newest first, then by case and number. */
  decisions: string[];
  /** Of the other outcome, for each decision. */
  opposite: AlikeList[];
  /** Of the same outcome. */
  same: AlikeList[];
}

/** Of each outcome. */
const MOST_ALIKE = 3;
/** Decisions that are read of one list: the nearest in time. */
export const MOST_OF_LIST = 64;
/** Candidates that are compared in full. */
const MOST_COMPARED = 64;
/** A word that more decisions have leads to none. */
const RARE = 200;
/** What more than one in so many decisions have leads to none either. */
const COMMON = 8;
/** In thousandths of GROUPS' weights. This and the next two were chosen by reading pairs of published decisions: less alike is not the same question. */
const LEAST_LIKENESS = 4000;
/** Of the request's words, from 0 to 1, within one service. Without them two things are alike in no more than being equipment, say. */
const LEAST_OF_REQUEST = 0.1;
/** The same where the services are not the same, which is a matter of how one was read. */
const LEAST_ALONE = 0.5;
/** With the same rationale it would be just alike enough. */
const LEAST_FACTS = LEAST_LIKENESS / 1000 - GROUPS[RATIONALE].weight - 0.001;
const OUTCOMES: readonly DecisionOutcome[] = ['upheld', 'overturned'];

/** @param records in any order; each is read once and not kept */
export function findSimilar(records: Iterable<Comparable>): SimilarTable {
  const maker = new VectorMaker();
  for (const record of records) maker.add(record);
  return similarIn(maker.make());
}

export function similarIn(vectors: Vectors): SimilarTable {
  const { caseIds, numbers, outcomes } = vectors;
  const search = new Search(vectors);
  const table: SimilarTable = { decisions: caseIds.map((id, row) => `${id}.${numbers[row]}`), opposite: [], same: [] };
  for (const [row, outcome] of outcomes.entries()) {
    search.begin(row);
    for (const other of OUTCOMES) table[other === outcome ? 'same' : 'opposite'].push(search.best(other));
    search.end();
  }
  return table;
}

/** Lists of decisions that have something in common: the decisions of list `slot` and outcome `o` from `starts[2 * slot + o]` to the next, in order. */
interface Lists {
  starts: Uint32Array;
  decisions: Uint32Array;
  /** By service and feature. */
  within: ReadonlyMap<number, number>;
}

class Search {
  readonly #vectors: Vectors;
  readonly #lists: Lists;
  /** The weights of the decision that is compared, by feature; 0 for all others. */
  readonly #own: Float32Array;
  /** What a candidate promises, and whether it is one. */
  readonly #promise: Float64Array;
  readonly #touched: Uint32Array;
  #candidates = 0;
  #row = 0;

  constructor(vectors: Vectors) {
    this.#vectors = vectors;
    this.#lists = makeLists(vectors);
    this.#own = new Float32Array(vectors.frequencies.length);
    this.#promise = new Float64Array(vectors.caseIds.length).fill(-1);
    this.#touched = new Uint32Array(vectors.caseIds.length);
  }

  begin(row: number): void {
    this.#row = row;
    const { starts, features, weights } = this.#vectors;
    const [own, end] = [this.#own, starts[(row + 1) * GROUPS.length]!];
    for (let at = starts[row * GROUPS.length]!; at < end; at += 1) own[features[at]!] = weights[at]!;
  }

  end(): void {
    const { starts, features } = this.#vectors;
    const [own, end] = [this.#own, starts[(this.#row + 1) * GROUPS.length]!];
    for (let at = starts[this.#row * GROUPS.length]!; at < end; at += 1) own[features[at]!] = 0;
  }

  /** The most alike of one outcome, one of a case. */
  best(outcome: DecisionOutcome): AlikeList {
    this.#collect(OUTCOMES.indexOf(outcome));
    const candidates = this.#mostPromising().map((row) => ({ row, facts: this.#likenessOfFacts(row) }));
    candidates.sort((a, b) => b.facts - a.facts || a.row - b.row);
    let found: [row: number, likeness: number][] = [];
    for (const { row, facts } of candidates) {
      // Not even the same words would bring it, or those after it, among the best.
      if (facts < LEAST_FACTS || (found.length === MOST_ALIKE && thousandths(facts + GROUPS[RATIONALE].weight) < found.at(-1)![1])) break;
      found = this.#withAnother(found, [row, thousandths(facts + this.#likenessIn(RATIONALE, row))]);
    }
    return found.flat();
  }

  /** The best with one more, if it is among them. */
  #withAnother(found: [row: number, likeness: number][], another: [row: number, likeness: number]): [row: number, likeness: number][] {
    const { cases } = this.#vectors;
    const worst = found.length === MOST_ALIKE ? found.at(-1)! : undefined;
    if (another[1] < LEAST_LIKENESS || (worst && (another[1] < worst[1] || (another[1] === worst[1] && another[0] > worst[0])))) return found;
    const all = [...found, another].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return all.filter(([row], index) => all.findIndex(([other]) => cases[other] === cases[row]) === index).slice(0, MOST_ALIKE);
  }

  #collect(outcome: number): void {
    const { services, starts, weights } = this.#vectors;
    this.#candidates = 0;
    const rationale = starts[this.#row * GROUPS.length + RATIONALE]!;
    eachSlot(this.#vectors, this.#row, (within, feature, at) => {
      const slot = within ? this.#lists.within.get(keyOf(this.#vectors, services[this.#row]!, feature))! : feature;
      this.#read(2 * slot + outcome, weights[at]! ** 2, within || at >= rationale);
    });
  }

  /** Notes the decisions of one list as candidates. @param counts whether also for those of the same service, which another list may count */
  #read(list: number, weight: number, counts: boolean): void {
    const { cases, services } = this.#vectors;
    const { starts, decisions } = this.#lists;
    const [from, to] = nearest(decisions, starts[list]!, starts[list + 1]!, this.#row);
    const [ownCase, service] = [cases[this.#row]!, services[this.#row]!];
    for (let at = from; at < to; at += 1) {
      const row = decisions[at]!;
      if (cases[row] === ownCase) continue;
      const isSame = services[row] === service;
      if (this.#promise[row]! < 0) {
        this.#promise[row] = isSame ? GROUPS[SERVICE].weight : 0;
        this.#touched[this.#candidates++] = row;
      }
      if (counts || !isSame) this.#promise[row]! += weight;
    }
  }

  /** Empties the candidates. */
  #mostPromising(): number[] {
    const heap: number[] = [];
    const promise = this.#promise;
    const isWorse = (a: number, b: number): boolean => promise[a]! < promise[b]! || (promise[a] === promise[b] && a > b);
    for (let index = 0; index < this.#candidates; index += 1) {
      const row = this.#touched[index]!;
      if (heap.length < MOST_COMPARED) pushDown(heap, row, isWorse);
      else if (isWorse(heap[0]!, row)) replaceTop(heap, row, isWorse);
    }
    for (let index = 0; index < this.#candidates; index += 1) promise[this.#touched[index]!] = -1;
    return heap;
  }

  /** In all groups but the words of the rationale; 0 where the two are about different things. */
  #likenessOfFacts(row: number): number {
    const drug = this.#likenessIn(DRUG, row);
    const request = this.#likenessIn(REQUEST, row);
    const { services } = this.#vectors;
    // Drugs of one service are of one class, whatever they are called.
    const least = services[row] !== services[this.#row] ? LEAST_ALONE : this.#hasDrugs(row) && this.#hasDrugs(this.#row) ? 0 : LEAST_OF_REQUEST;
    if (drug === 0 && request < least * GROUPS[REQUEST].weight) return 0;
    let sum = drug + request;
    for (const group of [SERVICE, BODY_PART, GUIDELINE, CRITERION]) sum += this.#likenessIn(group, row);
    return sum;
  }

  #likenessIn(group: number, row: number): number {
    const { starts, features, weights } = this.#vectors;
    const part = row * GROUPS.length + group;
    let sum = 0;
    for (let at = starts[part]!; at < starts[part + 1]!; at += 1) sum += this.#own[features[at]!]! * weights[at]!;
    return sum;
  }

  #hasDrugs(row: number): boolean {
    const part = row * GROUPS.length + DRUG;
    return this.#vectors.starts[part + 1]! > this.#vectors.starts[part]!;
  }
}

/** The lists in which a decision stands: of a feature within the decision's service, or alone. */
function eachSlot({ starts, features, frequencies, services }: Vectors, row: number, act: (within: boolean, feature: number, at: number) => void): void {
  const common = Math.max(RARE, services.length / COMMON);
  for (let group = 0; group < GROUPS.length; group += 1) {
    const part = row * GROUPS.length + group;
    for (let at = starts[part]!; at < starts[part + 1]!; at += 1) {
      const feature = features[at]!;
      if (frequencies[feature] === 1 || (frequencies[feature]! > common && feature !== services[row])) continue;
      if (group !== RATIONALE) act(true, feature, at);
      if (group === DRUG || (group >= REQUEST && frequencies[feature]! <= RARE)) act(false, feature, at);
    }
  }
}

function thousandths(likeness: number): number {
  return Math.round(likeness * 1000);
}

function keyOf({ frequencies }: Vectors, service: number, feature: number): number {
  return service * frequencies.length + feature;
}

function makeLists(vectors: Vectors): Lists {
  const { caseIds, services, outcomes, frequencies } = vectors;
  const within = new Map<number, number>();
  const sizes: number[] = new Array<number>(2 * frequencies.length + 1).fill(0);
  const each = (act: (list: number, row: number) => void): void => {
    for (let row = 0; row < caseIds.length; row += 1) {
      const outcome = OUTCOMES.indexOf(outcomes[row]!);
      eachSlot(vectors, row, (isWithin, feature) => {
        const key = keyOf(vectors, services[row]!, feature);
        let slot = isWithin ? within.get(key) : feature;
        if (slot === undefined) {
          within.set(key, (slot = frequencies.length + within.size));
          sizes.push(0, 0);
        }
        act(2 * slot + outcome, row);
      });
    }
  };
  each((list) => (sizes[list]! += 1));
  const starts = new Uint32Array(sizes.length + 1);
  sizes.forEach((size, list) => (starts[list + 1] = starts[list]! + size));
  const ends = starts.slice();
  const decisions = new Uint32Array(starts.at(-1)!);
  each((list, row) => (decisions[ends[list]!++] = row));
  return { starts, decisions, within };
}

/** The part of a list that stands around a decision, in time. */
function nearest(decisions: Uint32Array, start: number, end: number, row: number): [from: number, to: number] {
  if (end - start <= MOST_OF_LIST) return [start, end];
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (decisions[middle]! < row) low = middle + 1;
    else high = middle;
  }
  const from = Math.min(Math.max(start, low - MOST_OF_LIST / 2), end - MOST_OF_LIST);
  return [from, from + MOST_OF_LIST];
}

/** A heap with the worst on top. */
function pushDown(heap: number[], row: number, isWorse: (a: number, b: number) => boolean): void {
  let at = heap.push(row) - 1;
  while (at > 0) {
    const above = (at - 1) >>> 1;
    if (!isWorse(heap[at]!, heap[above]!)) return;
    [heap[at], heap[above]] = [heap[above]!, heap[at]!];
    at = above;
  }
}

function replaceTop(heap: number[], row: number, isWorse: (a: number, b: number) => boolean): void {
  heap[0] = row;
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    let worst = at;
    if (left < heap.length && isWorse(heap[left]!, heap[worst]!)) worst = left;
    if (right < heap.length && isWorse(heap[right]!, heap[worst]!)) worst = right;
    if (worst === at) return;
    [heap[at], heap[worst]] = [heap[worst]!, heap[at]!];
    at = worst;
  }
}
