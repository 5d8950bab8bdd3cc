/**
 * What a reader typed, understood: words, "exact phrases", OR, -without, parentheses, NEAR, fields and case numbers.
 * Never fails: what cannot be read in one way is read in another, and `repairs` says so in words.
 */

/** Where a word may be asked to stand. `drug` and `service` are what the decision is filed under, not words of its text. */
export const FIELDS = ['request', 'rationale', 'guideline', 'summary', 'drug', 'service'] as const;
export type Field = (typeof FIELDS)[number];

export type Node =
  /** A word as typed, without punctuation around it. */
  | { kind: 'word'; text: string; field?: Field }
  /** Words that stand one after the other; or one word that is to be found as it is. */
  | { kind: 'phrase'; text: string; field?: Field }
  /** Words that begin so: `hydro*`. */
  | { kind: 'beginning'; text: string; field?: Field }
  | { kind: 'and'; parts: Node[] }
  | { kind: 'or'; parts: Node[] }
  /** Both parts, at most `within` words apart, in any order. */
  | { kind: 'near'; parts: [Node, Node]; within: number }
  | { kind: 'not'; part: Node };

/** A case number as typed in some spelling. */
export interface CaseReference {
  /** `CM00-0000117`, or `0000117` where only the seven digits were typed. */
  text: string;
  /** True when only the digits were typed: cases of several years can have them. */
  digitsOnly: boolean;
}

export interface Query {
  /** What a decision must fulfil, all of it. */
  units: Node[];
  /** A decision belongs to any of them. */
  cases: CaseReference[];
  /** Words of a question, and words such as "of" and "not", that need not occur. */
  fillers: string[];
  /** Those of them that make a decision a little better where they do occur: "no" in "no red flags". */
  soft: { node: Node; /** The word typed after it. */ next?: string }[];
  /** Which outcome the words ask for: "approved", "denied". Decisions with the other one are found too, after those. */
  outcome?: 'upheld' | 'overturned';
  /** True when the query is a question in plain words. */
  question: boolean;
  /** What was repaired, left out, or read in a way that the reader should know of, a sentence each. */
  repairs: string[];
}

/** A pasted paragraph must not keep the reader waiting. */
export const MOST_WORDS = 24;
/** As Westlaw and Lexis users know it: in the same few lines. */
const NEAR_WORDS = 10;
const LONGEST_NEAR = 50;
/** Nobody types more; addresses can hold anything. */
const LONGEST_QUERY = 4000;
/** No term in a letter is longer. */
const LONGEST_WORD = 100;
const DEEPEST = 20;

// Letters print CM00-0000117; readers leave the hyphen out, use a dash, a blank, a minus sign or a soft hyphen from a PDF.
const SEPARATOR = '[\\s\\p{Pd}\\u2212\\u00ad._]{0,3}';
const CASE_NUMBER = new RegExp(`(?<![\\p{L}\\p{N}])cm${SEPARATOR}(\\d{2})${SEPARATOR}(\\d{7})(?![\\p{L}\\p{N}])`, 'giu');
const SEVEN_DIGITS = /^\d{7}$/;
const QUOTES = '"“”„«»';
const HAS_CONTENT = /[\p{L}\p{N}]/u;
const FIELD_BEFORE = new RegExp(`^(${FIELDS.join('|')}):`, 'i');

