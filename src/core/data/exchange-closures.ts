import type { IsoDate } from '../units.js';

/**
 * Days on which the New York Stock Exchange was closed against its rules, 1990 to the version's date.
 * Source: NYSE, 'Special closings of the New York Stock Exchange', and its market notices.
 */
export const EXCHANGE_CLOSURES_VERSION = '2026-11-22';

export const ONE_OFF_CLOSURES: ReadonlyMap<IsoDate, string> = new Map(
  Object.entries({
    '1994-04-27': 'funeral of President Nixon',
    '2001-09-11': 'attacks of September 11',
    '2001-09-12': 'attacks of September 11',
    '2001-09-13': 'attacks of September 11',
    '2001-09-14': 'attacks of September 11',
    '2004-06-11': 'funeral of President Reagan',
    '2007-01-02': 'funeral of President Ford',
    '2012-10-29': 'hurricane Sandy',
    '2012-10-30': 'hurricane Sandy',
    '2018-12-05': 'funeral of President Bush',
    '2025-01-09': 'funeral of President Carter',
  }) as [IsoDate, string][],
);

/** Scheduled early closes outside the rules: hour of the close in New York. */
export const ONE_OFF_EARLY_CLOSES: ReadonlyMap<IsoDate, number> = new Map(
  Object.entries({
    '1997-12-26': 13,
    '1999-12-31': 13,
    '2003-12-26': 13,
  }) as [IsoDate, number][],
);
