/** MiniSearch on the same records: what this search is compared with. A devDependency; comparisons are left out where it is not installed. */
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

/** @returns undefined where MiniSearch is not installed */
export async function openMiniSearch(records: readonly DecisionRecord[]): Promise<MiniSearchIndex | undefined> {
  const MiniSearch = await loadMiniSearch();
  if (!MiniSearch) return undefined;
  const index = new MiniSearch(MINISEARCH_OPTIONS);
  index.addAll(records);
  return index;
}

type MiniSearchClass = new (options: typeof MINISEARCH_OPTIONS) => MiniSearchIndex & { addAll(records: readonly DecisionRecord[]): void };

async function loadMiniSearch(): Promise<MiniSearchClass | undefined> {
  const file = miniSearchFile();
  return file === undefined ? undefined : ((await import(file)) as { default: MiniSearchClass }).default;
}

/** Address of its module, which the page of the bench loads too: that of the package, or the file that IMR_MINISEARCH names. */
export function miniSearchFile(): string | undefined {
  try {
    return process.env.IMR_MINISEARCH ? new URL(`file://${process.env.IMR_MINISEARCH}`).href : import.meta.resolve('minisearch');
  } catch {
    return undefined;
  }
}
