/**
 * A decision's citation as a file for reference managers: RIS, BibTeX and CSL-JSON. Pure.
 *
 * None of the formats has a type for a decision of an agency about one disputed treatment. RIS `CASE` and CSL `legal_case` are the nearest: their fields
 * are a docket number, an authority and the day of decision, and legal styles know them. BibTeX has no legal type that common styles know,
 * so it gets `misc`, the type without required fields, with the authority in place of an author.
 * What a letter lacks is left out: no format gets a number or a day that was not printed.
 */
import { AUTHORITY, citedName, citedOutcome, decisionAddress, oneLine, shortRequest } from './citation.ts';
import type { CitedDecision } from './citation.ts';
import { slug } from './urls.ts';

/** A citation as a file to save. */
export interface CitationFile {
  /** What the format is called. */
  format: 'RIS' | 'BibTeX' | 'CSL-JSON';
  /** `cm00-0000117-decision-2.ris` */
  name: string;
  /** Its content as an address, so that it can be saved without a server and without a script. */
  href: string;
}

/** A decision's citation in each format. @param home as of decisionAddress */
export function citationFiles(decision: CitedDecision, home: string): CitationFile[] {
  const name = citationKey(decision);
  return [
    { format: 'RIS', name: `${name}.ris`, href: dataAddress('application/x-research-info-systems', citationRis(decision, home)) },
    { format: 'BibTeX', name: `${name}.bib`, href: dataAddress('application/x-bibtex', citationBibtex(decision, home)) },
    { format: 'CSL-JSON', name: `${name}.json`, href: dataAddress('application/vnd.citationstyles.csl+json', citationCslJson(decision, home)) },
  ];
}

/** In the tags that EndNote and Zotero read for a case: `PB` is its court, `SV` its docket number, `DA` the day it was decided. Lines end as the format wants them. */
export function citationRis(decision: CitedDecision, home: string): string {
  const { caseNumber, decisionDate } = decision;
  const tags: [tag: string, value: string | undefined][] = [
    ['TY', 'CASE'],
    ['ID', citationKey(decision)],
    ['TI', title(decision)],
    ['SV', caseNumber],
    ['DA', decisionDate?.replaceAll('-', '/')],
    ['PY', decisionDate?.slice(0, 4)],
    ['PB', AUTHORITY],
    ['AB', abstract(decision)],
    ['UR', decisionAddress(decision, home)],
    ['ER', ''],
  ];
  return tags.flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}  - ${value}\r\n`])).join('');
}

/** `date` is what biblatex and reference managers read, `year` and `month` what older styles print. The title's second braces keep its capitals. */
export function citationBibtex(decision: CitedDecision, home: string): string {
  const { caseNumber, decisionDate, number } = decision;
  const fields: [name: string, value: string | undefined][] = [
    ['author', `{{${texText(AUTHORITY)}}}`],
    ['title', `{{${texText(title(decision))}}}`],
    ['number', caseNumber && `{${texText(caseNumber)}}`],
    ['date', decisionDate && `{${decisionDate}}`],
    ['year', decisionDate && `{${decisionDate.slice(0, 4)}}`],
    ['month', decisionDate && BIBTEX_MONTHS[Number(decisionDate.slice(5, 7)) - 1]],
    ['note', `{${texText(`Decision ${number}. ${abstract(decision)}`)}}`],
    ['abstract', `{${texText(abstract(decision))}}`],
    // Read as it is, so only braces must not be left open; an address of ours has none.
    ['url', `{${decisionAddress(decision, home).replace(/[{}]/g, encodeURIComponent)}}`],
  ];
  return `@misc{${citationKey(decision)},\n${fields.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${value},\n`])).join('')}}\n`;
}

/** The names of CSL 1.0.2; the number of the decision within its letter is the part of the case that is cited. */
export function citationCslJson(decision: CitedDecision, home: string): string {
  const { caseNumber, decisionDate, number } = decision;
  const item = {
    id: citationKey(decision),
    type: 'legal_case',
    title: title(decision),
    number: caseNumber,
    'part-number': String(number),
    authority: AUTHORITY,
    issued: decisionDate === undefined ? undefined : { 'date-parts': [decisionDate.split('-').map(Number)] },
    abstract: abstract(decision),
    URL: decisionAddress(decision, home),
  };
  return `${JSON.stringify([item])}\n`;
}

/** Macros of every BibTeX style. */
const BIBTEX_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Names the entry and the file, and is the same in all formats: `cm00-0000117-decision-2`. */
function citationKey({ id, number }: CitedDecision): string {
  return `${slug(id)}-decision-${number}`;
}

/** There are no parties to name a case after, so its number and what was asked for are its name. Many styles print nothing else that tells it from others. */
function title(decision: CitedDecision): string {
  return `${citedName(decision)}: ${shortRequest(decision.request)}`;
}

function abstract(decision: CitedDecision): string {
  return `${citedOutcome(decision)}.${decision.path === undefined ? '' : ' This letter was superseded by another one of its case.'}`;
}

/** Signs that mean something to TeX, as what prints them. Braces have names because BibTeX counts those with a backslash as well. */
const TEX_SIGNS = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\textbraceleft{}'],
  ['}', '\\textbraceright{}'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
  ['`', '\\textasciigrave{}'],
  ['<', '\\textless{}'],
  ['>', '\\textgreater{}'],
  ...['$', '&', '#', '%', '_'].map((sign): [string, string] => [sign, `\\${sign}`]),
]);

/** A line of text as TeX prints it. Between signs that TeX would join (two hyphens to a dash) stands an empty group. */
function texText(text: string): string {
  return oneLine(text)
    .replace(/[\\{}^~`<>$&#%_]/g, (sign) => TEX_SIGNS.get(sign)!)
    .replace(/([-',])(?=\1)/g, '$1{}');
}

function dataAddress(type: string, text: string): string {
  return `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
}
