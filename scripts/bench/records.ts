/** The decisions of a content folder as flat records, the same for every engine that is compared. */
import type { Determination } from '../../src/determinations/record.ts';
import { listDeterminationFiles, readDetermination } from '../../src/determinations/store.ts';
import { facetValues } from '../../src/facet-values.ts';
import { FACETS } from '../../src/facets.ts';
import type { FacetName } from '../../src/facets.ts';

export interface DecisionRecord {
  /** `CM00-0000117.2`: the second decision of that case. */
  id: string;
  caseId: string;
  /** Counted from 1. */
  number: number;
  request: string;
  rationale: string;
  /** What both sides cited, as printed. */
  guidelines: string;
  /** The case's; the same for each of its decisions. */
  summary: string;
  /** Service, drugs and body parts, in words. */
  subject: string;
  /** Values with their ancestors. */
  facets: Record<FacetName, string[]>;
}

/** Reads all decisions of a content folder, in the order of its files. */
export async function readRecords(contentFolder: string): Promise<DecisionRecord[]> {
  const records: DecisionRecord[] = [];
  for (const file of await listDeterminationFiles(contentFolder)) records.push(...recordsOf(await readDetermination(contentFolder, file)));
  return records;
}

/** The decisions of one letter. */
export function recordsOf(determination: Determination): DecisionRecord[] {
  return determination.decisions.map((decision, index) => {
    const { request, rationale, reviewerGuidelineText, claimsAdministratorGuidelineText, service, drugs = [], bodyParts = [] } = decision;
    return {
      id: decisionId(determination.id, index + 1),
      caseId: determination.id,
      number: index + 1,
      request,
      rationale: rationale.join(' '),
      guidelines: [...reviewerGuidelineText, ...claimsAdministratorGuidelineText].join(' '),
      summary: determination.clinicalSummary.join(' '),
      subject: [service.category, service.subcategory, ...drugs, ...bodyParts].join('; '),
      facets: Object.fromEntries(FACETS.map((facet) => [facet.name, facetValues(facet, determination, decision)])) as Record<FacetName, string[]>,
    };
  });
}

/** @param number counted from 1 */
export function decisionId(caseId: string, number: number): string {
  return `${caseId}.${number}`;
}
