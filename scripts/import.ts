/** `npm run import`: letters to determinations. The contents page of the import is scripts/import/determine.ts. */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inventedAmong } from '../src/determinations/record.ts';
import { count } from '../src/words.ts';
import { LETTER_MEMORY, LETTER_TIMEOUT, startReaders } from './import/readers.ts';
import { showProgress } from './progress.ts';

const USAGE = `Usage: npm run import -- --from <letter or folder> [--to <content folder>] [--strict] [--redact] [--seconds <number>] [--memory <MB>]

  --from    a letter (PDF or text) or a folder of letters, with its subfolders
  --to      where determinations/ and import-report.json go (default: content)
  --strict  exit with 2 when a letter was quarantined
  --redact  replace names, numbers and addresses of persons by [redacted]; without it, a letter that has any is quarantined
  --seconds longest time for one letter (default: ${LETTER_TIMEOUT / 1000})
  --memory  most memory for reading one letter, in MB (default: ${LETTER_MEMORY})`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string', default: 'content' }, strict: { type: 'boolean', default: false }, redact: { type: 'boolean', default: false }, seconds: { type: 'string', default: String(LETTER_TIMEOUT / 1000) }, memory: { type: 'string', default: String(LETTER_MEMORY) }, help: { type: 'boolean', default: false } } });
  if (values.help || values.from === undefined) {
    console.error(values.help ? USAGE : `--from is missing.\n\n${USAGE}`);
    return values.help ? 0 : 1;
  }
  const { from, to, strict, redact } = values;
  const limits = { letterTimeout: 1000 * numberOf('--seconds', values.seconds, 1, 3600), letterMemory: numberOf('--memory', values.memory, 128, 4096) };
  enableCompileCache();
  // Where nothing was imported before, everything will have to be read: the reading processes start while this one still loads its modules.
  const readers = existsSync(join(to, 'determinations')) ? undefined : startReaders(limits);
  const { importLetters } = await import('./import/run.ts');
  const { counts, corpus, others, letters } = await importLetters({ from, to, redact, readers, ...limits, onProgress: showProgress('letters') }).finally(() => readers?.close());
  for (const { file, reason, line } of letters.filter((entry) => entry.result === 'quarantined')) {
    console.error(`quarantined ${file}${line === undefined ? '' : `, line ${line}`}: ${reason}`);
  }
  if (others.length > 0) console.log(`${others.length} other file(s) are not letters (.pdf, .txt) and were not read: ${others.slice(0, 5).join(', ')}${others.length > 5 ? ', ...' : ''}`);
  console.log(`${counts.read} read = ${counts.written} written + ${counts.unchanged} unchanged + ${counts.duplicate} duplicate + ${counts.quarantined} quarantined + ${counts.removed} removed`);
  if (redact) console.log(`Redacted in the content folder’s letters: ${corpus.privacy.reduce((sum, { redacted }) => sum + redacted, 0)} identifier(s); each letter’s notes say of what kind and where.`);
  const invented = inventedAmong(letters.filter(({ result }) => result === 'published'));
  if (invented.part === 'some') console.log(`${to} holds ${count(invented.number, 'invented letter')}, most likely the sample's, and the site will show them among the others and say so. For a site of your letters alone, import with --to and another folder.`);
  if (corpus.superseded.length > 0) console.log(`${corpus.superseded.length} older letter(s) of a case that has a newer one are kept as superseded.`);
  if (counts.read > 0) console.log(`What the letters are and what was unsure: ${join(to, 'import-report.md')}`);
  if (counts.read === 0) console.error(`There is no letter (.pdf, .txt) in ${from}.`);
  if (counts.written + counts.unchanged + counts.duplicate + counts.removed === 0) return 1;
  return strict && counts.quarantined > 0 ? 2 : 0;
}

/** @throws Error in words when an option is no number from `least` to `most` */
function numberOf(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= least && number <= most)) throw new Error(`${option} must be a number from ${least} to ${most}, not "${text}".`);
  return number;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
