/** Determinations as their files say them, with what is made of their words by rule. At once: with a promise for each step of thousands of small files the waiting takes as long as the work. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestQuote } from '../quotes.ts';
import { reasonsOf } from '../reasons/sort.ts';
import { parseDetermination, parseFields } from './parse-markdown.ts';
import type { Determination, DeterminationFields } from './record.ts';
import { checkPlace, idOf } from './store.ts';

/** What the file itself says, without readings. @throws as readDetermination */
export function readMarkdown(contentFolder: string, file: string): Determination {
  const path = join(contentFolder, file);
  const record = parseDetermination(readFileSync(path, 'utf8'), idOf(file), path);
  checkPlace(record, file, path);
  return record;
}

/** The frontmatter alone. @throws as readDetermination */
export function readMarkdownFields(contentFolder: string, file: string): DeterminationFields & Pick<Determination, 'id'> {
  const path = join(contentFolder, file);
  const fields = { ...parseFields(readFileSync(path, 'utf8'), path), id: idOf(file) };
  checkPlace(fields, file, path);
  return fields;
}

/** A determination with the reasons of its decisions, and the most telling words of those that were overturned. */
export function withReadings(record: Determination): Determination {
  const decisions = record.decisions.map((decision) => {
    const quote = decision.outcome === 'overturned' ? bestQuote(decision.rationale) : undefined;
    return { ...decision, reasons: reasonsOf(decision), ...(quote && { quote }) };
  });
  return { ...record, decisions };
}
