import { describe, expect, test } from 'vitest';
import {
  binomialTwoSided,
  brierScore,
  exactInterval,
  intervalCoverage,
  wilsonInterval,
} from '../../../src/stats/index.js';
import { EVENTS } from '../events/reference.js';
import { expectEqual } from '../regression/reference.js';

test.each(EVENTS.proportions)('$k of $n: intervals and p agree with statsmodels and scipy', (theirs) => {
  const { k, n } = theirs;
  wilsonInterval(k, n, 0.9).forEach((end, side) => {
    expect(end).toBeCloseTo(theirs.wilson[side]!, 10);
  });
  exactInterval(k, n, 0.9).forEach((end, side) => {
    expect(end).toBeCloseTo(theirs.exact[side]!, 10);
  });
  expectEqual([binomialTwoSided(k, n, 0.9), binomialTwoSided(k, n, 0.5)], [theirs.p, theirs.signP]);
});

test('an exact interval covers at least as often as it says', () => {
  for (const chance of [0.02, 0.3, 0.5, 0.9]) {
    let covered = 0;
    for (let k = 0; k <= 12; k++) {
      const [low, high] = exactInterval(k, 12);
      if (low <= chance && chance <= high) covered += binomialProbabilityOf(k, 12, chance);
    }
    expect(covered).toBeGreaterThanOrEqual(0.95);
  }
  expect(() => exactInterval(3, 2)).toThrow('3 successes in 2');
  expect(() => wilsonInterval(0, 0)).toThrow('0 successes in 0');
});

function binomialProbabilityOf(k: number, n: number, p: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways * p ** k * (1 - p) ** (n - k);
}

describe('brierScore', () => {
  test.each(EVENTS.brier)('agrees with the sums of numpy, score $score', (theirs) => {
    const ours = brierScore(Float64Array.from(theirs.probabilities), Uint8Array.from(theirs.outcomes));
    for (const key of ['score', 'reliability', 'resolution', 'uncertainty', 'withinBins'] as const) {
      expect(ours[key]).toBeCloseTo(theirs[key], 12);
    }
    expect(ours.skill).toBeCloseTo(1 - theirs.score / theirs.uncertainty, 12);
  });

  test('perfect and empty', () => {
    const perfect = brierScore(Float64Array.of(1, 0, 1), Uint8Array.of(1, 0, 1));
    expect(perfect).toMatchObject({ score: 0, skill: 1, reliability: 0 });
    expect(brierScore(Float64Array.of(0.5), Uint8Array.of(1)).skill).toBeNull();
    expect(() => brierScore(new Float64Array(0), new Uint8Array(0))).toThrow('0 outcomes for 0 forecasts');
    expect(() => brierScore(Float64Array.of(1.2), Uint8Array.of(1))).toThrow('probability 1.2');
  });
});

test('interval coverage counts ends, and sets the stated level against the exact binomial', () => {
  const low = Float64Array.from({ length: 20 }, (_, i) => i);
  const high = low.map((value) => value + 1);
  const actual = low.map((value, i) => (i < 13 ? value : i < 18 ? value + 1 : value + 1.01));
  const found = intervalCoverage(low, high, actual, 0.9);
  expect(found).toMatchObject({ n: 20, covered: 18, coverage: 0.9 });
  expect(found.p).toBeCloseTo(1, 12);
  expect(found.band).toEqual(exactInterval(18, 20));
  expect(() => intervalCoverage(high, low, actual, 0.9)).toThrow('give the low end first');
  expect(() => intervalCoverage(low, high, actual.subarray(1), 0.9)).toThrow(
    '20 low and 20 high ends for 19',
  );
  expect(() => intervalCoverage(low, high, actual.fill(Number.NaN), 0.9)).toThrow('outcome 0 is not known');
});
