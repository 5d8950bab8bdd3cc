/** What a reader may mean while typing: values of the facets, by any of their names, and cases by their numbers. Pure; works in a worker. */
import { VALUE_SEPARATOR } from '../determinations/record.ts';
import { facet, valueLabel } from '../facets.ts';
import type { FacetName } from '../facets.ts';
import { count, dayText } from '../words.ts';
import { answer, valueCounts } from './engine.ts';
import { EMPTY_STATE, hasFilters, withValues } from './state.ts';
import type { SearchState } from './state.ts';
import { NAME_SEPARATOR, includedNames, otherNames } from './synonyms.ts';
import type { Vocabulary } from './synonyms.ts';
import { isoDay } from './table.ts';
import type { FacetTable } from './table.ts';
import { wordParts } from './words.ts';

export type Suggestion = FacetSuggestion | CaseSuggestion;

export interface FacetSuggestion {
  kind: FacetName;
  /** What is suggested: "hydrocodone". */
  label: string;
  /** What it leads to: "Drug, also Norco; 12 decisions". */
  detail: string;
  /** The search that it leads to: the value is chosen, and the words that named it are no longer in the query. */
  state: SearchState;
}

export interface CaseSuggestion {
  kind: 'case';
  label: string;
  detail: string;
  caseId: string;
}

/** What suggest chooses from, made ready by openSuggestions. */
export interface SuggestionSources {
  table: FacetTable;
  values: readonly NamedValue[];
  cases: readonly NumberedCase[];
}

interface NamedValue {
  facet: FacetName;
  value: string;
  decisions: number;
  names: readonly ValueName[];
}

interface ValueName {
  words: readonly string[];
  /** In one word. */
  joined: string;
  /** How the name relates to the value, in words; empty for the value's own name. */
  relation: string;
}

interface NumberedCase {
  id: string;
  /** Without capitals and punctuation. */
  plain: string;
  /** Of CM16-0213037: 16 and 0213037. Empty for other numbers. */
  year: string;
  number: string;
  detail: string;
}

export const MOST_SUGGESTIONS = 8;
/** Of one kind, while there are others. */
const MOST_OF_A_KIND = 3;
/** Fewer digits are a dose, a level of the spine, a number of visits. */
const SHORTEST_NUMBER = 3;
/** Inside the number, fewer digits are met by chance. */
const SHORTEST_INSIDE = 4;
const MOST_TYPED_WORDS = 8;
const LONGEST_TYPED = 200;

/**
 * Makes the sources ready: once for a table, and again when the case numbers have come.
 * @param caseIds all cases in the order of the table; none while they are not there
 */
export function openSuggestions(table: FacetTable, vocabulary: Vocabulary, caseIds: readonly string[] = []): SuggestionSources {
  const all = answer(table, EMPTY_STATE);
  const namesOf = nameSource(vocabulary);
  const values = table.facets.flatMap(({ name, values: known }) => {
    const decisions = valueCounts(table, all, name);
    return known.map((value) => ({ facet: name, value, decisions: decisions.get(value) ?? 0, names: namesOf(name, value) }));
  });
  const days = new Map<number, number>();
  table.caseOf.forEach((caseNumber, decision) => days.set(caseNumber, table.day[decision]!));
  const cases = caseIds.map((id, index) => {
    const [, year = '', number = ''] = /^CM(\d{2})-(\d+)$/.exec(id) ?? [];
    const day = days.has(index) ? isoDay(days.get(index)!) : undefined;
    return { id, plain: wordParts(id).join(''), year, number, detail: day === undefined ? 'Case without a date of decision' : `Case decided ${dayText(day)}` };
  });
  return { table, values, cases };
}

