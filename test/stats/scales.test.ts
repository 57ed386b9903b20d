import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile, robustZ, rollingRobustZ, rollingZ, volScaled, zScore } from '../../src/stats/index.js';
import { fromReference, largestDifference, REFERENCE } from './reference.js';

const gappy = fromReference(REFERENCE.withGaps);
const expected = (name: keyof typeof REFERENCE.scales) => fromReference(REFERENCE.scales[name]);
/** A function of the last element, at every period. */
const atEach = (of: (series: Float64Array) => number | null) =>
  gappy.map((_, t) => of(gappy.subarray(0, t + 1)) ?? Number.NaN);

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const anySeries = fc.array(value, { minLength: 1, maxLength: 90 }).map((list) => Float64Array.from(list));

describe('z-scores', () => {
  it('agree with numpy at every period, alone and rolling', () => {
    expect(largestDifference(rollingZ(gappy, 52), expected('z'))).toBeLessThan(1e-9);
    expect(
      largestDifference(
        atEach((series) => zScore(series, 52)),
        expected('z'),
      ),
    ).toBeLessThan(1e-11);
    expect(largestDifference(rollingRobustZ(gappy, 52), expected('robustZ'))).toBeLessThan(1e-11);
    expect(
      largestDifference(
        atEach((series) => robustZ(series, 52)),
        expected('robustZ'),
      ),
    ).toBeLessThan(1e-11);
    expect(
      largestDifference(
        atEach((series) => percentile(series, 52)),
        expected('percentile'),
      ),
    ).toBeLessThan(1e-12);
  });

  it('are null without spread, without a value and under 90 % of the look-back', () => {
    const constant = new Float64Array(60).fill(7);
    expect(zScore(constant, 52)).toBeNull();
    expect(robustZ(constant, 52)).toBeNull();
    expect(percentile(constant, 52)).toBe(0.5);
    const ramp = Float64Array.from({ length: 53 }, (_, k) => k);
    expect(zScore(ramp.with(52, Number.NaN), 52)).toBeNull();
    expect(zScore(ramp.fill(Number.NaN, 0, 6), 52)).toBeNull();
    expect(zScore(ramp, Number.POSITIVE_INFINITY)).not.toBeNull();
    expect(zScore(ramp.subarray(0, 30), Number.POSITIVE_INFINITY)).toBeNull();
  });

  it('keep their digits behind a value far larger than the rest', () => {
    expect(rollingZ(Float64Array.of(-32421806.032641836, 14, 19, 0), 2)[3]).toBeCloseTo(
      -16.5 / Math.sqrt(12.5),
      12,
    );
  });

  it('are free of unit and place', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 2, max: 30 }), (series, lookback) => {
        const moved = series.map((x) => 8 * x + 1024);
        expect(largestDifference(rollingZ(moved, lookback), rollingZ(series, lookback))).toBeLessThan(1e-4);
        expect(percentile(moved, lookback)).toBe(percentile(series, lookback));
      }),
    );
  });
});

describe('volScaled', () => {
  it('agrees with the recursion in numpy', () => {
    expect(largestDifference(volScaled(gappy), expected('volScaled'))).toBeLessThan(1e-11);
  });

  it('is NaN through the seed, and seeds with the mean square of 52 values', () => {
    const series = Float64Array.from({ length: 54 }, (_, k) => (k < 52 ? (k % 2 === 0 ? 3 : -5) : 34));
    const scaled = volScaled(series);
    expect(scaled.subarray(0, 52).every(Number.isNaN)).toBe(true);
    expect(scaled[52]).toBeCloseTo(34 / Math.sqrt(17), 12);
    expect(scaled[53]).toBeCloseTo(34 / Math.sqrt(0.97 * 17 + 0.03 * 34 ** 2), 12);
  });

  it('carries the variance over a missing value and gives nothing while it is 0', () => {
    const before = new Float64Array(54).fill(2);
    before[52] = Number.NaN;
    expect(volScaled(before)[53]).toBeCloseTo(1, 14);
    expect(volScaled(new Float64Array(60)).every(Number.isNaN)).toBe(true);
  });

  it('does not change when later values arrive, and not with the unit', () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 0, max: 89 }), (series, cut) => {
        const options = { seedPeriods: 5 };
        const whole = volScaled(series, options).subarray(0, cut);
        const part = volScaled(series.subarray(0, cut), options);
        const scaled = volScaled(
          series.map((x) => 4 * x),
          options,
        ).subarray(0, cut);
        return part.every((x, k) => Object.is(x, whole[k]) && Object.is(x, scaled[k]));
      }),
    );
  });
});
