/** The one disputed item of a letter whose request and fields are sections of the letter. */
import type { Paragraphs } from '../../src/determinations/record.ts';
import type { PrintedDecision } from './decisions.ts';
import type { DecisionField, SingleItemLayout } from './layouts.ts';
import { doubt, serious } from './problem.ts';
import type { Problem } from './problem.ts';
import { letters } from './recognise.ts';
import type { RecognisedLetter } from './recognise.ts';
import { fieldText, oneLine, shorten } from './text.ts';

const NECESSARY = /\bmedically\s+necessary\b/i;
const DENIED = /\b(?:not?|nor|never|neither|cannot|without|unable|fail(?:s|ed)?|lacks?|lacking|insufficient)\b|n['\u2019]t\b/i;

/**
 * Reads the item. Its outcome is in a heading, which is printed by a form: a rationale that ends with the opposite is a serious
 * problem. Nothing is returned when there is one.
 */
export function parseSingleItem({ sections, headings }: RecognisedLetter, layout: SingleItemLayout, problems: Problem[]): PrintedDecision[] {
  const request = oneLine(sections.get('request') ?? []);
  const heading = headings.get(layout.outcomeIn) ?? '';
  const line = sections.get(layout.outcomeIn)?.[0]?.number;
  const outcome = Object.entries(layout.outcomes).find(([words]) => letters(heading).endsWith(letters(words)))?.[1];
  const texts: Record<DecisionField, Paragraphs> = { claimsAdministratorGuidelineText: [], reviewerGuidelineText: [], rationale: [] };
  for (const { field, words } of layout.fields) {
    texts[field] = fieldText(sections.get(field) ?? []);
    if (texts[field].length === 0 && field !== 'rationale') problems.push(doubt('field-empty', `Decision 1 has no text for the ${words}.`));
  }
  const fail = (code: string, words: string, at = line): [] => {
    problems.push(serious(code, words, at));
    return [];
  };
  if (!outcome) return fail('outcome-unclear', `its heading "${shorten(heading)}" says no outcome`);
  if (!request) return fail('decision-without-request', 'it does not say what is at dispute', sections.get('request')?.[0]?.number);
  if (texts.rationale.length === 0) return fail('rationale-empty', `the item "${shorten(request)}" has an empty rationale`);
  const conclusion = texts.rationale.join(' ').split(/(?<=[.?!])\s+/).findLast((sentence) => NECESSARY.test(sentence));
  if (conclusion !== undefined && DENIED.test(conclusion) !== (outcome === 'upheld')) {
    return fail('outcome-unclear', `its heading says that the item is ${outcome}, its rationale says "${shorten(conclusion, 160)}"`);
  }
  return [{ request, outcome, ...texts }];
}
