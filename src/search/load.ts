/** Downloads of the search page. */
import { SearchLoadError } from './loading.ts';
import { DATA_FOLDER, MANIFEST_FILE } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { decodeTable } from './table.ts';
import type { FacetTable } from './table.ts';

/** A file's bytes as they came. @throws SearchLoadError */
async function fetchPacked(address: string): Promise<ArrayBuffer> {
  return (await get(address, 'default')).arrayBuffer();
}

/** The content of a gzipped file. A server that declares the compression has it unpacked already. @throws when it is damaged */
export async function unpack(packed: ArrayBuffer): Promise<Uint8Array> {
  const bytes = new Uint8Array(packed);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const { readable, writable } = new DecompressionStream('gzip');
  // Written by hand: making a Blob, or a Response of the bytes, asks another process.
  const writer = writable.getWriter();
  // What is wrong with the bytes is told by reading.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  return new Uint8Array(await new Response(readable).arrayBuffer());
}

/** @param base absolute address of the site, with a slash at its end */
export async function fetchManifest(base: string): Promise<Manifest> {
  const manifest = (await (await get(base + DATA_FOLDER + MANIFEST_FILE, 'no-cache')).json()) as Manifest;
  if (manifest.format !== 2) throw new SearchLoadError('the index, which is of another version than this page,');
  return manifest;
}

export async function fetchTable(base: string, { table }: Manifest): Promise<FacetTable> {
  return decodeTable(await unpack(await fetchPacked(base + DATA_FOLDER + table)));
}

/** Ids of all cases, in the order in which the table counts them. */
export async function fetchCaseIds(base: string, { caseIds }: Manifest): Promise<string[]> {
  return decodeCaseIds(await unpack(await fetchPacked(base + DATA_FOLDER + caseIds)));
}

/** The ids in the file of all cases. */
export function decodeCaseIds(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes);
  return text === '' ? [] : text.split('\n');
}

async function get(address: string, cache: RequestCache): Promise<Response> {
  const response = await fetch(address, { cache }).catch((error: unknown) => {
    throw new SearchLoadError('a part of the index', { cause: error });
  });
  if (!response.ok) throw new SearchLoadError('a part of the index', { cause: new Error(`${address}: status ${response.status}`) });
  return response;
}
