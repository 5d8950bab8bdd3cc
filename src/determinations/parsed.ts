/**
 * Determinations that were parsed before: a file with each as a line of JSON, and an index that says where each line stands. A build reads every
 * determination for its lists, its page, its data and the search, and Markdown takes ten times as long to read as JSON. Written and kept
 * up to date by scripts/site/parse.ts, before anything else of a build reads; the Markdown stays what counts.
 */
import { openSync, readFileSync, readSync } from 'node:fs';
import type { Determination } from './record.ts';

/** The environment variable that names the index which holds for this build. */
export const PARSED_INDEX = 'IMR_PARSED';

export interface ParsedIndex {
  /** Of what read the determinations; another one may have read them differently. */
  version: string;
  contentFolder: string;
  /** The file of the lines. */
  lines: string;
  /** By the determination's file, relative to the content folder. */
  entries: Record<string, ParsedEntry>;
}

export interface ParsedEntry {
  /** In bytes. */
  start: number;
  length: number;
  /** What the file looked like: size, and times of the last change of content and of anything, in milliseconds. */
  look: readonly [size: number, modified: number, changed: number];
  /** Of the line: another determination has another one. */
  hash: string;
}

/** A line: the file again, so that a line that stands elsewhere than the index says is never taken for another. */
export interface ParsedLine {
  file: string;
  record: Determination;
}

interface Opened {
  named: string;
  index: ParsedIndex;
  lines: number;
}
let opened: Opened | undefined;

/** A determination that was parsed before. Nothing where this build has no such index, or not for this folder or file. */
export function parsedDetermination(contentFolder: string, file: string): Determination | undefined {
  try {
    const entry = entryOf(contentFolder, file);
    if (!entry) return undefined;
    const bytes = Buffer.allocUnsafe(entry.length);
    if (readSync(opened!.lines, bytes, 0, entry.length, entry.start) !== entry.length) return undefined;
    const line = JSON.parse(bytes.toString('utf8')) as ParsedLine;
    return line.file === file ? line.record : undefined;
  } catch {
    // Gone or damaged: the Markdown says the same.
    return undefined;
  }
}

/** What tells a determination from every other, and from itself as it was before a change. Nothing where it was not parsed before. */
export function parsedHash(contentFolder: string, file: string): string | undefined {
  try {
    return entryOf(contentFolder, file)?.hash;
  } catch {
    return undefined;
  }
}

function entryOf(contentFolder: string, file: string): ParsedEntry | undefined {
  const named = process.env[PARSED_INDEX];
  if (!named) return undefined;
  if (opened?.named !== named) {
    const index = JSON.parse(readFileSync(named, 'utf8')) as ParsedIndex;
    opened = { named, index, lines: openSync(index.lines, 'r') };
  }
  const { index } = opened;
  return index.contentFolder === contentFolder && Object.hasOwn(index.entries, file) ? index.entries[file] : undefined;
}
