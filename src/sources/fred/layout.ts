/** First column of a graph download: today's header, and the one used until 2024. */
export const WIDE_DATE_HEADERS: readonly string[] = ['observation_date', 'DATE'];

export const LONG_COLUMNS = ['series_id', 'date', 'value'] as const;
export const VINTAGE_COLUMN = 'vintage_date';

/** FRED's ids: capitals, digits and underscores. */
export const SERIES_ID = /^[A-Z0-9][A-Z0-9_]{0,39}$/;

/** Headers of price tables, which would pass for ids. */
export const NO_SERIES: readonly string[] = [
  'OPEN',
  'HIGH',
  'LOW',
  'CLOSE',
  'VOLUME',
  'SYMBOL',
  'TICKER',
  'PRICE',
];

/** How FRED writes that a date has no value: a point in older downloads, nothing in newer ones. */
export const MISSING_VALUES: readonly string[] = ['', '.'];
