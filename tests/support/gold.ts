/**
 * Determinations as JSON lines in the shape of ../shared/gold/gold-dev.jsonl, for its score.py.
 * Reads the Markdown with these few lines of its own and not with src/determinations, so that the score is of what was written.
 */
import { CORE_SCHEMA, load } from 'js-yaml';

interface Frontmatter {
  caseNumber?: string;
  outcome: string;
  priority?: string;
  licensure: string[];
  specialty: string[];
  specialtyAsPrinted?: string[];
  patient: { age?: number; sex?: string };
  decisions: { request: string; outcome: string; service: object; guidelines: Citation[]; claimsAdministratorGuidelines: Citation[] }[];
  source: { file: string };
  [date: string]: unknown;
}

interface Citation {
  source: string;
  chapter?: string;
  year?: number;
  sections?: string[];
}

/** @param markdown a determination file's text */
export function goldLine(markdown: string): object {
  const [, frontmatter, body] = /^---\n(.*?\n)---\n(.*)$/s.exec(markdown)!;
  const data = load(frontmatter!, { schema: CORE_SCHEMA }) as Frontmatter;
  const texts = sectionTexts(body!);
  return {
    case_number: data.caseNumber ?? null,
    source_file: data.source.file,
    date_assigned: data.dateAssigned ?? null,
    date_of_injury: data.dateOfInjury ?? null,
    decision_date: data.decisionDate ?? null,
    ur_denial_date: data.urDenialDate ?? null,
    application_received: data.applicationReceived ?? null,
    priority: data.priority ? data.priority[0]!.toUpperCase() + data.priority.slice(1) : null,
    licensure_states: data.licensure,
    specialties: data.specialtyAsPrinted ?? data.specialty,
    clinical_summary: texts.get('Clinical case summary'),
    patient: { age: data.patient.age ?? null, sex: data.patient.sex ?? null },
    decisions: data.decisions.map((decision, index) => {
      const text = (section: string) => texts.get(`Decision ${index + 1}: ${decision.request} > ${section}`);
      return {
        request: decision.request,
        outcome: decision.outcome,
        claims_administrator_guideline: text('Claims administrator guideline'),
        claims_administrator_guidelines: decision.claimsAdministratorGuidelines.map(citation),
        reviewer_guideline: text('Reviewer guideline'),
        reviewer_guidelines: decision.guidelines.map(citation),
        rationale: text('Rationale'),
        service: decision.service,
      };
    }),
    overall_outcome: data.outcome,
  };
}

function citation({ source, chapter = undefined, year = undefined, sections = [] }: Citation): object {
  return { source, chapter: chapter ?? null, year: year ?? null, sections };
}

/** The text below each heading, paragraphs joined by a blank; a section of a decision is named `<decision> > <section>`. */
function sectionTexts(body: string): Map<string, string> {
  const texts = new Map<string, string>();
  let decision = '';
  let section = '';
  for (const line of body.split('\n').filter(Boolean)) {
    const heading = /^(##|###) (.*)$/.exec(line);
    if (!heading) {
      texts.set(section, [texts.get(section), unescape(line)].filter(Boolean).join(' '));
      continue;
    }
    const title = unescape(heading[2]!);
    if (heading[1] === '##') decision = title;
    section = heading[1] === '##' ? title : `${decision} > ${title}`;
  }
  return texts;
}

/** Markdown's two ways to write a character that would be markup: a backslash, and a reference by number. */
function unescape(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])|&#x([0-9A-F]+);/gi, (_, escaped: string | undefined, code: string) => escaped ?? String.fromCodePoint(Number.parseInt(code, 16)));
}
