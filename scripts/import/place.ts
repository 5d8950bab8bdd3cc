/**
 * Which determination goes where, and what the letters of one case say of each other. It depends on the letters alone and not on
 * the order in which they came, so that the same letters give the same files.
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseDetermination, stringifyDetermination } from '../../src/determinations/markdown.ts';
import { compareText } from '../../src/determinations/record.ts';
import { determinationFile, supersededFile } from '../../src/determinations/store.ts';
import { caseSlug } from '../../src/urls.ts';
import { SAME_DATE, withoutUndefined } from './report.ts';
import type { LetterEntry } from './report.ts';

/** A determination that wants a place in the content folder. */
export interface Candidate {
  entry: LetterEntry;
  /** Where it lies, if this run has read it. */
  staged?: string;
  /** Where an earlier run has put it, relative to the content folder. */
  standing?: string;
}

/** A candidate with its place in `entry.determination`. */
export interface Placed extends Candidate {
  /** Its file does not say yet what `entry` says of the other letters of its case. */
  outdated: boolean;
}

/**
 * Gives each determination its file. Of several letters of a case the one with the newest decision is current, and the others are
 * superseded by it; of the same day it is the one whose file's name comes first, and both say so. A letter without a case number is
 * named after its file, with a part of its hash when that name is taken.
 */
export function place(candidates: readonly Candidate[]): Placed[] {
  const order = [...candidates].sort((a, b) => compareText(b.entry.decisionDate ?? '', a.entry.decisionDate ?? '') || compareText(a.entry.file, b.entry.file));
  const cases = Map.groupBy(order, ({ entry }) => entry.caseNumber);
  const placed: Placed[] = [];
  const taken = new Set<string>();
  for (const [caseNumber, [current, ...older]] of cases) {
    if (caseNumber === undefined) continue;
    taken.add(caseSlug(caseNumber));
    const { file, decisionDate } = current!.entry;
    const sameDate = older.filter(({ entry }) => entry.decisionDate === decisionDate);
    placed.push(placedAt(current!, determinationFile({ id: caseNumber, decisionDate }), { sameDate: sameDate.length > 0 ? file : undefined }));
    for (const candidate of older) {
      const to = supersededFile({ caseNumber, sha256: candidate.entry.sha256 });
      placed.push(placedAt(candidate, to, { supersededBy: { ...(decisionDate === undefined ? {} : { decisionDate }), file }, sameDate: sameDate.includes(candidate) ? file : undefined }));
    }
  }
  for (const candidate of cases.get(undefined) ?? []) {
    let id = fileId(candidate.entry.file);
    if (taken.has(caseSlug(id))) id = `${id}-${candidate.entry.sha256.slice(0, 8)}`;
    taken.add(caseSlug(id));
    placed.push(placedAt(candidate, determinationFile({ id, decisionDate: candidate.entry.decisionDate }), {}));
  }
  return placed;
}

/** @param others the current letter of its case, when that is another; the current one of two or more that have its date */
function placedAt(candidate: Candidate, determination: string, others: { supersededBy?: LetterEntry['supersededBy']; sameDate?: string }): Placed {
  const { supersededBy: _, doubts: saidBefore = [], ...rest } = candidate.entry;
  const doubts = saidBefore.filter(({ code }) => code !== SAME_DATE.code);
  if (others.sameDate !== undefined) doubts.push({ code: SAME_DATE.code, words: sameDateWords(rest, others.sameDate) });
  const entry = withoutUndefined({ ...rest, determination, supersededBy: others.supersededBy, doubts: doubts.length > 0 ? doubts : undefined });
  const said = ({ supersededBy, doubts }: LetterEntry) => [supersededBy, doubts];
  return { ...candidate, entry, outdated: !isDeepStrictEqual(said(entry), said(candidate.entry)) };
}

function sameDateWords({ file, decisionDate }: LetterEntry, current: string): string {
  const date = decisionDate === undefined ? 'no decision date either' : 'the same decision date';
  const which = file === current ? 'This one is' : `The other one, ${current}, is`;
  return `${SAME_DATE.begin} ${date}. ${which} taken for the current one, because the name of its file comes first.`;
}

/** A file's name as an id: what is safe in a path and an address on every system. */
function fileId(file: string): string {
  const name = basename(file, extname(file));
  const safe = name.normalize('NFKC').replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '').slice(0, 100);
  return safe.replace(/[.-]+$/, '') || 'letter';
}

/**
 * Puts determinations where `place` wants them, and takes away those of earlier imports that no letter stands behind any more: it was
 * changed, moved to another place, or quarantined since.
 * @param staging a folder on the same file system, for what is on its way
 */
export async function putInPlace(contentFolder: string, staging: string, placed: readonly Placed[], earlier: readonly LetterEntry[]): Promise<void> {
  const moves: { from: string; to: string }[] = [];
  // All are written before any is moved, so that a damaged one stops the import while everything is still where it was.
  for (const [index, { entry, staged, standing, outdated }] of placed.entries()) {
    const to = join(contentFolder, entry.determination!);
    const from = staged ?? join(contentFolder, standing!);
    if (outdated) {
      const rewritten = join(staging, `rewritten-${index}.md`);
      await rewrite(from, rewritten, entry);
      moves.push({ from: rewritten, to });
    } else if (from !== to) moves.push({ from, to });
  }
  // A name may go from one letter to another, so all that change their place leave it before any takes a new one.
  for (const [index, move] of moves.entries()) {
    if (dirname(move.from) === staging) continue;
    const moving = join(staging, `moving-${index}.md`);
    await rename(move.from, moving);
    move.from = moving;
  }
  for (const { from, to } of moves) {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  }
  const current = new Set(placed.map(({ entry }) => entry.determination));
  for (const { determination } of earlier) {
    if (determination !== undefined && !current.has(determination)) await rm(join(contentFolder, determination), { force: true });
  }
}

/** Writes a determination once more, with what its entry says of the other letters of its case. */
async function rewrite(from: string, to: string, { supersededBy, doubts = [] }: LetterEntry): Promise<void> {
  const { id: _, notes: saidBefore = [], ...record } = parseDetermination(await readFile(from, 'utf8'), '', from);
  const notes = saidBefore.filter((note) => !note.startsWith(SAME_DATE.begin));
  for (const { code, words } of doubts) if (code === SAME_DATE.code) notes.push(words);
  await writeFile(to, stringifyDetermination({ ...record, supersededBy, notes }));
}
