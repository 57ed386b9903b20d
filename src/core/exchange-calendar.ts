import { ONE_OFF_CLOSURES, ONE_OFF_EARLY_CLOSES } from './data/exchange-closures.js';
import { addDays, newYorkInstant } from './dates.js';
import { InvalidRequest } from './errors.js';
import { customaryEarlyCloses, exchangeHolidays, requireCoveredYear } from './exchange-holidays.js';
import { isWeekend } from './holiday-rules.js';
import type { Instant, IsoDate } from './units.js';

export { EXCHANGE_CALENDAR_YEARS } from './exchange-holidays.js';

/**
 * Why the New York Stock Exchange is closed on a weekday, or null when it is open (or the day is on a weekend).
 * @throws {InvalidRequest} outside 1990..2030
 */
export function exchangeClosure(date: IsoDate): string | null {
  const year = yearOf(date);
  requireCoveredYear(year);
  return ONE_OFF_CLOSURES.get(date) ?? exchangeHolidays(year).get(date) ?? null;
}

/**
 * True when the New York Stock Exchange holds a session on the day, half days included.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function isTradingDay(date: IsoDate): boolean {
  return exchangeClosure(date) === null && !isWeekend(date);
}

/**
 * True for a session that was scheduled to close early.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function isHalfDay(date: IsoDate): boolean {
  return earlyCloses(yearOf(date)).has(date);
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
 * The sessions from one day to another, both inclusive, in order; empty when `to` is before `from`.
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
  if (!isTradingDay(date)) {
    throw new InvalidRequest(
      `${date} is no session of the New York Stock Exchange (${exchangeClosure(date) ?? 'weekend'}); give a trading day`,
    );
  }
  return newYorkInstant(date, earlyCloses(yearOf(date)).get(date) ?? 16);
}

/**
 * When a daily close dated so is public by rule: 15 minutes after the scheduled close, the delay at which exchanges give
 * prices away. A day without a session counts like a full one: the VIX, for one, has closes on holidays since 2022.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function closeKnownAt(date: IsoDate): Instant {
  const close = isTradingDay(date) ? sessionClose(date) : newYorkInstant(date, 16);
  return (close + 15 * 60_000) as Instant;
}

const earlyClosesOfYear = new Map<number, ReadonlyMap<IsoDate, number>>();

function earlyCloses(year: number): ReadonlyMap<IsoDate, number> {
  let known = earlyClosesOfYear.get(year);
  if (known === undefined) {
    requireCoveredYear(year);
    const oneOffs = [...ONE_OFF_EARLY_CLOSES].filter(([date]) => yearOf(date) === year);
    known = new Map([...customaryEarlyCloses(year), ...oneOffs].filter(([date]) => isTradingDay(date)));
    earlyClosesOfYear.set(year, known);
  }
  return known;
}

function yearOf(date: IsoDate): number {
  return Number(date.slice(0, 4));
}
