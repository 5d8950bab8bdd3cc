/**
 * The layouts of letters, as data. A layout is a row: how it is recognised, which headings begin which section,
 * which labels name which field, how its disputed items and their outcomes are printed.
 * To add one: a row here and folders in tests/fixtures/letters.
 *
 * Headings are compared by their letters alone, in upper case; in labels and phrases a blank may be lost or a line may end.
 */
import type { DecisionOutcome } from '../../src/determinations/record.ts';

export type DecisionField = 'claimsAdministratorGuidelineText' | 'reviewerGuidelineText' | 'rationale';
export type SectionName =
  | 'header'
  /** How the review came about, in sentences. */
  | 'application'
  /** Who reviewed, and how. */
  | 'reviewer'
  | 'clinicalSummary'
  | 'documentsReviewed'
  /** Outcomes that are listed apart from their items. */
  | 'verdicts'
  | 'decisions'
  /** What ends a letter and says nothing about the case: effect, signature, copies. */
  | 'closing'
  // Where a letter has one item, its parts are sections.
  | 'request'
  | DecisionField;
export type DateField = 'decisionDate' | 'dateAssigned' | 'dateOfInjury' | 'urDenialDate' | 'applicationReceived';
export type HeaderField = 'caseNumber' | 'priority' | DateField;
export type CredentialField = 'licensure' | 'specialty';

export interface SectionLayout {
  name: SectionName;
  /** Lines of their own that begin the section, one of these. A heading that ends in a colon may be followed by text on its line. */
  headings?: readonly string[];
  /** Where there is no heading: the words, after their number if they have one, that begin the section's first line. */
  opening?: string;
  /** The section may be missing. */
  optional?: true;
  /** The end of a standard sentence before the section's text. */
  leadIn?: string;
}

export interface HeaderLabel {
  /** One that ends in a colon is a label only with it. */
  label: string;
  /** What is left of a label that wraps in its cell. */
  cut?: string;
  field: HeaderField;
  /** Nothing is noted when it is missing. */
  optional?: true;
}

/** `<request> <joint> <outcome>`. */
export interface VerdictWords {
  joints: readonly string[];
  outcomes: Readonly<Record<string, DecisionOutcome>>;
  /** Where the verdict is a sentence, in which capitals do not matter: what may stand before its full stop. */
  sentenceEnd?: string;
}

/** A field of an item: begins after one of `labels` and a colon, or with the first sentence that has one of these words, which belongs to it. */
export type FieldLayout = { field: DecisionField; words: string } & ({ labels: readonly string[] } | { sentenceAbout: readonly string[] });

/** Items one after another in the section `decisions`; each has its request first, and then all fields, in this order. */
export interface ItemsLayout {
  /** A request begins with its paragraph, with its number, or after its number and these words, and then ends with a colon. */
  request: 'paragraph' | 'number' | { after: string };
  /** After each request, or in a list of sentences in the section `verdicts`, with the numbers of the items. */
  verdict: VerdictWords & { listed?: { after: string } };
  fields: readonly FieldLayout[];
  /** Headings inside an item, after its request, that are no field. */
  headings?: readonly string[];
}

/** One item, whose request and fields are sections. */
export interface SingleItemLayout {
  /** Ends of the heading of the section `outcomeIn`; the first that fits says the outcome. */
  outcomes: Readonly<Record<string, DecisionOutcome>>;
  outcomeIn: SectionName;
  fields: readonly { field: DecisionField; words: string }[];
}

export interface Layout {
  /** Goes into the record; a public name. */
  name: string;
  /** Words that stand in the first section. */
  title?: string;
  /** Sections in the order in which they come. The first begins with the text. One that comes in several pieces has as many rows. */
  sections: readonly SectionLayout[];
  /** Labels of the header table. A value may stand after its label, below it, or after all labels of its column. */
  header: readonly HeaderLabel[];
  /** Words in the section `application` that a date follows. They count where the header lacks that date. */
  application?: readonly { label: string; words: string; field: DateField }[];
  /** In the section `reviewer`: labels, or words of a sentence that scripts/understanding reads as a whole. */
  credentials: readonly ({ field: CredentialField } & ({ label: string } | { words: string }))[];
  decision: ItemsLayout | SingleItemLayout;
}

