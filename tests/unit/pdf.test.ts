/** PDFs to text: what a reader sees, whatever order and pieces the file draws it in. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { determine } from '../../scripts/import/determine.ts';
import { pdfText } from '../../scripts/letters/pdf.ts';
import { UnreadableError } from '../../scripts/letters/problem.ts';
import { letterText } from '../../scripts/letters/read.ts';
import { letterText as inventedLetter } from '../support/letters.ts';
import { drawPdf, drawnLines } from '../support/pdf.ts';
import type { Drawn } from '../support/pdf.ts';

const PDFS = resolve(import.meta.dirname, '../fixtures/pdf');

const HEADER_LEFT = ['Case Number:', 'Date Assigned:', 'Decision Date:', 'Priority:'];
const VALUES_LEFT = ['CM00-0000801', '11/09/2016', '12/09/2016', 'Standard'];
const HEADER_RIGHT = ['Date of Injury:', 'UR Denial Date:', 'Application', 'Received:'];
const VALUES_RIGHT = ['10/13/2015', '11/03/2016', '11/04/2016'];

/** A table's cells as a word processor draws them: column by column. */
function columns(): Drawn[] {
  const column = (texts: string[], x: number, firstRow: number) => texts.map((text, row) => ({ text, x, y: 740 - 20 * (row + firstRow) }));
  return [...column(HEADER_LEFT, 72, 0), ...column(VALUES_LEFT, 180, 0), ...column(HEADER_RIGHT, 340, 1), ...column(VALUES_RIGHT, 450, 1)];
}

/** The lines after the header, with the gaps between paragraphs. */
const BODY = inventedLetter().split('\n').slice(5).map((line) => line.trim());

async function problem(read: Promise<unknown>): Promise<UnreadableError> {
  const error = await read.then(
    () => assert.fail('it was read'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof UnreadableError, String(error));
  return error;
}

describe('the words of a PDF', () => {
  test('header cells that are drawn column by column stand beside their labels', async () => {
    const { text } = await pdfText(await drawPdf([columns()]));
    assert.match(text, /^Date Assigned: +11\/09\/2016 +Date of Injury: +10\/13\/2015$/m);
    assert.match(text, /^Priority: +Standard +Application +11\/04\/2016$/m);
  });

  test('lines come from top to bottom, whatever order they are drawn in', async () => {
    const lines = ['one', 'two', 'three', 'four'];
    assert.equal((await pdfText(await drawPdf([drawnLines(lines).reverse()]))).text, `${lines.join('\n')}\n`);
  });

  test('a word in pieces stays a word, and words that are placed apart get a blank', async () => {
    const { text } = await pdfText(
      await drawPdf([
        [
          { text: 'medi', x: 72, y: 700 },
          { text: 'cally', x: 93.98, y: 700 },
          { text: 'necessary', x: 122, y: 700 },
        ],
      ]),
    );
    assert.equal(text, 'medically necessary\n');
  });

  test('what is raised or lowered stays in its line', async () => {
    const { text } = await pdfText(
      await drawPdf([
        [
          { text: 'motion of 90', x: 72, y: 700 },
          { text: 'o', x: 137, y: 705, size: 7 },
          { text: ' and B', x: 142, y: 700 },
          { text: '12', x: 174, y: 697.5, size: 7 },
          { text: ' level', x: 182, y: 700 },
          { text: 'next line', x: 72, y: 686.2 },
        ],
      ]),
    );
    assert.deepEqual(text.trim().split('\n').map((line) => line.replace(/\s+/g, '')), ['motionof90oandB12level', 'nextline']);
  });

  test('paragraphs are parted by a blank line and pages by a form feed', async () => {
    const { text } = await pdfText(await drawPdf([drawnLines(['first', 'goes on', '', 'second']), drawnLines(['third'])]));
    assert.deepEqual(text.split('\f').map((page) => page.trim()), ['first\ngoes on\n\nsecond', 'third']);
  });
});

describe('letters as PDF', () => {
  test('a letter of two pages gives the same decisions as its text', async () => {
    const rows = BODY.length / 2;
    const bytes = await drawPdf([[...drawnLines(['', '', '', '', '', '', '', '', ...BODY.slice(0, rows)]), ...columns()], drawnLines(BODY.slice(rows))]);
    const { record, problems } = await determine(bytes, 'letter.pdf');
    assert.deepEqual(problems, []);
    const fromText = await determine(Buffer.from(inventedLetter({ caseNumber: 'CM00-0000801' })), 'letter.txt');
    assert.deepEqual({ ...record, source: undefined }, { ...fromText.record, source: undefined });
  });

  test('a PDF with another ending is a PDF', async () => {
    assert.equal((await letterText(await drawPdf([drawnLines(['a letter'])]))).text, 'a letter\n');
  });

  test('bytes before the signature are passed over', async () => {
    const bytes = Buffer.concat([Buffer.from('\n\nHTTP rubbish\n'), await drawPdf([drawnLines(['a letter'])])]);
    assert.match((await letterText(bytes)).text, /a letter/);
  });

  test('encrypted with an empty password and "copy: no", as the published ones: is read', async () => {
    const { record, problems } = await determine(await readFile(join(PDFS, 'encrypted-without-password.pdf')), 'letter.pdf');
    assert.deepEqual(problems, []);
    assert.equal(record?.caseNumber, 'CM00-0000801');
    assert.deepEqual(record?.decisions.map(({ request, outcome }) => [request, outcome]), [['MRI of the right shoulder', 'upheld']]);
  });
});

describe('PDFs that cannot be read say why', () => {
  test('one that needs a password', async () => {
    const { code, message } = await problem(letterText(await readFile(join(PDFS, 'encrypted-with-password.pdf'))));
    assert.equal(code, 'password');
    assert.match(message, /needs a password/);
  });

  test('one without a text layer', async () => {
    const { code, message } = await problem(letterText(await drawPdf([[], []])));
    assert.equal(code, 'no-text');
    assert.match(message, /2 page\(s\) hold no text.*\(OCR\)/);
  });

  test('one that was cut off', async () => {
    const whole = await drawPdf([drawnLines(BODY)]);
    for (const part of [0.05, 0.3, 0.6]) {
      const { record, problems } = await determine(whole.slice(0, Math.floor(part * whole.length)), 'letter.pdf');
      assert.equal(record, undefined);
      assert.ok(['damaged-pdf', 'no-text', 'unknown-layout'].includes(problems[0]!.code), problems[0]!.code);
    }
  });

  test('a signature and nothing else', async () => {
    const { code, message } = await problem(letterText(Buffer.from('%PDF-1.7\n')));
    assert.equal(code, 'damaged-pdf');
    assert.match(message, /Fetch it again/);
  });
});
