/**
 * Invented identifiers, and the sentences that people write them in, for planting into letters. Nobody is meant: telephone numbers are of the
 * 555-01xx range, e-mail addresses of example hosts, social security numbers of groups that are never given out.
 */
import { seeded } from '../../scripts/bench/random.ts';
import type { Random } from '../../scripts/bench/random.ts';
import { wrap } from './letters.ts';

export type Group = 'name' | 'phone' | 'email' | 'social-security-number' | 'birth-date' | 'record-number' | 'address';

/** A sentence with one identifier in it. */
export interface Planted {
  group: Group;
  sentence: string;
  /** What must not be left of it, in any line break. */
  value: string;
}

/** A place for an identifier: `{}` in a sentence or a line of its own. `form` names what is planted where the group has several. */
export interface Carrier {
  group: Group;
  form: keyof typeof FORMS;
  text: string;
}

interface People {
  given: readonly string[];
  surnames: readonly string[];
}
/** Of the people in the sentences with which the rules were made. */
export const PEOPLE: People = {
  given: 'Maria José Guadalupe Rosa Luis Hector Wei Xiuying Thuy Minh Linh Priya Rajesh Amit Fatima Omar Yusuf Olga Dmitri Sergei Kenji Yuki Jisoo Seung Kwame Chidi Adaeze Aaliyah Tyrone Latoya Siobhan Sean Giulia Marco Hans Ingrid Armen Anahit Tigran Soledad Malia Keoni Jennifer Robert Linda Kevin Deborah Gregory Elizabeth Michael'.split(' '),
  surnames: "Hernandez Villalobos Quintanilla Zaragoza Nguyen Pham Vuong Zhang Okafor Adeyemi Mbeki Patel Krishnamurthy Al-Rashid Haddad Ivanova Petrosyan Hakobyan Yamamoto Takahashi Kowalczyk O'Malley McAllister D'Angelo Fitzgerald Johansson Lindqvist Papadopoulos Kealoha Tuiasosopo Whitfield Abernathy Castellanos-Ruiz Delacroix Schwartzman Goldfarb Bhattacharya Ramachandran Santangelo Grzybowski Nakagawa Ferreira Montgomery Blankenship Washburn Dunleavy Mireles Arredondo".split(' '),
};
/** Others, of whom the rules know nothing. */
export const OTHER_PEOPLE: People = {
  given: 'Destiny Trevor Marisela Bao Hye-jin Femi Svetlana Darnell Consuelo Ngozi Pietro Anneke Farhad Lakshmi Ezequiel Jolene Bartosz Mei-Ling Cory Zuri Tomasina Rigoberto Paulette Shirin Kaveri Dinh Ofelia Clint Roxanne Ikaika Nadezhda Wendell Yesenia Abdi Thomasina Ruben Colleen Gurdeep Hovik Luz'.split(' '),
  surnames: 'Kaplan Lindgren Ontiveros Truong Kang Balogun Kuznetsova Hightower Barragan Eze Bellini Hoekstra Moradi Iyer Macias Whitehorse Nowak Hsu Sandoval Mwangi Castaneda Brewer Stone Young Price Dinh Echeverria Lockwood Aguayo Kamakau Sorokina Pettigrew Gamboa Warsame Boudreaux Villanueva Gallagher Sidhu Manukyan Tovar'.split(' '),
};
let people = PEOPLE;

const STREETS = ['Larkspur', 'Jacaranda', 'Old Mill', 'Cesar Chavez', 'El Camino', 'Whispering Pines', 'Harbor View', 'Sycamore', 'Buena Vista', '14th', 'Valencia', 'Eucalyptus', 'Lincoln', 'Magnolia', '3rd'];
const STREET_TYPES = ['Street', 'St.', 'Avenue', 'Ave', 'Blvd.', 'Road', 'Drive', 'Lane', 'Way', 'Court', 'Circle', 'Place', 'Terrace'];
const TOWNS = ['Fresno', 'Bakersfield', 'San Bernardino', 'Chula Vista', 'Oxnard', 'Rancho Cucamonga', 'Salinas', 'Redding', 'Modesto', 'Lancaster', 'Santa Rosa'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random.below(10)).join('');
const surname = (random: Random): string => random.pick(people.surnames);
const fullName = (random: Random): string =>
  random.pick([() => `${random.pick(people.given)} ${surname(random)}`, () => `${random.pick(people.given)} ${random.pick([...'ABCDEGJLMRST'])}. ${surname(random)}`, () => `${random.pick(people.given)} ${surname(random)}`])();

