/**
 * Which determination goes where, and what the letters of one case say of each other. It depends on the letters alone and not on
 * the order in which they came, so that the same letters give the same files.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { parseDetermination } from '../../src/determinations/parse-markdown.ts';
import { compareText } from '../../src/determinations/record.ts';
import { isRemoved } from '../../src/determinations/removed.ts';
import type { RemovedCases } from '../../src/determinations/removed.ts';
import { caseOf, determinationFile, listRemovedFiles, supersededFile } from '../../src/determinations/store.ts';
import { caseSlug } from '../../src/urls.ts';
import { secondName } from '../files.ts';
import type { Change } from './change.ts';
import { SAME_DATE, withoutUndefined } from './report.ts';
import type { LetterEntry } from './report.ts';

/** A determination that wants a place in the content folder, or a letter that was removed before and keeps its name from others. */
export interface Candidate {
  entry: LetterEntry;
  /** Where it lies, if this run has read it. */
  staged?: string;
  /** Where an earlier run has put it, relative to the content folder. */
  standing?: string;
}

/** A candidate with its place in `entry.determination`; that of a removed case has none. */
export interface Placed extends Candidate {
  /** Its file does not say yet what `entry` says of the other letters of its case. */
  outdated: boolean;
}

/** What the publisher has taken out. */
export interface Removals {
  cases: RemovedCases;
  /** By SHA-256, the letters that an earlier import knew under a name that is removed now, and that name. */
  letters: ReadonlyMap<string, string>;
}

/**
 * Finds letters again that are removed, or that are about to be. The name of a letter without a case number depends on the other letters' files, and its number on
 * how it is read, so what was removed once stays so under the name that it had.
 * @param earlier of earlier imports
 */
export function removals(cases: RemovedCases, earlier: readonly LetterEntry[]): Removals {
  const known = earlier.flatMap((entry): [string, string][] => {
    const name = entry.removedAs ?? entry.caseNumber ?? (entry.determination === undefined ? undefined : caseOf(entry.determination));
    return name !== undefined && isRemoved(cases, name) ? [[entry.sha256, name]] : [];
  });
  return { cases, letters: new Map(known) };
}

/**
 * Gives each determination its file, except those of removed cases. Of several letters of a case the one with the newest decision is current, and the others are
 * superseded by it; of the same day it is the one whose file's name comes first, and both say so. A letter without a case number is
 * named after its file, with a part of its hash when that name is taken.
 */
export function place(candidates: readonly Candidate[], removals: Removals): Placed[] {
  const order = [...candidates].sort((a, b) => compareText(b.entry.decisionDate ?? '', a.entry.decisionDate ?? '') || compareText(a.entry.file, b.entry.file));
  const removedAs = ({ entry }: Candidate): string | undefined => removals.letters.get(entry.sha256) ?? (entry.caseNumber !== undefined && isRemoved(removals.cases, entry.caseNumber) ? entry.caseNumber : undefined);
  const cases = Map.groupBy(order.filter((candidate) => removedAs(candidate) === undefined), ({ entry }) => entry.caseNumber);
  const placed: Placed[] = [];
  const taken = new Set<string>();
  for (const candidate of order) {
    const name = removedAs(candidate);
    if (name === undefined) continue;
    taken.add(caseSlug(name));
    placed.push(removedLetter(candidate, name));
  }
  for (const [caseNumber, [current, ...older]] of cases) {
    if (caseNumber === undefined) continue;
    taken.add(caseSlug(caseNumber));
    const { decisionDate } = current!.entry;
    const file = shownName(current!.entry);
    const sameDate = older.filter(({ entry }) => entry.decisionDate === decisionDate);
    placed.push(placedAt(current!, determinationFile({ id: caseNumber, decisionDate }), { sameDate: sameDate.length > 0 ? file : undefined }));
    for (const candidate of older) {
      const to = supersededFile({ caseNumber, sha256: candidate.entry.sha256 });
      placed.push(placedAt(candidate, to, { supersededBy: { ...(decisionDate === undefined ? {} : { decisionDate }), file }, sameDate: sameDate.includes(candidate) ? file : undefined }));
    }
  }
  for (const candidate of cases.get(undefined) ?? []) {
    let id = fileId(shownName(candidate.entry));
    if (taken.has(caseSlug(id))) id = `${id}-${candidate.entry.sha256.slice(0, 8)}`;
    // A stranger knows the hash of his letter too, and may have called another one so.
    for (let [own, number] = [id, 2]; taken.has(caseSlug(id)); number += 1) id = `${own}-${number}`;
    taken.add(caseSlug(id));
    placed.push(isRemoved(removals.cases, id) ? removedLetter(candidate, id) : placedAt(candidate, determinationFile({ id, decisionDate: candidate.entry.decisionDate }), {}));
  }
  return placed;
}

