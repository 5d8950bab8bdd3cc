/** <compare-decisions>: loads the two decisions that the address names and holds them against each other. The address always says what is shown. */
import { href } from '../../base.ts';
import { comparedOf, criterionRows, factRows, sideOf } from '../../compare/compare.ts';
import type { Compared, CriterionRow, FactRow } from '../../compare/compare.ts';
import { keepName, keptName } from '../../compare/kept.ts';
import { formatName, isSameName, readName } from '../../compare/name.ts';
import type { DecisionName } from '../../compare/name.ts';
import { serviceValue } from '../../determinations/record.ts';
import type { Reason } from '../../determinations/record.ts';
import { KINDS } from '../../reasons/kinds.ts';
import type { ReasonSide } from '../../reasons/kinds.ts';
import { criterionName } from '../../reasons/ledger.ts';
import { CaseLoadError, Cases, wordsOf } from '../../research/cases.ts';
import { saveAttributes } from '../../research/save-attributes.ts';
import { copyText, element, shorten, slot } from '../../search/page/dom.ts';
import { casePath, comparePath, decisionPath } from '../../urls.ts';
import { dayText, numberText } from '../../words.ts';

const LETTERS = ['A', 'B'] as const;
const FACT_RELATIONS: Readonly<Record<FactRow['relation'], string>> = { same: 'Same', partly: 'Partly the same', differs: 'Differs', unstated: 'Stated in neither' };
const REASON_RELATIONS: Readonly<Record<CriterionRow['relation'], string>> = { opposite: 'Differs: met in one, not met in the other', same: 'Same', 'only a': 'Found in A alone', 'only b': 'Found in B alone' };
const RELATION_CLASSES: Readonly<Record<FactRow['relation'] | CriterionRow['relation'], string>> = {
  same: 'same', unstated: 'same', partly: 'partly', differs: 'differs', opposite: 'differs', 'only a': 'partly', 'only b': 'partly',
};

/** A decision of the address: found, or why not. */
type Side = { state: 'here'; compared: Compared } | { state: 'problem'; problem: HTMLElement } | { state: 'none' };

class CompareDecisions extends HTMLElement {
  readonly #cases = new Cases(new URL(href(''), location.href).href, this.dataset['removed']!);
  /** The page's own title, with the site's name at its end. */
  readonly #title = document.title;
  #shown: [Compared, Compared] | undefined;

