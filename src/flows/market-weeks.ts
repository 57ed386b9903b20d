import {
  addDays,
  dateOfDayNumber,
  type Instant,
  type IsoDate,
  isTradingDay,
  newYorkInstant,
  previousTradingDay,
} from '../core/index.js';
import { type PeriodCalendar, WEEKS_OF_LOOKBACK } from './flow-series.js';

/** Market weeks, Monday to Friday, consecutive. Period i is week firstWeek + i of core's weekNumber. */
export interface MarketWeeks extends PeriodCalendar {
  readonly name: 'market-week';
  readonly firstWeek: number;
}

/** Hour in New York at which the last trading of a day ends. */
const END_OF_TRADING = 20;

/** From when on nothing more can be traded on a day. */
export const dayComplete = (date: IsoDate): Instant => newYorkInstant(date, END_OF_TRADING);

/** The Monday of a week of core's weekNumber. */
export const mondayOf = (week: number): IsoDate => dateOfDayNumber(7 * week - 3);

/** The last trading day of a week. */
export function lastSessionOf(week: number): IsoDate {
  const friday = addDays(mondayOf(week), 4);
  return isTradingDay(friday) ? friday : previousTradingDay(friday);
}

/** The weeks from one to another, both included. */
export function marketWeeks(firstWeek: number, lastWeek: number): MarketWeeks {
  const weeks = Array.from({ length: Math.max(0, lastWeek - firstWeek + 1) }, (_, i) => firstWeek + i);
  return {
    name: 'market-week',
    firstWeek,
    periodStarts: weeks.map(mondayOf),
    periodEnds: weeks.map(lastSessionOf),
    lookbackPeriods: WEEKS_OF_LOOKBACK,
  };
}

/** The weeks from one to another that are over by an instant; null where none is. */
export function weeksOver(firstWeek: number, lastWeek: number, asOf: Instant): MarketWeeks | null {
  let last = lastWeek;
  while (last >= firstWeek && dayComplete(lastSessionOf(last)) > asOf) last--;
  return last < firstWeek ? null : marketWeeks(firstWeek, last);
}
