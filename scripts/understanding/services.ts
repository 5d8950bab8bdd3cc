/**
 * Decides which service a disputed request is for, with the drugs and the body parts that it names.
 *
 * What words mean is data: `content/vocabulary/services.yaml`, `drugs.yaml`, and `body-parts.yaml`. Here is only how they are found
 * and which one decides:
 *
 *   1. Of a modified request, the disputed portion is read ("The remaining IMR eligible portion of the original request, X, is").
 *   2. Terms are found without regard to capitals, plurals, hyphens, or blanks. The longest one wins where terms overlap.
 *   3. The first clause that names a service decides, as the words after "for", "with", or a comma say more about it ("physical
 *      therapy for the shoulder after arthroscopy"). What follows a colon goes before the heading in front of it.
 *   4. In a clause the last term decides, as English puts the thing last ("shoulder arthroscopy cold therapy unit").
 *   5. `prevails` in services.yaml lists the pairs for which 3 and 4 do not hold.
 *   6. A cream, gel, or patch changes the class of a drug.
 *   7. When nothing is found: the original request of a modified one, then a name misspelled by a letter, then general words, then the
 *      rationale, each with a doubt in words.
 */

import { readVocabulary } from './vocabulary.ts';

/** The service, drugs, and body parts of one request. `doubt` says in words why the reading may be wrong. */
export interface ServiceReading {
  category: string;
  subcategory: string;
  /** Generic names, lower case, sorted. */
  drugs: string[];
  /** Canonical names of body-parts.yaml, sorted. */
  bodyParts: string[];
  doubt?: string;
}

/** What the letter says beside the request. Asked only when the request itself names no known service. */
export interface RequestContext {
  rationale?: string;
  clinicalSummary?: string;
}

/** Shape of `content/vocabulary/services.yaml`. */
export interface ServicesVocabulary {
  groups: Record<string, string[]>;
  passing: string[];
  prevails: { winner: string; over: string; where: 'same clause' | 'anywhere' }[];
  categories: Record<string, {
    description: string;
    subcategories: Record<string, { description: string; terms: Record<string, string[]>; general: string[] }>;
  }>;
}

/** Shape of `content/vocabulary/drugs.yaml`. */
export interface DrugsVocabulary {
  forms: { topical: string[]; compounded: string[]; notTopical: string[] };
  madeIntoCreams: string[];
  classes: Record<string, Record<string, string[]>>;
}

/** Shape of `content/vocabulary/body-parts.yaml`. */
export interface BodyPartsVocabulary {
  general: string[];
  parts: Record<string, string[]>;
}

/**
 * Reads the service of a request. Never throws: every request gets a category and a subcategory of services.yaml, and where the words
 * do not decide, `doubt` says so. The same request always gets the same reading.
 *
 * @param request the printed request, without the outcome
 * @param context the rest of the decision, for requests that name no known service
 */
export function readService(request: string, context: RequestContext = {}): ServiceReading {
  vocabulary ??= compileVocabulary();
  const disputed = disputedPortion(request);
  const texts = [analyse(disputed.portion, vocabulary)];
  // "Three refills" is no service, but the original request before it says of what.
  if (disputed.original !== undefined) texts.push(analyse(disputed.original, vocabulary));

  for (const text of texts) {
    const winner = decide(text, vocabulary, false);
    if (winner) return reading(winner, text);
  }
  for (const text of texts) {
    const corrected = correctSpelling(text, vocabulary);
    const winner = corrected && decide(corrected.text, vocabulary, false);
    if (corrected && winner) return reading(winner, corrected.text, `read "${corrected.printed}" as "${corrected.meant}"`);
  }
  for (const text of texts) {
    const winner = decide(text, vocabulary, true);
    if (winner) return reading(winner, text, `the request has only the general word "${winner.words}"`);
  }
  const sources: [string, string | undefined][] = [['rationale', context.rationale], ['clinical summary', context.clinicalSummary]];
  for (const [name, words] of sources) {
    if (words === undefined) continue;
    const text = analyse(words.slice(0, RATIONALE_LIMIT), vocabulary);
    const winner = decide(text, vocabulary, false);
    if (winner) {
      return reading(winner, texts[0]!, `the request names no known service; the ${name} speaks of "${winner.words}"`);
    }
  }
  const fallback = DOSE.test(disputed.portion)
    ? { category: 'Pharmaceuticals', subcategory: 'Other Drugs', doubt: 'the request names no known service; a dose is given, so it is taken for a drug' }
    : { category: 'DMEPOS', subcategory: 'DME', doubt: 'the request names no known service; unknown names are most often devices' };
  return { ...fallback, drugs: texts[0]!.drugs.map((drug) => drug.name), bodyParts: texts[0]!.bodyParts };
}

