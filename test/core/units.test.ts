import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundToCent, sumUsd } from '../../src/core/index.js';

describe('sums of dollars', () => {
  it('are exact where floating point is not', () => {
    expect(sumUsd([0.1, 0.2])).toBe(0.3);
    expect(sumUsd(new Array<number>(1000).fill(0.1))).toBe(100);
    expect(sumUsd([1e13, 0.01, -1e13])).toBe(0.01);
    expect(sumUsd([])).toBe(0);
  });

  it('do not depend on the order', () => {
    const cents = fc.integer({ min: -1e15, max: 1e15 }).map((value) => value / 100);
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 30 }), (amounts) => {
        expect(sumUsd([...amounts].reverse())).toBe(sumUsd(amounts));
        const exact = amounts.reduce((sum, amount) => sum + BigInt(Math.round(amount * 100)), 0n);
        expect(sumUsd(amounts)).toBe(Number(exact) / 100);
      }),
    );
  });

  it('cancel a purchase and its sale, half cents too', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (amount) => {
        expect(sumUsd([amount, -amount])).toBe(0);
        expect(roundToCent(-amount) + roundToCent(amount)).toBe(0);
      }),
    );
    expect(sumUsd([0.125, -0.125])).toBe(0);
  });

  it('round to whole cents, and never to minus zero', () => {
    expect(roundToCent(12.345678)).toBe(12.35);
    expect(roundToCent(-0.125)).toBe(-0.13);
    expect(Object.is(roundToCent(-0.001), 0)).toBe(true);
  });

  it('refuse what is no amount', () => {
    expect(() => sumUsd([1, Number.NaN])).toThrow(RangeError);
  });
});
