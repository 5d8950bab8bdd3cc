/**
 * All determinations of a content folder, as the pages need them: one light row a case, read once a build.
 * Of texts only what speaks for a decision in lists is kept; the page of a case reads its own file.
 */
import { resolve } from 'node:path';
import { facetValues } from './facet-values.ts';
import { FACETS } from './facets.ts';
import type { FacetName } from './facets.ts';
import type { CaseOutcome, DecisionOutcome, Determination, DeterminationFields, GuidelineCitation, Quotation, Reason } from './determinations/record.ts';
import { DeterminationError } from './determinations/error.ts';
import { compareText, inventedAmong } from './determinations/record.ts';
import { readRemovedCases } from './determinations/removed.ts';
import type { RemovedCase } from './determinations/removed.ts';
import { listDeterminationFiles, listSupersededFiles, readDetermination, readDeterminationFields } from './determinations/store.ts';

export interface DecisionRow {
  case: CaseRow;
  /** Counted from 1. */
  number: number;
  request: string;
  outcome: DecisionOutcome;
  /** Values with their ancestors. */
  values: Record<FacetName, string[]>;
  /** As the record has them, of both sides. */
  cited: { reviewer: GuidelineCitation[]; claimsAdministrator: GuidelineCitation[] };
  /** In the order of the rationale. */
  reasons: Reason[];
  /** Of a decision that was overturned, if it has telling words. */
  quote?: Quotation | undefined;
}

export interface CaseRow {
  id: string;
  caseNumber?: string;
  /** Relative to the content folder; what readCase takes. */
  file: string;
  outcome: CaseOutcome;
  decisionDate?: string;
  decisions: DecisionRow[];
  /** Its older letters, newest first. They have pages and nothing else: no list, count or search knows them. Left out where there are none. */
  superseded?: SupersededLetter[];
}

/** A letter that a newer one of its case has superseded. */
export interface SupersededLetter {
  caseNumber: string;
  /** As of a case. */
  file: string;
  decisionDate?: string;
  sha256: string;
}

export interface Corpus {
  /** Newest decision first, undated last; then by id. */
  cases: CaseRow[];
  /** In the order of the cases, then of the letter. */
  decisions: DecisionRow[];
  /** Whether letters are invented ones, as the sample's are. */
  invented: ReturnType<typeof inventedAmong>['part'];
  /** What the publisher has taken out, newest first. Each has a page that says so, and nothing else. */
  removed: RemovedCase[];
}

/** Reads the content folder that this build is for (environment variable IMR_CONTENT, else `content`). Cached. */
export function loadCorpus(): Promise<Corpus> {
  loaded ??= readCorpus(contentFolder());
  return loaded;
}
let loaded: Promise<Corpus> | undefined;

/** One letter in full: a case's current one, or a superseded one. */
export function readCase(row: Pick<CaseRow, 'file'>): Promise<Determination> {
  return readDetermination(contentFolder(), row.file);
}

/** The content folder that this build is for. */
export function contentFolder(): string {
  return resolve(process.env.IMR_CONTENT ?? 'content');
}

/** @throws DeterminationError for the first damaged file, RemovedFileError */
export async function readCorpus(folder: string): Promise<Corpus> {
  const cases: CaseRow[] = [];
  for (const file of await listDeterminationFiles(folder)) cases.push(caseRow(await readDetermination(folder, file), file));
  cases.sort(byNewest);
  await addSuperseded(folder, cases);
  return {
    cases,
    decisions: cases.flatMap((row) => row.decisions),
    invented: inventedAmong(cases).part,
    removed: [...readRemovedCases(folder).values()],
  };
}

/** A superseded letter is found from its case's page alone, so the case must be there. */
async function addSuperseded(folder: string, cases: readonly CaseRow[]): Promise<void> {
  const files = await listSupersededFiles(folder);
  if (files.length === 0) return;
  const byNumber = new Map(cases.map((row) => [row.caseNumber, row]));
  for (const file of files) {
    const { caseNumber, decisionDate, source } = await readDeterminationFields(folder, file);
    const current = byNumber.get(caseNumber);
    if (caseNumber === undefined || current === undefined) throw new DeterminationError(`${file}: the letter that supersedes it is not here. Import the letters of its case again, or take the file out.`);
    (current.superseded ??= []).push({ caseNumber, file, decisionDate, sha256: source.sha256 });
  }
  for (const { superseded } of cases) superseded?.sort((a, b) => newestFirst(a, b) || compareText(a.file, b.file));
}

/** What is kept of one letter. @param file as listDeterminationFiles gives it */
export function caseRow(record: DeterminationFields & Pick<Determination, 'id'>, file: string): CaseRow {
  const row: CaseRow = { id: record.id, caseNumber: record.caseNumber, file, outcome: record.outcome, decisionDate: record.decisionDate, decisions: [] };
  row.decisions = record.decisions.map((decision, index) => ({
    case: row,
    number: index + 1,
    request: decision.request,
    outcome: decision.outcome,
    values: Object.fromEntries(FACETS.map((facet) => [facet.name, facetValues(facet, record, decision)])) as Record<FacetName, string[]>,
    cited: { reviewer: decision.guidelines, claimsAdministrator: decision.claimsAdministratorGuidelines },
    reasons: decision.reasons ?? [],
    quote: decision.quote,
  }));
  return row;
}

function byNewest(a: CaseRow, b: CaseRow): number {
  return newestFirst(a, b) || compareText(a.id, b.id);
}

/** Undated ones last. */
function newestFirst(a: Pick<CaseRow, 'decisionDate'>, b: Pick<CaseRow, 'decisionDate'>): number {
  return compareText(b.decisionDate ?? '', a.decisionDate ?? '');
}
