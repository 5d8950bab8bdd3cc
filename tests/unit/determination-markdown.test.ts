/** The hand-over between import and site: whatever a letter says comes back as text, and a file can do nothing but hold text. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { DeterminationError } from '../../src/determinations/error.ts';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { parseDetermination } from '../../src/determinations/parse-markdown.ts';
import { plainText } from '../../src/determinations/plain-text.ts';
import type { Determination } from '../../src/determinations/record.ts';
import { inventedDecision, inventedDetermination } from '../support/determinations.ts';
import { PAYLOADS } from '../support/payloads.ts';

function roundTrip(record: Determination): Determination {
  const { id, ...rest } = record;
  return parseDetermination(stringifyDetermination(rest), id, 'test.md');
}

/** A record's file, in which a test changes something. */
function file(fields: Partial<Determination> = {}): string {
  return stringifyDetermination(inventedDetermination(fields));
}

function refused(text: string, problem: RegExp): void {
  assert.throws(
    () => parseDetermination(text, 'CM00-0000001', 'determinations/2016/CM00-0000001.md'),
    (error) => {
      assert.ok(error instanceof DeterminationError, `it threw ${String(error)}`);
      assert.match(error.message, /^determinations\/2016\/CM00-0000001\.md: /);
      assert.match(error.message, problem);
      return true;
    },
  );
}

