/** The similar decisions of this build's corpus, as pages need them. Found once a build, beside the pages where a build says so (scripts/site/similar.ts). */
import { readFileSync } from 'node:fs';
import { loadCorpus, readCase } from '../corpus.ts';
import type { Corpus, DecisionRow } from '../corpus.ts';
import { similarIn } from './find.ts';
import type { AlikeList, SimilarTable } from './find.ts';
import { VectorMaker } from './vectors.ts';

/** The environment variable that names the file with this build's table. */
export const SIMILAR_FILE = 'IMR_SIMILAR';

/** The file: what its table was made from, and the table. */
export interface SimilarFile {
  key: string;
  table: SimilarTable;
}

/** Best first. */
export interface AlikeDecisions {
  opposite: DecisionRow[];
  same: DecisionRow[];
}

/** Two decisions on one service, one of which was overturned and the other upheld. */
export interface Pair {
  overturned: DecisionRow;
  upheld: DecisionRow;
}

let loaded: Promise<SimilarDecisions> | undefined;

export function loadSimilar(): Promise<SimilarDecisions> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<SimilarDecisions> {
  const corpus = await loadCorpus();
  const file = process.env[SIMILAR_FILE];
  const read = file && readTable(file);
  if (read && read.decisions.length === corpus.decisions.length) {
    const found = new SimilarDecisions(corpus, read);
    if (found.isWhole) return found;
  }
  const maker = new VectorMaker();
  for (const row of corpus.cases) maker.add(await readCase(row));
  return new SimilarDecisions(corpus, similarIn(maker.make()));
}

function readTable(path: string): SimilarTable | undefined {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as SimilarFile).table;
  } catch {
    // Gone or damaged: it can be made again.
    return undefined;
  }
}

export class SimilarDecisions {
  readonly #table: SimilarTable;
  /** In the order of the table. */
  readonly #rows: (DecisionRow | undefined)[];
  readonly #places: ReadonlyMap<DecisionRow, number>;
  readonly #pairs: ReadonlyMap<string, Pair>;

  constructor({ decisions }: Pick<Corpus, 'decisions'>, table: SimilarTable) {
    const byId = new Map(decisions.map((row) => [`${row.case.id}.${row.number}`, row]));
    this.#table = table;
    this.#rows = table.decisions.map((id) => byId.get(id));
    this.#places = new Map(this.#rows.flatMap((row, place) => (row ? [[row, place] as const] : [])));
    this.#pairs = this.#bestPairs();
  }

  /** Whether the table is of this very corpus. */
  get isWhole(): boolean {
    return this.#rows.every((row) => row !== undefined);
  }

  of(decision: DecisionRow): AlikeDecisions {
    const place = this.#places.get(decision);
    return place === undefined ? { opposite: [], same: [] } : { opposite: this.#listed(this.#table.opposite[place]!), same: this.#listed(this.#table.same[place]!) };
  }

  /** The two most alike decisions on a service that came out differently, if any are alike. @param service as a facet value */
  bestPair(service: string): Pair | undefined {
    return this.#pairs.get(service);
  }

  #listed(list: AlikeList): DecisionRow[] {
    return list.flatMap((place, index) => (index % 2 === 0 && this.#rows[place] ? [this.#rows[place]] : []));
  }

  /** For all services at once, in one walk over the table; of equally alike ones the newest. */
  #bestPairs(): Map<string, Pair> {
    const best = new Map<string, { likeness: number; pair: Pair }>();
    for (const [place, list] of this.#table.opposite.entries()) {
      for (let at = 0; at < list.length; at += 2) {
        const [one, other, likeness] = [this.#rows[place], this.#rows[list[at]!], list[at + 1]!];
        if (!one || !other) continue;
        const pair = one.outcome === 'overturned' ? { overturned: one, upheld: other } : { overturned: other, upheld: one };
        for (const service of one.values.service) {
          if (other.values.service.includes(service) && likeness > (best.get(service)?.likeness ?? 0)) best.set(service, { likeness, pair });
        }
      }
    }
    return new Map([...best].map(([service, { pair }]) => [service, pair]));
  }
}
