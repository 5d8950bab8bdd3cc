/** The search index of a built site: a text index of all decisions, and the facet table beside it. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { DATA_FOLDER, MANIFEST_FILE, SUMMARY_FOLDER, TEXT_FOLDER } from '../../src/search/manifest.ts';
import type { Manifest } from '../../src/search/manifest.ts';
import { compareRows, encodeTable } from '../../src/search/table.ts';
import type { TableRow } from '../../src/search/table.ts';
import { encodeDictionary } from '../../src/search/spelling.ts';
import { vocabularyWords } from '../../src/search/synonyms.ts';
import { SUMMARY_PART, TEXT_PARTS, summaryAddress, textAddress } from '../../src/search/text-record.ts';
import { TextIndexError, recordPage, writeTextIndex } from './pagefind.ts';
import type { WrittenTextIndex } from './pagefind.ts';
import { searchVocabulary } from './vocabulary.ts';

/** A row of the facet table whose text is not indexed yet. */
type PendingRow = Omit<TableRow, 'textPage'>;

/**
 * Builds the search index into a site's folder: `pagefind/`, `pagefind-summaries/` and `search-data/`, which are replaced. The same determinations give the same bytes.
 * @param onProgress called with the number of cases read and of all
 * @throws DeterminationError for a damaged determination, TextIndexError when Pagefind fails
 */
export async function buildSearchIndex(options: { contentFolder: string; siteFolder: string; onProgress?: (done: number, of: number) => void }): Promise<{ decisions: number }> {
  const siteFolder = resolve(options.siteFolder);
  await mkdir(siteFolder, { recursive: true });
  // Beside the site and not in the system's folder for temporary files, which may be small and in memory.
  const pagesFolder = await mkdtemp(join(dirname(siteFolder), `${basename(siteFolder)}-search-records-`));
  const decisionsFolder = join(pagesFolder, 'decisions');
  const summariesFolder = join(pagesFolder, 'summaries');
  try {
    const pending = await writeRecordPages(options.contentFolder, { decisionsFolder, summariesFolder }, options.onProgress);
    const text = await writeTextIndex(decisionsFolder, join(siteFolder, TEXT_FOLDER));
    const summaries = await writeTextIndex(summariesFolder, join(siteFolder, SUMMARY_FOLDER));
    const rows = pending.map((row): TableRow => ({ ...row, textPage: pageOf(text, textAddress(row.caseId, row.number)) })).sort(compareRows);
    await writeData(join(siteFolder, DATA_FOLDER), rows, text, summaries);
    return { decisions: rows.length };
  } finally {
    await rm(pagesFolder, { recursive: true, force: true });
  }
}

async function writeRecordPages(contentFolder: string, folders: { decisionsFolder: string; summariesFolder: string }, onProgress?: (done: number, of: number) => void): Promise<PendingRow[]> {
  await mkdir(folders.decisionsFolder);
  await mkdir(folders.summariesFolder);
  const files = await listDeterminationFiles(contentFolder);
  const rows: PendingRow[] = [];
  for (const [index, file] of files.entries()) {
    const record = await readDetermination(contentFolder, file);
    await mkdir(join(folders.decisionsFolder, record.id));
    await writeFile(join(folders.summariesFolder, summaryAddress(record.id)), recordPage([{ ...SUMMARY_PART, text: record.clinicalSummary.join(' ') }]));
    for (const [place, decision] of record.decisions.entries()) {
      const number = place + 1;
      const page = recordPage(TEXT_PARTS.map(({ name, tag, text }) => ({ name, tag, text: text(decision, record) })));
      await writeFile(join(folders.decisionsFolder, textAddress(record.id, number)), page);
      rows.push({ caseId: record.id, number, decisionDate: record.decisionDate, values: leafValues(record, place) });
    }
    onProgress?.(index + 1, files.length);
  }
  return rows;
}

function leafValues(record: Determination, place: number): Record<FacetName, string[]> {
  return Object.fromEntries(FACETS.map((facet) => [facet.name, facet.values(record, record.decisions[place]!)])) as Record<FacetName, string[]>;
}

function pageOf({ pages }: WrittenTextIndex, address: string): number {
  const page = pages.get(address);
  if (page === undefined) throw new TextIndexError(`${address} is not in the text index`);
  return page;
}

async function writeData(folder: string, rows: readonly TableRow[], text: WrittenTextIndex, summaries: WrittenTextIndex): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const caseIds = rows.map((row) => row.caseId).filter((id, index, all) => id !== all[index - 1]);
  const vocabulary = searchVocabulary(text.words);
  const encoded = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
  const manifest: Manifest = {
    format: 2,
    decisions: rows.length,
    cases: caseIds.length,
    table: await writeHashed(folder, 'table', encodeTable(rows)),
    caseIds: await writeHashed(folder, 'cases', encoded(caseIds.join('\n'))),
    vocabulary: await writeHashed(folder, 'vocabulary', encoded(vocabulary)),
    dictionary: await writeHashed(folder, 'dictionary', encodeDictionary(text.words, vocabularyWords(vocabulary))),
    text: { pageTable: text.pageTable, stems: text.stems },
    summaries: { pageTable: summaries.pageTable, stems: summaries.stems, pages: await writeHashed(folder, 'summaries', encoded(caseIds.map((id) => pageOf(summaries, summaryAddress(id))))) },
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
