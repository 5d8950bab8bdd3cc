import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { ALL, HOSTILE, SAMPLE, SITES } from './sites.ts';
import type { TestSite } from './sites.ts';

function server({ out, port, base }: TestSite) {
  return {
    command: `node tests/browser/serve.ts ${out} ${port} ${base}`,
    cwd: '../..',
    url: `http://localhost:${port}${base}`,
    reuseExistingServer: false,
    stderr: 'pipe' as const,
  };
}

const specs = (...names: string[]): RegExp => new RegExp(`/(?:${names.join('|')})\\.spec\\.ts$`);
/** The tasks and ways of readers are gone on one site: the published letters' where they are. */
const NOT_ON_SAMPLE = ['real', 'hostile', ...(SITES.length > 1 && !ALL ? ['tasks', 'walk'] : [])];
/** Keys, buttons and marks do the same whatever the letters say. */
const NEVER_ON_PUBLISHED = ['sample', 'marks', 'search-controls', 'removed', 'hostile'];
const NOT_ON_PUBLISHED = [...NEVER_ON_PUBLISHED, ...(ALL ? [] : ['case', 'checklist', 'compare', 'data', 'house', 'licences', 'new', 'pages', 'policy', 'research', 'search', 'search-answer', 'values'])];

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  // A busy machine may be late once, and says that it was; what fails twice fails.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list']],
  timeout: 30_000,
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: findBrowser(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
    // A trace of every test takes as long as the test; IMR_TRACE=1 where one is needed.
    trace: process.env.IMR_TRACE ? 'retain-on-failure' : 'off',
  },
  // A run that names its tests may not have built all sites.
  webServer: [...SITES, HOSTILE].filter(({ out }) => existsSync(out)).map(server),
  // Every test runs on the sample; what depends on what letters say runs on the published ones too, where they are. IMR_TEST_ALL=1 runs on these whatever can.
  // The longest tests begin first: at the end no one waits for one of them alone.
  projects: [{
    name: HOSTILE.name,
    testMatch: /hostile\.spec\.ts/,
    // Without the site's policy, which would stop what the pages let through.
    use: { baseURL: `http://localhost:${HOSTILE.port}${HOSTILE.base}`, bypassCSP: true },
  }, ...SITES.toReversed().map(({ name, port, base }) => ({
    name,
    testIgnore: specs(...(name === SAMPLE.name ? NOT_ON_SAMPLE : NOT_ON_PUBLISHED)),
    // A page's colours, marks and movements are the same for all letters; what is longest is looked at on both.
    ...(name === SAMPLE.name ? {} : { grepInvert: [/accessible(?!.*(?:results|many decisions)$)/, ...(ALL ? [] : [/nothing moves/, /as it is used/])] }),
    use: { baseURL: `http://localhost:${port}${base}` },
  }))],
});
