/** Markup that is written without components: whatever a letter says stays text in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { html } from '../../src/html.ts';

type Element = DefaultTreeAdapterTypes.Element;

/** Text as an HTML parser can give it back: no carriage returns and no NUL, which it replaces. */
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '/', '=', '`', 'a', ' ', '\n', ';', '#', '-', '!') })).map((value) => value.replace(/[\r\0]/g, ''));

test('a text and an attribute come back as they were, and nothing of them is markup', () => {
  fc.assert(
    fc.property(text, text, (inside, title) => {
      const { childNodes } = parseFragment(html`<p title="${title}"><b>${inside}</b></p>`.toString());
      const [paragraph] = childNodes as Element[];
      assert.equal(childNodes.length, 1);
      assert.deepEqual(paragraph!.attrs, [{ name: 'title', value: title }]);
      const [bold] = paragraph!.childNodes as Element[];
      assert.equal(paragraph!.childNodes.length, 1);
      assert.deepEqual(bold!.childNodes.map((node) => ('value' in node ? node.value : node.nodeName)), inside === '' ? [] : [inside]);
    }),
  );
});

test('markup goes into markup as it is, one by one or in a list; what is undefined or false leaves nothing, and 0 is a number', () => {
  const item = (word: string) => html`<li>${word}</li>`;
  assert.equal(html`<ul>${['a', 'b & c'].map(item)}${undefined}${false}</ul>${0}${item('<')}`.toString(), '<ul><li>a</li><li>b &amp; c</li></ul>0<li>&lt;</li>');
});

test('what only looks like markup that was made here is text', () => {
  const forged = { toString: () => '<script>alert(1)</script>' } as unknown as string;
  assert.ok(!html`<p>${forged}</p>`.toString().includes('<script>'));
});
