/** The checklist of a service as text, beside its page. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { href } from '../../../base.ts';
import { loadBrowse } from '../../../browse.ts';
import type { ValueNode } from '../../../browse.ts';
import { checklistText, hasChecklist, makeChecklist } from '../../../reasons/checklist.ts';

export const getStaticPaths = (async () => {
  const { service } = await loadBrowse();
  return [...service.nodes.values()].filter(hasChecklist).map((node) => ({ params: { folder: service.facet.folder, value: node.path.slice(service.path.length, -1) }, props: { node } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ node: ValueNode }> = ({ props: { node }, site }) => {
  const name = node.parent ? `${node.parent.label}, ${node.label}` : node.label;
  return new Response(checklistText(makeChecklist(node.decisions), name, site ? new URL(href(''), site).href : href('')));
};
