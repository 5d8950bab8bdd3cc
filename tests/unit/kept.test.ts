import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Kept, keyOf } from '../../scripts/site/kept.ts';
import { temporaryFolder, writeFiles } from '../support/folders.ts';

/** A last site with one page, as a build leaves it: noted, complete, in its place. */
async function lastSite(t: TestContext): Promise<{ list: string; lastSite: string; target: (name: string) => string }> {
  const folder = await temporaryFolder(t);
  const options = { list: join(folder, 'cache/pages.json'), lastSite: join(folder, 'site') };
  await writeFiles(join(folder, 'site'), { 'cases/one/index.html': 'page one' });
  const kept = new Kept(options);
  kept.note('key-one', 'cases/one/index.html');
  kept.close(options.lastSite);
  return { ...options, target: (name) => join(folder, 'next', name) };
}

test('a file that would be made of the same is taken over, and noted for the build after', async (t) => {
  const { target, ...options } = await lastSite(t);
  const kept = new Kept(options);
  assert.equal(kept.take('key-one', target('a/index.html')), true);
  assert.equal(readFileSync(target('a/index.html'), 'utf8'), 'page one');
  kept.note('key-one', 'a/index.html');
  kept.close(target(''));
  await rm(options.lastSite, { recursive: true });
  renameSync(target(''), options.lastSite);
  assert.equal(new Kept(options).take('key-one', target('b/index.html')), true);
  assert.equal(readFileSync(target('b/index.html'), 'utf8'), 'page one');
});

test('what is made of something else is not taken', async (t) => {
  const { target, ...options } = await lastSite(t);
  assert.equal(new Kept(options).take('key-two', target('index.html')), false);
  assert.equal(existsSync(target('index.html')), false);
});

test('a file that somebody has changed since, or that is gone, is not taken', async (t) => {
  const { target, ...options } = await lastSite(t);
  const page = join(options.lastSite, 'cases/one/index.html');
  const { atime, mtime } = statSync(page);
  writeFileSync(page, 'page ONE');
  assert.equal(new Kept(options).take('key-one', target('changed.html')), false, 'another time');
  writeFileSync(page, 'page one, longer');
  utimesSync(page, atime, mtime);
  assert.equal(new Kept(options).take('key-one', target('longer.html')), false, 'another size');
  await rm(page);
  assert.equal(new Kept(options).take('key-one', target('gone.html')), false);
});

test('without a list, or with a damaged one, nothing is taken and nothing fails', async (t) => {
  const { target, ...options } = await lastSite(t);
  writeFileSync(options.list, '{"key-one":["cases/one/ind');
  assert.equal(new Kept(options).take('key-one', target('index.html')), false);
  assert.equal(new Kept({ ...options, list: join(options.lastSite, 'none.json') }).take('key-one', target('index.html')), false);
});

test('a key tells its parts apart', () => {
  assert.notEqual(keyOf('ab', 'c'), keyOf('a', 'bc'));
  assert.notEqual(keyOf('a', ''), keyOf('a'));
  assert.equal(keyOf('a', Buffer.from('b')), keyOf('a', 'b'));
});
