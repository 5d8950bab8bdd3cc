/** Serves a built site as a plain web server would: files, folders by their index.html, 404.html for the rest. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/**
 * @param folder a built site
 * @param base path below which it was built, with slashes at both ends
 * @throws Error in words when the port is taken
 */
export async function serveSite(folder: string, port: number, base = '/'): Promise<Server> {
  const files = sirv(folder, { dev: true });
  const notFound = await readFile(join(folder, '404.html'));
  const server = createServer((request, response) => {
    const missing = () => {
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(notFound);
    };
    if (!request.url?.startsWith(base)) return missing();
    request.url = request.url.slice(base.length - 1);
    files(request, response, missing);
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use. Stop what runs there, or give --port another number.`) : error);
    });
    server.listen(port, 'localhost', () => resolve(server));
  });
}
