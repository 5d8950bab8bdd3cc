/** The Spanish of this site: `es.yaml` has what the pages say, `es-more.yaml` what the sample's pages do not show, `es-values.yaml` the names of services, outcomes and the like. */
import pages from './es.yaml?raw';
import more from './es-more.yaml?raw';
import values from './es-values.yaml?raw';
import type { Language } from './choice.ts';
import { createDictionary, parseEntries } from './dictionary.ts';
import { dayInSpanish } from './days.ts';

export const SPANISH = createDictionary({ messages: new Map([...parseEntries(pages), ...parseEntries(more)]), values: parseEntries(values), day: dayInSpanish, and: 'y' });

/** One of our sentences in the language of the page that is being made. @param text without child elements */
export function say(language: Language, text: string): string {
  return language === 'es' ? (SPANISH.translate(text) ?? text) : text;
}
