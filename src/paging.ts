/** Lists in pages. Pure, and used by pages and by search alike. */

/** Decisions or cases on one page of a list: about 10 kB of text, read in one go on a phone. */
export const PAGE_SIZE = 25;

/** One page of a list. */
export interface ListPage<Item> {
  items: Item[];
  /** Counted from 1. */
  number: number;
  /** Of pages, at least 1. */
  count: number;
  /** Of items, over all pages. */
  total: number;
}

/** All pages of a list; a list without items has one empty page. */
export function pagesOf<Item>(items: readonly Item[], size: number = PAGE_SIZE): ListPage<Item>[] {
  const pages = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: pages }, (_page, index) => ({ items: items.slice(index * size, (index + 1) * size), number: index + 1, count: pages, total: items.length }));
}

/** Page numbers to offer: first, last, and those around the current one; `gap` stands for two or more left out. */
export function pageNumbers(current: number, last: number): (number | 'gap')[] {
  const shown = [...new Set([1, current - 1, current, current + 1, last])].filter((number) => number >= 1 && number <= last).sort((a, b) => a - b);
  return shown.flatMap((number, index) => {
    const missing = number - (shown[index - 1] ?? 0) - 1;
    return missing === 0 ? [number] : missing === 1 ? [number - 1, number] : ['gap' as const, number];
  });
}
