/** The corpus report: what an import says of all the letters of a content folder. */
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { corpusReport } from '../../scripts/import/corpus.ts';
import { letterFacts } from '../../scripts/import/facts.ts';
import { reportMarkdown } from '../../scripts/import/report-markdown.ts';
import type { LetterEntry } from '../../scripts/import/report.ts';
import { importLetters } from '../../scripts/import/run.ts';
import { unknownTerms } from '../../scripts/understanding/unknown.ts';
import { REPORT_FILE, readCorpusReport } from '../../src/import-report.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';
import { letterText } from '../support/letters.ts';
import '../support/no-inspector.ts';

const NOT_A_LETTER = 'Invented for a test: a shopping list.\n';
const DRUG = { category: 'Pharmaceuticals', subcategory: 'Other Drugs' };

describe('unknown terms', () => {
  const of = (fields: Parameters<typeof inventedDetermination>[0], doubts: Parameters<typeof unknownTerms>[1] = []) => unknownTerms(inventedDetermination(fields), doubts);

  test('are none where all is in the vocabulary', () => {
    assert.deepEqual(of({}), { specialties: [], guidelines: [], requests: [], drugs: [] });
  });

  test('are specialties that are no canonical term', () => {
    assert.deepEqual(of({ specialty: ['Orthopedic Surgery', 'Invented Medicine'] }).specialties, ['Invented Medicine']);
  });

  test('are chapters of a known source, other citations, and the hosts of web pages, of both sides', () => {
    const guidelines = [
      { source: 'MTUS' as const, chapter: 'Invented Complaints' },
      { source: 'MTUS' as const },
      { source: 'none' as const },
      { source: 'other' as const, sections: ['Textbook of Things, 3rd edition', 'https://www.Example.org/a/b?c', 'The Cochrane Library, 2014', 'see www.example.com.', 'https://www.drugs.com/x'] },
    ];
    const decisions = [inventedDecision({ guidelines, claimsAdministratorGuidelines: [{ source: 'ODG', chapter: 'Invented Chapter' }] }), inventedDecision()];
    assert.deepEqual(of({ decisions }).guidelines, ['MTUS > Invented Complaints', 'Textbook of Things, 3rd edition', 'www.example.org', 'www.example.com', 'ODG > Invented Chapter']);
  });

  test('are the words of a request on which a doubtful reading rests, or the request where it has none', () => {
    const decisions = [inventedDecision({ request: 'Xyz Treatmant for the back' }), inventedDecision({ request: `Frobnicator ${'very '.repeat(40)}long` })];
    const doubts = [
      { decision: 1, words: 'read "Treatmant" as "treatment"' },
      { decision: 2, words: 'the request names no known service; the rationale speaks of "massage"' },
    ];
    const [one, two] = of({ decisions }, doubts).requests;
    assert.equal(one, 'treatmant');
    assert.match(two!, /^frobnicator very .*\.\.\.$/);
    assert.equal(two!.length, 80);
  });

  test('are the words before a strength, of medications in which no drug was found', () => {
    for (const [request, drugs] of [
      ['Frobnazepam 10 mg #30', ['frobnazepam']],
      ['Prescription of Frobnazepam ER tablets 10mg', ['frobnazepam']],
      ['Frobnalid cream 5%', ['frobnalid']],
      ['10 mg', []],
      ['Frobnazepam', []],
    ] as const) {
      assert.deepEqual(of({ decisions: [inventedDecision({ request, service: DRUG })] }).drugs, drugs, request);
    }
    assert.deepEqual(of({ decisions: [inventedDecision({ request: 'Frobnazepam 10 mg', service: DRUG, drugs: ['gabapentin'] }), inventedDecision({ request: 'Frobnibelt 10 ml' })] }).drugs, []);
  });

  test('are found in time that grows with the letter and no faster', () => {
    const started = performance.now();
    for (const filler of ['1', '1 ', 'a-', 'a ', '(', 'www.', '"']) {
      of({ decisions: [inventedDecision({ request: filler.repeat(50_000), service: DRUG, guidelines: [{ source: 'other', sections: [filler.repeat(50_000)] }] })] }, [{ decision: 1, words: filler.repeat(50_000) }]);
    }
    assert.ok(performance.now() - started < 2000);
  });
});

