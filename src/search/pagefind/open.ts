/** The text index in the browser. This folder is the only place in src/ that knows Pagefind. */
import { SearchLoadError, fetchPacked, unpack } from '../load.ts';
import type { Hit, TextIndex } from '../match.ts';
import { TEXT_PARTS, parseTextAddress } from '../text-record.ts';
import type { TextPart, TextRecord } from '../text-record.ts';
import { readFragment, readPageTable } from './files.ts';
import type { Fragment } from './files.ts';
import type { TextReply, TextRequest } from './messages.ts';

/** Searches, and records, of one visit that are kept, so that changing a filter loads nothing anew. */
const KEPT = 200;
const WHAT = 'the text index';

export interface TextSource extends TextIndex {
  /** @throws SearchLoadError when it cannot be downloaded */
  readRecord(decision: number): Promise<TextRecord>;
}

interface PageTable {
  address: string;
  packed: ArrayBuffer;
  unpacked: Uint8Array;
  names: readonly string[];
}

/**
 * The text index of a site. Nothing is downloaded before the first search or record; what failed is downloaded again the next time.
 * @param folder absolute address of the index, with a slash at its end
 * @param pageTableFile name of the page table in it
 * @param textPages of each decision, the number of its record
 */
export function openTextIndex(folder: string, version: string, pageTableFile: string, textPages: Uint32Array): TextSource {
  const decisions = new Map(Array.from(textPages, (page, decision) => [page, decision]));
  const searches = new Map<string, Promise<readonly Hit[]>>();
  const records = new Map<number, Promise<TextRecord>>();
  const tables = new Map<string, Promise<PageTable>>();
  const workers = new Map<string, Promise<TextWorker>>();

  const pageTable = (): Promise<PageTable> =>
    remember(tables, pageTableFile, async () => {
      const address = folder + pageTableFile;
      const packed = await fetchPacked(address);
      const unpacked = await unpack(packed);
      return { address, packed, unpacked, names: readPageTable(unpacked) };
    });
  const worker = (): Promise<TextWorker> =>
    remember(workers, folder, async () => {
      const { address, packed, unpacked } = await pageTable();
      return startWorker({ kind: 'open', folder, version, pageTable: { address, packed, unpacked } }, () => workers.delete(folder));
    });
  const find = (text: string): Promise<readonly Hit[]> =>
    remember(searches, text, async () => {
      // An empty collection has no index that could be asked.
      if (textPages.length === 0) return [];
      const { pages, scores, ends, places } = await (await worker()).find(text);
      return Array.from(pages, (page, index) => ({ decision: decisions.get(page)!, score: scores[index]!, places: places.subarray(ends[index - 1] ?? 0, ends[index]) }));
    });
  const readRecord = (decision: number): Promise<TextRecord> =>
    remember(records, decision, async () => {
      const { names } = await pageTable();
      return toRecord(readFragment(await unpack(await fetchPacked(`${folder}fragment/${names[textPages[decision]!]}.pf_fragment`))));
    });

  return {
    findExact: (words) => find(`"${unquoted(words)}"`),
    findRanked: (word) => find(unquoted(word)),
    readWords: async (decision) => (await readRecord(decision)).words,
    readRecord,
  };
}

/** Quotes would switch Pagefind between its two kinds of search. */
function unquoted(text: string): string {
  return text.replaceAll('"', ' ');
}

/** Keeps what was loaded, forgets what failed so that it can be tried again, and forgets the oldest when there is too much. */
function remember<Key, Value>(kept: Map<Key, Promise<Value>>, key: Key, load: () => Promise<Value>): Promise<Value> {
  const known = kept.get(key);
  if (known) return known;
  const loading = load().catch((error: unknown) => {
    kept.delete(key);
    throw error;
  });
  kept.set(key, loading);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as Key);
  return loading;
}

type Found = Exclude<TextReply, { error: string }>;
interface TextWorker {
  find(text: string): Promise<Found>;
}

/** @param onDeath called when the worker can answer no more */
function startWorker(opening: TextRequest, onDeath: () => void): TextWorker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (found: Found) => void; reject: (error: Error) => void }>();
  let count = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<TextReply>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) asked?.reject(new SearchLoadError(WHAT, { cause: new Error(data.error) }));
    else asked?.resolve(data);
  });
  worker.addEventListener('error', () => {
    onDeath();
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new SearchLoadError(WHAT, { cause: new Error('its worker did not start') }));
    waiting.clear();
  });
  worker.postMessage(opening);
  return {
    find: (text) =>
      new Promise((resolve, reject) => {
        const id = count++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ kind: 'find', id, text } satisfies TextRequest);
      }),
  };
}

function toRecord({ url, content, meta, anchors }: Fragment): TextRecord {
  const words = content.split(/\s+/);
  const starts = new Map(anchors.map(({ id, location }) => [id, location]));
  const parts = new Map<TextPart['name'], readonly [number, number]>();
  TEXT_PARTS.forEach(({ name }, index) => {
    const next = TEXT_PARTS[index + 1];
    parts.set(name, [index === 0 ? 0 : (starts.get(name) ?? words.length), next ? (starts.get(next.name) ?? words.length) : words.length]);
  });
  return { ...parseTextAddress(url), request: meta['request'] ?? '', words, parts };
}
