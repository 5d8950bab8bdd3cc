/**
 * The configurations in scripts/hosting/ under the real servers, for a site at the root of a server and for one in a folder of it:
 * what a browser gets, byte for byte and header for header, and that the search works through them.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders, RequestOptions } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { openBrowser } from '../../scripts/bench/chromium.ts';
import { POLICY_HEADERS, TRANSPORT_HEADER } from '../../src/policy.ts';
import { listFiles } from '../support/folders.ts';
import { gradeSite } from '../support/observatory.ts';
import { CADDY, NGINX, OPENSSL, findServer } from './servers.ts';
import type { SecureWebServer, WebServer } from './servers.ts';
import { BASES, publishSite } from './sites.ts';
import type { PublishedSite } from './sites.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** As it came over the wire. */
  body: Buffer;
}

const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK = 'no-cache';
const GZIP = { 'accept-encoding': 'gzip' };

let browser: Browser | undefined;
after(() => browser?.close());

function send(ask: typeof request, options: RequestOptions & { ca?: string; servername?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    ask({ host: '127.0.0.1', ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

for (const kind of [NGINX, CADDY]) {
  const found = findServer(kind);
  for (const base of BASES) {
    describe(`${kind.name}, site at ${base}`, { skip: 'missing' in found && found.missing }, () => {
      let site: PublishedSite;
      let server: WebServer;
      /** Names of the site's own files, below its folder. */
      let files: string[];

      before(async () => {
        assert.ok('program' in found);
        site = await publishSite(base);
        server = await kind.start(found.program, site);
        files = await listFiles(site.folder);
      });
      after(async () => {
        await server?.stop();
        await site?.remove();
      });

      /** Sends the path as it is, which a URL would tidy up. */
      const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
        send(request, { port: server.port, path, method, headers: { host: `localhost:${server.port}`, ...headers } });
      /** @param name below the site's folder */
      const get = (name: string, headers?: Record<string, string>, method?: string): Promise<Answer> => ask(base + name, headers, method);
      const stored = (name: string): Promise<Buffer> => readFile(join(site.folder, name));
      const anyFile = (pattern: RegExp): string => files.find((name) => pattern.test(name)) ?? assert.fail(`the site has no file like ${pattern}`);

      test('text is compressed for those who take it, and whole for those who do not', async () => {
        const names = ['index.html', 'search-data/manifest.json', anyFile(/^_astro\/Page.*\.css$/), anyFile(/^_astro\/SearchPage.*\.js$/), ...['case.json', 'feed.atom', 'sitemap.xml', 'chart.svg', 'decisions.csv', 'decisions.jsonl', 'decision.bib', 'decision.ris', 'notes.txt', 'SHA256SUMS'].map((name) => `kinds/${name}`)];
        for (const name of names) {
          const [packed, plain, file] = [await get(name, GZIP), await get(name), await stored(name)];
          assert.equal(packed.headers['content-encoding'], 'gzip', name);
          assert.match(packed.headers.vary ?? '', /Accept-Encoding/i, name);
          assert.ok(packed.body.length < file.length, name);
          assert.deepEqual(gunzipSync(packed.body), file, name);
          assert.equal(plain.headers['content-encoding'], undefined, name);
          assert.deepEqual(plain.body, file, name);
        }
      });

      test('a browser of today gets text in a compression that it names', async () => {
        const { headers, body } = await get('kinds/decisions.csv', { 'accept-encoding': 'gzip, deflate, br, zstd' });
        const unpack = { gzip: gunzipSync, zstd: zstdDecompressSync }[headers['content-encoding'] ?? ''] ?? assert.fail(`content-encoding: ${headers['content-encoding']}`);
        assert.deepEqual(unpack(body), await stored('kinds/decisions.csv'));
      });

      test('what is compressed already is not compressed again, and arrives byte for byte', async () => {
        const index = files.filter((name) => name.endsWith('.bin'));
        assert.ok(index.length > 10);
        for (const name of [...index, 'kinds/decisions.parquet', 'kinds/picture.png']) {
          const { status, headers, body } = await get(name, { 'accept-encoding': 'gzip, deflate, br, zstd' });
          assert.equal(status, 200, name);
          assert.equal(headers['content-encoding'], undefined, name);
          assert.deepEqual(body, await stored(name), name);
        }
      });

      test('files with a hash in their name are kept for ever, all others are asked for again', async () => {
        const hashed = [/^_astro\/.*\.css$/, /^_astro\/.*\.js$/, /^_astro\/worker.*\.js$/, /^search-data\/table-.*\.bin$/, /^search-data\/dictionary-.*\.bin$/, /^search-data\/text-.*\/.*\.bin$/, /^search-data\/summaries-.*\/.*\.bin$/].map(anyFile);
        for (const name of hashed) assert.equal((await get(name, GZIP)).headers['cache-control'], FOR_EVER, name);
        for (const name of ['', 'cases/', anyFile(/^cases\/cm.*\/index\.html$/), '404.html', 'search-data/manifest.json', 'robots.txt', 'favicon.svg', 'kinds/case.json', 'kinds/feed.atom', 'kinds/decisions.parquet', 'kinds/SHA256SUMS']) {
          const { status, headers } = await get(name, GZIP);
          assert.deepEqual([status, headers['cache-control']], [200, ASK], name);
        }
      });

      test('every file of the search but the manifest is kept for ever', async () => {
        for (const name of files.filter((name) => /^(?:_astro|search-data)\/.*\.\w+$/.test(name) && name !== 'search-data/manifest.json')) {
          assert.equal((await get(name, {}, 'HEAD')).headers['cache-control'], FOR_EVER, name);
        }
      });

      test('what has not changed is not sent again', async () => {
        for (const name of ['', 'search-data/manifest.json', 'kinds/decisions.parquet', 'kinds/feed.atom']) {
          for (const accept of [GZIP, {}]) {
            const first = await get(name, accept);
            assert.ok(first.headers.etag, name);
            const second = await get(name, { ...accept, 'if-none-match': first.headers.etag });
            assert.deepEqual([second.status, second.body.length, second.headers['cache-control']], [304, 0, ASK], name);
            assert.equal((await get(name, { ...accept, 'if-none-match': '"another"' })).status, 200, name);
          }
        }
      });

      test('kinds of file have their names and their character set', async () => {
        const kinds: [name: string, type: string][] = [
          ['', 'text/html; charset=utf-8'],
          [anyFile(/^_astro\/.*\.css$/), 'text/css; charset=utf-8'],
          [anyFile(/^_astro\/.*\.js$/), 'text/javascript; charset=utf-8'],
          ['robots.txt', 'text/plain; charset=utf-8'],
          ['search-data/manifest.json', 'application/json'],
          [anyFile(/^search-data\/table-/), 'application/octet-stream'],
          ['kinds/decisions.csv', 'text/csv; charset=utf-8'],
          ['kinds/decisions.jsonl', 'application/jsonl; charset=utf-8'],
          ['kinds/decisions.parquet', 'application/vnd.apache.parquet'],
          ['kinds/feed.atom', 'application/atom+xml; charset=utf-8'],
          ['kinds/sitemap.xml', 'application/xml; charset=utf-8'],
          ['kinds/decision.bib', 'application/x-bibtex; charset=utf-8'],
          ['kinds/decision.ris', 'application/x-research-info-systems; charset=utf-8'],
          ['kinds/chart.svg', 'image/svg+xml; charset=utf-8'],
          ['kinds/SHA256SUMS', 'text/plain; charset=utf-8'],
        ];
        for (const [name, type] of kinds) {
          const { headers } = await get(name);
          assert.equal(headers['content-type']?.toLowerCase().replace(/;\s*/, '; '), type, name);
          assert.equal(headers['x-content-type-options'], 'nosniff', name);
        }
      });

      test('no kind of file that the build makes is unknown', async () => {
        const ones = [...new Map(files.filter((name) => /\.\w+$/.test(name) && !name.endsWith('.bin')).map((name) => [name.slice(name.lastIndexOf('.')), name])).values()];
        assert.ok(ones.length > 8);
        for (const name of ones) assert.doesNotMatch((await get(name)).headers['content-type'] ?? '', /^$|octet-stream/, name);
      });

      test('what is not there is the 404 page, which nobody keeps', async () => {
        const page = await stored('404.html');
        for (const name of ['cases/cm00-9999999/', 'no-such-page', '_astro/none.0123abcd.js', 'search-data/table-000000000000.bin', 'kinds/none.jsonl', 'kinds/none.atom', 'kinds/none.parquet', '_astro/']) {
          const { status, headers, body } = await get(name);
          assert.deepEqual([status, headers['cache-control'], headers['content-type']?.toLowerCase(), headers['x-content-type-options']], [404, ASK, 'text/html; charset=utf-8', 'nosniff'], name);
          assert.deepEqual(body, page, name);
        }
        assert.deepEqual(gunzipSync((await get('no-such-page/', GZIP)).body), page);
      });

      test('an address without its last slash is sent on, on the same host and below the same base', async () => {
        const redirects: [asked: string, to: string][] = [[`${base}cases`, `${base}cases/`], [`${base}search?q=MRI&outcome=upheld`, `${base}search/?q=MRI&outcome=upheld`], ...(base === '/' ? [] : [[base.slice(0, -1), base] as [string, string]])];
        for (const [asked, to] of redirects) {
          const { status, headers } = await ask(asked);
          assert.ok([301, 308].includes(status), `${asked}: ${status}`);
          // Behind a proxy the reader's address has another scheme, name and port, which the server does not know.
          assert.equal(new URL(headers.location!, `https://reader.example:8443${asked}`).href, `https://reader.example:8443${to}`);
        }
      });

      test('no address sends a reader to another site', async () => {
        for (const path of ['//evil.example/..%2fcases', '//evil.example/%2e%2e/cases', '//evil.example/../cases', '//cases', '/\\evil.example/../cases', `/${base}cases`, `${base}/evil.example/../cases`]) {
          const { headers } = await ask(path);
          if (headers.location) assert.equal(new URL(headers.location, 'https://reader.example/').host, 'reader.example', `${path}: ${headers.location}`);
        }
      });

      test('HEAD says what GET says, without the bytes', async () => {
        for (const name of ['', 'kinds/decisions.parquet', 'search-data/manifest.json']) {
          const [head, whole] = [await get(name, {}, 'HEAD'), await get(name)];
          assert.deepEqual([head.status, head.body.length], [200, 0], name);
          for (const header of ['content-type', 'content-length', 'cache-control', 'etag', 'last-modified']) assert.equal(head.headers[header], whole.headers[header], `${name}: ${header}`);
          assert.equal(Number(whole.headers['content-length']), whole.body.length, name);
        }
        assert.equal((await get('no-such-page/', {}, 'HEAD')).status, 404);
      });

      test('a part of a data file can be asked for, as readers of Parquet do', async () => {
        const file = await stored('kinds/decisions.parquet');
        assert.equal((await get('kinds/decisions.parquet', {}, 'HEAD')).headers['accept-ranges'], 'bytes');
        for (const [range, from, to] of [['bytes=-8', file.length - 8, file.length - 1], ['bytes=100-299', 100, 299]] as const) {
          const { status, headers, body } = await get('kinds/decisions.parquet', { range, ...GZIP });
          assert.deepEqual([status, headers['content-range']], [206, `bytes ${from}-${to}/${file.length}`], range);
          assert.deepEqual(body, file.subarray(from, to + 1), range);
        }
        assert.equal((await get('kinds/decisions.parquet', { range: 'bytes=999999-' })).status, 416);
      });

      test('nothing outside of the site can be reached', async () => {
        assert.ok((await readFile(join(site.root, '../secret.txt'), 'utf8')).includes(site.secret));
        const up = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '%252e%252e%252f', './../', 'cases/../../', '..;/'];
        for (const step of up) {
          for (let depth = 1; depth <= 4; depth += 1) {
            for (const [prefix, name] of [[base, 'secret.txt'], ['/', 'secret.txt'], [base, 'etc/passwd']] as const) {
              const path = prefix + step.repeat(depth) + name;
              const { status, body } = await ask(path);
              assert.ok(status >= 400, `${path}: ${status}`);
              assert.ok(!body.includes(site.secret) && !body.includes('root:'), path);
            }
          }
        }
      });

      test('every answer has the policy’s headers, each once', async (t) => {
        const anything = ['', 'cases/', anyFile(/^cases\/cm.*\/index\.html$/), '404.html', anyFile(/^_astro\/.*\.css$/), anyFile(/^_astro\/worker.*\.js$/), anyFile(/^search-data\/table-/), 'search-data/manifest.json', 'favicon.svg', 'robots.txt', '_headers', 'kinds/decisions.csv', 'kinds/feed.atom', 'kinds/SHA256SUMS'];
        const answers: [what: string, status: number, answer: Answer][] = [];
        for (const name of anything) answers.push([name, 200, await get(name, GZIP)]);
        answers.push(['a page that is not there', 404, await get('no-such-page/', GZIP)], ['a folder without its slash', kind === NGINX ? 301 : 308, await get('cases')]);
        answers.push(['unchanged', 304, await get('', { 'if-none-match': (await get('')).headers.etag! })], ['a part', 206, await get('kinds/decisions.parquet', { range: 'bytes=0-9' })], ['HEAD', 200, await get('', {}, 'HEAD')]);
        for (const [what, status, answer] of answers) {
          assert.equal(answer.status, status, what);
          // Two headers of a name come as one with a comma.
          assert.deepEqual(POLICY_HEADERS.map(([name]) => [name, answer.headers[name.toLowerCase()]]), POLICY_HEADERS, what);
          // RFC 6797, 7.2: not over plain HTTP.
          assert.equal(answer.headers[TRANSPORT_HEADER[0].toLowerCase()], undefined, what);
        }
        t.diagnostic(`${answers.length} answers with ${POLICY_HEADERS.length} headers each`);
      });

      test('the search works through it', async () => {
        browser ??= await openBrowser();
        const page = await browser.newPage({ baseURL: `http://localhost:${server.port}` });
        try {
          const wrong: string[] = [];
          page.on('response', (response) => response.status() >= 400 && wrong.push(`${response.status()} ${response.url()}`));
          page.on('requestfailed', (failed) => wrong.push(`failed: ${failed.url()}`));
          page.on('pageerror', (error) => wrong.push(error.message));
          page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
          await page.goto(base);
          await page.locator('form[role=search] input[name=q], input[name=q]').first().fill('MRI');
          await page.keyboard.press('Enter');
          await page.waitForURL(`**${base}search/?*q=MRI*`);
          await page.locator('[role=status]').filter({ hasText: /[1-9]\d* decision/ }).waitFor();
          const results = page.locator('article');
          await results.first().waitFor();
          assert.match((await results.first().textContent()) ?? '', /MRI|magnetic resonance/i);
          const link = results.first().locator('a').first();
          const address = await link.getAttribute('href');
          assert.ok(address?.startsWith(`${base}cases/`), address ?? 'no link');
          await link.click();
          await page.waitForURL(`**${base}cases/*/#decision-*`);
          await page.locator('h1').first().waitFor();
          assert.deepEqual(wrong, []);
        } finally {
          await page.close();
        }
      });
    });
  }
}

for (const kind of [NGINX, CADDY]) {
  const [found, openssl] = [findServer(kind), kind === NGINX ? findServer(OPENSSL) : undefined];
  const missing = 'missing' in found ? found.missing : openssl && 'missing' in openssl && openssl.missing;
  describe(`${kind.name} with a certificate`, { skip: missing }, () => {
    let site: PublishedSite;
    let server: SecureWebServer;
    before(async () => {
      assert.ok('program' in found);
      site = await publishSite('/');
      server = await kind.startSecurely(found.program, site);
    });
    after(async () => {
      await server?.stop();
      await site?.remove();
    });

    const plainly = (path: string): Promise<Answer> => send(request, { port: server.plainPort, path, headers: { host: 'localhost' } });
    /** A certificate that is not trusted is an error. */
    const securely = (path: string): Promise<Answer> => send(requestSecurely, { port: server.port, path, headers: { host: 'localhost' }, ca: server.authority, servername: 'localhost' });

    test('the HTTP Observatory’s rules give A+', async (t) => {
      const [http, https] = [await plainly('/'), await securely('/')];
      assert.equal(https.status, 200);
      const { score, grade, findings } = gradeSite({ host: 'localhost', http, https: { ...https, html: https.body.toString() } });
      assert.equal(grade, 'A+', JSON.stringify(findings));
      assert.deepEqual(findings.filter(({ points }) => points < 0), []);
      // No more is to be had but by a list in browsers and by scripts of other sites.
      assert.equal(score, 130, JSON.stringify(findings));
      t.diagnostic(`${score} points, ${grade}: ${findings.filter(({ points }) => points !== 0).map(({ rule, points }) => `${rule} ${points > 0 ? '+' : ''}${points}`).join(', ')}`);
    });

    test('the policy is the same there, and says to come back over TLS', async () => {
      for (const path of ['/', '/cases/', '/no-such-page/', '/cases', '/search-data/manifest.json']) {
        const { headers } = await securely(path);
        for (const [name, value] of [...POLICY_HEADERS, TRANSPORT_HEADER]) assert.equal(headers[name.toLowerCase()], value, `${path}: ${name}`);
      }
    });

    test('plain HTTP leads to the same page over TLS', async () => {
      const { status, headers } = await plainly('/search/?q=MRI');
      assert.deepEqual([[301, 308].includes(status), headers.location, headers[TRANSPORT_HEADER[0].toLowerCase()]], [true, 'https://localhost/search/?q=MRI', undefined]);
    });
  });
}
