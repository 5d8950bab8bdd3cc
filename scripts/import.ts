/** `npm run import`: letters to determinations. The contents page of the import is scripts/import/determine.ts. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startReaders } from './import/readers.ts';
import { showProgress } from './progress.ts';

const USAGE = `Usage: npm run import -- --from <letter or folder> [--to <content folder>] [--strict]

  --from    a letter (PDF or text) or a folder of letters, with its subfolders
  --to      where determinations/ and import-report.json go (default: content)
  --strict  exit with 2 when a letter was quarantined`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string', default: 'content' }, strict: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help || values.from === undefined) {
    console.error(values.help ? USAGE : `--from is missing.\n\n${USAGE}`);
    return values.help ? 0 : 1;
  }
  const { from, to, strict } = values;
  enableCompileCache();
  // Where nothing was imported before, everything will have to be read: the reading processes start while this one still loads its modules.
  const readers = existsSync(join(to, 'determinations')) ? undefined : startReaders();
  const { importLetters } = await import('./import/run.ts');
  const { counts, corpus, others, letters } = await importLetters({ from, to, readers, onProgress: showProgress('letters') }).finally(() => readers?.close());
  for (const { file, reason, line } of letters.filter((entry) => entry.result === 'quarantined')) {
    console.error(`quarantined ${file}${line === undefined ? '' : `, line ${line}`}: ${reason}`);
  }
  if (others.length > 0) console.log(`${others.length} other file(s) are not letters (.pdf, .txt) and were not read: ${others.slice(0, 5).join(', ')}${others.length > 5 ? ', ...' : ''}`);
  console.log(`${counts.read} read = ${counts.written} written + ${counts.unchanged} unchanged + ${counts.duplicate} duplicate + ${counts.quarantined} quarantined + ${counts.removed} removed`);
  if (corpus.superseded.length > 0) console.log(`${corpus.superseded.length} older letter(s) of a case that has a newer one are kept as superseded.`);
  if (counts.read > 0) console.log(`What the letters are and what was unsure: ${join(to, 'import-report.md')}`);
  if (counts.read === 0) console.error(`There is no letter (.pdf, .txt) in ${from}.`);
  if (counts.written + counts.unchanged + counts.duplicate === 0) return 1;
  return strict && counts.quarantined > 0 ? 2 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
