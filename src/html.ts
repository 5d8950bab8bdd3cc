/**
 * Markup that is written without components, for what stands on pages a hundred thousand times: there a component takes most of the time of its page.
 * Whatever is put into it is text, and is escaped; only markup that was made here goes in as it is. Pages write it like any other value: `{html`...`}`.
 * So they write the tags of elements that scripts of ours define, too: Astro takes a name with a hyphen for a component of some framework, and makes the
 * rest of the page wait for each.
 */

/** By this Astro knows what it has escaped itself. It is not Astro's public face, but its version is pinned, and a page would show tags as text. */
const ASTRO_HTML: unique symbol = Symbol.for('astro:html-string');

/** Markup. Nothing else makes one than `html`. */
class Html {
  readonly [ASTRO_HTML] = true;
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}
export type { Html };

/** Undefined and false leave no trace. */
type Value = string | number | Html | readonly Html[] | undefined | false;

/**
 * `html`<b title="${text}">${text}</b>``. What is put in may be a text or, within double quotes, an attribute's value, and nothing else: no name of a tag, no
 * script. The parts in between are the project's own, and may open what another piece closes.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = parts[0]!;
  for (const [index, value] of values.entries()) markup += written(value) + parts[index + 1]!;
  return new Html(markup);
}

function written(value: Value): string {
  if (typeof value === 'string') return escaped(value);
  if (value instanceof Html) return value.toString();
  if (value === undefined || value === false) return '';
  return Array.isArray(value) ? value.map(written).join('') : escaped(String(value));
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ESCAPES[character]!) : text;
}
