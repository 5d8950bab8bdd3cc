/** What search engines are asked to do, for the server's robots.txt (RFC 9309). */

/** @param sitemap absolute address, where there is one */
export function robotsText({ indexable, sitemap }: { indexable: boolean; sitemap?: string | undefined }): string {
  if (!indexable) return '# Letters are about people: until the publisher decides otherwise, search engines stay out (src/site.ts, indexable).\nUser-agent: *\nDisallow: /\n';
  return `User-agent: *\nDisallow:\n${sitemap === undefined ? '' : `\nSitemap: ${sitemap}\n`}`;
}
