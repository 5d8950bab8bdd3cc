/**
 * `npm run score`: how well the published letters are read, and how much of that rests on having seen them.
 *
 * The vocabulary is made from these letters and from what is known of the field. For the second figure the letters are dealt into five
 * folds; each is read with a vocabulary from which every term is taken that occurs in that fold and in no other. That is less than
 * a reader of the other four folds would have written down, since nobody needs a letter to know that celecoxib is an NSAID:
 * the figure is a lower bound.
 */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { goldLines, scoreLines } from './gold-score.ts';
import type { GoldScore } from './gold-score.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const LETTERS = resolve(PROJECT, '../shared/letters');
const GOLD = { goldFolder: resolve(PROJECT, '../shared/gold'), gold: 'gold-dev.jsonl' };
const FOLDS = 5;
/** Lists that name other entries of the vocabulary instead of printed terms. */
const STRUCTURE = new Set(['madeIntoCreams', 'prevails', 'form', 'editions']);

const scratch = await mkdtemp(join(tmpdir(), 'imr-score-'));
try {
  const whole = join(scratch, 'whole');
  importInto(PROJECT, LETTERS, whole);
  const lines = await goldLines(whole);
  const texts = new Map(lines.map((line) => [(JSON.parse(line) as { source_file: string }).source_file, line]));
  print('whole vocabulary', await scoreLines(lines, { ...GOLD, predictions: join(scratch, 'whole.jsonl') }));

  const files = [...texts.keys()].sort();
  const folded: string[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = files.filter((_file, index) => index % FOLDS === fold);
    const others = normalise(files.filter((file) => !held.includes(file)).map((file) => texts.get(file)!).join(' '));
    const unseen = normalise(held.map((file) => texts.get(file)!).join(' '));
    const project = join(scratch, `project-${fold}`);
    const taken = await projectWithout(project, (term) => unseen.includes(normalise(term)) && !others.includes(normalise(term)));
    const letters = join(scratch, `letters-${fold}`);
    await mkdir(letters);
    for (const file of held) await cp(join(LETTERS, file), join(letters, file));
    importInto(project, letters, join(scratch, `content-${fold}`));
    folded.push(...(await goldLines(join(scratch, `content-${fold}`))));
    console.log(`fold ${fold + 1}: ${held.length} letters read without ${taken} terms`);
  }
  print('five folds, each without the terms that only it has', await scoreLines(folded, { ...GOLD, predictions: join(scratch, 'folds.jsonl') }));
} finally {
  await rm(scratch, { recursive: true, force: true });
}

function importInto(project: string, from: string, to: string): void {
  execFileSync(process.execPath, ['scripts/import.ts', '--from', from, '--to', to, '--redact'], { cwd: project, stdio: 'ignore' });
}

/** Words of a text between blanks, so that a term is found as a whole. */
function normalise(text: string): string {
  return ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `;
}

/** A copy of the importer whose vocabulary lacks some terms. @returns how many */
async function projectWithout(project: string, isTaken: (term: string) => boolean): Promise<number> {
  const vocabulary = join(project, 'content/vocabulary');
  await mkdir(vocabulary, { recursive: true });
  for (const part of ['scripts', 'src', 'package.json', 'package-lock.json']) await cp(join(PROJECT, part), join(project, part), { recursive: true });
  await symlink(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
  let taken = 0;
  const prune = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const kept = value.filter((entry) => {
        const term: unknown = typeof entry === 'object' && entry !== null ? ((entry as Record<string, unknown>).chapter ?? (entry as Record<string, unknown>).term) : entry;
        const goes = typeof term === 'string' && isTaken(term);
        taken += Number(goes);
        return !goes;
      });
      return kept.map(prune);
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, STRUCTURE.has(name) ? field : prune(field)]));
  };
  for (const name of await readdir(join(PROJECT, 'content/vocabulary'))) {
    const data: unknown = load(await readFile(join(PROJECT, 'content/vocabulary', name), 'utf8'));
    if (name === 'drugs.yaml') taken += dropDrugs(data as { classes: Record<string, Record<string, string[]>> }, isTaken);
    await writeFile(join(vocabulary, name), dump(prune(data)));
  }
  return taken;
}

/** Drugs are named by the keys of their class. */
function dropDrugs({ classes }: { classes: Record<string, Record<string, string[]>> }, isTaken: (term: string) => boolean): number {
  let taken = 0;
  for (const drugs of Object.values(classes)) {
    for (const generic of Object.keys(drugs)) {
      if (!isTaken(generic)) continue;
      delete drugs[generic];
      taken += 1;
    }
  }
  return taken;
}

function print(what: string, { predicted, groups, fields }: GoldScore): void {
  const percent = (share: number | null | undefined) => (share === null || share === undefined ? 'n/a' : `${(100 * share).toFixed(2)}%`);
  console.log(`${what}, ${predicted} letters:`);
  for (const [name, share] of Object.entries(groups)) console.log(`  ${name}: ${percent(share)}`);
  for (const name of ['service.category', 'service.subcategory']) console.log(`  ${name}: ${percent(fields[name]?.score)}`);
}
