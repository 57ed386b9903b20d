import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/stats/index.js';

describe('holm', () => {
  it('gives the values of the step-down by hand', () => {
    expect([...holm([0.01, 0.04, 0.03, 0.005])]).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect([...holm([0.6, 0.7])]).toEqual([1, 1]);
    expect(holm([])).toHaveLength(0);
  });

  it('stays between p and Bonferroni, in the order of p', () => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(pValues, (list) => {
        const adjusted = holm(list);
        list.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p * list.length));
          list.forEach((q, k) => {
            if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[k]!);
          });
        });
      }),
    );
  });

  it('refuses what is no p-value', () => {
    expect(() => holm([0.1, Number.NaN])).toThrow('p-value NaN');
    expect(() => holm([1.5])).toThrow('p-value 1.5');
  });
});
