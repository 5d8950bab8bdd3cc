/** Determinations kept as JSON between builds: what is read from there is what the Markdown says, always. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, beforeEach, test } from 'node:test';
import { parseDeterminations } from '../../scripts/site/parse.ts';
import { DeterminationError } from '../../src/determinations/error.ts';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { PARSED_INDEX, parsedDetermination } from '../../src/determinations/parsed.ts';
import type { ParsedIndex } from '../../src/determinations/parsed.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { readMarkdown, withReadings } from '../../src/determinations/read-markdown.ts';
import { determinationFile, listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';

const root = await mkdtemp(join(tmpdir(), 'parse-'));
after(() => rm(root, { recursive: true, force: true }));
afterEach(() => delete process.env[PARSED_INDEX]);

let folder = '';
let cache = '';
let count = 0;
beforeEach(async () => {
  folder = join(root, `content-${(count += 1)}`);
  cache = join(root, `cache-${count}`);
  await mkdir(folder);
});

async function write(caseNumber: string, fields: Partial<Determination> = {}): Promise<string> {
  const record = inventedDetermination({ id: caseNumber, caseNumber, decisionDate: '2016-12-09', ...fields });
  const file = determinationFile(record);
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), stringifyDetermination(record));
  return file;
}

async function parse(): Promise<ParsedIndex> {
  process.env[PARSED_INDEX] = await parseDeterminations(folder, cache);
  return JSON.parse(await readFile(process.env[PARSED_INDEX], 'utf8')) as ParsedIndex;
}

async function expectAsWritten(): Promise<void> {
  for (const file of await listDeterminationFiles(folder)) {
    const parsed = parsedDetermination(folder, file);
    assert.ok(parsed, `${file} is not there`);
    assert.deepEqual(parsed, withReadings(readMarkdown(folder, file)));
    assert.deepEqual(await readDetermination(folder, file), parsed);
  }
}

test('what was parsed is what the files say, also of more than one thread parses', async () => {
  for (let number = 0; number < 600; number += 1) await write(`CM00-${String(number).padStart(7, '0')}`, { clinicalSummary: [`Number ${number} – “quoted” é 🦴`] });
  await parse();
  await expectAsWritten();
});

test('only what changed is parsed again; what is new comes, what is gone goes', async () => {
  const [first, second, third] = [await write('CM00-0000001'), await write('CM00-0000002'), await write('CM00-0000003')];
  const before = await parse();
  await expectAsWritten();
  assert.deepEqual(await parse(), before);
  // Of the same length, and made to look as old.
  await write('CM00-0000002', { decisions: [inventedDecision({ outcome: 'overturned' })], outcome: 'overturned' });
  await utimes(join(folder, second), new Date(0), new Date(0));
  await rm(join(folder, third));
  const fourth = await write('CM00-0000004');
  const later = await parse();
  assert.deepEqual(Object.keys(later.entries).sort(), [first, second, fourth].sort());
  assert.deepEqual(later.entries[first]!.look, before.entries[first]!.look);
  await expectAsWritten();
  assert.equal(parsedDetermination(folder, second)!.outcome, 'overturned');
  assert.equal((await readdir(cache)).length, 2, 'what was before is still there');
});

test('a damaged determination is named, and the last index stays', async () => {
  await write('CM00-0000001');
  const file = await write('CM00-0000002');
  const before = await parse();
  await writeFile(join(folder, file), 'no frontmatter');
  await assert.rejects(parseDeterminations(folder, cache), (error) => error instanceof DeterminationError && error.message.includes(file));
  assert.deepEqual(JSON.parse(await readFile(process.env[PARSED_INDEX]!, 'utf8')), before);
  assert.equal((await readdir(cache)).length, 2, 'what was begun is still there');
});

test('an index that is damaged, gone or of another folder is not believed', async () => {
  const [first, second] = [await write('CM00-0000001'), await write('CM00-0000002')];
  const index = await parse();
  assert.equal(parsedDetermination(join(root, 'elsewhere'), first), undefined);
  assert.equal(parsedDetermination(folder, '__proto__'), undefined);
  // The entries of two files changed places.
  const swapped = join(cache, 'swapped.json');
  await writeFile(swapped, JSON.stringify({ ...index, entries: { [first]: index.entries[second], [second]: index.entries[first] } }));
  process.env[PARSED_INDEX] = swapped;
  assert.equal(parsedDetermination(folder, first), undefined);
  assert.deepEqual(await readDetermination(folder, first), withReadings(readMarkdown(folder, first)));
  process.env[PARSED_INDEX] = join(cache, 'none.json');
  assert.deepEqual(await readDetermination(folder, first), withReadings(readMarkdown(folder, first)));
  const [own] = (await readdir(cache)).filter((name) => /^determinations-[\w-]+\.json$/.test(name));
  await writeFile(join(cache, own!), '{"version":');
  await parse();
  await expectAsWritten();
});

test('a line that was damaged, or cut off, is read from its determination again', async () => {
  const files = [await write('CM00-0000001'), await write('CM00-0000002')];
  const { lines } = await parse();
  const whole = await readFile(lines, 'utf8');
  for (const damaged of [whole.replace('upheld', 'UPHELD'), whole.slice(0, -10)]) {
    assert.notEqual(damaged, whole);
    const now = (await parse()).lines;
    await writeFile(now, damaged);
    const mended = await parse();
    assert.notEqual(mended.lines, now);
    assert.equal((await readFile(mended.lines, 'utf8')).length, whole.length);
    for (const file of files) assert.deepEqual(parsedDetermination(folder, file), withReadings(readMarkdown(folder, file)));
  }
});
