/** A build that is killed at any moment leaves the old site whole, and the next build makes what one from nothing makes. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { seeded } from '../../scripts/bench/random.ts';
import { builder, copyOfSample, differences, hashesOf } from './builder.ts';
import type { KillPoint } from './ended.ts';

/** Moments that matter and that a kill by the clock seldom meets, in the order in which a build comes to them. */
const POINTS: readonly KillPoint[] = [
  { call: 'writeFile', path: 'determinations-[^/]+\\.new$', when: 'half' },
  { call: 'rename', path: 'determinations-[^/]+\\.json$' },
  { call: 'linkSync', path: '\\.site\\.new/cases/', nth: 20, when: 'after' },
  { call: 'writeFile', path: '\\.site\\.new/data/SHA256SUMS$', when: 'half' },
  { call: 'linkSync', path: '\\.site\\.new/(?:services|guidelines)/', nth: 5 },
  { call: 'writeFileSync', path: 'texts-[^/]+\\.bin\\.new$', when: 'half' },
  { call: 'rename', path: '\\.site\\.new/search-data/summaries-', when: 'after' },
  { call: 'writeFile', path: '\\.site\\.new/imr-search\\.json$', when: 'half' },
  { call: 'writeFileSync', path: 'similar-[^/]+\\.json\\.new$', when: 'half' },
  { call: 'writeFileSync', path: 'kept-[^/]+-index\\.json\\.new$', when: 'half' },
  { call: 'renameSync', path: 'kept-[^/]+-pages\\.json$', when: 'after' },
  { call: 'renameSync', path: '/\\.site\\.old$', when: 'after' },
  { call: 'renameSync', path: '/site$', when: 'after' },
  { call: 'rmSync', path: '/\\.site\\.old$', when: 'half' },
];
const MOMENTS = 20;
const REBUILD_AFTER = 5;

test(`a build killed at ${MOMENTS} moments`, { timeout: 300_000 }, async (t) => {
  const { content, folder } = await copyOfSample(t);
  const site = builder(folder, 'site');
  const changed = join(content, 'determinations/2018', (await readdir(join(content, 'determinations/2018'))).sort()[0]!);
  const texts = [await readFile(changed, 'utf8'), ''];
  texts[1] = texts[0]!.replace('### Rationale\n\n', '### Rationale\n\nUnheardof. ');
  assert.notEqual(texts[0], texts[1]);
  // Two contents, and of each what a build from nothing makes.
  const clean: Map<string, string>[] = [];
  for (const number of [1, 0]) {
    await writeFile(changed, texts[number]!);
    const { out, build } = number === 0 ? site : builder(folder, 'other');
    await build(content);
    clean[number] = await hashesOf(out);
  }
  assert.notDeepEqual(differences(clean[0]!, clean[1]!), []);
  await writeFile(changed, texts[1]!);
  const began = performance.now();
  await site.build(content);
  const duration = performance.now() - began;

  const random = seeded(20);
  const byClock = Array.from({ length: MOMENTS - POINTS.length }, () => Math.round(duration * random.next()));
  // Shuffled, so that each meets what another has left.
  const kills = random.shuffle<KillPoint | number>([...POINTS, ...byClock]);
  let [old, wanted] = [1, 0];
  let [keptOld, gotNew, beside] = [0, 0, 0];
  for (const [index, kill] of kills.entries()) {
    // Written again, so that it must be parsed again.
    await writeFile(changed, texts[wanted]!);
    const { code, stderr } = await site.run(content, { kill });
    const name = JSON.stringify(kill);
    if (typeof kill === 'object') assert.equal(code, null, `${name} was not reached: ${stderr}`);
    // Only between the two renames there is no site, and then the old one lies beside.
    const isBeside = !existsSync(site.out);
    if (isBeside) beside += 1;
    const there = await hashesOf(isBeside ? join(folder, '.site.old') : site.out);
    const isNew = differences(there, clean[wanted]!).length === 0;
    if (!isNew) assert.deepEqual(differences(there, clean[old]!), [], `${name}: the site is neither the old one nor the new one`);
    if (isNew) gotNew += 1;
    else keptOld += 1;
    if ((index + 1) % REBUILD_AFTER === 0) {
      await site.build(content);
      assert.deepEqual(differences(await hashesOf(site.out), clean[wanted]!), [], `the build after ${name}`);
      assert.deepEqual((await readdir(folder)).filter((each) => each.startsWith('.')), []);
    } else if (!isNew) continue;
    [old, wanted] = [wanted, old];
  }
  assert.ok(beside > 0 && gotNew > 0 && keptOld >= MOMENTS / 2);
  t.diagnostic(`${kills.length} kills, ${byClock.length} of them by the clock: ${keptOld} left the old site (${beside} of them beside its place), ${gotNew} the new one`);
});
