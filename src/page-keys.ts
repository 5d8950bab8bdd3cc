/**
 * What a page shows of the corpus, as a key: where it is that of the last build, and our code is too, the page would be the same to the byte and is taken
 * over (scripts/site/pages.ts). So a key must hold everything that its page reads, and a page that has none is made each time.
 */
import { createHash } from 'node:crypto';
import { loadBrowse } from './browse.ts';
import type { Browse, ValueNode } from './browse.ts';
import { placeOf, placesIn } from './components/case/neighbours.ts';
import type { Places } from './components/case/neighbours.ts';
import { contentFolder, loadCorpus } from './corpus.ts';
import type { CaseRow, Corpus, DecisionRow, SupersededLetter } from './corpus.ts';
import { parsedHash } from './determinations/parsed.ts';
import { FACETS } from './facets.ts';
import { hasOpenData } from './open-data.ts';
import type { ListPage } from './paging.ts';
import { loadSimilar } from './similar/load.ts';
import type { SimilarDecisions } from './similar/load.ts';
import { loadGuidelineUses } from './statistics.ts';
import type { GuidelineUse } from './statistics.ts';

/** The keys of this build. Nothing where nobody asks for them (environment variable IMR_KEYS), or where nothing tells one determination from another, because they were not parsed before. */
export function loadPageKeys(): Promise<PageKeys | undefined> {
  if (!process.env.IMR_KEYS) return Promise.resolve(undefined);
  loaded ??= makePageKeys();
  return loaded;
}
let loaded: Promise<PageKeys | undefined> | undefined;

async function makePageKeys(): Promise<PageKeys | undefined> {
  const [corpus, trees, uses, similar] = await Promise.all([loadCorpus(), loadBrowse(), loadGuidelineUses(), loadSimilar()]);
  const hashes = new Map<string, string>();
  for (const { file, superseded = [] } of corpus.cases) {
    for (const letter of [file, ...superseded.map((older) => older.file)]) {
      const hash = parsedHash(contentFolder(), letter);
      if (hash === undefined) return undefined;
      hashes.set(letter, hash);
    }
  }
  return new PageKeys(corpus, trees, { uses, similar, letters: hashes });
}

/** What pages show besides the corpus and its trees. */
interface Read {
  uses: ReadonlyMap<string, GuidelineUse>;
  similar: SimilarDecisions;
  /** The hash of a letter's determination, by file. */
  letters: ReadonlyMap<string, string>;
}

class PageKeys {
  readonly #uses: Read['uses'];
  readonly #similar: SimilarDecisions;
  readonly #letters: Read['letters'];
  readonly #rows: ReadonlyMap<CaseRow, string>;
  readonly #places: Places;
  readonly #frame: string;

  constructor({ cases, invented }: Pick<Corpus, 'cases' | 'invented'>, trees: Browse, { uses, similar, letters }: Read) {
    [this.#uses, this.#similar, this.#letters] = [uses, similar, letters];
    this.#places = placesIn(trees.service);
    this.#rows = new Map(cases.map((row) => [row, hashOf(row, withoutCase)]));
    // The frame names facets that have values, and any page may link to any value's.
    this.#frame = hashOf([invented, hasOpenData(), FACETS.map(({ name }) => [...trees[name].nodes.values()].map(({ value, label, path }) => [name, value, label, path]))]);
  }

  /** The page of a case: its letter, and of each decision how its service went, what stands beside it there, and what is like it. */
  case(row: CaseRow): string {
    const places = row.decisions.map((decision) => {
      const { service, previous, next } = placeOf(this.#places, decision);
      const { opposite, same } = this.#similar.of(decision);
      return [service.split, this.#decision(previous), this.#decision(next), opposite.map((row) => this.#decision(row)), same.map((row) => this.#decision(row))];
    });
    return this.#key(this.#letters.get(row.file), this.#rows.get(row), places);
  }

  /** The page of a superseded letter. */
  superseded({ file }: SupersededLetter): string {
    return this.#key(this.#letters.get(file));
  }

  /** A page of the list of all cases. */
  cases({ items, number, count, total }: ListPage<CaseRow>): string {
    return this.#key(items.map((row) => this.#rows.get(row)), number, count, total);
  }

  /** A page of a value's list. The first one also divides all of its decisions, quotes those that were overturned, and names the most alike that came out differently. */
  value(node: ValueNode, { items, number, count, total }: ListPage<DecisionRow>): string {
    const list = [node.facet.name, node.value, items.map((decision) => this.#decision(decision)), number, count, total];
    if (number > 1) return this.#key(list);
    const pair = node.facet.name === 'service' ? this.#similar.bestPair(node.value) : undefined;
    return this.#key(list, node.decisions.map((decision) => this.#decision(decision)), this.#uses.get(node.value), this.#decision(pair?.overturned), this.#decision(pair?.upheld));
  }

  /** What the decisions of a value say about each criterion. */
  ledger({ facet, value, decisions }: ValueNode): string {
    return this.#key('ledger', facet.name, value, decisions.map((decision) => this.#decision(decision)));
  }

  #decision(decision: DecisionRow | undefined): string | undefined {
    return decision && `${this.#rows.get(decision.case)} ${decision.number}`;
  }

  #key(...parts: unknown[]): string {
    return hashOf([this.#frame, parts]);
  }
}

/** A row's decisions name their case again. */
function withoutCase(name: string, value: unknown): unknown {
  return name === 'case' ? undefined : value;
}

function hashOf(value: unknown, replacer?: typeof withoutCase): string {
  return createHash('sha256').update(JSON.stringify(value, replacer)).digest('base64url').slice(0, 22);
}
