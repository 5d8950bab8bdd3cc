/** The search index of a built site: words and texts of all decisions, and the facet table beside them. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parsedHash } from '../../src/determinations/parsed.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { leafValues } from '../../src/facet-values.ts';
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
import { keyOf } from '../site/kept.ts';
import type { Kept } from '../site/kept.ts';
import { conceptEntries } from './concepts.ts';
import { KeptTexts } from './kept-texts.ts';
import type { CaseTexts, DecisionTexts } from './kept-texts.ts';
import { cutWords } from './pagefind.ts';
import { indexWords } from './texts.ts';
import type { IndexedWords, PrintedWords } from './texts.ts';
import { searchVocabulary } from './vocabulary.ts';

/** Bytes of a piece of the word index before gzip, about: small enough for a telephone, large enough for gzip. A frequent word is larger alone. */
const PIECE_SIZE = 24_000;

export interface SearchIndexOptions {
  contentFolder: string;
  siteFolder: string;
  /** For files that are needed in between, on the same disk; is made if it is not there. By default a folder beside the site, which is removed again. */
  scratchFolder?: string;
  /** What the last site has. */
  kept?: Kept;
  /** The file of KeptTexts. */
  keptTexts?: string;
  /** Called with the number of cases read and of all. */
  onProgress?: (done: number, of: number) => void;
}

/**
 * Builds the search index into a site's folder: `search-data/`, which is replaced. The same determinations give the same bytes.
 * @throws DeterminationError for a damaged determination, TextIndexError when Pagefind fails
 */
