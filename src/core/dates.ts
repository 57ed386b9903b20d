import { InvalidRequest } from './errors.js';
import type { Instant, IsoDate } from './units.js';

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a calendar day. */
export function dayNumber(date: IsoDate): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
}

/** Texts of days asked for before: a program asks for the same few thousand again and again. */
const TEXTS: (IsoDate | undefined)[] = [];
/** 2200-01-01. */
const DAYS_HELD = 84_006;

export function dateOfDayNumber(day: number): IsoDate {
  const known = TEXTS[day];
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10) as IsoDate;
  if (Number.isInteger(day) && day >= 0 && day < DAYS_HELD) TEXTS[day] = text;
  return text;
}

/** True for an existing calendar day in the form YYYY-MM-DD, years 1900 to 2199. */
export function isIsoDate(text: string): text is IsoDate {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  return dateOfDayNumber(dayNumber(text as IsoDate)) === text;
}

/** @throws {InvalidRequest} if the text is no calendar day in the form YYYY-MM-DD. */
export function parseIsoDate(text: string, what = 'date'): IsoDate {
  if (isIsoDate(text)) return text;
  throw new InvalidRequest(`${what} '${text}' is not a calendar day; write it as YYYY-MM-DD`);
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** First day of the month that lies so many months after that of the day. */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const first = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months, 1);
  return dateOfDayNumber(first / DAY_MS);
}

/** 0 = Sunday .. 6 = Saturday. */
export function weekday(date: IsoDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** Number of the Monday..Sunday week that holds the day; consecutive weeks differ by 1. */
export function weekNumber(date: IsoDate): number {
  return Math.floor((dayNumber(date) + 3) / 7);
}

/** The n-th (1..5) given weekday of a month, or with n = -1 the last. */
export function nthWeekday(year: number, month: number, day: number, n: number): IsoDate {
  const first = dateOfDayNumber(Date.UTC(year, month - 1, 1) / DAY_MS);
  const toFirst = (day - weekday(first) + 7) % 7;
  if (n > 0) return addDays(first, toFirst + 7 * (n - 1));
  const last = dateOfDayNumber(Date.UTC(year, month, 0) / DAY_MS);
  return addDays(last, -((weekday(last) - day + 7) % 7));
}

/**
 * Hours that New York is behind UTC on a day, by the rules of the Uniform Time Act: from 2007 second Sunday of March
 * to first Sunday of November (Energy Policy Act of 2005); 1987 to 2006 first Sunday of April to last Sunday of October;
 * before that last Sunday of April. Clocks change at 02:00, so the offset holds from then to 02:00 of the next day.
 */
function newYorkOffsetHours(date: IsoDate): number {
  const year = Number(date.slice(0, 4));
  let summer = summerTimeOfYear.get(year);
  if (summer === undefined) {
    summer =
      year >= 2007
        ? [nthWeekday(year, 3, 0, 2), nthWeekday(year, 11, 0, 1)]
        : [nthWeekday(year, 4, 0, year >= 1987 ? 1 : -1), nthWeekday(year, 10, 0, -1)];
    summerTimeOfYear.set(year, summer);
  }
  return date >= summer[0] && date < summer[1] ? 4 : 5;
}

const summerTimeOfYear = new Map<number, readonly [start: IsoDate, end: IsoDate]>();

/** The instant of a wall-clock time in New York; of the hour that occurs twice in autumn, the first. */
export function newYorkInstant(date: IsoDate, hour: number, minute = 0, second = 0): Instant {
  const offset = newYorkOffsetHours(hour < 2 ? addDays(date, -1) : date);
  const ms = dayNumber(date) * DAY_MS + ((hour + offset) * 3600 + minute * 60 + second) * 1000;
  return ms as Instant;
}

/** Last whole second of the day in New York. */
export function endOfDayInNewYork(date: IsoDate): Instant {
  return newYorkInstant(date, 23, 59, 59);
}

/** The calendar day in New York at an instant. */
export function newYorkDate(instant: Instant): IsoDate {
  const utcDay = dateOfDayNumber(Math.floor(instant / DAY_MS));
  const local =
    instant - newYorkOffsetHours(addDays(utcDay, instant % DAY_MS < 5 * 3_600_000 ? -1 : 0)) * 3_600_000;
  return dateOfDayNumber(Math.floor(local / DAY_MS));
}

/** ISO 8601 with Z; whole seconds are printed without a fraction. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/**
 * Reads an as-of moment: an ISO 8601 instant with a zone, or a bare date, which means the end of that day in New York.
 * @throws {InvalidRequest} on anything else.
 */
export function parseInstant(text: string, what = 'instant'): Instant {
  if (isIsoDate(text)) return endOfDayInNewYork(text);
  if (
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text) &&
    isIsoDate(text.slice(0, 10))
  ) {
    const ms = Date.parse(text.replace(' ', 'T'));
    if (Number.isFinite(ms)) return ms as Instant;
  }
  throw new InvalidRequest(
    `${what} '${text}' is not a moment; write YYYY-MM-DD or an ISO 8601 instant such as 2026-04-17T19:30:00Z`,
  );
}
