/** The sentences that were judged by hand: ids and kinds, never the words. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../../src/determinations/record.ts';
import { KINDS } from '../../src/reasons/kinds.ts';
import type { ReasonKind } from '../../src/reasons/kinds.ts';

export interface Judgement {
  /** `<case>.<decision>.<paragraph>.<sentence>`, counted from 1. */
  id: string;
  kinds: ReasonKind[];
  /** Whether rules were written with the sentence in view, or tested on it. */
  half: 'work' | 'test';
}

/** The files: of sentences of published letters, and of the invented ones of the sample. */
export type JudgementFile = 'judgements.txt' | 'judgements-sample.txt';

/** The judgements of a file, in its order. The half with the lower hashes of the ids is that to work with. Throws, with the line, where one is not `id<TAB>kinds`. */
export async function readJudgements(file: JudgementFile): Promise<Judgement[]> {
  const lines = (await readFile(join(import.meta.dirname, file), 'utf8')).trimEnd().split('\n');
  const judged = lines.map((line, index) => {
    const [id, labels, ...more] = line.split('\t');
    const kinds = labels === '-' ? [] : (labels?.split(' ') ?? []);
    const unknown = kinds.filter((kind) => !(kind in KINDS));
    if (!id || labels === undefined || more.length > 0 || unknown.length > 0) throw new Error(`${file}:${index + 1}: expected an id, a tab, and kinds or "-", not “${line}”`);
    return { id, kinds: kinds as ReasonKind[] };
  });
  const byHash = judged.map(({ id }) => ({ id, hash: createHash('sha256').update(id).digest('hex') })).sort((a, b) => compareText(a.hash, b.hash));
  const work = new Set(byHash.slice(0, Math.floor(byHash.length / 2)).map(({ id }) => id));
  return judged.map((judgement) => ({ ...judgement, half: work.has(judgement.id) ? 'work' : 'test' }));
}
