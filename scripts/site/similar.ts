/** Finds each decision's similar ones in a thread of its own, while Astro starts. The pages read the file (src/similar/load.ts). */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import workerpool from 'workerpool';
import { parsedHash } from '../../src/determinations/parsed.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { similarIn } from '../../src/similar/find.ts';
import type { SimilarFile } from '../../src/similar/load.ts';
import { VectorMaker } from '../../src/similar/vectors.ts';
import { writeWhole } from '../files.ts';
import { codeKey, keyOf } from './kept.ts';

export interface SimilarOptions {
  /** Absolute. */
  contentFolder: string;
  /** Is made if it is not there; nothing in it is needed for a right result. */
  cacheFolder: string;
}

/** What the table depends on besides the determinations as they are read. */
const CODE = ['src/similar', 'src/reasons/kinds.ts', 'src/determinations/record.ts'];

export interface SimilarWork {
  /** The file's path, for the environment variable SIMILAR_FILE. @throws as readDetermination */
  file: Promise<string>;
  /** Ends the thread, also before it is done. */
  close(): Promise<void>;
}

/** Starts the thread. Whoever does so closes it. */
export function startSimilar(options: SimilarOptions): SimilarWork {
  const pool = workerpool.pool(import.meta.filename, { workerType: 'thread', maxWorkers: 1 });
  const close = async (): Promise<void> => void (await pool.terminate(true));
  // Its memory is free for the pages as soon as it is done.
  const file = (async () => (await pool.exec('writeSimilar', [options])) as string)().finally(close);
  return { file, close };
}

/** Writes the table, unless the last build's is of the same determinations. It holds ids and numbers alone. */
export async function writeSimilar({ contentFolder, cacheFolder }: SimilarOptions): Promise<string> {
  const path = join(cacheFolder, `similar-${keyOf(contentFolder).slice(0, 12)}.json`);
  const files = await listDeterminationFiles(contentFolder);
  const hashes = files.map((file) => parsedHash(contentFolder, file));
  const key = hashes.includes(undefined) ? undefined : keyOf(codeKey(CODE), ...files, ...hashes.map(String));
  if (key !== undefined && lastKey(path) === key) return path;
  const maker = new VectorMaker();
  for (const file of files) maker.add(await readDetermination(contentFolder, file));
  const written: SimilarFile = { key: key ?? '', table: similarIn(maker.make()) };
  mkdirSync(cacheFolder, { recursive: true });
  writeWhole(path, JSON.stringify(written));
  return path;
}

function lastKey(path: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as SimilarFile).key;
  } catch {
    return undefined;
  }
}

if (!isMainThread) workerpool.worker({ writeSimilar });
