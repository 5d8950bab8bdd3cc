/** Invented letters in the first layout, put together from their parts, for tests that need many of them or need to bend one. */

export interface InventedDecision {
  request: string;
  outcome?: 'Upheld' | 'Overturned';
  claimsAdministratorGuideline?: string;
  reviewerGuideline?: string;
  rationale?: string;
}

export interface InventedLetter {
  caseNumber?: string;
  /** As printed: 12/09/2016. */
  decisionDate?: string;
  licensure?: string;
  specialty?: string;
  summary?: string;
  decisions?: readonly InventedDecision[];
  /** Characters of a line. */
  width?: number;
}

/** Lines that are printed together; a blank line separates blocks. */
export type Block = string[];

const METHOD = 'This letter was invented for a test: the worker, the reviewer and the case do not exist.';
const SUMMARY_LEAD_IN = 'The expert reviewer developed the following clinical case summary based on a review of the case file, including all medical records:';
const DECISIONS_LEAD_IN = 'The Final Determination was based on decisions for the disputed items/services set forth below:';

/** Words as lines of at most `width` characters. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The letter's blocks. Without a case number its header has no line for one; with an empty decision date that cell is empty. */
export function letterBlocks(letter: InventedLetter = {}): Block[] {
  const { caseNumber, decisionDate = '12/09/2016', licensure = 'California', specialty = 'Family Practice', width = 90 } = letter;
  const { summary = 'The injured worker is a 48 year old male who sustained an industrial injury of the right shoulder.', decisions = [{ request: 'MRI of the right shoulder' }] } = letter;
  const paragraph = (text: string): Block => wrap(text, width);
  return [
    [
      ...(caseNumber ? [`Case Number:           ${caseNumber}`] : []),
      'Date Assigned:         11/09/2016                      Date of Injury:      10/13/2015',
      `Decision Date:         ${decisionDate.padEnd(32)}UR Denial Date:      11/03/2016`,
      'Priority:              Standard                        Application          11/04/2016',
      '                                                       Received:',
    ],
    ['                 HOW THE IMR FINAL DETERMINATION WAS MADE', ...wrap(METHOD, width)],
    ['The Expert Reviewer has the following credentials:', `State(s) of Licensure: ${licensure}`, `Certification(s)/Specialty: ${specialty}`],
    ['                              CLINICAL CASE SUMMARY', ...wrap(SUMMARY_LEAD_IN, width)],
    paragraph(summary),
    ['                    IMR ISSUES, DECISIONS AND RATIONALES', ...wrap(DECISIONS_LEAD_IN, width)],
    ...decisions.flatMap((decision) => [
      paragraph(`${decision.request}: ${decision.outcome ?? 'Upheld'}`),
      paragraph(`Claims Administrator guideline: ${decision.claimsAdministratorGuideline ?? 'Decision based on MTUS Shoulder Complaints 2004.'}`),
      paragraph(`MAXIMUS guideline: ${decision.reviewerGuideline ?? 'Decision based on MTUS Shoulder Complaints 2004, Section(s): Special Studies.'}`),
      paragraph(`Decision rationale: ${decision.rationale ?? `The file does not show why the ${decision.request} is needed now. It is not medically necessary.`}`),
    ]),
  ];
}

/** The letter's text with one blank line between its blocks. */
export function letterText(letter: InventedLetter = {}): string {
  return `${letterBlocks(letter).map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** Requests, outcomes and rationales such as workers' compensation letters have; the awkward ones first. */
export const DECISIONS: readonly InventedDecision[] = [
  {
    request: 'Norco 10/325 mg #90 was the original request. The Claims Administrator authorized Norco 10/325 mg #45. The remaining IMR eligible portion of the original request, Norco 10/325 mg #45, is',
    claimsAdministratorGuideline: 'Decision based on MTUS Chronic Pain Medical Treatment 2009, Section(s): Opioids, criteria for use, Weaning of Medications.',
    reviewerGuideline: 'Decision based on MTUS Opioid Treatment 2016.',
    rationale: 'Pain is 8/10 with or without the tablets and no task became easier. A taper over six weeks is under way and can be completed with what was certified. The 45 tablets still in dispute are not medically necessary.',
  },
  {
    request: 'Associated surgical service: cold therapy unit: rental for 7 days',
    claimsAdministratorGuideline: 'The Claims Administrator did not cite any medical evidence for its decision.',
    reviewerGuideline: 'The Expert Reviewer did not cite any medical evidence for its decision.',
    rationale: 'As the requested operation is not medically necessary, neither is the unit that would follow it.',
  },
  {
    request: 'Twelve visits of physical therapy for the lumbar spine, two visits a week for six weeks, with instruction in a home program',
    outcome: 'Overturned',
    claimsAdministratorGuideline: 'The Claims Administrator based their decision on recommendation(s) outside of the MTUS Guidelines. Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Low Back Chapter, Physical therapy.',
    reviewerGuideline: 'Decision based on MTUS Low Back Complaints 2004, Section(s): Physical Methods. Decision based on Non-MTUS Citation Official Disability Guidelines (ODG), Low Back, Physical therapy.',
    rationale: 'After the discectomy of 03/02/2016 no therapy has been given at all. The guideline allows up to sixteen visits in eight weeks after this operation. The request stays below that, the goals are stated, and the therapy is medically necessary.',
  },
  { request: 'EMG/NCV of the bilateral upper extremities', rationale: 'Sensation, reflexes and power were normal. There is nothing that the test could explain, so it is not medically necessary.' },
  { request: 'Lidoderm 5% patch, apply 12 hours on and 12 hours off, #30', rationale: 'Localized neuropathic pain was never described and gabapentin was not tried. The patches are not medically necessary.' },
  { request: 'Re-evaluation with a pain management specialist', outcome: 'Overturned', rationale: 'Two injections have failed and the worker asks about a stimulator. The visit is medically necessary.' },
  { request: 'Retrospective: urine drug screen (date of service 8/2/2016)', rationale: 'Four screens within the year were as expected and the risk was rated low. A fifth was not medically necessary.' },
];
