import {
  addDays,
  type IsoDate,
  isTradingDay,
  newYorkInstant,
  previousTradingDay,
  sessionClose,
  weekday,
} from '../../core/index.js';

const NANOS_PER_MINUTE = 60_000_000_000;
const OPEN_NANOS = (9 * 60 + 30) * NANOS_PER_MINUTE;

/** One session date: regular hours from the open to, not with, the close, in nanoseconds since midnight in New York. */
export interface SessionHours {
  readonly date: IsoDate;
  readonly openNanos: number;
  /** Equal to the open where the exchange is closed all day: then nothing is regular. */
  readonly closeNanos: number;
}

/**
 * Regular hours of a date: 09:30 to 16:00, on half days to the early close, none on weekends and holidays.
 * @throws {InvalidRequest} outside the years of the exchange calendar
 */
export function sessionHours(date: IsoDate): SessionHours {
  if (!isTradingDay(date)) return { date, openNanos: OPEN_NANOS, closeNanos: OPEN_NANOS };
  const millisSinceMidnight = sessionClose(date) - newYorkInstant(date, 0);
  return { date, openNanos: OPEN_NANOS, closeNanos: millisSinceMidnight * 1_000_000 };
}

/** True from the open to just before the close. */
export function isRegularTime(timeNanos: number, hours: SessionHours): boolean {
  return timeNanos >= hours.openNanos && timeNanos < hours.closeNanos;
}

/** The half-open minute of a time, as minutes since midnight in New York. */
export function minuteOf(timeNanos: number): number {
  return Math.floor(timeNanos / NANOS_PER_MINUTE);
}

/** The market week of a day: its Monday, also when that is a holiday, and its last trading day. */
export interface MarketWeek {
  readonly periodStart: IsoDate;
  /** The Friday where the whole week had no session. */
  readonly periodEnd: IsoDate;
}

/**
 * A Saturday or Sunday belongs to the week before it.
 * @throws {InvalidRequest} outside the years of the exchange calendar
 */
export function marketWeek(date: IsoDate): MarketWeek {
  const periodStart = addDays(date, -((weekday(date) + 6) % 7));
  const last = previousTradingDay(addDays(periodStart, 5));
  return { periodStart, periodEnd: last >= periodStart ? last : addDays(periodStart, 4) };
}
