/** Programs of this project that are run to their end, or are ended before it with all that they have started. */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

export const PROJECT = resolve(import.meta.dirname, '../..');

/** One of a program's changes to the disk. */
export interface KillPoint {
  /** A function of node:fs, or of node:fs/promises: `renameSync`. */
  call: string;
  /** A pattern of the path that it changes; the new one of a renaming. */
  path: string;
  /** Of several such changes in one thread, from 1 on. */
  nth?: number;
  /** `half`: half of the file is written, or half of the folder is removed. */
  when?: 'before' | 'half' | 'after';
}

export interface Run {
  /** Null for one that was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Where the project lies. */
  project?: string;
  environment?: NodeJS.ProcessEnv;
  /** Kills it there, or after so many milliseconds. */
  kill?: KillPoint | number;
  /** Runs in place of Node, with Node and its arguments as its own. */
  under?: readonly string[];
}

/** Runs a command of the project in a process group of its own. @param script `scripts/build.ts` */
export async function run(script: string, parameters: readonly string[], { project = PROJECT, environment = {}, kill, under = [] }: RunOptions = {}): Promise<Run> {
  const env: NodeJS.ProcessEnv = { ...process.env, ...environment };
  if (typeof kill === 'object') Object.assign(env, { KILL_AT: JSON.stringify(kill), NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'kill.ts')).href}` });
  const [program = '', ...before] = [...under, process.execPath];
  const child = spawn(program, [...before, script, ...parameters], { cwd: project, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const group = -child.pid!;
  const timer = typeof kill === 'number' ? setTimeout(() => process.kill(group, 'SIGKILL'), kill) : undefined;
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  const ended = Promise.withResolvers<number | null>();
  child.once('error', ended.reject).once('close', (code) => ended.resolve(code));
  try {
    return { code: await ended.promise, ...output };
  } finally {
    clearTimeout(timer);
  }
}
