/** The data of the privacy scan: lists of words, edited by hand, and what the letters' own vocabulary adds to them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const VOCABULARY = join(import.meta.dirname, '../../content/vocabulary');

export interface NameWords {
  givenNames: ReadonlySet<string>;
  ambiguous: ReadonlySet<string>;
  notSurnames: ReadonlySet<string>;
  notNames: ReadonlySet<string>;
  companies: readonly string[];
  officers: readonly string[];
  /** Every word of the vocabulary: drugs, services, parts of the body, guidelines, specialties. */
  vocabulary: ReadonlySet<string>;
}

export interface PublicData {
  telephones: ReadonlySet<string>;
  addresses: readonly string[];
  mailHosts: readonly string[];
}

let names: NameWords | undefined;
let publicData: PublicData | undefined;

/** Words in lower case, read once in each process. */
export function nameWords(): NameWords {
  if (names) return names;
  const { givenNames, ambiguous, notSurnames, notNames, companies, officers } = read<Record<'givenNames' | 'ambiguous' | 'notSurnames' | 'notNames', string> & { companies: string[]; officers: string[] }>('names');
  const vocabulary = readdirSync(VOCABULARY).flatMap((name) => readFileSync(join(VOCABULARY, name), 'utf8').toLowerCase().match(/\p{L}{3,}/gu) ?? []);
  names = { givenNames: words(givenNames), ambiguous: words(ambiguous), notSurnames: words(notSurnames), notNames: words(notNames), companies, officers, vocabulary: new Set(vocabulary) };
  return names;
}

/** The state's and the review organisation's own addresses. */
export function publicAddresses(): PublicData {
  if (publicData) return publicData;
  const { telephones, addresses, mailHosts } = read<{ telephones: string[]; addresses: string[]; mailHosts: string[] }>('public');
  publicData = { telephones: new Set(telephones), addresses, mailHosts };
  return publicData;
}

function read<T>(name: string): T {
  return load(readFileSync(join(import.meta.dirname, `${name}.yaml`), 'utf8')) as T;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
