/** Values of a window that have data, in order. */
export function observed(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample standard deviation (divisor n - 1), two-pass; NaN for fewer than two values. */
export function standardDeviation(values: Float64Array): number {
  const centre = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/**
 * Quantile by linear interpolation of the order statistics (Hyndman and Fan 1996, type 7; numpy's default).
 * @param sorted ascending, without NaN
 * @param share in [0, 1]
 */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}
