/** The README's map and its invariants, held against the code. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const PROJECT = resolve(import.meta.dirname, '../..');
const readme = await readFile(join(PROJECT, 'README.md'), 'utf8');
const sources: { file: string; text: string }[] = [];
for (const folder of ['src', 'scripts']) {
  for (const name of await readdir(join(PROJECT, folder), { recursive: true })) {
    if (/\.(?:ts|astro)$/.test(name)) sources.push({ file: `${folder}/${name}`, text: await readFile(join(PROJECT, folder, name), 'utf8') });
  }
}
/** What a module imports, at its top or when it runs. */
const imports = (text: string): string[] => [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
const importers = (name: RegExp): string[] => sources.filter(({ text }) => imports(text).some((from) => name.test(from))).map(({ file }) => file);

test('every folder of the code is on the map', async () => {
  for (const folder of ['src', 'scripts', 'tests', 'content']) {
    for (const entry of await readdir(join(PROJECT, folder), { withFileTypes: true })) {
      if (entry.isDirectory()) assert.ok(readme.includes(`${folder}/${entry.name}/`), `${folder}/${entry.name}/`);
    }
  }
});

test('every place that the map names is there', async () => {
  const named = [...readme.matchAll(/`((?:src|scripts|tests|content)\/[\w./-]+)`/g)].map((match) => match[1]!);
  assert.ok(named.length > 20);
  for (const place of named) {
    // A folder has a slash at its end, and reading one as the other fails.
    await (place.endsWith('/') ? readdir(join(PROJECT, place)) : readFile(join(PROJECT, place))).catch(() => assert.fail(`${place} is not there`));
  }
});

test('every command of the table is one of npm’s, and the other way round', async () => {
  const { scripts } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const named = new Set([...readme.matchAll(/npm (?:run )?(start|test|[a-z]+(?::[a-z]+)?)\b/g)].map((match) => match[1]!).filter((name) => name !== 'ci'));
  for (const name of named) assert.ok(scripts[name], name);
  for (const name of ['start', 'import', 'build', 'test', 'bench']) assert.ok(named.has(name), name);
});

test('nothing in src/ imports from scripts/', () => {
  assert.deepEqual(sources.filter(({ file, text }) => file.startsWith('src/') && imports(text).some((from) => from.includes('scripts/'))), []);
});

test('foreign things are behind one door each', () => {
  assert.deepEqual(importers(/^@embedpdf\/pdfium/), ['scripts/letters/pdf.ts']);
  assert.deepEqual(importers(/^pagefind$/), ['scripts/index/pagefind.ts', 'scripts/bench/stock-pagefind.ts']);
  assert.deepEqual(importers(/^@observablehq\/plot/).filter((file) => !file.startsWith('src/charts/')), []);
  assert.deepEqual(importers(/^hyparquet-writer/), ['scripts/data/parquet.ts']);
  assert.deepEqual(importers(/^remark/), ['src/determinations/markdown.ts']);
  assert.deepEqual(importers(/^gray-matter/), ['src/determinations/parse-markdown.ts']);
});

// A script's text cannot come from an expression; json-ld.ts escapes all that could end it. Else markup comes from html.ts, which escapes what is put in.
test('no page or script puts text in as markup', () => {
  assert.deepEqual(sources.filter(({ text }) => /html-string|markHTMLString|unescapeHTML/.test(text)).map(({ file }) => file), ['src/html.ts']);
  assert.deepEqual(sources.filter(({ text }) => /set:html|innerHTML|outerHTML|insertAdjacentHTML|document\.write/.test(text)).map(({ file }) => file), ['src/components/JsonLd.astro']);
});
