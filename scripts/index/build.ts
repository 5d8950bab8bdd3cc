/** The search index of a built site: a text index of all decisions, and the facet table beside it. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { DATA_FOLDER, MANIFEST_FILE, TEXT_FOLDER } from '../../src/search/manifest.ts';
import type { Manifest } from '../../src/search/manifest.ts';
import { compareRows, encodeTable } from '../../src/search/table.ts';
import type { TableRow } from '../../src/search/table.ts';
import { TEXT_PARTS, textAddress } from '../../src/search/text-record.ts';
import { TextIndexError, recordPage, writeTextIndex } from './pagefind.ts';
import type { WrittenTextIndex } from './pagefind.ts';

/** A row of the facet table whose text is not indexed yet. */
type PendingRow = Omit<TableRow, 'textPage'>;

/**
 * Builds the search index into a site's folder: `pagefind/` and `search-data/`, which are replaced. The same determinations give the same bytes.
 * @param onProgress called with the number of cases read and of all
 * @throws DeterminationError for a damaged determination, TextIndexError when Pagefind fails
 */
export async function buildSearchIndex(options: { contentFolder: string; siteFolder: string; onProgress?: (done: number, of: number) => void }): Promise<{ decisions: number }> {
  const siteFolder = resolve(options.siteFolder);
  await mkdir(siteFolder, { recursive: true });
  // Beside the site and not in the system's folder for temporary files, which may be small and in memory.
  const pagesFolder = await mkdtemp(join(dirname(siteFolder), `${basename(siteFolder)}-search-records-`));
  try {
    const pending = await writeRecordPages(options.contentFolder, pagesFolder, options.onProgress);
    const text = await writeTextIndex(pagesFolder, join(siteFolder, TEXT_FOLDER));
    const rows = pending.map((row): TableRow => ({ ...row, textPage: textPage(text, row) })).sort(compareRows);
    await writeData(join(siteFolder, DATA_FOLDER), rows, text);
    return { decisions: rows.length };
  } finally {
    await rm(pagesFolder, { recursive: true, force: true });
  }
}

async function writeRecordPages(contentFolder: string, pagesFolder: string, onProgress?: (done: number, of: number) => void): Promise<PendingRow[]> {
  const files = await listDeterminationFiles(contentFolder);
  const rows: PendingRow[] = [];
  for (const [index, file] of files.entries()) {
    const record = await readDetermination(contentFolder, file);
    await mkdir(join(pagesFolder, record.id));
    for (const [place, decision] of record.decisions.entries()) {
      const number = place + 1;
      const page = recordPage(TEXT_PARTS.map(({ name, weight, text }) => ({ name, weight, text: text(decision, record) })));
      await writeFile(join(pagesFolder, textAddress(record.id, number)), page);
      rows.push({ caseId: record.id, number, decisionDate: record.decisionDate, values: leafValues(record, place) });
    }
    onProgress?.(index + 1, files.length);
  }
  return rows;
}

function leafValues(record: Determination, place: number): Record<FacetName, string[]> {
  return Object.fromEntries(FACETS.map((facet) => [facet.name, facet.values(record, record.decisions[place]!)])) as Record<FacetName, string[]>;
}

function textPage({ pages }: WrittenTextIndex, { caseId, number }: PendingRow): number {
  const page = pages.get(textAddress(caseId, number));
  if (page === undefined) throw new TextIndexError(`decision ${number} of ${caseId} is not in the text index`);
  return page;
}

async function writeData(folder: string, rows: readonly TableRow[], { version, pageTable }: WrittenTextIndex): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const caseIds = rows.map((row) => row.caseId).filter((id, index, all) => id !== all[index - 1]);
  const manifest: Manifest = {
    format: 1,
    decisions: rows.length,
    cases: caseIds.length,
    table: await writeHashed(folder, 'table', encodeTable(rows)),
    caseIds: await writeHashed(folder, 'cases', new TextEncoder().encode(caseIds.join('\n'))),
    textVersion: version,
    textPageTable: pageTable,
  };
  await writeFile(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest)}\n`);
}

/** Gzips and writes a file whose name changes with its content. @returns its name */
async function writeHashed(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const file = `${name}-${hash}.bin`;
  await writeFile(join(folder, file), gzipSync(bytes, { level: 9 }));
  return file;
}
