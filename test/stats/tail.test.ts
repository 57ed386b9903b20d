import { describe, expect, it } from 'vitest';
import { normalDraw, seededRandom } from '../../src/core/index.js';
import {
  fitGeneralisedPareto,
  paretoQuantile,
  paretoSurvival,
  type TailProbability,
  tailProbability,
} from '../../src/stats/index.js';
import { REFERENCE } from './reference.js';

describe('fitGeneralisedPareto', () => {
  it.each(REFERENCE.generalisedPareto.map((example, i) => ({ i, n: example.excesses.length, example })))(
    'agrees with scipy on sample $i of $n excesses',
    ({ example }) => {
      const excesses = Float64Array.from(example.excesses);
      const fit = fitGeneralisedPareto(excesses);
      const logLikelihood = excesses.reduce(
        (sum, y) => sum - Math.log(fit.scale) - (1 / fit.shape + 1) * Math.log1p((fit.shape * y) / fit.scale),
        0,
      );
      expect(Math.abs(logLikelihood - example.logLikelihood)).toBeLessThan(1e-8);
      expect(Math.abs(fit.shape - example.shape)).toBeLessThan(1e-5);
      expect(Math.abs(fit.scale / example.scale - 1)).toBeLessThan(1e-5);
      expect(paretoSurvival(example, 3)).toBeCloseTo(example.survivalOf3, 12);
      expect(paretoQuantile(example, 0.01)).toBeCloseTo(example.onePercentPoint, 9);
    },
  );

  it('goes over into the exponential at shape 0', () => {
    expect(paretoSurvival({ shape: 0, scale: 2 }, 3)).toBeCloseTo(Math.exp(-1.5), 15);
    expect(paretoSurvival({ shape: 1e-8, scale: 2 }, 3)).toBeCloseTo(Math.exp(-1.5), 7);
    expect(paretoQuantile({ shape: 0, scale: 2 }, Math.exp(-1.5))).toBeCloseTo(3, 12);
  });

  it('follows the unit of the excesses', () => {
    const excesses = Float64Array.from(REFERENCE.generalisedPareto[4]!.excesses);
    const fit = fitGeneralisedPareto(excesses);
    const scaled = fitGeneralisedPareto(excesses.map((y) => y * 1e9));
    expect(scaled.shape).toBeCloseTo(fit.shape, 6);
    expect(scaled.scale / fit.scale / 1e9).toBeCloseTo(1, 6);
  });
});

describe('tailProbability', () => {
  const random = seededRandom(4);
  const earlier = Float64Array.from({ length: 522 }, () => normalDraw(random));
  const at = (x: number, resamples = 200) =>
    tailProbability(earlier, x, { resamples, seed: 1 }) as TailProbability;

  it('is near the Gaussian tail and brackets it', () => {
    const { p, interval90, excesses } = at(2.5);
    expect(excesses).toBe(53);
    expect(p).toBeGreaterThan(0.003);
    expect(p).toBeLessThan(0.012);
    expect(1 / 0.00621).toBeGreaterThan(interval90[0]);
    expect(1 / 0.00621).toBeLessThan(interval90[1]!);
  });

  it('falls as the value grows, past the end point too, and stays above 0', () => {
    const ps = [1, 1.5, 2, 2.5, 3, 3.5, 4, 6, 10, 30].map((x) => at(x).p);
    ps.forEach((p, i) => {
      expect(p).toBeGreaterThan(0);
      if (i > 0) expect(p).toBeLessThan(ps[i - 1]!);
    });
  });

  it('counts under the threshold', () => {
    const { p } = at(0);
    expect(p).toBe((1 + earlier.filter((x) => x >= 0).length) / 523);
  });

  it('keeps the estimate inside its interval and depends on nothing but its seed', () => {
    for (const x of [1.5, 3, 8]) {
      const { returnPeriod, interval90 } = at(x);
      expect(interval90[0]).toBeLessThanOrEqual(returnPeriod);
      expect(interval90[1] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(returnPeriod);
    }
    expect(at(3)).toEqual(at(3));
  });

  it('gives a reason instead of a figure', () => {
    expect(tailProbability(earlier.subarray(0, 200), 3, { resamples: 20, seed: 1 })).toEqual({
      reason: '20 excesses over the 90 % quantile, 25 needed',
    });
    expect(tailProbability(earlier, Number.NaN, { resamples: 20, seed: 1 })).toHaveProperty('reason');
    expect(tailProbability(new Float64Array(500).fill(1), 3, { resamples: 20, seed: 1 })).toHaveProperty(
      'reason',
    );
    expect(() => tailProbability(earlier, 3, { resamples: 0, seed: 1 })).toThrow('0 resamples');
  });
});
