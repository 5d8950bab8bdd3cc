/** Citations as files, read back by a reference manager's own readers (citation-js), which are the oracle here. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { AUTHORITY, CITED_REQUEST_LENGTH, oneLine, shortRequest } from '../../src/citation.ts';
import type { CitedDecision } from '../../src/citation.ts';
import { citationBibtex, citationCslJson, citationFiles, citationRis } from '../../src/citation-formats.ts';

/** An item of CSL-JSON, as far as the citations have it. */
interface CslItem {
  id: string;
  type: string;
  title: string;
  number?: string;
  'part-number'?: string;
  authority?: string;
  author?: { family?: string; literal?: string }[];
  issued?: { 'date-parts': number[][] };
  abstract?: string;
  note?: string;
  URL: string;
}
type Cite = new (text: string) => { data: CslItem[] };
// The package has no types, and its plugins add themselves to it.
const require = createRequire(import.meta.url);
const { Cite } = require('@citation-js/core') as { Cite: Cite };
for (const plugin of ['ris', 'bibtex', 'csl']) require(`@citation-js/plugin-${plugin}`);

function read(text: string): CslItem {
  const { data } = new Cite(text);
  assert.equal(data.length, 1);
  return data[0]!;
}

const HOME = 'https://imr.example/';
const DECISION: CitedDecision = { id: 'CM00-0000117', caseNumber: 'CM00-0000117', decisionDate: '2016-12-09', number: 2, request: 'MRI of the right shoulder without contrast', outcome: 'upheld' };
const KEY = 'cm00-0000117-decision-2';
const TITLE = 'IMR Case No. CM00-0000117, Decision 2: MRI of the right shoulder without contrast';
const ADDRESS = 'https://imr.example/cases/cm00-0000117/#decision-2';

test('RIS, as it is written', () => {
  assert.equal(
    citationRis(DECISION, HOME),
    [
      'TY  - CASE',
      `ID  - ${KEY}`,
      `TI  - ${TITLE}`,
      'SV  - CM00-0000117',
      'DA  - 2016/12/09',
      'PY  - 2016',
      `PB  - ${AUTHORITY}`,
      'AB  - Denial upheld.',
      `UR  - ${ADDRESS}`,
      'ER  - ',
      '',
    ].join('\r\n'),
  );
});

test('BibTeX, as it is written', () => {
  assert.equal(
    citationBibtex({ ...DECISION, request: 'Norco 10/325 mg #60 & 5% lidocaine', outcome: 'overturned' }, HOME),
    [
      `@misc{${KEY},`,
      `  author = {{${AUTHORITY}}},`,
      '  title = {{IMR Case No. CM00-0000117, Decision 2: Norco 10/325 mg \\#60 \\& 5\\% lidocaine}},',
      '  number = {CM00-0000117},',
      '  date = {2016-12-09},',
      '  year = {2016},',
      '  month = dec,',
      '  note = {Decision 2. Denial overturned.},',
      '  abstract = {Denial overturned.},',
      `  url = {${ADDRESS}},`,
      '}',
      '',
    ].join('\n'),
  );
});

test('CSL-JSON, as it is written', () => {
  assert.deepEqual(JSON.parse(citationCslJson(DECISION, HOME)), [
    { id: KEY, type: 'legal_case', title: TITLE, number: 'CM00-0000117', 'part-number': '2', authority: AUTHORITY, issued: { 'date-parts': [[2016, 12, 9]] }, abstract: 'Denial upheld.', URL: ADDRESS },
  ]);
});

/** What each kind of letter must come back as from each format. */
const LETTERS: { what: string; decision: CitedDecision; key: string; title: string; issued?: number[]; abstract: string; address: string; home?: string }[] = [
  { what: 'a denial that stands', decision: DECISION, key: KEY, title: TITLE, issued: [2016, 12, 9], abstract: 'Denial upheld.', address: ADDRESS },
  { what: 'an approved treatment', decision: { ...DECISION, outcome: 'overturned' }, key: KEY, title: TITLE, issued: [2016, 12, 9], abstract: 'Denial overturned.', address: ADDRESS },
  { what: 'a letter without a date', decision: { ...DECISION, decisionDate: undefined }, key: KEY, title: TITLE, abstract: 'Denial upheld.', address: ADDRESS },
  {
    what: 'a letter without a case number',
    decision: { ...DECISION, id: 'Scan 42', caseNumber: undefined },
    key: 'scan-42-decision-2',
    title: 'IMR determination without case number, letter Scan 42, Decision 2: MRI of the right shoulder without contrast',
    issued: [2016, 12, 9],
    abstract: 'Denial upheld.',
    address: 'https://imr.example/cases/scan%2042/#decision-2',
  },
  {
    what: 'a superseded letter',
    decision: { ...DECISION, id: 'CM00-0000117--8cc0b0ee', path: 'cases/cm00-0000117/superseded/8cc0b0ee/' },
    key: 'cm00-0000117-8cc0b0ee-decision-2',
    title: TITLE,
    issued: [2016, 12, 9],
    abstract: 'Denial upheld. This letter was superseded by another one of its case.',
    address: 'https://imr.example/cases/cm00-0000117/superseded/8cc0b0ee/#decision-2',
  },
  { what: 'a site in a folder', decision: DECISION, key: KEY, title: TITLE, issued: [2016, 12, 9], abstract: 'Denial upheld.', address: 'https://firm.example/imr/cases/cm00-0000117/#decision-2', home: 'https://firm.example/imr/' },
];

