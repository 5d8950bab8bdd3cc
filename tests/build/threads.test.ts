/** The pages of a second thread are Astro's own to the byte. */
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { writeCorpus } from '../../scripts/bench/corpus.ts';
import { temporaryFolder } from '../support/folders.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

test('pages that two threads have made are the same as those of one', async (t) => {
  const folder = await temporaryFolder(t);
  const content = join(folder, 'content');
  await writeCorpus({ folder: content, letters: 900, decisions: 1800, seed: 7 });
  /** Pages of each build that its first thread made. */
  const own: number[] = [];
  const build = async (name: string, options: string): Promise<Map<string, string>> => {
    const out = join(folder, name);
    const script = `import { buildPages, parseBefore } from ${JSON.stringify(join(PROJECT, 'scripts/site/build.ts'))};
      import { SharedPages } from ${JSON.stringify(join(PROJECT, 'scripts/site/shared-pages.ts'))};
      let own = 0;
      const { make } = SharedPages.prototype;
      SharedPages.prototype.make = async function (render) { own = await make.call(this, render); return own; };
      await parseBefore(${JSON.stringify(content)});
      await buildPages(${JSON.stringify(content)}, ${JSON.stringify(out)}, ${options});
      console.log('by one thread:', own);`;
    const env = { ...process.env, IMR_CACHE: join(folder, 'cache'), IMR_BASE: '/imr/' };
    const command = join(folder, `${name}.mjs`);
    await writeFile(command, script);
    const { stdout } = await promisify(execFile)(process.execPath, [command], { cwd: PROJECT, env });
    own.push(Number(/by one thread: (\d+)/.exec(stdout)?.[1]));
    const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return new Map(await Promise.all(files.map(async (file) => [file.slice(out.length), await readFile(file, 'utf8')] as const)));
  };
  const one = await build('one', '{ free: new Promise(() => {}) }');
  const two = await build('two', '{}');
  assert.ok(own[1]! > 0 && own[1]! < own[0]! - 100, `${own.join(' and ')} by the first thread`);
  assert.deepEqual([...two.keys()].sort(), [...one.keys()].sort());
  for (const [name, text] of one) assert.ok(two.get(name) === text, `${name} differs`);
});
