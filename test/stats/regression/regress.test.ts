import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalDraw, seededRandom } from '../../../src/core/index.js';
import { combineCoefficients, type Regression, regress } from '../../../src/stats/index.js';
import { column, expectEqual, REGRESSION } from './reference.js';

const response = column(REGRESSION.response);
const regressors = REGRESSION.regressors.map(column);
const figures = (result: ReturnType<typeof regress>): Regression => {
  if ('reason' in result) throw new Error(result.reason);
  return result;
};
const reasonOf = (result: ReturnType<typeof regress>): string =>
  'reason' in result ? result.reason : 'a regression';

describe('against statsmodels', () => {
  const { leastSquares } = REGRESSION;

  test.each(leastSquares.fits)('$lags lags, small sample: $smallSample', (theirs) => {
    const { lags, smallSample } = theirs;
    const ours = figures(regress({ response, regressors, lags, smallSample, level: 0.9 }));
    for (const key of ['coefficients', 'standardErrors', 'tValues', 'pValues', 'lower', 'upper'] as const) {
      expectEqual(ours[key], theirs[key]);
    }
    expect(ours.rSquared).toBeCloseTo(leastSquares.rSquared, 11);
    expect(ours.adjustedRSquared).toBeCloseTo(leastSquares.adjustedRSquared, 11);
    expect(ours.rows).toBe(237);
    expect([...ours.residuals.keys()].filter((t) => Number.isNaN(ours.residuals[t]!))).toEqual([17, 90, 130]);
  });

  test('the automatic lag is that of R, sandwich, on standardised columns', () => {
    expect(figures(regress({ response, regressors })).lags).toBe(leastSquares.automaticLag);
  });

  test('without a constant', () => {
    const ours = figures(regress({ response, regressors, lags: 3, intercept: false }));
    expectEqual(ours.tValues, leastSquares.throughZero.tValues);
    expect(ours.rSquared).toBeCloseTo(leastSquares.throughZero.rSquared, 11);
    expect(ours.adjustedRSquared).toBeCloseTo(leastSquares.throughZero.adjustedRSquared, 11);
  });
});

test('units change coefficients and nothing else', () => {
  const before = figures(regress({ response, regressors }));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -9, max: 9 }), (which, power) => {
      const factor = 10 ** power;
      const changed = regressors.map((values, k) => (k === which ? values.map((x) => x * factor) : values));
      const after = figures(regress({ response, regressors: changed }));
      expect(after.lags).toBe(before.lags);
      expectEqual(after.tValues, [...before.tValues]);
      expect(after.coefficients[which + 1]! * factor).toBeCloseTo(before.coefficients[which + 1]!, 6);
    }),
    { seed: 5, numRuns: 20 },
  );
});

test('a combination of coefficients is the same regression in other words', () => {
  const random = seededRandom(3);
  const x = Array.from({ length: 2 }, () => Float64Array.from({ length: 150 }, () => normalDraw(random)));
  const y = x[0]!.map((value, t) => value - 2 * x[1]![t]! + normalDraw(random));
  const split = figures(regress({ response: y, regressors: x, lags: 2 }));
  // b1 x1 + b2 x2 = (b1 + b2) x1 + b2 (x2 - x1)
  const turned = [x[0]!, x[1]!.map((value, t) => value - x[0]![t]!)];
  const sum = figures(regress({ response: y, regressors: turned, lags: 2 }));
  const combined = combineCoefficients(split, [0, 1, 1]);
  expect(combined.value).toBeCloseTo(sum.coefficients[1]!, 10);
  expect(combined.standardError).toBeCloseTo(sum.standardErrors[1]!, 10);
  expect(combined.lower).toBeCloseTo(sum.lower[1]!, 10);
  expect(combined.upper).toBeCloseTo(sum.upper[1]!, 10);
  expect(() => combineCoefficients(split, [1])).toThrow('1 weights for 3 coefficients');
});

test('what has no figure says why', () => {
  const some = Float64Array.of(1, 4, 2, 8, 5, 7);
  const other = Float64Array.of(3, 1, 4, 1, 5, 9);
  const why = (y: Float64Array, ...x: Float64Array[]) => reasonOf(regress({ response: y, regressors: x }));
  expect(why(some.subarray(0, 3), other.subarray(0, 3))).toBe('3 complete rows for 2 coefficients, 4 needed');
  expect(why(new Float64Array(6).fill(7), some)).toBe('the response does not vary over 6 rows');
  expect(why(some, other, new Float64Array(6).fill(2))).toBe(
    'regressor 1 is constant or a combination of those before it',
  );
  expect(
    why(
      some,
      other,
      other.map((x) => 1 - 3 * x),
    ),
  ).toContain('regressor 1');
  expect(
    why(
      some,
      some.map((x) => 2 * x + 1),
    ),
  ).toContain('exactly');
  expect(why(some, Float64Array.of(0, 0, 1, 0, 0, 0))).toBe(
    'row 2 alone decides a coefficient: there is no error to measure',
  );
  expect(why(new Float64Array(6).fill(Number.NaN), some)).toContain('0 complete rows');
});

test('refuses what is no regression', () => {
  const some = Float64Array.of(1, 4, 2, 8, 5, 7);
  const call = (options: object) => () => regress({ response: some, regressors: [], ...options });
  expect(call({ regressors: [some.subarray(1)] })).toThrow('regressor 0 has 5 values, the response 6');
  expect(call({ regressors: [Float64Array.of(1, 2, Infinity, 4, 5, 6)] })).toThrow(
    'regressor 0 is Infinity in row 2',
  );
  expect(call({ intercept: false })).toThrow('no regressor and no constant');
  expect(call({ lags: 1.5 })).toThrow('1.5 lags');
  expect(call({ level: 1 })).toThrow('level 1');
});