/** Text as letters have it and as nobody should: markup, control characters, half surrogates, any script. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom('---', '---js', '```', '`', '~~~', '# ', '## ', '1. ', '- ', '* ', '+ ', '> ', '| ', '|', '\\', '&amp;', '&#35;', '<script>', '</p>', '<!--', '[x](javascript:y)', '![x](y)', '[x]: y', '<https://example.org>', 'https://example.org', '_', '__', '*', '**', '~~', '$', '===', '{', '}', '{{', ':::', '"', "'", ': ', '#', '!', '!!js/function', '&a', '*a', '%', '@', '=', 'null', 'true', '~', '0x1', '1e3', '2016-12-09', 'word', 'Decision 1: x', ' ', '  ', '\n', '\n\n', '\t', '\u00a0', '\u2028', '\u0000', '\u202e', '\ud800', '\u00ad', '\ufffe', '🦴', 'é', 'e\u0301'),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
const someText = anyText.map(plainText).filter(Boolean);
const paragraphs = fc.array(someText, { maxLength: 3 });

describe('a determination as Markdown', () => {
  test('comes back as it was, whatever its letter says', () => {
    fc.assert(
      fc.property(
        fc.record({ request: someText, requestTwo: someText, specialty: someText, section: someText, drug: someText, file: anyText.map((text) => text.toWellFormed()).filter(Boolean), note: someText, summary: paragraphs, guideline: paragraphs, rationale: paragraphs, documents: paragraphs }),
        ({ request, requestTwo, specialty, section, drug, file: name, note, summary, guideline, rationale, documents }) => {
          const record = inventedDetermination({
            specialty: [specialty],
            specialtyAsPrinted: [specialty],
            licensure: [specialty],
            decisions: [
              inventedDecision({ request, drugs: [drug], guidelines: [{ source: 'other', sections: [section] }], reviewerGuidelineText: guideline, claimsAdministratorGuidelineText: guideline, rationale }),
              inventedDecision({ request: requestTwo, outcome: 'overturned' }),
            ],
            source: { file: name, sha256: 'b'.repeat(64), layout: 'x', url: 'https://example.org/a?b=c#d' },
            notes: [note],
            clinicalSummary: summary,
            documentsReviewed: documents,
          });
          assert.deepEqual(roundTrip(record), record);
        },
      ),
      { numRuns: 600 },
    );
  });

  test('comes back as it was with every payload in every text of the body, and with any string at all in what only the frontmatter holds', () => {
    for (const { id, text } of PAYLOADS) {
      const words = plainText(text);
      const body = words === '' ? [] : [words, `Before ${words} after.`];
      const fields = [text, `${text}\n`, `\n${text}`];
      const record = inventedDetermination({
        licensure: fields,
        specialty: fields,
        specialtyAsPrinted: fields,
        source: { file: text, sha256: 'c'.repeat(64), layout: text },
        supersededBy: { file: text },
        notes: fields,
        clinicalSummary: body,
        documentsReviewed: body,
        decisions: [inventedDecision({ request: words || 'x', drugs: fields, bodyParts: fields, service: { category: text, subcategory: text }, guidelines: [{ source: 'other', chapter: text, sections: fields }], rationale: body, reviewerGuidelineText: body, claimsAdministratorGuidelineText: body })],
      });
      assert.deepEqual(roundTrip(record), record, id);
    }
    assert.equal((globalThis as { pwned?: unknown }).pwned, undefined);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  test('line ends at the end of the last field stay', () => {
    for (const note of ['\n', 'x\n', 'x\n\n', '\r\n', '\n---\n', '\n...\n']) {
      const record = inventedDetermination({ notes: [note] });
      assert.deepEqual(roundTrip(record), record, JSON.stringify(note));
    }
  });

  test('plain text holds no control character, no run of blanks, and stays as it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const plain = plainText(text);
        assert.doesNotMatch(plain, /[\u0000-\u001f\u007f-\u009f\u061c\u202a-\u202e\u2066-\u2069\ufeff]|\p{Noncharacter_Code_Point}|\s\s|^\s|\s$/u);
        assert.ok(plain.isWellFormed());
        assert.equal(plainText(plain), plain);
      }),
    );
  });

  test('a field that the letter lacks is left out, a list that is empty stays', () => {
    const { decisionDate: _, ...undated } = inventedDetermination({ licensure: [], specialty: [], patient: {} });
    const text = stringifyDetermination(undated);
    assert.doesNotMatch(text, /decisionDate|dateAssigned|priority|notes/);
    assert.match(text, /^licensure: \[\]$/m);
    assert.match(text, /^patient: \{\}$/m);
    assert.deepEqual(parseDetermination(text, undated.id, 'x'), undated);
  });

  test('has the frontmatter fields in the order of the contract', () => {
    const full = inventedDetermination({ dateAssigned: '2016-11-09', dateOfInjury: '2015-03-14', urDenialDate: '2016-10-20', applicationReceived: '2016-11-02', priority: 'expedited', specialtyAsPrinted: ['Ortho'], notes: ['unsure'], documentsReviewed: ['One.'] });
    const text = stringifyDetermination(full);
    assert.deepEqual(
      [...text.matchAll(/^(\w+):/gm)].map((match) => match[1]),
      ['caseNumber', 'outcome', 'decisionDate', 'dateAssigned', 'dateOfInjury', 'urDenialDate', 'applicationReceived', 'priority', 'licensure', 'specialty', 'specialtyAsPrinted', 'service', 'guideline', 'patient', 'decisions', 'source', 'notes'],
    );
    assert.deepEqual(
      [...text.matchAll(/^#+ .*$/gm)].map(([line]) => line),
      ['## Clinical case summary', '## Documents reviewed', '## Decision 1: MRI of the right shoulder', '### Claims administrator guideline', '### Reviewer guideline', '### Rationale'],
    );
    assert.deepEqual(roundTrip(full), full);
  });

  test('services and guidelines of a case are sorted and each once', () => {
    const citing = (chapter: string) => inventedDecision({ guidelines: [{ source: 'ODG', chapter }, { source: 'ODG' }] });
    assert.match(file({ decisions: [citing('Pain'), citing('Elbow'), citing('Pain')] }), /^guideline:\n {2}- ODG\n {2}- ODG > Elbow\n {2}- ODG > Pain\n/m);
  });

  test('the same record gives the same bytes', () => {
    assert.equal(file(), file());
  });
});

describe('a determination file runs no code', () => {
  const LANGUAGES = ['js', 'javascript', 'JS', 'JavaScript', 'Javascript', 'coffee', 'coffeescript', 'cson', 'Coffee', 'json', 'JSON', 'toml', 'yml', 'yaml', 'ts', 'node', 'engines', 'constructor', '__proto__', 'toString', 'hasOwnProperty'];
  const CODE = '{ caseNumber: (globalThis.hacked = true, "CM00-0000001") }';

  for (const language of LANGUAGES) {
    for (const opening of [`---${language}`, `--- ${language}`, `---\t${language}`, `---  ${language}  `, `\ufeff---${language}`]) {
      test(`${JSON.stringify(opening)} is refused`, () => {
        for (const text of [`${opening}\n${CODE}\n---\n`, `${opening}\r\n${CODE}\r\n---\r\n`, `${opening}\nmodule.exports = ${CODE}\n---\n`, file().replace('---', opening)]) {
          refused(text, /line 1 is not "---"/);
        }
        assert.equal((globalThis as { hacked?: boolean }).hacked, undefined);
      });
    }

    test(`a letter whose summary begins with ---${language} is only text`, () => {
      for (const summary of [`---${language} ${CODE} ---`, `--- ${language}`]) {
        const record = inventedDetermination({ clinicalSummary: [summary], decisions: [inventedDecision({ request: summary, rationale: [summary] })] });
        assert.deepEqual(roundTrip(record), record);
      }
      assert.equal((globalThis as { hacked?: boolean }).hacked, undefined);
    });
  }

  test('a YAML that would grow beyond measure is refused', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${new Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`)].join('\n');
    refused(`---\n${bomb}\n---\n`, /frontmatter cannot be read/);
    refused(file().replace('licensure:', 'licensure: &l\n').replace(/^specialty:\n {2}- .*$/m, 'specialty: *l'), /frontmatter cannot be read/);
  });

  test('a key named __proto__ changes no object', () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      refused(file().replace('caseNumber:', `${key}:\n  polluted: true\ncaseNumber:`), /frontmatter/);
      refused(file().replace('patient:', `patient:\n  ${key}: { polluted: true }`), /frontmatter/);
      assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    }
  });

  test('tags of YAML are refused', () => {
    for (const tag of ['!!js/function', '!!js/undefined', '!!python/object/apply:os.system', '!x']) {
      refused(file().replace('request: MRI of the right shoulder', `request: ${tag} MRI of the right shoulder`), /frontmatter cannot be read/);
    }
  });
});

describe('a damaged file is refused with its name, the place and what to do', () => {
  const cases: [what: string, text: string, problem: RegExp][] = [
    ['empty', '', /line 1 is not "---"/],
    ['no frontmatter', '# A letter\n', /line 1 is not "---"/],
    ['frontmatter that does not end', file().replace('\n---\n', '\n'), /frontmatter/],
    ['frontmatter that is no YAML', '---\n{ [\n---\n', /frontmatter cannot be read/],
    ['frontmatter that is a list', '---\n- a\n---\n', /top level/],
    ['frontmatter that is empty', '---\n---\n', /frontmatter field/],
    ['a field missing', file().replace(/^outcome: .*\n/m, ''), /frontmatter field outcome/],
    ['a field too many', file().replace('caseNumber:', 'reviewer: somebody\ncaseNumber:'), /reviewer/],
    ['a case number of another kind', file().replace(/^caseNumber: .*$/m, 'caseNumber: 16-213037'), /caseNumber: is not a case number/],
    ['a date that is none', file().replace(/^decisionDate: .*$/m, 'decisionDate: 12/09/2016'), /decisionDate: is not a date/],
    ['a day that does not exist', file().replace(/^decisionDate: .*$/m, 'decisionDate: 2016-02-30'), /decisionDate: is not a date/],
    ['an outcome of another name', file().replace(/^outcome: .*$/m, 'outcome: denied'), /frontmatter field outcome/],
    ['an outcome that does not follow from the decisions', file().replace(/^outcome: .*$/m, 'outcome: overturned'), /outcome: is "overturned", but its decisions make it "upheld"/],
    ['a service that is of no decision', file().replace(/^service:\n {2}- .*$/m, 'service:\n  - Surgery > Arthroscopic Surgery'), /field service: is/],
    ['a guideline too few', file().replace(/^guideline:\n {2}- .*$/m, 'guideline: []'), /field guideline: is/],
    ['no decisions', file().replace(/^decisions:\n(?: .*\n)+/m, 'decisions: []\n'), /frontmatter field decisions/],
    ['a heading missing', file().replace(/^## Decision 1.*$/m, ''), /"## Decision 1: \.\.\." is missing/],
    ['a heading of another request', file().replace(/^## Decision 1.*$/m, '## Decision 1: MRI of the left shoulder'), /does not repeat the request/],
    ['a rationale missing', file().replace(/^### Rationale$/m, ''), /"### Rationale" is missing under "## Decision 1"/],
    ['a decision too many', `${file()}\n## Decision 2: more\n`, /"## Decision 2" has no entry/],
    ['a decision twice', `${file()}\n${file().slice(file().indexOf('## Decision 1'))}`, /"## Decision 1" stands twice/],
    ['a rationale twice', `${file()}\n### Rationale\n\nAnother one.\n`, /"### Rationale" stands twice/],
    ['the end cut off', file().slice(0, file().indexOf('### Reviewer')), /"### Reviewer guideline" is missing/],
    ['a conflict of git', file().replace('outcome: upheld', '<<<<<<< HEAD\noutcome: upheld\n=======\noutcome: overturned\n>>>>>>> other'), /frontmatter/],
  ];
  for (const [what, text, problem] of cases) test(what, () => refused(text, problem));

  test('a body that is read line by line says what all of Markdown says of it', () => {
    // A comment before the first heading is in no section, and makes the whole body go through remark.
    const read = (body: string): unknown => {
      try {
        return parseDetermination(`${file().split('## ')[0]!}${body}`, 'x', 'x.md');
      } catch (error) {
        return String(error);
      }
    };
    const sections = ['## Clinical case summary', '## Decision 1: MRI of the right shoulder', '### Claims administrator guideline', '### Reviewer guideline', '### Rationale'];
    const own = file().slice(file().indexOf('## '));
    const block = fc.oneof(anyText, fc.constantFrom(...sections, 'A plain paragraph, with 2 things (and "more").', '1) one', '12. two', 'a\\_b', '&amp;', '    code', '[a]: b', '[a]', 'one\ntwo', 'title\n---', 'a  b', 'a ', '#', '## x ##', '1', '2016'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(200), block), { maxLength: 4 }), (changes) => {
        const blocks = own.split('\n\n');
        for (const [at, text] of changes) blocks.splice(at % (blocks.length + 1), 0, text);
        const body = blocks.join('\n\n');
        assert.deepEqual(read(body), read(`<!-- -->\n\n${body}`));
      }),
      { numRuns: 3000 },
    );
  });

  test('any text at all is read or refused, never anything else', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, from, length) => {
        const whole = file();
        const at = from % whole.length;
        const damaged = whole.slice(0, at) + text + whole.slice(at + (length % 80));
        for (const input of [text, `---\n${text}\n---\n${text}`, damaged]) {
          try {
            assert.equal(parseDetermination(input, 'x', 'x.md').decisions.length > 0, true);
          } catch (error) {
            assert.ok(error instanceof DeterminationError, `${String(error)} for ${JSON.stringify(input)}`);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
