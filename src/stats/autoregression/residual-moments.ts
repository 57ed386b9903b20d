import type { NoFigure } from '../no-figure.js';
import { choleskyFactor } from '../triangular.js';

/**
 * Covariance of the residuals with the divisor observations - coefficients an equation, and the Schwarz criterion (see
 * `VectorAutoregression`).
 *
 * @param residuals row-major, observations x variables
 * @param estimated coefficients of all equations together
 */
export function residualMoments(
  residuals: Float64Array,
  variables: number,
  estimated: number,
): { readonly covariance: Float64Array; readonly bic: number } | NoFigure {
  const observations = residuals.length / variables;
  const products = crossProducts(residuals, variables);
  const factor = choleskyFactor(
    products.map((sum) => sum / observations),
    variables,
  );
  if (typeof factor === 'number') return combination(factor);
  let logDeterminant = 0;
  for (let v = 0; v < variables; v++) logDeterminant += 2 * Math.log(factor[v * variables + v]!);
  const freedom = observations - estimated / variables;
  return {
    covariance: products.map((sum) => sum / freedom),
    bic: logDeterminant + (Math.log(observations) / observations) * estimated,
  };
}

export function combination(series: number): NoFigure {
  return { reason: `series ${series} is a combination of those before it; leave it out` };
}

function crossProducts(rows: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns * columns);
  for (let at = 0; at < rows.length; at += columns) {
    for (let a = 0; a < columns; a++) {
      for (let b = 0; b < columns; b++) sums[a * columns + b]! += rows[at + a]! * rows[at + b]!;
    }
  }
  return sums;
}
