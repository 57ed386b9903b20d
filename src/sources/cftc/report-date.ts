import { addDays, EXCHANGE_CALENDAR_YEARS, type IsoDate, isIsoDate, weekday } from '../../core/index.js';

/** The first week of Traders in Financial Futures, as the CFTC computed it back in 2010. */
const FIRST_REPORT = '2006-06-13' as IsoDate;
const LAST_REPORT = `${EXCHANGE_CALENDAR_YEARS.last}-12-31` as IsoDate;

/** What a report date may be, in words. */
export const EXPECTED_REPORT_DATE = `a weekday from ${FIRST_REPORT} to ${LAST_REPORT}: YYYY-MM-DD, M/D/YYYY or an Excel serial number`;

/**
 * A report date in any form it is published in: '2010-12-28', '12/28/2010' with or without a time of midnight, or the
 * Excel serial number 40540 (days since 1899-12-30).
 * @returns null for anything else, weekends, and days outside the life of the report
 */
export function parseReportDate(text: string): IsoDate | null {
  const date = anyForm(text);
  if (date === null || date < FIRST_REPORT || date > LAST_REPORT) return null;
  return weekday(date) >= 1 && weekday(date) <= 5 ? date : null;
}

function anyForm(text: string): IsoDate | null {
  if (isIsoDate(text)) return text;
  if (/^\d{5}$/.test(text)) return addDays('1899-12-30' as IsoDate, Number(text));
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: 12:00:00 AM| 0?0:00(?::00)?)?$/.exec(text);
  if (parts === null) return null;
  const date = `${parts[3]}-${parts[1]!.padStart(2, '0')}-${parts[2]!.padStart(2, '0')}`;
  return isIsoDate(date) ? date : null;
}

/** The date as the column As_of_Date_In_Form_YYMMDD writes it; an Excel number loses its leading zero. */
export function asYymmdd(date: IsoDate): string {
  return date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10);
}
