import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/index.js';
import {
  exceedanceCounts,
  fitBetaBinomial,
  fitBinomial,
  logLikelihood,
} from '../../../src/stats/herding/beta-binomial.js';
import { binomialProbability } from '../../../src/stats/herding/binomial.js';
import { BinomialSampler } from '../../../src/stats/herding/binomial-sampler.js';
import { type BuyerCounts, overdispersionTest } from '../../../src/stats/index.js';

const security = fc
  .oneof(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 400 }))
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
const panels = fc
  .array(security, { minLength: 2, maxLength: 60 })
  .map((pairs): BuyerCounts => {
    return { buyers: Uint32Array.from(pairs, ([b]) => b), active: Uint32Array.from(pairs, ([, n]) => n) };
  })
  .filter(({ buyers, active }) => {
    const bought = buyers.reduce((sum, b) => sum + b, 0);
    return bought > 0 && bought < active.reduce((sum, n) => sum + n, 0);
  });

describe('beta-binomial fit', () => {
  test('no point of a grid is more likely', () => {
    fc.assert(
      fc.property(panels, (panel) => {
        const counts = exceedanceCounts(panel, 2);
        const fit = fitBetaBinomial(counts, fitBinomial(counts));
        for (const step of [-0.02, -0.001, 0, 0.001, 0.02]) {
          const share = Math.min(0.999, Math.max(0.001, fit.buyerShare + step));
          for (const rho of [0, 1e-5, 1e-4, 0.001, 0.01, 0.03, 0.1, 0.2, 0.4, 0.7, 0.9, 0.99]) {
            expect(logLikelihood(counts, share, rho)).toBeLessThanOrEqual(fit.logLikelihood + 1e-7);
          }
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test('a unanimous market has rho 1 and the likelihood of one draw a security', () => {
    const counts = exceedanceCounts({ buyers: Uint32Array.of(7, 0, 9), active: Uint32Array.of(7, 8, 9) }, 5);
    const fit = fitBetaBinomial(counts, fitBinomial(counts));
    expect(fit.rho).toBe(1);
    expect(fit.buyerShare).toBeCloseTo(2 / 3, 12);
    expect(fit.logLikelihood).toBeCloseTo(2 * Math.log(2 / 3) + Math.log(1 / 3), 12);
  });
});

describe('overdispersion test', () => {
  const active = Uint32Array.from({ length: 80 }, (_, i) => 5 + (i % 40));
  const split = { buyers: active.map((n, i) => (i % 2 ? Math.round(0.8 * n) : Math.round(0.2 * n))), active };

  test('rejects a market that takes sides, at the smallest p there is', () => {
    const outcome = overdispersionTest(split, { resamples: 99, seed: 1 });
    expect(outcome).toMatchObject({ securities: 80, p: 0.01, resamples: 99 });
  });

  test('does not reject a market that is more even than chance', () => {
    const even = { buyers: active.map((n) => n >> 1), active };
    expect(overdispersionTest(even, { resamples: 99, seed: 1 })).toMatchObject({ likelihoodRatio: 0, p: 1 });
  });

  test('buyers and sellers may change places, securities their order', () => {
    const mirrored = {
      buyers: active.map((n, i) => n - split.buyers[i]!).reverse(),
      active: active.toReversed(),
    };
    const one = overdispersionTest(split, { resamples: 1, seed: 1 });
    const other = overdispersionTest(mirrored, { resamples: 1, seed: 1 });
    if ('reason' in one || 'reason' in other) throw new Error('a figure is missing');
    expect(other.betaBinomial.rho).toBeCloseTo(one.betaBinomial.rho, 10);
    expect(other.betaBinomial.buyerShare).toBeCloseTo(1 - one.betaBinomial.buyerShare, 10);
    expect(other.likelihoodRatio).toBeCloseTo(one.likelihoodRatio, 8);
  });

  test('says why there is no figure', () => {
    const options = { resamples: 9, seed: 1 };
    const of = (buyers: number, n: number) => ({ buyers: Uint32Array.of(buyers), active: Uint32Array.of(n) });
    expect(overdispersionTest(of(2, 4), options)).toEqual({ reason: 'no security with 5 active managers' });
    expect(overdispersionTest(of(0, 6), options)).toEqual({
      reason: 'no manager bought; sales alone cannot disagree',
    });
    expect(overdispersionTest(of(6, 6), options)).toEqual({
      reason: 'no manager sold; purchases alone cannot disagree',
    });
    expect(() => overdispersionTest(of(7, 6), options)).toThrow('7 buyers of 6 active at position 0');
    expect(() => overdispersionTest(of(3, 6), { resamples: 0, seed: 1 })).toThrow('0 resamples');
  });
});

describe('binomial sampler', () => {
  test.each([
    [12, 0.3],
    [400, 0.51],
    [5000, 0.02],
  ])('draws of %d trials at %d have the frequencies of the binomial', (n, p) => {
    const sampler = new BinomialSampler(n, p);
    const random = seededRandom(11);
    const draws = 40_000;
    const seen = new Map<number, number>();
    for (let i = 0; i < draws; i++) {
      const k = sampler.draw(random);
      seen.set(k, (seen.get(k) ?? 0) + 1);
    }
    let chiSquare = 0;
    let cells = 0;
    for (let k = 0; k <= n; k++) {
      const expected = draws * binomialProbability(k, n, p);
      if (expected < 10) continue;
      chiSquare += ((seen.get(k) ?? 0) - expected) ** 2 / expected;
      cells++;
    }
    expect(chiSquare).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  });
});

test('binomial probabilities sum to 1 for any number of managers', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3000 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      (n, p) => {
        let sum = 0;
        for (let k = 0; k <= n; k++) sum += binomialProbability(k, n, p);
        expect(sum).toBeCloseTo(1, 12);
      },
    ),
    { numRuns: 60, seed: 3 },
  );
});
