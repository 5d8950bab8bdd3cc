/**
 * What was read of the determinations for the index, kept from one build to the next: the words of their texts, and how Pagefind cut them. A file holds the
 * length of its header, the header as JSON, and the numbers of all words.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FacetName } from '../../src/facets.ts';
import { writeWhole } from '../files.ts';
import { codeKey } from '../site/kept.ts';
import type { CutWord } from './pagefind.ts';
import { PrintedWords } from './texts.ts';
import type { Text } from './texts.ts';

/** What the index takes from one determination. */
export interface CaseTexts {
  id: string;
  decisionDate?: string;
  decisions: DecisionTexts[];
  summary: Text;
}

export interface DecisionTexts {
  request: string;
  values: Record<FacetName, string[]>;
  /** Of TEXT_PARTS. */
  text: Text;
  /** Of its record's file before gzip, once that was made. */
  recordHash?: string;
}

interface Header {
  version: string;
  /** How many numbers follow the header. */
  numbers: number;
  words: string[];
  cut: [stems: string[], pieces: string[]][];
  /** By the determination's hash. */
  cases: Record<string, KeptCase>;
}

interface KeptCase {
  id: string;
  decisionDate?: string;
  /** Of its first word among all. */
  start: number;
  /** Request, values, ends of the parts, hash of the record's file. */
  decisions: [string, Record<FacetName, string[]>, readonly number[], string?][];
  summary: number;
}

/** What makes texts, values and records of determinations. */
const CODE = ['src', 'scripts/index'];

export class KeptTexts {
  readonly printed: PrintedWords;
  /** Of the words that were cut before. */
  readonly cut: CutWord[];
  readonly #file: string | undefined;
  readonly #version: string;
  readonly #cases: Map<string, KeptCase>;
  readonly #numbers: Uint32Array;

  /** @param file need not be there; without one nothing is kept */
  constructor(file?: string) {
    this.#file = file;
    this.#version = file === undefined ? '' : codeKey(CODE);
    const { header, numbers } = readKept(file, this.#version);
    this.printed = new PrintedWords(header.words);
    this.cut = header.cut.map(([stems, pieces]) => ({ stems, pieces }));
    this.#cases = new Map(Object.entries(header.cases));
    this.#numbers = numbers;
  }

  /** @param hash of the determination as it was parsed */
  get(hash: string): CaseTexts | undefined {
    const kept = this.#cases.get(hash);
    if (!kept) return undefined;
    let at = kept.start;
    const text = (ends: readonly number[]): Text => {
      const words = this.#numbers.subarray(at, (at += ends.at(-1) ?? 0));
      return { words, ends };
    };
    const decisions = kept.decisions.map(([request, values, ends, recordHash]): DecisionTexts => ({ request, values, text: text(ends), ...(recordHash === undefined ? {} : { recordHash }) }));
    return { id: kept.id, decisionDate: kept.decisionDate, decisions, summary: text([kept.summary]) };
  }

  /** Keeps these texts and the words that stand in them, and nothing else. @param cut of each printed word */
  write(cases: ReadonlyMap<string, CaseTexts>, cut: readonly CutWord[]): void {
    if (this.#file === undefined) return;
    const header: Header = { version: this.#version, numbers: 0, words: [], cut: [], cases: {} };
    const numberOf = new Int32Array(cut.length).fill(-1);
    const texts: Uint32Array[] = [];
    let start = 0;
    const add = ({ words }: Text): void => {
      texts.push(
        words.map((word) => {
          if (numberOf[word] === -1) {
            numberOf[word] = header.words.push(this.printed.words[word]!) - 1;
            header.cut.push([cut[word]!.stems, cut[word]!.pieces]);
          }
          return numberOf[word]!;
        }),
      );
      start += words.length;
    };
    for (const [hash, { id, decisionDate, decisions, summary }] of cases) {
      header.cases[hash] = { id, ...(decisionDate === undefined ? {} : { decisionDate }), start, decisions: decisions.map(({ request, values, text, recordHash }) => [request, values, text.ends, recordHash]), summary: summary.words.length };
      for (const { text } of decisions) add(text);
      add(summary);
    }
    header.numbers = start;
    const bytes = Buffer.from(JSON.stringify(header));
    // Numbers begin at a multiple of their size.
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3, ' ')]);
    mkdirSync(dirname(this.#file), { recursive: true });
    writeWhole(this.#file, Buffer.concat([Uint32Array.of(padded.length), padded, ...texts].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength))));
  }
}

function readKept(file: string | undefined, version: string): { header: Header; numbers: Uint32Array } {
  const none = { header: { version, numbers: 0, words: [], cut: [], cases: {} }, numbers: new Uint32Array(0) };
  if (file === undefined) return none;
  try {
    const bytes = readFileSync(file);
    const end = 4 + bytes.readUInt32LE(0);
    const header = JSON.parse(bytes.toString('utf8', 4, end)) as Header;
    if (header.version !== version) return none;
    // A copy: where a file's bytes begin in memory is not up to us.
    const numbers = new Uint32Array(Uint8Array.from(bytes.subarray(end)).buffer);
    return numbers.length === header.numbers ? { header, numbers } : none;
  } catch {
    // None yet, or damaged: everything is read.
    return none;
  }
}
