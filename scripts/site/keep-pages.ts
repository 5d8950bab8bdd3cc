/** Astro makes only those pages that the last site does not have as they must be. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { Kept, codeKey, keyOf } from './kept.ts';
import type { KeptOptions } from './kept.ts';

/** What pages are made of besides determinations. */
const CODE = ['src', 'content/vocabulary', 'public', 'astro.config.mjs', 'scripts/site/keep-pages.ts'];

interface Waiting {
  /** The file of a page that needs what is made beside the pages, as Astro names it: `src/pages/data.astro`. */
  component: string;
  until: Promise<unknown>;
}

/** @returns the integration, and what writes the list of pages when the site is complete */
export function keepPages(options: KeptOptions & { waiting: Waiting }): { integration: AstroIntegration; close: (site: string) => void } {
  const kept = new Kept(options);
  const { waiting } = options;
  const { IMR_BASE = '', IMR_SITE = '' } = process.env;
  const code = keyOf(codeKey(CODE), IMR_BASE, IMR_SITE);
  let out = '';
  const integration: AstroIntegration = {
    name: 'keep-pages',
    hooks: {
      'astro:config:done': ({ config }) => {
        out = fileURLToPath(config.outDir);
      },
      'astro:build:start': ({ setPrerenderer }) => {
        setPrerenderer((usual) => ({
          ...usual,
          name: 'imr-search:keep-pages',
          getStaticPaths: async () => {
            const all = await usual.getStaticPaths();
            const isWaiting = ({ route }: (typeof all)[number]): boolean => route.component === waiting.component;
            const making = all.filter(({ pathname, cacheKey }) => {
              if (cacheKey === undefined) return true;
              const path = join(pathname, 'index.html').replace(/^[\\/]/, '');
              const key = keyOf(code, pathname, cacheKey);
              const taken = kept.take(key, join(out, path));
              kept.note(key, path);
              return !taken;
            });
            return [...making.filter((path) => !isWaiting(path)), ...making.filter(isWaiting)];
          },
          render: async (request, options) => {
            // What failed there is said by who made it: without it there is no page, and no site either.
            const isThere = options.routeData.component !== waiting.component || (await waiting.until.then(() => true, () => false));
            return isThere ? usual.render(request, options) : new Response(null);
          },
        }));
      },
    },
  };
  return { integration, close: (site) => kept.close(site) };
}
