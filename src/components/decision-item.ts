/** One decision in a list. */
import { href } from '../base.ts';
import type { DecisionRow } from '../corpus.ts';
import { valueLabel } from '../facets.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { casePath, decisionPath } from '../urls.ts';
import { dayHtml, outcomeHtml } from './inline.ts';

/** A decision stands in ten lists. */
const made = new WeakMap<DecisionRow, Html>();

/** The items of a list of decisions, for within its `ol`. */
export function decisionItems(decisions: readonly DecisionRow[]): Html {
  return html`${decisions.map(itemOf)}`;
}

function itemOf(decision: DecisionRow): Html {
  let item = made.get(decision);
  if (!item) made.set(decision, (item = makeItem(decision)));
  return item;
}

function makeItem({ case: { id, caseNumber, decisionDate }, number, request, outcome, values }: DecisionRow): Html {
  const service = values.service.at(-1);
  return html`<li><article class="result"><h3 class="result__request"><a href="${href(decisionPath(id, number))}" data-letter>${request}</a></h3>${outcomeHtml(outcome)}<ul class="meta"><li><a href="${href(casePath(id))}" data-letter>${caseNumber ?? id}</a></li><li>${decisionDate ? dayHtml(decisionDate) : 'undated'}</li>${service && html`<li>${valueLabel(service)}</li>`}</ul></article></li>`;
}
