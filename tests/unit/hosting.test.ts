/** What publishes the site: GitHub's workflows, and the servers' configurations as text. How the servers behave with them is in tests/hosting/. */
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { load } from 'js-yaml';

const PROJECT = resolve(import.meta.dirname, '../..');
const FOLDER = join(PROJECT, '.github/workflows');
const read = (path: string): Promise<string> => readFile(join(PROJECT, path), 'utf8');

interface Step {
  uses?: string;
  run?: string;
  id?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}
interface Job {
  uses?: string;
  needs?: string;
  permissions?: Record<string, string>;
  environment?: { name: string; url: string };
  steps?: Step[];
  'timeout-minutes'?: number;
}
interface Workflow {
  on: Record<string, { branches?: string[]; 'branches-ignore'?: string[] } | null>;
  permissions: Record<string, string>;
  concurrency: { group: string; 'cancel-in-progress': boolean | string };
  jobs: Record<string, Job>;
}

const texts = new Map<string, string>();
for (const name of (await readdir(FOLDER)).sort()) texts.set(name, await readFile(join(FOLDER, name), 'utf8'));
const workflows = new Map([...texts].map(([name, text]) => [name, load(text) as Workflow]));
const workflow = (name: string): Workflow => workflows.get(name) ?? assert.fail(`there is no workflow ${name}`);
const stepsOf = ({ jobs }: Workflow): Step[] => Object.values(jobs).flatMap(({ steps = [] }) => steps);
const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };

/** Commands that a shell would run, one a line or joined with &&. */
const commands = (text: string): string[] => text.split(/\n|&&/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));

test('every action is GitHub’s own, pinned by the hash of a commit, with its version beside it', () => {
  let actions = 0;
  for (const [name, text] of texts) {
    const lines = text.split('\n').filter((line) => /^\s*(?:- )?uses:/.test(line));
    assert.equal(lines.length, stepsOf(workflow(name)).filter(({ uses }) => uses).length + Object.values(workflow(name).jobs).filter(({ uses }) => uses).length, name);
    for (const line of lines) {
      // A workflow of this repository comes from the same commit.
      if (/uses: \.\/\.github\/workflows\/[\w-]+\.yml$/.test(line)) continue;
      assert.match(line, /uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, `${name}: ${line}`);
      actions += 1;
    }
  }
  assert.ok(actions >= 5);
});

test('one action has one version', () => {
  const pins = new Map<string, Set<string>>();
  for (const [, name, pin] of [...texts.values()].join('\n').matchAll(/uses: (actions\/[\w-]+)@(.+)/g)) pins.set(name!, (pins.get(name!) ?? new Set()).add(pin!));
  for (const [name, versions] of pins) assert.equal(versions.size, 1, name);
});

test('a job may do what it needs and nothing else', () => {
  for (const [name, { permissions, jobs }] of workflows) {
    assert.deepEqual(permissions, {}, name);
    for (const [jobName, job] of Object.entries(jobs)) {
      assert.ok(job.permissions, `${name}: ${jobName}`);
      if (!job.uses) assert.ok(job['timeout-minutes'], `${name}: ${jobName} has a time limit`);
    }
  }
  const { test: tests, build, deploy } = workflow('pages.yml').jobs;
  assert.deepEqual([tests?.permissions, build?.permissions, deploy?.permissions], [{ contents: 'read' }, { contents: 'read', pages: 'read' }, { pages: 'write', 'id-token': 'write' }]);
  for (const job of Object.values(workflow('test.yml').jobs)) assert.deepEqual(job.permissions, { contents: 'read' });
  for (const step of [...workflows.values()].flatMap(stepsOf)) {
    if (step.uses?.startsWith('actions/checkout@')) assert.equal(step.with?.['persist-credentials'], false);
  }
});

