/** Our own words on a site's pages, found by the code that the browser translates them with. */
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseHTML } from 'linkedom';
import type { Determination } from '../../src/determinations/record.ts';
import { facetValues } from '../../src/facet-values.ts';
import { FACETS, valueLabel } from '../../src/facets.ts';
import { dayInSpanish } from '../../src/language/days.ts';
import { createDictionary, parseEntries } from '../../src/language/dictionary.ts';
import type { Dictionary, Entries } from '../../src/language/dictionary.ts';
import { hasWords, messagesIn } from '../../src/language/message.ts';

const LANGUAGE = resolve(import.meta.dirname, '../../src/language');

export interface SpanishFiles {
  /** Of the pages that the sample shows. */
  pages: Entries;
  more: Entries;
  values: Entries;
  dictionary: Dictionary;
}

/** The Spanish of the site, as its pages have it. */
export async function readSpanish(): Promise<SpanishFiles> {
  const [pages, more, values] = await Promise.all(['es.yaml', 'es-more.yaml', 'es-values.yaml'].map(async (name) => parseEntries(await readFile(join(LANGUAGE, name), 'utf8'))));
  return { pages: pages!, more: more!, values: values!, dictionary: createDictionary({ messages: new Map([...pages!, ...more!]), values: values!, day: dayInSpanish, and: 'y' }) };
}

/** The messages of an English page. @param html the whole page, as built or as it is in a browser */
export function messagesOfPage(html: string): string[] {
  const { document } = parseHTML(html);
  const root = document.documentElement;
  return root.getAttribute('lang') === 'en' ? messagesIn(root as unknown as Element).map(({ text }) => text) : [];
}

/** Each message of a built site, with a page that has it. */
export async function messagesOfSite(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (!name.endsWith('.html')) continue;
    for (const text of messagesOfPage(await readFile(join(folder, name), 'utf8'))) if (!found.has(text)) found.set(text, name);
  }
  return found;
}

/** Names that stay as the letters print them: guidelines, drugs, states, and files of letters without a number. Longest first. */
export function namesOf(records: readonly Determination[]): string[] {
  const kept = FACETS.filter(({ name }) => name === 'guideline' || name === 'drug');
  const names = records.flatMap((record) => [
    record.id,
    ...record.licensure,
    ...record.decisions.flatMap((decision) => [
      ...kept.flatMap((facet) => facetValues(facet, record, decision).map(valueLabel)),
      ...[...decision.guidelines, ...decision.claimsAdministratorGuidelines].flatMap(({ source, chapter, sections = [] }) => [source, chapter ?? '', ...sections]),
    ]),
  ]);
  // A name with commas is cut into its parts where it stands in a list.
  return [...new Set(names.flatMap((name) => [name, ...name.split(', ')]))].filter((name) => name !== '').sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** What of a message stays English and is no name: nothing where it is translated. */
export function untranslated(text: string, { gaps }: Pick<Dictionary, 'gaps'>, names: readonly string[]): string[] {
  return gaps(text).filter((gap) => {
    // A name that a chart has no room for.
    if (gap.endsWith('…')) return false;
    let rest = gap;
    for (const name of names) rest = rest.replaceAll(name, ' ');
    return hasWords(rest.replace(/\band\b/g, ' '));
  });
}
