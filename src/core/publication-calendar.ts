import { COT_RELEASE_EXCEPTIONS } from './data/cot-release-exceptions.js';
import { addDays, dateOfDayNumber, newYorkInstant, weekday, weekNumber } from './dates.js';
import { InvalidRequest } from './errors.js';
import { exchangeClosure } from './exchange-calendar.js';
import { isFederalHoliday } from './federal-holidays.js';
import type { Instant, IsoDate } from './units.js';

/** Report dates on a Monday although the futures markets were open on the Tuesday. */
const ONE_OFF_MONDAYS: ReadonlySet<string> = new Set(['2020-12-21', '2025-11-10']);

const exceptions = new Map(COT_RELEASE_EXCEPTIONS.map((entry) => [entry.reportDate, entry]));

/** The report date of the Monday..Sunday week with that number (core/dates weekNumber): its Tuesday, or its Monday. */
export function cotReportDateOfWeek(week: number): IsoDate {
  const monday = dateOfDayNumber(week * 7 - 3);
  const tuesday = addDays(monday, 1);
  return ONE_OFF_MONDAYS.has(monday) || exchangeClosure(tuesday) !== null ? monday : tuesday;
}

/** Expected report dates from one day to another, both inclusive, in order. */
export function cotReportDates(from: IsoDate, to: IsoDate): IsoDate[] {
  const dates: IsoDate[] = [];
  for (let week = weekNumber(from); week <= weekNumber(to); week++) {
    const date = cotReportDateOfWeek(week);
    if (from <= date && date <= to) dates.push(date);
  }
  return dates;
}

/** When the report of that date is public: 15:30 New York on its release day. */
export function cotReleaseInstant(reportDate: IsoDate): Instant {
  return newYorkInstant(cotReleaseDate(reportDate), 15, 30);
}

/** The day of release: the listed exception, else the third federal business day after the Tuesday. */
function cotReleaseDate(reportDate: IsoDate): IsoDate {
  const listed = exceptions.get(reportDate);
  if (listed !== undefined) return listed.releaseDate;
  let day = dateOfDayNumber(weekNumber(reportDate) * 7 - 2);
  for (let businessDays = 0; businessDays < 3; ) {
    day = addDays(day, 1);
    if (weekday(day) >= 1 && weekday(day) <= 5 && !isFederalHoliday(day)) businessDays++;
  }
  return day;
}

/** The first release strictly after a moment. */
export function nextCotRelease(after: Instant): { reportDate: IsoDate; release: Instant } {
  const firstWeek = Math.floor(after / 86_400_000 / 7) - 12;
  let next: { reportDate: IsoDate; release: Instant } | null = null;
  for (let week = firstWeek; week <= firstWeek + 14; week++) {
    const reportDate = cotReportDateOfWeek(week);
    const release = cotReleaseInstant(reportDate);
    if (release > after && (next === null || release < next.release)) next = { reportDate, release };
  }
  if (next === null) throw new InvalidRequest(`no release is known after ${new Date(after).toISOString()}`);
  return next;
}