test('no workflow reads a secret, or runs with rights on code of strangers', () => {
  for (const [name, text] of texts) {
    assert.doesNotMatch(text, /secrets\.|pull_request_target|workflow_run/, name);
    // What a contributor writes (a title, a branch) must not become part of a command.
    for (const { run = '' } of stepsOf(workflow(name))) assert.doesNotMatch(run, /\$\{\{/, name);
  }
});

test('commands are those of the project', async () => {
  for (const [name, one] of workflows) {
    const npm = stepsOf(one).flatMap(({ run = '' }) => commands(run)).filter((command) => command.startsWith('npm '));
    assert.ok(npm.length > 0, name);
    for (const command of npm) {
      const script = command.match(/^npm (?:run ([\w:]+)|(test)|(ci))$/) ?? assert.fail(`${name}: ${command}`);
      assert.ok(script[3] || scripts[script[1] ?? script[2]!], `${name}: ${command}`);
    }
    for (const { steps = [] } of Object.values(one.jobs)) {
      const runs = steps.flatMap(({ run = '' }) => commands(run)).filter((command) => command.startsWith('npm '));
      if (runs.length > 0) assert.equal(runs[0], 'npm ci', `${name}: exactly the locked packages, first`);
    }
  }
  const ci = commands(await read('.ci/run')).filter((command) => command.startsWith('npm '));
  assert.deepEqual(workflow('test.yml').jobs.test?.steps?.flatMap(({ run = '' }) => commands(run)), ci);
});

test('the site is tested, built for the address that Pages has for it, and only then published', async () => {
  const { on, concurrency, jobs } = workflow('pages.yml');
  assert.deepEqual(on, { push: { branches: ['main'] }, workflow_dispatch: null });
  assert.deepEqual(concurrency, { group: 'pages', 'cancel-in-progress': false });
  assert.equal(jobs.test?.uses, './.github/workflows/test.yml');
  assert.ok('workflow_call' in workflow('test.yml').on);
  assert.deepEqual([jobs.build?.needs, jobs.deploy?.needs], ['test', 'build']);

  const steps = jobs.build?.steps ?? [];
  const place = (found: (step: Step) => boolean | undefined): number => steps.findIndex(found);
  const [configure, build, upload] = [place(({ uses }) => uses?.startsWith('actions/configure-pages@')), place(({ run }) => run === 'npm run build'), place(({ uses }) => uses?.startsWith('actions/upload-pages-artifact@'))];
  assert.ok(configure >= 0 && configure < build && build < upload);
  const id = steps[configure]?.id;
  assert.deepEqual(steps[build]?.env, { IMR_BASE: `\${{ steps.${id}.outputs.base_path }}`, IMR_SITE: `\${{ steps.${id}.outputs.origin }}` });
  assert.equal(steps[upload]?.with?.path, 'dist');
  // The names that the build reads.
  const config = await read('astro.config.mjs');
  for (const name of Object.keys(steps[build]?.env ?? {})) assert.ok(config.includes(name), name);

  const deploy = jobs.deploy?.steps ?? [];
  assert.deepEqual([deploy.length, deploy[0]?.uses?.split('@')[0]], [1, 'actions/deploy-pages']);
  assert.deepEqual(jobs.deploy?.environment, { name: 'github-pages', url: `\${{ steps.${deploy[0]?.id}.outputs.page_url }}` });
});

test('a branch is tested once: by its own workflow, or by the publishing', () => {
  assert.deepEqual(workflow('test.yml').on.push, { 'branches-ignore': workflow('pages.yml').on.push?.branches });
});

test('both servers know the same kinds of file', async () => {
  const nginx = await read('scripts/hosting/nginx.conf');
  const caddy = await read('scripts/hosting/Caddyfile');
  const block = nginx.match(/types \{([^}]+)\}/)?.[1] ?? assert.fail('no types');
  const ofNginx = [...block.matchAll(/^ +([\w./+-]+) +([\w ]+);/gm)].flatMap(([, type, endings]) => endings!.split(' ').map((ending) => `${ending} ${type}`));
  const ofCaddy = [...caddy.matchAll(/~\\\.(\w+)\$ "([\w./+-]+)/g)].map(([, ending, type]) => `${ending} ${type}`);
  // Caddy takes a folder for a page.
  assert.deepEqual([...ofCaddy, 'html text/html'].sort(), ofNginx.sort());
  assert.ok(ofNginx.length > 15);
});
