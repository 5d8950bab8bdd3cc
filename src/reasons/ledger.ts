/**
 * What a list of decisions says about each criterion: named how often, met or not met, in decisions of which outcome, and in which words. Pure, and linear in
 * the number of reasons. Not every reason is found (tests/reasons), so a ledger counts what was found and never what is absent.
 */
import type { ValueNode } from '../browse.ts';
import type { DecisionRow } from '../corpus.ts';
import type { DecisionFields, DecisionOutcome } from '../determinations/record.ts';
import type { FacetName } from '../facets.ts';
import { addOutcome, emptySplit, overturnedText } from '../outcomes.ts';
import type { OutcomeSplit } from '../outcomes.ts';
import { chooseWords, formulaOf } from '../quotes.ts';
import { slug } from '../urls.ts';
import { KINDS, REASON_KINDS, reasonValue } from './kinds.ts';
import type { ReasonKind, ReasonSide } from './kinds.ts';

/** Words of a kind in one decision: the first sentence of the kind in its rationale, as printed. */
export interface Said {
  decision: DecisionRow;
  sentence: string;
}

/** A kind in a list of decisions. */
export interface KindCount {
  kind: ReasonKind;
  /** Decisions that have it, each once. */
  split: OutcomeSplit;
  /** One for each of them, in their order. */
  said: Said[];
}

/** A criterion in a list of decisions. */
export interface CriterionCount {
  criterion: string;
  /** Decisions that name it on any side, each once. */
  split: OutcomeSplit;
  /** Likewise on each side: a decision may say that one part is met, and another is not. */
  sides: Record<ReasonSide, OutcomeSplit>;
  /** Kinds that occur, in the order of KINDS. */
  kinds: KindCount[];
}

export interface Ledger {
  /** All decisions of the list. */
  all: OutcomeSplit;
  /** Those in which any reason was found. */
  withReasons: OutcomeSplit;
  /** Criteria that occur, that of most decisions first; those of as many in the order of KINDS. What speaks for no side comes last. */
  criteria: CriterionCount[];
}

/** @param decisions newest first: so are the words of each kind */
export function makeLedger(decisions: Iterable<DecisionRow>): Ledger {
  const [all, withReasons] = [emptySplit(), emptySplit()];
  const kinds = new Map<ReasonKind, KindCount>();
  const criteria = new Map<string, CriterionCount>();
  for (const decision of decisions) {
    addOutcome(all, decision);
    if (decision.reasons.length > 0) addOutcome(withReasons, decision);
    const first = new Map<ReasonKind, string>();
    for (const { kind, sentence } of decision.reasons) if (!first.has(kind)) first.set(kind, sentence);
    for (const [kind, sentence] of first) {
      const counted = entry(kinds, kind, () => ({ kind, split: emptySplit(), said: [] }));
      addOutcome(counted.split, decision);
      counted.said.push({ decision, sentence });
    }
    addCriteria(criteria, first.keys(), decision);
  }
  for (const kind of REASON_KINDS) {
    const counted = kinds.get(kind);
    if (counted) criteria.get(KINDS[kind].criterion)!.kinds.push(counted);
  }
  const order = [...new Set(REASON_KINDS.map((kind) => KINDS[kind].criterion))].flatMap((criterion) => criteria.get(criterion) ?? []);
  const last = ({ sides }: CriterionCount) => Number(sides.neither.total > 0);
  return { all, withReasons, criteria: order.sort((a, b) => last(a) - last(b) || b.split.total - a.split.total) };
}

/** Counts one decision in each criterion that its kinds name, and in each of its sides, once. */
function addCriteria(criteria: Map<string, CriterionCount>, kinds: Iterable<ReasonKind>, decision: DecisionRow): void {
  const named = new Map<string, Set<ReasonSide>>();
  for (const kind of kinds) entry<string, Set<ReasonSide>>(named, KINDS[kind].criterion, () => new Set()).add(KINDS[kind].side);
  for (const [criterion, sides] of named) {
    const counted = entry(criteria, criterion, () => ({ criterion, split: emptySplit(), sides: { met: emptySplit(), 'not met': emptySplit(), neither: emptySplit() }, kinds: [] }));
    addOutcome(counted.split, decision);
    for (const side of sides) addOutcome(counted.sides[side], decision);
  }
}

