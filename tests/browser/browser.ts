/** A Chromium for the tests, on a machine that may have none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** Path of a browser that is there: the one named by IMR_CHROMIUM, the system's, or Playwright's own. */
export function findBrowser(): string | undefined {
  return [process.env.IMR_CHROMIUM, ...INSTALLED, chromium.executablePath()].find((path) => path !== undefined && existsSync(path));
}

/** Like findBrowser, but fetches one if need be: Playwright's own, or else, as root on Debian, the distribution's. */
export function ensureBrowser(): string {
  const steps = [
    ['npx', 'playwright', 'install', 'chromium'],
    ...(process.getuid?.() === 0 ? [['apt-get', 'update', '-qq'], ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium']] : []),
  ];
  for (const [command, ...args] of steps) {
    const found = findBrowser();
    if (found) return found;
    console.log(`No browser yet: ${command} ${args.join(' ')}`);
    spawnSync(command!, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  }
  const found = findBrowser();
  if (!found) throw new Error('There is no Chromium and none could be installed. Install one and name it: IMR_CHROMIUM=/path/to/chromium npm test');
  return found;
}
