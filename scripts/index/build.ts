/** The search index of a built site: words and texts of all decisions, and the facet table beside them. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
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
import { TEXT_PARTS, encodeRecord } from '../../src/search/text-record.ts';
import { conceptEntries } from './concepts.ts';
import { cutWords } from './pagefind.ts';
import { PrintedWords, indexWords } from './texts.ts';
import type { IndexedWords, Text } from './texts.ts';
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
    const printed = new PrintedWords();
    const { rows, summaries } = await readTexts(options.contentFolder, printed, options.onProgress);
    rows.sort((a, b) => compareRows(a.row, b.row));
    const table = rows.map(({ row }) => row);
    const caseIds = table.map((row) => row.caseId).filter((id, index, all) => id !== all[index - 1]);
    const cut = await cutWords(printed.words, join(scratch, 'words'));

    const texts = await TextFolder.make(join(scratch, 'text'));
    rows.forEach(({ row, request, text }, record) => texts.write(recordFile(record), toRecord(row, request, text, printed)));
    const indexed = indexWords(rows.map(({ text }) => text), printed.words, cut);
    const vocabulary = searchVocabulary(indexed.counts);
    texts.writeWords(rows.length, indexed, await conceptEntries(vocabulary, indexed.words, indexed.stems));
    const summaryTexts = await TextFolder.make(join(scratch, 'summary-text'));
    summaryTexts.writeWords(caseIds.length, indexWords(caseIds.map((id) => summaries.get(id)!), printed.words, cut), []);

    const data = join(siteFolder, DATA_FOLDER);
    await rm(data, { recursive: true, force: true });
    await mkdir(data, { recursive: true });
    const manifest: Manifest = {
      format: 2,
      decisions: rows.length,
      cases: caseIds.length,
      table: writeHashed(data, 'table', encodeTable(table)),
      caseIds: writeHashed(data, 'cases', encoded(caseIds.join('\n'))),
      vocabulary: writeHashed(data, 'vocabulary', encoded(JSON.stringify(vocabulary))),
      dictionary: writeHashed(data, 'dictionary', encodeDictionary(indexed.counts, vocabularyWords(vocabulary))),
      text: await texts.moveTo(data, 'text'),
      summaries: await summaryTexts.moveTo(data, 'summaries'),
      stems: indexed.stems,
    };
    await writeFile(join(data, MANIFEST_FILE), `${JSON.stringify(manifest)}\n`);
    return { decisions: rows.length };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface DecisionText {
  row: TableRow;
  request: string;
  /** Of TEXT_PARTS. */
  text: Text;
}

/**
 * The case's clinical summary is the same for all decisions of a case: with it a search for lumbar MRI would find the opioids refused in a case
 * that also had an MRI. It is searched only when it is asked for (`summary:`), in an index of its own with a record a case.
 * @returns decisions in the order of the files; of each case its clinical summary
 */
async function readTexts(contentFolder: string, printed: PrintedWords, onProgress?: (done: number, of: number) => void): Promise<{ rows: DecisionText[]; summaries: Map<string, Text> }> {
  const files = await listDeterminationFiles(contentFolder);
  const rows: DecisionText[] = [];
  const summaries = new Map<string, Text>();
  for (const [index, file] of files.entries()) {
    const record = await readDetermination(contentFolder, file);
    summaries.set(record.id, printed.text([record.clinicalSummary.join(' ')]));
    for (const [place, decision] of record.decisions.entries()) {
      const row = { caseId: record.id, number: place + 1, decisionDate: record.decisionDate, values: leafValues(record, place) };
      rows.push({ row, request: decision.request, text: printed.text(TEXT_PARTS.map(({ text }) => text(decision, record))) });
    }
    onProgress?.(index + 1, files.length);
  }
  return { rows, summaries };
}

function leafValues(record: Determination, place: number): Record<FacetName, string[]> {
  return Object.fromEntries(FACETS.map((facet) => [facet.name, facet.values(record, record.decisions[place]!)])) as Record<FacetName, string[]>;
}

function toRecord({ caseId, number }: TableRow, request: string, text: Text, printed: PrintedWords): Uint8Array {
  const parts = new Map(TEXT_PARTS.map(({ name }, index) => [name, [index === 0 ? 0 : text.ends[index - 1]!, text.ends[index]!] as const]));
  return encodeRecord({ caseId, number, request, words: printed.printed(text), parts });
}

/** A text index's folder, whose name changes with its content. */
class TextFolder {
  readonly #folder: string;
  readonly #hashes: [name: string, hash: string][] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(folder: string): Promise<TextFolder> {
    await mkdir(folder, { recursive: true });
    return new TextFolder(folder);
  }

  write(name: string, bytes: Uint8Array): void {
    this.#hashes.push([name, createHash('sha256').update(bytes).digest('hex')]);
    writePacked(join(this.#folder, name), bytes);
  }

  writeWords(records: number, { words, stems }: IndexedWords, concepts: readonly WordEntry[]): void {
    const entries = [...[...words].map(([word, hits]): WordEntry => ({ word, hits, also: [] })), ...concepts].sort((a, b) => (a.word < b.word ? -1 : 1));
    const firsts: string[] = [];
    let piece: WordEntry[] = [];
    let size = 0;
    const close = (): void => {
      if (piece.length === 0) return;
      this.write(wordsFile(firsts.length), encodeWords(piece));
      firsts.push(piece[0]!.word);
      [piece, size] = [[], 0];
    };
    for (const entry of entries) {
      const bytes = 2 * (entry.hits.pages.length + entry.hits.spots.length);
      if (size + bytes > PIECE_SIZE) close();
      piece.push(entry);
      size += bytes + entry.word.length;
    }
    close();
    const head: TextIndexHead = { records, firsts, stems };
    this.write(HEAD_FILE, encoded(JSON.stringify(head)));
  }

  /** @returns its name there, with a slash at its end */
  async moveTo(target: string, name: string): Promise<string> {
    const hash = createHash('sha256').update(JSON.stringify(this.#hashes.sort(([a], [b]) => (a < b ? -1 : 1)))).digest('hex').slice(0, 12);
    await rename(this.#folder, join(target, `${name}-${hash}`));
    return `${name}-${hash}/`;
  }
}

/** 9 takes four times as long and saves half a per cent. */
const LEVEL = { level: 7 };

/** One after the other and without promises: of thousands of small files these would take most of the time. */
function writePacked(path: string, bytes: Uint8Array): void {
  writeFileSync(path, gzipSync(bytes, LEVEL));
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Gzips and writes a file whose name changes with its content. @returns its name */
function writeHashed(folder: string, name: string, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const file = `${name}-${hash}.bin`;
  writePacked(join(folder, file), bytes);
  return file;
}
