/** The corpus report: what all published letters of a content folder are, and how well they were read. */
import { compareText } from '../../src/determinations/record.ts';
import { DECISION_FIELDS, LETTER_FIELDS } from '../../src/import-report.ts';
import type { CorpusReport } from '../../src/import-report.ts';
import { KINDS } from '../privacy/find.ts';
import { REDACTED } from '../privacy/redact.ts';
import { ofDecision } from './facts.ts';
import type { LetterEntry } from './report.ts';

/** Terms and readings of each kind that the report names; it counts the others. */
const NAMED = 200;
const EXAMPLES = 5;

/** @param letters in code point order of `file`; the same letters give the same report */
export function corpusReport(letters: readonly LetterEntry[]): CorpusReport {
  const published = letters.flatMap((entry) => (entry.result === 'published' && entry.facts ? [{ ...entry, facts: entry.facts }] : []));
  const decisions = published.reduce((sum, { facts }) => sum + facts.categories.length, 0);
  const missing = tally(published.flatMap(({ facts }) => facts.missing ?? []));
  const fields = (names: readonly (typeof LETTER_FIELDS | typeof DECISION_FIELDS)[number][], of: number) => names.map((field) => ({ field, found: of - (missing.get(field) ?? 0), of }));
  const unknown = (kind: 'specialties' | 'guidelines' | 'requests' | 'drugs') => {
    const terms = byFrequency(tally(published.flatMap(({ facts }) => facts.unknown?.[kind] ?? [])));
    return { terms: terms.slice(0, NAMED).map(([term, count]) => ({ term, count })), more: Math.max(0, terms.length - NAMED) };
  };
  return {
    letters: published.length,
    decisions,
    layouts: byFrequency(tally(published.map(({ facts }) => facts.layout))).map(([layout, count]) => ({ layout, letters: count })),
    years: [...tally(published.map(({ decisionDate }) => decisionDate?.slice(0, 4) ?? 'undated'))].sort(([a], [b]) => compareText(a, b)).map(([year, count]) => ({ year, letters: count })),
    fields: [...fields(LETTER_FIELDS, published.length), ...fields(DECISION_FIELDS, decisions)],
    categories: byFrequency(tally(published.flatMap(({ facts }) => facts.categories))).map(([category, count]) => ({ category, decisions: count })),
    unknown: { specialties: unknown('specialties'), guidelines: unknown('guidelines'), requests: unknown('requests'), drugs: unknown('drugs') },
    doubts: doubts(published),
    superseded: published
      .flatMap(({ caseNumber, file, decisionDate, supersededBy }) =>
        caseNumber !== undefined && supersededBy ? [{ caseNumber, letter: { file, ...(decisionDate === undefined ? {} : { decisionDate }) }, by: supersededBy }] : [],
      )
      .sort((a, b) => compareText(a.caseNumber, b.caseNumber) || compareText(a.letter.file, b.letter.file)),
    privacy: Object.keys(KINDS).flatMap((kind) => {
      const found = letters.flatMap(({ result, privacy }) => (privacy?.[kind] === undefined ? [] : [{ redacted: result === 'published', count: privacy[kind] }]));
      const sum = (redacted: boolean) => found.reduce((total, each) => total + (each.redacted === redacted ? each.count : 0), 0);
      return found.length === 0 ? [] : [{ kind, letters: found.length, redacted: sum(true), quarantined: sum(false) }];
    }),
    quarantined: byFrequency(tally(letters.flatMap(({ result, code }) => (result === 'quarantined' && code !== undefined ? [code] : [])))).map(([code, count]) => ({ code, letters: count })),
  };
}

function doubts(published: readonly LetterEntry[]): CorpusReport['doubts'] {
  const readings = new Map<string, CorpusReport['doubts']['readings'][number]>();
  let [letters, count] = [0, 0];
  for (const { file, doubts: said = [] } of published) {
    const doubts = said.filter(({ code }) => code !== REDACTED);
    if (doubts.length > 0) letters += 1;
    count += doubts.length;
    for (const { code, words: said } of doubts) {
      const { words } = ofDecision(said);
      const key = `${code}\0${words}`;
      const reading = readings.get(key) ?? { code, words, count: 0, examples: [] };
      readings.set(key, reading);
      reading.count += 1;
      if (reading.examples.length < EXAMPLES && reading.examples.at(-1) !== file) reading.examples.push(file);
    }
  }
  const sorted = [...readings.values()].sort((a, b) => b.count - a.count || compareText(a.code, b.code) || compareText(a.words, b.words));
  return { letters, count, readings: sorted.slice(0, NAMED), more: Math.max(0, sorted.length - NAMED) };
}

function tally<T extends string>(terms: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** Most frequent first; terms that are equally frequent in code point order. */
function byFrequency(counts: ReadonlyMap<string, number>): [term: string, count: number][] {
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || compareText(a, b));
}
