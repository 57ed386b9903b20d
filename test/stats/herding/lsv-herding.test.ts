import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binomialMeanAbsoluteDeviation, binomialProbability } from '../../../src/stats/herding/binomial.js';
import { lsvHerding } from '../../../src/stats/index.js';

test('one security of a worked example', () => {
  // 8 of 10 bought, 10 of 20 in all: |0.8 - 0.5| - E|Binomial(10, 0.5) / 10 - 0.5| = 0.3 - 0.123046875
  const { measure, pooledBuyerShare } = lsvHerding({
    buyers: Uint32Array.of(8, 2),
    active: Uint32Array.of(10, 10),
  });
  expect(pooledBuyerShare).toBe(0.5);
  expect(measure[0]).toBeCloseTo(0.3 - 0.123046875, 14);
});

test('independent managers have a mean of 0, whatever their number and the buyer share', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (n, p) => {
        let mean = 0;
        for (let k = 0; k <= n; k++) mean += binomialProbability(k, n, p) * Math.abs(k / n - p);
        expect(binomialMeanAbsoluteDeviation(n, p)).toBeCloseTo(mean, 13);
      },
    ),
    { numRuns: 100, seed: 2 },
  );
});

test('where buyers and sellers change places, buy and sell herding do', () => {
  const security = fc
    .integer({ min: 1, max: 40 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(fc.array(security, { minLength: 1, maxLength: 30 }), (pairs) => {
      const active = Uint32Array.from(pairs, ([, n]) => n);
      const buyers = Uint32Array.from(pairs, ([b]) => b);
      const one = lsvHerding({ buyers, active });
      const other = lsvHerding({ buyers: active.map((n, i) => n - buyers[i]!), active });
      expect(other.all.securities).toBe(one.all.securities);
      if (one.all.mean !== null) expect(other.all.mean).toBeCloseTo(one.all.mean, 12);
      one.measure.forEach((value, i) => {
        if (Number.isNaN(value)) expect(active[i]).toBeLessThan(5);
        else expect(other.measure[i]).toBeCloseTo(value, 12);
      });
    }),
    { numRuns: 200, seed: 2 },
  );
});

test('securities with fewer than five active managers enter neither p nor the mean', () => {
  const buyers = Uint32Array.of(4, 3, 6);
  const active = Uint32Array.of(4, 6, 6);
  const outcome = lsvHerding({ buyers, active });
  expect(outcome.pooledBuyerShare).toBe(0.75);
  expect(outcome.all.securities).toBe(2);
  expect(outcome.measure[0]).toBeNaN();
  expect(lsvHerding({ buyers, active }, { minActive: 7 })).toMatchObject({
    pooledBuyerShare: null,
    all: { securities: 0, mean: null, standardError: null },
  });
});

test('all of them buying is the pooled share, and no herding', () => {
  const outcome = lsvHerding({ buyers: Uint32Array.of(9, 5), active: Uint32Array.of(9, 5) });
  expect(outcome).toMatchObject({
    pooledBuyerShare: 1,
    all: { securities: 2, mean: 0 },
    buy: { securities: 0 },
  });
});
