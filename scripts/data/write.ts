/** Open data of a content folder: tables, a file for each case, feeds. Each determination is read once and let go. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { browse } from '../../src/browse.ts';
import type { Browse } from '../../src/browse.ts';
import { caseRow } from '../../src/corpus.ts';
import type { DecisionRow } from '../../src/corpus.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { parsedHash } from '../../src/determinations/parsed.ts';
import { readRemovedCases } from '../../src/determinations/removed.ts';
import type { RemovedCases } from '../../src/determinations/removed.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';
import { DATA_FOLDER } from '../../src/open-data.ts';
import type { OpenData } from '../../src/open-data.ts';
import type { Kept } from '../site/kept.ts';
import { writeCaseJson } from './cases.ts';
import { Feeds } from './feeds.ts';
import { PageDays } from './sitemap.ts';
import { Tables } from './tables.ts';

export interface OpenDataOptions {
  contentFolder: string;
  /** Gets the files where they lie below the site's home. */
  outFolder: string;
  /** The address of a page or file of the site, given its path below the home: addressing() of src/open-data.ts. */
  address: (path: string) => string;
  /** What the last site has. */
  kept?: Kept;
  /** Called with the number of cases written and of all. */
  onProgress?: (done: number, of: number) => void;
}

export interface WrittenData {
  manifest: OpenData;
  /** The newest day on each page, for the sitemap. */
  days: ReadonlyMap<string, string>;
}

/**
 * Writes `data/`, `cases/<case>/case.json` and the feeds. The same determinations give the same bytes, in the order of their files: by year of
 * decision, then by case, so that none need be in memory but those of a Parquet row group and of the feeds.
 * @throws DeterminationError for a damaged determination
 */
export async function writeOpenData({ contentFolder, outFolder, address, kept, onProgress }: OpenDataOptions): Promise<WrittenData> {
  const files = await listDeterminationFiles(contentFolder);
  const data = await OpenDataWriter.open({ outFolder, address, kept });
  try {
    for (const [index, file] of files.entries()) {
      await data.add(await readDetermination(contentFolder, file), file, parsedHash(contentFolder, file));
      onProgress?.(index + 1, files.length);
    }
    return await data.finish(readRemovedCases(contentFolder));
  } finally {
    data.abandon();
  }
}

type WriterOptions = Pick<OpenDataOptions, 'outFolder' | 'address' | 'kept'>;

/** The same for whoever reads the determinations already. */
export class OpenDataWriter {
  readonly #outFolder: string;
  readonly #address: (path: string) => string;
  readonly #kept: Kept | undefined;
  readonly #tables: Tables;
  readonly #feeds = new Feeds();
  readonly #days = new PageDays();
  readonly #values = new Values();
  #cases = 0;
  #decisions = 0;
  #undated = 0;
  #first: string | undefined;
  #last: string | undefined;

  private constructor({ outFolder, address, kept }: WriterOptions, tables: Tables) {
    [this.#outFolder, this.#address, this.#kept, this.#tables] = [outFolder, address, kept, tables];
  }

  static async open(options: WriterOptions): Promise<OpenDataWriter> {
    await mkdir(options.outFolder, { recursive: true });
    return new OpenDataWriter(options, await Tables.open(join(options.outFolder, DATA_FOLDER)));
  }

  /**
   * @param record of a case's current letter; a superseded letter has a page and nothing else
   * @param file as listDeterminationFiles gives it
   * @param hash of the determination as it was parsed, if it was
   */
  async add(record: Determination, file: string, hash?: string): Promise<void> {
    writeCaseJson(record, this.#outFolder, this.#address, { kept: this.#kept, hash });
    for (const row of caseRow(record, file).decisions) {
      const decision = record.decisions[row.number - 1]!;
      await this.#tables.add({ record, decision, number: row.number, address: this.#address });
      this.#feeds.add(row, decision.rationale);
      this.#days.add(row);
      this.#values.add(row);
    }
    this.#cases += 1;
    this.#decisions += record.decisions.length;
    const day = record.decisionDate;
    if (day === undefined) this.#undated += record.decisions.length;
    else {
      if (this.#first === undefined || day < this.#first) this.#first = day;
      if (this.#last === undefined || day > this.#last) this.#last = day;
    }
  }

  async finish(removed: RemovedCases = new Map()): Promise<WrittenData> {
    const files = await this.#tables.finish(removed);
    const trees = this.#values.browse();
    this.#feeds.write(trees, this.#outFolder, this.#address);
    const days = this.#first === undefined || this.#last === undefined ? {} : { days: { first: this.#first, last: this.#last } };
    return { manifest: { decisions: this.#decisions, cases: this.#cases, ...days, undated: this.#undated, files }, days: this.#days.pages(trees) };
  }

  /** After an error: lets go of the files, which are then of no use. Does nothing after finish. */
  abandon(): void {
    this.#tables.abandon();
  }
}

/** One decision for each value of a facet. The addresses of the values' pages depend on which values there are and on nothing else. */
class Values {
  readonly #seen = new Map<FacetName, Set<string>>(FACETS.map(({ name }) => [name, new Set()]));
  readonly #decisions: DecisionRow[] = [];

  add(decision: DecisionRow): void {
    let isNew = false;
    for (const [name, seen] of this.#seen) {
      for (const value of decision.values[name]) {
        isNew ||= !seen.has(value);
        seen.add(value);
      }
    }
    if (isNew) this.#decisions.push(decision);
  }

  browse(): Browse {
    return browse({ decisions: this.#decisions });
  }
}
