/**
 * Which decisions hold the words of a query, and how well. Knows no Pagefind and no browser: the indexes, the vocabulary and the dictionary are handed in.
 *
 * The unit of demand: a word, with everything that means the same; a phrase; an OR; a NEAR. A decision is found when it fulfils all of them.
 * Scores are BM25 over weighted parts of the text (Robertson, Zaragoza and Taylor 2004: weights go into the frequency, before it saturates).
 */
import { NO_HITS, NO_SPOTS, allOf, anyOf, inSequence, indexOfPage, nearEachOther, notIn, partOf, placeOf } from './hits.ts';
import type { Hits, Spot, Spots } from './hits.ts';
import { nodeText, queryText } from './query.ts';
import type { Field, Node, Query } from './query.ts';
import type { Correction, OfferedMeaning, QueryReading, WidenedWord } from './reading.ts';
import type { Widening } from './synonyms.ts';
import { TEXT_PARTS } from './text-record.ts';
import type { TextPartName } from './text-record.ts';
import { plainWord, stemOf, wordParts } from './words.ts';
import type { StemExceptions } from './words.ts';

/** Where a word stands, over all records. */
export interface WordHits {
  /** Records, ascending. */
  pages: Uint32Array;
  /** Of each record, where its spots end; they begin where those of the one before end. */
  ends: Uint32Array;
  /** As spotOf makes them, ascending within a record. */
  spots: Uint32Array;
}

/** What an index of words must be able to do. Records are counted from 0. */
export interface WordIndex {
  records: number;
  exceptions: StemExceptions;
  find(stem: string): Promise<WordHits | undefined>;
  /**
   * The places of a name and of all that means the same as one list, with the others of them that occur. Nothing for a name of which no other occurs.
   * An index without such lists has no such function; then the names are searched one by one.
   * @param name of a widening
   */
  findConcept?(name: string): Promise<{ hits: WordHits; also: readonly string[] } | undefined>;
  /** The most frequent words that begin so, with at most this many of them. @param beginning a plain word */
  findBeginning(beginning: string, most: number): Promise<{ word: string; hits: WordHits }[]>;
}

export interface Sources {
  /** A record a decision. */
  text: WordIndex;
  /** A record a case: its clinical summary. */
  summary(): Promise<WordIndex>;
  /** Records of `text` that belong to these records of the summary. */
  pagesOfSummaries(pages: Uint32Array): Uint32Array;
  /** Of each value of the facet, the records of `text` that have it. */
  facet(name: 'drug' | 'service' | 'outcome'): readonly { value: string; pages(): Uint32Array }[];
  widen(words: readonly string[]): readonly Widening[];
  /** Corrections of a word that occurs nowhere or hardly ever, best first; each a word or two that do occur. */
  correct(word: string): Promise<readonly string[]>;
}

/** What is found for a whole query. */
export interface Matched {
  reading: QueryReading;
  /** Words that a decision must have, as `held` counts them; 0 when no words are asked for. */
  words: number;
  /** Of each record: how well it fulfils all; 0 where it does not. Nothing when no words are asked for. */
  scores?: Float32Array;
  /** Of each record: how many of the demanded words it has (a phrase, an OR and the like count as one), where nothing that it must not have is in it; else 0. */
  held?: Uint8Array;
  /** Of each record: the sum over what it fulfils, also where it does not fulfil all. */
  sums?: Float32Array;
  /** Spots to mark in one record. */
  marksAt(page: number): readonly Spot[];
  /** The scores without one of the units. */
  without(unit: number): Float32Array | undefined;
  /** Each unit as typed. */
  unitTexts: readonly string[];
}