describe('the corpus report', () => {
  const entry = (file: string, fields: Partial<LetterEntry> = {}, record = inventedDetermination()): LetterEntry => ({
    file,
    sha256: '',
    result: 'published',
    decisionDate: '2016-12-09',
    facts: letterFacts(record, fields.doubts ?? []),
    ...fields,
  });

  test('of no letters is empty', () => {
    const { letters, decisions, fields, unknown, doubts } = corpusReport([]);
    assert.deepEqual([letters, decisions, unknown.drugs, doubts], [0, 0, { terms: [], more: 0 }, { letters: 0, count: 0, readings: [], more: 0 }]);
    assert.ok(fields.every(({ found, of }) => found === 0 && of === 0));
  });

  test('counts letters, decisions and fields that were found', () => {
    const sparse = inventedDetermination({
      decisionDate: undefined,
      licensure: [],
      patient: { sex: 'male' },
      clinicalSummary: [],
      decisions: [inventedDecision({ service: DRUG }), inventedDecision({ reviewerGuidelineText: [] }), inventedDecision({ reviewerGuidelineText: [] })],
      source: { file: 'b', sha256: '', layout: 'another' },
    });
    const report = corpusReport([entry('a'), entry('b', { decisionDate: undefined }, sparse), entry('c'), { file: 'd', sha256: '', result: 'duplicate', duplicateOf: 'a' }, { file: 'e', sha256: '', result: 'quarantined', code: 'x', reason: 'X' }]);
    assert.deepEqual([report.letters, report.decisions], [3, 5]);
    assert.deepEqual(report.layouts, [{ layout: 'imr-issues-decisions-and-rationales', letters: 2 }, { layout: 'another', letters: 1 }]);
    assert.deepEqual(report.years, [{ year: '2016', letters: 2 }, { year: 'undated', letters: 1 }]);
    assert.deepEqual(report.categories, [{ category: 'Diagnostic Testing', decisions: 4 }, { category: 'Pharmaceuticals', decisions: 1 }]);
    const found = Object.fromEntries(report.fields.map(({ field, found, of }) => [field, `${found} of ${of}`]));
    assert.deepEqual(
      [found.caseNumber, found.decisionDate, found.dateAssigned, found.licensure, found.specialty, found.age, found.sex, found.clinicalSummary, found.reviewerGuidelineText, found.claimsAdministratorGuidelineText, found.rationale],
      ['3 of 3', '2 of 3', '0 of 3', '2 of 3', '3 of 3', '2 of 3', '3 of 3', '2 of 3', '3 of 5', '5 of 5', '5 of 5'],
    );
    assert.deepEqual(report.quarantined, [{ code: 'x', letters: 1 }]);
  });

  test('puts doubtful readings with the same words together, the most frequent first, with up to five letters', () => {
    const doubt = (decision: number) => ({ code: 'service-unclear', words: `Decision ${decision}: the request has only the general word "therapy"` });
    const { doubts, unknown } = corpusReport([
      entry('a', { doubts: [{ code: 'no-summary', words: 'The letter has no summary.' }] }),
      ...['b', 'c', 'd', 'e', 'f', 'g'].map((file) => entry(file, { doubts: [doubt(1), doubt(2)] }, inventedDetermination({ decisions: [inventedDecision({ request: 'Therapy' }), inventedDecision({ request: 'More therapy' })] }))),
      entry('h'),
    ]);
    assert.deepEqual(doubts, {
      letters: 7,
      count: 13,
      readings: [
        { code: 'service-unclear', words: 'the request has only the general word "therapy"', count: 12, examples: ['b', 'c', 'd', 'e', 'f'] },
        { code: 'no-summary', words: 'The letter has no summary.', count: 1, examples: ['a'] },
      ],
      more: 0,
    });
    assert.deepEqual(unknown.requests, { terms: [{ term: 'therapy', count: 12 }], more: 0 });
  });

  test('names two hundred unknown terms and counts the others', () => {
    const letters = Array.from({ length: 250 }, (_, index) => entry(`${index}`, {}, inventedDetermination({ specialty: [`Specialty ${String(index).padStart(3, '0')}`, 'Common'] })));
    const { terms, more } = corpusReport(letters).unknown.specialties;
    assert.deepEqual([terms.length, more], [200, 51]);
    assert.deepEqual(terms.slice(0, 2), [{ term: 'Common', count: 250 }, { term: 'Specialty 000', count: 1 }]);
  });

  test('as Markdown is tables of text, whatever letters and files are called', () => {
    const letters = [entry('a|b.txt', { doubts: [{ code: 'x', words: 'says\n| "[link](javascript:x)" <b> `code` *' }] }), { file: '<img>.txt', sha256: '', result: 'quarantined' as const, code: 'empty', reason: 'it | is empty', line: 3 }];
    const text = reportMarkdown({ importer: '', counts: { read: 2, written: 1, unchanged: 0, duplicate: 0, quarantined: 1, removed: 0 }, corpus: corpusReport(letters), others: [], letters });
    assert.match(text, /^\| \\<img\\>\.txt \| 3 \| it \\\| is empty \|$/m);
    assert.match(text, /^\| x \| says \\\| "\\\[link\\\]\(javascript:x\)" \\<b\\> \\`code\\` \\\* \| 1 \| a\\\|b\.txt \|$/m);
    assert.match(text, /^\| Case number \| 1 \| 1 \|$/m);
    assert.match(text, /2 read = 1 written/);
  });
});

