/** Columns of a list of shares outstanding, in any order and case. */
export const REQUIRED_COLUMNS = ['date', 'ticker', 'shares'] as const;
/** US dollars a share; may be blank. */
export const PRICE_COLUMN = 'price';

export const FUND_SHARES_KIND = 'fund-shares-outstanding';
