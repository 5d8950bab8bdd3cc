/**
 * A large collection of invented determinations, for measuring what the published ones are too few for. Services, drugs, parts of the body, guidelines and
 * specialties come from the vocabulary, frequent ones first by Zipf's law; the shares are those of published letters: 12 % overturned, two
 * decisions a letter, 21 at most. The same seed gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { caseOutcome } from '../../src/determinations/record.ts';
import type { Decision, DecisionOutcome, Determination, GuidelineCitation, GuidelineSource } from '../../src/determinations/record.ts';
import { determinationFile } from '../../src/determinations/store.ts';
import { readVocabulary } from '../understanding/vocabulary.ts';
import { learnProse } from './prose.ts';
import type { Prose } from './prose.ts';
import { seeded } from './random.ts';
import type { Random } from './random.ts';

const SAMPLE = join(import.meta.dirname, '../../content');
const OVERTURNED = 0.12;
const MOST_DECISIONS = 21;
/** Of decisions, most frequent first. */
const YEARS = [2015, 2016, 2014, 2017, 2018, 2019, 2020, 2022, 2021, 2023, 2024, 2025, 2013];

/** What is asked for most in workers' compensation, most frequent first; everything else of the vocabulary follows. `part` says whether a part of the body is named. */
const FREQUENT: readonly { text: string; category: string; subcategory: string; part?: true }[] = [
  { text: 'Physical therapy 2 times a week for 6 weeks', category: 'Rehabilitation', subcategory: 'Physical Therapy/Occupational Therapy (PT/OT)', part: true },
  { text: 'MRI', category: 'Diagnostic Testing', subcategory: 'Imaging/Radiology', part: true },
  { text: 'Urine drug screen', category: 'Diagnostic Testing', subcategory: 'Lab & Pathology' },
  { text: 'Acupuncture x8', category: 'Rehabilitation', subcategory: 'Acupuncture', part: true },
  { text: 'Epidural steroid injection', category: 'Injection', subcategory: 'Injection', part: true },
  { text: 'Chiropractic treatment x12', category: 'Rehabilitation', subcategory: 'Chiropractic', part: true },
  { text: 'EMG/NCV of the bilateral upper extremities', category: 'Diagnostic Testing', subcategory: 'EMG/NCV/NCS' },
  { text: 'Topical compound cream', category: 'Pharmaceuticals', subcategory: 'Topical Compounds' },
  { text: 'TENS unit, purchase', category: 'DMEPOS', subcategory: 'Electrical Stimulation' },
  { text: 'Arthroscopy', category: 'Surgery', subcategory: 'Arthroscopic Surgery', part: true },
  { text: 'X-ray', category: 'Diagnostic Testing', subcategory: 'Imaging/Radiology', part: true },
  { text: 'Medial branch block', category: 'Injection', subcategory: 'Facet Injection', part: true },
  { text: 'Cognitive behavioral therapy, 12 sessions', category: 'Psych Services', subcategory: 'Therapies' },
  { text: 'Lumbar brace', category: 'DMEPOS', subcategory: 'Prosthetics/Orthotics' },
  { text: 'Lumbar fusion L4-5', category: 'Surgery', subcategory: 'Spine' },
  { text: 'Functional restoration program, 160 hours', category: 'Programs', subcategory: 'Programs' },
  { text: 'Home health aide 4 hours a day', category: 'Home Health', subcategory: 'Home Health' },
  { text: 'Pre-operative medical clearance', category: 'Surgery', subcategory: 'Adjunct Surgical Services' },
];
const FREQUENT_DRUGS = ['hydrocodone', 'tramadol', 'cyclobenzaprine', 'omeprazole', 'naproxen', 'gabapentin', 'oxycodone', 'ibuprofen', 'tizanidine', 'lidocaine', 'diclofenac', 'zolpidem', 'duloxetine', 'carisoprodol', 'meloxicam', 'pregabalin'];
const FREQUENT_PARTS = ['lumbar spine', 'shoulder', 'cervical spine', 'knee', 'wrist', 'hand', 'ankle', 'hip', 'elbow', 'foot', 'thoracic spine', 'sacroiliac joint'];
const FREQUENT_CHAPTERS = ['Chronic Pain Medical Treatment', 'Low Back Complaints', 'Shoulder Complaints', 'Neck and Upper Back Complaints', 'Knee Complaints', 'Low Back Disorders', 'Postsurgical Treatment', 'Acupuncture Treatment'];
const FREQUENT_SPECIALTIES = ['Physical Medicine & Rehabilitation', 'Occupational Medicine', 'Orthopedic Surgery', 'Pain Management', 'Anesthesiology', 'Family Practice', 'Internal Medicine', 'Chiropractic', 'Psychology', 'Neurology'];

