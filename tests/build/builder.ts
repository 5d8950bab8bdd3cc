/** Whole builds, as a publisher makes them, each in a process of its own. */
import { createHash } from 'node:crypto';
import { cp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { listFiles, temporaryFolder } from '../support/folders.ts';
import { PROJECT, run } from './ended.ts';
import type { Run, RunOptions } from './ended.ts';

export interface Builder {
  /** Where the site goes. */
  out: string;
  /** Builds with a cache of its own. @throws with what the build printed */
  build(content: string, environment?: NodeJS.ProcessEnv): Promise<{ stdout: string; stderr: string }>;
  /** Builds likewise, and it may fail or be killed. */
  run(content: string, options?: RunOptions): Promise<Run>;
}

export function builder(folder: string, name: string): Builder {
  const out = join(folder, name);
  const runBuild: Builder['run'] = (content, { environment, ...options } = {}) => run('scripts/build.ts', ['--content', content, '--out', out], { ...options, environment: { IMR_CACHE: join(folder, `${name}-cache`), ...environment } });
  return {
    out,
    run: runBuild,
    build: async (content, environment) => {
      const { code, ...output } = await runBuild(content, { environment });
      if (code !== 0) throw new Error(`The build ended with ${code}:\n${output.stdout}${output.stderr}`);
      return output;
    },
  };
}

/** The sample's determinations alone, in a folder that may be changed and goes away with the test. */
export async function copyOfSample(t: Pick<TestContext, 'after'>): Promise<{ folder: string; content: string }> {
  const folder = await temporaryFolder(t);
  const content = join(folder, 'content');
  await cp(join(PROJECT, 'content/determinations'), join(content, 'determinations'), { recursive: true });
  return { folder, content };
}

/** SHA-256 of every file below a folder, by its name there, sorted. */
export async function hashesOf(folder: string): Promise<Map<string, string>> {
  const names = await listFiles(folder);
  return new Map(await Promise.all(names.map(async (name) => [name, createHash('sha256').update(await readFile(join(folder, name))).digest('hex')] as const)));
}

/** The files that one folder has otherwise than another, or that only one of them has. @param one, other as hashesOf gives them */
export function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name)).sort();
}

/** Which file of the disk each file of a folder is: the same for two names of one file. */
export async function inodesOf(folder: string): Promise<Map<string, number>> {
  const names = await listFiles(folder);
  return new Map(await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).ino] as const)));
}
