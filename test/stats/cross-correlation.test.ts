import { describe, expect, test } from 'vitest';
import { crossCorrelations } from '../../src/stats/index.js';
import { EVENTS } from './events/reference.js';
import { expectEqual } from './regression/reference.js';

const { cross } = EVENTS;
const [x, y] = [Float64Array.from(cross.x), Float64Array.from(cross.y)];
const options = { mostLags: cross.lags, resamples: cross.resamples, seed: cross.seed, level: cross.level };

function figures(...call: Parameters<typeof crossCorrelations>) {
  const found = crossCorrelations(...call);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

describe('crossCorrelations', () => {
  test('agree with statsmodels, their bands on the same bootstrap draws', () => {
    const ours = figures(x, y, options);
    expectEqual(ours.correlations, cross.correlations);
    expectEqual(ours.lower, cross.lower);
    expectEqual(ours.upper, cross.upper);
    expectEqual([ours.simultaneous, ours.p], [cross.simultaneous, cross.p]);
    expect(ours.strongest).toBe(cross.strongest);
    expect(ours.lead).toBe(3);
  });

  test('turned around, the lead changes sign', () => {
    const turned = figures(y, x, options);
    expectEqual(turned.correlations.toReversed(), cross.correlations);
    expect(turned.lead).toBe(-3);
  });

  test('a period missing in one series is left out of both', () => {
    const holed = x.slice();
    holed[100] = Number.NaN;
    const keep = (_: number, t: number) => t !== 100;
    expect(figures(holed, y, options)).toEqual(figures(x.filter(keep), y.filter(keep), options));
  });

  test('say why there are none', () => {
    expect(crossCorrelations(x.subarray(0, 27), y.subarray(0, 27), options)).toEqual({
      reason: '27 periods with both series, 28 needed',
    });
    expect(crossCorrelations(x, new Float64Array(200).fill(0.1), options)).toEqual({
      reason: 'series 1 does not vary over 200 periods',
    });
    expect(() => crossCorrelations(x, y.subarray(1), options)).toThrow('series of 200 and 199');
    expect(() => crossCorrelations(x, y, { ...options, mostLags: -1 })).toThrow('-1 lags');
    expect(() => crossCorrelations(x, y, { ...options, resamples: 2 })).toThrow('2 resamples');
  });
});
