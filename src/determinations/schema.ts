/** What the frontmatter of a determination must look like. Files may be edited or damaged; a page is never made from a guess. */
import { z } from 'astro/zod';
import { caseGuidelines, caseOutcome, caseServices } from './record.ts';
import type { DeterminationFields } from './record.ts';

const isoDay = z.iso.date('is not a date like 2016-12-09');
const outcome = z.enum(['upheld', 'overturned']);
/** A name that becomes a value of a facet, with a page of its own. */
const name = z.string().min(1);
const citation = z.strictObject({
  source: z.enum(['MTUS', 'ODG', 'ACOEM', 'other', 'none']),
  chapter: name.optional(),
  year: z.int().optional(),
  sections: z.array(z.string()).optional(),
});
const frontmatter = z.strictObject({
  caseNumber: z.string().regex(/^CM\d{2}-\d{7}$/, 'is not a case number like CM00-0000101').optional(),
  outcome: z.enum(['upheld', 'overturned', 'partially overturned']),
  decisionDate: isoDay.optional(),
  dateAssigned: isoDay.optional(),
  dateOfInjury: isoDay.optional(),
  urDenialDate: isoDay.optional(),
  applicationReceived: isoDay.optional(),
  priority: z.enum(['standard', 'expedited']).optional(),
  licensure: z.array(z.string()),
  specialty: z.array(name),
  specialtyAsPrinted: z.array(z.string()).optional(),
  service: z.array(z.string()),
  guideline: z.array(z.string()),
  patient: z.strictObject({ age: z.int().optional(), sex: z.enum(['male', 'female']).optional() }),
  decisions: z
    .array(
      z.strictObject({
        request: z.string().min(1),
        outcome,
        service: z.strictObject({ category: name, subcategory: name }),
        drugs: z.array(name).optional(),
        bodyParts: z.array(name).optional(),
        guidelines: z.array(citation),
        claimsAdministratorGuidelines: z.array(citation),
      }),
    )
    .min(1),
  source: z.strictObject({ file: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256'), layout: z.string(), url: z.url().optional() }),
  supersededBy: z.strictObject({ decisionDate: isoDay.optional(), file: z.string() }).optional(),
  notes: z.array(z.string()).optional(),
});

/**
 * Checks parsed frontmatter, also against itself: the case's outcome, services and guidelines must follow from its decisions.
 * @param fail is called with the field and what is wrong with it, and does not return
 */
export function checkFrontmatter(data: unknown, fail: (problem: string) => never): DeterminationFields {
  const result = frontmatter.safeParse(data);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    return fail(`frontmatter field ${issue.path.length ? issue.path.join('.') : '(top level)'}: ${issue.message}`);
  }
  const { service, guideline, ...fields } = result.data;
  const { decisions } = fields;
  if (fields.supersededBy && fields.caseNumber === undefined) fail('frontmatter field supersededBy: a letter without a case number has no other letter of its case');
  const derived: [string, string, string][] = [
    ['outcome', fields.outcome, caseOutcome(decisions)],
    ['service', service.join('; '), caseServices(decisions).join('; ')],
    ['guideline', guideline.join('; '), caseGuidelines(decisions).join('; ')],
  ];
  for (const [field, written, expected] of derived) {
    if (written !== expected) fail(`frontmatter field ${field}: is "${written}", but its decisions make it "${expected}"`);
  }
  return fields;
}
