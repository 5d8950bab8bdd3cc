/**
 * The published letters, where they are at hand: all are read, and what is written agrees with what people have read in them.
 * The rules were written with these letters in view. The scores show that nothing has got worse; they say little about letters that
 * nobody here has seen.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ImportReport } from '../../scripts/import/report.ts';
import { importLetters } from '../../scripts/import/run.ts';
import '../support/no-inspector.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { temporaryFolder } from '../support/folders.ts';
import { goldLines, scoreLines } from '../score/gold-score.ts';

const SHARED = resolve('../shared');
const LETTERS = join(SHARED, 'letters');
const SCORE = join(SHARED, 'gold/score.py');

/** The least share of right answers, by the scorer's groups and fields. */
const GROUPS: Readonly<Record<string, number>> = {
  header: 0.995,
  credentials: 0.995,
  // One of the 120 says a date of birth, which is redacted.
  summary: 0.99,
  patient: 0.995,
  segmentation: 0.995,
  outcome: 0.995,
  rationale: 0.995,
  guideline_text: 0.995,
  guidelines: 0.95,
};
const FIELDS: Readonly<Record<string, number>> = { 'service.category': 0.9, 'service.subcategory': 0.85 };

function missing(): string | false {
  if (!existsSync(LETTERS)) return 'there is no ../shared/letters beside the project';
  if (!existsSync(SCORE)) return 'there is no ../shared/gold/score.py beside the project';
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'there is no python3';
  }
}

describe('the published letters', { skip: missing() }, () => {
  const cleanUp: (() => unknown)[] = [];
  let content: string;
  let report: ImportReport;
  before(async () => {
    content = await temporaryFolder({ after: (step) => cleanUp.push(step as () => unknown) });
    report = await importLetters({ from: LETTERS, to: content, redact: true });
  });
  after(async () => {
    for (const step of cleanUp) await step();
  });

  test('are all published', () => {
    assert.deepEqual(report.letters.filter((entry) => entry.result !== 'published'), []);
    assert.deepEqual(report.counts, { read: 121, written: 121, unchanged: 0, duplicate: 0, quarantined: 0, removed: 0 });
  });

  test('give 121 cases with 275 decisions', async () => {
    const files = await listDeterminationFiles(content);
    const records = await Promise.all(files.map((file) => readDetermination(content, file)));
    assert.equal(records.length, 121);
    assert.equal(records.reduce((sum, record) => sum + record.decisions.length, 0), 275);
    assert.equal(records.filter((record) => record.caseNumber === undefined).length, 1);
  });

  for (const [gold, letters] of [['gold-dev.jsonl', 120], ['gold-seed.jsonl', 1]] as const) {
    test(`say what ${gold} says`, async (t) => {
      const { groups, fields, predicted } = await scoreLines(await goldLines(content), { goldFolder: join(SHARED, 'gold'), gold, predictions: join(content, `${gold}.predicted`) });
      assert.equal(predicted, letters);
      const scores = [...Object.entries(GROUPS).map(([name, least]) => [name, groups[name], least] as const), ...Object.entries(FIELDS).map(([name, least]) => [name, fields[name]?.score, least] as const)];
      for (const [name, score] of scores) t.diagnostic(`${gold} ${name}: ${score}`);
      for (const [name, score, least] of scores) assert.ok(typeof score === 'number' && score >= least, `${name} is ${score}, and was to be ${least} at least`);
    });
  }
});
