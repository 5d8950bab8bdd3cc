/** Text in XML 1.0. */

/** What no XML 1.0 document may hold, escaped or not ("Char" in the standard), without surrogates, which `toWellFormed` sees to. */
const FORBIDDEN = /[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/**
 * Any string as the text of an element or of an attribute in double quotes. A reader gets it back as it was, but for what xmlCharacters removes:
 * tabs and line ends are escaped because a reader makes blanks of them in attributes, and one line end of two.
 */
export function xmlText(text: string): string {
  return xmlCharacters(text).replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character]!);
}

/** The string without the characters that XML does not allow. */
export function xmlCharacters(text: string): string {
  return text.toWellFormed().replace(FORBIDDEN, '');
}
