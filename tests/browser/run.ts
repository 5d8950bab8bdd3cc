/** Browser tests: brings a browser, then runs Playwright. Arguments go to Playwright. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBrowser } from './browser.ts';

const browser = ensureBrowser();
const { status } = spawnSync('npx', ['playwright', 'test', '--config', join(import.meta.dirname, 'playwright.config.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, IMR_CHROMIUM: browser },
});
process.exitCode = status ?? 1;
