/**
 * The columns of the table of decisions, declared once. This table drives the CSV, JSON lines and Parquet files, the dictionary that lies
 * beside them, the one on the data page, and their tests: a column that stands here is in every format, and no other is.
 */
import { compareText, guidelineValue, sortedUnique } from './determinations/record.ts';
import type { Decision, Determination, GuidelineCitation, Paragraphs } from './determinations/record.ts';
import { REASON_KINDS } from './reasons/kinds.ts';
import { decisionPath } from './urls.ts';

/**
 * `date`: an ISO day. `list`: texts in order, none twice where the letter's order means nothing. In CSV a list is one cell with `; ` between
 * its values; an empty text, number or date is null in JSON lines and Parquet and an empty cell in CSV, an empty list is `[]`.
 */
export type ColumnType = 'text' | 'integer' | 'date' | 'list';

/** A value of a column. Null where the letter does not say; a list is never null. */
export type Cell = string | number | readonly string[] | null;

/** Who says it. */
export type Origin = 'letter' | 'reading' | 'file';

/** A decision and all that its row may tell. */
export interface DecisionInCase {
  record: Determination;
  decision: Decision;
  /** Counted from 1. */
  number: number;
  /** The address of a page of this site. @param path below its home */
  address(path: string): string;
}

export interface Column {
  /** snake_case, as databases like it. */
  name: string;
  type: ColumnType;
  /** The only values that occur, where they are few. */
  values?: readonly string[];
  /** Whether a row may have none. */
  mayBeEmpty: boolean;
  /** One plain sentence. */
  meaning: string;
  origin: Origin;
  /** The field of the case's record that it is taken from, as case.json names it. */
  field: string;
  example: Cell;
  read(of: DecisionInCase): Cell | undefined;
}

/** The origins in words. */
export const ORIGINS: Readonly<Record<Origin, string>> = {
  letter: 'As the letter prints it.',
  reading: 'This site’s reading of the letter, in one spelling. It can be wrong.',
  file: 'About the file and its place here.',
};

const OUTCOMES = ['upheld', 'overturned'];
const SOURCES = ['ACOEM', 'MTUS', 'ODG', 'none', 'other'];