/** What an occurrence counts. A decision is found by what it decides: the request first, then the reasons. Citations are much the same in thousands of letters. */
const PART_WEIGHTS: Readonly<Record<TextPartName, number>> = { request: 4, rationale: 1.2, subject: 2, guideline: 0.5, administrator: 0.15 };
const WEIGHT_OF_PART = TEXT_PARTS.map(({ name }) => PART_WEIGHTS[name]);
/** A piece of a longer word is a little less than the word. */
const PIECE = 0.8;
/** What another word for the same counts against the typed one; a kind of it, or an everyday word, less. */
const SAME = 0.85;
const LOOSER = 0.6;
/** Typed words of a term ("physical therapy") that stand apart. */
const APART = 0.4;
/** Saturation of repeated words. Long texts are not held back: tried, it changes nothing, because what weighs most, the request, is short. */
const K1 = 1.2;
/** A phrase that stands together says more than its words do scattered. */
const PHRASE = 1.4;
/** What two words that were typed side by side add when they stand side by side, as a share of their own weight. */
const TOGETHER = 0.6;
const TOGETHER_WITHIN = 6;
/** Nearness is looked at only in the best records. */
const LOOKED_AT = 1000;
const MOST_BEGINNINGS = 40;
const SHORTEST_BEGINNING = 3;
const SHOWN_ALTERNATIVES = 5;
/** "Approved" in a query: what was approved comes first among equals. */
const ASKED_OUTCOME = 1.3;
/** A word in fewer records than this may be a slip of the pen, if a near word is in many times as many. */
const HARDLY_EVER = 3;

interface Scored {
  hits: Hits;
  scores: Float32Array;
}
/** A word that need not occur. */
interface SoftUnit extends Scored {
  next: string | undefined;
}
/** One unit, ready to be counted. */
interface Unit extends Scored {
  /** Must not be there. */
  not: boolean;
  /** For nearness: plain words in the order typed. */
  plain: boolean;
  /** The words of a term of several, each for itself: what has only some of them has most of what was asked for. */
  words: Scored[];
  text: string;
}

/** Finds the decisions of a query. @throws what the indexes throw when a part cannot be downloaded */
export async function matchQuery(query: Query, sources: Sources): Promise<Matched> {
  const reader = new Reader(sources);
  reader.prepare(query.units);
  const repaired = await reader.repair(query.units);
  const whole = { units: repaired, cases: query.cases };
  const read = async (nodes: readonly Node[], plain: boolean, widening: Widening | undefined): Promise<{ unit: Unit; widened?: WidenedWord; offer?: OfferedMeaning }> => {
    const text = nodes.map(nodeText).join(' ');
    const replace = (...others: Node[]): string => queryText({ ...whole, units: repaired.flatMap((node) => (node === nodes[0] ? others : nodes.includes(node) ? [] : [node])) });
    if (!widening) {
      const node = nodes[0]!;
      const not = node.kind === 'not';
      return { unit: { ...(await (not ? reader.refused(node.part) : reader.scoredNode(node))), not, plain, text, words: [] } };
    }
    const { hits, found, apart } = await reader.widenedHits(nodes, widening);
    return {
      unit: { ...reader.scored(hits, nodes.length > 1 ? PHRASE : 1), not: false, plain: true, text, words: apart.map((word) => reader.scored(word, 1)) },
      ...(found.length > 0 && { widened: { typed: text, also: found.slice(0, SHOWN_ALTERNATIVES), more: Math.max(0, found.length - SHOWN_ALTERNATIVES), exactQuery: replace({ kind: 'phrase', text }) } }),
      ...(widening.offers.length > 0 && { offer: { typed: text, meanings: widening.offers.map((meaning) => ({ text: meaning, query: replace({ kind: 'phrase', text: meaning }) })) } }),
    };
  };
  // All at once: each may have to download a piece of the index.
  const [readings, soft] = await Promise.all([
    Promise.all(runs(repaired).flatMap((run) => reader.terms(run).map(({ nodes, widening }) => read(nodes, run.plain, widening)))),
    Promise.all(query.soft.map(async ({ node, next }): Promise<SoftUnit> => ({ ...(await reader.scoredNode(node)), next }))),
  ]);
  const widened = readings.flatMap((reading) => reading.widened ?? []);
  const offers = readings.flatMap((reading) => reading.offer ?? []);
  return count(readings.map(({ unit }) => unit), soft, query, repaired, reader, { widened, offers });
}

