/** Scores determinations against a reading by hand, with the scorer that lies beside that reading in ../shared/gold. */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listDeterminationFiles } from '../../src/determinations/store.ts';
import { goldLine } from '../support/gold.ts';

export interface GoldScore {
  /** Letters that were both predicted and read by hand. */
  predicted: number;
  /** Share right, by the scorer's groups. */
  groups: Record<string, number | null>;
  fields: Record<string, { score: number }>;
}

/** The determinations of a content folder in the gold's shape, a line each. */
export async function goldLines(contentFolder: string): Promise<string[]> {
  return Promise.all((await listDeterminationFiles(contentFolder)).map(async (file) => JSON.stringify(goldLine(await readFile(join(contentFolder, file), 'utf8')))));
}

/**
 * @param goldFolder holds score.py and the gold
 * @param gold the gold's file name
 * @param predictions where the lines may be written
 * @throws when there is no python3
 */
export async function scoreLines(lines: readonly string[], { goldFolder, gold, predictions }: { goldFolder: string; gold: string; predictions: string }): Promise<GoldScore> {
  await writeFile(predictions, `${lines.join('\n')}\n`);
  return JSON.parse(execFileSync('python3', [join(goldFolder, 'score.py'), predictions, '--gold', join(goldFolder, gold), '--json'], { encoding: 'utf8', maxBuffer: 1 << 26 })) as GoldScore;
}
