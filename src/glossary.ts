/** One plain sentence about values that a reader may not know, shown on their browse pages and cards. Sources: Labor Code 4610.5, 4610.6 and 5307.27; the publishers' own names. */
import { load } from 'js-yaml';
import services from '../content/vocabulary/services.yaml?raw';
import { VALUE_SEPARATOR } from './determinations/record.ts';
import type { FacetName } from './facets.ts';
import { KINDS, REASON_KINDS, SIDE_NAMES, reasonValue } from './reasons/kinds.ts';

const GLOSSARY: Partial<Record<FacetName, Record<string, string>>> = {
  outcome: {
    upheld: 'The reviewer agreed with the insurer’s side. The denial stands, and the treatment is not approved.',
    overturned: 'The reviewer disagreed with the insurer’s side. The treatment is approved.',
  },
  guideline: {
    MTUS: 'The Medical Treatment Utilization Schedule: California’s own treatment guidelines for injured workers. Its rules come first.',
    ODG: 'The Official Disability Guidelines, a privately published set of treatment guidelines.',
    ACOEM: 'The practice guidelines of the American College of Occupational and Environmental Medicine.',
    other: 'Textbooks, journal articles, web pages and other guidelines. The page of a case shows each as it was printed.',
    none: 'The letter says that the reviewer cited no medical evidence. Often the item goes with an operation that was itself refused.',
  },
};

interface Described {
  description: string;
  subcategories?: Record<string, Described>;
}

/** What each service is, from the vocabulary: the services are declared there. */
function serviceSentences(): Record<string, string> {
  const { categories } = load(services) as { categories: Record<string, Described> };
  return Object.fromEntries(
    Object.entries(categories).flatMap(([category, { description, subcategories = {} }]) => [
      [category, `${description}.`],
      ...Object.entries(subcategories).map(([subcategory, below]) => [`${category}${VALUE_SEPARATOR}${subcategory}`, `${below.description}.`]),
    ]),
  ) as Record<string, string>;
}

/** What each kind of reason says. */
function reasonSentences(): Record<string, string> {
  return {
    [SIDE_NAMES['not met']]: 'Something that was needed is missing, or speaks against the treatment.',
    [SIDE_NAMES.met]: 'Something that was needed is there, or speaks for the treatment.',
    [SIDE_NAMES.neither]: 'What the reviewer also says, whatever came of the request.',
    ...Object.fromEntries(REASON_KINDS.map((kind) => [reasonValue(kind), KINDS[kind].says])),
  };
}

const SENTENCES: typeof GLOSSARY = { ...GLOSSARY, service: serviceSentences(), reason: reasonSentences() };

/** The sentence about a value of a facet, if it needs one. */
export function gloss(facet: FacetName, value: string): string | undefined {
  const sentences = SENTENCES[facet];
  return sentences && Object.hasOwn(sentences, value) ? sentences[value] : undefined;
}
