/**
 * What identifies a person in a text: names, numbers, addresses. Pure; knows nothing of letters but how people write in them.
 * Whoever reports a finding says its kind and place, never its words.
 */
import { ADDRESS_PATTERNS, findAddresses } from './addresses.ts';
import { NAME_PATTERNS, findNames } from './names.ts';
import { NUMBER_PATTERNS, findNumbers } from './numbers.ts';
import type { RarePattern } from './rare.ts';

/** In the order in which a report names them; the words are those of messages and notes. */
export const KINDS = {
  'social-security-number': { one: 'a social security number', many: 'social security numbers' },
  'birth-date': { one: 'a date of birth', many: 'dates of birth' },
  name: { one: 'a name', many: 'names' },
  address: { one: 'a postal address', many: 'postal addresses' },
  phone: { one: 'a telephone or fax number', many: 'telephone or fax numbers' },
  email: { one: 'an e-mail address', many: 'e-mail addresses' },
  'web-profile': { one: 'the address of a personal web page', many: 'addresses of personal web pages' },
  'record-number': { one: 'a member, claim or record number', many: 'member, claim or record numbers' },
  'hidden-text': { one: 'hidden text', many: 'pieces of hidden text' },
} as const;
export type IdentifierKind = keyof typeof KINDS;

/** All that texts are searched with. */
export const IDENTIFIER_PATTERNS: readonly (RegExp | RarePattern)[] = [...NUMBER_PATTERNS, ...ADDRESS_PATTERNS, ...NAME_PATTERNS];

/** A place in a text, from `start` up to `end`, in code units. */
export interface Identifier {
  kind: IdentifierKind;
  start: number;
  end: number;
}

/**
 * All identifiers of a text, in its order; none lies in another.
 * @param text lines end with a line feed, a blank line ends a paragraph; two blanks or more separate columns
 */
export function findIdentifiers(text: string): Identifier[] {
  const order = Object.keys(KINDS);
  const found = [...findNumbers(text), ...findAddresses(text), ...findNames(text)]
    .filter(({ start, end }) => end > start && !REDACTED.test(text.slice(start, end)))
    .sort((a, b) => a.start - b.start || b.end - a.end || order.indexOf(a.kind) - order.indexOf(b.kind));
  const apart: Identifier[] = [];
  for (const identifier of found) {
    const last = apart.at(-1);
    if (!last || identifier.start >= last.end) apart.push({ ...identifier });
    else last.end = Math.max(last.end, identifier.end);
  }
  return apart;
}

/** What redaction has left: the word itself, black squares, a row of X, underscores or asterisks. */
const REDACTED = /^(?:\[?redacted\]?|[\s\u2588\u25a0_*xX.,/-]+)$/i;
