import { parseDecimal, parseInteger } from '../text/index.js';
import type { ColumnKind } from './layout.js';
import { EXPECTED_REPORT_DATE } from './report-date.js';

/** What the report covers: futures alone, or futures and options together. */
export type Report = 'futures-only' | 'combined';

/** Every code is six characters, a leading zero among them: 090741, 13874A, 20974+. */
export const CODE = /^[0-9A-Z]{5}[0-9A-Z+]$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a damaged byte may be a control character
const NO_TEXT = /["\u0000-\u001f\u007f\ufffd]/;
export const REPORTS: ReadonlyMap<string, Report> = new Map([
  ['FutOnly', 'futures-only'],
  ['Combined', 'combined'],
]);

/** What a column of each kind must hold, in words. */
export const EXPECTED: Readonly<Record<ColumnKind, string>> = {
  name: 'the name of a market',
  asOf: 'the report date as YYMMDD',
  reportDate: EXPECTED_REPORT_DATE,
  code: 'six letters and digits, the last may be +',
  text: 'text',
  count: 'a whole number >= 0',
  change: "a whole number, or '.' where none is reported",
  percent: 'a decimal number',
  traders: "a whole number >= 0, or '.' where none is reported",
  units: 'the unit of the contract',
  codeAgain: 'the code of the contract once more',
  report: 'FutOnly or Combined',
};

/** True where a trimmed field is what its column holds. */
export function fits(kind: ColumnKind | 'unknown', text: string): boolean {
  switch (kind) {
    case 'count':
      return isCount(text);
    case 'change':
      return isMissing(text) || parseInteger(text) !== null;
    case 'traders':
      return isMissing(text) || isCount(text);
    case 'percent':
      return isMissing(text) || parseDecimal(text) !== null;
    case 'asOf':
      return /^\d{5,6}$/.test(text);
    case 'reportDate':
      return /^[\d/: APM-]{5,}$/.test(text);
    case 'code':
    case 'codeAgain':
      return CODE.test(text);
    case 'report':
      return REPORTS.has(text);
    case 'name':
    case 'units':
      return text !== '' && !NO_TEXT.test(text);
    case 'text':
    case 'unknown':
      return true;
  }
}

function isCount(text: string): boolean {
  const value = parseInteger(text);
  return value !== null && value >= 0;
}

/** True for a change or count that is not reported. */
export function isMissing(text: string): boolean {
  return text === '.' || text === '';
}

/** How a damaged field is quoted to the reader: without control characters, and not whole pages of it. */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  const printable = text.replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
  return printable.length > 80 ? `${printable.slice(0, 77)}...` : printable;
}
