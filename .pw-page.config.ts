import { defineConfig } from '@playwright/test';
export default defineConfig({
  testDir: 'tests/browser', outputDir: '/tmp/page/results', fullyParallel: true, workers: 2, retries: 0, reporter: [['line']], timeout: 30_000,
  use: { browserName: 'chromium', launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-background-networking','--disable-component-update','--disable-sync','--no-first-run'] } },
  projects: [{ name: 'sample', testIgnore: /real\.spec\.ts/, use: { baseURL: 'http://localhost:4811/' } }],
});
