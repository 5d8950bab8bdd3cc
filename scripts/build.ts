/** `npm run build`: determinations to a site. */
import { parseArgs } from 'node:util';
import { count } from '../src/words.ts';
import { accountsText } from './site/accounts.ts';
import { buildSite } from './site/build.ts';

const USAGE = `Usage: npm run build [-- --content <content folder>] [--out <folder>]

  --content  a folder with determinations/, as the import writes it (default: content)
  --out      where the site goes (default: dist); what is there stays until the new site is complete`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { content: { type: 'string', default: 'content' }, out: { type: 'string', default: 'dist' }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { cases, decisions, accounts, notices } = await buildSite({ content: values.content, out: values.out });
  for (const notice of notices) console.error(notice);
  if (accounts) console.log(accountsText(accounts));
  console.log(`${count(cases, 'case')}, ${count(decisions, 'decision')}: ${values.out}`);
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
