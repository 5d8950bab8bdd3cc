/** Where suggestions come from: downloads what they need with the first of them, and asks a worker. */
import { fetchPacked, unpack } from '../load.ts';
import { DATA_FOLDER } from '../manifest.ts';
import type { Searcher } from '../searcher.ts';
import type { SearchState } from '../state.ts';
import type { Suggestion } from '../suggest.ts';
import type { SearchVocabulary } from '../synonyms.ts';
import type { SuggestionReply, SuggestionRequest } from './suggestion-worker.ts';

/** What may be the beginning of a case number; the numbers are downloaded for nothing else. */
const MAY_BE_CASE = /\bcm|\d{3}/i;

/**
 * @param base absolute address of the site, with a slash at its end
 * @returns suggestions for what was typed, best first. @throws SearchLoadError, and an Error when the worker does not start
 */
export function suggestionSource(base: string, searcher: Searcher): (typed: string, state: SearchState) => Promise<readonly Suggestion[]> {
  let opened: Promise<SuggestionWorker> | undefined;
  let withCases: Promise<void> | undefined;
  return async (typed, state) => {
    opened ??= open(base, searcher).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    const worker = await opened;
    if (MAY_BE_CASE.test(typed)) {
      withCases ??= searcher
        .sources()
        .then(({ caseIds }) => caseIds())
        .then((caseIds) => worker.tell({ kind: 'cases', caseIds }))
        .catch((error: unknown) => {
          withCases = undefined;
          throw error;
        });
      await withCases;
    }
    return worker.suggest(typed, state);
  };
}

interface SuggestionWorker {
  tell(message: SuggestionRequest): void;
  suggest(typed: string, state: SearchState): Promise<readonly Suggestion[]>;
}

async function open(base: string, searcher: Searcher): Promise<SuggestionWorker> {
  const { table, manifest } = await searcher.sources();
  const vocabulary = JSON.parse(new TextDecoder().decode(await unpack(await fetchPacked(base + DATA_FOLDER + manifest.vocabulary)))) as SearchVocabulary;
  const worker = new Worker(new URL('./suggestion-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (suggestions: readonly Suggestion[]) => void; reject: (error: Error) => void }>();
  let dead = false;
  worker.addEventListener('message', ({ data }: MessageEvent<SuggestionReply>) => {
    waiting.get(data.id)?.resolve(data.suggestions);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', () => {
    dead = true;
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new Error('the worker of the suggestions failed'));
    waiting.clear();
  });
  const tell = (message: SuggestionRequest): void => worker.postMessage(message);
  tell({ kind: 'open', table, vocabulary });
  let count = 0;
  return {
    tell,
    suggest: (typed, state) =>
      new Promise((resolve, reject) => {
        if (dead) return reject(new Error('the worker of the suggestions failed'));
        const id = count++;
        waiting.set(id, { resolve, reject });
        tell({ kind: 'suggest', id, typed, state });
      }),
  };
}
