/** The index in the browser: what is downloaded to the page, and the worker that searches beside it. */
import { DATA_FOLDER } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { fetchCaseIds, fetchManifest, fetchTable } from '../load.ts';
import { SearchLoadError, retried } from '../loading.ts';
import type { Index } from '../searcher.ts';
import type { SearchState } from '../state.ts';
import type { Suggestion } from '../suggest.ts';
import type { FacetTable } from '../table.ts';
import type { TextRecord } from '../text-record.ts';
import type { Opening, Question, SearchReply, TextReply, TextRequest } from './messages.ts';
import { remember } from './word-index.ts';
import { WORKER_SCRIPT } from './worker-script.ts';

/** Records of one visit that are kept, so that changing a filter loads nothing anew. */
const KEPT = 400;
/** Filters, order and pages change what is shown of one search. A reply is nine bytes a decision. */
const KEPT_REPLIES = 1;
const WHAT = 'the text index';

export interface TextSource {
  /** Downloads what every search needs. A failure is told by the search that comes after it. */
  prepare(): void;
  /** @throws SearchLoadError when a part cannot be downloaded */
  search(query: string): Promise<SearchReply>;
  /** The scores of the query without one of its demands. @throws SearchLoadError */
  searchWithout(query: string, unit: number): Promise<Float32Array | undefined>;
  /** Of each of these decisions, where the words of the query stand in its record. @throws SearchLoadError */
  places(query: string, decisions: readonly number[]): Promise<ReadonlySet<number>[]>;
  /** @throws SearchLoadError */
  readRecord(decision: number): Promise<TextRecord>;
  /** What a reader may mean who has typed so much, best first. @throws SearchLoadError */
  suggest(typed: string, state: SearchState): Promise<readonly Suggestion[]>;
}

/**
 * The index of a site.
 * @param base absolute address of the site, with a slash at its end
 * @throws SearchLoadError
 */
export async function openIndex(base: string): Promise<Index> {
  const manifest = await fetchManifest(base);
  const table = await fetchTable(base, manifest);
  return { table, text: openTextIndex(base, manifest, table), stems: manifest.stems, caseIds: retried(() => fetchCaseIds(base, manifest)) };
}

/** Nothing is downloaded before the first search or record; what failed is downloaded again the next time. */
function openTextIndex(base: string, manifest: Manifest, table: FacetTable): TextSource {
  const records = new Map<number, Promise<TextRecord>>();
  const replies = new Map<string, Promise<SearchReply>>();
  let running: TextWorker | undefined;
  const data = base + DATA_FOLDER;

  const opening = (): Opening => ({
    kind: 'open',
    text: data + manifest.text,
    summaries: data + manifest.summaries,
    vocabulary: data + manifest.vocabulary,
    dictionary: data + manifest.dictionary,
    caseIds: data + manifest.caseIds,
    table,
  });
  const worker = (): TextWorker => (running ??= startWorker(opening(), () => (running = undefined)));

  return {
    prepare: () => void worker(),
    search: (query) => remember(replies, query, KEPT_REPLIES, async () => (await worker().ask({ kind: 'search', query })).found),
    searchWithout: async (query, unit) => (await worker().ask({ kind: 'without', query, unit })).scores,
    places: async (query, decisions) => (decisions.length === 0 ? [] : (await worker().ask({ kind: 'places', query, decisions })).places.map((places) => new Set(places))),
    readRecord: (decision) => remember(records, decision, KEPT, async () => (await worker().ask({ kind: 'record', decision })).record),
    suggest: async (typed, state) => (await worker().ask({ kind: 'suggest', typed, state })).suggestions,
  };
}

type Answer<Kind> = Extract<TextReply, { kind: Kind }>;
interface TextWorker {
  ask<Asked extends Question>(question: Asked): Promise<Answer<Asked['kind']>>;
}

/** @param onDeath called when the worker can answer no more */
function startWorker(opening: Opening, onDeath: () => void): TextWorker {
  const worker = new Worker(WORKER_SCRIPT, { type: 'module' });
  const waiting = new Map<number, { resolve: (reply: never) => void; reject: (error: Error) => void }>();
  let count = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<TextReply>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'error') asked?.reject(new SearchLoadError(WHAT, { cause: new Error(data.error) }));
    else asked?.resolve(data as never);
  });
  worker.addEventListener('error', () => {
    onDeath();
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new SearchLoadError(WHAT, { cause: new Error('its worker did not start') }));
    waiting.clear();
  });
  worker.postMessage(opening);
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const id = count++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ ...question, id } as TextRequest);
      }),
  };
}