/** Characters of the rationale that are looked at: its first sentences name the treatment, later ones speak of alternatives. */
const RATIONALE_LIMIT = 1500;

/** Categories whose requests may be for a drug. */
const DRUG_CATEGORIES = new Set(['Injection', 'Pharmaceuticals']);

/** Words that two parts of an "a & b" term may stand apart. Digits of vertebrae count, so it is wide enough for "L3-4, L4-5, L5-S1". */
const WIDEST_GAP = 8;

/** A strength or a count of tablets: "75 mg", "0.5 ml", "#60". */
const DOSE = /\d ?(?:mg|mcg|ml|gm?|iu)\b|# ?\d/i;

/** Words that open a clause. Those marked true name a time or a cause: their clause decides only when no other does. */
const CLAUSE_WORDS = new Map<string, boolean>([
  ...['after', 'because', 'before', 'due', 'during', 'following', 'prior', 'secondary', 'status', 'until', 'while']
    .map((word): [string, boolean] => [word, true]),
  ...['and', 'as', 'at', 'by', 'for', 'from', 'in', 'including', 'of', 'on', 'or', 'per', 'plus', 'regarding', 'to', 'under', 'using',
    'via', 'with', 'without'].map((word): [string, boolean] => [word, false]),
]);

/** Words and marks that open a clause which asks for something more. */
const ADDING = new Set(['and', 'plus', ',', ';', '&', '+']);

interface Service {
  category: string;
  subcategory: string;
}

/** A term of the vocabulary as it is looked up. */
interface Entry {
  service: Service;
  general: boolean;
  /** The drug, for entries of drugs.yaml. */
  drug?: Drug;
}

/** A term of parts that stand near each other. Each part is a key or the name of a group in angle brackets. */
interface Combination {
  entry: Entry;
  parts: string[];
}

/** All that the vocabulary says about one key. One look-up for each run of words keeps the reading fast. */
interface Term {
  entry?: Entry;
  passing?: true;
  drug?: Drug;
  bodyPart?: string;
  form?: Form;
  /** The parts of combinations that the key is. */
  parts?: string[];
}

/** A generic name and the class, a subcategory of Pharmaceuticals, that it was found in. */
interface Drug {
  name: string;
  class: string;
}

type Form = keyof DrugsVocabulary['forms'];

interface Vocabulary {
  terms: Map<string, Term>;
  /** By the part that is looked for first. */
  combinations: Map<string, Combination[]>;
  generalBodyParts: Set<string>;
  madeIntoCreams: Set<string>;
  /** Generic names that stand under Topical Analgesics. */
  topicalAnalgesics: Set<string>;
  prevails: ServicesVocabulary['prevails'];
  /** Single words that a misspelled word may stand for, by length. */
  spellings: Map<number, string[]>;
  longestKey: number;
  mostWords: number;
}

/** A run of words: `start` is the first, `end` the one after the last. */
interface Span {
  start: number;
  end: number;
}

interface Match extends Span {
  entry: Entry;
  /** The clause that it begins in, and the end of what stands in that clause. */
  clause: number;
  lastInClause: number;
  /** The printed words, for `doubt`. */
  words: string;
  size: number;
}

interface Clause {
  /** 0 decides first. After a colon 0, before it 1; clauses that name a time or a cause 2. */
  rank: number;
  /** Whether a comma, "and", or the like opens it: what it names is asked for as well. */
  isAddition: boolean;
}

interface Text {
  source: string;
  words: { text: string; at: number; clause: number }[];
  clauses: Clause[];
  matches: Match[];
  drugs: Drug[];
  bodyParts: string[];
  topical: boolean;
  compounded: boolean;
}

let vocabulary: Vocabulary | undefined;

// ---------------------------------------------------------------------------------------------------------------- the disputed portion

