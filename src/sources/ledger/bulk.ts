import { isUtf8 } from 'node:buffer';
import type { BulkInput, BulkJudge, BulkPlan } from '../../core/index.js';
import {
  type Columns,
  type DelimitedRecord,
  type LineScan,
  lineAutomaton,
  type OddLine,
  readDelimited,
  scanLines,
} from '../text/index.js';
import { cleanSql, factSql, stepsSql } from './bulk-sql.js';
import { LEDGER_COLUMNS, type LedgerColumn, QUANTITY_SIGN, SIDES } from './layout.js';
import { isParquet } from './parquet-columns.js';
import { plainRowPattern } from './plain-row.js';

const SAMPLE_BYTES = 65_536;
/** More odd rows than this are read one by one like all others. */
const MOST_ODD_ROWS = 100_000;
/** One odd row in so many is few. */
const FEW_ODD_ROWS = 100;
const LF = 10;
const CR = 13;
const QUOTE = 34;
const BYTE_ORDER_MARK = 0xef;
/** Row number of the first row below the header. */
const FIRST_ROW = 2;

/** Rows of a text by their numbers that are not plain: the engine sees rows of blanks in their places. */
export type OddRows = ReadonlyMap<number, DelimitedRecord>;

const NO_ROWS: OddRows = new Map();

/**
 * How the engine reads a ledger by itself.
 * @param judge of the rows that SQL leaves, with those that it is not shown
 * @returns null for a text whose lines the engine could cut otherwise than the scanner: not UTF-8, ends of lines in quotes
 */
export function bulkPlan(
  bytes: Uint8Array,
  header: readonly string[],
  columns: Columns,
  judge: (rowsOfFile: number, odd: OddRows) => BulkJudge,
): BulkPlan | null {
  const isText = !isParquet(bytes);
  const isPadded = isText && hasBlanksAtSeparators(bytes);
  const file = isText ? csvInput(bytes, columns, isPadded) : parquetInput(bytes, header);
  if (file === null) return null;
  const question = {
    isSigned: isSigned(columns),
    has: new Set(LEDGER_COLUMNS.filter((name) => columns.positions.has(name) || columns.constants.has(name))),
    isPlain: (name: LedgerColumn): boolean =>
      isText && columns.positions.has(name) && (name !== 'side' || file.hasOwnSides),
    column: (name: LedgerColumn): string => columnSql(columns, name, isPadded),
  };
  return {
    input: file.input,
    table: 'executions',
    steps: stepsSql(question),
    isClean: cleanSql(question),
    values: factSql(question),
    ...(question.has.has('execution_id') ? {} : { numbered: 'executionId' }),
    judge: (rows) => judge(rows, file.odd),
  };
}

const isSigned = (columns: Columns): boolean => columns.constants.has(QUANTITY_SIGN);

function columnSql(columns: Columns, name: LedgerColumn, isPadded: boolean): string {
  const position = columns.positions.get(name);
  if (position !== undefined) return isPadded ? `nullif(trim("c${position}"), '')` : `"c${position}"`;
  const constant = columns.constants.get(name);
  return constant === undefined ? 'NULL::VARCHAR' : `'${constant.trim().replaceAll("'", "''")}'`;
}

interface InputFile {
  readonly input: BulkInput;
  readonly odd: OddRows;
  readonly hasOwnSides: boolean;
}

const parquetInput = (bytes: Uint8Array, columns: readonly string[]): InputFile => ({
  input: { format: 'parquet', bytes, columns },
  odd: NO_ROWS,
  hasOwnSides: false,
});

function csvInput(bytes: Uint8Array, columns: Columns, isPadded: boolean): InputFile | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, endOfText(bytes));
  const start = text.indexOf(LF) + 1;
  if (start === 0 || !isUtf8(text) || !isHeader(text.subarray(0, start), columns.width)) return null;
  const newLine = text[start - 2] === CR ? '\r\n' : '\n';
  const { scan, hasOwnSides } = scanRows(text, start, { columns, isPadded, newLine });
  const odd = scan.odd.length > MOST_ODD_ROWS ? null : oddRows(text, scan.odd);
  if (odd === null) return null;
  const blank = Buffer.from(`${','.repeat(columns.width - 1)}${newLine}`);
  const plain = withBlankRows(text, scan.odd, blank);
  const { middle } = scan;
  const input: BulkInput = {
    format: 'csv',
    bytes: plain.text,
    columns: columns.width,
    rows: scan.lines,
    isQuoted: plain.text.includes(QUOTE),
    newLine,
    middle:
      middle === null ? null : { byte: plain.placeOf(middle.byte), rowNumber: middle.line + FIRST_ROW - 1 },
  };
  return { input, odd, hasOwnSides };
}

