/** Under what name the browser's storage has the research folder. @param base path of the site's home: several sites may share a host, and each has its own cases */
export function folderKey(base: string): string {
  return `imr-search:research:${base}`;
}
