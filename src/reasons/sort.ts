/**
 * Sorts the sentences of a rationale into the reasons that reviewers give. A sentence may be of several kinds or of none: what a guideline says of cases in general is no reason,
 * nor are history and the verdict's formula. The rules are data (rules.ts); here is what the parts of a sentence are that they look at. Pure: the same words give the same kinds.
 */
import type { Decision, DecisionOutcome, Reason } from '../determinations/record.ts';
import { sentences } from '../sentences.ts';
import { REASON_KINDS } from './kinds.ts';
import type { ReasonKind } from './kinds.ts';
import { anyOf } from './patterns.ts';
import { GENERAL, GUIDELINE_TEXT, IS_NOT_THERE, NOT_IN_RECORD, NOT_THERE, OF_THIS_CASE, REASON, RULES, WHAT_FOR } from './rules.ts';
import type { Rule } from './rules.ts';

/** What is known of a sentence besides its words. */
export interface SentenceContext {
  /** Of the decision. */
  outcome: DecisionOutcome;
  /** The sentence begins within a quotation: somebody else's words, as a rule a guideline's. */
  quoted?: boolean;
}

/** Longer sentences are lists that run together; what stands beyond is not looked at. */
const MOST_LETTERS = 1500;
/** What is missing stands this near to the word that says so, in letters. */
const REACH = 240;
/** A sentence that says more often that something is missing is no sentence; what comes after these is not looked at. */
const MOST_MISSING = 12;

const OUTCOMES: readonly DecisionOutcome[] = ['upheld', 'overturned'];
/** What any rule of an outcome has as `says`: most sentences hold none of it, and one look is faster than one for each rule. */
const SAYS_ANYTHING = Object.fromEntries(
  OUTCOMES.map((outcome) => [outcome, anyOf(RULES.flatMap((rule) => (rule.says && (rule.outcome ?? outcome) === outcome ? [rule.says] : [])))]),
) as Record<DecisionOutcome, RegExp>;
const RULES_OF_MISSING = RULES.filter(({ says }) => !says);

/** The kinds of a sentence, in the order of KINDS. None for most sentences. */
export function sortSentence(sentence: string, context: SentenceContext): ReasonKind[] {
  const parts = partsOf(sentence, context);
  const rules = SAYS_ANYTHING[parts.outcome].test(parts.text) ? RULES : parts.missing === '' ? [] : RULES_OF_MISSING;
  const found = new Set<ReasonKind>();
  for (const rule of rules) {
    if (!found.has(rule.kind) && holds(rule, parts)) found.add(rule.kind);
  }
  if (found.size === 0) return [];
  // The general kind is for what no other kind says.
  if (found.size > 1) found.delete('not-documented');
  return REASON_KINDS.filter((kind) => found.has(kind));
}

/** Whether one rule alone holds of a sentence: for whoever writes rules. */
export function ruleHolds(rule: Rule, sentence: string, context: SentenceContext): boolean {
  return holds(rule, partsOf(sentence, context));
}

/** What rules look at. */
interface Parts {
  text: string;
  /** What the sentence says is not there, or nothing. */
  missing: string;
  /** It speaks of cases in general, not of this one. */
  general: boolean;
  outcome: DecisionOutcome;
}

function partsOf(sentence: string, { outcome, quoted = false }: SentenceContext): Parts {
  const text = sentence.slice(0, MOST_LETTERS);
  const general = !OF_THIS_CASE.test(text) && (quoted || GUIDELINE_TEXT.test(text) || GENERAL.test(text));
  const missing = general || (outcome === 'overturned' && !NOT_IN_RECORD.test(text)) ? '' : missingIn(text);
  return { text, missing, general, outcome };
}

function holds(rule: Rule, { text, missing, general, outcome }: Parts): boolean {
  if (rule.outcome !== undefined && rule.outcome !== outcome) return false;
  if (general && !rule.guidelineText) return false;
  if (rule.missing && (missing === '' || !rule.missing.test(missing))) return false;
  return (!rule.says || rule.says.test(text)) && (!rule.and || rule.and.test(text)) && !rule.unless?.test(text);
}

/** What a sentence says is not there: what follows "no", "lack of" and the like, and what stands before "was not documented" and the like. Empty where nothing is missing. */
function missingIn(text: string): string {
  const parts: string[] = [];
  for (const { index, 0: words } of text.matchAll(NOT_THERE)) {
    if (parts.length === MOST_MISSING) break;
    const after = text.slice(index + words.length, index + words.length + REACH);
    const reason = REASON.exec(after);
    const ends = [after.search(WHAT_FOR), reason ? reason.index + reason[0].length : -1].filter((end) => end >= 0);
    parts.push(after.slice(0, Math.min(after.length, ...ends)));
  }
  for (const { index, 0: words } of text.matchAll(IS_NOT_THERE)) {
    if (parts.length === 2 * MOST_MISSING) break;
    parts.push(text.slice(Math.max(0, index - REACH), index + words.length));
  }
  return parts.join('\n');
}

/** The reasons of a decision, in the order of the rationale; a sentence of several kinds once for each. */
export function reasonsOf({ outcome, rationale }: Pick<Decision, 'outcome' | 'rationale'>): Reason[] {
  return rationale.flatMap((paragraph, index) => {
    let quoted = false;
    return sentences(paragraph).flatMap((sentence, place) => {
      const kinds = sortSentence(sentence, { outcome, quoted });
      quoted = endsInQuotation(sentence, quoted);
      return kinds.map((kind) => ({ kind, sentence, paragraph: index + 1, place: place + 1 }));
    });
  });
}

/** Whether a quotation that began before or in a sentence goes on after it. */
function endsInQuotation(sentence: string, quoted: boolean): boolean {
  let open = quoted;
  if (!/["“”]/.test(sentence)) return open;
  for (const [mark] of sentence.matchAll(/["“”]/g)) open = mark === '“' ? true : mark === '”' ? false : !open;
  return open;
}
