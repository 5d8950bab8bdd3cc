/**
 * Every regular expression of the project takes time in proportion to its text, also on text made to keep it busy. From the pieces of each expression comes what it
 * would repeat, go back to and fail on; V8 stops whatever does not end (vm's timeout), so a slow one is named and does not hang the tests.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { before, test } from 'node:test';
import vm from 'node:vm';
import ts from 'typescript';
import { listFiles } from '../support/folders.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const MEGABYTE = 1_000_000;
/** Milliseconds after which an expression on so much text counts as one that does not end: hundreds of times what a linear one takes. */
const PATIENCE = 10_000;

/** Expressions that never meet a text of such length, and where that is seen to. By their text, so that a change is looked at again. */
const BOUNDED = new Map<string, string>([
  ['/\\/*$/', 'src/base.ts: the base path, a setting of the publisher'],
  ['/\\[(\\d+): ([^|\\]]*)\\|([^\\]]*)\\]/g', 'src/language/dictionary.ts: a line of our own dictionary'],
  ['/(?:^|\\s)(cm[\\s-]*)?(\\d[\\d\\s-]*)$/i', 'src/search/suggest.ts: the last MOST_CASE_LETTERS characters typed'],
  ['/^\\s*(?:<\\?xml[^>]*>\\s*)?(?:<!--.*?-->\\s*)*<(?:!doctype html|html|head|body)\\b/is', 'scripts/letters/read.ts: the first SIGNATURE_WITHIN bytes of a file'],
  ['/[_+]+|(?<=\\p{L})[-.]+|[-.]+(?=\\p{L})/gu', 'scripts/privacy/file-name.ts: the name of a file and of its folders, which no system takes longer than a few kilobytes'],
  ['/<script(?![^>]*\\bis:inline)[^>]*>([^]*?)<\\/script>/g', 'scripts/supply/browser-imports.ts: our own source'],
]);

interface Expression {
  source: string;
  flags: string;
  /** File and line, or how it came about. */
  place: string;
}

let literals: Expression[] = [];
let constructors: string[] = [];

before(async () => {
  const found = await Promise.all(['src', 'scripts'].map(async (root) => (await listFiles(join(PROJECT, root))).filter((file) => /\.(?:ts|astro)$/.test(file)).map((file) => `${root}/${file}`)));
  for (const file of found.flat()) {
    const source = ts.createSourceFile(file, await readFile(join(PROJECT, file), 'utf8'), ts.ScriptTarget.Latest, true, file.endsWith('.astro') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
    const visit = (node: ts.Node): void => {
      const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        literals.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), place });
      }
      if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') constructors.push(place);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
});

/** A piece of an expression: what it may be followed by is not its business. */
type Piece = { kind: 'characters'; source: string } | { kind: 'nothing' } | { kind: 'choice'; choices: Item[][] };
interface Item {
  piece: Piece;
  most: number;
  least: number;
}

/** Reads the grammar of expressions as far as their samples need it. What is no text (anchors, lookarounds, backreferences) counts as nothing, but the pieces inside of lookarounds are read. */
function readPieces(source: string): Item[][] {
  let at = 0;
  const choices = (): Item[][] => {
    const all: Item[][] = [[]];
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        at += 1;
        all.push([]);
      } else all.at(-1)!.push(item());
    }
    return all;
  };
  const item = (): Item => {
    const piece = read();
    const repeated = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at, at + 20));
    if (!repeated) return { piece, least: 1, most: 1 };
    at += repeated[0].length;
    const [, sign, from, comma, to] = repeated;
    if (sign !== undefined) return { piece, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
    return { piece, least: Number(from), most: comma === '' ? Number(from) : to === '' ? Infinity : Number(to) };
  };
  const read = (): Piece => {
    const rest = source.slice(at, at + 200);
    const opening = /^\((?:\?(?:<[^=!>]+>|<?[=!]|[a-z-]*:))?/.exec(rest)?.[0];
    if (opening !== undefined) {
      at += opening.length;
      const inside = choices();
      at += 1;
      return { kind: 'choice', choices: inside };
    }
    if (/^(?:\^|\$|\\[bB])/.test(rest)) {
      at += rest[0] === '\\' ? 2 : 1;
      return { kind: 'nothing' };
    }
    if (rest[0] === '[') {
      const start = at;
      for (at += 1; source[at] !== ']'; at += 1) if (source[at] === '\\') at += 1;
      at += 1;
      return { kind: 'characters', source: source.slice(start, at) };
    }
    const one = /^(?:\\u\{[^}]*\}|\\u[\da-f]{4}|\\x[\da-f]{2}|\\[pP]\{[^}]*\}|\\k<[^>]*>|\\[^]|[^])/iu.exec(rest)![0];
    at += one.length;
    return /^\\[k1-9]/.test(one) ? { kind: 'nothing' } : { kind: 'characters', source: one };
  };
  return choices();
}