interface Asked {
  text: string;
  decision: Pick<Decision, 'service' | 'drugs'>;
  part: boolean;
}

interface Chapter {
  source: GuidelineSource;
  chapter: string;
  editions: readonly number[];
}

/** Everything that may be printed, most frequent first. */
interface Stock {
  services: readonly Asked[];
  drugs: readonly Asked[];
  parts: readonly string[];
  chapters: readonly Chapter[];
  specialties: readonly string[];
}

/**
 * Writes determinations into an empty content folder.
 * @param written is called with each, and its file relative to the folder
 */
export async function writeCorpus(
  { folder, letters, decisions, seed }: { folder: string; letters: number; decisions: number; seed: number },
  written: (determination: Determination, file: string) => void = () => {},
): Promise<void> {
  const random = seeded(seed);
  const stock = readStock(random);
  const prose = await learnProse(SAMPLE, random);
  const made = new Set<string>();
  for (const [index, size] of sizes(letters, decisions, random).entries()) {
    const record = makeLetter(index, size, stock, prose, random);
    const file = determinationFile(record);
    const path = join(folder, file);
    if (!made.has(dirname(path))) await mkdir(dirname(path), { recursive: true });
    made.add(dirname(path));
    await writeFile(path, stringifyDetermination(record));
    written(record, file);
  }
}

/** Decisions of each letter: most have one or two, few have many. */
function sizes(letters: number, decisions: number, random: Random): number[] {
  const drawn = Array.from({ length: letters }, () => {
    const more = random.chance(0.08) ? 0.85 : 0.4;
    let size = 1;
    while (size < MOST_DECISIONS && random.chance(more)) size += 1;
    return size;
  });
  let missing = decisions - drawn.reduce((sum, size) => sum + size, 0);
  while (missing !== 0) {
    const place = random.below(letters);
    const size = drawn[place]! + Math.sign(missing);
    if (size < 1 || size > MOST_DECISIONS) continue;
    drawn[place] = size;
    missing -= Math.sign(missing);
  }
  return drawn;
}

function makeLetter(index: number, size: number, stock: Stock, prose: Prose, random: Random): Determination {
  const caseNumber = `CM00-${String(2_000_000 + index)}`;
  const year = random.zipf(YEARS, 3);
  const injured = year - 1 - random.below(10);
  const decisions = Array.from({ length: size }, () => makeDecision(stock, prose, random));
  const terms = decisions.map(({ request }) => request.toLowerCase());
  const age = 20 + random.below(50);
  return {
    id: caseNumber,
    caseNumber,
    outcome: caseOutcome(decisions),
    decisionDate: day(random, year),
    dateOfInjury: day(random, injured),
    priority: random.chance(0.03) ? 'expedited' : 'standard',
    licensure: ['California'],
    specialty: [...new Set([random.zipf(stock.specialties), ...(random.chance(0.35) ? [random.zipf(stock.specialties)] : [])])],
    patient: { age, sex: random.chance(0.5) ? 'female' : 'male' },
    decisions,
    source: { file: `${caseNumber}.txt`, sha256: createHash('sha256').update(caseNumber).digest('hex'), layout: 'invented' },
    clinicalSummary: [`This is a ${age}-year-old worker. ${prose.summary(random.length(230, 60, 500), terms)}`],
  };
}

