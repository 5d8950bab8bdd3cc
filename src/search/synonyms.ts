/**
 * Other words for what a reader typed: abbreviations, synonyms, words of everyday speech, brands of a drug. Pure; works in a worker.
 * The vocabulary is data (content/vocabulary), made compact by scripts/index/vocabulary.ts; its files say what each kind means.
 */
import { stem } from 'porter2';
import { plainWord, wordParts } from './words.ts';

/** The vocabulary as it is downloaded: JSON. Names in one string are separated by NAME_SEPARATOR, best known first. */
export interface SearchVocabulary {
  /** [term, abbreviations, synonyms, lay words, narrower terms, ambiguous abbreviations, ambiguous ones that usually mean this]; empty ones at the end are left out. */
  terms: string[][];
  /** The generic name, then brands, salts and other names of the same drug. */
  drugs: string[];
  /** A part of the body as the facet names it, then the other names of it. For suggestions: decisions hold their body parts as words. */
  bodyParts: string[];
  /** A value of the service facet, then what it includes. For suggestions. */
  services: string[];
}

export const NAME_SEPARATOR = '|';

/** `narrower`: a kind of what was typed. `brand`: a brand, salt or the generic name of the same drug. */
export type AlternativeKind = 'abbreviation' | 'synonym' | 'lay' | 'brand' | 'narrower';

export interface Alternative {
  /** One word or a phrase. */
  text: string;
  kind: AlternativeKind;
}

/** What else to search for some words that stand together. */
export interface Widening {
  /** Position of the first word. */
  from: number;
  /** Position after the last word. */
  to: number;
  /** What the words mean, whatever their capitals, punctuation and endings; the same for the same words anywhere. */
  name: string;
  /** Best first: those first that an expert would name first. Empty when there are only offers. */
  alternatives: Alternative[];
  /** Other meanings, each by its usual name, that are not searched: for the reader to choose. */
  offers: string[];
}

/** The vocabulary made ready by openVocabulary. */
export interface Vocabulary {
  data: SearchVocabulary;
  /** What a name means; keys as keyOf makes them. */
  readings: ReadonlyMap<string, readonly Reading[]>;
  /** Names written in one word, as key of `readings`: kneebrace, xray. */
  joined: ReadonlyMap<string, string>;
  /** How many words the longest name has that begins with a word. */
  lengths: ReadonlyMap<string, number>;
  /** Words whose last s is no ending: TENS is not the plural of ten. */
  invariable: ReadonlySet<string>;
  /** Of words met before, their keys. */
  keys: Map<string, string>;
}

interface Name {
  text: string;
  key: string;
  kind: Exclude<AlternativeKind, 'narrower'>;
}

/** All names of one thing. */
interface Meaning {
  /** The usual one first. Without abbreviations that usually mean something else: who searches for "patient" does not want every "PT". */
  names: Name[];
  narrower: string[];
}

interface Reading {
  meaning: Meaning;
  kind: Name['kind'];
  /** `usually`: has other meanings, but this is what requests mean. `rarely`: is offered, not searched. */
  meant: 'always' | 'usually' | 'rarely';
}

/** A search for more names than these costs more than it finds: imaging has over a hundred. */
export const MOST_ALTERNATIVES = 24;
/** Shorter glued words collide with others. */
const SHORTEST_JOINED = 4;
const SHORTEST_JOINED_PAIR = 6;
const LONGEST_QUERY_WORD = 100;
/** The vocabulary has about 4,000 words; what readers type may not grow without end. */
const MOST_KEYS = 20_000;

/** Abbreviations that in small letters are words of every question: no meaning of "who" is offered unless it is typed WHO. */
const WORDS_OF_EVERY_QUESTION = new Set(['am', 'an', 'and', 'are', 'as', 'at', 'be', 'by', 'can', 'do', 'has', 'he', 'how', 'if', 'in', 'is', 'it', 'me', 'my', 'no', 'not', 'of', 'on', 'or', 'out', 'so', 'the', 'to', 'up', 'us', 'was', 'we', 'who', 'why']);

