/**
 * What the record had where denials were overturned, and lacked where they were upheld, criterion by criterion: a checklist for a new request. Pure. It counts what rules have found in
 * decisions and advises nothing; that a reason was not found proves nothing.
 */
import type { ValueNode } from '../browse.ts';
import { decisionAddress, oneLine } from '../citation.ts';
import { FEWEST_FOR_SHARE } from '../outcomes.ts';
import type { OutcomeSplit } from '../outcomes.ts';
import { count, dayText, listText, numberText } from '../words.ts';
import { KINDS } from './kinds.ts';
import type { ReasonSide } from './kinds.ts';
import { chooseSaid, criterionName, makeLedger, shareOf } from './ledger.ts';
import type { CriterionCount, Ledger, Said } from './ledger.ts';

export interface ChecklistItem {
  criterion: CriterionCount;
  /** `Simpler care first` */
  name: string;
  /** What the record had, a sentence a kind; where no overturned decision says so, what it lacked. */
  says: string[];
  /** Words of overturned decisions; where none says that it is met, of upheld ones that say what is missing. */
  quotes: Said[];
  /** Whether the quotes are of overturned decisions. */
  met: boolean;
}

export interface Checklist {
  ledger: Ledger;
  /** The most telling first. Empty where nothing tells the outcomes apart. */
  items: ChecklistItem[];
}

/** Items of a checklist: what fits on two sheets of paper. */
const MOST_ITEMS = 10;
/** Quotations of one item. */
const MOST_QUOTES = 3;
/** Letters of a quotation: what runs on is cut at a blank, and says so. */
const LONGEST = 300;

/** The page below that of a value. @param path of the value's own */
export function checklistPath(path: string): string {
  return `${path}checklist/`;
}

/** The same as text, beside that page. */
export function checklistTextPath(path: string): string {
  return `${path}checklist.txt`;
}

/** Whether a value has a checklist: a service with reasons on both sides of the outcome. */
export function hasChecklist({ facet, decisions }: Pick<ValueNode, 'facet' | 'decisions'>): boolean {
  const outcomes = new Set(decisions.filter(({ reasons }) => reasons.length > 0).map(({ outcome }) => outcome));
  return facet.name === 'service' && outcomes.size === 2;
}

/** @param decisions newest first: so are the quotations */
export function makeChecklist(decisions: ValueNode['decisions']): Checklist {
  const ledger = makeLedger(decisions);
  const telling = ledger.criteria.map((criterion) => ({ criterion, difference: differenceOf(criterion, ledger.all) })).filter(({ difference }) => difference > 0);
  // The ledger's order decides between equals.
  telling.sort((a, b) => b.difference - a.difference);
  return { ledger, items: telling.slice(0, MOST_ITEMS).map(({ criterion }) => itemOf(criterion)) };
}

/**
 * How well a criterion tells the outcomes apart, from -2 to 2: by how much more often overturned decisions say that it is met, and upheld ones that it is not.
 * Shares, because there are far more upheld decisions.
 */
function differenceOf({ sides }: CriterionCount, all: OutcomeSplit): number {
  const more = (split: OutcomeSplit): number => split.overturned / all.overturned - split.upheld / all.upheld;
  return more(sides.met) - more(sides['not met']);
}

function itemOf(criterion: CriterionCount): ChecklistItem {
  const met = criterion.sides.met.overturned > 0;
  const [side, outcome]: [ReasonSide, 'overturned' | 'upheld'] = met ? ['met', 'overturned'] : ['not met', 'upheld'];
  const kinds = criterion.kinds.filter(({ kind, split }) => KINDS[kind].side === side && split[outcome] > 0);
  const said = kinds.flatMap((kind) => kind.said.filter(({ decision }) => decision.outcome === outcome));
  return { criterion, name: criterionName(criterion.criterion), says: kinds.map(({ kind }) => KINDS[kind].says), quotes: chooseSaid(said, MOST_QUOTES), met };
}

/** A sentence of a letter as an item quotes it. */
export function quoted(sentence: string): string {
  if (sentence.length <= LONGEST) return sentence;
  const cut = sentence.slice(0, LONGEST).toWellFormed();
  return `${cut.slice(0, cut.lastIndexOf(' ') > 0 ? cut.lastIndexOf(' ') : LONGEST)} …`;
}

/** What must be said with every checklist. */
export const CHECKLIST_CAUTION = 'This list was counted by rule from the decisions on this site. It is not advice, and it is no rule of any guideline.';
export const CHECKLIST_LIMITS = 'Not every reason is found. Where a count is low, the record may still have had it, or lacked it.';

/** In how many overturned decisions it is met, and in how many upheld ones named as missing: `5 of 14 overturned`, `40 of 108 (37%) upheld`. */
export function itemCounts({ criterion: { sides } }: ChecklistItem, { all }: Ledger): [met: string, missing: string] {
  return [`${shareOf(sides.met.overturned, all.overturned)} overturned`, `${shareOf(sides['not met'].upheld, all.upheld)} upheld`];
}

/** The checklist as a text that any program opens. @param name of the service @param home absolute address of the site's home, or its path, with a slash at its end */
export function checklistText({ ledger, items }: Checklist, name: string, home: string): string {
  const { all, withReasons } = ledger;
  const few = (['overturned', 'upheld'] as const).filter((outcome) => all[outcome] < FEWEST_FOR_SHARE).map((outcome) => count(all[outcome], `${outcome} decision`));
  const head = [
    `Checklist: ${name}`,
    `${CHECKLIST_CAUTION} ${CHECKLIST_LIMITS}`,
    `Counted from ${count(all.total, 'decision')}: ${numberText(all.overturned)} overturned, ${numberText(all.upheld)} upheld. Reasons were found in ${numberText(withReasons.total)}.${few.length > 0 ? ` Caution: ${listText(few)} say little.` : ''}`,
  ];
  return `${[...head, ...items.map((item) => itemText(item, ledger, home))].join('\n\n')}\n`;
}

function itemText(item: ChecklistItem, ledger: Ledger, home: string): string {
  const [met, missing] = itemCounts(item, ledger);
  const quotes = item.quotes.map(({ decision: { case: { id, decisionDate }, number }, sentence }) =>
    `    "${oneLine(quoted(sentence))}"\n    ${id}, decision ${number}, ${decisionDate === undefined ? 'undated' : dayText(decisionDate)}: ${decisionAddress({ id, number }, home)}`);
  return [`[ ] ${item.name}`, ...item.says.map((says) => `    ${says}`), `    Met: ${met}. Named as missing: ${missing}.`, `    ${item.met ? 'Overturned' : 'Upheld'}, in the reviewers’ words:`, ...quotes].join('\n');
}
