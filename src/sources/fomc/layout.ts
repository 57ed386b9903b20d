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
