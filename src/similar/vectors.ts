/**
 * Decisions as what they can be compared by: service, drugs, body parts, guidelines, what was weighed, and the words of request and rationale. Each of these
 * groups is a vector of length one in which what is rare weighs more, so that the likeness of two decisions in a group is the cosine of both, from 0 to 1.
 */
import { stem } from 'porter2';
import type { DecisionOutcome, Determination } from '../determinations/record.ts';
import { compareText, guidelineValue, serviceValue } from '../determinations/record.ts';
import { KINDS } from '../reasons/kinds.ts';

/** What a determination must have to be compared. */
export type Comparable = Pick<Determination, 'id' | 'decisionDate' | 'decisions'>;

/** Groups of features, and how much the likeness in each counts. Judged by reading pairs: the same words for another treatment are not the same question. */
export const GROUPS = [
  { name: 'service', weight: 3 },
  { name: 'drug', weight: 3 },
  { name: 'body part', weight: 2 },
  { name: 'guideline', weight: 1 },
  { name: 'criterion', weight: 1.5 },
  { name: 'request', weight: 3 },
  { name: 'rationale', weight: 2 },
] as const;
export const [SERVICE, DRUG, BODY_PART, GUIDELINE, CRITERION, REQUEST, RATIONALE] = [0, 1, 2, 3, 4, 5, 6] as const;
const GROUP_COUNT = GROUPS.length;

/** Different words of a text that are looked at: the longest published rationale has a third. */
const MOST_WORDS = 1500;
const WORD = /[\p{L}\p{N}]+/gu;
const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORD = /[a-z0-9]+/g;
/** Numbers alone say how much was asked for, and not what. */
const NUMBER = /^\p{N}+$/u;
const NOTHING = -1;

/** Requests tell what became of a part of them in these words, and they are about no treatment. */
const OF_NO_TREATMENT = new Set(['original', 'request', 'authorized', 'authorised', 'approved', 'certified', 'claims', 'administrator', 'remaining', 'imr', 'eligible', 'portion', 'associated', 'surgical', 'service', 'qty', 'quantity']);

/** All decisions, newest first, then by case and number; `feature` and `weight` of a decision from `starts` to the next, group by group. */
export interface Vectors {
  caseIds: string[];
  /** Of each decision: the same number for those of one case. */
  cases: Uint32Array;
  /** Of each decision. */
  numbers: Uint32Array;
  outcomes: DecisionOutcome[];
  /** Of each decision: its most specific service, as a feature. */
  services: Uint32Array;
  /** GROUPS.length for each decision, and the end of the last. */
  starts: Uint32Array;
  features: Uint32Array;
  /** Squared, those of a group together are its weight. */
  weights: Float32Array;
  /** Decisions that have a feature. */
  frequencies: Uint32Array;
}

/** Collects decisions one by one, without keeping a text. */
export class VectorMaker {
  readonly #rows: { caseId: string; number: number; day: string; outcome: DecisionOutcome; start: number }[] = [];
  readonly #ids = GROUPS.map(() => new Map<string, number>());
  /** Of each feature, as group and name. */
  readonly #names: string[] = [];
  readonly #frequencies: number[] = [];
  /** The last decision that had the feature: each counts once. */
  readonly #last: number[] = [];
  readonly #words = GROUPS.map(() => new Map<string, number>());
  #features = new Uint32Array(1 << 16);
  #end = 0;
  #starts: number[] = [];

  add({ id, decisionDate = '', decisions }: Comparable): void {
    for (const [index, { request, outcome, service, drugs = [], bodyParts = [], guidelines, reasons = [], rationale }] of decisions.entries()) {
      this.#rows.push({ caseId: id, number: index + 1, day: decisionDate, outcome, start: this.#starts.length });
      this.#facts(SERVICE, [service.category, serviceValue(service)]);
      this.#facts(DRUG, drugs);
      this.#facts(BODY_PART, bodyParts);
      this.#facts(GUIDELINE, guidelines.flatMap((citation) => (citation.source === 'none' ? [] : [citation.source, guidelineValue(citation)])));
      this.#facts(CRITERION, reasons.map(({ kind }) => KINDS[kind].criterion));
      this.#text(REQUEST, [request]);
      this.#text(RATIONALE, rationale);
    }
  }

