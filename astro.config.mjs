import { defineConfig } from 'astro/config';

// A build may be for another folder, another base path or another cache than the default: scripts/build.ts says so through the environment,
// because Astro reads its configuration before any code of ours runs.
const { IMR_BASE, IMR_SITE, IMR_OUT, IMR_CACHE } = process.env;

export default defineConfig({
  output: 'static',
  base: IMR_BASE || '/',
  trailingSlash: 'always',
  ...(IMR_SITE && { site: IMR_SITE }),
  ...(IMR_OUT && { outDir: IMR_OUT }),
  ...(IMR_CACHE && { cacheDir: IMR_CACHE }),
  // Never inline: the content security policy allows styles from this site's files only.
  build: { format: 'directory', inlineStylesheets: 'never' },
  // No script in a page either: it may run nothing but files.
  // The notices of packages whose code is in the pages' scripts, which their licences ask for.
  vite: { build: { assetsInlineLimit: 0, license: { fileName: 'licences.txt' } } },
  devToolbar: { enabled: false },
});
