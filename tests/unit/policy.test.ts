/** The site's policy as it is declared, and wherever it is written down. That browsers keep to it is in tests/browser/policy.spec.ts, that servers send it in tests/hosting/. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { META_POLICY, POLICY_HEADERS, TRANSPORT_HEADER, headersFile } from '../../src/policy.ts';
import { gradeSite } from '../support/observatory.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const read = (path: string): Promise<string> => readFile(join(PROJECT, path), 'utf8');
const header = (name: string): string => POLICY_HEADERS.find(([known]) => known === name)?.[1] ?? assert.fail(`there is no ${name}`);
const POLICIES = [['meta', META_POLICY], ['header', header('Content-Security-Policy')]] as const;

const evaluate = (policy: string) => new CspEvaluator(new CspParser(policy).csp).evaluate();

test('csp_evaluator finds nothing of weight', (t) => {
  for (const [where, policy] of POLICIES) {
    const findings = evaluate(policy);
    // The smaller the number, the worse. What is left is its advice about 'self': no file of this site is written by strangers as a script.
    const serious = findings.filter(({ severity }) => severity < Severity.MEDIUM_MAYBE);
    assert.deepEqual(serious.map(({ directive, description }) => `${directive}: ${description}`), [], where);
    assert.deepEqual(findings.map(({ directive, value }) => `${directive} ${value}`), ["script-src 'self'"], where);
    t.diagnostic(`${where}: ${serious.length} findings of high or medium severity, ${findings.length} of "perhaps medium"`);
  }
});

test('csp_evaluator would find it if something were wrong', () => {
  for (const worse of [META_POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"), META_POLICY.replace("script-src 'self'", 'script-src *'), META_POLICY.replace("base-uri 'none'; ", '').replace("default-src 'none'; ", '')]) {
    assert.notEqual(worse, META_POLICY);
    assert.ok(evaluate(worse).some(({ severity }) => severity <= Severity.HIGH), worse);
  }
});

test('nothing is allowed but the site itself', () => {
  for (const [where, policy] of POLICIES) {
    const directives = new Map(policy.split('; ').map((directive) => [directive.split(' ')[0]!, directive.split(' ').slice(1)]));
    assert.deepEqual(directives.get('default-src'), ["'none'"], where);
    for (const [directive, sources] of directives) {
      if (directive.endsWith('trusted-types-for') || directive === 'trusted-types') continue;
      assert.ok(sources.length === 1 && ["'none'", "'self'"].includes(sources[0]!), `${where}: ${directive} ${sources.join(' ')}`);
    }
  }
  // All that a page forbids, the header forbids.
  assert.ok(header('Content-Security-Policy').startsWith(`${META_POLICY}; `));
});

test('every value fits between double quotes in any configuration, and into the lines of Cloudflare', () => {
  for (const [name, value] of [...POLICY_HEADERS, TRANSPORT_HEADER]) {
    assert.match(value, /^[\x20\x21\x23-\x7e]+$/, name);
    // `$` and `{` begin a variable there.
    assert.doesNotMatch(value, /[$\\{}]/, name);
    assert.ok(`  ${name}: ${value}`.length <= 2000, name);
  }
});

test('nginx sends the policy, literally', async () => {
  const text = await read('scripts/hosting/nginx.conf');
  const lines = POLICY_HEADERS.map(([name, value]) => `    add_header ${name} "${value}" always;`);
  assert.deepEqual(policyBlock(text), [...lines, `    add_header ${TRANSPORT_HEADER[0]} $imr_strict_transport always;`]);
  assert.ok(text.includes(`map $https $imr_strict_transport {\n    default "";\n    on "${TRANSPORT_HEADER[1]}";\n}`));
  // In a location of its own, all of the server's would be lost.
  assert.deepEqual(text.match(/^ {5,}add_header/gm), null);
});

test('Caddy sends the policy, literally', async () => {
  const lines = POLICY_HEADERS.map(([name, value]) => `\t\t${name} "${value}"`);
  const transport = ['\t@tls protocol https', `\theader @tls ${TRANSPORT_HEADER[0]} "${TRANSPORT_HEADER[1]}"`];
  assert.deepEqual(policyBlock(await read('scripts/hosting/Caddyfile')), ['\theader {', ...lines, '\t}', ...transport]);
});

/** What stands between the marks, without comments. */
function policyBlock(text: string): string[] {
  const blocks = [...text.matchAll(/# BEGIN POLICY.*\n([^]*?)\n\s*# END POLICY/g)];
  assert.equal(blocks.length, 1, 'one policy');
  return blocks[0]![1]!.split('\n').filter((line) => !line.trim().startsWith('#'));
}

test('the headers file says for all paths of the site what the servers send', () => {
  for (const base of ['/', '/imr/', '/a/b/']) {
    const [path, ...lines] = headersFile(base).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(path, `${base}*`);
    assert.deepEqual(lines.map((line) => line.match(/^ {2}([\w-]+): (.+)$/)?.slice(1)), [...POLICY_HEADERS, TRANSPORT_HEADER]);
  }
  assert.match(headersFile('/imr/'), /^# This site was built for \/imr\/: this file belongs at the root/m);
  assert.doesNotMatch(headersFile('/'), /built for/);
});

// The table is ours: what the Observatory says of these is known.
test('the Observatory’s rules are those that it publishes', () => {
  const headers = Object.fromEntries([...POLICY_HEADERS, TRANSPORT_HEADER].map(([name, value]) => [name.toLowerCase(), value]));
  const http = { status: 301, headers: { location: 'https://imr.example.org/' } };
  const html = '<script type="module" src="/_astro/x.js"></script>';
  const graded = (changed: Record<string, string | undefined>, more: object = {}): string => {
    const { score, grade } = gradeSite({ host: 'imr.example.org', http, https: { status: 200, headers: { ...headers, ...changed }, html }, ...more });
    return `${score} ${grade}`;
  };
  const bare = Object.fromEntries(Object.keys(headers).map((name) => [name, undefined]));
  const cases: [string, string][] = [
    [graded({}), '130 A+'],
    // No policy (-25), no strict transport (-20), no nosniff (-5), no word on frames (-20).
    [graded(bare), '30 D'],
    // GitHub Pages with its own domain: the policy is in the page alone.
    [graded(bare, { https: { status: 200, headers: {}, html: `<meta http-equiv="Content-Security-Policy" content="${META_POLICY}">${html}` } }), '55 C'],
    [graded({}, { http: { status: 200, headers: {} } }), '80 B+'],
    [graded({}, { http: { status: 301, headers: { location: 'https://www.example.org/' } } }), '125 A+'],
    [graded({}, { http: undefined }), '130 A+'],
    // Bonuses only from 90 points on: one slip costs more than itself.
    [graded({ 'strict-transport-security': undefined }), '80 B+'],
    [graded({ 'strict-transport-security': 'max-age=300' }), '120 A+'],
    [graded({ 'x-content-type-options': undefined }), '125 A+'],
    [graded({ 'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'" }), '80 B+'],
    [graded({ 'content-security-policy': "default-src 'self'; form-action 'self'" }), '120 A+'],
    [graded({ 'referrer-policy': 'unsafe-url' }), '120 A+'],
    [graded({ 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' }), '50 C'],
    [graded({ 'set-cookie': 'a=b' }), '60 C+'],
    [graded({}, { https: { status: 200, headers, html: '<script src="http://example.com/x.js"></script>' } }), '50 C'],
    [graded({}, { https: undefined, http: { status: 200, headers } }), '10 F'],
  ];
  assert.deepEqual(cases.map(([got]) => got), cases.map(([, wanted]) => wanted));
});
