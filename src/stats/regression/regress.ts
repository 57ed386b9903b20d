import { InvalidRequest } from '../../core/index.js';
import { studentCritical, studentTwoSided } from '../distributions/student.js';
import { leastSquares } from '../least-squares.js';
import type { NoFigure } from '../no-figure.js';
import { inverseOfSquare } from '../triangular.js';
import { type CompleteRows, completeRows } from './columns.js';
import { automaticLag, longRunCovariance } from './newey-west.js';
import { leverages, sandwich } from './sandwich.js';

export interface RegressionRequest {
  /** One value a row, in order of time; NaN = missing. */
  readonly response: Float64Array;
  /** One column a regressor, as long as the response, the constant not among them; NaN = missing. */
  readonly regressors: readonly Float64Array[];
  /** A constant before the regressors, default true. */
  readonly intercept?: boolean;
  /** Newey-West lags; default those of Newey and West (1994). 0 gives White's heteroskedasticity-robust errors. */
  readonly lags?: number;
  /**
   * True (default): covariance x rows / (rows - coefficients) and Student's t. False: neither, and the normal distribution
   * (statsmodels: use_correction and use_t).
   */
  readonly smallSample?: boolean;
  /** Of the intervals, default 0.95. */
  readonly level?: number;
}

/** Arrays have one element a coefficient: the constant first where there is one, then the regressors in order. */
export interface Regression {
  /** In units of the response per unit of the regressor. */
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  readonly tValues: Float64Array;
  /** Two-sided. */
  readonly pValues: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Of the coefficients, row-major. */
  readonly covariance: Float64Array;
  /** Half width of the intervals in standard errors. */
  readonly criticalValue: number;
  /** Share of the response's variance (without a constant: of its square) that is fitted. */
  readonly rSquared: number;
  readonly adjustedRSquared: number;
  /** Rows fitted: those with the response and every regressor known. */
  readonly rows: number;
  /** Newey-West lags used. */
  readonly lags: number;
  /** As long as the response; NaN where a row was left out. */
  readonly residuals: Float64Array;
}

/** A fit closer than this share of the response's size is an identity, whose errors are rounding. */
const EXACT_FIT = 1e-20;
/** A regressor of which less is left beside the others has errors of rounding. */
const DEPENDENT = 1e-8;
/** A row of this leverage is fitted by a coefficient of its own. */
const DECIDES_ALONE = 1 - 1e-9;

/**
 * Ordinary least squares by QR with the heteroskedasticity- and autocorrelation-consistent covariance of Newey and West
 * (1987, Econometrica 55), Bartlett weights 1 - j / (lags + 1). The automatic lag is that of Newey and West (1994, Review of
 * Economic Studies 61) for the score series sum over regressors of x(t) u(t) / sd(x), the constant left out: unlike the raw
 * sum it does not depend on the regressors' units.
 *
 * Rows with a missing value are left out and the rest taken as neighbours in time.
 *
 * @returns a reason where fewer than two rows more than coefficients are complete, a regressor is a combination of others,
 *   the response does not vary, the fit is exact or nearly so, or
 *   a row alone decides a coefficient (a dummy that is on once)
 * @throws {InvalidRequest} for columns of unequal length, infinite values, no coefficient, or lags, level out of range
 */
export function regress(request: RegressionRequest): Regression | NoFigure {
  const { response, regressors, intercept = true, smallSample = true, level = 0.95 } = request;
  checkOptions(request);
  const complete = completeRows(response, regressors, intercept);
  const rows = complete.places.length;
  const size = complete.columns;
  if (rows < size + 2)
    return { reason: `${rows} complete rows for ${size} coefficients, ${size + 2} needed` };
  const total = squaresOf(complete.response, intercept);
  if (total === 0) return { reason: `the response does not vary over ${rows} rows` };
  const fit = leastSquares({
    design: complete.design,
    rows,
    regressors: size,
    response: complete.response,
    responses: 1,
    dependent: DEPENDENT,
  });
  if (typeof fit === 'number') return { reason: dependence(fit, intercept) };
  const unexplained = fit.residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  if (unexplained <= EXACT_FIT * squaresOf(complete.response, false)) {
    return { reason: 'the regressors give the response exactly: there is no error to measure' };
  }
  const inverse = inverseOfSquare(fit.triangle, size);
  const alone = leverages(complete.design, size, inverse).findIndex((leverage) => leverage > DECIDES_ALONE);
  if (alone >= 0) {
    return {
      reason: `row ${complete.places[alone]} alone decides a coefficient: there is no error to measure`,
    };
  }
  const lags = request.lags ?? regressionLag(complete, fit.residuals, intercept);
  const correction = smallSample ? rows / (rows - size) : 1;
  const covariance = sandwich(
    inverse,
    longRunCovariance(scoresOf(complete, fit.residuals), size, lags),
    size,
  ).map((value) => value * correction);
  for (let j = 0; j < size; j++) {
    if (!(covariance[j * size + j]! > 0))
      return { reason: 'the fit is so close that its errors are rounding' };
  }
  const residuals = new Float64Array(response.length).fill(Number.NaN);
  complete.places.forEach((t, i) => {
    residuals[t] = fit.residuals[i]!;
  });
  return {
    ...coefficientTests(
      fit.coefficients,
      covariance,
      smallSample ? rows - size : Number.POSITIVE_INFINITY,
      level,
    ),
    covariance,
    rSquared: 1 - unexplained / total,
    adjustedRSquared: 1 - (unexplained / (rows - size)) * ((rows - (intercept ? 1 : 0)) / total),
    rows,
    lags,
    residuals,
  };
}