function count(units: Unit[], soft: readonly SoftUnit[], query: Query, repaired: readonly Node[], reader: Reader, { widened, offers }: Pick<QueryReading, 'widened' | 'offers'>): Matched {
  const { records } = reader.sources.text;
  const demanded = units.filter(({ not }) => !not);
  const missing = demanded.filter(({ hits }) => hits.pages.length === 0).map(({ text }) => text);
  const corrected = reader.corrections.map(({ typed, correct, applied, places }): Correction => {
    const instead: Node = applied ? { kind: 'phrase', text: typed } : { kind: 'word', text: correct };
    return { typed, correct, applied, query: queryText({ cases: query.cases, units: repaired.flatMap((unit) => (unit === places[0] ? instead : places.includes(unit) ? [] : unit)) }) };
  });
  const understood = queryText({ units: [...repaired], cases: query.cases });
  const reading: QueryReading = {
    understood,
    special: query.repairs.length > 0 || repaired.some((node) => node.kind !== 'word' || node.field !== undefined) || (query.question && query.fillers.length > 0),
    repairs: query.repairs,
    fillers: query.fillers,
    widened,
    offers,
    corrections: corrected,
    missing: [...reader.missing, ...missing.filter((text) => !reader.missing.includes(text))],
    beginnings: reader.beginnings,
    marks: reader.marks(),
  };
  const sum = (chosen: readonly Unit[]): Pick<Matched, 'scores' | 'held' | 'sums'> => {
    if (units.length === 0) return {};
    const held = new Uint8Array(records);
    const sums = new Float32Array(records);
    const fulfilled = new Uint8Array(records);
    const wanted = chosen.filter(({ not }) => !not);
    // Only what must not be there: everything else is found, none better than another.
    if (wanted.length === 0) for (const counted of [held, sums, fulfilled]) counted.fill(1);
    for (const { hits, scores, words } of wanted) {
      const size = Math.max(1, words.length);
      hits.pages.forEach((page, index) => {
        fulfilled[page]! += 1;
        held[page]! += size;
        sums[page]! += scores[index]!;
      });
      for (const word of words) {
        word.hits.pages.forEach((page, index) => {
          if (indexOfPage(hits.pages, page) >= 0) return;
          held[page]! += 1;
          sums[page]! += word.scores[index]!;
        });
      }
    }
    for (const { hits, not } of chosen) if (not) for (const page of hits.pages) [held[page], fulfilled[page]] = [0, 0];
    const needed = Math.max(1, wanted.length);
    for (const { hits, scores: more } of soft) hits.pages.forEach((page, index) => (sums[page]! += sums[page]! > 0 ? more[index]! : 0));
    const scores = sums.map((sum, page) => (fulfilled[page] === needed ? sum : 0));
    addNearness(scores, wanted, soft);
    if (query.outcome) for (const { value, pages } of reader.sources.facet('outcome')) if (value === query.outcome) for (const page of pages()) [scores[page], sums[page]] = [ASKED_OUTCOME * scores[page]!, ASKED_OUTCOME * sums[page]!];
    return { scores, held, sums };
  };
  return {
    reading,
    words: demanded.reduce((sum, unit) => sum + Math.max(1, unit.words.length), 0),
    ...sum(units),
    marksAt: (page) => [...new Set(demanded.flatMap(({ hits }) => [...hits.at(page)]))].sort((a, b) => a - b),
    without: (unit) => sum(units.filter((_unit, index) => index !== unit)).scores,
    unitTexts: units.map(({ text }) => text),
  };
}

/** With at least so many decisions that fulfil all demands, those that fulfil most are not looked for. */
export const ENOUGH = 10;

/**
 * Scores of what fulfils most demands but not all; more demands always beat fewer. Nothing where there is only one demand.
 * Arrays in any order, all in the same; the scores come in it too.
 * @param named cases are named: their other decisions are shown however little they fulfil
 */
export function partialScores({ words, held, sums, scores }: Pick<Matched, 'words' | 'held' | 'sums' | 'scores'>, named: boolean): { scores: Float32Array; least: number } | undefined {
  if (!held || !sums || !scores || (words < 2 && !named)) return undefined;
  const least = named ? 0 : Math.max(1, Math.ceil(0.6 * words - 0.5));
  const most = sums.reduce((max, sum) => Math.max(max, sum), 1);
  return { least, scores: sums.map((sum, index) => (held[index]! >= least && !(scores[index]! > 0) ? 0.1 + held[index]! + sum / (2 * most) : 0)) };
}

