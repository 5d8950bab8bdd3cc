/** What the pages know of a content folder: cases, and beside them the letters that were superseded. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCorpus } from '../../src/corpus.ts';
import { browse } from '../../src/browse.ts';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { determinationFile, supersededFile } from '../../src/determinations/store.ts';
import { supersededPath } from '../../src/urls.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';

const CURRENT = inventedDetermination();

function older(letter: string, decisionDate: string | undefined): Determination {
  return inventedDetermination({
    decisionDate,
    specialty: ['Neurology'],
    decisions: [inventedDecision({ outcome: 'overturned' }), inventedDecision()],
    source: { ...CURRENT.source, sha256: letter.repeat(64) },
    supersededBy: { decisionDate: CURRENT.decisionDate, file: CURRENT.source.file },
  });
}

function files(...records: Determination[]): Record<string, string> {
  return Object.fromEntries(
    records.map((record) => [
      record.supersededBy ? supersededFile({ caseNumber: record.caseNumber!, sha256: record.source.sha256 }) : determinationFile(record),
      stringifyDetermination(record),
    ]),
  );
}

describe('superseded letters', () => {
  test('belong to their case, newest first, and are in no list and no count', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFiles(folder, files(CURRENT, older('b', '2014-01-01'), older('c', undefined), older('d', '2015-01-01')));
    const corpus = await readCorpus(folder);
    assert.equal(corpus.cases.length, 1);
    assert.deepEqual(corpus.cases[0]!.superseded!.map(({ caseNumber, decisionDate, sha256 }) => [caseNumber, decisionDate, sha256[0]]), [
      ['CM00-0000001', '2015-01-01', 'd'],
      ['CM00-0000001', '2014-01-01', 'b'],
      ['CM00-0000001', undefined, 'c'],
    ]);
    assert.deepEqual(corpus.decisions.map(({ outcome }) => outcome), ['upheld']);
    const { year, specialty } = browse(corpus);
    assert.deepEqual([[...year.nodes.keys()], [...specialty.nodes.keys()]], [['2016'], ['Orthopedic Surgery']]);
    assert.equal(supersededPath('CM00-0000001', 'd'.repeat(64)), 'cases/cm00-0000001/superseded/dddddddd/');
  });

  test('without their case are an error that says what to do', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFiles(folder, files(inventedDetermination({ caseNumber: 'CM00-0000002' }), older('b', '2014-01-01')));
    await assert.rejects(readCorpus(folder), /superseded\/CM00-0000001--bbbbbbbb\.md: the letter that supersedes it is not here\. Import/);
  });

  test('are none of a case that has one letter', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFiles(folder, files(CURRENT));
    assert.equal((await readCorpus(folder)).cases[0]!.superseded, undefined);
  });
});
