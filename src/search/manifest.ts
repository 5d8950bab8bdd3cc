/** Which files the index of a site consists of. All but the manifest have names that change with their content, so they can be cached for ever. */

/** Folder below the site's base that holds the manifest and the files it names. */
export const DATA_FOLDER = 'search-data/';
/** The only file with a fixed name: readers must ask for it anew each time. */
export const MANIFEST_FILE = 'manifest.json';
/** Folder below the site's base with the text index. */
export const TEXT_FOLDER = 'pagefind/';

export interface Manifest {
  format: 1;
  decisions: number;
  cases: number;
  /** The facet table (table.ts). */
  table: string;
  /** The ids of all cases in the order of the table, a line each, gzipped. Needed only when a case number is searched. */
  caseIds: string;
  /** Of the text index; part of the address of its script, whose name is fixed. */
  textVersion: string;
  /** The text index's page table, in TEXT_FOLDER. */
  textPageTable: string;
}