/** Nothing is kept of what it says. */
function removedLetter({ entry: { file, sha256, caseNumber } }: Candidate, removedAs: string): Placed {
  return { entry: withoutUndefined({ file, sha256, result: 'removed', caseNumber, removedAs }), outdated: false };
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

/** The name of a letter's file as the site shows it. */
function shownName({ file, shownAs = file }: LetterEntry): string {
  return shownAs;
}

function sameDateWords(entry: LetterEntry, current: string): string {
  const { decisionDate } = entry;
  const date = decisionDate === undefined ? 'no decision date either' : 'the same decision date';
  const which = shownName(entry) === current ? 'This one is' : `The other one, ${current}, is`;
  return `${SAME_DATE.begin} ${date}. ${which} taken for the current one, because the name of its file comes first.`;
}

/** A file's name as an id: what is safe in a path and an address on every system. */
function fileId(file: string): string {
  const name = basename(file, extname(file));
  const safe = name.normalize('NFKC').replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '').slice(0, 100);
  return safe.replace(/(?<![.-])[.-]+$/, '') || 'letter';
}

/**
 * What must change in a content folder so that determinations lie where `place` wants them, and that those of earlier imports go that no letter stands behind any more: it was
 * changed, moved to another place, quarantined or removed since. Changes nothing but the staging folder.
 */
export async function arrange(contentFolder: string, staging: string, placed: readonly Placed[], earlier: readonly LetterEntry[]): Promise<Change[]> {
  const changes: Change[] = [];
  for (const [index, { entry, staged, standing, outdated }] of placed.entries()) {
    const path = entry.determination;
    if (path === undefined) continue;
    if (outdated) {
      const rewritten = join(staging, `rewritten-${index}.md`);
      await rewrite(staged ?? join(contentFolder, standing!), rewritten, entry);
      changes.push({ path, staged: rewritten });
    } else if (staged !== undefined) changes.push({ path, staged });
    else if (standing !== path) {
      // A name may go from one letter to another, so the old place may be taken before the new one is.
      const moving = join(staging, `moving-${index}.md`);
      secondName(join(contentFolder, standing!), moving);
      changes.push({ path, staged: moving });
    }
  }
  const current = new Set(placed.map(({ entry }) => entry.determination));
  const last = new Set([...earlier.flatMap(({ determination }) => determination ?? []), ...(await listRemovedFiles(contentFolder))]);
  for (const determination of last) if (!current.has(determination)) changes.push({ path: determination });
  return changes;
}

/** Writes a determination once more, with what its entry says of the other letters of its case. */
async function rewrite(from: string, to: string, { supersededBy, doubts = [] }: LetterEntry): Promise<void> {
  const { id: _, notes: saidBefore = [], ...record } = parseDetermination(await readFile(from, 'utf8'), '', from);
  const notes = saidBefore.filter((note) => !note.startsWith(SAME_DATE.begin));
  for (const { code, words } of doubts) if (code === SAME_DATE.code) notes.push(words);
  await writeFile(to, stringifyDetermination({ ...record, supersededBy, notes }));
}
