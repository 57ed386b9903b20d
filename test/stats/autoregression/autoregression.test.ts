import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { normalDraw, seededRandom } from '../../../src/core/index.js';
import {
  cumulateResponses,
  fitRestrictedAutoregression,
  fitVectorAutoregression,
  type GrangerTests,
  grangerTests,
  impulseBands,
  impulseResponses,
  type LoopRequest,
  type LoopTest,
  spectralRadius,
  testLoop,
} from '../../../src/stats/index.js';

interface Reference {
  readonly series: readonly number[][];
  readonly granger: readonly {
    readonly lags: number;
    readonly tests: readonly {
      cause: number;
      effect: number;
      f: number;
      p: number;
      sum: number;
      adjustedP: number;
    }[];
  }[];
  readonly responses: readonly {
    readonly lags: number;
    readonly order: readonly number[];
    readonly horizon: number;
    readonly orthogonalised: readonly number[];
    readonly cumulated: readonly number[];
  }[];
  readonly loops: readonly {
    readonly lags: number;
    readonly order: readonly number[];
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
    readonly meanBlockLength: number;
    readonly responses: readonly number[];
    readonly gain: number;
    readonly low: readonly number[];
    readonly high: readonly number[];
    readonly p: readonly number[];
    readonly bic: number;
    readonly spectralRadius: number;
    readonly without: {
      readonly coefficients: readonly number[];
      readonly covariance: readonly number[];
      readonly bic: number;
      readonly spectralRadius: number;
      readonly gain: number;
    };
  }[];
}

/** Values of statsmodels and numpy, made by test/reference/stats/autoregression.py. */
const reference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../reference/stats/autoregression.json'), 'utf8'),
) as Reference;
const series = reference.series.map((values) => Float64Array.from(values));
const CYCLE = [0, 1, 2];
const LINKS = [
  { cause: 0, effect: 1 },
  { cause: 1, effect: 2 },
  { cause: 2, effect: 0 },
];

/** Equal to 1e-8 of the size of a value, or of the largest of its kind where it is nearly 0. */
function expectEqual(ours: ArrayLike<number>, theirs: readonly number[], least = 0): void {
  expect(ours.length).toBe(theirs.length);
  theirs.forEach((value, i) => {
    const difference = Math.abs(ours[i]! - value);
    expect(difference, `element ${i}: ${ours[i]} for ${value}`).toBeLessThanOrEqual(
      1e-8 * Math.max(Math.abs(value), least),
    );
  });
}

