/** Addresses under the base path that this build is for (`/`, or `/imr/` when the site lives in a folder). */
const BASE = import.meta.env.BASE_URL.replace(/\/*$/, '/');

/** A link to one of the site's own pages. @param path below the base, without a leading slash: `cases/`, `` for home */
export function href(path: string): string {
  return BASE + path;
}
