/** Packages that the pages' scripts import: what of others' code a reader's browser runs. */
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** An import of values; types are gone before a browser sees the script. */
const IMPORT = /(?:^|[\s;])(?:import|export)\s+(?!type\b)(?:[\w*{][^'"]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'|new URL\(\s*'([^']+)',\s*import\.meta\.url\s*\)/g;
const SCRIPT = /<script(?![^>]*\bis:inline)[^>]*>([^]*?)<\/script>/g;

/** @param folder the pages' source @returns names of packages, sorted */
export async function browserImports(folder: string): Promise<string[]> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const follow = async (text: string, file: string): Promise<void> => {
    for (const [, one, two, three] of text.matchAll(IMPORT)) {
      const from = one ?? two ?? three ?? '';
      if (from.startsWith('.')) await visit(resolve(dirname(file), from));
      else if (!/^(?:node|astro|virtual):/.test(from)) packages.add(from.split('/').slice(0, from.startsWith('@') ? 2 : 1).join('/'));
    }
  };
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file) || !file.endsWith('.ts')) return;
    seen.add(file);
    await follow(await readFile(file, 'utf8'), file);
  };
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.astro')) continue;
    const file = join(folder, name);
    for (const [, script] of (await readFile(file, 'utf8')).matchAll(SCRIPT)) await follow(script!, file);
  }
  return [...packages].sort();
}
