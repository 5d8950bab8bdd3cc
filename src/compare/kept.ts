/** The decision that a reader has pressed "Compare" at and that waits for its second: in this tab alone, until the comparison is opened. */
import { formatName, readName } from './name.ts';
import type { DecisionName } from './name.ts';

const KEY = 'imr-compare';
/** Where the browser lets a site keep nothing: until the page is left. */
let here = '';

export function keptName(): DecisionName | undefined {
  try {
    return readName(sessionStorage.getItem(KEY) ?? here);
  } catch {
    return readName(here);
  }
}

/** @param name nothing to keep none */
export function keepName(name: DecisionName | undefined): void {
  here = name ? formatName(name) : '';
  try {
    if (name) sessionStorage.setItem(KEY, here);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Kept above.
  }
}
