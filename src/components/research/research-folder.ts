/**
 * <research-folder>: shows the list and changes it. What is on the page follows the list, whoever has changed it: this page, another tab, a file or a link.
 * Elements stay while their decision does, so that the focus and what is being typed stay too.
 */
import { href } from '../../base.ts';
import { valueLabel } from '../../facets.ts';
import { VALUE_SEPARATOR } from '../../determinations/record.ts';
import type { Decision } from '../../determinations/record.ts';
import { makeAnnex, remarkOf } from '../../research/annex.ts';
import { CaseLoadError, Cases, saysOtherwise, wordsOf } from '../../research/cases.ts';
import type { CaseState } from '../../research/cases.ts';
import type { ExportFormat } from '../../research/exports.ts';
import { folder } from '../../research/folder.ts';
import {
  addGroup, arranged, bringBack, dissolveGroup, entriesOf, entryId, entryOf, moveEntry, moveGroup, putInto, renameGroup, setNote, setTitle, setWords, takeOut,
} from '../../research/list.ts';
import type { ArrangedGroup, Entry, ResearchList } from '../../research/list.ts';
import { LARGEST_FILE, LONGEST_LINK, PlainListError, addPlain, additionOf, fileText, isLinkHash, linkHash, plainList, readFileText, readLinkHash } from '../../research/plain.ts';
import type { PlainList } from '../../research/plain.ts';
import { copyText, element, slot } from '../../search/page/dom.ts';
import { caseSlug, casePath, decisionPath, slug } from '../../urls.ts';
import { count, dayText, numberText } from '../../words.ts';

/** A note is stored when typing pauses this long, in milliseconds, and at once when the page is left. */
const TYPING_PAUSE = 400;
const PROBLEMS = {
  full: 'This browser has no room left for this site. Your last change is in this tab only. Save the folder to a file before you leave this page.',
  forbidden: 'This browser does not let this site keep anything. Your folder is in this tab only. Save it to a file before you leave this page.',
} as const;

class ResearchFolder extends HTMLElement {
  readonly #store = folder();
  readonly #home = new URL(href(''), location.href).href;
  readonly #cases = new Cases(this.#home, this.dataset['removed']!);
  /** What the site says of the cases that were asked for, by caseSlug. */
  readonly #states = new Map<string, CaseState>();
  readonly #remarks = new Map<string, string>();
  readonly #groups = new Map<string, HTMLElement>();
  readonly #entries = new Map<string, HTMLElement>();
  /** Notes that are being typed: what each was before. */
  readonly #typing = new Map<string, string>();
  #pause: ReturnType<typeof setTimeout> | undefined;
  #undo: { list: ResearchList; ids: string[] } | undefined;
  #offered: PlainList | undefined;
  #ended = new AbortController();

