/**
 * The browse pages: which values a facet has, how their decisions came out, where their pages stand, and the pages of their lists.
 * Pure over the rows of the corpus. Every link to a value's page goes through here, so that pages and links cannot disagree.
 */
import { loadCorpus } from './corpus.ts';
import type { Corpus, DecisionRow } from './corpus.ts';
import { FACETS, valueLabel } from './facets.ts';
import type { Facet, FacetName } from './facets.ts';
import { VALUE_SEPARATOR, compareText } from './determinations/record.ts';
import { emptySplit, splitOutcomes } from './outcomes.ts';
import type { OutcomeSplit } from './outcomes.ts';
import { slug } from './urls.ts';

/** One value of a facet; the values below it are its children. */
export interface ValueNode {
  facet: Facet;
  value: string;
  label: string;
  /** Of its first page, below the site's base: `services/injection/`. */
  path: string;
  /** Newest first. A decision that has several of the children counts once. */
  decisions: DecisionRow[];
  split: OutcomeSplit;
  parent?: ValueNode;
  /** Most decisions first; years newest first. */
  children: ValueNode[];
}

/** All values of one facet. */
export interface FacetTree {
  facet: Facet;
  path: string;
  roots: ValueNode[];
  nodes: Map<string, ValueNode>;
  /** Decisions whose letter does not say: they have no value here. */
  unstated: number;
}

export type Browse = Record<FacetName, FacetTree>;

/** The trees of this build's corpus. Made once. */
export function loadBrowse(): Promise<Browse> {
  loaded ??= loadCorpus().then(browse);
  return loaded;
}
let loaded: Promise<Browse> | undefined;

/** One tree a facet. @param decisions newest first */
export function browse({ decisions }: Pick<Corpus, 'decisions'>): Browse {
  return Object.fromEntries(FACETS.map((facet) => [facet.name, facetTree(facet, decisions)])) as Browse;
}

function facetTree(facet: Facet, decisions: readonly DecisionRow[]): FacetTree {
  const tree: FacetTree = { facet, path: `${facet.folder}/`, roots: [], nodes: new Map(), unstated: 0 };
  for (const decision of decisions) {
    const values = decision.values[facet.name];
    if (values.length === 0) tree.unstated += 1;
    // Values come with their ancestors, widest first, so that a parent exists before its children.
    for (const value of values) addNode(tree, value).decisions.push(decision);
  }
  for (const node of tree.nodes.values()) node.split = splitOutcomes(node.decisions);
  finish(tree.roots, tree.path, facet);
  return tree;
}

function addNode(tree: FacetTree, value: string): ValueNode {
  const known = tree.nodes.get(value);
  if (known) return known;
  const end = value.lastIndexOf(VALUE_SEPARATOR);
  const parent = end < 0 ? undefined : tree.nodes.get(value.slice(0, end));
  const node: ValueNode = { facet: tree.facet, value, label: valueLabel(value), path: '', decisions: [], split: emptySplit(), children: [] };
  if (parent) node.parent = parent;
  tree.nodes.set(value, node);
  (parent?.children ?? tree.roots).push(node);
  return node;
}

/**
 * A value's name where it stands without what contains it. `Opioids`; with its source for a guideline (`MTUS: Knee Complaints`), and with its category
 * where another service is called the same.
 */
export function fullLabel({ facet, value, label, parent, children }: ValueNode, tree: FacetTree): string {
  if (!parent) return facet.name === 'guideline' && children.length > 0 ? `${label}, no chapter named` : label;
  const alone = facet.name !== 'guideline' && ![...tree.nodes.values()].some((other) => other.value !== value && other.label === label && other !== parent);
  return alone ? label : `${parent.label}: ${label}`;
}

/** Gives siblings and all below them their paths and their order. */
function finish(siblings: ValueNode[], path: string, facet: Facet): void {
  const slugs = uniqueSlugs(siblings.map((node) => lastStep(node.value)));
  for (const node of siblings) {
    node.path = `${path}${slugs.get(lastStep(node.value))}/`;
    finish(node.children, node.path, facet);
  }
  siblings.sort(facet.name === 'year' ? (a, b) => compareText(b.value, a.value) : (a, b) => b.split.total - a.split.total || compareText(a.label, b.label));
}

function lastStep(value: string): string {
  return value.split(VALUE_SEPARATOR).at(-1)!;
}

/** File systems take 255 bytes for a name. No term of the vocabulary comes near this; a specialty as printed by a broken letter may. */
const LONGEST_SLUG = 100;
/** Addresses of the further pages of a list, and of what its decisions say; no value may take one. */
const PAGE_FOLDER = /^(?:page-\d+|reasons|checklist)$/;

/**
 * A slug for each of some sibling names, no two alike: the second of two names with one slug gets `-2`, and so on, in code point order of the names.
 * A name keeps its own slug wherever it is the first to have it, so that an address changes only for the newcomer of a collision.
 */
export function uniqueSlugs(names: readonly string[]): Map<string, string> {
  const sorted = [...new Set(names)].sort(compareText);
  const short = (name: string) => slug(name).slice(0, LONGEST_SLUG).replace(/-$/, '');
  const natural = new Set(sorted.map(short));
  const result = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of sorted) {
    const own = short(name);
    let candidate = own;
    for (let number = 2; taken.has(candidate) || PAGE_FOLDER.test(candidate) || (candidate !== own && natural.has(candidate)); number += 1) {
      candidate = `${own}-${number}`;
    }
    taken.add(candidate);
    result.set(name, candidate);
  }
  return result;
}

/** Address of a page of a value's list. @param path of its first page */
export function pagePath(path: string, number: number): string {
  return number === 1 ? path : `${path}page-${number}/`;
}

/**
 * Address of a page of the list of all cases. A case may be called `page-2` (letters without a number go by their file's name), and its address is fixed;
 * no case's address has two steps.
 */
export function casesPagePath(number: number): string {
  return number === 1 ? 'cases/' : `cases/page/${number}/`;
}

/** A search for one value. Below the base. */
export function searchPath(facet: FacetName, value: string): string {
  return `search/?${new URLSearchParams({ [facet]: value })}`;
}
