/**
 * Cases that the publisher has taken out: `removed.yaml` of a content folder. Import and site both ask here, so that neither can show what the other
 * has left out. A mistake in the file stops both before anything is written: a case must not come back because of a typing error.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { caseSlug } from '../urls.ts';
import { plainText } from './plain-text.ts';
import { compareText } from './record.ts';

export const REMOVED_FILE = 'removed.yaml';

export interface RemovedCase {
  /** Its case number as the state writes it (`CM00-0000117`); for a letter without one, the name that its page had. */
  id: string;
  /** The day on which it was removed, `2026-01-31`. */
  date: string;
  /** In the publisher's words, one line. */
  reason: string;
}

/** By the case's address (caseSlug): ids that differ in capitals alone have one page. Newest first, then by id. */
export type RemovedCases = ReadonlyMap<string, RemovedCase>;

/** A removed.yaml that cannot be used; the message names the file, the entry and what to do. */
export class RemovedFileError extends Error {}

const NUMBER = 'case';
const NAME = 'letter';
const FIELDS: readonly string[] = [NUMBER, NAME, 'date', 'reason'];
const EXAMPLE = '- { case: CM00-0000117, date: 2026-01-31, reason: "The letter shows a name." }';
/** Names under which somebody might have meant the file. */
const MISNAMED = /^removed\.ya?ml(?:\.txt)?$/i;
/** The spellings of a case number that the search understands (src/search/query.ts), and the whole text must be one. */
const SEPARATOR = String.raw`[\s\p{Pd}\u2212\u00ad._]{0,3}`;
const CASE_NUMBER = new RegExp(`^cm${SEPARATOR}(\\d{2})${SEPARATOR}(\\d{7})$`, 'iu');
/** What the import makes of a file's name; it is also safe as a part of a path. */
const LETTER_NAME = /^\w[\w.-]{0,149}$/;
/** It stands on a page by itself. */
const LONGEST_REASON = 1000;

/**
 * The cases that a content folder's `removed.yaml` names. None if there is no such file.
 * @throws RemovedFileError when the file cannot be read as a list of such entries
 */
export function readRemovedCases(contentFolder: string): RemovedCases {
  refuseMisnamed(contentFolder);
  const path = join(contentFolder, REMOVED_FILE);
  const text = readIfThere(path);
  if (text === undefined) return new Map();
  const removed = new Map<string, RemovedCase>();
  for (const [index, entry] of entriesIn(text, path).entries()) {
    const one = removedCase(entry, (problem) => {
      throw new RemovedFileError(`${path}: entry ${index + 1} ${problem} An entry looks like this: ${EXAMPLE}`);
    });
    const slug = caseSlug(one.id);
    if (removed.has(slug)) throw new RemovedFileError(`${path}: entry ${index + 1} names ${one.id}, which an entry above it has named. Take one of the two out.`);
    removed.set(slug, one);
  }
  return new Map([...removed].sort(([, a], [, b]) => compareText(b.date, a.date) || compareText(a.id, b.id)));
}

/** @param id of a case: its number, or the name of a letter without one */
export function isRemoved(removed: RemovedCases, id: string): boolean {
  return removed.has(caseSlug(id));
}

function refuseMisnamed(contentFolder: string): void {
  const name = namesIn(contentFolder).find((name) => MISNAMED.test(name) && name !== REMOVED_FILE);
  if (name !== undefined) throw new RemovedFileError(`${join(contentFolder, name)} is not read under this name. Rename it to ${REMOVED_FILE}, or take it out of the folder.`);
}

function namesIn(folder: string): string[] {
  return unlessMissing(() => readdirSync(folder)) ?? [];
}

function readIfThere(path: string): string | undefined {
  return unlessMissing(() => readFileSync(path, 'utf8'));
}

/** A file that is there and cannot be read is another matter than none: it may name a case. */
function unlessMissing<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new RemovedFileError(`${REMOVED_FILE} cannot be read (${message}). It may name cases that must not be published, so nothing was done.`);
  }
}

function entriesIn(text: string, path: string): unknown[] {
  let list: unknown;
  try {
    // All values as text: a day stays as it is written, and a name that consists of digits keeps its zeros.
    list = load(text, { schema: FAILSAFE_SCHEMA }) ?? [];
  } catch (error) {
    throw new RemovedFileError(`${path} is no YAML: ${error instanceof Error ? error.message : String(error)}. An entry looks like this: ${EXAMPLE}`);
  }
  if (!Array.isArray(list)) throw new RemovedFileError(`${path} is no list. Begin each entry with a hyphen: ${EXAMPLE}`);
  return list as unknown[];
}

/** @param fail is called with what is wrong, as the end of a sentence, and does not return */
function removedCase(entry: unknown, fail: (problem: string) => never): RemovedCase {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return fail('is no group of fields.');
  const unknown = Object.keys(entry).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) fail(`has a field "${unknown}", which is none of ${FIELDS.join(', ')}.`);
  const fields = entry as Record<string, unknown>;
  const field = (name: string): string | undefined => {
    const value = fields[name];
    if (value === undefined) return undefined;
    const text = typeof value === 'string' ? plainText(value) : '';
    return text === '' ? fail(`has no words in its field "${name}".`) : text;
  };
  const [number, name, date, reason] = FIELDS.map(field);
  if ((number === undefined) === (name === undefined)) return fail(`must have either "${NUMBER}" with a case number, or "${NAME}" with the name of a letter that has no number, and not both.`);
  const id = number === undefined ? letterName(name!, fail) : caseNumber(number, fail);
  if (date === undefined) return fail(`(${id}) has no date.`);
  if (!z.iso.date().safeParse(date).success) fail(`(${id}) has the date "${date}", which is no day like 2026-01-31.`);
  if (reason === undefined) return fail(`(${id}) has no reason. Its page says why it was removed.`);
  if (reason.length > LONGEST_REASON) fail(`(${id}) has a reason of ${reason.length} characters. Say it in ${LONGEST_REASON} or fewer.`);
  return { id, date, reason };
}

function caseNumber(text: string, fail: (problem: string) => never): string {
  const match = CASE_NUMBER.exec(text);
  if (!match) return fail(`has "${text}" as its case, which is no case number: CM, two digits of the year, seven digits. A letter without a number is named in the field "${NAME}".`);
  return `CM${match[1]!}-${match[2]!}`;
}

function letterName(text: string, fail: (problem: string) => never): string {
  if (!LETTER_NAME.test(text)) fail(`has "${text}" as its letter, which is no name of a letter: give the part of its page's address that follows cases/, without a slash.`);
  return text;
}
