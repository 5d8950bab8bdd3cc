/** Programs that packages would run when they are installed: none runs. */
import { count } from '../../src/words.ts';
import type { Allowed } from './allowed.ts';
import type { Checked } from './checked.ts';
import { lockedPackages } from './lockfile.ts';
import type { Lockfile, Manifest } from './lockfile.ts';

const AT_INSTALL = ['preinstall', 'install', 'postinstall'];

/**
 * @param npmrc the text of the project's .npmrc
 * @param installed by place; packages for other platforms are not installed, of these the lockfile says it
 */
export function checkInstallScripts(
  npmrc: string,
  manifest: Manifest,
  lock: Lockfile,
  installed: ReadonlyMap<string, Manifest>,
  { installScripts }: Pick<Allowed, 'installScripts'>,
): Checked {
  const problems: string[] = [];
  if (!/^ignore-scripts *= *true$/m.test(npmrc)) problems.push('.npmrc lets packages run programs when they are installed. Write the line ignore-scripts=true.');
  const scripts = Object.keys(manifest.scripts ?? {});
  for (const name of scripts) {
    const main = /^(?:pre|post)(.+)$/.exec(name)?.[1];
    // With ignore-scripts npm leaves these out without a word.
    if (name === 'prepare' || AT_INSTALL.includes(name) || (main !== undefined && scripts.includes(main))) {
      problems.push(`package.json, scripts: ${name} never runs, because .npmrc stops it. Call it from a script that is run by its name.`);
    }
  }
  const all = lockedPackages(lock);
  const wanting = new Set<string>();
  for (const { place, name, locked } of all) {
    if (locked.hasInstallScript || AT_INSTALL.some((script) => installed.get(place)?.scripts?.[script] !== undefined)) wanting.add(name);
  }
  for (const name of wanting) {
    if (!installScripts.some((one) => one.package === name)) {
      problems.push(`${name} would run a program when it is installed. See what it does and whether it is needed, and say so in scripts/supply/allowed.yaml, installScripts.`);
    }
  }
  for (const { package: name } of installScripts) if (!wanting.has(name)) problems.push(`scripts/supply/allowed.yaml, installScripts: ${name} has no such program any more. Remove its entry.`);
  return { says: `${count(all.length, 'package')}: ${wanting.size} would run a program when installed (${[...wanting].sort().join(', ') || 'none'}), none does`, problems };
}