/**
 * The part of a modified request that is still disputed, and what was first asked for.
 * The wording is the letters' own: "X was the original request. ... The remaining IMR eligible portion of the original request, Y is".
 */
function disputedPortion(request: string): { portion: string; original?: string } {
  const modified = /\bwas the original request\b/i.exec(request);
  if (!modified) return { portion: request };
  const original = request.slice(0, modified.index);
  const rest = request.slice(modified.index + modified[0].length);
  const label = /\boriginal request[,:]\s*/gi;
  let from = -1;
  for (let found = label.exec(rest); found; found = label.exec(rest)) from = label.lastIndex;
  if (from < 0) return { portion: original };
  return { portion: rest.slice(from).replace(/,?(?<!\s)\s+(?:is|are)\s*$/i, ''), original };
}

// -------------------------------------------------------------------------------------------------------------------- words to matches

/** What is compared: lower-case letters and digits only, so that hyphens, slashes, and blanks make no difference. */
function keyOf(words: string): string {
  return words.toLowerCase().replace(/[^a-z0-9%]/g, '');
}

const TOKEN = /[a-z]+|\d+(?:\.\d+)?%?|[,;:()&+/]/g;

/** Splits a text into words and clauses and finds the terms in it. */
function analyse(source: string, known: Vocabulary): Text {
  const text: Text = { source, words: [], clauses: [{ rank: 0, isAddition: false }], matches: [], drugs: [], bodyParts: [], topical: false, compounded: false };
  // An apostrophe is no word boundary ("surgeon's"); a replacement of the same length keeps the places right.
  const lower = source.toLowerCase().replace(/(?<=[a-z])['\u2019](?=s\b)/g, '-').replace(/\b(\d+) ?%/g, '$1%');
  for (const found of lower.matchAll(TOKEN)) {
    const token = found[0];
    const opens = CLAUSE_WORDS.get(token);
    if (/^[a-z\d]/.test(token)) {
      if (opens !== undefined) text.clauses.push({ rank: opens ? 2 : 0, isAddition: ADDING.has(token) });
      text.words.push({ text: token, at: found.index, clause: text.clauses.length - 1 });
    } else if (token === ':') {
      // A clock time or a ratio is no heading.
      if (/\d:\d/.test(lower.slice(found.index - 1, found.index + 2))) continue;
      for (const clause of text.clauses) clause.rank = Math.max(clause.rank, 1);
      text.clauses.push({ rank: 0, isAddition: false });
    } else {
      text.clauses.push({ rank: 0, isAddition: ADDING.has(token) });
    }
  }
  findMatches(text, known);
  return text;
}

/** Fills matches, drugs, bodyParts, and forms of a text whose words are known. */
function findMatches(text: Text, known: Vocabulary): void {
  const spans: (Span & { entry: Entry | undefined; letters: number })[] = [];
  const bodySpans: (Span & { part: string })[] = [];
  const formSpans: (Span & { form: Form })[] = [];
  const drugSpans: (Span & { drug: Drug })[] = [];
  const partPlaces = new Map<string, Span[]>();
  const { words } = text;
  for (let start = 0; start < words.length; start += 1) {
    let key = '';
    for (let end = start + 1; end <= words.length && end - start <= known.mostWords; end += 1) {
      key += words[end - 1]!.text;
      if (key.length > known.longestKey) break;
      const term = known.terms.get(key);
      if (!term) continue;
      if (term.entry || term.passing) spans.push({ start, end, entry: term.entry, letters: key.length });
      if (term.drug) drugSpans.push({ start, end, drug: term.drug });
      if (term.bodyPart !== undefined) bodySpans.push({ start, end, part: term.bodyPart });
      if (term.form) formSpans.push({ start, end, form: term.form });
      for (const part of term.parts ?? []) {
        const places = partPlaces.get(part);
        if (places) places.push({ start, end });
        else partPlaces.set(part, [{ start, end }]);
      }
    }
  }

  const taken = new Uint8Array(words.length);
  spans.sort((a, b) => (b.end - b.start) - (a.end - a.start) || b.letters - a.letters || a.start - b.start);
  for (const span of spans) {
    if (isTaken(taken, span)) continue;
    taken.fill(1, span.start, span.end);
    if (span.entry) text.matches.push(matchOf(text, span, span.entry, span.end - span.start));
  }
  for (const [part, places] of partPlaces) {
    for (const combination of known.combinations.get(part) ?? []) {
      const found = findCombination(combination, places, partPlaces);
      if (!found) continue;
      // A longer term that holds the combination whole says more: "dental implant surgery consultation form".
      const size = found.parts.reduce((sum, part) => sum + part.end - part.start, 0);
      const holder = text.matches.find((match) => match.start <= found.start && match.end >= found.end && match.end - match.start >= size);
      if (!holder) text.matches.push(matchOf(text, found, combination.entry, size));
    }
  }

  const drugs = new Map<string, Drug>();
  for (const span of longestFirst(drugSpans, words.length)) {
    // "Testosterone level" is a test and no drug; "ketorolac injection" is one.
    const holder = text.matches.find((match) => match.start <= span.start && match.end >= span.end);
    if (holder && !DRUG_CATEGORIES.has(holder.entry.service.category)) continue;
    if (!drugs.has(span.drug.name)) drugs.set(span.drug.name, span.drug);
  }
  text.drugs = [...drugs.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

  const parts = new Set(longestFirst(bodySpans, words.length).map((span) => span.part));
  const exact = [...parts].filter((part) => !known.generalBodyParts.has(part));
  const namesSpine = exact.some((part) => part.endsWith('spine') || part === 'sacroiliac joint');
  text.bodyParts = (namesSpine ? exact : [...parts]).sort();

  const forms = longestFirst(formSpans, words.length);
  const percent = words.some((word) => word.text.endsWith('%'));
  const swallowed = forms.some((span) => span.form === 'notTopical');
  text.topical = !swallowed && (percent || forms.some((span) => span.form === 'topical'));
  text.compounded = forms.some((span) => span.form === 'compounded');
}

function isTaken(taken: Uint8Array, span: Span): boolean {
  for (let word = span.start; word < span.end; word += 1) if (taken[word]) return true;
  return false;
}

/** Of overlapping spans the longest. */
function longestFirst<T extends Span>(spans: T[], length: number): T[] {
  const taken = new Uint8Array(length);
  return spans.sort((a, b) => (b.end - b.start) - (a.end - a.start) || a.start - b.start).filter((span) => {
    if (isTaken(taken, span)) return false;
    taken.fill(1, span.start, span.end);
    return true;
  });
}

function matchOf(text: Text, span: Span, entry: Entry, size: number): Match {
  const first = text.words[span.start]!;
  const last = text.words[span.end - 1]!;
  // A combination may reach into the next clause ("follow-up MRI for pain"): only its part in the first one competes there.
  let lastInClause = span.end;
  while (text.words[lastInClause - 1]!.clause !== first.clause) lastInClause -= 1;
  return {
    start: span.start, end: span.end, lastInClause, entry, size, clause: first.clause,
    words: text.source.slice(first.at, last.at + last.text.length),
  };
}

/** The first place where all parts of a combination stand near each other without sharing a word. */
function findCombination(combination: Combination, places: Span[], all: Map<string, Span[]>): (Span & { parts: Span[] }) | undefined {
  for (const place of places) {
    const parts = [place];
    let { start, end } = place;
    for (const key of combination.parts.slice(1)) {
      const near = (all.get(key) ?? []).find((other) => other.start - end <= WIDEST_GAP && start - other.end <= WIDEST_GAP
        && parts.every((part) => other.end <= part.start || other.start >= part.end));
      if (!near) break;
      parts.push(near);
      start = Math.min(start, near.start);
      end = Math.max(end, near.end);
    }
    if (parts.length === combination.parts.length) return { start, end, parts };
  }
  return undefined;
}

// ----------------------------------------------------------------------------------------------------------------------- which decides

interface Winner {
  service: Service;
  words: string;
  doubt: string | undefined;
}

/** The match that decides, or undefined. `general` asks for general words in place of exact terms. */
function decide(text: Text, known: Vocabulary, general: boolean): Winner | undefined {
  const candidates = text.matches.filter((match) => match.entry.general === general);
  let winner: Match | undefined;
  for (const match of candidates) if (!winner || isBefore(match, winner, text)) winner = match;
  if (!winner) return undefined;
  for (const rule of known.prevails) {
    const decided: Match = winner;
    if (!fits(decided.entry.service, rule.over) || fits(decided.entry.service, rule.winner)) continue;
    const better = candidates.find((match) => match !== decided && fits(match.entry.service, rule.winner)
      && (rule.where === 'anywhere' || match.clause === decided.clause));
    if (better) {
      winner = better;
      break;
    }
  }
  const service = topicalService(winner, text, known);
  return { service, words: winner.words, doubt: otherService(winner, service, candidates, text) };
}

/** Says in words that a request asks for something more than the service that decides, as in "physical therapy and acupuncture". */
function otherService(winner: Match, service: Service, candidates: Match[], text: Text): string | undefined {
  // The steps of an operation and the ingredients of a cream are one request.
  if (service.category === 'Surgery' || service.subcategory.startsWith('Topical')) return undefined;
  const other = candidates.find((match) => text.clauses[match.clause]!.isAddition && match.clause > winner.clause
    && !fits(match.entry.service, `${service.category} > ${service.subcategory}`));
  return other && `the request also names "${other.words}", which is another service`;
}

/** Whether a decides before b: earlier clause, then later in the clause, then longer. */
function isBefore(a: Match, b: Match, text: Text): boolean {
  const rank = text.clauses[a.clause]!.rank - text.clauses[b.clause]!.rank;
  if (rank !== 0) return rank < 0;
  if (a.clause !== b.clause) return a.clause < b.clause;
  if (a.lastInClause !== b.lastInClause) return a.lastInClause > b.lastInClause;
  return a.size > b.size;
}

/** Whether a service is what one side of a rule names. */
function fits(service: Service, side: string): boolean {
  return side === service.category || side === `${service.category} > ${service.subcategory}`;
}

/**
 * The class of a drug in the form that is asked for. A drug with a ready-made cream or patch is a topical analgesic; two drugs in one
 * cream, or a drug of which no ready-made cream exists, are a compound that a pharmacy mixes.
 */
function topicalService(winner: Match, text: Text, known: Vocabulary): Service {
  const { service, drug } = winner.entry;
  const isCompound = service.subcategory === 'Topical Compounds';
  if (drug === undefined || isCompound || !text.topical || !known.madeIntoCreams.has(service.subcategory)) return service;
  const ingredients = text.drugs.filter((other) => known.madeIntoCreams.has(other.class));
  const compound = { category: service.category, subcategory: 'Topical Compounds' };
  if (ingredients.length > 1 || text.compounded) return compound;
  if (known.topicalAnalgesics.has(drug.name)) return { category: service.category, subcategory: 'Topical Analgesics' };
  // Fentanyl and buprenorphine patches act on the whole body: they stay opioids.
  return service.subcategory === 'Opioids' ? service : compound;
}

function reading(winner: Winner, text: Text, doubt = winner.doubt): ServiceReading {
  const { category, subcategory } = winner.service;
  const base = { category, subcategory, drugs: text.drugs.map((drug) => drug.name), bodyParts: text.bodyParts };
  return doubt === undefined ? base : { ...base, doubt };
}

// -------------------------------------------------------------------------------------------------------------------------- misspelling

/** Shortest word that is corrected: shorter ones are too near to each other. */
const SHORTEST_CORRECTED = 7;

/** The text with its first misspelled word put right, or undefined when no word is one letter away from a known one. */
function correctSpelling(text: Text, known: Vocabulary): { text: Text; printed: string; meant: string } | undefined {
  for (const word of text.words) {
    if (word.text.length < SHORTEST_CORRECTED || !/^[a-z]/.test(word.text)) continue;
    for (const length of [word.text.length, word.text.length + 1, word.text.length - 1]) {
      const meant = known.spellings.get(length)?.find((spelling) => isOneLetterAway(word.text, spelling));
      if (meant === undefined) continue;
      const end = word.at + word.text.length;
      const printed = text.source.slice(word.at, end);
      return { text: analyse(text.source.slice(0, word.at) + meant + text.source.slice(end), known), printed, meant };
    }
  }
  return undefined;
}

/** Whether two different words differ by one letter put in, left out, or exchanged, or by two neighbours swapped. */
function isOneLetterAway(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const restA = a.slice(head, a.length - tail);
  const restB = b.slice(head, b.length - tail);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

// ---------------------------------------------------------------------------------------------------------------------------- compiling

/** A term's key and that of its plural. */
function keysOf(term: string): string[] {
  const key = keyOf(term);
  if (!/[a-z]$/.test(key)) return [key];
  const plural = /[^aeiou]y$/.test(key) ? `${key.slice(0, -1)}ies` : /(?:ch|sh|s|x|z)$/.test(key) ? `${key}es` : `${key}s`;
  return [key, plural];
}

function compileVocabulary(): Vocabulary {
  const services = readVocabulary<ServicesVocabulary>('services');
  const drugs = readVocabulary<DrugsVocabulary>('drugs');
  const body = readVocabulary<BodyPartsVocabulary>('body-parts');
  const known: Vocabulary = {
    terms: new Map(), combinations: new Map(), generalBodyParts: new Set(body.general), madeIntoCreams: new Set(drugs.madeIntoCreams),
    topicalAnalgesics: new Set(Object.keys(drugs.classes['Topical Analgesics'] ?? {})), prevails: services.prevails,
    spellings: new Map(), longestKey: 0, mostWords: 0,
  };

  for (const phrase of services.passing) for (const term of termsOf(known, phrase)) term.passing = true;
  for (const [group, words] of Object.entries(services.groups)) {
    for (const word of [group, ...words]) addPart(known, word, `<${group}>`);
  }
  for (const [category, { subcategories }] of Object.entries(services.categories)) {
    for (const [subcategory, { terms, general }] of Object.entries(subcategories)) {
      const service = { category, subcategory };
      for (const [name, variants] of Object.entries(terms)) {
        for (const words of [name, ...variants]) {
          if (words.includes('&')) addCombination(known, words, { service, general: false });
          else addEntry(known, words, { service, general: false });
        }
      }
      for (const words of general) addEntry(known, words, { service, general: true });
    }
  }
  for (const [subcategory, rows] of Object.entries(drugs.classes)) {
    const service = { category: 'Pharmaceuticals', subcategory };
    for (const [name, variants] of Object.entries(rows)) {
      for (const words of [name, ...variants]) addEntry(known, words, { service, general: false, drug: { name, class: subcategory } });
    }
  }
  for (const [part, variants] of Object.entries(body.parts)) {
    for (const words of [part, ...variants]) for (const term of termsOf(known, words)) term.bodyPart ??= part;
  }
  for (const form of ['topical', 'compounded', 'notTopical'] as const) {
    for (const words of drugs.forms[form]) for (const term of termsOf(known, words)) term.form = form;
  }
  return known;
}

/** The terms of a name and of its plural, made where they are missing. */
function termsOf(known: Vocabulary, words: string): Term[] {
  const count = words.toLowerCase().match(/[a-z]+|\d+/g)?.length ?? 0;
  // One more than printed in the vocabulary, as a hyphen at a line's end may split a word.
  known.mostWords = Math.max(known.mostWords, count + 1);
  return keysOf(words).map((key) => {
    known.longestKey = Math.max(known.longestKey, key.length);
    const term = known.terms.get(key) ?? {};
    known.terms.set(key, term);
    return term;
  });
}

function addEntry(known: Vocabulary, words: string, entry: Entry): void {
  for (const term of termsOf(known, words)) {
    // Terms of services.yaml come before drugs, and a generic name means the first class that it stands in.
    term.entry ??= entry;
    if (entry.drug) term.drug ??= entry.drug;
  }
  const word = words.toLowerCase();
  if (word.length >= SHORTEST_CORRECTED && /^[a-z]+$/.test(word)) {
    const same = known.spellings.get(word.length);
    if (same) same.push(word);
    else known.spellings.set(word.length, [word]);
  }
}

function addPart(known: Vocabulary, words: string, part: string): void {
  for (const term of termsOf(known, words)) {
    term.parts ??= [];
    if (!term.parts.includes(part)) term.parts.push(part);
  }
}

function addCombination(known: Vocabulary, words: string, entry: Entry): void {
  const parts = words.split('&').map((part) => {
    const name = part.trim();
    if (name.startsWith('<')) return name;
    addPart(known, name, keyOf(name));
    return keyOf(name);
  });
  // The last part is looked for first: it is the exact one, where a group in front of it is of common words.
  parts.reverse();
  const same = known.combinations.get(parts[0]!);
  if (same) same.push({ entry, parts });
  else known.combinations.set(parts[0]!, [{ entry, parts }]);
}
