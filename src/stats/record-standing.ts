/** The record that a value broke. */
export interface BrokenRecord {
  readonly index: number;
  readonly value: number;
  /** Periods from the old record to the new one. */
  readonly stoodPeriods: number;
}

/** How the last value of a series stands among the periods before it. Indexes are positions in the series. */
export interface Standing {
  /** Earlier periods with data inside the look-back. */
  readonly n: number;
  /** Share of the look-back's periods with data; over all history, of the periods since the first one with data. */
  readonly coverage: number;
  /** 1 = most extreme of the n + 1; ties share the better rank. Null without a value or without earlier data. */
  readonly rank: number | null;
  /** Earlier periods inside the look-back with the same value. */
  readonly ties: readonly number[];
  readonly isRecord: boolean | null;
  /** Last earlier period, over ALL history, with a value at least as extreme; null = most extreme of all. */
  readonly extremeSince: number | null;
  /** Value over the old record, minus 1; null where the old record is not on the side of 0 that is looked at. */
  readonly margin: number | null;
  /** Null unless the value is a record. Where equals held the old record, the first of them. */
  readonly broke: BrokenRecord | null;
}

export type Side = 'largest' | 'smallest';

/**
 * Record statistics of the last element against the `lookback` periods before it.
 *
 * @param series   one value a period, oldest first, NaN = missing
 * @param lookback periods before the last one; Infinity = all
 * @param side     'largest', or 'smallest' for the same with every sign turned
 */
export function recordStanding(series: Float64Array, lookback: number, side: Side = 'largest'): Standing {
  const sign = side === 'largest' ? 1 : -1;
  const t = series.length - 1;
  const value = sign * (series[t] ?? Number.NaN);
  const start = Math.max(0, t - lookback);
  const ties: number[] = [];
  let n = 0;
  let above = 0;
  let old = Number.NEGATIVE_INFINITY;
  let oldIndex = -1;
  for (let k = start; k < t; k++) {
    const earlier = sign * series[k]!;
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
    extremeSince: extremeSince(series, value, sign),
    margin: known && old > 0 ? value / old - 1 : null,
    broke: isRecord ? { index: oldIndex, value: sign * old, stoodPeriods: t - oldIndex } : null,
  };
}

function coverageOf(series: Float64Array, n: number, lookback: number): number {
  if (lookback !== Number.POSITIVE_INFINITY) return n / lookback;
  const first = series.findIndex((value) => !Number.isNaN(value));
  const periods = series.length - 1 - first;
  return first < 0 || periods === 0 ? 0 : n / periods;
}

function extremeSince(series: Float64Array, value: number, sign: 1 | -1): number | null {
  for (let k = series.length - 2; k >= 0; k--) if (sign * series[k]! >= value) return k;
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