function makeDecision(stock: Stock, prose: Prose, random: Random): Decision {
  const { text, decision, part } = random.zipf(random.chance(0.35) ? stock.drugs : stock.services);
  const bodyPart = part ? random.zipf(stock.parts) : undefined;
  const request = bodyPart === undefined ? text : `${text}, ${random.chance(0.4) ? `${random.pick(['left', 'right', 'bilateral'])} ` : ''}${bodyPart}`;
  const outcome: DecisionOutcome = random.chance(OVERTURNED) ? 'overturned' : 'upheld';
  const reviewer = citations(stock, random);
  const administrator = random.chance(0.1) ? [] : citations(stock, random);
  const short = text.replace(/[,#].*$/s, '').trim();
  const verdict = `The ${short.toLowerCase()} is ${outcome === 'upheld' ? 'not ' : ''}medically necessary.`;
  return {
    request,
    outcome,
    ...decision,
    ...(bodyPart === undefined ? {} : { bodyParts: [bodyPart] }),
    guidelines: reviewer,
    claimsAdministratorGuidelines: administrator,
    claimsAdministratorGuidelineText: [guidelineText('Claims Administrator', administrator, random)],
    reviewerGuidelineText: [guidelineText('Expert Reviewer', reviewer, random)],
    rationale: [`${prose.rationale(random.length(190, 60, 480), [short, ...(bodyPart === undefined ? [] : [bodyPart])])} ${verdict}`],
  };
}

function citations(stock: Stock, random: Random): GuidelineCitation[] {
  const chapters = new Set(Array.from({ length: 1 + Number(random.chance(0.4)) }, () => random.zipf(stock.chapters)));
  return [...chapters].map(({ source, chapter, editions }) => ({ source, chapter, ...(editions.length > 0 ? { year: random.pick(editions) } : {}) }));
}

const SECTIONS = ['Special Studies', 'Surgical Considerations', 'Physical Methods', 'Initial Care', 'Opioids, criteria for use', 'Physical Medicine', 'Topical Analgesics', 'Red Flags', 'Muscle relaxants (for pain)', 'NSAIDs (non-steroidal anti-inflammatory drugs)'];

function guidelineText(side: string, guidelines: readonly GuidelineCitation[], random: Random): string {
  if (guidelines.length === 0) return `The ${side} did not cite any medical evidence for its decision.`;
  return guidelines
    .map(({ source, chapter, year }) =>
      source === 'MTUS' ? `Decision based on MTUS ${chapter}${year === undefined ? '' : ` ${year}`}, Section(s): ${random.zipf(SECTIONS)}.` : `Decision based on Non-MTUS Citation ${source === 'ODG' ? 'Official Disability Guidelines (ODG)' : source}, ${chapter}, ${random.zipf(SECTIONS)}.`,
    )
    .join(' ');
}

/** An ISO day; the 29th to 31st are left out, which no measurement misses. */
function day(random: Random, year: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${year}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
}

type Rows = Record<string, readonly string[] | null>;

function readStock(random: Random): Stock {
  const { categories } = readVocabulary<{ categories: Record<string, { subcategories: Record<string, { terms?: Rows }> }> }>('services');
  const { classes } = readVocabulary<{ classes: Record<string, Rows> }>('drugs');
  const { parts } = readVocabulary<{ parts: Rows }>('body-parts');
  const { sources } = readVocabulary<{ sources: Record<string, { chapters: { chapter: string; editions?: number[] }[] }> }>('guidelines');
  const specialties = readVocabulary<{ term: string }[]>('specialties').map(({ term }) => term);

  const services = Object.entries(categories).flatMap(([category, { subcategories }]) =>
    Object.entries(subcategories).flatMap(([subcategory, { terms }]) => Object.keys(terms ?? {}).map((term) => ({ text: capitalised(term), category, subcategory }))),
  );
  const drugs = Object.entries(classes).flatMap(([subcategory, rows]) => Object.entries(rows).map(([drug, brands]) => ({ drug, brands: brands ?? [], subcategory })));
  const chapters = Object.entries(sources).flatMap(([source, list]) => list.chapters.map(({ chapter, editions = [] }) => ({ source: source as GuidelineSource, chapter, editions })));
  return {
    services: [...FREQUENT, ...random.shuffle(services)].map((asked) => ({
      text: asked.text,
      decision: { service: { category: asked.category, subcategory: asked.subcategory } },
      part: 'part' in asked,
    })),
    drugs: frequentFirst(random.shuffle(drugs), ({ drug }) => drug, FREQUENT_DRUGS).map(({ drug, brands, subcategory }) => ({
      text: `${capitalised(random.pick([drug, ...brands]))} ${random.pick([5, 10, 20, 25, 50, 75, 100, 150, 300, 500, 600])} mg #${random.pick([30, 60, 90, 120])}`,
      decision: { service: { category: 'Pharmaceuticals', subcategory }, drugs: [drug] },
      part: false,
    })),
    parts: frequentFirst(random.shuffle(Object.keys(parts)), (part) => part, FREQUENT_PARTS),
    chapters: frequentFirst(random.shuffle(chapters), ({ chapter }) => chapter, FREQUENT_CHAPTERS),
    specialties: frequentFirst(random.shuffle(specialties), (specialty) => specialty, FREQUENT_SPECIALTIES),
  };
}

function frequentFirst<Value>(values: readonly Value[], name: (value: Value) => string, frequent: readonly string[]): Value[] {
  const place = (value: Value): number => (frequent.includes(name(value)) ? frequent.indexOf(name(value)) : frequent.length);
  return [...values].sort((a, b) => place(a) - place(b));
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
