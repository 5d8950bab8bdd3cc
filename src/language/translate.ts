/** A page translated in place, and kept so while its scripts write on it. */
import { dayInSpanish } from './days.ts';
import { SAID_ATTRIBUTES, SITE_NAME, attributeMessage, linesIn, messageNodes, messageOf, messagesIn } from './message.ts';
import type { TextMessage } from './message.ts';
import { SPANISH } from './spanish.ts';

/**
 * Our own text in Spanish. The letters stay in English and say so.
 * @param opening the reader has not moved yet since the page was opened
 */
export function translatePage(document: Document, opening: boolean): void {
  const root = document.documentElement;
  const keepPlace = placeKeeper(document, opening);
  root.lang = 'es';
  translateBelow(root);
  keepPlace();
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      const { target } = record;
      const element = target instanceof Element ? target : target.parentElement;
      if (!element) continue;
      if (record.type === 'attributes') apply(attributeMessage(element, record.attributeName!));
      else {
        apply(messageOf(element));
        for (const node of record.addedNodes) if (node instanceof Element && node.isConnected) translateBelow(node);
      }
    }
    // What was just written is no news.
    observer.takeRecords();
  });
  observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...SAID_ATTRIBUTES] });
}

function translateBelow(root: Element): void {
  for (const message of messagesIn(root)) apply(message);
  for (const time of [...(root.matches('time') ? [root] : []), ...root.querySelectorAll('time')]) {
    const day = time.getAttribute('datetime');
    if (day && !time.closest('[data-letter]')) time.textContent = dayInSpanish(day);
  }
  for (const letter of [...(root.matches(LETTER) ? [root] : []), ...root.querySelectorAll(LETTER)]) letter.setAttribute('lang', 'en');
}

const LETTER = '[data-letter]';

function apply(message: TextMessage | undefined): void {
  const translated = message && SPANISH.translate(message.text);
  if (!message || translated === undefined) return;
  if (message.attribute !== undefined) message.element.setAttribute(message.attribute, translated);
  else if (message.element.localName === 'title') message.element.textContent = translated + (SITE_NAME.exec(message.element.textContent)?.[0] ?? '');
  else if (message.element instanceof SVGTextElement) writeName(message.element, translated);
  else writeText(message.element, translated);
}

/** Puts words around an element's children. The children are the same nodes as before: scripts hold on to them. */
function writeText(element: Element, translated: string): void {
  const nodes = messageNodes(element);
  const last = nodes.at(-1)!.nextSibling;
  const children = nodes.filter((node) => node instanceof Element);
  const [before, after] = [/^\s/.test(nodes[0]!.nodeValue ?? ''), /\s$/.test(nodes.at(-1)!.nodeValue ?? '')];
  const pieces = `${before ? ' ' : ''}${translated}${after ? ' ' : ''}`.split(/<(\d+)\/>/);
  for (const node of nodes) if (!(node instanceof Element)) node.remove();
  /** What is written next stands before this node. */
  let place: ChildNode | null = children[0] ?? last;
  const stands = (node: ChildNode): boolean => node === place;
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      if (piece !== '') element.insertBefore(document.createTextNode(piece), place);
      continue;
    }
    const child = children[Number(piece) - 1];
    if (!child) continue;
    // Moved only where the order of words is another one: moving takes the focus away and starts custom elements anew.
    if (stands(child)) place = child.nextSibling;
    else element.insertBefore(child, place);
  }
}

/** In a picture: in as many lines as before, broken at blanks, none much longer than the others and none longer than its room. */
function writeName(element: SVGTextElement, translated: string): void {
  const inner = linesIn(element) as SVGTSpanElement[];
  const lines = inner.length > 0 ? inner : [element];
  const room = Number(element.closest<SVGElement>('[data-room]')?.dataset.room ?? Infinity);
  let rest = translated;
  for (const [index, line] of lines.entries()) {
    const left = lines.length - index;
    const blank = left === 1 ? -1 : rest.indexOf(' ', rest.length / left - 1);
    const end = blank < 0 ? rest.length : blank + 1;
    line.textContent = rest.slice(0, end);
    rest = rest.slice(end);
    if (line.getComputedTextLength() <= room) continue;
    line.setAttribute('textLength', String(room));
    line.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  }
}

/**
 * Spanish is longer: what the reader sees stays where it is, and an address that names a place leads there.
 * @returns what is to be done once the words stand
 */
function placeKeeper(document: Document, opening: boolean): () => void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const target = opening && navigation?.type === 'navigate' ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (target) return () => keepAt(target);
  if (scrollY === 0) return () => {};
  const seen = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
  const top = seen?.getBoundingClientRect().top;
  return () => {
    if (seen && top !== undefined) scrollBy({ top: seen.getBoundingClientRect().top - top, behavior: 'instant' });
  };
}

/** Longer than a page takes to load and the browser to glide to a place, in milliseconds. */
const SETTLED_AFTER = 3000;

/** The browser glides to the place that the address names, and may arrive where it was before the words grew: so again when it has arrived, unless the reader moves. */
function keepAt(target: Element): void {
  const ended = new AbortController();
  const { signal } = ended;
  const go = (): void => target.scrollIntoView({ block: 'start', behavior: 'instant' });
  for (const kind of ['scrollend', 'load']) addEventListener(kind, go, { signal });
  for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(kind, () => ended.abort(), { signal, passive: true });
  setTimeout(() => ended.abort(), SETTLED_AFTER);
  go();
}
