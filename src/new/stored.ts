/** Saved searches as the browser stores them: JSON with a version, looked at strictly when it is read. The log is a string for each moment, so that 20,000 decisions take 107 kB. */
import { isBoolean, isMoment, isName, isObject, isStamped, readFormat } from '../research/stored.ts';
import { LONGEST_ADDRESS, NO_SEARCHES } from './searches.ts';
import type { SavedSearch, SavedSearches } from './searches.ts';

const FORMAT = 'imr-saved-searches/1';
const BYTES = 4;

export function storedSearches({ searches, known }: SavedSearches): string {
  const moments = new Map<number, number[]>();
  for (const [decision, at] of known) {
    const together = moments.get(at);
    if (together) together.push(decision);
    else moments.set(at, [decision]);
  }
  const log = [...moments].sort(([a], [b]) => a - b).map(([at, decisions]) => [at, packed(decisions)]);
  return JSON.stringify({ format: FORMAT, searches: [...searches.values()], known: log });
}

/** What a stored text says, nothing saved where there is none, and undefined where the text is damaged or of another version. */
export function readSearches(text: string | null): SavedSearches | undefined {
  if (text === null) return NO_SEARCHES;
  const value = readFormat(text, FORMAT);
  if (!value) return undefined;
  const { searches, known } = value;
  const log = readLog(known);
  if (!log || !Array.isArray(searches) || !searches.every(isSearch)) return undefined;
  return { searches: new Map(searches.map((search) => [search.id, search])), known: log };
}

function isSearch(value: unknown): value is SavedSearch {
  return (
    isObject(value) &&
    typeof value['id'] === 'string' &&
    isStamped(value['address'], (address) => typeof address === 'string' && address.length <= LONGEST_ADDRESS) &&
    isStamped(value['name'], isName) &&
    isStamped(value['seen'], isMoment) &&
    isStamped(value['kept'], isBoolean)
  );
}

function readLog(value: unknown): Map<number, number> | undefined {
  if (!Array.isArray(value)) return undefined;
  const known = new Map<number, number>();
  for (const entry of value as unknown[]) {
    const [at, text] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const decisions = isMoment(at) && typeof text === 'string' ? unpacked(text) : undefined;
    if (!decisions) return undefined;
    for (const decision of decisions) known.set(decision, Math.min(at as number, known.get(decision) ?? Infinity));
  }
  return known;
}

/** Numbers of 32 bits in Base64, smallest first, so that the same ones give the same text. */
function packed(numbers: readonly number[]): string {
  const sorted = Uint32Array.from(numbers).sort();
  let bytes = '';
  for (const number of sorted) bytes += String.fromCharCode(number & 0xff, (number >>> 8) & 0xff, (number >>> 16) & 0xff, number >>> 24);
  return btoa(bytes);
}

/** Nothing where it is no such text. */
function unpacked(text: string): number[] | undefined {
  let bytes: string;
  try {
    bytes = atob(text);
  } catch {
    return undefined;
  }
  if (bytes.length % BYTES !== 0) return undefined;
  const byte = (at: number): number => bytes.charCodeAt(at);
  return Array.from({ length: bytes.length / BYTES }, (_number, index) => {
    const at = index * BYTES;
    return (byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24)) >>> 0;
  });
}
