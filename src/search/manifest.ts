/** Which files the index of a site consists of. All but the manifest have names that change with their content, so they can be cached for ever. */

/** Folder below the site's base that holds the manifest and the files it names. */
export const DATA_FOLDER = 'search-data/';
/** The only file with a fixed name: readers must ask for it anew each time. */
export const MANIFEST_FILE = 'manifest.json';
/** Files are in DATA_FOLDER and gzipped where nothing else is said. */
export interface Manifest {
  format: 2;
  decisions: number;
  cases: number;
  /** The facet table (table.ts). */
  table: string;
  /** The ids of all cases in the order of the table, a line each. Needed only when a case number is searched. */
  caseIds: string;
  /** Words that mean the same (synonyms.ts), as JSON. */
  vocabulary: string;
  /** The words of all decisions (spelling.ts). Needed only for a word that occurs nowhere, and for suggestions. */
  dictionary: string;
  /** Folder of the text index, with a slash at its end: a record a decision, in the order of the table (index/word-index.ts). */
  text: string;
  /** The same for the clinical summaries: a record a case. Read only when a query asks for them. */
  summaries: string;
  /** Words that the text index cuts in another way than our stemmer, with the stem it has: for marking them elsewhere. */
  stems: Readonly<Record<string, string>>;
}
