/** Writes package-lock.json anew for package.json: what has not changed keeps its version. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count } from '../../src/words.ts';
import { SHA512, lockedPackages } from './lockfile.ts';
import type { Lockfile } from './lockfile.ts';
import { runNpm } from './npm.ts';

/**
 * npm works in a folder of its own and installs there what it has locked, so a lockfile that cannot be installed is never written.
 * Packages for other platforms that npm's registry lacks stay in the lockfile; the hash of each that has none is asked for again.
 * @param project its folder; only its package-lock.json is written @returns in words what has changed
 * @throws Error in words when npm cannot resolve or install
 */
export async function relock(project: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'imr-lock-'));
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) await copyFile(join(project, file), join(folder, file));
    const path = join(folder, 'package-lock.json');
    const read = async () => JSON.parse(await readFile(path, 'utf8')) as Lockfile;
    const before = await read();
    await npm(folder, 'install', '--package-lock-only', '--no-audit', '--no-fund');
    const after = keepOptional(before, await read());
    for (const { name, locked } of lockedPackages(after)) {
      if (locked.integrity !== undefined) continue;
      const { printed } = await runNpm(folder, 'view', `${name}@${locked.version}`, 'dist.integrity');
      const hash = printed.trim();
      if (SHA512.test(hash)) locked.integrity = hash;
    }
    const text = `${JSON.stringify(after, null, 2)}\n`;
    await writeFile(path, text);
    // A cache of its own: what this machine happens to have must not stand in for the registry.
    await npm(folder, 'ci', '--no-audit', '--no-fund', '--cache', join(folder, 'cache'));
    await writeFile(join(project, 'package-lock.json'), text);
    return changes(before, after);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** npm forgets optional packages that its registry does not have. Those of the old lockfile that a package still asks for, in the same version, stay. */
export function keepOptional(before: Lockfile, after: Lockfile): Lockfile {
  const asked = new Set(Object.values(after.packages).flatMap(({ optionalDependencies = {} }) => Object.entries(optionalDependencies).map(([name, version]) => `${name}@${version}`)));
  const packages = { ...after.packages };
  for (const { place, name, locked } of lockedPackages(before)) {
    if (packages[place] === undefined && locked.optional && asked.has(`${name}@${locked.version}`)) packages[place] = locked;
  }
  return { ...after, packages: Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1))) };
}

/** What is new, gone or other, a line each. */
export function changes(before: Lockfile, after: Lockfile): string[] {
  const lines: string[] = [];
  for (const place of new Set([...Object.keys(before.packages), ...Object.keys(after.packages)])) {
    const [old, now] = [before.packages[place], after.packages[place]];
    if (place === '') continue;
    if (!old) lines.push(`new: ${place} ${now?.version}`);
    else if (!now) lines.push(`gone: ${place} ${old.version}`);
    else if (old.version !== now.version) lines.push(`${place}: ${old.version} is now ${now.version}`);
    else if (old.integrity !== now.integrity) lines.push(`${place} ${now.version}: ${old.integrity === undefined ? 'has its hash now' : 'has ANOTHER HASH than before, find out why'}`);
  }
  return [...lines.sort(), `package-lock.json: ${count(lines.length, 'change')}, ${count(Object.keys(after.packages).length - 1, 'package')}`];
}

async function npm(folder: string, ...args: string[]): Promise<void> {
  const { ok, said } = await runNpm(folder, ...args);
  if (!ok) throw new Error(`npm ${args[0]} failed in a copy of the project; package-lock.json is as it was.\n${said}`);
}
