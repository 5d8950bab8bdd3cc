/**
 * The field's words that a lay reader may not know, in ours. The glossary page lists them all; `components/Term.astro` explains one where it is first used.
 * Sentences are short and plain. Where the law says it, the section stands beside it.
 */

export interface GlossaryTerm {
  /** As it stands in a sentence. */
  term: string;
  /** Short forms, and other words for the same. */
  also?: readonly string[];
  /** What it means: one or two sentences, which can be read without the rest of the glossary. */
  means: string;
  /** Where the law or its rules say so. */
  law?: string;
}

export const TERMS = {
  'acoem': {
    term: 'ACOEM',
    means: 'The practice guidelines of the American College of Occupational and Environmental Medicine. California has made many of them part of its own guidelines.',
  },
  'administrative-director': {
    term: 'administrative director',
    means: 'The head of the Division of Workers’ Compensation. The reviewer’s decision counts as the decision of this office.',
    law: 'Labor Code section 4610.6, subdivision (g)',
  },
  'appeal': {
    term: 'appeal',
    means: 'A review decision is final unless somebody shows a strong reason against it, such as fraud, bias or a plain mistake of fact. An appeal goes to the Workers’ Compensation Appeals Board, within 30 days.',
    law: 'Labor Code section 4610.6, subdivision (h)',
  },
  'board-certified': {
    term: 'board certified',
    means: 'A doctor who has passed the examination of a medical board in a specialty.',
  },
  'case': {
    term: 'case',
    means: 'One letter with one case number. It decides one or more requests.',
  },
  'claims-administrator': {
    term: 'claims administrator',
    means: 'Whoever handles the claim on the insurer’s side: an insurance company, an employer who pays claims itself, or a firm that works for them.',
    law: 'California Code of Regulations, title 8, section 9792.6.1',
  },
  'clinical-case-summary': {
    term: 'clinical case summary',
    means: 'The part of the letter that tells the story of the injury and the care so far, as the reviewer read it in the file.',
  },
  'csv': {
    term: 'CSV',
    means: 'A plain file with one line for each decision. Any spreadsheet program opens it.',
  },
  'date-of-injury': {
    term: 'date of injury',
    means: 'The day on which the worker was hurt, or from which the claim counts when the harm came slowly.',
  },
  'decision': {
    term: 'decision',
    means: 'What the reviewer decided about one request. Each has its own outcome, reasons and address on this site.',
  },
  'denial': {
    term: 'denial',
    means: 'The answer of the insurer’s side that a treatment will not be paid for because it is not medically needed.',
  },
  'determination': {
    term: 'determination',
    also: ['final determination'],
    means: 'The letter in which the reviewer decides. It binds both sides.',
    law: 'Labor Code section 4610.6, subdivision (g)',
  },
  'division-of-workers-compensation': {
    term: 'Division of Workers’ Compensation',
    also: ['DWC'],
    means: 'The state office that watches over workers’ compensation in California. It publishes the letters.',
  },
  'dme': {
    term: 'durable medical equipment',
    also: ['DME'],
    means: 'Medical equipment for use at home that lasts, such as a cane, a bed or a brace.',
  },
  'expedited': {
    term: 'expedited review',
    means: 'A fast review for a worker whose health is in serious danger. It must be done within three days of getting the papers.',
    law: 'Labor Code section 4610.6, subdivision (d)',
  },
  'generic-name': {
    term: 'generic name',
    means: 'The name of the medicine itself, which is the same for all brands. Hydrocodone is a generic name, Norco a brand.',
  },
  'guideline': {
    term: 'guideline',
    means: 'A written rule for good care, made by experts from medical studies. The reviewer must say which ones the decision rests on.',
    law: 'Labor Code section 4610.6, subdivision (e)',
  },
  'independent-medical-review': {
    term: 'independent medical review',
    also: ['IMR'],
    means: 'A second look at a denied treatment by a doctor who has no tie to either side. The doctor reads the file, does not see the worker, and decides.',
    law: 'Labor Code sections 4610.5 and 4610.6',
  },
  'injured-worker': {
    term: 'injured worker',
    also: ['employee', 'patient'],
    means: 'The person who was hurt or fell ill at work and needs the treatment. Letters are published without the name.',
  },
  'interval': {
    term: '95% interval',
    also: ['Wilson interval', 'margin'],
    means: 'A share that comes from a few decisions can be high or low by chance. The interval says between which shares the true one most likely lies. The more decisions, the narrower it is.',
  },
  'licensure': {
    term: 'licensed in',
    also: ['state of licensure'],
    means: 'The states in which the reviewer may work as a doctor.',
  },
  'medical-necessity': {
    term: 'medical necessity',
    also: ['medically necessary'],
    means: 'A treatment is medically necessary when it is needed to cure the injury or ease its effects. The proof must come from treatment guidelines first, then from other medical evidence.',
    law: 'Labor Code section 4610.5, subdivision (c)(2)',
  },
  'modified': {
    term: 'modified request',
    means: 'The insurer’s side allowed a part of what was asked for, such as fewer visits. The review is about the rest.',
  },
  'mtus': {
    term: 'MTUS',
    also: ['Medical Treatment Utilization Schedule'],
    means: 'California’s own treatment guidelines for injured workers. They come first: other guidelines count where these do not cover the case.',
    law: 'Labor Code section 5307.27',
  },
  'odg': {
    term: 'ODG',
    also: ['Official Disability Guidelines'],
    means: 'A set of treatment guidelines that a private company publishes.',
  },
  'outcome': {
    term: 'outcome',
    means: 'How the review ended. It is about the denial: upheld means that the denial stands, overturned that the treatment is approved.',
  },
  'overturned': {
    term: 'overturned',
    means: 'The reviewer did not agree with the denial. The treatment is approved, and the insurer’s side must pay for it.',
  },
  'partially-overturned': {
    term: 'partially overturned',
    means: 'Said of a letter with several requests: some were approved and for others the denial stands.',
  },
  'rationale': {
    term: 'rationale',
    means: 'The reviewer’s reasons: why the treatment is needed, or why not.',
    law: 'Labor Code section 4610.6, subdivision (e)',
  },
  'request': {
    term: 'request',
    also: ['disputed item', 'issue at dispute'],
    means: 'One treatment, test, medicine or item that the worker’s doctor asked for and that was denied or cut.',
  },
  'request-for-authorization': {
    term: 'request for authorization',
    also: ['RFA'],
    means: 'The form on which the treating doctor asks the insurer’s side to allow a treatment.',
    law: 'California Code of Regulations, title 8, section 9792.6.1',
  },
  'reviewer': {
    term: 'reviewer',
    means: 'The doctor who decides. The law keeps the name secret; the letter says the specialty and where the doctor is licensed.',
    law: 'Labor Code section 4610.6, subdivision (f)',
  },
  'service': {
    term: 'service',
    means: 'The kind of care that was asked for, such as surgery or medicines. The kinds are those of the state’s own search form.',
  },
  'specialty': {
    term: 'specialty',
    means: 'The field of medicine in which the reviewer is trained, such as pain management.',
  },
  'superseded': {
    term: 'superseded',
    means: 'Replaced by a newer letter of the same case. The older letter is kept, but it no longer counts.',
  },
  'treating-physician': {
    term: 'treating physician',
    also: ['primary treating physician', 'PTP'],
    means: 'The doctor who is in charge of the worker’s care and asks for the treatment.',
    law: 'California Code of Regulations, title 8, section 9785',
  },
  'upheld': {
    term: 'upheld',
    means: 'The reviewer agreed with the denial. The denial stands, and the treatment is not approved.',
  },
  'utilization-review': {
    term: 'utilization review',
    also: ['UR'],
    means: 'The check, on the insurer’s side, of what a doctor asked for. It can allow the treatment, allow less of it, or deny it.',
    law: 'Labor Code section 4610',
  },
  'workers-compensation': {
    term: 'workers’ compensation',
    means: 'The insurance that pays for medical care and lost wages when somebody is hurt or falls ill because of work.',
    law: 'Labor Code section 3600',
  },
} as const satisfies Record<string, GlossaryTerm>;

/** The name of an entry: its anchor on the glossary page. */
export type TermName = keyof typeof TERMS;

/** An entry, with what it may leave out. */
export function glossaryTerm(name: TermName): GlossaryTerm {
  return TERMS[name];
}

/** An entry's address, below the site's base. */
export function termPath(name: TermName): string {
  return `glossary/#${name}`;
}
