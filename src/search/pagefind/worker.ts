/** Searches the text index beside the page, so that typing never waits. */
import { unpack } from '../load.ts';
import { matchQuery } from '../match.ts';
import type { Matched, Sources } from '../match.ts';
import { placeOf } from '../hits.ts';
import { parseQuery } from '../query.ts';
import type { Opening, TextReply, TextRequest } from './messages.ts';
import { openSources } from './sources.ts';
import { remember } from './word-index.ts';

/** Whole searches that are kept: for the places of the next page, and for filters. */
const KEPT = 12;

let opening: Opening | undefined;
let sources: Promise<Sources> | undefined;
const searches = new Map<string, Promise<Matched>>();

addEventListener('message', (event: MessageEvent<TextRequest>) => void answer(event.data));

async function answer(request: TextRequest): Promise<void> {
  if (request.kind === 'open') {
    opening = request;
    sources = undefined;
    searches.clear();
    return;
  }
  const { id } = request;
  try {
    sources ??= openSources(opening!, download).catch((error: unknown) => {
      sources = undefined;
      throw error;
    });
    const opened = await sources;
    const matched = await remember(searches, request.query, KEPT, () => matchQuery(parseQuery(request.query), opened));
    reply(id, request, matched, opening!);
  } catch (error) {
    post({ id, kind: 'error', error: error instanceof Error ? error.message : String(error) });
  }
}

function reply(id: number, request: Exclude<TextRequest, Opening>, matched: Matched, { textPages }: Opening): void {
  if (request.kind === 'places') {
    return post({ id, kind: 'places', places: request.decisions.map((decision) => [...new Set(matched.marksAt(textPages[decision]!).map(placeOf))]) });
  }
  if (request.kind === 'without') {
    const scores = matched.without(request.unit);
    return post({ id, kind: 'without', ...(scores && { scores: byDecision(scores, Float32Array, textPages) }) });
  }
  const { reading, units, unitTexts } = matched;
  const scores = matched.scores && byDecision(matched.scores, Float32Array, textPages);
  const held = matched.held && byDecision(matched.held, Uint8Array, textPages);
  const sums = matched.sums && byDecision(matched.sums, Float32Array, textPages);
  const arrays = { ...(scores && { scores }), ...(held && { held }), ...(sums && { sums }) };
  post({ id, kind: 'search', found: { reading, units, unitTexts, ...arrays } }, Object.values(arrays).map(({ buffer }) => buffer));
}

function post(message: TextReply, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

function byDecision<Numbers extends Float32Array | Uint8Array>(values: Numbers, kind: new (length: number) => Numbers, textPages: Uint32Array): Numbers {
  const ordered = new kind(textPages.length);
  for (let decision = 0; decision < textPages.length; decision += 1) ordered[decision] = values[textPages[decision]!]!;
  return ordered;
}

/** A file, unpacked. Tried twice: a search must not fail for one lost packet. */
async function download(address: string): Promise<Uint8Array> {
  const attempt = async (): Promise<Uint8Array> => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: status ${response.status}`);
    return unpack(await response.arrayBuffer());
  };
  return attempt().catch(attempt);
}
