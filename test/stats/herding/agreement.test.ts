import { describe, expect, test } from 'vitest';
import { normalDraw, seededRandom } from '../../../src/core/index.js';
import { jointTailCount } from '../../../src/stats/herding/agreement.js';
import { agreementRatio, testAgreement } from '../../../src/stats/index.js';

const options = { resamples: 199, seed: 3 };

function noise(length: number, seed: number): Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: 3 }, () => Float64Array.from({ length }, () => normalDraw(random)));
}

test('agreement of nets', () => {
  expect(agreementRatio([3, 2, 1])).toBe(1);
  expect(agreementRatio([-3, 0, -1])).toBe(1);
  expect(agreementRatio([3, -2, -1])).toBe(0);
  expect(agreementRatio([4, -1, 1])).toBeCloseTo(4 / 6, 14);
  expect(agreementRatio([0, 0])).toBeNull();
});

test('the joint tail ranks each series in its own past', () => {
  const rising = Float64Array.from({ length: 20 }, (_, t) => t);
  const second = Float64Array.from({ length: 20 }, (_, t) => (t === 5 ? 100 : t));
  const third = Float64Array.from({ length: 20 }, (_, t) => (t === 5 || t === 6 ? 100 : t));
  expect(jointTailCount([rising])).toBe(1);
  expect(jointTailCount([second])).toBe(1);
  expect(jointTailCount([third])).toBe(0);
  expect(jointTailCount([rising, second, third, new Float64Array(20)])).toBe(2);
});

describe('test of agreement', () => {
  test('an ordinary week is ordinary, a week in which all three bought is not', () => {
    const series = noise(262, 1);
    const ordinary = testAgreement(series, options);
    expect(ordinary).toMatchObject({ periods: 261, jointTail: 0, jointTailP: 1, lags: 0, resamples: 199 });
    for (const values of series) values[261] = 2.5;
    const together = testAgreement(series, options);
    expect(together).toMatchObject({ agreement: 1, direction: 1, jointTail: 3 });
    expect('reason' in together ? 1 : together.jointTailP).toBeLessThanOrEqual(0.01);
    expect('reason' in together ? 0 : together.agreementP).toBeGreaterThan(0.15);
  });

  test('selling is asked as buying is, with the signs turned', () => {
    const series = noise(262, 1);
    for (const values of series) values[261] = 2.5;
    const turned = series.map((values) => values.map((value) => -value));
    const [bought, sold] = [testAgreement(series, options), testAgreement(turned, options)];
    expect(bought).toMatchObject({ jointTail: 3, jointTailSold: 0, jointTailSoldP: 1, direction: 1 });
    expect(sold).toMatchObject({ jointTail: 0, jointTailP: 1, jointTailSold: 3, direction: -1 });
    expect('reason' in sold ? 1 : sold.jointTailSoldP).toBeLessThanOrEqual(0.01);
  });

  test('the unit of the series does not matter, equal seeds give equal answers', () => {
    const series = noise(150, 2);
    const scaled = series.map((values) => values.map((value) => 1024 * value));
    expect(testAgreement(scaled, options)).toEqual(testAgreement(series, options));
  });

  test('missing periods are left out of past and lags', () => {
    const series = noise(200, 4);
    series[1]![50] = Number.NaN;
    series[2]![51] = Number.NaN;
    expect(testAgreement(series, options)).toMatchObject({ periods: 197 });
  });

  test('says why there is no figure', () => {
    const series = noise(80, 5);
    const ending = (value: number) => series.map((values) => Float64Array.of(...values, value));
    expect(testAgreement(ending(Number.NaN), options)).toEqual({
      reason: 'a series has no value in the last period',
    });
    expect(testAgreement(ending(0), options)).toEqual({ reason: 'every series is 0 in the last period' });
    expect(testAgreement(noise(52, 1), options)).toEqual({
      reason: '51 earlier periods with every series, 52 needed',
    });
    const still = series.map((values, v) => (v === 1 ? values.map((_, t) => (t === 79 ? 1 : 0)) : values));
    expect(testAgreement(still, options)).toEqual({ reason: 'series 1 never moved before the last period' });
    const holed = noise(120, 5).map((values) =>
      values.map((value, t) => (t % 9 === 0 && t < 119 ? Number.NaN : value)),
    );
    expect(testAgreement(holed, options)).toEqual({
      reason: '0 earlier periods with 8 lags, 28 needed',
    });
    const explosive = series.map((values) => values.map((value, t) => value + 1.08 ** t));
    expect(testAgreement(explosive, options)).toEqual({ reason: 'the fitted autoregression is not stable' });
  });

  test('refuses series that add up to zero', () => {
    const [a, b] = noise(100, 6);
    const rest = a!.map((value, t) => -value - b![t]!);
    expect(() => testAgreement([a!, b!, rest], options)).toThrow('is a combination of those before it');
    expect(() => testAgreement([a!], options)).toThrow('1 series cannot agree');
    expect(() => testAgreement([a!, b!.subarray(1)], options)).toThrow('lengths');
    expect(() => testAgreement([a!, b!], { resamples: 0, seed: 1 })).toThrow('0 resamples');
  });
});
