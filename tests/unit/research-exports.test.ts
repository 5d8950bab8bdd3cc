/** The research folder's exports: Word, Markdown, table and references, of any text that a letter or a reader may write. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { remark } from 'remark';
import { oneLine } from '../../src/citation.ts';
import type { Decision, Reason } from '../../src/determinations/record.ts';
import { DEFAULT_TITLE, makeAnnex } from '../../src/research/annex.ts';
import type { Annex } from '../../src/research/annex.ts';
import { CaseLoadError, Cases } from '../../src/research/cases.ts';
import type { CaseState } from '../../src/research/cases.ts';
import { annexDocx } from '../../src/research/docx.ts';
import { EMPTY_LIST, addGroup, keep, putInto, setNote, setTitle } from '../../src/research/list.ts';
import type { KeptWords } from '../../src/research/list.ts';
import { annexMarkdown } from '../../src/research/markdown.ts';
import { REASONS_TITLE } from '../../src/research/reasons.ts';
import { RESEARCH_COLUMNS, annexCslJson, annexCsv, annexRis } from '../../src/research/tables.ts';
import { caseSlug } from '../../src/urls.ts';
import { parseCsv } from '../support/csv.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { somePayloads } from '../support/payloads.ts';
import { parseXml } from '../support/xml.ts';
import { readZip } from '../support/zip.ts';

const HOME = 'https://imr.example/';
const ONE = 'CM00-0000101';
const TWO = 'CM00-0000102';
const GONE = 'CM00-0000103';
const KEPT: KeptWords = { caseNumber: ONE, decisionDate: '2016-12-09', request: 'MRI of the right shoulder', outcome: 'upheld', service: 'Diagnostic Testing > Imaging/Radiology' };

function here(caseNumber: string, ...decisions: Decision[]): [string, CaseState] {
  return [caseSlug(caseNumber), { state: 'here', record: inventedDetermination({ id: caseNumber, caseNumber, decisions }) }];
}

/** Three decisions in a group and outside, of which one was removed and one was overturned since it was kept. */
function annexOf({ note = 'Use this one first.\n\nIt is on point.', title = 'Annex A', group = 'Shoulder', decision = {} }: { note?: string; title?: string; group?: string; decision?: Partial<Decision> } = {}): Annex {
  let list = setTitle(EMPTY_LIST, title, 1);
  list = keep(list, { caseId: TWO, number: 1, words: { ...KEPT, caseNumber: TWO } }, 2);
  list = keep(list, { caseId: GONE, number: 2, words: { ...KEPT, caseNumber: GONE, request: 'Secret brace' } }, 3);
  list = keep(list, { caseId: ONE, number: 1, words: KEPT }, 4);
  list = putInto(addGroup(list, group, 'g', 5), `${ONE}.1`, 'g', 6);
  list = setNote(setNote(list, `${ONE}.1`, note, '', 7), `${GONE}.2`, 'What I wrote of it', '', 8);
  const states = new Map<string, CaseState>([here(ONE, inventedDecision(decision)), here(TWO, inventedDecision({ outcome: 'overturned' })), [caseSlug(GONE), { state: 'removed', day: '2026-01-31' }]]);
  return makeAnnex(list, states, HOME);
}

const REMOVED = 'This case was removed from the site on January 31, 2026. Only your own note is left here.';
const CHANGED = 'The site has another text of this decision than when you saved it. Please read it again.';

test('an annex has the groups in order, numbers through all of them, and says what became of a decision', () => {
  const annex = annexOf();
  assert.deepEqual(annex.groups.map(({ name, entries }) => [name, ...entries.map(({ place, caseId, remark }) => [place, caseId, remark])]), [['', [1, TWO, CHANGED], [2, GONE, REMOVED]], ['Shoulder', [3, ONE, '']]]);
  assert.equal(annex.groups[0]!.entries[1]!.said, undefined);
  assert.equal(annexOf({ title: '' }).title, DEFAULT_TITLE);
});

test('no export has a word of a case that was removed, and all have the reader’s own', async () => {
  const annex = annexOf();
  const texts = [annexMarkdown(annex), annexCsv(annex), [...readZip(await annexDocx(annex)).values()].join()];
  for (const text of texts) {
    assert.doesNotMatch(text, /Secret brace/);
    assert.match(text, /What I wrote of it/);
    assert.match(text, /removed from the site on January 31, 2026/);
  }
  for (const text of [annexRis(annex), annexCslJson(annex)]) assert.doesNotMatch(text, /Secret|0000103/);
});

