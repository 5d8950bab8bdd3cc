/** The form's fields and the state of a search, in both directions. */
import { VALUE_SEPARATOR } from '../../determinations/record.ts';
import { FACETS, withAncestors } from '../../facets.ts';
import { effectiveSort } from '../engine.ts';
import { parseState } from '../state.ts';
import type { SearchState, Sort } from '../state.ts';

/**
 * What the form's fields say; always the first page. A value below one that is chosen too says nothing more, so it is left out.
 * @param sort the order chosen so far. The select always shows one; it counts as chosen only once the reader changes it
 */
export function readForm(form: HTMLFormElement, sort: Sort | undefined): SearchState {
  const fields = [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' && name !== 'sort' ? [[name, value]] : []));
  const state = parseState(new URLSearchParams(fields).toString());
  const facets = new Map([...state.facets].map(([name, values]) => [name, values.filter((value) => !isCovered(values, value))]));
  return { ...state, facets, sort };
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
  const chosen = new Map(FACETS.map(({ name }): [string, readonly string[]] => [name, state.facets.get(name) ?? []]));
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement) {
      if (field.type === 'checkbox') fillCheckbox(field, chosen.get(field.name) ?? []);
      else if (field.name === 'q' && !typing) write(field, state.q);
      else if (field.name === 'from') write(field, state.from ?? '');
      else if (field.name === 'to') write(field, state.to ?? '');
    } else if (field instanceof HTMLSelectElement && field.name === 'sort') {
      field.value = effectiveSort(state.sort, state.q.trim() !== '');
      for (const option of field.options) option.disabled = option.value === 'relevance' && state.q.trim() === '';
    }
  }
}

/** A chosen value covers those below it: they show as chosen and cannot be taken out. One of which a part is chosen shows as half chosen. */
function fillCheckbox(field: HTMLInputElement, chosen: readonly string[]): void {
  const some = chosen.length > 0;
  const covered = some && isCovered(chosen, field.value);
  const checked = some && (covered || chosen.includes(field.value));
  const indeterminate = some && !checked && chosen.some((value) => value.startsWith(field.value + VALUE_SEPARATOR));
  // There may be a thousand fields, and writing what is there already takes as long as writing something new.
  if (field.checked !== checked) field.checked = checked;
  if (field.disabled !== covered) field.disabled = covered;
  if (field.indeterminate !== indeterminate) field.indeterminate = indeterminate;
}

/** Whether one of the values contains this one. */
function isCovered(values: readonly string[], value: string): boolean {
  return withAncestors(value).some((ancestor) => ancestor !== value && values.includes(ancestor));
}

/** Writing what is there already would move the cursor. */
function write(field: HTMLInputElement, value: string): void {
  if (field.value !== value) field.value = value;
}
