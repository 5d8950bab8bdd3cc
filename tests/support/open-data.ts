/** Open data of invented determinations, and its files read back. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import type { TestContext } from 'node:test';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import type { FileMetaData } from 'hyparquet';
import { OpenDataWriter, writeOpenData } from '../../scripts/data/write.ts';
import type { WrittenData } from '../../scripts/data/write.ts';
import type { Cell } from '../../src/data-dictionary.ts';
import { addressing } from '../../src/open-data.ts';
import { determinationFile } from '../../src/determinations/store.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { parseCsv } from './csv.ts';
import { temporaryFolder } from './folders.ts';

export type Row = Record<string, Cell>;

export interface Written extends WrittenData {
  /** Where the site's home would be. */
  folder: string;
}

export const ADDRESS = addressing('https://imr.example', '/');

/** Writes records as they are, without the Markdown between: texts may be such as no import lets through. */
export async function writeRecords(t: Pick<TestContext, 'after'>, records: readonly Determination[], address = ADDRESS): Promise<Written> {
  const folder = await temporaryFolder(t);
  const data = await OpenDataWriter.open({ outFolder: folder, address });
  for (const record of records) await data.add(record, determinationFile(record));
  return { folder, ...(await data.finish()) };
}

export async function writeContent(t: Pick<TestContext, 'after'>, contentFolder: string, address = ADDRESS): Promise<Written> {
  const folder = await temporaryFolder(t);
  return { folder, ...(await writeOpenData({ contentFolder, outFolder: folder, address })) };
}

export async function readJsonLines(folder: string): Promise<Row[]> {
  const text = await readFile(join(folder, 'data/decisions.jsonl'), 'utf8');
  return text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Row);
}

/** Titles, then a row each. */
export async function readCsv(folder: string): Promise<string[][]> {
  return parseCsv(await readFile(join(folder, 'data/decisions.csv'), 'utf8'));
}

export async function readParquet(folder: string): Promise<{ metadata: FileMetaData; rows: Record<string, unknown>[] }> {
  const file = await asyncBufferFromFile(join(folder, 'data/decisions.parquet'));
  return { metadata: await parquetMetadataAsync(file), rows: await parquetReadObjects({ file, compressors: { ZSTD: (bytes) => zstdDecompressSync(bytes) } }) };
}
