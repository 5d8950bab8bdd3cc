/** The vocabulary as the search page downloads it: content/vocabulary without what the page can do without, in few bytes. */
import { serviceValue } from '../../src/determinations/record.ts';
import { NAME_SEPARATOR } from '../../src/search/synonyms.ts';
import type { SearchVocabulary } from '../../src/search/synonyms.ts';
import { wordParts } from '../../src/search/words.ts';
import type { BodyPartsVocabulary, DrugsVocabulary, ServicesVocabulary } from '../understanding/services.ts';
import { readVocabulary } from '../understanding/vocabulary.ts';

/** A row of synonyms.yaml, whose head says what each field means. */
export interface SynonymRow {
  term: string;
  kind: 'abbreviation' | 'synonym' | 'lay';
  variants?: string[];
  narrower?: string[];
  ambiguous?: true;
  usual?: true;
}

/**
 * Rows of drugs.yaml that gather different products under one name, because it is that name that a request is counted by. A search for
 * the name finds the products; a search for one product does not find the others.
 */
const KINDS_OF_PRODUCT = new Set(['compounded topical product', 'insulin', 'medical food', 'menthol combination', 'multivitamin', 'nicotine', 'probiotic', 'vitamin b complex']);

/** Names in drugs.yaml that mean more than the drug in whose row they stand: they find the drug, the drug does not find them. */
const WIDER_THAN_THE_DRUG = new Set([
  'estrogen', 'fiber supplement', 'laxative', 'progesterone', 'steroid dose pack', 'stool softener', 'testosterone replacement', 'testosterone replacement therapy',
  'thyroid tablet', 'triple antibiotic',
]);

/** Names in drugs.yaml that are ordinary words of a question or a rationale; who types them seldom means the drug. */
const ORDINARY_WORDS = new Set(['ensure', 'muse', 'same']);

/**
 * The vocabulary for the browser.
 * Drug classes do not lead to their drugs: every decision holds the name of its service and of its drugs as words (TEXT_PARTS), so
 * "opioids" finds the decisions on hydrocodone already, and thirty drug names more would only find what mentions one in passing.
 * @param counts how many decisions hold a plain word (words.ts): the names of a drug are put in that order, so that the common ones come
 *   first, and what no decision holds by any of its names is left out. Without it everything is kept, in the order of the files.
 */
export function searchVocabulary(counts?: ReadonlyMap<string, number>): SearchVocabulary {
  const synonyms = readVocabulary<SynonymRow[]>('synonyms');
  const { classes } = readVocabulary<DrugsVocabulary>('drugs');
  const { parts } = readVocabulary<BodyPartsVocabulary>('body-parts');
  const { categories } = readVocabulary<ServicesVocabulary>('services');

  const countOf = (word: string): number => Math.max(...[word, `${word}s`, word.replace(/s$/, ''), word.replace(/y$/, 'ies')].map((form) => counts?.get(form) ?? 0));
  const frequency = (name: string): number => Math.min(...wordParts(name).map(countOf));
  const occurs = (fields: readonly string[]): boolean => !counts || fields.some((names) => names !== '' && names.split(NAME_SEPARATOR).some((name) => frequency(name) > 0));
  const byFrequency = (names: readonly string[]): string[] => [...names].sort((a, b) => frequency(b) - frequency(a));
  const names = new Map<string, Set<string>>();
  for (const row of Object.values(classes)) {
    for (const [generic, variants] of Object.entries(row)) {
      const known = names.get(generic) ?? new Set();
      for (const variant of variants) known.add(variant);
      names.set(generic, known);
    }
  }
  const ofSameDrug = (generic: string): string[] => byFrequency([...names.get(generic)!].filter((name) => !WIDER_THAN_THE_DRUG.has(name) && !ORDINARY_WORDS.has(name.toLowerCase())));
  const drugs = [...names.keys()].filter((generic) => !KINDS_OF_PRODUCT.has(generic));
  const wider = [...WIDER_THAN_THE_DRUG].map((name) => row({ term: name, narrower: drugs.filter((generic) => names.get(generic)!.has(name)) }));
  const kinds = [...KINDS_OF_PRODUCT].map((term) => row({ term, narrower: ofSameDrug(term) }));

  const rows = Map.groupBy(synonyms, ({ term }) => term);
  return {
    terms: [
      ...[...rows].map(([term, ofTerm]) => {
        const listed = (fits: (row: SynonymRow) => boolean): string[] => ofTerm.filter(fits).flatMap(({ variants = [] }) => variants);
        return row({
          term,
          abbreviations: listed(({ kind, ambiguous }) => kind === 'abbreviation' && !ambiguous),
          synonyms: listed(({ kind }) => kind === 'synonym'),
          lay: listed(({ kind }) => kind === 'lay'),
          narrower: ofTerm.flatMap(({ narrower = [] }) => narrower),
          ambiguous: listed(({ ambiguous, usual }) => ambiguous === true && !usual),
          usual: listed(({ usual }) => usual === true),
        });
      }),
      ...wider,
      ...kinds,
    ].filter(occurs),
    drugs: drugs.map((generic) => [generic, ...ofSameDrug(generic)].join(NAME_SEPARATOR)).filter((names) => occurs([names])),
    bodyParts: Object.entries(parts).map(([part, variants]) => [part, ...variants].join(NAME_SEPARATOR)),
    services: Object.entries(categories).flatMap(([category, { subcategories }]) =>
      Object.entries(subcategories).map(([subcategory, { terms: included }]) => [serviceValue({ category, subcategory }), ...Object.keys(included)].join(NAME_SEPARATOR))),
  };
}

interface TermFields {
  term: string;
  abbreviations?: string[];
  synonyms?: string[];
  lay?: string[];
  narrower?: string[];
  ambiguous?: string[];
  usual?: string[];
}

function row({ term, abbreviations = [], synonyms = [], lay = [], narrower = [], ambiguous = [], usual = [] }: TermFields): string[] {
  const fields = [term, ...[abbreviations, synonyms, lay, narrower, ambiguous, usual].map((names) => names.join(NAME_SEPARATOR))];
  while (fields.at(-1) === '') fields.pop();
  return fields;
}