/** Makes the vocabulary ready: about 20 ms, once. The data is not changed. */
export function openVocabulary(data: SearchVocabulary): Vocabulary {
  const invariable = invariableWords(data);
  const keys = new Map<string, string>();
  const readings = new Map<string, Reading[]>();
  const joined = new Map<string, string>();
  const lengths = new Map<string, number>();
  const read = (text: string, kind: Name['kind'], meaning: Meaning, meant: Reading['meant']): Name => {
    const parts = partsOf(text);
    const key = keyOf(parts, invariable, keys);
    const known = readings.get(key);
    if (known) {
      if (!known.some((reading) => reading.meaning === meaning)) known.push({ meaning, kind, meant });
      return { text, key, kind };
    }
    readings.set(key, [{ meaning, kind, meant }]);
    const first = parts.length > 1 ? key.slice(0, key.indexOf(' ')) : key;
    if (parts.length > (lengths.get(first) ?? 0)) lengths.set(first, parts.length);
    const glued = parts.length > 1 ? parts.join('') : parts[0]!;
    if (glued.length >= SHORTEST_JOINED && !joined.has(glued) && parts.some((part) => part.length > 2)) joined.set(glued, key);
    return { text, key, kind };
  };

  for (const [term = '', abbreviations = '', synonyms = '', lay = '', narrower = '', ambiguous = '', usual = ''] of data.terms) {
    const meaning: Meaning = { names: [], narrower: listed(narrower) };
    const add = (names: string, kind: Name['kind'], meant: Reading['meant'] = 'always'): void => {
      for (const name of listed(names)) meaning.names.push(read(name, kind, meaning, meant));
    };
    add(term, 'synonym');
    add(abbreviations, 'abbreviation');
    add(usual, 'abbreviation', 'usually');
    add(synonyms, 'synonym');
    add(lay, 'lay');
    for (const name of listed(ambiguous)) read(name, 'abbreviation', meaning, 'rarely');
  }
  for (const row of data.drugs) {
    const meaning: Meaning = { names: [], narrower: [] };
    for (const name of listed(row)) meaning.names.push(read(name, 'brand', meaning, 'always'));
  }
  return { data, readings, joined, lengths, invariable, keys };
}

/** Abbreviations and names of drugs, which have no other forms. */
function invariableWords({ terms, drugs }: SearchVocabulary): Set<string> {
  const words = new Set<string>();
  const addCapitals = (name: string): void => {
    for (const word of name.split(' ')) if (isCapitals(word)) words.add(plainWord(word));
  };
  for (const [term = '', abbreviations = '', , , , ambiguous = '', usual = ''] of terms) {
    addCapitals(term);
    for (const name of [abbreviations, ambiguous, usual].flatMap(listed)) {
      if (name.includes(' ')) addCapitals(name);
      else words.add(plainWord(name));
    }
  }
  for (const name of drugs.flatMap(listed)) if (!name.includes(' ')) words.add(plainWord(name));
  // Meds are medication, MED is more than that.
  for (const name of terms.flat().flatMap(listed)) if (name.endsWith('s') && words.has(plainWord(name.slice(0, -1)))) words.add(plainWord(name));
  return words;
}

/**
 * Finds the words for which others are to be searched too. The longest terms come first ("physical therapy" covers "therapy"), terms do
 * not overlap, and a word is never widened by a term of which it is only a part. In the order of the words.
 * @param words those of a part of the query that stand together, as typed (L-spine, TENS; best) or plain (words.ts)
 */
