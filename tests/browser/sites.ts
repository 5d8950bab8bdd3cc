/** The sites that the browser tests look at. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../..');

export interface TestSite {
  /** Name of the Playwright project. */
  name: 'sample' | 'real' | 'hostile' | 'harmless';
  /** Content folder that the site is built from, for tests that work out for themselves what it should show. */
  content: string;
  port: number;
  /** Path below which it is published: one site each way. */
  base: string;
  /** Where it is built. */
  out: string;
}

export const SAMPLE: TestSite = { name: 'sample', content: resolve(PROJECT, 'content'), port: 4401, base: '/', out: resolve(PROJECT, '.cache/test-sites/sample') };
export const REAL: TestSite = { name: 'real', content: resolve(PROJECT, '.cache/test-sites/real-content'), port: 4402, base: '/imr/', out: resolve(PROJECT, '.cache/test-sites/real') };

/** Determinations of hostile text, and the same of harmless text. The tests write them. */
export const HOSTILE: TestSite = { name: 'hostile', content: resolve(PROJECT, '.cache/test-sites/hostile-content'), port: 4403, base: '/', out: resolve(PROJECT, '.cache/test-sites/hostile') };
export const HARMLESS: TestSite = { name: 'harmless', content: resolve(PROJECT, '.cache/test-sites/harmless-content'), port: 4404, base: '/', out: resolve(PROJECT, '.cache/test-sites/harmless') };

/** With IMR_TEST_ALL=1 nothing is left out that looks alike, however long it takes. */
export const ALL = Boolean(process.env.IMR_TEST_ALL);

/** Published letters, which are never part of the project. */
export const REAL_LETTERS = resolve(PROJECT, '../shared/letters');

export const SITES: readonly TestSite[] = existsSync(REAL_LETTERS) ? [SAMPLE, REAL] : [SAMPLE];

/** The site that a test runs on. */
export function siteOf(projectName: string): TestSite {
  const site = [...SITES, HOSTILE].find(({ name }) => name === projectName);
  if (!site) throw new Error(`no site for the project ${projectName}`);
  return site;
}
