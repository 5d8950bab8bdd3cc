/** Determinations of hostile text, and the same of harmless text: what their pages are built of may differ in words alone. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { plainText } from '../../src/determinations/plain-text.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { determinationFile } from '../../src/determinations/store.ts';
import { inventedDecision, inventedDetermination } from './determinations.ts';
import { PAYLOADS } from './payloads.ts';

/** Payloads of a case: each has a decision of its own, so that it is found in every place on one page. */
export const PAYLOADS_PER_CASE = 8;

/** What the import makes of a printed text: never empty, because a field without words is left out. */
export function printed(text: string): string {
  return plainText(text) || 'nothing that shows';
}

/** Every place of a record that takes words, filled with each of some texts in turn. */
export const RECORD_PLACES = [
  'request', 'rationale', 'reviewer guideline', 'claims administrator guideline', 'service', 'drug', 'body part', 'guideline chapter', 'guideline section', 'specialty', 'specialty as printed', 'licensure', 'clinical summary', 'documents reviewed', 'note', 'file name',
] as const;

/** One case for each few texts, a decision for each text. @param names what goes into names of files and notes, as it is */
function recordsOf(texts: readonly string[], names: readonly string[]): Determination[] {
  const cases = Math.floor(texts.length / PAYLOADS_PER_CASE);
  return Array.from({ length: cases }, (_case, index) => {
    const words = texts.slice(index * PAYLOADS_PER_CASE, (index + 1) * PAYLOADS_PER_CASE);
    const raw = names.filter((_name, at) => at % cases === index).map((name) => name.toWellFormed());
    const decisions = words.map((text, at) => {
      const cited = [{ source: 'other' as const, chapter: text, sections: [text, 'A source that all name'] }];
      return inventedDecision({
        request: text,
        outcome: at % 2 === 0 ? 'upheld' : 'overturned',
        service: at % 2 === 0 ? { category: text, subcategory: 'Knee' } : { category: 'Brace', subcategory: text },
        drugs: [text],
        bodyParts: [text],
        guidelines: cited,
        claimsAdministratorGuidelines: cited,
        claimsAdministratorGuidelineText: [text],
        reviewerGuidelineText: [text],
        rationale: [text, `Before ${text} and after it.`],
      });
    });
    return inventedDetermination({
      caseNumber: `CM00-${String(index + 1).padStart(7, '0')}`,
      decisionDate: `2016-${String((index % 12) + 1).padStart(2, '0')}-09`,
      licensure: words,
      specialty: words,
      specialtyAsPrinted: words,
      decisions,
      source: { file: raw.join('|'), sha256: index.toString(16).padStart(64, '0'), layout: words[0]!, url: 'https://example.org/letter' },
      notes: raw,
      clinicalSummary: words,
      documentsReviewed: words,
    });
  });
}

/** What is left of the payloads when they are printed, each text once: as many as fill their cases. */
function printedPayloads(): string[] {
  const texts = [...new Set(PAYLOADS.map(({ text }) => printed(text)))];
  return [...texts, ...Array.from({ length: -texts.length & (PAYLOADS_PER_CASE - 1) }, (_text, index) => `<b>filling ${index}</b>`)];
}

export function hostileRecords(): Determination[] {
  return recordsOf(printedPayloads(), PAYLOADS.map(({ text }) => text));
}

/** The same records, where every payload is a name of plain words. */
export function harmlessRecords(): Determination[] {
  const letters = (number: number): string => [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  return recordsOf(printedPayloads().map((_text, index) => `Harmless ${letters(index)} text`), PAYLOADS.map(() => 'harmless'));
}

/** Writes a content folder anew. */
export function writeContent(folder: string, records: readonly Determination[]): void {
  rmSync(folder, { recursive: true, force: true });
  for (const { id, ...record } of records) {
    const file = join(folder, determinationFile({ id, decisionDate: record.decisionDate }));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, stringifyDetermination(record));
  }
}
