/** The supply of packages and actions: each rule on made-up lockfiles, packages and workflows that break it, and the command on the project itself. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { checkAdvisories, readAudit } from '../../scripts/supply/advisories.ts';
import type { Advisory } from '../../scripts/supply/advisories.ts';
import { covers, readAllowed } from '../../scripts/supply/allowed.ts';
import type { Allowed } from '../../scripts/supply/allowed.ts';
import { browserImports } from '../../scripts/supply/browser-imports.ts';
import { checkInstallScripts } from '../../scripts/supply/install-scripts.ts';
import { checkLicences, isAllowed } from '../../scripts/supply/licences.ts';
import { changes, keepOptional, relock } from '../../scripts/supply/lock.ts';
import { checkIntegrity, checkPins } from '../../scripts/supply/lockfile.ts';
import type { LockedPackage, Lockfile, Manifest } from '../../scripts/supply/lockfile.ts';
import { checkWorkflows } from '../../scripts/supply/workflows.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const HASH = `sha512-${'A'.repeat(86)}==`;
const REASON = 'An invented reason, long enough.';

const manifest: Manifest = { dependencies: { tool: '1.0.0' }, devDependencies: { '@scope/check': '2.0.0-beta.1' } };
const tool: LockedPackage = { version: '1.0.0', integrity: HASH, license: 'MIT', optionalDependencies: { 'tool-mac': '1.0.0' } };
const check: LockedPackage = { version: '2.0.0-beta.1', integrity: HASH, license: 'ISC' };
const mac: LockedPackage = { version: '1.0.0', integrity: HASH, license: 'MIT', optional: true, os: ['darwin'], cpu: ['arm64'] };
const good: Record<string, LockedPackage> = { '': { ...manifest }, 'node_modules/tool': tool, 'node_modules/@scope/check': check, 'node_modules/tool-mac': mac };
const lockOf = (changed: Record<string, LockedPackage> = {}): Lockfile => ({ lockfileVersion: 3, packages: { ...good, ...changed } });
const without = ({ packages, ...rest }: Lockfile, place: string): Lockfile => ({ ...rest, packages: Object.fromEntries(Object.entries(packages).filter(([one]) => one !== place)) });

/** Exactly one problem, of these words. */
function assertProblem(problems: string[], words: RegExp, what: string): void {
  assert.equal(problems.length, 1, `${what}: ${problems.join(' | ')}`);
  assert.match(problems[0]!, words, what);
}

test('a version that is no single one, or a source that is not the registry, is a problem', () => {
  assert.deepEqual(checkPins(manifest, lockOf()).problems, []);
  for (const version of ['^1.0.0', '~1.0.0', '1', '1.x', '*', 'latest', '>=1.0.0', '', 'npm:other@1.0.0', 'git+https://example.org/tool.git', 'file:../tool', 'https://example.org/tool.tgz']) {
    assertProblem(checkPins({ ...manifest, dependencies: { tool: version } }, lockOf()).problems, /^package\.json, dependencies: tool is ".*"\. Write one exact version, such as "1\.0\.0"\.$/, version);
  }
  const cases: [string, Manifest, Lockfile, RegExp][] = [
    ['another version', { ...manifest, dependencies: { tool: '1.0.1' } }, lockOf(), /tool is 1\.0\.0, package\.json has 1\.0\.1/],
    ['not locked', { ...manifest, optionalDependencies: { more: '1.0.0' } }, lockOf(), /more is missing/],
    ['not wanted', { dependencies: manifest.dependencies }, lockOf(), /@scope\/check is not in package\.json/],
    ['another host', manifest, lockOf({ 'node_modules/deep': { version: '1.0.0', integrity: HASH, resolved: 'https://example.org/deep/-/deep-1.0.0.tgz' } }), /node_modules\/deep comes from https:\/\/example\.org/],
    ['another package', manifest, lockOf({ 'node_modules/deep': { version: '1.0.0', integrity: HASH, resolved: 'https://registry.example.org/other/-/other-1.0.0.tgz' } }), /node_modules\/deep comes from/],
    ['no encryption', manifest, lockOf({ 'node_modules/deep': { version: '1.0.0', integrity: HASH, resolved: 'http://registry.example.org/deep/-/deep-1.0.0.tgz' } }), /node_modules\/deep comes from/],
    ['another name', manifest, lockOf({ 'node_modules/tool/node_modules/deep': { name: 'other', version: '1.0.0', integrity: HASH } }), /is other under another name/],
    ['a link', manifest, lockOf({ 'node_modules/deep': { link: true, resolved: 'packages/deep' } }), /a folder of this machine/],
    ['a folder', manifest, lockOf({ 'packages/deep': { version: '1.0.0' } }), /a folder of this machine/],
    ['no version', manifest, lockOf({ 'node_modules/deep': { integrity: HASH } }), /node_modules\/deep has no exact version/],
    ['a platform left out', manifest, without(lockOf(), 'node_modules/tool-mac'), /node_modules\/tool may need tool-mac on another platform/],
    ['an old format', manifest, { ...lockOf(), lockfileVersion: 2 }, /format 2, not 3/],
  ];
  for (const [what, one, lock, words] of cases) assertProblem(checkPins(one, lock).problems, words, what);
  const beside = without(lockOf({ 'node_modules/tool/node_modules/tool-mac': mac }), 'node_modules/tool-mac');
  assert.deepEqual(checkPins(manifest, beside).problems, [], 'found where Node looks for it');
});

