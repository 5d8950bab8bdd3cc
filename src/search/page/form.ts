/** The form's fields and the state of a search, in both directions. */
import { FACETS } from '../../facets.ts';
import { numberText } from '../../words.ts';
import { effectiveSort, valueCounts } from '../engine.ts';
import type { Answer } from '../engine.ts';
import { parseState } from '../state.ts';
import type { SearchState, Sort } from '../state.ts';
import type { FacetTable } from '../table.ts';

/**
 * What the form's fields say; always the first page.
 * @param sort the order chosen so far. The select always shows one; it counts as chosen only once the reader changes it
 */
export function readForm(form: HTMLFormElement, sort: Sort | undefined): SearchState {
  const fields = [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' && name !== 'sort' ? [[name, value]] : []));
  return { ...parseState(new URLSearchParams(fields).toString()), sort };
}

/** The order that the select shows; nothing where it is the one that the search has anyway. */
export function readSort(form: HTMLFormElement): Sort | undefined {
  const { q, sort } = parseState(new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])).toString());
  return sort === effectiveSort(undefined, q.trim() !== '') ? undefined : sort;
}

/**
 * Makes the fields show a state. Values that have no field are not shown.
 * @param typing the reader may have typed on since: the words are left as they are
 */
export function fillForm(form: HTMLFormElement, state: SearchState, typing: boolean): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement) {
      if (field.type === 'checkbox') field.checked = chosenValues(state, field.name).includes(field.value);
      else if (field.name === 'q' && !typing) write(field, state.q);
      else if (field.name === 'from') write(field, state.from ?? '');
      else if (field.name === 'to') write(field, state.to ?? '');
    } else if (field instanceof HTMLSelectElement && field.name === 'sort') {
      field.value = effectiveSort(state.sort, state.q.trim() !== '');
      for (const option of field.options) option.disabled = option.value === 'relevance' && state.q.trim() === '';
    }
  }
}

/** Writing what is there already would move the cursor. */
function write(field: HTMLInputElement, value: string): void {
  if (field.value !== value) field.value = value;
}

function chosenValues(state: SearchState, name: string): readonly string[] {
  const facet = FACETS.find((candidate) => candidate.name === name);
  return facet ? (state.facets.get(facet.name) ?? []) : [];
}

/** Writes the counts of an answer beside the values, and opens the values under which something is chosen. */
export function showCounts(root: ParentNode, table: FacetTable, answer: Answer): void {
  for (const { name } of FACETS) {
    const counts = valueCounts(table, answer, name);
    for (const label of root.querySelectorAll<HTMLElement>(`[data-facet="${name}"] .facet__value`)) {
      const field = label.querySelector('input')!;
      const count = counts.get(field.value) ?? 0;
      label.querySelector('[data-count]')!.textContent = numberText(count);
      label.classList.toggle('is-empty', count === 0 && !field.checked);
      const group = label.parentElement!.closest('details.facet__more');
      if (field.checked && group instanceof HTMLDetailsElement) group.open = true;
    }
  }
}
