/**
 * The open data of this build, as scripts/data/ writes it and the pages name it. The page of the data says how large the files are and what their
 * checksums are: a manifest carries that over.
 */
import { readFileSync } from 'node:fs';
import type { FacetName } from './facets.ts';

/** The folder of the files, below the site's home. */
export const DATA_FOLDER = 'data/';
/** The checksums of all other files in the folder, in the form that `sha256sum -c` reads. */
export const CHECKSUMS_FILE = 'SHA256SUMS';

/** What a file of the folder is; the data page says it in words. */
export type DataFileKind = 'csv' | 'jsonl' | 'parquet' | 'dictionary' | 'removed';
export const DATA_FILES: Readonly<Record<DataFileKind, { name: string; mediaType: string }>> = {
  csv: { name: 'decisions.csv', mediaType: 'text/csv' },
  jsonl: { name: 'decisions.jsonl', mediaType: 'application/jsonl' },
  parquet: { name: 'decisions.parquet', mediaType: 'application/vnd.apache.parquet' },
  dictionary: { name: 'dictionary.json', mediaType: 'application/json' },
  removed: { name: 'removed.csv', mediaType: 'text/csv' },
};

/** A file as it was written. */
export interface DataFile {
  kind: DataFileKind;
  bytes: number;
  sha256: string;
}

export interface OpenData {
  decisions: number;
  cases: number;
  /** Days of the oldest and the newest decision. Missing where no letter has a date. */
  days?: { first: string; last: string };
  /** Decisions without a date: in the tables, not in the feeds. */
  undated: number;
  files: DataFile[];
}

/** Facets whose values have a feed each, beside the value's page; `feedPath` of src/urls.ts is its address. */
export const FEED_FACETS: readonly FacetName[] = ['service', 'guideline', 'specialty'];
/** Decisions that a feed holds at most. */
export const FEED_SIZE = 50;

/** `84 bytes`, `12.3 kB`, `1.2 GB`: decimal, as file managers count. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  let size = bytes / 1000;
  let unit = 0;
  for (; size >= 999.5 && unit < UNITS.length - 1; unit += 1) size /= 1000;
  return `${size < 99.95 ? size.toFixed(1) : size.toFixed(0)} ${UNITS[unit]}`;
}
const UNITS = ['kB', 'MB', 'GB', 'TB'];

/**
 * Addresses of this site's pages and files, given their paths below its home: absolute where the site knows its host, else from the host's root.
 * @param site absolute address of the host
 * @param base path below which the site lies
 */
export function addressing(site: string | undefined, base: string | undefined): (path: string) => string {
  const home = `/${base ?? ''}/`.replace(/\/+/g, '/');
  return (path) => (site ? new URL(home + path, site).href : home + path);
}

/** Whether open data are made for this build. They are not where pages are made alone, as `astro dev` does: then there are no files and no feeds to link to. */
export function hasOpenData(): boolean {
  return Boolean(process.env.IMR_DATA);
}

/** What was written for this build (environment variable IMR_DATA names the manifest). It is there for the page of the data, which is made last. */
export function readOpenData(): OpenData | undefined {
  const manifest = process.env.IMR_DATA;
  if (!manifest) return undefined;
  if (read?.manifest !== manifest) read = { manifest, data: JSON.parse(readFileSync(manifest, 'utf8')) as OpenData };
  return read.data;
}
let read: { manifest: string; data: OpenData } | undefined;