test('a package without its SHA-512 must be named, in this version, and be of a platform on which nothing is published', () => {
  const none = { withoutIntegrity: [] };
  const named = { withoutIntegrity: [{ version: '1.0.0', packages: ['tool-mac'], reason: REASON }] };
  const unhashed = ({ integrity: _, ...rest }: LockedPackage): LockedPackage => rest;
  assert.deepEqual(checkIntegrity(lockOf(), none), { says: '3 packages: 3 with a SHA-512, 0 named exceptions, none of them installed where the site is published from', problems: [] });
  assert.deepEqual(checkIntegrity(lockOf({ 'node_modules/tool-mac': unhashed(mac) }), named).problems, []);
  assertProblem(checkIntegrity(lockOf({ 'node_modules/tool-mac': unhashed(mac) }), none).problems, /tool-mac has no hash\. Run .*--lock/, 'not named');
  assert.equal(checkIntegrity(lockOf({ 'node_modules/tool-mac': { ...unhashed(mac), version: '1.0.1' } }), named).problems.length, 2, 'another version is not named, and the name is not needed');
  assertProblem(checkIntegrity(lockOf(), named).problems, /tool-mac@1\.0\.0 needs no exception any more/, 'not needed');
  for (const change of [{ os: ['linux'], cpu: ['x64'] }, { os: undefined, cpu: undefined }, { os: ['!win32'], cpu: undefined }, { os: 'linux', cpu: 'x64' }, { optional: undefined }]) {
    assertProblem(checkIntegrity(lockOf({ 'node_modules/tool-mac': { ...unhashed(mac), ...change } }), named).problems, /installed where the site is published from/, JSON.stringify(change));
  }
  for (const change of [{ os: ['!linux'], cpu: undefined }, { os: ['linux'], cpu: ['arm64'] }, { os: undefined, cpu: ['wasm32'] }]) {
    assert.deepEqual(checkIntegrity(lockOf({ 'node_modules/tool-mac': { ...unhashed(mac), ...change } }), named).problems, [], JSON.stringify(change));
  }
  for (const weak of ['sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'sha512-AAAA', `sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA= ${HASH}`, '']) {
    assertProblem(checkIntegrity(lockOf({ 'node_modules/tool': { ...tool, integrity: weak } }), none).problems, /a hash that is no SHA-512/, weak);
  }
});

const advisory = (severity: Advisory['severity']): Advisory => ({ id: 'GHSA-aaaa-bbbb-cccc', package: 'tool', severity, title: 'An invented weakness', range: '<2.0.0' });
const audited = (severity: string, url = 'https://example.org/advisories/GHSA-aaaa-bbbb-cccc') => ({
  auditReportVersion: 2,
  vulnerabilities: {
    tool: { name: 'tool', severity, via: [{ source: 7, name: 'tool', dependency: 'tool', title: 'An invented weakness', url, severity, range: '<2.0.0' }] },
    user: { name: 'user', severity, via: ['tool'] },
    other: { name: 'other', severity, via: ['tool', { source: 7, name: 'tool', dependency: 'tool', title: 'An invented weakness', url, severity, range: '<2.0.0' }] },
  },
});

test('npm’s answer is each advisory once, or no answer without an address', () => {
  assert.deepEqual(readAudit(JSON.stringify(audited('high'))), { advisories: [advisory('high')] });
  assert.deepEqual(readAudit(JSON.stringify(audited('low', 'https://example.org/7'))), { advisories: [{ ...advisory('low'), id: '7' }] });
  assert.deepEqual(readAudit('{"auditReportVersion":2,"vulnerabilities":{}}'), { advisories: [] });
  assert.deepEqual(readAudit('{"message":"405 Method Not Allowed - POST https://registry.example.org/x","statusCode":405,"body":""}'), { unavailable: 'the registry answers 405' });
  assert.deepEqual(readAudit('{"message":"request to https://registry.example.org/x failed","error":{"code":"ENOTFOUND","summary":"https://registry.example.org"}}'), { unavailable: 'no answer, ENOTFOUND' });
  for (const broken of ['', 'no JSON', '[]', 'null', '{"vulnerabilities":[{"via":[1]}]}', '{"vulnerabilities":{"tool":{"via":[{"severity":"grave"}]}}}']) {
    const answer = readAudit(broken);
    assert.ok('unavailable' in answer && !answer.unavailable.includes('http'), broken);
  }
});

test('a high or critical advisory fails, unless it is excepted and the exception has not ended', () => {
  const options = { today: '2026-03-01', required: true };
  const exception = (until: string, id = advisory('high').id, name = 'tool') => ({ advisories: [{ id, package: name, until, reason: REASON }] });
  const none = { advisories: [] };
  for (const severity of ['high', 'critical'] as const) {
    const answer = { advisories: [advisory(severity)] };
    assertProblem(checkAdvisories(answer, none, options).problems, /^tool <2\.0\.0: An invented weakness \((?:high|critical), GHSA-aaaa-bbbb-cccc\)\. Update it/, severity);
    assert.deepEqual(checkAdvisories(answer, exception('2026-03-01'), options).problems, [], 'its last day');
    assert.match(checkAdvisories(answer, exception('2026-03-01'), options).notes![0]!, /Excepted until 2026-03-01: An invented reason/);
    assertProblem(checkAdvisories(answer, exception('2026-02-28'), options).problems, /ended on 2026-02-28/, 'ended');
    assert.equal(checkAdvisories(answer, exception('2026-03-01', 'GHSA-other'), options).problems.length, 2, 'another advisory');
    assert.equal(checkAdvisories(answer, exception('2026-03-01', advisory('high').id, 'user'), options).problems.length, 2, 'another package');
  }
  for (const severity of ['info', 'low', 'moderate'] as const) {
    const { problems, notes, says } = checkAdvisories({ advisories: [advisory(severity)] }, none, options);
    assert.deepEqual([problems.length, notes?.length, says], [0, 1, 'advisories: 0 high or critical, 1 of less weight']);
  }
  assertProblem(checkAdvisories({ advisories: [] }, exception('2027-01-01'), options).problems, /needs no exception any more/, 'not needed');
});

test('where advisories cannot be had it is said, and is a failure only where they must be', () => {
  const answer = { unavailable: 'the registry answers 405' };
  const here = checkAdvisories(answer, { advisories: [] }, { today: '2026-03-01', required: false });
  assert.match(here.says, /not checked.*the registry answers 405/);
  assert.deepEqual(here.problems, []);
  assertProblem(checkAdvisories(answer, { advisories: [] }, { today: '2026-03-01', required: true }).problems, /could not be had: the registry answers 405/, 'required');
});

test('no package runs a program at its installation, and one that would is named', () => {
  const npmrc = '# said\nignore-scripts=true\n';
  const installed = (scripts: Record<string, string>) => new Map<string, Manifest>([['node_modules/tool', { scripts }]]);
  const none = { installScripts: [] };
  const named = { installScripts: [{ package: 'tool', reason: REASON }] };
  assert.deepEqual(checkInstallScripts(npmrc, manifest, lockOf(), installed({ test: 'x', prepare: 'x' }), none).problems, []);
  for (const text of ['', '# ignore-scripts=true', 'ignore-scripts=false', 'ignore-scripts=truely', 'strict-ignore-scripts=true']) assertProblem(checkInstallScripts(text, manifest, lockOf(), new Map(), none).problems, /^\.npmrc lets packages run programs/, text);
  for (const script of ['preinstall', 'install', 'postinstall']) {
    assertProblem(checkInstallScripts(npmrc, manifest, lockOf(), installed({ [script]: 'x' }), none).problems, /^tool would run a program/, script);
    assert.deepEqual(checkInstallScripts(npmrc, manifest, lockOf(), installed({ [script]: 'x' }), named).problems, []);
  }
  assertProblem(checkInstallScripts(npmrc, manifest, lockOf({ 'node_modules/tool-mac': { ...mac, hasInstallScript: true } }), new Map(), none).problems, /^tool-mac would run/, 'not installed here');
  assertProblem(checkInstallScripts(npmrc, manifest, lockOf(), new Map(), named).problems, /tool has no such program any more/, 'not needed');
  for (const script of ['pretest', 'posttest', 'prepare', 'postinstall']) assertProblem(checkInstallScripts(npmrc, { scripts: { test: 'x', [script]: 'y' } }, lockOf(), new Map(), none).problems, new RegExp(`scripts: ${script} never runs`), script);
  assert.deepEqual(checkInstallScripts(npmrc, { scripts: { preview: 'x', posters: 'y' } }, lockOf(), new Map(), none).problems, [], 'a name that only begins so');
});

const allowedLicences: Pick<Allowed, 'licences' | 'otherLicences' | 'unnamedLicences' | 'published'> = {
  licences: ['MIT', 'ISC', 'Zlib'],
  otherLicences: [],
  unnamedLicences: [],
  published: { licences: ['MIT'], packages: ['tool'], addedByBuild: ['tool-mac'] },
};
const installedAll = (tools: Manifest = {}): Map<string, Manifest> => new Map([['node_modules/tool', { version: '1.0.0', license: 'MIT', ...tools }], ['node_modules/@scope/check', { version: '2.0.0-beta.1', license: 'ISC' }]]);

test('a licence that is not allowed is a problem, and stricter for what readers get', () => {
  const licences = (installed: Map<string, Manifest>, allowed: Partial<typeof allowedLicences> = {}, lock = lockOf(), inBrowser = ['tool']) => checkLicences(lock, installed, inBrowser, { ...allowedLicences, ...allowed }).problems;
  assert.deepEqual(licences(installedAll()), []);
  for (const license of ['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'SEE LICENSE IN file', 'UNLICENSED', 'mit', 'MIT/ISC', '(MIT', 'MIT ISC', 'MIT OR']) {
    const problems = licences(installedAll({ license }), { published: { licences: ['MIT', 'ISC'], packages: ['@scope/check'], addedByBuild: ['tool-mac'] } }, lockOf(), ['@scope/check']);
    assertProblem(problems, /^tool 1\.0\.0 has the licence .*otherLicences/, license);
  }
  for (const license of ['MIT OR GPL-3.0-only', '(ISC AND (MIT OR GPL-3.0-only))', { type: 'MIT', url: 'https://example.org' }]) {
    assert.deepEqual(licences(installedAll({ license }), { published: { licences: ['MIT', 'ISC'], packages: ['tool'], addedByBuild: ['tool-mac'] } }), [], JSON.stringify(license));
  }
  assert.deepEqual(licences(installedAll({ license: undefined, licenses: [{ type: 'MIT' }, { type: 'GPL-3.0-only' }] })), [], 'the old form leaves the choice');

  const other = { otherLicences: [{ licence: 'MPL-2.0', packages: ['@scope/*'], reason: REASON }] };
  const mpl = installedAll().set('node_modules/@scope/check', { version: '2.0.0-beta.1', license: 'MPL-2.0' });
  assert.deepEqual(licences(mpl, other), []);
  assertProblem(licences(installedAll().set('node_modules/@scope/check', { version: '2.0.0-beta.1', license: 'GPL-3.0-only' }), { otherLicences: [...other.otherLicences] }).filter((words) => !words.includes('needs no entry')), /check 2\.0\.0-beta\.1 has the licence GPL/, 'an entry is for its licence alone');
  assertProblem(licences(installedAll(), other), /otherLicences: @scope\/\* needs no entry any more/, 'not needed');

  const { license: _, ...nameless } = tool;
  assertProblem(licences(installedAll({ license: undefined }), { published: { licences: ['ISC'], packages: ['@scope/check'], addedByBuild: ['@scope/check'] } }, lockOf({ 'node_modules/tool': nameless }), ['@scope/check']), /tool 1\.0\.0 names no licence/, 'none named');
  assert.deepEqual(licences(installedAll({ license: undefined }), { unnamedLicences: [{ licence: 'MIT', packages: ['tool'], reason: REASON }] }, lockOf({ 'node_modules/tool': nameless })), []);

  assertProblem(licences(installedAll({ license: 'Zlib' })), /^tool is published with the pages and has the licence Zlib/, 'allowed for tools, not for pages');
  assertProblem(licences(installedAll(), {}, lockOf(), ['tool', '@scope/check']), /^@scope\/check is imported by a script that a reader’s browser runs/, 'not named as published');
  assertProblem(licences(installedAll(), {}, lockOf(), []), /no page’s script imports tool any more/, 'not published any more');
  assertProblem(licences(installedAll({ version: '1.0.1' })), /tool is 1\.0\.1, package-lock\.json has 1\.0\.0\. Run `npm ci`/, 'another version is installed');
  assertProblem(licences(new Map([...installedAll()].slice(0, 1))), /@scope\/check is not installed/, 'not installed');
});

test('a licence expression is allowed as logic says', () => {
  type Expression = { name: string } | { both: boolean; parts: [Expression, Expression] };
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof({ maxDepth: 4 }, fc.record({ name: fc.constantFrom('MIT', 'ISC', 'GPL-3.0-only', 'LGPL-3.0-or-later') }), fc.record({ both: fc.boolean(), parts: fc.tuple(tie('expression'), tie('expression')) })),
  }));
  const written = (one: Expression): string => ('name' in one ? one.name : `(${written(one.parts[0])} ${one.both ? 'AND' : 'OR'} ${written(one.parts[1])})`);
  const value = (one: Expression): boolean => ('name' in one ? ['MIT', 'ISC'].includes(one.name) : one.both ? value(one.parts[0]) && value(one.parts[1]) : value(one.parts[0]) || value(one.parts[1]));
  fc.assert(fc.property(expression, (one) => isAllowed(written(one), ['MIT', 'ISC']) === value(one)), { seed: 6, numRuns: 500 });
  assert.equal(isAllowed('GPL-3.0-only AND ISC OR MIT', ['MIT']), true, 'AND binds closer');
  assert.equal(isAllowed('MIT OR ISC AND GPL-3.0-only', ['ISC']), false);
  assert.equal(isAllowed('', ['MIT']), false);
});

