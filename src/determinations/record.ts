/**
 * The record: what one determination letter says, as the import writes it and everything else reads it.
 * The frontmatter's field names and values are a public contract (README, "The record").
 */

import type { ReasonKind } from '../reasons/kinds.ts';

/** What happened to one disputed request. `upheld`: the utilization review denial stands. */
export type DecisionOutcome = 'upheld' | 'overturned';
/** What happened in a case as a whole. */
export type CaseOutcome = DecisionOutcome | 'partially overturned';
export type Priority = 'standard' | 'expedited';
export type GuidelineSource = 'MTUS' | 'ODG' | 'ACOEM' | 'other' | 'none';

/** One guideline that a side relied on. `none` says that the letter states that nothing was cited. */
export interface GuidelineCitation {
  source: GuidelineSource;
  /** Canonical chapter, without its year. */
  chapter?: string;
  year?: number;
  /** As printed. For source `other` the citation itself. */
  sections?: string[];
}

/** Category and subcategory as spelled in content/vocabulary/services.yaml. */
export interface Service {
  category: string;
  subcategory: string;
}

/** Text as the letter prints it: paragraphs in which every run of white space is one blank. */
export type Paragraphs = string[];

/** One disputed item of a letter: the unit of search, facets, statistics and citation. */
export interface Decision {
  request: string;
  outcome: DecisionOutcome;
  service: Service;
  /** Generic names, lower case. */
  drugs?: string[];
  bodyParts?: string[];
  /** The reviewer's. */
  guidelines: GuidelineCitation[];
  claimsAdministratorGuidelines: GuidelineCitation[];
  claimsAdministratorGuidelineText: Paragraphs;
  reviewerGuidelineText: Paragraphs;
  rationale: Paragraphs;
  /** Made of the rationale by rule whenever a determination is read (src/reasons), never written: what a reviewer meant is a reading, and rules get better. */
  reasons?: Reason[];
  /** Likewise, of a decision that was overturned: its most telling words, if it has any (src/quotes.ts). */
  quote?: Quotation;
}

/** A reason as it stands in a rationale. */
export interface Reason {
  kind: ReasonKind;
  /** As printed: a part of its paragraph. A slice of it, so who keeps it for long copies it. */
  sentence: string;
  /** Of the rationale, from 1. */
  paragraph: number;
  /** Of the sentence in its paragraph as `sentences` cuts it, from 1. */
  place: number;
}

/** Words of a rationale that stand for it. */
export interface Quotation {
  /** One sentence as printed, or two that stand together. */
  text: string;
  /** How telling it is, from 3 to 7. */
  score: number;
}

export interface Patient {
  /** Years, as stated in the summary. */
  age?: number;
  sex?: 'male' | 'female';
}

/** Where a determination came from. */
export interface Source {
  /** Relative to the imported folder, with forward slashes. */
  file: string;
  sha256: string;
  /** Name of the row in scripts/letters/layouts.ts that matched. */
  layout: string;
  /** Where the letter was published, if that is known. */
  url?: string;
}

/** The letter that is the case's page in place of an older one. */
export interface CurrentLetter {
  decisionDate?: string;
  /** Its `source.file`. */
  file: string;
}

/** One letter. Dates are ISO days (2016-12-09) as strings; a date that the letter lacks is left out. */
export interface Determination {
  /** Names the file and the page: the case number, or the source file's name where the letter has none. A superseded letter's says also which letter of the case it is. */
  id: string;
  caseNumber?: string;
  outcome: CaseOutcome;
  decisionDate?: string;
  dateAssigned?: string;
  dateOfInjury?: string;
  urDenialDate?: string;
  applicationReceived?: string;
  priority?: Priority;
  licensure: string[];
  /** Canonical terms. */
  specialty: string[];
  /** What was printed, where it differs from `specialty`. */
  specialtyAsPrinted?: string[];
  patient: Patient;
  decisions: Decision[];
  source: Source;
  /** Only where the case has a newer letter: that one. */
  supersededBy?: CurrentLetter;
  /** What the import was unsure of, in words. */
  notes?: string[];
  clinicalSummary: Paragraphs;
  /** Only in layouts that have the section. */
  documentsReviewed?: Paragraphs;
}

/** What lists, filters and counts need of a decision. */
export type DecisionFields = Omit<Decision, 'claimsAdministratorGuidelineText' | 'reviewerGuidelineText' | 'rationale'>;
/** What frontmatter alone holds of a determination: enough for filters, counts and lists, and read several times faster. */
export type DeterminationFields = Omit<Determination, 'id' | 'decisions' | 'clinicalSummary' | 'documentsReviewed'> & { decisions: DecisionFields[] };

/** The case's outcome that follows from its decisions. `decisions` must not be empty. */
export function caseOutcome(decisions: readonly Pick<Decision, 'outcome'>[]): CaseOutcome {
  const outcomes = new Set(decisions.map((decision) => decision.outcome));
  if (outcomes.size === 0) throw new Error('a case without decisions has no outcome');
  return outcomes.size === 2 ? 'partially overturned' : [...outcomes][0]!;
}

/** Case numbers that the state does not use. Only the sample's letters have them. */
const INVENTED = /^CM00-/;

/** How many of these letters are invented ones, and whether all are. A letter without a number does not say; the numbered ones decide. */
export function inventedAmong(letters: readonly { caseNumber?: string | undefined }[]): { number: number; part: 'all' | 'some' | 'none' } {
  const numbers = letters.flatMap(({ caseNumber }) => (caseNumber === undefined ? [] : [caseNumber]));
  const number = numbers.filter((caseNumber) => INVENTED.test(caseNumber)).length;
  return { number, part: number === 0 ? 'none' : number === numbers.length ? 'all' : 'some' };
}

/** Joins the steps of a facet value: `Diagnostic Testing > Imaging/Radiology`. */
export const VALUE_SEPARATOR = ' > ';

/** A name as a step of a facet value. A sign in it that would be read as the end of the step is printed as one that looks alike. */
export function valueStep(name: string): string {
  return name.replace(/(?<!\S)>(?!\S)/g, '\u203a');
}

/** A service as a facet value. */
export function serviceValue({ category, subcategory }: Service): string {
  return `${valueStep(category)}${VALUE_SEPARATOR}${valueStep(subcategory)}`;
}

/** A citation as a facet value: `MTUS > Shoulder Complaints`, or the source alone where no chapter is named. */
export function guidelineValue({ source, chapter }: GuidelineCitation): string {
  return chapter ? `${source}${VALUE_SEPARATOR}${valueStep(chapter)}` : source;
}

/** The order of sorted things everywhere: by code units, the same on every machine and in every language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each value once, sorted, so that the same record gives the same bytes everywhere. */
export function sortedUnique(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compareText);
}

/** Services of a case, sorted, each once. */
export function caseServices(decisions: readonly Pick<Decision, 'service'>[]): string[] {
  return sortedUnique(decisions.map((decision) => serviceValue(decision.service)));
}

/** Guidelines that the reviewer cited in a case, sorted, each once. */
export function caseGuidelines(decisions: readonly Pick<Decision, 'guidelines'>[]): string[] {
  return sortedUnique(decisions.flatMap((decision) => decision.guidelines.map(guidelineValue)));
}
