/** A built site as data, for tests: its pages read by a parser that follows the HTML standard, their text, and which page of the source made each. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { listFiles } from './folders.ts';

export type Element = Tree.Element;

export interface BuiltPage {
  /** Below the site's folder, with forward slashes: `cases/index.html`. */
  file: string;
  /** As a link would name it, below the base: `cases/`, empty for home, `404.html`. */
  path: string;
  html: string;
  document: Tree.Document;
  /** What the standard calls parse errors, in its words, with the line and column. */
  parseErrors: string[];
}

/** Reads a page as a browser without scripts would, so that what stands in `noscript` is looked at too. */
export function readPage(file: string, html: string): BuiltPage {
  const parseErrors: string[] = [];
  const document = parse(html, { scriptingEnabled: false, sourceCodeLocationInfo: true, onParseError: ({ code, startLine, startCol }) => void parseErrors.push(`${code} at ${startLine}:${startCol}`) });
  return { file, path: file.replace(/(^|\/)index\.html$/, '$1'), html, document, parseErrors };
}

/** All pages of a built site, one at a time: a large site does not fit into memory as trees. Sorted by file. */
export async function* pagesOfSite(folder: string): AsyncGenerator<BuiltPage> {
  for (const file of await listFiles(folder)) if (file.endsWith('.html')) yield readPage(file, await readFile(join(folder, file), 'utf8'));
}

export function isElement(node: Tree.Node): node is Element {
  return 'tagName' in node;
}

/** @returns undefined where the attribute is missing, empty where it has no value */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => (attr.prefix ? `${attr.prefix}:${attr.name}` : attr.name) === name)?.value;
}

/** All elements below a node in the order of the page. What stands in a `template` is copied into the page by a script, perhaps many times, and only comes where asked for. */
export function* elementsOf(node: Tree.ParentNode, options: { templates?: boolean } = {}): Generator<Element> {
  for (const child of node.childNodes) {
    if (!isElement(child)) continue;
    yield child;
    yield* elementsOf(child, options);
    if (options.templates && child.tagName === 'template') yield* elementsOf((child as Tree.Template).content, options);
  }
}

/** Elements that stand within a line of text. All others begin and end a block. */
const INLINE = new Set('a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr'.split(' '));
const NO_TEXT = new Set('head script style template svg'.split(' '));
/** Stands in a text for a piece that was not wanted. */
export const SKIPPED = '◆';

/**
 * The text of a page as a reader meets it: one string for each run of text that nothing but inline elements interrupts, blanks made single, empty ones left out.
 * @param skipped elements whose text is not wanted
 */
export function textBlocks(node: Tree.ParentNode, skipped: (element: Element) => boolean = () => false): string[] {
  const blocks: string[] = [];
  let run = '';
  const end = (): void => {
    const text = run.replace(/\s+/g, ' ').trim();
    if (text) blocks.push(text);
    run = '';
  };
  const walk = (parent: Tree.ParentNode): void => {
    for (const child of parent.childNodes) {
      if ('value' in child) run += child.value;
      if (!isElement(child) || NO_TEXT.has(child.tagName)) continue;
      const block = !INLINE.has(child.tagName);
      if (block || child.tagName === 'br') end();
      // A skipped piece within a line leaves its place, so that the sentence around it stays a sentence.
      if (skipped(child)) run += block ? '' : SKIPPED;
      else walk(child);
      if (block) end();
    }
  };
  walk(node);
  end();
  return blocks;
}

/** The routes of the source, most special first: a name before a parameter, a parameter before a rest. As files below `src/pages`, without their ending. */
export async function listRoutes(pagesFolder: string): Promise<string[]> {
  const rank = (part: string): number => (part.startsWith('[...') ? 2 : part.includes('[') ? 1 : 0);
  const compare = (a: string[], b: string[]): number => {
    for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
      // A route that ends here is more special than one that goes on, unless it ends with a rest, which takes all that goes on.
      if (a[at] === undefined || b[at] === undefined) return at > 0 && rank(a[at - 1]!) === 2 ? b.length - a.length : a.length - b.length;
      const difference = rank(a[at]!) - rank(b[at]!);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const routes = (await listFiles(pagesFolder)).filter((file) => file.endsWith('.astro')).map((file) => file.slice(0, -'.astro'.length));
  return routes.sort((a, b) => compare(a.split('/'), b.split('/')));
}

/** The route that a page was made by. @param routes as listRoutes gives them */
export function routeOf(path: string, routes: readonly string[]): string | undefined {
  const wanted = path.replace(/\.html$/, '').replace(/\/$/, '');
  return routes.find((route) => {
    const parts = route.replace(/(^|\/)index$/, '').split('/').filter(Boolean);
    const pattern = parts.map((part) => part.split(/(\[[^\]]+\])/).map((piece) => (piece.startsWith('[...') ? '.+' : piece.startsWith('[') ? '[^/]+' : RegExp.escape(piece))).join('')).join('/');
    return new RegExp(`^${pattern}$`).test(wanted);
  });
}
