/** A second build takes over from the last site what would be made the same. It must end with the bytes that a build from nothing makes. */
import assert from 'node:assert/strict';
import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { builder, copyOfSample, differences, hashesOf, inodesOf } from './builder.ts';

test('a build after some letters changed', { timeout: 300_000 }, async (t) => {
  const { content, folder } = await copyOfSample(t);
  const year = join(content, 'determinations/2018');
  const [one = '', other = ''] = (await readdir(year)).sort();
  const site = builder(folder, 'site');
  await site.build(content);
  let last = await hashesOf(site.out);

  await t.test('nothing changed: pages, data and index are taken over', async () => {
    const before = await inodesOf(site.out);
    await site.build(content);
    assert.deepEqual(differences(await hashesOf(site.out), last), []);
    const now = await inodesOf(site.out);
    for (const part of [/^cases\/[^/]+\/index\.html$/, /^cases\/[^/]+\/case\.json$/, /^(?:services|guidelines)\/.+\/.+\/index\.html$/, /^search-data\/text-\w+\/.+/]) {
      const names = [...now.keys()].filter((name) => part.test(name));
      assert.ok(names.length > 40, String(part));
      assert.deepEqual(names.filter((name) => now.get(name) !== before.get(name)), [], String(part));
    }
  });

  await t.test('a word more in a rationale, another outcome of another decision', async () => {
    await change(one, (text) => text.replace('### Rationale\n\n', '### Rationale\n\nUnheardof. '));
    await change(other, (text) => text.replace(/outcome: (upheld|overturned)/g, (_all, outcome) => `outcome: ${outcome === 'upheld' ? 'overturned' : 'upheld'}`));
    await buildTwice();
  });

  await t.test('a case is gone, another one is new, with a specialty that no other has', async () => {
    await rm(join(year, other));
    await rename(join(year, one), join(year, 'CM00-0999999.md'));
    await change('CM00-0999999.md', (text) => text.replaceAll(one.replace('.md', ''), 'CM00-0999999').replace(/^specialty:\n {2}- .*$/m, 'specialty:\n  - Unheardof Medicine'));
    await buildTwice();
    assert.match(await readFile(join(site.out, 'specialties/unheardof-medicine/index.html'), 'utf8'), /CM00-0999999/);
  });

  async function change(name: string, edit: (text: string) => string): Promise<void> {
    const text = await readFile(join(year, name), 'utf8');
    assert.notEqual(edit(text), text);
    await writeFile(join(year, name), edit(text));
  }

  async function buildTwice(): Promise<void> {
    await site.build(content);
    const clean = builder(folder, 'clean');
    await rm(clean.out, { recursive: true, force: true });
    await clean.build(content);
    const [taken, made] = [await hashesOf(site.out), await hashesOf(clean.out)];
    assert.deepEqual(differences(taken, made), []);
    assert.notDeepEqual(differences(taken, last), []);
    last = taken;
  }
});

test('the only case of a folder is removed: the site goes on without it', { timeout: 120_000 }, async (t) => {
  const { content, folder } = await copyOfSample(t);
  const years = await readdir(join(content, 'determinations'));
  for (const name of years.filter((name) => name !== '2018')) await rm(join(content, 'determinations', name), { recursive: true });
  const [only = '', ...others] = (await readdir(join(content, 'determinations/2018'))).sort();
  for (const name of others) await rm(join(content, 'determinations/2018', name));
  const number = only.replace('.md', '');
  const site = builder(folder, 'site');
  await site.build(content);
  await writeFile(join(content, 'removed.yaml'), `- case: ${number}\n  date: 2026-01-31\n  reason: The injured worker asked for it.\n`);
  const { stdout } = await site.build(content);
  assert.match(stdout, /^0 cases, 0 decisions/m);
  assert.match(await readFile(join(site.out, `cases/${number.toLowerCase()}/index.html`), 'utf8'), /The injured worker asked for it\./);
  for (const page of ['index.html', 'cases/index.html', 'services/index.html', 'statistics/index.html', 'search/index.html', 'data/decisions.csv']) {
    assert.doesNotMatch(await readFile(join(site.out, page), 'utf8'), new RegExp(number), page);
  }
});
