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
 * `zScore` at every period, each over the `lookback` periods before it; NaN where `zScore` is null. O(length).
 *
 * Running sums about the first value with data are formed anew every `lookback` steps, so that rounding does not pile
 * up; they use nothing later than the period they are for.
 */
export function rollingZ(series: Float64Array, lookback: number): Float64Array {
  const out = new Float64Array(series.length).fill(Number.NaN);
  const origin = series.find((value) => !Number.isNaN(value)) ?? 0;
  const needed = neededValues(lookback);
  const sums = new WindowSums(origin);
  let equalRun = 0;
  let lastValue = Number.NaN;
  for (let t = 0; t < series.length; t++) {
    const value = series[t]!;
    const constant = equalRun >= sums.count;
    if (!Number.isNaN(value) && sums.count >= needed && !constant) out[t] = sums.z(value);
    sums.add(value);
    if (t - lookback >= 0) sums.remove(series[t - lookback]!);
    if (t % lookback === lookback - 1) sums.rebuild(series.subarray(t + 1 - lookback, t + 1));
    if (Number.isNaN(value)) continue;
    equalRun = value === lastValue ? equalRun + 1 : 1;
    lastValue = value;
  }
  return out;
}

/** Count, sum and sum of squares of a sliding window, about a fixed origin. */
class WindowSums {
  count = 0;
  private sum = 0;
  private squares = 0;

  constructor(private readonly origin: number) {}

  add(value: number): void {
    this.shift(value, 1);
  }

  remove(value: number): void {
    this.shift(value, -1);
  }

  rebuild(values: Float64Array): void {
    this.count = 0;
    this.sum = 0;
    this.squares = 0;
    for (const value of values) this.shift(value, 1);
  }

  z(value: number): number {
    const centre = this.sum / this.count;
    const variance = (this.squares - this.sum * centre) / (this.count - 1);
    return (value - this.origin - centre) / Math.sqrt(variance);
  }

  private shift(value: number, sign: 1 | -1): void {
    if (Number.isNaN(value)) return;
    const centred = value - this.origin;
    this.count += sign;
    this.sum += sign * centred;
    this.squares += sign * centred * centred;
  }
}
