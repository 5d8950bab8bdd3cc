/** A case in the words of schema.org: what its page shows, and nothing more. */
import { citedName, citedOutcome, decisionAddress } from '../../citation.ts';
import type { Determination } from '../../determinations/record.ts';

/**
 * Neither legislation nor a court's ruling, for which schema.org has no type: a creative work with parts, of which each decision is one with an address of its own.
 * @param home as of decisionAddress
 * @param path of a superseded letter's page, below home
 */
export function caseData(record: Determination, { home, path, publisher }: { home: string; path?: string | undefined; publisher: string }): object {
  const { id, caseNumber, decisionDate, decisions, source } = record;
  const parts = decisions.map((decision, index) => {
    const cited = { id, caseNumber, number: index + 1, path };
    return { '@type': 'CreativeWork', name: citedName(cited), position: index + 1, about: decision.request, abstract: `${citedOutcome(decision)}.`, url: decisionAddress(cited, home) };
  });
  return {
    '@context': 'https://schema.org',
    '@type': 'CreativeWork',
    name: `Case ${caseNumber ?? id}`,
    genre: 'Independent medical review determination',
    identifier: caseNumber,
    url: parts[0]!.url.replace(/#.*/, ''),
    dateCreated: decisionDate,
    inLanguage: 'en',
    creativeWorkStatus: record.supersededBy && 'Superseded',
    isBasedOn: { '@type': 'DigitalDocument', name: source.file, identifier: `sha256:${source.sha256}`, url: webAddress(source.url) },
    publisher: { '@type': 'Organization', name: publisher },
    hasPart: parts,
  };
}

function webAddress(url: string | undefined): string | undefined {
  return url && /^https?:/.test(url) ? url : undefined;
}
