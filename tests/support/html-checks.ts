/** What must hold on every page of a built site: valid, closed in itself, light, and nothing in it that a strict content security policy refuses. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import type { ConfigData } from 'html-validate';
import { listFiles } from './folders.ts';
import { attribute, elementsOf, pagesOfSite, textBlocks } from './html.ts';
import type { BuiltPage, Element } from './html.ts';

/** The recommended rules of html-validate. What is changed, and why: */
const VALIDITY: ConfigData = {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Blanks at the end of a line of source are nothing that a reader or a browser meets.
    'no-trailing-whitespace': 'off',
    // A title says in full what its page is about; search engines cut long ones, and no reader is hurt.
    'long-title': 'off',
    // The values of a facet are checkboxes of one name: that is how a form says "any of these".
    'form-dup-name': ['error', { shared: ['checkbox', 'radio', 'submit'] }],
    // No element of HTML is a list of suggestions under a search field that stays a search field: a select is not, and browsers differ over datalist.
    'prefer-native-element': ['error', { exclude: ['listbox'] }],
  },
};
/** What is empty in the source because a script fills it: within a template, or hidden until then. Only there may these rules be broken. */
const FILLED_BY_SCRIPT = new Set(['empty-heading', 'unique-landmark']);

const validator = new HtmlValidate(new StaticConfigLoader(VALIDITY));

/** Errors of markup, in words with their line and column. */
export function validityProblems(page: BuiltPage): string[] {
  const hidden = [...elementsOf(page.document)].filter((element) => element.tagName === 'template' || attribute(element, 'hidden') !== undefined).map(({ sourceCodeLocation }) => sourceCodeLocation!);
  const isHidden = (offset: number): boolean => hidden.some(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset);
  const messages = validator.validateStringSync(page.html, page.file).results.flatMap((result) => result.messages);
  const broken = messages.filter(({ ruleId, offset }) => !(FILLED_BY_SCRIPT.has(ruleId) && isHidden(offset)));
  return [...page.parseErrors, ...broken.map(({ ruleId, message, line, column, selector }) => `${ruleId}: ${message} at ${line}:${column}${selector ? ` ${selector}` : ''}`)];
}

/** One h1, a title, a language, a description; nothing inline that runs or paints. */
export function houseProblems(page: BuiltPage): string[] {
  const problems: string[] = [];
  const elements = [...elementsOf(page.document)];
  const one = (tag: string): Element | undefined => elements.find(({ tagName }) => tagName === tag);
  const headings = elements.filter(({ tagName }) => tagName === 'h1');
  if (headings.length !== 1) problems.push(`${headings.length} h1`);
  else if (textBlocks(headings[0]!).length === 0) problems.push('an empty h1');
  if (!titleOf(page)) problems.push('no title');
  if (!/^[a-z]{2}(-[A-Z]{2})?$/.test(attribute(one('html')!, 'lang') ?? '')) problems.push('no language');
  const description = elements.find((element) => element.tagName === 'meta' && attribute(element, 'name') === 'description');
  if (!attribute(description ?? headings[0]!, 'content')?.trim()) problems.push('no description');
  for (const element of elementsOf(page.document, { templates: true })) {
    const { tagName, attrs } = element;
    if (tagName === 'style') problems.push('a style element');
    if (tagName === 'base') problems.push('a base element');
    for (const { name, value } of attrs) {
      if (name === 'style') problems.push(`a style attribute on ${tagName}: ${value}`);
      if (/^on/.test(name)) problems.push(`an event handler on ${tagName}: ${name}`);
      if (/^\s*javascript:/i.test(value)) problems.push(`a script as an address on ${tagName}: ${value}`);
    }
    if (tagName === 'script' && attribute(element, 'src') === undefined) problems.push(...inlineScriptProblems(element));
  }
  return problems;
}

/** Data may stand in a script element; a program may not. */
function inlineScriptProblems(script: Element): string[] {
  if (attribute(script, 'type') !== 'application/ld+json') return ['an inline script'];
  try {
    JSON.parse(script.childNodes.map((node) => ('value' in node ? node.value : '')).join(''));
    return [];
  } catch (error) {
    return [`JSON-LD that is no JSON: ${String(error)}`];
  }
}