/** A value in one of the spellings that people use. */
const FORMS = {
  fullName,
  surname,
  /** A surname, or a whole name, as after a title. */
  anyName: (random: Random) => random.pick([surname, fullName, (each: Random) => `${each.pick([...'ABCDEGJLMRST'])}. ${surname(each)}`])(random),
  capitals: (random: Random) => fullName(random).toUpperCase(),
  surnameFirst: (random: Random) => `${surname(random)}, ${random.pick(people.given)}`,
  phone: (random: Random) => {
    const [area, line] = [random.pick(['209', '213', '310', '415', '559', '619', '661', '714', '818', '909', '916', '951']), `01${digits(random, 2)}`];
    return random.pick([`(${area}) 555-${line}`, `${area}-555-${line}`, `${area}.555.${line}`, `${area} 555 ${line}`, `(${area})555-${line}`, `1-${area}-555-${line}`, `+1 ${area} 555 ${line}`, `${area}/555-${line}`, `(${area}) 555-${line} ext. ${digits(random, 3)}`, `${area}\u2011555\u2011${line}`]);
  },
  localPhone: (random: Random) => random.pick([`555-01${digits(random, 2)}`, `${random.pick(['209', '415', '916'])}55501${digits(random, 2)}`]),
  email: (random: Random): string => {
    const [given, family] = [random.pick(people.given), surname(random)].map((name) => name.normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase());
    return `${random.pick([`${given}.${family}`, `${given![0]}${family}`, `${given}_${family}${digits(random, 2)}`, `${family}${digits(random, 2)}`])}@${random.pick(['example.com', 'example.org', 'mail.example.net', 'clinic.example.com'])}`;
  },
  ssn: (random: Random) => {
    const [a, b, c] = [random.pick(['000', '666', `9${digits(random, 2)}`]), digits(random, 2), digits(random, 4)];
    return random.pick([`${a}-${b}-${c}`, `${a}-${b}-${c}`, `${a} ${b} ${c}`]);
  },
  ssnTogether: (random: Random) => `9${digits(random, 8)}`,
  fourDigits: (random: Random) => digits(random, 4),
  date: (random: Random) => {
    const [month, day, year] = [1 + random.below(12), 1 + random.below(28), 1938 + random.below(64)];
    const [mm, dd, yy] = [String(month).padStart(2, '0'), String(day).padStart(2, '0'), String(year).slice(2)];
    return random.pick([`${mm}/${dd}/${year}`, `${month}/${day}/${yy}`, `${mm}-${dd}-${year}`, `${mm}-${dd}-${yy}`, `${MONTHS[month - 1]} ${day}, ${year}`, `${day} ${MONTHS[month - 1]} ${year}`, `${MONTHS[month - 1]!.slice(0, 3)} ${day}, ${year}`, `${year}-${mm}-${dd}`, `${mm}.${dd}.${year}`]);
  },
  claim: (random: Random) => random.pick([digits(random, 9), `0${digits(random, 2)}-CB-${digits(random, 7)}`, `WC${digits(random, 8)}`, `${digits(random, 4)}-WC-${digits(random, 2)}-${digits(random, 7)}`, `${digits(random, 8)}-001`, `2016${digits(random, 6)}`]),
  record: (random: Random) => random.pick([digits(random, 7), `${digits(random, 3)}-${digits(random, 2)}-${digits(random, 3)}`, `A${digits(random, 8)}`, `XYZ${digits(random, 9)}`, `${digits(random, 6)}-${digits(random, 2)}`]),
  adjudication: (random: Random) => `ADJ${digits(random, 7)}`,
  licence: (random: Random) => `${random.pick([...'ABCDEFNY'])}${digits(random, 7)}`,
  street: (random: Random): string => `${1 + random.below(19_999)} ${random.pick(['', '', 'N. ', 'South ', 'W '])}${random.pick(STREETS)} ${random.pick(STREET_TYPES)}${random.pick(['', '', ', Apt. 4', ' #12', ', Unit B', ', Suite 210'])}`,
  wholeAddress: (random: Random): string => `${FORMS.street(random)}, ${random.pick(TOWNS)}, ${random.pick(['CA', 'California', 'Ca.'])} 9${digits(random, 4)}${random.pick(['', '', `-${digits(random, 4)}`])}`,
  town: (random: Random) => `${random.pick(TOWNS)}, ${random.pick(['CA', 'California'])} 9${digits(random, 4)}`,
  box: (random: Random) => `${random.pick(['P.O. Box', 'PO Box', 'P. O. Box', 'Post Office Box'])} ${digits(random, 4)}`,
} as const satisfies Record<string, (random: Random) => string>;

