import { mean, observed } from './moments.js';

/**
 * Automatic mean block length of the stationary bootstrap (Politis and White 2004, Econometric Reviews 23, with the
 * correction of Patton, Politis and White 2009, Econometric Reviews 28), flat-top kernel, K_N = max(5, log10 n).
 *
 * @param series missing values are left out and the rest taken as neighbours
 * @returns at least 1, at most min(3 sqrt(n), n / 3); 1 where the series does not vary or n < 10
 */
export function optimalBlockLength(series: Float64Array): number {
  const values = observed(series);
  const n = values.length;
  if (n < 10) return 1;
  const centre = mean(values);
  const centred = values.map((value) => value - centre);
  if (centred.every((value) => value === 0)) return 1;
  const neededLags = Math.max(5, Math.floor(Math.log10(n)));
  const longestLag = Math.ceil(Math.sqrt(n)) + neededLags;
  const { autocovariance, significantLags } = autocovariances(centred, neededLags, longestLag);
  const bandwidth =
    significantLags === null ? longestLag : Math.min(2 * Math.max(significantLags, 1), longestLag);
  let slope = 0;
  let longRun = autocovariance[0]!;
  for (let k = 1; k <= bandwidth; k++) {
    const weight = Math.min(1, 2 * (1 - k / bandwidth));
    slope += 2 * weight * k * autocovariance[k]!;
    longRun += 2 * weight * autocovariance[k]!;
  }
  const length = (slope ** 2 / longRun ** 2) ** (1 / 3) * n ** (1 / 3);
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  return Math.max(1, Math.min(length, longest));
}

/** Autocovariances, and the last lag before `neededLags` insignificant autocorrelations in a row (null: none found). */
function autocovariances(centred: Float64Array, neededLags: number, longestLag: number) {
  const n = centred.length;
  const critical = 2 * Math.sqrt(Math.log10(n) / n);
  const autocovariance = new Float64Array(longestLag + 1);
  let significantLags: number | null = null;
  let insignificantRun = 0;
  for (let lag = 0; lag <= longestLag; lag++) {
    if (significantLags === null && insignificantRun >= neededLags) significantLags = lag - neededLags;
    let cross = 0;
    for (let k = lag; k < n; k++) cross += centred[k]! * centred[k - lag]!;
    autocovariance[lag] = cross / n;
    const norm = Math.sqrt(sumOfSquares(centred, lag + 1, n) * sumOfSquares(centred, 0, n - lag - 1));
    insignificantRun = Math.abs(cross) / norm < critical ? insignificantRun + 1 : 0;
  }
  return { autocovariance, significantLags };
}

function sumOfSquares(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += values[k]! ** 2;
  return sum;
}
