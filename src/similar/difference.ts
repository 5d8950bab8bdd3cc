/** The sentence that tells why an alike decision came out as it did. */
import type { Decision } from '../determinations/record.ts';
import { KINDS, REASON_KINDS } from '../reasons/kinds.ts';
import type { Kind, ReasonKind } from '../reasons/kinds.ts';

/** What is needed of a decision. */
export type Reasoned = Pick<Decision, 'outcome' | 'reasons' | 'quote'>;

export interface Difference {
  /** Of the other decision, as printed. */
  sentence: string;
  /** What the sentence says, where that is known. */
  kind?: ReasonKind;
  /** What the own decision says of the same criterion: that it is met where the sentence says that it is not, or the other way round. */
  contrary?: ReasonKind;
}

/** Says no more than the outcome does. */
const SAYS_LITTLE = 'the guideline as a whole';

/**
 * Of another decision, the sentence on a criterion that it found met and the own one did not, or the other way round; where no sentence is known to be of
 * that kind, its most telling one. Nothing where it has no sentence that speaks for its outcome.
 */
export function differenceOf(own: Reasoned, other: Reasoned): Difference | undefined {
  const stated = new Map((own.reasons ?? []).map(({ kind }) => [kind, KINDS[kind]] as const));
  const isContrary = (kind: ReasonKind, { side, criterion }: Kind): boolean => criterion !== SAYS_LITTLE && criterion === KINDS[kind].criterion && side !== 'neither' && side !== KINDS[kind].side;
  // In the order of KINDS, in which the weightiest criteria come first.
  for (const { kind, sentence } of (other.reasons ?? []).toSorted((a, b) => REASON_KINDS.indexOf(a.kind) - REASON_KINDS.indexOf(b.kind))) {
    const contrary = KINDS[kind].side === 'neither' ? undefined : [...stated].find(([, own]) => isContrary(kind, own));
    if (contrary) return { sentence, kind, contrary: contrary[0] };
  }
  return tellingOf(other);
}

/** The words that stand for a decision: its quotation, or the first reason that speaks for its outcome. */
function tellingOf({ outcome, quote, reasons = [] }: Reasoned): Difference | undefined {
  if (quote) {
    const kind = reasons.find(({ sentence }) => sentence === quote.text)?.kind;
    return { sentence: quote.text, ...(kind && { kind }) };
  }
  const side = outcome === 'overturned' ? 'met' : 'not met';
  const speaking = reasons.filter(({ kind }) => KINDS[kind].side === side);
  const first = speaking.find(({ kind }) => KINDS[kind].criterion !== SAYS_LITTLE) ?? speaking[0];
  return first && { sentence: first.sentence, kind: first.kind };
}

/** Characters of a sentence that are shown in a list; longer ones are lists of findings or run together. */
const LONGEST_SHOWN = 340;

/** A sentence for a list: its end is left out where it is long, between words. */
export function shownSentence(sentence: string): string {
  if (sentence.length <= LONGEST_SHOWN) return sentence;
  const characters = [...sentence];
  if (characters.length <= LONGEST_SHOWN) return sentence;
  const cut = characters.slice(0, LONGEST_SHOWN).join('');
  const blank = cut.lastIndexOf(' ');
  return `${cut.slice(0, blank > 0 ? blank : cut.length)} …`;
}

/**
 * How many of the most alike are shown for each decision of a case.
 * @param decisions of the case. A letter may decide twenty requests, and its page must stay light: then what came out the other way says most
 */
export function mostShown(decisions: number): { opposite: number; same: number } {
  if (decisions <= 3) return { opposite: 3, same: 3 };
  return decisions <= 8 ? { opposite: 2, same: 2 } : { opposite: 1, same: 0 };
}
