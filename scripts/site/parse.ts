/** Keeps a content folder's determinations as JSON (src/determinations/parsed.ts), parsing only what changed since the last build. */
import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import workerpool from 'workerpool';
import { DeterminationError } from '../../src/determinations/error.ts';
import type { ParsedEntry, ParsedIndex } from '../../src/determinations/parsed.ts';
import { listDeterminationFiles, listSupersededFiles } from '../../src/determinations/store.ts';
import { codeKey, keyOf } from './kept.ts';
import { parseFiles } from './parse-worker.ts';
import type { ParsedFiles } from './parse-worker.ts';

/** What reads determinations. */
const READER = ['src/determinations', 'src/reasons', 'src/quotes.ts', 'src/sentences.ts'];
/** Determinations that are parsed in one go, and fewer of which are not worth another thread. */
const BATCH = 250;

/**
 * @param contentFolder absolute
 * @param cacheFolder is made if it is not there; nothing in it is needed for a right result
 * @returns the index's path, for the environment variable PARSED_INDEX
 * @throws DeterminationError for the first damaged determination
 */
export async function parseDeterminations(contentFolder: string, cacheFolder: string): Promise<string> {
  await mkdir(cacheFolder, { recursive: true });
  const prefix = `determinations-${keyOf(contentFolder).slice(0, 12)}-`;
  const version = codeKey(READER);
  const files = [...(await listDeterminationFiles(contentFolder)), ...(await listSupersededFiles(contentFolder))];
  const looks = lookAt(contentFolder, files);
  const last = (await readdir(cacheFolder)).filter((name) => name.startsWith(prefix) && name.endsWith('.json')).sort().at(-1);
  const known = last === undefined ? undefined : await readIndex(join(cacheFolder, last), version, contentFolder);
  const source = known && openSync(known.lines, 'r');
  const kept = new Map<string, ParsedEntry>();
  for (const file of files) {
    const entry = known && Object.hasOwn(known.entries, file) ? known.entries[file]! : undefined;
    const isAsItWas = entry !== undefined && looks.get(file)!.every((number, index) => number === entry.look[index]);
    // A line that was damaged since is parsed anew.
    if (isAsItWas && keyOf(readLine(source!, entry)) === entry.hash) kept.set(file, entry);
  }
  const changed = files.filter((file) => !kept.has(file));
  if (known && changed.length === 0 && Object.keys(known.entries).length === files.length) {
    closeSync(source!);
    return join(cacheFolder, last!);
  }

  // New files each time: whoever still reads the last ones goes on reading them.
  const name = `${prefix}${Date.now()}-${process.pid}`;
  const lines = join(cacheFolder, `${name}.jsonl`);
  const index: ParsedIndex = { version, contentFolder, lines, entries: {} };
  const target = openSync(lines, 'w');
  let end = 0;
  const add = (file: string, bytes: Buffer, hash: string): void => {
    index.entries[file] = { start: end, length: bytes.length, look: looks.get(file)!, hash };
    writeWhole(target, bytes);
    end += bytes.length;
  };
  try {
    for (const [file, entry] of kept) add(file, readLine(source!, entry), entry.hash);
    for await (const parsed of parseAll(contentFolder, changed)) {
      for (const [file, line] of parsed) {
        const bytes = Buffer.from(line);
        add(file, bytes, keyOf(bytes));
      }
    }
  } catch (error) {
    await rm(lines, { force: true });
    throw error;
  } finally {
    closeSync(target);
    if (source !== undefined) closeSync(source);
  }
  // Beside and then renamed: an index is whole or not there.
  await writeFile(join(cacheFolder, `${name}.new`), JSON.stringify(index));
  await rename(join(cacheFolder, `${name}.new`), join(cacheFolder, `${name}.json`));
  // What earlier builds have left, those that were killed while they wrote included.
  for (const other of await readdir(cacheFolder)) if (other.startsWith(prefix) && !other.startsWith(name)) await rm(join(cacheFolder, other), { force: true });
  return join(cacheFolder, `${name}.json`);
}

async function readIndex(path: string, version: string, contentFolder: string): Promise<ParsedIndex | undefined> {
  try {
    const index = JSON.parse(await readFile(path, 'utf8')) as ParsedIndex;
    await stat(index.lines);
    return index.version === version && index.contentFolder === contentFolder ? index : undefined;
  } catch {
    return undefined;
  }
}

// At once and not with promises, here and below: there are thousands of small steps, and each would wait longer than it works.
function lookAt(contentFolder: string, files: readonly string[]): Map<string, ParsedEntry['look']> {
  const looks = new Map<string, ParsedEntry['look']>();
  for (const file of files) {
    const { size, mtimeMs, ctimeMs } = statSync(join(contentFolder, file));
    looks.set(file, [size, mtimeMs, ctimeMs]);
  }
  return looks;
}

/** Shorter than it was where the file was cut off. */
function readLine(source: number, { start, length }: ParsedEntry): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(source, bytes, 0, length, start));
}

function writeWhole(target: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(target, bytes, done);
}

/** The lines of all files, in order. */
async function* parseAll(contentFolder: string, files: readonly string[]): AsyncGenerator<[file: string, line: string][]> {
  const batches = Array.from({ length: Math.ceil(files.length / BATCH) }, (_batch, index) => files.slice(index * BATCH, (index + 1) * BATCH));
  if (batches.length < 2) {
    for (const batch of batches) yield unlessDamaged(parseFiles(contentFolder, batch));
    return;
  }
  const pool = workerpool.pool(join(import.meta.dirname, 'parse-worker.ts'), { workerType: 'thread', maxWorkers: availableParallelism() });
  try {
    const running = batches.map((batch) => pool.exec('parseFiles', [contentFolder, batch]) as unknown as Promise<ParsedFiles>);
    // A failure is told when its turn comes.
    for (const parsing of running) parsing.catch(() => undefined);
    for (const parsing of running) yield unlessDamaged(await parsing);
  } finally {
    await pool.terminate(true);
  }
}

function unlessDamaged({ lines, problem }: ParsedFiles): ParsedFiles['lines'] {
  if (problem !== undefined) throw new DeterminationError(problem);
  return lines;
}