const HEADER_TABLE: readonly HeaderLabel[] = [
  { label: 'Case Number', field: 'caseNumber' },
  { label: 'Date Assigned', field: 'dateAssigned' },
  { label: 'Date of Injury', field: 'dateOfInjury' },
  { label: 'Decision Date', field: 'decisionDate' },
  { label: 'UR Denial Date', field: 'urDenialDate' },
  { label: 'Priority', field: 'priority' },
  { label: 'Application Received', cut: 'Application', field: 'applicationReceived' },
];
const CREDENTIAL_LABELS: Layout['credentials'] = [
  { label: 'State(s) of Licensure', field: 'licensure' },
  { label: 'Certification(s)/Specialty', field: 'specialty' },
];
const CREDENTIAL_SENTENCE: Layout['credentials'] = [
  { words: 'Board Certified in', field: 'specialty' },
  { words: 'licensed to practice in', field: 'licensure' },
];
/** A treatment that is medically necessary is approved: the denial is overturned. The longer words come first. */
const MEDICAL_NECESSITY: VerdictWords['outcomes'] = { 'not medically necessary': 'upheld', 'medically necessary': 'overturned' };
const NECESSITY_SENTENCE: VerdictWords = { joints: ['is', 'are', 'was', 'were'], outcomes: MEDICAL_NECESSITY, sentenceEnd: 'and appropriate' };
const REVIEWER = ['Expert Reviewer', 'Physician Reviewer'];
const CLOSING: SectionLayout = { name: 'closing', headings: ['Effect of the Decision:', 'Sincerely'], optional: true };

