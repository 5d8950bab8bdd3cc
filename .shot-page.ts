import { chromium } from '@playwright/test';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-background-networking','--disable-component-update','--disable-sync','--no-first-run'] });
const shots = process.argv.slice(2); // name|width|scheme|path|media
for (const shot of shots) {
  const [name, width, scheme, path, media = 'screen'] = shot.split('|');
  const page = await browser.newPage({ viewport: { width: Number(width), height: 1000 }, colorScheme: scheme === 'dark' ? 'dark' : 'light', ...(scheme === 'forced' && { forcedColors: 'active' as const }) });
  page.on('pageerror', (e) => console.log(name, 'ERROR', e.message));
  page.on('console', (m) => ['error','warning'].includes(m.type()) && console.log(name, m.text()));
  const requests: string[] = [];
  page.on('request', (r) => requests.push(r.url().replace(/.*:4811/, '')));
  await page.goto('http://localhost:4811' + path!);
  await page.waitForTimeout(1500);
  if (media === 'print') await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: `/tmp/page/${name}.png`, fullPage: media === 'full' || media === 'print' });
  console.log(name, requests.filter((r) => /search-data|pagefind/.test(r)).length, await page.locator('[data-part="status"]').textContent().catch(() => ''));
  await page.close();
}
await browser.close();