interface RowsOfText {
  readonly columns: Columns;
  readonly isPadded: boolean;
  readonly newLine: '\n' | '\r\n';
}

/** Takes the sides for written as they are stored where the first row says so, until many rows say otherwise. */
function scanRows(
  text: Buffer,
  start: number,
  { columns, isPadded, newLine }: RowsOfText,
): { readonly scan: LineScan; readonly hasOwnSides: boolean } {
  const names = new Map(LEDGER_COLUMNS.map((name) => [columns.positions.get(name), name]));
  const plain = {
    columns: Array.from({ length: columns.width }, (_, index) => names.get(index) ?? null),
    isSigned: isSigned(columns),
    isPadded,
    newLine,
  };
  const scanWith = (hasOwnSides: boolean) => {
    const table = lineAutomaton(plainRowPattern({ ...plain, hasOwnSides }));
    return { scan: scanLines(text, start, table), hasOwnSides };
  };
  if (!isOwnSide(text, start, columns)) return scanWith(false);
  const first = scanWith(true);
  return first.scan.odd.length * FEW_ODD_ROWS > first.scan.lines ? scanWith(false) : first;
}

/** Just behind the last end of line that is not blank. */
function endOfText(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === CR)) end -= 1;
  if (bytes[end] === CR && bytes[end + 1] === LF) return end + 2;
  return Math.min(end + 1, bytes.length);
}

/** True where the first line is the header, the whole header, and nothing else. */
function isHeader(line: Buffer, width: number): boolean {
  const [header, ...more] = [...readDelimited(line)];
  return header?.malformed === undefined && header?.fields.length === width && more.length === 0;
}

/** True where the first row writes its side as it is stored; others will. @param start of the row */
function isOwnSide(text: Buffer, start: number, columns: Columns): boolean {
  const end = text.indexOf(LF, start);
  const [row] = readDelimited(text.subarray(start, end < 0 ? text.length : end));
  const side = row?.fields[columns.positions.get('side') ?? -1];
  return SIDES.some((own) => own === side);
}

/** Reads odd lines as the reader does. @returns null where one may be no row, or not all of a row */
function oddRows(text: Buffer, lines: readonly OddLine[]): OddRows | null {
  const odd = new Map<number, DelimitedRecord>();
  for (const { line, start, end } of lines) {
    const bytes = text.subarray(start, end);
    const cr = bytes.indexOf(CR);
    if (bytes[0] === BYTE_ORDER_MARK || (cr >= 0 && cr < bytes.length - 1)) return null;
    const [record, ...more] = [...readDelimited(bytes)];
    if (record === undefined || record.malformed !== undefined || more.length > 0) return null;
    const rowNumber = line + FIRST_ROW - 1;
    odd.set(rowNumber, { ...record, line: rowNumber });
  }
  return odd;
}

/** The text with blank rows in the places of odd ones. */
function withBlankRows(
  text: Buffer,
  odd: readonly OddLine[],
  blank: Buffer,
): { text: Buffer; placeOf: (byte: number) => number } {
  if (odd.length === 0) return { text, placeOf: (byte) => byte };
  const pieces: Buffer[] = [];
  let done = 0;
  for (const { start, end } of odd) {
    pieces.push(text.subarray(done, start), blank);
    done = end + 1;
  }
  pieces.push(text.subarray(Math.min(done, text.length)));
  const placeOf = (byte: number): number =>
    odd
      .filter(({ end }) => end < byte)
      .reduce((place, { start, end }) => place + blank.length - (end + 1 - start), byte);
  return { text: Buffer.concat(pieces), placeOf };
}

/** True where the beginning of the file has blanks beside separators, as files made to be looked at have. */
function hasBlanksAtSeparators(bytes: Uint8Array): boolean {
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAMPLE_BYTES));
  return [', ', ' ,', ' \n', ' \r'].some((mark) => sample.includes(mark));
}
