/** The checks of the built output find what they are for: a small site without fault, and one fault at a time. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { temporaryFolder, writeFiles } from '../support/folders.ts';
import { PAGE_BUDGET, checkOutput } from '../support/html-checks.ts';
import { SKIPPED, readPage, routeOf, textBlocks } from '../support/html.ts';

const page = (title: string, body: string, head = ''): string =>
  `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta name="description" content="Words."><link rel="stylesheet" href="/imr/_astro/a.css">${head}</head><body><h1>${title}</h1>${body}</body></html>`;

const SITE = {
  'index.html': page('Home', '<p><a href="/imr/cases/#one">One</a> <a href="cases/">Cases</a></p>'),
  'cases/index.html': page('Cases', '<p id="one"><a href="../">Home</a> <a href="https://example.org/">Elsewhere</a> <a href="all.csv" download>Table</a> <a href="data:text/plain,a" download="a.txt">Text</a></p>', '<script type="module" src="/imr/_astro/a.js"></script>'),
  'cases/all.csv': 'a,b',
  '404.html': page('Not found', '<p><a href="/imr/">Home</a></p>'),
  '_astro/a.css': 'body{background:url(a.svg)}',
  '_astro/a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  '_astro/a.js': 'import"./b.js";import("./c.js")',
  '_astro/b.js': 'export const a=1',
  '_astro/c.js': 'new Worker(new URL("/imr/_astro/b.js",import.meta.url))',
};

async function problemsOf(t: Parameters<typeof temporaryFolder>[0], files: Record<string, string | Uint8Array>): Promise<string[]> {
  const folder = await temporaryFolder(t);
  await writeFiles(folder, { ...SITE, ...files });
  return (await checkOutput({ folder, base: '/imr/', site: 'https://imr.test/imr/' })).problems;
}

test('a site without fault has no problem', async (t) => {
  assert.deepEqual(await problemsOf(t, {}), []);
});

/** A fault in the body of a page, and a word of what is said of it. */
const FAULTS: [fault: string, said: string][] = [
  ['<p><b>open</p>', 'close-order'],
  ['<p id="a">x</p><p id="a">y</p>', 'the id a twice'],
  ['<p><label for="gone">x</label></p>', 'names gone'],
  ['<p aria-labelledby="gone">x</p>', 'names gone'],
  ['<p><a href="gone/">x</a></p>', 'leads nowhere: gone/'],
  ['<p><a href="/imr/cases">x</a></p>', 'leads nowhere: /imr/cases'],
  ['<p><a href="cases/#gone">x</a></p>', 'no such place'],
  ['<p><a href="/cases/">x</a></p>', 'leaves the site'],
  ['<p><a href="https://imr.test/imr/gone/">x</a></p>', 'leads nowhere'],
  ['<p><a href="data:text/csv,a">x</a></p>', 'another kind'],
  ['<p><img src="data:image/gif,a" alt=""></p>', 'another kind'],
  ['<p><a href="gone.csv" download>x</a></p>', 'leads nowhere'],
  ['<p><img src="gone.png" alt=""></p>', 'leads nowhere'],
  ['<p><img src="_astro/a.svg" srcset="_astro/a.svg 1x, gone.svg 2x" alt=""></p>', 'leads nowhere: gone.svg'],
  ['<p><img src="https://example.org/a.png" alt=""></p>', 'from elsewhere'],
  ['<script src="//example.org/a.js"></script>', 'from elsewhere'],
  ['<h1>Again</h1>', '2 h1'],
  ['<script>a()</script>', 'inline script'],
  ['<script type="application/ld+json">{</script>', 'no JSON'],
  ['<p style="color:red">x</p>', 'style attribute'],
  ['<svg aria-hidden="true"><style>a{}</style></svg>', 'style element'],
  ['<svg aria-hidden="true"><path clip-path="url(#gone)" d="M0 0"/></svg>', 'no such place'],
  ['<p onclick="a()">x</p>', 'event handler'],
  ['<p><a href="javascript:a()">x</a></p>', 'script as an address'],
  ['<template><p style="color:red">x</p></template>', 'style attribute'],
  ['<p>There are 1 decisions.</p>', 'one of many'],
  ['<p>There are 12 decision in all.</p>', 'many of one'],
  ['<p>It was 0 of 0 times.</p>', 'share of nothing'],
  ['<p>Decided on undefined.</p>', 'missing'],
  ['<p>null</p>', 'missing'],
  ['<p>Of the year , nothing.</p>', 'hole'],
];

