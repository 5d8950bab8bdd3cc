/** Feeds: what is in them, and that no letter can break them. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { entryXml, feedXml, stableId } from '../../scripts/data/atom.ts';
import { opening } from '../../scripts/data/feeds.ts';
import { xmlCharacters, xmlText } from '../../src/xml.ts';
import { browse } from '../../src/browse.ts';
import { readCorpus } from '../../src/corpus.ts';
import type { DecisionRow } from '../../src/corpus.ts';
import { valueStep } from '../../src/determinations/record.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { FEED_FACETS, FEED_SIZE, addressing } from '../../src/open-data.ts';
import { shortRequest } from '../../src/citation.ts';
import { feedPath } from '../../src/urls.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { listFiles } from '../support/folders.ts';
import { writeContent, writeRecords } from '../support/open-data.ts';
import { parseXml } from '../support/xml.ts';

const SAMPLE = resolve(import.meta.dirname, '../../content');

interface Category {
  '@term': string;
  '@label': string;
}
interface ReadEntry {
  id: string;
  title: { '#text': string };
  updated: string;
  link: { '@rel': string; '@href': string }[];
  category: Category[];
  summary: { '#text'?: string };
}
interface ReadFeed {
  id: string;
  title: { '#text': string };
  updated: string;
  author: { name: string };
  link: { '@rel': string; '@href': string }[];
  entry: ReadEntry[];
}

/** Reads a feed as an aggregator would. */
function parseFeed(xml: string): ReadFeed {
  const { feed } = parseXml(xml, { ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => ['entry', 'category', 'link'].includes(name) }) as { feed: ReadFeed };
  // Its blanks between elements are no part of an entry.
  return { ...feed, entry: (feed.entry ?? []).map(({ '#text': _blanks, ...entry }: ReadEntry & { '#text'?: string }) => entry) };
}

async function readFeed(folder: string, path: string): Promise<ReadFeed> {
  return parseFeed(await readFile(join(folder, feedPath(path)), 'utf8'));
}

const addressOf = (link: ReadEntry['link'], rel: string): string | undefined => link.find((found) => found['@rel'] === rel)?.['@href'];

test('the sample: each feed holds the newest decisions of its page, in the order of the page', async (t) => {
  const { folder } = await writeContent(t, SAMPLE);
  const { decisions } = await readCorpus(SAMPLE);
  const trees = browse({ decisions });
  const pages: [path: string, decisions: DecisionRow[]][] = [['', decisions], ...FEED_FACETS.flatMap((name) => [...trees[name].nodes.values()].map((node): [string, DecisionRow[]] => [node.path, node.decisions]))];
  const expected = (rows: DecisionRow[]): string[] => rows.filter((row) => row.case.decisionDate !== undefined).slice(0, FEED_SIZE).map((row) => `https://imr.example/cases/${row.case.id.toLowerCase()}/#decision-${row.number}`);
  for (const [path, rows] of pages) {
    const feed = await readFeed(folder, path);
    assert.deepEqual(feed.entry.map(({ link }) => addressOf(link, 'alternate')), expected(rows), path);
    assert.deepEqual([addressOf(feed.link, 'self'), addressOf(feed.link, 'alternate')], [`https://imr.example/${path}feed.atom`, `https://imr.example/${path}`]);
    assert.equal(feed.updated, feed.entry[0]!.updated);
  }
  assert.equal((await listFiles(folder)).filter((name) => name.endsWith('feed.atom')).length, pages.length, 'and there are no others');
});

test('an entry says what was decided, why, when and where', async (t) => {
  const { folder } = await writeRecords(t, [inventedDetermination({ decisions: [inventedDecision({ outcome: 'overturned' })] })]);
  const feed = await readFeed(folder, '');
  assert.equal(feed.author.name, 'IMR Search');
  assert.deepEqual(feed.entry, [
    {
      id: stableId('decision/CM00-0000001/1'),
      title: { '#text': 'Overturned: treatment approved - MRI of the right shoulder', '@type': 'text' },
      updated: '2016-12-09T00:00:00Z',
      link: [{ '@rel': 'alternate', '@type': 'text/html', '@href': 'https://imr.example/cases/cm00-0000001/#decision-1' }],
      category: [
        { '@term': 'overturned', '@label': 'Outcome: Overturned: treatment approved' },
        { '@term': 'Diagnostic Testing > Imaging/Radiology', '@label': 'Service: Diagnostic Testing, Imaging/Radiology' },
        { '@term': 'MTUS > Shoulder Complaints', '@label': 'Guideline: MTUS, Shoulder Complaints' },
        { '@term': 'Orthopedic Surgery', '@label': 'Reviewer specialty: Orthopedic Surgery' },
        { '@term': '2016', '@label': 'Year of decision: 2016' },
      ],
      summary: { '#text': 'The shoulder was examined once. The scan is not medically necessary.', '@type': 'text' },
    },
  ] as unknown as ReadEntry[]);
});

test('undated decisions are in no feed, and a feed without entries is a feed', async (t) => {
  const undated = inventedDetermination({ caseNumber: 'CM00-0000002', specialty: ['Chiropractic'] });
  delete undated.decisionDate;
  const { folder } = await writeRecords(t, [inventedDetermination(), undated]);
  assert.equal((await readFeed(folder, '')).entry.length, 1);
  const empty = await readFeed(folder, 'specialties/chiropractic/');
  assert.deepEqual([empty.entry.length, empty.updated], [0, '2016-12-09T00:00:00Z']);
});

