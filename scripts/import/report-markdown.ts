/** The import report for people: plain tables in Markdown. */
import { fieldLabel } from '../../src/import-report.ts';
import type { CorpusReport } from '../../src/import-report.ts';
import { count, numberText } from '../../src/words.ts';
import type { ImportReport } from './report.ts';

/** Letters that are named of one kind; import-report.json has them all. */
const NAMED = 200;

const UNKNOWN: readonly [kind: keyof CorpusReport['unknown'], title: string, file: string][] = [
  ['specialties', 'Specialties', 'specialties.yaml'],
  ['guidelines', 'Guidelines', 'guidelines.yaml'],
  ['requests', 'Services: the words on which an unsure reading rests', 'services.yaml'],
  ['drugs', 'Drugs: words before a strength', 'drugs.yaml'],
];

/** The whole report. The same report gives the same text. */
export function reportMarkdown({ counts, corpus, letters, others }: ImportReport): string {
  const { fields, layouts, years, categories, unknown, doubts, superseded, privacy } = corpus;
  const quarantined = Map.groupBy(letters.filter((entry) => entry.result === 'quarantined'), (entry) => entry.code ?? '');
  const parts = [
    '# Import report',
    `The last run: ${counts.read} read = ${counts.written} written + ${counts.unchanged} unchanged + ${counts.duplicate} duplicate + ${counts.quarantined} quarantined + ${counts.removed} removed.`,
    `The content folder now has ${count(corpus.letters, 'letter')} with ${count(corpus.decisions, 'decision')}. What follows is about all of them, whichever run has read them. The import writes this file anew each time; import-report.json beside it says the same for programs, and more.`,
    others.length > 0 ? `${count(others.length, 'other file')} in the folder ${others.length === 1 ? 'is' : 'are'} not letters and ${others.length === 1 ? 'was' : 'were'} not read.` : '',
    '## What the letters are',
    table(['Layout', 'Letters'], layouts.map(({ layout, letters }) => [layout, letters])),
    table(['Year of decision', 'Letters'], years.map(({ year, letters }) => [year, letters])),
    table(['Service', 'Decisions'], categories.map(({ category, decisions }) => [category, decisions])),
    '## What was found',
    'Of letters, or of decisions where each decision has the field.',
    table(['Field', 'Found', 'Of'], fields.map(({ field, found, of }) => [fieldLabel(field), found, of])),
    '## Quarantined',
    quarantined.size === 0 ? 'No letter.' : 'These letters are not published. A reason that is about the file and not about the letter may be gone in the next run.',
    ...[...quarantined].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([code, entries]) => [
      `### ${cell(code)}: ${count(entries.length, 'letter')}`,
      table(['File', 'Line', 'Reason'], entries.slice(0, NAMED).map(({ file, line, reason }) => [file, line ?? '', reason ?? ''])),
      further(entries.length - NAMED),
    ]),
    '## Privacy',
    privacy.length === 0 ? 'Nothing was found that identifies a person.' : 'What redaction had missed, by kind, never by its words. A letter that is kept back for it stands under Quarantined, with the places; with --redact it is redacted and published.',
    privacy.length === 0 ? '' : table(['Kind', 'Letters', 'Redacted', 'Kept back'], privacy.map(({ kind, letters, redacted, quarantined }) => [kind, letters, redacted, quarantined])),
    '## Terms that the vocabulary does not know',
    'Most frequent first. One that is seen often belongs in its file in content/vocabulary/; then import again.',
    ...UNKNOWN.flatMap(([kind, title, file]) => [
      `### ${title} (${file})`,
      unknown[kind].terms.length === 0 ? 'None.' : table(['Term', 'Times'], unknown[kind].terms.map(({ term, count }) => [term, count])),
      further(unknown[kind].more),
    ]),
    '## Doubtful readings',
    doubts.count === 0 ? 'None.' : `${count(doubts.count, 'reading')} in ${count(doubts.letters, 'letter')}; each letter’s page has its own as notes.`,
    doubts.count === 0 ? '' : table(['Code', 'Words', 'Times', 'For example'], doubts.readings.map(({ code, words, count, examples }) => [code, words, count, examples.join(', ')])),
    further(doubts.more),
    '## Superseded letters',
    superseded.length === 0 ? 'None.' : 'Older letters of a case that has a newer one. They have pages of their own, and are in no list and no search.',
    superseded.length === 0 ? '' : table(['Case', 'Letter', 'Decided', 'Superseded by', 'Decided'], superseded.slice(0, NAMED).map(({ caseNumber, letter, by }) => [caseNumber, letter.file, letter.decisionDate ?? '', by.file, by.decisionDate ?? ''])),
    further(superseded.length - NAMED),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function further(more: number): string {
  return more > 0 ? `And ${numberText(more)} more.` : '';
}

/** @param rows numbers stand to the right */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const isNumber = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(isNumber.map((right) => (right ? '---:' : '---'))), ...rows.map((row) => line(row.map((value) => (typeof value === 'number' ? numberText(value) : cell(value)))))].join('\n');
}

/** Words of letters and names of files as text: no table ends with them, no link or markup comes of them. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~&!]/g, String.raw`\$&`);
}
