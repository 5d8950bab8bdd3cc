/**
 * The facet table: everything about all decisions that a search needs besides their words, in one small file.
 * Written by scripts/index, read by the search page. It is the contract between the two, so both directions stand here.
 *
 * A file is gzip over: length of the header (uint32, little endian), header (JSON), columns. Gzip is part of the format, because
 * servers do not compress files whose type they do not know. A column of n numbers is stored as planes: n lowest bytes, then n
 * next bytes, as many as its largest number needs. Planes of equal or slowly changing bytes nearly vanish in gzip.
 *
 * Decisions are numbered from 0 in the order newest first, undated last, then by case id, then as in the letter; so
 * the numbers themselves are an order by date, and the decisions of a case stand together.
 */
import { FACETS, withAncestors } from '../facets.ts';
import type { FacetName } from '../facets.ts';

/** One decision as the index sees it. */
export interface TableRow {
  caseId: string;
  /** Counted from 1, as in the letter. */
  number: number;
  /** ISO day. */
  decisionDate?: string;
  /** Most specific values, as Facet.values gives them. */
  values: Record<FacetName, string[]>;
}

/** One facet over all decisions. */
export interface FacetColumn {
  name: FacetName;
  /** All values that occur, with their ancestors, in code point order. */
  values: readonly string[];
  /** The distinct combinations of values that decisions have, ancestors included, as positions in `values`. */
  sets: readonly (readonly number[])[];
  /** Of each decision, the position of its combination in `sets`. */
  setOf: Uint32Array;
}

export interface FacetTable {
  decisions: number;
  cases: number;
  /** In the order of FACETS. A facet that the file does not know is missing. */
  facets: readonly FacetColumn[];
  /** Of each decision, days since 1970-01-01; UNDATED where the letter has no date. */
  day: Int32Array;
  /** Of each decision, the number of its case, counted from 0 in the order of the decisions. */
  caseOf: Uint32Array;
}

/** Sorts after every date when read as "long ago", and is no date. */
export const UNDATED = -0x80000000;

interface Header {
  format: 2;
  decisions: number;
  cases: number;
  datedCases: number;
  /** Sets hold the most specific values only; readers add the ancestors. */
  facets: { name: string; values: string[]; sets: number[][] }[];
  /** Bytes a number, for each column in the order of `columns()`. */
  widths: number[];
}

const MILLISECONDS_A_DAY = 86_400_000;

/** Days since 1970-01-01 of an ISO day, or UNDATED for what is no day of the calendar. */
export function dayNumber(isoDay: string | undefined): number {
  if (!isoDay || !/^\d{4}-\d{2}-\d{2}$/.test(isoDay)) return UNDATED;
  const time = new Date(`${isoDay}T00:00:00Z`);
  // A Date refuses 2016-13-01 and lets 2016-02-30 become March 1.
  return time.getUTCDate() === Number(isoDay.slice(8)) ? time.getTime() / MILLISECONDS_A_DAY : UNDATED;
}