export function titleOf(page: BuiltPage): string | undefined {
  for (const element of elementsOf(page.document)) if (element.tagName === 'title') return element.childNodes.map((node) => ('value' in node ? node.value : '')).join('').trim() || undefined;
  return undefined;
}

const LETTERS_OWN = (element: Element): boolean => attribute(element, 'data-letter') !== undefined || (attribute(element, 'class') ?? '').split(' ').includes('letter-words');
const COUNTED = 'decision|case|letter|request|year|page|time|guideline|value|item|treatment';
/** What a page says when a value was missing or nobody thought of one or none. */
const BROKEN_WORDS: [RegExp, string][] = [
  [/\b(undefined|NaN|Infinity|Invalid Date)\b|\[object |\$\{|^null\b|\bnull(%| of)/, 'a value that is missing'],
  [/\b0 (of|in|from) 0\b/, 'a share of nothing'],
  [new RegExp(`(?<![\\d.,–-])\\b1 (more |other )?(${COUNTED})s\\b`), 'one of many'],
  [new RegExp(`(?<![\\d.,-])\\b(0|[2-9]|[1-9][\\d,]*\\d) (more |other )?(${COUNTED})(?= (is|are|was|were|in|of|on|with|from|cited|upheld|overturned)\\b|[.,;:)]|$)`), 'many of one'],
  [/ [,.;](\s|$)|\(\s*\)|[,;:]\s*\.(\s|$)|(?<!\.)\.\.(?!\.)/, 'a sentence with a hole'],
];

/** Our own words, never the letters': numbers without a noun that fits, and places where a word is missing. */
export function wordProblems(page: BuiltPage): string[] {
  const skipped = (element: Element): boolean => LETTERS_OWN(element) || element.tagName === 'code' || element.tagName === 'pre';
  return textBlocks(page.document, skipped).flatMap((text) => BROKEN_WORDS.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${what}: "${text}"`));
}

/** Attributes that name elements of the same page. */
const NAMES_IDS = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details', 'aria-errormessage', 'aria-flowto', 'for', 'form', 'headers', 'list', 'popovertarget', 'commandfor'];
/** Elements whose address is loaded with the page. Links, and what `link` only names, are not. */
const LOADED = new Set('script img source video audio track iframe embed object input use image'.split(' '));
const LOADED_LINKS = /\b(stylesheet|icon|preload|modulepreload|manifest|prefetch)\b/;

interface Reference {
  /** As printed. */
  address: string;
  loaded: boolean;
  download: boolean;
}

interface PageFacts {
  file: string;
  path: string;
  ids: Set<string>;
  references: Reference[];
  /** What must be loaded to show the page. */
  assets: string[];
}

function factsOf(page: BuiltPage): PageFacts {
  const references: Reference[] = [];
  const assets: string[] = [];
  const add = (address: string, loaded: boolean, element: Element): void => {
    references.push({ address, loaded, download: attribute(element, 'download') !== undefined });
    // A part of the page itself is there already.
    if (loaded && !address.startsWith('#')) assets.push(address);
  };
  for (const element of elementsOf(page.document, { templates: true })) {
    const rel = attribute(element, 'rel') ?? '';
    for (const { name, value } of element.attrs) {
      if (name === 'href') add(value, element.tagName === 'link' ? LOADED_LINKS.test(rel) : LOADED.has(element.tagName), element);
      if (name === 'src' || name === 'poster' || (name === 'data' && element.tagName === 'object')) add(value, true, element);
      if (name === 'action' || name === 'formaction' || name === 'cite') add(value, false, element);
      if (name === 'srcset' || name === 'imagesrcset') for (const candidate of value.split(',')) add(candidate.trim().split(/\s+/)[0]!, true, element);
      // Paint, clips and markers of a picture name a part of the page.
      if (name !== 'style') for (const [, address] of value.matchAll(/\burl\(["']?([^"')]+)["']?\)/g)) references.push({ address: address!, loaded: true, download: false });
    }
  }
  const ids = [...elementsOf(page.document)].flatMap((element) => attribute(element, 'id') ?? []);
  return { file: page.file, path: page.path, ids: new Set(ids), references, assets };
}

/** Ids that stand twice, and names of ids that do not stand on the page. */
export function idProblems(page: BuiltPage): string[] {
  const ids = [...elementsOf(page.document)].flatMap((element) => attribute(element, 'id') ?? []);
  const known = new Set(ids);
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => `the id ${id} twice`);
  const unknown = [...elementsOf(page.document)].flatMap((element) =>
    NAMES_IDS.flatMap((name) => (attribute(element, name) ?? '').split(/\s+/).filter((id) => id && !known.has(id)).map((id) => `${name} of ${element.tagName} names ${id}, which is not there`)),
  );
  return [...twice, ...unknown];
}

/** Stands for the server while addresses are resolved. */
const ORIGIN = 'http://site.test';

/** The file behind an address of the site, as a plain web server finds it. @returns undefined when it is none of the site's */
function fileBehind(url: URL, base: string): string | undefined {
  if (url.origin !== ORIGIN || !url.pathname.startsWith(base)) return undefined;
  return decodeURIComponent(url.pathname.slice(base.length)).replace(/(^|\/)$/, '$1index.html');
}

/**
 * Where a page's links and resources do not lead.
 * @param base path below which the site is published, with slashes at both ends
 * @param site absolute address that the site was built for, if any: its own absolute links are looked at like the others
 */
function referenceProblems(facts: PageFacts, base: string, files: ReadonlySet<string>, idsOf: (file: string) => ReadonlySet<string> | undefined, site: string | undefined): string[] {
  const here = new URL(base + encodeURI(facts.path), ORIGIN);
  const problems: string[] = [];
  for (const { address, loaded, download } of facts.references) {
    const own = site && address.startsWith(site) ? ORIGIN + base + address.slice(site.length).replace(/^\//, '') : address;
    if (!URL.canParse(own, here)) {
      problems.push(`no address: ${address}`);
      continue;
    }
    const url = new URL(own, here);
    // What is downloaded may stand in the page itself; nothing that is shown or run may.
    if ((url.protocol === 'mailto:' || (url.protocol === 'data:' && download)) && !loaded) continue;
    if (!/^https?:$/.test(url.protocol)) problems.push(`an address of another kind: ${address.slice(0, 60)}`);
    else if (url.origin !== ORIGIN) {
      if (loaded || download) problems.push(`something is loaded from elsewhere: ${address}`);
    } else if (facts.file === '404.html' && !/^[/#]/.test(own) && !own.startsWith(ORIGIN)) problems.push(`the page for unknown addresses stands anywhere, and its link is relative: ${address}`);
    else {
      const file = fileBehind(url, base);
      if (file === undefined) problems.push(`leaves the site's folder: ${address}`);
      else if (!files.has(file)) problems.push(`leads nowhere: ${address}`);
      // Without its slash a folder's address costs a redirect, and some servers have none.
      else if (url.hash.length > 1) {
        const anchor = decodeURIComponent(url.hash.slice(1).split(':~:')[0]!);
        const ids = idsOf(file);
        if (anchor && ids && !ids.has(anchor)) problems.push(`no such place: ${address}`);
      }
    }
  }
  return [...new Set(problems)];
}

/** Styles and scripts name further files: pictures and fonts, modules and workers. */
const NAMED_IN_STYLES = /\burl\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']/g;
const IMPORTED = /(?:^|[;{}\s])(?:import|export)\s*(?:[\w$*{},\s]+\bfrom\s*)?["']([^"']+)["']/g;
const NAMED_IN_SCRIPTS = /["'`]([^"'`\s]*_astro\/[^"'`\s]+)["'`]|\bimport\(\s*["'`](\.{0,2}\/[^"'`$]+)["'`]/g;

interface Asset {
  /** Bytes over the wire. */
  weight: number;
  /** Files that the browser loads with it. */
  needs: string[];
  /** Addresses that it names and that are not there. */
  broken: string[];
}

/** Packed already; gzip would only make them larger. */
const PACKED = new Set(['.woff2', '.woff', '.png', '.jpg', '.avif', '.webp']);

async function readAsset(folder: string, file: string, base: string, files: ReadonlySet<string>): Promise<Asset> {
  const bytes = await readFile(join(folder, file));
  const here = new URL(base + file, ORIGIN);
  const needs: string[] = [];
  const broken: string[] = [];
  const name = (address: string, loaded: boolean): void => {
    if (address.startsWith('data:')) broken.push(`an address of another kind: ${address.slice(0, 60)}`);
    else {
      const target = fileBehind(new URL(address.startsWith('_astro/') ? base + address : address, here), base);
      if (target === undefined || !files.has(target)) broken.push(`leads nowhere: ${address}`);
      else if (loaded) needs.push(target);
    }
  };
  const text = bytes.toString('utf8');
  if (file.endsWith('.css')) for (const [, url, imported] of text.matchAll(NAMED_IN_STYLES)) if (!(url ?? imported!).startsWith('#')) name(url ?? imported!, true);
  if (file.endsWith('.js')) {
    for (const [, address] of text.matchAll(IMPORTED)) name(address!, true);
    for (const [, asset, module] of text.matchAll(NAMED_IN_SCRIPTS)) name(asset ?? module!, false);
  }
  return { weight: PACKED.has(extname(file)) ? bytes.length : gzipSync(bytes).length, needs, broken };
}

/** Over the wire, with everything that is loaded with it; what a script fetches later is not. */
export const PAGE_BUDGET = 50_000;

export interface PageWeight {
  file: string;
  /** Bytes, gzipped: the page itself, and all its styles, scripts, fonts and pictures. */
  own: number;
  assets: number;
}

export interface OutputReport {
  pages: number;
  /** `file: what is wrong`, sorted by file. */
  problems: string[];
  /** Heaviest first. */
  weights: PageWeight[];
}

/**
 * Looks at every page of a built site.
 * @param validated pages whose markup is held against all rules of HTML; the parser's own errors are looked for on all
 */
export async function checkOutput({ folder, base, site, validated = () => true }: { folder: string; base: string; site?: string | undefined; validated?: (path: string) => boolean }): Promise<OutputReport> {
  const files = new Set(await listFiles(folder));
  const facts: PageFacts[] = [];
  const problems: string[] = [];
  const sizes = new Map<string, number>();
  const titles = new Map<string, string[]>();
  for await (const page of pagesOfSite(folder)) {
    const found = [...(validated(page.path) ? validityProblems(page) : page.parseErrors), ...houseProblems(page), ...idProblems(page), ...wordProblems(page)];
    problems.push(...found.map((what) => `${page.file}: ${what}`));
    facts.push(factsOf(page));
    sizes.set(page.file, gzipSync(page.html).length);
    const title = titleOf(page);
    if (title !== undefined) titles.set(title, [...(titles.get(title) ?? []), page.file]);
  }
  for (const [title, same] of titles) if (same.length > 1) problems.push(`${same.slice(0, 3).join(', ')}: ${same.length} pages have the title "${title}"`);

  const ids = new Map(facts.map((page) => [page.file, page.ids]));
  for (const page of facts) problems.push(...referenceProblems(page, base, files, (file) => ids.get(file), site).map((what) => `${page.file}: ${what}`));

  const assets = new Map<string, Asset>();
  const load = async (file: string, into: Set<string>): Promise<void> => {
    if (into.has(file)) return;
    into.add(file);
    const asset = assets.get(file) ?? (await readAsset(folder, file, base, files));
    assets.set(file, asset);
    for (const needed of asset.needs) await load(needed, into);
  };
  const weights: PageWeight[] = [];
  for (const page of facts) {
    const loaded = new Set<string>();
    for (const address of page.assets) {
      const url = URL.canParse(address, ORIGIN) ? new URL(address, new URL(base + encodeURI(page.path), ORIGIN)) : undefined;
      const file = url && fileBehind(url, base);
      if (file !== undefined && files.has(file)) await load(file, loaded);
    }
    weights.push({ file: page.file, own: sizes.get(page.file)!, assets: [...loaded].reduce((sum, file) => sum + assets.get(file)!.weight, 0) });
  }
  for (const [file, { broken }] of assets) problems.push(...[...new Set(broken)].map((what) => `${file}: ${what}`));
  // Those that no page loads at once are looked at too: a worker, or a module that is fetched on the first search.
  for (const file of files) if (/^_astro\/.*\.(css|js)$/.test(file) && !assets.has(file)) problems.push(...(await readAsset(folder, file, base, files)).broken.map((what) => `${file}: ${what}`));

  weights.sort((a, b) => b.own + b.assets - a.own - a.assets);
  for (const { file, own, assets: rest } of weights) if (own + rest > PAGE_BUDGET) problems.push(`${file}: ${own + rest} bytes over the wire, ${rest} of them styles, scripts and pictures; the budget is ${PAGE_BUDGET}`);
  return { pages: facts.length, problems, weights };
}
