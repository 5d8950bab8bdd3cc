/**
 * The site's policy in a browser: nothing that the site does is against it, and what strangers might try is stopped by it, by the page's own `<meta>` alone
 * (for hosts that send no headers of ours) and by the headers alone. How it is written down is in tests/unit/policy.test.ts.
 */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Page, Route } from '@playwright/test';
import { META_POLICY, POLICY_HEADERS, headersFile } from '../../src/policy.ts';
import { casePath } from '../../src/urls.ts';
import { listFiles } from '../support/folders.ts';
import { listRoutes, routeOf } from '../support/html.ts';
import { determinationsOf } from './expectations.ts';
import { answered, open, query, results, status } from './search-page.ts';
import { siteOf } from './sites.ts';

const ROUTES = await listRoutes(resolve(import.meta.dirname, '../../src/pages'));

/** What the browser says against a page, from now on: violations of the policy, in the page and in its worker, and errors. */
async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  await page.exposeFunction('violated', (what: string) => complaints.push(`violation: ${what}`));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => void (window as unknown as { violated(what: string): void }).violated(`${effectiveDirective} ${blockedURI} ${sourceFile}`));
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || /policy|trusted/i.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

test('every page says its policy before anything else, and `_headers` says the same', async ({}, testInfo) => {
  const { out, base } = siteOf(testInfo.project.name);
  const head = `<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${META_POLICY}"><meta name="referrer" content="same-origin">`;
  let pages = 0;
  for (const file of await listFiles(out)) {
    if (!file.endsWith('.html')) continue;
    const html = await readFile(join(out, file), 'utf8');
    expect(html.slice(html.indexOf('<head>')).startsWith(head), file).toBe(true);
    expect(html.match(/http-equiv=/g)?.length, file).toBe(1);
    pages += 1;
  }
  expect(pages).toBeGreaterThan(100);
  expect(await readFile(join(out, '_headers'), 'utf8')).toBe(headersFile(base));
});

test('what is served has the policy’s headers, the page that is not there too', async ({ page }) => {
  for (const [path, expected] of [['', 200], ['search/', 200], ['robots.txt', 200], ['search-data/manifest.json', 200], ['no-such-page/', 404]] as const) {
    const response = await page.request.get(path);
    expect(response.status(), path).toBe(expected);
    for (const [name, value] of POLICY_HEADERS) expect(response.headers()[name.toLowerCase()], `${path}: ${name}`).toBe(value);
  }
});

test('no page is against its policy', async ({ page }, testInfo) => {
  test.setTimeout(120_000);
  const { out } = siteOf(testInfo.project.name);
  const complaints = await complaintsOf(page);
  /** Of each template the longest page and the shortest. */
  const sizes = new Map<string, { path: string; size: number }[]>();
  for (const file of await listFiles(out)) {
    const path = file.replace(/(^|\/)index\.html$/, '$1');
    const route = file.endsWith('.html') ? routeOf(path, ROUTES) : undefined;
    if (route !== undefined) sizes.set(route, [...(sizes.get(route) ?? []), { path, size: (await readFile(join(out, file))).length }]);
  }
  const visited = [...sizes.values()].flatMap((pages) => {
    const sorted = pages.sort((a, b) => b.size - a.size).map(({ path }) => path);
    return [...new Set([sorted[0]!, sorted.at(-1)!])];
  });
  for (const path of visited) {
    const before = complaints.length;
    await page.goto(path);
    // What a page asks for by itself comes with it, also what it shows only on paper or in Spanish.
    await page.emulateMedia({ media: 'print' });
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    expect(complaints.slice(before), path).toEqual([]);
  }
  console.log(`${visited.length} pages of ${sizes.size} templates of the ${testInfo.project.name}, nothing against the policy`);
});

