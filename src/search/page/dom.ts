/** Elements made in the browser. All text goes in as text: letters and addresses are untrusted. */

/** Copies the page's markup of that name, so that what script makes looks as elsewhere on the site. */
export type Templates = (name: string) => DocumentFragment;

/** An element with text or other nodes in it. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, value);
  created.append(...children);
  return created;
}

/** The same for a shape. Places and sizes are attributes: the content security policy allows no style attribute. */
export function shape<Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Readonly<Record<string, string | number>>, ...children: readonly (Node | string)[]): SVGElementTagNameMap[Name] {
  const created = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) created.setAttribute(attribute, String(value));
  created.append(...children);
  return created;
}

/** The place of that name in a copied template. */
export function slot(root: ParentNode, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[data-slot="${name}"]`);
  if (!found) throw new Error(`the template has no ${name}`);
  return found;
}

/**
 * Copies a text.
 * @param attributes of the field that is made where copying is refused, or not there at all without https: the reader copies the text from it
 * @param show puts that field on the page
 * @returns whether it was copied
 */
export async function copyText(text: string, attributes: Readonly<Record<string, string>>, show: (field: HTMLInputElement) => void): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element('input', { type: 'text', readonly: '', ...attributes });
    field.value = text;
    show(field);
    field.select();
    return false;
  }
}

/** What comes from an address may be of any length. */
export function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text;
}
