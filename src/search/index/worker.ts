/** Searches the text index beside the page, so that typing never waits. */
import { decodeCaseIds, unpack } from '../load.ts';
import { matchQuery } from '../match.ts';
import type { Matched } from '../match.ts';
import { placeOf } from '../hits.ts';
import { parseQuery } from '../query.ts';
import { openSuggestions, suggest } from '../suggest.ts';
import type { SuggestionSources } from '../suggest.ts';
import { decodeRecord } from '../text-record.ts';
import type { Opening, Question, TextReply, TextRequest } from './messages.ts';
import { openSources } from './sources.ts';
import type { OpenedIndex } from './sources.ts';
import { recordFile, remember } from './word-index.ts';

/** Whole searches that are kept: for the places of the next page, and for filters. */
const KEPT = 12;

let opening: Opening | undefined;
let sources: Promise<OpenedIndex> | undefined;
const searches = new Map<string, Promise<Matched>>();

addEventListener('message', (event: MessageEvent<TextRequest>) => void answer(event.data));

async function answer(request: TextRequest): Promise<void> {
  if (request.kind === 'open') {
    opening = request;
    searches.clear();
    suggestions.clear();
    // What every search needs comes while the reader types; what failed is fetched again by the search.
    sources = openSources(opening, download);
    await sources.catch(() => (sources = undefined));
    return;
  }
  const { id } = request;
  try {
    if (request.kind === 'record') {
      post({ id, kind: 'record', record: decodeRecord(await download(opening!.text + recordFile(request.decision))) });
      return;
    }
    sources ??= openSources(opening!, download).catch((error: unknown) => {
      sources = undefined;
      throw error;
    });
    const opened = await sources;
    if (request.kind === 'suggest') {
      post({ id, kind: 'suggest', suggestions: suggest(request.typed, await suggestionSources(opened, MAY_BE_CASE.test(request.typed)), request.state) });
      return;
    }
    const matched = await remember(searches, request.query, KEPT, () => matchQuery(parseQuery(request.query), opened));
    reply(id, request, matched);
  } catch (error) {
    post({ id, kind: 'error', error: error instanceof Error ? error.message : String(error) });
  }
}

/** What may be the beginning of a case number; the numbers are downloaded for nothing else. */
const MAY_BE_CASE = /\bcm|\d{3}/i;
const suggestions = new Map<boolean, Promise<SuggestionSources>>();

function suggestionSources({ vocabulary }: OpenedIndex, withCases: boolean): Promise<SuggestionSources> {
  const { table, caseIds } = opening!;
  // Those with cases serve for everything.
  return suggestions.get(true) ?? remember(suggestions, withCases, 2, async () => openSuggestions(table, vocabulary, withCases ? decodeCaseIds(await download(caseIds)) : []));
}

function reply(id: number, request: Exclude<Question, { kind: 'record' | 'suggest' }>, matched: Matched): void {
  if (request.kind === 'places') return post({ id, kind: 'places', places: request.decisions.map((decision) => [...new Set(matched.marksAt(decision).map(placeOf))]) });
  if (request.kind === 'without') {
    const scores = matched.without(request.unit);
    return post({ id, kind: 'without', ...(scores && { scores }) });
  }
  const { reading, words, unitTexts, scores, held, sums } = matched;
  // Copied, not handed over: the next page of results asks for the same search.
  post({ id, kind: 'search', found: { reading, words, unitTexts, ...(scores && { scores }), ...(held && { held }), ...(sums && { sums }) } });
}

function post(message: TextReply): void {
  postMessage(message);
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
