import { chromium } from '@playwright/test';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const page = await browser.newPage();
for (const q of process.argv.slice(2)) {
  await page.goto('http://localhost:4811/search/?q=' + encodeURIComponent(q));
  await page.waitForTimeout(900);
  console.log('##', q, '|', page.url().replace(/.*4811/,''), '|', await page.locator('[data-part=status]').textContent(), '|', await page.locator('[data-part=understood] p').allTextContents(), '|', await page.locator('[data-part=notes]').textContent(), '|', await page.locator('[data-part=partial-heading]').textContent(), await page.locator('[data-part=partial-note]').textContent(), '| marks', await page.locator('[data-part=list] mark').count());
}
await browser.close();
