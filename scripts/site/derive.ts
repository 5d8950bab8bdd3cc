/** What a site has besides its pages, made beside them in a thread of its own: open data, then the search index. */
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

/** Starts the thread. Whoever does so closes it. @param kept of what the last site may have already */
export function startDeriver(kept: KeptOptions): Deriver {
  // Where Pagefind ends because a disk is full, it tells where in its code: nobody can use that.
  const env = { ...process.env, RUST_BACKTRACE: '0' };
  const pool = workerpool.pool(import.meta.filename, { workerType: 'thread', maxWorkers: 1, workerThreadOpts: { workerData: kept, env } });
  const run = async <Result>(method: string, parameters: unknown[], onProgress: Progress = () => undefined): Promise<Result> =>
    (await pool.exec(method, parameters, { on: ([done, of]: [number, number]) => onProgress(done, of) })) as Result;
  return {
    writeData: (order, onProgress) => run('writeData', [order], onProgress),
    buildIndex: (order, onProgress) => run('buildIndex', [order], onProgress),
    closeKept: (siteFolder) => run('closeKept', [siteFolder]),
    close: async () => void (await pool.terminate(true)),
  };
}

if (!isMainThread) {
  const kept = new Kept(workerData as KeptOptions);
  // Each message takes as long as a tenth of a determination.
  const onProgress: Progress = (done, of) => void ((done % 64 === 0 || done === of) && workerpool.workerEmit([done, of]));
  workerpool.worker({
    writeData: ({ contentFolder, outFolder, site, base }: DataOrder) => writeOpenData({ contentFolder, outFolder, address: addressing(site, base), kept, onProgress }),
    buildIndex: (order: IndexOrder) => buildSearchIndex({ ...order, kept, onProgress }),
    closeKept: (siteFolder: string) => kept.close(siteFolder),
  });
}
