/** What strangers may send: every file is published whole and right, or quarantined with words that say what to do; the run goes on. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { determine } from '../../scripts/import/determine.ts';
import type { ImportReport } from '../../scripts/import/report.ts';
import { importLetters } from '../../scripts/import/run.ts';
import type { HiddenText } from '../../scripts/letters/read.ts';
import { letterText as textOf } from '../../scripts/letters/read.ts';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { readDetermination } from '../../src/determinations/store.ts';
import { listFiles, temporaryFolder, writeFiles } from '../support/folders.ts';
import { HOSTILE_FILES } from '../support/hostile-pdf.ts';
import type { HostileFile } from '../support/hostile-pdf.ts';
import { DECISIONS, letterText } from '../support/letters.ts';
import '../support/no-inspector.ts';

/** Three pages. Each file has a case of its own, so that none is another's older letter. */
const letterOf = (index: number): string => letterText({ caseNumber: `CM00-${1_000_000 + index}`, decisions: DECISIONS });
const BESIDE = 'a letter beside them.txt';
const BESIDE_LETTER = letterText({ caseNumber: 'CM00-0999999' });
const BESIDE_DETERMINATION = 'determinations/2016/CM00-0999999.md';

const numbered = HOSTILE_FILES.map((file, index) => ({ ...file, letter: letterOf(index) }));

describe('hostile and odd files', () => {
  const cleanUp: (() => unknown)[] = [];
  let folder: string;
  let alone: string;
  before(async () => {
    folder = await temporaryFolder({ after: (step) => cleanUp.push(step as () => unknown) });
    await writeFiles(join(folder, 'one'), { [BESIDE]: BESIDE_LETTER });
    await importLetters({ from: join(folder, 'one'), to: join(folder, 'alone'), processes: 1 });
    alone = await readFile(join(folder, 'alone', BESIDE_DETERMINATION), 'utf8');
  });
  after(async () => {
    for (const step of cleanUp) await step();
  });

  /** Imports them with a letter beside them; everything that holds of every import is held against it. */
  async function imported(name: string, files: readonly (HostileFile & { letter: string })[], letterTimeout: number, processes?: number): Promise<{ to: string; report: ImportReport }> {
    const [from, to] = [join(folder, name), join(folder, `${name} content`)];
    await writeFiles(from, { [BESIDE]: BESIDE_LETTER, ...Object.fromEntries(files.map((file) => [file.name, file.bytes(file.letter)])) });
    const report = await importLetters({ from, to, letterTimeout, ...(processes === undefined ? {} : { processes }) });
    const { read, written, unchanged, duplicate, quarantined, removed } = report.counts;
    assert.deepEqual([...report.letters.map(({ file }) => file)].sort(), [BESIDE, ...files.map((file) => file.name)].sort(), 'every file is named once');
    assert.equal(read, written + unchanged + duplicate + quarantined + removed, 'the counts add up');
    const published = report.letters.filter(({ result }) => result === 'published').map(({ determination }) => determination!);
    assert.deepEqual(await listFiles(to), [...published, 'import-report.json', 'import-report.md'].sort(), 'nothing is left but what the report names');
    for (const { file, result, reason } of report.letters) if (result === 'quarantined') assert.match(reason ?? '', /\w+ \w+/, `${file} has words`);
    assert.equal(await readFile(join(to, BESIDE_DETERMINATION), 'utf8'), alone, 'the letter beside them is what it is alone');
    return { to, report };
  }

  test('are at least 150, each with its own bytes', (t) => {
    t.diagnostic(`${numbered.length} files`);
    assert.ok(numbered.length >= 150);
    assert.equal(new Set(numbered.map(({ name }) => name)).size, numbered.length);
  });

  test('are published whole or quarantined with the right code, and the run goes on', async (t) => {
    const files = numbered.filter(({ endless }) => !endless);
    // Far more time than they take: what is tested here does not depend on the machine.
    const { to, report } = await imported('files', files, 60_000);
    const codes = new Map<string, number>();
    const wrong: string[] = [];
    for (const { name, expected, letter } of files) {
      const { result, code, reason, determination } = report.letters.find(({ file }) => file === name)!;
      const found = code ?? result;
      codes.set(found, (codes.get(found) ?? 0) + 1);
      const right = result === 'published' ? (expected === 'same' || expected === 'safe') && (await isSame(to, determination!, letter)) : expected === 'safe' || expected === 'unpublished' || expected.includes(found);
      // The second empty file is like the first.
      if (!right && result !== 'duplicate') wrong.push(`${name}: ${found}, not ${String(expected)} (${reason ?? determination})`);
    }
    for (const [code, count] of [...codes].sort()) t.diagnostic(`${count} ${code}`);
    assert.deepEqual(wrong, []);
  });

  test('that go on for ever are stopped by a limit, each alone', async (t) => {
    const files = numbered.filter(({ endless }) => endless);
    const { report } = await imported('endless', files, 5000, files.length);
    for (const { name, expected } of files) {
      const { code, reason } = report.letters.find(({ file }) => file === name)!;
      t.diagnostic(`${name}: ${code}`);
      assert.ok(expected.includes(code!), `${name}: ${code} (${reason})`);
      assert.match(reason!, /--seconds|--memory|Print it to a new PDF|fetch .* again/i);
    }
  });

  test('with text that is not seen say which, and no other file does', async () => {
    const letter = letterOf(0);
    const found: Record<string, HiddenText['how'][]> = {};
    for (const { name, bytes } of HOSTILE_FILES.filter((file) => file.name.startsWith('unseen/'))) {
      const hidden = await textOf(bytes(letter)).then((text) => text.hidden, () => []);
      if (hidden.length > 0) found[name.slice(7, -4)] = [...new Set(hidden.map(({ how }) => how))];
    }
    assert.deepEqual(found, {
      'black box over the outcome': ['covered'],
      'black box over a word': ['covered'],
      'white box over the outcome': ['covered'],
      'box drawn as a thick line': ['covered'],
      'box of thin strips': ['covered'],
      'box in a form': ['covered'],
      'picture over the outcome': ['covered'],
      'drawn note over the outcome': ['covered'],
      'marked to be redacted': ['covered'],
      'white sentence': ['invisible'],
      'nearly white sentence': ['invisible'],
      'sentence without ink': ['invisible'],
      'sentence as a clip only': ['invisible'],
      'sentence of no opacity': ['invisible'],
      'sentence clipped away': ['invisible'],
      'sentence too small': ['invisible'],
      'sentence below the page': ['outside'],
      'sentence beside the cropped page': ['outside'],
      'layer that is switched off': ['invisible'],
      'form in a layer that is switched off': ['invisible'],
      'scan with recognised text and a black box': ['covered'],
      'picture over printed text': ['covered'],
    });
  });

  test('have their hidden words named as they stand in the text', async () => {
    const { bytes } = HOSTILE_FILES.find(({ name }) => name === 'unseen/white sentence.pdf')!;
    const { text, hidden } = await textOf(bytes(letterOf(0)));
    assert.deepEqual(hidden, [{ page: 1, text: 'An invented name that nobody sees', how: 'invisible' }]);
    assert.match(text, /An invented name that nobody sees/);
  });
});

/** Whether a determination says what the letter's plain text says; only the file that it names is another. */
async function isSame(content: string, file: string, letter: string): Promise<boolean> {
  const { source } = await readDetermination(content, file);
  const { record } = await determine(Buffer.from(letter), 'letter.txt');
  assert.ok(record);
  return (await readFile(join(content, file), 'utf8')) === stringifyDetermination({ ...record, source });
}
