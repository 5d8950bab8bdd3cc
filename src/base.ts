/** Addresses under the base path that this build is for (`/`, or `/imr/` when the site lives in a folder). */
const BASE = import.meta.env.BASE_URL.replace(/\/*$/, '/');

/** A link to one of the site's own pages. @param path below the base, without a leading slash: `cases/`, `` for home */
export function href(path: string): string {
  return BASE + path;
}

/** The same with the host in front, where the site knows its own. @param site as Astro.site */
export function fullHref(path: string, site: URL | undefined): string {
  return site ? new URL(href(path), site).href : href(path);
}