test('packages in the pages’ scripts are found, over files and workers, without types', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'imr-imports-'));
  try {
    await mkdir(join(folder, 'parts'));
    await writeFile(join(folder, 'page.astro'), `---\nimport tool from 'build-time';\n---\n<p>x</p>\n<script>\n  import './parts/first.ts';\n</script>\n<script type="application/ld+json" is:inline set:html={x} />\n`);
    await writeFile(join(folder, 'parts/first.ts'), `import type { A } from 'types-alone';\nimport { b } from '@scope/package/deep';\nimport c from './second.ts';\nexport { d } from 'passed-on';\nconst later = await import('later');\nnew Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });\n`);
    await writeFile(join(folder, 'parts/second.ts'), `import 'effect';\nimport {\n  several,\n  lines,\n} from 'several-lines';\nimport './first.ts';\n`);
    await writeFile(join(folder, 'parts/worker.ts'), `import all, * as rest from 'in-worker';\n`);
    await writeFile(join(folder, 'parts/unused.ts'), `import 'unused';\n`);
    assert.deepEqual(await browserImports(folder), ['@scope/package', 'effect', 'in-worker', 'later', 'passed-on', 'several-lines']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const PIN = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const WORKFLOW = `name: Made up
on:
  pull_request:
permissions: {}
jobs:
  test:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: ${PIN}
        with:
          persist-credentials: false
      - run: npm ci
      - run: |
          npm run check
          npm test
        env:
          TITLE: \${{ github.event.pull_request.title }}
  again:
    permissions:
      contents: read
    uses: ./.github/workflows/test.yml
`;

test('an action that is not pinned, a right too many, a stranger’s text in a command: each with its line', () => {
  const look = (text: string) => checkWorkflows(new Map([['made-up.yml', text]]));
  assert.deepEqual(look(WORKFLOW), { says: '1 workflow: 1 action pinned by the hash of a commit, no job may write', problems: [] });
  const line = (words: string, text: string) => text.split('\n').findIndex((one) => one.includes(words)) + 1;
  const cases: [string, string, string, string, RegExp][] = [
    ['a tag', PIN, 'actions/checkout@v7', '@v7', /is not pinned/],
    ['a branch', PIN, 'actions/checkout@main', '@main', /is not pinned/],
    ['a short hash', PIN, 'actions/checkout@3d3c42e # v7.0.1', '@3d3c42e', /is not pinned/],
    ['no version', PIN, PIN.replace(/ #.*/, ''), '@3d3c42e', /does not say which version/],
    ['a container', PIN, 'docker://alpine:3', 'docker://', /is not pinned/],
    ['another repository’s workflow', './.github/workflows/test.yml', 'other/repository/.github/workflows/test.yml@main', 'other/', /is not pinned/],
    ['a token left behind', 'persist-credentials: false', 'persist-credentials: true', PIN, /leaves the repository’s token/],
    ['strangers with rights', 'pull_request:', 'pull_request_target:', 'pull_request_target', /lets strangers start it/],
    ['strangers after a run', 'pull_request:', 'workflow_run:', 'workflow_run', /lets strangers start it/],
    ['no permissions', 'permissions: {}\n', '', 'name:', /has no permissions/],
    ['rights for all', 'permissions: {}', 'permissions: write-all', 'permissions: write-all', /gives rights to every job/],
    ['rights to write for all', 'permissions: {}', 'permissions:\n  contents: write', 'permissions:', /gives rights to every job/],
    ['a job that does not say', '    permissions:\n      contents: read\n    steps:', '    steps:', 'test:', /the job test does not say what it may do/],
    ['a job with all', '    permissions:\n      contents: read\n    steps:', '    permissions: write-all\n    steps:', 'test:', /the job test has the permissions write-all/],
    ['a job that writes and runs', 'contents: read\n    steps:', 'contents: write\n    steps:', 'test:', /the job test may write and runs code of packages/],
    ['secrets for another', 'uses: ./.github', 'secrets: inherit\n    uses: ./.github', 'again:', /hands all secrets on/],
    ['a title in a command', 'npm run check', 'echo "${{ github.event.pull_request.title }}"', 'echo', /puts a value into a command/],
    ['a branch in a command', '- run: npm ci', '- run: git switch ${{ github.head_ref }}', 'git switch', /puts a value into a command/],
    ['not the lockfile', '- run: npm ci', '- run: npm install', 'npm install', /no lockfile holds/],
    ['a program of the moment', 'npm run check', 'npx something', 'npx', /no lockfile holds/],
    ['scripts after all', '- run: npm ci', '- run: npm ci --ignore-scripts=false', 'npm ci', /run programs when they are installed/],
    ['no YAML', 'permissions: {}', 'permissions: {', 'name:', /is no YAML/],
    ['no workflow', 'jobs:', 'work:', 'name:', /is no workflow/],
  ];
  for (const [what, from, to, at, words] of cases) {
    const text = WORKFLOW.replace(from, () => to);
    assert.notEqual(text, WORKFLOW, what);
    const { problems } = look(text);
    assertProblem(problems, words, what);
    assert.ok(problems[0]!.startsWith(`.github/workflows/made-up.yml, line ${line(at, text)}: `), `${what}: ${problems[0]}`);
  }
});

test('a new lockfile keeps what only another registry has, as long as it is asked for', () => {
  const before = lockOf({ 'node_modules/old-mac': mac });
  const after: Lockfile = without(lockOf({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/@scope/check': { ...check, version: '3.0.0' } }), 'node_modules/tool-mac');
  const kept = keepOptional(before, after);
  assert.deepEqual(Object.keys(kept.packages), ['', 'node_modules/@scope/check', 'node_modules/a', 'node_modules/tool', 'node_modules/tool-mac'], 'sorted, with tool-mac and without old-mac');
  const newer = lockOf({ 'node_modules/tool': { ...tool, version: '1.1.0', optionalDependencies: { 'tool-mac': '1.1.0' } } });
  assert.equal(keepOptional(before, without(newer, 'node_modules/tool-mac')).packages['node_modules/tool-mac'], undefined, 'another version is not kept');
  assert.deepEqual(changes(before, kept), ['gone: node_modules/old-mac 1.0.0', 'new: node_modules/a 1.0.0', 'node_modules/@scope/check: 2.0.0-beta.1 is now 3.0.0', 'package-lock.json: 3 changes, 4 packages']);
  const rehashed = lockOf({ 'node_modules/tool': { ...tool, integrity: HASH.replace('A', 'B') }, 'node_modules/tool-mac': { ...mac, integrity: undefined } });
  assert.deepEqual(changes(rehashed, lockOf()).slice(0, 2), ['node_modules/tool 1.0.0: has ANOTHER HASH than before, find out why', 'node_modules/tool-mac 1.0.0: has its hash now']);
});

/** A registry on this machine that answers nothing but the question for advisories. */
async function withRegistry<T>(status: number, advisories: object, use: (address: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const asked = request.method === 'POST' && request.url === '/-/npm/v1/security/advisories/bulk';
    request.resume().once('end', () => response.writeHead(asked ? status : 404, { 'content-type': 'application/json' }).end(JSON.stringify(asked ? advisories : {})));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.close();
  }
}

test('a lockfile that npm cannot make or install is never written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'imr-relock-'));
  const { npm_config_registry: before } = process.env;
  try {
    const text = JSON.stringify({ name: 'made-up', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'made-up', version: '1.0.0' } } });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'made-up', version: '1.0.0', dependencies: { 'imr-made-up': '1.0.0' } }));
    await writeFile(join(folder, 'package-lock.json'), text);
    await writeFile(join(folder, '.npmrc'), 'ignore-scripts=true\n');
    await withRegistry(404, {}, async (address) => {
      process.env.npm_config_registry = address;
      await assert.rejects(relock(folder), /^Error: npm install failed in a copy of the project; package-lock\.json is as it was\.[^]*imr-made-up/);
    });
    assert.equal(await readFile(join(folder, 'package-lock.json'), 'utf8'), text);
  } finally {
    if (before === undefined) delete process.env.npm_config_registry;
    else process.env.npm_config_registry = before;
    await rm(folder, { recursive: true });
  }
});

/** The command, on the project itself. */
function supply(registry: string, env: Record<string, string> = {}): Promise<{ code: number; lines: string[] }> {
  const settings = { ...process.env, GITHUB_ACTIONS: '', NO_PROXY: '127.0.0.1', npm_config_noproxy: '127.0.0.1', npm_config_registry: registry, ...env };
  return new Promise((done) => execFile(process.execPath, [join(PROJECT, 'scripts/supply.ts')], { env: settings }, (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), lines: `${stdout}${stderr}`.trimEnd().split('\n') })));
}

