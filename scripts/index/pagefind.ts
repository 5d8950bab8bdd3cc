/** Building the text index. The only module of scripts/ that knows Pagefind. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';
import { readFragment, readPageTable } from '../../src/search/pagefind/files.ts';

/** What the search page does not load: Pagefind's own interfaces, and the index for pages without a language. */
const UNUSED = /^(pagefind-(component-ui|modular-ui|ui|highlight|worker)\.(js|css)|wasm\.unknown\.pagefind)$/;
const PAGE_TABLE = /\.pf_meta$/;

export class TextIndexError extends Error {}

/** One part of a record: its words in the text index count `weight` times. */
export interface IndexedPart {
  name: string;
  weight: number;
  text: string;
}

/**
 * The page that Pagefind reads for one record. Parts become paragraphs, because words of neighbouring inline elements are glued into one.
 * An empty paragraph with the part's name before each but the first makes Pagefind note where the part begins. The first is kept as a
 * field of its own, named for the part. Letters are untrusted: all text is escaped.
 */
export function recordPage(parts: readonly IndexedPart[]): string {
  const paragraphs = parts.map(({ name, weight, text }, index) => {
    const start = index === 0 ? '' : `<p id="${escapeHtml(name)}"></p>`;
    const field = index === 0 ? ` data-pagefind-meta="${escapeHtml(name)}"` : '';
    return `${start}<p data-pagefind-weight="${weight}"${field}>${escapeHtml(text)}</p>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body><main data-pagefind-body>${paragraphs.join('\n')}</main></body></html>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export interface WrittenTextIndex {
  /** Of each page, by its place below the folder: its number in the index's page table. */
  pages: ReadonlyMap<string, number>;
  version: string;
  /** Name of the file. */
  pageTable: string;
}

/**
 * Indexes a folder of record pages. Identical pages at identical places give identical files.
 * @throws TextIndexError with what Pagefind complained of: it returns its errors instead of throwing them
 */
export async function writeTextIndex(pagesFolder: string, targetFolder: string): Promise<WrittenTextIndex> {
  await rm(targetFolder, { recursive: true, force: true });
  const created = await createIndex({ forceLanguage: 'en' });
  check('start', created.errors);
  const { index } = created;
  if (!index) throw new TextIndexError('Pagefind could not start: it gave no index');
  try {
    check('read the decisions', (await index.addDirectory({ path: pagesFolder })).errors);
    check('write the index', (await index.writeFiles({ outputPath: targetFolder })).errors);
  } finally {
    await close();
  }
  for (const name of await readdir(targetFolder)) if (UNUSED.test(name)) await rm(join(targetFolder, name));
  const { version } = JSON.parse(await readFile(join(targetFolder, 'pagefind-entry.json'), 'utf8')) as { version: string };
  const pageTable = (await readdir(targetFolder)).find((name) => PAGE_TABLE.test(name));
  // Without a single record Pagefind writes no table.
  return { pages: pageTable ? await readPages(targetFolder, pageTable) : new Map(), version, pageTable: pageTable ?? '' };
}

async function readPages(folder: string, pageTable: string): Promise<Map<string, number>> {
  const unpack = async (file: string): Promise<Uint8Array> => gunzipSync(await readFile(join(folder, file)));
  const pages = new Map<string, number>();
  for (const [page, name] of readPageTable(await unpack(pageTable)).entries()) {
    const { url } = readFragment(await unpack(join('fragment', `${name}.pf_fragment`)));
    pages.set(url.replace(/^\//, ''), page);
  }
  return pages;
}

function check(what: string, errors: readonly string[]): void {
  if (errors.length > 0) throw new TextIndexError(`Pagefind could not ${what}: ${errors.join('; ')}`);
}
