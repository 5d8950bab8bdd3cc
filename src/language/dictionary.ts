/**
 * A dictionary of messages. Its files are YAML that is also one JSON string to a side, so that the browser needs no parser for it:
 *
 *     "Decided <1/>.": "Decidido el <1/>."
 *
 * `<1/>` is a child element, `{1}` a number, `{d1}` a day such as December 9, 2016, `{a}` to `{o}` a value or a name, `{p}` to `{z}` words
 * that stay as they are, such as those of a query. The Spanish side may
 * put them in another order. Singular and plural are messages of their own: `{1} case`, `{1} cases`. Where only the other language tells them
 * apart, its side has both: `{2} overturned` is `{2} [2: revocada|revocadas]`.
 */
import { dayText } from '../words.ts';
import { hasWords, oneLine } from './message.ts';

const MONTHS = Array.from({ length: 12 }, (_month, index) => dayText(`2000-${String(index + 1).padStart(2, '0')}-01`).split(' ')[0]!);

const NUMBER = String.raw`(?<![\p{L}\p{N}_/#.-])\d+(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}_]|-\p{L})`;
const DAY = String.raw`(?:${MONTHS.join('|')}) \d{1,2}, \d{4}`;
const A_DAY = new RegExp(`^${DAY}$`);
const TOKENS = new RegExp(`(<\\d+/>)|(${DAY})|(${NUMBER})`, 'gu');
const PLURAL = /\[(\d+): ([^|\]]*)\|([^\]]*)\]/g;
const SLOTS = /<\d+\/>|\{(?:d?\d+|[a-z])\}/g;

/** What stands between the parts of a list or of a path, widest first. */
const BETWEEN = [', ', ' and ', ': ', ' / '] as const;

export type Entries = ReadonlyMap<string, string>;

export interface Dictionary {
  /** A message in the other language; nothing where the dictionary does not have it. @param text in one line, children as `<1/>` */
  translate(text: string): string | undefined;
  /** A value of a facet, or a list of such. Names that the dictionary does not have stay as they are. */
  value(text: string): string;
  /** The entry that answers a message. */
  entryFor(text: string): string | undefined;
  /** What stands for `{a}` in a message. */
  namesIn(text: string): string[];
  /** The parts of a message that stay English: the whole of it where no entry answers it, else names that stand for `{a}` and have no value. */
  gaps(text: string): string[];
}

/** The entries of a dictionary file. @throws where a line is neither an entry, a comment nor empty, or where an entry stands twice */
export function parseEntries(file: string): Entries {
  const entries = new Map<string, string>();
  for (const [index, line] of file.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const match = /^("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*")$/.exec(line);
    if (!match) throw new Error(`line ${index + 1} is not "English": "translation"`);
    const [english, translation] = [JSON.parse(match[1]!) as string, JSON.parse(match[2]!) as string];
    if (entries.has(english)) throw new Error(`line ${index + 1}: ${match[1]!} is there already`);
    entries.set(english, translation);
  }
  return entries;
}

/**
 * @param messages sentences of the pages and of the search
 * @param values names of services, outcomes and the like
 * @param day a day of the form `2016-12-09` in the other language
 * @param and the word between the last two of a list
 */
