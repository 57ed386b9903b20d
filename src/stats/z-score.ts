import { mean, observed, standardDeviation } from './moments.js';

/** Share of a look-back's periods that must have data before a scale is formed on it. */
const NEEDED_COVERAGE = 0.9;
/** Fewest values that a scale over all history is formed on. */
const NEEDED_VALUES = 26;

/** Values with data among the `lookback` periods before `at`, or null where they are too few. */
function window(series: Float64Array, lookback: number, at: number): Float64Array | null {
  const values = observed(series.subarray(Math.max(0, at - lookback), at));
  return values.length >= neededValues(lookback) ? values : null;
}

/** Values with data that a scale over `lookback` periods needs: 90 %, or 26 of all history. */
export function neededValues(lookback: number): number {
  return lookback === Number.POSITIVE_INFINITY ? NEEDED_VALUES : Math.max(2, NEEDED_COVERAGE * lookback);
}

/**
 * z = (x - mean) / sd of the last element over the periods before it, the last left out.
 *
 * @param series   one value a period, oldest first, NaN = missing
 * @param lookback periods before the last one; Infinity = all history
 * @returns null if the last value is missing, fewer than 90 % of the look-back (26 values where it is all history)
 *          have data, or they do not vary
 */
export function zScore(series: Float64Array, lookback: number): number | null {
  const last = series.at(-1) ?? Number.NaN;
  const before = window(series, lookback, series.length - 1);
  if (before === null || Number.isNaN(last) || isConstant(before)) return null;
  return (last - mean(before)) / standardDeviation(before);
}

/**
 * Share of the periods before the last whose value is smaller, ties counted half: 1 above all, 0 below all.
 * @returns null if the last value is missing or fewer than 90 % of the look-back (26 values where all) have data
 */
export function percentile(series: Float64Array, lookback: number): number | null {
  const last = series.at(-1) ?? Number.NaN;
  const before = window(series, lookback, series.length - 1);
  if (before === null || Number.isNaN(last)) return null;
  let smaller = 0;
  for (const value of before) smaller += value < last ? 1 : value === last ? 0.5 : 0;
  return smaller / before.length;
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

/**
 * `zScore` at every period, each over the `lookback` periods before it; NaN where `zScore` is null.
 *
 * Every window is summed anew, length x lookback steps: sums that slide lose their digits behind a value far larger than
 * the rest, and a z must not depend on the route to it.
 *
 * @param wanted periods to give a figure for, all by default; the others are NaN
 */
export function rollingZ(
  series: Float64Array,
  lookback: number,
  wanted: (period: number) => boolean = () => true,
): Float64Array {
  return series.map((_, t) =>
    wanted(t) ? (zScore(series.subarray(0, t + 1), lookback) ?? Number.NaN) : Number.NaN,
  );
}
