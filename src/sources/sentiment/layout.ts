/** Kinds of files and the columns (in canonical spelling) that each is recognised by. */
export const SENTIMENT_COLUMNS = {
  'aaii-weekly': ['reported_date', 'bullish', 'neutral', 'bearish'],
  'naaim-weekly': [
    'date',
    'mean',
    'most_bearish',
    'quartile_1',
    'median',
    'quartile_3',
    'most_bullish',
    'naaim_number',
  ],
  'finra-margin': ['year_month', 'debit_balances_musd', 'free_credit_cash_accounts_musd'],
  'robintrack-daily': ['date', 'ticker', 'last_timestamp_utc', 'users_holding'],
  'robintrack-observed': ['timestamp', 'users_holding'],
} as const;
export type SentimentKind = keyof typeof SENTIMENT_COLUMNS;
