/**
 * Hugo on the same Markdown, as the measure of how fast pages can be made: a page for each case with all its sections, its decisions with anchors,
 * and browse pages for each facet. Everything Hugo needs but the determinations is written here, and it gets no image, feed or search to make.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { facetValues } from '../../src/facet-values.ts';
import { FACETS } from '../../src/facets.ts';
import { PAGE_SIZE } from '../../src/paging.ts';
import { figure, megabytes } from './figures.ts';

interface Cost {
  /** Bytes of memory at its peak. */
  memory: number;
  /** Seconds that processors worked: unlike the time that passed, about the same on a busy machine. */
  work: number;
}

export interface Measured {
  seconds: number;
  /** What it cost with all processes that it started; missing where the system does not tell (it has no /proc). */
  cost?: Cost;
}

/**
 * Builds the determinations of a content folder with Hugo, and prints seconds, peak memory and pages.
 * @param options.content folder with determinations/
 * @param options.scratch folder for the Markdown and the site, a few times as large as the content
 * @returns undefined, said in words, when there is no Hugo and none can be had
 */
export async function benchHugo({ content, scratch }: { content: string; scratch: string }): Promise<(Measured & { pages: number }) | undefined> {
  if (!ensureHugo()) {
    console.log('Hugo: not measured, it is not installed (apt-get install --no-install-recommends hugo)');
    return undefined;
  }
  const source = join(scratch, 'hugo');
  const site = join(scratch, 'hugo-site');
  await Promise.all([source, site].map((folder) => rm(folder, { recursive: true, force: true })));
  for (const [name, text] of Object.entries(SITE_FILES)) await writeInto(source, name, text);
  const cases = await copyDeterminations(content, join(source, 'content/cases'));
  const measured = await measure('hugo', ['--source', source, '--destination', site, '--cacheDir', join(scratch, 'hugo-cache'), '--quiet']);
  // Beside the first page of each list Hugo writes a redirect to it.
  const pages = (await readdir(site, { recursive: true })).filter((name) => name.endsWith('.html') && !/[\\/]page[\\/]1[\\/]/.test(name)).length;
  if (pages <= cases) throw new Error(`Hugo made ${pages} pages of ${cases} cases`);
  const version = spawnSync('hugo', ['version'], { encoding: 'utf8' }).stdout.match(/v[\d.]+/)?.[0] ?? '';
  figure(`Hugo ${version}, ${pages} pages of ${cases} cases`, measured.seconds);
  console.log(`Hugo, peak memory and work of the processors: ${measured.cost ? `${megabytes(measured.cost.memory)}, ${measured.cost.work.toFixed(1)} s` : 'not measured'}`);
  return { ...measured, pages };
}

/** Whether there is a Hugo, after installing the distribution's as root on Debian. */
function ensureHugo(): boolean {
  const there = (): boolean => spawnSync('hugo', ['version']).status === 0;
  if (there()) return true;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  for (const args of [['update', '-qq'], ['install', '-y', '-qq', '--no-install-recommends', 'hugo']]) spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return there();
}

/**
 * The determinations as they are, with a list of values for each facet on top: Hugo makes browse pages of lists that belong to a page, and ours belong to its decisions.
 * @returns number of cases
 */
async function copyDeterminations(content: string, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const files = await listDeterminationFiles(content);
  for (const file of files) {
    const record = await readDetermination(content, file);
    const lists = FACETS.map((facet) => {
      const values = [...new Set(record.decisions.flatMap((decision) => facetValues(facet, record, decision)))];
      return `${facet.folder}: ${JSON.stringify(values)}\n`;
    });
    const text = await readFile(join(content, file), 'utf8');
    await writeFile(join(folder, basename(file)), text.replace(/^---\n/, (line) => line + lists.join('')));
  }
  return files.length;
}

