import type { IsoDate } from '../../core/index.js';
import type { FileLayout } from './file-layout.js';
import { LONG_COLUMNS, POSITIONS_COLUMNS, SHORT_COLUMNS, SPREAD_COLUMNS } from './layout.js';
import { readValue } from './values.js';

/** Values of a row by our column names; null where the file says nothing. */
export type PositionsRow = Readonly<Record<string, string | number | null>>;

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
  | { readonly row: PositionsRow; readonly bad: null }
  | { readonly row: null; readonly bad: BadRow };

type Fault = Pick<BadRow, 'column' | 'found' | 'expected' | 'reason'>;

/** Stands in a constant for the multiplier of the row. */
const MULTIPLIER_PLACE = '<multiplier>';

/** Reads one row of trimmed fields. */
export function parsePositionsRow(layout: FileLayout, fields: readonly string[]): ParsedRow {
  const { values, fault: unreadable } = valuesOf(layout, fields);
  const fault =
    fields.length === layout.width
      ? (unreadable ?? reconciliationFault(values, layout))
      : {
          column: null,
          found: `${fields.length} fields`,
          expected: `${layout.width} fields, as the header has`,
          reason: 'wrong number of columns',
        };
  if (fault === null) return { row: values, bad: null };
  return { row: null, bad: badRow(fault, values) };
}

/** A fault with what could be read of its row. */
export function badRow(fault: Fault, values: PositionsRow): BadRow {
  return {
    ...fault,
    contractCode: (values.contract_code ?? null) as string | null,
    reportDate: (values.report_date ?? null) as IsoDate | null,
  };
}

/** How a damaged field is quoted to the reader: without control characters, and not whole pages of it. */
export function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  const printable = text.replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
  return printable.length > 80 ? `${printable.slice(0, 77)}...` : printable;
}

function valuesOf(
  layout: FileLayout,
  fields: readonly string[],
): { values: Record<string, string | number | null>; fault: Fault | null } {
  const values: Record<string, string | number | null> = {};
  for (const { name } of POSITIONS_COLUMNS) values[name] = null;
  let fault: Fault | null = null;
  for (const { column, header, index } of layout.columns) {
    const text = fields[index] ?? '';
    const read = readValue(column, text);
    if ('value' in read) values[column.name] = read.value;
    else fault ??= { column: header, found: quote(text), expected: read.expected, reason: reasonOf(text) };
  }
  for (const column of POSITIONS_COLUMNS) {
    const text = layout.constants[column.name];
    if (text === undefined) continue;
    if (text.includes(MULTIPLIER_PLACE) && values.multiplier === null) continue;
    const read = readValue(column, text.replaceAll(MULTIPLIER_PLACE, String(values.multiplier)));
    if ('value' in read) values[column.name] = read.value;
  }
  return { values, fault: fault ?? levelFault(values) };
}

function levelFault(values: PositionsRow): Fault | null {
  if (values.level === null || values.level_symbol !== null) return null;
  const expected = 'the symbol of the index whose level stands in the row';
  return { column: 'level_symbol', found: '', expected, reason: 'missing value' };
}

function reasonOf(text: string): string {
  return text === '' ? 'missing value' : 'unreadable value';
}

/**
 * Every long has its short: the classes' longs equal their shorts, spreads being both; with open interest on the row they
 * equal it, or without all spreads do not exceed it.
 */
function reconciliationFault(values: PositionsRow, layout: FileLayout): Fault | null {
  const tolerance = values.report === 'combined' || String(values.contract_code).endsWith('+') ? 4 : 0;
  const longs = sum(values, LONG_COLUMNS)!;
  const shorts = sum(values, SHORT_COLUMNS)!;
  const spreads = sum(values, SPREAD_COLUMNS);
  const reason = 'the classes do not add up';
  if (Math.abs(longs - shorts) > tolerance) {
    const expected = `shorts ${shorts}, the classes' longs and shorts being equal within ${tolerance}`;
    return { column: null, found: `longs ${longs}`, expected, reason };
  }
  const total = values.open_interest as number | null;
  if (total === null) return null;
  const column = layout.columns.find((used) => used.column.name === 'open_interest')!.header;
  const largest = Math.max(longs, shorts) + (spreads ?? 0);
  const smallest = Math.min(longs, shorts) + (spreads ?? 0);
  if (largest > total + tolerance || (spreads !== null && smallest < total - tolerance)) {
    const relation = spreads === null ? 'at least the' : 'the';
    const expected = `${relation} sum of the classes, longs ${longs}, shorts ${shorts}, spreads ${spreads ?? 'not given'}, within ${tolerance}`;
    return { column, found: String(total), expected, reason };
  }
  return null;
}

function sum(values: PositionsRow, names: readonly string[]): number | null {
  let total = 0;
  for (const name of names) {
    const value = values[name] as number | null;
    if (value === null) return null;
    total += value;
  }
  return total;
}