test('the project keeps every promise, and the command fails on an advisory', { timeout: 120_000 }, async (t) => {
  const invented = { astro: [{ id: 1, url: 'https://example.org/advisories/GHSA-aaaa-bbbb-cccc', title: 'An invented weakness', severity: 'critical', vulnerable_versions: '>=0.0.1', cwe: [], cvss: { score: 9, vectorString: null } }] };
  const [weak, silent, required] = await Promise.all([
    withRegistry(200, invented, supply),
    withRegistry(405, {}, supply),
    withRegistry(405, {}, (address) => supply(address, { GITHUB_ACTIONS: 'true' })),
  ]);
  for (const line of silent.lines) t.diagnostic(line);
  assert.equal(silent.code, 0, silent.lines.join('\n'));
  assert.deepEqual(silent.lines.map((line) => line.slice(0, 3)), Array.from({ length: 6 }, () => 'ok '));
  assert.equal(weak.code, 1);
  assert.ok(weak.lines.some((line) => line.includes('astro >=0.0.1: An invented weakness (critical, GHSA-aaaa-bbbb-cccc)')), weak.lines.join('\n'));
  assert.equal(required.code, 1);
  for (const { lines } of [silent, required]) {
    assert.match(lines[2]!, /advisories: not checked.*the registry answers 405/);
    assert.doesNotMatch(lines.join('\n'), /127\.0\.0\.1/);
  }
});

