import {
  addDays,
  EXCHANGE_CALENDAR_YEARS,
  InvalidRequest,
  type IsoDate,
  parseIsoDate,
} from '../core/index.js';
import { type ReportWeek, reportWeeks } from './weeks.js';

export const DEFAULT_END_DATE = '2026-11-06';

/** Ten years of look-back, and three to seed it. */
const YEARS_OF_REPORTS = 13;
/** Reports before July 2010 were made public together at the end of that year. */
const EARLIEST_END_YEAR = 2011;
/** Stocks need a session before the first dividend, and indexes a close before the first report. */
const DAYS_BEFORE_FIRST_REPORT = 14;

/** The days and reports of a market. */
export interface MarketSpan {
  readonly endDate: IsoDate;
  /** Of index levels and economic series. */
  readonly firstDay: IsoDate;
  readonly weeks: readonly ReportWeek[];
}

/** @throws {InvalidRequest} on an end date outside what the exchange calendar covers */
export function marketSpan(endDateText = DEFAULT_END_DATE): MarketSpan {
  const endDate = checkedEndDate(endDateText);
  const from = yearsBefore(endDate, YEARS_OF_REPORTS);
  return {
    endDate,
    firstDay: addDays(from, -DAYS_BEFORE_FIRST_REPORT),
    weeks: reportWeeks(from, endDate),
  };
}

function checkedEndDate(text: string): IsoDate {
  const endDate = parseIsoDate(text, 'end date');
  const { last } = EXCHANGE_CALENDAR_YEARS;
  const year = Number(endDate.slice(0, 4));
  if (year < EARLIEST_END_YEAR || year > last)
    throw new InvalidRequest(
      `end date ${endDate} is outside the calendars; give a day of ${EARLIEST_END_YEAR} to ${last}`,
    );
  return endDate;
}

/** The same day of an earlier year; 29 February becomes 1 March. */
export function yearsBefore(date: IsoDate, years: number): IsoDate {
  const day = `${Number(date.slice(0, 4)) - years}${date.slice(4)}`;
  return (day.endsWith('-02-29') ? day.replace('-02-29', '-03-01') : day) as IsoDate;
}
