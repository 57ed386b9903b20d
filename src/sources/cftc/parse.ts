import type { IsoDate } from '../../core/index.js';
import { parseDecimal, parseInteger } from '../text/index.js';
import type { FileLayout } from './file-layout.js';
import { CHANGE_IN_OPEN_INTEREST, type ColumnKind, OPEN_INTEREST, POSITION_COLUMNS } from './layout.js';
import { asYymmdd, EXPECTED_REPORT_DATE, parseReportDate } from './report-date.js';

/** A row of the report as published, in contracts; null where the publisher reports nothing. */
export interface TffRow {
  readonly contractName: string;
  readonly reportDate: IsoDate;
  readonly contractCode: string;
  readonly contractUnits: string;
  readonly report: 'futures-only' | 'combined';
  readonly openInterest: number;
  /** In the order of POSITION_COLUMNS. */
  readonly positions: readonly number[];
  readonly changeOpenInterest: number | null;
  /** In the order of POSITION_COLUMNS. */
  readonly changes: readonly (number | null)[];
}

/** What is wrong with a row, and what of it could be read all the same. */
export interface BadRow {
  readonly column: string | null;
  readonly found: string;
  readonly expected: string;
  readonly reason: string;
  readonly contractCode: string | null;
  readonly reportDate: IsoDate | null;
}

export type ParsedRow =
  | { readonly row: TffRow; readonly bad: null }
  | { readonly row: null; readonly bad: BadRow };

type Fault = Pick<BadRow, 'column' | 'found' | 'expected' | 'reason'>;

