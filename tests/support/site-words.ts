/** All that a built site says anywhere, as text: packed, in columns, or with words that share their beginnings. For tests that look for what must not be there. */
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { CONCEPT, HEAD_FILE } from '../../src/search/index/word-index.ts';
import { decodeWords } from '../../src/search/index/word-file.ts';
import { decodeDictionary } from '../../src/search/spelling.ts';
import { decodeTable } from '../../src/search/table.ts';
import { decodeRecord } from '../../src/search/text-record.ts';
import { listFiles } from './folders.ts';

/** Each file below a folder with its text in one line, without capitals. */
export async function siteTexts(folder: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const file of await listFiles(folder)) texts.set(file, inOneLine(await textOf(file, await readFile(join(folder, file)))));
  return texts;
}

/** The files that hold a text, whatever its capitals and line breaks. */
export function filesWith(texts: ReadonlyMap<string, string>, wanted: string): string[] {
  const plain = inOneLine(wanted);
  return [...texts].filter(([, text]) => text.includes(plain)).map(([file]) => file);
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

async function textOf(file: string, bytes: Buffer): Promise<string> {
  if (extname(file) === '.parquet') {
    const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer, compressors: { ZSTD: (packed) => zstdDecompressSync(packed) } });
    return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
  }
  if (extname(file) !== '.bin') return bytes.toString('utf8');
  const unpacked = new Uint8Array(gunzipSync(bytes));
  const name = basename(file);
  if (name.startsWith('words-')) {
    const { words, entry } = decodeWords(unpacked);
    return words.map((word, index) => [word.replace(CONCEPT, ''), ...entry(index).also].join(' ')).join('\n');
  }
  if (name.startsWith('dictionary-')) return decodeDictionary(unpacked).words.join('\n');
  if (name.startsWith('table-')) return JSON.stringify(decodeTable(unpacked).facets);
  if (name.startsWith('record-')) {
    const { caseId, request, words } = decodeRecord(unpacked);
    return [caseId, request, ...words].join(' ');
  }
  if (name === HEAD_FILE || /^(?:cases|vocabulary)-/.test(name)) return new TextDecoder().decode(unpacked);
  throw new Error(`${file}: what is in it? siteTexts() must know, or it looks for nothing there.`);
}
