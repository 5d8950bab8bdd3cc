/**
 * Decisions counted by year, guideline, specialty and the like, and what both sides of a dispute cited. Pure over the rows of the corpus, apart from
 * the two that are loaded once a build. A decision that has several values of a kind counts once in each of them.
 */
import { loadCorpus } from './corpus.ts';
import type { DecisionRow } from './corpus.ts';
import { compareText, guidelineValue } from './determinations/record.ts';
import type { GuidelineCitation, GuidelineSource } from './determinations/record.ts';
import { withAncestors } from './facets.ts';
import { addOutcome, emptySplit } from './outcomes.ts';
import type { OutcomeSplit } from './outcomes.ts';

/** One value with the decisions that have it. */
export interface DivisionRow {
  value: string;
  split: OutcomeSplit;
}

/** A set of decisions, divided by the values of one kind. */
export interface Division {
  /** Most decisions first, then in code point order; or in code point order alone, where that was asked for. */
  rows: DivisionRow[];
  /** What did not fit: how many values, and the decisions that have one of them at least, each counted once. */
  others?: { values: number; split: OutcomeSplit };
  /** Decisions that have no value: undated ones, or the letter does not say. */
  unstated: number;
  /** Decisions that have more than one value, and so stand in more than one row. */
  several: number;
}

export interface Dimension {
  /** Of one decision, most specific ones only. */
  values: (decision: DecisionRow) => readonly string[];
  /** Rows to keep. One value more than this is kept too: a row is not replaced by a row that names it less well. */
  most?: number;
  /** `value`: in code point order, for years. */
  order?: 'value';
}

/** How decisions can be divided. Guidelines are the reviewer's. */
export const DIMENSIONS = {
  year: (decision) => decision.values.year,
  category: (decision) => decision.values.service.slice(0, 1),
  service: (decision) => decision.values.service.slice(-1),
  drug: (decision) => decision.values.drug,
  bodypart: (decision) => decision.values.bodypart,
  guideline: (decision) => [...new Set(decision.cited.reviewer.map(guidelineValue))],
  specialty: (decision) => decision.values.specialty,
} satisfies Record<string, Dimension['values']>;

/** Divides decisions in several ways at once: one pass over them, and one more where rows were cut off. */
export function divide<Name extends string>(decisions: readonly DecisionRow[], dimensions: Readonly<Record<Name, Dimension>>): Record<Name, Division> {
  const counters = (Object.entries(dimensions) as [Name, Dimension][]).map(([name, dimension]) => new Counter(name, dimension));
  for (const decision of decisions) for (const counter of counters) counter.add(decision);
  for (const counter of counters) counter.cut();
  const cut = counters.filter(({ division }) => division.others);
  if (cut.length > 0) for (const decision of decisions) for (const counter of cut) counter.addToOthers(decision);
  return Object.fromEntries(counters.map(({ name, division }) => [name, division])) as Record<Name, Division>;
}

class Counter<Name> {
  readonly name: Name;
  readonly dimension: Dimension;
  readonly division: Division = { rows: [], unstated: 0, several: 0 };
  private readonly splits = new Map<string, OutcomeSplit>();
  private readonly shown = new Set<string>();

  constructor(name: Name, dimension: Dimension) {
    this.name = name;
    this.dimension = dimension;
  }

  add(decision: DecisionRow): void {
    const values = this.dimension.values(decision);
    if (values.length === 0) this.division.unstated += 1;
    if (values.length > 1) this.division.several += 1;
    for (const value of values) addOutcome(splitOf(this.splits, value), decision);
  }

  cut(): void {
    const { most = Infinity, order } = this.dimension;
    const rows = [...this.splits].map(([value, split]) => ({ value, split }));
    const byValue = (a: DivisionRow, b: DivisionRow) => compareText(a.value, b.value);
    rows.sort(order === 'value' ? byValue : (a, b) => b.split.total - a.split.total || byValue(a, b));
    this.division.rows = rows.length > most + 1 ? rows.slice(0, most) : rows;
    if (rows.length === this.division.rows.length) return;
    this.division.others = { values: rows.length - most, split: emptySplit() };
    for (const { value } of this.division.rows) this.shown.add(value);
  }

