/**
 * Changes a content folder as a whole or not at all. All that is new lies in the staging folder first. Then what will be replaced or removed gets a second name there, and
 * a list says what the folder was like: as long as that list is there, the folder may be half changed, and the next import takes it back. Taking back and not going on,
 * because the letters are there still, and an import of the same letters then ends as it would have.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'astro/zod';
import { isDeterminationFile } from '../../src/determinations/store.ts';
import { REPORT_FILE } from '../../src/import-report.ts';
import { secondName, writeWhole } from '../files.ts';

/** The report once more, for people. */
export const READABLE_REPORT_FILE = 'import-report.md';

/** What becomes of one file. */
export interface Change {
  /** A determination or a report, relative to the content folder. */
  path: string;
  /** Its new content: a file in the staging folder, which is moved. Without one the file is removed, if it is there. */
  staged?: string;
}

const STAGING = '.import';
/** Names the process that imports. */
const PROCESS = 'process';
const BEFORE = 'before.json';

const changed = z.custom<string>((value) => isDeterminationFile(value) || value === REPORT_FILE || value === READABLE_REPORT_FILE);
/** What the folder was like. */
const before = z.object({
  /** The second name in the staging folder of each file that was there. */
  there: z.array(z.tuple([changed, z.string().regex(/^before-\d+$/)])),
  notThere: z.array(changed),
});

/**
 * Takes back what an import that was killed had changed, and makes an empty staging folder in the content folder.
 * @returns its path
 * @throws Error in words when another import is at work there
 */
export function openStaging(contentFolder: string): string {
  const staging = join(contentFolder, STAGING);
  mkdirSync(staging, { recursive: true });
  const lock = join(staging, PROCESS);
  const other = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : Number.NaN;
  if (isAtWork(other)) throw new Error(`Another import into ${contentFolder} is running (process ${other}). Wait until it is done. If process ${other} is something else, delete ${lock} and import again.`);
  writeFileSync(lock, String(process.pid));
  takeBack(contentFolder);
  // Also what an import that was killed had read.
  rmSync(staging, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(staging);
  writeFileSync(lock, String(process.pid));
  return staging;
}

/** Removes the staging folder; unless the content folder is half changed, because then it is needed to take that back. */
export function closeStaging(contentFolder: string): void {
  const staging = join(contentFolder, STAGING);
  if (isHalfChanged(contentFolder)) rmSync(join(staging, PROCESS), { force: true });
  else rmSync(staging, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Makes all changes or none.
 * @param changes each of another path
 * @throws the system's error; then the folder is as it was
 */
export function change(contentFolder: string, changes: readonly Change[]): void {
  const staging = join(contentFolder, STAGING);
  const was: z.infer<typeof before> = { there: [], notThere: [] };
  for (const [index, { path }] of changes.entries()) {
    const name = `before-${index}`;
    if (!existsSync(join(contentFolder, path))) was.notThere.push(path);
    else {
      secondName(join(contentFolder, path), join(staging, name));
      was.there.push([path, name]);
    }
  }
  const list = join(staging, BEFORE);
  writeWhole(list, JSON.stringify(was));
  try {
    // What goes goes first: on some disks a name in capitals is the same as one without.
    for (const { path, staged } of changes) if (staged === undefined) rmSync(join(contentFolder, path), { force: true });
    for (const { path, staged } of changes) {
      if (staged === undefined) continue;
      mkdirSync(dirname(join(contentFolder, path)), { recursive: true });
      renameSync(staged, join(contentFolder, path));
    }
  } catch (error) {
    takeBack(contentFolder);
    throw error;
  }
  // From here on the folder is changed.
  rmSync(list);
}

/** Whether an import was stopped, or is just now, between the first of its changes and the last. */
export function isHalfChanged(contentFolder: string): boolean {
  return existsSync(join(contentFolder, STAGING, BEFORE));
}

/**
 * A mark of what the imports have made of a content folder: while it is the same, no import has changed anything.
 * @throws Error in words when the folder is half changed
 */
export function importMark(contentFolder: string): string {
  if (isHalfChanged(contentFolder)) {
    throw new Error(`The determinations in ${contentFolder} are half changed: an import puts them in place just now, or was stopped while it did. Wait until it is done, or import again, which first takes back what was half done; then build.`);
  }
  const report = statSync(join(contentFolder, REPORT_FILE), { throwIfNoEntry: false });
  return report ? [report.ino, report.size, report.mtimeMs].join(' ') : '';
}

/** May itself be killed, and is then done again by the next. */
function takeBack(contentFolder: string): void {
  const staging = join(contentFolder, STAGING);
  const list = join(staging, BEFORE);
  if (!existsSync(list)) return;
  const { there, notThere } = readList(list);
  for (const [path, name] of there) {
    if (!existsSync(join(staging, name))) continue;
    mkdirSync(dirname(join(contentFolder, path)), { recursive: true });
    // Of two names of one file, when it was not replaced yet, both stay.
    renameSync(join(staging, name), join(contentFolder, path));
  }
  // Of one that could not get there, even its folder may be missing.
  for (const path of notThere) if (existsSync(join(contentFolder, path))) rmSync(join(contentFolder, path));
  rmSync(list);
}

function readList(list: string): z.infer<typeof before> {
  try {
    return before.parse(JSON.parse(readFileSync(list, 'utf8')));
  } catch {
    throw new Error(`${list} says what an import that was stopped has changed, and cannot be read. Delete ${dirname(list)} and the import report, and import all letters again.`);
  }
}

function isAtWork(id: number): boolean {
  if (!Number.isInteger(id) || id < 1 || id === process.pid) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
