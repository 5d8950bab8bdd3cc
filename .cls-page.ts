import { chromium } from '@playwright/test';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
for (const width of [390, 1280]) {
const page = await browser.newPage({ viewport: { width, height: 844 } });
await page.addInitScript(() => { Object.assign(window, { log: [] }); new PerformanceObserver((l) => { for (const e of l.getEntries() as any) (window as any).log.push([e.value, e.hadRecentInput, e.startTime|0, ...e.sources.map((s: any) => `${s.node?.className ?? s.node?.nodeName}#${s.node?.parentElement?.className} ${JSON.stringify(s.previousRect.y)}+${s.previousRect.height}->${s.currentRect.y}+${s.currentRect.height}`)]); }).observe({ type: 'layout-shift', buffered: true }); });
await page.goto('http://localhost:4811' + (process.argv[2] ?? '/search/?q=chronic&outcome=upheld'));
await page.waitForTimeout(2000);
console.log(width, JSON.stringify(await page.evaluate(() => (window as any).log), null, 1));
}
await browser.close();
