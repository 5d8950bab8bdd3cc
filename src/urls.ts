/** Addresses of the site's pages. They are a public contract: people cite them. */

/** A name as a part of an address: ASCII letters and digits, lower case, joined by hyphens. Never empty. */
export function slug(name: string): string {
  const ascii = name.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return ascii || `x${[...name].map((character) => character.codePointAt(0)!.toString(16)).join('-')}`;
}

/** A case's id as the last part of its address. Ids are case numbers or safe file names (scripts/import), so only letter case changes. */
export function caseSlug(id: string): string {
  return id.toLowerCase();
}

/** A case's page, below the site's base. */
export function casePath(id: string): string {
  return `cases/${caseSlug(id)}/`;
}

/** What tells one letter of a case from another, in addresses and names of files: the first 8 digits of its SHA-256. */
export function letterMark(sha256: string): string {
  return sha256.slice(0, 8);
}

/** The page of a letter that a newer one of its case has superseded. */
export function supersededPath(caseNumber: string, sha256: string): string {
  return `${casePath(caseNumber)}superseded/${letterMark(sha256)}/`;
}

/** A decision of a case. @param number counted from 1 */
export function decisionPath(id: string, number: number): string {
  return `${casePath(id)}#${decisionAnchor(number)}`;
}

export function decisionAnchor(number: number): string {
  return `decision-${number}`;
}

/** The record of a case as JSON, beside its page. */
export function caseJsonPath(id: string): string {
  return `${casePath(id)}case.json`;
}

/** The feed of a list of decisions, beside its page. @param path of the page, below the site's base; empty for all decisions */
export function feedPath(path: string): string {
  return `${path}feed.atom`;
}

/** The comparison of two decisions, or of one with another that is still to be chosen. A decision is named `CM00-0000117.2`. */
export function comparePath(...decisions: readonly { id: string; number: number }[]): string {
  return `compare/?${decisions.map(({ id, number }, index) => `${'ab'[index]}=${encodeURIComponent(`${id}.${number}`)}`).join('&')}`;
}
