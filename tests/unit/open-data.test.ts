/** The open data: every format holds what the dictionary says, and nothing else. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeOpenData } from '../../scripts/data/write.ts';
import { csvList, defused } from '../../src/csv.ts';
import { COLUMNS, dictionary } from '../../src/data-dictionary.ts';
import type { Cell, Column } from '../../src/data-dictionary.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import type { Determination, Reason } from '../../src/determinations/record.ts';
import { DATA_FILES, addressing, sizeText } from '../../src/open-data.ts';
import { caseJsonPath, decisionPath } from '../../src/urls.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { listFiles, readFiles, temporaryFolder, writeFiles } from '../support/folders.ts';
import { ADDRESS, readCsv, readJsonLines, readParquet, writeContent, writeRecords } from '../support/open-data.ts';
import type { Row } from '../support/open-data.ts';

const SAMPLE = resolve(import.meta.dirname, '../../content');
const sampleRecords = async (): Promise<Determination[]> => Promise.all((await listDeterminationFiles(SAMPLE)).map((file) => readDetermination(SAMPLE, file)));

/** What a column's value is in CSV. */
function inCsv(cell: Cell): string {
  return defused(cell === null ? '' : typeof cell === 'object' ? csvList(cell) : String(cell));
}

/** A value that Parquet gave back, as JSON lines have it. */
function asJson(value: unknown): unknown {
  return value instanceof Date ? value.toISOString().slice(0, 10) : value;
}

function hasType({ type, mayBeEmpty }: Pick<Column, 'type' | 'mayBeEmpty'>, cell: Cell): boolean {
  if (cell === null) return mayBeEmpty && type !== 'list';
  switch (type) {
    case 'integer':
      return Number.isInteger(cell);
    case 'list':
      return Array.isArray(cell) && (mayBeEmpty || cell.length > 0) && cell.every((value) => typeof value === 'string' && value !== '');
    case 'date':
      return typeof cell === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(cell);
    case 'text':
      return typeof cell === 'string' && cell !== '';
  }
}

/** All three tables hold the same, in the columns of the dictionary. */
async function assertTablesAgree(folder: string): Promise<Row[]> {
  const rows = await readJsonLines(folder);
  const names = COLUMNS.map(({ name }) => name);
  for (const row of rows) assert.deepEqual(Object.keys(row), names);
  const [titles, ...cells] = await readCsv(folder);
  assert.deepEqual(titles, names);
  assert.deepEqual(cells, rows.map((row) => names.map((name) => inCsv(row[name]!))));
  const { metadata, rows: parquet } = await readParquet(folder);
  assert.deepEqual(parquet.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asJson(value)]))), rows);
  assert.equal(Number(metadata.num_rows), rows.length);
  return rows;
}

test('the sample: a row for each decision in every format, typed as the dictionary says', async (t) => {
  const { folder, manifest } = await writeContent(t, SAMPLE);
  const records = await sampleRecords();
  const rows = await assertTablesAgree(folder);
  assert.equal(rows.length, records.reduce((sum, { decisions }) => sum + decisions.length, 0));
  assert.deepEqual({ decisions: manifest.decisions, cases: manifest.cases }, { decisions: rows.length, cases: records.length });
  for (const row of rows) {
    for (const column of COLUMNS) {
      assert.ok(hasType(column, row[column.name]!), `${column.name}: ${JSON.stringify(row[column.name])}`);
      for (const value of [row[column.name]!].flat()) if (column.values && value !== null) assert.ok(column.values.includes(String(value)), `${column.name}: ${String(value)}`);
    }
  }
  assert.deepEqual(new Set(rows.map(({ address }) => address)), new Set(records.flatMap(({ id, decisions }) => decisions.map((_decision, index) => `https://imr.example/${decisionPath(id, index + 1)}`))));
});

const reason = (kind: Reason['kind'], place: number): Reason => ({ kind, sentence: 'A sentence.', paragraph: 1, place });