export async function buildSearchIndex(options: SearchIndexOptions): Promise<{ decisions: number }> {
  const siteFolder = resolve(options.siteFolder);
  await mkdir(siteFolder, { recursive: true });
  // Beside the site and not in the system's folder for temporary files, which may be small and in memory.
  if (options.scratchFolder !== undefined) await mkdir(options.scratchFolder, { recursive: true });
  const scratch = await mkdtemp(options.scratchFolder === undefined ? join(dirname(siteFolder), `${basename(siteFolder)}-search-`) : join(options.scratchFolder, 'search-'));
  try {
    const texts = new KeptTexts(options.keptTexts);
    const { printed } = texts;
    const cases = await readCases(options.contentFolder, texts, options.onProgress);
    const rows = [...cases.values()].flatMap(({ id, decisionDate, decisions }) => decisions.map((decision, place): DecisionRow => ({ row: { caseId: id, number: place + 1, decisionDate, values: decision.values }, decision })));
    rows.sort((a, b) => compareRows(a.row, b.row));
    const table = rows.map(({ row }) => row);
    const caseIds = table.map((row) => row.caseId).filter((id, index, all) => id !== all[index - 1]);
    const summaries = new Map([...cases.values()].map(({ id, summary }) => [id, summary]));
    const cut = [...texts.cut, ...(await cutWords(printed.words.slice(texts.cut.length), join(scratch, 'words')))];

    const folder = await TextFolder.make(join(scratch, 'text'), options.kept);
    rows.forEach(({ row, decision }, record) => {
      decision.recordHash = folder.write(recordFile(record), () => toRecord(row, decision, printed), decision.recordHash);
    });
    texts.write(cases, cut);
    const indexed = indexWords(rows.map(({ decision }) => decision.text), printed.words, cut);
    const vocabulary = searchVocabulary(indexed.counts);
    folder.writeWords(rows.length, indexed, await conceptEntries(vocabulary, indexed.words, indexed.stems));
    const summaryTexts = await TextFolder.make(join(scratch, 'summary-text'), options.kept);
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
      text: await folder.moveTo(data, 'text'),
      summaries: await summaryTexts.moveTo(data, 'summaries'),
      stems: indexed.stems,
    };
    await writeFile(join(data, MANIFEST_FILE), `${JSON.stringify(manifest)}\n`);
    return { decisions: rows.length };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface DecisionRow {
  row: TableRow;
  decision: DecisionTexts;
}

/**
 * The case's clinical summary is the same for all decisions of a case: with it a search for lumbar MRI would find the opioids refused in a case
 * that also had an MRI. It is searched only when it is asked for (`summary:`), in an index of its own with a record a case.
 * @returns by hash, or by file where a determination was not parsed before and has none; in the order of the files
 */
async function readCases(contentFolder: string, texts: KeptTexts, onProgress?: (done: number, of: number) => void): Promise<Map<string, CaseTexts>> {
  const files = await listDeterminationFiles(contentFolder);
  const cases = new Map<string, CaseTexts>();
  for (const [index, file] of files.entries()) {
    const hash = parsedHash(contentFolder, file);
    const kept = hash === undefined ? undefined : texts.get(hash);
    cases.set(hash ?? file, kept ?? caseTexts(await readDetermination(contentFolder, file), texts.printed));
    onProgress?.(index + 1, files.length);
  }
  return cases;
}

function caseTexts(record: Determination, printed: PrintedWords): CaseTexts {
  const summary = printed.text([record.clinicalSummary.join(' ')]);
  const decisions = record.decisions.map((decision, place) => ({ request: decision.request, values: valuesOf(record, place), text: printed.text(TEXT_PARTS.map(({ text }) => text(decision, record))) }));
  return { id: record.id, decisionDate: record.decisionDate, decisions, summary };
}

function valuesOf(record: Determination, place: number): Record<FacetName, string[]> {
  return Object.fromEntries(FACETS.map((facet) => [facet.name, leafValues(facet, record, record.decisions[place]!)])) as Record<FacetName, string[]>;
}

function toRecord({ caseId, number }: TableRow, { request, text }: DecisionTexts, printed: PrintedWords): Uint8Array {
  const parts = new Map(TEXT_PARTS.map(({ name }, index) => [name, [index === 0 ? 0 : text.ends[index - 1]!, text.ends[index]!] as const]));
  return encodeRecord({ caseId, number, request, words: printed.printed(text), parts });
}

/** A text index's folder, whose name changes with its content. */
class TextFolder {
  readonly #folder: string;
  readonly #kept: Kept | undefined;
  readonly #hashes: [name: string, hash: string][] = [];

  private constructor(folder: string, kept: Kept | undefined) {
    [this.#folder, this.#kept] = [folder, kept];
  }

  static async make(folder: string, kept: Kept | undefined): Promise<TextFolder> {
    await mkdir(folder, { recursive: true });
    return new TextFolder(folder, kept);
  }

  /**
   * @param make gives the bytes, unless they are known by their hash and the last site has them
   * @returns their hash
   */
  write(name: string, make: () => Uint8Array, known?: string): string {
    const path = join(this.#folder, name);
    if (known !== undefined && this.#kept?.take(packedKey(known), path)) {
      this.#hashes.push([name, known]);
      return known;
    }
    const bytes = make();
    const hash = createHash('sha256').update(bytes).digest('hex');
    this.#hashes.push([name, hash]);
    if (!this.#kept?.take(packedKey(hash), path)) writePacked(path, bytes);
    return hash;
  }

  writeWords(records: number, { words, stems }: IndexedWords, concepts: readonly WordEntry[]): void {
    const entries = [...[...words].map(([word, hits]): WordEntry => ({ word, hits, also: [] })), ...concepts].sort((a, b) => (a.word < b.word ? -1 : 1));
    const firsts: string[] = [];
    let piece: WordEntry[] = [];
    let size = 0;
    const close = (): void => {
      if (piece.length === 0) return;
      this.write(wordsFile(firsts.length), () => encodeWords(piece));
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
    this.write(HEAD_FILE, () => encoded(JSON.stringify(head)));
  }

  /** @returns its name there, with a slash at its end */
  async moveTo(target: string, name: string): Promise<string> {
    const hash = createHash('sha256').update(JSON.stringify(this.#hashes.sort(([a], [b]) => (a < b ? -1 : 1)))).digest('hex').slice(0, 12);
    await rename(this.#folder, join(target, `${name}-${hash}`));
    for (const [file, itsHash] of this.#hashes) this.#kept?.note(packedKey(itsHash), join(DATA_FOLDER, `${name}-${hash}`, file));
    return `${name}-${hash}/`;
  }
}

/** 9 takes four times as long and saves half a per cent. */
const LEVEL = { level: 7 };

/** One after the other and without promises: of thousands of small files these would take most of the time. */
function writePacked(path: string, bytes: Uint8Array): void {
  writeFileSync(path, gzipSync(bytes, LEVEL));
}

/** Of a file with these bytes inside. */
function packedKey(hash: string): string {
  return keyOf(hash, process.versions.zlib, String(LEVEL.level));
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
