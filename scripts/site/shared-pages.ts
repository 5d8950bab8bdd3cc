/**
 * Pages that two threads make. Rendering is work for one processor, and a state's worth of letters has tens of thousands of pages: a second thread renders
 * with the bundle that Astro has made for its own. Both take pages from one list, the first from its beginning and the other from its end, until they meet.
 * Astro is asked to render, and not to write: it waits for each folder, each file and its end with a promise, which takes half as long as rendering.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import type { HookParameters, RouteData } from 'astro';

/** What Astro knows of each route's styles, by its own key. */
export type RouteStyles = HookParameters<'astro:build:setup'>['pages'];

export interface SharedPage {
  /** Below the site's base, as Astro has it: `cases/cm00-0000001`. */
  pathname: string;
  /** Below the site's folder. */
  file: string;
  /** The route's file: `src/pages/cases/[case].astro`. */
  component: string;
}

/** Where pages go. */
interface Site {
  base: string;
  outFolder: string;
}

interface Order {
  /** Address of the file that Astro imports to render pages. */
  entry: string;
  styles: RouteStyles;
}

interface Work extends Site {
  entry: string;
  styles: Map<string, { styles: unknown[] }>;
  pages: readonly SharedPage[];
  taken: Int32Array<SharedArrayBuffer>;
}

/** With fewer pages left, the second thread would still read the collection when they are done. */
const WORTH_HELP = 1500;

export class SharedPages<Page extends SharedPage> {
  readonly #pages: readonly Page[];
  readonly #site: Site;
  /** Of each page, whether a thread has taken it. */
  readonly #taken: Int32Array<SharedArrayBuffer>;
  #helping: Promise<void> | undefined;
  #closed = false;

  /** @param pages in the order in which the first thread makes them. @throws Error when two would be one file */
  constructor(pages: readonly Page[], site: Site) {
    const files = new Set<string>();
    for (const { file } of pages) if (files.size === files.add(file).size) throw new Error(`Two pages of the site have the address ${dirname(file)}/. Nothing of it was published.`);
    [this.#pages, this.#site] = [pages, site];
    this.#taken = new Int32Array(new SharedArrayBuffer(4 * pages.length));
  }

  /**
   * Makes pages in this thread until none is left.
   * @param render as Astro does it
   * @returns the number of those that were made here
   * @throws what the code of a page threw
   */
  async make(render: (request: Request, page: Page) => Promise<Response>): Promise<number> {
    let made = 0;
    for (const [place, page] of this.#pages.entries()) {
      if (!take(this.#taken, place)) continue;
      await makePage(page, this.#site, (request) => render(request, page));
      made += 1;
      // Pages are promises and nothing else: without a pause nothing that other threads send would be heard.
      await turn();
    }
    return made;
  }

  /** Starts the second thread if there is enough left for it. */
  help({ entry, styles }: Order): void {
    const left = this.#taken.reduce((sum, taken) => sum + 1 - taken, 0);
    if (this.#closed || left < WORTH_HELP) return;
    const pages = this.#pages.map(({ pathname, file, component }) => ({ pathname, file, component }));
    const work: Work = { ...this.#site, entry, styles: new Map([...styles].map(([key, { styles: ofRoute }]) => [key, { styles: ofRoute }])), pages, taken: this.#taken };
    // Only the thread that lists the pages asks which of them have changed.
    const worker = new Worker(import.meta.filename, { workerData: work, env: { ...process.env, IMR_KEYS: '' } });
    this.#helping = new Promise((done, fail) => {
      worker.once('error', fail).once('exit', (code) => (code === 0 ? done() : fail(new Error(`The second thread that makes pages has ended with ${code}.`))));
    });
    // Told by close.
    this.#helping.catch(() => undefined);
  }

  /** When there are no more pages, or one has failed: waits for the second thread's last page. @throws what the code of one of its pages threw */
  async close(): Promise<void> {
    this.#closed = true;
    // After a failure nobody needs what is left.
    for (let place = 0; place < this.#taken.length; place += 1) take(this.#taken, place);
    await this.#helping;
  }
}

function take(taken: Int32Array<SharedArrayBuffer>, place: number): boolean {
  return Atomics.compareExchange(taken, place, 0, 1) === 0;
}

async function makePage({ pathname, file }: SharedPage, { base, outFolder }: Site, render: (request: Request) => Promise<Response>): Promise<void> {
  const response = await render(new Request(pageAddress(base, pathname)));
  const path = join(outFolder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(await response.arrayBuffer()));
}

/** What Astro would ask for. No page shows the host: what it says of its own address begins with the site's (IMR_SITE). */
function pageAddress(base: string, pathname: string): string {
  return new URL(`${base}/${pathname}/`.replace(/\/+/g, '/'), 'http://localhost/').href;
}

/**
 * What we use of the application in Astro's bundle, as Astro itself does in its thread (createDefaultPrerenderer). It is not Astro's public face, but its
 * version is pinned, and a test holds the pages of both threads against each other.
 */
interface BundledApp {
  manifest: { routes: { routeData: RouteData }[] };
  setInternals(internals: { pagesByKeys: Work['styles'] }): void;
  setOptions(options: { settings: { scripts: [] }; logger: { options: { destination: { write(event: { level: string; message: string }): void } } } }): void;
  render(request: Request, options: { routeData: RouteData }): Promise<Response>;
}

async function helpMaking({ entry, styles, pages, taken, ...site }: Work): Promise<void> {
  const { app } = (await import(entry)) as { app: BundledApp };
  app.setInternals({ pagesByKeys: styles });
  const write = ({ level, message }: { level: string; message: string }): void => void (['warn', 'error'].includes(level) && console.error(message));
  app.setOptions({ settings: { scripts: [] }, logger: { options: { destination: { write } } } });
  const routes = new Map(app.manifest.routes.map(({ routeData }) => [routeData.component, routeData]));
  for (let place = pages.length - 1; place >= 0; place -= 1) {
    if (!take(taken, place)) continue;
    const page = pages[place]!;
    await makePage(page, site, (request) => app.render(request, { routeData: routes.get(page.component)! }));
  }
}

if (!isMainThread) await helpMaking(workerData as Work);
