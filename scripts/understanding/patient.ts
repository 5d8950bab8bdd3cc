/**
 * Reads the injured worker's age and sex from a clinical case summary: the first statement about the worker, never another
 * person's age ("his 12-year-old son", "lifting a 70-year-old resident") or an earlier one ("migraine since 13 years old").
 */

/** Years. What lies outside is a typing error, a childhood or another number. */
const YOUNGEST = 14;
const OLDEST = 99;

/** A statement stands near the beginning; later ages belong to histories and to other people. */
const OPENING = 1500;

type Sex = 'male' | 'female';

const UNITS: Readonly<Record<string, number>> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9,
};
const TENS: Readonly<Record<string, number>> = {
  twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
};
const TEENS: Readonly<Record<string, number>> = {
  fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19,
};

const NUMBER = String.raw`(?<number>\d{2}|(?:${Object.keys(TENS).join('|')})(?:[ -](?:${Object.keys(UNITS).join('|')}))?|${Object.keys(TEENS).join('|')})`;
const YEARS_OLD = String.raw` ?-? ?(?:years?|yrs?\.?)(?: ?- ?| )?(?:olds?\b|of[ -]age\b)| ?-? ?y\.?(?:rs?\.?)? ?[/-]? ?o\b\.?| ?-? ?(?:years?|yrs?\.?)[ -](?=(?:male|female|man|woman)\b)`;
const AGE = new RegExp(
  String.raw`(?<![\p{L}\d./-])(?:${NUMBER}(?:${YEARS_OLD})|${NUMBER.replace('number', 'coded')} ?(?<code>[MF])\b|(?<aged>aged|age of|age is|age:?) ${NUMBER.replace('number', 'after')}\b(?![/-])|(?<person>man|woman) of ${NUMBER.replace('number', 'ofAge')}\b(?![/-]))`,
  'giu',
);

const WORKER = String.raw`(?:injured worker|worker|applicant|claimant|employee|patient|member|individual|person|IW)`;
const NAMES_WORKER = new RegExp(String.raw`\b${WORKER}\b`, 'iu');
const WORKER_JUST_BEFORE = new RegExp(String.raw`\b${WORKER}(?:,|:| is| was| \()[^.]{0,40}$|\b${WORKER},? $|\b${WORKER} (?:is|was) an? [^.;]{0,80}, $|^$`, 'iu');
/** What may stand before "48 year old" when the worker is meant: "is a", "a now", "The" at the beginning of a sentence, "case of a". */
const SAYS_WORKER = new RegExp(
  String.raw`(?:^|[.;:!?]["']? ?|\b(?:is|was|involves|concerns|regarding|reportedly|this|who is|who was|being|case of|${WORKER})\b,? ?(?:\([^()]{1,20}\),? ?)?)(?:(?:an?(?: ?\(n\))?|the|this|now|currently|presently|approximately|right|left|hand|handed|dominant|pleasant|obese|married|single|male|female)[ ,-]{1,2})*$`,
  'iu',
);
/** An earlier age, or somebody who is lifted, met or cared for. */
const SAYS_OTHER =
  /\b(?:since|at|when|until|till|before|after|from|by|with|for|his|her|their|whose|at the|lifting|transferring|assisting|helping|moving|restraining|holding|carrying|of|to|another|other)(?: (?:an?|the|about|approximately|age|age of|s?he was))* ?$/iu;
const OTHER_PERSON =
  /^[ ,-]{0,2}(?:(?:male|female|autistic|obese|disabled|special needs) )?(?:son|daughter|child|children|kid|boy|girl|infant|grandson|granddaughter|mother|father|parent|husband|wife|spouse|brother|sister|student|resident|inmate|customer|client|vehicle|car|truck|injury|history|claim)\b/iu;

const SEX_WORD = String.raw`(?<sex>males?|females?|man|woman|gentleman|gentlemen|lady|M\b(?!\.?[DRA])|F\b)`;

function sexOf(word: string): Sex {
  return /^(?:f|woman|lady)/i.test(word) ? 'female' : 'male';
}

function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  const [tens = '', units = ''] = text.toLowerCase().split(/[ -]/);
  return TEENS[tens] ?? (TENS[tens] ?? 0) + (UNITS[units] ?? 0);
}

interface AgeStatement {
  age: number;
  /** Where it begins. */
  start: number;
  /** Where the words after the statement begin. */
  end: number;
  /** Sex said with the number: "48M", "a man of 50". */
  code: string | null;
  /** The words before or after name the worker. */
  certain: boolean;
}

function ageStatements(text: string): AgeStatement[] {
  const statements: AgeStatement[] = [];
  for (const match of text.matchAll(AGE)) {
    const groups = match.groups ?? {};
    const age = numberOf(groups.number ?? groups.coded ?? groups.after ?? groups.ofAge ?? '');
    if (age < YOUNGEST || age > OLDEST) continue;
    const before = text.slice(Math.max(0, match.index - 110), match.index);
    const end = match.index + match[0].length;
    const after = text.slice(end, end + 60);
    if (OTHER_PERSON.test(after)) continue;
    const certain = SAYS_WORKER.test(before);
    if (!certain && SAYS_OTHER.test(before)) continue;
    // "32 F" is a temperature, "age 13" a childhood: without the worker beside it, a short form says too little.
    if (!certain && groups.coded !== undefined) continue;
    if (groups.after !== undefined && !certain && !WORKER_JUST_BEFORE.test(before)) continue;
    statements.push({ age, start: match.index, end, code: groups.code ?? groups.person ?? null, certain });
  }
  return statements;
}

