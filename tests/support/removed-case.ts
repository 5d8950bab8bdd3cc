/** An invented case that is there to be removed: two decisions and a superseded letter, with a word in every text that nothing else has. */
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { determinationFile, supersededFile } from '../../src/determinations/store.ts';
import { inventedDecision, inventedDetermination } from './determinations.ts';

export const RARE = 'zyrquaxol';
/** Of the case's number. */
export const DIGITS = '0009017';

export const CURRENT: Determination = inventedDetermination({
  caseNumber: `CM00-${DIGITS}`,
  decisionDate: '2025-12-30',
  specialty: [`Invented ${RARE} Medicine`],
  specialtyAsPrinted: [`Invented ${RARE} medicine`],
  decisions: [
    inventedDecision({ request: `${RARE} patch 17 mg`, drugs: [RARE], outcome: 'overturned', rationale: [`The invented worker took ${RARE} for nine weeks.`] }),
    inventedDecision({ request: `Brace for ${RARE}`, claimsAdministratorGuidelineText: [`A ${RARE} guideline.`], guidelines: [{ source: 'other', chapter: `The ${RARE} book` }], reviewerGuidelineText: [`A guideline on ${RARE}.`], rationale: [`Nobody knows ${RARE}.`] }),
  ],
  clinicalSummary: [`An invented summary with ${RARE} in it.`],
  documentsReviewed: [`A list of ${RARE}.`],
  source: { file: `${RARE}.pdf`, sha256: 'e'.repeat(64), layout: 'imr-issues-decisions-and-rationales' },
});
export const OLDER: Determination = { ...CURRENT, decisionDate: '2015-11-30', source: { ...CURRENT.source, sha256: 'd'.repeat(64) }, supersededBy: { decisionDate: '2025-12-30', file: CURRENT.source.file } };

/** An entry of removed.yaml. */
export function removalOf(fields: Readonly<Record<string, string>>): string {
  return `- ${JSON.stringify({ date: '2026-01-31', reason: 'It was invented for a test.', ...fields })}\n`;
}

/** The files of determinations, relative to a content folder. */
export function contentOf(...records: readonly Determination[]): Record<string, string> {
  return Object.fromEntries(records.map((record) => [record.supersededBy ? supersededFile({ caseNumber: record.caseNumber!, sha256: record.source.sha256 }) : determinationFile(record), stringifyDetermination(record)]));
}
