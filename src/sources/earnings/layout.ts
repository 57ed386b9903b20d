/** Layouts of earnings lists and the columns (in canonical spelling) that each is recognised by. */
export const EARNINGS_COLUMNS = {
  events: [
    'ticker',
    'period',
    'announcement_date',
    'filing_date',
    'eps_estimate',
    'eps_actual',
    'revenue',
    'net_income',
    'shares_outstanding',
  ],
  surprises: ['symbol', 'date', 'eps_est', 'eps', 'release_time', 'surprise'],
  'alpha-vantage': ['symbol', 'fiscaldateending', 'reporteddate', 'reportedeps', 'estimatedeps'],
} as const;
export type EarningsList = keyof typeof EARNINGS_COLUMNS;

/** Times of an announcement within its day. */
export const ANNOUNCED_TIMES = ['pre', 'post', 'unknown'] as const;
export type AnnouncedTime = (typeof ANNOUNCED_TIMES)[number];