export function createDictionary({ messages, values, day, and }: { messages: Entries; values: Entries; day: (isoDay: string) => string; and: string }): Dictionary {
  // Those that say most come first, so that `Case {a}, superseded letter` is not read as `Case {a}`.
  const patterns = [...messages.keys()]
    .filter((key) => /\{[a-z]\}/.test(key))
    .sort((a, b) => literalLength(b) - literalLength(a) || (a < b ? -1 : 1))
    .map((key) => ({ key, ...patternOf(key) }));

  function find(text: string): { key: string; filled: Map<string, string> } | undefined {
    const { key, filled } = normalise(text);
    if (messages.has(key)) return { key, filled };
    for (const { key: candidate, pattern, names } of patterns) {
      const match = pattern.exec(text);
      if (match) return { key: candidate, filled: new Map(names.map((name, index) => [name, match[index + 1]!])) };
    }
    return undefined;
  }

  function translate(text: string): string | undefined {
    const known = values.get(text);
    if (known !== undefined) return known;
    const found = find(text);
    if (!found) return knownList(text);
    const plural = (_choice: string, number: string, one: string, many: string): string => (found.filled.get(`{${number}}`) === '1' ? one : many);
    return messages.get(found.key)!.replace(PLURAL, plural).replace(SLOTS, (slot) => {
      if (slot.startsWith('<')) return slot;
      const words = found.filled.get(slot);
      if (words === undefined) return slot;
      return /^\{d/.test(slot) ? day(isoDay(words)) : /^\{[a-o]/.test(slot) ? value(words) : words;
    });
  }

  /** A list or path of nothing but values: `knee, lumbar spine`. */
  function knownList(text: string): string | undefined {
    const between = BETWEEN.find((sign) => text.includes(sign));
    if (between === undefined) return undefined;
    const parts = text.split(between).map((part) => values.get(part) ?? knownList(part));
    return parts.includes(undefined) ? undefined : parts.join(between === ' and ' ? ` ${and} ` : between);
  }

  function value(text: string): string {
    const whole = values.get(text) ?? translate(text);
    if (whole !== undefined) return whole;
    if (A_DAY.test(text)) return day(isoDay(text));
    const between = BETWEEN.find((sign) => text.includes(sign));
    if (between === undefined) return text;
    const parts = text.split(between);
    const translated = parts.map(value);
    // A name that stays English stays so as a whole: Allergy and Immunology.
    return translated.every((part, index) => part === parts[index]) ? text : translated.join(between === ' and ' ? ` ${and} ` : between);
  }

  function namesIn(text: string): string[] {
    const found = values.has(text) ? undefined : find(text);
    return [...(found?.filled ?? [])].flatMap(([slot, words]) => (/^\{[a-o]\}/.test(slot) ? [words] : []));
  }

  function gaps(text: string): string[] {
    if (values.has(text) || !hasWords(text) || A_DAY.test(text)) return [];
    if (find(text)) return namesIn(text).flatMap(gapsInName);
    return knownList(text) === undefined ? [text] : [];
  }

  /** A part of a list may stay English while another is translated. */
  function gapsInName(text: string): string[] {
    const between = BETWEEN.find((sign) => text.includes(sign));
    const whole = gaps(text);
    return whole.length === 0 || between === undefined || find(text) || value(text) === text ? whole : text.split(between).flatMap(gapsInName);
  }

  return { translate, value, namesIn, gaps, entryFor: (text) => (values.has(text) ? text : find(text)?.key) };
}

/** The entry that would answer a message: its numbers and days as slots. */
export function messageKey(text: string): string {
  return normalise(text).key;
}

function normalise(text: string): { key: string; filled: Map<string, string> } {
  const filled = new Map<string, string>();
  let [numbers, days] = [0, 0];
  const key = oneLine(text).replace(TOKENS, (token, child: string | undefined, written: string | undefined) => {
    if (child !== undefined) return token;
    const slot = written === undefined ? `{${(numbers += 1)}}` : `{d${(days += 1)}}`;
    filled.set(slot, token);
    return slot;
  });
  return { key, filled };
}

function patternOf(key: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = key.split(/(\{(?:d?\d+|[a-z])\})/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    names.push(part);
    return part.startsWith('{d') ? `(${DAY})` : /^\{\d/.test(part) ? `(${NUMBER})` : '(.+?)';
  });
  return { pattern: new RegExp(`^${source.join('')}$`, 'u'), names };
}

function literalLength(key: string): number {
  return key.replace(SLOTS, '').length;
}

/** `December 9, 2016` as `2016-12-09`. */
function isoDay(text: string): string {
  const [month, day, year] = text.split(/,? /) as [string, string, string];
  return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}
