/** The decisions most like one, as items of a list: each with the sentence that made the difference. */
import { href } from '../../base.ts';
import { shortRequest } from '../../citation.ts';
import type { DecisionRow } from '../../corpus.ts';
import { html } from '../../html.ts';
import type { Html } from '../../html.ts';
import { KINDS } from '../../reasons/kinds.ts';
import { differenceOf, shownSentence } from '../../similar/difference.ts';
import { comparePath, decisionPath } from '../../urls.ts';
import { dayHtml } from '../inline.ts';

/** For within an `ol`. */
export function similarItems(decision: DecisionRow, rows: readonly DecisionRow[]): Html {
  return html`${rows.map((row) => itemOf(decision, row))}`;
}

function itemOf(decision: DecisionRow, row: DecisionRow): Html {
  const { id, caseNumber, decisionDate } = row.case;
  const difference = differenceOf(decision, row);
  const compare = comparePath({ id: decision.case.id, number: decision.number }, { id, number: row.number });
  return html`<li><a class="similar__request" href="${href(decisionPath(id, row.number))}" data-letter>${shortRequest(row.request)}</a>${
    difference?.kind && html`<p class="similar__why"><span>${KINDS[difference.kind].name}</span>${difference.contrary && html`<span class="similar__here">Here: <span>${KINDS[difference.contrary].name}</span></span>`}</p>`
  }${difference && html`<blockquote data-letter>${shownSentence(difference.sentence)}</blockquote>`}<p class="similar__foot"><span data-letter>${caseNumber ?? id}</span>${decisionDate ? dayHtml(decisionDate) : html`<span>undated</span>`}${
    isElsewhere(decision, row) && html`<span>Another body part</span>`
  }<a href="${href(compare)}">Compare <span class="visually-hidden">with <span data-letter>${id}</span></span></a></p></li>`;
}

/** Both requests name a body part, and not the same. */
function isElsewhere({ values: { bodypart: own } }: DecisionRow, { values: { bodypart: other } }: DecisionRow): boolean {
  return own.length > 0 && other.length > 0 && !other.some((part) => own.includes(part));
}