async function writeInto(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** How often memory is looked at, in milliseconds. */
const LOOK = 50;

/** Runs a command to its end. @throws Error with what it said when it fails */
export async function measure(command: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Measured> {
  const start = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const most: Cost = { memory: 0, work: 0 };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = costOf(child.pid!, 'VmHWM').then(({ memory, work }) => {
      most.memory = Math.max(most.memory, memory);
      most.work = Math.max(most.work, work);
    });
  }, LOOK);
  const code = await ended.finally(() => clearInterval(timer));
  const seconds = (performance.now() - start) / 1000;
  await looking;
  if (code !== 0) throw new Error(`${command} failed: ${said.trim()}`);
  return { seconds, ...(most.memory > 0 && { cost: most }) };
}

/** Of the kernel's clock that /proc counts in, for every program on Linux. */
const TICKS_A_SECOND = 100;

/**
 * What a process and those that it started have cost so far. Nothing where there is no /proc, or no process any more.
 * @param memory of the process itself: the most that it had so far (VmHWM), or what it has now (VmRSS)
 */
async function costOf(pid: number, memory: 'VmHWM' | 'VmRSS'): Promise<Cost> {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const [status, stat, threads] = await Promise.all([read('status'), read('stat'), readdir(`/proc/${pid}/task`).catch(() => [])]);
  // After the name in parentheses, which may hold anything: fields 14 to 17 are its own time and that of its ended children, in user and in system mode.
  const times = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 15).map(Number);
  const own = Number(status.match(new RegExp(`^${memory}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0) * 1024;
  const children = await Promise.all(threads.map((thread) => read(`task/${thread}/children`)));
  const below = await Promise.all(children.join(' ').split(' ').filter(Boolean).map((child) => costOf(Number(child), 'VmRSS')));
  return {
    memory: below.reduce((sum, cost) => sum + cost.memory, own),
    work: below.reduce((sum, cost) => sum + cost.work, times.reduce((sum, time) => sum + time, 0) / TICKS_A_SECOND),
  };
}

const TAXONOMIES = FACETS.map(({ folder }) => `'${folder}' = '${folder}'`).join('\n');

/**
 * Hugo's settings and templates. A case's page has what ours has. A list's page has 25 cases with as much of each as ours has of each of its 25 decisions: fewer pages,
 * because a Hugo page is a case. Outcomes are counted over all decisions of a list's cases. That is as much work as the right count, which would be over the list's own decisions; nobody reads this site.
 */
const SITE_FILES: Record<string, string> = {
  'hugo.toml': `baseURL = 'https://imr.example.org/'
title = 'IMR decisions'
paginate = ${PAGE_SIZE}
disableKinds = ['RSS', 'sitemap', 'robotsTXT']
timeout = '10m'
[taxonomies]
${TAXONOMIES}
[frontmatter]
date = ['decisionDate']
`,
  'static/site.css': 'body { max-width: 44rem; margin: auto; font: 1rem/1.5 serif }\n',
  'layouts/_default/baseof.html': `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ block "title" . }}{{ .Title }}{{ end }} - {{ site.Title }}</title>
<meta name="description" content="{{ block "description" . }}{{ .Title }}{{ end }}">
<meta name="robots" content="noindex">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="{{ "site.css" | relURL }}">
</head>
<body>
<a href="#content">Skip to the content</a>
<header>
<a href="{{ "/" | relURL }}">{{ site.Title }}</a>
<form action="{{ "/search/" | relURL }}" role="search"><label>Search <input name="q" type="search"></label><button>Search</button></form>
<nav aria-label="Main"><ul>{{ range $name, $terms := site.Taxonomies }}<li><a href="{{ printf "/%s/" $name | relURL }}">{{ humanize $name }}</a></li>{{ end }}</ul></nav>
</header>
<main id="content">{{ block "main" . }}{{ end }}</main>
<footer><p>Not an official site. Nothing here is legal or medical advice.</p></footer>
</body>
</html>
`,
  'layouts/index.html': `{{ define "main" }}
<h1>{{ site.Title }}</h1>
<p>{{ len site.RegularPages }} cases</p>
<ol>{{ range first 10 site.RegularPages }}<li>{{ partial "case-item.html" . }}</li>{{ end }}</ol>
{{ end }}
`,
  'layouts/cases/single.html': `{{ define "title" }}Case {{ .Params.caseNumber }}{{ end }}
{{ define "description" }}{{ humanize .Params.outcome }}. {{ with .Params.decisionDate }}Decided {{ time.Format "January 2, 2006" . }}. {{ end }}Requested: {{ range first 3 .Params.decisions }}{{ .request }}, {{ end }}{{ end }}
{{ define "main" }}
<nav aria-label="Breadcrumbs"><ol><li><a href="{{ "/cases/" | relURL }}">All cases</a></li>{{ range .GetTerms "years" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}<li>{{ .Params.caseNumber }}</li></ol></nav>
<article>
<h1>{{ .Params.caseNumber }}</h1>
<p>{{ humanize .Params.outcome }}</p>
<dl>
{{ with .Params.decisionDate }}<dt>Decided</dt><dd><time datetime="{{ time.Format "2006-01-02" . }}">{{ time.Format "January 2, 2006" . }}</time></dd>{{ end }}
{{ with .Params.dateOfInjury }}<dt>Date of injury</dt><dd><time datetime="{{ . }}">{{ time.Format "January 2, 2006" . }}</time></dd>{{ end }}
{{ with .Params.urDenialDate }}<dt>Utilization review denial</dt><dd><time datetime="{{ . }}">{{ time.Format "January 2, 2006" . }}</time></dd>{{ end }}
{{ with .Params.applicationReceived }}<dt>Application received</dt><dd><time datetime="{{ . }}">{{ time.Format "January 2, 2006" . }}</time></dd>{{ end }}
{{ with .Params.dateAssigned }}<dt>Assigned to the reviewer</dt><dd><time datetime="{{ . }}">{{ time.Format "January 2, 2006" . }}</time></dd>{{ end }}
{{ with .Params.patient }}<dt>Injured worker</dt><dd>{{ with .age }}{{ . }} years old{{ end }} {{ .sex }}</dd>{{ end }}
<dt>Reviewer’s specialty</dt>{{ range .GetTerms "specialties" }}<dd><a href="{{ .RelPermalink }}">{{ .Title }}</a></dd>{{ end }}
<dt>Reviewer licensed in</dt><dd>{{ delimit .Params.licensure ", " }}</dd>
{{ with .Params.priority }}<dt>Priority</dt><dd>{{ . }}</dd>{{ end }}
</dl>
<nav aria-label="Decisions in this case"><ol>
{{ range $index, $decision := .Params.decisions }}<li>
<a href="#decision-{{ add $index 1 }}">{{ .request }}</a> <strong>{{ humanize .outcome }}</strong>
<dl>
<dt>Service</dt><dd><a href="{{ printf "/services/%s/" (urlize (printf "%s > %s" .service.category .service.subcategory)) | relURL }}">{{ .service.category }} / {{ .service.subcategory }}</a></dd>
{{ with .drugs }}<dt>Drugs</dt><dd>{{ delimit . ", " }}</dd>{{ end }}
{{ with .bodyParts }}<dt>Body parts</dt><dd>{{ delimit . ", " }}</dd>{{ end }}
<dt>Guidelines the reviewer cited</dt>{{ range .guidelines }}<dd><a href="{{ printf "/guidelines/%s/" (urlize (printf "%s > %s" .source (.chapter | default ""))) | relURL }}">{{ .source }} {{ .chapter }} {{ .year }}</a> {{ with .sections }}{{ delimit . ", " }}{{ end }}</dd>{{ end }}
<dt>Guidelines the claims administrator cited</dt>{{ range .claimsAdministratorGuidelines }}<dd>{{ .source }} {{ .chapter }} {{ .year }} {{ with .sections }}{{ delimit . ", " }}{{ end }}</dd>{{ end }}
</dl>
</li>{{ end }}
</ol></nav>
{{ .Content }}
<section><h2>Source</h2><dl>
<dt>Letter</dt><dd><code>{{ .Params.source.file }}</code></dd>
<dt>SHA-256</dt><dd><code>{{ .Params.source.sha256 }}</code></dd>
<dt>Layout</dt><dd>{{ .Params.source.layout }}</dd>
</dl>{{ with .Params.notes }}<ul>{{ range . }}<li>{{ . }}</li>{{ end }}</ul>{{ end }}</section>
</article>
{{ end }}
`,
  'layouts/_default/_markup/render-heading.html': `{{ $number := findRE "^Decision [0-9]+" .PlainText 1 }}<h{{ .Level }} id="{{ with $number }}{{ lower (replace (index . 0) " " "-") }}{{ else }}{{ .Anchor }}{{ end }}">{{ .Text | safeHTML }}</h{{ .Level }}>
`,
  'layouts/partials/case-item.html': `<article><h3><a href="{{ .RelPermalink }}#decision-1">{{ (index .Params.decisions 0).request }}</a></h3>
<p>{{ humanize .Params.outcome }}</p>
<ul><li><a href="{{ .RelPermalink }}">{{ .Params.caseNumber }}</a></li><li>{{ with .Params.decisionDate }}<time datetime="{{ time.Format "2006-01-02" . }}">{{ time.Format "January 2, 2006" . }}</time>{{ else }}undated{{ end }}</li><li>{{ (index .Params.decisions 0).service.subcategory }}</li></ul></article>
`,
  'layouts/partials/split.html': `{{ $overturned := 0 }}{{ $total := 0 }}{{ range .Pages }}{{ range .Params.decisions }}{{ $total = add $total 1 }}{{ if eq .outcome "overturned" }}{{ $overturned = add $overturned 1 }}{{ end }}{{ end }}{{ end }}<p>{{ $overturned }} of {{ $total }} overturned</p>
`,
  'layouts/partials/paged-cases.html': `<ol>{{ range .Pages }}<li>{{ partial "case-item.html" . }}</li>{{ end }}</ol>
<nav aria-label="Pages"><p>Page {{ .PageNumber }} of {{ .TotalPages }}</p>
{{ with .Prev }}<a rel="prev" href="{{ .URL }}">Previous page</a>{{ end }}
{{ with .Next }}<a rel="next" href="{{ .URL }}">Next page</a>{{ end }}
<a href="{{ .First.URL }}">First page</a> <a href="{{ .Last.URL }}">Last page</a></nav>
`,
  'layouts/_default/list.html': `{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ partial "paged-cases.html" .Paginator }}
{{ end }}
`,
  // One term: how its decisions came out, counted once and not again for each of its pages.
  'layouts/_default/term.html': `{{ define "main" }}
<nav aria-label="Breadcrumbs"><ol><li><a href="{{ .Parent.RelPermalink }}">{{ .Parent.Title }}</a></li><li>{{ .Title }}</li></ol></nav>
<h1>{{ .Title }}</h1>
{{ partialCached "split.html" . .RelPermalink }}
{{ partial "paged-cases.html" .Paginator }}
{{ end }}
`,
  // All terms of a taxonomy with their counts.
  'layouts/_default/taxonomy.html': `{{ define "main" }}
<h1>{{ .Title }}</h1>
<table><thead><tr><th>Value</th><th>Cases</th><th>Outcomes</th></tr></thead>
<tbody>{{ range .Data.Terms.ByCount }}<tr><th scope="row"><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a></th><td>{{ .Count }}</td><td>{{ partialCached "split.html" .Page .Page.RelPermalink }}</td></tr>{{ end }}</tbody></table>
{{ end }}
`,
};
