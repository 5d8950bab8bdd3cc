/** The table of decisions as files, a row at a time: CSV, JSON lines, Parquet; and what describes and checks them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BYTE_ORDER_MARK, csvLine, csvList } from '../../src/csv.ts';
import { COLUMNS, dictionary, rowOf } from '../../src/data-dictionary.ts';
import type { Cell, DecisionInCase } from '../../src/data-dictionary.ts';
import type { RemovedCases } from '../../src/determinations/removed.ts';
import { CHECKSUMS_FILE, DATA_FILES } from '../../src/open-data.ts';
import type { DataFile, DataFileKind } from '../../src/open-data.ts';
import { OutputFile } from './output.ts';
import { ParquetFile } from './parquet.ts';
import { writeRemovedCases } from './removed.ts';

const NAMES = COLUMNS.map(({ name }) => name);

export class Tables {
  readonly #folder: string;
  readonly #csv: OutputFile;
  readonly #jsonl: OutputFile;
  readonly #parquet: OutputFile;
  readonly #parquetRows: ParquetFile;

  private constructor(folder: string) {
    const open = (kind: DataFileKind): OutputFile => new OutputFile(join(folder, DATA_FILES[kind].name));
    this.#folder = folder;
    this.#csv = open('csv');
    this.#jsonl = open('jsonl');
    this.#parquet = open('parquet');
    this.#parquetRows = new ParquetFile(this.#parquet);
    this.#csv.text(BYTE_ORDER_MARK + csvLine(NAMES));
  }

  /** @param folder is made if it is not there */
  static async open(folder: string): Promise<Tables> {
    await mkdir(folder, { recursive: true });
    return new Tables(folder);
  }

  async add(decision: DecisionInCase): Promise<void> {
    const row = rowOf(decision);
    this.#csv.text(csvLine(row.map(csvCell)));
    this.#jsonl.text(`${JSON.stringify(Object.fromEntries(row.map((cell, index) => [NAMES[index]!, cell])))}\n`);
    await this.#parquetRows.row(row);
  }

  /** Writes what is left, the dictionary, the removed cases and the checksums. */
  async finish(removed: RemovedCases): Promise<DataFile[]> {
    await this.#parquetRows.finish();
    const dictionaryFile = new OutputFile(join(this.#folder, DATA_FILES.dictionary.name));
    dictionaryFile.text(`${JSON.stringify(dictionary(), null, 2)}\n`);
    const files: DataFile[] = [
      { kind: 'csv', ...this.#csv.close() },
      { kind: 'jsonl', ...this.#jsonl.close() },
      { kind: 'parquet', ...this.#parquet.close() },
      { kind: 'dictionary', ...dictionaryFile.close() },
      writeRemovedCases(this.#folder, removed),
    ];
    // Two blanks: the second says that the file is read as it is.
    await writeFile(join(this.#folder, CHECKSUMS_FILE), files.map(({ kind, sha256 }) => `${sha256}  ${DATA_FILES[kind].name}\n`).join(''));
    return files;
  }

  /** After an error: lets go of the files, which are then of no use. */
  abandon(): void {
    for (const file of [this.#csv, this.#jsonl, this.#parquet]) file.abandon();
  }
}

function csvCell(cell: Cell): string {
  return cell === null ? '' : typeof cell === 'object' ? csvList(cell) : String(cell);
}
