/**
 * Each folder of tests/fixtures/letters is named for what its letter shows and holds the letter and what becomes of it:
 * the determination as it is written, or the problem for which it is quarantined.
 * `UPDATE=1 node --test tests/unit/letters.test.ts` writes the expectations anew; look at every changed line.
 */
import assert from 'node:assert/strict';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { determine } from '../../scripts/import/determine.ts';
import type { Reading } from '../../scripts/import/determine.ts';
import { LAYOUTS } from '../../scripts/letters/layouts.ts';
import { stringifyDetermination } from '../../src/determinations/markdown.ts';
import { parseDetermination } from '../../src/determinations/parse-markdown.ts';
import { LAYOUT_LETTERS, readingOf } from '../support/layout-letters.ts';
import type { LayoutLetter } from '../support/layout-letters.ts';
import { DECISIONS } from '../support/letters.ts';
import type { InventedDecision } from '../support/letters.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/letters');
const DETERMINATION = 'expected.md';
const PROBLEM = 'expected-problem.txt';
const update = process.env.UPDATE === '1';

/** The name of the expectation that a letter has, and what it must hold. */
function expectation({ record, problems }: Reading): [name: string, text: string] {
  if (record) return [DETERMINATION, stringifyDetermination(record)];
  const { code, line, words } = problems.find((problem) => problem.severity === 'serious')!;
  return [PROBLEM, `code: ${code}\nline: ${line ?? 'none'}\n\n${words}\n`];
}

describe('fixtures', async () => {
  for (const name of (await readdir(FIXTURES)).sort()) {
    const folder = join(FIXTURES, name);
    test(name.replaceAll('-', ' '), async () => {
      const files = await readdir(folder);
      const letter = files.find((file) => file.startsWith('letter.'));
      assert.ok(letter, `${name} holds no letter`);
      const reading = await determine(new Uint8Array(await readFile(join(folder, letter))), letter);
      const [expected, text] = expectation(reading);
      if (update) {
        await rm(join(folder, expected === PROBLEM ? DETERMINATION : PROBLEM), { force: true });
        await writeFile(join(folder, expected), text);
      }
      assert.deepEqual((await readdir(folder)).sort(), [expected, letter].sort());
      assert.equal(text, await readFile(join(folder, expected), 'utf8'));
      // A serious problem and a record exclude each other, and what is written can be read back.
      assert.equal(reading.problems.some((problem) => problem.severity === 'serious'), reading.record === undefined);
      if (reading.record) {
        const id = reading.record.caseNumber ?? name;
        assert.deepEqual(parseDetermination(text, id, name), withoutEmpty({ id, ...reading.record }));
      }
    });
  }
});

/** A record as it is read back: without fields that are undefined, or notes when there are none. */
function withoutEmpty(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([name, value]) => value !== undefined && !(name === 'notes' && value.length === 0)));
}

/** The decisions that a letter's text is read to have, or the code for which it is quarantined. */
async function decisionsOf(text: string): Promise<string[] | string> {
  const { record, problems } = await determine(Buffer.from(text), 'letter.txt');
  return record ? record.decisions.map(({ request, outcome }) => `${request} => ${outcome}`) : problems.find((problem) => problem.severity === 'serious')!.code;
}

/** A rationale with a numbered list in it, like the ones that items are numbered with. */
function withList(decision: InventedDecision): InventedDecision {
  return { ...decision, rationale: `Three things were looked at. 1. The reports. 2. The guideline. 3. What was tried before. ${decision.rationale}` };
}

