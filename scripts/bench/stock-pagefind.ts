/** Pagefind as it comes, on one page for each decision: what this search is compared with. Knows nothing of this project's own index. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { close, createIndex } from 'pagefind';
import { FACETS } from '../../src/facets.ts';
import type { DecisionRecord } from './records.ts';

/** Where the index lies in the site's folder. */
export const PAGEFIND_SCRIPT = 'pagefind/pagefind.js';

/**
 * Writes a site that consists of one page for each decision, and its index, as the documentation of Pagefind tells publishers to: the request as
 * the title, weighted headings, and every facet as a filter.
 */
export async function buildPagefindSite(records: readonly DecisionRecord[], folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const pages = join(folder, 'pages');
  await mkdir(pages, { recursive: true });
  for (const record of records) await writeFile(join(pages, pageName(record.id)), page(record));
  await writeFile(join(folder, 'index.html'), '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Search</title></head><body></body></html>');
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  try {
    if (!index) throw new Error(`Pagefind: ${errors.join('; ')}`);
    const added = await index.addDirectory({ path: pages });
    const written = await index.writeFiles({ outputPath: join(folder, 'pagefind') });
    const failed = [...errors, ...added.errors, ...written.errors];
    if (failed.length > 0) throw new Error(`Pagefind: ${failed.join('; ')}`);
  } finally {
    await close();
  }
  await rm(pages, { recursive: true });
}

/** The decision of an address that Pagefind gives. */
export function decisionOfPage(url: string): string {
  return url.replace(/^.*\//, '').replace(/\.html$/, '');
}

function pageName(id: string): string {
  return `${id}.html`;
}

function page({ caseId, request, rationale, guidelines, summary, subject, facets }: DecisionRecord): string {
  const filters = FACETS.flatMap(({ name }) => facets[name].map((value) => `<span data-pagefind-filter="${name}">${escapeHtml(value)}</span>`));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body>
<div hidden data-pagefind-ignore>${filters.join(' ')}</div>
<main data-pagefind-body><h1>${escapeHtml(request)}</h1><p>${escapeHtml(caseId)}</p><p>${escapeHtml(subject)}</p><h2>Rationale</h2><p>${escapeHtml(rationale)}</p>
<h2>Guidelines</h2><p>${escapeHtml(guidelines)}</p><h2>Clinical summary</h2><p>${escapeHtml(summary)}</p></main></body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