test('the table has a row for each decision', () => {
  const [titles, ...rows] = parseCsv(annexCsv(annexOf()));
  assert.deepEqual(titles, RESEARCH_COLUMNS);
  const cells = rows.map((row) => Object.fromEntries(row.map((cell, index) => [titles![index]!, cell])));
  assert.deepEqual(cells.map((row) => [row['Number'], row['Group'], row['Case'], row['Decision number'], row['Outcome'], row['Note'], row['Remark']]), [
    ['1', '', TWO, '1', 'overturned', '', CHANGED], ['2', '', GONE, '2', '', 'What I wrote of it', REMOVED], ['3', 'Shoulder', ONE, '1', 'upheld', 'Use this one first.\n\nIt is on point.', ''],
  ]);
  assert.deepEqual([cells[2]!['Guidelines'], cells[2]!['Address']], ['MTUS, Shoulder Complaints (2004): Special Studies', 'https://imr.example/cases/cm00-0000101/#decision-1']);
  assert.match(cells[2]!['Citation']!, /^IMR Case No\. CM00-0000101, Decision 1 \(December 9, 2016\): MRI of the right shoulder\. Denial upheld\./);
});

test('every export of words says the reasons, by kind in the letter’s words, and nothing where a file of a case has none or none that is known', async () => {
  const reasons = [
    { kind: 'findings-not-shown', sentence: 'There was no weakness.', paragraph: 1, place: 1 },
    { kind: 'no-red-flag', sentence: 'No red flags <b>were</b> noted.', paragraph: 1, place: 2 },
    { kind: 'findings-not-shown', sentence: 'Sensation was intact.', paragraph: 2, place: 1 },
    { kind: 'made-up-later', sentence: 'Of a kind that comes later.', paragraph: 2, place: 2 },
  ] as unknown as Reason[];
  const annex = annexOf({ decision: { reasons } });
  const [titles, ...rows] = parseCsv(annexCsv(annex));
  const cell = (row: number, title: string): string => rows[row]![titles!.indexOf(title)]!;
  assert.deepEqual([cell(2, 'Reasons'), cell(0, 'Reasons'), cell(1, 'Reasons')], ['Against the request: Exam findings or symptoms not shown; Against the request: No red flags', '', '']);
  assert.equal(cell(2, 'Reasons as written'), 'Exam findings or symptoms not shown: There was no weakness. Sensation was intact.\nNo red flags: No red flags <b>were</b> noted.');
  const markdown = annexMarkdown(annex);
  assert.match(markdown, /sorted by rule \(not every reason is found\):\n\n\*\*Exam findings or symptoms not shown\*\* \(Against the request\)\n\n> There was no weakness\.\n>\n> Sensation was intact\.\n\n\*\*No red flags\*\* \(Against the request\)\n\n> No red flags \\<b\\>were/);
  const { parts } = await openDocx(annex);
  const paragraphs = all(parts.get('word/document.xml')!, 'w:p').map(textOf);
  const start = paragraphs.findIndex((text) => text === REASONS_TITLE);
  assert.deepEqual(paragraphs.slice(start + 1, start + 6), ['Exam findings or symptoms not shown (Against the request)', 'There was no weakness.', 'Sensation was intact.', 'No red flags (Against the request)', 'No red flags <b>were</b> noted.']);
  assert.equal(paragraphs.filter((text) => text === REASONS_TITLE).length, 1, 'the decision without reasons says nothing of them');
  for (const text of [markdown, paragraphs.join()]) assert.doesNotMatch(text, /kind that comes later/);
});

test('the site’s file of a case may have reasons or none; reasons that are no reasons make it unreadable', async () => {
  const file = (reasons: unknown): string => JSON.stringify({ ...inventedDetermination({ id: ONE, caseNumber: ONE }), decisions: [{ ...inventedDecision(), reasons }] });
  const read = async (text: string): Promise<CaseState> => new Cases(HOME, 'removed.csv', async (input) => (String(input).endsWith('.csv') ? new Response('', { status: 404 }) : new Response(text))).read(ONE);
  for (const reasons of [undefined, [], [{ kind: 'of-a-later-version', sentence: 'A sentence.' }]]) assert.equal((await read(file(reasons))).state, 'here');
  for (const reasons of [null, {}, ['x'], [{ kind: 'no-red-flag' }], [{ kind: 1, sentence: '' }]]) await assert.rejects(read(file(reasons)), CaseLoadError);
});