export const LAYOUTS: readonly Layout[] = [
  {
    name: 'imr-issues-decisions-and-rationales',
    sections: [
      { name: 'header' },
      { name: 'reviewer', headings: ['HOW THE IMR FINAL DETERMINATION WAS MADE'] },
      { name: 'clinicalSummary', headings: ['CLINICAL CASE SUMMARY'], leadIn: 'including all medical records:' },
      { name: 'decisions', headings: ['IMR ISSUES, DECISIONS AND RATIONALES'], leadIn: 'set forth below:' },
    ],
    header: HEADER_TABLE,
    credentials: CREDENTIAL_LABELS,
    decision: {
      request: 'paragraph',
      verdict: { joints: [':'], outcomes: { Upheld: 'upheld', Overturned: 'overturned' } },
      fields: [
        { labels: ['Claims Administrator guideline'], field: 'claimsAdministratorGuidelineText', words: "claims administrator's guideline" },
        { labels: ['MAXIMUS guideline'], field: 'reviewerGuidelineText', words: "reviewer's guideline" },
        { labels: ['Decision rationale'], field: 'rationale', words: 'rationale' },
      ],
    },
  },
  {
    name: 'imr-decisions-and-rationales',
    sections: [
      { name: 'header' },
      { name: 'reviewer', headings: ['HOW THE IMR FINAL DETERMINATION WAS MADE'] },
      { name: 'documentsReviewed', headings: ['DOCUMENTS REVIEWED'], leadIn: 'These documents included:' },
      { name: 'clinicalSummary', headings: ['CLINICAL CASE SUMMARY'], leadIn: 'including all medical records:' },
      { name: 'decisions', headings: ['IMR DECISION(S) AND RATIONALE(S)'], leadIn: 'set forth below:' },
      CLOSING,
    ],
    header: HEADER_TABLE,
    credentials: [...CREDENTIAL_LABELS, ...CREDENTIAL_SENTENCE],
    decision: {
      request: 'number',
      verdict: NECESSITY_SENTENCE,
      fields: [
        { sentenceAbout: ['Claims Administrator'], field: 'claimsAdministratorGuidelineText', words: "claims administrator's guideline" },
        { sentenceAbout: REVIEWER, field: 'reviewerGuidelineText', words: "reviewer's guideline" },
        { labels: REVIEWER.map((reviewer) => `The ${reviewer}'s decision rationale`), field: 'rationale', words: 'rationale' },
      ],
    },
  },
  {
    name: 'notice-of-independent-medical-review-determination',
    title: 'Notice of Independent Medical Review Determination',
    sections: [
      { name: 'header' },
      { name: 'verdicts', opening: 'MAXIMUS Federal Services, Inc. has determined', optional: true },
      { name: 'application', headings: ['INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE'], optional: true },
      { name: 'verdicts', opening: 'MAXIMUS Federal Services, Inc. has determined', optional: true },
      { name: 'reviewer', headings: ['Medical Qualifications of the Expert Reviewer:'] },
      { name: 'clinicalSummary', headings: ['Case Summary:', 'Expert Reviewer Case Summary:'] },
      { name: 'documentsReviewed', headings: ['Documents Reviewed for Determination:'], leadIn: 'These documents included:' },
      { name: 'decisions', opening: 'Regarding the request for' },
      CLOSING,
    ],
    // Employee and Claim Number, which are personal, are not read.
    header: [
      { label: 'Dated:', field: 'decisionDate' },
      { label: 'Date of UR Decision', field: 'urDenialDate' },
      { label: 'Date of Injury', field: 'dateOfInjury' },
      { label: 'IMR Application Received', field: 'applicationReceived' },
      { label: 'MAXIMUS Case Number', field: 'caseNumber' },
    ],
    application: [
      { label: 'IMR Application Received', words: 'Independent Medical Review was filed on', field: 'applicationReceived' },
      { label: 'Date of UR Decision', words: 'Utilization Review Denial dated', field: 'urDenialDate' },
      // The day on which this notice was mailed is the assigned date (Division of Workers' Compensation, IMR updates).
      { label: 'Date Assigned', words: 'Notice of Assignment and Request for Information was provided to the above parties on', field: 'dateAssigned' },
    ],
    credentials: CREDENTIAL_SENTENCE,
    decision: {
      request: { after: 'Regarding the request for' },
      verdict: { ...NECESSITY_SENTENCE, listed: { after: 'MAXIMUS Federal Services, Inc. has determined the request for' } },
      headings: ['Section of the Medical Treatment Utilization Schedule', 'Medical Treatment Guideline(s)', 'Medical Treatment Guidelines'].map(
        (guidelines) => `${guidelines} Relied Upon by the Expert Reviewer to Make His/Her Decision`,
      ),
      fields: [
        { sentenceAbout: ['Claims Administrator'], field: 'claimsAdministratorGuidelineText', words: "claims administrator's guideline" },
        { sentenceAbout: REVIEWER, field: 'reviewerGuidelineText', words: "reviewer's guideline" },
        { labels: ['Rationale for the Decision'], field: 'rationale', words: 'rationale' },
      ],
    },
  },
  {
    name: 'medical-professional-review',
    title: 'MEDICAL PROFESSIONAL REVIEW',
    sections: [
      { name: 'header' },
      { name: 'request', headings: ['ISSUE AT DISPUTE:'] },
      { name: 'clinicalSummary', headings: ['CASE SUMMARY:'] },
      { name: 'documentsReviewed', headings: ['DOCUMENTS REVIEWED FOR DETERMINATION:'] },
      { name: 'reviewerGuidelineText', headings: ['MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:'] },
      {
        name: 'rationale',
        // The form's IS/WAS may be printed as either.
        headings: ['IS/WAS', 'IS', 'WAS'].flatMap((verb) =>
          Object.keys(MEDICAL_NECESSITY).map((outcome) => `RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE ${verb} ${outcome.toUpperCase()}:`),
        ),
      },
      { name: 'reviewer', headings: ['MEDICAL REVIEWER QUALIFICATIONS:'] },
    ],
    header: HEADER_TABLE.map((row) => ({ ...row, optional: true })),
    credentials: CREDENTIAL_SENTENCE,
    decision: {
      outcomes: MEDICAL_NECESSITY,
      outcomeIn: 'rationale',
      fields: [
        { field: 'reviewerGuidelineText', words: "reviewer's guideline" },
        { field: 'rationale', words: 'rationale' },
      ],
    },
  },
];
