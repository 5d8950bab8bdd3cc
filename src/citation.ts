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

/** Who decides, in every form of citation. */
export const AUTHORITY = "California Division of Workers' Compensation, Independent Medical Review";
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
  /** Of a superseded letter: its page below the site's home, which is not the page of its case. The citation then says that it was superseded. */
  path?: string | undefined;
}

/**
 * One line, such as
 * `IMR Case No. CM00-0000117, Decision 2 (December 9, 2016): MRI of the right shoulder. Denial upheld. California Division of Workers'
 * Compensation, Independent Medical Review. https://imr.example/cases/cm00-0000117/#decision-2`
 * @param home as of decisionAddress
 */
export function citation(decision: CitedDecision, home: string): string {
  const { decisionDate, path } = decision;
  const date = decisionDate === undefined ? 'undated' : dayText(decisionDate);
  return `${citedName(decision)} (${path === undefined ? date : `${date}, superseded`}): ${sentence(shortRequest(decision.request))} ${citedOutcome(decision)}. ${AUTHORITY}. ${decisionAddress(decision, home)}`;
}

/** What a citation begins with: `IMR Case No. CM00-0000117, Decision 2`. */
export function citedName({ id, caseNumber, number }: Pick<CitedDecision, 'id' | 'caseNumber' | 'number'>): string {
  return `${caseNumber === undefined ? `IMR determination without case number, letter ${oneLine(id)}` : `IMR Case No. ${caseNumber}`}, Decision ${number}`;
}

/** `Denial upheld` */
export function citedOutcome({ outcome }: Pick<CitedDecision, 'outcome'>): string {
  return OUTCOMES[outcome];
}

/** No site has this address; it is only where a path is put together. */
const NOWHERE = 'https://nowhere.invalid';

/**
 * The address that a citation ends with.
 * @param home absolute address of the site's home, with a slash at its end. A build that does not know it gives the home's path (`/`, `/imr/`), and then
 * the address is a path on the site too; in a browser the page completes it.
 */
export function decisionAddress({ id, number, path }: Pick<CitedDecision, 'id' | 'number' | 'path'>, home: string): string {
  const below = decisionPath(id, number);
  const address = new URL(path === undefined ? below : path + below.slice(below.indexOf('#')), baseOf(home));
  return address.origin === NOWHERE ? address.pathname + address.hash : address.href;
}

let lastBase: [home: string, base: URL] | undefined;
/** A site has one home. */
function baseOf(home: string): URL {
  if (lastBase?.[0] !== home) lastBase = [home, new URL(home, NOWHERE)];
  return lastBase[1];
}

/** Of a request that is too long, what is left of its beginning; its end gets the rest. */
const CITED_BEGINNING = 70;
const LEFT_OUT = ' ... ';

/**
 * A request in one line of at most CITED_REQUEST_LENGTH characters. Of a longer one the middle is left out, between words: letters tell the history of a request
 * ("... was the original request. ... The remaining IMR eligible portion of the original request, ..."), and what was decided stands at its end.
 */
export function shortRequest(request: string): string {
  const line = oneLine(request);
  if (line.length <= CITED_REQUEST_LENGTH) return line;
  const characters = [...line];
  if (characters.length <= CITED_REQUEST_LENGTH) return line;
  const beginning = wholeWords(characters, CITED_BEGINNING);
  // The same from behind.
  const end = [...wholeWords(characters.toReversed(), CITED_REQUEST_LENGTH - CITED_BEGINNING - LEFT_OUT.length)].reverse().join('');
  return `${beginning.replace(/(?<![\s,;:.(-])[\s,;:.(-]+$/, '')}${LEFT_OUT}${end.replace(/^[\s,;:.)-]+/, '')}`;
}

/** The first words that have at most so many characters together. A word that alone is longer is cut where it must be. */
function wholeWords(characters: readonly string[], length: number): string {
  const cut = characters.slice(0, length);
  const blank = characters[length] === ' ' ? length : cut.lastIndexOf(' ');
  return cut.slice(0, blank > 0 ? blank : length).join('');
}

/** Text without breaks of lines, other control characters and halves of characters: no file of citations can take these. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim().toWellFormed();
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
