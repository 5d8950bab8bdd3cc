/**
 * Pagefind in a worker of our own, so that typing never waits. Its script runs as it is, with two things around it:
 * its downloads go through a function that tries twice and remembers failures, because Pagefind itself answers
 * "nothing found" when a part of its index did not arrive; and results leave as numbers, because a frequent word has tens of thousands of places.
 */
import { readPageTable } from './files.ts';
import type { TextReply, TextRequest } from './messages.ts';

interface Pagefind {
  init(): Promise<void>;
  search(text: string): Promise<{ results: { id: string; score: number; words: number[] }[] }>;
}
interface PagefindScript {
  createInstance(options: { basePath: string; ranking: { metaWeights: Record<string, number> } }): Pagefind;
}

/** The request is indexed a second time as a field of its own; this is what a match there adds. */
const REQUEST_WEIGHT = 3;

let instance: Promise<Pagefind> | undefined;
let pageNumbers: ReadonlyMap<string, number> = new Map();
let pageTable: { address: string; packed: ArrayBuffer } | undefined;
/** Downloads that failed since the worker began. */
let failures = 0;

const download = self.fetch.bind(self);
self.fetch = async (input, init) => {
  const address = input instanceof Request ? input.url : String(input);
  // The page has it already: it is downloaded once.
  if (pageTable && new URL(address, self.location.href).href === pageTable.address) return new Response(pageTable.packed);
  const attempt = async (): Promise<Response> => {
    const response = await download(input, init);
    if (!response.ok) throw new Error(`${address}: status ${response.status}`);
    return response;
  };
  try {
    return await attempt().catch(attempt);
  } catch (error) {
    failures += 1;
    throw error;
  }
};

addEventListener('message', (event: MessageEvent<TextRequest>) => void answer(event.data));

async function answer(request: TextRequest): Promise<void> {
  if (request.kind === 'open') {
    pageTable = { address: request.pageTable.address, packed: request.pageTable.packed };
    pageNumbers = new Map(readPageTable(request.pageTable.unpacked).map((name, page) => [name, page]));
    instance = undefined;
    opened = request;
    return;
  }
  const failuresBefore = failures;
  try {
    instance ??= open();
    const { results } = await (await instance).search(request.text);
    if (failures > failuresBefore) throw new Error('a part of the text index did not arrive');
    reply(request.id, results);
  } catch (error) {
    instance = undefined;
    postMessage({ id: request.id, error: error instanceof Error ? error.message : String(error) } satisfies TextReply);
  }
}

let opened: Extract<TextRequest, { kind: 'open' }> | undefined;

async function open(): Promise<Pagefind> {
  const { folder, version } = opened!;
  // Its name never changes, so the version in the address is what keeps a cached script from meeting a newer index.
  const script = (await import(/* @vite-ignore */ `${folder}pagefind.js?v=${encodeURIComponent(version)}`)) as PagefindScript;
  const pagefind = script.createInstance({ basePath: folder, ranking: { metaWeights: { request: REQUEST_WEIGHT } } });
  await pagefind.init();
  return pagefind;
}

function reply(id: number, results: readonly { id: string; score: number; words: number[] }[]): void {
  const known = results.filter((result) => pageNumbers.has(result.id));
  const pages = Uint32Array.from(known, (result) => pageNumbers.get(result.id)!);
  const scores = Float64Array.from(known, ({ score }) => score);
  const ends = new Uint32Array(known.length);
  let total = 0;
  known.forEach(({ words }, index) => (ends[index] = total += words.length));
  const places = new Uint32Array(total);
  known.forEach(({ words }, index) => places.set(words, ends[index]! - words.length));
  postMessage({ id, pages, scores, ends, places } satisfies TextReply, { transfer: [pages.buffer, scores.buffer, ends.buffer, places.buffer] });
}
