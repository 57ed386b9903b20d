import { InvalidRequest } from '../../core/index.js';
import { leastSquares } from '../least-squares.js';
import type { NoFigure } from '../no-figure.js';
import type { VectorAutoregression } from '../vector-autoregression.js';
import { completePeriods, laggedDesign } from './lagged-design.js';
import { residualMoments } from './residual-moments.js';

/** A path of influence: the past of `cause` in the equation of `effect`. */
export interface Link {
  readonly cause: number;
  readonly effect: number;
}

/**
 * Vector autoregression in which some links are left out: all lags of the cause have coefficient 0 in the effect's equation. Least
 * squares equation by equation; the covariance has the divisor observations - the mean number of coefficients of an equation.
 *
 * @param series as `fitVectorAutoregression`
 * @param leftOut links between two different series
 * @returns a reason where periods are too few or series are combinations of each other
 * @throws {InvalidRequest} as `fitVectorAutoregression`, or for a link of a series to itself
 */
export function fitRestrictedAutoregression(
  series: readonly Float64Array[],
  lags: number,
  leftOut: readonly Link[],
): VectorAutoregression | NoFigure {
  const variables = series.length;
  for (const { cause, effect } of leftOut) {
    if (cause === effect) throw new InvalidRequest(`the link of series ${cause} to itself; leave out others`);
  }
  const periods = completePeriods(series, lags, lags);
  const observations = periods.length;
  const { design, response } = laggedDesign(series, lags, periods);
  const size = 1 + variables * lags;
  if (observations < size + variables) {
    return {
      reason: `${observations} periods for ${variables} series and ${lags} lags, ${size + variables} needed`,
    };
  }
  const intercept = new Float64Array(variables);
  const coefficients = new Float64Array(lags * variables * variables);
  const residuals = new Float64Array(observations * variables);
  let estimated = 0;
  for (let equation = 0; equation < variables; equation++) {
    const kept = [...new Float64Array(size).keys()].filter((place) => {
      const cause = (place - 1) % variables;
      return place === 0 || !leftOut.some((link) => link.effect === equation && link.cause === cause);
    });
    const fit = leastSquares({
      design: design.filter((_, at) => kept.includes(at % size)),
      rows: observations,
      regressors: kept.length,
      response: response.filter((_, at) => at % variables === equation),
      responses: 1,
    });
    if (typeof fit === 'number')
      return { reason: `regressor ${kept[fit]} is a combination of those before it` };
    estimated += kept.length;
    fit.residuals.forEach((residual, t) => {
      residuals[t * variables + equation] = residual;
    });
    kept.forEach((place, j) => {
      if (place === 0) intercept[equation] = fit.coefficients[j]!;
      else {
        const lag = Math.floor((place - 1) / variables);
        coefficients[(lag * variables + equation) * variables + ((place - 1) % variables)] =
          fit.coefficients[j]!;
      }
    });
  }
  const moments = residualMoments(residuals, variables, estimated);
  if ('reason' in moments) return moments;
  return { variables, lags, observations, intercept, coefficients, residuals, ...moments };
}
