/** The search of a built site without a browser: the same modules over the files of the site's folder. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { placeOf } from '../../src/search/hits.ts';
import { DATA_FOLDER, MANIFEST_FILE } from '../../src/search/manifest.ts';
import type { Manifest } from '../../src/search/manifest.ts';
import { matchQuery } from '../../src/search/match.ts';
import type { Matched } from '../../src/search/match.ts';
import type { TextSource } from '../../src/search/index/open.ts';
import { openSources } from '../../src/search/index/sources.ts';
import { recordFile } from '../../src/search/index/word-index.ts';
import { decodeCaseIds } from '../../src/search/load.ts';
import { parseQuery } from '../../src/search/query.ts';
import { createSearcher } from '../../src/search/searcher.ts';
import { EMPTY_STATE } from '../../src/search/state.ts';
import { openSuggestions, suggest } from '../../src/search/suggest.ts';
import { decodeTable } from '../../src/search/table.ts';
import type { FacetTable } from '../../src/search/table.ts';
import { decodeRecord } from '../../src/search/text-record.ts';

export interface NodeSearch {
  table: FacetTable;
  caseIds: readonly string[];
  match(query: string): Promise<Matched>;
  /** Decisions as `case.number`, best first: those that hold all words, then the best of those that hold most of them, as the page shows them. */
  rank(query: string): Promise<string[]>;
}

/** @param siteFolder holds `search-data/` and the text indexes */
export async function openNodeSearch(siteFolder: string): Promise<NodeSearch> {
  const unpack = async (path: string): Promise<Uint8Array> => gunzipSync(await readFile(path));
  const data = join(siteFolder, DATA_FOLDER);
  const manifest = JSON.parse(await readFile(join(data, MANIFEST_FILE), 'utf8')) as Manifest;
  const table = decodeTable(await unpack(join(data, manifest.table)));
  const caseIds = decodeCaseIds(await unpack(join(data, manifest.caseIds)));
  const sources = await openSources(
    { kind: 'open', text: join(data, manifest.text), summaries: join(data, manifest.summaries), vocabulary: join(data, manifest.vocabulary), dictionary: join(data, manifest.dictionary), caseIds: manifest.caseIds, table },
    unpack,
  );
  const match = (query: string): Promise<Matched> => matchQuery(parseQuery(query), sources);
  const text: TextSource = {
    prepare: () => undefined,
    search: match,
    searchWithout: async (query, unit) => (await match(query)).without(unit),
    places: async (query, decisions) => {
      const matched = await match(query);
      return decisions.map((decision) => new Set(matched.marksAt(decision).map(placeOf)));
    },
    readRecord: async (decision) => decodeRecord(await unpack(join(data, manifest.text, recordFile(decision)))),
    suggest: async (typed, state) => suggest(typed, openSuggestions(table, sources.vocabulary, caseIds), state),
  };
  const searcher = createSearcher(async () => ({ table, text, stems: manifest.stems, caseIds: async () => caseIds }));
  const firstOfCase = table.caseOf.map((caseNumber, decision) => (decision > 0 && table.caseOf[decision - 1] === caseNumber ? 0 : decision));
  for (let decision = 1; decision < firstOfCase.length; decision += 1) if (table.caseOf[decision] === table.caseOf[decision - 1]) firstOfCase[decision] = firstOfCase[decision - 1]!;
  const name = (decision: number): string => `${caseIds[table.caseOf[decision]!]!}.${decision - firstOfCase[decision]! + 1}`;
  return {
    table,
    caseIds,
    match,
    async rank(query) {
      const found = await searcher.search({ ...EMPTY_STATE, q: query, sort: 'relevance' });
      const last = found.pages > 1 ? await searcher.search({ ...found.state, page: found.pages }) : found;
      return [...found.answer.decisions, ...(await last.loadResults()).partial.map(({ decision }) => decision)].map(name);
    },
  };
}
