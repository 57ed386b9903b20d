import {
  cotReportDateOfWeek,
  EXCHANGE_CALENDAR_YEARS,
  type IsoDate,
  isIsoDate,
  weekNumber,
} from '../../core/index.js';
import { parseDecimal, parseInteger } from '../text/index.js';
import type { PositionsColumn } from './layout.js';

/** A field as it was read (null = blank), or what should have stood there. */
export type ReadValue = { readonly value: string | number | null } | { readonly expected: string };

const { first, last } = EXCHANGE_CALENDAR_YEARS;
const CODE = /^[0-9A-Z]{5}[0-9A-Z+]$/;
const REPORTS = ['futures-only', 'combined'];
// biome-ignore lint/suspicious/noControlCharactersInRegex: a damaged byte may be a control character
const NO_TEXT = /[\u0000-\u001f\u007f\ufffd]/;

/**
 * Reads one trimmed field by its column. A blank or a single dot is null where the column is optional.
 */
export function readValue(column: PositionsColumn, text: string): ReadValue {
  if (text === '' || text === '.')
    return column.required ? { expected: expectation(column, text) } : { value: null };
  const value = parse(column, text);
  return value === null ? { expected: expectation(column, text) } : { value };
}

function parse({ kind }: PositionsColumn, text: string): string | number | null {
  switch (kind) {
    case 'date':
      return isReportDate(text) ? text : null;
    case 'code':
      return CODE.test(text) ? text : null;
    case 'report':
      return REPORTS.includes(text) ? text : null;
    case 'text':
      return NO_TEXT.test(text) ? null : text;
    case 'contracts': {
      const value = parseInteger(text);
      return value !== null && value >= 0 ? value : null;
    }
    case 'multiplier':
    case 'level': {
      const value = parseDecimal(text);
      return value !== null && value > 0 ? value : null;
    }
  }
}

function isReportDate(text: string): text is IsoDate {
  return isInCalendar(text) && cotReportDateOfWeek(weekNumber(text)) === text;
}

function isInCalendar(text: string): text is IsoDate {
  return isIsoDate(text) && text >= `${first}-01-08` && text <= `${last}-12-24`;
}

function expectation({ kind, required }: PositionsColumn, text: string): string {
  const orBlank = required ? '' : ', or a blank';
  switch (kind) {
    case 'date':
      return isInCalendar(text)
        ? `${cotReportDateOfWeek(weekNumber(text))}, the CFTC's report date of that week`
        : `a report date of the CFTC as YYYY-MM-DD, ${first} to ${last}`;
    case 'code':
      return 'a CFTC contract market code: six letters and digits such as 090741, the last may be +';
    case 'report':
      return REPORTS.join(' or ');
    case 'text':
      return 'printable text';
    case 'contracts':
      return `a whole number of contracts >= 0${orBlank}`;
    case 'multiplier':
      return `US dollars a point > 0${orBlank}`;
    case 'level':
      return `index points > 0${orBlank}`;
  }
}
