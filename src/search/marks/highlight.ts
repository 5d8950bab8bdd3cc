/** Marks the words of a search on the page of a case. Text nodes are split and nothing else: letters are untrusted. */
import type { StemExceptions } from '../words.ts';
import { findMarks } from './matching.ts';

/** A place to go to. It is one element, or several where a link or the like begins within it. */
export type Match = readonly [HTMLElement, ...HTMLElement[]];

/** What stands together on the page: a decision, or the clinical summary. */
export interface MatchGroup {
  /** Of a decision, counted from 1. */
  decision?: number;
  matches: readonly Match[];
}

/** The searched text of a decision, and of the case, by the class names of CaseDecision.astro and Case.astro. */
const DECISION_TEXT = '.decision__request, .decision__facts dd, .decision__guidelines .letter-words > p:not(.hint), .decision__rationale .letter-words > p:not(.hint)';
const SUMMARY_TEXT = '.case__summary .letter-words > p:not(.hint)';

/**
 * Marks all of a case: the decision that was opened, those after it, those before it, then the clinical summary, which is
 * the same for all of them and therefore marked less loudly.
 * @param opened counted from 1
 */
export function markCase(page: ParentNode, marks: readonly (readonly string[])[], exceptions: StemExceptions, opened: number): MatchGroup[] {
  const mark = (part: ParentNode, blocks: string, className: string): Match[] => [...part.querySelectorAll(blocks)].flatMap((block) => markBlock(block, marks, exceptions, className));
  const decisions = [...page.querySelectorAll('section.decision')].map((section, index) => ({ decision: index + 1, matches: mark(section, DECISION_TEXT, 'search-mark') }));
  return [...decisions.slice(opened - 1), ...decisions.slice(0, opened - 1), { matches: mark(page, SUMMARY_TEXT, 'search-mark search-mark--quiet') }];
}

/** Marks one paragraph or heading. */
function markBlock(block: Element, marks: readonly (readonly string[])[], exceptions: StemExceptions, className: string): Match[] {
  const nodes = textNodes(block);
  const ranges = findMarks(nodes.map(({ data }) => data).join(''), marks, exceptions);
  const matches: HTMLElement[][] = ranges.map(() => []);
  let offset = 0;
  for (const node of nodes) {
    const { data } = node;
    const pieces: (Node | string)[] = [];
    let done = 0;
    for (const [index, range] of ranges.entries()) {
      const start = Math.max(range.start - offset, done);
      const end = Math.min(range.end - offset, data.length);
      if (end <= start) continue;
      const element = document.createElement('mark');
      element.className = className;
      element.textContent = data.slice(start, end);
      matches[index]!.push(element);
      pieces.push(data.slice(done, start), element);
      done = end;
    }
    offset += data.length;
    if (done > 0) node.replaceWith(...pieces.filter((piece) => piece !== ''), ...(done < data.length ? [data.slice(done)] : []));
  }
  return matches.filter((match): match is [HTMLElement, ...HTMLElement[]] => match.length > 0);
}

/** Takes the marks away; the page is as it was. */
export function unmark(groups: readonly MatchGroup[]): void {
  for (const element of groups.flatMap(({ matches }) => matches.flat())) {
    const { parentElement } = element;
    element.replaceWith(...element.childNodes);
    parentElement?.normalize();
  }
}

function textNodes(block: Element): Text[] {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}
