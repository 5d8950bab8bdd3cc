/**
 * Names of persons. A word with a capital is a name where something says so: a title before it, a degree after it, a label or a role, a first name
 * beside it, a greeting or a signature. What a letter has named once is found again wherever it stands.
 */
import { nameWords } from './data.ts';
import type { Identifier } from './find.ts';
import { matchesOf, rare } from './rare.ts';
import type { RarePattern } from './rare.ts';

/** A blank, or a line's end inside a paragraph. */
const GAP = String.raw`(?:[ \u00a0]|[ ]?\n(?!\n))`;
const WORD = String.raw`(?:\p{Lu}['\u2019](?=\p{Lu}))?\p{Lu}(?:[\p{L}\p{M}]|['\u2019](?=\p{L}{2}))+(?:[-\u2010]\n?\p{L}[\p{L}'\u2019]+)*`;
const INITIAL = String.raw`\p{Lu}\.(?:\p{Lu}\.){0,2}|\p{Lu}(?=[ \n,]|$)`;
const PARTICLE = String.raw`(?:[Dd]e${GAP}[Ll][ao]s?|[Dd]e[lr]?|[Dd]ella|[Dd][aio]s?|[Vv]an${GAP}(?:der?|den)|[Vv][ao]n|[Bb]in|[Ii]bn|[Aa]l|[Ee]l|[Ll][ae]|[Tt]en|[Tt]er|y|St\.)`;
const NICKNAME = String.raw`(?:["\u201c(]\p{L}+["\u201d)])`;
const SUFFIX = String.raw`(?:,?${GAP}(?:Jr|Sr|II|III|IV)\b\.?)?`;
const NAME = String.raw`(?:(?:${INITIAL})${GAP}?){0,3}(?:${PARTICLE}${GAP})?${WORD}(?:${GAP}(?:${NICKNAME}${GAP})?(?:${PARTICLE}${GAP})?(?:${WORD}|${INITIAL})){0,4}${SUFFIX}`;
/** Garcia, Maria L. */
const REVERSED = String.raw`${WORD}(?:${GAP}${WORD})?,${GAP}(?:${WORD}|\p{Lu}\.)(?:${GAP}(?:${WORD}|${INITIAL}))?`;

/** What a name or a title begins with, in a cue. */
const BEGINS = String.raw`(?:[A-Z\u0080-\uffff]|(?:de[lr]?|della|d[aio]s?|v[ao]n|bin|ibn|al|el|l[ae]|ten|ter|y)[ \u00a0\n])`;

/** How sure the words beside a name are that it is one. */
type Sureness = 'sure' | 'likely' | 'open';
interface NameRule {
  /** With a group `name`. */
  pattern: RegExp | RarePattern;
  /** `sure`: any word that is not on the lists; `likely`: one that is in no vocabulary; `open`: a first name must be among the words. */
  sureness: Sureness;
}

