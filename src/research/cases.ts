/** What the site says today of the cases on the list: each case's record lies beside its page (scripts/data/cases.ts), and what was removed stands in one list. */
import type { Decision, GuidelineCitation } from '../determinations/record.ts';
import { serviceValue } from '../determinations/record.ts';
import { caseJsonPath, caseSlug } from '../urls.ts';
import type { KeptWords } from './list.ts';
import { isObject, isOptionalText } from './stored.ts';

/** A case's record, as far as it is used here. */
export interface CaseRecord {
  id: string;
  caseNumber?: string;
  decisionDate?: string;
  specialty: string[];
  decisions: Decision[];
}

/** `removed`: its publisher took it out, on the day if that is known. `missing`: the site does not have it and does not say why. */
export type CaseState = { state: 'here'; record: CaseRecord } | { state: 'removed'; day: string } | { state: 'missing' };

/** Something of the site could not be loaded; the message names it. */
export class CaseLoadError extends Error {}

/** Loads at a time: what a browser keeps open to one host. */
const AT_A_TIME = 6;

export class Cases {
  readonly #home: string;
  readonly #listOfRemoved: string;
  readonly #load: typeof fetch;
  #removed: Promise<ReadonlyMap<string, string>> | undefined;
  readonly #read = new Map<string, Promise<CaseState>>();

  /**
   * @param home absolute address of the site's home, with a slash at its end
   * @param listOfRemoved path of the list of removed cases, below home (scripts/data/removed.ts)
   */
  constructor(home: string, listOfRemoved: string, load: typeof fetch = fetch) {
    [this.#home, this.#listOfRemoved] = [home, listOfRemoved];
    this.#load = (input, init) => load(input, init);
  }

  /** The cases that were removed from the site: address (caseSlug) to ISO day. @throws CaseLoadError */
  removed(): Promise<ReadonlyMap<string, string>> {
    this.#removed ??= this.#text(this.#listOfRemoved).then((text) => readRemoved(text ?? ''));
    this.#removed.catch(() => (this.#removed = undefined));
    return this.#removed;
  }

  /** What the site says of a case. What was loaded once stays as it was until the page is loaded again. @throws CaseLoadError */
  read(caseId: string): Promise<CaseState> {
    const slug = caseSlug(caseId);
    const known = this.#read.get(slug) ?? this.#state(caseId);
    this.#read.set(slug, known);
    known.catch(() => this.#read.delete(slug));
    return known;
  }

  /** The same of many cases, in their order. @throws CaseLoadError where one of them cannot be loaded */
  async readAll(caseIds: readonly string[]): Promise<CaseState[]> {
    const states = new Array<CaseState>(caseIds.length);
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < caseIds.length) {
        const place = next++;
        states[place] = await this.read(caseIds[place]!);
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    return states;
  }

  async #state(caseId: string): Promise<CaseState> {
    // A file that a browser or a server has kept must not bring back what was removed since.
    const day = (await this.removed()).get(caseSlug(caseId));
    if (day !== undefined) return { state: 'removed', day };
    const text = await this.#text(caseJsonPath(caseId));
    if (text === undefined) return { state: 'missing' };
    const record = readRecord(text);
    if (!record) throw new CaseLoadError(`The record of case ${caseId}`);
    return { state: 'here', record };
  }

  /** Nothing where there is no such file. */
  async #text(path: string): Promise<string | undefined> {
    try {
      const response = await this.#load(new URL(path, this.#home), { cache: 'no-cache' });
      if (response.status === 404) return undefined;
      if (response.ok) return await response.text();
    } catch {
      // Said below.
    }
    throw new CaseLoadError(path);
  }
}

/** The words that are kept of a decision; nothing where the case does not have it. */
export function wordsOf({ caseNumber, decisionDate, decisions }: CaseRecord, number: number): KeptWords | undefined {
  const decision = decisions[number - 1];
  return decision && { caseNumber, decisionDate, request: decision.request, outcome: decision.outcome, service: serviceValue(decision.service) };
}

/** Whether the site says something else of a decision than when it was kept. The service is our own reading of the letter, and may get better. */
export function saysOtherwise(kept: KeptWords, now: KeptWords): boolean {
  return kept.request !== now.request || kept.outcome !== now.outcome || kept.decisionDate !== now.decisionDate;
}

/** Lines of two cells in quotes, of signs that need no escape. */
function readRemoved(csv: string): Map<string, string> {
  return new Map([...csv.matchAll(/^\ufeff?"(\w[\w.-]*)","(\d{4}-\d{2}-\d{2})"\r?$/gm)].map(([, id, day]) => [caseSlug(id!), day!]));
}

function readRecord(text: string): CaseRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is CaseRecord {
  return isObject(value) && typeof value['id'] === 'string' && isOptionalText(value['caseNumber']) && isOptionalText(value['decisionDate']) && isTexts(value['specialty']) && Array.isArray(value['decisions']) && value['decisions'].every(isDecision);
}

function isDecision(value: unknown): value is Decision {
  return (
    isObject(value) &&
    typeof value['request'] === 'string' &&
    (value['outcome'] === 'upheld' || value['outcome'] === 'overturned') &&
    isObject(value['service']) && typeof value['service']['category'] === 'string' && typeof value['service']['subcategory'] === 'string' &&
    isTexts(value['rationale']) && isTexts(value['reviewerGuidelineText']) &&
    (value['drugs'] === undefined || isTexts(value['drugs'])) && (value['bodyParts'] === undefined || isTexts(value['bodyParts'])) &&
    Array.isArray(value['guidelines']) && value['guidelines'].every(isCitation) &&
    (value['reasons'] === undefined || (Array.isArray(value['reasons']) && value['reasons'].every(isReason)))
  );
}

/** Its kind may be one that a newer version of the site knows. */
function isReason(value: unknown): boolean {
  return isObject(value) && typeof value['kind'] === 'string' && typeof value['sentence'] === 'string';
}

function isCitation(value: unknown): value is GuidelineCitation {
  return isObject(value) && typeof value['source'] === 'string' && isOptionalText(value['chapter']) && (value['year'] === undefined || typeof value['year'] === 'number') && (value['sections'] === undefined || isTexts(value['sections']));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
