/** What the page and the worker of the text index say to each other. */
import type { QueryReading } from '../reading.ts';
import type { SearchState } from '../state.ts';
import type { Suggestion } from '../suggest.ts';
import type { FacetTable } from '../table.ts';
import type { TextRecord } from '../text-record.ts';

/** All that the worker needs to know of a site's index. Addresses are absolute, folders with a slash at their end. */
export interface Opening {
  kind: 'open';
  /** A record a decision, in the order of the table. */
  text: string;
  /** A record a case, in the order of the table. */
  summaries: string;
  vocabulary: string;
  dictionary: string;
  /** Ids of the cases, in the order of the table. */
  caseIds: string;
  table: FacetTable;
}

export type Question =
  | { kind: 'search'; query: string }
  | { kind: 'without'; query: string; unit: number }
  | { kind: 'places'; query: string; decisions: readonly number[] }
  | { kind: 'record'; decision: number }
  | { kind: 'suggest'; typed: string; state: SearchState };
export type TextRequest = Opening | (Question & { id: number });

export interface SearchReply {
  reading: QueryReading;
  /** Words that the query demands; 0 when it asks for none. */
  words: number;
  unitTexts: readonly string[];
  /** Of each decision: above 0 where it fulfils all demands. Nothing when no words are asked for. */
  scores?: Float32Array;
  /** Of each decision: how many of the words it has, and how well. */
  held?: Uint8Array;
  sums?: Float32Array;
}

export type TextReply = { id: number } & (
  | { kind: 'search'; found: SearchReply }
  | { kind: 'without'; scores?: Float32Array }
  | { kind: 'places'; places: number[][] }
  | { kind: 'record'; record: TextRecord }
  | { kind: 'suggest'; suggestions: readonly Suggestion[] }
  | { kind: 'error'; error: string }
);