const SEX_JUST_BEFORE_AGE = new RegExp(String.raw`(?:, |\ban? )${SEX_WORD},? $`, 'iu');
const SEX_AFTER_AGE = new RegExp(String.raw`^[^.;]{0,60}?\b${SEX_WORD}\b`, 'iu');
/** A person between the age and a sex word takes the sex word: "48 year old worker, kicked by a male patient". */
const INTERRUPTS = /\b(?:by|with|when|while|after|his|her|who|whose|of)\b/iu;
const SEX_STATED = [
  new RegExp(String.raw`\b${WORKER} (?:is|was)(?: identified as)? (?:an? )?(?:(?:now|adult|right|left|hand|handed|dominant|hispanic|caucasian|pleasant)[ ,-]{1,2}){0,4}${SEX_WORD}\b`, 'iu'),
  new RegExp(String.raw`(?:^|[.;:] ?)(?:the|this|an?|this is an?|this case involves an?|this case concerns an?)(?: now| adult)? ${SEX_WORD}\b`, 'iu'),
  new RegExp(String.raw`\b(?:is|was|involves) an? (?:adult )?${SEX_WORD} (?:${WORKER}|who)\b`, 'iu'),
  new RegExp(String.raw`\b(?:the|this|an?) ${SEX_WORD} ${WORKER}\b`, 'iu'),
  new RegExp(String.raw`\b${WORKER}(?:,| \()? ?(?:an? )?${SEX_WORD}[,)]`, 'iu'),
  new RegExp(String.raw`\b(?:sex|gender)(?: is)?:? ${SEX_WORD}\b`, 'iu'),
];
const TITLE_OF_WORKER = /^(?:the )?(?:injured worker|applicant|claimant|employee|patient)?,? ?(?<title>Mr|Ms|Mrs)\b/iu;

const PRONOUN = /\b(?<pronoun>he|she|his|her|him|himself|herself)\b/giu;
const OTHER_NAMED =
  /\b(?:physicians?|providers?|doctors?|dr|surgeons?|therapists?|chiropractors?|psychologists?|nurses?|reviewers?|administrators?|attorneys?|supervisors?|managers?|co-?workers?|employers?|husband|wife|spouse|mother|father|son|daughter|child|brother|sister|students?|residents?|clients?|customers?|drivers?|inmates?|man|woman|another|someone|somebody)\b/iu;

/** The pronoun of the opening sentences, where only the worker has been named before it and no other pronoun contradicts. */
function sexOfPronoun(text: string): Sex | null {
  let found: Sex | null = null;
  for (const match of text.slice(0, 500).matchAll(PRONOUN)) {
    const before = text.slice(0, match.index);
    if (!NAMES_WORKER.test(before) || OTHER_NAMED.test(before)) break;
    const sex: Sex = /^h(?:e|is|im|imself)$/i.test(match.groups?.pronoun ?? '') ? 'male' : 'female';
    if (found !== null && found !== sex) return null;
    found = sex;
  }
  return found;
}

/**
 * Reads age (whole years, as stated; a date of birth is not turned into one) and sex of the worker. Each is null where the summary
 * does not state it; only sex falls back to a pronoun, near the beginning and while nobody but the worker has been named.
 */
export function readPatient(clinicalSummary: string): { age: number | null; sex: Sex | null } {
  const text = clinicalSummary.slice(0, 4 * OPENING).replace(/\s+/g, ' ').trim().slice(0, OPENING);
  const statements = ageStatements(text);
  const statement = statements.find(({ certain }) => certain) ?? statements[0];
  if (statement !== undefined) {
    const { age, code } = statement;
    const after = code === null ? SEX_AFTER_AGE.exec(text.slice(statement.end, statement.end + 80)) : null;
    const before = SEX_JUST_BEFORE_AGE.exec(text.slice(Math.max(0, statement.start - 20), statement.start));
    const word = code ?? (after !== null && !INTERRUPTS.test(after[0]) ? after.groups?.sex : before?.groups?.sex);
    return { age, sex: word === undefined ? statedSex(text) : sexOf(word) };
  }
  return { age: null, sex: statedSex(text) };
}

function statedSex(text: string): Sex | null {
  let first: { index: number; sex: Sex } | null = null;
  for (const pattern of SEX_STATED) {
    const match = pattern.exec(text);
    const word = match?.groups?.sex;
    if (match === null || word === undefined || (first !== null && first.index <= match.index)) continue;
    first = { index: match.index, sex: sexOf(word) };
  }
  if (first !== null) return first.sex;
  const title = TITLE_OF_WORKER.exec(text)?.groups?.title;
  if (title !== undefined) return title.toLowerCase() === 'mr' ? 'male' : 'female';
  return sexOfPronoun(text);
}