/** All names by which a value can be typed. */
function nameSource(vocabulary: Vocabulary): (facetName: FacetName, value: string) => ValueName[] {
  const rows = (list: readonly string[]): Map<string, string[]> => new Map(list.map((row) => row.split(NAME_SEPARATOR)).map(([name = '', ...others]) => [name, others]));
  const bodyParts = rows(vocabulary.data.bodyParts);
  const services = rows(vocabulary.data.services);
  return (facetName, value) => {
    const names = new Map<string, ValueName>();
    const add = (text: string, relation: string): void => {
      const words = wordParts(text.replaceAll('&', ' and '));
      const joined = wordParts(text).join('');
      // PM&R is typed like that, and without the "and".
      for (const form of [words, wordParts(text)]) if (form.length > 0 && !names.has(form.join(' '))) names.set(form.join(' '), { words: form, joined, relation });
    };
    const last = value.split(VALUE_SEPARATOR).at(-1)!;
    const spelled = last.replaceAll('&', 'and');
    add(valueLabel(value), '');
    add(last, '');
    if (facetName === 'outcome' || facetName === 'year') return [...names.values()];
    const spellings = [spelled, ...(facetName === 'guideline' ? [`${spelled} guidelines`] : [])];
    const same = spellings.flatMap((name) => otherNames(name, vocabulary))
      // "Operation" is a word for surgery and none for the specialty of a surgeon.
      .filter(({ kind }) => facetName !== 'specialty' || kind === 'abbreviation')
      .map(({ text }) => text);
    for (const name of [...same, ...(facetName === 'bodypart' ? (bodyParts.get(value) ?? []) : [])]) add(name, `also ${name}`);
    if (facetName === 'drug') for (const name of includedNames(value, vocabulary)) add(name, `includes ${name}`);
    if (facetName === 'service') {
      for (const item of services.get(value) ?? []) {
        add(item, `includes ${item}`);
        for (const { text } of otherNames(item, vocabulary)) add(text, `includes ${item} (${text})`);
      }
    }
    return [...names.values()];
  };
}

/** How well a name fits what was typed; lower is better: it is the name, begins it, begins another name, begins a word inside it, inside another name. */
type Fit = 0 | 1 | 2 | 3 | 4;

/** How many letters must be typed for each fit, so that two letters do not bring everything. */
const LETTERS_FOR: Record<Fit, number> = { 0: 2, 1: 2, 2: 3, 3: 3, 4: 4 };

interface FittingValue {
  named: NamedValue;
  relation: string;
  fit: Fit;
  /** How many of the typed words it takes the place of. */
  words: number;
}

/**
 * Suggestions for the last words of a query that is being typed, best first, at most eight: values whose name begins with as many of
 * these words as possible, then those with them inside, the frequent ones first; no kind more than three times while there are others.
 * No value is suggested that no decision has under the other choices; the words before those that are replaced are not looked at.
 *
 * @param text what stands in the box before the caret
 * @param state what else is chosen; its words are not looked at
 */
export function suggest(text: string, sources: SuggestionSources, state: SearchState = EMPTY_STATE): Suggestion[] {
  const counts = hasFilters(state) ? answer(sources.table, { ...state, sort: 'newest' }) : undefined;
  const decisionsOf = new Map<FacetName, Map<string, number>>();
  const decisions = ({ facet: name, value, decisions: all }: NamedValue): number => {
    if (!counts) return all;
    const known = decisionsOf.get(name) ?? valueCounts(sources.table, counts, name);
    decisionsOf.set(name, known);
    return known.get(value) ?? 0;
  };
  const typed = typedWords(text);
  const fitting = typed.length === 0 ? [] : sources.values.flatMap((named) => {
    const found = bestFit(named, typed);
    return found && decisions(named) > 0 && !(state.facets.get(named.facet) ?? []).includes(named.value) ? [{ ...found, decisions: decisions(named) }] : [];
  });
  // Who types "physical th" means neither the thorax nor thermography.
  const most = Math.max(0, ...fitting.map(({ words }) => words));
  const values = fitting.filter(({ words }) => words === most).sort((a, b) => a.fit - b.fit || b.decisions - a.decisions);
  const ofFacets = values.map(({ named, relation, decisions: found, words }): FacetSuggestion => ({
    kind: named.facet,
    label: valueLabel(named.value),
    detail: detailOf(named, relation, found),
    state: withValues({ ...state, q: text.slice(0, typed.at(-words)!.from).trimEnd() }, named.facet, [...(state.facets.get(named.facet) ?? []), named.value]),
  }));
  return mixed([...ofFacets, ...casesFor(text, sources.cases)]);
}

interface TypedWord {
  parts: string[];
  from: number;
}

