import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

type Values = readonly (number | null)[];

interface Fit {
  readonly lags: number;
  readonly smallSample: boolean;
  readonly coefficients: Values;
  readonly standardErrors: Values;
  readonly tValues: Values;
  readonly pValues: Values;
  readonly lower: Values;
  readonly upper: Values;
}

interface RegressionReference {
  readonly response: Values;
  readonly regressors: readonly Values[];
  readonly leastSquares: {
    readonly automaticLag: number;
    readonly rSquared: number;
    readonly adjustedRSquared: number;
    readonly fits: readonly Fit[];
    readonly throughZero: {
      readonly rSquared: number;
      readonly adjustedRSquared: number;
      readonly tValues: Values;
    };
  };
  readonly outOfSample: {
    readonly training: number;
    readonly rSquared: number;
    readonly predicted: Values;
    readonly means: Values;
  };
  readonly shapley: {
    readonly groups: Readonly<Record<string, readonly number[]>>;
    readonly controls: readonly number[];
    readonly shares: Readonly<Record<string, number>>;
    readonly rSquared: number;
    readonly controlsRSquared: number;
    readonly resamples: number;
    readonly seed: number;
    readonly level: number;
    readonly meanBlockLength: number;
    readonly firstPath: readonly number[];
    readonly bands: Readonly<Record<string, readonly [number, number]>>;
  };
  readonly famaMacBeth: {
    readonly period: readonly number[];
    readonly response: Values;
    readonly exposures: readonly Values[];
    readonly automaticLags: readonly number[];
    readonly fits: readonly {
      readonly lags: number;
      readonly estimates: Values;
      readonly linearmodelsErrors: Values;
      readonly standardErrors: Values;
      readonly tValues: Values;
      readonly pValues: Values;
    }[];
  };
  readonly rolling: { readonly window: number; readonly slopes: Values };
  readonly rollingFrom: number;
  readonly distributions: {
    readonly points: readonly number[];
    readonly normal: Values;
    readonly normalLower: Values;
    readonly student: readonly {
      readonly freedom: number;
      readonly twoSided: Values;
      readonly critical: number;
    }[];
    readonly fisher: readonly {
      readonly numerator: number;
      readonly denominator: number;
      readonly upper: Values;
    }[];
  };
}

/** Values of statsmodels, linearmodels, arch and scipy, made by test/reference/stats/regression.py. */
export const REGRESSION = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../reference/stats/regression.json'), 'utf8'),
) as RegressionReference;

/** A column with NaN for what the reference has as null. */
export const column = (values: Values): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

/** Each value equal to a share `tolerance` of its size. */
export function expectEqual(ours: ArrayLike<number>, theirs: Values, tolerance = 1e-8): void {
  expect(ours.length).toBe(theirs.length);
  theirs.forEach((value, i) => {
    const difference = Math.abs(ours[i]! - value!);
    expect(difference, `element ${i}: ${ours[i]} for ${value}`).toBeLessThanOrEqual(
      tolerance * Math.abs(value!),
    );
  });
}
