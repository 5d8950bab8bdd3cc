/**
 * Reads the reviewer's credentials: "State(s) of Licensure" and "Certification(s)/Specialty", or the sentence that older layouts
 * have instead ("... is Board Certified in Occupational Medicine and is licensed to practice in California.").
 */

import { readVocabulary } from './vocabulary.ts';

interface SpecialtyEntry {
  term: string;
  variants?: string[];
}

// Postal abbreviations (United States Postal Service), with the districts and territories that license physicians.
const STATES: Readonly<Record<string, string>> = {
  AK: 'Alaska', AL: 'Alabama', AR: 'Arkansas', AZ: 'Arizona', CA: 'California', CO: 'Colorado', CT: 'Connecticut',
  DC: 'District of Columbia', DE: 'Delaware', FL: 'Florida', GA: 'Georgia', GU: 'Guam', HI: 'Hawaii', IA: 'Iowa', ID: 'Idaho',
  IL: 'Illinois', IN: 'Indiana', KS: 'Kansas', KY: 'Kentucky', LA: 'Louisiana', MA: 'Massachusetts', MD: 'Maryland', ME: 'Maine',
  MI: 'Michigan', MN: 'Minnesota', MO: 'Missouri', MS: 'Mississippi', MT: 'Montana', NC: 'North Carolina', ND: 'North Dakota',
  NE: 'Nebraska', NH: 'New Hampshire', NJ: 'New Jersey', NM: 'New Mexico', NV: 'Nevada', NY: 'New York', OH: 'Ohio',
  OK: 'Oklahoma', OR: 'Oregon', PA: 'Pennsylvania', PR: 'Puerto Rico', RI: 'Rhode Island', SC: 'South Carolina',
  SD: 'South Dakota', TN: 'Tennessee', TX: 'Texas', UT: 'Utah', VA: 'Virginia', VI: 'Virgin Islands', VT: 'Vermont',
  WA: 'Washington', WI: 'Wisconsin', WV: 'West Virginia', WY: 'Wyoming',
};

const OTHER_STATE_NAMES: Readonly<Record<string, string>> = {
  calif: 'California', 'washington dc': 'District of Columbia', 'washington state': 'Washington', 'us virgin islands': 'Virgin Islands',
};

const states = new Map<string, string>([
  ...Object.entries(STATES).flatMap(([code, name]) => [[code.toLowerCase(), name], [name.toLowerCase(), name]] as const),
  ...Object.entries(OTHER_STATE_NAMES),
]);

let specialties: Map<string, string> | undefined;

/** Capitals, blanks, full stops and "&" for "and" do not tell terms apart. */
function key(name: string): string {
  return name.toLowerCase().replaceAll('&', ' and ').replaceAll('.', '').replace(/\s+/g, ' ').trim();
}

function termOf(printed: string): string | undefined {
  specialties ??= new Map(
    readVocabulary<SpecialtyEntry[]>('specialties').flatMap(({ term, variants = [] }) =>
      [term, ...variants].map((name) => [key(name), term] as const),
    ),
  );
  return specialties.get(key(printed));
}

const PROSE_SPECIALTY = /\bboard[- ]certified in\b|\b(?:sub)?specialt(?:y|ies) in\b|\bcertificat(?:e|ion) in\b/i;
const PROSE_LICENCE = /\blicensed (?:to practice )?in\b/i;

/** In a sentence, the parts that follow the words of `lead`, each up to the next clause or full stop; otherwise the text itself. */
function namedAfter(lead: RegExp, other: RegExp, printed: string): string[] {
  const text = printed.replace(/\s+/g, ' ').trim();
  const [before = '', ...clauses] = text.split(lead);
  if (clauses.length === 0) return other.test(text) ? [] : [before];
  return clauses.map((clause) => clause.split(/\.(?: |$)|,? (?:and )?(?:has|is|holds|was) /, 1)[0] ?? '');
}

/** Names between commas or semicolons. A vocabulary term with a comma ("Endocrinology, Diabetes and Metabolism") stays whole. */
function listed(text: string): string[] {
  const whole = text.trim();
  if (termOf(whole) !== undefined) return [whole];
  return whole
    .split(/[,;]/)
    .map((name) => name.trim())
    .map((name) => (/^and /i.test(name) ? name.slice(4).trim() : name))
    .filter((name) => name !== '' && name !== '.');
}

/** "Neurology and Pain Management" is two, "Physical Medicine and Rehabilitation" one: cut only where both sides are known. */
function cutConjunction(printed: string): string[] {
  if (termOf(printed) !== undefined || printed.length > 200) return [printed];
  for (const conjunction of printed.matchAll(/ and | ?& ?| ?\/ ?/gi)) {
    const left = printed.slice(0, conjunction.index).trim();
    const right = printed.slice(conjunction.index + conjunction[0].length).trim();
    if (termOf(left) !== undefined && termOf(right) !== undefined) return [left, right];
  }
  return [printed];
}

/**
 * Reads the printed specialties: canonical terms of `content/vocabulary/specialties.yaml` in printed order, each once; an unknown one
 * stays as printed. `asPrinted` holds what was printed for each of them, in the same order, and is null where nothing differs.
 */
export function readSpecialties(printed: string): { specialties: string[]; asPrinted: string[] | null } {
  const found = new Map<string, string>();
  for (const name of namedAfter(PROSE_SPECIALTY, PROSE_LICENCE, printed).flatMap(listed).flatMap(cutConjunction)) {
    const term = termOf(name) ?? name;
    if (!found.has(term)) found.set(term, name);
  }
  const terms = [...found.keys()];
  const asPrinted = [...found.values()];
  return { specialties: terms, asPrinted: terms.every((term, index) => term === asPrinted[index]) ? null : asPrinted };
}

/** Reads the printed states of licensure, abbreviations spelled out, in printed order, each once; an unknown one stays as printed. */
export function readLicensure(printed: string): string[] {
  const stateOf = (name: string): string => states.get(key(name.replace(/^(?:the )?(?:state|commonwealth) of /i, ''))) ?? name;
  // The only name of a jurisdiction that is printed with a comma inside.
  const joined = printed.replace(/\bWashington, ?(?=D\.? ?C\b)/gi, 'Washington ');
  const names = namedAfter(PROSE_LICENCE, PROSE_SPECIALTY, joined)
    .flatMap((text) => text.split(/[,;/&]| and /i))
    .map((name) => name.replace(/\.$/, '').trim())
    .map((name) => (/^and /i.test(name) ? name.slice(4).trim() : name))
    .filter((name) => name !== '');
  return [...new Set(names.map(stateOf))];
}
