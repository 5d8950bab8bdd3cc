/** How well the rules agree with the judgements: precision and recall over pairs of a sentence and a kind. */
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { sentences } from '../../src/sentences.ts';
import { REASON_KINDS } from '../../src/reasons/kinds.ts';
import type { ReasonKind } from '../../src/reasons/kinds.ts';
import { reasonsOf } from '../../src/reasons/sort.ts';
import type { Judgement } from './judgements.ts';

export interface Tally {
  right: number;
  /** Found by a rule, and not judged so. */
  wrong: number;
  /** Judged so, and found by no rule. */
  missed: number;
  /** 1 where nothing was found. */
  precision: number;
  /** 1 where nothing was judged so. */
  recall: number;
}

/** Of every sentence of all rationales of a content folder the kinds that the rules find, by the sentence's id. */
export async function sortedSentences(contentFolder: string): Promise<Map<string, ReasonKind[]>> {
  const found = new Map<string, ReasonKind[]>();
  for (const file of await listDeterminationFiles(contentFolder)) {
    const { id, decisions } = await readDetermination(contentFolder, file);
    for (const [index, decision] of decisions.entries()) {
      const idOf = (paragraph: number, place: number): string => `${id}.${index + 1}.${paragraph}.${place}`;
      for (const [paragraph, text] of decision.rationale.entries()) sentences(text).forEach((_, place) => found.set(idOf(paragraph + 1, place + 1), []));
      for (const { kind, paragraph, place } of reasonsOf(decision)) found.get(idOf(paragraph, place))!.push(kind);
    }
  }
  return found;
}

/** The score of each half, of all, and of each kind that was judged or found. */
export function scoreReasons(judgements: readonly Judgement[], sorted: ReadonlyMap<string, readonly ReasonKind[]>): { work: Tally; test: Tally; all: Tally; kinds: Record<string, Tally> } {
  const of = (chosen: readonly Judgement[], kinds: readonly ReasonKind[] = REASON_KINDS): Tally => {
    const tally = { right: 0, wrong: 0, missed: 0 };
    for (const judgement of chosen) {
      const found = sorted.get(judgement.id) ?? [];
      for (const kind of kinds) {
        if (found.includes(kind) && judgement.kinds.includes(kind)) tally.right += 1;
        else if (found.includes(kind)) tally.wrong += 1;
        else if (judgement.kinds.includes(kind)) tally.missed += 1;
      }
    }
    const share = (rest: number): number => (tally.right + rest === 0 ? 1 : tally.right / (tally.right + rest));
    return { ...tally, precision: share(tally.wrong), recall: share(tally.missed) };
  };
  const half = (name: Judgement['half']): Tally => of(judgements.filter((judgement) => judgement.half === name));
  const kinds = REASON_KINDS.map((kind) => [kind, of(judgements, [kind])] as const).filter(([, { right, wrong, missed }]) => right + wrong + missed > 0);
  return { work: half('work'), test: half('test'), all: of(judgements), kinds: Object.fromEntries(kinds) };
}