export function findWidenings(words: readonly string[], vocabulary: Vocabulary): Widening[] {
  const spans: (Widening & { parts: number })[] = [];
  const parts = words.map((word) => (word.length > LONGEST_QUERY_WORD ? [] : partsOf(word)));
  const keys = parts.map((own) => keyOf(own, vocabulary.invariable, vocabulary.keys));
  for (let from = 0; from < words.length; from += 1) {
    const longest = Math.max(2, vocabulary.lengths.get(keys[from]!.split(' ', 1)[0]!) ?? 0);
    for (let to = from + 1; to <= Math.min(words.length, from + longest) && keys[to - 1] !== ''; to += 1) {
      const name = findName(keys.slice(from, to).join(' '), parts.slice(from, to).map((own) => own.join('')), vocabulary);
      const widening = name !== undefined ? widen(words.slice(from, to), vocabulary.readings.get(name)!, vocabulary) : undefined;
      if (name !== undefined && widening) spans.push({ from, to, name, ...widening, parts: parts.slice(from, to).flat().length });
    }
  }
  const covered = new Set<number>();
  const chosen: Widening[] = [];
  for (const { from, to, name, alternatives, offers } of spans.sort((a, b) => b.parts - a.parts || a.from - b.from)) {
    const own = Array.from({ length: to - from }, (_, index) => from + index);
    if (own.some((index) => covered.has(index))) continue;
    for (const index of own) covered.add(index);
    chosen.push({ from, to, name, alternatives, offers });
  }
  return chosen.sort((a, b) => a.from - b.from);
}

/** All names of what a name always or usually means, the usual one first; itself and abbreviations that usually mean something else left out. */
export function otherNames(name: string, { readings, invariable, keys }: Vocabulary): Alternative[] {
  const key = keyOf(partsOf(name), invariable, keys);
  const meanings = (readings.get(key) ?? []).filter(({ meant }) => meant !== 'rarely').map(({ meaning }) => meaning);
  return meanings.flatMap(({ names }) => names).filter((other) => other.key !== key).map(({ text, kind }) => ({ text, kind }));
}

/** All names of the kinds of what a name always or usually means, the usual ones first. */
export function includedNames(name: string, vocabulary: Vocabulary): string[] {
  const key = keyOf(partsOf(name), vocabulary.invariable, vocabulary.keys);
  return narrowerNames((vocabulary.readings.get(key) ?? []).filter(({ meant }) => meant !== 'rarely').map(({ meaning }) => meaning), vocabulary);
}

/** The plain words of the whole vocabulary, each once: for spelling.ts, which knows them although no decision holds them. */
export function vocabularyWords({ terms, drugs }: SearchVocabulary): string[] {
  const words = [...terms.flat(), ...drugs].flatMap(listed).flatMap((name) => name.split(' '));
  // OxyContin stands there as "oxy contin".
  const joinedDrugs = drugs.flatMap(listed).filter((name) => /^[a-z]+ [a-z]+$/i.test(name)).map((name) => name.replace(' ', ''));
  return [...new Set([...words, ...joinedDrugs].map(plainWord))].filter((word) => word !== '');
}

function listed(names: string): string[] {
  return names === '' ? [] : names.split(NAME_SEPARATOR);
}

/** EMG and mTBI; not McMaster. */
function isCapitals(word: string): boolean {
  return /[A-Z].*[A-Z]/.test(word) && !/[a-z]{3}/.test(word);
}

/**
 * The singular of a word; of one that is no plural anything that differs from every other word's. The index's stems join too much to
 * tell what a word means: medical, medicine and medication are one stem, and so are applicant and applicable, ten and TENS.
 */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /[siu]s$/.test(word)) return word;
  if (word.length > 6 && word.endsWith('oses')) return `${word.slice(0, -2)}is`;
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(?:[cs]h|ss|x|z)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

/** The same as wordParts, which takes three times as long for a word without punctuation. */
function partsOf(text: string): string[] {
  return /^[a-z0-9]+$/i.test(text) ? [text.toLowerCase()] : wordParts(text);
}

/** Words without the differences that do not matter: capitals, punctuation, plurals. */
function keyOf(parts: readonly string[], invariable: ReadonlySet<string>, keys: Map<string, string>): string {
  return parts.length === 1 ? wordKey(parts[0]!, invariable, keys) : parts.map((part) => wordKey(part, invariable, keys)).join(' ');
}