/** The last words that can be taken out of the query: those of a phrase, a field or an exclusion cannot. */
function typedWords(text: string): TypedWord[] {
  if ((text.match(/["“”„«»]/g) ?? []).length % 2 === 1) return [];
  const start = Math.max(0, text.length - LONGEST_TYPED);
  const words: TypedWord[] = [];
  for (const match of [...text.slice(start).matchAll(/\S+/g)].reverse()) {
    const word = match[0];
    if (words.length === MOST_TYPED_WORDS || /^-|["“”„«»():]|^(?:AND|OR|NOT|NEAR\S*)$/.test(word)) {
      // What an operator or a parenthesis takes cannot be taken from it.
      if (/^(?:AND|OR|NOT|NEAR\S*)$|[(:]/.test(word)) return [];
      break;
    }
    words.unshift({ parts: wordParts(word), from: start + match.index });
  }
  return words.at(-1)?.parts.length === 0 ? [] : words;
}

/** The name that takes the place of most words, and of these the one that fits best. */
function bestFit(named: NamedValue, typed: readonly TypedWord[]): FittingValue | undefined {
  const last = typed.at(-1)!.parts.at(-1)!;
  const whole = typed.at(-1)!.parts.join('');
  let best: FittingValue | undefined;
  for (const { words, joined, relation } of named.names) {
    if (!words.some((word) => word.startsWith(last)) && !joined.startsWith(whole) && !joined.endsWith(last)) continue;
    for (let taken = typed.length; taken > 0; taken -= 1) {
      const parts = typed.slice(-taken).flatMap((word) => word.parts);
      const fit = fitOf(parts, words, joined, relation === '');
      if (fit === undefined || parts.join('').length < LETTERS_FOR[fit]) continue;
      if (!best || taken > best.words || (taken === best.words && fit < best.fit)) best = { named, relation, fit, words: taken };
      break;
    }
  }
  return best;
}

function fitOf(typed: readonly string[], words: readonly string[], joined: string, own: boolean): Fit | undefined {
  const together = typed.join('');
  if (together === joined) return 0;
  if (joined.startsWith(together) && (typed.length === 1 || beginsAt(typed, words, 0))) return own ? 1 : 2;
  for (let place = 1; place + typed.length <= words.length; place += 1) if (beginsAt(typed, words, place)) return own ? 3 : 4;
  return undefined;
}

/** True when the words stand there, the last one perhaps not yet typed to its end. */
function beginsAt(typed: readonly string[], words: readonly string[], place: number): boolean {
  return typed.every((word, index) => (index === typed.length - 1 ? words[place + index]?.startsWith(word) === true : words[place + index] === word));
}

function detailOf({ facet: name, value }: NamedValue, relation: string, decisions: number): string {
  const steps = value.split(VALUE_SEPARATOR);
  const within = steps.length > 1 ? `in ${steps.slice(0, -1).map(valueLabel).join(', ')}` : '';
  const more = [within, relation].filter((part) => part !== '').join(', ');
  return `${facet(name).label}, ${more === '' ? '' : `${more}; `}${count(decisions, 'decision')}`;
}

/** Cases whose number begins with the digits typed last, with or without CM, year, hyphen and leading zeros; then those that have them inside. */
function casesFor(text: string, cases: readonly NumberedCase[]): CaseSuggestion[] {
  const typed = /(?:^|\s)(cm[\s-]*)?(\d[\d\s-]*)$/i.exec(text.slice(-MOST_CASE_LETTERS).trimEnd());
  const digits = typed?.[2]?.replace(/\D/g, '') ?? '';
  const numbered = typed?.[1] !== undefined;
  const word = wordParts(text.slice(-LONGEST_TYPED).split(/\s/).at(-1) ?? '').join('');
  const fit = ({ plain, year, number }: NumberedCase): number | undefined => {
    if (year === '') return word.length >= SHORTEST_NUMBER && plain.startsWith(word) ? 0 : undefined;
    if (numbered) return (year + number).startsWith(digits) ? 0 : undefined;
    if (digits.length < SHORTEST_NUMBER) return undefined;
    if (number.startsWith(digits) || number.replace(/^0+/, '').startsWith(digits)) return 1;
    if ((year + number).startsWith(digits)) return 2;
    return digits.length >= SHORTEST_INSIDE && number.includes(digits) ? 3 : undefined;
  };
  if (digits === '' && word.length < SHORTEST_NUMBER) return [];
  const found: { place: number; case: NumberedCase }[] = [];
  for (const candidate of cases) {
    const place = fit(candidate);
    if (place !== undefined) found.push({ place, case: candidate });
  }
  return found.sort((a, b) => a.place - b.place).slice(0, MOST_SUGGESTIONS).map(({ case: { id, detail } }) => ({ kind: 'case', label: id, detail, caseId: id }));
}

/** The longest spelling of a case number, with room for blanks. */
const MOST_CASE_LETTERS = 24;

/** The best of each kind first in, all in their order. */
function mixed(suggestions: readonly Suggestion[]): Suggestion[] {
  const taken = new Map<Suggestion['kind'], number>();
  const [within, over]: [Set<Suggestion>, Suggestion[]] = [new Set(), []];
  for (const suggestion of suggestions) {
    const already = taken.get(suggestion.kind) ?? 0;
    taken.set(suggestion.kind, already + 1);
    if (already < MOST_OF_A_KIND && within.size < MOST_SUGGESTIONS) within.add(suggestion);
    else over.push(suggestion);
  }
  const chosen = new Set([...within, ...over].slice(0, MOST_SUGGESTIONS));
  return suggestions.filter((suggestion) => chosen.has(suggestion));
}