/** Several plants of each carrier, always the same for a seed. */
export function plant(carriers: readonly Carrier[], times: number, seed: number, of = PEOPLE): Planted[] {
  people = of;
  const random = seeded(seed);
  return Array.from({ length: times }, () => carriers).flatMap((all) =>
    all.map(({ group, form, text }) => {
      const value = FORMS[form](random);
      return { group, sentence: text.replace('{}', () => value), value };
    }),
  );
}

/** How often a text has a planted value, whatever the line breaks; of a name, its surname. */
export function occurrences({ group, value }: Pick<Planted, 'group' | 'value'>, text: string): number {
  const flat = (words: string): string => words.replace(/\s+/g, '').toLowerCase();
  const core = group === 'name' ? (value.includes(',') ? value.replace(/,.*/, '') : value.split(' ').at(-1)!) : value;
  return flat(text).split(flat(core)).length - 1;
}

/**
 * A sample letter with identifiers in it: sentences inside paragraphs of its summary and its rationales, where lines end as they come; what is no
 * sentence as a line of its own, before the letter's first heading and after its summary.
 */
export function plantInto(letter: string, planted: readonly Planted[], seed: number): string {
  const random = seeded(seed);
  const blocks = letter.split(/\n{2,}/);
  const heading = (words: string): number => blocks.findIndex((block) => block.includes(words));
  const kept: string[] = [];
  for (const { sentence } of planted) {
    const [method, summary, decisions] = [heading('HOW THE IMR FINAL DETERMINATION WAS MADE'), heading('CLINICAL CASE SUMMARY'), heading('IMR ISSUES, DECISIONS AND RATIONALES')];
    if (!sentence.endsWith('.')) {
      blocks.splice(random.pick([method, decisions]), 0, sentence);
      continue;
    }
    const prose = blocks.flatMap((block, index) => ((index > summary && index < decisions && block.length > 200) || block.startsWith('Decision rationale:') ? [index] : []));
    const at = random.pick(prose);
    const sentences = blocks[at]!.replace(/\s+/g, ' ').trim().split(/(?<=[a-z>]{1}\.) (?=[A-Z<])/);
    // A sign stands for it until all are in, so that none is put inside another.
    sentences.splice(Math.max(1, random.below(sentences.length)), 0, `<${kept.push(sentence) - 1}>.`);
    blocks[at] = sentences.join(' ');
  }
  const filled = blocks.map((block) => (/<\d+>\./.test(block) ? wrap(block.replace(/<(\d+)>\./g, (_, number: string) => kept[Number(number)]!), 95).join('\n') : block));
  return `${filled.join('\n\n')}\n`;
}

const of = (group: Group, form: Carrier['form'], ...texts: string[]): Carrier[] => texts.map((text) => ({ group, form, text }));

