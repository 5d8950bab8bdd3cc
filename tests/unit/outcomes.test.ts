import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { intervalText, wilsonInterval } from '../../src/outcomes.ts';

function split(overturned: number, total: number): { total: number; overturned: number; upheld: number } {
  return { total, overturned, upheld: total - overturned };
}

suite('the interval of a share', () => {
  // R. G. Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
  for (const [overturned, total, low, high] of [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]] as const) {
    test(`of ${overturned} of ${total} is what the literature gives`, () => {
      const interval = wilsonInterval(split(overturned, total))!;
      assert.equal(interval.low.toFixed(4), low.toFixed(4));
      assert.equal(interval.high.toFixed(4), high.toFixed(4));
    });
  }

  test('holds the share, stays within 0 and 1, and is the same seen from the other side', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), (overturned, upheld) => {
        const total = overturned + upheld;
        const interval = wilsonInterval(split(overturned, total));
        if (total === 0) return assert.equal(interval, undefined);
        const { low, high } = interval!;
        assert.ok(low >= 0 && low <= overturned / total && overturned / total <= high && high <= 1, `${low} ${high}`);
        const other = wilsonInterval(split(upheld, total))!;
        assert.ok(Math.abs(1 - other.high - low) < 1e-9 && Math.abs(1 - other.low - high) < 1e-9);
      }),
    );
  });

  test('is said in whole per cent, rounded outwards, and not where the decisions are few', () => {
    assert.equal(intervalText(split(31, 275)), '8% to 16%');
    assert.equal(intervalText(split(0, 20)), '0% to 17%');
    assert.equal(intervalText(split(20, 20)), '83% to 100%');
    assert.equal(intervalText(split(3, 19)), undefined);
    assert.equal(intervalText(split(0, 0)), undefined);
  });
});