const AND = String.raw`(?:,?${GAP}(?:and|or|&)${GAP}|,${GAP}|/)`;
const TITLE = String.raw`(?:Drs?|DRS?\.|DR(?=${GAP}\p{Lu}{3})|Mrs?|M[RS]{1,2}\.|MRS|Ms|Messrs|Mx|Prof|PROF|Hon|Rev|Atty|Sgt|Capt|Lt|Ofc)(?:\.|(?=[ \n\u00a0]))`;
const TITLE_WORD = '(?:Doctor|Professor|Miss|Mister|Judge|Nurse|Attorney|Counselor|Pastor|Officer|Deputy|Sergeant|Captain|Se\u00f1ora?|Do\u00f1?[\u00f1n]a?)';
const DEGREE = String.raw`(?:M\.[ ]?D\b\.?|MD\b|D\.[ ]?O\b\.?|D\.[ ]?C\b\.?|D\.P\.M\b\.?|DPM\b|Ph\.?[ ]?D\b\.?|Psy\.?[ ]?D\b\.?|P\.?A\.?-C\b|P\.A\.|R\.N\.|N\.P\.|A?FNP\b(?:-[A-Z]+)?|[AP]NP-[A-Z]+|LCSW\b|LMFT\b|MFT\b|DPT\b|P\.T\.|L\.?\s?Ac\b\.?|Esq\b\.?|Esquire|D\.D\.S\b\.?|DDS\b|Pharm\.?D\b\.?|O\.T\.R?\b\.?|OTR(?:/L)?\b|CRNA\b|DNP\b|MPT\b|BCBA\b|F\.?A\.?C\.?S\b\.?|Au\.?D\b\.?|O\.D\.|LVN\b|L\.V\.N\.)`;
const WEAK_DEGREE = '(?:DC|DO|PA|NP|RN|PT|OT|QME|AME|PQME|CPT|MPH|MS|MA|JD|OD|LPT|RPT)\\b';
const ROLE_LABEL = String.raw`(?:the[ ])?(?:employee|injured${GAP}(?:worker|employee)|worker|patient|claimant|applicant|member|insured|subscriber|beneficiary|decedent|plaintiff|pt|iw|ee|(?:medical|expert|physician|peer|ur|utilization|imr|professional)?[ ]?reviewer|reviewed${GAP}by|provider|(?:primary |secondary )?(?:treating|requesting|referring|attending|ordering|prescribing|evaluating|consulting|family)${GAP}(?:physician|provider|doctor|surgeon|practitioner|therapist)|physician|surgeon|doctor|ptp|pcp|(?:applicant|defense|defence|claimant|employee|patient|worker)?['\u2019]?s?[ ]?(?:attorney|counsel|lawyer)|(?:claims?[ ])?(?:adjuster|examiner|representative|analyst)|(?:nurse[ ])?case[ ]manager|interpreter|translator|supervisor|spouse|wife|husband|guardian|(?:emergency[ ])?contact(?:[ ]person)?|next[ ]of[ ]kin|therapist|chiropractor|acupuncturist|psychologist|psychiatrist|pharmacist|evaluator|witness|anesthesiologist|assistant|radiologist|caregiver|dependent|qme|ame|medical[ ]director|(?:dictated|transcribed|signed|prepared|authored|interpreted|performed|ordered|submitted|completed|written|read|requested|seen|evaluated|examined|approved|denied|verified|electronically[ ]signed|digitally[ ]signed)${GAP}by)`;
const NAME_LABEL = String.raw`(?:(?:(?:full|last|first|middle|family|given|maiden|legal|birth|patient|employee|claimant|applicant|member|worker|injured[ ]worker|provider|physician|reviewer|attorney|adjuster|doctor|insured)['\u2019]?s?[ ]){0,4}name(?:[ ]of[ ](?:the[ ])?(?:injured[ ]|treating[ ]|requesting[ ])?(?:patient|employee|claimant|applicant|worker|member|provider|physician|reviewer|doctor|attorney|adjuster))?|surname)`;
const OPEN_LABEL = String.raw`(?:in[ ]re|re|regarding|subject|to|from|attn|attention|cc|c/o|care[ ]of|signature|author|contact|by|sent[ ](?:to|by)|mailed[ ]to|copy[ ]to|copies[ ]to|name|case[ ]of|matter[ ]of|on[ ]behalf[ ]of)`;
const ROLE = String.raw`(?:patient|injured${GAP}(?:worker|employee)|worker|employee|claimant|applicant|member|husband|wife|spouse|son|daughter|mother|father|brother|sister|attorney|lawyer|counsel|physician|provider|surgeon|doctor|therapist|psychologist|psychiatrist|chiropractor|acupuncturist|adjuster|manager|supervisor|co-?worker|reviewer|specialist|examiner|evaluator|interpreter|neighbou?r|friend|dentist|nurse|neurologist|orthop(?:a)?edist|podiatrist|physiatrist|\p{L}+ologist|assistant|practitioner|partner|girlfriend|boyfriend|driver|foreman|pharmacist|owner|boss|representative|caregiver|witness|consultant|clinician|internist|anesthesiologist|technician|trainer|counsel(?:l)?or|director|judge|aunt|uncle|niece|nephew|cousin|roommate|landlord|fianc\u00e9e?|individual|gentleman|lady|man|woman)`;
const BY = String.raw`(?:seen|examined|re-?examined|evaluated|re-?evaluated|treated|reviewed|signed|performed|written|prescribed|interpreted|dictated|requested|ordered|prepared|submitted|administered|authored|read|conducted|referred|completed|issued|followed|operated(?:${GAP}on)?|assessed|managed|supervised|accompanied|represented|interviewed|certified|denied|countersigned|transcribed|translated|authorized|attended|fitted|driven|documented|completed|done|given|injected|report|reports|notes?|letter|evaluation|consultation|opinion|visit|referral|examination|exam|request|surgery|session|operation|declaration|interpretation|prescription|appeal|statement|assisted|charts?|records?|files?|depositions?|testimony|billed|dispensed|recommended)`;

