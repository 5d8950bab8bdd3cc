/**
 * The facets, declared once. This table drives the search index, the search form, the address of a search,
 * the browse pages and their tests. What values a decision has in them is said in facet-values.ts, which browsers do without.
 */
import { VALUE_SEPARATOR } from './determinations/record.ts';
import type { GuidelineCitation } from './determinations/record.ts';

export type FacetName = 'outcome' | 'service' | 'drug' | 'bodypart' | 'guideline' | 'reason' | 'specialty' | 'year';

export interface Facet {
  /** Name of the query parameter in the address of a search. */
  name: FacetName;
  /** Folder of its browse pages. */
  folder: string;
  label: string;
  /** What the browse page about all its values is called. */
  title: string;
  /** One sentence for a reader who does not know the field's words. */
  hint: string;
}

export const FACETS: readonly Facet[] = [
  {
    name: 'outcome',
    folder: 'outcomes',
    label: 'Outcome',
    title: 'Outcomes',
    hint: 'Overturned means that the treatment was approved. Upheld means that the denial stands.',
  },
  {
    name: 'service',
    folder: 'services',
    label: 'Service',
    title: 'Services',
    hint: 'The kind of treatment, test or equipment that was asked for.',
  },
  {
    name: 'drug',
    folder: 'drugs',
    label: 'Drug',
    title: 'Drugs',
    hint: 'A medicine that was asked for, by its generic name.',
  },
  {
    name: 'bodypart',
    folder: 'body-parts',
    label: 'Body part',
    title: 'Body parts',
    hint: 'The part of the body that the request names.',
  },
  {
    name: 'guideline',
    folder: 'guidelines',
    label: 'Guideline',
    title: 'Guidelines',
    hint: 'The treatment guideline that the reviewer cited.',
  },
  {
    name: 'reason',
    folder: 'reasons',
    label: 'Reason',
    title: 'Reasons',
    hint: 'Why the reviewer decided so, sorted by rule. Not every reason is found.',
  },
  {
    name: 'specialty',
    folder: 'specialties',
    label: 'Reviewer specialty',
    title: 'Reviewer specialties',
    hint: 'The medical specialty of the physician who decided.',
  },
  {
    name: 'year',
    folder: 'years',
    label: 'Year of decision',
    title: 'Years',
    hint: 'The year in which the review was decided.',
  },
];

/** The facet of that name. @throws when there is none: a mistake of ours, not of the data */
export function facet(name: FacetName): Facet {
  const found = FACETS.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no facet ${name}`);
  return found;
}

/** A value and all that contain it, widest first: `A > B` gives `A`, `A > B`. */
export function withAncestors(value: string): readonly string[] {
  let values = WITH_ANCESTORS.get(value);
  if (!values) {
    const steps = value.split(VALUE_SEPARATOR);
    WITH_ANCESTORS.set(value, (values = steps.map((_step, index) => steps.slice(0, index + 1).join(VALUE_SEPARATOR))));
  }
  return values;
}
/** Thousands of decisions have the same few values. */
const WITH_ANCESTORS = new Map<string, readonly string[]>();

/** A map and no object: a value may be `constructor`. */
const WORDS = new Map<string, string>([
  ['upheld', 'Upheld: denial stands'],
  ['overturned', 'Overturned: treatment approved'],
  ['partially overturned', 'Partially overturned: some treatment approved'],
  ['other', 'Other source'],
  ['none', 'None cited'],
]);

/** A value, or the last step of one, in words that a layman gets right. */
export function valueLabel(value: string): string {
  const last = value.split(VALUE_SEPARATOR).at(-1)!;
  return WORDS.get(last) ?? last;
}

/** What a citation names, without its sections: `MTUS, Shoulder Complaints (2004)`. */
export function citationName({ source, chapter, year }: GuidelineCitation): string {
  return `${chapter === undefined ? valueLabel(source) : `${source}, ${chapter}`}${year === undefined ? '' : ` (${year})`}`;
}
