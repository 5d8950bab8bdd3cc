import { chromium } from '@playwright/test';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const page = await browser.newPage();
page.on('request', (r) => console.log(r.url().replace(/.*:4811/, '')));
page.on('pageerror', (e) => console.log('ERROR', e.message));
page.on('console', (m) => console.log(m.type(), m.text()));
await page.goto('http://localhost:4811' + process.argv[2]);
await page.waitForTimeout(1500);
await browser.close();