  addToOthers(decision: DecisionRow): void {
    if (this.dimension.values(decision).some((value) => !this.shown.has(value))) addOutcome(this.division.others!.split, decision);
  }
}

/** Who cites a guideline, or a source with all its chapters, and how those decisions went. */
export interface GuidelineUse {
  reviewer: OutcomeSplit;
  claimsAdministrator: OutcomeSplit;
  /** Decisions in which both did: these are in the other two as well. */
  both: OutcomeSplit;
  /** Most decisions first. */
  sections: SectionUse[];
}

/** A section of a guideline, and in how many decisions each side named it. */
export interface SectionUse {
  /** As printed most often; what differs in letter case and white space alone is one section. */
  section: string;
  reviewer: number;
  claimsAdministrator: number;
  decisions: number;
}

/** The use of every guideline that any side cited, by value as in the guideline facet, sources with their chapters. `none` is no guideline. */
export function guidelineUses(decisions: readonly DecisionRow[]): Map<string, GuidelineUse> {
  const uses = new Map<string, GuidelineUse & { found: Map<string, SectionCount> }>();
  for (const decision of decisions) {
    const { reviewer, claimsAdministrator } = decision.cited;
    const cited = { reviewer: citedValues(reviewer), claimsAdministrator: citedValues(claimsAdministrator) };
    for (const value of new Set([...cited.reviewer.keys(), ...cited.claimsAdministrator.keys()])) {
      let use = uses.get(value);
      if (!use) uses.set(value, (use = { reviewer: emptySplit(), claimsAdministrator: emptySplit(), both: emptySplit(), sections: [], found: new Map() }));
      const sections = { reviewer: cited.reviewer.get(value), claimsAdministrator: cited.claimsAdministrator.get(value) };
      if (sections.reviewer) addOutcome(use.reviewer, decision);
      if (sections.claimsAdministrator) addOutcome(use.claimsAdministrator, decision);
      if (sections.reviewer && sections.claimsAdministrator) addOutcome(use.both, decision);
      countSections(use.found, sections);
    }
  }
  for (const use of uses.values()) {
    use.sections = [...use.found.values()].map(sectionUse).sort((a, b) => b.decisions - a.decisions || compareText(a.section, b.section));
    use.found.clear();
  }
  return uses;
}

/** The uses in this build's corpus. Counted once. */
export function loadGuidelineUses(): Promise<Map<string, GuidelineUse>> {
  loadedUses ??= loadCorpus().then(({ decisions }) => guidelineUses(decisions));
  return loadedUses;
}
let loadedUses: Promise<Map<string, GuidelineUse>> | undefined;

/** Values with their ancestors, each with the sections named below it. */
function citedValues(citations: readonly GuidelineCitation[]): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const citation of citations) {
    if (citation.source === 'none') continue;
    for (const value of withAncestors(guidelineValue(citation))) {
      const sections = values.get(value) ?? [];
      sections.push(...(citation.sections ?? []));
      values.set(value, sections);
    }
  }
  return values;
}

interface SectionCount {
  printed: Map<string, number>;
  reviewer: number;
  claimsAdministrator: number;
  decisions: number;
}

/** Each section counts once a decision and side, however often it is named there. */
function countSections(found: Map<string, SectionCount>, named: { reviewer: readonly string[] | undefined; claimsAdministrator: readonly string[] | undefined }): void {
  const seen = new Set<string>();
  for (const side of ['reviewer', 'claimsAdministrator'] as const) {
    const seenHere = new Set<string>();
    for (const section of named[side] ?? []) {
      const printed = section.replace(/\s+/g, ' ').trim();
      const key = printed.toLowerCase();
      if (key === '' || seenHere.has(key)) continue;
      seenHere.add(key);
      let counted = found.get(key);
      if (!counted) found.set(key, (counted = { printed: new Map(), reviewer: 0, claimsAdministrator: 0, decisions: 0 }));
      counted.printed.set(printed, (counted.printed.get(printed) ?? 0) + 1);
      counted[side] += 1;
      if (!seen.has(key)) counted.decisions += 1;
      seen.add(key);
    }
  }
}

