import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { normalDraw, seededRandom } from '../../src/core/index.js';
import {
  fitVectorAutoregression,
  fitVectorAutoregressionByBic,
  simulateVectorAutoregression,
  spectralRadius,
} from '../../src/stats/index.js';
import { leastSquares } from '../../src/stats/least-squares.js';

interface Reference {
  readonly series: number[][];
  readonly fits: readonly {
    lags: number;
    intercept: number[];
    coefficients: number[][][];
    covariance: number[][];
    bic: number;
    lastResidual: number[];
    spectralRadius: number;
  }[];
  readonly mostLags: number;
  readonly bicLags: number;
  readonly bicByLags: number[];
}

const { autoregression: reference } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../reference/herding/reference.json'), 'utf8'),
) as { autoregression: Reference };
const series = reference.series.map((values) => Float64Array.from(values));

function expectClose(ours: ArrayLike<number>, theirs: readonly number[]): void {
  expect(ours.length).toBe(theirs.length);
  theirs.forEach((value, i) => {
    expect(Math.abs(ours[i]! - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
  });
}

describe('against statsmodels', () => {
  test.each(reference.fits)('$lags lags', (theirs) => {
    const ours = fitVectorAutoregression(series, theirs.lags);
    expectClose(ours.intercept, theirs.intercept);
    expectClose(ours.coefficients, theirs.coefficients.flat(2));
    expectClose(ours.covariance, theirs.covariance.flat());
    expectClose(ours.residuals.slice(-3), theirs.lastResidual);
    expect(ours.bic).toBeCloseTo(theirs.bic, 9);
    expect(spectralRadius(ours)).toBeCloseTo(theirs.spectralRadius, 9);
  });

  test('the Schwarz criterion of every lag on common periods, and the choice', () => {
    reference.bicByLags.forEach((bic, lags) => {
      const { bic: ours } = fitVectorAutoregression(series, lags, { firstPeriod: reference.mostLags });
      expect(ours).toBeCloseTo(bic, 9);
    });
    expect(fitVectorAutoregressionByBic(series, reference.mostLags).lags).toBe(reference.bicLags);
  });
});

test('a missing value takes out its period and those it is a lag of', () => {
  const holed = series.map((values) => values.slice());
  holed[1]![60] = Number.NaN;
  const whole = fitVectorAutoregression(series, 2);
  const fit = fitVectorAutoregression(holed, 2);
  expect(fit.observations).toBe(whole.observations - 3);
  const early = fitVectorAutoregression(
    series.map((values) => values.subarray(0, 60)),
    2,
  );
  const late = holed.map((values) => values.map((value, t) => (t < 60 ? Number.NaN : value)));
  expect(early.observations + fitVectorAutoregression(late, 2).observations).toBe(fit.observations);
});

test('simulated paths have the moments of the system', () => {
  const random = seededRandom(9);
  const first = new Float64Array(20_000);
  const second = new Float64Array(20_000);
  for (let t = 1; t < first.length; t++) {
    const shock = normalDraw(random);
    first[t] = 1 + 0.5 * first[t - 1]! + shock;
    second[t] = 0.4 * first[t - 1]! + 0.6 * shock + normalDraw(random);
  }
  const model = fitVectorAutoregression([first, second], 1);
  const [x, y] = simulateVectorAutoregression(model, random, 20_000);
  const moments = (a: Float64Array, b: Float64Array) => {
    const mean = a.reduce((sum, value) => sum + value, 0) / a.length;
    let variance = 0;
    let lagged = 0;
    for (let t = 1; t < a.length; t++) {
      variance += (a[t]! - mean) ** 2 / a.length;
      lagged += ((a[t - 1]! - mean) * b[t]!) / a.length;
    }
    return [mean, variance, lagged];
  };
  moments(first, second).forEach((value, i) => {
    expect(Math.abs(moments(x!, y!)[i]! - value)).toBeLessThan(0.06);
  });
});

test('without lags the draws are rows of the data, and the system is stable', () => {
  const model = fitVectorAutoregression(series, 0);
  expect(spectralRadius(model)).toBe(0);
  const path = simulateVectorAutoregression(model, seededRandom(1), 50);
  for (let t = 0; t < 50; t++) {
    const same = series[0]!.findIndex((value) => Math.abs(value - path[0]![t]!) < 1e-9);
    expect(path[2]![t]).toBeCloseTo(series[2]![same]!, 9);
  }
});

test('the spectral radius sees cycles and growth', () => {
  const model = { ...fitVectorAutoregression(series.slice(0, 1), 2) };
  // y(t) = -0.81 y(t-2): a cycle with modulus 0.9.
  expect(spectralRadius({ ...model, coefficients: Float64Array.of(0, -0.81) })).toBeCloseTo(0.9, 12);
  expect(spectralRadius({ ...model, coefficients: Float64Array.of(2, -1) })).toBeCloseTo(1, 5);
  expect(spectralRadius({ ...model, coefficients: new Float64Array(2) })).toBe(0);
});

test('refuses what cannot be fitted', () => {
  const [a, b] = series;
  expect(() => fitVectorAutoregression([], 1)).toThrow('give equal');
  expect(() => fitVectorAutoregression([a!, b!.subarray(1)], 1)).toThrow('series of lengths 200, 199');
  expect(() => fitVectorAutoregression([a!, Float64Array.of(...b!.subarray(1), Infinity)], 1)).toThrow(
    'series 1 is Infinity in period 199',
  );
  expect(() => fitVectorAutoregression([a!, b!], 1.5)).toThrow('1.5 lags');
  expect(() => fitVectorAutoregression([a!.subarray(0, 9), b!.subarray(0, 9)], 3)).toThrow(
    '6 periods for 2 series',
  );
  expect(() => fitVectorAutoregression([a!, a!.map((x) => 3 * x)], 1)).toThrow(
    'combination of those before it',
  );
  expect(() => fitVectorAutoregression([new Float64Array(50)], 0)).toThrow('combination of those before it');
});

test('least squares goes through points on a plane, and refuses too few', () => {
  const design = Float64Array.of(1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1);
  const request = { design, rows: 4, regressors: 3, response: Float64Array.of(1, 3, 4, 6), responses: 1 };
  const fit = leastSquares(request);
  if (typeof fit === 'number') throw new Error(`regressor ${fit} depends on others`);
  const { coefficients, residuals } = fit;
  [1, 2, 3].forEach((value, j) => {
    expect(coefficients[j]).toBeCloseTo(value, 13);
  });
  for (const residual of residuals) expect(Math.abs(residual)).toBeLessThan(1e-13);
  expect(() => leastSquares({ ...request, rows: 2 })).toThrow('2 rows for 3 regressors');
  expect(leastSquares({ ...request, design: design.map((x, at) => (at % 3 === 2 ? 2 : x)) })).toBe(2);
});
