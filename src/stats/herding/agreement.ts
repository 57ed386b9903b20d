import { InvalidRequest, seededRandom } from '../../core/index.js';
import {
  fitVectorAutoregressionByBic,
  simulateVectorAutoregression,
  spectralRadius,
  usablePeriods,
} from '../vector-autoregression.js';

export interface AgreementOptions {
  /** Paths drawn from the fitted autoregression; the smallest p is 1 / (resamples + 1). */
  readonly resamples: number;
  readonly seed: number;
  /** Most lags that the Schwarz criterion may choose, default 8. */
  readonly mostLags?: number;
}

export interface Agreement {
  /** Earlier periods in which all series are known. */
  readonly periods: number;
  /** A = |sum| / sum of |.| of the last period: 1 where all have one sign, near 0 where they cancel. */
  readonly agreement: number;
  /** Sign of the sum: 1 together they bought, -1 sold, 0 neither. */
  readonly direction: -1 | 0 | 1;
  /** Chance of an A as large in the last period of a drawn path. */
  readonly agreementP: number;
  /** How many series sit in the top decile of their own past. */
  readonly jointTail: number;
  /** Chance of as many or more in the last period of a drawn path. */
  readonly jointTailP: number;
  /** By k = 0 .. series: share of drawn paths with k or more series in their own top decile. */
  readonly jointTailShares: Float64Array;
  /** The same with all signs turned: how many sit in the bottom decile of their own past. */
  readonly jointTailSold: number;
  readonly jointTailSoldP: number;
  /** Lags of the autoregression. */
  readonly lags: number;
  readonly resamples: number;
}

/** Why there is no figure. */
export interface NoAgreement {
  readonly reason: string;
}

/** Fewest earlier periods: a year of weeks. */
const MIN_PERIODS = 52;
const DEFAULT_MOST_LAGS = 8;

/**
 * Did the series move together in the last period more than such series do? A and the joint tail of the last period against
 * paths drawn from a vector autoregression (intercept, lag by the Schwarz criterion, least squares) fitted on the periods
 * before it. On each path the same figures are taken of its last period, with deciles from its own past, so persistence and the
 * correlation across series, such as nets that have to add up with those of classes left out, are in the comparison.
 * Shuffling each series alone takes that correlation away and misstates p.
 *
 * p = (1 + draws at least as extreme) / (resamples + 1). All series having one sign makes A = 1, which is so common that
 * `agreementP` seldom falls under a tenth: A describes, the joint tails can reject, one of buying and one of selling. Who takes
 * either for an answer asks each at half the level.
 *
 * @param series nets in one unit, oldest first, the last element the period asked about, NaN = missing; not all classes of a
 *   market, whose nets sum to zero and whose autoregression is singular
 * @returns a reason where the last period is incomplete or all zero, where fewer than 52 earlier periods are complete or gaps
 *   leave too few for the lags, where a series never moved, or where the fitted system is not stable
 * @throws {InvalidRequest} for fewer than two series, unequal lengths, series that are combinations of each other, or fewer
 *   than 1 resample
 */
export function testAgreement(
  series: readonly Float64Array[],
  options: AgreementOptions,
): Agreement | NoAgreement {
  const { resamples, seed, mostLags = DEFAULT_MOST_LAGS } = options;
  if (series.length < 2) throw new InvalidRequest(`${series.length} series cannot agree; give two or more`);
  if (!(resamples >= 1)) throw new InvalidRequest(`${resamples} resamples give no p; ask for 1 or more`);
  const last = series.map((values) => values.at(-1) ?? Number.NaN);
  if (last.some(Number.isNaN)) return { reason: 'a series has no value in the last period' };
  const agreement = agreementRatio(last);
  if (agreement === null) return { reason: 'every series is 0 in the last period' };
  const earlier = series.map((values) => values.subarray(0, -1));
  const complete = completeRows(earlier);
  const periods = complete[0]!.length;
  if (periods < MIN_PERIODS) {
    return { reason: `${periods} earlier periods with every series, ${MIN_PERIODS} needed` };
  }
  const still = complete.findIndex((values) => values.every((value) => value === values[0]));
  if (still >= 0) return { reason: `series ${still} never moved before the last period` };
  const needed = (1 + mostLags) * series.length + 1;
  const usable = usablePeriods(earlier, mostLags);
  if (usable < needed) return { reason: `${usable} earlier periods with ${mostLags} lags, ${needed} needed` };
  const model = fitVectorAutoregressionByBic(earlier, mostLags);
  if (spectralRadius(model) >= 1) return { reason: 'the fitted autoregression is not stable' };
  const whole = complete.map((values, v) => Float64Array.from([...values, last[v]!]));
  const jointTail = jointTailCount(whole);
  const jointTailSold = bottomTailCount(whole);
  const random = seededRandom(seed);
  const reached = new Float64Array(series.length + 1);
  const reachedSold = new Float64Array(series.length + 1);
  let asAgreed = 0;
  for (let i = 0; i < resamples; i++) {
    const path = simulateVectorAutoregression(model, random, periods + 1);
    const drawn = agreementRatio(path.map((values) => values[periods]!));
    if (drawn !== null && drawn >= agreement) asAgreed++;
    for (let k = jointTailCount(path); k >= 0; k--) reached[k]!++;
    for (let k = bottomTailCount(path); k >= 0; k--) reachedSold[k]!++;
  }
  return {
    periods,
    agreement,
    direction: signOf(last.reduce((sum, value) => sum + value, 0)),
    agreementP: (1 + asAgreed) / (resamples + 1),
    jointTail,
    jointTailP: (1 + reached[jointTail]!) / (resamples + 1),
    jointTailShares: reached.map((count) => count / resamples),
    jointTailSold,
    jointTailSoldP: (1 + reachedSold[jointTailSold]!) / (resamples + 1),
    lags: model.lags,
    resamples,
  };
}

/** |sum| / sum of |.|, in [0, 1]; null where all are 0. */
export function agreementRatio(values: readonly number[]): number | null {
  let sum = 0;
  let size = 0;
  for (const value of values) {
    sum += value;
    size += Math.abs(value);
  }
  return size === 0 ? null : Math.abs(sum) / size;
}

/**
 * How many series have their last value in the top decile of their own past: at most a tenth of all their values, the last
 * included, are as large. For independent exchangeable values the chance is a tenth (rounded down to a whole rank).
 * @param series without NaN, oldest first
 */
export function jointTailCount(series: readonly Float64Array[]): number {
  let inTail = 0;
  for (const values of series) {
    const last = values[values.length - 1]!;
    let asLarge = 0;
    for (let t = 0; t < values.length; t++) if (values[t]! >= last) asLarge++;
    if (asLarge <= values.length / 10) inTail++;
  }
  return inTail;
}

/** The same with all signs turned. */
function bottomTailCount(series: readonly Float64Array[]): number {
  let inTail = 0;
  for (const values of series) {
    const last = values[values.length - 1]!;
    let asSmall = 0;
    for (let t = 0; t < values.length; t++) if (values[t]! <= last) asSmall++;
    if (asSmall <= values.length / 10) inTail++;
  }
  return inTail;
}

/** The periods in which every series is known. */
function completeRows(series: readonly Float64Array[]): Float64Array[] {
  const known = (t: number) => series.every((values) => !Number.isNaN(values[t]!));
  return series.map((values) => values.filter((_, t) => known(t)));
}

function signOf(value: number): -1 | 0 | 1 {
  if (value === 0) return 0;
  return value > 0 ? 1 : -1;
}
