import type { IsoDate } from '../../core/index.js';

/** How often a series has a value, and what period the date of a value stands for. */
export type Frequency = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'annual';

/** When a value can first be known, counted from its date. All times are New York's. */
export type ReleaseLag =
  /** Some federal business days later. */
  | { readonly after: 'business-days'; readonly days: number; readonly time: readonly [number, number] }
  /** Some days later, or the next federal business day after that (0 = the day itself, always); a day further for each holiday on the way where it `yields`. */
  | {
      readonly after: 'days';
      readonly days: number;
      readonly time: readonly [number, number];
      readonly yields?: true;
    }
  /** A day of a later month. */
  | {
      readonly after: 'months';
      readonly months: number;
      readonly day: number;
      readonly time: readonly [number, number];
    };

export interface SeriesRelease {
  readonly frequency: Frequency;
  readonly lag: ReleaseLag;
  /** Other lags of earlier values: the first entry whose `before` is later than the date counts. */
  readonly earlier?: readonly { readonly before: IsoDate; readonly lag: ReleaseLag }[];
  /** Values that came later (or are dated otherwise) than the rule says: New York time by date. */
  readonly exceptions?: Readonly<Record<string, string>>;
}

const AT_0830 = [8, 30] as const;

/** H.15 and market closes: FRED has them on the next business day by about 16:20. */
const NEXT_BUSINESS_DAY: SeriesRelease = {
  frequency: 'daily',
  lag: { after: 'business-days', days: 1, time: [17, 0] },
};

/**
 * The target range is dated the day after the decision, which is public by then. Three decisions are dated on their own
 * day; they were announced at 14:00 (in 2008 by 14:20).
 */
const TARGET_RANGE: SeriesRelease = {
  frequency: 'daily',
  lag: { after: 'days', days: 0, time: [0, 0] },
  exceptions: {
    '2008-12-16': '2008-12-16 14:20',
    '2015-12-16': '2015-12-16 14:00',
    '2016-12-14': '2016-12-14 14:00',
  },
};

/**
 * Consumer prices: from 2017 on between the 10th and the 15th of the next month; before, January's up to the 26th.
 * The shutdowns of 1995-96, 2013 and 2025 held releases back; October 2025 was never collected.
 */
const CONSUMER_PRICES: SeriesRelease = {
  frequency: 'monthly',
  lag: { after: 'months', months: 1, day: 18, time: AT_0830 },
  earlier: [
    { before: '1997-01-01' as IsoDate, lag: { after: 'months', months: 2, day: 5, time: AT_0830 } },
    { before: '2017-01-01' as IsoDate, lag: { after: 'months', months: 1, day: 28, time: AT_0830 } },
  ],
  exceptions: {
    '2013-09-01': '2013-10-30 08:30',
    '2025-09-01': '2025-10-24 08:30',
    '2025-10-01': '2025-12-18 08:30',
  },
};

/** The employment report: the first Friday of the next month, or the second where the first comes early. */
const EMPLOYMENT: SeriesRelease = {
  frequency: 'monthly',
  lag: { after: 'months', months: 1, day: 11, time: AT_0830 },
  earlier: [{ before: '1997-01-01' as IsoDate, lag: { after: 'months', months: 1, day: 21, time: AT_0830 } }],
  exceptions: {
    '2013-09-01': '2013-10-22 08:30',
    '2025-09-01': '2025-11-20 08:30',
    '2025-10-01': '2025-12-16 08:30',
    '2025-11-01': '2025-12-16 08:30',
  },
};

/**
 * Personal income and outlays: the last days of the next month, or the first of the one after. The shutdowns of 2013,
 * 2018-19 and 2025 held releases back, the last one for months.
 */
