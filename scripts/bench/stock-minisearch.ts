/** MiniSearch on the same records: what this search is compared with. A devDependency. */
import MiniSearch from 'minisearch';
import type { DecisionRecord } from './records.ts';

const FIELDS = ['caseId', 'request', 'rationale', 'guidelines', 'subject', 'summary'] as const;

/** Also read by the page of the bench, so plain data. */
export const MINISEARCH_OPTIONS = {
  idField: 'id',
  fields: [...FIELDS],
  searchOptions: { boost: { caseId: 10, request: 6, rationale: 3, subject: 3, summary: 0.5 }, prefix: true, fuzzy: 0.2 },
};

/** What is used of MiniSearch 7. */
export interface MiniSearchIndex {
  search(query: string, options?: { combineWith?: 'AND' | 'OR'; filter?: (result: { id: unknown }) => boolean }): { id: unknown; score: number }[];
  toJSON(): object;
}

export function openMiniSearch(records: readonly DecisionRecord[]): MiniSearchIndex {
  const index = new MiniSearch<DecisionRecord>(MINISEARCH_OPTIONS);
  index.addAll(records);
  return index;
}

/** Address of its module, which the page of the bench loads too. */
export function miniSearchFile(): string {
  return import.meta.resolve('minisearch');
}