export const COLUMNS: readonly Column[] = [
  {
    name: 'case_id',
    type: 'text',
    mayBeEmpty: false,
    meaning: 'Names the case on this site: its case number, or the name of the letter’s file where the letter has no number.',
    origin: 'file',
    field: 'id',
    example: 'CM00-0000117',
    read: ({ record }) => record.id,
  },
  {
    name: 'case_number',
    type: 'text',
    mayBeEmpty: true,
    meaning: 'The case number.',
    origin: 'letter',
    field: 'caseNumber',
    example: 'CM00-0000117',
    read: ({ record }) => record.caseNumber,
  },
  {
    name: 'decision_number',
    type: 'integer',
    mayBeEmpty: false,
    meaning: 'The place of the decision in its letter, counted from 1. With case_id it names the row.',
    origin: 'letter',
    field: 'decisions',
    example: 2,
    read: ({ number }) => number,
  },
  {
    name: 'decisions_in_case',
    type: 'integer',
    mayBeEmpty: false,
    meaning: 'How many decisions the letter has. Each has a row of its own.',
    origin: 'letter',
    field: 'decisions',
    example: 3,
    read: ({ record }) => record.decisions.length,
  },
  {
    name: 'address',
    type: 'text',
    mayBeEmpty: false,
    meaning: 'The address of the decision on this site. It begins with a slash where the site was built without knowing its own address.',
    origin: 'file',
    field: 'address',
    example: 'https://imr.example/cases/cm00-0000117/#decision-2',
    read: ({ record, number, address }) => address(decisionPath(record.id, number)),
  },
  {
    name: 'request',
    type: 'text',
    mayBeEmpty: false,
    meaning: 'The treatment that was asked for and denied.',
    origin: 'letter',
    field: 'decisions[].request',
    example: 'MRI of the right shoulder without contrast',
    read: ({ decision }) => decision.request,
  },
  {
    name: 'outcome',
    type: 'text',
    values: OUTCOMES,
    mayBeEmpty: false,
    meaning: 'What became of the denial of this request: upheld means that the denial stands, overturned that the treatment was approved.',
    origin: 'letter',
    field: 'decisions[].outcome',
    example: 'overturned',
    read: ({ decision }) => decision.outcome,
  },
  {
    name: 'case_outcome',
    type: 'text',
    values: [...OUTCOMES, 'partially overturned'],
    mayBeEmpty: false,
    meaning: 'The same of the whole case. A case in which some denials stand and some do not is partially overturned.',
    origin: 'letter',
    field: 'outcome',
    example: 'partially overturned',
    read: ({ record }) => record.outcome,
  },
  {
    name: 'service_category',
    type: 'text',
    mayBeEmpty: false,
    meaning: 'The kind of treatment, in the words of the state’s own search form.',
    origin: 'reading',
    field: 'decisions[].service.category',
    example: 'Diagnostic Testing',
    read: ({ decision }) => decision.service.category,
  },
  {
    name: 'service_subcategory',
    type: 'text',
    mayBeEmpty: false,
    meaning: 'The narrower kind of treatment. For drugs it is the class of the drug.',
    origin: 'reading',
    field: 'decisions[].service.subcategory',
    example: 'Imaging/Radiology',
    read: ({ decision }) => decision.service.subcategory,
  },
  {
    name: 'drugs',
    type: 'list',
    mayBeEmpty: true,
    meaning: 'The drugs that the request names, by their generic names.',
    origin: 'reading',
    field: 'decisions[].drugs',
    example: ['hydrocodone'],
    read: ({ decision }) => decision.drugs ?? [],
  },
  {
    name: 'body_parts',
    type: 'list',
    mayBeEmpty: true,
    meaning: 'The parts of the body that the request names.',
    origin: 'reading',
    field: 'decisions[].bodyParts',
    example: ['shoulder'],
    read: ({ decision }) => decision.bodyParts ?? [],
  },
  {
    name: 'reviewer_guideline_sources',
    type: 'list',
    values: SOURCES,
    mayBeEmpty: true,
    meaning: 'Whose guidelines the reviewer cited. The word none means that the letter says that there were none.',
    origin: 'reading',
    field: 'decisions[].guidelines[].source',
    example: ['MTUS', 'ODG'],
    read: ({ decision }) => sources(decision.guidelines),
  },
  {
    name: 'reviewer_guidelines',
    type: 'list',
    mayBeEmpty: true,
    meaning: 'The guidelines that the reviewer cited, as source and chapter, or the source alone where no chapter is named.',
    origin: 'reading',
    field: 'decisions[].guidelines[]',
    example: ['MTUS > Shoulder Complaints', 'ODG > Shoulder'],
    read: ({ decision }) => chapters(decision.guidelines),
  },
  {
    name: 'claims_administrator_guideline_sources',
    type: 'list',
    values: SOURCES,
    mayBeEmpty: true,
    meaning: 'Whose guidelines the claims administrator cited, who had denied the request.',
    origin: 'reading',
    field: 'decisions[].claimsAdministratorGuidelines[].source',
    example: ['MTUS'],
    read: ({ decision }) => sources(decision.claimsAdministratorGuidelines),
  },
  {
    name: 'claims_administrator_guidelines',
    type: 'list',
    mayBeEmpty: true,
    meaning: 'The guidelines that the claims administrator cited, as source and chapter.',
    origin: 'reading',
    field: 'decisions[].claimsAdministratorGuidelines[]',
    example: ['MTUS > Shoulder Complaints'],
    read: ({ decision }) => chapters(decision.claimsAdministratorGuidelines),
  },
  {
    name: 'reasons',
    type: 'list',
    values: [...REASON_KINDS].sort(compareText),
    mayBeEmpty: true,
    meaning: 'The kinds of reasons that the rationale gives, sorted by rule. Not every reason is found, so a kind that is not here may still be in the letter.',
    origin: 'reading',
    field: 'decisions[].reasons[].kind',
    example: ['no-red-flag'],
    read: ({ decision }) => [...new Set((decision.reasons ?? []).map(({ kind }) => kind))],
  },
  {
    name: 'specialty',
    type: 'list',
    mayBeEmpty: true,
    meaning: 'The medical specialties of the reviewer.',
    origin: 'reading',
    field: 'specialty',
    example: ['Orthopedic Surgery'],
    read: ({ record }) => record.specialty,
  },
  {
    name: 'specialty_as_printed',
    type: 'list',
    mayBeEmpty: true,
    meaning: 'The specialties in the letter’s spelling, where that is another one.',
    origin: 'letter',
    field: 'specialtyAsPrinted',
    example: ['Orthopaedic Surgery'],
    read: ({ record }) => record.specialtyAsPrinted ?? [],
  },
  {
    name: 'licensure',
    type: 'list',
    mayBeEmpty: true,
    meaning: 'The states that have licensed the reviewer.',
    origin: 'letter',
    field: 'licensure',
    example: ['California', 'North Carolina'],
    read: ({ record }) => record.licensure,
  },
  {
    name: 'decision_date',
    type: 'date',
    mayBeEmpty: true,
    meaning: 'The day of the decision.',
    origin: 'letter',
    field: 'decisionDate',
    example: '2016-12-09',
    read: ({ record }) => record.decisionDate,
  },
  {
    name: 'assigned_date',
    type: 'date',
    mayBeEmpty: true,
    meaning: 'The day on which the case was given to the reviewer.',
    origin: 'letter',
    field: 'dateAssigned',
    example: '2016-11-02',
    read: ({ record }) => record.dateAssigned,
  },
  {
    name: 'injury_date',
    type: 'date',
    mayBeEmpty: true,
    meaning: 'The day of the injury.',
    origin: 'letter',
    field: 'dateOfInjury',
    example: '2012-05-14',
    read: ({ record }) => record.dateOfInjury,
  },
  {
    name: 'ur_denial_date',
    type: 'date',
    mayBeEmpty: true,
    meaning: 'The day on which utilization review denied the request.',
    origin: 'letter',
    field: 'urDenialDate',
    example: '2016-10-11',
    read: ({ record }) => record.urDenialDate,
  },
  {
    name: 'application_received_date',
    type: 'date',
    mayBeEmpty: true,
    meaning: 'The day on which the application for review came in.',
    origin: 'letter',
    field: 'applicationReceived',
    example: '2016-10-20',
    read: ({ record }) => record.applicationReceived,
  },
  {
    name: 'priority',
    type: 'text',
    values: ['standard', 'expedited'],
    mayBeEmpty: true,
    meaning: 'Whether the review took its usual course, or was sped up because the case was urgent.',
    origin: 'letter',
    field: 'priority',
    example: 'standard',
    read: ({ record }) => record.priority,
  },
  {
    name: 'patient_age',
    type: 'integer',
    mayBeEmpty: true,
    meaning: 'The age of the injured worker in years, as the summary states it.',
    origin: 'reading',
    field: 'patient.age',
    example: 48,
    read: ({ record }) => record.patient.age,
  },
  {
    name: 'patient_sex',
    type: 'text',
    values: ['female', 'male'],
    mayBeEmpty: true,
    meaning: 'The sex of the injured worker, as the summary states it.',
    origin: 'reading',
    field: 'patient.sex',
    example: 'male',
    read: ({ record }) => record.patient.sex,
  },
  {
    name: 'clinical_summary',
    type: 'text',
    mayBeEmpty: true,
    meaning: 'The summary of the case. It stands in each row of the case: count it once a case, not once a row.',
    origin: 'letter',
    field: 'clinicalSummary',
    example: 'The injured worker is a 48 year old male.',
    read: ({ record }) => text(record.clinicalSummary),
  },
  {
    name: 'claims_administrator_guideline_text',
    type: 'text',
    mayBeEmpty: true,
    meaning: 'What the letter says about the guidelines of the claims administrator.',
    origin: 'letter',
    field: 'decisions[].claimsAdministratorGuidelineText',
    example: 'The Claims Administrator did not cite any medical evidence for its decision.',
    read: ({ decision }) => text(decision.claimsAdministratorGuidelineText),
  },
  {
    name: 'reviewer_guideline_text',
    type: 'text',
    mayBeEmpty: true,
    meaning: 'What the letter says about the guidelines of the reviewer.',
    origin: 'letter',
    field: 'decisions[].reviewerGuidelineText',
    example: 'Decision based on MTUS Shoulder Complaints.',
    read: ({ decision }) => text(decision.reviewerGuidelineText),
  },
  {
    name: 'rationale',
    type: 'text',
    mayBeEmpty: true,
    meaning: 'The reasons of the reviewer.',
    origin: 'letter',
    field: 'decisions[].rationale',
    example: 'The shoulder was examined once. The scan is not medically necessary.',
    read: ({ decision }) => text(decision.rationale),
  },
  {
    name: 'source_file',
    type: 'text',
    mayBeEmpty: false,
    meaning: 'The name of the file that the letter was read from.',
    origin: 'file',
    field: 'source.file',
    example: '2016/CM00-0000117.pdf',
    read: ({ record }) => record.source.file,
  },
  {
    name: 'source_sha256',
    type: 'text',
    mayBeEmpty: false,
    meaning: 'The SHA-256 of that file, by which anyone can check that it is the same letter.',
    origin: 'file',
    field: 'source.sha256',
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    read: ({ record }) => record.source.sha256,
  },
  {
    name: 'source_url',
    type: 'text',
    mayBeEmpty: true,
    meaning: 'Where the letter was published, where that is known.',
    origin: 'file',
    field: 'source.url',
    example: 'https://letters.example/CM00-0000117.pdf',
    read: ({ record }) => record.source.url,
  },
  {
    name: 'layout',
    type: 'text',
    mayBeEmpty: false,
    meaning: 'The form of letter that it was read as.',
    origin: 'file',
    field: 'source.layout',
    example: 'imr-issues-decisions-and-rationales',
    read: ({ record }) => record.source.layout,
  },
  {
    name: 'notes',
    type: 'list',
    mayBeEmpty: true,
    meaning: 'What the program that read the letter was unsure of. It may be about another decision of the case.',
    origin: 'file',
    field: 'notes',
    example: ['The letter gives two dates of injury.'],
    read: ({ record }) => record.notes ?? [],
  },
];