/** Words that were typed side by side count more where they stand near each other. */
function addNearness(scores: Float32Array, units: readonly Unit[], soft: readonly SoftUnit[]): void {
  const pairs = units.flatMap((unit, index): (readonly [Scored, Scored])[] => (unit.plain && units[index + 1]?.plain ? [[unit, units[index + 1]!]] : []));
  for (const unit of soft) {
    const after = units.find(({ plain, text }) => plain && text.toLowerCase().split(' ')[0] === unit.next);
    if (after) pairs.push([unit, after]);
  }
  if (pairs.length === 0) return;
  const found: number[] = [];
  scores.forEach((score, page) => {
    if (score > 0) found.push(page);
  });
  const best = found.length > LOOKED_AT ? found.sort((a, b) => scores[b]! - scores[a]!).slice(0, LOOKED_AT) : found;
  for (const page of best) {
    let more = 0;
    for (const [a, b] of pairs) {
      const [atA, atB] = [indexOfPage(a.hits.pages, page), indexOfPage(b.hits.pages, page)];
      if (atA < 0 || atB < 0) continue;
      // A frequent soft word beside a rare one says as much as the rare one.
      const weight = 'next' in a ? b.scores[atB]! / 2 : Math.min(a.scores[atA]!, b.scores[atB]!);
      const distance = nearest(a.hits.at(page), b.hits.at(page));
      if (distance <= TOGETHER_WITHIN) more += (TOGETHER * weight) / Math.sqrt(Math.max(1, distance));
    }
    scores[page]! += more;
  }
}

/** Words from one to the other where they are nearest, in one part; in the request they count as near as can be. */
function nearest(a: Spots, b: Spots): number {
  let least = Infinity;
  let low = 0;
  for (const spot of a) {
    while (low < b.length && b[low]! < spot) low += 1;
    for (const index of [low - 1, low]) {
      const other = b[index];
      if (other === undefined || partOf(other) !== partOf(spot)) continue;
      least = Math.min(least, Math.abs(placeOf(other) - placeOf(spot)));
    }
  }
  return least;
}

interface Run {
  plain: boolean;
  nodes: Node[];
}

/** Plain words that stand side by side in the query, and everything else alone. */
function runs(units: readonly Node[]): Run[] {
  const found: Run[] = [];
  for (const node of units) {
    const plain = node.kind === 'word' && node.field !== 'drug' && node.field !== 'service';
    const last = found.at(-1);
    const lastNode = last?.nodes.at(-1);
    if (plain && last?.plain && lastNode?.kind === 'word' && lastNode.field === node.field) last.nodes.push(node);
    else found.push({ plain, nodes: [node] });
  }
  return found;
}

/** One query's way through the indexes. */
class Reader {
  readonly sources: Sources;
  readonly corrections: { typed: string; correct: string; applied: boolean; places: Node[] }[] = [];
  readonly missing: string[] = [];
  readonly beginnings: string[] = [];
  readonly #marks = new Map<string, string[]>();

  constructor(sources: Sources) {
    this.sources = sources;
  }