/** Every code is six characters, a leading zero among them: 090741, 13874A, 20974+. */
const CODE = /^[0-9A-Z]{5}[0-9A-Z+]$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a damaged byte may be a control character
const NO_TEXT = /["\u0000-\u001f\u007f\ufffd]/;
const REPORTS: ReadonlyMap<string, TffRow['report']> = new Map([
  ['FutOnly', 'futures-only'],
  ['Combined', 'combined'],
]);

const EXPECTED: Readonly<Record<ColumnKind, string>> = {
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

/**
 * Reads one row. A row of which any published column is not what it should be is bad as a whole: a shifted or damaged row
 * is recognised by columns that nobody asks for.
 * @param fields trimmed fields, one a column
 */
export function parseTffRow(layout: FileLayout, fields: readonly string[]): ParsedRow {
  const reportDate = reportDateOf(layout, fields);
  const code = fields[layout.code] ?? '';
  const contractCode = CODE.test(code) ? code : null;
  const fault = widthFault(layout, fields) ?? fieldFault(layout, fields, reportDate);
  const row = fault === null ? rowOf(layout, fields, reportDate!) : null;
  const found = fault ?? (row === null ? null : reconciliationFault(row));
  if (found !== null) return { row: null, bad: { ...found, contractCode, reportDate } };
  return { row: row!, bad: null };
}

/** How a damaged field is quoted to the reader: without control characters, and not whole pages of it. */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  const printable = text.replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
  return printable.length > 80 ? `${printable.slice(0, 77)}...` : printable;
}

/** Contracts by which the sums of a row may miss its open interest: the CFTC rounds consolidated and combined figures. */
export function reconciliationTolerance(row: Pick<TffRow, 'contractCode' | 'report'>): number {
  return row.report === 'combined' || row.contractCode.endsWith('+') ? 4 : 0;
}

function reportDateOf(layout: FileLayout, fields: readonly string[]): IsoDate | null {
  const text = fields[layout.reportDate] ?? '';
  const serial = layout.serialOffset !== 0 && /^\d{5}$/.test(text);
  return parseReportDate(serial ? String(Number(text) + layout.serialOffset) : text);
}

/** A row with a column too many or too few is blamed on the first field that does not fit its column. */
function widthFault(layout: FileLayout, fields: readonly string[]): Fault | null {
  const width = layout.columns.length;
  if (fields.length === width) return null;
  const counts = { found: `${fields.length} fields`, expected: `${width} fields` };
  const shared = Math.min(fields.length, width);
  for (let index = 0; index < shared; index += 1) {
    const { name, kind } = layout.columns[index]!;
    if (!fits(kind, fields[index]!))
      return {
        column: name,
        found: `'${quote(fields[index]!)}' in a row of ${counts.found}`,
        expected: counts.expected,
        reason: 'wrong number of columns',
      };
  }
  return { column: null, ...counts, reason: 'wrong number of columns' };
}

function fieldFault(layout: FileLayout, fields: readonly string[], date: IsoDate | null): Fault | null {
  for (let index = 0; index < fields.length; index += 1) {
    const { name, kind } = layout.columns[index]!;
    if (!fits(kind, fields[index]!)) return misfit(name, kind, fields[index]!);
  }
  if (date === null) {
    const { name } = layout.columns[layout.reportDate]!;
    return misfit(name, 'reportDate', fields[layout.reportDate]!);
  }
  return disagreement(layout, fields, date) ?? partialChanges(layout, fields);
}

function misfit(column: string, kind: ColumnKind | 'unknown', found: string): Fault {
  const expected = kind === 'unknown' ? 'text' : EXPECTED[kind];
  const reason = found === '' ? 'missing value' : 'unreadable value';
  return { column, found: quote(found), expected, reason };
}

/** Date and code stand in the row twice: where the two differ, one of them is damaged. */
function disagreement(layout: FileLayout, fields: readonly string[], date: IsoDate): Fault | null {
  const reason = 'two columns of the row disagree';
  const asOf = fields[layout.asOf];
  if (asOf !== undefined && asOf.padStart(6, '0') !== asYymmdd(date)) {
    const expected = `${asYymmdd(date)}, the report date ${date}`;
    return { column: layout.columns[layout.asOf]!.name, found: quote(asOf), expected, reason };
  }
  const again = fields[layout.codeAgain];
  const code = fields[layout.code]!;
  if (again === undefined || again === code) return null;
  return { column: layout.columns[layout.code]!.name, found: code, expected: quote(again), reason };
}

/** The publisher reports all changes on the week or none. */
function partialChanges(layout: FileLayout, fields: readonly string[]): Fault | null {
  const absent = isMissing(fields[layout.changeOpenInterest]!);
  for (const index of layout.changes) {
    if (isMissing(fields[index]!) === absent) continue;
    return {
      column: layout.columns[index]!.name,
      found: quote(fields[index]!),
      expected: absent ? `'.' as in ${CHANGE_IN_OPEN_INTEREST}` : 'a whole number like the other changes',
      reason: 'only some changes are reported',
    };
  }
  return null;
}

function fits(kind: ColumnKind | 'unknown', text: string): boolean {
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

function isMissing(text: string): boolean {
  return text === '.' || text === '';
}

function rowOf(layout: FileLayout, fields: readonly string[], reportDate: IsoDate): TffRow {
  const whole = (index: number) => parseInteger(fields[index]!);
  return {
    contractName: fields[layout.name]!,
    reportDate,
    contractCode: fields[layout.code]!,
    contractUnits: fields[layout.units]!,
    report: REPORTS.get(fields[layout.report]!)!,
    openInterest: whole(layout.openInterest)!,
    positions: layout.positions.map((index) => whole(index)!),
    changeOpenInterest: whole(layout.changeOpenInterest),
    changes: layout.changes.map(whole),
  };
}

/** Longs and spreads, and shorts and spreads, each add up to open interest; the changes do so too, being differences. */
function reconciliationFault(row: TffRow): Fault | null {
  const tolerance = reconciliationTolerance(row);
  const reason = 'the classes do not add up to open interest';
  const fault = sumFault(OPEN_INTEREST, row.openInterest, row.positions, tolerance);
  if (fault !== null) return { ...fault, reason };
  if (row.changeOpenInterest === null) return null;
  const changes = row.changes as readonly number[];
  const changeFault = sumFault(CHANGE_IN_OPEN_INTEREST, row.changeOpenInterest, changes, 2 * tolerance);
  return changeFault === null ? null : { ...changeFault, reason };
}

function sumFault(
  column: string,
  total: number,
  values: readonly number[],
  tolerance: number,
): Omit<Fault, 'reason'> | null {
  let long = 0;
  let short = 0;
  for (let index = 0; index < values.length; index += 1) {
    const { side } = POSITION_COLUMNS[index]!;
    if (side !== 'Short') long += values[index]!;
    if (side !== 'Long') short += values[index]!;
  }
  if (Math.abs(long - total) <= tolerance && Math.abs(short - total) <= tolerance) return null;
  return {
    column,
    found: `${total}`,
    expected: `longs ${long} and shorts ${short}, spreads included, within ${tolerance}`,
  };
}
