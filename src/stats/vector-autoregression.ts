import { InvalidRequest, type Random } from '../core/index.js';
import { completePeriods, laggedDesign } from './autoregression/lagged-design.js';
import { combination, residualMoments } from './autoregression/residual-moments.js';
import { leastSquares } from './least-squares.js';
import type { NoFigure } from './no-figure.js';

/** y(t) = intercept + sum over lags l = 1 .. of A(l) y(t - l) + residual(t), y of `variables` series. */
export interface VectorAutoregression {
  readonly variables: number;
  readonly lags: number;
  /** Periods fitted: those with every variable known in the period and in its lags. */
  readonly observations: number;
  readonly intercept: Float64Array;
  /** [(lag - 1) x variables + equation] x variables + variable. */
  readonly coefficients: Float64Array;
  /** Row-major, `observations` x `variables`; each column has mean 0. */
  readonly residuals: Float64Array;
  /** Of the residuals, `variables` x `variables`, divisor observations - variables x lags - 1. */
  readonly covariance: Float64Array;
  /** Schwarz criterion: log det of the covariance with divisor observations, + log(observations) / observations per coefficient. */
  readonly bic: number;
}

/**
 * Vector autoregression with intercept by least squares, equation by equation (Luetkepohl 2005, New Introduction to Multiple
 * Time Series Analysis, section 3.2).
 *
 * @param series equal lengths, oldest first, NaN = missing
 * @param lags   0 or more; with 0 lags the intercept alone
 * @param options.firstPeriod periods before it only serve as lags, so that models of different lags see the same ones
 * @throws {InvalidRequest} for unequal lengths, infinite values, too few periods, or series that are combinations of each
 *   other
 */
export function fitVectorAutoregression(
  series: readonly Float64Array[],
  lags: number,
  options: { readonly firstPeriod?: number } = {},
): VectorAutoregression {
  const model = tryVectorAutoregression(series, lags, options);
  if ('reason' in model) throw new InvalidRequest(model.reason);
  return model;
}

/**
 * `fitVectorAutoregression`, where too few periods and dependent series are an answer.
 * @throws {InvalidRequest} for unequal lengths or infinite values
 */
function tryVectorAutoregression(
  series: readonly Float64Array[],
  lags: number,
  options: { readonly firstPeriod?: number } = {},
): VectorAutoregression | NoFigure {
  const variables = series.length;
  const periods = completePeriods(series, lags, options.firstPeriod ?? lags);
  const observations = periods.length;
  const regressors = 1 + variables * lags;
  const freedom = observations - regressors;
  if (freedom < variables) {
    const needed = regressors + variables;
    return {
      reason: `${observations} periods for ${variables} series and ${lags} lags; give ${needed} or more`,
    };
  }
  const { design, response } = laggedDesign(series, lags, periods);
  const fit = leastSquares({ design, rows: observations, regressors, response, responses: variables });
  if (typeof fit === 'number') return combination((fit - 1) % variables);
  const moments = residualMoments(fit.residuals, variables, variables * regressors);
  if ('reason' in moments) return moments;
  return {
    variables,
    lags,
    observations,
    intercept: fit.coefficients.slice(0, variables),
    coefficients: byEquation(fit.coefficients, variables, lags),
    residuals: fit.residuals,
    ...moments,
  };
}

/** From regressor by equation to [(lag - 1) x variables + equation] x variables + variable. */
function byEquation(fitted: Float64Array, variables: number, lags: number): Float64Array {
  const coefficients = new Float64Array(lags * variables * variables);
  for (let l = 0; l < lags; l++) {
    for (let equation = 0; equation < variables; equation++) {
      for (let v = 0; v < variables; v++) {
        coefficients[(l * variables + equation) * variables + v] =
          fitted[(1 + l * variables + v) * variables + equation]!;
      }
    }
  }
  return coefficients;
}