  connectedCallback(): void {
    const { signal } = (this.#ended = new AbortController());
    this.hidden = false;
    this.#store.onChange(() => this.#show(), signal);
    this.addEventListener('click', (event) => this.#clicked(event), { signal });
    this.addEventListener('input', (event) => this.#typed(event), { signal });
    this.addEventListener('change', (event) => void this.#changed(event), { signal });
    this.#part('new-group').addEventListener('submit', (event) => {
      event.preventDefault();
      const field = this.#part<HTMLInputElement>('new-name');
      this.#store.change((list, at) => addGroup(list, field.value, newId(), at));
      field.value = '';
    }, { signal });
    addEventListener('pagehide', () => this.#storeNotes(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.#storeNotes(), { signal });
    addEventListener('beforeunload', (event) => {
      this.#storeNotes();
      if (this.#store.problem && entriesOf(this.#store.list).length > 0) event.preventDefault();
    }, { signal });
    addEventListener('hashchange', () => void this.#openLink(), { signal });
    this.#show();
    void this.#readMissing();
    void this.#openLink();
  }

  disconnectedCallback(): void {
    this.#storeNotes();
    this.#ended.abort();
  }

  // What the page shows.

  #show(): void {
    const { list, problem, damaged } = this.#store;
    const focused = document.activeElement;
    const groups = arranged(list);
    const all = groups.flatMap(({ entries }) => entries);
    const hasGroups = groups.length > 1;
    this.#hide('empty', all.length > 0 || hasGroups);
    this.#hide('filled', all.length === 0 && !hasGroups);
    this.#hide('emptying', all.length === 0 && !hasGroups);
    this.#hide('save-file', all.length === 0);
    this.#hide('damaged', damaged === undefined);
    this.#hide('problem', problem === undefined);
    const said = problem === undefined ? '' : PROBLEMS[problem];
    write(this.#part('problem'), said);
    write(this.#part('count'), count(all.length, 'decision'));
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-export], [data-do="copy-link"], [data-do="print"]')) button.disabled = all.length === 0;
    const title = this.#part<HTMLInputElement>('title');
    if (focused !== title) title.value = list.title[0];
    this.#hide('link', true);

    const sections = groups.filter(({ id, entries }) => id !== '' || entries.length > 0 || !hasGroups);
    let place = 0;
    arrange(this.#part('groups'), sections.map((group, index) => {
      const section = this.#groupElement(group, index > 0 ? sections[index - 1]!.id !== '' : false, index < sections.length - 1, hasGroups);
      arrange(slot(section, 'entries'), group.entries.map((entry, at) => this.#entryElement(entry, (place += 1), at > 0, at < group.entries.length - 1, groups)));
      return section;
    }));
    forget(this.#groups, new Set(sections.map(({ id }) => id)));
    forget(this.#entries, new Set(all.map(entryId)));
    // What was moved lost the focus, and a button at the end of its way cannot have it.
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected && this.contains(focused)) {
      const able = focused instanceof HTMLButtonElement && focused.disabled ? focused.parentElement!.querySelector<HTMLElement>('button:enabled') : focused;
      able?.focus();
    }
  }

  #groupElement({ id, name, entries }: ArrangedGroup, hasPrevious: boolean, hasNext: boolean, hasGroups: boolean): HTMLElement {
    let section = this.#groups.get(id);
    if (!section) {
      section = copyTemplate('group');
      section.dataset['group'] = id;
      this.#groups.set(id, section);
    }
    const heading = slot(section, 'name');
    // Our own words where the reader has given none.
    if (id === '') heading.removeAttribute('translate');
    write(heading, id === '' ? 'Without a group' : name);
    heading.hidden = id === '' && !hasGroups;
    slot(section, 'tools').hidden = id === '';
    slot(section, 'nothing').hidden = entries.length > 0;
    slot(section, 'entries').hidden = entries.length === 0;
    const field = slot(section, 'rename') as HTMLInputElement;
    if (document.activeElement !== field) field.value = name;
    (slot(section, 'up') as HTMLButtonElement).disabled = !hasPrevious;
    (slot(section, 'down') as HTMLButtonElement).disabled = !hasNext;
    return section;
  }

  #entryElement(entry: Entry, place: number, hasPrevious: boolean, hasNext: boolean, groups: readonly ArrangedGroup[]): HTMLElement {
    const id = entryId(entry);
    let item = this.#entries.get(id);
    if (!item) {
      item = copyTemplate('entry');
      item.dataset['entry'] = id;
      slot(item, 'link').setAttribute('href', href(decisionPath(entry.caseId, entry.number)));
      slot(item, 'reasons').addEventListener('toggle', () => void this.#showReasons(id));
      this.#entries.set(id, item);
    }
    this.#fillEntry(item, entry, place);
    const note = slot(item, 'note') as HTMLTextAreaElement;
    if (!this.#typing.has(id) && note.value !== entry.note[0]) note.value = entry.note[0];
    (slot(item, 'up') as HTMLButtonElement).disabled = !hasPrevious;
    (slot(item, 'down') as HTMLButtonElement).disabled = !hasNext;
    const select = slot(item, 'group') as HTMLSelectElement;
    const options = [['', 'No group'], ...groups.slice(1).map((group) => [group.id, group.name])] as [string, string][];
    const key = JSON.stringify(options);
    if (select.dataset['options'] !== key) {
      select.dataset['options'] = key;
      select.replaceChildren(...options.map(([value, name]) => element('option', value === '' ? { value } : { value, translate: 'no' }, name)));
    }
    select.value = groups.some((group) => group.id === entry.group[0]) ? entry.group[0] : '';
    return item;
  }

  /** What the decision says, anew only where that is something else than what stands there. */
  #fillEntry(item: HTMLElement, { caseId, number, words: [words] }: Entry, place: number): void {
    const id = entryId({ caseId, number });
    const state = this.#states.get(caseSlug(caseId));
    const remark = this.#remarks.get(id) ?? '';
    const shown = state && (state.state !== 'here' || !state.record.decisions[number - 1]) ? null : words;
    const key = JSON.stringify([shown, remark, place]);
    if (item.dataset['shown'] === key) return;
    item.dataset['shown'] = key;
    const link = slot(item, 'link');
    if (shown) link.setAttribute('data-letter', '');
    else link.removeAttribute('data-letter');
    link.textContent = shown ? shown.request : remark === '' ? 'Not loaded yet' : 'This decision is not on the site';
    const outcome = item.querySelector<HTMLElement>('[data-slot="outcome"], .outcome')!;
    outcome.replaceWith(shown ? template(`outcome-${shown.outcome}`) : element('span', { 'data-slot': 'outcome' }));
    slot(item, 'meta').replaceChildren(
      element('li', {}, element('a', { href: href(casePath(caseId)), translate: 'no' }, caseId)),
      element('li', {}, `Decision ${number}`),
      ...(shown ? [element('li', {}, shown.decisionDate === undefined ? 'undated' : element('time', { datetime: shown.decisionDate }, dayText(shown.decisionDate)))] : []),
      ...(shown ? [element('li', {}, `Service: ${shown.service.split(VALUE_SEPARATOR).map(valueLabel).join(': ')}`)] : []),
    );
    write(slot(item, 'remark'), remark);
    slot(item, 'remark').hidden = remark === '';
    slot(item, 'reasons').hidden = shown === null;
    slot(item, 'tools').setAttribute('aria-label', `Entry ${numberText(place)}`);
  }

  async #showReasons(id: string): Promise<void> {
    const [item, entry] = [this.#entries.get(id), entryOf(this.#store.list, id)];
    if (!item || !entry || !(slot(item, 'reasons') as HTMLDetailsElement).open) return;
    const place = slot(item, 'words');
    if (place.childElementCount > 0) return;
    try {
      await this.#learn([entry]);
    } catch (error) {
      place.replaceChildren(element('p', {}, loadFailure(error)));
      return;
    }
    const state = this.#states.get(caseSlug(entry.caseId));
    const decision = state?.state === 'here' ? state.record.decisions[entry.number - 1] : undefined;
    if (!decision) return;
    const rationale = element('div', { class: 'letter-words', 'data-letter': '' }, ...decision.rationale.map((paragraph) => element('p', {}, paragraph)));
    place.replaceChildren(rationale, ...(await reasonElements(decision)));
  }

  // What the site says.

  /** Which cases were removed, and the words of entries that came without. The site is asked for nothing else until the reader asks for it. */
  async #readMissing(): Promise<void> {
    const entries = entriesOf(this.#store.list);
    if (entries.length === 0) return;
    try {
      const removed = await this.#cases.removed();
      await this.#learn(entries.filter(({ caseId, words }) => words[0] === null || removed.has(caseSlug(caseId))));
    } catch (error) {
      this.#say(loadFailure(error));
    }
  }

  /** Asks the site for the cases of some entries, and takes over what it says. @throws CaseLoadError */
  async #learn(entries: readonly Entry[]): Promise<void> {
    const ids = [...new Map(entries.map(({ caseId }) => [caseSlug(caseId), caseId])).values()];
    const states = await this.#cases.readAll(ids);
    ids.forEach((id, index) => this.#states.set(caseSlug(id), states[index]!));
    const changes: [id: string, words: Entry['words'][0]][] = [];
    for (const { caseId, number } of entries) {
      const id = entryId({ caseId, number });
      const [state, words] = [this.#states.get(caseSlug(caseId))!, entryOf(this.#store.list, id)?.words[0]];
      if (words === undefined) continue;
      const remark = remarkOf(state, number, words ?? undefined);
      if (remark !== '') this.#remarks.set(id, remark);
      // The words of a removed case do not stay in the browser either.
      const now = (state.state === 'here' && wordsOf(state.record, number)) || null;
      if (state.state === 'missing' ? false : now === null ? words !== null : words === null || saysOtherwise(words, now) || words.service !== now.service) changes.push([id, now]);
    }
    if (changes.length > 0) this.#store.change((list, at) => changes.reduce((left, [id, words]) => setWords(left, id, words, at), list));
    else this.#show();
  }

  // What the reader does.

  #clicked({ target }: Event): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null;
    if (!button) return;
    const { do: action, export: format, slot: name } = button.dataset;
    const entry = button.closest<HTMLElement>('[data-entry]')?.dataset['entry'];
    const group = button.closest<HTMLElement>('[data-group]')?.dataset['group'];
    if (format !== undefined) void this.#export(format as ExportFormat);
    else if (action !== undefined) void this.#do(action);
    else if (entry !== undefined) this.#entryButton(name!, entry);
    else if (group !== undefined && group !== '') {
      if (name === 'dissolve') this.#store.change((list, at) => dissolveGroup(list, group, at));
      else this.#store.change((list, at) => moveGroup(list, group, name === 'up' ? -1 : 1, at));
    }
  }

  #entryButton(name: string, id: string): void {
    this.#storeNotes();
    if (name === 'out') this.#takeOut([id]);
    else this.#store.change((list, at) => moveEntry(list, id, name === 'up' ? -1 : 1, at));
  }

  async #do(action: string): Promise<void> {
    this.#storeNotes();
    const { list } = this.#store;
    if (action === 'undo') {
      const undo = this.#undo;
      if (!undo) return;
      this.#store.change((now, at) => bringBack(now, undo.list, undo.ids, at));
      this.#say('Brought back.');
      this.#part('count').focus();
    } else if (action === 'empty') {
      this.#store.empty();
      this.#undoable('The folder is empty, and nothing of it is left in this browser.', { list, ids: entriesOf(list).map(entryId) });
    } else if (action === 'save-file') {
      download(new Blob([fileText(plainList(list))], { type: 'application/json' }), `${this.#fileName()}.json`);
      this.#say('Saved to a file.');
    } else if (action === 'save-damaged') download(new Blob([this.#store.damaged ?? ''], { type: 'text/plain;charset=utf-8' }), 'research-folder-damaged.txt');
    else if (action === 'forget-damaged') this.#store.forgetDamaged();
    else if (action === 'copy-link') await this.#copyLink();
    else if (action === 'print') await this.#print();
    else if (action === 'take-offer') this.#takeOffer();
    else if (action === 'refuse-offer') {
      this.#endOffer();
      this.#say('Nothing was added.');
    }
  }

  #takeOut(ids: string[]): void {
    const { list } = this.#store;
    this.#store.change((now, at) => takeOut(now, ids, at));
    this.#undoable('Taken out.', { list, ids });
  }

  #undoable(words: string, undo: { list: ResearchList; ids: string[] }): void {
    this.#say(words);
    this.#undo = undo;
    this.#part('undo').hidden = false;
    this.#part('undo').focus();
  }

  #typed({ target }: Event): void {
    if (!(target instanceof HTMLTextAreaElement)) return;
    const item = target.closest<HTMLElement>('[data-entry]')!;
    const id = item.dataset['entry']!;
    if (!this.#typing.has(id)) this.#typing.set(id, entryOf(this.#store.list, id)?.note[0] ?? '');
    slot(item, 'stored').textContent = '';
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#storeNotes(), TYPING_PAUSE);
  }

  #storeNotes(): void {
    clearTimeout(this.#pause);
    if (this.#typing.size === 0) return;
    const typed = [...this.#typing].flatMap(([id, before]) => {
      const item = this.#entries.get(id);
      return item ? [{ id, before, item, text: (slot(item, 'note') as HTMLTextAreaElement).value }] : [];
    });
    this.#typing.clear();
    this.#store.change((list, at) => typed.reduce((left, { id, before, text }) => setNote(left, id, text, before, at), list));
    for (const { item } of typed) slot(item, 'stored').textContent = this.#store.problem ? '' : 'Saved in this browser.';
  }

  async #changed({ target }: Event): Promise<void> {
    if (target instanceof HTMLTextAreaElement) this.#storeNotes();
    else if (target instanceof HTMLSelectElement) {
      const id = target.closest<HTMLElement>('[data-entry]')!.dataset['entry']!;
      this.#store.change((list, at) => putInto(list, id, target.value, at));
    } else if (target instanceof HTMLInputElement && target === this.#part('title')) this.#store.change((list, at) => setTitle(list, target.value, at));
    else if (target instanceof HTMLInputElement && target === this.#part('open-file')) await this.#openFile(target);
    else if (target instanceof HTMLInputElement && target.dataset['slot'] === 'rename') {
      const id = target.closest<HTMLElement>('[data-group]')!.dataset['group']!;
      this.#store.change((list, at) => renameGroup(list, id, target.value, at));
    }
  }

  // What comes in and goes out.

  async #openFile(field: HTMLInputElement): Promise<void> {
    const file = field.files?.[0];
    if (!file) return;
    await this.#offer(async () => readFileText(file.size > LARGEST_FILE * 3 ? ' '.repeat(LARGEST_FILE + 1) : await file.text()), 'file');
    // So that the same file can be chosen again.
    field.value = '';
  }

  async #openLink(): Promise<void> {
    const { hash } = location;
    if (!isLinkHash(hash)) return;
    // The list stays out of the history, and a reload does not ask again.
    history.replaceState(history.state, '', location.pathname + location.search);
    await this.#offer(() => readLinkHash(hash), 'link');
  }

  /** Shows what a file or a link would add. Nothing changes before the reader says so. */
  async #offer(read: () => Promise<PlainList>, from: 'file' | 'link'): Promise<void> {
    let plain: PlainList;
    try {
      plain = await read();
    } catch (error) {
      this.#say(error instanceof PlainListError ? error.message : 'The file could not be read. Nothing was changed.');
      return;
    }
    // What is being typed is on the list too.
    this.#storeNotes();
    const { added, known, left } = additionOf(this.#store.list, plain);
    const changedNotes = known.filter(({ note }) => note !== undefined).length;
    const what = [`The ${from} has ${count(added.length + known.length + left, 'decision')}.`, `${count(added.length, 'is', 'are')} new.`];
    if (changedNotes > 0) what.push(`${count(changedNotes, 'note')} would be joined with yours.`);
    if (left > 0) what.push(`For ${count(left, 'decision')} there is no room.`);
    this.#offered = plain;
    this.#part('offer-what').replaceChildren(...what.flatMap((sentence) => [element('span', {}, sentence), ' ']));
    this.#part('offer-list').replaceChildren(...plain.groups.flatMap(({ name, entries }) => entries.map(({ caseId, number, note }) => element(
      'li', {},
      element('a', { href: href(decisionPath(caseId, number)) }, element('span', { translate: 'no' }, caseId), ' ', element('span', {}, `Decision ${number}`)),
      ...[name, note].filter((text) => text !== '').map((text) => element('p', { translate: 'no' }, text)),
    ))));
    this.#say('');
    this.#hide('offer', false);
    this.#part('offer-heading').focus();
  }

  #takeOffer(): void {
    const plain = this.#offered;
    this.#storeNotes();
    this.#endOffer();
    if (!plain) return;
    const before = entriesOf(this.#store.list).length;
    this.#store.change((list, at) => addPlain(list, plain, newId, at));
    this.#say(`Added ${count(entriesOf(this.#store.list).length - before, 'decision')}.`);
    this.#part('count').focus();
    void this.#readMissing();
  }

  #endOffer(): void {
    this.#offered = undefined;
    this.#hide('offer', true);
  }

  async #copyLink(): Promise<void> {
    let link: string;
    try {
      link = location.origin + location.pathname + (await linkHash(plainList(this.#store.list), { notes: this.#part<HTMLInputElement>('with-notes').checked }));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#say(`The link would have more than ${numberText(LONGEST_LINK)} characters, and some programs cut that off. Leave out the notes, or save the folder to a file and send that.`);
      return;
    }
    const isCopied = await copyText(link, { class: 'research__address', 'aria-label': 'Link to this list' }, (field) => {
      this.#part('link').replaceChildren(field);
      this.#hide('link', false);
    });
    this.#say(isCopied ? 'Link copied.' : 'Copy this link.');
  }

  async #export(format: ExportFormat): Promise<void> {
    this.#storeNotes();
    this.#say('Preparing the file…');
    try {
      const entries = entriesOf(this.#store.list);
      // What the words were when they were kept, before the site's own take their place.
      const { list } = this.#store;
      const [{ exported }] = await Promise.all([import('../../research/exports.ts'), this.#learn(entries)]);
      const annex = makeAnnex(list, this.#states, this.#home);
      download(await exported(annex, format), `${this.#fileName()}.${format === 'json' ? 'csl.json' : format}`);
      const lost = annex.groups.flatMap((group) => group.entries).filter(({ said }) => !said).length;
      this.#say(`Saved ${count(entries.length - lost, 'decision')}.${lost > 0 ? ` ${count(lost, 'decision is', 'decisions are')} no longer on the site.` : ''}`);
    } catch (error) {
      this.#say(loadFailure(error));
    }
  }

  /** Prints the list with the words of every decision: these are loaded and opened first. */
  async #print(): Promise<void> {
    this.#say('Preparing the pages…');
    try {
      await this.#learn(entriesOf(this.#store.list));
    } catch (error) {
      this.#say(loadFailure(error));
      return;
    }
    for (const item of this.#entries.values()) (slot(item, 'reasons') as HTMLDetailsElement).open = true;
    await Promise.all([...this.#entries.keys()].map((id) => this.#showReasons(id)));
    this.#say('');
    print();
  }

  #fileName(): string {
    const title = this.#store.list.title[0];
    return title === '' ? 'research-folder' : slug(title);
  }

  #say(words: string): void {
    this.#undo = undefined;
    this.#part('undo').hidden = true;
    this.#part('said').textContent = words;
  }

  #hide(name: string, hidden: boolean): void {
    this.#part(name).hidden = hidden;
  }

  #part<Part extends HTMLElement = HTMLElement>(name: string): Part {
    return this.querySelector<Part>(`[data-part="${name}"]`)!;
  }
}

/** The reasons of a decision below its rationale, as the exports say them. Loaded when the first is read. */
async function reasonElements(decision: Decision): Promise<HTMLElement[]> {
  const { REASONS_TITLE, exportedReasons } = await import('../../research/reasons.ts');
  const reasons = exportedReasons(decision);
  if (reasons.length === 0) return [];
  return [
    element('p', { class: 'hint' }, REASONS_TITLE),
    ...reasons.map(({ name, side, sentences }) => element(
      'div', { class: 'kept__reason' },
      element('p', {}, element('strong', {}, name), ', ', element('span', {}, side)),
      ...sentences.map((sentence) => element('blockquote', { 'data-letter': '' }, sentence)),
    )),
  ];
}

function loadFailure(error: unknown): string {
  if (!(error instanceof CaseLoadError)) console.error(error);
  return 'Something could not be loaded from this site. Check your connection and try again. Nothing of your folder was changed.';
}

/** An id that no group has, in this tab or another. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (number) => number.toString(36)).join('');
}

function template(name: string): DocumentFragment {
  return document.querySelector<HTMLTemplateElement>(`template[data-template="${name}"]`)!.content.cloneNode(true) as DocumentFragment;
}

function copyTemplate(name: string): HTMLElement {
  return template(name).firstElementChild as HTMLElement;
}

/** Writes only what differs: a translation of the same words stays. */
function write(place: HTMLElement, words: string): void {
  if (place.dataset['said'] === words) return;
  place.dataset['said'] = words;
  place.textContent = words;
}

/** Puts children in their order, and touches none that stands in its place. */
function arrange(parent: HTMLElement, children: readonly HTMLElement[]): void {
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild!.remove();
}

function forget(elements: Map<string, HTMLElement>, kept: ReadonlySet<string>): void {
  for (const id of [...elements.keys()]) if (!kept.has(id)) elements.delete(id);
}

function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  element('a', { href: address, download: name }).click();
  // Once the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

customElements.define('research-folder', ResearchFolder);