/** The sentences with which the rules were made. */
export const CARRIERS: readonly Carrier[] = [
  ...of('name', 'anyName',
    'Dr. {} saw the worker again in March and changed nothing.', 'The note by Dr {} speaks of spasm on both sides.', 'Ms. {} states that the pain wakes her twice a night.', 'In his appeal Mr. {} writes that he cannot lift a kettle.',
    'Mrs. {} lives alone and has no help at home.', 'Dr. {}\u2019s request is for twelve more visits.', 'It was discussed with Prof. {} at the university clinic.'),
  ...of('name', 'fullName',
    'Surgery was carried out by {}, M.D., in the spring.', 'The report of {}, MD, was not in the file.', 'A peer review by {} D.O. came to the same result.', '{}, Ph.D., gave six tests of mood and memory.', 'The visit was with {}, PA-C.', 'Acupuncture was given by {}, L.Ac., twice a week.',
    'The patient, {}, has been off work since then.', 'The injured worker ({}) fell from a ladder.', 'The claimant is {}, who drives a forklift.', 'A letter from the applicant\u2019s attorney, {}, was enclosed.', 'Her husband {} now does the cooking.', 'The adjuster, {}, approved the first six visits.',
    'He was seen by {} on two further days.', 'The electrodiagnostic study was performed by {} and was normal.', '{} has had pain since the fall.', 'Since then {} walks with a cane.', 'I spoke with {} by telephone about the denial.', 'The film was read by {} as unremarkable.'),
  ...of('name', 'surname', 'Dear Dr. {}:', 'Dear Ms. {},', 'According to Dr. {} the graft has healed.', 'The note of Drs. {} and Ostrowski was reviewed.'),
  ...of('name', 'fullName', 'Dear {}:', 'Employee: {}', 'Patient Name: {}', 'Claimant: {}', 'Reviewer: {}', 'Treating Physician: {}', 'Provider: {}', 'Applicant attorney: {}', 'RE: {}', 'Attn: {}', 'Reviewed by: {}', 'Name: {}', 'cc: {}'),
  ...of('name', 'surnameFirst', 'Injured Worker: {}', 'Re: {}', 'Patient: {}'),
  ...of('name', 'capitals', 'EMPLOYEE NAME: {}', 'DEAR {}:', 'The records of {} were received.'),
  ...of('phone', 'phone',
    'The office can be reached at {}.', 'Phone: {}', 'Fax {}', 'A message was left at {} on Monday.', 'He asked to be called on his cell, {}, after work.', 'Tel. {}', 'The request was faxed to {} on the same day.', 'Questions go to the adjuster ({}).'),
  ...of('phone', 'localPhone', 'Her home phone is {}.', 'Please call {} for the records.', 'Fax: {}'),
  ...of('email', 'email',
    'The appeal came by e-mail from {}.', 'Email: {}', 'Records were sent to {} in May.', 'Write to {} with questions.', 'The worker ({}) asked for a copy.', 'Contact {} or the front desk.', 'It was forwarded by <{}>.', 'His address for notices is {}, and he prefers it.'),
  ...of('social-security-number', 'ssn',
    'SSN: {}', 'Social Security Number: {}', 'His social security number is {}.', 'The chart bears the number {} at its top.', 'Soc. Sec. No. {}', 'Identified by SS# {} in all records.', 'The form was filled in with {} and signed.'),
  ...of('social-security-number', 'ssnTogether', 'SSN {}', 'Her social security number, {}, is printed on each page.'),
  ...of('social-security-number', 'fourDigits', 'SSN ending in {}', 'The last four digits of his social are {}.', 'Social security number xxx-xx-{} is on the form.'),
  ...of('birth-date', 'date',
    'DOB: {}', 'Date of Birth: {}', 'The worker was born on {} and is right-handed.', 'The records list his birth date as {}.', 'D.O.B. {}', 'Her date of birth is {}.', 'The patient (DOB {}) was seen in June.', 'Birthdate {}', 'This worker, born {}, is a roofer.'),
  ...of('record-number', 'claim', 'Claim Number: {}', 'Claim No. {}', 'The claim number is {}.', 'Claim #: {}', 'This is under claim number {} with the carrier.', 'Policy Number: {}', 'The policy number on the form is {}.'),
  ...of('record-number', 'record', 'MRN: {}', 'Medical record number {}', 'Member ID: {}', 'His member number with the plan is {}.', 'Account # {}', 'Chart No. {}', 'Patient ID {}', 'MRN {} was on every page.'),
  ...of('record-number', 'adjudication', 'WCAB No. {}', 'The case is {} before the appeals board.', 'EAMS number {}'),
  ...of('record-number', 'licence', 'Driver\u2019s license number {} was copied.', 'California driver license: {}', 'License No. {}'),
  ...of('address', 'wholeAddress', 'She lives at {}.', 'Address: {}', 'Notice was mailed to {}.', 'The fall was at his home, {}, in the garage.', '{}'),
  ...of('address', 'street', 'He resides at {} with his mother.', 'The clinic moved to {} last year.', 'Supplies were delivered to {}.'),
  ...of('address', 'town', 'She moved to {} in the fall.', 'Office in {}'),
  ...of('address', 'box', 'Mail goes to {}.', 'Send records to {}, Fresno, CA 93700.'),
];

