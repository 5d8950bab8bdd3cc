/**
 * Did you mean: the words of the collection with how many decisions hold each, and which of them are near a word that was typed.
 * Pure; works in a worker.
 */

/** Words by code units, each with how many decisions hold it. Counts over 31 are rounded to a few per cent. */
export interface Dictionary {
  words: readonly string[];
  counts: Float64Array;
  /** Of each word, which letters it has, as bits: words that differ in more letters than slips are no spellings of each other. */
  letters: Uint32Array;
  /** The words by their length. */
  byLength: readonly (readonly number[])[];
  /** The largest count: about how many decisions there are. */
  most: number;
}

// What is kept.

/** A longer word is a row of words that lost their blanks; esophagogastroduodenoscopy has 26 letters. */
const LONGEST_WORD = 32;
const SHORTEST_WORD = 3;
/** Codes such as l5s1 and q12h; what is longer is a number of some form. */
const LONGEST_CODE = 6;
/** The most frequent ones are kept: it keeps the file below 120 kB whatever the letters hold, and rarer words are mostly misprints. */
const MOST_WORDS = 45_000;
/** Counts up to this one are kept exactly, above it on a scale of 8 steps for each doubling. */
const EXACT_COUNTS = 31;
const STEPS_A_DOUBLING = 8;

/**
 * The file's bytes before gzip. The same words give the same bytes.
 *
 * Format: number of words (uint32, little endian), then a byte for each word with how many letters it shares with the word before, then
 * a byte for each with its count, then the rest of each word as UTF-8, a line each.
 * @param counts plain words (words.ts) of the decisions, with how many decisions hold each
 * @param extraWords words that count as known although no decision holds them: those of the vocabulary
 */
export function encodeDictionary(counts: ReadonlyMap<string, number>, extraWords: Iterable<string> = []): Uint8Array {
  const all = new Map([...counts].filter(([word, count]) => isWord(word) && count > 0 && !isJunk(word, count)));
  for (const word of extraWords) if (isWord(word) && !all.has(word)) all.set(word, 0);
  // Those of the vocabulary are few, and known to be words.
  const kept = [...all].sort(([a, x], [b, y]) => Number(y === 0) - Number(x === 0) || y - x || (a < b ? -1 : 1)).slice(0, MOST_WORDS);
  const sorted = kept.sort(([a], [b]) => (a < b ? -1 : 1));
  const shared = sorted.map(([word], index) => (index === 0 ? 0 : sharedLetters(sorted[index - 1]![0], word)));
  const text = new TextEncoder().encode(sorted.map(([word], index) => word.slice(shared[index])).join('\n'));
  const bytes = new Uint8Array(4 + 2 * sorted.length + text.length);
  new DataView(bytes.buffer).setUint32(0, sorted.length, true);
  bytes.set(shared, 4);
  bytes.set(sorted.map(([, count]) => countCode(count)), 4 + sorted.length);
  bytes.set(text, 4 + 2 * sorted.length);
  return bytes;
}

/** Reads what encodeDictionary wrote. @throws when the bytes are not such a file */
export function decodeDictionary(bytes: Uint8Array): Dictionary {
  const size = bytes.length < 4 ? Infinity : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (4 + 2 * size > bytes.length) throw new Error('this is no dictionary, or not all of it');
  const rests = size === 0 ? [] : new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4 + 2 * size)).split('\n');
  if (rests.length !== size) throw new Error(`the dictionary has ${rests.length} words, not ${size}`);
  const words: string[] = [];
  for (let index = 0; index < size; index += 1) words.push(index === 0 ? rests[0]! : words[index - 1]!.slice(0, bytes[4 + index]) + rests[index]!);
  const counts = Float64Array.from(bytes.subarray(4 + size, 4 + 2 * size), countOf);
  const byLength: number[][] = Array.from({ length: LONGEST_WORD + 1 }, () => []);
  words.forEach((word, index) => byLength[Math.min(word.length, LONGEST_WORD)]!.push(index));
  return { words, counts, letters: Uint32Array.from(words, letterBits), byLength, most: counts.reduce((most, count) => Math.max(most, count), 0) };
}

