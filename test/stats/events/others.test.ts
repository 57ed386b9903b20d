import { describe, expect, test } from 'vitest';
import { bootstrapQuantile, quantileEffect, timeToEvent } from '../../../src/stats/index.js';
import { column, expectEqual } from '../regression/reference.js';
import { EVENTS } from './reference.js';

describe('timeToEvent', () => {
  test.each(EVENTS.survival)('agrees with statsmodels, median $median', (theirs) => {
    const ours = timeToEvent(Float64Array.from(theirs.times), Uint8Array.from(theirs.happened), 0.9);
    theirs.at.forEach((time, i) => {
      const place = ours.times.indexOf(time);
      if (place < 0) expect(theirs.survival[i]).toBe(theirs.survival[i - 1] ?? 1);
      else expect(ours.survival[place]).toBeCloseTo(theirs.survival[i]!, 12);
      const error = theirs.standardErrors[i]!;
      if (place >= 0 && error !== null) expect(ours.standardErrors[place]).toBeCloseTo(error, 12);
    });
    expect(ours.median).toBe(theirs.median);
    expect(ours.medianBand).toEqual([theirs.low, theirs.high]);
  });

  test('nobody left by half has no median', () => {
    const rare = timeToEvent(Float64Array.of(3, 9, 9, 9), Uint8Array.of(1, 0, 0, 0));
    expect(rare).toMatchObject({ n: 4, happened: 1, median: null });
    const never = timeToEvent(Float64Array.of(9, 9), Uint8Array.of(0, 0));
    expect(never).toMatchObject({ happened: 0, median: null, medianBand: [null, null] });
    expect(timeToEvent(Float64Array.of(2), Uint8Array.of(1)).standardErrors).toEqual([null]);
    expect(() => timeToEvent(Float64Array.of(0), Uint8Array.of(1))).toThrow('a time of 0');
    expect(() => timeToEvent(new Float64Array(0), new Uint8Array(0))).toThrow('0 times');
  });
});

describe('quantiles', () => {
  const { quantiles } = EVENTS;
  const { share, resamples, seed, level } = quantiles;
  const request = { values: column(quantiles.values), share, resamples, seed, level };

  test('one sample, on the same draws as numpy', () => {
    const ours = bootstrapQuantile(request);
    if ('reason' in ours) throw new Error(ours.reason);
    expectEqual([ours.value, ...ours.band], [quantiles.value, ...quantiles.ownBand]);
    expect(ours.n).toBe(24);
  });

  test('two samples, on the same draws as numpy', () => {
    const reference = column(quantiles.reference);
    const ours = quantileEffect({ ...request, reference, referenceBlockLength: 5 });
    if ('reason' in ours) throw new Error(ours.reason);
    expectEqual([ours.value, ours.referenceValue], [quantiles.value, quantiles.referenceValue]);
    expectEqual(ours.band, quantiles.band);
    expect(ours.p).toBe(quantiles.p);
    expect(ours.difference).toBeCloseTo(quantiles.value - quantiles.referenceValue, 12);
  });

  test('a quantile beyond the sample has no figure', () => {
    expect(bootstrapQuantile({ ...request, share: 0.08 })).toEqual({
      reason: '24 values for a quantile of 0.08, 25 needed',
    });
    expect(bootstrapQuantile({ ...request, share: 0.92 })).toHaveProperty('reason');
    const nineteen = request.values.map((value, i) => (i < 5 ? Number.NaN : value));
    expect(bootstrapQuantile({ ...request, values: nineteen, share: 0.1 })).toHaveProperty('reason');
    expect(quantileEffect({ ...request, reference: Float64Array.of(1, 2) })).toHaveProperty('reason');
    expect(() => bootstrapQuantile({ ...request, share: 1 })).toThrow('quantile 1');
    expect(() => bootstrapQuantile({ ...request, resamples: 1 })).toThrow('1 resamples');
  });
});
