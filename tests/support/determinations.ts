/** Invented records, for tests that start behind the import. */
import { caseOutcome } from '../../src/determinations/record.ts';
import type { Decision, Determination } from '../../src/determinations/record.ts';

export function inventedDecision(fields: Partial<Decision> = {}): Decision {
  return {
    request: 'MRI of the right shoulder',
    outcome: 'upheld',
    service: { category: 'Diagnostic Testing', subcategory: 'Imaging/Radiology' },
    guidelines: [{ source: 'MTUS', chapter: 'Shoulder Complaints', year: 2004, sections: ['Special Studies'] }],
    claimsAdministratorGuidelines: [{ source: 'none' }],
    claimsAdministratorGuidelineText: ['The Claims Administrator did not cite any medical evidence for its decision.'],
    reviewerGuidelineText: ['Decision based on MTUS Shoulder Complaints 2004, Section(s): Special Studies.'],
    rationale: ['The shoulder was examined once. The scan is not medically necessary.'],
    ...fields,
  };
}

/** A record that agrees with itself: its outcome follows from its decisions. */
export function inventedDetermination(fields: Partial<Determination> = {}): Determination {
  const decisions = fields.decisions ?? [inventedDecision()];
  return {
    id: fields.caseNumber ?? 'CM00-0000001',
    caseNumber: 'CM00-0000001',
    outcome: caseOutcome(decisions),
    decisionDate: '2016-12-09',
    licensure: ['California'],
    specialty: ['Orthopedic Surgery'],
    patient: { age: 48, sex: 'male' },
    source: { file: 'letter.pdf', sha256: 'a'.repeat(64), layout: 'imr-issues-decisions-and-rationales' },
    clinicalSummary: ['The injured worker is a 48 year old male. He was invented for a test.'],
    ...fields,
    decisions,
  };
}
