/** Hostile text through the import, the record, the facets and the search, without a browser: it stays text, stays in its folder, and counts as what it is. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { determine } from '../../scripts/import/determine.ts';
import { importLetters } from '../../scripts/import/run.ts';
import { browse } from '../../src/browse.ts';
import { caseRow } from '../../src/corpus.ts';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { parseDetermination } from '../../src/determinations/parse-markdown.ts';
import { plainText } from '../../src/determinations/plain-text.ts';
import { compareText } from '../../src/determinations/record.ts';
import { readMarkdown } from '../../src/determinations/read-markdown.ts';
import { determinationFile, isDeterminationFile, listDeterminationFiles } from '../../src/determinations/store.ts';
import { FACETS } from '../../src/facets.ts';
import { jsonLdText } from '../../src/json-ld.ts';
import { parseQuery } from '../../src/search/query.ts';
import { formatState, parseState } from '../../src/search/state.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { listFiles, temporaryFolder, writeFiles } from '../support/folders.ts';
import { printed } from '../support/hostile-records.ts';
import { letterText } from '../support/letters.ts';
import { PAYLOADS, somePayloads } from '../support/payloads.ts';

/** What nothing may have changed when a test is over. */
function assertUnpolluted(): void {
  const bare: Record<string, unknown> = {};
  assert.equal(bare['polluted'], undefined);
  assert.deepEqual(Object.keys(Object.prototype), []);
  assert.equal((globalThis as { pwned?: unknown }).pwned, undefined);
}

describe('payloads', () => {
  test('are many, each once, and the same in each run', (t) => {
    t.diagnostic(`${PAYLOADS.length} payloads of ${new Set(PAYLOADS.map(({ kind }) => kind)).size} kinds`);
    assert.ok(PAYLOADS.length >= 600);
    assert.equal(new Set(PAYLOADS.map(({ id }) => id)).size, PAYLOADS.length);
    assert.equal(new Set(PAYLOADS.map(({ text }) => text)).size, PAYLOADS.length);
    assert.deepEqual(somePayloads(2), somePayloads(2));
  });
});

