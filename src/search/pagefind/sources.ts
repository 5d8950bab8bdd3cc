/** All that a query is matched against, put together from the files of an index. */
import type { Sources, WordIndex } from '../match.ts';
import { correct, decodeDictionary } from '../spelling.ts';
import type { Dictionary } from '../spelling.ts';
import { findWidenings, openVocabulary } from '../synonyms.ts';
import type { SearchVocabulary } from '../synonyms.ts';
import type { Opening } from './messages.ts';
import { openWordIndex, remember } from './word-index.ts';

/**
 * Opens an index for matchQuery.
 * @param download gives a file of an absolute address, unpacked
 */
export async function openSources(opening: Opening, download: (address: string) => Promise<Uint8Array>): Promise<Sources> {
  const { text, summaries, textPages, caseOf } = opening;
  const vocabulary = await download(opening.vocabulary).then((bytes) => openVocabulary(JSON.parse(new TextDecoder().decode(bytes)) as SearchVocabulary));
  const dictionary = once(async (): Promise<Dictionary> => decodeDictionary(await download(opening.dictionary)));
  const wordIndex = (folder: string, stems: Readonly<Record<string, string>>, table: Uint8Array | undefined): WordIndex =>
    openWordIndex(table, new Map(Object.entries(stems)), (name) => download(folder + name));
  let casesOfSummaries: ReadonlyMap<number, number> = new Map();
  const summary = once(async () => {
    if (summaries.pageTable === '') return wordIndex(summaries.folder, summaries.stems, undefined);
    const [table, pages] = await Promise.all([download(summaries.folder + summaries.pageTable), download(summaries.pages)]);
    casesOfSummaries = new Map((JSON.parse(new TextDecoder().decode(pages)) as number[]).map((page, number) => [page, number]));
    return wordIndex(summaries.folder, summaries.stems, table);
  });
  const facets = new Map(
    opening.facets.map(({ name, values, sets, setOf }) => [
      name,
      values.map((value, index) => {
        const has = sets.map((set) => set.includes(index));
        return { value, pages: textPages.filter((_page, decision) => has[setOf[decision]!]) };
      }),
    ]),
  );
  return {
    text: wordIndex(text.folder, text.stems, text.pageTableBytes.length > 0 ? text.pageTableBytes : undefined),
    summary,
    pagesOfSummaries: (pages) => {
      const cases = new Set(Array.from(pages, (page) => casesOfSummaries.get(page)!));
      return textPages.filter((_page, decision) => cases.has(caseOf[decision]!));
    },
    facet: (name) => facets.get(name) ?? [],
    widen: (words) => findWidenings(words, vocabulary),
    correct: async (word) => correct(word, await dictionary()),
  };
}

function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();
  return () => remember(kept, '', 1, load);
}
