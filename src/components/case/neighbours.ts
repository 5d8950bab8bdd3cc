/** Where a decision stands among those on the same service. */
import { loadBrowse } from '../../browse.ts';
import type { FacetTree, ValueNode } from '../../browse.ts';
import type { DecisionRow } from '../../corpus.ts';

/** A decision's most specific service, and the decisions before and after it in that service's list, which has the newest first. */
export interface ServicePlace {
  service: ValueNode;
  previous: DecisionRow | undefined;
  next: DecisionRow | undefined;
}

export type Places = Map<DecisionRow, { service: ValueNode; index: number }>;

/** Made once a build, so that a page looks its decisions up and searches no list. */
let loaded: Promise<Places> | undefined;

/** Of a decision of this build's corpus, which a superseded letter's are not. */
export async function servicePlace(decision: DecisionRow): Promise<ServicePlace> {
  loaded ??= loadBrowse().then(({ service }) => placesIn(service));
  return placeOf(await loaded, decision);
}

/** All decisions of a tree of services. */
export function placesIn({ nodes }: Pick<FacetTree, 'nodes'>): Places {
  const places: Places = new Map();
  for (const service of nodes.values()) {
    if (service.children.length === 0) for (const [index, decision] of service.decisions.entries()) places.set(decision, { service, index });
  }
  return places;
}

export function placeOf(places: Places, decision: DecisionRow): ServicePlace {
  const place = places.get(decision);
  // Every decision has a service.
  if (!place) throw new Error(`decision ${decision.number} of ${decision.case.id} is not in the tree of services`);
  const { service, index } = place;
  return { service, previous: service.decisions[index - 1], next: service.decisions[index + 1] };
}
