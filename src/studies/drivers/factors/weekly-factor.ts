import {
  addDays,
  type Driver,
  dayNumber,
  type IsoDate,
  isFederalHoliday,
  isTradingDay,
  previousTradingDay,
  type SourceRef,
} from '../../../core/index.js';
import type { PeriodCalendar } from '../../../flows/index.js';

/** Days as numbers since 1970-01-01, one a week: the sessions whose closes a week's return runs between. */
export interface FactorWeeks {
  readonly count: number;
  /** First and last calendar day of each week. */
  readonly starts: readonly IsoDate[];
  readonly ends: readonly IsoDate[];
  /** Last session of the exchange before the week, and the last in it. */
  readonly baseSession: Int32Array;
  readonly endSession: Int32Array;
  /** The same of days that have a Treasury yield: sessions that are no federal holiday. */
  readonly baseBondDay: Int32Array;
  readonly endBondDay: Int32Array;
}

/** What may explain a flow, over the weeks of its calendar. NaN = not known, and `reasonAt` says why. */
export interface WeeklyFactor {
  readonly driver: Driver | 'control';
  readonly factor: string;
  readonly definition: string;
  readonly unit: string;
  /** False for what is described and never a regressor. */
  readonly isRegressor: boolean;
  readonly values: Float64Array;
  reasonAt(week: number): string | null;
  /** The rows behind one week's value. */
  sources(week: number): Promise<readonly SourceRef[]>;
}

const lastSession = (date: IsoDate): IsoDate => (isTradingDay(date) ? date : previousTradingDay(date));

function lastBondDay(date: IsoDate): IsoDate {
  let day = lastSession(date);
  while (isFederalHoliday(day)) day = previousTradingDay(day);
  return day;
}

/** The weeks of a calendar up to and with `last`: what comes after the week asked about is never looked at. */
export function factorWeeks({ periodStarts, periodEnds }: PeriodCalendar, last: number): FactorWeeks {
  const starts = periodStarts.slice(0, last + 1);
  const ends = periodEnds.slice(0, last + 1);
  const days = (dates: readonly IsoDate[], rule: (date: IsoDate) => IsoDate) =>
    Int32Array.from(dates, (date) => dayNumber(rule(date)));
  const before = starts.map((date) => addDays(date, -1));
  return {
    count: ends.length,
    starts,
    ends,
    baseSession: days(before, lastSession),
    endSession: days(ends, lastSession),
    baseBondDay: days(before, lastBondDay),
    endBondDay: days(ends, lastBondDay),
  };
}

/** The week that holds each day, -1 for days outside all: (day before the week's start, end of the week]. */
export function weekOfDay({ starts, ends }: FactorWeeks): (day: number) => number {
  const lasts = ends.map(dayNumber);
  const firsts = starts.map(dayNumber);
  return (day) => {
    let [low, high] = [0, lasts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (lasts[middle]! < day) low = middle + 1;
      else high = middle;
    }
    return low < lasts.length && firsts[low]! <= day ? low : -1;
  };
}
