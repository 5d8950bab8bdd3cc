/** What stands within a line on every page: a picture, an outcome, a day. As markup, for lists that are written without components (src/html.ts). */
import type { CaseOutcome } from '../determinations/record.ts';
import { valueLabel } from '../facets.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { dayText } from '../words.ts';

export type IconName = CaseOutcome | 'mark' | 'search' | 'link' | 'arrow-left' | 'arrow-right';

/** Shapes of their own, so that no colour is needed to tell them apart. Decoration: the words stand beside them. */
const SHAPES: Readonly<Record<IconName, Html>> = {
  mark: html`<path d="M5 2.5h9.5L20 8v13.5H5z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><path d="M8.5 14.2l2.9 2.9 5.1-6" fill="none" stroke="var(--accent)" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`,
  search: html`<path d="M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm5 11.5l5 5" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round"/>`,
  overturned: html`<circle cx="12" cy="12" r="10" fill="currentColor"/><path d="M7.2 12.6l3.2 3.2 6.4-7" fill="none" stroke="var(--icon-cut)" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`,
  upheld: html`<circle cx="12" cy="12" r="8.9" fill="none" stroke="currentColor" stroke-width="2.4"/><path d="M7.5 12h9" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/>`,
  'partially overturned': html`<circle cx="12" cy="12" r="8.9" fill="none" stroke="currentColor" stroke-width="2.4"/><path d="M12 3.1a8.9 8.9 0 0 1 0 17.8z" fill="currentColor"/>`,
  link: html`<path d="M9 3.5L6.5 20.5M17.5 3.5L15 20.5M3.5 8.5h17.5M3 15.5h17.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>`,
  'arrow-left': html`<path d="M19 12H5m6-6l-6 6 6 6" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>`,
  'arrow-right': html`<path d="M5 12h14m-6-6l6 6-6 6" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>`,
};

/** Those that a page may have dozens of: drawn once a page, and named where they stand. */
const REPEATED: readonly IconName[] = ['overturned', 'upheld', 'partially overturned', 'link', 'arrow-left', 'arrow-right'];

export function iconHtml(name: IconName): Html {
  return html`<svg class="icon icon--${slugOf(name)}" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">${REPEATED.includes(name) ? html`<use href="#icon-${slugOf(name)}"/>` : SHAPES[name]}</svg>`;
}

/** What iconHtml names, once on each page. */
export function repeatedIconsHtml(): Html {
  return html`<svg class="icons" width="0" height="0" aria-hidden="true">${REPEATED.map((name) => html`<symbol id="icon-${slugOf(name)}" viewBox="0 0 24 24">${SHAPES[name]}</symbol>`)}</svg>`;
}

const LONG = outcomesHtml((label) => label);
const SHORT = outcomesHtml((label) => label.split(':')[0]!);

/** An outcome in words that a layman gets right, with its shape and colour. @param short one word, for lists whose page explains it */
export function outcomeHtml(outcome: CaseOutcome, short = false): Html {
  return (short ? SHORT : LONG)[outcome];
}

function outcomesHtml(wordsOf: (label: string) => string): Readonly<Record<CaseOutcome, Html>> {
  const of = (outcome: CaseOutcome): Html => html`<span class="outcome outcome--${slugOf(outcome)}">${iconHtml(outcome)}<span>${wordsOf(valueLabel(outcome))}</span></span>`;
  return { upheld: of('upheld'), overturned: of('overturned'), 'partially overturned': of('partially overturned') };
}

export function dayHtml(day: string): Html {
  return html`<time datetime="${day}" data-day>${dayText(day)}</time>`;
}

function slugOf(name: IconName): string {
  return name.replace(' ', '-');
}
