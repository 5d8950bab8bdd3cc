/** The search index of a built site: words and texts of all decisions, and the facet table beside them. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { HEAD_FILE, recordFile, wordsFile } from '../../src/search/index/word-index.ts';
import type { TextIndexHead } from '../../src/search/index/word-index.ts';
import { encodeWords } from '../../src/search/index/word-file.ts';
import type { WordEntry } from '../../src/search/index/word-file.ts';
import { DATA_FOLDER, MANIFEST_FILE } from '../../src/search/manifest.ts';
import type { Manifest } from '../../src/search/manifest.ts';
import { encodeDictionary } from '../../src/search/spelling.ts';
import { vocabularyWords } from '../../src/search/synonyms.ts';
import { compareRows, encodeTable } from '../../src/search/table.ts';
import type { TableRow } from '../../src/search/table.ts';
import { SUMMARY_PART, TEXT_PARTS, encodeRecord, summaryAddress, textAddress } from '../../src/search/text-record.ts';
import { conceptEntries } from './concepts.ts';
import { TextIndexError, cutTexts, recordPage } from './pagefind.ts';
import type { CutText, CutTexts } from './pagefind.ts';
import { searchVocabulary } from './vocabulary.ts';

/** Bytes of a piece of the word index before gzip, about: small enough for a telephone, large enough for gzip. A frequent word is larger alone. */
const PIECE_SIZE = 24_000;

/**
 * Builds the search index into a site's folder: `search-data/`, which is replaced. The same determinations give the same bytes.
 * @param onProgress called with the number of cases read and of all
 * @throws DeterminationError for a damaged determination, TextIndexError when Pagefind fails
 */
