/** Texts to lines, and lines to paragraphs: no word is changed, whatever the extractor did to the space between them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cleanLines, joinParagraphs } from '../../scripts/letters/clean.ts';
import { isoDate } from '../../scripts/letters/header.ts';

const texts = (text: string) => cleanLines(text).map((line) => line.text);
const paragraphs = (lines: readonly string[]) => joinParagraphs(lines.map((text) => ({ text })));

describe('lines', () => {
  for (const [what, text, expected] of [
    ['line ends of Windows and of old Macs', 'a\r\nb\rc\nd', ['a', 'b', 'c', 'd']],
    ['blanks of every kind', '\u00a0 a\u2003b\t c \u3000', ['a b  c']],
    ['characters without width', '\ufeffRe\u200bquest\u2060', ['Request']],
    ['a soft hyphen inside a line, but not at its end, where a word is cut', 'reha\u00adbili\u00ad', ['rehabili\u00ad']],
    ['runs of blank lines', 'a\n\n \n\t\nb', ['a', '', 'b']],
    ['blank lines at the beginning', '\n\n\na', ['a']],
    ['a form feed in front of a line', 'a\n\fb', ['a', 'b']],
    ['blank lines at the bottom and the top of a page', 'a\n\n\f\n\nb', ['a', 'b']],
    ['an empty page', 'a\n\f\n\f\nb\n\f', ['a', 'b']],
    ['nothing', '', ['']],
  ] as const) {
    // A blank line at the very end is neither kept nor lost on purpose.
    test(what, () => assert.equal(texts(text).join('\n').trimEnd(), expected.join('\n')));
  }

  test('know their number in the text and their page', () => {
    assert.deepEqual(cleanLines('a\n\n\nb\n\fc\fd\n\n\fe'), [
      { text: 'a', number: 1, page: 1 },
      { text: '', number: 2, page: 1 },
      { text: 'b', number: 4, page: 1 },
      { text: 'c', number: 5, page: 2 },
      { text: 'd', number: 5, page: 3 },
      { text: 'e', number: 7, page: 4 },
    ]);
  });

  test('an empty line after every line is not a paragraph, two of them are', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index}`);
    const doubled = lines.map((line, index) => `${line}\n\n${index === 5 ? '\n\n' : ''}`).join('');
    assert.deepEqual(texts(doubled).filter((text, index, all) => text || index < all.length - 1), lines.flatMap((line, index) => (index === 5 ? [line, ''] : [line])));
  });

  test('a short text with blank lines between its paragraphs keeps them', () => {
    assert.deepEqual(texts('one\n\ntwo\n\nthree'), ['one', '', 'two', '', 'three']);
  });

  test('of any text keep its characters in their order, take no time, and never throw', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b-', ' ', '\n', '\n\n', '\f', '\r\n', '\u00a0', '-', 'Upheld', ':'), { maxLength: 200 }), (parts) => {
        const text = parts.join('');
        assert.equal(cleanLines(text).map((line) => line.text.replace(/\s/g, '')).join(''), text.replace(/\s/g, ''));
      }),
    );
  });

  test('a million blank lines are read at once', () => {
    const started = performance.now();
    assert.deepEqual(texts(`a${'\n'.repeat(1_000_000)}b`), ['a', '', 'b']);
    assert.ok(performance.now() - started < 5000);
  });
});

describe('paragraphs', () => {
  for (const [what, lines, expected] of [
    ['lines are joined with a blank', ['one', 'two'], ['one two']],
    ['a blank line begins another', ['one', '', 'two'], ['one', 'two']],
    ['blank lines at the ends are nothing', ['', 'one', ''], ['one']],
    ['runs of blanks are one', ['one   two'], ['one two']],
    ['a date that is cut', ['10-30-', '2016'], ['10-30-2016']],
    ['a word that is cut keeps its hyphen', ['non-', 'certified'], ['non-certified']],
    ['a soft hyphen is not printed', ['myo\u00ad', 'graphy'], ['myography']],
    ['a dash is not a hyphen', ['pain -', 'none'], ['pain - none']],
    ['two hyphens are a dash', ['pain--', 'none'], ['pain-- none']],
    ['a line that is only a hyphen', ['-', 'one'], ['- one']],
    ['a hyphen before a blank line joins nothing', ['non-', '', 'certified'], ['non-', 'certified']],
  ] as const) {
    test(what, () => assert.deepEqual(paragraphs(lines), [...expected]));
  }

  test('a long paragraph is joined in a time that grows with its length', () => {
    const started = performance.now();
    assert.equal(paragraphs(new Array<string>(200_000).fill('pain-'))[0]!.length, 1_000_000);
    assert.ok(performance.now() - started < 5000);
  });
});

describe('dates', () => {
  for (const [printed, expected] of [
    ['12/09/2016', '2016-12-09'],
    ['1-4-17', '2017-01-04'],
    ['01/04/49', '2049-01-04'],
    ['3/14/88', '1988-03-14'],
    ['January 4, 2017', '2017-01-04'],
    ['february 29 2016', '2016-02-29'],
    ['02/29/2015', undefined],
    ['13/01/2016', undefined],
    ['00/10/2016', undefined],
    ['10/00/2016', undefined],
    ['10/10/0201', undefined],
    ['10/10/201', undefined],
    ['Smarch 1, 2016', undefined],
    ['', undefined],
  ] as const) {
    test(`"${printed}" is ${expected ?? 'no day'}`, () => assert.equal(isoDate(printed), expected));
  }
});