const PERSONAL_OUTLAYS: SeriesRelease = {
  frequency: 'monthly',
  lag: { after: 'months', months: 2, day: 6, time: AT_0830 },
  earlier: [
    { before: '2025-09-01' as IsoDate, lag: { after: 'months', months: 2, day: 6, time: AT_0830 } },
    { before: '2026-04-01' as IsoDate, lag: { after: 'months', months: 3, day: 17, time: AT_0830 } },
  ],
  exceptions: {
    '2013-09-01': '2013-11-08 08:30',
    '2018-12-01': '2019-03-01 08:30',
    '2019-01-01': '2019-03-29 08:30',
    '2019-02-01': '2019-04-29 08:30',
    '2025-10-01': '2026-01-22 08:30',
  },
};

/** Initial claims: the Thursday after the week's Saturday; nothing came out during the shutdown of 2025. */
const INITIAL_CLAIMS: SeriesRelease = {
  frequency: 'weekly',
  lag: { after: 'days', days: 5, time: AT_0830 },
  exceptions: Object.fromEntries(
    ['09-27', '10-04', '10-11', '10-18', '10-25', '11-01', '11-08'].map((day) => [
      `2025-${day}`,
      '2025-11-20 08:30',
    ]),
  ),
};

const SERIES: Readonly<Record<string, SeriesRelease>> = {
  DFEDTARU: TARGET_RANGE,
  DFEDTARL: TARGET_RANGE,
  CPIAUCSL: CONSUMER_PRICES,
  CPILFESL: CONSUMER_PRICES,
  CPIAUCNS: CONSUMER_PRICES,
  PAYEMS: EMPLOYMENT,
  UNRATE: EMPLOYMENT,
  PCEPI: PERSONAL_OUTLAYS,
  PCEPILFE: PERSONAL_OUTLAYS,
  ICSA: INITIAL_CLAIMS,
  /** Final results: the last Friday of the month itself, at times the 1st of the next. FRED shows them a month later. */
  UMCSENT: { frequency: 'monthly', lag: { after: 'months', months: 1, day: 7, time: [10, 0] } },
  /** Mean of the month, complete with the H.15 of the next month's first business day. */
  FEDFUNDS: { frequency: 'monthly', lag: { after: 'months', months: 1, day: 6, time: [17, 0] } },
  /** Chicago Fed: the Wednesday after the week's Friday, later in holiday weeks. */
  NFCI: { frequency: 'weekly', lag: { after: 'days', days: 5, time: AT_0830, yields: true } },
  /** H.4.1: the Thursday after the Wednesday it is about. */
  WALCL: { frequency: 'weekly', lag: { after: 'days', days: 1, time: [16, 30] } },
  /** Freddie Mac: Thursday noon, the day it is dated. */
  MORTGAGE30US: { frequency: 'weekly', lag: { after: 'days', days: 0, time: [12, 0] } },
};

const NEXT_BUSINESS_DAY_SERIES =
  /^(DGS\d+(MO)?|DFII\d+|T\d+YIE|T10Y(2Y|3M)|DFF|EFFR|SOFR|VIXCLS|SP500|DJIA|NASDAQCOM|NASDAQ100|BAML\w+)$/;

/**
 * For series that are not on the table: late enough for the slowest well-known releases of their frequency (exchange rates
 * of H.10; bank credit of H.8; house prices two months after the month; flow of funds after the quarter).
 */
const UNKNOWN_SERIES: Readonly<Record<Frequency, ReleaseLag>> = {
  daily: { after: 'days', days: 9, time: [17, 0] },
  weekly: { after: 'days', days: 14, time: [17, 0] },
  monthly: { after: 'months', months: 3, day: 6, time: [17, 0] },
  quarterly: { after: 'months', months: 6, day: 15, time: [17, 0] },
  annual: { after: 'months', months: 18, day: 1, time: [17, 0] },
};

/** The release of a series on the table; null for all others. */
export function knownRelease(seriesId: string): SeriesRelease | null {
  return SERIES[seriesId] ?? (NEXT_BUSINESS_DAY_SERIES.test(seriesId) ? NEXT_BUSINESS_DAY : null);
}

/** The conservative release of a series that is not on the table. */
export function unknownRelease(frequency: Frequency): SeriesRelease {
  return { frequency, lag: UNKNOWN_SERIES[frequency] };
}
