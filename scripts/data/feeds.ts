/** Feeds of the newest decisions: of all, and of each service, guideline and specialty, beside the pages of these. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browse } from '../../src/browse.ts';
import { shortRequest } from '../../src/citation.ts';
import type { DecisionRow } from '../../src/corpus.ts';
import { VALUE_SEPARATOR, compareText } from '../../src/determinations/record.ts';
import type { Paragraphs } from '../../src/determinations/record.ts';
import { FACETS, facet, valueLabel } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { FEED_FACETS, FEED_SIZE } from '../../src/open-data.ts';
import { SITE } from '../../src/site.ts';
import { decisionPath, feedPath } from '../../src/urls.ts';
import { entryXml, feedXml, stableId } from './atom.ts';

/** One decision as feeds show it. Shared by all feeds that hold it. */
interface Entry {
  day: string;
  decision: DecisionRow;
  summary: string;
  /** Made when the first feed needs it. */
  xml?: string;
}

/** Of an empty feed of a corpus without dates; the format wants a date. */
const NO_DAY = '1970-01-01';
/** Characters of a summary: what a feed reader shows of it in a list. */
const SUMMARY_LENGTH = 400;

/** Keeps the newest decisions of each feed and nothing of the others. */
export class Feeds {
  readonly #all: Entry[] = [];
  readonly #values = new Map<FacetName, Map<string, Entry[]>>(FEED_FACETS.map((name) => [name, new Map()]));

  /** @param rationale of the decision */
  add(decision: DecisionRow, rationale: Paragraphs): void {
    const day = decision.case.decisionDate;
    if (day === undefined) return;
    const entry: Entry = { day, decision, summary: opening(rationale.join(' '), SUMMARY_LENGTH) };
    keep(this.#all, entry);
    for (const [name, lists] of this.#values) {
      for (const value of decision.values[name]) {
        const list = lists.get(value) ?? [];
        if (list.length === 0) lists.set(value, list);
        keep(list, entry);
      }
    }
  }

  /**
   * @param browse holds all values that occur; their pages' addresses are the feeds'
   * @param outFolder where the site's home would be
   * @param address of a page or a feed of the site
   */
  write(browse: Browse, outFolder: string, address: (path: string) => string): void {
    const newest = this.#all[0]?.day ?? NO_DAY;
    const write = (path: string, name: string, title: string, entries: Entry[]): void => {
      const xml = feedXml({
        id: stableId(name),
        title: `${SITE.name} - ${title}`,
        subtitle: `The newest ${FEED_SIZE} decisions of this list. Decisions without a date are not in it.`,
        day: entries[0]?.day ?? newest,
        author: SITE.name,
        address: { self: address(feedPath(path)), page: address(path) },
        entries: entries.map((entry) => (entry.xml ??= entryOf(entry, address))),
      });
      const file = join(outFolder, feedPath(path));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, xml);
    };
    write('', 'feed', 'All decisions', this.#all);
    for (const [name, lists] of this.#values) {
      for (const node of browse[name].nodes.values()) {
        write(node.path, `feed/${name}/${node.value}`, `${facet(name).label}: ${valueName(node.value)}`, lists.get(node.value) ?? []);
      }
    }
  }
}

/** Puts a decision into its place among the newest, and lets go of the oldest. */
function keep(list: Entry[], entry: Entry): void {
  // Letters mostly come oldest first, so a search from either end would be a long one.
  let [place, end] = [0, list.length];
  while (place < end) {
    const middle = (place + end) >> 1;
    if (byNewest(list[middle]!, entry) < 0) place = middle + 1;
    else end = middle;
  }
  if (place >= FEED_SIZE) return;
  list.splice(place, 0, entry);
  if (list.length > FEED_SIZE) list.pop();
}

/** As lists on pages are sorted. */
function byNewest(a: Entry, b: Entry): number {
  return compareText(b.day, a.day) || compareText(a.decision.case.id, b.decision.case.id) || a.decision.number - b.decision.number;
}

function entryOf({ day, decision, summary }: Entry, address: (path: string) => string): string {
  const { number, request, outcome, values } = decision;
  const { id } = decision.case;
  return entryXml({
    id: stableId(`decision/${id}/${number}`),
    title: `${valueLabel(outcome)} - ${shortRequest(request)}`,
    day,
    address: address(decisionPath(id, number)),
    categories: FACETS.flatMap(({ name, label }) => mostSpecific(values[name]).map((term) => ({ term, label: `${label}: ${valueName(term)}` }))),
    summary,
  });
}

function mostSpecific(values: readonly string[]): string[] {
  return values.filter((value) => !values.some((other) => other.startsWith(value + VALUE_SEPARATOR)));
}

/** `Diagnostic Testing, Imaging/Radiology` */
function valueName(value: string): string {
  return value.split(VALUE_SEPARATOR).map(valueLabel).join(', ');
}

/** The first sentences of a text that fit, or, where not even the first one does, as many of its words. */
export function opening(text: string, length: number): string {
  if (text.length <= length) return text;
  const start = text.slice(0, length + 1);
  // A full stop that ends a sentence stands after a small letter or a bracket, not after the 2 of "2.5 mg" or the M of "M. D.".
  const sentences = /^[^]*[\p{Ll})\]"][.!?](?=\s)/u.exec(start)?.[0];
  if (sentences !== undefined) return sentences;
  const blank = start.lastIndexOf(' ');
  return `${(blank > 0 ? start.slice(0, blank) : start.slice(0, length)).replace(/(?<![\s,;:.(-])[\s,;:.(-]+$/, '')}...`;
}
