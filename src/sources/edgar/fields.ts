import { type IsoDate, isIsoDate } from '../../core/index.js';
import type { FilingFacts } from './model.js';

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

export function readReportType(text: string): FilingFacts['reportType'] {
  const upper = text.toUpperCase();
  if (upper.includes('COMBINATION')) return 'combination';
  if (upper.includes('NOTICE')) return 'notice';
  return upper.includes('HOLDINGS') ? 'holdings' : null;
}

export function readAmendmentType(text: string): FilingFacts['amendmentType'] {
  const upper = text.trim().toUpperCase();
  if (upper.startsWith('RESTATE')) return 'RESTATEMENT';
  return upper.includes('NEW HOLDINGS') ? 'NEW HOLDINGS' : null;
}

export function readFlag(text: string): boolean | null {
  if (/^(true|y|yes|1)$/i.test(text)) return true;
  return /^(false|n|no|0)$/i.test(text) ? false : null;
}

const NUMBER = /^\$?\s*(\d+|\d{1,3}(?:,\d{3})+)(\.\d*)?$/;

/**
 * A count or an amount as filers write it, with or without a dollar sign and thousands separators.
 * @returns null for anything else (also negative) and beyond 2^53, where a double no longer holds every integer
 */
export function readNumber(text: string): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const match = NUMBER.exec(text.trim());
  if (match === null) return null;
  const value = Number(`${match[1]!.replaceAll(',', '')}${match[2] ?? ''}`);
  return value <= Number.MAX_SAFE_INTEGER ? value : null;
}

/** '028-04545' of '28- 4545' and '28-4545'; other texts stay as they are. */
export function readFileNumber(text: string): string {
  const match = /^\s*0?(\d{2,3})\s*-\s*(\d+)\s*$/.exec(text);
  return match === null ? text.trim() : `${match[1]!.padStart(3, '0')}-${match[2]!.padStart(5, '0')}`;
}
