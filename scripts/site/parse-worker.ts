/** Parses determinations beside the build. */
import { isMainThread } from 'node:worker_threads';
import workerpool from 'workerpool';
import { DeterminationError } from '../../src/determinations/error.ts';
import type { ParsedLine } from '../../src/determinations/parsed.ts';
import { readMarkdown, withReadings } from '../../src/determinations/read-markdown.ts';

export interface ParsedFiles {
  lines: [file: string, line: string][];
  /** What DeterminationError said of the first damaged one. */
  problem?: string;
}

/** @param files as listDeterminationFiles gives them */
export function parseFiles(contentFolder: string, files: readonly string[]): ParsedFiles {
  const lines: ParsedFiles['lines'] = [];
  for (const file of files) {
    try {
      const line: ParsedLine = { file, record: withReadings(readMarkdown(contentFolder, file)) };
      lines.push([file, `${JSON.stringify(line)}\n`]);
    } catch (error) {
      if (error instanceof DeterminationError) return { lines: [], problem: error.message };
      throw error;
    }
  }
  return { lines };
}

if (!isMainThread) workerpool.worker({ parseFiles });
