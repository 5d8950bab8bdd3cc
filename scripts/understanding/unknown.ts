/**
 * Which words of a letter the vocabulary did not know. It looks at what the readers have made of the letter, so that they do no more
 * work for it; a term that is seen often belongs in `content/vocabulary/`.
 */
import type { Decision, Determination, GuidelineCitation } from '../../src/determinations/record.ts';
import type { DrugsVocabulary } from './services.ts';
import { readVocabulary } from './vocabulary.ts';

/** As in the letter, shortened where long. A term stands once for each time that it was not known. */
export interface UnknownTerms {
  specialties: string[];
  /** `MTUS > Chapter` where the source is known and the chapter is not, else the citation, or the host of a web page. */
  guidelines: string[];
  /** What a doubtful reading of the service rests on. */
  requests: string[];
  drugs: string[];
}

/** A doubt of readService about one decision. */
export interface ServiceDoubt {
  /** Counted from 1. */
  decision: number;
  words: string;
}

const LONGEST = 80;

/** What of a letter is not a canonical term of the vocabulary. */
export function unknownTerms({ specialty, decisions }: Pick<Determination, 'specialty' | 'decisions'>, doubts: readonly ServiceDoubt[]): UnknownTerms {
  known ??= readKnown();
  const { specialties } = known;
  return {
    specialties: specialty.filter((term) => !specialties.has(term)).map(shorten),
    guidelines: decisions.flatMap(({ guidelines, claimsAdministratorGuidelines }) => [...guidelines, ...claimsAdministratorGuidelines].flatMap(unknownGuideline)).map(shorten),
    requests: doubts.flatMap(({ decision, words }) => restsOn(decisions[decision - 1]!, words)).map(shorten),
    drugs: decisions.flatMap(unknownDrug).map(shorten),
  };
}

interface Known {
  specialties: ReadonlySet<string>;
  chapters: Readonly<Record<string, ReadonlySet<string>>>;
  /** As plainWords gives them. */
  otherSources: readonly string[];
  drugForms: ReadonlySet<string>;
}
let known: Known | undefined;

function readKnown(): Known {
  const guidelines = readVocabulary<{ sources: Record<string, { chapters: { chapter: string; later?: { chapter: string } }[] }>; otherSources: string[] }>('guidelines');
  const { topical, compounded, notTopical } = readVocabulary<DrugsVocabulary>('drugs').forms;
  return {
    specialties: new Set(readVocabulary<{ term: string }[]>('specialties').map(({ term }) => term)),
    chapters: Object.fromEntries(
      Object.entries(guidelines.sources).map(([source, { chapters }]) => [source, new Set(chapters.flatMap(({ chapter, later }) => [chapter, ...(later ? [later.chapter] : [])]))]),
    ),
    otherSources: guidelines.otherSources.map(plainWords),
    drugForms: new Set([...topical, ...compounded, ...notTopical, ...DRUG_WORDS].flatMap((form) => [form, `${form}s`])),
  };
}

/** In lower case, each with a blank before and behind, so that whole words are found in it. */
function plainWords(text: string): string {
  return ` ${text.toLowerCase().replace(/['’]|\bwww\./g, '').replace(/[^\p{L}\p{N}.]+/gu, ' ').trim()} `;
}

const WEB_PAGE = /(?:https?:\/\/|\bwww\.)[^\s/,;()]+/i;

function unknownGuideline({ source, chapter, sections = [] }: GuidelineCitation): string[] {
  const { chapters, otherSources } = known!;
  if (source === 'none') return [];
  if (source !== 'other') return chapter === undefined || chapters[source]!.has(chapter) ? [] : [`${source} > ${chapter}`];
  return sections.flatMap((section) => {
    const words = plainWords(section);
    if (otherSources.some((name) => words.includes(name))) return [];
    const page = WEB_PAGE.exec(section);
    return [page ? page[0].toLowerCase().replace(/^https?:\/\//, '').replace(/(?<!\.)\.+$/, '') : section];
  });
}

/** The words in quotes of a doubt where they stand in the request; the request itself where nothing in it was known. */
function restsOn(decision: Decision, doubt: string): string {
  const quoted = /"([^"]+)"/.exec(doubt)?.[1]?.toLowerCase();
  return quoted !== undefined && decision.request.toLowerCase().includes(quoted) ? quoted : decision.request.toLowerCase();
}

const STRENGTH = /\d[\d.,]{0,9}(?:[ -]?(?:mg|mcg|µg|ml|gm?|iu)\b| ?%)/i;
/** Words between a drug's name and its strength that are not the form. */
const DRUG_WORDS = ['cap', 'cr', 'dr', 'er', 'generic', 'hcl', 'ir', 'la', 'mg', 'of', 'oral', 'prescription', 'rx', 'sodium', 'solution', 'sr', 'strength', 'tab', 'xl', 'xr'];

/** The word before the strength of a medication in which no drug was found. Of several drugs, all unknown, the first. */
function unknownDrug({ request, service, drugs = [] }: Decision): string[] {
  if (service.category !== 'Pharmaceuticals' || drugs.length > 0) return [];
  const strength = STRENGTH.exec(request);
  if (!strength) return [];
  const words = request.slice(0, strength.index).toLowerCase().match(/\p{L}[\p{L}-]+/gu) ?? [];
  const name = words.findLast((word) => !known!.drugForms.has(word));
  return name === undefined ? [] : [name];
}

function shorten(term: string): string {
  return term.length <= LONGEST ? term : `${term.slice(0, LONGEST - 3).toWellFormed()}...`;
}
