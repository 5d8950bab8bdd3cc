/**
 * Files that the next site takes over from the last one as they are, because they would be made from the same: as hard links, which cost nothing. The sites
 * stay apart, because a build never changes a file that stands; it puts another in its place.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { secondName, writeWhole } from '../files.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

/** A file of the last site: where it lies below the site, and what it looked like. Whoever changed it since has changed that too. */
type KeptFile = readonly [path: string, size: number, modified: number];

export interface KeptOptions {
  /** Of this list: a part of a build has its own. In a folder for caches; nothing in it is needed for a right result. */
  list: string;
  /** The last site. */
  lastSite: string;
}

export class Kept {
  readonly #list: string;
  readonly #lastSite: string;
  readonly #last: Map<string, KeptFile>;
  /** By key. Of a file that was taken over it is known how it looks. */
  readonly #next = new Map<string, { path: string; file: KeptFile | undefined }>();
  readonly #taken = new Map<string, KeptFile>();
  readonly #folders = new Set<string>();

  constructor({ list, lastSite }: KeptOptions) {
    [this.#list, this.#lastSite, this.#last] = [list, lastSite, readList(list)];
  }

  /**
   * Puts a file of the last site into its place in the next one, if the last site has one that was made from the same.
   * @param key says all that the file is made from, and is no other file's
   * @param target absolute; nothing is there yet
   * @returns whether it is there now; if not, it must be made
   */
  take(key: string, target: string): boolean {
    const file = this.#last.get(key);
    if (!file || !this.#asItWas(file)) return false;
    this.#makeFolder(dirname(target));
    try {
      if (secondName(join(this.#lastSite, file[0]), target)) this.#taken.set(key, file);
      return true;
    } catch {
      return false;
    }
  }

  /** Notes a file that was taken or made for the build after this one. @param path below the site, where it will lie in the end */
  note(key: string, path: string): void {
    this.#next.set(key, { path, file: this.#taken.get(key) });
  }

  /** Writes the list. @param site with all files that were noted in their places */
  close(site: string): void {
    const files: Record<string, KeptFile> = {};
    for (const [key, { path, file }] of this.#next) files[key] = file ? [path, file[1], file[2]] : look(site, path);
    mkdirSync(dirname(this.#list), { recursive: true });
    writeWhole(this.#list, JSON.stringify(files));
  }

  #asItWas([path, size, modified]: KeptFile): boolean {
    const now = statSync(join(this.#lastSite, path), { throwIfNoEntry: false });
    return now?.isFile() === true && now.size === size && now.mtimeMs === modified;
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    mkdirSync(folder, { recursive: true });
    this.#folders.add(folder);
  }
}

function look(site: string, path: string): KeptFile {
  const { size, mtimeMs } = statSync(join(site, path));
  return [path, size, mtimeMs];
}

function readList(list: string): Map<string, KeptFile> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(list, 'utf8')) as Record<string, KeptFile>));
  } catch {
    // None yet, or damaged: everything is made.
    return new Map();
  }
}

/** A short name for what something is made from. */
export function keyOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(String(part.length)).update(' ').update(part);
  return hash.digest('hex').slice(0, 32);
}

/**
 * A key of files of this project, of the libraries and of this Node, which knows how dates and numbers are written: another one may make other things of the
 * same determinations.
 * @param names of files and folders, below the project
 */
export function codeKey(names: readonly string[]): string {
  const files = ['package-lock.json', ...names].flatMap((name) => filesBelow(join(PROJECT, name)));
  return keyOf(process.version, ...files.flatMap((file) => [file.slice(PROJECT.length), readFileSync(file)]));
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
}
