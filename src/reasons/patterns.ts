/** Many patterns in one look. */

/** What finds whatever one of the patterns finds, in upper or lower case. Alternatives that begin at a word's edge are tried there only, which takes a third of the time. */
export function anyOf(patterns: readonly RegExp[]): RegExp {
  const all = patterns.flatMap(({ source }) => alternatives(source));
  const atEdges = all.filter((alternative) => alternative.startsWith('\\b'));
  const others = all.filter((alternative) => !alternative.startsWith('\\b'));
  return new RegExp([...(atEdges.length > 0 ? [`\\b(?:${atEdges.map((alternative) => alternative.slice(2)).join('|')})`] : []), ...others].join('|'), 'i');
}

/** The alternatives of a pattern's source that stand in no group. */
function alternatives(source: string): string[] {
  const found = [''];
  let depth = 0;
  let inClass = false;
  for (const [piece] of source.matchAll(/\\.|[^]/g)) {
    if (inClass) inClass = piece !== ']';
    else if (piece === '[') inClass = true;
    else if (piece === '(') depth += 1;
    else if (piece === ')') depth -= 1;
    if (piece === '|' && depth === 0 && !inClass) found.push('');
    else found[found.length - 1] += piece;
  }
  return found;
}