describe('after an import', () => {
  const A = letterText({ caseNumber: 'CM00-0000001', specialty: 'Invented Medicine', decisions: [{ request: 'Frobnazepam 10 mg #30' }] });
  const B = letterText({ caseNumber: 'CM00-0000002', decisionDate: '' });
  const OLDER = letterText({ caseNumber: 'CM00-0000002', decisionDate: '01/05/2017' });

  async function imported(t: Parameters<typeof temporaryFolder>[0], ...runs: Record<string, string>[]) {
    const folder = await temporaryFolder(t);
    const to = join(folder, 'content');
    for (const [index, letters] of runs.entries()) {
      const from = join(folder, String(index));
      await writeFiles(from, letters);
      await importLetters({ from, to, processes: 1 });
    }
    return { to, corpus: await readCorpusReport(to), text: await readFile(join(to, 'import-report.md'), 'utf8'), bytes: await readFile(join(to, REPORT_FILE), 'utf8') };
  }

  test('the report is about all that the folder holds, the letters of earlier runs and the superseded ones included, and is the same however it came', async (t) => {
    const together = await imported(t, { 'a.txt': A, 'b.txt': B, 'c.txt': OLDER, 'list.txt': NOT_A_LETTER });
    const apart = await imported(t, { 'c.txt': OLDER, 'list.txt': NOT_A_LETTER }, { 'b.txt': B }, { 'a.txt': A });
    assert.ok(together.corpus);
    assert.deepEqual(apart.corpus, together.corpus);
    assert.equal(apart.text.replace(/^The last run.*$/m, ''), together.text.replace(/^The last run.*$/m, ''));
    const { corpus } = together;
    assert.deepEqual([corpus.letters, corpus.decisions], [3, 3]);
    assert.deepEqual(corpus.years, [{ year: '2016', letters: 1 }, { year: '2017', letters: 1 }, { year: 'undated', letters: 1 }]);
    assert.deepEqual(corpus.quarantined, [{ code: 'unknown-layout', letters: 1 }]);
    assert.deepEqual(corpus.unknown.specialties.terms, [{ term: 'Invented Medicine', count: 1 }]);
    assert.deepEqual(corpus.unknown.drugs.terms, [{ term: 'frobnazepam', count: 1 }]);
    assert.equal(corpus.unknown.requests.terms[0]?.term, 'frobnazepam 10 mg #30');
    assert.deepEqual(corpus.superseded, [{ caseNumber: 'CM00-0000002', letter: { file: 'b.txt' }, by: { decisionDate: '2017-01-05', file: 'c.txt' } }]);
    assert.match(together.text, /^\| CM00-0000002 \| b\.txt \| {2}\| c\.txt \| 2017-01-05 \|$/m);
    assert.match(together.text, /^### unknown-layout: 1 letter$/m);
  });

  test('it names no path of this machine', async (t) => {
    const { to, bytes, text } = await imported(t, { 'a.txt': A, 'sub/list.txt': NOT_A_LETTER });
    assert.ok(!`${bytes}${text}`.includes(to.replace(/\/content$/, '')));
  });

  test('a site without it, or with a damaged one, has none', async (t) => {
    const { to } = await imported(t, { 'a.txt': A });
    assert.ok(await readCorpusReport(to));
    for (const damage of ['', '{', 'null', '{"corpus":null}', '{"corpus":{"letters":-1}}']) {
      await writeFiles(to, { [REPORT_FILE]: damage });
      assert.equal(await readCorpusReport(to), undefined, damage);
    }
    await rm(join(to, REPORT_FILE));
    assert.equal(await readCorpusReport(to), undefined);
  });
});
