/** Invented letters in every layout, put together from the same decisions, for tests that bend them. */
import { letterBlocks, wrap } from './letters.ts';
import type { Block, InventedDecision } from './letters.ts';

export interface LayoutLetter {
  /** The name of the layout's row. */
  name: string;
  blocks: (decisions: readonly InventedDecision[], width: number) => Block[];
  /** A letter of this layout has no more decisions. */
  most?: number;
  /** The first words of an item, on its first line. */
  opens: (decision: InventedDecision, number: number) => string;
}

const INVENTED = 'This letter was invented for a test: the worker, the reviewer and the case do not exist.';
const CREDENTIALS = 'The physician reviewer is Board Certified in Family Practice and is licensed to practice in California.';
const SUMMARY = 'The injured worker is a 48 year old male who sustained an industrial injury of the right shoulder.';

/** A modified request ends with the verb of its verdict. */
function requestOf({ request }: InventedDecision): string {
  return request.replace(/, is$/, '');
}
function verdictOf({ outcome }: InventedDecision): string {
  return `is ${outcome === 'Overturned' ? '' : 'not '}medically necessary and appropriate.`;
}
function claimsAdministrator({ claimsAdministratorGuideline = 'did not cite any medical evidence for its decision.' }: InventedDecision): string {
  return claimsAdministratorGuideline.startsWith('The Claims Administrator') ? claimsAdministratorGuideline : `The Claims Administrator ${claimsAdministratorGuideline.replace(/^Decision/, 'said: Decision')}`;
}
function reviewer({ reviewerGuideline = 'based his/her decision on the MTUS Shoulder Complaints, page 208.' }: InventedDecision): string {
  return reviewerGuideline.startsWith('The Expert Reviewer') ? reviewerGuideline : `The Expert Reviewer ${reviewerGuideline.replace(/^Decision/, 'said: Decision')}`;
}
function rationale({ rationale: printed, request }: InventedDecision): string {
  return printed ?? `The file does not show why the ${request} is needed now. It is not medically necessary.`;
}

export const LAYOUT_LETTERS: readonly LayoutLetter[] = [
  {
    name: 'imr-issues-decisions-and-rationales',
    blocks: (decisions, width) => letterBlocks({ caseNumber: 'CM00-0000001', decisions, width }),
    opens: ({ request }) => request.slice(0, 20),
  },
  {
    name: 'imr-decisions-and-rationales',
    blocks: (decisions, width) => [
      ['MAXIMUS FEDERAL SERVICES, INC.', 'Independent Medical Review'],
      ['Case Number:   CM00-0000001       Date Assigned:    11/09/2013', 'Date of Injury: 10/13/2012       UR Denial Date:   11/03/2013'],
      ['HOW THE IMR FINAL DETERMINATION WAS MADE', ...wrap(`${INVENTED} ${CREDENTIALS}`, width)],
      ['DOCUMENTS REVIEWED', '\u2022 Application for Independent Medical Review'],
      ['CLINICAL CASE SUMMARY', ...wrap(SUMMARY, width)],
      ['IMR DECISION(S) AND RATIONALE(S)', 'The decisions are set forth below:'],
      ...decisions.flatMap((decision, index) =>
        [`${index + 1}. ${requestOf(decision)} ${verdictOf(decision)}`, claimsAdministrator(decision), reviewer(decision), `The Expert Reviewer's decision rationale: ${rationale(decision)}`].map((text) => wrap(text, width)),
      ),
    ],
    opens: (decision, number) => `${number}. ${requestOf(decision).slice(0, 20)}`,
  },
  {
    name: 'notice-of-independent-medical-review-determination',
    blocks: (decisions, width) => {
      const verdicts = decisions.map((decision, index) => wrap(`${index + 1}) MAXIMUS Federal Services, Inc. has determined the request for ${requestOf(decision)} ${verdictOf(decision)}`, width));
      return [
        ['MAXIMUS FEDERAL SERVICES, INC.', 'Notice of Independent Medical Review Determination'],
        ['Dated: 10/7/2013', 'Employee:   Nobody Invented', 'Date of UR Decision:   8/30/2013', 'MAXIMUS Case Number:   CM00-0000001'],
        ...verdicts,
        ['INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE', ...wrap('An application for Independent Medical Review was filed on 9/6/2013.', width)],
        ...verdicts,
        ['Medical Qualifications of the Expert Reviewer:', ...wrap(`${INVENTED} ${CREDENTIALS}`, width)],
        ['Case Summary:', ...wrap(SUMMARY, width)],
        ['Documents Reviewed for Determination:', '\u2022 Application for Independent Medical Review'],
        ...decisions.flatMap((decision, index) => [
          wrap(`${index + 1}) Regarding the request for ${requestOf(decision)}:`, width),
          wrap(`${claimsAdministrator(decision)} ${reviewer(decision)}`, width),
          ['Rationale for the Decision:', ...wrap(rationale(decision), width)],
        ]),
      ];
    },
    opens: (_, number) => `${number}) MAXIMUS`,
  },
  {
    name: 'medical-professional-review',
    most: 1,
    blocks: ([decision], width) => [
      ['MEDICAL PROFESSIONAL REVIEW'],
      ['ISSUE AT DISPUTE:', ...wrap(requestOf(decision!), width)],
      ['CASE SUMMARY:', ...wrap(`${INVENTED} ${SUMMARY}`, width)],
      ['DOCUMENTS REVIEWED FOR DETERMINATION:', '\u2022 Application for Independent Medical Review'],
      ['MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL', 'REVIEWER AND WHY:', ...wrap(reviewer(decision!), width)],
      [`RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS ${decision!.outcome === 'Overturned' ? '' : 'NOT '}`.trimEnd(), 'MEDICALLY NECESSARY:', ...wrap(rationale(decision!), width)],
      ['MEDICAL REVIEWER QUALIFICATIONS:', ...wrap(CREDENTIALS, width)],
    ],
    opens: (decision) => requestOf(decision).slice(0, 20),
  },
];

/** What is read of a decision of such a letter: a request, and an outcome. */
export function readingOf(name: string, decision: InventedDecision): string {
  return `${name === LAYOUT_LETTERS[0]!.name ? decision.request : requestOf(decision)} => ${(decision.outcome ?? 'Upheld').toLowerCase()}`;
}
