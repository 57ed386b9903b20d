import { type Instant, type IsoDate, isIsoDate, newYorkInstant } from '../../core/index.js';
import type { RowProblem } from '../text/index.js';

const CIK_DIGITS = 10;

/** A cell that was read, or what is wrong with it. */
export type Reading<Value> = { readonly value: Value } | { readonly problem: RowProblem };

export function dateCell(column: string, text: string): Reading<IsoDate> {
  if (isIsoDate(text)) return { value: text };
  const expected = 'a day as YYYY-MM-DD';
  return { problem: { column, found: text, expected, reason: `${column} cannot be read` } };
}

/** A date where the cell is not blank. */
export function optionalDateCell(column: string, text: string): Reading<IsoDate | null> {
  return text === '' ? { value: null } : dateCell(column, text);
}

/** A Central Index Key with its leading zeros, which the lists leave out; null where the cell is blank. */
export function cikCell(text: string): Reading<string | null> {
  if (text === '') return { value: null };
  if (/^\d{1,10}$/.test(text)) return { value: text.padStart(CIK_DIGITS, '0') };
  const expected = `up to ${CIK_DIGITS} digits`;
  return {
    problem: { column: 'cik', found: text, expected, reason: 'the Central Index Key cannot be read' },
  };
}

/** Changes of an index are announced days ahead and take effect before the open. */
export function effectiveAt(date: IsoDate): Instant {
  return newYorkInstant(date, 9, 30);
}
