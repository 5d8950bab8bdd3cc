/** Which letters there are to import. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { compareText } from '../../src/determinations/record.ts';

export interface LetterFile {
  path: string;
  /** Relative to the imported folder, with forward slashes; the file's own name when a single file is imported. */
  file: string;
}

const ENDINGS = /\.(?:pdf|txt)$/i;

/**
 * All letters of a folder and its subfolders, in code point order of their names, or the one file named.
 * @returns also the other files that stand among them, so that nothing is passed over silently
 * @throws Error in words when there is nothing at `from`
 */
export async function findLetters(from: string): Promise<{ letters: LetterFile[]; others: string[] }> {
  const root = resolve(from);
  const what = await stat(root).catch(() => undefined);
  if (!what) throw new Error(`There is no file or folder ${from}. Give --from a letter or a folder of letters.`);
  if (!what.isDirectory()) return { letters: [{ path: root, file: basename(root) }], others: [] };
  const letters: LetterFile[] = [];
  const others: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const file = relative(root, path).split(sep).join('/');
    if (entry.isDirectory() || file.split('/').some((part) => part.startsWith('.'))) continue;
    // A pipe or a device would be waited for without end. A link is followed when it is read.
    const readable = entry.isFile() || entry.isSymbolicLink();
    if (readable && ENDINGS.test(entry.name)) letters.push({ path, file });
    else others.push(file);
  }
  return { letters: letters.sort((a, b) => compareText(a.file, b.file)), others: others.sort(compareText) };
}
