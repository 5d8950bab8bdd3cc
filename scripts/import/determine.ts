/** One letter's bytes to its determination: the phases of the import in their order. */
import { createHash } from 'node:crypto';
import { caseOutcome } from '../../src/determinations/record.ts';
import type { Decision, Determination, GuidelineCitation, Paragraphs } from '../../src/determinations/record.ts';
import { cleanLines } from '../letters/clean.ts';
import type { Line } from '../letters/clean.ts';
import type { PrintedDecision } from '../letters/decisions.ts';
import { LAYOUTS } from '../letters/layouts.ts';
import { parseLetter } from '../letters/parse.ts';
import { UnreadableError, doubt, serious } from '../letters/problem.ts';
import type { Problem } from '../letters/problem.ts';
import { letterText } from '../letters/read.ts';
import { recogniseLayout } from '../letters/recognise.ts';
import { fileNameProblem, identifiersInFileName, neutralFileName } from '../privacy/file-name.ts';
import { REDACTED, countFindings, markIdentifiers, privacyProblem, redactionNotes, redactionWords, unmarked, unplacedProblem } from '../privacy/redact.ts';
import type { Finding, FindingCounts } from '../privacy/redact.ts';
import { readCitations } from '../understanding/citations.ts';
import { readLicensure, readSpecialties } from '../understanding/credentials.ts';
import { readPatient } from '../understanding/patient.ts';
import { readService } from '../understanding/services.ts';

export interface Reading {
  sha256: string;
  /** Undefined when a problem is serious. Has no id yet: whether a file's name can be the id depends on the other letters. */
  record?: Omit<Determination, 'id'>;
  problems: Problem[];
  /** Identifiers by kind: what was redacted, or what keeps the letter from being published. */
  privacy?: FindingCounts;
  /** Where the name of its file identifies a person: the name in the record. */
  shownAs?: string;
}

export interface DetermineOptions {
  /** Identifiers are replaced by [redacted]; else one is a serious problem. */
  redact?: boolean;
}

/**
 * Reads a letter. Never throws: what cannot be read is a serious problem.
 * @param file relative name, goes into the record
 */
export async function determine(bytes: Uint8Array, file: string, { redact = false }: DetermineOptions = {}): Promise<Reading> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    const { text, hidden } = await letterText(bytes);
    const { lines, findings } = markIdentifiers(cleanLines(text), hidden);
    return { sha256, ...guard(understand(lines, file, sha256), findings, { file, sha256, redact }) };
  } catch (error) {
    if (error instanceof UnreadableError) return { sha256, problems: [serious(error.code, error.message)] };
    return { sha256, problems: [serious('importer-failed', `the importer failed on it (${error instanceof Error ? error.name : 'no error'}). Please report this with the letter`)] };
  }
}

/**
 * What may be published of a reading. Its texts and the words of its problems have marks where the letter has identifiers; none is left afterwards.
 * A letter that could not be read has its own problem first.
 */
function guard({ record, problems }: Understood, findings: readonly Finding[], { file, sha256, redact }: { file: string; sha256: string; redact: boolean }): Omit<Reading, 'sha256'> {
  const inName = identifiersInFileName(file);
  if (findings.length === 0 && inName.length === 0) return { ...(record ? { record } : {}), problems };
  const privacy = countFindings([...findings, ...inName.map((kind) => ({ kind }))]);
  if (!record) return { problems: unmarked(problems) };
  if (!redact) return { problems: [...(findings.length > 0 ? [privacyProblem(findings, record)] : []), ...(inName.length > 0 ? [fileNameProblem(inName)] : [])], privacy };
  const stays = unplacedProblem(findings);
  if (stays) return { problems: [stays], privacy };
  const notes = [...redactionNotes(findings, record), ...inName.map((kind) => doubt(REDACTED, redactionWords(kind, 1, "in the name of the letter's file")))];
  const shownAs = inName.length > 0 ? neutralFileName(file, sha256) : file;
  const redacted = { ...unmarked(record), source: { ...record.source, file: shownAs }, notes: [...unmarked(record.notes ?? []), ...notes.map(({ words }) => words)] };
  return { record: redacted, problems: [...unmarked(problems), ...notes], privacy, ...(shownAs === file ? {} : { shownAs }) };
}

