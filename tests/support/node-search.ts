/** The search of a built site without a browser: the same modules over the files of the site's folder. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { answer } from '../../src/search/engine.ts';
import { DATA_FOLDER, MANIFEST_FILE } from '../../src/search/manifest.ts';
import type { Manifest } from '../../src/search/manifest.ts';
import { ENOUGH, matchQuery, partialScores } from '../../src/search/match.ts';
import type { Matched } from '../../src/search/match.ts';
import { openSources } from '../../src/search/index/sources.ts';
import { findCases, parseQuery } from '../../src/search/query.ts';
import { decodeTable } from '../../src/search/table.ts';
import type { FacetTable } from '../../src/search/table.ts';

export interface NodeSearch {
  table: FacetTable;
  caseIds: readonly string[];
  match(query: string): Promise<Matched>;
  /** Decisions as `case.number`, best first: those that hold all words, then those that hold most of them, as the page shows them. */
  rank(query: string): Promise<string[]>;
}

/** @param siteFolder holds `search-data/` and the text indexes */
export async function openNodeSearch(siteFolder: string): Promise<NodeSearch> {
  const unpack = async (path: string): Promise<Uint8Array> => gunzipSync(await readFile(path));
  const data = join(siteFolder, DATA_FOLDER);
  const manifest = JSON.parse(await readFile(join(data, MANIFEST_FILE), 'utf8')) as Manifest;
  const table = decodeTable(await unpack(join(data, manifest.table)));
  const caseIds = new TextDecoder().decode(await unpack(join(data, manifest.caseIds))).split('\n').filter(Boolean);
  const sources = await openSources(
    {
      kind: 'open',
      text: join(data, manifest.text),
      summaries: join(data, manifest.summaries),
      vocabulary: join(data, manifest.vocabulary),
      dictionary: join(data, manifest.dictionary),
      caseOf: table.caseOf,
      facets: table.facets.flatMap(({ name, values, sets, setOf }) => (name === 'drug' || name === 'service' || name === 'outcome' ? [{ name, values, sets, setOf }] : [])),
    },
    unpack,
  );
  const match = (query: string): Promise<Matched> => matchQuery(parseQuery(query), sources);
  const firstOfCase = table.caseOf.map((caseNumber, decision) => (decision > 0 && table.caseOf[decision - 1] === caseNumber ? 0 : decision));
  for (let decision = 1; decision < firstOfCase.length; decision += 1) if (table.caseOf[decision] === table.caseOf[decision - 1]) firstOfCase[decision] = firstOfCase[decision - 1]!;
  const name = (decision: number): string => `${caseIds[table.caseOf[decision]!]!}.${decision - firstOfCase[decision]! + 1}`;
  return {
    table,
    caseIds,
    match,
    async rank(query) {
      const { cases: references, units } = parseQuery(query);
      const cases = references.length > 0 ? new Set(references.flatMap((reference) => findCases(caseIds, reference))) : undefined;
      const matched = await match(query);
      const state = { facets: new Map(), sort: 'relevance' as const };
      const complete = [...answer(table, state, { ...(units.length > 0 && matched.scores && { scores: matched.scores }), cases }).decisions];
      const most = complete.length < ENOUGH ? partialScores(matched, cases !== undefined) : undefined;
      if (!most) return complete.map(name);
      const partial = answer(table, state, { scores: most.scores, cases });
      return [...complete, ...partial.decisions].map(name);
    },
  };
}
