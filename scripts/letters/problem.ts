/** A problem is a value. Parsing never throws on a letter; it says what is wrong, where, and how bad that is. */
export interface Problem {
  /** Stable name, for counting. */
  code: string;
  /** What is wrong and what to do, in words, for the person who imports. */
  words: string;
  /** Line of the letter's text, counted from 1. */
  line?: number;
  /** `serious`: the letter is quarantined. `doubt`: it is published, with the words as a note. */
  severity: 'serious' | 'doubt';
}

export function serious(code: string, words: string, line?: number): Problem {
  return { code, words, severity: 'serious', ...(line === undefined ? {} : { line }) };
}

export function doubt(code: string, words: string, line?: number): Problem {
  return { code, words, severity: 'doubt', ...(line === undefined ? {} : { line }) };
}

/** A file that cannot be read as a letter at all. Caught where a letter is processed and turned into a Problem. */
export class UnreadableError extends Error {
  readonly code: string;
  constructor(code: string, words: string) {
    super(words);
    this.code = code;
  }
}

export function damagedPdf(why: string): UnreadableError {
  return new UnreadableError('damaged-pdf', `the PDF cannot be read (${why}). Fetch it again`);
}
