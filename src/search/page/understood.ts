/** What the page tells of how it read a query. */
import { count, listText, numberText } from '../../words.ts';
import type { Found } from '../searcher.ts';
import type { QueryReading } from '../reading.ts';
import type { SearchState } from '../state.ts';
import { element, shorten } from './dom.ts';
import { searchLink } from './links.ts';

/** Repairs of one query that are told; a pasted page may have a hundred. */
const MOST_TOLD = 5;

/** How the query was understood, a paragraph each; none for plain words that were searched as they stand. */
export function understoodLines({ state, reading }: Pick<Found, 'state' | 'reading'>): HTMLElement[] {
  const lines: HTMLElement[] = [];
  const say = (...words: readonly (Node | string)[]): number => lines.push(element('p', {}, ...words));
  const withQuery = (q: string): SearchState => ({ ...state, q, page: 1 });
  if (reading.special && reading.understood !== '') say('Searched for: ', element('strong', { class: 'understood__query', translate: 'no' }, shorten(reading.understood)));
  for (const repair of reading.repairs.slice(0, MOST_TOLD)) say(repair);
  if (reading.fillers.length > 0) say(`Not searched, because ${reading.fillers.length === 1 ? 'it says' : 'they say'} little: ${listText(reading.fillers.slice(0, 2 * MOST_TOLD).map(shorten))}.`);
  for (const { typed, correct, applied, query } of reading.corrections) {
    if (applied) say(element('strong', {}, `No decision holds “${shorten(typed)}”.`), ' Searched for ', element('strong', { translate: 'no' }, correct), '. ', searchLink(withQuery(query), `Search for ${shorten(typed)} instead`));
    else say('Did you mean ', searchLink(withQuery(query), correct), '?');
  }
  const widened = reading.widened.map(({ typed, also, more, exactQuery }) =>
    element('span', {}, `Also searched for ${shorten(typed)}: ${also.join(', ')}${more > 0 ? ` (and ${numberText(more)} more)` : ''}. `, searchLink(withQuery(exactQuery), `Search only “${shorten(typed)}”`)),
  );
  // One after the other in one paragraph: most queries have several, and the results must not move out of sight.
  if (widened.length > 0) say(...widened.flatMap((span) => [span, ' ']));
  for (const { typed, meanings } of reading.offers) {
    say(`${shorten(typed)} has several meanings. Search for `, ...meanings.flatMap(({ text, query }, index) => [index === 0 ? '' : index === meanings.length - 1 ? ' or ' : ', ', searchLink(withQuery(query), text)]), '.');
  }
  if (reading.beginnings.length > 0) say(`No decision holds ${listText(reading.beginnings.map(shorten))} as a word. Decisions with words that begin so are shown.`);
  return lines;
}

/** The words that no decision holds, and that no correction was found for. */
export function missingWords({ missing, corrections }: QueryReading): string[] {
  return missing.filter((word) => !corrections.some(({ typed, applied }) => applied && typed === word));
}

/** The line above the results that hold not all words. */
export function partialHeading({ decisions, held, of }: NonNullable<Found['partial']>, complete: number): string {
  const these = `${decisions === 1 ? 'This one holds' : 'These hold'} ${2 * held > of ? 'most' : 'some'} of the words (at least ${numberText(held)} of ${numberText(of)}), not all`;
  return complete === 0 ? `No decision holds all words. ${these}` : these;
}

/** Said under that line: these decisions are in no count. */
export function partialNote({ decisions }: NonNullable<Found['partial']>, shown: number): string {
  return `${decisions > shown ? `The best ${numberText(shown)} of ${count(decisions, 'decision')}. ` : ''}${decisions === 1 ? 'It is' : 'They are'} counted neither above nor beside the filters.`;
}
