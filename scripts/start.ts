/** `npm start`: builds the site from a content folder and serves it. */
import { parseArgs } from 'node:util';
import { buildSite } from './site/build.ts';
import { serveSite } from './site/serve.ts';

const USAGE = `Usage: npm start [-- --content <content folder>] [--out <folder>] [--port <number>]

  --content  a folder with determinations/, as the import writes it (default: content)
  --out      where the site goes (default: dist)
  --port     where it is served (default: 4321)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { content: { type: 'string', default: 'content' }, out: { type: 'string', default: 'dist' }, port: { type: 'string', default: '4321' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return console.log(USAGE);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`--port ${values.port} is not a port number (1 to 65535).`);
  const { cases, decisions, notices } = await buildSite({ content: values.content, out: values.out });
  for (const notice of notices) console.error(notice);
  const base = process.env.IMR_BASE ?? '/';
  await serveSite(values.out, port, base);
  console.log(`${cases} cases, ${decisions} decisions: http://localhost:${port}${base}  (stop with Ctrl+C)`);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
