import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { REAL, REAL_LETTERS, SAMPLE, SITES } from './sites.ts';
import type { TestSite } from './sites.ts';

/** What a publisher would type. Each site has a cache of its own, because both are built at once. */
function server({ content, out, port, base, name }: TestSite) {
  const start = `node scripts/start.ts --content ${content} --out ${out} --port ${port}`;
  return {
    command: name === REAL.name ? `node scripts/import.ts --from ${REAL_LETTERS} --to ${content} && ${start}` : start,
    cwd: '../..',
    env: { IMR_BASE: base, IMR_CACHE: `.cache/astro-${name}` },
    url: `http://localhost:${port}${base}`,
    timeout: 240_000,
    reuseExistingServer: false,
    stdout: 'ignore' as const,
    stderr: 'pipe' as const,
  };
}

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list']],
  timeout: 30_000,
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: findBrowser(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
    trace: 'retain-on-failure',
  },
  webServer: SITES.map(server),
  // Every test runs on the sample; what must hold for any letters runs on the published ones too, where they are.
  projects: SITES.map(({ name, port, base }) => ({
    name,
    testIgnore: name === SAMPLE.name ? /real\.spec\.ts/ : /sample\.spec\.ts/,
    use: { baseURL: `http://localhost:${port}${base}` },
  })),
});
