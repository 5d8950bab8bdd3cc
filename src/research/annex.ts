/** The list with all that its decisions say today, as every export wants it. Pure. */
import { citation, citedOutcome, decisionAddress } from '../citation.ts';
import type { CitedDecision } from '../citation.ts';
import type { Decision, GuidelineCitation } from '../determinations/record.ts';
import { VALUE_SEPARATOR, serviceValue } from '../determinations/record.ts';
import { citationName, valueLabel } from '../facets.ts';
import { caseSlug } from '../urls.ts';
import { dayText } from '../words.ts';
import { saysOtherwise, wordsOf } from './cases.ts';
import type { CaseState } from './cases.ts';
import { arranged } from './list.ts';
import type { Entry, ResearchList } from './list.ts';

/** What an export says of a decision that the site has. */
export interface AnnexDecision {
  cited: CitedDecision;
  decision: Decision;
  specialties: string[];
  citation: string;
  address: string;
}

export interface AnnexEntry {
  /** In the annex, counted from 1. */
  place: number;
  caseId: string;
  /** Of the decision in its letter, counted from 1. */
  number: number;
  /** The reader's own words. */
  note: string;
  /** Missing where the site has it no more: then nothing of it is exported but the reader's own words. */
  said?: AnnexDecision;
  /** What the reader must know of it, as sentences; empty for most. */
  remark: string;
}

export interface Annex {
  title: string;
  /** Of the site, absolute, with a slash at its end. */
  home: string;
  groups: { name: string; entries: AnnexEntry[] }[];
}

/** What an annex is called where its reader has not said. */
export const DEFAULT_TITLE = 'Decisions of independent medical review';

/** @param states of the cases, by caseSlug; a case that is not among them counts as missing */
export function makeAnnex(list: ResearchList, states: ReadonlyMap<string, CaseState>, home: string): Annex {
  let place = 0;
  const groups = arranged(list).filter(({ entries }) => entries.length > 0);
  return {
    title: list.title[0] === '' ? DEFAULT_TITLE : list.title[0],
    home,
    groups: groups.map(({ name, entries }) => ({ name, entries: entries.map((entry) => annexEntry(entry, (place += 1), states.get(caseSlug(entry.caseId)) ?? { state: 'missing' }, home)) })),
  };
}

function annexEntry({ caseId, number, note, words }: Entry, place: number, state: CaseState, home: string): AnnexEntry {
  const own = { place, caseId, number, note: note[0].trim() };
  const remark = remarkOf(state, number, words[0] ?? undefined);
  const decision = state.state === 'here' ? state.record.decisions[number - 1] : undefined;
  if (state.state !== 'here' || !decision) return { ...own, remark };
  const { id, caseNumber, decisionDate, specialty } = state.record;
  const cited = { id, caseNumber, decisionDate, number, request: decision.request, outcome: decision.outcome };
  return { ...own, remark, said: { cited, decision, specialties: specialty, citation: citation(cited, home), address: decisionAddress(cited, home) } };
}

/** What a reader must know of a decision on the list; empty where it stands as it was kept. */
export function remarkOf(state: CaseState, number: number, kept: Entry['words'][0] | undefined): string {
  if (state.state === 'removed') return `This case was removed from the site on ${dayText(state.day)}. Only your own note is left here.`;
  if (state.state === 'missing') return 'The site does not have this case. Only your own note is left here.';
  const now = wordsOf(state.record, number);
  if (!now) return 'The case no longer has a decision with this number. Only your own note is left here.';
  return kept && saysOtherwise(kept, now) ? 'The site has another text of this decision than when you saved it. Please read it again.' : '';
}

/** All entries of an annex in their order, each with the name of its group. */
export function annexEntries({ groups }: Annex): (AnnexEntry & { group: string })[] {
  return groups.flatMap(({ name, entries }) => entries.map((entry) => ({ ...entry, group: name })));
}

/** `CM00-0000117, decision 2` */
export function entryName({ caseId, number }: Pick<AnnexEntry, 'caseId' | 'number'>): string {
  return `${caseId}, decision ${number}`;
}

/** `Denial overturned`, as the citation says it. */
export function outcomeText({ cited }: AnnexDecision): string {
  return citedOutcome(cited);
}

/** `December 9, 2016`, or that there is none. */
export function annexDay({ cited }: AnnexDecision): string {
  return cited.decisionDate === undefined ? 'undated' : dayText(cited.decisionDate);
}

/** `Diagnostic Testing: Imaging/Radiology` */
export function serviceText(decision: Decision): string {
  return serviceValue(decision.service).split(VALUE_SEPARATOR).map(valueLabel).join(': ');
}

/** What the reviewer cited, a line for each; where nothing was recognised, the letter's own words. */
export function guidelineLines({ guidelines, reviewerGuidelineText }: Decision): string[] {
  return guidelines.length > 0 ? guidelines.map(guidelineText) : reviewerGuidelineText;
}

function guidelineText(citation: GuidelineCitation): string {
  const { sections = [] } = citation;
  return `${citationName(citation)}${sections.length > 0 ? `: ${sections.join('; ')}` : ''}`;
}
