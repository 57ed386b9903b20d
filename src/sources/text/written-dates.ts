import { type IsoDate, isIsoDate } from '../../core/index.js';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * A date in any of the forms EDGAR writes: '20230930', '2023-09-30', '09-30-2023', '30-SEP-2023', 'September 30, 2023'.
 * @returns null for anything else and for days that do not exist
 */
export function readDate(text: string): IsoDate | null {
  const trimmed = text.trim();
  let match = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(trimmed);
  if (match !== null) return existing(match[1]!, match[2]!, match[3]!);
  match = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(trimmed);
  if (match !== null) return existing(match[3]!, match[1]!, match[2]!);
  match = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(trimmed);
  if (match !== null) return existing(match[3]!, monthNumber(match[2]!), match[1]!);
  match = /^([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$/.exec(trimmed);
  if (match !== null) return existing(match[3]!, monthNumber(match[1]!), match[2]!);
  return null;
}

function monthNumber(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toUpperCase()) + 1);
}

function existing(year: string, month: string, day: string): IsoDate | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(text) ? text : null;
}
