/** The filters beside the results: exact counts, values that open, and boxes that find a value in a long list. */
import { FACETS } from '../../facets.ts';
import type { FacetName } from '../../facets.ts';
import { numberText } from '../../words.ts';

/** Values that a long list shows while it is folded. The same in components/search/FacetValues.astro. */
export const SHOWN_FOLDED = 10;

interface Row {
  item: HTMLElement;
  field: HTMLInputElement;
  label: HTMLElement;
  count: HTMLElement;
  value: string;
  /** What was written last; nothing yet. */
  number: number | undefined;
  look: number | undefined;
  /** As the finder compares it. */
  readonly text: string;
  parent: Row | undefined;
  children: Row[];
  /** Opens and closes what is below. */
  toggle: HTMLButtonElement | undefined;
  below: HTMLElement | undefined;
  /** As the reader left it, or because something below is chosen. */
  open: boolean;
}

interface FacetList {
  name: FacetName;
  rows: Row[];
  /** Shows and hides what is folded; only long lists have it. */
  unfold: HTMLButtonElement | undefined;
  finder: HTMLInputElement | undefined;
  said: HTMLElement | undefined;
  counts: ReadonlyMap<string, number>;
}

/** Looks every element up once: a collection may have a thousand values, and counts change with every key. */
export class Filters {
  readonly #lists: readonly FacetList[];

  constructor(root: ParentNode) {
    this.#lists = FACETS.flatMap(({ name }) => {
      const facet = root.querySelector<HTMLElement>(`[data-facet="${name}"]`);
      return facet ? [readList(name, facet)] : [];
    });
  }

  /** @param signal ends the behaviour */
  listen(signal: AbortSignal): void {
    for (const list of this.#lists) {
      for (const row of list.rows) row.toggle?.addEventListener('click', () => {
        row.open = Boolean(row.below!.hidden);
        showOpen(row, row.open);
        writeSeen(list);
      }, { signal });
      list.unfold?.addEventListener('click', () => {
        list.unfold!.setAttribute('aria-expanded', String(list.unfold!.getAttribute('aria-expanded') !== 'true'));
        showRows(list);
      }, { signal });
      list.finder?.addEventListener('input', () => showRows(list), { signal });
    }
  }

  /** Writes the counts of an answer beside the values, and opens the values below which something is chosen. */
  show(countsOf: (name: FacetName) => ReadonlyMap<string, number>): void {
    for (const list of this.#lists) {
      list.counts = countsOf(list.name);
      for (const row of list.rows) {
        const { checked, disabled } = row.field;
        if (checked && !disabled) for (let above = row.parent; above; above = above.parent) above.open = true;
      }
      showRows(list);
    }
  }
}

/** Counts and looks of the values that are not folded away: there may be a thousand values, of which a hundred are seen. */
function writeSeen({ rows, counts }: FacetList): void {
  // Nothing was counted yet: what the page came with stands.
  if (counts.size === 0) return;
  const seen = new Set<Row>();
  for (const row of rows) {
    // Those above come first.
    if (row.item.hidden || (row.parent && (!seen.has(row.parent) || row.parent.below!.hidden))) continue;
    seen.add(row);
    const number = counts.get(row.value) ?? 0;
    if (number !== row.number) row.count.textContent = numberText((row.number = number));
    const { checked, disabled } = row.field;
    const look = (number === 0 && !checked ? 1 : 0) + (disabled ? 2 : 0);
    if (look === row.look) continue;
    row.label.classList.toggle('is-empty', number === 0 && !checked);
    row.label.classList.toggle('is-covered', disabled);
    row.look = look;
  }
}

