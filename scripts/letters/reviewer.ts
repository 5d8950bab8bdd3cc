/** The reviewer's licence and specialty as printed, after labels or in a sentence. The reviewer's name is confidential and is never read. */
import type { Line } from './clean.ts';
import type { CredentialField, Layout } from './layouts.ts';
import { anyOf, linesBetween, oneLine, sectionText, spaced } from './text.ts';

/** One line each, empty where the letter says nothing. A whole sentence where the letter has no labels. */
export type PrintedReviewer = Record<CredentialField, string>;

/** Reads the section about the reviewer. */
export function parseReviewer(lines: readonly Line[], { credentials }: Layout): PrintedReviewer {
  const labels = credentials.filter((row) => 'label' in row);
  const phrases = credentials.filter((row) => 'words' in row);
  const labelled = labels.length > 0 ? labelledValues(lines, labels) : new Map<CredentialField, string>();
  const prose = phrases.reduce((text, { words }) => text.replace(new RegExp(`\\s?${spaced(words)}\\s?`, 'gi'), ` ${words} `), oneLine(lines));
  const value = (field: CredentialField) =>
    labelled.get(field) ?? (phrases.some((row) => row.field === field && prose.includes(` ${row.words} `)) ? prose : '');
  return { licensure: value('licensure'), specialty: value('specialty') };
}

function labelledValues(lines: readonly Line[], labels: readonly { label: string; field: CredentialField }[]): Map<CredentialField, string> {
  const section = sectionText(lines);
  const found = [...section.text.matchAll(new RegExp(`(${anyOf(labels.map(({ label }) => label))})\\s*:`, 'g'))];
  const values = new Map<CredentialField, string>();
  found.forEach((match, index) => {
    const { field } = labels.find(({ label }) => new RegExp(`^${spaced(label)}$`).test(match[1]!))!;
    if (!values.has(field)) values.set(field, oneLine(linesBetween(section, match.index + match[0].length, found[index + 1]?.index)));
  });
  return values;
}