/** Words that nearly every text has: they are demanded only in quotes, or where there is nothing else. */
const EVERYWHERE = new Set('a an and are as at be been by for from in into is it its of on or that the these this those to was were with'.split(' '));
/** Words that carry a sense beside others, but which a text that is meant need not have. */
const SOFT = new Set(
  'after all also another any because before but during due each either enough every few if less many more most much neither never no nor not only other previous since so some percent such than there therefore under unless until up very when where which while who without'.split(' '),
);
/** How a decision came out, as people ask for it. The outcome is known of each decision, so the texts need not say it in this word. */
const OUTCOME_WORDS = new Map<string, 'upheld' | 'overturned'>([
  ...'allow allowed approval approve approved approving authorized certified grant granted overturn overturned overturning reversed won'.split(' ').map((word) => [word, 'overturned'] as const),
  ...'denial denials denied denies deny denying noncertified refusal refuse refused rejected rejection uphold upheld'.split(' ').map((word) => [word, 'upheld'] as const),
]);
/** What stands before a case number that was copied from a letter or a list. */
const OF_CASE_NUMBERS = new Set('case cases claim file imr no number'.split(' '));
/** What makes a query a question. */
const ASKING = new Set('am are can could did do does had has have how is may shall should was were what when where which who whom whose why will would'.split(' '));
/** Words of questions that say nothing about the treatment, and how it came out, which the results show anyway. */
const OF_QUESTIONS = new Set(
  `about above after again against all also am any anyone anybody approve approved approves because before being but can cannot case cases could cover covered covers decide decided decision
  decisions denial denied denies deny did do does doing done due else ever every find for gave get gets getting give given go got granted had has have having he help her here hers him his how i if imr
  insurance insurer just know let like long look many may me mean means might more most much must my need needed needs never new now often one only other our out over pay paid pays please refuse refused reject rejected
  say says see shall she should show so some someone somebody still such than their them then there they thing things think told too under until up upheld overturned us use used usually very want wanted wants
  way we went what when where whether which while who whom whose why will without would yes yet you your`.split(/\s+/),
);

type Token = { kind: 'word' | 'phrase'; text: string } | { kind: 'field'; field: Field } | { kind: 'near'; within: number } | { kind: 'or' } | { kind: 'not' } | { kind: 'open' } | { kind: 'close' };

