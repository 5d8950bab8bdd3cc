/**
 * A determination as Markdown with frontmatter, the only hand-over between import and site; parse-markdown.ts reads it. The import writes much more than it
 * reads, so what reading needs is not loaded here. Letter text becomes text nodes: remark escapes whatever looks like Markdown or HTML, so no letter can make markup.
 */
import { CORE_SCHEMA, dump } from 'js-yaml';
import type { Heading, Paragraph, Root, RootContent } from 'mdast';
import { remark } from 'remark';
import { caseGuidelines, caseServices } from './record.ts';
import type { Determination, Paragraphs } from './record.ts';

export const HEADING = {
  clinicalSummary: 'Clinical case summary',
  documentsReviewed: 'Documents reviewed',
  claimsAdministratorGuidelineText: 'Claims administrator guideline',
  reviewerGuidelineText: 'Reviewer guideline',
  rationale: 'Rationale',
} as const;
export type DecisionSection = 'claimsAdministratorGuidelineText' | 'reviewerGuidelineText' | 'rationale';
export const DECISION_SECTIONS: readonly DecisionSection[] = ['claimsAdministratorGuidelineText', 'reviewerGuidelineText', 'rationale'];

/** The core schema leaves dates as text. */
export const YAML_SCHEMA = CORE_SCHEMA;
export const markdown = remark().data('settings', { bullet: '-', emphasis: '_', fences: true, listItemIndent: 'one' });

function heading(depth: 2 | 3, text: string): Heading {
  return { type: 'heading', depth, children: [{ type: 'text', value: text }] };
}

function paragraphs(texts: Paragraphs): Paragraph[] {
  return texts.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] }));
}

function frontmatter({ decisions, patient, licensure, specialty, source, supersededBy, notes, ...rest }: Omit<Determination, 'id'>): object {
  return dropEmpty({
    caseNumber: rest.caseNumber,
    outcome: rest.outcome,
    decisionDate: rest.decisionDate,
    dateAssigned: rest.dateAssigned,
    dateOfInjury: rest.dateOfInjury,
    urDenialDate: rest.urDenialDate,
    applicationReceived: rest.applicationReceived,
    priority: rest.priority,
    licensure,
    specialty,
    specialtyAsPrinted: rest.specialtyAsPrinted,
    service: caseServices(decisions),
    guideline: caseGuidelines(decisions),
    patient,
    decisions: decisions.map((decision) => ({
      request: decision.request,
      outcome: decision.outcome,
      service: { category: decision.service.category, subcategory: decision.service.subcategory },
      drugs: decision.drugs,
      bodyParts: decision.bodyParts,
      guidelines: decision.guidelines,
      claimsAdministratorGuidelines: decision.claimsAdministratorGuidelines,
    })),
    source: { file: source.file, sha256: source.sha256, layout: source.layout, url: source.url },
    supersededBy: supersededBy && { decisionDate: supersededBy.decisionDate, file: supersededBy.file },
    notes: notes?.length ? notes : undefined,
  }) as object;
}

/** Undefined fields are left out; lists and objects stay, so that the same field always has the same shape. */
function dropEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropEmpty);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, dropEmpty(field)]),
  );
}

/** The file's text: frontmatter in the order of the contract, then the letter's own words. The id is the file's name and not in it. */
export function stringifyDetermination(record: Omit<Determination, 'id'>): string {
  const children: RootContent[] = [heading(2, HEADING.clinicalSummary), ...paragraphs(record.clinicalSummary)];
  if (record.documentsReviewed) children.push(heading(2, HEADING.documentsReviewed), ...paragraphs(record.documentsReviewed));
  record.decisions.forEach((decision, index) => {
    children.push(heading(2, `Decision ${index + 1}: ${decision.request}`));
    for (const section of DECISION_SECTIONS) children.push(heading(3, HEADING[section]), ...paragraphs(decision[section]));
  });
  const root: Root = { type: 'root', children };
  // Not by gray-matter, which would cut the line ends that the last text ends with.
  return `---\n${dump(frontmatter(record), { schema: YAML_SCHEMA, lineWidth: -1, noRefs: true })}---\n\n${markdown.stringify(root)}`;
}