for (const [fault, said] of FAULTS) {
  test(`found: ${fault}`, async (t) => {
    const problems = await problemsOf(t, { 'index.html': page('Home', fault) });
    assert.ok(problems.some((problem) => problem.startsWith('index.html: ') && problem.includes(said)), problems.join('\n'));
  });
}

test('found in the head and between files', async (t) => {
  const problems = await problemsOf(t, {
    'index.html': page('Cases', '').replace('lang="en"', '').replace('content="Words."', 'content=""'),
    '404.html': page('Not found', '<p><a href="cases/">Cases</a></p>'),
    '_astro/a.css': '@import "gone.css";a{background:url(data:image/png,x)}',
    '_astro/b.js': 'import("./gone.js")',
    '_astro/c.js': 'new Worker(new URL("/imr/_astro/gone.js",import.meta.url))',
  });
  for (const said of ['index.html: no language', 'index.html: no description', '2 pages have the title "Cases"', '404.html: the page for unknown', '_astro/a.css: leads nowhere: gone.css', '_astro/a.css: an address of another kind', '_astro/b.js: leads nowhere', '_astro/c.js: leads nowhere']) {
    assert.ok(problems.some((problem) => problem.includes(said)), `${said}\n${problems.join('\n')}`);
  }
});

test("a letter's words are its own: nothing is said of its numbers", async (t) => {
  assert.deepEqual(await problemsOf(t, { 'index.html': page('Home', '<p data-letter>Therapy 1 times 6 , null.</p><div class="letter-words"><p>1 visits</p></div>') }), []);
});

test('a page is weighed with all that it loads, and with nothing that comes later', async (t) => {
  // Hashes, because nothing packs them.
  const large = `//${Array.from({ length: PAGE_BUDGET / 50 }, (_line, number) => createHash('sha512').update(String(number)).digest('base64')).join('')}`;
  assert.deepEqual(await problemsOf(t, { '_astro/c.js': large }), []);
  // What a picture names in its own page is there already.
  const own = `<svg aria-hidden="true"><symbol id="shape"></symbol><use href="#shape"/></svg><p>${large.slice(0, PAGE_BUDGET)}</p>`;
  assert.deepEqual(await problemsOf(t, { 'index.html': page('Home', own) }), []);
  assert.ok((await problemsOf(t, { '_astro/b.js': large })).some((problem) => /^cases\/index\.html: \d+ bytes over the wire/.test(problem)));
});

test('text by blocks, skipped pieces marked', () => {
  const { document } = readPage('index.html', '<!doctype html><title>T</title><p>One <b>two</b>\n three <code>x</code>.</p><ul><li>Four<li>Five</ul><template>Six</template>');
  assert.deepEqual(textBlocks(document, ({ tagName }) => tagName === 'code'), [`One two three ${SKIPPED}.`, 'Four', 'Five']);
});

test('a page is of the most special route that fits', () => {
  const routes = ['404', 'index', 'cases/index', 'cases/page/[number]', 'cases/[case]', '[folder]/index', '[folder]/[...value]'];
  const made: [path: string, route: string | undefined][] = [['', 'index'], ['404.html', '404'], ['cases/', 'cases/index'], ['cases/cm00-1/', 'cases/[case]'], ['cases/page/2/', 'cases/page/[number]'], ['years/', '[folder]/index'], ['services/a/b/', '[folder]/[...value]']];
  for (const [path, route] of made) assert.equal(routeOf(path, routes), route, path);
});