test('a reader’s whole way is within the policy: search, suggestions, filters, marks, citations, files, Spanish, paper', async ({ page, context }, testInfo) => {
  test.setTimeout(90_000);
  await context.grantPermissions(['clipboard-write']);
  const complaints = await complaintsOf(page);
  const saved = async (name: string | RegExp): Promise<void> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click()]);
    expect((await readFile(await download.path())).length, String(name)).toBeGreaterThan(50);
  };
  await page.goto('');
  await page.locator('main input[name=q]').fill('pain');
  await page.keyboard.press('Enter');
  await answered(page);
  await query(page).fill('');
  await query(page).pressSequentially('lumb');
  await expect(page.locator('#search-suggestions').getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await open(page, '?q=pain&outcome=upheld');
  await expect(status(page)).toContainText(/[1-9]\d* decision/);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied.')).toBeVisible();
  await saved('Save as CSV');
  // The marks know the search from the referrer and from storage.
  await results(page).first().getByRole('heading').getByRole('link').click();
  await page.waitForURL(/#decision-/);
  await expect(page.locator('mark').first()).toBeVisible();
  await page.keyboard.press('n');
  await page.getByRole('region', { name: 'Words of your search' }).getByRole('link', { name: 'Back to results' }).click();
  await answered(page);
  // Research folder, comparison and saved searches.
  await page.getByRole('button', { name: 'Save this search' }).click();
  for (const place of [0, 1]) await results(page).nth(place).getByRole('button', { name: /^Save/ }).click();
  for (const place of [0, 1]) await results(page).nth(place).getByRole('button', { name: /^Compare/ }).click();
  await expect(page).toHaveURL(/\/compare\/\?a=/);
  await expect(page.getByRole('heading', { name: 'Reasons by criterion' })).toBeVisible();
  await page.goto('new/');
  await expect(page.getByText(/pain/).first()).toBeVisible();
  await page.goto('research/');
  for (const document of ['Word', 'Markdown']) await saved(document);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await answered(page);

  const record = (await determinationsOf(testInfo.project.name)).reduce((most, other) => (other.decisions.length > most.decisions.length ? other : most));
  await page.goto(casePath(record.id));
  const decision = page.locator('#decision-1');
  await decision.getByText('Cite this decision').click();
  await decision.getByRole('button', { name: /^Copy citation/ }).click();
  await expect(decision.getByRole('status')).toHaveText('Copied');
  for (const format of ['RIS', 'BibTeX', 'CSL-JSON']) await saved(`${format} file of decision 1`);
  await page.locator('.decision a[rel="next"], .decision a[rel="prev"]').first().click();
  await expect(page.locator('.decision:target')).toBeVisible();
  await page.getByRole('link', { name: 'Español' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await open(page, '?q=mri');
  await expect(status(page)).toContainText('decisiones');
  expect((await page.pdf()).length).toBeGreaterThan(1000);
  await page.goto('glossary/');
  await page.goto('data/');
  await Promise.all([page.waitForEvent('download'), page.locator('a[href$="decisions.csv"]').first().click()]);
  expect(complaints).toEqual([]);
});

/** What a stranger's words might try in a page, by name. Each says `ran(name)` or asks the stranger's server for its name, unless it is stopped. */
const STRANGER = 'http://stranger.example.org';
const run = (name: string): string => `(window.ran ??= []).push('${name}')`;
const IN_MARKUP: Record<string, string> = {
  'inline script': `<script>${run('inline script')}</script>`,
  'inline module': `<script type="module">${run('inline module')}</script>`,
  'script of a data address': `<script src="data:text/javascript,${encodeURIComponent(run('script of a data address'))}"></script>`,
  handler: `<img src="no-such-picture" alt="" onerror="${run('handler')}">`,
  'style attribute': '<i id="style-attribute" style="color: rgb(1, 2, 3)"></i>',
  'style element': '<style>#style-element { color: rgb(1, 2, 3) }</style><i id="style-element"></i>',
  script: `<script src="${STRANGER}/script"></script>`,
  style: `<link rel="stylesheet" href="${STRANGER}/style">`,
  picture: `<img src="${STRANGER}/picture" alt="">`,
  frame: `<iframe src="${STRANGER}/frame"></iframe>`,
  object: `<object data="${STRANGER}/object" type="text/html"></object>`,
  video: `<video src="${STRANGER}/video" preload="auto"></video>`,
  prefetch: `<link rel="prefetch" href="${STRANGER}/prefetch">`,
  'frame with a text': `<iframe srcdoc="<script>(parent.ran ??= []).push('frame with a text')</script>"></iframe>`,
  base: `<base href="${STRANGER}/">`,
};
/** The same in a script of the site itself: as if one of ours were led astray. */
const IN_SCRIPT: Record<string, string> = {
  eval: `eval("${run('eval')}")`,
  function: `new Function("${run('function')}")()`,
  timer: `setTimeout("${run('timer')}", 0)`,
  markup: `const at = document.createElement('div'); at.innerHTML = '<i></i>'; if (at.firstChild) ${run('markup')}`,
  'markup beside': `const at = document.createElement('div'); document.body.append(at); at.insertAdjacentHTML('beforeend', '<i></i>'); if (at.firstChild) ${run('markup beside')}`,
  'text of a script': `const made = document.createElement('script'); made.text = "${run('text of a script')}"; document.head.append(made)`,
  'worker of a text': `await new Promise((done) => { const made = new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); made.onerror = done; made.onmessage = () => { ${run('worker of a text')}; done() } })`,
  'policy of its own': `trustedTypes.createPolicy('anything', {}); ${run('policy of its own')}`,
  module: `await import('${STRANGER}/module')`,
  fetch: `await fetch('${STRANGER}/fetch', { mode: 'no-cors' })`,
  request: `await new Promise((done) => { const made = new XMLHttpRequest(); made.open('GET', '${STRANGER}/request'); made.onloadend = done; made.send() })`,
  beacon: `navigator.sendBeacon('${STRANGER}/beacon')`,
  events: `new EventSource('${STRANGER}/events')`,
  'style attribute': `if (getComputedStyle(document.getElementById('style-attribute')).color === 'rgb(1, 2, 3)') ${run('style attribute')}`,
  'style element': `if (getComputedStyle(document.getElementById('style-element')).color === 'rgb(1, 2, 3)') ${run('style element')}`,
  base: `if (document.baseURI.startsWith('${STRANGER}')) ${run('base')}`,
};
const ATTACKS = [...new Set([...Object.keys(IN_MARKUP), ...Object.keys(IN_SCRIPT)])].sort();
/** What must have been said of these by the browser, so that nothing seems stopped that only was too slow. */
const DIRECTIVES = ['base-uri', 'connect-src', 'form-action', 'frame-src', 'img-src', 'media-src', 'object-src', 'require-trusted-types-for', 'script-src-attr', 'script-src-elem', 'style-src-attr', 'style-src-elem', 'trusted-types'];

const withoutPolicyHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-length' && name !== 'content-encoding' && !POLICY_HEADERS.some(([known]) => known.toLowerCase() === name)));

for (const kept of ['page', 'headers', 'neither'] as const) {
  test(`what strangers might try ${kept === 'neither' ? 'works where there is no policy, so that the tests beside this one mean something' : `is stopped by the policy of the ${kept} alone`}`, async ({ page, context, baseURL }) => {
    const asked: string[] = [];
    await context.route((url) => url.origin === STRANGER, async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      // The page's own icon, where the address of all is led astray.
      if (!name.endsWith('favicon.svg')) asked.push(name);
      await route.fulfill({ contentType: name === 'module' || name === 'script' ? 'text/javascript' : 'text/html', headers: { 'Access-Control-Allow-Origin': '*' }, body: '' });
    });
    await page.route('**/stray.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: `window.tried = (async () => { ${Object.values(IN_SCRIPT).map((code) => `try { ${code} } catch {}`).join('\n')}\nawait new Promise((done) => setTimeout(done, 0)); })()` }),
    );
    await page.route('**/about/', async (route: Route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, (meta) => (kept === 'page' ? meta : ''));
      const strange = `${Object.values(IN_MARKUP).join('')}<form action="${STRANGER}/form" target="_blank"><button>Send to a stranger</button></form><a href="javascript:${run('address')}">Run an address</a><script type="module" src="${new URL('stray.js', baseURL).pathname}"></script>`;
      await route.fulfill({ status: 200, headers: kept === 'headers' ? { ...withoutPolicyHeaders(response.headers()), ...Object.fromEntries(POLICY_HEADERS) } : withoutPolicyHeaders(response.headers()), body: html.replace('</main>', `${strange}</main>`) });
    });
    const violated: string[] = [];
    await page.exposeFunction('violated', (directive: string) => violated.push(directive));
    await page.addInitScript(() => addEventListener('securitypolicyviolation', ({ effectiveDirective }) => void (window as unknown as { violated(directive: string): void }).violated(effectiveDirective)));
    await page.goto('about/');
    await page.evaluate(() => (window as unknown as { tried: Promise<void> }).tried);
    await page.getByRole('link', { name: 'Run an address' }).click();
    await page.getByRole('button', { name: 'Send to a stranger' }).click();
    const happened = async (): Promise<string[]> => [...new Set([...(await page.evaluate(() => (window as unknown as { ran?: string[] }).ran ?? [])), ...asked])].sort();
    if (kept === 'neither') {
      await expect.poll(happened).toEqual([...ATTACKS, 'address', 'form'].sort());
      expect(violated).toEqual([]);
    } else {
      await expect.poll(() => DIRECTIVES.filter((directive) => !violated.includes(directive))).toEqual([]);
      expect(await happened()).toEqual([]);
    }
  });
}

