export interface Streak {
  /** Periods in a row, the last included, with the last value's sign; 0 where it is 0 or missing. */
  readonly length: number;
  /** Of the last `of` periods with data, those with the last value's sign. */
  readonly sameSign: number;
  readonly of: number;
}

/**
 * How long the last value's sign has lasted. A missing period ends the run.
 * @param window periods looked at for `sameSign`, the last included
 */
export function streak(series: Float64Array, window: number): Streak {
  const sign = Math.sign(series.at(-1) ?? Number.NaN);
  const hasSign = sign === 1 || sign === -1;
  let length = 0;
  while (hasSign && length < series.length && Math.sign(series.at(-1 - length)!) === sign) length++;
  let sameSign = 0;
  let of = 0;
  for (const value of series.subarray(Math.max(0, series.length - window))) {
    if (Number.isNaN(value)) continue;
    of++;
    if (hasSign && Math.sign(value) === sign) sameSign++;
  }
  return { length, sameSign, of };
}

/**
 * Sums over the `horizon` periods that end at each period. NaN where any of them is missing or lies before the start:
 * a sum with a hole is not a smaller sum.
 */
export function rollingSums(series: Float64Array, horizon: number): Float64Array {
  const out = new Float64Array(series.length).fill(Number.NaN);
  for (let end = horizon - 1; end < series.length; end++) {
    let sum = 0;
    for (let k = end - horizon + 1; k <= end; k++) sum += series[k]!;
    out[end] = sum;
  }
  return out;
}
