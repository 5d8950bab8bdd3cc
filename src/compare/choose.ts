/** What "Compare" does beside a result: the first press keeps the decision, the second at another one opens both. Loaded at the first press. */
import { href } from '../base.ts';
import { element } from '../search/page/dom.ts';
import { comparePath } from '../urls.ts';
import { keepName, keptName } from './kept.ts';
import { formatName, isSameName } from './name.ts';
import type { DecisionName } from './name.ts';

/** @param button in the `<save-decision>` that names its decision */
export function choose(button: HTMLElement): void {
  const { case: caseId = '', decision } = button.closest<HTMLElement>('save-decision')?.dataset ?? {};
  const name: DecisionName = { caseId, number: Number(decision) };
  const kept = keptName();
  if (kept && !isSameName(kept, name)) {
    keepName(undefined);
    location.assign(href(comparePath({ id: kept.caseId, number: kept.number }, { id: caseId, number: name.number })));
    return;
  }
  keepName(kept ? undefined : name);
  say(button, kept ? 'Not chosen any more.' : 'Chosen. Press “Compare” at another decision, in this search or in another.', kept ? undefined : name);
}

function say(button: HTMLElement, words: string, kept: DecisionName | undefined): void {
  for (const other of document.querySelectorAll<HTMLElement>('.compare-said')) other.remove();
  for (const other of document.querySelectorAll<HTMLElement>('[data-compare]')) other.setAttribute('aria-pressed', String(kept !== undefined && other === button));
  const said = element('span', { class: 'compare-said', 'aria-live': 'polite', 'data-kept': kept ? formatName(kept) : '' });
  button.after(said);
  // A live region is read out when it changes, not when it comes.
  requestAnimationFrame(() => said.replaceChildren(words));
}