test('another site can neither frame a page, nor load a file, nor learn what was searched', async ({ page, baseURL }) => {
  const site = new URL(baseURL!);
  // The same server under its other name is another site to a browser.
  const other = `http://127.0.0.1:${site.port}`;
  await page.route(`${other}/stranger.html`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${baseURL}glossary/"></iframe><img src="${baseURL}favicon.svg" alt="" onload="this.title = 'loaded'">` }),
  );
  const strip = () =>
    page.route(`${baseURL}**`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: withoutPolicyHeaders(response.headers()), body: await response.body() });
    });
  const taken = async () => {
    await page.goto(`${other}/stranger.html`);
    return { framed: await page.frameLocator('iframe').getByRole('heading', { name: 'Glossary', level: 1 }).count(), loaded: await page.locator('img').getAttribute('title') };
  };
  expect(await taken()).toEqual({ framed: 0, loaded: null });

  /** The address that another site is told of the page that a reader comes from. */
  const told = async (): Promise<string | undefined> => {
    await open(page, '?q=pain');
    await page.evaluate((address) => document.querySelector('main')!.append(Object.assign(document.createElement('a'), { href: address, textContent: 'Elsewhere' })), `${other}/stranger.html`);
    const [request] = await Promise.all([page.waitForRequest(`${other}/stranger.html`), page.getByRole('link', { name: 'Elsewhere' }).click()]);
    await page.waitForURL(`${other}/stranger.html`);
    return (await request.allHeaders())['referer'];
  };
  expect(await told()).toBeUndefined();
  await strip();
  expect(await taken(), 'it could without the headers').toEqual({ framed: 1, loaded: 'loaded' });
  expect(await told(), 'the page says so too').toBeUndefined();
});
