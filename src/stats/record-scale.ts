/** Scale of a growing, clustered series, fitted on the periods before the one in question. */
export interface RecordScale {
  /** Trend of log |x| a period. */
  readonly logSlope: number;
  /** Scale at each earlier period and, as last element, at the period in question; length n + 1, all > 0. */
  readonly scale: Float64Array;
  /** x / scale of the earlier periods, NaN where missing; length n. */
  readonly residuals: Float64Array;
}

/** Fewest earlier values other than 0 that a scale is fitted on. */
const NEEDED_SCALE_VALUES = 26;
const LAMBDA = 0.97;
const SEED_PERIODS = 52;

/**
 * Scale model of measures.md 5.2: scale(k) = trend(k) x volatility(k).
 *
 * trend: exp of the least-squares line of log |x| on time over earlier values other than 0, carried on to t.
 * volatility: exponentially weighted root mean square (lambda 0.97) of x / trend over periods before k only, seeded with
 * the mean square of the first 52 values; carried unchanged over missing values. Zeros count in the volatility and
 * stay zeros as residuals, so a one-sided series keeps its share of zeros.
 *
 * @param earlier periods before t, oldest first, NaN = missing; t itself must not be in it
 * @returns null with fewer than 26 values other than 0
 */
export function fitRecordScale(earlier: Float64Array): RecordScale | null {
  const line = logTrend(earlier);
  if (line === null) return null;
  const n = earlier.length;
  const trend = new Float64Array(n + 1);
  for (let k = 0; k <= n; k++) trend[k] = Math.exp(line.intercept + line.slope * k);
  const volatility = laggedVolatility(quotients(earlier, trend));
  const scale = new Float64Array(n + 1);
  for (let k = 0; k <= n; k++) scale[k] = trend[k]! * volatility[k]!;
  return { logSlope: line.slope, scale, residuals: quotients(earlier, scale) };
}

function quotients(values: Float64Array, divisors: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let k = 0; k < out.length; k++) out[k] = values[k]! / divisors[k]!;
  return out;
}

function logTrend(earlier: Float64Array): { intercept: number; slope: number } | null {
  let count = 0;
  let sumTime = 0;
  let sumLog = 0;
  const logs = new Float64Array(earlier.length).fill(Number.NaN);
  for (let k = 0; k < earlier.length; k++) {
    const value = earlier[k]!;
    if (Number.isNaN(value) || value === 0) continue;
    count++;
    sumTime += k;
    logs[k] = Math.log(Math.abs(value));
    sumLog += logs[k]!;
  }
  if (count < NEEDED_SCALE_VALUES) return null;
  const meanTime = sumTime / count;
  const meanLog = sumLog / count;
  let cross = 0;
  let square = 0;
  for (let k = 0; k < logs.length; k++) {
    if (Number.isNaN(logs[k]!)) continue;
    cross += (k - meanTime) * (logs[k]! - meanLog);
    square += (k - meanTime) ** 2;
  }
  const slope = cross / square;
  return { slope, intercept: meanLog - slope * meanTime };
}

/** Volatility at 0 .. n from values before each; the seed stands at the start. */
function laggedVolatility(detrended: Float64Array): Float64Array {
  const out = new Float64Array(detrended.length + 1);
  let variance = seedVariance(detrended);
  for (let k = 0; k < detrended.length; k++) {
    const value = detrended[k]!;
    out[k] = Math.sqrt(variance);
    if (!Number.isNaN(value)) variance = LAMBDA * variance + (1 - LAMBDA) * value ** 2;
  }
  out[detrended.length] = Math.sqrt(variance);
  return out;
}

/** Mean square of the first 52 values with data; of all where those are zeros only. */
function seedVariance(detrended: Float64Array): number {
  const present = detrended.filter((value) => !Number.isNaN(value));
  const meanSquare = (values: Float64Array) =>
    values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  return meanSquare(present.subarray(0, SEED_PERIODS)) || meanSquare(present);
}
