import type { IsoDate } from '../units.js';

/** A CFTC report whose release is not left to the rule of publication-calendar.ts. */
export interface CotReleaseException {
  readonly reportDate: IsoDate;
  readonly releaseDate: IsoDate;
  readonly cause: string;
  readonly reference: string;
  /** `announced`: the CFTC named the day. `estimated`: it did not; the day is the latest plausible one. */
  readonly certainty: 'announced' | 'estimated';
  /** Why the day is an estimate, or what else to know about it. */
  readonly reason: string | null;
}

/** Grows when entries are added or corrected, so that two runs can be told apart. */
export const COT_RELEASE_EXCEPTIONS_VERSION = 1;

/** In order of report date. Complete from the first report (2010-07-20) to the CFTC's schedule for 2026. */
export const COT_RELEASE_EXCEPTIONS: readonly CotReleaseException[] = [
  ...announced('incomplete first release', 'CFTC special announcements of 2012-12-04 and 2012-12-05', {
    '2012-11-27': '2012-12-05',
  }),
  ...announced('lapse of federal appropriations', 'CFTC press release 6745-13', {
    '2013-10-01': '2013-10-25',
  }),
  ...estimated(
    'lapse of federal appropriations',
    'CFTC press release 6745-13',
    'only the week was announced; its last business day is taken',
    {
      '2013-10-08': '2013-11-01',
      '2013-10-15': '2013-11-01',
      '2013-10-22': '2013-11-08',
      '2013-10-29': '2013-11-08',
    },
  ),
  ...announced('federal offices closed on 2014-12-26', 'CFTC special announcement of 2014-12-19', {
    '2014-12-23': '2014-12-30',
  }),
  ...estimated(
    'national day of mourning',
    'Executive Order 13852',
    'no announcement is known; delayed like the report of 2025-01-07',
    { '2018-12-04': '2018-12-10' },
  ),
  ...announced('lapse of federal appropriations', 'CFTC press release 7864-19', {
    '2018-12-24': '2019-02-01',
  }),
  ...estimated(
    'lapse of federal appropriations',
    'CFTC press release 7864-19',
    'announced as one report each Tuesday and each Friday until current, without dates',
    {
      '2018-12-31': '2019-02-05',
      '2019-01-08': '2019-02-08',
      '2019-01-15': '2019-02-12',
      '2019-01-22': '2019-02-15',
      // The Tuesday after a Monday holiday: sources differ between 19 and 20 February.
      '2019-01-29': '2019-02-20',
      '2019-02-05': '2019-02-22',
      '2019-02-12': '2019-02-26',
      '2019-02-19': '2019-03-01',
      '2019-02-26': '2019-03-05',
    },
  ),
  ...announced('federal offices closed on 2020-12-24', 'CFTC special announcement of 2020-12-28', {
    '2020-12-21': '2020-12-28',
  }),
  ...announced('cyber incident at ION', 'CFTC special announcements of 2023-02-24 to 2023-03-21', {
    '2023-01-31': '2023-02-24',
    '2023-02-07': '2023-03-03',
    '2023-02-14': '2023-03-08',
    '2023-02-21': '2023-03-10',
    '2023-02-28': '2023-03-14',
    '2023-03-07': '2023-03-16',
    '2023-03-14': '2023-03-21',
  }),
  ...announced('national day of mourning', 'CFTC special announcement of 2025-01-07', {
    '2025-01-07': '2025-01-13',
  }),
  ...announced('lapse of federal appropriations', 'CFTC press release 9147-25', {
    '2025-09-30': '2025-11-19',
    '2025-10-07': '2025-11-21',
    '2025-10-14': '2025-11-25',
    '2025-10-21': '2025-12-02',
    '2025-10-28': '2025-12-05',
    '2025-11-04': '2025-12-09',
    '2025-11-10': '2025-12-10',
    '2025-11-18': '2025-12-12',
    '2025-11-25': '2025-12-15',
    '2025-12-02': '2025-12-17',
    '2025-12-09': '2025-12-19',
    '2025-12-16': '2025-12-23',
    '2025-12-23': '2025-12-29',
  }),
  ...announced('federal holiday', 'CFTC release schedule of 2026', {
    '2025-12-30': '2026-01-05',
    '2026-06-16': '2026-06-22',
    '2026-06-30': '2026-07-06',
    '2026-11-10': '2026-11-16',
    '2026-11-24': '2026-11-30',
    '2026-12-22': '2026-12-28',
  }),
];

type ReleaseByReport = Readonly<Record<string, string>>;

function announced(cause: string, reference: string, dates: ReleaseByReport): CotReleaseException[] {
  return entries(dates, { cause, reference, certainty: 'announced', reason: null });
}

function estimated(
  cause: string,
  reference: string,
  reason: string,
  dates: ReleaseByReport,
): CotReleaseException[] {
  return entries(dates, { cause, reference, certainty: 'estimated', reason });
}

function entries(
  dates: ReleaseByReport,
  rest: Omit<CotReleaseException, 'reportDate' | 'releaseDate'>,
): CotReleaseException[] {
  return Object.entries(dates).map(([reportDate, releaseDate]) => ({
    reportDate: reportDate as IsoDate,
    releaseDate: releaseDate as IsoDate,
    ...rest,
  }));
}
