/** Numbers and electronic addresses that belong to a person: telephone, e-mail, social security, date of birth, records. */
import { publicAddresses } from './data.ts';
import type { Identifier, IdentifierKind } from './find.ts';
import { matchesOf, rare } from './rare.ts';
import type { RarePattern } from './rare.ts';

/** A hyphen, point or blank between groups of digits; a line may end there. */
const BETWEEN = String.raw`(?:[ \u00a0]?[-\u2010-\u2015\u2212.\u00b7][ \u00a0]?\n?|[ \u00a0]|\n(?!\n))`;
const HYPHEN = String.raw`(?:[ \u00a0]?[-\u2010-\u2015\u2212][ \u00a0]?\n?)`;

const EXTENSION = String.raw`(?:[ ,]{1,3}(?:x|ext\.?|extension)[ .:]{0,2}\d{1,6})?`;
const PHONES: readonly RegExp[] = [
  // (916) 555-0123, 916-555-0123, 916.555.0123, 1 916 555 0123, 916/555-0123
  new RegExp(String.raw`(?<![\w$/.-])(?:\+?1${BETWEEN}?)?(?:\(\d{3}\)${BETWEEN}?|\d{3}(?:${BETWEEN}|/))[2-9]\d{2}${BETWEEN}?\d{4}${EXTENSION}(?![\w%]|[-/.]\d)`, 'gi'),
  // +44 20 7946 0958
  new RegExp(String.raw`(?<![\w+])\+\d{1,3}(?:${BETWEEN}?\(?\d{1,4}\)?){2,5}(?!\w)`, 'g'),
];
/** Seven digits, or ten in a row, are a telephone number only where the words before say so. */
const PHONE_CUE = String.raw`\b(?:tele)?(?:phones?|phoned)\b|\b(?:tel|cell|mobile|fax(?:ed)?|facsimile|pager|voice ?mail|call(?:ed|ing|s)?|text(?:ed|s)?|dial(?:ed)?|reach(?:ed|able)?|contact(?:ed)?|hotline|ph|home|work|direct line|extension|landline)\b`;
const SHORT_PHONE = new RegExp(String.raw`(?:${PHONE_CUE})[^\d\n]{0,40}\n?[^\d\n]{0,20}?(?<value>(?<![\w$])(?:\+?1${BETWEEN}?)?(?:\d{10}|\d{3}[-\u2010-\u2015.\u00b7 ]\d{4})${EXTENSION})(?![\w%]|[-/.]\d| ?(?:mg|mcg|ml|units?|ms|lbs?)\b)`, 'gi');

