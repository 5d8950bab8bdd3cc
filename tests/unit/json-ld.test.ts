/** The data blocks of pages: whatever a letter says, it stays data. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { jsonLdText } from '../../src/json-ld.ts';

/** What a browser takes for the text of the block, in a page that goes on behind it. */
function readAsBrowser(json: string): { data: unknown; after: string | undefined } {
  const { childNodes } = parse(`<!doctype html><title>t</title><body><script type="application/ld+json">${json}</script><p id="after">after</p>`);
  const html = childNodes.find((node) => node.nodeName === 'html') as DefaultTreeAdapterTypes.Element;
  const body = html.childNodes.find((node) => node.nodeName === 'body') as DefaultTreeAdapterTypes.Element;
  const [script, after, ...more] = body.childNodes as DefaultTreeAdapterTypes.Element[];
  assert.equal(more.length, 0);
  return { data: JSON.parse(script!.childNodes.map((node) => (node as DefaultTreeAdapterTypes.TextNode).value).join('')), after: after?.nodeName };
}

const ATTACKS = ['</script><script>alert(1)</script>', '<!--<script>', '--><p>', ']]>', '&lt;/script&gt;', '&quot;', '\u2028\u2029', '\ud800', '\0', '"\\', '</ScRiPt\t>'];
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...ATTACKS, 'a', ' '), { maxLength: 8 }).map((parts) => parts.join('')));

for (const attack of ATTACKS) {
  test(`a block holds ${JSON.stringify(attack)} as data`, () => {
    const json = jsonLdText({ name: attack, [attack]: [attack] });
    assert.deepEqual(readAsBrowser(json), { data: { name: attack, [attack]: [attack] }, after: 'p' });
  });
}

test('any text survives in a block, and nothing of it can end the block or open a comment', () => {
  fc.assert(
    fc.property(anyText, fc.dictionary(fc.string(), anyText, { noNullPrototype: true }), (text, values) => {
      const data = { name: text, values };
      const json = jsonLdText(data);
      assert.doesNotMatch(json, /[<>&\u2028\u2029]/);
      const read = readAsBrowser(json);
      assert.equal(JSON.stringify(read.data), JSON.stringify(data));
      assert.equal(read.after, 'p');
    }),
    { numRuns: 300 },
  );
});

test('what is not known is left out', () => {
  assert.equal(jsonLdText({ name: 'IMR', dateCreated: undefined }), '{"name":"IMR"}');
});
