import { test } from 'node:test';
import type { TestContext } from 'node:test';
import assert from 'node:assert/strict';
import { access, readFile, readdir, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SharedPages } from '../../scripts/site/shared-pages.ts';
import type { RouteStyles } from '../../scripts/site/shared-pages.ts';
import { temporaryFolder } from '../support/folders.ts';

const COMPONENT = 'src/pages/[page].astro';
const pagesOf = (count: number): { pathname: string; file: string; component: string }[] =>
  Array.from({ length: count }, (_page, number) => ({ pathname: `p/${number}`, file: join('p', String(number), 'index.html'), component: COMPONENT }));

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

const STYLES = new Map([['a', { key: 'a', component: COMPONENT, route: {}, moduleSpecifier: '', styles: [{ depth: 0, order: 0, sheet: { type: 'external', src: '_astro/a.css' } }] }]]) as unknown as RouteStyles;

const OWN = 'by the first thread';
/** Renders as Astro does in the first thread. @param reached is called with the number of each page */
function render(reached: (number: number) => void = () => undefined): (request: Request) => Promise<Response> {
  return async ({ url }) => {
    reached(Number(url.split('/').at(-2)));
    return new Response(OWN);
  };
}

async function readPages(outFolder: string): Promise<Map<number, string>> {
  const numbers = (await readdir(join(outFolder, 'p'))).map(Number).sort((a, b) => a - b);
  return new Map(await Promise.all(numbers.map(async (number) => [number, await readFile(join(outFolder, 'p', String(number), 'index.html'), 'utf8')] as const)));
}

test('every page is made once, by one of two threads, each from its end of the list', async (t) => {
  const { entry, outFolder } = await bundle(t);
  const shared = new SharedPages(pagesOf(5000), { base: '/base', outFolder });
  const own: number[] = [];
  const made = await shared.make(async (request) => {
    if (own.length === 200) shared.help({ entry, styles: STYLES });
    // Until the other is there.
    if (own.length === 300) while (!(await access(join(outFolder, 'p/4999/index.html')).then(() => true, () => false))) await pause(5);
    return render((number) => own.push(number))(request);
  });
  await shared.close();
  const pages = await readPages(outFolder);
  assert.deepEqual([...pages.keys()], Array.from({ length: 5000 }, (_page, number) => number));
  assert.deepEqual([...pages].filter(([, text]) => text === OWN).map(([number]) => number), own);
  assert.ok(made === own.length && made > 300 && made < 5000 && Math.max(...own) + 1 === made, `${made} by the first thread`);
  assert.equal(pages.get(4999), `/base/p/4999/ ${COMPONENT} _astro/a.css`);
});

test('few pages are left to one thread', async (t) => {
  const { entry, outFolder } = await bundle(t);
  const shared = new SharedPages(pagesOf(100), { base: '/', outFolder });
  shared.help({ entry, styles: STYLES });
  assert.equal(await shared.make(render()), 100);
  await shared.close();
  assert.deepEqual([...new Set((await readPages(outFolder)).values())], [OWN]);
});

test('two pages with one address are refused before either is made', async () => {
  const [page] = pagesOf(1);
  assert.throws(() => new SharedPages([page!, ...pagesOf(3)], { base: '/', outFolder: '/nowhere' }), /Two pages of the site have the address p\/0\//);
});

test('when the first thread has failed, what is left is not made', async (t) => {
  const { entry, outFolder } = await bundle(t, 'await new Promise((done) => setTimeout(done, 20));');
  const shared = new SharedPages(pagesOf(100_000), { base: '/base', outFolder });
  shared.help({ entry, styles: STYLES });
  while (!(await access(join(outFolder, 'p/99999/index.html')).then(() => true, () => false))) await pause(5);
  await assert.rejects(shared.make(() => Promise.reject(new Error('This page cannot be made.'))), /This page cannot be made\./);
  await shared.close();
  assert.ok((await readdir(join(outFolder, 'p'))).length < 1000);
});

test('what goes wrong in the second thread is told by its name', async (t) => {
  /** What closing throws, when the first thread has made all but the last pages. */
  const failing = async (entry: string, outFolder: string): Promise<void> => {
    const shared = new SharedPages(pagesOf(2000), { base: '/base', outFolder });
    const last = Promise.withResolvers<void>();
    shared.help({ entry, styles: STYLES });
    const making = shared.make(async () => {
      await last.promise;
      return new Response(OWN);
    });
    making.catch(() => undefined);
    await pause(1500);
    const closing = shared.close();
    closing.catch(() => undefined);
    last.resolve();
    await closing;
  };
  const broken = await bundle(t, "throw new Error('This page cannot be made.');");
  await assert.rejects(failing(broken.entry, broken.outFolder), /This page cannot be made\./);
  const { entry, outFolder } = await bundle(t);
  await writeFile(join(outFolder, 'p'), 'a file where a folder should be');
  // By its code a failure of the disk is put into words (scripts/file-errors.ts).
  await assert.rejects(failing(entry, outFolder), { code: 'ENOTDIR', syscall: 'mkdir' });
  await assert.rejects(failing('file:///nowhere/entry.mjs', '/nowhere'), /entry\.mjs/);
});