export async function buildSearchIndex(options: { contentFolder: string; siteFolder: string; onProgress?: (done: number, of: number) => void }): Promise<{ decisions: number }> {
  const siteFolder = resolve(options.siteFolder);
  await mkdir(siteFolder, { recursive: true });
  // Beside the site and not in the system's folder for temporary files, which may be small and in memory.
  const scratch = await mkdtemp(join(dirname(siteFolder), `${basename(siteFolder)}-search-records-`));
  try {
    const folders = { decisions: join(scratch, 'decisions'), summaries: join(scratch, 'summaries') };
    const rows = (await writeRecordPages(options.contentFolder, folders, options.onProgress)).sort(compareRows);
    const caseIds = rows.map((row) => row.caseId).filter((id, index, all) => id !== all[index - 1]);
    const decisionNumbers = new Map(rows.map(({ caseId, number }, index) => [textAddress(caseId, number), index]));
    const caseNumbers = new Map(caseIds.map((id, index) => [summaryAddress(id), index]));

    const texts = new TextFolder(join(scratch, 'text'));
    await texts.make();
    const cut = await cutTexts(folders.decisions, join(scratch, 'pagefind'), numberIn(decisionNumbers), (text) => texts.write(recordFile(text.record), toRecord(text, rows[text.record]!)));
    const vocabulary = searchVocabulary(cut.counts);
    await texts.writeWords(rows.length, cut, await conceptEntries(vocabulary, cut.words, cut.stems));
    const summaries = new TextFolder(join(scratch, 'summary-text'));
    await summaries.make();
    const cutSummaries = await cutTexts(folders.summaries, join(scratch, 'pagefind-summaries'), numberIn(caseNumbers), () => undefined);
    await summaries.writeWords(caseIds.length, cutSummaries, []);

    const data = join(siteFolder, DATA_FOLDER);
    await rm(data, { recursive: true, force: true });
    await mkdir(data, { recursive: true });
    const manifest: Manifest = {
      format: 2,
      decisions: rows.length,
      cases: caseIds.length,
      table: await writeHashed(data, 'table', encodeTable(rows)),
      caseIds: await writeHashed(data, 'cases', encoded(caseIds.join('\n'))),
      vocabulary: await writeHashed(data, 'vocabulary', encoded(JSON.stringify(vocabulary))),
      dictionary: await writeHashed(data, 'dictionary', encodeDictionary(cut.counts, vocabularyWords(vocabulary))),
      text: await texts.moveTo(data, 'text'),
      summaries: await summaries.moveTo(data, 'summaries'),
      stems: cut.stems,
    };
    await writeFile(join(data, MANIFEST_FILE), `${JSON.stringify(manifest)}\n`);
    return { decisions: rows.length };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function writeRecordPages(contentFolder: string, folders: { decisions: string; summaries: string }, onProgress?: (done: number, of: number) => void): Promise<TableRow[]> {
  await mkdir(folders.decisions);
  await mkdir(folders.summaries);
  const files = await listDeterminationFiles(contentFolder);
  const rows: TableRow[] = [];
  for (const [index, file] of files.entries()) {
    const record = await readDetermination(contentFolder, file);
    await mkdir(join(folders.decisions, record.id));
    await writeFile(join(folders.summaries, summaryAddress(record.id)), recordPage([{ ...SUMMARY_PART, text: record.clinicalSummary.join(' ') }]));
    for (const [place, decision] of record.decisions.entries()) {
      const number = place + 1;
      const page = recordPage(TEXT_PARTS.map(({ name, tag, text }) => ({ name, tag, text: text(decision, record) })));
      await writeFile(join(folders.decisions, textAddress(record.id, number)), page);
      rows.push({ caseId: record.id, number, decisionDate: record.decisionDate, values: leafValues(record, place) });
    }
    onProgress?.(index + 1, files.length);
  }
  return rows;
}

function leafValues(record: Determination, place: number): Record<FacetName, string[]> {
  return Object.fromEntries(FACETS.map((facet) => [facet.name, facet.values(record, record.decisions[place]!)])) as Record<FacetName, string[]>;
}

function numberIn(numbers: ReadonlyMap<string, number>): (address: string) => number {
  return (address) => {
    const number = numbers.get(address);
    if (number === undefined) throw new TextIndexError(`Pagefind gave a record ${address} that was not asked for`);
    return number;
  };
}

function toRecord({ words, firstPart, starts }: CutText, { caseId, number }: TableRow): Uint8Array {
  const ends = TEXT_PARTS.map((_part, index) => (TEXT_PARTS[index + 1] ? (starts.get(TEXT_PARTS[index + 1]!.name) ?? words.length) : words.length));
  const parts = new Map(TEXT_PARTS.map(({ name }, index) => [name, [index === 0 ? 0 : ends[index - 1]!, ends[index]!] as const]));
  return encodeRecord({ caseId, number, request: firstPart, words, parts });
}

/** A text index's folder, whose name changes with its content. */
class TextFolder {
  readonly #folder: string;
  readonly #hashes: [name: string, hash: string][] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  async make(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.#hashes.push([name, createHash('sha256').update(bytes).digest('hex')]);
    await writeFile(join(this.#folder, name), gzipSync(bytes, { level: 9 }));
  }

  async writeWords(records: number, { words, stems }: CutTexts, concepts: readonly WordEntry[]): Promise<void> {
    const entries = [...[...words].map(([word, hits]): WordEntry => ({ word, hits, also: [] })), ...concepts].sort((a, b) => (a.word < b.word ? -1 : 1));
    const firsts: string[] = [];
    let piece: WordEntry[] = [];
    let size = 0;
    const close = async (): Promise<void> => {
      if (piece.length === 0) return;
      await this.write(wordsFile(firsts.length), encodeWords(piece));
      firsts.push(piece[0]!.word);
      [piece, size] = [[], 0];
    };
    for (const entry of entries) {
      const bytes = 2 * (entry.hits.pages.length + entry.hits.spots.length);
      if (size + bytes > PIECE_SIZE) await close();
      piece.push(entry);
      size += bytes + entry.word.length;
    }
    await close();
    const head: TextIndexHead = { records, firsts, stems };
    await this.write(HEAD_FILE, encoded(JSON.stringify(head)));
  }

  /** @returns its name there, with a slash at its end */
  async moveTo(target: string, name: string): Promise<string> {
    const hash = createHash('sha256').update(JSON.stringify(this.#hashes.sort(([a], [b]) => (a < b ? -1 : 1)))).digest('hex').slice(0, 12);
    await rename(this.#folder, join(target, `${name}-${hash}`));
    return `${name}-${hash}/`;
  }
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Gzips and writes a file whose name changes with its content. @returns its name */
async function writeHashed(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const file = `${name}-${hash}.bin`;
  await writeFile(join(folder, file), gzipSync(bytes, { level: 9 }));
  return file;
}
