export type ReleaseLag = 'price' | 'rate' | 'consumer-prices' | 'earnings';

/** Known at the end of that day of the month so many months later; docs/sources/shiller.md says why. */
export const RELEASE_LAGS: Readonly<Record<ReleaseLag, { readonly months: number; readonly day: number }>> = {
  price: { months: 1, day: 5 },
  rate: { months: 1, day: 10 },
  'consumer-prices': { months: 2, day: 28 },
  earnings: { months: 8, day: 1 },
};

/** Columns of the file, the series they become, and what each waits for. */
export const SERIES: readonly {
  readonly column: string;
  readonly seriesId: string;
  readonly lag: ReleaseLag;
}[] = [
  { column: 'sp500', seriesId: 'SHILLER_SP500', lag: 'price' },
  { column: 'dividend', seriesId: 'SHILLER_DIVIDEND', lag: 'earnings' },
  { column: 'earnings', seriesId: 'SHILLER_EARNINGS', lag: 'earnings' },
  { column: 'consumer_price_index', seriesId: 'SHILLER_CPI', lag: 'consumer-prices' },
  { column: 'long_interest_rate', seriesId: 'SHILLER_LONG_RATE', lag: 'rate' },
  { column: 'real_price', seriesId: 'SHILLER_REAL_PRICE', lag: 'consumer-prices' },
  { column: 'real_dividend', seriesId: 'SHILLER_REAL_DIVIDEND', lag: 'earnings' },
  { column: 'real_earnings', seriesId: 'SHILLER_REAL_EARNINGS', lag: 'earnings' },
  { column: 'pe10', seriesId: 'SHILLER_PE10', lag: 'earnings' },
];
