/** Two decisions held against each other: their facts, what each side cited, and the reasons criterion by criterion. Pure. */
import type { Decision, GuidelineCitation, Patient, Reason } from '../determinations/record.ts';
import { serviceValue } from '../determinations/record.ts';
import { citationName, valueLabel } from '../facets.ts';
import { KINDS, REASON_KINDS } from '../reasons/kinds.ts';
import type { ReasonKind, ReasonSide } from '../reasons/kinds.ts';
import type { CaseRecord } from '../research/cases.ts';
import { isObject } from '../research/stored.ts';

/** One of the two. */
export interface Compared {
  caseId: string;
  caseNumber?: string | undefined;
  decisionDate?: string | undefined;
  /** Counted from 1. */
  number: number;
  decision: Decision;
  reasons: Reason[];
  claimsAdministratorGuidelines: GuidelineCitation[];
  specialty: string[];
  patient: Patient;
}

/** `partly`: some values are in both. `unstated`: neither letter says. */
export type Relation = 'same' | 'partly' | 'differs' | 'unstated';

export interface FactRow {
  label: string;
  a: string[];
  b: string[];
  relation: Relation;
  /** Names that no language changes. */
  names?: true;
}

/** What both say of one criterion. `opposite`: one says that it is met, the other that it is not. `only a`: in the other no such sentence was found. */
export interface CriterionRow {
  criterion: string;
  a: Reason[];
  b: Reason[];
  relation: 'opposite' | 'same' | 'only a' | 'only b';
}

/** A decision of a case as the site says it today; nothing where the case has none of that number. What is damaged is left out. */
export function comparedOf(record: CaseRecord, number: number): Compared | undefined {
  const decision = record.decisions[number - 1];
  if (!decision) return undefined;
  const { claimsAdministratorGuidelines, reasons = [] } = decision;
  const patient: unknown = (record as { patient?: unknown }).patient;
  return {
    caseId: record.id, caseNumber: record.caseNumber, decisionDate: record.decisionDate, number, decision, specialty: record.specialty,
    reasons: reasons.filter(({ kind }) => Object.hasOwn(KINDS, kind)),
    claimsAdministratorGuidelines: Array.isArray(claimsAdministratorGuidelines) ? claimsAdministratorGuidelines.filter((citation) => isObject(citation) && typeof citation.source === 'string') : [],
    patient: isObject(patient) ? patientOf(patient) : {},
  };
}

function patientOf({ age, sex }: Record<string, unknown>): Patient {
  return { ...(typeof age === 'number' && { age }), ...((sex === 'male' || sex === 'female') && { sex }) };
}

/** Facts in the order of a case's page. */
export function factRows(a: Compared, b: Compared): FactRow[] {
  const row = (label: string, of: (side: Compared) => readonly string[], names?: true): FactRow => {
    const [one, other] = [[...new Set(of(a))], [...new Set(of(b))]];
    return { label, a: one, b: other, relation: relationOf(one, other), ...(names && { names }) };
  };
  return [
    row('Outcome', ({ decision }) => [valueLabel(decision.outcome)]),
    row('Service', ({ decision }) => [...new Set([decision.service.category, serviceValue(decision.service)])].map(valueLabel)),
    row('Drugs', ({ decision }) => decision.drugs ?? [], true),
    row('Body parts', ({ decision }) => decision.bodyParts ?? []),
    row('Guidelines the reviewer cited', ({ decision }) => decision.guidelines.map(citationName), true),
    row('Guidelines the claims administrator cited', ({ claimsAdministratorGuidelines }) => claimsAdministratorGuidelines.map(citationName), true),
    row('Reviewer’s specialty', ({ specialty }) => specialty),
    row('Year of decision', ({ decisionDate }) => (decisionDate === undefined ? [] : [decisionDate.slice(0, 4)])),
    row('Age of the injured worker', ({ patient }) => (patient.age === undefined ? [] : [String(patient.age)])),
    row('Sex of the injured worker', ({ patient }) => (patient.sex === undefined ? [] : [patient.sex])),
  ];
}

/** Of two sets of values. The order in a letter says nothing. */
export function relationOf(a: readonly string[], b: readonly string[]): Relation {
  if (a.length === 0 && b.length === 0) return 'unstated';
  const shared = a.filter((value) => b.includes(value)).length;
  return shared === 0 ? 'differs' : shared === a.length && shared === b.length ? 'same' : 'partly';
}

const ORDER: readonly CriterionRow['relation'][] = ['opposite', 'same', 'only a', 'only b'];

/** Criteria that any of them names: those on which they are opposite first, each kind of row in the order of KINDS. */
export function criterionRows(a: Compared, b: Compared): CriterionRow[] {
  const criteria = [...new Set(REASON_KINDS.map((kind) => KINDS[kind].criterion))];
  const rows = criteria.flatMap((criterion): CriterionRow[] => {
    const of = ({ reasons }: Compared): Reason[] => reasons.filter(({ kind }) => KINDS[kind].criterion === criterion);
    const [one, other] = [of(a), of(b)];
    return one.length + other.length === 0 ? [] : [{ criterion, a: one, b: other, relation: criterionRelation(one, other) }];
  });
  return rows.sort((x, y) => ORDER.indexOf(x.relation) - ORDER.indexOf(y.relation));
}

function criterionRelation(a: readonly Reason[], b: readonly Reason[]): CriterionRow['relation'] {
  if (b.length === 0) return 'only a';
  if (a.length === 0) return 'only b';
  const sides = (reasons: readonly Reason[]): Set<ReasonSide> => new Set(reasons.map(({ kind }) => sideOf(kind)));
  const [one, other] = [sides(a), sides(b)];
  // A letter may say that one part is met and another is not: then both say both.
  return [...one].some((side) => other.has(side)) ? 'same' : 'opposite';
}

export function sideOf(kind: ReasonKind): ReasonSide {
  return KINDS[kind].side;
}