test('a row says what its letter says', async (t) => {
  const record = inventedDetermination({
    caseNumber: 'CM00-0000117',
    dateOfInjury: '2012-05-14',
    dateAssigned: '2016-11-02',
    urDenialDate: '2016-10-11',
    applicationReceived: '2016-10-20',
    priority: 'expedited',
    specialtyAsPrinted: ['Orthopaedic Surgery'],
    notes: ['An invented doubt.'],
    decisions: [
      inventedDecision({ reasons: [reason('no-red-flag', 1), reason('harm-outweighs', 1), reason('no-red-flag', 2)], drugs: ['naproxen'], bodyParts: ['shoulder', 'neck'], guidelines: [{ source: 'ODG', chapter: 'Shoulder' }, { source: 'MTUS', chapter: 'Shoulder Complaints' }, { source: 'ODG', chapter: 'Shoulder', sections: ['MRI'] }] }),
      inventedDecision({ request: 'Ice pack', outcome: 'overturned', rationale: ['One.', 'Two.'], reviewerGuidelineText: [] }),
    ],
  });
  const { folder } = await writeRecords(t, [record]);
  const [first, second] = await assertTablesAgree(folder);
  assert.deepEqual(first, {
    case_id: 'CM00-0000117',
    case_number: 'CM00-0000117',
    decision_number: 1,
    decisions_in_case: 2,
    address: 'https://imr.example/cases/cm00-0000117/#decision-1',
    request: 'MRI of the right shoulder',
    outcome: 'upheld',
    case_outcome: 'partially overturned',
    service_category: 'Diagnostic Testing',
    service_subcategory: 'Imaging/Radiology',
    drugs: ['naproxen'],
    body_parts: ['shoulder', 'neck'],
    reviewer_guideline_sources: ['MTUS', 'ODG'],
    reviewer_guidelines: ['ODG > Shoulder', 'MTUS > Shoulder Complaints'],
    claims_administrator_guideline_sources: ['none'],
    claims_administrator_guidelines: ['none'],
    reasons: ['no-red-flag', 'harm-outweighs'],
    specialty: ['Orthopedic Surgery'],
    specialty_as_printed: ['Orthopaedic Surgery'],
    licensure: ['California'],
    decision_date: '2016-12-09',
    assigned_date: '2016-11-02',
    injury_date: '2012-05-14',
    ur_denial_date: '2016-10-11',
    application_received_date: '2016-10-20',
    priority: 'expedited',
    patient_age: 48,
    patient_sex: 'male',
    clinical_summary: 'The injured worker is a 48 year old male. He was invented for a test.',
    claims_administrator_guideline_text: 'The Claims Administrator did not cite any medical evidence for its decision.',
    reviewer_guideline_text: 'Decision based on MTUS Shoulder Complaints 2004, Section(s): Special Studies.',
    rationale: 'The shoulder was examined once. The scan is not medically necessary.',
    source_file: 'letter.pdf',
    source_sha256: 'a'.repeat(64),
    source_url: null,
    layout: 'imr-issues-decisions-and-rationales',
    notes: ['An invented doubt.'],
  });
  assert.equal(second!.decision_number, 2);
  assert.equal(second!.outcome, 'overturned');
  assert.equal(second!.rationale, 'One.\n\nTwo.');
  assert.deepEqual(second!.reasons, []);
  assert.equal(second!.reviewer_guideline_text, null);
});

test('what a letter lacks is empty in every format', async (t) => {
  const record = inventedDetermination({ id: 'scan-0001', licensure: [], specialty: [], patient: {}, clinicalSummary: [] });
  delete record.caseNumber;
  delete record.decisionDate;
  const { folder, manifest } = await writeRecords(t, [record]);
  const [row] = await assertTablesAgree(folder);
  for (const name of ['case_number', 'decision_date', 'injury_date', 'priority', 'patient_age', 'patient_sex', 'clinical_summary']) assert.equal(row![name], null, name);
  for (const name of ['drugs', 'body_parts', 'specialty', 'licensure', 'notes']) assert.deepEqual(row![name], [], name);
  assert.equal(row!.case_id, 'scan-0001');
  assert.deepEqual([manifest.days, manifest.undated], [undefined, 1]);
});