/** A second set, on which the rules were mended once. */
export const SECOND_CARRIERS: readonly Carrier[] = [
  ...of('name', 'anyName', 'Both Dr. {} and the therapist favor a slow return to duty.', 'Dr. {}: continue the brace for six weeks.', 'Ms. {} was unable to squat.', 'We thank Dr. {} for the records.', 'The opinion of Dr. {}, who examined the knee, is more detailed.', 'Mr. {}\u2019s pain diary was read.'),
  ...of('name', 'fullName',
    'The patient {} attended ten visits.', 'The applicant, {}, declined surgery.', '{} is a 52 year old warehouse worker.', 'An ultrasound was interpreted by {}, MD.', 'Psychological testing was done by {}, Psy.D., in two sessions.', 'His wife, {}, confirms that he sleeps in a chair.', 'The nurse case manager, {}, came along.', 'The interpreter was {}.',
    'The denial was signed by {}, M.D.', 'Treatment was requested by {} in November.', 'A deposition of {} was taken.', 'The supervisor {} saw the fall.', 'The form bears the name {} in its corner.', 'Ever since, {} has used crutches.'),
  ...of('name', 'fullName', 'Dear Mr. {}:', 'Injured Employee: {}', 'Patient: {}', 'Requesting Provider: {}', 'Defense Attorney: {}', 'Signed: {}', 'To: {}', 'Claims Adjuster: {}', 'Expert Reviewer: {}, MD'),
  ...of('name', 'surnameFirst', 'Claimant Name: {}', 'Employee: {}'),
  ...of('name', 'capitals', 'PATIENT: {}', 'RE: {}'),
  ...of('phone', 'phone', 'The pharmacy called from {} about the refill.', 'Telephone: {}', 'Fax number: {}', 'She left her number, {}, with the desk.', 'Call {} between nine and noon.', 'Ph: {} Fax: see above', 'The utilization review nurse was at {} that day.'),
  ...of('phone', 'localPhone', 'Cell: {}', 'His mobile number is {}.'),
  ...of('email', 'email', 'Please reply to {} only.', 'E-mail: {}', 'A scan was mailed from {} on Friday.', 'The therapist, at {}, has the logs.', 'Questions: {}'),
  ...of('social-security-number', 'ssn', 'Social Security No.: {}', 'Her SSN, {}, appears twice.', 'SS#: {}', 'The subpoena lists {} beside the name.'),
  ...of('social-security-number', 'fourDigits', 'The last 4 of the SSN are {}.', 'Last four SSN: {}'),
  ...of('birth-date', 'date', 'Birth date: {}', 'He gives his date of birth as {}.', 'Patient DOB: {}', 'According to the chart she was born {}.', 'The date of birth in the file, {}, differs from that on the form.', 'DOB {}; right-hand dominant'),
  ...of('record-number', 'claim', 'Claim #{}', 'Claim Numbers: {}', 'The carrier filed it as claim number {}.', 'Insurance policy no. {}', 'Claim ID: {}'),
  ...of('record-number', 'record', 'Medical Record No.: {}', 'Patient account number: {}', 'Her member ID is {}.', 'Subscriber ID {}', 'Group number: {}', 'The hospital has her under MRN {}.'),
  ...of('record-number', 'adjudication', 'WCAB Case No.: {}', 'ADJ number: {}', 'A hearing in {} is pending.'),
  ...of('record-number', 'licence', 'Driver license number: {}', 'Medical license: {}', 'He showed a license, number {}.'),
  ...of('address', 'wholeAddress', 'Home address: {}', 'His employer has its yard at {}.', 'The package went to {} by mistake.', 'Residence: {}'),
  ...of('address', 'street', 'She takes the bus from {} to work.', 'The accident happened near {} at noon.'),
  ...of('address', 'town', 'The specialist has rooms in {}.'),
  ...of('address', 'box', 'Bills should be sent to {}.'),
];

