import { addDays, nthWeekday, weekday } from './dates.js';
import { InvalidRequest } from './errors.js';
import { fixedDate, goodFriday, isWeekend, observedDay } from './holiday-rules.js';
import type { IsoDate } from './units.js';

/** Years the New York exchange calendar covers. */
export const EXCHANGE_CALENDAR_YEARS = { first: 1990, last: 2030 } as const;

const MONDAY = 1;
const WEDNESDAY = 3;
const THURSDAY = 4;

const holidays = new Map<number, ReadonlyMap<IsoDate, string>>();

/**
 * The holidays of the New York Stock Exchange by rule 7.2, each on the weekday where it is kept, with its name. The
 * equity index futures of Chicago have no full session on them either.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function exchangeHolidays(year: number): ReadonlyMap<IsoDate, string> {
  let known = holidays.get(year);
  if (known === undefined) {
    requireCoveredYear(year);
    known = new Map(ruleHolidays(year).filter(([date]) => !isWeekend(date)));
    holidays.set(year, known);
  }
  return known;
}

export function requireCoveredYear(year: number): void {
  const { first, last } = EXCHANGE_CALENDAR_YEARS;
  if (year >= first && year <= last) return;
  throw new InvalidRequest(
    `year ${year} is outside the exchange calendar; ask for days of ${first} to ${last}`,
  );
}

function ruleHolidays(year: number): [IsoDate, string][] {
  const days: [IsoDate, string][] = [
    [newYearsDay(year), "New Year's Day"],
    [nthWeekday(year, 2, MONDAY, 3), "Washington's Birthday"],
    [goodFriday(year), 'Good Friday'],
    [nthWeekday(year, 5, MONDAY, -1), 'Memorial Day'],
    [observedDay(fixedDate(year, 7, 4)), 'Independence Day'],
    [nthWeekday(year, 9, MONDAY, 1), 'Labor Day'],
    [nthWeekday(year, 11, THURSDAY, 4), 'Thanksgiving Day'],
    [observedDay(fixedDate(year, 12, 25)), 'Christmas Day'],
  ];
  if (year >= 1998) days.push([nthWeekday(year, 1, MONDAY, 3), 'Martin Luther King Jr. Day']);
  if (year >= 2022) days.push([observedDay(fixedDate(year, 6, 19)), 'Juneteenth']);
  return days;
}

/** On a Saturday it is not made up: rule 7.2 keeps the Friday before open when it ends an accounting period. */
function newYearsDay(year: number): IsoDate {
  const day = fixedDate(year, 1, 1);
  return weekday(day) === 0 ? addDays(day, 1) : day;
}

/** Early closes by custom with the hour of the close; a day that is closed anyway may be among them. */
export function customaryEarlyCloses(year: number): [IsoDate, number][] {
  const hour = year < 1993 ? 14 : 13;
  const closes: [IsoDate, number][] = [[fixedDate(year, 12, 24), hour]];
  if (year >= 1992) closes.push([addDays(nthWeekday(year, 11, THURSDAY, 4), 1), hour]);
  return [...closes, ...independenceEarlyCloses(year)];
}

/**
 * From 1995: July 3 before a holiday on a Tuesday, Wednesday or Friday; beside a Thursday holiday the Friday after it to
 * 2012 and the Wednesday before it from 2013.
 */
function independenceEarlyCloses(year: number): [IsoDate, number][] {
  if (year < 1995) return [];
  const eve = fixedDate(year, 7, 3);
  if (weekday(eve) === WEDNESDAY) return [[year < 2013 ? addDays(eve, 2) : eve, 13]];
  return isWeekend(eve) || weekday(eve) === 5 ? [] : [[eve, 13]];
}
