import type { IsoDate } from '../units.js';

/**
 * Days on which the New York Stock Exchange was closed all day though its rules had it open. Complete from 1990 to
 * 2026-11-22; a later one has to be added here. Source: New York Stock Exchange, list of special closings.
 */
export const ONE_OFF_CLOSURES: ReadonlyMap<IsoDate, string> = byDate({
  '1994-04-27': 'funeral of President Nixon',
  '2001-09-11': 'attacks of September 11',
  '2001-09-12': 'attacks of September 11',
  '2001-09-13': 'attacks of September 11',
  '2001-09-14': 'attacks of September 11',
  '2004-06-11': 'funeral of President Reagan',
  '2007-01-02': 'mourning for President Ford',
  '2012-10-29': 'hurricane Sandy',
  '2012-10-30': 'hurricane Sandy',
  '2018-12-05': 'funeral of President Bush',
  '2025-01-09': 'funeral of President Carter',
});

/**
 * Early closes that were scheduled but follow no rule, with the hour of the close in New York: the Fridays after
 * Christmas of 1997 and 2003, and the eve of the year 2000. Sessions cut short on the day itself (1994-02-11,
 * 1996-01-08, 1997-10-27, 2005-06-01) are left out: nobody could know beforehand, and a close known too late is safe.
 */
export const ONE_OFF_EARLY_CLOSES: ReadonlyMap<IsoDate, number> = byDate({
  '1997-12-26': 13,
  '1999-12-31': 13,
  '2003-12-26': 13,
});

function byDate<Value>(entries: Record<string, Value>): ReadonlyMap<IsoDate, Value> {
  return new Map(Object.entries(entries) as [IsoDate, Value][]);
}
