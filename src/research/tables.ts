/** The list as files that other programs read: a table, and references for reference managers. Pure. */
import { oneLine } from '../citation.ts';
import { citationCslJson, citationRis } from '../citation-formats.ts';
import { BYTE_ORDER_MARK, csvLine, csvList } from '../csv.ts';
import { annexEntries, guidelineLines } from './annex.ts';
import type { Annex, AnnexDecision, AnnexEntry } from './annex.ts';
import { exportedReasons } from './reasons.ts';

type Row = AnnexEntry & { group: string };

/** A column about the decision, empty where the site has it no more. */
function said(cell: (said: AnnexDecision) => string): (row: Row) => string {
  return (row) => (row.said ? cell(row.said) : '');
}

const COLUMNS: readonly [title: string, cell: (row: Row) => string][] = [
  ['Number', ({ place }) => String(place)],
  ['Group', ({ group }) => group],
  ['Case', ({ caseId }) => caseId],
  ['Decision number', ({ number }) => String(number)],
  ['Decision date', said(({ cited }) => cited.decisionDate ?? '')],
  ['Outcome', said(({ cited }) => cited.outcome)],
  ['Request', said(({ cited }) => cited.request)],
  ['Service category', said(({ decision }) => decision.service.category)],
  ['Service subcategory', said(({ decision }) => decision.service.subcategory)],
  ['Drugs', said(({ decision }) => csvList(decision.drugs ?? []))],
  ['Body parts', said(({ decision }) => csvList(decision.bodyParts ?? []))],
  ['Guidelines', said(({ decision }) => csvList(guidelineLines(decision)))],
  ['Reviewer specialty', said(({ specialties }) => csvList(specialties))],
  ['Citation', said(({ citation }) => citation)],
  ['Address', said(({ address }) => address)],
  ['Reasons', said(({ decision }) => csvList(exportedReasons(decision).map(({ name, side }) => `${side}: ${name}`)))],
  ['Reasons as written', said(({ decision }) => exportedReasons(decision).map(({ name, sentences }) => `${name}: ${sentences.join(' ')}`).join('\n'))],
  ['Note', ({ note }) => note],
  ['Remark', ({ remark }) => remark],
];

/** Titles of the table's columns, in order. */
export const RESEARCH_COLUMNS: readonly string[] = COLUMNS.map(([title]) => title);

/** The table's text, its first line the titles. */
export function annexCsv(annex: Annex): string {
  return BYTE_ORDER_MARK + [RESEARCH_COLUMNS, ...annexEntries(annex).map((row) => COLUMNS.map(([, cell]) => cell(row)))].map(csvLine).join('');
}

const END_OF_REFERENCE = 'ER  - \r\n';

/** References with the group as a keyword and the reader's note; what the site has no more is no reference. */
export function annexRis({ home, groups }: Annex): string {
  return groups
    .flatMap(({ name, entries }) => entries.map(({ said: decision, note, remark }) => {
      if (!decision) return '';
      const own = [['KW', name], ['N1', note], ['N1', remark]].flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}\r\n`] : [])).join('');
      return `${citationRis(decision.cited, home).slice(0, -END_OF_REFERENCE.length)}${own}${END_OF_REFERENCE}`;
    }))
    .join('');
}

/** The same as CSL-JSON. */
export function annexCslJson({ home, groups }: Annex): string {
  const items = groups.flatMap(({ name, entries }) => entries.flatMap(({ said: decision, note, remark }) => {
    if (!decision) return [];
    const [item] = JSON.parse(citationCslJson(decision.cited, home)) as [Record<string, unknown>];
    const notes = [note, remark].filter((text) => text !== '').join('\n');
    return [{ ...item, ...(name !== '' && { keyword: name }), ...(notes !== '' && { note: notes }) }];
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}
