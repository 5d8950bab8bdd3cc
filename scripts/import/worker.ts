/**
 * The part of the import that runs in processes of its own: they use all cores, and a letter that hangs or eats memory
 * is stopped alone. A finished determination is staged on disk at once, so memory does not grow with the number of letters.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import workerpool from 'workerpool';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import type { Problem } from '../letters/problem.ts';
import { determine } from './determine.ts';
import { letterFacts } from './facts.ts';
import type { LetterEntry } from './report.ts';

/** What the import must know of a letter that was read; its text lies staged. */
export interface StagedLetter {
  sha256: string;
  /** Undefined when nothing was staged; then a problem is serious. */
  determination?: Pick<LetterEntry, 'caseNumber' | 'decisionDate' | 'doubts' | 'facts' | 'privacy' | 'shownAs'>;
  problems: Problem[];
  /** Of a letter that identifiers keep from being published: how many of each kind. */
  privacy?: LetterEntry['privacy'];
}

/**
 * Reads one letter; tells the pool when it begins to.
 * @param path where the letter lies
 * @param file its relative name
 * @param staged where its determination is to be written
 * @param redact identifiers in it are replaced; else they keep it from being published
 */
async function readLetter(path: string, file: string, staged: string, redact: boolean): Promise<StagedLetter> {
  workerpool.workerEmit('began');
  flushOnce();
  const { record, sha256, problems, privacy, shownAs } = await determine(new Uint8Array(await readFile(path)), file, { redact });
  if (!record) return { sha256, problems, ...(privacy ? { privacy } : {}) };
  await writeFile(staged, stringifyDetermination(record));
  const { caseNumber, decisionDate } = record;
  const doubts = problems.map(({ code, words }) => ({ code, words }));
  const determination = {
    ...(caseNumber ? { caseNumber } : {}),
    ...(decisionDate ? { decisionDate } : {}),
    ...(doubts.length > 0 ? { doubts } : {}),
    ...(shownAs === undefined ? {} : { shownAs }),
    ...(privacy ? { privacy } : {}),
    facts: letterFacts(record, doubts),
  };
  return { sha256, determination, problems };
}

let flushed = false;
/** This process ends by being stopped, and would take with it what Node compiled for the next one. */
function flushOnce(): void {
  if (flushed) return;
  flushed = true;
  setImmediate(flushCompileCache);
}

workerpool.worker({ readLetter });
