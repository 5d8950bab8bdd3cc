/** The processes that read letters. Loads nothing heavy, so that they can start while the import itself is still loading. */
import { stat } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import workerpool from 'workerpool';
import { serious } from '../letters/problem.ts';
import type { Problem } from '../letters/problem.ts';
import type { StagedLetter } from './worker.ts';

/** Largest file that is read, in bytes: a scan of a hundred pages. */
export const MOST_BYTES = 100_000_000;
/** Unless told otherwise: milliseconds and MB for one letter. */
export const LETTER_TIMEOUT = 10_000;
export const LETTER_MEMORY = 512;

export interface ReadersOptions {
  /** Longest time for one letter, in milliseconds. */
  letterTimeout?: number;
  /** Most memory for one reading process, in MB: half of it for the process's own objects, half for a PDF. */
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
  /** Identifiers in it are replaced; else they keep it from being published. */
  redact: boolean;
}

export interface Readers {
  /** Two letters a process at once, so that none waits for the main one. */
  atOnce: number;
  /** A letter that could not be read has a serious problem. @throws when what was read of it could not be written, which is no fault of the letter's */
  read(letter: LetterToRead): Promise<StagedLetter>;
  close(): Promise<void>;
}

/** Starts the processes. Whoever does so closes them. */
export function startReaders({ letterTimeout = LETTER_TIMEOUT, letterMemory = LETTER_MEMORY, processes = availableParallelism() }: ReadersOptions = {}): Readers {
  const pool = workerpool.pool(join(import.meta.dirname, 'worker.ts'), {
    workerType: 'process',
    minWorkers: 'max',
    maxWorkers: processes,
    // V8's last optimiser costs more than it saves: processes live for seconds, and most of their work is PDFium's, which has its own.
    forkOpts: { execArgv: ['--no-turbofan', `--max-old-space-size=${Math.floor(letterMemory / 2)}`], env: { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() ?? '' } },
  });
  return {
    atOnce: 2 * processes,
    read: (letter) => readLetter(pool, letter, letterTimeout),
    close: async () => void (await pool.terminate(true)),
  };
}

/** What the system says only to those who write: the disk is full or closed. */
const CANNOT_WRITE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS']);

/** Why a file cannot be taken into memory. A link may lead to something that has no end. */
async function unfitFile(path: string): Promise<Problem | undefined> {
  const file = await stat(path);
  if (!file.isFile()) return serious('cannot-open', 'it is not a file. Put the letter itself there');
  if (file.size > MOST_BYTES) return serious('too-big', `it has ${Math.ceil(file.size / 1_000_000)} MB, more than the ${MOST_BYTES / 1_000_000} MB of the largest letter that is read. Print it to a new PDF`);
  return undefined;
}

async function readLetter(pool: workerpool.Pool, { path, file, sha256, staged, redact }: LetterToRead, timeout: number): Promise<StagedLetter> {
  try {
    const unfit = await unfitFile(path);
    if (unfit) return { sha256, problems: [unfit] };
    // The time that a process needs to start is not the letter's.
    const reading: ReturnType<typeof pool.exec> = pool.exec('readLetter', [path, file, staged, redact], { on: () => void reading.timeout(timeout) });
    return (await reading) as StagedLetter;
  } catch (error) {
    const { code = '', path: place } = error as NodeJS.ErrnoException;
    if (place === staged || CANNOT_WRITE.has(code)) throw error;
    // The rest of the message is a path of this machine, which is nobody else's business.
    const refused = /ENOENT|EACCES|EPERM|EISDIR|ELOOP|ENAMETOOLONG/.exec(String(error))?.[0];
    const words =
      error instanceof workerpool.Promise.TimeoutError
        ? serious('too-slow', `it could not be read within ${timeout / 1000} seconds. Print it to a new PDF, or allow it more time with --seconds`)
        : refused !== undefined
          ? serious('cannot-open', `it cannot be opened (${refused}). Check that it is there and may be read`)
          : serious('reader-died', 'reading it stopped the reading process, most likely for want of memory. Print it to a new PDF, or allow it more memory with --memory');
    return { sha256, problems: [words] };
  }
}
