/** An import that is killed at any moment leaves determinations and report as they were, or says so, and the next import makes what one that was never killed makes. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { seeded } from '../../scripts/bench/random.ts';
import { isHalfChanged } from '../../scripts/import/change.ts';
import { startReaders } from '../../scripts/import/readers.ts';
import { importLetters } from '../../scripts/import/run.ts';
import { buildSite } from '../../scripts/site/build.ts';
import '../support/no-inspector.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';
import { letterText } from '../support/letters.ts';
import type { InventedLetter } from '../support/letters.ts';
import { differences, hashesOf } from './builder.ts';
import { run } from './ended.ts';
import type { KillPoint, Run, RunOptions } from './ended.ts';

const PERSON = 'This letter was invented. The injured worker, Mr. John Sample, can be called at 213-555-0142. He is a 48 year old male with pain of the right shoulder.';

/** Letters of a first import. */
const FIRST: Readonly<Record<string, InventedLetter>> = {
  'changes its words.txt': { caseNumber: 'CM00-0000001' },
  'changes its year.txt': { caseNumber: 'CM00-0000002', decisionDate: '01/05/2017' },
  'is superseded.txt': { caseNumber: 'CM00-0000003' },
  'is taken out.txt': { caseNumber: 'CM00-0000004' },
  'stays.txt': { caseNumber: 'CM00-0000005' },
  'becomes unreadable.txt': { caseNumber: 'CM00-0000006' },
};
/** What of them is changed before the second. */
const SECOND: Readonly<Record<string, InventedLetter>> = {
  'changes its words.txt': { caseNumber: 'CM00-0000001', decisions: [{ request: 'MRI of the left shoulder', outcome: 'Overturned' }] },
  'changes its year.txt': { caseNumber: 'CM00-0000002', decisionDate: '01/05/2018' },
  'is newer.txt': { caseNumber: 'CM00-0000003', decisionDate: '02/01/2018' },
  'is new.txt': { caseNumber: 'CM00-0000007' },
  'names a person.txt': { caseNumber: 'CM00-0000008', summary: PERSON },
};
const REMOVED = '- { case: CM00-0000004, date: 2026-01-31, reason: "Invented for a test." }\n';

const TO = 'determinations/';
/** Moments between reading and the end, in the order in which an import comes to them. */
const POINTS: readonly KillPoint[] = [
  { call: 'writeFile', path: '\\.import/\\d+\\.md$', when: 'half' },
  { call: 'writeFile', path: '\\.import/rewritten-\\d+\\.md$', when: 'half' },
  { call: 'writeFile', path: '\\.import/import-report\\.json$', when: 'half' },
  { call: 'linkSync', path: '\\.import/before-\\d+$', nth: 3 },
  { call: 'writeFileSync', path: '\\.import/before\\.json\\.new$', when: 'half' },
  { call: 'renameSync', path: '\\.import/before\\.json$' },
  { call: 'renameSync', path: '\\.import/before\\.json$', when: 'after' },
  { call: 'rmSync', path: `${TO}.*\\.md$`, when: 'after' },
  { call: 'renameSync', path: `${TO}.*\\.md$` },
  { call: 'renameSync', path: `${TO}.*\\.md$`, nth: 2, when: 'after' },
  { call: 'renameSync', path: `${TO}.*\\.md$`, nth: 4, when: 'after' },
  { call: 'renameSync', path: '/import-report\\.json$' },
  { call: 'renameSync', path: '/import-report\\.json$', when: 'after' },
  { call: 'rmSync', path: '\\.import/before\\.json$' },
  { call: 'rmSync', path: '\\.import/before\\.json$', when: 'after' },
];
const MOMENTS = 20;