const EMAIL = rare(/@|[([{]at[)\]}]/i, String.raw`(?<![\p{L}\p{N}_.+%'-])[\p{L}\p{N}_.+%'-]+ ?(?:@|\(at\)|\[at\]|\{at\}) ?\n?[\p{L}\p{N}-]+(?:(?:\.|\(dot\)|\[dot\]|\{dot\})\n?[\p{L}\p{N}-]+)*(?:\.|\(dot\)|\[dot\]|\{dot\})\n?\p{L}{2,}`, 'giu');
const EMAIL_IN_WORDS = rare(/ (?:at|\(at\)|\[at\]) \S+ (?:dot|\(dot\)|\[dot\]) /i, String.raw`(?<![\p{L}\p{N}_.+-])[\p{L}\p{N}_.+-]+ (?:at|\(at\)|\[at\]) [\p{L}\p{N}-]+ (?:dot|\(dot\)|\[dot\]) \p{L}{2,}(?: (?:dot|\(dot\)|\[dot\]) \p{L}{2,})?`, 'giu');
/** A page that somebody has of themselves; the address of a source in a citation is none. */
const PROFILE = rare(/\.(?:com|org|me)\//i, String.raw`(?<![\w-])(?:https?://)?(?:[\w-]+\.)?(?:facebook|linkedin|instagram|twitter|x|tiktok|venmo|gofundme|youtube|snapchat|pinterest|caringbridge|paypal)\.(?:com|org|me)/[\w@%./?=~-]{2,}`, 'gi');
const HANDLE = /\b(?:facebook|linkedin|instagram|twitter|tiktok|venmo|snapchat|skype|username|user name|handle)\b[^@\n]{0,20}(?<value>@[\w.]{2,})/gi;

const SSN_CUE = String.raw`\b(?:s\.? ?s\.? ?n\b\.?|ss ?(?:#|no\b\.?|number)|soc(?:ial|\.)? ?sec(?:urity|\.)?(?: (?:no\.?|number|#|card))?|social(?: number)?|taxpayer (?:id|identification)(?: number)?|itin)`;
const SSNS: readonly RegExp[] = [
  new RegExp(String.raw`(?<![\w-]|\d[./])\d{3}${HYPHEN}\d{2}${HYPHEN}\d{4}(?![\w-]|[./]\d)`, 'g'),
  /(?<![\w.-])\d{3}[ \n]\d{2}[ \n]\d{4}(?![\w-])/g,
  // xxx-xx-1234, ***-**-1234
  /(?<!\w)[x*#\u2588\u2022]{3}[- ][x*#\u2588\u2022]{2}[- ](?<value>\d{4})(?!\w)/gi,
  new RegExp(String.raw`${SSN_CUE}[^\d\n]{0,40}?\n?[^\d\n]{0,20}?(?<value>\d{3}${BETWEEN}?\d{2}${BETWEEN}?\d{4})(?!\d)`, 'gi'),
  // The last four.
  new RegExp(String.raw`${SSN_CUE}[^\d\n]{0,50}?\n?[^\d\n]{0,20}?(?<value>(?<![\d/-])\d{4})(?![\d/-])`, 'gi'),
  new RegExp(String.raw`\blast (?:four|4)\b[^\d\n]{0,50}\n?[^\d\n]{0,20}?(?<value>(?<![\d/-])\d{4})(?![\d/-])`, 'gi'),
  new RegExp(String.raw`(?<value>(?<![\d/-])\d{4})(?![\d/-]) (?:as|for|are|is|being) (?:the |his |her |their )?last (?:four|4)\b`, 'gi'),
];

const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const NUMERIC_DATE = String.raw`\d{1,4}[ ]?[-\u2010-\u2015\u2212/.][ ]?\n?\d{1,2}[ ]?[-\u2010-\u2015\u2212/.][ ]?\n?\d{2,4}|(?<!\d)\d{2} \d{2} \d{4}`;
const DATE = String.raw`(?:${NUMERIC_DATE}|${MONTH}[ \n]${DAY}(?:,[ \n]?|[ \n])\d{4}|(?:the )?${DAY}[ \n-](?:day of )?(?:of )?${MONTH}(?:,? |\n|-)\d{2,4}|${MONTH},?[ \n]\d{4}|\d{1,2}/\d{4}|(?<!\d)\d{8}(?!\d)|(?:19|20)\d{2})`;
/** A birthday may lack its year. */
const DAY_OF_YEAR = String.raw`(?:${MONTH}[ \n]${DAY}|${DAY}[ \n](?:of )?${MONTH}|\d{1,2}/\d{1,2})`;
const BIRTH_CUE = String.raw`(?:\bd\.? ?o\.? ?b\b\.?|\bb\.d\.|\bdate[ \n]of[ \n]birth|\bbirth[ -]?(?:date|day)s?|\bbirth|(?<![-\p{L}])born|\bnacid[oa]|\bfecha de nacimiento|\byear[ \n]of[ \n]birth)`;
/** Of all that says that a date is one of birth. */
const BIRTH = /d\.? ?o\.? ?b|b\.d\.|birth|born|naci/i;
const BIRTH_DATES: readonly RarePattern[] = [
  rare(BIRTH, String.raw`${BIRTH_CUE}(?![-\p{L}])[^\d\n.;]{0,40}?\n?[^\d\n.;]{0,25}?(?<value>(?<![\d$.#])${DATE}(?:,? (?:and|or|then|versus) (?:as )?${DATE})?)(?!\d| ?(?:mg|mcg|%|weeks|pounds|grams))`, 'giu'),
  rare(BIRTH, String.raw`\bbirthday[^\d\n.]{0,25}?(?<value>(?<!\d)${DAY_OF_YEAR})(?!\d)`, 'giu'),
  rare(BIRTH, String.raw`(?<value>(?<![\d/.-])${DATE})(?!\d)[^\d\n.;]{0,4}(?:\((?:d\.?o\.?b\.?|born|birth ?date|date of birth)\)|(?:is|was|as|being|listed as|given as|for) (?:the |his |her |their |(?:the )?(?:patient|worker|claimant|employee)['\u2019]s )?(?:d\.?o\.?b\.?\b|date of birth|birth ?(?:date|day)))`, 'giu'),
];
/** Between the cue and the date: another date is meant. */
const OTHER_DATE = /injur|\bDOI\b|denial|decision|service|visit|surgery|weigh|defect|onset|control/i;

const NUMBER_WORD = String.raw`(?:numbers?\b|no\b\.?|nos\b\.?|num\b\.?|#|id\b(?:entification)?(?: (?:number|no\.?|#))?|identification (?:number|no\.?|#)|identifier)`;
const RECORD = String.raw`(?:claims?|clm|members?|membership|polic(?:y|ies)|medical records?|health records?|records?|charts?|accounts?|acct\.?|patients?|subscriber|group|case|file|reference|ref\.?|adjudication|w\.?c\.?a\.?b\.?|eams|adj|driver['\u2019]?s?(?:['\u2019])? licen[cs]e|licen[cs]e|dl|d\.l\.|cdl|medicare|medi-?cal|medicaid|hicn?|beneficiary|npi|dea|utilization review|ur|authorization|auth\.?|passport|badge|employee|worker|personnel|payroll|invoice|bill(?:ing)?|tracking|encounter|visit|hospital|prescription|rx|insurance|insured|plan|certificate|student|green card|alien|visa|vehicle|plate|license plate|bank|routing|checking|savings|credit card|debit card|card|locator|jurisdiction|appeal|dispute|confirmation|docket|state|carrier|tpa|employer|confirmation|order|specimen|accession|lab|device serial|serial|implant)`;
const RECORD_ACRONYM = String.raw`(?:m\.?r\.?n\b\.?|m\.r\. ?#|mr ?#|w\.?c\.?a\.?b\b\.?|e\.?a\.?m\.?s\b\.?|hicn?\b|npi\b|dea\b|mbi\b|medi-?cal id\b|tax id\b|ein\b|vin\b|cdl\b|a-number|driver['\u2019]?s? licen[cs]e|social insurance)`;
/** What may stand between a record's name and its number. */
const FILLER = String.raw`(?:[ ]{0,4}\((?:s|if any|if known)\))?[ ]{0,4}[:=#-]?(?:(?:[ ]{0,4}\n?[ ]{0,4}(?:is|was|are|were|being|as|of|on|under|listed|given|shown|recorded|assigned|used|printed|for|in|with|the|this|his|her|their|that|file|chart|claim|injury|plan|insurer|carrier|employer|patient|worker|employee|claimant|state|california|ca|eams|wcab|case|both|reads?|ends|ending|appears|which|to|a|an|by|at|board|dmv|company|clinic|hospital|header|[A-Z][a-z]{1,30})\b['\u2019]?s?){0,7}[ ]{0,4}[:=#,"\u201c(-]{0,2})[ ]{0,4}\n?[ ]{0,4}`;
const VALUE = String.raw`(?<value>(?=[\p{L}./-]{0,40}\d)[\p{L}\d]+(?:(?:[./\u2010-\u2015]|-\n?)[\p{L}\d]+)*(?:[ -]\d{2,}(?![/\d])|[ ]\d{2,}-\d+)*)`;
const RECORDS: readonly (RegExp | RarePattern)[] = [
  new RegExp(String.raw`\b(?<record>${RECORD})(?:['\u2019]s)?,?[ \n]?${NUMBER_WORD}${FILLER}${VALUE}`, 'giu'),
  rare(new RegExp(String.raw`\b(?:${RECORD_ACRONYM})`, 'i'), String.raw`\b(?<record>${RECORD_ACRONYM})(?:[ ]*${NUMBER_WORD})?${FILLER}${VALUE}`, 'giu'),
  // Claim: 0678-9012
  new RegExp(String.raw`\b(?<record>claim|member|policy|account|chart|mrn|file|patient id|employee id|licen[cs]e|adj|eams|wcab|dl|medi-?cal|medicare|acct)[ ]*[:#][ ]*${VALUE}`, 'giu'),
  // Under claim 06789012
  new RegExp(String.raw`\b(?<record>claim|member|policy|account|chart|mrn|license|file|badge)[ \n](?<value>\p{L}{0,4}-?\d[\p{L}\d-]{5,})`, 'giu'),
];
/** The adjudication number of the appeals board says what it is. */
const ADJUDICATION = /\bADJ[- #:]{0,2}\d{5,9}\b/gi;
/** No number of a person: the review's own case number, a date, a page, a guideline's number. */
const CASE_NUMBER = /^CM ?\d{2}[ -]?\n?\d{2,7}/i;
const DATE_VALUE = /^\d{1,2}[-/.]\n?\d{1,2}[-/.]\n?(?:\d{2}|\d{4})$|^(?:19|20)\d{2}-\d{2}-\d{2}$|^(?:19|20)\d{2}$/;
const MEASURE_AFTER = /^ ?(?:mg|mcg|ml|%|visits?|sessions?|weeks?|days?|months?|hours?|degrees?|pages?)\b|^ of \d/i;
const PUBLIC_POLICY_BEFORE = /(?:coverage|clinical|payment|reimbursement|medical) $/i;
const PUBLIC_RECORD_BEFORE = /(?:imr|maximus|cpt|ndc|fda|lot|aetna|cigna|page|protocol|section|table|grant|trial|study|nct) $/i;

export const NUMBER_PATTERNS: readonly (RegExp | RarePattern)[] = [EMAIL, EMAIL_IN_WORDS, PROFILE, HANDLE, ...PHONES, SHORT_PHONE, ...SSNS, ...BIRTH_DATES, ...RECORDS, ADJUDICATION];

/** Telephone, e-mail, social security and record numbers and dates of birth. */
export function findNumbers(text: string): Identifier[] {
  const found: Identifier[] = [];
  const look = (kind: IdentifierKind, patterns: readonly (RegExp | RarePattern)[], isOne: (value: string, match: RegExpExecArray, start: number) => boolean = () => true): void => {
    for (const pattern of patterns) {
      for (const match of matchesOf(text, pattern)) {
        const value = match.groups?.value ?? match[0];
        const start = match.index + (match.groups?.value === undefined ? 0 : match[0].lastIndexOf(value));
        if (isOne(value, match, start)) found.push({ kind, start, end: start + value.trimEnd().length });
      }
    }
  };
  const { telephones, mailHosts } = publicAddresses();
  look('email', [EMAIL, EMAIL_IN_WORDS], (value) => !mailHosts.some((host) => value.toLowerCase().endsWith(host)));
  look('web-profile', [PROFILE, HANDLE]);
  look('phone', [...PHONES, SHORT_PHONE], (value) => !telephones.has(value.replace(/\D/g, '').replace(/^1(?=\d{10})/, '').slice(0, 10)));
  look('social-security-number', SSNS, (value, match) => value.replace(/\D/g, '').length !== 4 || !/\b(?:19|20)\d{2}\b/.test(value) || !/\bin $/.test(match[0].slice(0, -4)));
  look('birth-date', BIRTH_DATES, (value, match) => !OTHER_DATE.test(match[0].replace(value, '')));
  look('record-number', RECORDS, (value, match, start) => isRecordNumber(value, match.groups!.record!, text.slice(Math.max(0, match.index - 20), match.index), text.slice(start + value.length, start + value.length + 12)));
  look('record-number', [ADJUDICATION]);
  return found;
}

function isRecordNumber(value: string, record: string, before: string, after: string): boolean {
  if (CASE_NUMBER.test(value) || DATE_VALUE.test(value) || MEASURE_AFTER.test(after) || PUBLIC_RECORD_BEFORE.test(before) || (/^polic/i.test(record) && PUBLIC_POLICY_BEFORE.test(before))) return false;
  const digits = value.replace(/\D/g, '').length;
  const weak = /^(?:visit|rx|prescription|order|group|state|appeal|card|bill|lab|plate|device|serial|implant|hospital|plan|records?|ur|auth|employer|worker|patients?|case|medicare|reference|ref)$/i.test(record);
  return digits >= (weak ? 4 : 3) && value.replace(/[^\p{L}\d]/gu, '').length >= 4;
}
