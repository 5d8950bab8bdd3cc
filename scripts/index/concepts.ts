/**
 * For each name of the vocabulary one list of the places of all that means the same, so that a search for it reads one list and not twenty.
 * The names and their meanings are those of the search itself (synonyms.ts, match.ts), so that a list finds what searching one by one would find.
 */
import { placesOfWords } from '../../src/search/match.ts';
import type { WordHits, WordIndex } from '../../src/search/match.ts';
import { CONCEPT } from '../../src/search/index/word-index.ts';
import type { WordEntry } from '../../src/search/index/word-file.ts';
import { NAME_SEPARATOR, findWidenings, openVocabulary } from '../../src/search/synonyms.ts';
import type { SearchVocabulary } from '../../src/search/synonyms.ts';

/** A list for each name of which another name occurs in the texts. */
export async function conceptEntries(data: SearchVocabulary, words: ReadonlyMap<string, WordHits>, stems: Readonly<Record<string, string>>): Promise<WordEntry[]> {
  const vocabulary = openVocabulary(data);
  const index: WordIndex = { records: 0, exceptions: new Map(Object.entries(stems)), find: async (stem) => words.get(stem), findBeginning: async () => [] };
  const places = new Map<string, Promise<WordHits>>();
  const placesOf = (text: string): Promise<WordHits> => {
    const known = places.get(text) ?? placesOfWords(index, text);
    places.set(text, known);
    return known;
  };
  const lists = new Map<string, WordHits>();
  const entries = new Map<string, WordEntry>();
  for (const text of new Set([...data.terms.flat(), ...data.drugs].flatMap((names) => names.split(NAME_SEPARATOR)))) {
    const typed = text.split(' ');
    const widening = findWidenings(typed, vocabulary).find(({ from, to }) => from === 0 && to === typed.length);
    if (!widening || entries.has(CONCEPT + widening.name)) continue;
    const others = await Promise.all(widening.alternatives.map(async (alternative) => ({ text: alternative.text, hits: await placesOf(alternative.text) })));
    const found = others.filter(({ hits }) => hits.pages.length > 0);
    if (found.length === 0) continue;
    const key = [text, ...found.map((other) => other.text)].sort().join(NAME_SEPARATOR);
    const hits = lists.get(key) ?? union([await placesOf(text), ...found.map((other) => other.hits)]);
    lists.set(key, hits);
    entries.set(CONCEPT + widening.name, { word: CONCEPT + widening.name, hits, also: found.map((other) => other.text) });
  }
  return [...entries.values()];
}

function union(lists: readonly WordHits[]): WordHits {
  const occurring = lists.filter(({ pages }) => pages.length > 0);
  if (occurring.length === 1) return occurring[0]!;
  const ofPage = new Map<number, number[]>();
  for (const { pages, ends, spots } of occurring) {
    pages.forEach((page, index) => {
      const own = [...spots.subarray(index === 0 ? 0 : ends[index - 1]!, ends[index]!)];
      const known = ofPage.get(page);
      if (known) known.push(...own);
      else ofPage.set(page, own);
    });
  }
  const pages = Uint32Array.from(ofPage.keys()).sort();
  const ends = new Uint32Array(pages.length);
  const spots: number[] = [];
  pages.forEach((page, index) => {
    for (const spot of new Set(ofPage.get(page)!.sort((a, b) => a - b))) spots.push(spot);
    ends[index] = spots.length;
  });
  return { pages, ends, spots: Uint32Array.from(spots) };
}