/** The words of one kind in a list of decisions. @param value of the reason facet; nothing where it is no kind's, or no decision has it */
export function kindWords(decisions: Iterable<DecisionRow>, value: string): KindCount | undefined {
  const kind = REASON_KINDS.find((candidate) => reasonValue(candidate) === value);
  const words: KindCount[] = kind ? makeLedger(decisions).criteria.flatMap(({ kinds }) => kinds) : [];
  return words.find((candidate) => candidate.kind === kind);
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

/** Some of a kind’s words as examples: in their order, one from a case, and no formula twice. @param most at least 1 */
export function chooseSaid(said: Iterable<Said>, most: number): Said[] {
  return chooseWords(said, ({ sentence }) => sentence, most);
}

/** A kind's words, each formula once, with all decisions that have it. The words are those of the first. */
export interface SaidTogether {
  sentence: string;
  decisions: DecisionRow[];
}

/** All of a kind's words: every decision once, those that say the same together, in the order of the first of them. */
export function groupSaid(said: Iterable<Said>): SaidTogether[] {
  const groups = new Map<string, SaidTogether>();
  for (const { decision, sentence } of said) entry(groups, formulaOf(sentence), () => ({ sentence, decisions: [] })).decisions.push(decision);
  return [...groups.values()];
}

/** A sentence of one decision with the kinds that it is the first of. */
export interface SentenceKinds {
  kinds: ReasonKind[];
  sentence: string;
}

/** The reasons of one decision by side: each kind once, in the order of the rationale. The side that prevailed comes first; a side that nothing speaks for is missing. */
export function reasonsBySide({ outcome, reasons = [] }: Pick<DecisionFields, 'outcome' | 'reasons'>): { side: ReasonSide; sentences: SentenceKinds[] }[] {
  const sides: ReasonSide[] = outcome === 'overturned' ? ['met', 'not met', 'neither'] : ['not met', 'met', 'neither'];
  return sides.flatMap((side) => {
    const seen = new Set<ReasonKind>();
    const found = new Map<string, ReasonKind[]>();
    for (const { kind, sentence } of reasons) {
      if (KINDS[kind].side !== side || seen.has(kind)) continue;
      seen.add(kind);
      entry<string, ReasonKind[]>(found, sentence, () => []).push(kind);
    }
    return found.size === 0 ? [] : [{ side, sentences: [...found].map(([sentence, kinds]) => ({ kinds, sentence })) }];
  });
}

/** The facets whose values have a page with what their decisions say about each criterion. */
export const LEDGER_FACETS: readonly FacetName[] = ['service', 'guideline'];

/** Of that page. @param path of the value's own */
export function ledgerPath(path: string): string {
  return `${path}reasons/`;
}

/** Whether a value has that page: not where no reason was found. */
export function hasLedger({ facet, decisions }: Pick<ValueNode, 'facet' | 'decisions'>): boolean {
  return LEDGER_FACETS.includes(facet.name) && decisions.some(({ reasons }) => reasons.length > 0);
}

/** A criterion as a heading: `Red flags`. */
export function criterionName(criterion: string): string {
  return criterion[0]!.toUpperCase() + criterion.slice(1);
}

/** Where a criterion stands on that page. */
export function criterionAnchor(criterion: string): string {
  return `criterion-${slug(criterion)}`;
}

/** Where a kind stands there in decisions of an outcome: `no-red-flag-upheld`. */
export function kindAnchor(kind: ReasonKind, outcome: DecisionOutcome): string {
  return `${kind}-${outcome}`;
}

/** Where the words stand that a count of a criterion's side is of. Those of a single kind stand together, else the kinds of the criterion do. */
export function countAnchor({ criterion, kinds }: Pick<CriterionCount, 'criterion' | 'kinds'>, side: ReasonSide, outcome: DecisionOutcome): string {
  const [kind, ...others] = kinds.filter((candidate) => KINDS[candidate.kind].side === side && candidate.split[outcome] > 0);
  return kind && others.length === 0 ? kindAnchor(kind.kind, outcome) : criterionAnchor(criterion);
}

/** `12 of 30`, or `12 of 30 (40%)` where the base allows a percentage: as for shares of overturned decisions. */
export function shareOf(number: number, base: number): string {
  return overturnedText({ total: base, overturned: number, upheld: base - number });
}
