/** The processes that read letters. Loads nothing heavy, so that they can start while the import itself is still loading. */
import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import workerpool from 'workerpool';
import { serious } from '../letters/problem.ts';
import type { StagedLetter } from './worker.ts';

export interface ReadersOptions {
  /** Longest time for one letter, in milliseconds. */
  letterTimeout?: number;
  /** Most memory for one reading process, in MB: of its heap, and as much again for a PDF. */
  letterMemory?: number;
  /** How many letters are read at once, each in a process of its own. */
  processes?: number;
}

/** A letter to be read, and where its determination is to be written. */
export interface LetterToRead {
  path: string;
  file: string;
  sha256: string;
  staged: string;
}

export interface Readers {
  /** Two letters a process at once, so that none waits for the main one. */
  atOnce: number;
  /** Never rejects: a letter that could not be read has a serious problem. */
  read(letter: LetterToRead): Promise<StagedLetter>;
  close(): Promise<void>;
}

/** Starts the processes. Whoever does so closes them. */
export function startReaders({ letterTimeout = 10_000, letterMemory = 512, processes = availableParallelism() }: ReadersOptions = {}): Readers {
  const pool = workerpool.pool(join(import.meta.dirname, 'worker.ts'), {
    workerType: 'process',
    minWorkers: 'max',
    maxWorkers: processes,
    forkOpts: { execArgv: [`--max-old-space-size=${letterMemory}`], env: { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() ?? '' } },
  });
  return {
    atOnce: 2 * processes,
    read: (letter) => readLetter(pool, letter, letterTimeout),
    close: async () => void (await pool.terminate(true)),
  };
}

async function readLetter(pool: workerpool.Pool, { path, file, sha256, staged }: LetterToRead, timeout: number): Promise<StagedLetter> {
  // The time that a process needs to start is not the letter's.
  const reading: ReturnType<typeof pool.exec> = pool.exec('readLetter', [path, file, staged], { on: () => void reading.timeout(timeout) });
  try {
    return (await reading) as StagedLetter;
  } catch (error) {
    // The rest of the message is a path of this machine, which is nobody else's business.
    const refused = /ENOENT|EACCES|EPERM|EISDIR/.exec(String(error))?.[0];
    const words =
      error instanceof workerpool.Promise.TimeoutError
        ? serious('too-slow', `it could not be read within ${timeout / 1000} seconds`)
        : refused !== undefined
          ? serious('cannot-open', `it cannot be opened (${refused}). Check that it is there and may be read`)
          : serious('reader-died', 'reading it stopped the reading process, most likely for want of memory');
    return { sha256, problems: [words] };
  }
}
