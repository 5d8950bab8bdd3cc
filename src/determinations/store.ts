/** The file layout of a content folder: the only module that knows where determinations lie. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeterminationError, parseDetermination, parseFields } from './markdown.ts';
import type { Determination, DeterminationFields } from './record.ts';

const FOLDER = 'determinations';
const UNDATED = 'undated';
const ENDING = '.md';

/** A determination's file, relative to the content folder, with forward slashes. */
export function determinationFile({ id, decisionDate }: Pick<Determination, 'id' | 'decisionDate'>): string {
  return `${FOLDER}/${decisionDate?.slice(0, 4) ?? UNDATED}/${id}${ENDING}`;
}

/** Whether a value names a place that determinationFile gives. */
export function isDeterminationFile(value: unknown): value is string {
  return typeof value === 'string' && new RegExp(`^${FOLDER}/(?:\\d{4}|${UNDATED})/\\w[\\w.-]*\\${ENDING}$`).test(value);
}

/** All determination files of a content folder, relative to it, in code point order. None if there is no such folder. */
export async function listDeterminationFiles(contentFolder: string): Promise<string[]> {
  const files: string[] = [];
  for (const year of await entries(join(contentFolder, FOLDER))) {
    for (const name of await entries(join(contentFolder, FOLDER, year))) {
      if (name.endsWith(ENDING)) files.push(`${FOLDER}/${year}/${name}`);
    }
  }
  return files;
}

async function entries(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/**
 * Reads one determination.
 * @param file as listDeterminationFiles gives it
 * @throws DeterminationError when the file is damaged or does not lie where its own case number and date put it
 */
export async function readDetermination(contentFolder: string, file: string): Promise<Determination> {
  const path = join(contentFolder, file);
  const record = parseDetermination(await readFile(path, 'utf8'), idOf(file), path);
  checkPlace(record, file, path);
  return record;
}

/** Reads the frontmatter of one determination; else like readDetermination. */
export async function readDeterminationFields(contentFolder: string, file: string): Promise<DeterminationFields & Pick<Determination, 'id'>> {
  const path = join(contentFolder, file);
  const fields = { ...parseFields(await readFile(path, 'utf8'), path), id: idOf(file) };
  checkPlace(fields, file, path);
  return fields;
}

function idOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -ENDING.length);
}

function checkPlace({ id, caseNumber, decisionDate }: Pick<Determination, 'id' | 'caseNumber' | 'decisionDate'>, file: string, path: string): void {
  const expected = determinationFile({ id: caseNumber ?? id, decisionDate });
  if (expected !== file) throw new DeterminationError(`${path}: by its case number and decision date it belongs to ${expected}. Move it there, or import its letter again.`);
}