function readList(name: FacetName, facet: HTMLElement): FacetList {
  const rows = new Map<HTMLElement, Row>();
  for (const item of facet.querySelectorAll<HTMLElement>('li.facet__item')) {
    const label = item.querySelector<HTMLElement>('.facet__value')!;
    const toggle = item.querySelector<HTMLButtonElement>(':scope > .facet__row > .facet__toggle') ?? undefined;
    const above = item.parentElement!.closest<HTMLElement>('li.facet__item');
    const parent = above ? rows.get(above) : undefined;
    const row: Row = {
      item,
      label,
      field: label.querySelector('input')!,
      count: label.querySelector<HTMLElement>('[data-count]')!,
      value: label.querySelector('input')!.value,
      number: undefined,
      look: undefined,
      // Read when it is needed: the reader may have chosen another language.
      get text() {
        return comparable(label.querySelector('.facet__label')!.textContent);
      },
      parent,
      children: [],
      toggle,
      below: toggle ? item.querySelector<HTMLElement>(':scope > .facet__values')! : undefined,
      open: false,
    };
    parent?.children.push(row);
    rows.set(item, row);
  }
  return {
    name,
    rows: [...rows.values()],
    unfold: facet.querySelector<HTMLButtonElement>('.facet__unfold') ?? undefined,
    finder: facet.querySelector<HTMLInputElement>('.facet__finder input') ?? undefined,
    said: facet.querySelector<HTMLElement>('.facet__said') ?? undefined,
    counts: new Map(),
  };
}

function showOpen({ toggle, below }: Row, open: boolean): void {
  if (!toggle || !below || below.hidden === !open) return;
  toggle.setAttribute('aria-expanded', String(open));
  below.hidden = !open;
}

function showRows(list: FacetList): void {
  const words = comparable(list.finder?.value ?? '').split(' ').filter((word) => word !== '');
  if (words.length > 0) showFound(list, words);
  else showFolded(list);
  if (list.unfold) list.unfold.hidden = words.length > 0;
  writeSeen(list);
}

/** The values that hold all words, with those above them, opened, and those below them. */
function showFound({ rows, said }: FacetList, words: readonly string[]): void {
  const found = new Set(rows.filter(({ text }) => words.every((word) => text.includes(word))));
  const shown = new Set<Row>();
  for (const row of found) {
    for (let above: Row | undefined = row; above; above = above.parent) shown.add(above);
    addBelow(row, shown);
  }
  for (const row of rows) {
    setHidden(row.item, !shown.has(row));
    showOpen(row, row.open || row.children.some((child) => holdsFound(child, found)));
  }
  if (said) said.textContent = found.size === 0 ? 'None matches' : `${numberText(found.size)} of ${numberText(rows.length)} ${found.size === 1 ? 'matches' : 'match'}`;
}

function addBelow(row: Row, shown: Set<Row>): void {
  for (const child of row.children) {
    shown.add(child);
    addBelow(child, shown);
  }
}

function holdsFound(row: Row, found: ReadonlySet<Row>): boolean {
  return found.has(row) || row.children.some((child) => holdsFound(child, found));
}

/** Of a long list the values with most decisions, and those chosen or just used; the others stay behind its button. */
function showFolded({ rows, unfold, said, counts }: FacetList): void {
  if (said) said.textContent = '';
  for (const row of rows) showOpen(row, row.open);
  const top = rows.filter(({ parent }) => parent === undefined);
  const unfolded = !unfold || unfold.getAttribute('aria-expanded') === 'true';
  if (unfold) unfold.textContent = unfolded ? 'Show fewer' : `Show all ${numberText(top.length)}`;
  const number = (row: Row): number => counts.get(row.value) ?? 0;
  const first = unfolded || counts.size === 0 ? top : [...top].sort((a, b) => number(b) - number(a));
  const shown = new Set(unfolded ? top : first.slice(0, SHOWN_FOLDED));
  for (const row of rows) setHidden(row.item, row.parent === undefined && !shown.has(row) && !row.field.checked && !row.field.indeterminate && row.field !== document.activeElement);
}

function setHidden(item: HTMLElement, hidden: boolean): void {
  if (item.hidden !== hidden) item.hidden = hidden;
}

/** Without capitals and accents. */
function comparable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .trim();
}
