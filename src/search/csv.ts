/** A result as a file for a spreadsheet. The search page loads it when a reader asks for the file. */
import { citation, decisionAddress } from '../citation.ts';
import { BYTE_ORDER_MARK, csvLine, csvList } from '../csv.ts';
import type { DecisionOutcome } from '../determinations/record.ts';
import { VALUE_SEPARATOR } from '../determinations/record.ts';
import { valueLabel } from '../facets.ts';
import type { FacetName } from '../facets.ts';
import { MOST_ROWS } from './csv-limit.ts';
import { valuesOf } from './engine.ts';
import type { Found } from './searcher.ts';
import { isoDay } from './table.ts';
import type { TextRecord } from './text-record.ts';

/** One decision of a result. Values are those of the record, most specific ones only, guidelines in words: `MTUS: Shoulder Complaints`. */
export interface ResultRow {
  /** Empty where the letter has none. */
  caseNumber: string;
  /** Counted from 1, as in the letter. */
  number: number;
  /** ISO day; empty where the letter has none. */
  decisionDate: string;
  outcome: string;
  request: string;
  serviceCategory: string;
  serviceSubcategory: string;
  drugs: readonly string[];
  bodyParts: readonly string[];
  guidelines: readonly string[];
  specialties: readonly string[];
  citation: string;
  address: string;
}

const COLUMNS: readonly [title: string, cell: (row: ResultRow) => string][] = [
  ['Case number', ({ caseNumber }) => caseNumber],
  ['Decision number', ({ number }) => String(number)],
  ['Decision date', ({ decisionDate }) => decisionDate],
  ['Outcome', ({ outcome }) => outcome],
  ['Request', ({ request }) => request],
  ['Service category', ({ serviceCategory }) => serviceCategory],
  ['Service subcategory', ({ serviceSubcategory }) => serviceSubcategory],
  ['Drugs', ({ drugs }) => csvList(drugs)],
  ['Body parts', ({ bodyParts }) => csvList(bodyParts)],
  ['Guidelines', ({ guidelines }) => csvList(guidelines)],
  ['Reviewer specialty', ({ specialties }) => csvList(specialties)],
  ['Citation', (row) => row.citation],
  ['Address', ({ address }) => address],
];

/** Titles of the columns, in order. */
export const CSV_COLUMNS: readonly string[] = COLUMNS.map(([title]) => title);

/** The file's text, its first line the titles. */
export function resultsCsv(rows: readonly ResultRow[]): string {
  const lines = [CSV_COLUMNS, ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))];
  return BYTE_ORDER_MARK + lines.map(csvLine).join('');
}

/** Downloads at a time: as many as a browser keeps open, twice, so that none waits. */
const AT_A_TIME = 12;

export interface CsvOptions {
  /** Absolute address of the site's home, with a slash at its end. */
  home: string;
  /** Told after each decision: how many are ready, of how many. */
  progress?: (ready: number, of: number) => void;
  /** Stops it: the promise is then rejected with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The rows of a result, the first MOST_ROWS in its order; partial matches are no part of it. All or nothing: a file that lacks a decision is never made.
 * @param readRecord of one decision, by its number in the table. @throws SearchLoadError, which is passed on
 */
export async function csvRows({ answer, table }: Pick<Found, 'answer' | 'table'>, readRecord: (decision: number) => Promise<TextRecord>, { home, progress, signal }: CsvOptions): Promise<ResultRow[]> {
  const decisions = answer.decisions.subarray(0, MOST_ROWS);
  const rows = new Array<ResultRow>(decisions.length);
  let next = 0;
  let ready = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    while (next < decisions.length && !failed) {
      signal?.throwIfAborted();
      const place = next++;
      const decision = decisions[place]!;
      rows[place] = toRow(table, decision, await readRecord(decision), home);
      ready += 1;
      progress?.(ready, decisions.length);
    }
  };
  await Promise.all(
    Array.from({ length: AT_A_TIME }, () =>
      work().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  return rows;
}

function toRow(table: Found['table'], decision: number, { caseId, number, request }: TextRecord, home: string): ResultRow {
  const values = (name: FacetName): string[] => mostSpecific(valuesOf(table, decision, name));
  const decisionDate = isoDay(table.day[decision]!);
  const caseNumber = isCaseNumber(caseId) ? caseId : undefined;
  const outcome = values('outcome')[0] as DecisionOutcome;
  const [serviceCategory = '', serviceSubcategory = ''] = (values('service')[0] ?? '').split(VALUE_SEPARATOR);
  return {
    caseNumber: caseNumber ?? '',
    number,
    decisionDate: decisionDate ?? '',
    outcome,
    request,
    serviceCategory,
    serviceSubcategory,
    drugs: values('drug'),
    bodyParts: values('bodypart'),
    guidelines: values('guideline').map((value) => value.split(VALUE_SEPARATOR).map(valueLabel).join(': ')),
    specialties: values('specialty'),
    citation: citation({ id: caseId, caseNumber, decisionDate, number, request, outcome }, home),
    address: decisionAddress({ id: caseId, number }, home),
  };
}

/** The id of a letter that has no case number is its file's name. */
function isCaseNumber(id: string): boolean {
  return /^CM\d{2}-\d{7}$/.test(id);
}

function mostSpecific(values: readonly string[]): string[] {
  return values.filter((value) => !values.some((other) => other.startsWith(value + VALUE_SEPARATOR)));
}