/** A weighted sum of coefficients: a group's part of a fitted value, say. */
export interface Combination {
  readonly value: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * sum of weight x coefficient with its interval at the regression's level. With weights x(t) - mean of x for the regressors of
 * a group and 0 elsewhere it is the group's contribution to the fitted value at t.
 * @param weights one a coefficient
 * @throws {InvalidRequest} for another number of weights
 */
export function combineCoefficients(regression: Regression, weights: ArrayLike<number>): Combination {
  const { coefficients, covariance, criticalValue } = regression;
  const size = coefficients.length;
  if (weights.length !== size) {
    throw new InvalidRequest(`${weights.length} weights for ${size} coefficients; give one each`);
  }
  let value = 0;
  let variance = 0;
  for (let i = 0; i < size; i++) {
    value += weights[i]! * coefficients[i]!;
    for (let j = 0; j < size; j++) variance += weights[i]! * covariance[i * size + j]! * weights[j]!;
  }
  const standardError = Math.sqrt(Math.max(0, variance));
  const halfWidth = criticalValue * standardError;
  return { value, standardError, lower: value - halfWidth, upper: value + halfWidth };
}

function checkOptions({ regressors, intercept = true, lags, level = 0.95 }: RegressionRequest): void {
  if (regressors.length === 0 && !intercept)
    throw new InvalidRequest('no regressor and no constant; give one');
  if (lags !== undefined && !(Number.isInteger(lags) && lags >= 0)) {
    throw new InvalidRequest(`${lags} lags; give 0 or a whole number`);
  }
  if (!(level > 0 && level < 1)) throw new InvalidRequest(`level ${level}; give one between 0 and 1`);
}

function dependence(column: number, intercept: boolean): string {
  if (!intercept) return `regressor ${column} is a combination of those before it`;
  return `regressor ${column - 1} is constant or a combination of those before it`;
}

function squaresOf(values: Float64Array, centred: boolean): number {
  const centre = centred ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
  if (centred && values.every((value) => value === values[0])) return 0;
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

function scoresOf({ design, columns }: CompleteRows, residuals: Float64Array): Float64Array {
  return design.map((value, at) => value * residuals[Math.floor(at / columns)]!);
}

function regressionLag(complete: CompleteRows, residuals: Float64Array, intercept: boolean): number {
  const { design, columns } = complete;
  const first = intercept ? 1 : 0;
  if (columns === first) return automaticLag(residuals);
  const scores = new Float64Array(residuals.length);
  for (let column = first; column < columns; column++) {
    const values = residuals.map((_, row) => design[row * columns + column]!);
    const deviation = Math.sqrt(squaresOf(values, intercept) / values.length);
    for (let row = 0; row < scores.length; row++)
      scores[row]! += (values[row]! / deviation) * residuals[row]!;
  }
  return automaticLag(scores);
}

function coefficientTests(
  coefficients: Float64Array,
  covariance: Float64Array,
  freedom: number,
  level: number,
) {
  const size = coefficients.length;
  const standardErrors = coefficients.map((_, i) => Math.sqrt(covariance[i * size + i]!));
  const tValues = coefficients.map((value, i) => value / standardErrors[i]!);
  const criticalValue = studentCritical(level, freedom);
  return {
    coefficients,
    standardErrors,
    tValues,
    pValues: tValues.map((t) => studentTwoSided(t, freedom)),
    lower: coefficients.map((value, i) => value - criticalValue * standardErrors[i]!),
    upper: coefficients.map((value, i) => value + criticalValue * standardErrors[i]!),
    criticalValue,
  };
}