test('a note or a name of a group is no formula in a spreadsheet', () => {
  const rows = parseCsv(annexCsv(annexOf({ note: '=HYPERLINK("http://evil.example.org")', group: '+1' })));
  for (const cell of rows.flat()) assert.doesNotMatch(cell, /^\s*[=+\-@]/);
});

/** citation-js, whose packages have no types and whose plugins add themselves. */
let cite: (text: string) => Record<string, unknown>[];
before(() => {
  const require = createRequire(import.meta.url);
  const { Cite } = require('@citation-js/core') as { Cite: new (text: string) => { data: Record<string, unknown>[] } };
  for (const plugin of ['ris', 'csl']) require(`@citation-js/plugin-${plugin}`);
  cite = (text) => new Cite(text).data;
});

test('a reference manager reads the references, each with its note', () => {
  for (const text of [annexRis(annexOf()), annexCslJson(annexOf())]) {
    const items = cite(text);
    assert.deepEqual(items.map(({ title, type }) => [title, type]), [[`IMR Case No. ${TWO}, Decision 1: MRI of the right shoulder`, 'legal_case'], [`IMR Case No. ${ONE}, Decision 1: MRI of the right shoulder`, 'legal_case']]);
    assert.match(JSON.stringify(items[1]), /Use this one first\./);
    assert.match(JSON.stringify(items[1]), /Shoulder/);
  }
});

test('Markdown shows every text as it is, and none becomes markup', (t) => {
  const check = (text: string): void => {
    const annex = annexOf({ note: text, title: text, group: `g ${text}`, decision: { request: text, rationale: [text], guidelines: [{ source: 'other', chapter: text }] } });
    const tree = remark().parse(annexMarkdown(annex));
    const kinds = new Set<string>();
    const quotes: string[] = [];
    const walk = (node: Nodes): void => {
      kinds.add(node.type);
      if (node.type === 'link') assert.match(node.url, /^https:\/\/imr\.example\/cases\//);
      if (node.type === 'blockquote') quotes.push(toString(node));
      if ('children' in node) node.children.forEach(walk);
    };
    walk(tree);
    for (const kind of kinds) assert.ok(['root', 'heading', 'paragraph', 'text', 'strong', 'list', 'listItem', 'blockquote', 'link', 'break'].includes(kind), `${kind} from ${JSON.stringify(text)}`);
    assert.ok(oneLine(text) === '' || quotes.includes(oneLine(text)), JSON.stringify(text));
  };
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'\\`*_[]{}()<>#+-.!|~&;:= \n\t1aA&lt;@"\''.split('')), maxLength: 30 }), check), { seed: 9, numRuns: 300 });
  const payloads = somePayloads(4);
  for (const { text } of payloads) check(text);
  t.diagnostic(`${300 + payloads.length} texts in Markdown`);
});

interface XmlNode {
  [name: string]: XmlNode[] | Record<string, string> | string;
}

/** All elements of a name below some nodes, in their order. */
function all(nodes: readonly XmlNode[], name: string): XmlNode[] {
  return nodes.flatMap((node) => Object.entries(node).flatMap(([key, children]) => (Array.isArray(children) ? [...(key === name ? [node] : []), ...all(children, name)] : [])));
}
const inside = (node: XmlNode): XmlNode[] => Object.values(node).find(Array.isArray)! as XmlNode[];
const attribute = (node: XmlNode, name: string): string => (node[':@'] as Record<string, string>)[name]!;
const textOf = (node: XmlNode): string => all(inside(node), 'w:t').map((run) => inside(run).map((text) => text['#text'] as string).join('')).join('');