const RULES: readonly NameRule[] = [
  { pattern: rare(new RegExp(String.raw`(?<![A-Za-z\d])(?:Drs?|DRS?|Mrs?|M[RS]{1,2}|Ms|Messrs|Mx|Prof|PROF|Hon|Rev|Atty|Sgt|Capt|Lt|Ofc)(?:\.{1,2}|(?=[ \n\u00a0]))${GAP}?${BEGINS}`), String.raw`(?<![\p{L}\d])${TITLE}${GAP}?(?<name>${NAME}(?:${AND}(?:${TITLE}${GAP}?)?${NAME}){0,4})`, 'gu'), sureness: 'sure' },
  { pattern: rare(new RegExp(String.raw`${TITLE_WORD}${GAP}${BEGINS}`), String.raw`(?<![\p{L}\d])${TITLE_WORD}${GAP}(?<name>${NAME})`, 'gu'), sureness: 'likely' },
  { pattern: rare(new RegExp(String.raw`(?<![a-z\d])(?:dr|mr|mrs|ms)\.`), String.raw`(?<![\p{L}\d]|\d[ ])(?:dr|mr|mrs|ms)\.${GAP}?(?<name>\p{Ll}[\p{L}'\u2019-]{2,})`, 'gu'), sureness: 'likely' },
  { pattern: rare(new RegExp(String.raw`[Dd](?:ear|EAR)${GAP}${BEGINS}`), String.raw`(?<!\p{L})[Dd](?:ear|EAR)${GAP}(?:${TITLE}${GAP}?)?(?<name>${REVERSED}|${NAME}(?:${AND}${NAME})?)`, 'gu'), sureness: 'sure' },
  { pattern: rare(new RegExp(String.raw`(?:Estimad[oa]|Hello|Hi|Attention)[,:]?${GAP}${BEGINS}`), String.raw`(?<!\p{L})(?:Estimad[oa]|Hello|Hi|Attention)[,:]?${GAP}(?:${TITLE}${GAP}?)?(?<name>${NAME})`, 'gu'), sureness: 'likely' },
  { pattern: rare(new RegExp(String.raw`(?i:${ROLE_LABEL})(?:\(s\))?[ ]*[:=]`), String.raw`(?<!\p{L})(?i:${ROLE_LABEL})(?:\(s\))?[ ]*[:=][ ]*\n?[ ]*(?:${TITLE}[ ]?)?(?<name>${REVERSED}|${NAME})`, 'gu'), sureness: 'likely' },
  { pattern: rare(new RegExp(String.raw`(?i:name)`), String.raw`(?<!\p{L})(?i:${NAME_LABEL})(?:[ ]*[:=][ ]*\n?[ ]*|${GAP}(?:is|was|as|reads)${GAP}|[ ]{1,4})(?:${TITLE}[ ]?)?(?<name>${REVERSED}|${NAME})`, 'gu'), sureness: 'likely' },
  { pattern: new RegExp(String.raw`(?<!\p{L})(?i:${OPEN_LABEL})[.:;]?[ ]*[: ]\s{0,3}(?<name>${REVERSED}|${NAME})`, 'gu'), sureness: 'open' },
  { pattern: rare(new RegExp(String.raw`(?i:named|called|name${GAP}of|a\.?k\.?a\.?|known${GAP}as|formerly|n\u00e9e|name${GAP}(?:is|was)|signed|/s/|introduced${GAP}as|goes${GAP}by)${GAP}${BEGINS}`), String.raw`(?<!\p{L})(?i:named|called|by${GAP}the${GAP}name${GAP}of|a\.?k\.?a\.?|also${GAP}known${GAP}as|formerly(?:${GAP}known${GAP}as)?|n\u00e9e|whose${GAP}(?:\p{L}+${GAP})?name${GAP}is|name${GAP}(?:is|was)|signed|/s/|introduced${GAP}as|goes${GAP}by)${GAP}(?<name>${NAME})`, 'gu'), sureness: 'likely' },
  { pattern: rare(new RegExp(String.raw`(?i:${ROLE.replace('\\p{L}+', '')})s?(?:,|[ ]?[(\u2013\u2014-]|)${GAP}?(?<=[ \n(\u2014\u2013-])(?:(?:is|was|named|called)${GAP})?(?:(?:a|an|the)${GAP})?${BEGINS}`), String.raw`(?<!\p{L})(?i:${ROLE})s?(?:,|[ ]?[(\u2013\u2014-]|)${GAP}?(?<=[ \n(\u2014\u2013-])(?:(?:is|was|named|called)${GAP})?(?:(?:a|an|the)${GAP})?(?<name>${NAME})`, 'gu'), sureness: 'likely' },
  { pattern: rare(new RegExp(String.raw`(?i:${BY})${GAP}(?:(?:on|at)${GAP}[\d/-]+${GAP})?(?:by|BY|per|of|from)${GAP}${BEGINS}`), String.raw`(?<!\p{L})(?i:${BY})${GAP}(?:(?:on|at)${GAP}[\d/-]+${GAP})?(?:by|BY|per|of|from)${GAP}(?:${TITLE}${GAP}?)?(?<name>${NAME})`, 'gu'), sureness: 'likely' },
  { pattern: rare(new RegExp(String.raw`Sincerely|Respectfully|regards|Regards|truly|Cordially|Signed|Signature`), String.raw`(?:^|\n)[ ]*(?:Sincerely|Respectfully(?: submitted)?|Best regards|Kind regards|Regards|Yours truly|Very truly yours|Cordially|Signed|Signature)[ ]*[,.:]?[ ]*\n\s{0,40}(?:/s/[ ]*)?(?:_{3,}\s*)?(?<name>${NAME})`, 'gu'), sureness: 'likely' },
];
/** A role before one word with a capital says little: "the patient Norco". */
const DEGREES = rare(new RegExp(`${DEGREE}|${WEAK_DEGREE}`), String.raw`(?<![\p{L}\d'\u2019.-])(?<name>${NAME}),?${GAP}?(?<degree>${DEGREE}|(?<weak>${WEAK_DEGREE}))`, 'gu');
const RUNS = new RegExp(String.raw`(?<![\p{L}\d'\u2019-])(?<name>${NAME})`, 'gu');
/** Of two words that are no others, a middle initial or what only a person does makes a name: Keoni C. Hakobyan; Keoni Hakobyan reports. */
const MIDDLE_INITIALS = rare(new RegExp(String.raw`${GAP}[A-Z\u0080-\uffff]{1,2}\.${GAP}[A-Z\u0080-\uffff]`), String.raw`(?<![\p{L}\d'\u2019.-])(?<name>${WORD}${GAP}\p{Lu}\.${GAP}${WORD})`, 'gu');
const DOES = String.raw`(?:has|had|is|was|states?|stated|reports?|reported|denies|denied|complains?|complained|lives?|lived|works?|worked|walks?|walked|told|tells|said|says|wrote|writes|called|calls|asked|asks|signed|saw|sees|felt|feels|fell|slipped|lifted|injured|hurt|sustained|underwent|takes|took|uses|used|drives|presented|presents|returned|attended|noted|notes|wants|requests|requested|recommends|recommended|prescribed|examined|performed|and${GAP}(?:his|her|their))`;
const DOERS = new RegExp(String.raw`(?<![\p{L}\d'\u2019.-])(?<name>${WORD}(?:${GAP}${WORD}){1,2})(?:,)?${GAP}${DOES}(?!\p{L})`, 'gu');
const REVERSED_RUNS = new RegExp(String.raw`(?<![\p{L}\d'\u2019.-])(?<surname>${WORD}),${GAP}(?<given>${WORD})(?:${GAP}(?:${INITIAL}))?(?![\p{L}])`, 'gu');

