/** How the last value of a series stands among the periods before it. Indexes are positions in the series. */
export interface Standing {
  /** Earlier periods with data inside the look-back. */
  readonly n: number;
  /** Share of the look-back's periods with data; over all history, of the periods since the first one with data. */
  readonly coverage: number;
  /** 1 = largest of the n + 1; ties share the better rank. Null without a value or without earlier data. */
  readonly rank: number | null;
  /** Earlier periods inside the look-back with the same value. */
  readonly ties: readonly number[];
  readonly isRecord: boolean | null;
  /** Last earlier period, over ALL history, with a value at least as large; null = largest of all. */
  readonly largestSinceIndex: number | null;
  /** Value over the old record, minus 1; null where the old record is not above 0. */
  readonly margin: number | null;
  /** The old record; null unless the value is a record. Where equals held it, the first of them. */
  readonly brokeIndex: number | null;
}

/**
 * Record statistics of the last element against the `lookback` periods before it. For the smallest instead of the
 * largest, turn every sign.
 *
 * @param series   one value a period, oldest first, NaN = missing
 * @param lookback periods before the last one; Infinity = all
 */
export function recordStanding(series: Float64Array, lookback: number): Standing {
  const t = series.length - 1;
  const value = series[t] ?? Number.NaN;
  const start = Math.max(0, t - lookback);
  const ties: number[] = [];
  let n = 0;
  let above = 0;
  let old = Number.NEGATIVE_INFINITY;
  let oldIndex = -1;
  for (let k = start; k < t; k++) {
    const earlier = series[k]!;
    if (Number.isNaN(earlier)) continue;
    n++;
    if (earlier > value) above++;
    else if (earlier === value) ties.push(k);
    if (earlier > old) {
      old = earlier;
      oldIndex = k;
    }
  }
  const known = n > 0 && !Number.isNaN(value);
  const isRecord = known ? value > old : null;
  return {
    n,
    coverage: coverageOf(series, n, lookback),
    rank: known ? above + 1 : null,
    ties,
    isRecord,
    largestSinceIndex: largestSince(series, value),
    margin: known && old > 0 ? value / old - 1 : null,
    brokeIndex: isRecord ? oldIndex : null,
  };
}

function coverageOf(series: Float64Array, n: number, lookback: number): number {
  if (lookback !== Number.POSITIVE_INFINITY) return n / lookback;
  const first = series.findIndex((value) => !Number.isNaN(value));
  const periods = series.length - 1 - first;
  return first < 0 || periods === 0 ? 0 : n / periods;
}

function largestSince(series: Float64Array, value: number): number | null {
  for (let k = series.length - 2; k >= 0; k--) if (series[k]! >= value) return k;
  return null;
}

/**
 * Exchangeable p of the last value: (1 + number of earlier values >= it) / (n + 1). Exact for exchangeable periods
 * without ties, whatever their distribution.
 * @returns null where the last value or every earlier one is missing
 */
export function exchangeableP(series: Float64Array, lookback: number): number | null {
  const { n, rank, ties } = recordStanding(series, lookback);
  return rank === null ? null : (rank + ties.length) / (n + 1);
}
