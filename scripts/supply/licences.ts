/** Licences of all packages, and stricter for those whose code ends in the reader's browser. */
import { count } from '../../src/words.ts';
import { covers } from './allowed.ts';
import type { Allowed } from './allowed.ts';
import type { Checked } from './checked.ts';
import { lockedPackages } from './lockfile.ts';
import type { Lockfile, Manifest } from './lockfile.ts';

/**
 * @param installed by place; where a package is not installed, being for another platform, the lockfile says its licence
 * @param inBrowser packages that the pages' scripts import
 */
export function checkLicences(
  lock: Lockfile,
  installed: ReadonlyMap<string, Manifest>,
  inBrowser: readonly string[],
  allowed: Pick<Allowed, 'licences' | 'otherLicences' | 'unnamedLicences' | 'published'>,
): Checked {
  const { licences, otherLicences, unnamedLicences, published } = allowed;
  const problems: string[] = [];
  const needed = new Set<string>();
  /** The entries that hold for a package; both lists are of one form. */
  const entryFor = (list: typeof otherLicences, name: string) => {
    const entry = list.find(({ packages }) => packages.some((pattern) => covers(pattern, name)));
    for (const pattern of entry?.packages ?? []) if (covers(pattern, name)) needed.add(pattern);
    return entry;
  };
  const all = lockedPackages(lock);
  const byLicence = new Map<string, string>();
  let byName = 0;
  for (const { place, name, locked } of all) {
    const here = installed.get(place);
    if (!here && !locked.optional) problems.push(`node_modules: ${name} is not installed. Run \`npm ci\`.`);
    else if (here && here.version !== locked.version) problems.push(`node_modules: ${name} is ${here.version}, package-lock.json has ${locked.version}. Run \`npm ci\`.`);
    const licence = declaredLicence(here) ?? declaredLicence(locked) ?? entryFor(unnamedLicences, name)?.licence;
    if (licence === undefined) {
      problems.push(`${name} ${locked.version} names no licence. Look for it in its source, and name it in scripts/supply/allowed.yaml, unnamedLicences.`);
      continue;
    }
    byLicence.set(name, licence);
    if (isAllowed(licence, licences)) continue;
    byName += 1;
    if (entryFor(otherLicences.filter((one) => one.licence === licence), name) === undefined) {
      problems.push(`${name} ${locked.version} has the licence ${licence}. Use another package, or say in scripts/supply/allowed.yaml, otherLicences, why this is right.`);
    }
  }
  for (const [list, entries] of Object.entries({ otherLicences, unnamedLicences })) {
    for (const pattern of entries.flatMap(({ packages }) => packages)) if (!needed.has(pattern)) problems.push(`scripts/supply/allowed.yaml, ${list}: ${pattern} needs no entry any more. Remove it.`);
  }
  for (const name of inBrowser) {
    if (!published.packages.includes(name)) problems.push(`${name} is imported by a script that a reader’s browser runs. See its size and licence, and name it in scripts/supply/allowed.yaml, published.`);
  }
  for (const name of published.packages) if (!inBrowser.includes(name)) problems.push(`scripts/supply/allowed.yaml, published: no page’s script imports ${name} any more. Remove it.`);
  const inPages = [...published.packages, ...published.addedByBuild];
  for (const name of inPages) {
    const licence = byLicence.get(name);
    if (licence === undefined) problems.push(`scripts/supply/allowed.yaml, published: ${name} is not in package-lock.json.`);
    else if (!isAllowed(licence, published.licences)) problems.push(`${name} is published with the pages and has the licence ${licence}. Use a package under one of ${published.licences.join(', ')}.`);
  }
  const pages = inPages.map((name) => `${name} (${byLicence.get(name) ?? 'unknown'})`).join(', ');
  return { says: `${count(all.length, 'package')}: ${all.length - byName} under free licences that ask for a notice at most, ${byName} named with a reason; in the reader’s browser: ${pages}`, problems };
}

/** @returns an SPDX expression; undefined where there is none. Old packages have an object or a list of objects, which leaves the choice. */
function declaredLicence(manifest: Manifest | undefined): string | undefined {
  const declared = manifest?.license ?? manifest?.licenses;
  const texts = [declared].flat().map((one) => (typeof one === 'object' && one !== null && 'type' in one ? one.type : one));
  return texts.length > 0 && texts.every((one) => typeof one === 'string' && one !== '') ? texts.join(' OR ') : undefined;
}

/** @param expression SPDX: identifiers, AND, OR, parentheses; of a choice one suffices. Anything else is not allowed. */
export function isAllowed(expression: string, licences: readonly string[]): boolean {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const one = (): boolean => {
    const token = tokens[at++] ?? '';
    if (token !== '(') return licences.includes(token);
    const inside = either();
    return tokens[at++] === ')' && inside;
  };
  const both = (): boolean => {
    let result = one();
    while (tokens[at] === 'AND') {
      at += 1;
      result = one() && result;
    }
    return result;
  };
  const either = (): boolean => {
    let result = both();
    while (tokens[at] === 'OR') {
      at += 1;
      result = both() || result;
    }
    return result;
  };
  const result = either();
  return result && at === tokens.length;
}