function wordKey(part: string, invariable: ReadonlySet<string>, keys: Map<string, string>): string {
  const known = keys.get(part);
  if (known !== undefined) return known;
  // MRIs and ESIs, but not toss for TOS; and of two letters the s is no plural: "its" is no IT.
  const single = part.length > 3 && /[^s]s$/.test(part) && invariable.has(part.slice(0, -1)) ? part.slice(0, -1) : singular(part);
  const key = invariable.has(part) ? part : single;
  if (keys.size < MOST_KEYS) keys.set(part, key);
  return key;
}

function findName(key: string, glued: readonly string[], { readings, joined }: Vocabulary): string | undefined {
  if (readings.has(key)) return key;
  // "kneebrace", and "hammer toe" where the vocabulary has hammertoe.
  const word = glued.join('');
  if (glued.length > 2 || word.length < (glued.length === 2 ? SHORTEST_JOINED_PAIR : SHORTEST_JOINED)) return undefined;
  return joined.get(word) ?? (word.endsWith('s') ? joined.get(word.slice(0, -1)) : undefined);
}

/** Nothing when there is neither an alternative nor an offer: then shorter terms inside may have some. */
function widen(typed: readonly string[], found: readonly Reading[], vocabulary: Vocabulary): Pick<Widening, 'alternatives' | 'offers'> | undefined {
  const searched = found.filter(({ meant }) => meant !== 'rarely');
  const asQuestion = typed.length === 1 && WORDS_OF_EVERY_QUESTION.has(typed[0]!.toLowerCase()) && typed[0] !== typed[0]!.toUpperCase();
  const alternatives = alternativesOf(typed, searched, vocabulary);
  const offers = asQuestion ? [] : found.filter((reading) => !searched.includes(reading)).map(({ meaning }) => meaning.names[0]!.text);
  return alternatives.length > 0 || offers.length > 0 ? { alternatives, offers } : undefined;
}

function alternativesOf(typed: readonly string[], searched: readonly Reading[], vocabulary: Vocabulary): Alternative[] {
  // As the index has them: it glues what punctuation joins, so that x-ray is xray to it and not x ray, and has stems.
  const indexed = (words: readonly string[]): string => ` ${words.map((word) => stem(partsOf(word).join(''))).filter((word) => word !== '').join(' ')} `;
  const alternatives: Alternative[] = [];
  const kept = [indexed(typed)];
  const add = (text: string, kind: AlternativeKind): void => {
    if (alternatives.length === MOST_ALTERNATIVES) return;
    const key = indexed(text.split(' '));
    // What holds a name that is searched anyway finds nothing more.
    if (kept.some((other) => key.includes(other))) return;
    kept.push(key);
    alternatives.push({ text, kind });
  };
  for (const { meaning, kind } of searched) {
    // The usual name is to what was typed what that is to it.
    for (const [place, name] of meaning.names.entries()) add(name.text, place === 0 ? kind : name.kind);
  }
  for (const text of narrowerNames(searched.map(({ meaning }) => meaning), vocabulary)) add(text, 'narrower');
  return alternatives;
}

/** The kinds of some things and the kinds of these: first by their usual names, then by all others. */
function narrowerNames(meanings: readonly Meaning[], { readings, invariable, keys }: Vocabulary): string[] {
  const seen = new Set<Meaning>(meanings);
  const first = new Set<string>();
  const others: string[][] = [];
  let level = meanings.flatMap(({ narrower }) => narrower);
  while (level.length > 0) {
    const next: string[] = [];
    for (const text of level) {
      first.add(text);
      for (const { meaning, meant } of readings.get(keyOf(partsOf(text), invariable, keys)) ?? []) {
        if (meant === 'rarely' || seen.has(meaning)) continue;
        seen.add(meaning);
        others.push(meaning.names.map((name) => name.text));
        next.push(...meaning.narrower);
      }
    }
    level = next;
  }
  // The best known other name of each before the second best of any.
  const most = Math.max(0, ...others.map(({ length }) => length));
  return [...first, ...Array.from({ length: most }, (_, place) => others.flatMap((names) => names.slice(place, place + 1))).flat()];
}
