/** Building the text index. The only module of scripts/ that knows Pagefind; the files it writes are those of version 1.6. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';

const SIGNATURE = 'pagefind_dcd';
/** What the search page does not load: Pagefind's own interfaces, and the index for pages without a language. */
const UNUSED = /^(pagefind-(component-ui|modular-ui|ui|highlight)\.(js|css)|wasm\.unknown\.pagefind)$/;

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

/**
 * Indexes a folder of record pages. Identical pages at identical places give identical files.
 * @returns of each page, by its place below the folder, the name that the index gave it; and the index's version
 * @throws TextIndexError with what Pagefind complained of: it returns its errors instead of throwing them
 */
export async function writeTextIndex(pagesFolder: string, targetFolder: string): Promise<{ ids: Map<string, string>; version: string }> {
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
  const entry = JSON.parse(await readFile(join(targetFolder, 'pagefind-entry.json'), 'utf8')) as { version: string };
  return { ids: await readIds(join(targetFolder, 'fragment')), version: entry.version };
}

async function readIds(folder: string): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const name of await readdir(folder).catch(() => [])) {
    const text = gunzipSync(await readFile(join(folder, name))).toString('utf8');
    if (!text.startsWith(SIGNATURE)) throw new TextIndexError(`${name} is not a fragment as Pagefind 1.6 writes them. Was Pagefind updated?`);
    const { url } = JSON.parse(text.slice(SIGNATURE.length)) as { url: string };
    ids.set(url.replace(/^\//, ''), name.slice(0, name.lastIndexOf('.')));
  }
  return ids;
}

function check(what: string, errors: readonly string[]): void {
  if (errors.length > 0) throw new TextIndexError(`Pagefind could not ${what}: ${errors.join('; ')}`);
}
