/** A web server of a bench's own: any free port, text gzipped as web servers do, and an end. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Types that are text, and so are sent gzipped. The index's own files are packed already. */
const TEXT = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);
const OTHER = 'application/octet-stream';
const pack = promisify(gzip);

export interface RunningServer {
  /** With a slash at its end. */
  url: string;
  close(): Promise<void>;
}

/** A line that is slower than this machine's own: bytes a second, and milliseconds there and back. */
export interface Line {
  throughput: number;
  latency: number;
}

/**
 * Serves a folder at the root of a loopback address.
 * @param packed whether text is gzipped, which every browser accepts
 * @param line what all answers share; here and not in the browser, which slows down only what the page itself asks for, and not its workers
 */
export async function serveFolder(folder: string, packed: boolean, line?: Line): Promise<RunningServer> {
  /** When the line will have carried everything that was given to it, in milliseconds. */
  let carried = 0;
  const wait = async (bytes: number): Promise<void> => {
    if (!line) return;
    carried = Math.max(carried, performance.now()) + (bytes / line.throughput) * 1000;
    await setTimeout(carried - performance.now() + line.latency);
  };
  // Packed once, so that the time of a request is not the time of packing.
  const bodies = new Map<string, Promise<Buffer>>();
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    const type = TEXT.get(extname(file));
    const zipped = packed && type !== undefined;
    const body = bodies.get(file) ?? readFile(file).then((bytes) => (zipped ? pack(bytes) : bytes));
    bodies.set(file, body);
    body.then(
      async (bytes) => {
        await wait(bytes.length);
        response.writeHead(200, { 'Content-Type': type ?? OTHER, 'Content-Length': bytes.length, 'Cache-Control': 'max-age=600', ...(zipped ? { 'Content-Encoding': 'gzip' } : {}) }).end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
