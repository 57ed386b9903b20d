import { fisherUpper } from '../distributions/student.js';
import { holm } from '../holm.js';
import { leastSquares } from '../least-squares.js';
import type { NoFigure } from '../no-figure.js';
import { longRunCovariance } from '../regression/newey-west.js';
import { leverages, sandwich } from '../regression/sandwich.js';
import { inverseOfSquare, solveSymmetric } from '../triangular.js';
import { tryVectorAutoregressionByBic } from '../vector-autoregression.js';
import { completePeriods, laggedDesign } from './lagged-design.js';

export interface GrangerOptions {
  /** Given lags; default the lag of the smallest Schwarz criterion among 1 .. mostLags. */
  readonly lags?: number;
  /** Default 8. */
  readonly mostLags?: number;
}

/** Do the past values of one series help to foretell another, given the past of all? */
export interface GrangerTest {
  /** Places of the series. */
  readonly cause: number;
  readonly effect: number;
  /** Wald statistic / lags. */
  readonly f: number;
  readonly p: number;
  /** Holm (1979) over all ordered pairs. */
  readonly adjustedP: number;
  /** Sum of the cause's coefficients over the lags, in units of the effect per unit of the cause. */
  readonly sum: number;
}

export interface GrangerTests {
  readonly lags: number;
  readonly observations: number;
  /** Degrees of freedom of the F distribution: lags, and observations less coefficients of an equation. */
  readonly freedom: number;
  /** Every ordered pair, by effect within cause. */
  readonly tests: readonly GrangerTest[];
}

const DEFAULT_MOST_LAGS = 8;

/**
 * Granger tests in a vector autoregression with constant (Granger 1969, Econometrica 37): for each ordered pair the Wald test that all
 * lags of the cause have coefficient 0 in the effect's equation, with the heteroskedasticity-robust covariance HC3 of
 * MacKinnon and White (1985, Journal of Econometrics 29), as F with lags and observations - coefficients degrees of freedom.
 *
 * @param series two or more of equal length, oldest first, NaN = missing; not all parts of a sum that is always 0
 * @returns a reason where periods are too few, a series does not vary, or series are combinations of each other
 * @throws {InvalidRequest} for unequal lengths, infinite values, or lags that are no whole number
 */
export function grangerTests(
  series: readonly Float64Array[],
  { lags: given, mostLags = DEFAULT_MOST_LAGS }: GrangerOptions = {},
): GrangerTests | NoFigure {
  const chosen = tryVectorAutoregressionByBic(series, given ?? 1, given ?? mostLags);
  if ('reason' in chosen) return chosen;
  const { lags, observations } = chosen;
  const variables = series.length;
  const size = 1 + variables * lags;
  const { design, response } = laggedDesign(series, lags, completePeriods(series, lags, lags));
  const fit = leastSquares({
    design,
    rows: observations,
    regressors: size,
    response,
    responses: variables,
  });
  if (typeof fit === 'number') return { reason: `regressor ${fit} is a combination of those before it` };
  const inverse = inverseOfSquare(fit.triangle, size);
  const leverage = leverages(design, size, inverse);
  const freedom = observations - size;
  const pairs: Omit<GrangerTest, 'adjustedP'>[] = [];
  for (let effect = 0; effect < variables; effect++) {
    const coefficients = Float64Array.from(
      { length: size },
      (_, j) => fit.coefficients[j * variables + effect]!,
    );
    const scores = design.map((value, at) => {
      const row = Math.floor(at / size);
      return (value * fit.residuals[row * variables + effect]!) / (1 - leverage[row]!);
    });
    const covariance = sandwich(inverse, longRunCovariance(scores, size, 0), size);
    for (let cause = 0; cause < variables; cause++) {
      if (cause === effect) continue;
      const places = Array.from({ length: lags }, (_, l) => 1 + l * variables + cause);
      const wald = waldStatistic(coefficients, covariance, places);
      if (wald === null)
        return { reason: `series ${cause} decides single periods of series ${effect} alone` };
      const f = wald / lags;
      const sum = places.reduce((total, place) => total + coefficients[place]!, 0);
      pairs.push({ cause, effect, f, p: fisherUpper(f, lags, freedom), sum });
    }
  }
  pairs.sort((a, b) => a.cause - b.cause || a.effect - b.effect);
  const adjusted = holm(pairs.map(({ p }) => p));
  return {
    lags,
    observations,
    freedom,
    tests: pairs.map((pair, i) => ({ ...pair, adjustedP: adjusted[i]! })),
  };
}

/** b' V^-1 b of the coefficients at some places; null where their covariance is singular. */
function waldStatistic(
  coefficients: Float64Array,
  covariance: Float64Array,
  places: readonly number[],
): number | null {
  const size = coefficients.length;
  const values = Float64Array.from(places, (place) => coefficients[place]!);
  const part = Float64Array.from(
    places.flatMap((row) => places.map((column) => covariance[row * size + column]!)),
  );
  const solved = solveSymmetric(part, values);
  return solved === null ? null : values.reduce((sum, value, i) => sum + value * solved[i]!, 0);
}