const ALPHABET = [...'aeinstbcdfghjklmopqruvwxyzAEMRUBCDFGHIJKLNOPQSTVWXYZ 0123456789.,-/()\'":;<>[]{}&=+*#%$@!?_|~^`\\\n\t\r\u0000\u00a0\u00ad\u2013\u2019\u201c\u2022\u2028\u0301\ud800\ufeff漢\u0663'];

function sampleOf(piece: Piece, flags: string): string {
  if (piece.kind === 'nothing') return '';
  if (piece.kind === 'choice') return sampleOfItems(piece.choices[0]!, flags);
  const one = new RegExp(`^(?:${piece.source})$`, flags.replace(/[gy]/g, ''));
  return ALPHABET.find((character) => one.test(character)) ?? '';
}

function sampleOfItems(items: readonly Item[], flags: string): string {
  return items.map(({ piece, least }) => sampleOf(piece, flags).repeat(least)).join('');
}

/** What is repeated in an expression, and what stands before it: `before` leads there, and one of `pumps` goes on and on. */
function repetitions(choices: readonly Item[][], flags: string, lead: string): { before: string; pumps: string[] }[] {
  return choices.flatMap((items) => {
    let prefix = lead;
    return items.flatMap((item, index) => {
      const { piece, most } = item;
      const found: { before: string; pumps: string[] }[] = [];
      const bodies = piece.kind === 'choice' ? piece.choices.map((choice) => sampleOfItems(choice, flags)) : [sampleOf(piece, flags)];
      if (most > 1) {
        const next = items[index + 1];
        const following = next === undefined ? [] : [bodies[0]! + sampleOf(next.piece, flags)];
        found.push({ before: prefix, pumps: [...bodies, bodies.slice(0, 6).join(''), ...following, prefix + bodies[0]!] });
      }
      if (piece.kind === 'choice') found.push(...repetitions(piece.choices, flags, prefix));
      prefix += sampleOfItems([{ ...item, least: 1 }], flags);
      return found;
    });
  });
}

/** Texts that an expression may be slow on, each about `length` characters long. */
function attacks({ source, flags }: Expression, length: number): string[] {
  const found = repetitions(readPieces(source), flags, '');
  const starts = [...new Set(found.map(({ before }) => before))];
  const pumped = found.flatMap(({ before, pumps }) => pumps.map((pump) => [before, pump] as const));
  const pumps = [...pumped, ...starts.map((start) => ['', start] as const), ...[' ', '\n', 'a', '0', 'a '].map((pump) => ['', pump] as const)].filter(([, pump]) => pump !== '');
  const distinct = new Map(pumps.map(([before, pump]) => [`${before}\u0000${pump}`, [before, pump] as const]));
  return [...distinct.values()].map(([before, pump]) => `${before}${pump.repeat(Math.ceil(length / pump.length))}\u0001x`);
}

/** Does with each expression what the project does: tests, or replaces all. */
const RUN = new vm.Script('for (const text of texts) text.replace(expression, "")');

