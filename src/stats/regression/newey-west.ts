/** Share of the rows that an automatic lag never exceeds: beyond it the weighted sum is hardly an estimate. */
const LONGEST_LAG = 1 / 4;

/**
 * Automatic lag for Bartlett weights (Newey and West 1994, Review of Economic Studies 61, steps of their table I without
 * prewhitening): with h(t) the score series and n = floor(4 (T / 100)^(2/9)) autocovariances s(j),
 * lag = floor(1.1447 (((sum over -n..n of |j| s(j)) / (sum over -n..n of s(j)))^2 T)^(1/3)).
 *
 * @param scores one value a row, in order; taken as having mean 0
 * @returns at least 0, at most a quarter of the rows
 */
export function automaticLag(scores: Float64Array): number {
  const rows = scores.length;
  const looked = Math.min(rows - 1, Math.floor(4 * (rows / 100) ** (2 / 9)));
  let level = autocovariance(scores, 0);
  let slope = 0;
  for (let lag = 1; lag <= looked; lag++) {
    const covariance = autocovariance(scores, lag);
    level += 2 * covariance;
    slope += 2 * lag * covariance;
  }
  const bandwidth = 1.1447 * ((slope / level) ** 2) ** (1 / 3) * rows ** (1 / 3);
  return Number.isNaN(bandwidth) ? 0 : Math.floor(Math.min(bandwidth, LONGEST_LAG * rows));
}

function autocovariance(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < values.length; t++) sum += values[t]! * values[t - lag]!;
  return sum / values.length;
}

/**
 * Long-run covariance of the sum of the scores: sum over lags j = -L .. L of (1 - |j| / (L + 1)) sum over t of
 * h(t) h(t - j)' (Newey and West 1987, Econometrica 55). Positive semidefinite; with 0 lags White's (1980).
 *
 * @param scores row-major, rows x columns
 * @returns columns x columns
 */
export function longRunCovariance(scores: Float64Array, columns: number, lags: number): Float64Array {
  const rows = scores.length / columns;
  const out = new Float64Array(columns * columns);
  for (let lag = 0; lag <= Math.min(lags, rows - 1); lag++) {
    const weight = 1 - lag / (lags + 1);
    for (let a = 0; a < columns; a++) {
      for (let b = 0; b < columns; b++) {
        let sum = 0;
        for (let t = lag; t < rows; t++) sum += scores[t * columns + a]! * scores[(t - lag) * columns + b]!;
        out[a * columns + b]! += weight * sum;
        if (lag > 0) out[b * columns + a]! += weight * sum;
      }
    }
  }
  return out;
}