test('a feed holds no more than the newest, whatever the order of the letters', async (t) => {
  const day = (number: number): string => new Date(Date.UTC(2015, 0, 1 + number)).toISOString().slice(0, 10);
  const numbers = Array.from({ length: FEED_SIZE + 20 }, (_unused, index) => (index * 37) % (FEED_SIZE + 20));
  const { folder } = await writeRecords(t, numbers.map((number) => inventedDetermination({ caseNumber: `CM00-${String(number).padStart(7, '0')}`, decisionDate: day(number) })));
  const newest = numbers.sort((a, b) => b - a).slice(0, FEED_SIZE);
  for (const path of ['', 'services/diagnostic-testing/imaging-radiology/']) assert.deepEqual((await readFeed(folder, path)).entry.map(({ updated }) => updated), newest.map((number) => `${day(number)}T00:00:00Z`));
});

test('ids are absolute, one for each thing, and the same on every host', async (t) => {
  const records = [inventedDetermination({ decisions: [inventedDecision(), inventedDecision({ request: 'Ice pack' })] })];
  const ids = async (address: (path: string) => string): Promise<string[]> => {
    const { folder } = await writeRecords(t, records, address);
    const feeds = await Promise.all(['', 'services/diagnostic-testing/', 'specialties/orthopedic-surgery/'].map((path) => readFeed(folder, path)));
    return [...feeds.map(({ id }) => id), ...feeds[0]!.entry.map(({ id }) => id)];
  };
  const here = await ids(addressing('https://imr.example', '/'));
  assert.deepEqual(here, await ids(addressing(undefined, '/elsewhere/')));
  assert.equal(new Set(here).size, 5);
  for (const id of here) assert.match(id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a site that does not know its host links from the root of the server', async (t) => {
  const { folder } = await writeRecords(t, [inventedDetermination()], addressing(undefined, '/imr/'));
  const feed = await readFeed(folder, '');
  assert.deepEqual([addressOf(feed.link, 'self'), addressOf(feed.entry[0]!.link, 'alternate')], ['/imr/feed.atom', '/imr/cases/cm00-0000001/#decision-1']);
});

/** What XML 1.0 allows, from its rule [2] Char. */
const CHARACTERS = /^[\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const anyText = fc.string({ unit: fc.oneof(fc.constantFrom('<', '>', '&', '"', "'", ']]>', '<!--', '&amp;', '&#0;', '\0', '\u0008', '\u000b', '\uffff', '\ufffe', '\ud800', '\t', '\n', '\r', '\r\n', '🦴'), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 })), minLength: 1, maxLength: 30 });

test('any text is read back as it was, in elements and in attributes, but for what XML does not allow', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const xml = feedXml({
        id: 'urn:x',
        title: text,
        subtitle: '',
        day: '2016-12-09',
        author: text,
        address: { self: '/feed.atom', page: '/' },
        entries: [entryXml({ id: 'urn:y', title: text, day: '2016-12-09', address: '/', categories: [{ term: text, label: text }], summary: text })],
      });
      assert.match(xml, CHARACTERS);
      const kept = xmlCharacters(text);
      assert.ok([...text.toWellFormed()].filter((character) => CHARACTERS.test(character)).join('') === kept, 'nothing else is removed');
      const { title, author, entry } = parseFeed(xml);
      // The parser leaves empty texts out.
      assert.deepEqual([title['#text'] ?? '', author.name ?? '', entry[0]!.title['#text'] ?? '', entry[0]!.category[0]!['@term'], entry[0]!.summary['#text'] ?? ''], [kept, kept, kept, kept, kept]);
    }),
    { numRuns: 500 },
  );
});

test('any request, rationale and specialty gives feeds that are read back', async (t) => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, async (request, rationale, specialty) => {
      const record: Determination = inventedDetermination({ specialty: [specialty], decisions: [inventedDecision({ request, rationale: [rationale] })] });
      const { folder } = await writeRecords(t, [record]);
      for (const name of (await listFiles(folder)).filter((file) => file.endsWith('feed.atom'))) {
        const [entry] = parseFeed(await readFile(join(folder, name), 'utf8')).entry;
        assert.equal(entry!.title['#text'], xmlCharacters(`Upheld: denial stands - ${shortRequest(request)}`));
        assert.equal(entry!.summary['#text'] ?? '', xmlCharacters(rationale));
        assert.ok(entry!.category.some((category) => category['@term'] === xmlCharacters(valueStep(specialty))));
      }
    }),
    { numRuns: 25 },
  );
});

const TEXTS: [what: string, text: string, expected: string][] = [
  ['markup', '<b>&</b>', '&lt;b&gt;&amp;&lt;/b&gt;'],
  ['a quote', 'a "b"', 'a &quot;b&quot;'],
  ['line ends', 'a\r\nb\tc', 'a&#13;&#10;b&#9;c'],
  ['control characters', 'a\0\u0008\u001fb\ufffe', 'ab'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
];
for (const [what, text, expected] of TEXTS) test(`${what} in XML`, () => assert.equal(xmlText(text), expected));

const OPENINGS: [what: string, text: string, length: number, expected: string][] = [
  ['a short text is whole', 'One. Two.', 20, 'One. Two.'],
  ['whole sentences that fit', 'The first one. The second one. The third one is long.', 40, 'The first one. The second one.'],
  ['a number does not end a sentence', 'Take 2.5 mg for some time. And then more and more of it.', 30, 'Take 2.5 mg for some time.'],
  ['a long sentence is cut between words', 'A sentence that goes on and on and on', 20, 'A sentence that goes...'],
  ['a long word is cut where it must be', 'x'.repeat(30), 10, `${'x'.repeat(10)}...`],
];
for (const [what, text, length, expected] of OPENINGS) test(`a summary: ${what}`, () => assert.equal(opening(text, length), expected));
