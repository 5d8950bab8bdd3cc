/** Data about a page for machines that read schema.org, as the text of a `<script type="application/ld+json">`: a block of data, which no browser runs. */

/** What may end a script, open a comment in it or begin a reference, what JavaScript once took for the end of a line, and what no HTML may hold. */
const UNSAFE = /[<>&\u007f-\u009f\u2028\u2029]|\p{Noncharacter_Code_Point}/gu;

/**
 * The JSON of a block. It may hold a letter's own words, and a script's text is not escaped as that of other elements is
 * (HTML, "Restrictions for contents of script elements"), so every character that could end the block is written as JSON's own escape.
 * @param data plain data; what is undefined in it is left out
 */
export function jsonLdText(data: object): string {
  return JSON.stringify(data).replace(UNSAFE, (character) => character.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));
}
