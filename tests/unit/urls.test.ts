/** Addresses are cited: what they are made of is tested, not how. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { casePath, caseSlug, decisionAnchor, decisionPath, slug } from '../../src/urls.ts';

describe('slug', () => {
  for (const [name, expected] of [
    ['Diagnostic Testing', 'diagnostic-testing'],
    ['Physical Therapy/Occupational Therapy (PT/OT)', 'physical-therapy-occupational-therapy-pt-ot'],
    ['Forearm, Wrist, & Hand', 'forearm-wrist-hand'],
    ['  H2 Blocker  ', 'h2-blocker'],
    ['Ménière’s Disease', 'meniere-s-disease'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<script>', 'script'],
    ['!!!', 'x21-21-21'],
    ['漢', 'x6f22'],
    ['', 'x'],
  ] as const) {
    test(`${JSON.stringify(name)} is ${expected}`, () => assert.equal(slug(name), expected));
  }

  test('is always a safe part of an address, and a slug stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        assert.match(slug(name), /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        assert.equal(slug(slug(name)), slug(name));
      }),
    );
  });
});

test('a case and its decisions have the addresses of the contract', () => {
  assert.equal(caseSlug('CM00-0213037'), 'cm00-0213037');
  assert.equal(casePath('CM00-0213037'), 'cases/cm00-0213037/');
  assert.equal(decisionAnchor(1), 'decision-1');
  assert.equal(decisionPath('CM00-0213037', 12), 'cases/cm00-0213037/#decision-12');
});