/** Authors and editors in a citation are no persons of the case. */
const CITATION = /\bet\.? ?al\b|\b(?:19|20)\d{2}[;:][ ]?\d|;\s?\d+\s?\(\d+\)|\bdoi\b|\bPMID\b|\b(?:eds?|editors?|authors?|edited by)\b[.:,)]|\bedited by\b|Textbook|\bEdition\b|Elsevier|Saunders|Mosby|Lippincott|Springer|\bPress\b|\bJ[. ](?:[A-Z][a-z]+[. ])+|\bJournal of\b|Cochrane|\bN Engl J\b|\bJAMA\b|Spine \(Phila/;
const CITATION_REACH = 70;
const PLACE_BEFORE = /(?:^|[ \n])(?:San|Santa|Santo|St\.?|Saint|Fort|Port|Mount|Mt\.?|Lake|Point|Los|Las|El|Johns|Mary)[ \n]$/;
/** What follows the name of somebody long dead: Hawkins test. */
const EPONYM_AFTER = /^['\u2019]?s?[ \n-](?:and [A-Z][a-z]+[ \n])?(?:test|sign|maneuver|manoeuvre|impingement|scale|index|score|classification|grade|type|stage|criteria|syndrome|disease|procedure|technique|fracture|palsy|reflex|deformity|cyst|lesion|catheter|drain|brace|collar|nail|point|angle|line|view|angulation|neuroma|phenomenon|release|repair|osteotomy|hernia|tumor|stain|wrap|sling|inventory|questionnaire)/i;
const ARTICLES = /^(?:de|del|della|la|las|lo|los|da|dos|di|van|von|der|den|bin|ibn|al|el|le|ten|ter|y|dela)$/i;

export const NAME_PATTERNS: readonly (RegExp | RarePattern)[] = [...RULES.map(({ pattern }) => pattern), DEGREES, RUNS, MIDDLE_INITIALS, DOERS, REVERSED_RUNS];

/** Names of persons. */
export function findNames(text: string): Identifier[] {
  const found: Identifier[] = [];
  const add = (words: readonly Word[]): void => {
    if (words.length === 0) return;
    const [start, end] = [words[0]!.start, words.at(-1)!.end];
    if (isOfficer(text, end)) return;
    found.push({ kind: 'name', start, end });
  };
  for (const { pattern, sureness } of RULES) {
    for (const match of matchesOf(text, pattern)) {
      const name = match.groups!.name!;
      for (const words of nameWordsOf(name, match.index + match[0].length - name.length, sureness, /^[.:,]?(?:\s*\n|$| {2})/.test(text.slice(match.index + match[0].length, match.index + match[0].length + 20)))) add(words);
    }
  }
  for (const match of matchesOf(text, DEGREES)) {
    const { name = '', weak } = match.groups!;
    if (inCitation(text, match.index, match.index + match[0].length)) continue;
    const words = split(name, match.index);
    const from = words.findLastIndex((word) => !word.initial && isOrdinary(word)) + 1;
    const rest = words.slice(from);
    const full = rest.filter((word) => !word.initial);
    const sure = full.length > 1 || rest.length > 1 || (!weak && full.length === 1 && !/^(?:washington|columbia)$/i.test(full[0]!.bare));
    const weakButNamed = full.length > 1 && (full.some(isGiven) || /,/.test(match[0].slice(name.length)));
    if (full.length > 0 && (weak ? weakButNamed : sure)) add(rest);
  }
  for (const match of text.matchAll(RUNS)) {
    if (inCitation(text, match.index, match.index + match[0].length)) continue;
    const words = split(match.groups!.name!, match.index);
    const at = words.findIndex((word, index) => {
      const next = words.slice(index + 1).find((later) => !later.initial && !later.article);
      return next !== undefined && isGivenBefore(word, next) && !PLACE_BEFORE.test(text.slice(Math.max(0, word.start - 8), word.start));
    });
    if (at >= 0) add(upTo(words.slice(at), (word) => nameLists().notSurnames.has(word.bare) || isAcronymBeside(word, words[at]!)));
  }
  for (const pattern of [MIDDLE_INITIALS, DOERS]) {
    for (const match of matchesOf(text, pattern)) {
      const words = split(match.groups!.name!, match.index);
      if (inCitation(text, match.index, match.index + match[0].length) || words.some((word) => !word.initial && (isOrdinary(word) || /^\p{Lu}+$/u.test(word.text)))) continue;
      add(words);
    }
  }
  for (const match of text.matchAll(REVERSED_RUNS)) {
    const { surname = '', given = '' } = match.groups!;
    const [first] = split(surname, match.index);
    const [second] = split(given, match.index + match[0].indexOf(given, surname.length));
    if (!first || !second || isOrdinary(first) || !isGiven(second) || nameLists().ambiguous.has(second.bare) || inCitation(text, match.index, match.index + match[0].length)) continue;
    add([first, second]);
  }
  return [...found, ...again(text, found)];
}

interface Word {
  text: string;
  /** As the lists have it. */
  bare: string;
  start: number;
  end: number;
  initial: boolean;
  article: boolean;
}

/** The words of a match, without marks of possession. */
function split(name: string, from: number): Word[] {
  // A hyphen at a line's end goes on there; any other line's end parts two words.
  return [...name.matchAll(/[\p{L}\p{M}'\u2019.\u2010-]+(?:(?<=[-\u2010])\n[\p{L}'\u2019]+)?/gu)].map((match) => {
    const start = from + match.index;
    const text = match[0].replace(/['\u2019][sS]$/, '');
    const bare = text.normalize('NFD').replace(/['\u2019.\n\p{M}]/gu, '').toLowerCase();
    return { text, bare, start, end: start + text.length, initial: /^(?:\p{Lu}\.?)+$/u.test(text) && (text.includes('.') || text.length === 1), article: ARTICLES.test(text) };
  });
}

const nameLists = nameWords;

function isGiven({ text, bare }: Word): boolean {
  const { givenNames, ambiguous } = nameLists();
  if (text.length <= 3 && text === text.toUpperCase()) return false;
  return givenNames.has(bare) || ambiguous.has(bare) || bare.split('-').some((part) => givenNames.has(part) && !ambiguous.has(part));
}

function isGivenBefore(word: Word, next: Word): boolean {
  const { notSurnames, notNames, ambiguous, vocabulary } = nameLists();
  const short = word.text.length <= 3 && word.text === word.text.toUpperCase();
  if (notSurnames.has(next.bare) || next.bare.length < 2) return false;
  if (isAcronymBeside(next, word)) return false;
  if (short || ambiguous.has(word.bare)) return (short ? nameLists().givenNames.has(word.bare) && next.text === next.text.toUpperCase() : true) && !notNames.has(next.bare) && !vocabulary.has(next.bare) && (isGiven(word) || short);
  return isGiven(word) && !(notNames.has(next.bare) && vocabulary.has(next.bare));
}

/** `MRI` beside `Smith` is no part of a name; `SMITH` beside `JOHN` is. */
function isAcronymBeside(word: Word, first: Word): boolean {
  return !word.initial && word.text.length > 1 && word.text === word.text.toUpperCase() && first.text !== first.text.toUpperCase() && !/^(?:II|III|IV)$/.test(word.text);
}

/** Two words that lost the blank between them. McDonald and DeLaCruz are one. */
const LOST_BLANK = /(?:^|[ -])(?!(?:M[ac]{1,2}|De|Del|La|Le|Van|Von|Di|Du|Da|Fitz|St|O|D|Al|El)\p{Lu})\p{Lu}\p{Ll}+\p{Lu}/u;

function isOrdinary(word: Word): boolean {
  const { notNames, notSurnames, vocabulary } = nameLists();
  if (isGiven(word) && !nameLists().ambiguous.has(word.bare)) return false;
  return notNames.has(word.bare) || notSurnames.has(word.bare) || vocabulary.has(word.bare) || /^x+$/.test(word.bare) || LOST_BLANK.test(word.text) || word.bare.split('-').every((part) => notNames.has(part) || vocabulary.has(part));
}

/** The names in a match: what stands before the first word that is none. */
function nameWordsOf(name: string, from: number, sureness: Sureness, endsLine: boolean): Word[][] {
  const { notNames, notSurnames } = nameLists();
  return partsOf(name, from).flatMap(({ text, start }) => {
    const words = split(text, start);
    const isEnd = (word: Word, index: number) => !word.initial && !word.article && (isAcronymBeside(word, words.find((each) => !each.initial) ?? word) || /^x+$/.test(word.bare) || notNames.has(word.bare) || (index > 0 && notSurnames.has(word.bare)) || (sureness !== 'sure' && index === 0 && isOrdinary(word)));
    const rest = upTo(words, isEnd);
    const full = rest.filter((word) => !word.initial && !word.article);
    if (full.length === 0 || nameLists().companies.includes(full.map(({ bare }) => bare).join(' '))) return [];
    // An abbreviation alone, such as ACOEM.
    if (full.length === 1 && sureness !== 'sure' && /^\p{Lu}{2,5}$/u.test(full[0]!.text) && !isGiven(full[0]!)) return [];
    // On a line with nothing else, two words that are no others are a name.
    const alone = full.length > 1 && rest.length === words.length && endsLine && !full.some((word) => isOrdinary(word));
    if (sureness === 'open' && !alone && !(full.length > 1 && full.some(isGiven)) && !(/,/.test(text) && full.length > 1 && !full.some(isOrdinary))) return [];
    if (sureness === 'likely' && full.length > 1 && full.every((word) => isOrdinary(word))) return [];
    return [rest];
  });
}

/** Several names that one title or greeting is for. A name with its surname first is one. */
function partsOf(name: string, from: number): { text: string; start: number }[] {
  const parts: { text: string; start: number }[] = [];
  let start = 0;
  for (const match of name.matchAll(/,?\s(?:and|or|&)\s|\//g)) {
    parts.push({ text: name.slice(start, match.index), start: from + start });
    start = match.index + match[0].length;
  }
  parts.push({ text: name.slice(start), start: from + start });
  return parts.map((part) => {
    const title = /^\s*(?:Drs?|Mrs?|Ms|DR|MR|MRS|MS)\.?\s/.exec(part.text)?.[0].length ?? 0;
    return { text: part.text.slice(title), start: part.start + title };
  });
}

function upTo(words: readonly Word[], isEnd: (word: Word, index: number) => boolean): Word[] {
  const end = words.findIndex(isEnd);
  const rest = words.slice(0, end < 0 ? undefined : end);
  while (rest.at(-1)?.article) rest.pop();
  return rest.some((word) => !word.initial) ? rest : [];
}

function inCitation(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - CITATION_REACH), start);
  const after = text.slice(end, end + CITATION_REACH);
  // A blank line parts what is cited from what is not.
  return CITATION.test(before.slice(before.lastIndexOf('\n\n') + 1)) || CITATION.test(after.split('\n\n')[0]!);
}

/** Whether the name is that of the organisation's officer, who signs its letters. */
function isOfficer(text: string, end: number): boolean {
  const below = text.slice(end, end + 80).split('\n').slice(0, 4).join(' ').toLowerCase();
  return nameLists().officers.some((officer) => below.includes(officer));
}

/** The surnames and full names that were found, wherever else they stand. */
function again(text: string, found: readonly Identifier[]): Identifier[] {
  const surnames = new Set<string>();
  for (const { start, end } of found) {
    const words = split(text.slice(start, end), 0).filter((word) => !word.initial && !word.article && !isOrdinary(word) && word.bare.length > 2 && !/^(?:jr|sr|iii?|iv)$/.test(word.bare));
    for (const word of words) surnames.add(word.text.toLowerCase());
  }
  if (surnames.size === 0) return [];
  const known = new RegExp(String.raw`(?<![\p{L}\d-])(?:${[...surnames].map((name) => RegExp.escape(name)).join('|')})(?![\p{L}\d])`, 'giu');
  return [...text.matchAll(known)].flatMap((match) => {
    const start = match.index;
    const end = start + match[0].length;
    const capital = /^\p{Lu}/u.test(match[0]);
    return !capital || EPONYM_AFTER.test(text.slice(end, end + 40)) || inCitation(text, start, end) ? [] : [{ kind: 'name' as const, start, end }];
  });
}
