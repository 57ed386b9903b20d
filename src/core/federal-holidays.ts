import { addDays, nthWeekday } from './dates.js';
import { fixedDate, isWeekend, observedDay } from './holiday-rules.js';
import type { IsoDate } from './units.js';

const MONDAY = 1;
const THURSDAY = 4;

const holidaysOfYear = new Map<number, ReadonlySet<IsoDate>>();

/**
 * True on a legal public holiday of federal employees (5 U.S.C. 6103), on the weekday where it is observed; Juneteenth
 * from 2021. Days off by a President's order and the Inauguration Day of Washington are not in it.
 */
export function isFederalHoliday(date: IsoDate): boolean {
  const year = Number(date.slice(0, 4));
  let known = holidaysOfYear.get(year);
  if (known === undefined) {
    known = new Set(federalHolidays(year));
    holidaysOfYear.set(year, known);
  }
  return known.has(date);
}

/** Days of the year on which a holiday is kept; a New Year's Day on a Saturday is kept in the year before. */
function federalHolidays(year: number): IsoDate[] {
  const days = [
    observedDay(fixedDate(year, 1, 1)),
    nthWeekday(year, 1, MONDAY, 3),
    nthWeekday(year, 2, MONDAY, 3),
    nthWeekday(year, 5, MONDAY, -1),
    observedDay(fixedDate(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1),
    nthWeekday(year, 10, MONDAY, 2),
    observedDay(fixedDate(year, 11, 11)),
    nthWeekday(year, 11, THURSDAY, 4),
    observedDay(fixedDate(year, 12, 25)),
    observedDay(fixedDate(year + 1, 1, 1)),
  ];
  return year >= 2021 ? [...days, observedDay(fixedDate(year, 6, 19))] : days;
}

/** True on Monday to Friday but for federal holidays. */
export function isBusinessDay(date: IsoDate): boolean {
  return !isWeekend(date) && !isFederalHoliday(date);
}

/** The n-th federal business day strictly after the day. */
export function addBusinessDays(date: IsoDate, days: number): IsoDate {
  let day = date;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isBusinessDay(day)) left -= 1;
  }
  return day;
}