test('Parquet columns are typed: dates are dates, lists are lists, and only what may be empty is optional', async (t) => {
  const { folder } = await writeContent(t, SAMPLE);
  const { metadata, rows } = await readParquet(folder);
  const elements = metadata.schema.filter(({ name }) => COLUMNS.some((column) => column.name === name));
  const expected = { text: 'BYTE_ARRAY UTF8', integer: 'INT32 undefined', date: 'INT32 DATE', list: 'undefined LIST' };
  assert.deepEqual(
    elements.map(({ name, type, converted_type, repetition_type }) => [name, `${type} ${converted_type}`, repetition_type]),
    COLUMNS.map(({ name, type, mayBeEmpty }) => [name, expected[type], mayBeEmpty && type !== 'list' ? 'OPTIONAL' : 'REQUIRED']),
  );
  assert.ok(rows[0]!.decision_date instanceof Date);
  assert.ok(Array.isArray(rows[0]!.licensure));
});

test('more rows than a row group holds are all there', async (t) => {
  const cases = 1400;
  const records = Array.from({ length: cases }, (_unused, index) => inventedDetermination({ caseNumber: `CM00-${String(index).padStart(7, '0')}`, decisions: [inventedDecision(), inventedDecision({ request: `Ice pack ${index}` }), inventedDecision()] }));
  const { folder } = await writeRecords(t, records);
  const rows = await assertTablesAgree(folder);
  assert.equal(rows.length, 3 * cases);
  assert.ok((await readParquet(folder)).metadata.row_groups.length > 1);
});

const HOSTILE = ["=cmd|' /C calc'!A0", '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n-1', '＝1+1', '＋1', '－1', '＠A', 'a;=1', ' =1', '"=1', '=HYPERLINK("http://x.example","y")'];
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\0]/;

/** Every text of the record is the given one. */
function recordOf(text: string, id = 'CM00-0000001'): Determination {
  return inventedDetermination({
    id,
    licensure: [text],
    specialty: [text],
    specialtyAsPrinted: [text],
    clinicalSummary: [text],
    notes: [text],
    source: { file: text, sha256: 'a'.repeat(64), layout: text, url: text },
    decisions: [
      inventedDecision({
        request: text,
        service: { category: text, subcategory: text },
        drugs: [text],
        bodyParts: [text, text],
        guidelines: [{ source: 'other', chapter: text }],
        claimsAdministratorGuidelines: [{ source: 'MTUS', chapter: text }],
        claimsAdministratorGuidelineText: [text],
        reviewerGuidelineText: [text, text],
        rationale: [text],
      }),
    ],
  });
}

test('no cell of the CSV is a formula, whatever letters say', async (t) => {
  const { folder } = await writeRecords(t, HOSTILE.map((text, index) => recordOf(text, `CM00-000000${index}`)));
  const rows = await assertTablesAgree(folder);
  const [titles, ...cells] = await readCsv(folder);
  for (const cell of cells.flat()) assert.doesNotMatch(cell, FORMULA);
  // The apostrophe is all that is added.
  const request = titles!.indexOf('request');
  assert.deepEqual(cells.map((row) => row[request]!.replaceAll("'", '')), HOSTILE.map((text) => text.replaceAll("'", '')));
  assert.deepEqual(rows.map((row) => row.request), HOSTILE);
});

test('any text comes through all formats as it is', async (t) => {
  const text = fc
    .string({ unit: fc.oneof(fc.constantFrom('"', ',', ';', '\r', '\n', '\t', '=', "'", '\0', '\ud800', '\u2028', '🦴'), fc.string({ minLength: 1, maxLength: 2, unit: 'binary' })), minLength: 1, maxLength: 20 })
    // The library that reads Parquet here drops a byte order mark in front of a text; it is in the file.
    .filter((value) => !value.startsWith('\ufeff'));
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      const { folder } = await writeRecords(t, [recordOf(value)]);
      const [row] = await assertTablesAgree(folder);
      assert.equal(row!.request, value.toWellFormed());
      assert.deepEqual(row!.body_parts, [value.toWellFormed(), value.toWellFormed()]);
      assert.equal(row!.reviewer_guideline_text, `${value}\n\n${value}`.toWellFormed());
    }),
    { numRuns: 25 },
  );
});

test('the CSV begins with a byte order mark and has CRLF line ends', async (t) => {
  const { folder } = await writeRecords(t, [inventedDetermination()]);
  const bytes = await readFile(join(folder, 'data/decisions.csv'));
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  assert.equal(bytes.toString('utf8').split('\r\n').length, 3);
});

