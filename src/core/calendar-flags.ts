import { addDays, nthWeekday, weekday } from './dates.js';
import { isHalfDay, isTradingDay, previousTradingDay, tradingDays } from './exchange-calendar.js';
import type { IsoDate } from './units.js';

/** What is special about a period of market days; definitions in docs/concepts/exchange-calendar.md. */
export const CALENDAR_FLAGS = [
  'quadruple-witching',
  'sp-rebalance',
  'nasdaq-rebalance',
  'russell-rebalance',
  'futures-roll',
  'month-end',
  'quarter-end',
  'holiday-shortened',
] as const;
export type CalendarFlag = (typeof CALENDAR_FLAGS)[number];

const FRIDAY = 5;

/**
 * Flags of the days from periodStart to periodEnd, both inclusive, in the order of CALENDAR_FLAGS.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function weekFlags(periodStart: IsoDate, periodEnd: IsoDate): CalendarFlag[] {
  return CALENDAR_FLAGS.filter((flag) => HOLDS[flag](periodStart, periodEnd));
}

type Period = (start: IsoDate, end: IsoDate) => boolean;

const HOLDS: Readonly<Record<CalendarFlag, Period>> = {
  'quadruple-witching': (start, end) => holdsAny(start, end, quarterlyExpiries),
  'sp-rebalance': (start, end) => holdsAny(start, end, quarterlyExpiries),
  'nasdaq-rebalance': (start, end) => holdsAny(start, end, quarterlyExpiries),
  'russell-rebalance': (start, end) => holdsAny(start, end, russellReconstitutions),
  'futures-roll': (start, end) =>
    yearsOf(start, end)
      .flatMap(thirdFridaysOfQuarters)
      .some((friday) => addDays(friday, -8) <= end && sessionOnOrBefore(friday) >= start),
  'month-end': (start, end) =>
    holdsAny(start, end, (year) => lastSessions(year, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
  'quarter-end': (start, end) => holdsAny(start, end, (year) => lastSessions(year, [3, 6, 9, 12])),
  'holiday-shortened': (start, end) => {
    for (let day = start; day <= end; day = addDays(day, 1)) {
      const isWeekday = weekday(day) >= 1 && weekday(day) <= FRIDAY;
      if (isWeekday && (!isTradingDay(day) || isHalfDay(day))) return true;
    }
    return false;
  },
};

function holdsAny(start: IsoDate, end: IsoDate, daysOfYear: (year: number) => IsoDate[]): boolean {
  return yearsOf(start, end).some((year) => daysOfYear(year).some((day) => start <= day && day <= end));
}

function yearsOf(start: IsoDate, end: IsoDate): number[] {
  const first = Number(start.slice(0, 4));
  return Array.from({ length: Number(end.slice(0, 4)) - first + 1 }, (_, i) => first + i);
}

function thirdFridaysOfQuarters(year: number): IsoDate[] {
  return [3, 6, 9, 12].map((month) => nthWeekday(year, month, FRIDAY, 3));
}

function quarterlyExpiries(year: number): IsoDate[] {
  return thirdFridaysOfQuarters(year).map(sessionOnOrBefore);
}

function russellReconstitutions(year: number): IsoDate[] {
  const lastFriday = nthWeekday(year, 6, FRIDAY, -1);
  const june = Number(lastFriday.slice(8)) >= 29 ? addDays(lastFriday, -7) : lastFriday;
  return year >= 2026 ? [june, nthWeekday(year, 11, FRIDAY, 2)] : [june];
}

function lastSessions(year: number, months: readonly number[]): IsoDate[] {
  return months.map((month) => {
    const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) as IsoDate;
    return sessionOnOrBefore(last);
  });
}

function sessionOnOrBefore(date: IsoDate): IsoDate {
  return isTradingDay(date) ? date : previousTradingDay(date);
}
