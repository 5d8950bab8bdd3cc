/** The same content gives the same bytes, wherever, whenever and by whomever it is built. */
import assert from 'node:assert/strict';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { listFiles } from '../support/folders.ts';
import { builder, copyOfSample, differences, hashesOf } from './builder.ts';
import { PROJECT } from './ended.ts';

/** What a build reads of the project. */
const BUILT_FROM = ['astro.config.mjs', 'content/vocabulary', 'package.json', 'package-lock.json', 'public', 'scripts', 'src', 'tsconfig.json'];

test('two builds of the same content give the same bytes', { timeout: 300_000 }, async (t) => {
  const { content, folder } = await copyOfSample(t);
  const here = builder(folder, 'here');
  await here.build(content, { TZ: 'UTC', LC_ALL: 'C' });
  const expected = await hashesOf(here.out);
  assert.ok(expected.has('data/SHA256SUMS') && expected.size > 500);

  await t.test('of files that were made in another order, in another time zone, language and folder', async () => {
    const elsewhere = join(folder, 'ein anderer Ordner – ñ');
    const other = join(elsewhere, 'content');
    for (const name of (await listFiles(content)).reverse()) {
      await mkdir(dirname(join(other, name)), { recursive: true });
      await writeFile(join(other, name), await readFile(join(content, name)));
    }
    const there = builder(elsewhere, 'a site');
    await there.build(other, { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr' });
    assert.deepEqual(differences(await hashesOf(there.out), expected), []);
  });

  await t.test('by a copy of the project, with other permissions, at the other end of the day', { skip: process.platform === 'win32' }, async () => {
    const project = join(folder, 'Projekt Ä');
    for (const name of BUILT_FROM) await cp(join(PROJECT, name), join(project, name), { recursive: true });
    await symlink(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
    const there = builder(folder, 'there');
    const { code, stderr } = await there.run(content, { project, under: ['sh', '-c', 'umask 027; exec "$@"', 'sh'], environment: { TZ: 'America/Los_Angeles', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' } });
    assert.equal(code, 0, stderr);
    assert.deepEqual(differences(await hashesOf(there.out), expected), []);
  });
});