for (const { what, decision, key, title, issued, abstract, address, home = HOME } of LETTERS) {
  for (const [format, write] of [['RIS', citationRis], ['BibTeX', citationBibtex], ['CSL-JSON', citationCslJson]] as const) {
    test(`a reference manager reads ${format} of ${what}`, () => {
      const item = read(write(decision, home));
      assert.equal(item.id, key);
      assert.equal(item.title, title);
      assert.equal(item.URL, address);
      assert.equal(item.abstract, abstract);
      assert.deepEqual(item.issued?.['date-parts'][0], issued);
      assert.equal(item.type, format === 'BibTeX' ? 'document' : 'legal_case');
      assert.equal(format === 'BibTeX' ? item.author![0]!.family : item.authority, AUTHORITY);
      if (format === 'BibTeX') assert.equal(item.note, `Decision 2. ${abstract}`);
      if (format === 'CSL-JSON') assert.deepEqual([item.number, item['part-number']], [decision.caseNumber, '2']);
    });
  }
}

/** Signs that mean something in one of the formats, among others. */
const PIECES = ['{', '}', '\\', '$', '&', '#', '%', '_', '^', '~', '`', "'", '"', '-', '--', '---', ',', '@', '=', '<', '>', '  - ', '\r\n', '\n', '\u2028', '\u0085', '\0', '\ud800', 'ER  - ', '\nTY  - JOUR', '}\n@book{x,', '\\textbf', '?`', 'é', '🦴', 'MRI', 'a', ' '];
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')));

test('whatever a letter says, every format stays one entry with its words in it', () => {
  fc.assert(
    fc.property(anyText, anyText.filter((id) => oneLine(id) !== ''), fc.boolean(), (request, id, numbered) => {
      const decision: CitedDecision = { ...DECISION, request, id, caseNumber: numbered ? DECISION.caseNumber : undefined };
      const title = `${numbered ? 'IMR Case No. CM00-0000117' : `IMR determination without case number, letter ${oneLine(id)}`}, Decision 2: ${shortRequest(request)}`.trim();

      const ris = citationRis(decision, HOME);
      const lines = ris.split('\r\n');
      assert.equal(lines.pop(), '');
      assert.ok(lines.every((line) => /^[A-Z][A-Z0-9] {2}- [^\p{Cc}\p{Cs}\u2028\u2029]*$/u.test(line)), ris);
      assert.deepEqual(lines.filter((line) => /^(TY|ER)/.test(line)), ['TY  - CASE', 'ER  - ']);
      assert.equal(read(ris).title, title);

      const [item] = JSON.parse(citationCslJson(decision, HOME)) as [CslItem];
      assert.equal(item.title.trim(), title);

      const bibtex = citationBibtex(decision, HOME);
      assert.equal(bibtex.split('\n').length, numbered ? 12 : 11);
      assert.equal(depthAtEnd(bibtex), 0);
      // What TeX would read as a sign of its own stands behind a backslash; an address is no text.
      for (const line of bibtex.split('\n').filter((line) => !line.startsWith('  url'))) assert.doesNotMatch(line, /(?<!\\)[$&#%_]|[~^`]|--|''/);
      assert.equal(read(bibtex).title.replaceAll('\u00a0', ' '), title.replaceAll('\u00a0', ' '));
    }),
    { numRuns: 300 },
  );
});

/** Braces as BibTeX counts them, which takes no notice of backslashes. Never below nothing. */
function depthAtEnd(bibtex: string): number {
  let depth = 0;
  for (const sign of bibtex) {
    if (sign === '{') depth += 1;
    if (sign === '}') depth -= 1;
    assert.ok(depth >= 0);
  }
  return depth;
}

test('a file to save holds just what its writer wrote, under a name that every system takes', () => {
  fc.assert(
    fc.property(anyText, anyText.filter((id) => oneLine(id) !== ''), (request, id) => {
      const decision = { ...DECISION, request, id, caseNumber: undefined };
      const files = citationFiles(decision, HOME);
      const texts = [citationRis(decision, HOME), citationBibtex(decision, HOME), citationCslJson(decision, HOME)];
      assert.deepEqual(files.map(({ href }) => decodeURIComponent(href.slice(href.indexOf(',') + 1))), texts);
      for (const { name, href } of files) {
        assert.match(name, /^[a-z0-9-]+-decision-2\.(ris|bib|json)$/);
        assert.match(href, /^data:application\/[a-z.+-]+;charset=utf-8,[\w%.~!*'()-]*$/);
      }
    }),
  );
});

test('a long request is shortened in the title, as in the citation', () => {
  const [item] = JSON.parse(citationCslJson({ ...DECISION, request: 'physical therapy '.repeat(40) }, HOME)) as [CslItem];
  assert.match(item.title, /: physical therapy .* \.\.\. .*therapy$/);
  assert.ok(item.title.length <= 'IMR Case No. CM00-0000117, Decision 2: '.length + CITED_REQUEST_LENGTH);
});
