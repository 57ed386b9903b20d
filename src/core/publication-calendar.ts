import { COT_RELEASE_EXCEPTIONS } from './data/cot-release-exceptions.js';
import { addDays, dateOfDayNumber, newYorkDate, newYorkInstant, weekNumber } from './dates.js';
import { exchangeHolidays } from './exchange-holidays.js';
import { isFederalHoliday } from './federal-holidays.js';
import { isWeekend } from './holiday-rules.js';
import type { Instant, IsoDate } from './units.js';

export {
  COT_RELEASE_EXCEPTIONS,
  COT_RELEASE_EXCEPTIONS_VERSION,
  type CotReleaseException,
} from './data/cot-release-exceptions.js';

/** A release of the Commitments of Traders reports. */
export interface CotRelease {
  readonly reportDate: IsoDate;
  readonly release: Instant;
}

/** First report of Traders in Financial Futures that was published when it was made. */
const FIRST_PUBLISHED_REPORT = '2010-07-20' as IsoDate;

/**
 * Reports from 2006-06-13 to 2010-07-13 were made afterwards and published in 2010, on a day that is not recorded here:
 * the end of the year is safe.
 */
const BACK_HISTORY_RELEASE = '2010-12-31' as IsoDate;

/**
 * Report dates on a Monday though the Tuesday is no holiday of the futures markets: federal offices were closed later in
 * the week (2020-12-24) or on the Tuesday (Veterans Day in the backlog of 2025).
 */
const ONE_OFF_MONDAYS: ReadonlySet<string> = new Set(['2020-12-21', '2025-11-10']);

/** The longest run of releases that waits for an older one: the backlog of 2025 was eight reports deep. */
const DEEPEST_BACKLOG_WEEKS = 12;

const exceptions = new Map(COT_RELEASE_EXCEPTIONS.map((entry) => [entry.reportDate, entry.releaseDate]));

/**
 * The report date of a Monday..Sunday week: its Tuesday, or its Monday where the Tuesday is a holiday of the futures
 * markets. Known to be right from 2010-07-20.
 * @param week number of the week as of core/dates weekNumber
 * @throws {InvalidRequest} outside 1990..2030
 */
export function cotReportDateOfWeek(week: number): IsoDate {
  const monday = dateOfDayNumber(week * 7 - 3);
  const tuesday = addDays(monday, 1);
  const isHoliday = exchangeHolidays(Number(tuesday.slice(0, 4))).has(tuesday);
  return isHoliday || ONE_OFF_MONDAYS.has(monday) ? monday : tuesday;
}

/**
 * Expected report dates from one day to another, both inclusive, in order, one a week.
 * @throws {InvalidRequest} outside 1990..2030
 */
export function cotReportDates(from: IsoDate, to: IsoDate): IsoDate[] {
  const dates: IsoDate[] = [];
  for (let week = weekNumber(from); week <= weekNumber(to); week++) {
    const date = cotReportDateOfWeek(week);
    if (from <= date && date <= to) dates.push(date);
  }
  return dates;
}

/**
 * When the public could first read the Traders in Financial Futures report of a date: 15:30 New York on its release
 * day, never earlier than the truth. Rule and exceptions are in docs/sources/publication-calendar.md.
 */
export function cotReleaseInstant(reportDate: IsoDate): Instant {
  const date =
    reportDate < FIRST_PUBLISHED_REPORT
      ? BACK_HISTORY_RELEASE
      : (exceptions.get(reportDate) ?? thirdBusinessDay(reportDate));
  return newYorkInstant(date, 15, 30);
}

/**
 * The first release strictly after a moment, and the report it brings; of two reports released together the older.
 * Before the report existed: its first release.
 * @throws {InvalidRequest} when the answer lies after 2030
 */
export function nextCotRelease(after: Instant): CotRelease {
  const thisWeek = weekNumber(newYorkDate(after));
  const firstWeek = Math.max(thisWeek - DEEPEST_BACKLOG_WEEKS, weekNumber(FIRST_PUBLISHED_REPORT));
  let next: CotRelease | null = null;
  for (let week = firstWeek; next === null || week <= thisWeek; week++) {
    const reportDate = cotReportDateOfWeek(week);
    const release = cotReleaseInstant(reportDate);
    if (release > after && (next === null || release < next.release)) next = { reportDate, release };
  }
  return next;
}

/**
 * The third business day after the Tuesday of the report's week, or after the date itself where it lies later (no report
 * of the CFTC does). Usually the Friday; each federal holiday from Wednesday to Friday delays by one business day.
 */
function thirdBusinessDay(reportDate: IsoDate): IsoDate {
  const tuesday = dateOfDayNumber(weekNumber(reportDate) * 7 - 2);
  let day = reportDate > tuesday ? reportDate : tuesday;
  for (let businessDays = 0; businessDays < 3; ) {
    day = addDays(day, 1);
    if (!isWeekend(day) && !isFederalHoliday(day)) businessDays++;
  }
  return day;
}