test('the exceptions are those that were looked at, each with its reason', async (t) => {
  const { withoutIntegrity, installScripts, advisories, otherLicences, unnamedLicences } = await readAllowed();
  const unhashed = withoutIntegrity.flatMap(({ packages }) => packages);
  t.diagnostic(`${unhashed.length} packages without a hash, ${installScripts.length} with an install script, ${advisories.length} advisories excepted, ${otherLicences.length} other licences`);
  // These may shrink, and never grow without a change here.
  assert.ok(unhashed.length <= 13);
  assert.equal(unhashed.some((name) => name.endsWith('*')), false);
  assert.ok(installScripts.length <= 1);
  // A star may stand for platforms of one package, not for anybody's packages.
  for (const pattern of [...otherLicences, ...unnamedLicences].flatMap(({ packages }) => packages).filter((name) => name.endsWith('*'))) assert.match(pattern, /^(?:@[\w-]+\/|[\w]+-)/);
  assert.ok(covers('tool-*', 'tool-mac') && !covers('tool-*', 'tool') && !covers('tool', 'tool-mac'));
});

test('it is looked at with every test and every week, and new versions are asked for', async () => {
  const read = (path: string) => readFile(join(PROJECT, path), 'utf8');
  const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
  assert.ok(scripts.test?.split(' && ').includes('npm run supply'));
  // An advisory comes without a push.
  const { on, jobs } = load(await read('.github/workflows/supply.yml')) as { on: { schedule?: { cron: string }[] }; jobs: { supply: { steps: { run?: string }[] } } };
  assert.match(on.schedule?.[0]?.cron ?? '', /^\d+ \d+ \* \* \d$/);
  assert.deepEqual(jobs.supply.steps.flatMap(({ run = [] }) => run), ['npm ci', 'npm run supply']);
  const { updates } = load(await read('.github/dependabot.yml')) as { updates: { 'package-ecosystem': string; schedule: { interval: string } }[] };
  assert.deepEqual(updates.map((one) => [one['package-ecosystem'], one.schedule.interval]), [['npm', 'weekly'], ['github-actions', 'weekly']]);
});
