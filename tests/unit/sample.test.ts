/** The sample: its determinations are what its letters say, and together its letters show what the site can show. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { importLetters } from '../../scripts/import/run.ts';
import { readVocabulary } from '../../scripts/understanding/vocabulary.ts';
import { caseGuidelines } from '../../src/determinations/record.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { listFiles, readFiles, temporaryFolder } from '../support/folders.ts';
import '../support/no-inspector.ts';

const CONTENT = resolve(import.meta.dirname, '../../content');
const LETTERS = join(CONTENT, 'letters');
const UPDATE = 'run "npm run import -- --from content/letters" and commit content/determinations';

test('the determinations of the sample are what its letters say today', async (t) => {
  const fresh = await temporaryFolder(t);
  const report = await importLetters({ from: LETTERS, to: fresh });
  assert.deepEqual(report.letters.filter((entry) => entry.result !== 'published'), []);
  const [written, committed] = [await readFiles(join(fresh, 'determinations')), await readFiles(join(CONTENT, 'determinations'))];
  assert.deepEqual(Object.keys(committed), Object.keys(written), `the list of determinations is stale: ${UPDATE}`);
  const stale = Object.keys(written).filter((name) => committed[name] !== written[name]);
  assert.deepEqual(stale, [], `stale: ${UPDATE}`);
});

describe('the letters of the sample', async () => {
  const files = await listFiles(LETTERS);
  const records: Determination[] = await Promise.all((await listDeterminationFiles(CONTENT)).map((file) => readDetermination(CONTENT, file)));
  const decisions = records.flatMap((record) => record.decisions);
  const distinct = (values: Iterable<string>) => [...new Set(values)].sort();

  for (const file of files) {
    test(`${file} says that it is invented, and has a number that the state does not use`, async () => {
      const text = await readFile(join(LETTERS, file), 'utf8');
      const beforeTheCase = text.slice(0, text.indexOf('CLINICAL CASE SUMMARY'));
      assert.match(beforeTheCase, /\binvented\b/);
      assert.deepEqual(text.match(/\bCM\d{2}-\d{7}\b/g), [file.replace(/\.txt$/, '')]);
      assert.match(file, /^CM00-\d{7}\.txt$/);
    });
  }

  test('are forty or more, and no two say the same', () => {
    assert.ok(files.length >= 40, `there are ${files.length}`);
    assert.equal(records.length, files.length);
    const texts = [...records.map((record) => record.clinicalSummary.join(' ')), ...decisions.map((decision) => decision.rationale.join(' '))];
    assert.equal(distinct(texts).length, texts.length);
  });

  test('are decided in every year from 2013 to 2025', () => {
    assert.deepEqual(distinct(records.map((record) => record.decisionDate!.slice(0, 4))), Array.from({ length: 13 }, (_, index) => String(2013 + index)));
  });

  test('ask for services of every category', () => {
    const { categories } = readVocabulary<{ categories: Record<string, unknown> }>('services');
    assert.deepEqual(distinct(decisions.map((decision) => decision.service.category)), Object.keys(categories).sort());
  });

  test('are reviewed in ten or more specialties', () => {
    const specialties = distinct(records.flatMap((record) => record.specialty));
    assert.ok(specialties.length >= 10, specialties.join(', '));
  });

  test('cite twenty or more guideline chapters, and every kind of source', () => {
    const guidelines = distinct(caseGuidelines(decisions));
    const chapters = guidelines.filter((guideline) => guideline.includes(' > '));
    assert.ok(chapters.length >= 20, chapters.join(', '));
    assert.deepEqual(distinct(guidelines.map((guideline) => guideline.split(' > ')[0]!)), ['ACOEM', 'MTUS', 'ODG', 'none', 'other']);
  });

  test('have all outcomes, about as often as the published ones', () => {
    assert.deepEqual(distinct(records.map((record) => record.outcome)), ['overturned', 'partially overturned', 'upheld']);
    const share = decisions.filter((decision) => decision.outcome === 'overturned').length / decisions.length;
    assert.ok(share >= 0.1 && share <= 0.15, `${(100 * share).toFixed(1)} % of the decisions are overturned`);
  });

  test('decide on one thing, or on several up to nine', () => {
    const sizes = records.map((record) => record.decisions.length);
    assert.ok(sizes.filter((size) => size >= 3 && size <= 9).length >= 5, sizes.join(', '));
    assert.ok(sizes.includes(1) && sizes.includes(9), sizes.join(', '));
  });
});