/**
 * The lag of the smallest Schwarz criterion among 0 .. mostLags, each fitted on the same periods; fitted anew on all periods
 * that its lags allow.
 * @throws {InvalidRequest} as `fitVectorAutoregression` for mostLags
 */
export function fitVectorAutoregressionByBic(
  series: readonly Float64Array[],
  mostLags: number,
): VectorAutoregression {
  const model = tryVectorAutoregressionByBic(series, 0, mostLags);
  if ('reason' in model) throw new InvalidRequest(model.reason);
  return model;
}

/** `fitVectorAutoregressionByBic` with at least `fewestLags`, where too few periods and dependent series are an answer. */
export function tryVectorAutoregressionByBic(
  series: readonly Float64Array[],
  fewestLags: number,
  mostLags: number,
): VectorAutoregression | NoFigure {
  let best = fewestLags;
  let bestBic = Number.POSITIVE_INFINITY;
  for (let lags = fewestLags; lags <= mostLags; lags++) {
    const model = tryVectorAutoregression(series, lags, { firstPeriod: mostLags });
    if ('reason' in model) return model;
    if (model.bic < bestBic) {
      best = lags;
      bestBic = model.bic;
    }
  }
  return tryVectorAutoregression(series, best);
}

/** How many periods `fitVectorAutoregression` can use with so many lags. */
export function usablePeriods(series: readonly Float64Array[], lags: number): number {
  return completePeriods(series, lags, lags).length;
}

/** Periods simulated and thrown away before a path begins. */
const RUN_IN = 100;

/**
 * A path of the fitted system. Residuals are drawn with replacement as whole rows, which keeps their correlation across
 * variables and their tails, and nothing of their order: volatility that clusters is not reproduced. The path begins after
 * a run-in of 100 periods from zero.
 *
 * @returns one array of `length` for each variable
 */
export function simulateVectorAutoregression(
  model: VectorAutoregression,
  random: Random,
  length: number,
): Float64Array[] {
  const { variables, lags, observations, intercept, coefficients, residuals } = model;
  const steps = RUN_IN + length;
  const path = new Float64Array((lags + steps) * variables);
  for (let t = lags; t < lags + steps; t++) {
    const row = Math.floor(random.next() * observations) * variables;
    for (let equation = 0; equation < variables; equation++) {
      let value = intercept[equation]! + residuals[row + equation]!;
      for (let l = 0; l < lags; l++) {
        const from = (l * variables + equation) * variables;
        const lagged = (t - 1 - l) * variables;
        for (let v = 0; v < variables; v++) value += coefficients[from + v]! * path[lagged + v]!;
      }
      path[t * variables + equation] = value;
    }
  }
  const start = lags + RUN_IN;
  return Array.from({ length: variables }, (_, v) =>
    Float64Array.from({ length }, (_, t) => path[(start + t) * variables + v]!),
  );
}

/** Largest modulus of the companion matrix's eigenvalues, as the limit of its powers (Gelfand); below 1 the system is stable. */
export function spectralRadius({ variables, lags, coefficients }: VectorAutoregression): number {
  const size = variables * lags;
  if (size === 0) return 0;
  let power = new Float64Array(size * size);
  for (let equation = 0; equation < variables; equation++) {
    for (let l = 0; l < lags; l++) {
      for (let v = 0; v < variables; v++) {
        power[equation * size + l * variables + v] =
          coefficients[(l * variables + equation) * variables + v]!;
      }
    }
  }
  for (let i = variables; i < size; i++) power[i * size + i - variables] = 1;
  let logNorm = 0;
  for (let doubling = 0; doubling < 50; doubling++) {
    const norm = Math.hypot(...power);
    if (norm === 0) return 0;
    logNorm += Math.log(norm) / 2 ** doubling;
    const scaled = power.map((value) => value / norm);
    power = product(scaled, scaled, size);
  }
  return Math.exp(logNorm);
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      for (let j = 0; j < size; j++) out[i * size + j]! += factor * b[k * size + j]!;
    }
  }
  return out;
}
