import {
  addBusinessDays,
  addDays,
  addMonths,
  dayNumber,
  type Instant,
  type IsoDate,
  isBusinessDay,
  isFederalHoliday,
  newYorkInstant,
} from '../../core/index.js';
import type { Frequency, ReleaseLag, SeriesRelease } from './release-lags.js';

const MONTHS: Readonly<Record<'monthly' | 'quarterly' | 'annual', number>> = {
  monthly: 1,
  quarterly: 3,
  annual: 12,
};

/** When the value of a date can first have been known, by rule. */
export function releaseInstant(release: SeriesRelease, date: IsoDate): Instant {
  const exception = release.exceptions?.[date];
  if (exception !== undefined) return stampedInstant(exception);
  const lag = release.earlier?.find(({ before }) => date < before)?.lag ?? release.lag;
  return newYorkInstant(releaseDate(lag, date), ...lag.time);
}

function stampedInstant(stamp: string): Instant {
  const date = stamp.slice(0, 10) as IsoDate;
  return newYorkInstant(date, Number(stamp.slice(11, 13)), Number(stamp.slice(14, 16)));
}

function releaseDate(lag: ReleaseLag, date: IsoDate): IsoDate {
  if (lag.after === 'months') return addDays(addMonths(date, lag.months), lag.day - 1);
  if (lag.after === 'business-days') return addBusinessDays(date, lag.days);
  if (lag.days === 0) return date;
  const day = onBusinessDay(addDays(date, lag.days));
  return lag.yields === true ? addBusinessDays(day, holidaysWithin(date, lag.days)) : day;
}

/** The business day on or after the day. */
function onBusinessDay(date: IsoDate): IsoDate {
  return isBusinessDay(date) ? date : addBusinessDays(date, 1);
}

function holidaysWithin(date: IsoDate, days: number): number {
  let holidays = 0;
  for (let day = 1; day <= days; day += 1) if (isFederalHoliday(addDays(date, day))) holidays += 1;
  return holidays;
}

/**
 * The period that a value of a date is about: weekly values are dated at the end of their week, monthly, quarterly and annual
 * ones on the first day of their period.
 */
export function periodOf(frequency: Frequency, date: IsoDate): { start: IsoDate; end: IsoDate } {
  if (frequency === 'daily') return { start: date, end: date };
  if (frequency === 'weekly') return { start: addDays(date, -6), end: date };
  return { start: date, end: addDays(addMonths(date, MONTHS[frequency]), -1) };
}

/** The frequency of a series by the median distance of its dates; one that cannot be told is taken for annual. */
export function inferFrequency(dates: readonly IsoDate[]): Frequency {
  const days = [...new Set(dates)].map(dayNumber).sort((a, b) => a - b);
  const gaps = days.slice(1).map((day, index) => day - days[index]!);
  const median = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  if (median === undefined || median > 100) return 'annual';
  if (median > 35) return 'quarterly';
  if (median > 10) return 'monthly';
  return median > 4 ? 'weekly' : 'daily';
}