type Understood = Pick<Reading, 'record' | 'problems'>;

function understand(lines: readonly Line[], file: string, sha256: string): Understood {
  const recognised = recogniseLayout(lines);
  if (!recognised) {
    const first = lines.find((line) => line.text);
    const known = LAYOUTS.map((layout) => layout.name).join(', ');
    return { problems: [serious('unknown-layout', `its layout is not one of those known (${known})`, first?.number)] };
  }
  const { problems, ...printed } = parseLetter(recognised);
  if (problems.some((problem) => problem.severity === 'serious')) return { problems };

  const clinicalSummary = printed.clinicalSummary;
  const { specialties, asPrinted } = readSpecialties(printed.specialty);
  const licensure = readLicensure(printed.licensure);
  if (specialties.length === 0) problems.push(doubt('no-specialty', "The letter does not name the reviewer's specialty."));
  if (licensure.length === 0) problems.push(doubt('no-licensure', "The letter does not name the state of the reviewer's licence."));
  const { age, sex } = readPatient(clinicalSummary.join(' '));
  const decisions = printed.decisions.map((decision, index) => understandDecision(decision, index + 1, clinicalSummary, problems));
  const record: Omit<Determination, 'id'> = {
    ...(printed.caseNumber ? { caseNumber: printed.caseNumber } : {}),
    outcome: caseOutcome(decisions),
    decisionDate: printed.decisionDate,
    dateAssigned: printed.dateAssigned,
    dateOfInjury: printed.dateOfInjury,
    urDenialDate: printed.urDenialDate,
    applicationReceived: printed.applicationReceived,
    priority: printed.priority,
    licensure,
    specialty: specialties,
    ...(asPrinted ? { specialtyAsPrinted: asPrinted } : {}),
    patient: { ...(age === null ? {} : { age }), ...(sex === null ? {} : { sex }) },
    decisions,
    source: { file, sha256, layout: recognised.layout.name },
    notes: problems.map((problem) => problem.words),
    clinicalSummary,
    ...(printed.documentsReviewed ? { documentsReviewed: printed.documentsReviewed } : {}),
  };
  return { record, problems };
}

function understandDecision(printed: PrintedDecision, number: number, clinicalSummary: Paragraphs, problems: Problem[]): Decision {
  const service = readService(printed.request, { rationale: printed.rationale.join(' '), clinicalSummary: clinicalSummary.join(' ') });
  if (service.doubt) problems.push(doubt('service-unclear', `Decision ${number}: ${service.doubt}`));
  return {
    request: printed.request,
    outcome: printed.outcome,
    service: { category: service.category, subcategory: service.subcategory },
    ...(service.drugs.length > 0 ? { drugs: service.drugs } : {}),
    ...(service.bodyParts.length > 0 ? { bodyParts: service.bodyParts } : {}),
    guidelines: citations(printed.reviewerGuidelineText),
    claimsAdministratorGuidelines: citations(printed.claimsAdministratorGuidelineText),
    claimsAdministratorGuidelineText: printed.claimsAdministratorGuidelineText,
    reviewerGuidelineText: printed.reviewerGuidelineText,
    rationale: printed.rationale,
  };
}

function citations(printed: Paragraphs): GuidelineCitation[] {
  return readCitations(printed.join(' ')).map(({ source, chapter, year, sections }) => ({
    source,
    ...(chapter === null ? {} : { chapter }),
    ...(year === null ? {} : { year }),
    ...(sections.length > 0 ? { sections } : {}),
  }));
}