  /** The same for the same decisions in whatever order they came. */
  make(): Vectors {
    const rows = this.#rows.sort((a, b) => compareText(b.day, a.day) || compareText(a.caseId, b.caseId) || a.number - b.number);
    const starts = new Uint32Array(rows.length * GROUP_COUNT + 1);
    const features = new Uint32Array(this.#end);
    const ranks = this.#ranks();
    const services = new Uint32Array(rows.length);
    const cases = new Map([...new Set(rows.map(({ caseId }) => caseId))].map((caseId, index) => [caseId, index]));
    const frequencies = new Uint32Array(ranks.length);
    this.#frequencies.forEach((frequency, feature) => (frequencies[ranks[feature]!] = frequency));
    let end = 0;
    rows.forEach(({ start }, row) => {
      for (let group = 0; group < GROUP_COUNT; group += 1) {
        const from = this.#starts[start + group]!;
        const to = this.#starts[start + group + 1] ?? this.#end;
        for (let at = from; at < to; at += 1) features[end + at - from] = ranks[this.#features[at]!]!;
        // The most specific one was put in last.
        if (group === SERVICE) services[row] = features[end + to - from - 1]!;
        features.subarray(end, end + to - from).sort();
        starts[row * GROUP_COUNT + group] = end;
        end += to - from;
      }
    });
    starts[rows.length * GROUP_COUNT] = end;
    return {
      caseIds: rows.map(({ caseId }) => caseId), cases: Uint32Array.from(rows, ({ caseId }) => cases.get(caseId)!), numbers: Uint32Array.from(rows, ({ number }) => number), outcomes: rows.map(({ outcome }) => outcome),
      services, starts, features, weights: weightsOf(starts, features, frequencies, rows.length), frequencies,
    };
  }

  #facts(group: number, values: readonly string[]): void {
    this.#starts.push(this.#end);
    for (const value of values) this.#put(this.#idOf(group, value));
  }

  #text(group: number, texts: readonly string[]): void {
    const start = this.#end;
    this.#starts.push(start);
    const words = this.#words[group]!;
    for (const text of texts) {
      for (const word of wordsOf(text)) {
        let id = words.get(word);
        if (id === undefined) words.set(word, (id = NUMBER.test(word) || (group === REQUEST && OF_NO_TREATMENT.has(word)) ? NOTHING : this.#idOf(group, stem(word))));
        if (id === NOTHING) continue;
        this.#put(id);
        if (this.#end - start === MOST_WORDS) return;
      }
    }
  }

  #idOf(group: number, name: string): number {
    const ids = this.#ids[group]!;
    let id = ids.get(name);
    if (id === undefined) {
      ids.set(name, (id = this.#names.length));
      this.#names.push(`${group} ${name}`);
      this.#frequencies.push(0);
      this.#last.push(0);
    }
    return id;
  }

  #put(id: number): void {
    if (this.#last[id] === this.#rows.length) return;
    this.#last[id] = this.#rows.length;
    this.#frequencies[id]! += 1;
    if (this.#end === this.#features.length) {
      const larger = new Uint32Array(this.#end * 2);
      larger.set(this.#features);
      this.#features = larger;
    }
    this.#features[this.#end++] = id;
  }

  /** Places of features by name: sums in this order come out the same to the last digit. */
  #ranks(): Uint32Array {
    const order = Array.from(this.#names.keys()).sort((a, b) => compareText(this.#names[a]!, this.#names[b]!));
    const ranks = new Uint32Array(order.length);
    order.forEach((feature, rank) => (ranks[feature] = rank));
    return ranks;
  }
}

function wordsOf(text: string): readonly string[] {
  // Most texts hold nothing but ASCII, where this finds the same in half of the time.
  return (ASCII.test(text) ? text.toLowerCase().match(ASCII_WORD) : text.normalize('NFKC').toLowerCase().match(WORD)) ?? [];
}

function weightsOf(starts: Uint32Array, features: Uint32Array, frequencies: Uint32Array, decisions: number): Float32Array {
  const rarity = Float64Array.from(frequencies, (frequency) => Math.log(1 + decisions / frequency));
  const weights = new Float32Array(features.length);
  for (let part = 0; part < starts.length - 1; part += 1) {
    let square = 0;
    for (let at = starts[part]!; at < starts[part + 1]!; at += 1) square += rarity[features[at]!]! ** 2;
    const unit = Math.sqrt(GROUPS[part % GROUP_COUNT]!.weight / square);
    for (let at = starts[part]!; at < starts[part + 1]!; at += 1) weights[at] = rarity[features[at]!]! * unit;
  }
  return weights;
}
