import { InvalidRequest, type Random, seededRandom } from '../../core/index.js';
import { observed, quantileOfSorted } from '../moments.js';
import type { NoFigure } from '../no-figure.js';
import { stationaryBootstrapIndices } from '../stationary-bootstrap.js';

export interface QuantileRequest {
  /** In order of time, NaN = missing. */
  readonly values: Float64Array;
  /** In (0, 1): 0.05 is the downside quantile. */
  readonly share: number;
  readonly resamples: number;
  readonly seed: number;
  /** Of the band, default 0.95. */
  readonly level?: number;
  /** Mean block of the stationary bootstrap, default 1: independent values. At least the horizon where they overlap. */
  readonly meanBlockLength?: number;
}

export interface QuantileFigure {
  readonly value: number;
  readonly band: readonly [number, number];
  readonly n: number;
}

export interface QuantileEffectRequest extends QuantileRequest {
  /** What the values are compared with: the outcomes of matched periods. */
  readonly reference: Float64Array;
  readonly referenceBlockLength?: number;
}

export interface QuantileEffect {
  readonly value: number;
  readonly referenceValue: number;
  /** value - referenceValue. */
  readonly difference: number;
  readonly band: readonly [number, number];
  /** Two-sided: twice the smaller share of draws on either side of 0. */
  readonly p: number;
  readonly n: number;
  readonly referenceN: number;
}

/** Fewest values expected beyond a quantile: with one, the test of a difference rejects a true null in 20 % of cases. */
const FEWEST_BEYOND = 2;

/**
 * Quantile of a sample (Hyndman and Fan 1996, type 7) with its percentile band by the stationary bootstrap.
 *
 * @returns a reason where fewer than two values are expected beyond it: a 5 % quantile takes 40 values
 * @throws {InvalidRequest} for a share out of range or fewer than 20 resamples
 */
export function bootstrapQuantile(request: QuantileRequest): QuantileFigure | NoFigure {
  checkRequest(request);
  const { share, resamples, seed, level = 0.95, meanBlockLength = 1 } = request;
  const values = observed(request.values);
  const tooFew = tooFewFor(values.length, share);
  if (tooFew) return tooFew;
  const draws = drawQuantiles(values, share, resamples, meanBlockLength, seededRandom(seed)).sort();
  return {
    value: quantileOfSorted(values.slice().sort(), share),
    band: [quantileOfSorted(draws, (1 - level) / 2), quantileOfSorted(draws, (1 + level) / 2)],
    n: values.length,
  };
}

/**
 * Difference of a quantile between two samples, each resampled by itself.
 *
 * @returns a reason where either sample is too small, see `bootstrapQuantile`
 * @throws {InvalidRequest} for a share out of range or fewer than 20 resamples
 */
export function quantileEffect(request: QuantileEffectRequest): QuantileEffect | NoFigure {
  checkRequest(request);
  const { share, resamples, seed, level = 0.95, meanBlockLength = 1, referenceBlockLength = 1 } = request;
  const [values, reference] = [observed(request.values), observed(request.reference)];
  const tooFew = tooFewFor(values.length, share) ?? tooFewFor(reference.length, share);
  if (tooFew) return tooFew;
  const random = seededRandom(seed);
  const ours = drawQuantiles(values, share, resamples, meanBlockLength, random);
  const theirs = drawQuantiles(reference, share, resamples, referenceBlockLength, random);
  const draws = ours.map((value, draw) => value - theirs[draw]!).sort();
  const value = quantileOfSorted(values.slice().sort(), share);
  const referenceValue = quantileOfSorted(reference.slice().sort(), share);
  const above = draws.filter((draw) => draw >= 0).length;
  const below = draws.filter((draw) => draw <= 0).length;
  return {
    value,
    referenceValue,
    difference: value - referenceValue,
    band: [quantileOfSorted(draws, (1 - level) / 2), quantileOfSorted(draws, (1 + level) / 2)],
    p: Math.min(1, (2 * (1 + Math.min(above, below))) / (resamples + 1)),
    n: values.length,
    referenceN: reference.length,
  };
}

function checkRequest({ share, resamples }: QuantileRequest): void {
  if (!(share > 0 && share < 1)) throw new InvalidRequest(`quantile ${share}; give one between 0 and 1`);
  if (!(resamples >= 20)) throw new InvalidRequest(`${resamples} resamples give no band; ask for 20 or more`);
}

function tooFewFor(n: number, share: number): NoFigure | null {
  const needed = Math.ceil(FEWEST_BEYOND / Math.min(share, 1 - share) - 1e-9);
  return n >= needed ? null : { reason: `${n} values for a quantile of ${share}, ${needed} needed` };
}

function drawQuantiles(
  values: Float64Array,
  share: number,
  resamples: number,
  meanBlockLength: number,
  random: Random,
): Float64Array {
  const size = { sourceLength: values.length, pathLength: values.length, paths: 1 };
  return Float64Array.from({ length: resamples }, () => {
    const path = stationaryBootstrapIndices({ ...size, meanBlockLength, random });
    return quantileOfSorted(Float64Array.from(path, (t) => values[t]!).sort(), share);
  });
}