  connectedCallback(): void {
    this.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('button[data-do]') : null;
      if (button) void this.#do(button.dataset['do']!);
    });
    addEventListener('popstate', () => void this.#show());
    void this.#show();
  }

  async #do(action: string): Promise<void> {
    if (action === 'print') print();
    else if (action === 'retry') await this.#show();
    else if (action === 'copy') await this.#copy();
    else if (action === 'swap' && this.#shown) {
      const [a, b] = this.#shown;
      history.replaceState(history.state, '', href(comparePath(nameOf(b), nameOf(a))));
      this.#showBoth(b, a);
      this.#say('The sides are swapped.');
    }
  }

  async #show(): Promise<void> {
    const parameters = new URLSearchParams(location.search);
    this.#say('Loading the decisions…');
    try {
      const [a, b] = await Promise.all([this.#side(parameters.get('a')), this.#side(parameters.get('b'))]);
      this.#say('');
      if (a.state === 'here' && b.state === 'here' && !isSameName(a.compared, b.compared)) this.#showBoth(a.compared, b.compared);
      else this.#ask(a, b);
    } catch (error) {
      if (!(error instanceof CaseLoadError)) throw error;
      this.#say('Something could not be loaded from this site. Check your connection and try again.');
      this.#fill('ask', element('p', {}, element('button', { type: 'button', class: 'button', 'data-do': 'retry' }, 'Try again')));
      this.#hide('ask', false);
    }
  }

  /** @throws CaseLoadError */
  async #side(text: string | null): Promise<Side> {
    if (text === null || text === '') return { state: 'none' };
    const problem = (...words: (Node | string)[]): Side => ({ state: 'problem', problem: element('p', {}, ...words) });
    const name = readName(text);
    if (!name) return problem(quoted(shorten(text)), ' is no decision. The address must name it as in ', element('code', {}, 'CM00-0000117.2'), ': the case, and its place in the letter.');
    const state = await this.#cases.read(name.caseId);
    if (state.state === 'removed') return problem('Case ', quoted(name.caseId), ' was removed from this site by its publisher.');
    if (state.state === 'missing') return problem('Case ', quoted(name.caseId), ' is not on this site.');
    const compared = comparedOf(state.record, name.number);
    if (!compared) return problem('Case ', element('a', { href: href(casePath(state.record.id)), translate: 'no' }, state.record.id), ` has no decision ${numberText(name.number)}.`);
    return { state: 'here', compared };
  }

  /** One decision is still to be chosen: the next "Compare" at a result brings it. */
  #ask(a: Side, b: Side): void {
    this.#shown = undefined;
    const found = [a, b].flatMap((side) => (side.state === 'here' ? [side.compared] : []));
    const problems = [a, b].flatMap((side) => (side.state === 'problem' ? [side.problem] : []));
    if (found.length === 2) problems.push(element('p', {}, 'The address names the same decision twice.'));
    const [one] = found;
    if (one) keepName({ caseId: one.caseId, number: one.number });
    const kept = one ? undefined : keptName();
    this.#fill('ask', ...problems, ...(one ? askForSecond(one) : askForFirst(kept)));
    this.#hide('ask', false);
    this.#hide('both', true);
    this.#hide('actions', true);
    this.#heads(one ? [one] : []);
    document.title = this.#title;
  }

  #showBoth(a: Compared, b: Compared): void {
    this.#shown = [a, b];
    keepName(undefined);
    document.title = this.#title.replace(/^.*(?= - )/, () => `Compare ${formatName(a)} with ${formatName(b)}`);
    this.#heads([a, b]);
    const facts = factRows(a, b);
    const rows = criterionRows(a, b);
    const differing = facts.filter(({ relation }) => relation === 'differs' || relation === 'partly').length;
    this.#part('facts-count').textContent = `Of ${numberText(facts.length)} facts, ${numberText(differing)} differ, in whole or in part.`;
    this.#fill('facts', ...facts.map((row) => this.#row(row.label, row.relation, FACT_RELATIONS[row.relation], [values(row.a, row), values(row.b, row)])));
    this.#fill('reasons', ...rows.map((row) => this.#row(criterionName(row.criterion), row.relation, REASON_RELATIONS[row.relation], [this.#reasons(row.a), this.#reasons(row.b)])));
    if (rows.length === 0) this.#fill('reasons', element('p', {}, 'No reason was found in either of them.'));
    this.#fill('rationales', ...[a, b].map(({ decision }, index) => element(
      'div', {},
      which(index),
      element('div', { class: 'compare__side letter-words', 'data-letter': '' }, ...decision.rationale.map((paragraph) => element('p', {}, paragraph))),
    )));
    this.#hide('ask', true);
    this.#hide('both', false);
    this.#hide('actions', false);
    this.#part('address').replaceChildren();
  }

  #heads(sides: readonly Compared[]): void {
    this.#fill('heads', ...sides.map((side, index) => this.#head(side, LETTERS[index]!)));
    this.#hide('heads', sides.length === 0);
    if (sides.length > 0) void import('../research/save-button.ts');
  }

  #head(side: Compared, letter: string): HTMLElement {
    const { caseId, number, decision, decisionDate } = side;
    const head = copyTemplate('head');
    slot(head, 'letter').textContent = letter;
    const link = slot(head, 'link');
    link.setAttribute('href', href(decisionPath(caseId, number)));
    link.textContent = decision.request;
    slot(head, 'outcome').replaceWith(copyTemplate(`outcome-${decision.outcome}`));
    slot(head, 'meta').append(
      element('li', {}, element('a', { href: href(casePath(caseId)), translate: 'no' }, side.caseNumber ?? caseId)),
      element('li', {}, `Decision ${number}`),
      element('li', {}, decisionDate === undefined ? 'undated' : element('time', { datetime: decisionDate, 'data-day': '' }, dayText(decisionDate))),
    );
    const words = wordsOf({ id: caseId, caseNumber: side.caseNumber, decisionDate, specialty: side.specialty, decisions: [decision] } as Parameters<typeof wordsOf>[0], 1)!;
    for (const [name, value] of Object.entries(saveAttributes(caseId, number, words))) slot(head, 'save').setAttribute(name, value);
    return head;
  }

  #row(label: string, relation: keyof typeof RELATION_CLASSES, said: string, sides: readonly [readonly Node[], readonly Node[]]): HTMLElement {
    const row = copyTemplate('row');
    row.classList.add(`compare__row--${RELATION_CLASSES[relation]}`);
    slot(row, 'label').textContent = label;
    slot(row, 'relation').textContent = said;
    sides.forEach((nodes, index) => slot(row, index === 0 ? 'a' : 'b').append(which(index), element('div', { class: 'compare__side' }, ...nodes)));
    return row;
  }

  #reasons(reasons: readonly Reason[]): Node[] {
    if (reasons.length === 0) return [element('p', { class: 'hint' }, 'None found')];
    const sides = [...new Set(reasons.map(({ kind }) => sideOf(kind)))];
    return sides.flatMap((side: ReasonSide) => [
      element('p', {}, copyTemplate(`side-${side}`)),
      ...reasons.filter(({ kind }) => sideOf(kind) === side).flatMap(({ kind, sentence }, index, all) => [
        ...(all[index - 1]?.kind === kind ? [] : [element('p', { class: 'compare__kind' }, KINDS[kind].name)]),
        element('blockquote', { class: 'compare__words', 'data-letter': '' }, sentence),
      ]),
    ]);
  }

  async #copy(): Promise<void> {
    const isCopied = await copyText(location.href, { class: 'compare__address', 'aria-label': 'Address of this comparison' }, (field) => this.#part('address').replaceChildren(field));
    this.#say(isCopied ? 'Link copied.' : 'Copy this address.');
  }

  #say(words: string): void {
    this.#part('said').textContent = words;
  }

  #fill(name: string, ...nodes: readonly (Node | string)[]): void {
    this.#part(name).replaceChildren(...nodes);
  }

  #hide(name: string, hidden: boolean): void {
    this.#part(name).hidden = hidden;
  }

  #part(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }
}