/** The row of a decision, in the order of COLUMNS. Well-formed Unicode in every cell, so that all formats hold the same. */
export function rowOf(place: DecisionInCase): Cell[] {
  return COLUMNS.map((column) => {
    const cell = column.read(place);
    if (typeof cell === 'string') return cell === '' ? null : cell.toWellFormed();
    return typeof cell === 'object' && cell !== null ? cell.map((value) => value.toWellFormed()) : (cell ?? null);
  });
}

/** Sources are few and stand in code point order; chapters as the letter has them. */
function sources(citations: readonly GuidelineCitation[]): string[] {
  return sortedUnique(citations.map(({ source }) => source));
}

function chapters(citations: readonly GuidelineCitation[]): string[] {
  return [...new Set(citations.map(guidelineValue))];
}

/** Paragraphs as one text, an empty line between two. */
function text(paragraphs: Paragraphs): string {
  return paragraphs.join('\n\n');
}

/** What the file dictionary.json holds. */
export interface Dictionary {
  /** Changes when a reader of the files must change. */
  format: 'imr-decisions/1';
  table: 'decisions';
  row: string;
  notes: readonly string[];
  columns: readonly Omit<Column, 'read'>[];
}

/** What holds for more than one column; also on the data page. */
export const DICTIONARY_NOTES: readonly string[] = [
  'A row is one decision: one disputed request. A letter with several decisions has several rows. Rows are sorted by the year of decision, then by case, then by decision_number; those without a date are last.',
  'Where a letter does not say something, JSON lines and Parquet have null, or an empty list. CSV has an empty cell.',
  'A list is an array in JSON lines and Parquet. In CSV it is one cell, with a semicolon and a blank between two values.',
  'Texts of several paragraphs have an empty line between them.',
  'In CSV an apostrophe stands before a sign (= + - @) with which a cell begins, and before one that follows a semicolon, a tab or a new line. Without it a spreadsheet could take the words of a letter for a formula. JSON lines and Parquet have no such apostrophes.',
  'Only the current letter of a case is in the table. Letters that a newer one has superseded are not.',
];

export function dictionary(): Dictionary {
  return {
    format: 'imr-decisions/1',
    table: 'decisions',
    row: 'one decision of an independent medical review',
    notes: DICTIONARY_NOTES,
    columns: COLUMNS.map(({ read: _read, ...column }) => column),
  };
}
