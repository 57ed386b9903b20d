/**
 * Columns as Yahoo Finance and its usual download tools name them, after canonical spelling (lower case, underscores).
 * Prices are in US dollars a share or index points, volumes in shares, dividends in US dollars a share, splits as ratios.
 */
export const BAR_COLUMNS = [
  'open',
  'high',
  'low',
  'close',
  'adj_close',
  'volume',
  'dividend',
  'split',
] as const;
export type BarColumn = (typeof BAR_COLUMNS)[number];

/** Other names of the same columns. */
export const COLUMN_ALIASES: Readonly<Record<string, BarColumn>> = {
  dividends: 'dividend',
  stock_splits: 'split',
  splits: 'split',
};

export type PriceKind =
  | 'daily-prices'
  | 'weekly-prices-by-end'
  | 'weekly-prices-by-start'
  | 'corporate-actions'
  | 'index-levels';

/** What each kind is recognised by. Kinds with more columns stand first. */
export const REQUIRED_COLUMNS: Readonly<Record<PriceKind, readonly string[]>> = {
  'weekly-prices-by-end': ['week_end', 'symbol', 'close', 'volume', 'notional_usd', 'days'],
  'weekly-prices-by-start': ['week_start', 'symbol', 'close', 'volume', 'basis'],
  'daily-prices': ['date', 'symbol', 'close', 'volume'],
  'corporate-actions': ['date', 'symbol', 'dividend', 'split'],
  'index-levels': ['date', 'symbol', 'close'],
};

export type PriceBasis = 'split-adjusted' | 'total-return' | 'unstated';

/** Letters of the `basis` column of weekly files. */
export const WEEKLY_BASIS: Readonly<Record<string, PriceBasis>> = { r: 'split-adjusted', d: 'total-return' };

/** Symbols of indexes begin so. */
export const INDEX_MARK = '^';