function isWord(word: string): boolean {
  if (word.length < SHORTEST_WORD || word.length > LONGEST_WORD) return false;
  return /\p{N}/u.test(word) ? word.length <= LONGEST_CODE && /^[\p{M}\p{N}]*\p{L}[\p{L}\p{M}\p{N}]*$/u.test(word) : /^[\p{L}\p{M}]+$/u.test(word);
}

/** What stands in one decision only and looks like no word: misprints and words run together. */
function isJunk(word: string, count: number): boolean {
  return count === 1 && (/\p{N}/u.test(word) || /(.)\1\1/u.test(word) || /[bcdfghjklmnpqrstvwxz]{6}/.test(word) || /^[bcdfghjklmnpqrstvwxz]+$/.test(word));
}

function sharedLetters(before: string, word: string): number {
  let shared = 0;
  while (shared < before.length && before[shared] === word[shared]) shared += 1;
  // A character of two code units is not cut.
  return shared > 0 && /[\uD800-\uDBFF]/.test(word[shared - 1]!) ? shared - 1 : shared;
}

function countCode(count: number): number {
  return count <= EXACT_COUNTS ? Math.floor(count) : Math.min(255, EXACT_COUNTS + Math.round(STEPS_A_DOUBLING * Math.log2(count / EXACT_COUNTS)));
}

function countOf(code: number): number {
  return code <= EXACT_COUNTS ? code : Math.round(EXACT_COUNTS * 2 ** ((code - EXACT_COUNTS) / STEPS_A_DOUBLING));
}

/** Without f, p and h, so that a slip, be it ph for f, takes away one letter and adds one at most. */
function letterBits(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index += 1) bits |= 1 << (word.charCodeAt(index) % 32);
  return (bits & ~F_P_H) >>> 0;
}

const F_P_H = [...'fph'].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) % 32)), 0);

// How words are looked up.

/** How many decisions hold a plain word, about; 0 for a word of the vocabulary that none holds, nothing for an unknown one. */
export function countOfWord(word: string, { words, counts }: Dictionary): number | undefined {
  const place = placeOf(word, words);
  return words[place] === word ? counts[place] : undefined;
}

/** The words that begin with a plain word, itself included, those first that most decisions hold. */
export function wordsBeginning(prefix: string, { words, counts }: Dictionary, most = 20): string[] {
  if (prefix === '') return [];
  const first = placeOf(prefix, words);
  let end = first;
  while (end < words.length && words[end]!.startsWith(prefix)) end += 1;
  return Array.from({ length: end - first }, (_, index) => first + index).sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, most).map((index) => words[index]!);
}

