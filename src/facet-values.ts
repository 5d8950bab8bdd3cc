/** What values a decision has in each facet. */
import { guidelineValue, serviceValue, valueStep } from './determinations/record.ts';
import type { DecisionFields, DeterminationFields } from './determinations/record.ts';
import { withAncestors } from './facets.ts';
import type { Facet, FacetName } from './facets.ts';
import { reasonValue } from './reasons/kinds.ts';

/** Values of one decision, most specific ones only; empty where the letter does not say. Some may be there twice. */
const VALUES: Record<FacetName, (record: DeterminationFields, decision: DecisionFields) => string[]> = {
  outcome: (_record, decision) => [decision.outcome],
  service: (_record, decision) => [serviceValue(decision.service)],
  drug: (_record, decision) => (decision.drugs ?? []).map(valueStep),
  bodypart: (_record, decision) => (decision.bodyParts ?? []).map(valueStep),
  guideline: (_record, decision) => decision.guidelines.map(guidelineValue),
  reason: (_record, decision) => (decision.reasons ?? []).map(({ kind }) => reasonValue(kind)),
  specialty: (record) => record.specialty.map(valueStep),
  year: (record) => (record.decisionDate ? [record.decisionDate.slice(0, 4)] : []),
};

/** All values of one decision in a facet with their ancestors, each once. */
export function facetValues({ name }: Facet, record: DeterminationFields, decision: DecisionFields): string[] {
  return [...new Set(VALUES[name](record, decision).flatMap(withAncestors))];
}

/** The most specific values of one decision in a facet, each once. */
export function leafValues({ name }: Facet, record: DeterminationFields, decision: DecisionFields): string[] {
  return [...new Set(VALUES[name](record, decision))];
}
