import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCitations } from '../../scripts/understanding/citations.ts';
import { readVocabulary } from '../../scripts/understanding/vocabulary.ts';

interface Entry {
  chapter: string;
  number?: number;
  editions?: number[];
  variants?: string[];
  short?: string[];
  later?: { since: number; chapter: string };
}

interface Guidelines {
  sources: Record<'MTUS' | 'ODG' | 'ACOEM', { names: string[]; qualifiers?: string[]; chapters: Entry[] }>;
  otherSources: string[];
  headingsWithComma: string[];
}

const { sources, otherSources, headingsWithComma } = readVocabulary<Guidelines>('guidelines');
const SOURCES = ['MTUS', 'ODG', 'ACOEM'] as const;

/** How a letter introduces each source. */
const PREFIX = { MTUS: 'Decision based on MTUS', ODG: 'Decision based on Non-MTUS Citation ODG,', ACOEM: 'Decision based on Non-MTUS Citation ACOEM,' };

function sorted(names: readonly string[]): string[] {
  return names.toSorted((one, two) => (one.toLowerCase() < two.toLowerCase() ? -1 : 1));
}

/** The form in which names are compared: words only. */
function words(name: string): string {
  return name.toLowerCase().replaceAll('&', ' and ').replace(/['’]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Every name of a chapter once: the title may stand among its short names. */
function namesOf({ chapter, variants = [], short = [] }: Entry): string[] {
  return [...new Set([chapter, ...variants, ...short])];
}

describe('guidelines.yaml', () => {
  const lists: [string, readonly string[]][] = [
    ['otherSources', otherSources],
    ['headingsWithComma', headingsWithComma],
    ...SOURCES.flatMap((source): [string, readonly string[]][] => [
      [`${source} names`, sources[source].names],
      [`${source} qualifiers`, sources[source].qualifiers ?? []],
      [`${source} chapters`, sources[source].chapters.map(({ chapter }) => chapter)],
      ...sources[source].chapters.flatMap(({ chapter, variants = [], short = [] }): [string, readonly string[]][] => [
        [`${source} ${chapter} variants`, variants],
        [`${source} ${chapter} short`, short],
      ]),
    ]),
  ];

  test('every list is sorted, each name once, without stray blanks', () => {
    for (const [name, list] of lists) {
      assert.deepEqual(list, sorted(list), name);
      assert.equal(new Set(list.map(words)).size, list.length, name);
      for (const entry of list) assert.equal(entry, entry.replace(/\s+/g, ' ').trim(), name);
    }
  });

  for (const source of SOURCES) {
    const { names, chapters } = sources[source];

    test(`${source}: each name stands under one chapter`, () => {
      const owner = new Map<string, string>();
      for (const entry of chapters) {
        for (const name of namesOf(entry)) {
          assert.equal(owner.get(words(name)), undefined, `${name}: ${owner.get(words(name))} and ${entry.chapter}`);
          owner.set(words(name), entry.chapter);
        }
      }
    });

    test(`${source}: each name is read back to its chapter`, () => {
      for (const entry of chapters) {
        for (const name of namesOf(entry)) {
          const [citation, ...more] = readCitations(`${PREFIX[source]} ${name}.`);
          assert.deepEqual([citation?.source, citation?.chapter, more.length], [source, entry.chapter, 0], name);
        }
      }
    });

    test(`${source}: each name of the source is read as the source`, () => {
      for (const name of names) assert.deepEqual(readCitations(`${name}.`).map((citation) => citation.source), [source], name);
    });
  }

  test('titles with their editions are read with chapter and year', () => {
    for (const { chapter, editions = [] } of sources.MTUS.chapters) {
      for (const year of editions) {
        assert.deepEqual(
          readCitations(`Decision based on MTUS ${chapter} ${year}, Section(s): Special Studies, and Some New Disorders 2031.`)[0],
          { source: 'MTUS', chapter, year, sections: ['Special Studies'] },
          chapter,
        );
      }
    }
  });

  test('chapter numbers are those of one edition, each once, and are read without a title', () => {
    for (const source of ['MTUS', 'ACOEM'] as const) {
      const numbered = sources[source].chapters.filter(({ number }) => number !== undefined);
      assert.deepEqual(numbered.map(({ number }) => number).toSorted((one, two) => (one ?? 0) - (two ?? 0)), Array.from({ length: 16 }, (_, index) => index + 1));
    }
    for (const { chapter, number } of sources.MTUS.chapters) {
      if (number === undefined) continue;
      assert.equal(readCitations(`Decision based on MTUS ACOEM Chapter ${number} Page(s): 9.`)[0]?.chapter, chapter);
    }
  });

  test('`later` names a chapter of the same source, and is read from its year on', () => {
    for (const { chapter, short = [], later } of sources.MTUS.chapters) {
      if (later === undefined) continue;
      assert.ok(sources.MTUS.chapters.some((entry) => entry.chapter === later.chapter), chapter);
      for (const name of short) {
        assert.equal(readCitations(`Decision based on MTUS ${name} ${later.since}.`)[0]?.chapter, later.chapter, name);
        assert.equal(readCitations(`Decision based on MTUS ${name} ${later.since - 1}.`)[0]?.chapter, chapter, name);
      }
    }
  });

  test('headings with a comma stay whole in a list', () => {
    for (const heading of headingsWithComma) {
      assert.deepEqual(
        readCitations(`Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Introduction, ${heading}, Ketamine.`)[0]?.sections,
        ['Introduction', heading, 'Ketamine'],
      );
    }
  });

  test('other sources end a citation of ODG', () => {
    for (const name of otherSources) {
      const citations = readCitations(`Decision based on Non-MTUS Citation ODG, Pain Chapter, Traction; ${name} bulletin.`);
      assert.deepEqual(citations.map(({ source }) => source), ['ODG', 'other'], name);
    }
  });
});