test('every file of the folder has its checksum, which is right', async (t) => {
  const { folder, manifest } = await writeContent(t, SAMPLE);
  const data = join(folder, 'data');
  const sums = (await readFile(join(data, 'SHA256SUMS'), 'utf8')).split('\n');
  assert.equal(sums.pop(), '');
  const listed = sums.map((line) => /^([0-9a-f]{64})  (.+)$/.exec(line)!.slice(1) as [string, string]);
  assert.deepEqual(listed.map(([, name]) => name).sort(), (await readdir(data)).filter((name) => name !== 'SHA256SUMS').sort());
  for (const [sum, name] of listed) assert.equal(createHash('sha256').update(await readFile(join(data, name))).digest('hex'), sum, name);
  for (const { kind, bytes, sha256 } of manifest.files) {
    const file = await readFile(join(data, DATA_FILES[kind].name));
    assert.deepEqual([bytes, sha256], [file.length, createHash('sha256').update(file).digest('hex')], kind);
  }
});

test('the dictionary file is the table of columns', async (t) => {
  const { folder } = await writeRecords(t, [inventedDetermination()]);
  assert.deepEqual(JSON.parse(await readFile(join(folder, 'data/dictionary.json'), 'utf8')), JSON.parse(JSON.stringify(dictionary())));
});

for (const column of COLUMNS) {
  test(`the dictionary explains ${column.name}`, () => {
    assert.match(column.name, /^[a-z]+(?:_[a-z0-9]+)*$/);
    assert.match(column.meaning, /^[A-Z][^]*\.$/);
    assert.ok(hasType(column, column.example), 'the example has the type of the column');
    for (const value of [column.example].flat()) if (column.values) assert.ok(column.values.includes(String(value)));
    assert.equal(COLUMNS.filter(({ name }) => name === column.name).length, 1);
  });
}

test('beside each page of a case lies its record, with its texts', async (t) => {
  const { folder } = await writeContent(t, SAMPLE);
  const records = await sampleRecords();
  for (const record of records) {
    const { format, address, ...rest } = JSON.parse(await readFile(join(folder, caseJsonPath(record.id)), 'utf8'));
    assert.deepEqual([format, address], ['imr-case/1', `https://imr.example/cases/${record.id.toLowerCase()}/`]);
    assert.deepEqual(rest, JSON.parse(JSON.stringify(record)));
  }
  assert.equal((await listFiles(join(folder, 'cases'))).length, records.length);
});

test('addresses are absolute where the site knows its host, else from its root', async (t) => {
  assert.equal(addressing('https://imr.example', '/imr')('cases/x/'), 'https://imr.example/imr/cases/x/');
  assert.equal(addressing('https://imr.example/', '/imr/')(''), 'https://imr.example/imr/');
  assert.equal(addressing(undefined, '/imr/')('cases/x/'), '/imr/cases/x/');
  assert.equal(addressing(undefined, undefined)('feed.atom'), '/feed.atom');
  const { folder } = await writeRecords(t, [inventedDetermination()], addressing(undefined, '/imr/'));
  assert.equal((await readJsonLines(folder))[0]!.address, '/imr/cases/cm00-0000001/#decision-1');
});

test('the same letters give the same bytes', async (t) => {
  const [once, again] = [await writeContent(t, SAMPLE), await writeContent(t, SAMPLE)];
  assert.deepEqual(await readFiles(once.folder), await readFiles(again.folder));
});

test('a damaged determination ends it with its name', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { 'determinations/2016/CM00-0000001.md': 'no frontmatter' });
  await assert.rejects(writeOpenData({ contentFolder: folder, outFolder: join(folder, 'out'), address: ADDRESS }), /CM00-0000001\.md/);
});

const SIZES: [bytes: number, text: string][] = [
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [12_072, '12.1 kB'],
  [991_301, '991 kB'],
  [999_600, '1.0 MB'],
  [75_654_946, '75.7 MB'],
  [7_565_494_600, '7.6 GB'],
];
for (const [bytes, text] of SIZES) test(`${bytes} bytes are ${text}`, () => assert.equal(sizeText(bytes), text));
