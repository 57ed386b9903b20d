export interface VolScaledOptions {
  /** Weight of the variance before, in (0, 1). */
  readonly lambda?: number;
  /** Periods with data whose mean square seeds the variance. */
  readonly seedPeriods?: number;
}

/**
 * Each value over its exponentially weighted volatility, which uses only values before it:
 * s(t)^2 = lambda s(t-1)^2 + (1 - lambda) x(t-1)^2 (RiskMetrics 1996, mean taken as 0).
 *
 * The first `seedPeriods` values with data give the seed, their mean square, and are NaN themselves. Over a missing
 * value the variance is carried unchanged; the missing value stays NaN. While the variance is 0 the result is NaN.
 *
 * @param series one value a period, oldest first, NaN = missing
 * @returns x(t) / s(t), same length; no element depends on a later one
 */
export function volScaled(series: Float64Array, options: VolScaledOptions = {}): Float64Array {
  const { lambda = 0.97, seedPeriods = 52 } = options;
  const out = new Float64Array(series.length).fill(Number.NaN);
  let variance = 0;
  let seen = 0;
  for (let t = 0; t < series.length; t++) {
    const value = series[t]!;
    if (Number.isNaN(value)) continue;
    if (seen < seedPeriods) {
      variance += value ** 2 / seedPeriods;
    } else {
      if (variance > 0) out[t] = value / Math.sqrt(variance);
      variance = lambda * variance + (1 - lambda) * value ** 2;
    }
    seen++;
  }
  return out;
}
