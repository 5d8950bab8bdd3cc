/** What `<save-decision>` knows of its decision, as attributes: a page and a script write the same, and the button reads it. Small: every list of results has it. */
import type { KeptWords } from './list.ts';

export function saveAttributes(caseId: string, number: number, { caseNumber, decisionDate, request, outcome, service }: KeptWords): Record<string, string> {
  return {
    'data-case': caseId,
    'data-decision': String(number),
    ...(caseNumber !== undefined && { 'data-case-number': caseNumber }),
    ...(decisionDate !== undefined && { 'data-day': decisionDate }),
    'data-request': request,
    'data-outcome': outcome,
    'data-service': service,
  };
}

/** @param data of the element; nothing where it names no decision */
export function readSaveAttributes(data: Readonly<Record<string, string | undefined>>): { caseId: string; number: number; words: KeptWords } | undefined {
  const { case: caseId, decision, caseNumber, day, request, outcome, service } = data;
  const number = Number(decision);
  if (caseId === undefined || !(number >= 1) || request === undefined || service === undefined || (outcome !== 'upheld' && outcome !== 'overturned')) return undefined;
  return { caseId, number, words: { caseNumber, decisionDate: day, request, outcome, service } };
}
