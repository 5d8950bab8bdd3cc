/** Outcomes in words: after a request, or in a list apart from the items. */
import type { DecisionOutcome } from '../../src/determinations/record.ts';
import type { Line } from './clean.ts';
import type { VerdictWords } from './layouts.ts';
import { serious } from './problem.ts';
import type { Problem } from './problem.ts';
import { letters } from './recognise.ts';
import { MEDICAL_NECESSITY } from './request-lines.ts';
import { anyOf, lineNumberAt, linesBetween, oneLine, sectionText, shorten, spaced } from './text.ts';

/** A number before an item: `1.`, `1)`, `(1)`, `#1`. */
export const ANY_NUMBER = String.raw`(?<!\d)[#(]?\s?(?<number>\d{1,2})\s?[.):]{0,2}`;

export interface ListedVerdict {
  request: string;
  outcome: DecisionOutcome;
}

/** Source of a pattern for `<joint> <outcome>`, with the group `outcome`. */
export function verdictPattern({ joints, outcomes, sentenceEnd }: VerdictWords): string {
  const words = `${anyOf(joints)}\\s*(?<outcome>${anyOf(Object.keys(outcomes))})`;
  return sentenceEnd === undefined ? words : `(?i:${words}(?:\\s*${spaced(sentenceEnd)})?)`;
}

/** What a printed outcome means. */
export function outcomeOf({ outcomes }: Pick<VerdictWords, 'outcomes'>, printed: string): DecisionOutcome {
  return Object.entries(outcomes).find(([words]) => letters(words) === letters(printed))![1];
}

/**
 * The outcomes of a list, by the numbers of their items. A list may be printed twice. One whose words say neither or both outcomes,
 * or that says two things of one item, is a serious problem, and then there is no list.
 * @param after the words between an item's number and its request
 */
export function readVerdicts(lines: readonly Line[], words: VerdictWords, after: string, problems: Problem[]): Map<number, ListedVerdict> | undefined {
  const section = sectionText(lines);
  const verdicts = new Map<number, ListedVerdict>();
  const begins = [...section.text.matchAll(new RegExp(`(?:${ANY_NUMBER}\\s*)?${spaced(after)}`, 'gi'))];
  const verdictEnds = new RegExp(`${verdictPattern(words)}\\s*(?:[.;]|$|(?=\\n\\n))`);
  for (const [index, begin] of begins.entries()) {
    const from = begin.index + begin[0].length;
    const sentence = section.text.slice(from, begins[index + 1]?.index).trimEnd();
    const line = lineNumberAt(section, begin.index);
    const verdict = verdictEnds.exec(sentence);
    const request = verdict ? oneLine(linesBetween(section, from, from + verdict.index)) : '';
    const rest = verdict ? sentence.slice(verdict.index + verdict[0].length) : '';
    if (!verdict || !request || MEDICAL_NECESSITY.test(request) || MEDICAL_NECESSITY.test(rest)) {
      problems.push(serious('outcome-unclear', `it cannot be told whether "${shorten(oneLine([{ text: sentence }]), 160)}" is upheld or overturned`, line));
      return undefined;
    }
    const number = Number(begin.groups?.number ?? 1);
    const read = { request, outcome: outcomeOf(words, verdict.groups!.outcome!) };
    const other = verdicts.get(number);
    if (other && (other.outcome !== read.outcome || !isSameRequest(other.request, request))) {
      problems.push(serious('verdicts-contradict', `its verdicts of item ${number} do not agree: "${shorten(other.request)}" is ${other.outcome}, "${shorten(request)}" is ${read.outcome}`, line));
      return undefined;
    }
    verdicts.set(number, read);
  }
  return verdicts;
}

/** Whether two requests differ in nothing but capitals, blanks, punctuation and an article. The points and strokes of doses count. */
export function isSameRequest(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/^(?:an?|the) /i, '').replace(/((?<=\d)[./](?=\d))|[^\p{L}\p{N}]/gu, (_, ofDose?: string) => ofDose ?? '').toLowerCase();
  return bare(a) === bare(b);
}