/** Held out: written last, without looking at the rules. 97.3 % were found when it was new; two rules were mended since. */
export const HELD_OUT: readonly Carrier[] = [
  ...of('name', 'anyName', 'After Dr. {} retired, care passed to another office.', 'Dr. {} is of the opinion that fusion is premature.', 'What Ms. {} reports fits the imaging.', 'The plan of Dr. {} is to wait and see.'),
  ...of('name', 'fullName',
    'The worker, {}, can stand for an hour.', 'The patient\u2019s attorney, {}, objected in writing.', 'An independent examination by {}, MD, found full strength.', '{} was hit by a falling crate.', 'The agreed medical examiner, {}, rated the wrist.', 'The home was visited by {}, RN, in June.', 'Her daughter {} drives her to the clinic.',
    'The records belong to {} and to nobody else.', 'In the waiting room {} fainted.', 'Chiropractic care was provided by {}, D.C., from May on.', 'The appeal was written by {} on behalf of the clinic.'),
  ...of('name', 'fullName', 'Dear Dr. {}:', 'Worker: {}', 'Claimant Name: {}', 'Physician: {}', 'Attorney: {}', 'Attention: {}', 'Requested by: {}', 'Primary Treating Physician: {}, M.D.'),
  ...of('name', 'surnameFirst', 'Patient Name: {}', 'RE: {}'),
  ...of('name', 'capitals', 'CLAIMANT: {}', 'The chart of {} was complete.'),
  ...of('phone', 'phone', 'Her sister answers at {}.', 'Phone/Fax: {}', 'You may telephone the clinic, {}, on weekdays.', 'The authorization desk is at {}.', 'Mobile {}', 'Records can be had from {} on request.'),
  ...of('phone', 'localPhone', 'The fax went to {} and was confirmed.', 'Tel: {}'),
  ...of('email', 'email', 'The portal sends its notices to {}.', 'Mail: {}', 'An invitation reached {} too late.', 'Reports go by e-mail ({}).'),
  ...of('social-security-number', 'ssn', 'Social security: {}', 'The intake sheet shows {} in the upper right corner.', 'SSN# {}', 'With social security number {} he could not be found in the system.'),
  ...of('social-security-number', 'fourDigits', 'Only the last four of the social security number, {}, are legible.', 'SSN: XXX-XX-{}'),
  ...of('birth-date', 'date', 'Date of birth {}', 'She was born in Fresno on {} and went to school there.', 'Birthday: {}', 'DOB: {} Sex: F', 'His birthdate was entered as {} by mistake.', 'The form gives {} as the date of birth.'),
  ...of('record-number', 'claim', 'Claim no: {}', 'The letter cites claim # {} of the carrier.', 'Insurer claim number: {}', 'Policy #: {}', 'Our claim number {} must be given in all letters.'),
  ...of('record-number', 'record', 'MRN#: {}', 'The account number of the invoice is {}.', 'Member No. {}', 'Health plan member ID: {}', 'Patient no. {}'),
  ...of('record-number', 'adjudication', 'WCAB: {}', 'In case number {} a trial was set.', 'EAMS Case No. {}'),
  ...of('record-number', 'licence', 'DL# {}', 'His driver\u2019s license, {}, has lapsed.', 'License number: {}'),
  ...of('address', 'wholeAddress', 'The equipment is to be shipped to {}.', 'Mailing address: {}', 'He sold the house at {} after the injury.', 'Office: {}'),
  ...of('address', 'street', 'They meet at {} every Tuesday.', 'The warehouse at {} has no lift.'),
  ...of('address', 'town', 'Her new doctor practices in {}.'),
  ...of('address', 'box', 'The check was sent to {} again.'),
];