/** Expressions that do not end in time, with how their text begins. The short texts find most of them sooner. */
function slowOnes(expressions: readonly Expression[]): string[] {
  return expressions.flatMap((expression) => {
    const { source, flags, place } = expression;
    for (const length of [20_000, MEGABYTE]) {
      let texts = attacks(expression, length);
      // A megabyte each of the most telling ones, and of all others together.
      if (length === MEGABYTE) texts = [...texts.slice(0, 1), texts.map((text) => text.slice(0, Math.ceil(MEGABYTE / texts.length))).join('\n')];
      try {
        RUN.runInNewContext({ texts, expression: new RegExp(source, flags) }, { timeout: PATIENCE });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        return [`${place}: /${source}/${flags} on ${length} characters`];
      }
    }
    return [];
  });
}

function distinctOf(expressions: readonly Expression[]): Expression[] {
  return [...new Map(expressions.map((expression) => [`/${expression.source}/${expression.flags}`, expression])).values()];
}

test('what must not end does not: the check knows slow expressions', () => {
  const slow = ['(a+)+$', '\\s+$', '(?:x|y)*(?:y|z)*$', '(?:the (?:old|very old|(?:very )?old) ?)*$'].map((source) => ({ source, flags: '', place: source }));
  const found = slow.filter((expression) => attacks(expression, MEGABYTE).some((text) => {
    try {
      RUN.runInNewContext({ texts: [text], expression: new RegExp(expression.source) }, { timeout: 300 });
      return false;
    } catch {
      return true;
    }
  }));
  assert.deepEqual(found.map(({ source }) => source), slow.map(({ source }) => source));
});

test('every expression in the source is linear', (t) => {
  const distinct = distinctOf(literals);
  const unused = [...BOUNDED.keys()].filter((text) => !distinct.some(({ source, flags }) => text === `/${source}/${flags}`));
  assert.deepEqual(unused, [], 'exceptions that no expression needs');
  const checked = distinct.filter(({ source, flags }) => !BOUNDED.has(`/${source}/${flags}`));
  t.diagnostic(`${literals.length} expressions, ${distinct.length} distinct, ${BOUNDED.size} on bounded text`);
  assert.ok(checked.length > 200);
  assert.deepEqual(slowOnes(checked), []);
});

test('every expression that is put together from parts is linear', async (t) => {
  const made: Expression[] = [];
  const Original = globalThis.RegExp;
  const note = ([pattern, flags]: [string | RegExp, string?]): void => {
    const place = /\/((?:src|scripts)\/[^:)]+:\d+)/.exec(new Error().stack?.split('\n').slice(3, 4).join('') ?? '')?.[1];
    if (place !== undefined && typeof pattern === 'string') made.push({ source: pattern, flags: flags ?? '', place });
  };
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, parameters: [string, string?]) => (note(parameters), new target(...parameters)),
    apply: (target, _self, parameters: [string, string?]) => (note(parameters), target(...parameters)),
  });
  try {
    const [{ determine }, { LAYOUT_LETTERS }] = await Promise.all([import('../../scripts/import/determine.ts'), import('../support/layout-letters.ts')]);
    for (const { blocks } of LAYOUT_LETTERS) await determine(Buffer.from(blocks([{ request: 'MRI of the right shoulder' }], 90).map((lines) => lines.join('\n')).join('\n\n')), 'letter.txt');
    const { IDENTIFIER_PATTERNS } = await import('../../scripts/privacy/find.ts');
    const { expressionOf } = await import('../../scripts/privacy/rare.ts');
    for (const pattern of IDENTIFIER_PATTERNS) if ('cue' in pattern) expressionOf(pattern);
    for (const module of ['src/language/dictionary.ts', 'src/search/query.ts', 'src/determinations/read-markdown.ts', 'src/determinations/store.ts', 'scripts/understanding/patient.ts', 'scripts/understanding/citations.ts', 'scripts/understanding/credentials.ts', 'scripts/understanding/services.ts']) await import(join(PROJECT, module));
  } finally {
    globalThis.RegExp = Original;
  }
  const distinct = distinctOf(made);
  t.diagnostic(`${constructors.length} places make expressions; ${distinct.length} distinct ones were made`);
  assert.ok(distinct.length > 30);
  assert.deepEqual(slowOnes(distinct), []);
});
