/** A result as a file for a spreadsheet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defused } from '../../src/csv.ts';
import { MOST_ROWS, csvLimitText } from '../../src/search/csv-limit.ts';
import { CSV_COLUMNS, csvRows, resultsCsv } from '../../src/search/csv.ts';
import type { ResultRow } from '../../src/search/csv.ts';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { answer } from '../../src/search/engine.ts';
import { EMPTY_STATE } from '../../src/search/state.ts';
import { decodeTable, encodeTable } from '../../src/search/table.ts';
import type { TableRow } from '../../src/search/table.ts';
import type { TextRecord } from '../../src/search/text-record.ts';
import { parseCsv } from '../support/csv.ts';

const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\0]/;
const ROW: ResultRow = {
  caseNumber: 'CM00-0000117',
  number: 1,
  decisionDate: '2016-12-09',
  outcome: 'upheld',
  request: 'Ice pack',
  serviceCategory: 'Durable Medical Equipment',
  serviceSubcategory: 'Other',
  drugs: [],
  bodyParts: ['knee', 'hip'],
  guidelines: ['MTUS: Knee Complaints'],
  specialties: ['Family Practice'],
  citation: 'IMR Case No. CM00-0000117',
  address: 'https://imr.example/cases/cm00-0000117/#decision-1',
};

test('the file begins with a byte order mark and the titles, and every line ends with CRLF', () => {
  assert.equal(
    resultsCsv([ROW]),
    '\ufeff"Case number","Decision number","Decision date","Outcome","Request","Service category","Service subcategory","Drugs","Body parts","Guidelines","Reviewer specialty","Citation","Address"\r\n' +
      '"CM00-0000117","1","2016-12-09","upheld","Ice pack","Durable Medical Equipment","Other","","knee; hip","MTUS: Knee Complaints","Family Practice","IMR Case No. CM00-0000117","https://imr.example/cases/cm00-0000117/#decision-1"\r\n',
  );
});

test('an empty result is the titles alone', () => assert.deepEqual(parseCsv(resultsCsv([])), [[...CSV_COLUMNS]]));

const DEFUSED: [cell: string, expected: string][] = [
  ['', ''],
  ['Ice pack', 'Ice pack'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t'=1"],
  ['\rx', "'\rx"],
  ['\nx', "'\nx"],
  ['\0x', "'\0x"],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['\uff1d1', "'\uff1d1"],
  ['\uff0b1', "'\uff0b1"],
  ['\uff0d1', "'\uff0d1"],
  ['\uff20A', "'\uff20A"],
  ['a;=1', "a;'=1"],
  ['a; =1', "a;' =1"],
  ['a\t=1', "a\t'=1"],
  ['a-1, 2+2=4', 'a-1, 2+2=4'],
  ["'=1", "'=1"],
];
for (const [cell, expected] of DEFUSED) test(`a spreadsheet reads ${JSON.stringify(cell)} as text`, () => assert.equal(defused(cell), expected));

const hostile = fc.string({ unit: fc.oneof(fc.constantFrom('"', ',', ';', '\r', '\n', '\t', '=', '+', '-', '@', "'", ' ', '\uff1d', '\0', 'é', '🦴'), fc.string({ minLength: 1, maxLength: 3 })), maxLength: 30 });
const resultRow: fc.Arbitrary<ResultRow> = fc.record({
  caseNumber: hostile,
  number: fc.integer({ min: 1, max: 21 }),
  decisionDate: hostile,
  outcome: hostile,
  request: hostile,
  serviceCategory: hostile,
  serviceSubcategory: hostile,
  drugs: fc.array(hostile, { maxLength: 3 }),
  bodyParts: fc.array(hostile, { maxLength: 3 }),
  guidelines: fc.array(hostile, { maxLength: 3 }),
  specialties: fc.array(hostile, { maxLength: 3 }),
  citation: hostile,
  address: hostile,
});

test('whatever letters say, the file is read back cell for cell, and no cell is a formula', () => {
  fc.assert(
    fc.property(fc.array(resultRow, { maxLength: 5 }), (rows) => {
      const [titles, ...read] = parseCsv(resultsCsv(rows));
      assert.deepEqual(titles, CSV_COLUMNS);
      const expected = rows.map((row) => [row.caseNumber, String(row.number), row.decisionDate, row.outcome, row.request, row.serviceCategory, row.serviceSubcategory, row.drugs.join('; '), row.bodyParts.join('; '), row.guidelines.join('; '), row.specialties.join('; '), row.citation, row.address]);
      assert.deepEqual(read, expected.map((cells) => cells.map(defused)));
      for (const cell of read.flat()) assert.doesNotMatch(cell, FORMULA);
    }),
  );
});

test('defusing adds apostrophes and takes nothing away', () => {
  fc.assert(fc.property(hostile, (cell) => assert.equal(defused(cell).replaceAll("'", ''), cell.replaceAll("'", ''))));
});

test('where semicolons separate cells, no piece of a cell is a formula either', () => {
  fc.assert(
    fc.property(hostile, (cell) => {
      for (const piece of defused(cell).split(/[;\t\r\n]/)) assert.doesNotMatch(piece, /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
    }),
  );
});

test('defusing takes time in proportion to the text', () => {
  for (const text of ['\t', ' ', ';', '; ', '\t ', '\u00a0'].map((unit) => unit.repeat(400_000))) {
    const start = performance.now();
    defused(text);
    assert.ok(performance.now() - start < 1000, JSON.stringify(text.slice(0, 2)));
  }
});

/** A table of cases with two decisions each, newest first, and what the text index knows of each decision. */
function collection(cases: number) {
  const values = (outcome: string): Record<FacetName, string[]> => ({
    ...(Object.fromEntries(FACETS.map(({ name }) => [name, []])) as unknown as Record<FacetName, string[]>),
    outcome: [outcome],
    service: ['Diagnostic Testing > Imaging/Radiology'],
    drug: ['ibuprofen', 'naproxen'],
    bodypart: ['knee'],
    guideline: ['MTUS > Knee Complaints', 'other'],
    specialty: ['Family Practice', 'Pain Management'],
  });
  const rows: TableRow[] = Array.from({ length: cases * 2 }, (_unused, decision) => {
    const caseId = decision >> 1 === 0 ? 'scan-0001' : `CM00-${String(decision >> 1).padStart(7, '0')}`;
    return { caseId, number: (decision % 2) + 1, ...(decision >> 1 === cases - 1 ? {} : { decisionDate: '2016-12-09' }), values: values(decision % 2 === 0 ? 'upheld' : 'overturned'), textPage: decision };
  });
  const table = decodeTable(encodeTable(rows));
  const readRecord = (decision: number): Promise<TextRecord> => Promise.resolve({ caseId: rows[decision]!.caseId, number: rows[decision]!.number, request: `Request ${decision}`, words: [], parts: new Map() });
  return { found: { table, answer: answer(table, EMPTY_STATE) }, readRecord };
}

