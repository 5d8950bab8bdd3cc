/**
 * Markdown with frontmatter back to a determination. Letters are untrusted, and files may be edited or damaged, so:
 *  - gray-matter's code engines (`---js`, `---coffee`) are replaced by ones that refuse, for every spelling;
 *  - the body is read as text, whatever Markdown is in it.
 */
import matter from 'gray-matter';
import { load } from 'js-yaml';
import type { RootContent } from 'mdast';
import { toString as nodeText } from 'mdast-util-to-string';
import { DeterminationError } from './error.ts';
import { DECISION_SECTIONS, HEADING, YAML_SCHEMA, markdown } from './markdown.ts';
import type { DecisionSection } from './markdown.ts';
import type { Decision, Determination, DeterminationFields, Paragraphs } from './record.ts';
import { checkFrontmatter } from './schema.ts';

function refuseCode(): never {
  throw new DeterminationError('frontmatter in a programming language is not read');
}
const refusing = { parse: refuseCode, stringify: refuseCode };
const yamlEngine = {
  // The last line comes without its end.
  parse: (text: string): object => (load(`${text}\n`, { schema: YAML_SCHEMA, onWarning: refuseWarning, listener: (_event, state) => refuseAnchors(state) }) ?? {}) as object,
};
function refuseWarning(warning: Error): never {
  throw warning;
}
/** Anchors are how a small YAML text becomes a huge one; our own files have none. */
function refuseAnchors(state: object): void {
  if ((state as { anchor?: string | null }).anchor) throw new DeterminationError('the frontmatter has an anchor (&), which is not read');
}
const MATTER_OPTIONS = {
  language: 'yaml',
  engines: { yaml: yamlEngine, javascript: refusing, js: refusing, coffee: refusing, coffeescript: refusing, cson: refusing, json: refusing },
};

type Fail = (problem: string) => never;

function failIn(file: string): Fail {
  return (problem) => {
    throw new DeterminationError(`${file}: ${problem}. Import its letter again, or take the file out.`);
  };
}

function splitFrontmatter(text: string, fail: Fail): { fields: DeterminationFields; body: string } {
  if (!/^---\r?\n/.test(text)) fail('line 1 is not "---", so there is no frontmatter');
  let data: unknown;
  let body = '';
  try {
    ({ data, content: body } = matter(text, MATTER_OPTIONS));
  } catch (error) {
    return fail(`the frontmatter cannot be read (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`);
  }
  return { fields: checkFrontmatter(data, fail), body };
}

/**
 * Reads the frontmatter of a determination file and leaves its body alone.
 * @throws DeterminationError naming `file`, the field, and what to do
 */
export function parseFields(text: string, file: string): DeterminationFields {
  return splitFrontmatter(text, failIn(file)).fields;
}

/**
 * Reads a determination file.
 * @param id the file's name without its ending; becomes the record's id
 * @throws DeterminationError naming `file`, the field or heading, and what to do
 */
export function parseDetermination(text: string, id: string, file: string): Determination {
  const fail: Fail = failIn(file);
  const { fields, body } = splitFrontmatter(text, fail);
  const sections = readSections(body, fail);
  const decisions = fields.decisions.map((decision, index): Decision => {
    const name = `Decision ${index + 1}`;
    const found = sections.decisions.get(index + 1) ?? fail(`the heading "## ${name}: ..." is missing`);
    if (found.request !== decision.request) fail(`the heading "## ${name}" does not repeat the request of decisions[${index}]`);
    const texts = Object.fromEntries(
      DECISION_SECTIONS.map((section) => [section, found.texts.get(HEADING[section]) ?? fail(`"### ${HEADING[section]}" is missing under "## ${name}"`)]),
    ) as Record<DecisionSection, Paragraphs>;
    return { ...decision, ...texts };
  });
  const extra = [...sections.decisions.keys()].find((number) => number > decisions.length);
  if (extra !== undefined) fail(`"## Decision ${extra}" has no entry in the frontmatter's decisions`);
  const record: Determination = { id, ...fields, decisions, clinicalSummary: sections.texts.get(HEADING.clinicalSummary) ?? [] };
  const documents = sections.texts.get(HEADING.documentsReviewed);
  if (documents) record.documentsReviewed = documents;
  return record;
}

interface Sections {
  texts: Map<string, Paragraphs>;
  decisions: Map<number, { request: string; texts: Map<string, Paragraphs> }>;
}

/** A heading or a paragraph of the body, as text. */
interface Block {
  /** Of a heading; 0 of anything else. */
  depth: number;
  text: string;
}

/**
 * What the import writes is headings and paragraphs of a line each, and nearly all of them hold no character that means something in Markdown. Those
 * are read as they stand, the others by remark, which takes ten times as long; a body of any other build is remark's as a whole.
 */
function* readBlocks(body: string): Generator<Block> {
  const blocks: Block[] = [];
  // One blank line stands between the frontmatter and the body, and one end of a line after it.
  for (const block of body.replace(/^\n+/, '').split(/\n{2,}/)) {
    const line = block.endsWith('\n') ? block.slice(0, -1) : block;
    if (line === '') continue;
    const heading = /^(#{2,3}) /.exec(line)?.[1] ?? '';
    const text = heading === '' ? line : line.slice(heading.length + 1);
    if (PLAIN_LINE.test(text) && !(heading === '' && LIST_NUMBER.test(text))) {
      blocks.push({ depth: heading.length, text });
      continue;
    }
    const nodes = markdown.parse(line).children;
    const [node] = nodes;
    if (nodes.length !== 1 || !node || (node.type !== 'paragraph' && node.type !== 'heading')) {
      yield* readAnyBlocks(body);
      return;
    }
    blocks.push(blockOf(node));
  }
  yield* blocks;
}

function* readAnyBlocks(body: string): Generator<Block> {
  for (const node of markdown.parse(body).children) yield blockOf(node);
}

function blockOf(node: RootContent): Block {
  return { depth: node.type === 'heading' ? node.depth : 0, text: nodeText(node) };
}

/** One line that begins with a letter, a digit or the like and holds no sign that could mean something in Markdown where it stands; without blanks at its ends. */
const PLAIN_LINE = /^[\p{L}\p{N}("'$\u2018\u201c](?:(?:[^\\&<*_`[\]\p{Cc}\p{Zl}\p{Zp}]|&(?![#A-Za-z])|<(?![A-Za-z/!?]))*[^\\&<*_`[\]#\p{C}\p{Z}])?$/u;
/** `1.` and `1)` begin a list. */
const LIST_NUMBER = /^\d+[.)]/;

function readSections(body: string, fail: Fail): Sections {
  const sections: Sections = { texts: new Map(), decisions: new Map() };
  let scope = sections.texts;
  let current: Paragraphs | undefined;
  for (const { depth, text } of readBlocks(body)) {
    if (depth === 0) {
      current?.push(text);
      continue;
    }
    const decision = depth === 2 ? /^Decision (\d+): (.*)$/s.exec(text) : null;
    if (decision) {
      const number = Number(decision[1]);
      if (sections.decisions.has(number)) fail(`"## Decision ${number}" stands twice`);
      scope = new Map();
      sections.decisions.set(number, { request: decision[2]!, texts: scope });
      current = undefined;
      continue;
    }
    if (depth === 2) scope = sections.texts;
    if (scope.has(text)) fail(`"${'#'.repeat(depth)} ${text}" stands twice`);
    current = [];
    scope.set(text, current);
  }
  return sections;
}
