/**
 * How a decision is cited, in plain text, in one place.
 *
 * There is no official form for determinations of independent medical review. Decisions of the Workers' Compensation Appeals Board and
 * briefs name them by case number and date of decision, "IMR Case No. CM00-0000117 (December 9, 2016)", so a citation begins with just
 * that and can be cut off after it. The number of the decision within the letter follows the case number, because a letter decides up to
 * 21 requests and only one of them is cited.
 */
import type { DecisionOutcome } from './determinations/record.ts';
import { decisionPath } from './urls.ts';
import { dayText } from './words.ts';

/** The words of the citation; the site's labels for an outcome are longer. */
const OUTCOMES: Readonly<Record<DecisionOutcome, string>> = { upheld: 'Denial upheld', overturned: 'Denial overturned' };
/** Characters of a request that are cited: enough for one treatment with its dose or place; longer requests tell a history. */
export const CITED_REQUEST_LENGTH = 160;

export interface CitedDecision {
  /** Of its case, as in Determination: names the page. */
  id: string;
  /** Missing where the letter has none. */
  caseNumber?: string | undefined;
  /** ISO day; missing where the letter has none. */
  decisionDate?: string | undefined;
  /** Counted from 1, as in the letter. */
  number: number;
  request: string;
  outcome: DecisionOutcome;
  /** The letter's page below the site's home, where that is not the page of its case: a superseded letter's. */
  path?: string | undefined;
}

/**
 * One line, such as
 * `IMR Case No. CM00-0000117, Decision 2 (December 9, 2016): MRI of the right shoulder. Denial upheld. California Division of Workers'
 * Compensation, Independent Medical Review. https://imr.example/cases/cm00-0000117/#decision-2`
 * @param home absolute address of the site's home, with a slash at its end
 */
export function citation(decision: CitedDecision, home: string): string {
  const { id, caseNumber, decisionDate, number, request, outcome } = decision;
  const name = caseNumber === undefined ? `IMR determination without case number, letter ${id}` : `IMR Case No. ${caseNumber}`;
  const date = decisionDate === undefined ? 'undated' : dayText(decisionDate);
  return `${name}, Decision ${number} (${date}): ${sentence(shortRequest(request))} ${OUTCOMES[outcome]}. California Division of Workers' Compensation, Independent Medical Review. ${decisionAddress(decision, home)}`;
}

/** The absolute address that a citation ends with. */
export function decisionAddress({ id, number, path }: Pick<CitedDecision, 'id' | 'number' | 'path'>, home: string): string {
  const below = decisionPath(id, number);
  return new URL(path === undefined ? below : path + below.slice(below.indexOf('#')), home).href;
}

/** A request in one line of at most CITED_REQUEST_LENGTH characters, cut between words. */
export function shortRequest(request: string): string {
  const line = request.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  if (characters.length <= CITED_REQUEST_LENGTH) return line;
  const cut = characters.slice(0, CITED_REQUEST_LENGTH - 3).join('');
  // A word that alone is longer is cut where it must be.
  const blank = characters[CITED_REQUEST_LENGTH - 3] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${cut.slice(0, blank > 0 ? blank : cut.length).replace(/[\s,;:.(-]+$/, '')}...`;
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