async function openDocx(annex: Annex): Promise<{ parts: Map<string, XmlNode[]>; files: Map<string, string> }> {
  const files = readZip(await annexDocx(annex));
  const parts = new Map([...files].map(([name, xml]) => [name, parseXml(xml, { preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' }) as XmlNode[]]));
  return { parts, files };
}

test('the Word document is a whole package: each part has a type, each link a target, each style a definition', async () => {
  const { parts, files } = await openDocx(annexOf());
  assert.equal([...files.keys()][0], '[Content_Types].xml');
  const types = parts.get('[Content_Types].xml')!;
  const [defaults, overrides] = [all(types, 'Default').map((node) => attribute(node, 'Extension')), all(types, 'Override').map((node) => attribute(node, 'PartName'))];
  for (const name of files.keys()) assert.ok(overrides.includes(`/${name}`) || defaults.includes(name.split('.').at(-1)!), name);
  for (const name of overrides) assert.ok(files.has(name.slice(1)), name);
  for (const [rels, folder] of [['_rels/.rels', ''], ['word/_rels/document.xml.rels', 'word/']] as const) {
    const relationships = all(parts.get(rels)!, 'Relationship');
    assert.equal(new Set(relationships.map((node) => attribute(node, 'Id'))).size, relationships.length);
    for (const node of relationships) {
      if (attribute(node, 'TargetMode') === 'External') assert.match(attribute(node, 'Target'), /^https:\/\/imr\.example\/cases\/cm00-00001\d\d\/#decision-1$/);
      else assert.ok(files.has(folder + attribute(node, 'Target')), attribute(node, 'Target'));
    }
  }
  const document = parts.get('word/document.xml')!;
  const known = new Set(all(parts.get('word/_rels/document.xml.rels')!, 'Relationship').map((node) => attribute(node, 'Id')));
  for (const node of [...all(document, 'w:hyperlink'), ...all(document, 'w:footerReference')]) assert.ok(known.has(attribute(node, 'r:id')));
  const styles = new Set(all(parts.get('word/styles.xml')!, 'w:style').map((node) => attribute(node, 'w:styleId')));
  for (const kind of ['w:pStyle', 'w:rStyle', 'w:tblStyle']) for (const [name, part] of parts) for (const node of all(part, kind)) assert.ok(styles.has(attribute(node, 'w:val')), `${name}: ${attribute(node, 'w:val')}`);
  assert.deepEqual(all(parts.get('word/footer1.xml')!, 'w:fldSimple').map((node) => attribute(node, 'w:instr').trim()), ['PAGE', 'NUMPAGES']);
});

test('the Word document says each decision: a table, citation, outcome, guidelines, the reasons as a quotation, the source, the note', async () => {
  const { parts } = await openDocx(annexOf());
  const document = parts.get('word/document.xml')!;
  const rows = all(document, 'w:tr').map((row) => all(inside(row), 'w:tc').map(textOf));
  assert.deepEqual(rows, [
    ['No.', 'Case', 'Decision', 'Date', 'Request', 'Outcome'],
    ['1', TWO, '1', 'December 9, 2016', 'MRI of the right shoulder', 'Denial overturned'],
    ['2', GONE, '2', '', REMOVED, ''],
    ['3', ONE, '1', 'December 9, 2016', 'MRI of the right shoulder', 'Denial upheld'],
  ]);
  const lines = all(document, 'w:p').map((node) => [all(inside(node), 'w:pStyle').map((style) => attribute(style, 'w:val'))[0] ?? '', textOf(node)] as const).filter(([style]) => !style.startsWith('Table'));
  const from = lines.findIndex(([style, text]) => style === 'Heading1' && text === 'Shoulder');
  assert.deepEqual(lines.slice(0, 3), [['Title', 'Annex A'], ['', 'Date: ____________________'], ['Heading1', 'Decisions']]);
  assert.deepEqual(lines.slice(from), [
    ['Heading1', 'Shoulder'],
    ['Heading2', `3. ${ONE}, decision 1`],
    ['', `Citation: IMR Case No. ${ONE}, Decision 1 (December 9, 2016): MRI of the right shoulder. Denial upheld. California Division of Workers' Compensation, Independent Medical Review. https://imr.example/cases/cm00-0000101/#decision-1`],
    ['', 'Request: MRI of the right shoulder'],
    ['', 'Outcome: Denial upheld'],
    ['', 'Service: Diagnostic Testing: Imaging/Radiology'],
    ['Label', 'Guidelines the reviewer cited'],
    ['Guideline', 'MTUS, Shoulder Complaints (2004): Special Studies'],
    ['Label', 'The reviewer’s rationale'],
    ['Quote', 'The shoulder was examined once. The scan is not medically necessary.'],
    ['', 'Source: https://imr.example/cases/cm00-0000101/#decision-1'],
    ['NoteTitle', 'Note'],
    ['Note', 'Use this one first.'],
    ['Note', 'It is on point.'],
  ]);
  assert.deepEqual(await annexDocx(annexOf()), await annexDocx(annexOf()), 'the same list gives the same bytes');
});

test('any text stays text in the Word document', async (t) => {
  const names = (nodes: readonly XmlNode[]): Set<string> => new Set(nodes.flatMap((node) => Object.entries(node).flatMap(([name, children]) => (Array.isArray(children) ? [name, ...names(children)] : []))));
  const known = names((await openDocx(annexOf())).parts.get('word/document.xml')!);
  const check = async (texts: string[]): Promise<void> => {
    const text = texts.join('');
    const { parts } = await openDocx(annexOf({ note: text, title: text, group: `g${text}`, decision: { request: text, rationale: texts, guidelines: [{ source: 'other', chapter: text, sections: [text] }] } }));
    const document = parts.get('word/document.xml')!;
    for (const name of names(document)) assert.ok(known.has(name), name);
    const quotes = all(document, 'w:p').filter((node) => all(inside(node), 'w:pStyle').some((style) => attribute(style, 'w:val') === 'Quote')).map(textOf);
    // That of the decision before it comes first.
    assert.deepEqual(quotes.slice(1), texts.map((words) => words.toWellFormed().replace(/[\t\r\n]+/g, ' ').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')));
  };
  const payloads = somePayloads(1000).map(({ text }) => text);
  await check(payloads);
  await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ']]>', '<!--', '&#0;', '\0', '\u0001', '\ufffe', '\ud800', '\u2028', '\n', 'a', '😀', '\u202e'), maxLength: 20 }), { minLength: 1 }), check), { seed: 9, numRuns: 25 });
  t.diagnostic(`${payloads.length} payloads in a Word document`);
});

/** A site of files; each answer is that of a server. */
function siteOf(files: Record<string, string | number>): { load: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    load: (input) => {
      const path = String(input).slice(HOME.length);
      asked.push(path);
      const file = files[path] ?? 404;
      return file === 0 ? Promise.reject(new TypeError('offline')) : Promise.resolve(typeof file === 'number' ? new Response('', { status: file }) : new Response(file));
    },
  };
}
const RECORD = JSON.stringify(inventedDetermination({ caseNumber: ONE, id: ONE }));

test('what the site says of a case: here, removed with its day, missing, or not to be loaded', async () => {
  const removed = `\ufeff"case_id","removed_on"\r\n"${GONE}","2026-01-31"\r\n`;
  const site = siteOf({ 'data/removed.csv': removed, [`cases/${caseSlug(ONE)}/case.json`]: RECORD, [`cases/${caseSlug(GONE)}/case.json`]: RECORD, 'cases/broken/case.json': '{"id":"x","decisions":[{}]}', 'cases/busy/case.json': 503, 'cases/offline/case.json': 0 });
  const cases = new Cases(HOME, 'data/removed.csv', site.load);
  const [one, gone, missing] = await cases.readAll([ONE, GONE, 'CM00-0000999']);
  assert.equal(one!.state, 'here');
  assert.deepEqual(gone, { state: 'removed', day: '2026-01-31' }, 'even where a file of it is still found');
  assert.deepEqual(missing, { state: 'missing' });
  assert.equal(site.asked.filter((path) => path === 'data/removed.csv').length, 1);
  for (const id of ['broken', 'busy', 'offline']) await assert.rejects(cases.read(id), CaseLoadError);
  const later = new Cases(HOME, 'data/removed.csv', siteOf({ 'data/removed.csv': 0 }).load);
  await assert.rejects(later.read(ONE), CaseLoadError, 'whoever cannot ask what was removed shows nothing');
});

test('a decision that a newer letter no longer has is not taken for another', () => {
  const list = keep(EMPTY_LIST, { caseId: ONE, number: 4, words: KEPT }, 1);
  const [entry] = makeAnnex(list, new Map([here(ONE, inventedDecision())]), HOME).groups[0]!.entries;
  assert.deepEqual([entry!.said, entry!.remark], [undefined, 'The case no longer has a decision with this number. Only your own note is left here.']);
});
