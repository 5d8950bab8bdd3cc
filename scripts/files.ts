/** How files come to be where they should, on disks of all kinds. */
import { copyFileSync, linkSync, renameSync, writeFileSync } from 'node:fs';

/** Writes a file beside its place and then renames it: it is whole, or as it was. Its folder must be there. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

/**
 * Gives a file a second name, so that it stays when another takes its place; where the disk has no such names, copies it.
 * @returns whether it is the same file under two names, and no copy
 * @throws the system's error when it can be neither
 */
export function secondName(file: string, second: string): boolean {
  try {
    linkSync(file, second);
    return true;
  } catch {
    copyFileSync(file, second);
    return false;
  }
}
