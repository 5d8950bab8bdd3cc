/** One letter's bytes to its determination: the phases of the import in their order. */
import { createHash } from 'node:crypto';
import { plainText } from '../../src/determinations/markdown.ts';
import { caseOutcome } from '../../src/determinations/record.ts';
import type { Decision, Determination, GuidelineCitation, Paragraphs } from '../../src/determinations/record.ts';
import { cleanLines } from '../letters/clean.ts';
import type { PrintedDecision } from '../letters/decisions.ts';
import { LAYOUTS } from '../letters/layouts.ts';
import { parseLetter } from '../letters/parse.ts';
import { UnreadableError, doubt, serious } from '../letters/problem.ts';
import type { Problem } from '../letters/problem.ts';
import { letterText } from '../letters/read.ts';
import { recogniseLayout } from '../letters/recognise.ts';
import { readCitations } from '../understanding/citations.ts';
import { readLicensure, readSpecialties } from '../understanding/credentials.ts';
import { readPatient } from '../understanding/patient.ts';
import { readService } from '../understanding/services.ts';

export interface Reading {
  sha256: string;
  /** Undefined when a problem is serious. Has no id yet: whether a file's name can be the id depends on the other letters. */
  record?: Omit<Determination, 'id'>;
  problems: Problem[];
}

/**
 * Reads a letter. Never throws: what cannot be read is a serious problem.
 * @param file relative name, goes into the record
 */
export async function determine(bytes: Uint8Array, file: string): Promise<Reading> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    return { sha256, ...understand(await letterText(bytes), file, sha256) };
  } catch (error) {
    if (error instanceof UnreadableError) return { sha256, problems: [serious(error.code, error.message)] };
    return { sha256, problems: [serious('importer-failed', `the importer failed on it (${error instanceof Error ? error.message : String(error)}). Please report this with the letter`)] };
  }
}

function understand(text: string, file: string, sha256: string): Omit<Reading, 'sha256'> {
  const lines = cleanLines(text);
  const recognised = recogniseLayout(lines);
  if (!recognised) {
    const first = lines.find((line) => line.text);
    const known = LAYOUTS.map((layout) => layout.name).join(', ');
    return { problems: [serious('unknown-layout', `its layout is not one of those known (${known}); it begins "${plainText(first?.text ?? '').slice(0, 100)}"`, first?.number)] };
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
