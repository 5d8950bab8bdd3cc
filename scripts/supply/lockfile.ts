/** package.json and package-lock.json: every package is one version with one hash, and comes from no host of its own. */
import { count } from '../../src/words.ts';
import type { Allowed } from './allowed.ts';
import type { Checked } from './checked.ts';

/** package.json, as far as it matters here. */
export interface Manifest {
  version?: string;
  license?: unknown;
  licenses?: unknown;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}
/** An entry of package-lock.json, in its format 3. */
export interface LockedPackage extends Manifest {
  /** Only where a package is installed under another name than its own. */
  name?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
  os?: string | string[];
  cpu?: string | string[];
}
export interface Lockfile {
  lockfileVersion: number;
  /** By the place below the project, such as `node_modules/astro`; the project itself has an empty one. */
  packages: Record<string, LockedPackage>;
}

const GROUPS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/;
/** A hash as a registry writes it. */
export const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
/** Where the workflows test and publish. */
const PUBLISHED_FROM = { os: 'linux', cpu: 'x64' };

/** All but the project itself. */
export function lockedPackages({ packages }: Lockfile): { place: string; name: string; locked: LockedPackage }[] {
  return Object.entries(packages).filter(([place]) => place !== '').map(([place, locked]) => ({ place, name: nameAt(place), locked }));
}

/** @param place `node_modules/a/node_modules/@b/c` @returns `@b/c` */
function nameAt(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Every direct dependency is written with its exact version, the lockfile holds that version, and nothing comes from anywhere but the registry. */
export function checkPins(manifest: Manifest, lock: Lockfile): Checked {
  const problems: string[] = [];
  const relock = 'Run `npm run supply -- --lock`.';
  if (lock.lockfileVersion !== 3) problems.push(`package-lock.json has format ${lock.lockfileVersion}, not 3. ${relock}`);
  let direct = 0;
  for (const group of GROUPS) {
    const wanted = manifest[group] ?? {};
    const known = lock.packages['']?.[group] ?? {};
    for (const [name, version] of Object.entries(wanted)) {
      direct += 1;
      const locked = lock.packages[`node_modules/${name}`]?.version;
      if (!EXACT.test(version)) problems.push(`package.json, ${group}: ${name} is "${version}". Write one exact version, such as "${locked ?? '1.2.3'}".`);
      else if (known[name] !== version || locked !== version) problems.push(`package-lock.json: ${name} is ${locked ?? 'missing'}, package.json has ${version}. ${relock}`);
    }
    for (const name of Object.keys(known)) if (wanted[name] === undefined) problems.push(`package-lock.json, ${group}: ${name} is not in package.json. ${relock}`);
  }
  const all = lockedPackages(lock);
  for (const { place, name, locked } of all) {
    const where = `package-lock.json, ${place}`;
    if (!place.startsWith('node_modules/') || locked.link) problems.push(`${where} is a folder of this machine. Use a package of the registry.`);
    else if (locked.name !== undefined && locked.name !== name) problems.push(`${where} is ${locked.name} under another name. Use its own name.`);
    else if (!EXACT.test(locked.version ?? '')) problems.push(`${where} has no exact version. ${relock}`);
    // By its name and its hash, and from no host: which registry a machine asks is not up to a lockfile (.npmrc keeps it so).
    else if (locked.resolved !== undefined) problems.push(`${where} comes from ${locked.resolved}, not by its name from whichever registry. ${relock}`);
    for (const optional of Object.keys(locked.optionalDependencies ?? {})) {
      if (!isLocked(lock, place, optional)) problems.push(`${where} may need ${optional} on another platform, and the lockfile lacks it. ${relock} Where the registry lacks it too, write its entry by hand: version, optional, os, cpu.`);
    }
  }
  return { says: `${count(direct, 'direct dependency', 'direct dependencies')} with an exact version, ${count(all.length, 'package')} locked, none from a host of its own`, problems };
}

/** Whether a package at this place finds a dependency of this name, as Node looks for it: below itself, beside itself, then upwards. */
function isLocked({ packages }: Lockfile, place: string, name: string): boolean {
  for (let from = place; from !== ''; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (packages[`${from}/node_modules/${name}`]) return true;
  }
  return packages[`node_modules/${name}`] !== undefined;
}

/** Every package has its SHA-512, but for those that are named; these must be of platforms on which nothing is published. */
export function checkIntegrity(lock: Lockfile, { withoutIntegrity }: Pick<Allowed, 'withoutIntegrity'>): Checked {
  const problems: string[] = [];
  const named = new Set(withoutIntegrity.flatMap(({ version, packages }) => packages.map((name) => `${name}@${version}`)));
  const needed = new Set<string>();
  const all = lockedPackages(lock);
  let hashed = 0;
  for (const { place, name, locked } of all) {
    const where = `package-lock.json, ${place}`;
    const exact = `${name}@${locked.version}`;
    if (locked.integrity !== undefined) {
      if (SHA512.test(locked.integrity)) hashed += 1;
      else problems.push(`${where} has a hash that is no SHA-512: ${locked.integrity}. Remove it and run \`npm run supply -- --lock\`.`);
      continue;
    }
    needed.add(exact);
    if (!named.has(exact)) problems.push(`${where} has no hash. Run \`npm run supply -- --lock\` on a machine whose registry has ${exact}.`);
    else if (!locked.optional || runsOn(locked, PUBLISHED_FROM)) problems.push(`${where} has no hash and is installed where the site is published from. No exception is enough for that: find the hash.`);
  }
  for (const exact of named) if (!needed.has(exact)) problems.push(`scripts/supply/allowed.yaml, withoutIntegrity: ${exact} needs no exception any more. Remove its line.`);
  return { says: `${count(all.length, 'package')}: ${hashed} with a SHA-512, ${count(needed.size, 'named exception')}, none of them installed where the site is published from`, problems };
}

/** Whether npm would install a package there. A list of platforms may name those that are meant, or with a ! those that are not. */
function runsOn({ os, cpu }: LockedPackage, machine: { os: string; cpu: string }): boolean {
  return fits(os, machine.os) && fits(cpu, machine.cpu);
}

function fits(wanted: string | string[] | undefined, is: string): boolean {
  const list = wanted === undefined ? [] : [wanted].flat();
  const meant = list.filter((one) => !one.startsWith('!'));
  return !list.includes(`!${is}`) && (meant.length === 0 || meant.includes(is));
}
