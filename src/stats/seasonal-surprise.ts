import { InvalidRequest } from '../core/index.js';
import { mean, observed, standardDeviation } from './moments.js';

export interface SeasonalOptions {
  /** Periods in a season, default 4 (quarters). */
  readonly season?: number;
  /** Seasonal differences before the period that drift and spread are taken from, default 20. */
  readonly lookback?: number;
  /** Fewest of them with data, default 8. */
  readonly fewest?: number;
}

/** Arrays as long as the series; NaN where there is no figure. */
export interface SeasonalSurprises {
  /** x(t - season) + drift. */
  readonly expected: Float64Array;
  /** x(t) - expected. */
  readonly surprise: Float64Array;
  /** surprise / sample standard deviation of the seasonal differences in the look-back. */
  readonly standardised: Float64Array;
}

/**
 * Surprise against a seasonal random walk with drift: x(t) = x(t - season) + drift + error (Foster 1977, The Accounting Review
 * 52, model 2; standardised as in Bernard and Thomas 1990, Journal of Accounting and Economics 13, with errors about the drift). Drift and
 * spread come from the look-back before t alone, so a later period never changes an earlier surprise.
 *
 * @param series one value a period, oldest first, NaN = missing, all in one unit (shares as if split)
 * @throws {InvalidRequest} for options that are no counts, or fewer than 2 differences asked for
 */
export function seasonalSurprises(series: Float64Array, options: SeasonalOptions = {}): SeasonalSurprises {
  const { season = 4, lookback = 20, fewest = 8 } = options;
  if (!(Number.isInteger(season) && season >= 1))
    throw new InvalidRequest(`a season of ${season}; give 1 or more`);
  if (!(Number.isInteger(lookback) && fewest >= 2 && lookback >= fewest)) {
    throw new InvalidRequest(
      `${fewest} of ${lookback} differences; ask for 2 or more, and no more than looked back on`,
    );
  }
  const differences = series.map((value, t) => (t < season ? Number.NaN : value - series[t - season]!));
  const expected = new Float64Array(series.length).fill(Number.NaN);
  const standardised = expected.slice();
  series.forEach((value, t) => {
    const before = observed(differences.subarray(Math.max(0, t - lookback), t));
    if (before.length < fewest) return;
    expected[t] = (series[t - season] ?? Number.NaN) + mean(before);
    const spread = before.every((difference) => difference === before[0]) ? 0 : standardDeviation(before);
    if (spread > 0) standardised[t] = (value - expected[t]!) / spread;
  });
  return { expected, surprise: series.map((value, t) => value - expected[t]!), standardised };
}
