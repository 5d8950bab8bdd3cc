/** The table of decisions as Parquet. The only module that knows the library that writes it. */
import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet-writer';
import { COLUMNS } from '../../src/data-dictionary.ts';
import type { Cell, Column } from '../../src/data-dictionary.ts';
import type { OutputFile } from './output.ts';

/** Rows that are in memory at a time, about 20 MB of text. Readers skip whole groups by date and case; far smaller ones would compress worse. */
const GROUP_ROWS = 4000;

export class ParquetFile {
  readonly #writer: ParquetWriter;
  /** A column each. */
  #cells: Cell[][] = COLUMNS.map(() => []);

  constructor(file: OutputFile) {
    this.#writer = new ParquetWriter({
      writer: new FileWriter(file),
      schema: [{ name: 'decisions', num_children: COLUMNS.length }, ...COLUMNS.flatMap(schemaOf)],
      // Half the size that Snappy, the library's own, gives for texts, in a third of the time.
      codec: 'ZSTD',
      compressors: { ZSTD: (bytes) => zstdCompressSync(bytes) },
      createdBy: 'imr-search',
    });
  }

  /** @param row in the order of COLUMNS */
  async row(row: readonly Cell[]): Promise<void> {
    row.forEach((cell, index) => this.#cells[index]!.push(cell));
    if (this.#cells[0]!.length === GROUP_ROWS) await this.#writeGroup();
  }

  async finish(): Promise<void> {
    if (this.#cells[0]!.length > 0) await this.#writeGroup();
    await this.#writer.finish();
  }

  async #writeGroup(): Promise<void> {
    const columnData = COLUMNS.map(({ name, type }, index) => ({ name, data: type === 'date' ? this.#cells[index]!.map(toDate) : this.#cells[index]! }));
    this.#cells = COLUMNS.map(() => []);
    await this.#writer.write({ columnData, rowGroupSize: GROUP_ROWS });
  }
}

/** The library's own writer for files cannot say the checksum. */
class FileWriter extends ByteWriter {
  readonly #file: OutputFile;

  constructor(file: OutputFile) {
    super();
    this.#file = file;
  }

  /** Called after each row group. */
  flush(): void {
    this.#file.bytes(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

/** Types by the format's own table, LogicalTypes.md; a list has three levels there. */
function schemaOf({ name, type, mayBeEmpty }: Column): SchemaElement[] {
  const repetition_type = mayBeEmpty ? 'OPTIONAL' : 'REQUIRED';
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
  switch (type) {
    case 'text':
      return [{ name, repetition_type, ...text }];
    case 'integer':
      return [{ name, repetition_type, type: 'INT32' }];
    case 'date':
      return [{ name, repetition_type, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }];
    case 'list':
      return [
        { name, repetition_type: 'REQUIRED', converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'REQUIRED', ...text },
      ];
  }
}

function toDate(isoDay: Cell): Date | null {
  return typeof isoDay === 'string' ? new Date(`${isoDay}T00:00:00Z`) : null;
}
