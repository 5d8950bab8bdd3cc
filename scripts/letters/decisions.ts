/** The disputed items of a letter, one after another: request, outcome and fields of each. */
import type { DecisionOutcome, Paragraphs } from '../../src/determinations/record.ts';
import type { Line } from './clean.ts';
import type { DecisionField, FieldLayout, ItemsLayout } from './layouts.ts';
import { findOpenings } from './openings.ts';
import type { Label } from './openings.ts';
import { doubt, serious } from './problem.ts';
import type { Problem } from './problem.ts';
import { anyOf, fieldText, lineNumberAt, linesBetween, sectionText, shorten } from './text.ts';
import type { SectionText } from './text.ts';
import { isSameRequest, readVerdicts } from './verdicts.ts';

export interface PrintedDecision extends Record<DecisionField, Paragraphs> {
  request: string;
  outcome: DecisionOutcome;
}

type SentenceField = Extract<FieldLayout, { sentenceAbout: readonly string[] }>;

/**
 * Reads the disputed items. In each, the request and the fields come in the layout's order, so an item that lacks one, or has one
 * twice, cannot be told from its neighbour: such a letter has a serious problem, because an outcome could come to stand beside
 * another item's request.
 * @returns nothing when there is a serious problem
 */
export function parseItems(lines: readonly Line[], verdictLines: readonly Line[], layout: ItemsLayout, problems: Problem[]): PrintedDecision[] {
  const section = sectionText(lines);
  const labels = findLabels(section, layout.fields);
  const openings = findOpenings(section, layout, labels);
  const parts = [...openings, ...labels].sort((a, b) => a.start - b.start || a.end - b.end);
  const labelled = layout.fields.filter((field) => 'labels' in field);
  const decisions: PrintedDecision[] = [];
  const { listed } = layout.verdict;
  const verdicts = listed && readVerdicts(verdictLines, layout.verdict, listed.after, problems);
  const fail = (code: string, words: string, position: number): [] => {
    problems.push(serious(code, words, lineNumberAt(section, position)));
    return [];
  };
  if (listed && !verdicts) return [];
  if (verdicts?.size === 0) return fail('no-verdicts', 'its list of verdicts is missing', 0);
  for (let at = 0; at < parts.length; at += 1 + labelled.length) {
    const opening = parts[at]!;
    const number = decisions.length + 1;
    if (!('request' in opening)) {
      return fail('decision-without-outcome', `"${opening.printed}" follows where a request and its outcome should: an item has no outcome, or a field twice`, opening.start);
    }
    if (opening.problem) {
      problems.push(opening.problem);
      return [];
    }
    const { request } = opening;
    const verdict = verdicts?.get(number);
    if ((opening.number ?? number) !== number) return fail('item-number', `the item "${shorten(request)}" has the number ${opening.number} where ${number} should stand`, opening.start);
    if (verdicts && !(verdict && isSameRequest(verdict.request, request))) {
      return fail('verdict-mismatch', `item ${number} is about "${shorten(request)}", verdict ${number} about "${verdict ? shorten(verdict.request) : 'nothing'}"`, opening.start);
    }
    const outcome = opening.outcome ?? verdict!.outcome;
    const places = new Map<DecisionField, [from: number, to: number]>();
    for (const [index, field] of labelled.entries()) {
      const label = parts[at + 1 + index];
      if (!label || 'request' in label || label.field !== field.field) {
        return fail('decision-incomplete', `the item "${shorten(request)}" has no "${field.labels[0]}:" where it should stand`, label?.start ?? section.text.length);
      }
      places.set(field.field, [label.end, parts[at + 2 + index]?.start ?? section.text.length]);
    }
    const told = placeSentences(section.text, opening.end, parts[at + 1]!.start, layout.fields.filter((field) => 'sentenceAbout' in field));
    const texts = Object.fromEntries(layout.fields.map(({ field }) => [field, fieldText(linesBetween(section, ...(places.get(field) ?? told.get(field)!)))]));
    for (const { field, words } of layout.fields) {
      if (texts[field]!.length > 0) continue;
      const position = (places.get(field) ?? told.get(field)!)[0];
      if (field === 'rationale') return fail('rationale-empty', `the item "${shorten(request)}" has an empty rationale`, position);
      problems.push(doubt('field-empty', `Decision ${number} has no text for the ${words}.`, lineNumberAt(section, position)));
    }
    decisions.push({ request, outcome, ...(texts as Record<DecisionField, Paragraphs>) });
  }
  if (decisions.length === 0) problems.push(serious('no-decisions', 'it has the headings of a letter but no disputed item with an outcome', lines[0]?.number));
  else if (verdicts && verdicts.size !== decisions.length) return fail('verdict-mismatch', `it has ${verdicts.size} verdicts and ${decisions.length} items`, 0);
  return decisions;
}

/** All labels of fields, in the order of the text. */
function findLabels(section: SectionText, fields: readonly FieldLayout[]): Label[] {
  const labelled = fields.filter((field) => 'labels' in field);
  const pattern = new RegExp(labelled.map(({ labels }, index) => `(?<label${index}>${anyOf(labels)}\\s*:)`).join('|'), 'g');
  return [...section.text.matchAll(pattern)].map((match) => {
    const [name, printed] = Object.entries(match.groups!).find(([, value]) => value !== undefined)!;
    return { field: labelled[Number(name.slice('label'.length))]!.field, printed: printed!, start: match.index, end: match.index + match[0].length };
  });
}

/** Before a sentence: the end of another one, or a blank line. A blank may be lost before `The`. */
const SENTENCE_BEGINS = /(?<=[.?!]["\u201d')\]]?)(?:\s+(?=["\u201c'(]?\p{Lu})|(?=The))|\n\n+/gu;

/**
 * The places of fields that have no labels: each begins with the first sentence about it, and must begin before those that come after
 * it. Words before the first of them belong to it; where no sentence is about any, all belong to the last.
 */
function placeSentences(text: string, from: number, to: number, fields: readonly SentenceField[]): Map<DecisionField, [from: number, to: number]> {
  const places = new Map<DecisionField, [number, number]>();
  if (fields.length === 0) return places;
  const part = text.slice(from, to);
  const sentences = [0, ...[...part.matchAll(SENTENCE_BEGINS)].map((match) => match.index + match[0].length)];
  const mentions = fields.map(({ sentenceAbout }) => new RegExp(anyOf(sentenceAbout)).exec(part)?.index ?? Infinity);
  const begins = mentions.map((mention) => (mention === Infinity ? mention : sentences.findLast((start) => start <= mention)!));
  const told = begins.map((begin, index) => begin !== Infinity && begins.slice(index + 1).every((later) => begin < later));
  const first = told.includes(true) ? told.indexOf(true) : fields.length - 1;
  let end = part.length;
  for (let index = fields.length - 1; index >= 0; index--) {
    const begin = index === first ? 0 : told[index] ? begins[index]! : end;
    places.set(fields[index]!.field, [from + begin, from + end]);
    end = begin;
  }
  return places;
}
