/** What a site has besides its pages, made beside them in a thread of its own: open data, then the search index. */
import { isMainThread } from 'node:worker_threads';
import workerpool from 'workerpool';
import { addressing } from '../../src/open-data.ts';
import { writeOpenData } from '../data/write.ts';
import type { WrittenData } from '../data/write.ts';
import { buildSearchIndex } from '../index/build.ts';

/** Where the open data of a content folder go, and what the site's addresses begin with. */
export interface DataOrder {
  contentFolder: string;
  outFolder: string;
  site: string | undefined;
  base: string | undefined;
}

/** Called with the number of determinations done and of all. */
type Progress = (done: number, of: number) => void;

export interface Deriver {
  /** @throws as writeOpenData */
  writeData(order: DataOrder, onProgress: Progress): Promise<WrittenData>;
  /** @throws as buildSearchIndex */
  buildIndex(order: { contentFolder: string; siteFolder: string }, onProgress: Progress): Promise<{ decisions: number }>;
  close(): Promise<void>;
}

/** Starts the thread. Whoever does so closes it. */
export function startDeriver(): Deriver {
  const pool = workerpool.pool(import.meta.filename, { workerType: 'thread', maxWorkers: 1 });
  const run = async <Result>(method: string, order: object, onProgress: Progress): Promise<Result> =>
    (await pool.exec(method, [order], { on: ([done, of]: [number, number]) => onProgress(done, of) })) as Result;
  return {
    writeData: (order, onProgress) => run('writeData', order, onProgress),
    buildIndex: (order, onProgress) => run('buildIndex', order, onProgress),
    close: async () => void (await pool.terminate(true)),
  };
}

if (!isMainThread) {
  const onProgress: Progress = (done, of) => workerpool.workerEmit([done, of]);
  workerpool.worker({
    writeData: ({ contentFolder, outFolder, site, base }: DataOrder) => writeOpenData({ contentFolder, outFolder, address: addressing(site, base), onProgress }),
    buildIndex: (order: { contentFolder: string; siteFolder: string }) => buildSearchIndex({ ...order, onProgress }),
  });
}