function askForSecond(one: Compared): HTMLElement[] {
  const service = new URLSearchParams({ service: serviceValue(one.decision.service) });
  return [
    element('p', {}, element('strong', {}, 'Choose the second decision.'), ' Search, and press “Compare” at a result. This one is kept for that in this tab.'),
    element('ul', {},
      element('li', {}, element('a', { href: href(`search/?${service}`) }, 'Search decisions on the same service')),
      element('li', {}, element('a', { href: href('search/') }, 'Search all decisions')),
      element('li', {}, element('a', { href: href(decisionPath(one.caseId, one.number)) }, 'See similar decisions on the page of its case')),
    ),
  ];
}

function askForFirst(kept: DecisionName | undefined): HTMLElement[] {
  return [
    element('p', {}, element('strong', {}, 'Choose two decisions.'), ' ', element('a', { href: href('search/') }, 'Search'), ', and press “Compare” at one result and then at another.'),
    ...(kept ? [element('p', {}, 'You have chosen one: ', element('a', { href: href(comparePath({ id: kept.caseId, number: kept.number })), translate: 'no' }, formatName(kept)), '.')] : []),
  ];
}

/** The values of one side. */
function values(list: readonly string[], { names }: Pick<FactRow, 'names'>): Node[] {
  if (list.length === 0) return [element('p', { class: 'hint' }, 'Not stated')];
  return [element('ul', {}, ...list.map((value) => element('li', names ? { translate: 'no' } : {}, value)))];
}

/** Which of the two, where they stand one above the other or are heard. */
function which(index: number): HTMLElement {
  return element('span', { class: 'compare__which', translate: 'no' }, LETTERS[index]!);
}

function quoted(text: string): HTMLElement {
  return element('span', { translate: 'no' }, `“${text}”`);
}

function nameOf({ caseId, number }: DecisionName): { id: string; number: number } {
  return { id: caseId, number };
}

function copyTemplate(name: string): HTMLElement {
  return document.querySelector<HTMLTemplateElement>(`template[data-template="${name}"]`)!.content.firstElementChild!.cloneNode(true) as HTMLElement;
}

customElements.define('compare-decisions', CompareDecisions);
