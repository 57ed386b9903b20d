/** Kinds of universe files and the columns (in canonical spelling) that each is recognised by. */
export const UNIVERSE_COLUMNS = {
  constituents: ['symbol', 'security', 'gics_sector', 'date_added'],
  'sector-history': ['symbol', 'name', 'gics_sector', 'first_seen', 'last_seen'],
  'membership-intervals': ['ticker', 'start_date', 'end_date'],
  'membership-changes': ['date', 'add', 'remove'],
} as const;
export type UniverseKind = keyof typeof UNIVERSE_COLUMNS;

/** The files do not say which index they list; these lists of the S&P 500 are the ones published in these layouts. */
export const INDEX_LIST = 'sp500';
/** Memberships rebuilt from a list of changes stand apart from the intervals, which reach further back. */
export const CHANGES_LIST = 'sp500-changes';