/** Where a word stands, or would stand. */
function placeOf(word: string, words: readonly string[]): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (words[middle]! < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

// What is near.

const MOST_CORRECTIONS = 3;
/** In a shorter word one letter makes another word. */
const SHORTEST_CORRECTED = 4;
/** From this length on two slips are allowed. */
const LONG_WORD = 6;
/** A word that some decisions hold is a misprint of another only when that one is so much more frequent. */
const TIMES_MORE_FREQUENT = 20;
/** For a word of the vocabulary that no decision holds only the easiest mistakes are considered: fluoxetine is no misprint of duloxetine. */
const DEAREST_OF_KNOWN = 0.65;
/** Worth of a doubling of the count, in slips: among equally near words the frequent one was meant. */
const WORTH_OF_DOUBLING = 0.05;
/** A candidate that is so many slips worse than the best one is noise. */
const WORSE_THAN_BEST = 0.8;

// What a slip costs, a wrong letter being 1.
const NEIGHBOUR_KEY = 0.75;
const SAME_SOUND = 0.45;
const OTHER_VOWEL = 0.65;
const DOUBLED = 0.45;
const LAST_E = 0.6;
const MISSING = 0.85;
const TOO_MANY = 0.9;
const SWAPPED = 0.7;
/** On top, when the first letter changes: it is seldom typed wrong. Less when the sound stays. */
const FIRST_LETTER = 0.5;
const FIRST_OF_SAME_SOUND = 0.3;
/** A blank that was left out. */
const SPLIT = 1.1;

const VOWELS = 'aeiouy';
const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Letters that sound alike in drug names and Greek words. */
const SOUNDS = new Set(['iy', 'ck', 'cs', 'sz', 'kq', 'vf', 'uo', 'gj']);
/** Two letters that sound like one. */
const DIGRAPHS = new Map([['ph', 'f'], ['ae', 'e'], ['oe', 'e'], ['rh', 'r'], ['ck', 'k'], ['ks', 'x'], ['th', 't'], ['ch', 'k'], ['ee', 'i'], ['ou', 'o'], ['ey', 'y'], ['ie', 'y'], ['qu', 'k']]);

const NEIGHBOURS = new Set(KEYBOARD.flatMap((row, level) => [...row].flatMap((key, place) => {
  const below = KEYBOARD[level + 1] ?? '';
  return [row[place + 1], below[place], below[place - 1]].filter((other) => other !== undefined).flatMap((other) => [key + other, other + key]);
})));

/**
 * Words of the dictionary that may have been meant, best first, at most three. A result with a blank is a word that was typed without it.
 * Of a word that decisions hold only a far more frequent one. Nothing for words of fewer than 4 letters and for words with digits.
 * Takes a few milliseconds at most, whatever is typed.
 * @param word plain (words.ts)
 */
export function correct(word: string, dictionary: Dictionary): string[] {
  const length = word.length;
  if (length < SHORTEST_CORRECTED || length > 2 * LONGEST_WORD || !/^[\p{L}\p{M}]+$/u.test(word)) return [];
  const { words, counts, letters, byLength } = dictionary;
  const own = countOfWord(word, dictionary);
  const least = own === undefined ? 0 : Math.max(1, own) * TIMES_MORE_FREQUENT;
  // A word of the vocabulary is right although no decision holds it; but it also has misprints that letters repeat (gabapentine).
  const dearest = own === 0 ? DEAREST_OF_KNOWN : Infinity;
  const slips = length < LONG_WORD ? 1 : 2;
  const bits = letterBits(word);
  const found: { text: string; cost: number }[] = [];
  for (let other = Math.max(SHORTEST_CORRECTED, length - slips); other <= Math.min(LONGEST_WORD, length + slips); other += 1) {
    for (const index of byLength[other]!) {
      if (counts[index]! < least || bitsIn(bits & ~letters[index]!) > slips || bitsIn(letters[index]! & ~bits) > slips) continue;
      const candidate = words[index]!;
      if (candidate === word || /\p{N}/u.test(candidate) || slipsBetween(word, candidate, slips) > slips) continue;
      const cost = costOf(word, candidate);
      if (cost <= dearest) found.push({ text: candidate, cost: cost - worth(counts[index]!) });
    }
  }
  if (own === undefined) found.push(...splits(word, dictionary));
  found.sort((a, b) => a.cost - b.cost || (a.text < b.text ? -1 : 1));
  return found.filter(({ cost }) => cost <= found[0]!.cost + WORSE_THAN_BEST).slice(0, MOST_CORRECTIONS).map(({ text }) => text);
}

/** The word that two plain words are when written together, where that is the usual way: `knee cap`, `x ray`. */
export function joinWords(first: string, second: string, dictionary: Dictionary): string | undefined {
  const together = first + second;
  const count = countOfWord(together, dictionary);
  if (together.length < SHORTEST_CORRECTED || count === undefined || !/^[\p{L}\p{M}]+$/u.test(together)) return undefined;
  const apart = Math.min(countOfWord(first, dictionary) ?? 0, countOfWord(second, dictionary) ?? 0);
  return count >= apart ? together : undefined;
}

function worth(count: number): number {
  return WORTH_OF_DOUBLING * Math.log2(1 + count);
}

/** Ways to write a word as two that are both frequent. */
function splits(word: string, dictionary: Dictionary): { text: string; cost: number }[] {
  const frequent = Math.max(2, dictionary.most / 500);
  const found: { text: string; cost: number }[] = [];
  for (let place = SHORTEST_WORD; place <= word.length - SHORTEST_WORD; place += 1) {
    const [first, second] = [word.slice(0, place), word.slice(place)];
    const count = Math.min(countOfWord(first, dictionary) ?? 0, countOfWord(second, dictionary) ?? 0);
    if (count >= frequent) found.push({ text: `${first} ${second}`, cost: SPLIT - worth(count) });
  }
  return found;
}

function bitsIn(bits: number): number {
  let rest = bits;
  let found = 0;
  for (; rest !== 0; rest &= rest - 1) found += 1;
  return found;
}

/** How many letters are wrong, missing, too many or swapped; two that sound like one count once. Above `most` any larger number. */
function slipsBetween(a: string, b: string, most: number): number {
  return align(a, b, most, () => 1);
}

/** What the slips between two words cost together; small when it is an easy mistake. */
function costOf(typed: string, candidate: string): number {
  return align(typed, candidate, Infinity, slipCost);
}

type Slip = 'wrong' | 'missing' | 'too many' | 'swapped' | 'sound';

/** The rows of the table of align, used again and again: thousands of words are compared for one typed. */
const ROWS: [Float64Array, Float64Array, Float64Array] = [new Float64Array(3 * LONGEST_WORD), new Float64Array(3 * LONGEST_WORD), new Float64Array(3 * LONGEST_WORD)];

/**
 * The cheapest way from the typed word to the candidate (Damerau-Levenshtein without edits inside a swap). Only the diagonal band that
 * few slips can reach is looked at, so that the time grows with the length.
 * @param price of a slip; `place` and `target` are positions in the typed word and in the candidate
 */
function align(typed: string, candidate: string, most: number, price: (slip: Slip, typed: string, place: number, candidate: string, target: number) => number): number {
  const band = 2;
  let [before, last, row] = ROWS;
  let bestBefore = 0;
  for (let place = 0; place <= typed.length; place += 1) {
    [before, last, row] = [last, row, before];
    row.fill(Infinity, 0, candidate.length + 1);
    if (place === 0) last.fill(Infinity, 0, candidate.length + 1);
    let best = Infinity;
    for (let target = Math.max(0, place - band); target <= Math.min(candidate.length, place + band); target += 1) {
      let cost = place === 0 && target === 0 ? 0 : Infinity;
      if (place > 0 && target > 0) {
        cost = last[target - 1]! + (typed[place - 1] === candidate[target - 1] ? 0 : price('wrong', typed, place - 1, candidate, target - 1));
      }
      if (target > 0) cost = Math.min(cost, row[target - 1]! + price('missing', typed, place, candidate, target - 1));
      if (place > 0) cost = Math.min(cost, last[target]! + price('too many', typed, place - 1, candidate, target));
      if (place > 1 && target > 1 && typed[place - 1] === candidate[target - 2] && typed[place - 2] === candidate[target - 1] && typed[place - 1] !== typed[place - 2]) {
        cost = Math.min(cost, before[target - 2]! + price('swapped', typed, place - 2, candidate, target - 2));
      }
      if (place > 0 && target > 1 && DIGRAPHS.get(candidate.slice(target - 2, target)) === typed[place - 1]) {
        cost = Math.min(cost, last[target - 2]! + price('sound', typed, place - 1, candidate, target - 2));
      }
      if (place > 1 && target > 0 && DIGRAPHS.get(typed.slice(place - 2, place)) === candidate[target - 1]) {
        cost = Math.min(cost, before[target - 1]! + price('sound', typed, place - 2, candidate, target - 1));
      }
      row[target] = cost;
      best = Math.min(best, cost);
    }
    // A swap and two letters for one reach back two rows.
    if (best > most && bestBefore > most) return Infinity;
    bestBefore = best;
  }
  return row[candidate.length]!;
}

function slipCost(slip: Slip, typed: string, place: number, candidate: string, target: number): number {
  const first = place === 0 || target === 0 ? FIRST_LETTER : 0;
  const [from, to] = [typed[place] ?? '', candidate[target] ?? ''];
  switch (slip) {
    case 'sound':
      return SAME_SOUND;
    case 'swapped':
      return SWAPPED + first;
    case 'wrong':
      if (SOUNDS.has(from + to) || SOUNDS.has(to + from)) return SAME_SOUND + (first > 0 ? FIRST_OF_SAME_SOUND : 0);
      return (VOWELS.includes(from) && VOWELS.includes(to) ? OTHER_VOWEL : NEIGHBOURS.has(from + to) ? NEIGHBOUR_KEY : 1) + first;
    case 'missing':
      if (to === candidate[target - 1] || to === candidate[target + 1]) return DOUBLED;
      return to === 'e' && target === candidate.length - 1 ? LAST_E : MISSING + first;
    case 'too many':
      if (from === typed[place - 1] || from === typed[place + 1]) return DOUBLED;
      return from === 'e' && place === typed.length - 1 ? LAST_E : TOO_MANY + first;
  }
}
