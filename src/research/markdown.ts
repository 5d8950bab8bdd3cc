/** The annex as Markdown. Letters, notes and names are text: every sign that Markdown could read is escaped. Pure. */
import { annexDay, annexEntries, entryName, guidelineLines, outcomeText, serviceText } from './annex.ts';
import type { Annex, AnnexEntry } from './annex.ts';
import { oneLine } from '../citation.ts';
import type { Decision } from '../determinations/record.ts';
import { REASONS_TITLE, exportedReasons } from './reasons.ts';

export function annexMarkdown(annex: Annex): string {
  const blocks = [`# ${inline(annex.title)}`, 'Date:', table(annex)];
  for (const { name, entries } of annex.groups) {
    if (name !== '') blocks.push(`## ${inline(name)}`);
    for (const entry of entries) blocks.push(...entryBlocks(entry));
  }
  return `${blocks.join('\n\n')}\n`;
}

function table(annex: Annex): string {
  const cells = ({ place, caseId, number, said, remark }: AnnexEntry): string[] => [String(place), caseId, String(number), ...(said ? [annexDay(said), said.cited.request, outcomeText(said)] : ['', remark, ''])];
  const rows = [['No.', 'Case', 'Decision', 'Date', 'Request', 'Outcome'], ...annexEntries(annex).map((entry) => cells(entry).map(inline))];
  return [rows[0]!, rows[0]!.map(() => '---'), ...rows.slice(1)].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function entryBlocks(entry: AnnexEntry): string[] {
  const { place, said, note, remark } = entry;
  const blocks = [`### ${place}\\. ${inline(entryName(entry))}`];
  if (remark !== '') blocks.push(`**${inline(remark)}**`);
  if (said) {
    const { decision, citation, address } = said;
    blocks.push(
      `Citation: ${inline(citation)}`,
      `Request: ${inline(decision.request)}`,
      `Outcome: ${inline(outcomeText(said))}`,
      `Service: ${inline(serviceText(decision))}`,
      `Guidelines the reviewer cited:\n\n${guidelineLines(decision).map((line) => `- ${inline(line)}`).join('\n')}`,
      'The reviewer’s rationale:',
      decision.rationale.map((paragraph) => `> ${inline(paragraph)}`).join('\n>\n'),
      ...reasonBlocks(decision),
      `Source: <${address}>`,
    );
  }
  if (note !== '') blocks.push(`**Note:** ${note.split(/\r?\n/).map(inline).filter((line) => line !== '').join('\\\n')}`);
  return blocks;
}

/** Each kind with its sentences, in the reviewer's words. */
function reasonBlocks(decision: Decision): string[] {
  const reasons = exportedReasons(decision);
  if (reasons.length === 0) return [];
  return [`${REASONS_TITLE}:`, ...reasons.flatMap(({ name, side, sentences }) => [`**${inline(name)}** (${side})`, sentences.map((sentence) => `> ${inline(sentence)}`).join('\n>\n')])];
}

/** A line of text that Markdown shows as it is. */
function inline(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]{}<>#|~$]|&(?=#?\w)|:(?=\/\/)/g, '\\$&')
    .replace(/^(?=[-+=])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\');
}
