/** The file layout of a content folder: the only module that knows where determinations lie. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { letterMark } from '../urls.ts';
import { DeterminationError } from './error.ts';
import { parsedDetermination } from './parsed.ts';
import type { Determination, DeterminationFields, Source } from './record.ts';
import { isRemoved, readRemovedCases } from './removed.ts';

const FOLDER = 'determinations';
const UNDATED = 'undated';
const SUPERSEDED = 'superseded';
const ENDING = '.md';
/** Stands between a superseded letter's case and its mark. */
const MARK = '--';

/** The file of a case's current letter, relative to the content folder, with forward slashes. */
export function determinationFile({ id, decisionDate }: Pick<Determination, 'id' | 'decisionDate'>): string {
  return `${FOLDER}/${decisionDate?.slice(0, 4) ?? UNDATED}/${id}${ENDING}`;
}

/** The file of a letter that a newer one of its case has superseded, likewise. */
export function supersededFile({ caseNumber, sha256 }: { caseNumber: string } & Pick<Source, 'sha256'>): string {
  return `${FOLDER}/${SUPERSEDED}/${caseNumber}${MARK}${letterMark(sha256)}${ENDING}`;
}

/** Whether a value names a place that determinationFile or supersededFile gives. */
export function isDeterminationFile(value: unknown): value is string {
  return typeof value === 'string' && new RegExp(`^${FOLDER}/(?:\\d{4}|${UNDATED}|${SUPERSEDED})/\\w[\\w.-]*\\${ENDING}$`).test(value);
}

/**
 * The files of all cases' current letters in a content folder, relative to it, in code point order. None if there is no such folder. Cases that its
 * removed.yaml names are left out: what is not listed is in nothing that is made of a content folder.
 * @throws RemovedFileError
 */
export async function listDeterminationFiles(contentFolder: string): Promise<string[]> {
  const removed = readRemovedCases(contentFolder);
  return (await listCurrent(contentFolder)).filter((file) => !isRemoved(removed, caseOf(file)));
}

/** The files of all superseded letters, likewise. */
export async function listSupersededFiles(contentFolder: string): Promise<string[]> {
  const removed = readRemovedCases(contentFolder);
  return (await filesOf(contentFolder, SUPERSEDED)).filter((file) => !isRemoved(removed, caseOf(file)));
}

/** The files of removed cases that lie there still, of current and of superseded letters: for the import, which deletes them. */
export async function listRemovedFiles(contentFolder: string): Promise<string[]> {
  const removed = readRemovedCases(contentFolder);
  return [...(await listCurrent(contentFolder)), ...(await filesOf(contentFolder, SUPERSEDED))].filter((file) => isRemoved(removed, caseOf(file)));
}

/** The case of a determination by its file's name: its number, or the name of a letter without one. Reading it makes sure that its fields say the same. */
export function caseOf(file: string): string {
  const id = idOf(file);
  const mark = supersededMark(file);
  return mark === undefined ? id : id.slice(0, -mark.length - MARK.length);
}

/** What tells a superseded letter from the others of its case (letterMark), by its file's name. Nothing of a current one. */
export function supersededMark(file: string): string | undefined {
  if (!file.startsWith(`${FOLDER}/${SUPERSEDED}/`)) return undefined;
  const parts = idOf(file).split(MARK);
  return parts.length > 1 ? parts.at(-1) : undefined;
}

async function listCurrent(contentFolder: string): Promise<string[]> {
  const files: string[] = [];
  for (const folder of await entries(join(contentFolder, FOLDER))) {
    if (folder !== SUPERSEDED) files.push(...(await filesOf(contentFolder, folder)));
  }
  return files;
}

async function filesOf(contentFolder: string, folder: string): Promise<string[]> {
  const names = await entries(join(contentFolder, FOLDER, folder));
  return names.filter((name) => name.endsWith(ENDING)).map((name) => `${FOLDER}/${folder}/${name}`);
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
 * Reads one determination, with what is made of its words by rule.
 * @param file as listDeterminationFiles or listSupersededFiles gives it
 * @throws DeterminationError when the file is damaged or does not lie where its own fields put it
 */
export async function readDetermination(contentFolder: string, file: string): Promise<Determination> {
  const parsed = parsedDetermination(contentFolder, file);
  if (parsed) return parsed;
  // A build has parsed all files before: what parses Markdown is loaded where it is needed.
  const { readMarkdown, withReadings } = await import('./read-markdown.ts');
  return withReadings(readMarkdown(contentFolder, file));
}

/** Reads the frontmatter of one determination; else like readDetermination. */
export async function readDeterminationFields(contentFolder: string, file: string): Promise<DeterminationFields & Pick<Determination, 'id'>> {
  const parsed = parsedDetermination(contentFolder, file);
  if (parsed) return parsed;
  return (await import('./read-markdown.ts')).readMarkdownFields(contentFolder, file);
}

export function idOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1, -ENDING.length);
}

type Placed = Pick<Determination, 'id' | 'caseNumber' | 'decisionDate' | 'supersededBy' | 'source'>;

/** @throws DeterminationError when a determination does not lie where its own fields put it */
export function checkPlace({ id, caseNumber, decisionDate, supersededBy, source }: Placed, file: string, path: string): void {
  const superseded = supersededBy !== undefined;
  const expected = superseded && caseNumber !== undefined ? supersededFile({ caseNumber, sha256: source.sha256 }) : determinationFile({ id: caseNumber ?? id, decisionDate });
  if (expected === file) return;
  const fields = superseded ? 'case number and supersededBy' : 'case number and decision date';
  throw new DeterminationError(`${path}: by its ${fields} it belongs to ${expected}. Move it there, or import its letter again.`);
}
