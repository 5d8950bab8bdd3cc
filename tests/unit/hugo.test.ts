/** What our build is compared with: Hugo's pages of the same determinations, and how the cost of a command is measured. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { benchHugo, measure } from '../../scripts/bench/hugo.ts';
import { listFiles } from '../support/folders.ts';

const CONTENT = resolve(import.meta.dirname, '../../content');

test('the cost of a command holds that of what it starts', { skip: process.platform !== 'linux' && 'there is no /proc here' }, async () => {
  const held = 'const held = Buffer.alloc(200_000_000, 1); setTimeout(() => held.length, 600)';
  const { seconds, cost } = await measure(process.execPath, ['-e', `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(held)}])`]);
  assert.ok(cost);
  assert.ok(cost.memory > 200_000_000, `${cost.memory}`);
  assert.ok(cost.work > 0);
  assert.ok(seconds >= 0.6);
});

test('a command that fails is an error with what it said', async () => {
  await assert.rejects(measure(process.execPath, ['-e', "console.error('no such place'); process.exit(3)"]), /no such place/);
  await assert.rejects(measure('no-such-command-anywhere', []), /ENOENT/);
});

describe('Hugo', { skip: spawnSync('hugo', ['version']).status !== 0 && 'Hugo is not installed' }, () => {
  let scratch: string;
  let site: string;
  let measured: Awaited<ReturnType<typeof benchHugo>>;
  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'imr-hugo-'));
    site = join(scratch, 'hugo-site');
    const print = console.log;
    console.log = () => undefined;
    measured = await benchHugo({ content: CONTENT, scratch }).finally(() => (console.log = print));
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  test('makes a page of each case with all that the letter says, and an anchor for each decision', async () => {
    // Letters only: Hugo sets quotes, dashes and fractions in its own way.
    const letters = (text: string): string => text.replace(/[^A-Za-z]/g, '');
    const shown = (html: string): string => letters(html.replace(/<[^>]*>|&#?\w+;/g, ''));
    for (const file of await listDeterminationFiles(CONTENT)) {
      const record = await readDetermination(CONTENT, file);
      const page = await readFile(join(site, 'cases', record.id.toLowerCase(), 'index.html'), 'utf8');
      const words = shown(page);
      for (const [index, decision] of record.decisions.entries()) {
        assert.equal(page.split(`id="decision-${index + 1}"`).length, 2, `${record.id}, decision ${index + 1}`);
        for (const paragraph of [...decision.rationale, ...decision.reviewerGuidelineText, ...record.clinicalSummary]) assert.ok(words.includes(letters(paragraph)), `${record.id}: ${paragraph}`);
      }
    }
  });

  test('makes browse pages that its links lead to', async () => {
    const pages = (await listFiles(site)).filter((name) => name.endsWith('index.html')).map((name) => `/${name.replace(/index\.html$/, '')}`);
    const known = new Set(pages);
    assert.ok(measured && measured.pages <= pages.length);
    for (const folder of ['services', 'guidelines', 'specialties', 'years', 'drugs', 'body-parts', 'outcomes', 'cases']) assert.ok(pages.filter((page) => page.startsWith(`/${folder}/`)).length > 2, folder);
    for (const page of pages) {
      for (const [, target] of (await readFile(join(site, page, 'index.html'), 'utf8')).matchAll(/<a (?:rel="\w+" )?href="(\/[^"#]*)/g)) assert.ok(known.has(target!), `${page}: ${target}`);
    }
  });
});
