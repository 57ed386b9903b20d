import { addDays, nthWeekday, weekday } from './dates.js';
import type { IsoDate } from './units.js';

const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

/**
 * True on a legal public holiday of federal employees (5 U.S.C. 6103), on the weekday where it is observed: the Friday
 * before a Saturday, the Monday after a Sunday. Juneteenth counts from 2021. Days that a President orders closed are
 * not in it; see ORDERED_CLOSURES in data/cot-release-exceptions.ts.
 */
export function isFederalHoliday(date: IsoDate): boolean {
  const year = Number(date.slice(0, 4));
  return federalHolidays(year).includes(date) || observed(fixed(year + 1, 1, 1)) === date;
}

function federalHolidays(year: number): IsoDate[] {
  const days = [
    observed(fixed(year, 1, 1)),
    nthWeekday(year, 1, MONDAY, 3),
    nthWeekday(year, 2, MONDAY, 3),
    nthWeekday(year, 5, MONDAY, -1),
    observed(fixed(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1),
    nthWeekday(year, 10, MONDAY, 2),
    observed(fixed(year, 11, 11)),
    nthWeekday(year, 11, THURSDAY, 4),
    observed(fixed(year, 12, 25)),
  ];
  return year >= 2021 ? [...days, observed(juneteenth(year))] : days;
}

function juneteenth(year: number): IsoDate {
  return fixed(year, 6, 19);
}

function observed(day: IsoDate): IsoDate {
  if (weekday(day) === SATURDAY) return addDays(day, -1);
  return weekday(day) === SUNDAY ? addDays(day, 1) : day;
}

function fixed(year: number, month: number, day: number): IsoDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as IsoDate;
}
