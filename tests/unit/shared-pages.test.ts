import { test } from 'node:test';
import type { TestContext } from 'node:test';
import assert from 'node:assert/strict';
import { access, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SharedPages } from '../../scripts/site/shared-pages.ts';
import { temporaryFolder } from '../support/folders.ts';

const COMPONENT = 'src/pages/[page].astro';
const pagesOf = (count: number): { pathname: string; file: string; component: string }[] =>
  Array.from({ length: count }, (_page, number) => ({ pathname: `p/${number}`, file: join('p', String(number), 'index.html'), component: COMPONENT }));
const addressOf = (number: number): string => `http://localhost:4321/base/p/${number}/`;

/** A bundle like Astro's, whose pages say their address and the first style of their route. */
async function bundle(t: TestContext, render = ''): Promise<{ entry: string; outFolder: string }> {
  const outFolder = await temporaryFolder(t);
  const entry = join(outFolder, 'entry.mjs');
  await writeFile(
    entry,
    `let styles;
     const routeData = { component: ${JSON.stringify(COMPONENT)} };
     export const app = {
       manifest: { routes: [{ routeData }] },
       setInternals({ pagesByKeys }) { styles = pagesByKeys; },
       setOptions() {},
       async render({ url }, { routeData }) { ${render} return new Response(new URL(url).pathname + ' ' + routeData.component + ' ' + styles.get('a').styles[0].sheet.src); },
     };`,
  );
  return { entry: pathToFileURL(entry).href, outFolder };
}

const STYLES = new Map([['a', { key: 'a', component: COMPONENT, route: {}, moduleSpecifier: '', styles: [{ depth: 0, order: 0, sheet: { type: 'external', src: '_astro/a.css' } }] }]]) as unknown as Parameters<SharedPages['help']>[0]['styles'];

/** Asks for pages as Astro does: for all of them, and waiting for something now and then. @returns those that it got */
async function ask(shared: SharedPages, from: number, to: number): Promise<number[]> {
  const own: number[] = [];
  for (let number = from; number < to; number += 1) {
    if (shared.take(addressOf(number))) own.push(number);
    if (number % 10 === 0) await new Promise((done) => setTimeout(done, 1));
  }
  return own;
}

test('every page is made once, by one of two threads, each from its end of the list', async (t) => {
  const order = { ...(await bundle(t)), styles: STYLES };
  const shared = new SharedPages(pagesOf(5000), '/base');
  const first = await ask(shared, 0, 200);
  shared.help(order);
  const own = new Set([...first, ...(await ask(shared, 200, 5000))]);
  await shared.close();
  const helped = (await readdir(join(order.outFolder, 'p'))).map(Number);
  assert.equal(own.size + helped.length, 5000);
  assert.ok(helped.length > 0 && first.length === 200 && own.size > 200 && helped.every((number) => !own.has(number)), `${helped.length} by the second thread`);
  assert.equal(Math.max(...own) + 1, Math.min(...helped));
  assert.equal(await readFile(join(order.outFolder, 'p/4999/index.html'), 'utf8'), `/base/p/4999/ ${COMPONENT} _astro/a.css`);
  assert.equal(shared.take(addressOf(4999)), false, 'made already');
  assert.equal(shared.take('http://localhost:4321/base/about/'), true, 'none of the list');
});

test('few pages are left to Astro', async (t) => {
  const order = { ...(await bundle(t)), styles: STYLES };
  const shared = new SharedPages(pagesOf(100), '/');
  shared.help(order);
  for (const { pathname } of pagesOf(100)) assert.equal(shared.take(`http://localhost:4321/${pathname}/`), true);
  await shared.close();
  await assert.rejects(access(join(order.outFolder, 'p')));
});

test('when Astro has failed, what is left is not made', async (t) => {
  const order = { ...(await bundle(t, 'await new Promise((done) => setTimeout(done, 20));')), styles: STYLES };
  const shared = new SharedPages(pagesOf(100_000), '/base');
  shared.help(order);
  while (!(await access(join(order.outFolder, 'p/99999/index.html')).then(() => true, () => false))) await new Promise((done) => setTimeout(done, 5));
  await shared.close();
  assert.ok((await readdir(join(order.outFolder, 'p'))).length < 1000);
});

test('what goes wrong in the second thread is told by its name', async (t) => {
  const shared = new SharedPages(pagesOf(2000), '/base');
  shared.help({ ...(await bundle(t, "throw new Error('This page cannot be made.');")), styles: STYLES });
  await ask(shared, 0, 1500);
  await assert.rejects(shared.close(), /This page cannot be made\./);
  const order = await bundle(t);
  await writeFile(join(order.outFolder, 'p'), 'a file where a folder should be');
  const blocked = new SharedPages(pagesOf(2000), '/base');
  blocked.help({ ...order, styles: STYLES });
  // By its code a failure of the disk is put into words (scripts/file-errors.ts).
  await ask(blocked, 0, 1500);
  await assert.rejects(blocked.close(), { code: 'ENOTDIR', syscall: 'mkdir' });
  const none = new SharedPages(pagesOf(2000), '/base');
  none.help({ entry: 'file:///nowhere/entry.mjs', styles: STYLES, outFolder: '/nowhere' });
  await ask(none, 0, 1500);
  await assert.rejects(none.close(), /entry\.mjs/);
});
