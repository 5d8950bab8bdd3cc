/** Links to searches. Without script they load the page anew; the page's script answers them in place. */
import { href } from '../../base.ts';
import { formatState } from '../state.ts';
import type { SearchState } from '../state.ts';
import { element } from './dom.ts';

/** The address of a search. */
export function searchHref(state: SearchState): string {
  return href('search/') + formatState(state);
}

export function searchLink(state: SearchState, ...children: readonly (Node | string)[]): HTMLAnchorElement {
  return element('a', { href: searchHref(state), 'data-search': '' }, ...children);
}
