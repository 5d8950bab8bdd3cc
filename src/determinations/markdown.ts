/**
 * A determination as Markdown with frontmatter, and back: the only hand-over between import and site.
 * The only module that knows gray-matter and remark. Letters are untrusted, so:
 *  - gray-matter's code engines (`---js`, `---coffee`) are replaced by ones that refuse, for every spelling;
 *  - the body is handed over as an object, because gray-matter would interpret a text that begins with `---js`;
 *  - letter text becomes text nodes, so that remark escapes whatever looks like Markdown or HTML,
 *    and is read back as text: no letter can make markup.
 */
import matter from 'gray-matter';
import { toString as nodeText } from 'mdast-util-to-string';
import { CORE_SCHEMA, dump, load } from 'js-yaml';
import type { Heading, Paragraph, Root, RootContent } from 'mdast';
import { remark } from 'remark';
import { caseGuidelines, caseServices } from './record.ts';
import type { Decision, Determination, DeterminationFields, Paragraphs } from './record.ts';
import { checkFrontmatter } from './schema.ts';

const HEADING = {
  clinicalSummary: 'Clinical case summary',
  documentsReviewed: 'Documents reviewed',
  claimsAdministratorGuidelineText: 'Claims administrator guideline',
  reviewerGuidelineText: 'Reviewer guideline',
  rationale: 'Rationale',
} as const;
type DecisionSection = 'claimsAdministratorGuidelineText' | 'reviewerGuidelineText' | 'rationale';
const DECISION_SECTIONS: readonly DecisionSection[] = ['claimsAdministratorGuidelineText', 'reviewerGuidelineText', 'rationale'];

/** A determination file that cannot be used; the message names the file, the place and what to do. */
export class DeterminationError extends Error {}

function refuseCode(): never {
  throw new DeterminationError('frontmatter in a programming language is not read');
}
const refusing = { parse: refuseCode, stringify: refuseCode };
const yamlEngine = {
  // The core schema leaves dates as text. The last line comes without its end.
  parse: (text: string): object => (load(`${text}\n`, { schema: CORE_SCHEMA, onWarning: refuseWarning, listener: (_event, state) => refuseAnchors(state) }) ?? {}) as object,
  stringify: (data: object): string => dump(data, { schema: CORE_SCHEMA, lineWidth: -1, noRefs: true }),
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

const markdown = remark().data('settings', { bullet: '-', emphasis: '_', fences: true, listItemIndent: 'one' });

/** Every run of white space becomes one blank; characters that no reader can see but that reorder or cut text are dropped. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\p{Noncharacter_Code_Point}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function heading(depth: 2 | 3, text: string): Heading {
  return { type: 'heading', depth, children: [{ type: 'text', value: text }] };
}

function paragraphs(texts: Paragraphs): Paragraph[] {
  return texts.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] }));
}

function frontmatter({ decisions, patient, licensure, specialty, source, supersededBy, notes, ...rest }: Omit<Determination, 'id'>): object {
  return dropEmpty({
    caseNumber: rest.caseNumber,
    outcome: rest.outcome,
    decisionDate: rest.decisionDate,
    dateAssigned: rest.dateAssigned,
    dateOfInjury: rest.dateOfInjury,
    urDenialDate: rest.urDenialDate,
    applicationReceived: rest.applicationReceived,
    priority: rest.priority,
    licensure,
    specialty,
    specialtyAsPrinted: rest.specialtyAsPrinted,
    service: caseServices(decisions),
    guideline: caseGuidelines(decisions),
    patient,
    decisions: decisions.map((decision) => ({
      request: decision.request,
      outcome: decision.outcome,
      service: { category: decision.service.category, subcategory: decision.service.subcategory },
      drugs: decision.drugs,
      bodyParts: decision.bodyParts,
      guidelines: decision.guidelines,
      claimsAdministratorGuidelines: decision.claimsAdministratorGuidelines,
    })),
    source: { file: source.file, sha256: source.sha256, layout: source.layout, url: source.url },
    supersededBy: supersededBy && { decisionDate: supersededBy.decisionDate, file: supersededBy.file },
    notes: notes?.length ? notes : undefined,
  }) as object;
}

/** Undefined fields are left out; lists and objects stay, so that the same field always has the same shape. */
function dropEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropEmpty);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, dropEmpty(field)]),
  );
}

/** The file's text: frontmatter in the order of the contract, then the letter's own words. The id is the file's name and not in it. */
export function stringifyDetermination(record: Omit<Determination, 'id'>): string {
  const children: RootContent[] = [heading(2, HEADING.clinicalSummary), ...paragraphs(record.clinicalSummary)];
  if (record.documentsReviewed) children.push(heading(2, HEADING.documentsReviewed), ...paragraphs(record.documentsReviewed));
  record.decisions.forEach((decision, index) => {
    children.push(heading(2, `Decision ${index + 1}: ${decision.request}`));
    for (const section of DECISION_SECTIONS) children.push(heading(3, HEADING[section]), ...paragraphs(decision[section]));
  });
  const root: Root = { type: 'root', children };
  // Not by gray-matter, which would cut the line ends that the last text ends with.
  return `---\n${yamlEngine.stringify(frontmatter(record))}---\n\n${markdown.stringify(root)}`;
}

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
