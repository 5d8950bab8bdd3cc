/** Serves a built site as a plain web server would: files, folders by their index.html, 404.html for the rest, text compressed, all with the headers of the site's policy. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import compression from 'compression';
import sirv from 'sirv';
import { POLICY_HEADERS } from '../../src/policy.ts';

/** Both, because `localhost` means either; never an address that other machines reach. */
const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * @param folder a built site
 * @param base path below which it was built, with slashes at both ends
 * @throws Error in words when the port is taken
 */
export async function serveSite(folder: string, port: number, base = '/'): Promise<void> {
  const files = sirv(folder, { dev: true });
  const compress = compression() as unknown as (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  const notFound = await readFile(join(folder, '404.html'));
  const answer: RequestListener = (request, response) => {
    for (const [name, value] of POLICY_HEADERS) response.setHeader(name, value);
    const missing = () => {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(notFound);
    };
    if (!request.url?.startsWith(base)) return missing();
    request.url = request.url.slice(base.length - 1);
    compress(request, response, () => files(request, response, missing));
  };
  const listening = await Promise.all(LOOPBACK.map((address) => listen(answer, port, address)));
  if (!listening.some(Boolean)) throw new Error('This machine has no loopback address to serve on.');
}

/** @returns undefined when the machine has no such address */
function listen(answer: RequestListener, port: number, address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer(answer);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new Error(`Port ${port} is in use. Stop what runs there, or give --port another number.`));
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(undefined);
      else reject(error);
    });
    server.listen(port, address, () => resolve(server));
  });
}
