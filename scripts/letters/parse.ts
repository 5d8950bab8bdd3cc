/** A recognised letter to its fields, as printed. What the fields mean is for scripts/understanding. */
import type { Paragraphs } from '../../src/determinations/record.ts';
import type { Line } from './clean.ts';
import { parseItems } from './decisions.ts';
import type { PrintedDecision } from './decisions.ts';
import { parseHeader } from './header.ts';
import type { PrintedHeader } from './header.ts';
import type { SectionName } from './layouts.ts';
import { doubt, serious } from './problem.ts';
import type { Problem } from './problem.ts';
import type { RecognisedLetter } from './recognise.ts';
import { parseReviewer } from './reviewer.ts';
import type { PrintedReviewer } from './reviewer.ts';
import { parseSingleItem } from './single-item.ts';
import { afterLeadIn, fieldText } from './text.ts';

/** What a letter prints. A field that it lacks is undefined or empty. */
export interface PrintedLetter extends PrintedHeader, PrintedReviewer {
  clinicalSummary: Paragraphs;
  documentsReviewed?: Paragraphs;
  decisions: PrintedDecision[];
  problems: Problem[];
}

/** Reads the fields of a recognised letter. Never throws; `problems` says what is missing or does not fit. */
export function parseLetter(letter: RecognisedLetter): PrintedLetter {
  const { layout, sections } = letter;
  const problems: Problem[] = [];
  if (letter.another !== undefined) problems.push(serious('two-letters', 'another letter begins here, and what was decided in one could be taken for the other. Split the file: each letter needs one of its own', letter.another));
  const lines = (name: SectionName) => afterLeadIn(sections.get(name) ?? [], layout.sections.find((section) => section.name === name)?.leadIn);
  const header = parseHeader(lines('header'), lines('application'), layout, problems);
  const reviewer = parseReviewer(lines('reviewer'), layout);
  const clinicalSummary = fieldText(lines('clinicalSummary'));
  if (clinicalSummary.length === 0) problems.push(doubt('no-summary', 'The letter has no clinical case summary.'));
  const decisions =
    'outcomeIn' in layout.decision
      ? parseSingleItem(letter, layout.decision, problems)
      : parseItems(lines('decisions'), lines('verdicts'), layout.decision, problems);
  return {
    ...header,
    ...reviewer,
    clinicalSummary,
    ...(sections.has('documentsReviewed') ? { documentsReviewed: listText(lines('documentsReviewed')) } : {}),
    decisions,
    problems,
  };
}

/** What lists are printed with: bullets, also those of symbol fonts, and dashes before a blank. */
const BULLET = /^(?:[\u00b7\u2022\u2023\u2043\u2219\u25a0\u25aa\u25cf\u25e6\uf02d\uf0a7\uf0b7]\s*|[*\u2013-](?:\s+|$))/;

/** A list's entries, each a paragraph, without their bullets. */
function listText(lines: readonly Line[]): Paragraphs {
  return fieldText(lines.flatMap((line) => (BULLET.test(line.text) ? [{ text: '' }, { text: line.text.replace(BULLET, '') }] : [line])));
}
