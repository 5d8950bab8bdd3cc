/**
 * Our own words on a page, as messages that can be translated. Works on the browser's document and on that of a test alike.
 *
 * An element with text of its own is one message: its child elements are placeholders, so `<p>Decided <time>..</time>.</p>` is `Decided <1/>.`, and
 * what stands in the child is a message for itself. Attributes that are read out or shown are messages too. A letter's own words are none. A name
 * that a picture has in several lines is one message.
 */

/** What is left as it is: a letter's words, code and keys, what says its own language, and what is no text. */
const LEFT_ALONE = '[data-letter], [translate="no"], [lang]:not(html), code, kbd, script, style, noscript';
/** Attributes that a reader sees or hears. */
export const SAID_ATTRIBUTES = ['aria-label', 'aria-description', 'alt', 'placeholder', 'title'] as const;

export interface TextMessage {
  element: Element;
  /** Missing for the element's text. */
  attribute?: string;
  /** In one line, child elements as `<1/>`, `<2/>`. */
  text: string;
}

/** Whether anything in it can be translated: a number, an address or a case number cannot. */
export function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/<\d+\/>|\b[A-Z]{2}\d\d-\d{7}\b|(?:^|\s)(?:https?:\/)?\/\S+/g, ''));
}

/** In one line, as it is shown. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** All messages in an element and below it, in their order. Nothing where it stands in a letter's words. */
export function messagesIn(root: Element): TextMessage[] {
  if (isLeftAlone(root)) return [];
  const found: TextMessage[] = [];
  collect(root, found);
  return found;
}

/** The message that an element's own text is, if it has one. */
export function messageOf(element: Element): TextMessage | undefined {
  if (isLeftAlone(element)) return undefined;
  const text = ownText(element);
  return text === undefined ? undefined : { element, text };
}

/** The message that an attribute is, if it is one. */
export function attributeMessage(element: Element, attribute: string): TextMessage | undefined {
  const value = element.getAttribute(attribute);
  if (value === null || isLeftAlone(element)) return undefined;
  const text = oneLine(value);
  return hasWords(text) ? { element, attribute, text } : undefined;
}

function isLeftAlone(element: Element): boolean {
  return element.closest(LEFT_ALONE) !== null;
}

function collect(element: Element, found: TextMessage[]): void {
  if (element.matches(LEFT_ALONE)) return;
  const text = ownText(element);
  if (text !== undefined) found.push({ element, text });
  for (const attribute of SAID_ATTRIBUTES) {
    const message = attributeMessage(element, attribute);
    if (message) found.push(message);
  }
  // A template's content is no child of it, in a browser.
  const { children } = element.localName === 'template' ? (element as HTMLTemplateElement).content : element;
  if (linesIn(element).length === 0) for (const child of children) collect(child, found);
}

/** The lines that a picture has a name in: SVG breaks none by itself. */
export function linesIn(element: Element): readonly Element[] {
  return element.localName === 'text' ? [...element.children] : [];
}

/** Child nodes that take part in an element's message. Pictures before and after the words say nothing and stay where they are. */
export function messageNodes(element: Element): ChildNode[] {
  const nodes = [...element.childNodes].filter((node) => node.nodeType === TEXT || (node.nodeType === ELEMENT && !/^(?:script|style|template)$/i.test(node.nodeName)));
  const silent = (node: ChildNode | undefined): boolean => node !== undefined && (node.nodeType === TEXT ? !node.nodeValue!.trim() : node.nodeName.toLowerCase() === 'svg');
  while (silent(nodes[0])) nodes.shift();
  while (silent(nodes.at(-1))) nodes.pop();
  return nodes;
}

function ownText(element: Element): string | undefined {
  if (linesIn(element).length > 0) return hasWords(element.textContent) ? oneLine(element.textContent) : undefined;
  let [text, elements, own] = ['', 0, ''];
  for (const node of messageNodes(element)) {
    if (node.nodeType === TEXT) {
      text += node.nodeValue;
      own += node.nodeValue;
    } else text += `<${(elements += 1)}/>`;
  }
  return hasWords(own) ? oneLine(element.localName === 'title' ? text.replace(SITE_NAME, '') : text) : undefined;
}

/** What follows a page's name in its title. */
export const SITE_NAME = / - [^-]*$/;

// As in the document object model, which a test has no global for.
const ELEMENT = 1;
const TEXT = 3;
