/** Astro makes only those pages that the last site does not have as they must be, and a second thread helps where there are many. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration, RouteData } from 'astro';
import { Kept, codeKey, keyOf } from './kept.ts';
import type { KeptOptions } from './kept.ts';
import { SharedPages } from './shared-pages.ts';
import type { RouteStyles, SharedPage } from './shared-pages.ts';

/** What pages are made of besides determinations. */
const CODE = ['src', 'content/vocabulary', 'public', 'astro.config.mjs', 'scripts/site/pages.ts', 'scripts/site/shared-pages.ts'];

interface Waiting {
  /** The file of a page that needs what is made beside the pages, as Astro names it: `src/pages/data.astro`. */
  component: string;
  until: Promise<unknown>;
}

export interface PagesOptions {
  /** Where pages of the last site may be; left out, every page is made. */
  kept?: KeptOptions;
  waiting?: Waiting;
  /** When a processor is free for a second thread; left out, at once. */
  free?: Promise<unknown>;
  /** What pages read, but for the further pages of lists, and is still being made while Astro starts. */
  before?: Promise<unknown>;
}

/** @returns the integration, and what writes the list of pages when the site is complete */
export function makePages({ kept: keptOptions, waiting, free = Promise.resolve(), before }: PagesOptions): { integration: AstroIntegration; close: (site: string) => void } {
  const kept = keptOptions && new Kept(keptOptions);
  const { IMR_BASE = '', IMR_SITE = '' } = process.env;
  const code = kept ? keyOf(codeKey(CODE), IMR_BASE, IMR_SITE) : '';
  const isWaiting = (component: string): boolean => component === waiting?.component;
  let [out, base, entry] = ['', '/', ''];
  let styles: RouteStyles = new Map();
  let shared: SharedPages<SharedPage & { route: RouteData }> | undefined;
  const integration: AstroIntegration = {
    name: 'make-pages',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [findEntry((address) => void (entry = address))] } });
      },
      'astro:config:done': ({ config }) => {
        [out, base] = [fileURLToPath(config.outDir), config.base];
      },
      'astro:build:setup': ({ pages }) => {
        styles = pages;
      },
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer((usual) => ({
          ...usual,
          name: 'imr-search:make-pages',
          getStaticPaths: async () => {
            // Keys say what pages read.
            if (kept) await before;
            const all = await usual.getStaticPaths();
            const making = all.filter(({ pathname, cacheKey }) => {
              if (cacheKey === undefined || !kept) return true;
              const path = pageFile(pathname);
              const key = keyOf(code, pathname, cacheKey);
              const taken = kept.take(key, join(out, path));
              kept.note(key, path);
              return !taken;
            });
            const isShared = ({ route }: (typeof all)[number]): boolean => route.type === 'page' && route.params.length > 0 && !isWaiting(route.component);
            const pages = making.filter(isShared).map(({ pathname, route }) => ({ pathname, file: pageFile(pathname), component: route.component, route }));
            // What need not wait comes first.
            pages.sort((a, b) => Number(isFurther(b.pathname)) - Number(isFurther(a.pathname)));
            shared = new SharedPages(pages, { base, outFolder: out });
            void Promise.all([free, before]).then(() => shared!.help({ entry, styles }), () => undefined);
            await shared.make(async (request, { pathname, route }) => {
              if (!isFurther(pathname)) await before;
              const rendered = await usual.render(request, { routeData: route });
              return rendered instanceof Response ? rendered : rendered.response;
            });
            // These are Astro's, and what waits comes last.
            return making.filter((page) => !isShared(page)).sort((a, b) => Number(isWaiting(a.route.component)) - Number(isWaiting(b.route.component)));
          },
          render: async (request, options) => {
            await before;
            // What failed there is said by who made it: without it there is no page, and no site either.
            const isThere = !isWaiting(options.routeData.component) || (await waiting!.until.then(() => true, () => false));
            return isThere ? usual.render(request, options) : new Response(null);
          },
          teardown: async () => {
            await shared?.close();
            await usual.teardown?.();
          },
        }));
      },
    },
  };
  return { integration, close: (site) => kept?.close(site) };
}

/** A list's page but its first, which shows nothing but a part of the list. */
function isFurther(pathname: string): boolean {
  return /\/page[-/]\d+\/?$/.test(pathname);
}

/** A part of Astro's bundler. @param found is called with the address of the file that Astro imports to render pages */
function findEntry(found: (address: string) => void): { name: string; writeBundle(options: { dir?: string }, files: Record<string, { fileName: string }>): void } {
  return {
    name: 'imr-search:find-entry',
    writeBundle({ dir }, files) {
      const entry = Object.values(files).find(({ fileName }) => fileName.startsWith('prerender-entry.'));
      if (entry && dir !== undefined) found(pathToFileURL(join(dir, entry.fileName)).href);
    },
  };
}

/** Where Astro writes a page, below the site's folder. */
function pageFile(pathname: string): string {
  return join(pathname, 'index.html').replace(/^[\\/]/, '');
}
