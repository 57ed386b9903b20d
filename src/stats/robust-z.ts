import { quantileOfSorted } from './moments.js';
import { neededValues } from './z-score.js';

/** Median absolute deviation of a standard Gaussian. */
const GAUSSIAN_MAD = 0.6745;

/**
 * Robust z of the last element, 0.6745 (x - median) / MAD over the periods before it, MAD the median absolute deviation
 * from the median (Iglewicz and Hoaglin 1993, modified z-score).
 * @returns null as `zScore`, and where more than half of the values are equal (MAD 0)
 */
export function robustZ(series: Float64Array, lookback: number): number | null {
  const z = rollingRobustZ(series, lookback).at(-1) ?? Number.NaN;
  return Number.isNaN(z) ? null : z;
}

/** `robustZ` at every period, each over the `lookback` periods before it; NaN where `robustZ` is null. */
export function rollingRobustZ(series: Float64Array, lookback: number): Float64Array {
  const out = new Float64Array(series.length).fill(Number.NaN);
  const needed = neededValues(lookback);
  const window = new SortedWindow(series.length);
  for (let t = 0; t < series.length; t++) {
    const value = series[t]!;
    if (!Number.isNaN(value) && window.size >= needed) {
      const { median, deviation } = window.medianAndDeviation();
      if (deviation > 0) out[t] = (GAUSSIAN_MAD * (value - median)) / deviation;
    }
    if (!Number.isNaN(value)) window.insert(value);
    const leaving = t - lookback >= 0 ? series[t - lookback]! : Number.NaN;
    if (!Number.isNaN(leaving)) window.remove(leaving);
  }
  return out;
}

/** The values of a sliding window in ascending order. */
class SortedWindow {
  size = 0;
  private readonly values: Float64Array;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
  }

  insert(value: number): void {
    const at = this.position(value);
    this.values.copyWithin(at + 1, at, this.size++);
    this.values[at] = value;
  }

  remove(value: number): void {
    const at = this.position(value);
    this.values.copyWithin(at, at + 1, this.size--);
  }

  medianAndDeviation(): { median: number; deviation: number } {
    const sorted = this.values.subarray(0, this.size);
    const median = quantileOfSorted(sorted, 0.5);
    return { median, deviation: medianDistance(sorted, median) };
  }

  /** First position whose value is at least `value`. */
  private position(value: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.values[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Median of |value - median|, read off by walking outwards from the middle of the sorted values. */
function medianDistance(sorted: Float64Array, median: number): number {
  const upper = sorted.length >>> 1;
  let left = upper - 1;
  let right = upper;
  let before = 0;
  let distance = 0;
  for (let taken = 0; taken <= upper; taken++) {
    before = distance;
    const toLeft = left >= 0 ? median - sorted[left]! : Number.POSITIVE_INFINITY;
    const toRight = right < sorted.length ? sorted[right]! - median : Number.POSITIVE_INFINITY;
    if (toLeft < toRight) left--;
    else right++;
    distance = Math.min(toLeft, toRight);
  }
  return sorted.length % 2 === 1 ? distance : (before + distance) / 2;
}
