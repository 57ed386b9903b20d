import { addDays, weekday } from './dates.js';
import type { IsoDate } from './units.js';

/** Rules that more than one holiday calendar shares. */

export function fixedDate(year: number, month: number, day: number): IsoDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as IsoDate;
}

/** The weekday on which a holiday is kept: the Friday before a Saturday, the Monday after a Sunday. */
export function observedDay(day: IsoDate): IsoDate {
  if (weekday(day) === 6) return addDays(day, -1);
  return weekday(day) === 0 ? addDays(day, 1) : day;
}

export function isWeekend(day: IsoDate): boolean {
  return weekday(day) === 0 || weekday(day) === 6;
}

/** Good Friday: two days before Easter Sunday of the Gregorian calendar (Meeus 1991, Astronomical Algorithms, ch. 8). */
export function goodFriday(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return addDays(fixedDate(year, Math.floor(n / 31), (n % 31) + 1), -2);
}
