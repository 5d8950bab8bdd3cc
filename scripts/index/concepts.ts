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
  // A page and a place in it as one number, so that all of them are sorted at once.
  const step = 1 + occurring.reduce((most, { spots }) => spots.reduce((larger, spot) => Math.max(larger, spot), most), 0);
  const all = new Float64Array(occurring.reduce((sum, { spots }) => sum + spots.length, 0));
  let filled = 0;
  for (const { pages, ends, spots } of occurring) {
    let spot = 0;
    for (const [index, page] of pages.entries()) for (const end = ends[index]!; spot < end; spot += 1) all[filled++] = page * step + spots[spot]!;
  }
  all.sort();
  const [pages, ends] = [new Uint32Array(all.length), new Uint32Array(all.length)];
  const spots = new Uint32Array(all.length);
  let [pageCount, spotCount] = [0, 0];
  let last = -1;
  for (const place of all) {
    if (place === last) continue;
    const page = Math.floor(place / step);
    if (pageCount === 0 || pages[pageCount - 1] !== page) pages[pageCount++] = page;
    spots[spotCount++] = place - page * step;
    ends[pageCount - 1] = spotCount;
    last = place;
  }
  return { pages: pages.slice(0, pageCount), ends: ends.slice(0, pageCount), spots: spots.slice(0, spotCount) };
}
