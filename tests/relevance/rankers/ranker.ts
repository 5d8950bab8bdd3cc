/** An engine under test: the best decisions for each query, best first. */
export interface Ranker {
  name: string;
  rank(queries: readonly string[]): Promise<Map<string, string[]>>;
}

/** As many results as recall is measured on. */
export const DEPTH = 20;

/** A ranker that answers each query for itself. */
export function rankEach(name: string, answer: (query: string) => string[]): Ranker {
  return { name, rank: async (queries) => new Map(queries.map((query) => [query, answer(query).slice(0, DEPTH)])) };
}