function granger(...call: Parameters<typeof grangerTests>): GrangerTests {
  const found = grangerTests(...call);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

function loop(given: readonly Float64Array[], request: LoopRequest): LoopTest {
  const found = testLoop(given, request);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

describe('Granger tests', () => {
  test.each(reference.granger)('agree with statsmodels, HC3, $lags lags', ({ lags, tests }) => {
    const ours = granger(series, { lags });
    expect(ours.tests.map(({ cause, effect }) => [cause, effect])).toEqual(
      tests.map(({ cause, effect }) => [cause, effect]),
    );
    for (const key of ['f', 'p', 'sum', 'adjustedP'] as const) {
      expectEqual(
        ours.tests.map((found) => found[key]),
        tests.map((found) => found[key]),
      );
    }
    expect(ours.freedom).toBe(260 - lags - 3 * lags - 1);
  });

  test('do not depend on units, and take at least one lag', () => {
    const scaled = series.map((values, v) => values.map((value) => value * 10 ** (3 * v - 4)));
    const [plain, other] = [granger(series), granger(scaled)];
    expect(other.lags).toBe(plain.lags);
    expectEqual(
      other.tests.map(({ f }) => f),
      plain.tests.map(({ f }) => f),
    );
    const random = seededRandom(2);
    const noise = [0, 1].map(() => Float64Array.from({ length: 200 }, () => normalDraw(random)));
    expect(granger(noise).lags).toBe(1);
  });

  test('say why there is none', () => {
    expect(grangerTests([series[0]!, series[0]!.map((x) => 2 * x)], { lags: 1 })).toHaveProperty(
      'reason',
      'series 1 is a combination of those before it; leave it out',
    );
    expect(grangerTests([series[0]!, new Float64Array(260).fill(3)], { lags: 1 })).toHaveProperty('reason');
    expect(grangerTests(series.map((values) => values.subarray(0, 12)))).toHaveProperty('reason');
  });
});

describe('impulse responses', () => {
  test.each(reference.responses)('agree with statsmodels in the order $order', (theirs) => {
    const model = fitVectorAutoregression(series, theirs.lags);
    const responses = impulseResponses(model, theirs);
    expectEqual(responses, theirs.orthogonalised, 1e-6);
    expectEqual(cumulateResponses(responses, 3), theirs.cumulated, 1e-6);
  });

  test('a shock of size 1 moves its own variable by 1, and those before it not at all', () => {
    const model = fitVectorAutoregression(series, 2);
    const unit = impulseResponses(model, { horizon: 0, order: [2, 0, 1], size: 'unit' });
    for (const v of CYCLE) expect(unit[v * 3 + v]).toBe(1);
    expect([unit[2 * 3 + 0], unit[2 * 3 + 1], unit[0 * 3 + 1]]).toEqual([0, 0, 0]);
    expect(unit[1 * 3 + 2]).not.toBe(0);
  });

  test('bands hold the responses, are the same for the same seed, and narrow with the level', () => {
    const model = fitVectorAutoregression(series, 2);
    const bands = (changed: object) => {
      const found = impulseBands(model, { horizon: 4, resamples: 200, seed: 4, cumulated: true, ...changed });
      if ('reason' in found) throw new Error(found.reason);
      return found;
    };
    const found = bands({});
    expect(bands({})).toEqual(found);
    const half = bands({ level: 0.5 });
    const inside = found.responses.reduce(
      (count, value, i) => count + (found.lower[i]! <= value && value <= found.upper[i]! ? 1 : 0),
      0,
    );
    expect(inside).toBeGreaterThan(40);
    found.lower.forEach((low, i) => {
      expect(half.lower[i]! - low).toBeGreaterThanOrEqual(0);
      expect(found.upper[i]! - half.upper[i]!).toBeGreaterThanOrEqual(0);
    });
  });

  test('refuses orders and horizons that are none, and a system that explodes', () => {
    const model = fitVectorAutoregression(series, 1);
    expect(() => impulseResponses(model, { horizon: 1.5 })).toThrow('a horizon of 1.5');
    for (const order of [
      [0, 1],
      [0, 1, 1],
      [0, 1, 3],
    ]) {
      expect(() => impulseResponses(model, { horizon: 1, order })).toThrow('name each once');
    }
    const wild = {
      ...model,
      coefficients: model.coefficients.map((value, at) => (at % 4 === 0 ? 1.1 : value)),
    };
    expect(impulseBands(wild, { horizon: 4, resamples: 20, seed: 1 })).toHaveProperty('reason');
    expect(() => impulseBands(model, { horizon: 4, resamples: 5, seed: 1 })).toThrow('5 resamples');
  });
});

describe('the loop', () => {
  test.each(reference.loops)('agrees with numpy on the same bootstrap indices, order $order', (theirs) => {
    const { lags, order, resamples, seed, level } = theirs;
    const ours = loop(series, { cycle: CYCLE, order, lags, resamples, seed, level });
    expect(ours.meanBlockLength).toBeCloseTo(theirs.meanBlockLength, 8);
    expectEqual([ours.gain, ours.bic, ours.spectralRadius], [theirs.gain, theirs.bic, theirs.spectralRadius]);
    expectEqual(
      ours.links.map(({ response }) => response),
      theirs.responses,
    );
    const bands = [...ours.links.map(({ band }) => band), ours.band];
    expectEqual(
      bands.map(([low]) => low),
      theirs.low,
      1e-4,
    );
    expectEqual(
      bands.map(([, high]) => high),
      theirs.high,
      1e-4,
    );
    expectEqual(
      ours.links.map(({ p }) => p),
      theirs.p,
    );
    expect(ours.p).toBe(Math.max(...ours.links.map(({ p }) => p)));
    const { gain, ...system } = ours.withoutLoop;
    expectEqual([system.bic, system.spectralRadius], [theirs.without.bic, theirs.without.spectralRadius]);
    expect(gain).toBeCloseTo(theirs.without.gain, 9);
  });

  test('the system without it', () => {
    const { lags, without } = reference.loops[0]!;
    const ours = fitRestrictedAutoregression(series, lags, LINKS);
    if ('reason' in ours) throw new Error(ours.reason);
    expectEqual(ours.coefficients, without.coefficients, 1e-6);
    expectEqual(ours.covariance, without.covariance);
    expect(spectralRadius(ours)).toBeCloseTo(without.spectralRadius, 10);
  });

  test('with nothing left out it is the plain system', () => {
    const plain = fitVectorAutoregression(series, 2);
    const same = fitRestrictedAutoregression(series, 2, []);
    if ('reason' in same) throw new Error(same.reason);
    expectEqual(same.coefficients, [...plain.coefficients], 1e-6);
    expectEqual(same.covariance, [...plain.covariance]);
    expect(same.bic).toBeCloseTo(plain.bic, 10);
    expect(() => fitRestrictedAutoregression(series, 2, [{ cause: 1, effect: 1 }])).toThrow('to itself');
  });

  test('the gain has no unit', () => {
    const request = { cycle: CYCLE, lags: 1, resamples: 50, seed: 1 };
    const scaled = series.map((values, v) => values.map((value) => value * 10 ** (4 * v - 5)));
    const [plain, other] = [loop(series, request), loop(scaled, request)];
    expect(other.gain / plain.gain).toBeCloseTo(1, 8);
    expect(other.p).toBe(plain.p);
  });

  test('refuses a cycle that is none', () => {
    for (const cycle of [[0], [0, 0], [0, 3]]) {
      expect(() => testLoop(series, { cycle, resamples: 20, seed: 1 })).toThrow('name two or more');
    }
    const growing = series.map((values) => values.map((value, t) => value * 1.05 ** t));
    expect(testLoop(growing, { cycle: CYCLE, lags: 1, resamples: 20, seed: 1 })).toHaveProperty('reason');
  });
});
