/**
 * Invented prose in the words of the field, of any length: sentences whose words follow one another as in the sample's letters, which are invented
 * themselves, with rarer words put in for others, so that a large collection has as many different words as a real one.
 */
import { readDetermination, listDeterminationFiles } from '../../src/determinations/store.ts';
import { readVocabulary } from '../understanding/vocabulary.ts';
import type { Random } from './random.ts';

/** Different words that a large collection of letters comes to, without numbers. */
const LEXICON_SIZE = 24_000;
/** How many of the sample's words count as the grammar of its sentences and stay where they are. */
const COMMON_WORDS = 350;
/** Share of the other words that give way to one from the lexicon. */
const REPLACED = 0.3;

/** Keeps the first words of the lexicon, which chance put there, from being in every sentence. */
const FLAT = 100;

const PREFIXES = ['peri', 'sub', 'supra', 'infra', 'intra', 'inter', 'hyper', 'hypo', 'poly', 'dys', 'para', 'retro', 'antero', 'postero', 'latero', 'medio', 'trans', 'neuro', 'myo', 'osteo', 'chondro', 'arthro', 'teno', 'spondylo', 'cervico', 'lumbo', 'thoraco', 'costo', 'radio', 'ulno'];
const ROOTS = ['acromi', 'tarsal', 'carpal', 'scapul', 'vertebr', 'dural', 'fibul', 'patell', 'condyl', 'trochanter', 'ligament', 'tendin', 'fasci', 'synovi', 'burs', 'menisc', 'labr', 'foramin', 'lamin', 'radicul', 'vascul', 'derm', 'gastr', 'hepat', 'nephr', 'cardi', 'pulmon', 'crani', 'ocul', 'aur', 'psych', 'somn', 'alges', 'trophic', 'kinet'];
const SUFFIXES = ['itis', 'osis', 'algia', 'opathy', 'ectomy', 'otomy', 'oplasty', 'ography', 'oscopy', 'al', 'ar', 'ic', 'ation', 'ability', 'ement', 'oma', 'esis', 'oid', 'ally', 'ative'];

export interface Prose {
  /** About that many words in whole sentences. `terms` are woven in, as a rationale names what it decides. */
  rationale(words: number, terms: readonly string[]): string;
  summary(words: number, terms: readonly string[]): string;
}

/** Learns from the sample. @param sampleFolder the project's own content folder */
export async function learnProse(sampleFolder: string, random: Random): Promise<Prose> {
  const rationales: string[] = [];
  const summaries: string[] = [];
  for (const file of await listDeterminationFiles(sampleFolder)) {
    const { decisions, clinicalSummary } = await readDetermination(sampleFolder, file);
    for (const { rationale } of decisions) rationales.push(...rationale);
    summaries.push(...clinicalSummary);
  }
  const common = new Set(frequentWords([...rationales, ...summaries]).slice(0, COMMON_WORDS));
  const lexicon = makeLexicon(random);
  const write = (chain: Chain) => (words: number, terms: readonly string[]) => prose(chain, words, terms, common, lexicon, random);
  return { rationale: write(follow(rationales)), summary: write(follow(summaries)) };
}

/** Of each word, with its punctuation, those that follow it, as often as they do; of the empty word, those that begin a sentence. */
type Chain = ReadonlyMap<string, readonly string[]>;

function follow(texts: readonly string[]): Chain {
  const chain = new Map<string, string[]>();
  for (const text of texts) {
    let before = '';
    for (const word of text.split(' ')) {
      const after = chain.get(before) ?? [];
      after.push(word);
      chain.set(before, after);
      before = endsSentence(word) ? '' : word;
    }
  }
  return chain;
}

function endsSentence(word: string): boolean {
  return /[.?!]["”)]?$/.test(word);
}

function prose(chain: Chain, words: number, terms: readonly string[], common: ReadonlySet<string>, lexicon: readonly string[], random: Random): string {
  const written: string[] = [];
  while (written.length < words) {
    const sentence: string[] = [];
    let word = '';
    do {
      const after = chain.get(word);
      if (!after) break;
      word = random.pick(after);
      sentence.push(reworded(word, common, lexicon, random));
      // A chain may run in circles.
    } while (!endsSentence(word) && sentence.length < 45);
    if (!endsSentence(sentence.at(-1)!)) sentence.push('indeed.');
    if (terms.length > 0 && random.chance(0.2)) sentence.unshift('For', 'the', `${random.pick(terms)},`);
    written.push(...sentence);
  }
  return written.join(' ');
}

const WORD = /[a-z]{4,}/;

/** Numbers become other numbers of their kind, some words become rarer ones. */
function reworded(word: string, common: ReadonlySet<string>, lexicon: readonly string[], random: Random): string {
  if (/\d/.test(word)) return word.replace(/\d(?=\d)|\d$/g, () => String(random.below(10)));
  const inner = WORD.exec(word)?.[0];
  if (inner === undefined || common.has(inner) || /[A-Z-]/.test(word) || !random.chance(REPLACED)) return word;
  return word.replace(inner, random.zipf(lexicon, FLAT));
}

function frequentWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
}

/** Words by frequency, most frequent first: the vocabulary's, then words made of their parts, then both with the typing errors that letters are full of. */
function makeLexicon(random: Random): string[] {
  const known = new Set<string>();
  for (const name of ['services', 'drugs', 'body-parts', 'guidelines', 'specialties', 'synonyms']) collectWords(readVocabulary(name), known);
  const words = new Set(random.shuffle([...known].sort()));
  while (words.size < LEXICON_SIZE * 0.75) words.add((random.chance(0.7) ? random.pick(PREFIXES) : '') + random.pick(ROOTS) + random.pick(SUFFIXES) + (random.chance(0.2) ? 's' : ''));
  const spelled = [...words];
  while (words.size < LEXICON_SIZE) words.add(mistyped(random.zipf(spelled), random));
  return [...words];
}

function collectWords(value: unknown, words: Set<string>): void {
  if (typeof value === 'string') for (const word of value.toLowerCase().match(/[a-z]{4,}/g) ?? []) words.add(word);
  else if (Array.isArray(value)) for (const item of value) collectWords(item, words);
  else if (value !== null && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) {
      collectWords(name, words);
      collectWords(item, words);
    }
  }
}

/** A letter left out, doubled, or changing places with the next. */
function mistyped(word: string, random: Random): string {
  const place = 1 + random.below(word.length - 2);
  const [before, at, after] = [word.slice(0, place), word[place]!, word.slice(place + 1)];
  const error = random.below(3);
  return error === 0 ? before + after : error === 1 ? before + at + at + after : before + after.slice(0, 1) + at + after.slice(1);
}