test(`an import killed at ${MOMENTS} moments`, { timeout: 300_000 }, async (t) => {
  for (const redact of [false, true]) {
    await t.test(redact ? 'that redacts' : 'that redacts nothing', async (each) => {
      const place = await twoImports(each, redact);
      const { whole, after, content } = place;
      const random = seeded(redact ? 21 : 20);
      await place.start();
      const began = performance.now();
      assert.equal((await place.run({})).code, 0);
      const duration = performance.now() - began;
      assert.deepEqual(differences(await hashesOf(content), after), []);
      const byClock = Array.from({ length: MOMENTS - POINTS.length }, () => Math.round(duration * random.next()));
      // With the option the letters alone are others, so every third moment will do.
      const kills = [...POINTS, ...byClock].filter((_kill, index) => !redact || index % 3 === 0);
      let [before, half, done] = [0, 0, 0];
      for (const kill of kills) {
        const name = JSON.stringify(kill);
        await place.start();
        const { code, stderr } = await place.run({ kill });
        if (typeof kill === 'object') assert.equal(code, null, `${name} was not reached: ${stderr}`);
        const there = withoutStaging(await hashesOf(content));
        const isDone = differences(there, after).length === 0 && !isHalfChanged(content);
        if (isHalfChanged(content)) {
          half += 1;
          // Nothing of it can be published, and nothing is written.
          await assert.rejects(buildSite({ content, out: join(place.folder, 'site') }), /half changed: .* import again, which first takes back what was half done; then build/);
          assert.equal(existsSync(join(place.folder, 'site')), false);
        } else if (isDone) done += 1;
        else {
          assert.deepEqual(differences(there, whole), [], `${name}: the determinations are neither the old ones nor the new ones`);
          before += 1;
        }
        if (half === 2 && isHalfChanged(content)) {
          // The import that takes it back may be killed as well.
          assert.equal((await place.run({ kill: { call: 'renameSync', path: `${TO}.*\\.md$`, nth: 2 } })).code, null);
          assert.ok(isHalfChanged(content));
        }
        // One that was complete already finds nothing new, and its report says so.
        await place.import();
        assert.deepEqual(differences(await hashesOf(content), isDone ? place.afterAgain : after), [], `the import after ${name}`);
      }
      assert.ok(before > 0 && half > 0);
      each.diagnostic(`${kills.length} kills: ${before} left everything as it was, ${half} half changed, which the next import took back, ${done} complete`);
    });
  }
});

test('a build does not publish what an import changes meanwhile', { timeout: 60_000 }, async (t) => {
  const place = await twoImports(t, false);
  await place.start();
  // A report of another import is there when the site is complete.
  const building = run('scripts/build.ts', ['--content', place.content, '--out', join(place.folder, 'site')], { environment: { IMR_CACHE: join(place.folder, 'cache') } });
  while (!existsSync(join(place.folder, '.site.new'))) await new Promise((resolve) => setTimeout(resolve, 5));
  await place.import();
  const { code, stderr } = await building;
  assert.equal(code, 1, stderr);
  assert.match(stderr, /An import has changed .* Build again|is not there, or no longer|do not add up/);
  assert.deepEqual((await readdir(place.folder)).filter((name) => /site/.test(name)), []);
});

test('two imports into one folder at once', async (t) => {
  const place = await twoImports(t, false);
  await place.start();
  await writeFiles(join(place.content, '.import'), { process: String(process.ppid) });
  const { code, stderr } = await place.run({});
  assert.equal(code, 1);
  assert.match(stderr, /^Another import into .* is running \(process \d+\)\. Wait until it is done\. If process \d+ is something else, delete .* and import again\.\n$/);
  assert.deepEqual(differences(withoutStaging(await hashesOf(place.content)), place.whole), []);
});

interface Place {
  folder: string;
  content: string;
  /** What the first import made, with removed.yaml. */
  whole: Map<string, string>;
  /** What the second makes of it, and a third of the same letters. */
  after: Map<string, string>;
  afterAgain: Map<string, string>;
  /** Puts the content folder back to what the first import made. */
  start(): Promise<void>;
  /** The second import. */
  import(): Promise<void>;
  run(options: RunOptions): Promise<Run>;
}

async function twoImports(t: Pick<TestContext, 'after'>, redact: boolean): Promise<Place> {
  const folder = await temporaryFolder(t);
  const [letters, first, content] = [join(folder, 'letters'), join(folder, 'first'), join(folder, 'content')];
  const put = (these: Readonly<Record<string, InventedLetter>>): Promise<void> => writeFiles(letters, Object.fromEntries(Object.entries(these).map(([name, letter]) => [name, letterText(letter)])));
  // Those that nobody kills share a process that reads: to start one takes longer than all else.
  const readers = startReaders({ processes: 1 });
  t.after(() => readers.close());
  const importInto = async (to: string): Promise<void> => void (await importLetters({ from: letters, to, redact, readers }));
  const start = async (): Promise<void> => {
    await rm(content, { recursive: true, force: true });
    await cp(first, content, { recursive: true, preserveTimestamps: true });
  };
  await mkdir(letters);
  await put(FIRST);
  await importInto(first);
  await put(SECOND);
  await writeFile(join(letters, 'becomes unreadable.txt'), 'Invented for a test: a shopping list.\n');
  await writeFile(join(first, 'removed.yaml'), REMOVED);
  const whole = await hashesOf(first);
  await start();
  await importInto(content);
  const after = await hashesOf(content);
  await importInto(content);
  return { folder, content, whole, after, afterAgain: await hashesOf(content), start, import: () => importInto(content), run: (options) => run('scripts/import.ts', ['--from', letters, '--to', content, ...(redact ? ['--redact'] : [])], options) };
}

function withoutStaging(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([name]) => !name.startsWith('.import/')));
}
