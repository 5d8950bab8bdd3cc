/** Serves one of the sites that run.ts has built: folder, port, base path. */
import { serveSite } from '../../scripts/site/serve.ts';

const [folder, port, base] = process.argv.slice(2);
await serveSite(folder!, Number(port), base);
