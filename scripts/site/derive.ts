/** What a site has besides its pages, made beside them in threads of their own: open data and the search index. */
import { isMainThread, workerData } from 'node:worker_threads';
import workerpool from 'workerpool';
import { addressing } from '../../src/open-data.ts';
import { writeOpenData } from '../data/write.ts';
import type { WrittenData } from '../data/write.ts';
import { buildSearchIndex } from '../index/build.ts';
import type { SearchIndexOptions } from '../index/build.ts';
import { Kept } from './kept.ts';
import type { KeptOptions } from './kept.ts';

/** Where the open data of a content folder go, and what the site's addresses begin with. */
export interface DataOrder {
  contentFolder: string;
  outFolder: string;
  site: string | undefined;
  base: string | undefined;
}

type IndexOrder = Required<Pick<SearchIndexOptions, 'contentFolder' | 'siteFolder' | 'scratchFolder' | 'keptTexts'>>;

/** Called with the number of determinations done and of all. */
type Progress = (done: number, of: number) => void;

export interface Deriver {
  /** @throws as writeOpenData */
  writeData(order: DataOrder, onProgress: Progress): Promise<WrittenData>;
  /** @throws as buildSearchIndex */
  buildIndex(order: IndexOrder, onProgress: Progress): Promise<{ decisions: number }>;
  /** Notes for the next build what this one has made. @param siteFolder complete */
  closeKept(siteFolder: string): Promise<void>;
  close(): Promise<void>;
}

/** What the last site may have already of each. */
export interface DerivedKept {
  data: KeptOptions;
  index: KeptOptions;
}

/**
 * Starts a thread, or two. Whoever does so closes them.
 * @param atOnce both at the same time: in half the time where most is taken over from the last site, but with the memory of both
 */
export function startDeriver(kept: DerivedKept, atOnce: boolean): Deriver {
  const forData = startThread(kept);
  const forIndex = atOnce ? startThread(kept) : forData;
  const threads = [...new Set([forData, forIndex])];
  // One after the other also where nobody waits for the data before the index is asked for.
  let before: Promise<unknown> = Promise.resolve();
  return {
    writeData: (order, onProgress) => {
      const writing = forData.run<WrittenData>('writeData', order, onProgress);
      if (!atOnce) before = writing;
      return writing;
    },
    buildIndex: (order, onProgress) => before.then(() => forIndex.run('buildIndex', order, onProgress)),
    closeKept: async (siteFolder) => void (await Promise.all(threads.map(({ run }) => run('closeKept', siteFolder)))),
    close: async () => void (await Promise.all(threads.map(({ close }) => close()))),
  };
}

function startThread(kept: DerivedKept): { run<Result>(method: string, parameter: unknown, onProgress?: Progress): Promise<Result>; close(): Promise<unknown> } {
  // Where Pagefind ends because a disk is full, it tells where in its code: nobody can use that.
  const env = { ...process.env, RUST_BACKTRACE: '0' };
  const pool = workerpool.pool(import.meta.filename, { workerType: 'thread', maxWorkers: 1, workerThreadOpts: { workerData: kept, env } });
  return {
    run: async <Result>(method: string, parameter: unknown, onProgress: Progress = () => undefined) =>
      (await pool.exec(method, [parameter], { on: ([done, of]: [number, number]) => onProgress(done, of) })) as Result,
    close: async () => pool.terminate(true),
  };
}

if (!isMainThread) {
  const options = workerData as DerivedKept;
  const made: Kept[] = [];
  const keptOf = (part: keyof DerivedKept): Kept => {
    const kept = new Kept(options[part]);
    made.push(kept);
    return kept;
  };
  // Each message takes as long as a tenth of a determination.
  const onProgress: Progress = (done, of) => void ((done % 64 === 0 || done === of) && workerpool.workerEmit([done, of]));
  workerpool.worker({
    writeData: ({ contentFolder, outFolder, site, base }: DataOrder) => writeOpenData({ contentFolder, outFolder, address: addressing(site, base), kept: keptOf('data'), onProgress }),
    buildIndex: (order: IndexOrder) => buildSearchIndex({ ...order, kept: keptOf('index'), onProgress }),
    closeKept: (siteFolder: string) => made.forEach((kept) => kept.close(siteFolder)),
  });
}
