/**
 * Patterns that few texts match. A large one takes milliseconds to compile, for texts with and without signs beyond Latin-1 apart, and each process that reads letters
 * would pay for all of them; so each has a cue, a small pattern without which it cannot match, and is made only when a text has that.
 */

/** A pattern and its cue. */
export interface RarePattern {
  /** Matches somewhere in every text that the pattern matches. Needs no case of `\u017f` and `\u212a`, which only an expression with the flag `u` takes for `s` and `k`. */
  cue: RegExp;
  source: string;
  flags: string;
  made?: RegExp;
}

const TAKEN_FOR_S_OR_K = /[\u017f\u212a]/;

/** @param flags with `g` */
export function rare(cue: RegExp, source: string, flags: string): RarePattern {
  return { cue, source, flags };
}

/** The expression of a rare pattern. */
export function expressionOf(pattern: RarePattern): RegExp {
  return (pattern.made ??= new RegExp(pattern.source, pattern.flags));
}

/** All matches, as `matchAll` gives them. */
export function matchesOf(text: string, pattern: RegExp | RarePattern): Iterable<RegExpExecArray> {
  if (pattern instanceof RegExp) return text.matchAll(pattern);
  return pattern.cue.test(text) || TAKEN_FOR_S_OR_K.test(text) ? text.matchAll(expressionOf(pattern)) : [];
}
