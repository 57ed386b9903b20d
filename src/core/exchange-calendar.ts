import { ONE_OFF_CLOSURES, ONE_OFF_EARLY_CLOSES } from './data/exchange-closures.js';
import { addDays, newYorkInstant, nthWeekday, weekday } from './dates.js';
import { InvalidRequest } from './errors.js';
import type { Instant, IsoDate } from './units.js';

/** Years the New York exchange calendar covers. */
export const EXCHANGE_CALENDAR_YEARS = { first: 1990, last: 2030 } as const;

const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

interface ExchangeYear {
  /** Closed weekdays with the reason. */
  readonly closures: ReadonlyMap<IsoDate, string>;
  /** Early closes: hour of the close in New York. */
  readonly earlyCloses: ReadonlyMap<IsoDate, number>;
}

const years = new Map<number, ExchangeYear>();

/**
 * Why the New York Stock Exchange is closed on a weekday, or null when it is open (or the day is a weekend).
 * @throws {InvalidRequest} outside 1990..2030
 */
export function exchangeClosure(date: IsoDate): string | null {
  return exchangeYear(date).closures.get(date) ?? null;
}

/**
 * True when the New York Stock Exchange holds a session on the day, half days included.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function isTradingDay(date: IsoDate): boolean {
  return !exchangeYear(date).closures.has(date) && !isWeekend(date);
}

/**
 * True for a session that was scheduled to close early.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function isHalfDay(date: IsoDate): boolean {
  return exchangeYear(date).earlyCloses.has(date);
}

/**
 * The last session strictly before the day.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function previousTradingDay(date: IsoDate): IsoDate {
  let day = addDays(date, -1);
  while (!isTradingDay(day)) day = addDays(day, -1);
  return day;
}

/**
 * The first session strictly after the day.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function nextTradingDay(date: IsoDate): IsoDate {
  let day = addDays(date, 1);
  while (!isTradingDay(day)) day = addDays(day, 1);
  return day;
}

/**
 * The sessions from one day to another, both inclusive, in order.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function tradingDays(from: IsoDate, to: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (isTradingDay(day)) days.push(day);
  return days;
}

/**
 * The scheduled close of a session: 16:00 New York, on half days 13:00 (14:00 before 1993).
 * @throws {InvalidRequest} outside 1990..2030, or when the day is no session
 */
export function sessionClose(date: IsoDate): Instant {
  if (!isTradingDay(date))
    throw new InvalidRequest(`${date} is no session of the New York Stock Exchange; ask for a trading day`);
  return newYorkInstant(date, exchangeYear(date).earlyCloses.get(date) ?? 16);
}

/**
 * When the closing price of a session is public by rule: 15 minutes after the scheduled close, the delay of the
 * consolidated tape.
 * @throws {InvalidRequest} outside 1990..2030, or when the day is no session
 */
export function closeKnownAt(date: IsoDate): Instant {
  return (sessionClose(date) + 15 * 60_000) as Instant;
}

function exchangeYear(date: IsoDate): ExchangeYear {
  const year = Number(date.slice(0, 4));
  let entry = years.get(year);
  if (entry === undefined) {
    entry = buildYear(year);
    years.set(year, entry);
  }
  return entry;
}

function buildYear(year: number): ExchangeYear {
  const { first, last } = EXCHANGE_CALENDAR_YEARS;
  if (!(year >= first && year <= last))
    throw new InvalidRequest(
      `year ${year} is outside the exchange calendar; ask for a day of ${first} to ${last}`,
    );
  const closures = new Map<IsoDate, string>();
  for (const [date, name] of ruleHolidays(year)) if (date.startsWith(String(year))) closures.set(date, name);
  for (const [date, name] of ONE_OFF_CLOSURES) if (date.startsWith(String(year))) closures.set(date, name);
  const earlyCloses = new Map<IsoDate, number>();
  for (const [date, hour] of ruleEarlyCloses(year)) {
    if (!closures.has(date) && !isWeekend(date)) earlyCloses.set(date, hour);
  }
  for (const [date, hour] of ONE_OFF_EARLY_CLOSES) {
    if (date.startsWith(String(year))) earlyCloses.set(date, hour);
  }
  return { closures, earlyCloses };
}

/** NYSE rule 7.2 (formerly rule 51). A date that falls into another year is dropped by the caller. */
function ruleHolidays(year: number): [IsoDate, string][] {
  const holidays: [IsoDate, string][] = [
    [newYearsDay(year), "New Year's Day"],
    [nthWeekday(year, 2, MONDAY, 3), "Washington's Birthday"],
    [addDays(easterSunday(year), -2), 'Good Friday'],
    [nthWeekday(year, 5, MONDAY, -1), 'Memorial Day'],
    [observed(isoDate(year, 7, 4)), 'Independence Day'],
    [nthWeekday(year, 9, MONDAY, 1), 'Labor Day'],
    [nthWeekday(year, 11, THURSDAY, 4), 'Thanksgiving Day'],
    [observed(isoDate(year, 12, 25)), 'Christmas Day'],
  ];
  if (year >= 1998) holidays.push([nthWeekday(year, 1, MONDAY, 3), 'Martin Luther King Jr. Day']);
  if (year >= 2022) holidays.push([observed(isoDate(year, 6, 19)), 'Juneteenth']);
  return holidays;
}

/**
 * A New Year's Day on a Saturday is not made up: the Friday before ends an accounting year, which rule 7.2 exempts.
 * The weekend day itself is returned then, which is no session anyway.
 */
function newYearsDay(year: number): IsoDate {
  const day = isoDate(year, 1, 1);
  return weekday(day) === SUNDAY ? addDays(day, 1) : day;
}

function observed(day: IsoDate): IsoDate {
  if (weekday(day) === SATURDAY) return addDays(day, -1);
  return weekday(day) === SUNDAY ? addDays(day, 1) : day;
}

/** Early closes by custom; days that are closed or weekends are dropped by the caller. */
function ruleEarlyCloses(year: number): [IsoDate, number][] {
  const hour = year < 1993 ? 14 : 13;
  const closes: [IsoDate, number][] = [[isoDate(year, 12, 24), hour]];
  if (year >= 1992) closes.push([addDays(nthWeekday(year, 11, THURSDAY, 4), 1), hour]);
  closes.push(...independenceEarlyCloses(year));
  return closes;
}

/**
 * July 3 when July 4 is a Tuesday, Wednesday (from 2013), Thursday or Friday; 1995 to 2012 after a Thursday holiday
 * the Friday as well.
 */
function independenceEarlyCloses(year: number): [IsoDate, number][] {
  if (year < 1995) return [];
  const eve = isoDate(year, 7, 3);
  const closes: [IsoDate, number][] = [];
  if ([1, 2, 4].includes(weekday(eve)) || (weekday(eve) === 3 && year >= 2013)) closes.push([eve, 13]);
  if (weekday(eve) === 3 && year < 2013) closes.push([addDays(eve, 2), 13]);
  return closes;
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
function easterSunday(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return isoDate(year, Math.floor(n / 31), (n % 31) + 1);
}

function isWeekend(date: IsoDate): boolean {
  return weekday(date) === SUNDAY || weekday(date) === SATURDAY;
}

function isoDate(year: number, month: number, day: number): IsoDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as IsoDate;
}