describe('a letter says the same, however its text was extracted', () => {
  const decisions = fc.shuffledSubarray([...DECISIONS], { minLength: 1 });
  /** From lines that just hold a label to lines that hold a paragraph. */
  const width = fc.integer({ min: 40, max: 2000 });
  /** Blank lines after each block. */
  const spacing = fc.oneof(
    fc.constantFrom(0, 1, 2).map((blanks) => () => blanks),
    fc.infiniteStream(fc.integer({ min: 0, max: 2 })).map((blanks) => () => blanks.next().value!),
  );
  const breaks = fc.array(fc.nat(400), { maxLength: 5 });
  const doubled = fc.boolean();

  for (const { name, blocks, most = DECISIONS.length } of LAYOUT_LETTERS) {
    for (const lists of [false, true]) {
      test(`decisions are never mixed up or lost; a letter that is not clear is quarantined: ${name}${lists ? ', with lists in rationales' : ''}`, async () => {
        const quarantined = new Map<string, number>();
        let letters = 0;
        await fc.assert(
          fc.asyncProperty(decisions, width, spacing, breaks, doubled, async (any, columns, blanksAfter, pageBreaks, doubleSpaced) => {
            const decided = any.slice(0, most).map((decision) => (lists ? withList(decision) : decision));
            let lines = blocks(decided, columns).flatMap((block) => [...block, ...new Array<string>(blanksAfter()).fill('')]);
            if (doubleSpaced) lines = lines.flatMap((line) => [line, '']);
            for (const line of pageBreaks) if (lines[line] !== undefined) lines[line] = `\f${lines[line]}`;
            const read = await decisionsOf(lines.join('\n'));
            letters++;
            if (typeof read === 'string') quarantined.set(read, (quarantined.get(read) ?? 0) + 1);
            else assert.deepEqual(read, decided.map((decision) => readingOf(name, decision)));
          }),
          // Always the same letters: how many of them are quarantined is a share, and a share of other letters each time is no limit.
          { numRuns: 200, seed: 20161209 },
        );
        const number = [...quarantined.values()].reduce((sum, count) => sum + count, 0);
        assert.ok(number <= 0.02 * letters, `${number} of ${letters} were quarantined: ${JSON.stringify([...quarantined])}`);
      });
    }
  }

  test('any text is read without failing, and so is any letter that is torn', async () => {
    const headings = LAYOUTS.flatMap(({ sections }) => sections.flatMap((section) => section.headings ?? section.opening ?? []));
    const labels = ['Case Number: CM00-0000001 ', 'Claims Administrator guideline:', 'MAXIMUS guideline:', 'Decision rationale:', 'State(s) of Licensure:', 'The Claims Administrator ', "The Expert Reviewer's decision rationale:", 'Rationale for the Decision:', 'the Expert Reviewer '];
    const words = [...headings, ...labels, ': Upheld', ': Overturned', ' is not medically necessary and appropriate. ', '1) ', '2. ', '12/09/2016', '.', '-', '\n', '\n\n', '\f', 'MRI', '\u0000', '\ud800', '%PDF-', '---js'];
    const whole = fc.constantFrom(...LAYOUT_LETTERS.map(({ blocks }) => blocks(DECISIONS, 90).map((block) => block.join('\n')).join('\n\n')));
    const anyLetter = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join('')),
      fc.tuple(whole, fc.nat(), fc.nat(600), fc.constantFrom(...words)).map(([text, at, length, word]) => text.slice(0, at % text.length) + word + text.slice((at % text.length) + length)),
    );
    await fc.assert(
      fc.asyncProperty(anyLetter, async (text) => {
        const { record, problems } = await determine(Buffer.from(text), 'letter.txt');
        assert.ok(problems.every((problem) => problem.code !== 'importer-failed'), JSON.stringify(problems));
        if (record) parseDetermination(stringifyDetermination(record), record.caseNumber ?? 'x', 'x');
        else assert.ok(problems.some((problem) => problem.severity === 'serious'));
      }),
      { numRuns: 600 },
    );
  });

  test('two letters in one file are never one determination, whatever their layouts, and whether they are the same or the second is cut off', async () => {
    const letter = ({ blocks }: LayoutLetter, number: string): string => blocks([DECISIONS[3]!], 90).map((block) => block.join('\n')).join('\n\n').replace('CM00-0000001', number);
    for (const first of LAYOUT_LETTERS) {
      for (const second of LAYOUT_LETTERS) {
        for (const number of ['CM00-0000001', 'CM00-0000002']) {
          for (const between of ['\n\n', '\n\f', '\n']) {
            const [one, two] = [letter(first, 'CM00-0000001'), letter(second, number)];
            const { record, problems } = await determine(Buffer.from(one + between + two), 'letter.txt');
            const serious = problems.find((problem) => problem.severity === 'serious');
            const what = `${first.name}, then ${second.name} ${number}`;
            assert.equal(record, undefined, what);
            assert.equal(serious?.code, 'two-letters', what);
            assert.match(serious.words, /Split the file/);
            const begins = (one + between).split('\n').length;
            assert.ok(serious.line! >= begins && serious.line! <= begins + 8, `${what}: line ${serious.line}, and it begins in ${begins}`);
            // Its header alone, where both letters have one.
            const cut = two.slice(0, two.indexOf('CM00') + 200);
            if (number !== 'CM00-0000001' && one.includes('CM00') && cut.includes(number)) assert.equal(await decisionsOf(one + between + cut), 'two-letters', what);
          }
        }
      }
    }
  });

  test('a case number at the head of each page, or of another case in a sentence, is no second letter', async () => {
    for (const { name, blocks, most = DECISIONS.length } of LAYOUT_LETTERS) {
      const decided = DECISIONS.slice(0, Math.min(3, most));
      const lines = blocks(decided, 90).flatMap((block) => [...block, '']);
      const heads = ['Case Number: CM00-0000001', 'IMR Case Number: CM00-0000001', 'Case Number: CM00-0000001   Date of Injury: 10/13/2015'];
      for (const head of heads) {
        const paged = lines.flatMap((line, index) => (index > 12 && index % 10 === 0 && line !== '' ? [line, `\f${head}`] : [line]));
        const { problems } = await determine(Buffer.from(paged.join('\n')), 'letter.txt');
        assert.ok(problems.every(({ code }) => code !== 'two-letters'), `${name}: ${head}`);
      }
      const said = decided.map((decision) => ({ ...decision, rationale: 'An earlier review, IMR Case Number: CM00-0000003, found the same. It is not medically necessary.' }));
      const read = await decisionsOf(blocks(said, 90).flatMap((block) => [...block, '']).join('\n'));
      assert.deepEqual(read, said.map((decision) => readingOf(name, decision)));
    }
  });

  for (const { name, blocks, most = DECISIONS.length, opens } of LAYOUT_LETTERS) {
    test(`a letter that was cut off never loses its last decision in silence: ${name}`, async () => {
      const decided = DECISIONS.slice(0, most);
      const whole = blocks(decided, 90).map((block) => block.join('\n')).join('\n\n');
      for (const end of [...[...whole.matchAll(/\n\n/g)].map((match) => match.index), whole.length]) {
        const text = whole.slice(0, end);
        const read = await decisionsOf(text);
        if (typeof read === 'string') assert.notEqual(end, whole.length, read);
        else {
          assert.deepEqual(read, decided.slice(0, read.length).map((decision) => readingOf(name, decision)));
          const next = decided[read.length];
          assert.ok(!next || !text.includes(opens(next, read.length + 1)), `"${next?.request}" is lost`);
        }
      }
    });
  }
});