describe('hostile letters', () => {
  const PLACES = ['request', 'rationale', 'guideline', 'claims administrator', 'specialty', 'licensure', 'summary', 'case number'] as const;
  type Place = (typeof PLACES)[number];
  /** Places of one letter: those that decide on each other are apart, so that a letter that is refused for one says little of few. */
  const HALVES: readonly (readonly Place[])[] = [PLACES.filter((_place, index) => index % 2 === 0), PLACES.filter((_place, index) => index % 2 === 1)];
  /** As a letter prints it: a name of a file or a line has no line ends. */
  const letterOf = (text: string, places: readonly Place[]): string => {
    const at = (wanted: Place, otherwise: string): string => (places.includes(wanted) ? text.toWellFormed() : otherwise);
    return letterText({
      caseNumber: at('case number', 'CM00-0000001'),
      specialty: at('specialty', 'Family Practice'),
      licensure: at('licensure', 'California'),
      summary: `The injured worker is a 48 year old male. ${at('summary', '')}`,
      decisions: [{ request: at('request', 'MRI of the right shoulder'), reviewerGuideline: `Decision based on ${at('guideline', 'MTUS Shoulder Complaints')}.`, claimsAdministratorGuideline: `Decision based on ${at('claims administrator', 'ODG Pain')}.`, rationale: `Before it. ${at('rationale', '')} After it.` }],
    });
  };

  test('are read as text or quarantined in words, and what is written comes back', async (t) => {
    let read = 0;
    let refused = 0;
    for (const { id, text } of PAYLOADS) {
      for (const places of HALVES) {
        const name = `${id} as ${places.join(', ')}`;
        const reading = await determine(Buffer.from(letterOf(text, places)), 'letter.txt');
        const { record } = reading;
        if (record === undefined) {
          refused += 1;
          continue;
        }
        read += 1;
        const file = stringifyDetermination(record);
        const { notes = [], ...rest } = record;
        assert.deepEqual(parseDetermination(file, 'x', name), JSON.parse(JSON.stringify({ id: 'x', ...rest, ...(notes.length > 0 && { notes }) })), name);
        assert.doesNotMatch(JSON.stringify([record.decisions, record.clinicalSummary, record.specialty]), /\\u00[01]|[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/, name);
        if (record.caseNumber !== undefined) assert.match(record.caseNumber, /^CM\d{2}-\d{7}$/, name);
      }
    }
    t.diagnostic(`${PAYLOADS.length} payloads in ${PLACES.length} places of a letter, ${PAYLOADS.length * PLACES.length} combinations: ${read} letters read, ${refused} quarantined`);
    assert.ok(read > 1.5 * PAYLOADS.length);
    assertUnpolluted();
  });

  test('called by hostile names stay in the content folder, and none takes the place of another', async (t) => {
    const folder = await temporaryFolder(t);
    const names = [...new Set(PAYLOADS.map(({ text }) => text.toWellFormed().replace(/[/\0]/g, '_')))].filter((name) => !name.startsWith('.') && Buffer.byteLength(name) <= 240);
    const letters = new Map(names.map((name, index) => [`${name}.txt`, letterText({ decisions: [{ request: `MRI of the right shoulder, number ${index}` }] }).replace(/^Case Number:.*\n/m, '')]));
    await writeFiles(join(folder, 'letters'), Object.fromEntries(letters));
    const outside = await listFiles(folder);
    const { counts } = await importLetters({ from: join(folder, 'letters'), to: join(folder, 'content') });
    const files = await listDeterminationFiles(join(folder, 'content'));
    t.diagnostic(`${names.length} names of files: ${counts.written} written, ${counts.quarantined} quarantined`);
    assert.equal(counts.written + counts.quarantined, names.length);
    assert.equal(files.length, counts.written);
    assert.ok(counts.written > 500);
    assert.deepEqual((await listFiles(folder)).filter((file) => !file.startsWith('content/')), outside);
    const requests = new Set<string>();
    for (const file of files) {
      assert.ok(isDeterminationFile(file), file);
      requests.add(readMarkdown(join(folder, 'content'), file).decisions[0]!.request);
    }
    assert.equal(requests.size, files.length);
    assert.equal(new Set(files.map((file) => file.toLowerCase())).size, files.length);
    assertUnpolluted();
  });

  test('of a megabyte of adversarial text are read within the time of a letter', async (t) => {
    const folder = await temporaryFolder(t);
    const letters = ['she was ', '48 year old ', 'MTUS, ', '(', 'a '].map((pump, index): [string, string] => {
      const long = pump.repeat(Math.ceil(300_000 / pump.length));
      const decisions = [{ request: `MRI ${long.slice(0, 50_000)}`, rationale: long, reviewerGuideline: `Decision based on MTUS ${long}.` }];
      return [`letter-${index}.txt`, letterText({ caseNumber: `CM00-000000${index}`, summary: `The worker at ${long}48 years`, width: 1_000_000, decisions })];
    });
    await writeFiles(join(folder, 'letters'), Object.fromEntries(letters));
    const { letters: entries } = await importLetters({ from: join(folder, 'letters'), to: join(folder, 'content') });
    for (const entry of entries) t.diagnostic(`${entry.file}: ${entry.result === 'quarantined' ? entry.reason : entry.result}`);
    assert.equal(entries.length, letters.length);
    assert.deepEqual(entries.filter((entry) => entry.result === 'quarantined' && /seconds|longer|memory/.test(entry.reason ?? '')), []);
  });
});

describe('hostile values', () => {
  test('are each a value of their own with right counts, whatever objects call their properties', () => {
    const values = [...new Set(PAYLOADS.map(({ text }) => printed(text)))];
    const rows = values.map((value, index) => {
      const cited = [{ source: 'other' as const, chapter: value }];
      const record = inventedDetermination({ caseNumber: `CM00-${String(index).padStart(7, '0')}`, specialty: [value], decisions: [inventedDecision({ service: { category: value, subcategory: value }, drugs: [value], bodyParts: [value], guidelines: cited })] });
      return caseRow(record, determinationFile(record));
    });
    const trees = browse({ decisions: rows.flatMap(({ decisions }) => decisions) });
    // The names of reasons are ours.
    for (const { name } of FACETS.filter(({ name }) => name !== 'reason')) {
      const { nodes, roots } = trees[name];
      const paths = [...nodes.values()].map(({ path }) => path);
      assert.equal(new Set(paths).size, paths.length, `${name}: two values have one address`);
      for (const path of paths) assert.match(path, /^[a-z-]+(?:\/[a-z0-9-]{1,110}){1,2}\/$/);
      assert.equal(roots.reduce((sum, { split }) => sum + split.total, 0), rows.length, `${name}: a decision was lost or counted twice`);
    }
    for (const name of ['drug', 'bodypart', 'specialty'] as const) assert.equal(trees[name].roots.length, trees[name].nodes.size, `${name}: a value came apart`);
    assert.deepEqual([trees.service.roots.length, trees.service.nodes.size], [trees.drug.nodes.size, 2 * trees.drug.nodes.size]);
    assertUnpolluted();
  });

  test('make an address that is read back, and a query that says what it means', () => {
    for (const { id, text } of PAYLOADS) {
      const state = parseState(`?${new URLSearchParams([['q', text], ...FACETS.map(({ name }) => [name, text]), [text, text], ['sort', text], ['page', text], ['from', text], ['to', text]])}`);
      assert.deepEqual(parseState(formatState(state)), state, id);
      const { units, repairs } = parseQuery(text);
      assert.ok(Array.isArray(units) && repairs.every((sentence) => typeof sentence === 'string'), id);
    }
    assertUnpolluted();
  });

  test('as a query of 100,000 characters are cut, and the reader is told', () => {
    for (const { id, text } of PAYLOADS) {
      const { repairs } = parseQuery(`knee ${text.repeat(Math.ceil(100_000 / text.length))}`);
      assert.ok(repairs.some((sentence) => sentence.startsWith('Only the first')), id);
    }
  });

  test('as data for machines are read back, and hold nothing that HTML does not allow', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...PAYLOADS.map(({ text }) => text))), (text) => {
        const block = jsonLdText({ text });
        assert.deepEqual(JSON.parse(block), { text });
        assert.doesNotMatch(block, /[<>&\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Noncharacter_Code_Point}|\p{Cs}/u);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});

test('any file name and any note come back as they were', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const record = inventedDetermination({ source: { ...inventedDetermination().source, file: text }, notes: [text], specialtyAsPrinted: [text] });
      const { id, ...rest } = record;
      assert.deepEqual(parseDetermination(stringifyDetermination(rest), id, 'x.md'), record);
      assert.equal(plainText(plainText(text)), plainText(text));
    }),
    { numRuns: 500, seed: 2 },
  );
});

test('the sample has no text of a payload: nothing hostile is published', () => {
  const sample = readFileSync(join(import.meta.dirname, '../../content/letters/CM00-0000101.txt'), 'utf8');
  assert.deepEqual(PAYLOADS.filter(({ text }) => text.length > 12 && sample.includes(text)).map(({ id }) => id).sort(compareText), []);
});