function sectionUse({ printed, reviewer, claimsAdministrator, decisions }: SectionCount): SectionUse {
  const [section] = [...printed].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]))[0]!;
  return { section, reviewer, claimsAdministrator, decisions };
}

/** One source of the claims administrator beside one of the reviewer's. */
export interface SourcePair {
  claimsAdministrator: GuidelineSource;
  reviewer: GuidelineSource;
  split: OutcomeSplit;
}

/** Where both sides looked. Each decision is in just one of the first five. */
export interface SidesCompared {
  /** Both cited a source, and one at least is the same. */
  shared: OutcomeSplit;
  /** Both cited a source, and none is the same. */
  different: OutcomeSplit;
  reviewerOnly: OutcomeSplit;
  claimsAdministratorOnly: OutcomeSplit;
  neither: OutcomeSplit;
  /** Most decisions first. A decision with several sources counts in each pair; `none` stands for a side that cited nothing, or whose letter does not say. */
  pairs: SourcePair[];
  /** Service categories with the decisions in which both cited a source, and how many of these have none in common; most such decisions first. */
  categories: { value: string; both: number; different: number }[];
}

/** Compares the sources (MTUS, ODG, ACOEM, other) that both sides cited. */
export function compareSides(decisions: readonly DecisionRow[]): SidesCompared {
  const compared: SidesCompared = { shared: emptySplit(), different: emptySplit(), reviewerOnly: emptySplit(), claimsAdministratorOnly: emptySplit(), neither: emptySplit(), pairs: [], categories: [] };
  const pairs = new Map<string, SourcePair>();
  const categories = new Map<string, SidesCompared['categories'][number]>();
  for (const decision of decisions) {
    const reviewer = citedSources(decision.cited.reviewer);
    const claimsAdministrator = citedSources(decision.cited.claimsAdministrator);
    const shares = reviewer.some((source) => claimsAdministrator.includes(source));
    const kind = reviewer.length === 0 ? (claimsAdministrator.length === 0 ? 'neither' : 'claimsAdministratorOnly') : claimsAdministrator.length === 0 ? 'reviewerOnly' : shares ? 'shared' : 'different';
    addOutcome(compared[kind], decision);
    for (const theirs of orNone(claimsAdministrator)) {
      for (const own of orNone(reviewer)) {
        const key = `${theirs} ${own}`;
        let pair = pairs.get(key);
        if (!pair) pairs.set(key, (pair = { claimsAdministrator: theirs, reviewer: own, split: emptySplit() }));
        addOutcome(pair.split, decision);
      }
    }
    const [value] = DIMENSIONS.category(decision);
    if (value === undefined || (kind !== 'shared' && kind !== 'different')) continue;
    let category = categories.get(value);
    if (!category) categories.set(value, (category = { value, both: 0, different: 0 }));
    category.both += 1;
    if (kind === 'different') category.different += 1;
  }
  compared.pairs = [...pairs.values()].sort((a, b) => b.split.total - a.split.total || compareText(a.claimsAdministrator, b.claimsAdministrator) || compareText(a.reviewer, b.reviewer));
  compared.categories = [...categories.values()].sort((a, b) => b.both - a.both || compareText(a.value, b.value));
  return compared;
}

function citedSources(citations: readonly GuidelineCitation[]): GuidelineSource[] {
  return [...new Set(citations.map(({ source }) => source))].filter((source) => source !== 'none');
}

function orNone(sources: readonly GuidelineSource[]): readonly GuidelineSource[] {
  return sources.length > 0 ? sources : ['none'];
}

function splitOf(splits: Map<string, OutcomeSplit>, value: string): OutcomeSplit {
  let split = splits.get(value);
  if (!split) splits.set(value, (split = emptySplit()));
  return split;
}
