/** Finds suggestions beside the page: making the vocabulary ready takes longer than a key may wait. */
import { suggest, openSuggestions } from '../suggest.ts';
import type { Suggestion, SuggestionSources } from '../suggest.ts';
import type { SearchState } from '../state.ts';
import { openVocabulary } from '../synonyms.ts';
import type { SearchVocabulary, Vocabulary } from '../synonyms.ts';
import type { FacetTable } from '../table.ts';

export type SuggestionRequest =
  | { kind: 'open'; table: FacetTable; vocabulary: SearchVocabulary }
  /** All cases, in the order of the table: once they have come. */
  | { kind: 'cases'; caseIds: readonly string[] }
  | { kind: 'suggest'; id: number; typed: string; state: SearchState };

export interface SuggestionReply {
  id: number;
  suggestions: readonly Suggestion[];
}

let table: FacetTable | undefined;
let vocabulary: Vocabulary | undefined;
let sources: SuggestionSources | undefined;

addEventListener('message', ({ data }: MessageEvent<SuggestionRequest>) => {
  if (data.kind === 'open') {
    table = data.table;
    vocabulary = openVocabulary(data.vocabulary);
    sources = openSuggestions(table, vocabulary);
  } else if (data.kind === 'cases') {
    sources = openSuggestions(table!, vocabulary!, data.caseIds);
  } else {
    const reply: SuggestionReply = { id: data.id, suggestions: suggest(data.typed, sources!, data.state) };
    postMessage(reply);
  }
});
