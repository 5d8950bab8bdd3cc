/** Building the index of a content folder. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { buildSearchIndex } from '../../scripts/index/build.ts';
import { TextIndexError, cutWords } from '../../scripts/index/pagefind.ts';
import { TextFormatError, readChunk, readFragment, readIndexTable } from '../../scripts/index/pagefind-files.ts';
import { openNodeSearch } from '../support/node-search.ts';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { caseOutcome } from '../../src/determinations/record.ts';
import type { Decision, Determination } from '../../src/determinations/record.ts';
import { determinationFile } from '../../src/determinations/store.ts';
import { valuesOf } from '../../src/search/engine.ts';
import type { Manifest } from '../../src/search/manifest.ts';
import { decodeTable, isoDay } from '../../src/search/table.ts';
import { decodeRecord } from '../../src/search/text-record.ts';

const folder = await mkdtemp(join(tmpdir(), 'search-index-'));
after(() => rm(folder, { recursive: true, force: true }));

function decision(request: string, outcome: Decision['outcome']): Decision {
  return {
    request,
    outcome,
    service: { category: 'Diagnostic Testing', subcategory: 'Imaging/Radiology' },
    guidelines: [{ source: 'MTUS', chapter: 'Neck Complaints' }],
    claimsAdministratorGuidelines: [{ source: 'none' }],
    claimsAdministratorGuidelineText: ['Nothing was cited.'],
    reviewerGuidelineText: ['A chapter about necks.'],
    rationale: [`An invented reason for ${request}.`],
  };
}

function determination(id: string, decisionDate: string | undefined, decisions: Decision[]): Determination {
  return {
    id,
    ...(id.startsWith('CM') && { caseNumber: id }),
    outcome: caseOutcome(decisions),
    ...(decisionDate && { decisionDate }),
    licensure: ['California'],
    specialty: ['Neurology'],
    patient: {},
    decisions,
    source: { file: `${id}.pdf`, sha256: '0'.repeat(64), layout: 'invented' },
    clinicalSummary: ['Summaryword is said of the case and of no decision.'],
  };
}

const RECORDS = [
  determination('CM00-0000001', '2015-03-04', [decision('A <b>scan</b> & "more" &amp; </main><script>alert(1)</script>', 'upheld'), decision('A second lateral scan', 'overturned')]),
  determination('CM00-0000002', '2016-03-04', [decision('The same request', 'upheld'), decision('The same request', 'upheld')]),
  determination('letter-without-number', undefined, [decision('A scan without a date', 'overturned')]),
];
const contentFolder = join(folder, 'content');
for (const record of RECORDS) {
  const path = join(contentFolder, determinationFile(record));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, stringifyDetermination(record));
}

async function files(root: string): Promise<Map<string, string>> {
  const names = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(names.sort().map(async (name) => [name.slice(root.length), (await readFile(name)).toString('base64')] as const)));
}

const siteFolder = join(folder, 'site');
const progress: [number, number][] = [];
const built = await buildSearchIndex({ contentFolder, siteFolder, onProgress: (done, of) => progress.push([done, of]) });
const manifest = JSON.parse(await readFile(join(siteFolder, 'search-data/manifest.json'), 'utf8')) as Manifest;
const table = decodeTable(gunzipSync(await readFile(join(siteFolder, 'search-data', manifest.table))));

test('counts and progress', () => {
  assert.deepEqual(built, { decisions: 5 });
  assert.deepEqual(progress, [[1, 3], [2, 3], [3, 3]]);
  assert.deepEqual(manifest, { ...manifest, format: 2, decisions: 5, cases: 3 });
});

test('each decision of the table leads to its own words, newest first and undated last', async () => {
  const expected = ['CM00-0000002', 'CM00-0000001', 'letter-without-number'].flatMap((id) => {
    const record = RECORDS.find((candidate) => candidate.id === id)!;
    return record.decisions.map(({ request, outcome }, index) => ({ id, number: index + 1, date: record.decisionDate, request, outcome }));
  });
  const read = await Promise.all(
    expected.map(async (_expected, index) => {
      const { caseId, number, request, words } = decodeRecord(gunzipSync(await readFile(join(siteFolder, 'search-data', manifest.text, `record-${index}.bin`))));
      const content = words.join(' ');
      assert.ok(content.startsWith(request) && !content.includes('Summaryword'), content);
      return { id: caseId, number, date: isoDay(table.day[index]!), request, outcome: valuesOf(table, index, 'outcome')[0] };
    }),
  );
  assert.deepEqual(read, expected);
});

test('case ids stand in the order of the table', async () => {
  assert.equal(gunzipSync(await readFile(join(siteFolder, 'search-data', manifest.caseIds))).toString('utf8'), 'CM00-0000002\nCM00-0000001\nletter-without-number');
});

test('only what the search page loads is written, and nothing is left beside the site', async () => {
  assert.deepEqual(await readdir(siteFolder), ['search-data']);
  const names = (await readdir(join(siteFolder, 'search-data'))).map((name) => name.replace(/-[0-9a-f]{12}/, ''));
  assert.deepEqual(names.sort(), ['cases.bin', 'dictionary.bin', 'manifest.json', 'summaries', 'table.bin', 'text', 'vocabulary.bin']);
  assert.deepEqual((await readdir(folder)).sort(), ['content', 'site']);
});

test('every word of a decision finds it, and the summary only where it is asked for', async () => {
  const search = await openNodeSearch(siteFolder);
  for (const record of RECORDS) {
    for (const [index, { request, rationale, reviewerGuidelineText, claimsAdministratorGuidelineText }] of record.decisions.entries()) {
      const texts = [['request', request], ['rationale', rationale.join(' ')], ['guideline', reviewerGuidelineText.join(' ')], [undefined, claimsAdministratorGuidelineText.join(' ')]] as const;
      for (const [field, text] of texts) {
        for (const word of text.match(/[a-z]{3,}/gi)!) {
          const id = `${record.id}.${index + 1}`;
          assert.ok((await search.rank(`"${word}"`)).includes(id), `${word} of ${id}`);
          if (field) assert.ok((await search.rank(`${field}:"${word}"`)).includes(id), `${field}:${word} of ${id}`);
        }
      }
    }
  }
  assert.deepEqual(await search.rank('summaryword'), []);
  assert.equal((await search.rank('summary:summaryword')).length, 5);
  assert.deepEqual(await search.rank('request:invented'), []);
});

test('words that Pagefind cuts in another way than we do are found through the list of them', async () => {
  const search = await openNodeSearch(siteFolder);
  assert.equal(manifest.stems['lateral'], 'lateral');
  assert.deepEqual(await search.rank('lateral'), ['CM00-0000001.2']);
});

test('the same determinations give the same bytes', async () => {
  const again = join(folder, 'again');
  await buildSearchIndex({ contentFolder, siteFolder: again });
  assert.deepEqual(await files(again), await files(siteFolder));
  await rm(again, { recursive: true });
});

test('files of another format are refused, not misread', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  for (const broken of ['', 'x', 'pagefind_dcd', 'pagefind_dcd\u0001', 'pagefind_other']) {
    assert.throws(() => readIndexTable(bytes(broken)), TextFormatError);
    assert.throws(() => readChunk(bytes(broken)), TextFormatError);
  }
  assert.throws(() => readFragment(bytes('{}')), TextFormatError);
});

test('words are cut one by one, whatever they are', async () => {
  const words = ['Injections,', 'injection', 'L5-S1', 'neck/shoulders', 'running', '"pain"', '--', '</p><script>x</script>', '&amp;', 'a&b', "worker's", '7/10', 'é', '腰', 'HbA1c', 'x'.repeat(300), '__proto__'];
  const cut = await cutWords(words, join(folder, 'cut'));
  const of = (word: string): { stems: string[]; pieces: string[] } => cut[words.indexOf(word)]!;
  assert.equal(cut.length, words.length);
  assert.deepEqual(of('Injections,'), { stems: ['inject'], pieces: [] });
  assert.deepEqual(of('injection'), { stems: ['inject'], pieces: [] });
  assert.deepEqual(of('neck/shoulders'), { stems: ['neckshould'], pieces: ['neck', 'shoulder'] });
  // Pieces of two letters are none.
  assert.deepEqual(of('L5-S1'), { stems: ['l5s1'], pieces: [] });
  assert.deepEqual(of('running'), { stems: ['run'], pieces: [] });
  assert.deepEqual(of('--'), { stems: [], pieces: [] });
  assert.deepEqual(of('"pain"'), { stems: ['pain'], pieces: [] });
  assert.ok(of('</p><script>x</script>').pieces.includes('script'));
  // More than a page of them, and none.
  const many = Array.from({ length: 4501 }, (_word, index) => `w${index}`);
  assert.deepEqual(await cutWords(many, join(folder, 'cut-many')), many.map((word) => ({ stems: [word], pieces: [] })));
  assert.deepEqual(await cutWords([], join(folder, 'cut-none')), []);
});

test('what Pagefind would count as another number of words is refused, and not taken for its neighbours', async () => {
  await assert.rejects(cutWords(['one', 'two words', 'three'], join(folder, 'cut-wrong')), TextIndexError);
});

test('a collection without letters has an index too', async () => {
  const empty = join(folder, 'empty-site');
  assert.deepEqual(await buildSearchIndex({ contentFolder: join(folder, 'no-content'), siteFolder: empty }), { decisions: 0 });
  await rm(empty, { recursive: true });
});
