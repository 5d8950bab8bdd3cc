/**
 * The layouts of letters, as data. A layout is a row: how it is recognised, which headings begin which section,
 * which labels name which field. To add one: a row here and a folder in tests/fixtures/letters.
 *
 * Headings and labels are compared by their letters alone, in upper case, so that lost blanks, colons and bullets do not matter.
 */
import type { DecisionOutcome } from '../../src/determinations/record.ts';

export type SectionName = 'header' | 'method' | 'clinicalSummary' | 'documentsReviewed' | 'decisions';
export type DateField = 'decisionDate' | 'dateAssigned' | 'dateOfInjury' | 'urDenialDate' | 'applicationReceived';
export type HeaderField = 'caseNumber' | 'priority' | DateField;
export type CredentialField = 'licensure' | 'specialty';
export type DecisionField = 'claimsAdministratorGuidelineText' | 'reviewerGuidelineText' | 'rationale';

export interface Layout {
  /** Goes into the record; a public name. */
  name: string;
  /** Sections in the order in which they come. The first begins with the text. A section that is `optional` may be missing. */
  sections: readonly { name: SectionName; heading?: string; optional?: true; leadIn?: string }[];
  /** Labels of the header table. A value may stand after its label, below it, or after all labels of its column. */
  header: readonly { label: string; /** What is left of a label that wraps in its cell. */ cut?: string; field: HeaderField }[];
  /** Labels in the method section. */
  credentials: readonly { label: string; field: CredentialField }[];
  /** One disputed item: `<request>: <outcome>`, then these fields. */
  decision: {
    outcomes: Readonly<Record<string, DecisionOutcome>>;
    fields: readonly { label: string; field: DecisionField; words: string }[];
  };
}

export const LAYOUTS: readonly Layout[] = [
  {
    name: 'imr-issues-decisions-and-rationales',
    sections: [
      { name: 'header' },
      { name: 'method', heading: 'HOW THE IMR FINAL DETERMINATION WAS MADE' },
      { name: 'clinicalSummary', heading: 'CLINICAL CASE SUMMARY', leadIn: 'including all medical records:' },
      { name: 'decisions', heading: 'IMR ISSUES, DECISIONS AND RATIONALES', leadIn: 'set forth below:' },
    ],
    header: [
      { label: 'Case Number', field: 'caseNumber' },
      { label: 'Date Assigned', field: 'dateAssigned' },
      { label: 'Date of Injury', field: 'dateOfInjury' },
      { label: 'Decision Date', field: 'decisionDate' },
      { label: 'UR Denial Date', field: 'urDenialDate' },
      { label: 'Priority', field: 'priority' },
      { label: 'Application Received', cut: 'Application', field: 'applicationReceived' },
    ],
    credentials: [
      { label: 'State(s) of Licensure', field: 'licensure' },
      { label: 'Certification(s)/Specialty', field: 'specialty' },
    ],
    decision: {
      outcomes: { Upheld: 'upheld', Overturned: 'overturned' },
      fields: [
        { label: 'Claims Administrator guideline', field: 'claimsAdministratorGuidelineText', words: "claims administrator's guideline" },
        { label: 'MAXIMUS guideline', field: 'reviewerGuidelineText', words: "reviewer's guideline" },
        { label: 'Decision rationale', field: 'rationale', words: 'rationale' },
      ],
    },
  },
];
