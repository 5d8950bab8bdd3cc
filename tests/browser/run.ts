/**
 * Browser tests: brings a browser, builds the sites as a publisher would, then runs Playwright. Arguments go to Playwright.
 * IMR_BUILT=1 takes the sites as the last run has left them.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ensureBrowser } from './browser.ts';
import { harmlessRecords, hostileRecords, writeContent } from '../support/hostile-records.ts';
import { HARMLESS, HOSTILE, REAL, REAL_LETTERS, SITES } from './sites.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): void {
  const { status } = spawnSync(command, args, { cwd: PROJECT, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

const browser = ensureBrowser();
if (!process.env.IMR_BUILT) {
  for (const { name, content, out, base } of SITES) {
    if (name === REAL.name) run(process.execPath, ['scripts/import.ts', '--from', REAL_LETTERS, '--to', content, '--redact']);
    // One after the other: Astro keeps what it prepares for a build in one place.
    run(process.execPath, ['scripts/build.ts', '--content', content, '--out', out], { IMR_BASE: base });
  }
  // Where a run names tests, those of hostile text are not always among them.
  const named = process.argv.slice(2).filter((argument) => !argument.startsWith('-') || argument.startsWith('--project='));
  if (named.length === 0 || named.some((name) => name.includes('hostile'))) {
    writeContent(HOSTILE.content, hostileRecords());
    writeContent(HARMLESS.content, harmlessRecords());
    for (const { content, out, base } of [HOSTILE, HARMLESS]) run(process.execPath, ['scripts/build.ts', '--content', content, '--out', out], { IMR_BASE: base });
  }
}
run('npx', ['playwright', 'test', '--config', join(import.meta.dirname, 'playwright.config.ts'), ...process.argv.slice(2)], { IMR_CHROMIUM: browser });
