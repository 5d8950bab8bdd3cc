/** What goes wrong with disks and folders while a site is built is said in words, and the old site stays as it was. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { cutWords } from '../../scripts/index/pagefind.ts';
import { buildSite } from '../../scripts/site/build.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';
import { builder, copyOfSample, differences, hashesOf } from './builder.ts';
import type { Builder } from './builder.ts';
import { close, fill, mountedDisk, smallFiles } from './disks.ts';
import { PROJECT } from './ended.ts';
import type { Run, RunOptions } from './ended.ts';

/** Lines that say how far a build came; Astro has one for a failure too, and Pagefind three, which nobody can keep it from. */
const PROGRESS = /^(?:\d+ of \d+ |\d\d:\d\d:\d\d \[ERROR\] \[\w+\] |thread '\S+' .*panicked at |called `Result::|note: run with `RUST_BACKTRACE)/;

/** The lines of a message on a failed build, without those of its progress. @throws when it did not fail, or says more than a reader wants */
function said({ code, stderr }: Run): string {
  // In CI Astro colours its lines.
  const lines = stripVTControlCharacters(stderr).split('\n').filter((line) => line !== '' && !PROGRESS.test(line));
  assert.equal(code, 1, stderr);
  assert.ok(lines.length >= 1 && lines.length <= 2, stderr);
  return lines.join('\n');
}

/** Builds in trouble, and looks that nothing of it is left. @param site with an old site @returns what was said */
async function refused(site: Builder, folder: string, content: string, options: RunOptions): Promise<string> {
  const before = await hashesOf(site.out);
  const words = said(await site.run(content, options));
  assert.deepEqual(differences(await hashesOf(site.out), before), [], words);
  assert.deepEqual((await readdir(folder)).filter((name) => name.startsWith('.')), [], words);
  assert.match(words, /is as it was\. Build again|Pagefind was ended .* build again/);
  return words;
}

test('a build in trouble', { timeout: 300_000, skip: process.platform === 'win32' }, async (t) => {
  const { content, folder } = await copyOfSample(t);
  const site = builder(folder, 'site');
  await site.build(content);

  await t.test('no file may be as large as those that are needed', async (each) => {
    // In blocks of 512 bytes: a determination as JSON, the table of decisions, a page.
    for (const blocks of [40, 300]) {
      const words = await refused(site, folder, content, { environment: { IMR_CACHE: join(folder, `cache-${blocks}`) }, under: smallFiles(blocks) });
      assert.match(words, /The site was not built: .*ulimit -f|Pagefind was ended/);
      each.diagnostic(`${blocks} blocks: ${words}`);
    }
  });

  await t.test('a full disk', async (each) => {
    const disk = await mountedDisk(each, '40m');
    if (disk === undefined) return each.diagnostic('no disk of its own can be had here');
    await cp(join(folder, 'site'), join(disk, 'site'), { recursive: true });
    const there = builder(disk, 'site');
    const environment = { IMR_CACHE: join(folder, 'disk-cache') };
    for (const free of [100, 1500, 3000]) {
      await rm(join(folder, 'disk-cache'), { recursive: true, force: true });
      const filling = fill(disk, free);
      const words = await refused(there, disk, content, { environment });
      assert.match(words, /The site was not built: the disk is full|Pagefind was ended/);
      each.diagnostic(`${free} kB free: ${words}`);
      await rm(filling);
    }
  });

  await t.test('no trouble: a site on another disk than the project', async (each) => {
    const shared = '/dev/shm';
    if (!existsSync(shared) || statSync(shared).dev === statSync(PROJECT).dev) return each.diagnostic('no other disk can be had here');
    const disk = await mkdtemp(join(shared, 'imr-test-'));
    each.after(() => rm(disk, { recursive: true, force: true }));
    const there = builder(disk, 'site');
    await there.build(content);
    assert.deepEqual(differences(await hashesOf(there.out), await hashesOf(site.out)), []);
  });

  await t.test('a folder that cannot be written', async (each) => {
    const parent = join(folder, 'closed');
    await cp(site.out, join(parent, 'site'), { recursive: true });
    const closed = builder(parent, 'site');
    await close(each, parent);
    const words = await refused(closed, parent, content, { environment: { IMR_CACHE: join(folder, 'site-cache') } });
    assert.ok(words.includes(parent), words);
    assert.match(words, /Give (?:a|another) folder/);
  });

  await t.test('a determination that vanishes after it was listed', async () => {
    const gone = join(content, 'determinations/2018/CM00-0999999.md');
    await symlink(join(folder, 'nowhere'), gone);
    const words = await refused(site, folder, content, {});
    assert.ok(words.includes(gone), words);
    assert.match(words, /no longer/);
    await rm(gone);
  });
});

test('a place where no site may go is refused before anything is written', async (t) => {
  const { content, folder } = await copyOfSample(t);
  await writeFiles(folder, { 'a file': 'something else', 'papers/letter.txt': 'something else', 'site/imr-search.json': '{}', 'site/content/determinations/2018/CM00-0000001.md': '' });
  const before = await hashesOf(folder);
  const places: [out: string, words: RegExp, content?: string][] = [
    ['/', /is the whole disk/],
    [content, /would replace the content folder/],
    [join(content, 'site'), /lies in the content folder/],
    [folder, /would replace the content folder/],
    [join(folder, 'site'), /would replace the content folder/, join(folder, 'site/content')],
    [PROJECT, /would replace this project's own files/],
    [join(PROJECT, 'public/site'), /lies in public, which the site is made from/],
    [join(folder, 'a file'), /is a file/],
    [join(folder, 'a file/site'), /lies below a file/],
    [join(folder, 'papers'), /holds files that are not a site of ours/],
  ];
  for (const [out, words, from = content] of places) await assert.rejects(buildSite({ content: from, out }), (error: Error) => (assert.match(error.message, words), assert.ok(error.message.includes(out)), true));
  assert.deepEqual(differences(await hashesOf(folder), before), []);
});

test('Pagefind is ended by the system', async (t) => {
  const scratch = await temporaryFolder(t);
  const programs = channel('child_process');
  const end = (started: unknown): void => void (started as { process: ChildProcess }).process.once('spawn', () => (started as { process: ChildProcess }).process.kill('SIGKILL'));
  programs.subscribe(end);
  t.after(() => programs.unsubscribe(end));
  await assert.rejects(cutWords(['shoulder', 'lumbar'], join(scratch, 'words')), /Pagefind was ended by the system \(.*\) before it was done, .* Free some and build again\./);
});