/** The ISO day of a day number; nothing for UNDATED. */
export function isoDay(day: number): string | undefined {
  return day === UNDATED ? undefined : new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

/** Puts decisions into the table's order. */
export function compareRows(a: TableRow, b: TableRow): number {
  return dayNumber(b.decisionDate) - dayNumber(a.decisionDate) || (a.caseId < b.caseId ? -1 : a.caseId > b.caseId ? 1 : a.number - b.number);
}

/**
 * The file's bytes before gzip. The same rows give the same bytes.
 * @param rows in the order of compareRows
 */
export function encodeTable(rows: readonly TableRow[]): Uint8Array {
  const caseStarts = rows.flatMap((row, index) => (index === 0 || row.caseId !== rows[index - 1]!.caseId ? [index] : []));
  const days = caseStarts.map((start) => dayNumber(rows[start]!.decisionDate)).filter((day) => day !== UNDATED);
  const facets = FACETS.map(({ name }) => encodeFacet(name, rows));
  const columns = [
    caseStarts.map((start, index) => (caseStarts[index + 1] ?? rows.length) - start),
    days.map((day, index) => (index === 0 ? day : days[index - 1]! - day)),
    ...facets.map(({ setOf }) => setOf),
  ];
  const widths = columns.map(byteWidth);
  const header: Header = {
    format: 2,
    decisions: rows.length,
    cases: caseStarts.length,
    datedCases: days.length,
    facets: facets.map(({ name, values, sets }) => ({ name, values, sets })),
    widths,
  };
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(4 + headerBytes.length + columns.reduce((sum, column, index) => sum + column.length * widths[index]!, 0));
  new DataView(bytes.buffer).setUint32(0, headerBytes.length, true);
  bytes.set(headerBytes, 4);
  let place = 4 + headerBytes.length;
  columns.forEach((column, index) => {
    for (let byte = 0; byte < widths[index]!; byte += 1) {
      for (const number of column) bytes[place++] = (number / 2 ** (8 * byte)) & 0xff;
    }
  });
  return bytes;
}

function encodeFacet(name: FacetName, rows: readonly TableRow[]): { name: FacetName; values: string[]; sets: number[][]; setOf: number[] } {
  const values = [...new Set(rows.flatMap((row) => row.values[name].flatMap(withAncestors)))].sort();
  const position = new Map(values.map((value, index) => [value, index]));
  const known = new Map<string, number>();
  const sets: number[][] = [];
  const setOf = rows.map((row) => {
    const set = [...new Set(row.values[name].map((value) => position.get(value)!))].sort((a, b) => a - b);
    const key = set.join();
    const found = known.get(key) ?? sets.push(set) - 1;
    known.set(key, found);
    return found;
  });
  return { name, values, sets, setOf };
}

function byteWidth(column: readonly number[]): number {
  const largest = column.reduce((max, number) => Math.max(max, number), 0);
  return largest < 2 ** 8 ? 1 : largest < 2 ** 16 ? 2 : 4;
}

/** Reads what encodeTable wrote. @throws when the bytes are not such a table */
export function decodeTable(bytes: Uint8Array): FacetTable {
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headerLength))) as Header;
  if (header.format !== 2) throw new Error(`the facet table has format ${String(header.format)}, this page reads format 2`);
  let place = 4 + headerLength;
  let columnIndex = 0;
  const column = (length: number): Uint32Array => {
    const width = header.widths[columnIndex++]!;
    const numbers = new Uint32Array(length);
    for (let byte = 0; byte < width; byte += 1) {
      for (let index = 0; index < length; index += 1) numbers[index]! += bytes[place++]! * 2 ** (8 * byte);
    }
    return numbers;
  };
  const { decisions, cases } = header;
  const sizes = column(cases);
  const dayDeltas = column(header.datedCases);
  const columns = new Map(header.facets.map(({ name, values, sets }) => [name, { values, sets: sets.map((set) => addAncestors(values, set)), setOf: column(decisions) }]));
  const day = new Int32Array(decisions).fill(UNDATED);
  const caseOf = new Uint32Array(decisions);
  let decision = 0;
  let currentDay = 0;
  sizes.forEach((size, index) => {
    if (index < header.datedCases) currentDay = index === 0 ? dayDeltas[0]! : currentDay - dayDeltas[index]!;
    const caseDay = index < header.datedCases ? currentDay : UNDATED;
    for (let end = decision + size; decision < end; decision += 1) {
      day[decision] = caseDay;
      caseOf[decision] = index;
    }
  });
  return { decisions, cases, day, caseOf, facets: FACETS.flatMap(({ name }) => (columns.has(name) ? [{ name, ...columns.get(name)! }] : [])) };
}

function addAncestors(values: readonly string[], set: readonly number[]): number[] {
  return [...new Set(set.flatMap((index) => withAncestors(values[index]!).map((value) => values.indexOf(value))))];
}
