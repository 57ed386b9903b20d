import { describe, expect, test } from 'vitest';
import { normalDraw, seededRandom } from '../../../src/core/index.js';
import { famaMacBeth, outOfSampleRSquared, regress, rollingBeta } from '../../../src/stats/index.js';
import { column, expectEqual, REGRESSION } from './reference.js';

const response = column(REGRESSION.response);
const regressors = REGRESSION.regressors.map(column);

describe('outOfSampleRSquared', () => {
  const { training, rSquared, predicted, means } = REGRESSION.outOfSample;

  test('agrees with a fit by statsmodels before every row', () => {
    const ours = outOfSampleRSquared({ response, regressors, trainingRows: training });
    if ('reason' in ours) throw new Error(ours.reason);
    expect(ours.rSquared).toBeCloseTo(rSquared, 9);
    expect(ours.forecasts).toBe(predicted.length);
    expectEqual(
      ours.predicted.filter((value) => !Number.isNaN(value)),
      predicted,
    );
    expectEqual(
      ours.expandingMean.filter((value) => !Number.isNaN(value)),
      means,
    );
  });

  test('a later row never changes an earlier forecast', () => {
    const whole = outOfSampleRSquared({ response, regressors, trainingRows: training });
    const cut = outOfSampleRSquared({
      response: response.subarray(0, 150),
      regressors: regressors.map((values) => values.subarray(0, 150)),
      trainingRows: training,
    });
    if ('reason' in whole || 'reason' in cut) throw new Error('no figure');
    expect(cut.predicted).toEqual(whole.predicted.subarray(0, 150));
  });

  test('a regressor that has not moved yet has no part in a forecast', () => {
    const late = regressors[0]!.map((_, t) => (t >= 200 ? t % 3 : 0));
    const predictionsOn = (columns: Float64Array[]) => {
      const found = outOfSampleRSquared({ response, regressors: columns, trainingRows: 60 });
      if ('reason' in found) throw new Error(found.reason);
      return found.predicted.subarray(0, 200);
    };
    const plain = predictionsOn(regressors.slice(1, 3));
    expectEqual(
      predictionsOn([...regressors.slice(1, 3), late]).filter((value) => !Number.isNaN(value)),
      [...plain].filter((value) => !Number.isNaN(value)),
    );
  });

  test('says why there is none', () => {
    expect(outOfSampleRSquared({ response, regressors, trainingRows: 237 })).toEqual({
      reason: '237 complete rows leave none to forecast after 237 training rows',
    });
    expect(() => outOfSampleRSquared({ response, regressors, trainingRows: 7 })).toThrow(
      '7 training rows for 6',
    );
    const flat = new Float64Array(240).fill(1);
    expect(outOfSampleRSquared({ response: flat, regressors, trainingRows: 60 })).toHaveProperty('reason');
  });
});

