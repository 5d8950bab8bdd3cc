/** All that a query is matched against, put together from the files of an index. */
import type { FacetName } from '../../facets.ts';
import type { Sources, WordIndex } from '../match.ts';
import { correct, decodeDictionary } from '../spelling.ts';
import type { Dictionary } from '../spelling.ts';
import { findWidenings, openVocabulary } from '../synonyms.ts';
import type { SearchVocabulary, Vocabulary } from '../synonyms.ts';
import type { Opening } from './messages.ts';
import { HEAD_FILE, openWordIndex, remember } from './word-index.ts';
import type { TextIndexHead } from './word-index.ts';

/** Corrections of one visit: who types on asks for the same word again. */
const KEPT_CORRECTIONS = 100;

/** What a query is matched against, and what suggestions are made of. */
export interface OpenedIndex extends Sources {
  vocabulary: Vocabulary;
}

/** Facets that a query can ask for. */
const ASKED: ReadonlySet<FacetName> = new Set(['drug', 'service', 'outcome']);

/**
 * Opens an index for matchQuery.
 * @param download gives a file of an absolute address, unpacked
 */
export async function openSources(opening: Opening, download: (address: string) => Promise<Uint8Array>): Promise<OpenedIndex> {
  const { caseOf, facets: columns } = opening.table;
  const wordIndex = async (folder: string): Promise<WordIndex> => openWordIndex(json<TextIndexHead>(await download(folder + HEAD_FILE)), (name) => download(folder + name));
  const [text, vocabulary] = await Promise.all([wordIndex(opening.text), download(opening.vocabulary).then((bytes) => openVocabulary(json<SearchVocabulary>(bytes)))]);
  const dictionary = once(async (): Promise<Dictionary> => decodeDictionary(await download(opening.dictionary)));
  const decisions = Uint32Array.from(caseOf, (_case, decision) => decision);
  const corrections = new Map<string, Promise<readonly string[]>>();
  const facets = new Map(
    columns.filter(({ name }) => ASKED.has(name)).map(({ name, values, sets, setOf }) => [
      name,
      values.map((value, index) => {
        const has = sets.map((set) => set.includes(index));
        return { value, pages: () => decisions.filter((decision) => has[setOf[decision]!]) };
      }),
    ]),
  );
  return {
    text,
    vocabulary,
    summary: once(() => wordIndex(opening.summaries)),
    pagesOfSummaries: (pages) => {
      const cases = new Set(pages);
      return decisions.filter((decision) => cases.has(caseOf[decision]!));
    },
    facet: (name) => facets.get(name) ?? [],
    widen: (words) => findWidenings(words, vocabulary),
    correct: (word) => remember(corrections, word, KEPT_CORRECTIONS, async () => correct(word, await dictionary())),
  };
}

function json<Value>(bytes: Uint8Array): Value {
  return JSON.parse(new TextDecoder().decode(bytes)) as Value;
}

function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();
  return () => remember(kept, '', 1, load);
}
