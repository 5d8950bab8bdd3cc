/** The file that a result is saved as. Loaded when it is asked for. */
import type { SearchState } from '../state.ts';
import { element } from './dom.ts';

/** Characters of the query in a file's name: with the rest it stays below what file systems take. */
const NAMED_QUERY = 60;

/** `imr decisions lumbar MRI 2014-01-01 to 2016-12-31.csv`: what was searched and of which days, in signs that every file system takes. */
export function csvName({ q, from, to }: Pick<SearchState, 'q' | 'from' | 'to'>): string {
  const words = q.replace(/[^\p{L}\p{N}\p{M}-]+/gu, ' ').trim();
  const dates = from && to ? `${from} to ${to}` : from ? `from ${from}` : to ? `to ${to}` : '';
  return `${['imr decisions', [...words].slice(0, NAMED_QUERY).join('').trim(), dates].filter((part) => part !== '').join(' ')}.csv`;
}

/** Hands a table to the browser as a file. */
export function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  element('a', { href: address, download: name }).click();
  // Once the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
