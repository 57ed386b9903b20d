export const KINDS = {
  meetings: 'fomc-meetings',
  statements: 'fomc-statements',
  surprises: 'fomc-surprises',
} as const;

export const MEETING_COLUMNS = [
  'decision_date',
  'type',
  'target_upper_before',
  'target_upper_after',
  'change_bp',
];
export const MEETING_TYPES: readonly string[] = ['scheduled', 'unscheduled'];

export const SURPRISE_COLUMNS = ['date', 'time', 'unscheduled', 'mps', 'mps_orth'];

/**
 * Changes of prices within 30 minutes around the announcement, in the words of the file: everybody who watched the
 * market could know them that day. All other measures are estimates or predictors, made when the file was.
 */
export const MARKET_MEASURES: readonly string[] = [
  'FF1',
  'FF2',
  'ED1',
  'ED2',
  'ED3',
  'ED4',
  'SP500',
  'SP500 emini',
  'TNOTE02',
  'TNOTE05',
  'TNOTE10',
  'TBOND',
];