/** Reads a query of any content and length. */
export function parseQuery(whole: string): Query {
  const text = whole.slice(0, LONGEST_QUERY);
  const repairs = whole.length > LONGEST_QUERY ? [`Only the first ${LONGEST_QUERY.toLocaleString('en-US')} characters were read.`] : [];
  const cases = new Map<string, CaseReference>();
  const words = { read: 0, leftOut: 0 };
  const question = isQuestion(text);
  const tokens = tokenise(text, cases, repairs);
  let place = 0;
  let depth = 0;
  /** Words found so far that are in most texts. They count as fillers once there is something else. */
  const fillers: string[] = [];

  const parts = readAnd();
  // A closing parenthesis without an opening one ends nothing.
  while (place < tokens.length) {
    place += 1;
    repair('A closing parenthesis had no opening one and was left out.');
    parts.push(...readAnd());
  }
  let units = parts.flatMap((part) => (part.kind === 'and' ? part.parts : [part]));
  const plain = (node: Node): string | undefined => (node.kind === 'word' && node.field === undefined ? node.text.toLowerCase().replace(/['’].*$/su, '') : undefined);
  const outcomeOf = (node: Node): Query['outcome'] => OUTCOME_WORDS.get((plain(node) ?? '').replaceAll('-', ''));
  const isFiller = (node: Node): boolean => {
    const word = plain(node);
    return word !== undefined && (weighsNothing(word, question) || SOFT.has(word) || outcomeOf(node) !== undefined || (cases.size > 0 && OF_CASE_NUMBERS.has(word)));
  };
  const rest = units.filter((unit) => !isFiller(unit));
  const soft: Query['soft'] = [];
  let outcome: Query['outcome'];
  if (rest.some((unit) => unit.kind !== 'not') || cases.size > 0) {
    const left = units.filter(isFiller);
    const turned = left.findLast(outcomeOf);
    fillers.push(...left.flatMap((unit) => (unit === turned ? [] : [(unit as Node & { kind: 'word' }).text])));
    if (turned) {
      outcome = outcomeOf(turned);
      // "not approved"
      const before = plain(units[units.indexOf(turned) - 1] ?? turned);
      if (before === 'not' || before === 'never') outcome = outcome === 'upheld' ? 'overturned' : 'upheld';
      repair(`“${turned.kind === 'word' ? turned.text : ''}” says how a decision came out: ${outcome} decisions come first. For these alone choose them under Outcome.`);
    }
    for (const node of left) {
      const next = plain(units[units.indexOf(node) + 1] ?? node);
      if (SOFT.has(plain(node)!) && !weighsNothing(plain(node)!, question)) soft.push({ node, ...(next !== undefined && next !== plain(node) && { next }) });
    }
    units = rest;
  }
  if (words.leftOut > 0) repair(`Only the first ${MOST_WORDS} words were searched; ${words.leftOut} after them ${words.leftOut === 1 ? 'was' : 'were'} left out.`);
  return { units: withoutDoubles(units), soft, cases: [...cases.values()], fillers, question, repairs, ...(outcome && { outcome }) };

  function repair(sentence: string): void {
    if (!repairs.includes(sentence)) repairs.push(sentence);
  }

  function readAnd(): Node[] {
    const found: Node[] = [];
    while (place < tokens.length && tokens[place]!.kind !== 'close') {
      const token = tokens[place]!;
      if (token.kind === 'or' || token.kind === 'near') {
        place += 1;
        const before = found.at(-1);
        const after = before ? readUnit() : undefined;
        if (!before || !after) {
          repair(`${token.kind === 'or' ? 'OR' : 'NEAR'} had nothing ${before ? 'after' : 'before'} it and was left out.`);
          continue;
        }
        found.pop();
        if (token.kind === 'or') found.push(before.kind === 'or' ? { kind: 'or', parts: [...before.parts, after] } : { kind: 'or', parts: [before, after] });
        else if (standsInText(before) && standsInText(after)) found.push({ kind: 'near', parts: [before, after], within: token.within });
        else {
          repair('NEAR works between words and phrases; here it was read as "and".');
          found.push(before, after);
        }
        continue;
      }
      const unit = readUnit();
      if (unit) found.push(unit);
    }
    return found;
  }

  function readUnit(field?: Field): Node | undefined {
    const token = tokens[place];
    if (!token || token.kind === 'close' || token.kind === 'or' || token.kind === 'near') return undefined;
    place += 1;
    switch (token.kind) {
      case 'not': {
        const part = readUnit(field);
        if (part?.kind === 'not') return part.part;
        return part && { kind: 'not', part };
      }
      case 'field': {
        const part = readUnit(token.field);
        if (!part) repair(`“${token.field}:” had nothing after it and was left out.`);
        return part;
      }
      case 'open':
        return readGroup(field);
      default: {
        if (!countWords(token.text)) return undefined;
        const text = token.text.slice(0, token.kind === 'phrase' ? 10 * LONGEST_WORD : LONGEST_WORD);
        const star = token.kind === 'word' && /^(.*[\p{L}\p{N}])\*$/su.exec(text);
        const within = field === undefined ? {} : { field };
        return star ? { kind: 'beginning', text: star[1]!, ...within } : { kind: token.kind, text, ...within };
      }
    }
  }

  function readGroup(field: Field | undefined): Node | undefined {
    if (depth >= DEEPEST) {
      repair('Parentheses are nested too deeply; the innermost were left out.');
      return undefined;
    }
    depth += 1;
    const inside = readAnd();
    depth -= 1;
    if (tokens[place]?.kind === 'close') place += 1;
    else repair('A parenthesis was not closed; it was read as closed at the end.');
    // Words such as "of" in parentheses would be demanded of every text.
    const kept = inside.filter((part) => part.kind !== 'word' || part.field !== undefined || !weighsNothing(part.text, false));
    const parts = withoutDoubles((kept.length > 0 ? kept : inside).flatMap((part) => (part.kind === 'and' ? part.parts : [part])));
    if (parts.length === 0) return undefined;
    const whole: Node = parts.length === 1 ? parts[0]! : { kind: 'and', parts };
    return field === undefined ? whole : withField(whole, field);
  }

  function countWords(added: string): boolean {
    const count = added.split(' ').length;
    if (words.read + count > MOST_WORDS && words.read > 0) {
      words.leftOut += count;
      return false;
    }
    words.read += count;
    return true;
  }
}

function standsInText(node: Node): boolean {
  return (node.kind === 'word' || node.kind === 'phrase' || node.kind === 'beginning' || (node.kind === 'or' && node.parts.every(standsInText))) && fieldOf(node) !== 'drug' && fieldOf(node) !== 'service';
}

function fieldOf(node: Node): Field | undefined {
  return 'field' in node ? node.field : undefined;
}

function withField(node: Node, field: Field): Node {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, parts: node.parts.map((part) => withField(part, field)) };
    case 'near':
      return { ...node, parts: [withField(node.parts[0], field), withField(node.parts[1], field)] };
    case 'not':
      return { ...node, part: withField(node.part, field) };
    default:
      return { ...node, field: node.field ?? field };
  }
}

function isQuestion(text: string): boolean {
  const words = text.trim().toLowerCase().split(/[^\p{L}\p{N}'’]+/u).filter(Boolean);
  return words.length >= 3 && (text.trim().endsWith('?') || ASKING.has(words[0]!));
}

function weighsNothing(word: string, question: boolean): boolean {
  const plain = word.toLowerCase().replace(/['’].*$/su, '');
  return EVERYWHERE.has(plain) || (question && (ASKING.has(plain) || OF_QUESTIONS.has(plain)));
}

function withoutDoubles(units: readonly Node[]): Node[] {
  const seen = new Set<string>();
  return units.filter((unit) => {
    const key = nodeText(unit).toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

function tokenise(text: string, cases: Map<string, CaseReference>, repairs: string[]): Token[] {
  const tokens: Token[] = [];
  // Without a small letter in it, "NOT MEDICALLY NECESSARY" is a way of typing and no command.
  const commands = /\p{Ll}/u.test(text);
  let place = 0;
  while (place < text.length) {
    const character = text[place]!;
    if (QUOTES.includes(character)) {
      const end = nextQuote(text, place + 1);
      if (end === text.length && text.slice(place + 1).trim() !== '') repairs.push('A quotation mark was not closed; all words after it were read as one phrase.');
      addPhrase(text.slice(place + 1, end));
      place = end + 1;
      continue;
    }
    if (character === '(' || character === ')') {
      tokens.push({ kind: character === '(' ? 'open' : 'close' });
      place += 1;
      continue;
    }
    if (/\s/.test(character)) {
      place += 1;
      continue;
    }
    // Everything up to the next quotation mark is words, commands and fields; case numbers in it may hold blanks.
    const start = place;
    while (place < text.length && !QUOTES.includes(text[place]!)) place += 1;
    const stretch = text.slice(start, place).replace(CASE_NUMBER, (_match, year: string, digits: string) => {
      const number = `CM${year}-${digits}`;
      cases.set(number, { text: number, digitsOnly: false });
      return ' ';
    });
    addStretch(stretch);
    // A minus sign that touches the phrase after it.
    if (place < text.length && /(?:^|[\s(])-+$/.test(stretch)) tokens.push({ kind: 'not' });
  }
  return tokens;

  function addStretch(stretch: string): void {
    for (const piece of stretch.split(/\s+/)) {
      let word = piece;
      // Parentheses at the edges group; inside a word ("drug(s)") they are part of it.
      while (word.startsWith('(') || (word.startsWith('-') && word.length > 1) || word.startsWith(')')) {
        if (word.startsWith('-')) tokens.push({ kind: 'not' });
        else tokens.push({ kind: word.startsWith('(') ? 'open' : 'close' });
        word = word.slice(1).replace(/^-+/, (dashes) => (word.startsWith('-') ? '' : dashes));
      }
      let closing = 0;
      while (word.endsWith(')') && count(word, '(') < count(word, ')')) {
        word = word.slice(0, -1);
        closing += 1;
      }
      addWord(word);
      for (; closing > 0; closing -= 1) tokens.push({ kind: 'close' });
    }
  }

  function addWord(word: string): void {
    const field = FIELD_BEFORE.exec(word);
    if (field) {
      tokens.push({ kind: 'field', field: field[1]!.toLowerCase() as Field });
      addStretch(word.slice(field[0].length));
      return;
    }
    const near = /^NEAR(?:\/(\d{1,3}))?$/.exec(word);
    if (word === 'OR' || word === '|' || word === '||') tokens.push({ kind: 'or' });
    else if (word === 'AND' || word === '&' || word === '&&') return;
    else if (word === 'NOT' && commands) tokens.push({ kind: 'not' });
    else if (near) tokens.push({ kind: 'near', within: Math.min(LONGEST_NEAR, Math.max(1, Number(near[1] ?? NEAR_WORDS))) });
    else if (SEVEN_DIGITS.test(word)) cases.set(word, { text: word, digitsOnly: true });
    else {
      const text = trimPunctuation(word);
      if (text !== '') tokens.push({ kind: 'word', text });
    }
  }

  function addPhrase(words: string): void {
    const phrase = words.split(/\s+/).filter((word) => HAS_CONTENT.test(word)).map(trimPunctuation);
    if (phrase.length > 0) tokens.push({ kind: 'phrase', text: phrase.join(' ').replace(/\*/g, '') });
  }
}

function nextQuote(text: string, from: number): number {
  for (let place = from; place < text.length; place += 1) if (QUOTES.includes(text[place]!)) return place;
  return text.length;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Punctuation around a word is no part of it; inside (L5-S1, EMG/NCV) it is, and a star at its end is a command. */
function trimPunctuation(word: string): string {
  const characters = [...word];
  const first = characters.findIndex((character) => HAS_CONTENT.test(character));
  const last = characters.findLastIndex((character) => HAS_CONTENT.test(character));
  if (first < 0) return '';
  return characters.slice(first, last + 1).join('') + (characters[last + 1] === '*' ? '*' : '');
}

/** True when the query asks for one case and for nothing else. */
export function isCaseOnly({ units, cases }: Query): boolean {
  return units.length === 0 && cases.length === 1;
}

/** Positions of the cases that a reference means, in a list of case ids. */
export function findCases(caseIds: readonly string[], { text, digitsOnly }: CaseReference): number[] {
  const wanted = digitsOnly ? `-${text}` : text;
  return caseIds.flatMap((id, index) => ((digitsOnly ? /^CM\d{2}-\d{7}$/.test(id) && id.endsWith(wanted) : id === wanted) ? [index] : []));
}

/** A part of a query as a reader would type it. parseQuery reads it back. */
export function nodeText(node: Node): string {
  const before = 'field' in node && node.field !== undefined ? `${node.field}:` : '';
  switch (node.kind) {
    case 'word':
      return before + node.text;
    case 'beginning':
      return `${before}${node.text}*`;
    case 'phrase':
      return `${before}"${node.text}"`;
    case 'not':
      return `-${nodeText(node.part)}`;
    case 'and':
      return `(${node.parts.map(nodeText).join(' ')})`;
    case 'or':
      return `(${node.parts.map(nodeText).join(' OR ')})`;
    case 'near':
      return `(${nodeText(node.parts[0])} NEAR${node.within === NEAR_WORDS ? '' : `/${node.within}`} ${nodeText(node.parts[1])})`;
  }
}

/** The query, with other units where these are given, as a reader would type it. Words of a question that are not searched are left out. */
export function queryText({ units, cases }: Pick<Query, 'units' | 'cases'>): string {
  return [...cases.map(({ text }) => text), ...units.map(nodeText)].join(' ');
}