describe('famaMacBeth', () => {
  const reference = REGRESSION.famaMacBeth;
  const request = {
    period: Uint32Array.from(reference.period),
    periods: 60,
    response: column(reference.response),
    exposures: reference.exposures.map(column),
  };

  test.each(reference.fits)('agrees with linearmodels and statsmodels, $lags lags', (theirs) => {
    const ours = famaMacBeth({ ...request, lags: theirs.lags });
    if ('reason' in ours) throw new Error(ours.reason);
    expectEqual(
      ours.prices.map(({ estimate }) => estimate),
      theirs.estimates,
    );
    expectEqual(
      ours.prices.map(({ standardError }) => standardError),
      theirs.linearmodelsErrors,
    );
    expectEqual(
      ours.prices.map(({ t }) => t),
      theirs.tValues,
    );
    expectEqual(
      ours.prices.map(({ p }) => p),
      theirs.pValues,
    );
    expect(ours.periods).toBe(60);
    expect(ours.observations).toBe(reference.response.length);
    expect(ours.leftOut).toBe(0);
  });

  test('the automatic lag is of each coefficient over periods', () => {
    const ours = famaMacBeth(request);
    if ('reason' in ours) throw new Error(ours.reason);
    expect(ours.prices.map(({ lags }) => lags)).toEqual(reference.automaticLags);
  });

  test('the order of the observations does not matter, and periods without enough names are counted', () => {
    const order = [...request.period.keys()].sort((a, b) => (a % 13) - (b % 13) || a - b);
    const turned = {
      ...request,
      period: Uint32Array.from(order, (i) => request.period[i]!),
      response: Float64Array.from(order, (i) => request.response[i]!),
      exposures: request.exposures.map((values) => Float64Array.from(order, (i) => values[i]!)),
    };
    const [plain, mixed] = [famaMacBeth(request), famaMacBeth(turned)];
    if ('reason' in plain || 'reason' in mixed) throw new Error('no figure');
    mixed.prices.forEach(({ t }, c) => {
      expect(t).toBeCloseTo(plain.prices[c]!.t, 10);
    });
    const strict = famaMacBeth({ ...request, minNames: 23 });
    if ('reason' in strict) throw new Error(strict.reason);
    expect(strict.leftOut).toBe(
      reference.period.filter((t, i, all) => all.indexOf(t) === i && t % 7 > 2).length,
    );
    expect(strict.periods + strict.leftOut).toBe(60);
  });

  test('a section of dependent exposures is left out; too few leave no figure', () => {
    const dependent = request.exposures[0]!.map((value, i) =>
      request.period[i]! < 10 ? 2 * value : Math.sin(i),
    );
    const found = famaMacBeth({ ...request, exposures: [request.exposures[0]!, dependent] });
    if ('reason' in found) throw new Error(found.reason);
    expect(found.leftOut).toBe(10);
    expect(found.prices[1]!.byPeriod.subarray(0, 10).every(Number.isNaN)).toBe(true);
    expect(famaMacBeth({ ...request, minNames: 26 })).toEqual({
      reason: '0 periods with a regression, 5 needed',
    });
  });

  test('refuses what is no panel', () => {
    expect(() => famaMacBeth({ ...request, exposures: [] })).toThrow('no exposure');
    expect(() => famaMacBeth({ ...request, periods: 30 })).toThrow('period 30 of 30');
    expect(() => famaMacBeth({ ...request, minNames: 3 })).toThrow('3 names for 3 coefficients');
    expect(() => famaMacBeth({ ...request, period: new Uint32Array(3) })).toThrow('3 periods for');
  });
});

describe('rollingBeta', () => {
  test('agrees with statsmodels', () => {
    const { window, slopes } = REGRESSION.rolling;
    const from = REGRESSION.rollingFrom;
    const ours = rollingBeta(response.slice(from, from + 80), regressors[0]!.slice(from, from + 80), window);
    expectEqual(ours.subarray(window - 1), slopes.slice(window - 1));
    expect(ours.subarray(0, window - 1).every(Number.isNaN)).toBe(true);
  });

  test('is the slope of a regression on the window, holes left out up to a tenth', () => {
    const random = seededRandom(8);
    const x = Float64Array.from({ length: 50 }, () => normalDraw(random));
    const y = x.map((value) => 2 * value + normalDraw(random));
    y[45] = Number.NaN;
    const found = rollingBeta(y, x, 20);
    const window = regress({ response: y.slice(30), regressors: [x.slice(30)] });
    if ('reason' in window) throw new Error(window.reason);
    expect(found[49]).toBeCloseTo(window.coefficients[1]!, 12);
    for (const t of [44, 46]) y[t] = Number.NaN;
    expect(rollingBeta(y, x, 20)[49]).toBeNaN();
    expect(rollingBeta(x, new Float64Array(50).fill(1), 20).every(Number.isNaN)).toBe(true);
    expect(() => rollingBeta(y, x, 2)).toThrow('a window of 2 rows');
    expect(() => rollingBeta(y, x.subarray(1), 20)).toThrow('49 values for 50');
  });
});