test('rows say of each decision what the table and the text index know', async () => {
  const { found, readRecord } = collection(3);
  const heard: [number, number][] = [];
  const rows = await csvRows(found, readRecord, { home: 'https://imr.example/', progress: (ready, of) => heard.push([ready, of]) });
  assert.equal(rows.length, 6);
  assert.deepEqual(heard, [1, 2, 3, 4, 5, 6].map((ready) => [ready, 6]));
  assert.deepEqual(rows[3], {
    caseNumber: 'CM00-0000001',
    number: 2,
    decisionDate: '2016-12-09',
    outcome: 'overturned',
    request: 'Request 3',
    serviceCategory: 'Diagnostic Testing',
    serviceSubcategory: 'Imaging/Radiology',
    drugs: ['ibuprofen', 'naproxen'],
    bodyParts: ['knee'],
    guidelines: ['MTUS: Knee Complaints', 'Other source'],
    specialties: ['Family Practice', 'Pain Management'],
    citation: "IMR Case No. CM00-0000001, Decision 2 (December 9, 2016): Request 3. Denial overturned. California Division of Workers' Compensation, Independent Medical Review. https://imr.example/cases/cm00-0000001/#decision-2",
    address: 'https://imr.example/cases/cm00-0000001/#decision-2',
  } satisfies ResultRow);
  assert.equal(rows[0]!.caseNumber, '', 'a letter without a case number');
  assert.equal(rows[5]!.decisionDate, '', 'a letter without a date');
  assert.ok(rows[5]!.citation.includes('(undated)'));
});

test('only the first decisions of a large result are downloaded, in order, a few at a time, and it is said', async () => {
  const { found, readRecord } = collection(MOST_ROWS);
  let open = 0;
  let most = 0;
  const rows = await csvRows(
    found,
    async (decision) => {
      most = Math.max(most, (open += 1));
      await new Promise((resolve) => setTimeout(resolve, decision % 3));
      open -= 1;
      return readRecord(decision);
    },
    { home: 'https://imr.example/' },
  );
  assert.deepEqual(rows.map(({ request }) => request), Array.from({ length: MOST_ROWS }, (_unused, decision) => `Request ${decision}`));
  assert.ok(most > 1 && most <= 12, `${most} at a time`);
  assert.equal(csvLimitText(MOST_ROWS), undefined);
  assert.equal(csvLimitText(20_000), 'The file holds the first 1,000 of 20,000 decisions, in the order shown. Narrow the search to save others.');
});

test('a download that fails gives no file, and asks for nothing more', async () => {
  const { found, readRecord } = collection(200);
  let asked = 0;
  const broken = (decision: number): Promise<TextRecord> => {
    asked += 1;
    return decision === 20 ? Promise.reject(new Error('no connection')) : readRecord(decision);
  };
  await assert.rejects(csvRows(found, broken, { home: 'https://imr.example/' }), /no connection/);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(asked < 60, `${asked} asked`);
});

test('saving can be stopped', async () => {
  const { found, readRecord } = collection(200);
  const stop = new AbortController();
  let ready = 0;
  await assert.rejects(
    csvRows(found, readRecord, {
      home: 'https://imr.example/',
      signal: stop.signal,
      progress: (now) => {
        ready = now;
        if (now === 30) stop.abort();
      },
    }),
    { name: 'AbortError' },
  );
  assert.ok(ready < 60, `${ready} ready`);
});

test('an empty result gives no rows', async () => {
  const { found, readRecord } = collection(1);
  assert.deepEqual(await csvRows({ ...found, answer: { ...found.answer, decisions: new Uint32Array(0) } }, readRecord, { home: 'https://imr.example/' }), []);
});
