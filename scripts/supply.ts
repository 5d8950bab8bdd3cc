/** `npm run supply`: whether the packages and actions that the project is built with are what they should be. */
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { askRegistry, checkAdvisories } from './supply/advisories.ts';
import { readAllowed } from './supply/allowed.ts';
import { browserImports } from './supply/browser-imports.ts';
import type { Checked } from './supply/checked.ts';
import { checkInstallScripts } from './supply/install-scripts.ts';
import { checkLicences } from './supply/licences.ts';
import { relock } from './supply/lock.ts';
import { checkIntegrity, checkPins, lockedPackages } from './supply/lockfile.ts';
import type { Lockfile, Manifest } from './supply/lockfile.ts';
import { checkWorkflows } from './supply/workflows.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const USAGE = `Usage: npm run supply [-- --lock]

  Says how the project is supplied: versions, hashes, advisories, install scripts, licences, actions. Exits with 1 on a problem.

  --lock  writes package-lock.json anew for package.json; what has not changed keeps its version`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { lock: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.lock) {
    for (const line of await relock(PROJECT)) console.log(line);
    return 0;
  }
  const checks = await checkSupply();
  for (const { says, problems, notes = [] } of checks) {
    console.log(`${problems.length === 0 ? 'ok ' : 'NOT OK '} ${says}`);
    for (const words of [...problems, ...notes]) console.log(`     ${words}`);
  }
  return checks.some(({ problems }) => problems.length > 0) ? 1 : 0;
}

async function checkSupply(): Promise<Checked[]> {
  const answer = askRegistry(PROJECT);
  const [manifest, lock, npmrc, allowed] = await Promise.all([readJson<Manifest>('package.json'), readJson<Lockfile>('package-lock.json'), readFile(join(PROJECT, '.npmrc'), 'utf8'), readAllowed()]);
  const installed = new Map<string, Manifest>();
  await Promise.all(lockedPackages(lock).map(async ({ place }) => {
    const found = await readJson<Manifest>(join(place, 'package.json')).catch(() => undefined);
    if (found) installed.set(place, found);
  }));
  const folder = join(PROJECT, '.github/workflows');
  const workflows = new Map<string, string>();
  for (const name of (await readdir(folder)).sort()) workflows.set(name, await readFile(join(folder, name), 'utf8'));
  return [
    checkPins(manifest, lock),
    checkIntegrity(lock, allowed),
    // Only GitHub's machines are known to reach the public registry, so only there no answer is a failure.
    checkAdvisories(await answer, allowed, { today: new Date().toISOString().slice(0, 10), required: process.env.GITHUB_ACTIONS === 'true' }),
    checkInstallScripts(npmrc, manifest, lock, installed, allowed),
    checkLicences(lock, installed, await browserImports(join(PROJECT, 'src')), allowed),
    checkWorkflows(workflows),
  ];
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(join(PROJECT, path), 'utf8')) as T;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