  marks(): string[][] {
    return [...this.#marks.values()];
  }

  /** Begins to load what the words that are in the vocabulary need, while the others are looked at. A failure is told when it is needed. */
  prepare(units: readonly Node[]): void {
    for (const run of runs(units)) for (const { widening } of this.terms(run)) if (widening) void this.sources.text.findConcept?.(widening.name).catch(() => undefined);
  }

  /** Puts the right word for one that occurs nowhere, or the words that begin so. What it stands for elsewhere in the query does not matter. */
  async repair(units: readonly Node[]): Promise<Node[]> {
    const known = this.#inVocabulary(units);
    return (await Promise.all(units.map((unit) => this.#repairNode(unit, known)))).flat();
  }

  #inVocabulary(units: readonly Node[]): ReadonlySet<Node> {
    return new Set(runs(units).flatMap((run) => this.terms(run).flatMap(({ nodes, widening }) => (widening ? nodes : []))));
  }

  async #repairNode(node: Node, known: ReadonlySet<Node>): Promise<Node[]> {
    switch (node.kind) {
      case 'and':
        return [{ ...node, parts: await this.repair(node.parts) }];
      case 'or':
        // Alternatives stand side by side and mean nothing together.
        return [{ ...node, parts: (await Promise.all(node.parts.map((part) => this.repair([part])))).flat() }];
      case 'word':
        return node.field === 'drug' || node.field === 'service' || node.field === 'summary' || known.has(node) ? [node] : this.#repairWord(node);
      default:
        return [node];
    }
  }

  async #repairWord(node: Node & { kind: 'word' }): Promise<Node[]> {
    const hits = await wordHits(this.sources.text, node.text, undefined);
    const records = hits.pages.length;
    if (records >= HARDLY_EVER) return [node];
    const plain = plainWord(node.text);
    if (records === 0 && plain.length >= SHORTEST_BEGINNING && (await this.sources.text.findBeginning(plain, 1)).length > 0) {
      this.beginnings.push(node.text);
      return [{ kind: 'beginning', text: node.text, ...(node.field && { field: node.field }) }];
    }
    for (const correct of await this.sources.correct(plain)) {
      const better = await wordsHits(this.sources.text, correct, undefined);
      if (better.pages.length < Math.max(1, 20 * records)) continue;
      if (records > 0) {
        this.corrections.push({ typed: node.text, correct, applied: false, places: [node] });
        return [node];
      }
      const words = correct.split(' ').map((text): Node => ({ kind: 'word', text, ...(node.field && { field: node.field }) }));
      this.corrections.push({ typed: node.text, correct, applied: true, places: words });
      return words;
    }
    if (records === 0) this.missing.push(node.text);
    return [node];
  }

  /** Words of the vocabulary in a run of plain words, by the nodes that they cover. */
  widenings(nodes: readonly Node[]): readonly Widening[] {
    return this.sources.widen(nodes.map((node) => (node.kind === 'word' ? node.text : '')));
  }

  /** A run's nodes by what they mean together. */
  terms({ plain, nodes }: Run): { nodes: Node[]; widening: Widening | undefined }[] {
    const widenings = plain ? this.widenings(nodes) : [];
    const found: { nodes: Node[]; widening: Widening | undefined }[] = [];
    for (let index = 0; index < nodes.length; ) {
      const widening = widenings.find(({ from }) => from === index);
      found.push({ nodes: nodes.slice(index, widening?.to ?? index + 1), widening });
      index = widening?.to ?? index + 1;
    }
    return found;
  }

  /** What was typed, or anything that means the same. @returns also the other words that occur, best first */
  async widenedHits(nodes: readonly Node[], widening: Widening): Promise<{ hits: Hits; found: readonly string[]; apart: Hits[] }> {
    const field = nodes[0]!.kind === 'word' ? nodes[0]!.field : undefined;
    const index = await this.#indexOf(field);
    const words = nodes.map((node) => (node as Node & { kind: 'word' }).text);
    // Each of several words may stand apart, and may be meant by another.
    const alone = words.length === 1 ? [] : Promise.all(nodes.map(async (node) => {
      const [own] = this.widenings([node]);
      return own ? (await this.widenedHits([node], own)).hits : wordHits(index, (node as Node & { kind: 'word' }).text, field);
    }));
    const concept = index.findConcept ? ((await index.findConcept(widening.name)) ?? { hits: undefined, also: [] }) : undefined;
    const { hits, found } = concept
      ? { hits: concept.hits ? toHits(concept.hits, field) : await wordsHits(index, words.join(' '), field), found: concept.also }
      : await this.#meaningHits(index, words.join(' '), widening.alternatives, field);
    for (const text of [words.join(' '), ...found]) this.#mark(text);
    if (words.length === 1) return { hits: this.#inText(hits, field), found, apart: [] };
    const apart = await alone;
    return { hits: anyOf([this.#inText(hits, field), allOf(apart)], [1, APART / words.length]), found, apart };
  }

  async #meaningHits(index: WordIndex, typed: string, alternatives: Widening['alternatives'], field: Field | undefined): Promise<{ hits: Hits; found: string[] }> {
    const own = await wordsHits(index, typed, field);
    const others = await Promise.all(alternatives.map(async (alternative) => ({ ...alternative, hits: await wordsHits(index, alternative.text, field) })));
    const found = others.filter(({ hits }) => hits.pages.length > 0);
    return { hits: anyOf([own, ...found.map(({ hits }) => hits)], [1, ...found.map(({ kind }) => (kind === 'narrower' || kind === 'lay' ? LOOSER : SAME))]), found: found.map(({ text }) => text) };
  }

  async scoredNode(node: Node): Promise<Scored> {
    switch (node.kind) {
      case 'or':
        return this.#combined(anyOf, node.parts);
      case 'and': {
        const wanted = node.parts.filter(({ kind }) => kind !== 'not');
        // "Not this" alone is all the rest.
        if (wanted.length === 0) return this.#combined(allOf, node.parts);
        const found = await this.#combined(allOf, wanted);
        const refused = await Promise.all(node.parts.flatMap((part) => (part.kind === 'not' ? [this.refused(part.part)] : [])));
        const hits = refused.reduce((left, { hits: without }) => notIn(left, without), found.hits);
        return { hits, scores: hits.weights };
      }
      case 'near': {
        const [a, b] = await Promise.all(node.parts.map((part) => this.#plainHits(part)));
        return this.scored(nearEachOther(a!, b!, node.within, weightOf), PHRASE);
      }
      case 'not': {
        const hits = notIn(this.#everything(), (await this.refused(node.part)).hits);
        return { hits, scores: hits.weights };
      }
      case 'word': {
        if (node.field === 'drug' || node.field === 'service') return this.scored(await this.#facetHits(node.field, node.text), 1);
        const [widening] = this.widenings([node]);
        if (widening) return this.scored((await this.widenedHits([node], widening)).hits, 1);
        return this.scored(await this.#plainHits(node), 1);
      }
      case 'phrase':
        if (node.field === 'drug' || node.field === 'service') return this.scored(await this.#facetHits(node.field, node.text), 1);
        return this.scored(await this.#plainHits(node), PHRASE);
      case 'beginning':
        return this.scored(await this.#plainHits(node), 1);
    }
  }

  async #combined(combine: (parts: readonly Hits[]) => Hits, nodes: readonly Node[]): Promise<Scored> {
    const hits = combine((await Promise.all(nodes.map((node) => this.scoredNode(node)))).map(({ hits: found, scores }): Hits => ({ ...found, weights: scores })));
    return { hits, scores: hits.weights };
  }

  /** What must not be there. A reader of its own: its words are not to be marked. */
  refused(node: Node): Promise<Scored> {
    return new Reader(this.sources).scoredNode(node);
  }

  /** BM25 of one unit. @param factor what it counts against a single word */
  scored(hits: Hits, factor: number): Scored {
    const { records } = this.sources.text;
    const rarity = Math.log(1 + (records - hits.pages.length + 0.5) / (hits.pages.length + 0.5));
    const scores = hits.weights.map((weight) => Math.max(Number.MIN_VALUE, (factor * rarity * weight * (K1 + 1)) / (weight + K1)));
    return { hits, scores };
  }

  async #plainHits(node: Node): Promise<Hits> {
    if (node.kind === 'or') return anyOf(await Promise.all(node.parts.map((part) => this.#plainHits(part))));
    if (node.kind !== 'word' && node.kind !== 'phrase' && node.kind !== 'beginning') return NO_HITS;
    const index = await this.#indexOf(node.field);
    if (node.kind === 'beginning') {
      const found = await index.findBeginning(plainWord(node.text), MOST_BEGINNINGS);
      for (const { word } of found) this.#marks.set(word, [word]);
      return this.#inText(anyOf(found.map(({ hits }) => toHits(hits, node.field))), node.field);
    }
    this.#mark(node.text);
    return this.#inText(node.kind === 'word' ? await wordHits(index, node.text, node.field) : await wordsHits(index, node.text, node.field), node.field);
  }

  async #indexOf(field: Field | undefined): Promise<WordIndex> {
    return field === 'summary' ? this.sources.summary() : this.sources.text;
  }

  /** Hits in clinical summaries are hits of all decisions of their cases; nothing in the decision's own text is to be marked for them. */
  #inText(hits: Hits, field: Field | undefined): Hits {
    if (field !== 'summary') return hits;
    const pages = this.sources.pagesOfSummaries(hits.pages).sort();
    return { pages, weights: new Float32Array(pages.length).fill(1), at: () => NO_SPOTS };
  }

  /** Records filed under a value that has all these words, or their other names. */
  async #facetHits(name: 'drug' | 'service', text: string): Promise<Hits> {
    const words = wordParts(text);
    const readings = [words, ...this.sources.widen(words).filter(({ from, to }) => from === 0 && to === words.length).flatMap(({ alternatives }) => alternatives.map((alternative) => wordParts(alternative.text)))];
    const stems = readings.filter((reading) => reading.length > 0).map((reading) => reading.map((word) => stemOf(word, new Map())));
    const pages = new Set<number>();
    for (const { value, pages: of } of this.sources.facet(name)) {
      const own = new Set(wordParts(value).map((word) => stemOf(word, new Map())));
      if (stems.some((reading) => reading.every((stem) => own.has(stem)))) for (const page of of()) pages.add(page);
    }
    const found = Uint32Array.from(pages).sort();
    return { pages: found, weights: new Float32Array(found.length).fill(1), at: () => NO_SPOTS };
  }

  #everything(): Hits {
    const { records } = this.sources.text;
    return { pages: Uint32Array.from({ length: records }, (_none, page) => page), weights: new Float32Array(records).fill(1), at: () => NO_SPOTS };
  }

  #mark(text: string): void {
    const words = text.split(/\s+/).map(plainWord).filter((word) => word !== '');
    if (words.length > 0) this.#marks.set(words.join(' '), words.map((word) => stemOf(word, this.sources.text.exceptions)));
    // L5-S1 is also printed as L5 S1.
    const parts = wordParts(text);
    if (parts.length > words.length) this.#marks.set(parts.join(' '), parts.map((part) => stemOf(part, this.sources.text.exceptions)));
  }
}

/** One typed word. The index glues what punctuation joins (L5-S1 is l5s1) and letters also write the parts apart. */
async function wordHits(index: WordIndex, word: string, field: Field | undefined): Promise<Hits> {
  const parts = wordParts(word);
  const glued = await stemHits(index, plainWord(word), field);
  if (parts.length < 2) return glued;
  return anyOf([glued, inSequence(await Promise.all(parts.map((part) => stemHits(index, part, field))), weightOf)]);
}

/** Words one after the other. */
async function wordsHits(index: WordIndex, words: string, field: Field | undefined): Promise<Hits> {
  const hits = await Promise.all(words.split(/\s+/).filter((word) => plainWord(word) !== '').map((word) => wordHits(index, word, field)));
  return hits.length === 0 ? NO_HITS : inSequence(hits, weightOf);
}

async function stemHits(index: WordIndex, plain: string, field: Field | undefined): Promise<Hits> {
  const found = await index.find(stemOf(plain, index.exceptions));
  return found ? toHits(found, field) : NO_HITS;
}

/** The places of words that stand one after the other, as the matching sees them: for an index that keeps them. */
export async function placesOfWords(index: WordIndex, words: string): Promise<WordHits> {
  const hits = await wordsHits(index, words, undefined);
  const ends = new Uint32Array(hits.pages.length);
  const spots: Spot[] = [];
  hits.pages.forEach((page, place) => {
    spots.push(...hits.at(page));
    ends[place] = spots.length;
  });
  return { pages: hits.pages.slice(), ends, spots: Uint32Array.from(spots) };
}

/** Hits of a word in one field of the text, or in all of it. */
function toHits({ pages, ends, spots }: WordHits, field: Field | undefined): Hits {
  const parts = field === undefined ? undefined : new Set(partsOf(field));
  const at = (page: number): Spots => {
    const index = indexOfPage(pages, page);
    if (index < 0) return NO_SPOTS;
    const all = spots.subarray(index === 0 ? 0 : ends[index - 1]!, ends[index]!);
    return parts ? all.filter((spot) => parts.has(partOf(spot))) : all;
  };
  const kept = new Uint32Array(pages.length);
  const weights = new Float32Array(pages.length);
  let size = 0;
  let start = 0;
  for (let index = 0; index < pages.length; index += 1) {
    let weight = 0;
    for (let place = start; place < ends[index]!; place += 1) if (!parts || parts.has(partOf(spots[place]!))) weight += weightOf(spots[place]!);
    start = ends[index]!;
    if (weight > 0) {
      kept[size] = pages[index]!;
      weights[size++] = weight;
    }
  }
  return { pages: kept.subarray(0, size), weights: weights.subarray(0, size), at, ...(!parts && { flat: { pages, ends, spots } }) };
}

/** `guideline:` means the guideline lines of both sides. In the index of summaries there is one part. */
function partsOf(field: Field): number[] {
  return TEXT_PARTS.flatMap(({ name }, part) => (field === 'summary' || name === field || (name === 'administrator' && field === 'guideline') ? [part] : []));
}

function weightOf(spot: Spot): number {
  return (WEIGHT_OF_PART[partOf(spot)] ?? 1) * (spot & 1 ? PIECE : 1);
}
