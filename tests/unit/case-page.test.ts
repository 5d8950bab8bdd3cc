/** What the page of a case is made of, besides its markup. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LAYOUTS } from '../../scripts/letters/layouts.ts';
import { browse } from '../../src/browse.ts';
import { caseData } from '../../src/components/case/case-data.ts';
import { placeOf, placesIn } from '../../src/components/case/neighbours.ts';
import { layoutWords, reportAddress } from '../../src/components/case/source.ts';
import { readCorpus } from '../../src/corpus.ts';
import type { Determination } from '../../src/determinations/record.ts';

const RECORD: Determination = {
  id: 'CM00-0000901',
  caseNumber: 'CM00-0000901',
  outcome: 'partially overturned',
  decisionDate: '2016-12-09',
  licensure: [],
  specialty: [],
  patient: {},
  decisions: [
    { request: 'MRI of the </script> knee', outcome: 'upheld', service: { category: 'Diagnostic Testing', subcategory: 'Imaging/Radiology' }, guidelines: [], claimsAdministratorGuidelines: [], claimsAdministratorGuidelineText: [], reviewerGuidelineText: [], rationale: [] },
    { request: 'Ice pack', outcome: 'overturned', service: { category: 'Durable Medical Equipment', subcategory: 'Hot/Cold Therapy' }, guidelines: [], claimsAdministratorGuidelines: [], claimsAdministratorGuidelineText: [], reviewerGuidelineText: [], rationale: [] },
  ],
  source: { file: 'a/CM00-0000901.pdf', sha256: 'ab'.repeat(32), layout: 'imr-issues-decisions-and-rationales' },
  clinicalSummary: [],
};

test('every decision stands once in its service, between those that its list has before and after it', async () => {
  const corpus = await readCorpus('content');
  const trees = browse(corpus);
  const places = placesIn(trees.service);
  assert.equal(places.size, corpus.decisions.length);
  for (const decision of corpus.decisions) {
    const { service, previous, next } = placeOf(places, decision);
    assert.equal(service.value, decision.values.service.at(-1));
    const list = corpus.decisions.filter(({ values }) => values.service.includes(service.value));
    const place = list.indexOf(decision);
    assert.equal(previous, list[place - 1]);
    assert.equal(next, list[place + 1]);
  }
});

test('every layout of letters is said in words', () => {
  assert.ok(LAYOUTS.length > 0);
  for (const { name } of LAYOUTS) assert.match(layoutWords(name) ?? '', /^[A-Z].* /, name);
  assert.equal(layoutWords('a layout of tomorrow'), undefined);
});

test('a privacy problem is reported to the publisher with the case named, where there is an address', () => {
  assert.equal(reportAddress({}, 'CM00-0000901'), undefined);
  assert.equal(reportAddress({ email: 'privacy@firm.example' }, 'CM00-0000901'), 'mailto:privacy@firm.example?subject=Privacy%20problem%20in%20case%20CM00-0000901');
  assert.equal(reportAddress({ email: 'a&b?@firm.example' }, 'scan 42 & more'), 'mailto:a%26b%3F@firm.example?subject=Privacy%20problem%20in%20case%20scan%2042%20%26%20more');
});

test('a case for machines: itself, and each decision with its own address', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(caseData(RECORD, { home: 'https://imr.example/', publisher: 'IMR Search' }))), {
    '@context': 'https://schema.org',
    '@type': 'CreativeWork',
    name: 'Case CM00-0000901',
    genre: 'Independent medical review determination',
    identifier: 'CM00-0000901',
    url: 'https://imr.example/cases/cm00-0000901/',
    dateCreated: '2016-12-09',
    inLanguage: 'en',
    isBasedOn: { '@type': 'DigitalDocument', name: 'a/CM00-0000901.pdf', identifier: `sha256:${'ab'.repeat(32)}` },
    publisher: { '@type': 'Organization', name: 'IMR Search' },
    hasPart: [
      { '@type': 'CreativeWork', name: 'IMR Case No. CM00-0000901, Decision 1', position: 1, about: 'MRI of the </script> knee', abstract: 'Denial upheld.', url: 'https://imr.example/cases/cm00-0000901/#decision-1' },
      { '@type': 'CreativeWork', name: 'IMR Case No. CM00-0000901, Decision 2', position: 2, about: 'Ice pack', abstract: 'Denial overturned.', url: 'https://imr.example/cases/cm00-0000901/#decision-2' },
    ],
  });
});

test('what a letter lacks is not said of it, and a superseded one says that it is', () => {
  const { caseNumber, decisionDate, ...bare } = RECORD;
  const undated = JSON.parse(JSON.stringify(caseData({ ...bare, id: 'scan-42' }, { home: '/imr/', publisher: 'IMR Search' }))) as Record<string, unknown>;
  assert.ok(!('identifier' in undated) && !('dateCreated' in undated) && !('creativeWorkStatus' in undated));
  assert.equal(undated.url, '/imr/cases/scan-42/');
  const path = 'cases/cm00-0000901/superseded/abababab/';
  const superseded = caseData({ ...RECORD, supersededBy: { file: 'b.pdf' }, source: { ...RECORD.source, url: 'javascript:alert(1)' } }, { home: '/', path, publisher: 'IMR Search' }) as Record<string, unknown>;
  assert.equal(superseded.creativeWorkStatus, 'Superseded');
  assert.equal(superseded.url, `/${path}`);
  // An address that is none of the web's is no address of a letter.
  assert.ok(!JSON.stringify(superseded).includes('javascript:'));
});
