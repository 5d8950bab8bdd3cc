/** The sentences of a letter's paragraphs. */

/** After these a full stop ends no sentence. */
const ABBREVIATION = /(?:^|[\s(])(?:Dr|Drs|Mr|Mrs|Ms|St|No|Nos|vs|e\.g|i\.e|etc|approx|Fig|Sec|pg|pp|ch|al|[A-Z])\.$/;

/** The sentences of a paragraph, as printed. */
export function sentences(paragraph: string): string[] {
  const found: string[] = [];
  let start = 0;
  // A sentence ends before a blank and a word that begins one: a capital, a digit, a quotation mark or a bracket.
  for (const { index, 0: end } of paragraph.matchAll(/[.!?]["”’)]?(?=\s+["“(]?[\p{Lu}\d])/gu)) {
    const sentence = paragraph.slice(start, index + end.length);
    if (end === '.' && ABBREVIATION.test(sentence)) continue;
    found.push(sentence.trim());
    start = index + end.length;
  }
  found.push(paragraph.slice(start).trim());
  return found.filter((sentence) => sentence !== '');
}
