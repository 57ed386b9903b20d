import { isUtf8 } from 'node:buffer';
import type { BulkInput, BulkPlan } from '../../core/index.js';
import type { Columns } from '../text/index.js';
import { cleanSql, factSql, stepsSql } from './bulk-sql.js';
import { LEDGER_COLUMNS, type LedgerColumn, QUANTITY_SIGN } from './layout.js';
import { isParquet } from './parquet-columns.js';

const SAMPLE_BYTES = 65_536;
const LF = 10;
const CR = 13;
const QUOTE = 34;
const SEPARATOR = 44;

/**
 * How the engine reads a ledger by itself.
 * @param judge reads the rows that SQL leaves
 * @returns null for a text whose lines the engine could cut otherwise than the scanner: not UTF-8, uneven rows, ends of lines mixed
 */
export function bulkPlan(
  bytes: Uint8Array,
  header: readonly string[],
  columns: Columns,
  judge: BulkPlan['judge'],
): BulkPlan | null {
  const input: BulkInput | null = isParquet(bytes)
    ? { format: 'parquet', bytes, columns: header }
    : csvInput(bytes, columns.width);
  if (input === null) return null;
  const isPadded = input.format === 'csv' && hasBlanksAtSeparators(bytes);
  const question = {
    isSigned: columns.constants.has(QUANTITY_SIGN),
    has: new Set(LEDGER_COLUMNS.filter((name) => columns.positions.has(name) || columns.constants.has(name))),
    column: (name: LedgerColumn): string => columnSql(columns, name, isPadded),
  };
  return {
    input,
    table: 'executions',
    steps: stepsSql(question),
    isClean: cleanSql(question),
    values: factSql(question),
    ...(question.has.has('execution_id') ? {} : { numbered: 'executionId' }),
    judge,
  };
}

function columnSql(columns: Columns, name: LedgerColumn, isPadded: boolean): string {
  const position = columns.positions.get(name);
  if (position !== undefined) return isPadded ? `nullif(trim("c${position}"), '')` : `"c${position}"`;
  const constant = columns.constants.get(name);
  return constant === undefined ? 'NULL::VARCHAR' : `'${constant.trim().replaceAll("'", "''")}'`;
}

function csvInput(bytes: Uint8Array, columns: number): BulkInput | null {
  const text = bytes.subarray(0, endOfText(bytes));
  const shape = isUtf8(text) ? shapeOf(text) : null;
  // The engine takes a separator at the end of a row for no field at all, so it must not be the judge of their number.
  if (shape === null || shape.separators !== shape.lines * (columns - 1)) return null;
  const { lines, isQuoted, newLine } = shape;
  return { format: 'csv', bytes: text, columns, rows: lines - 1, isQuoted, newLine };
}

/** Just behind the last end of line that is not blank. */
function endOfText(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === CR)) end -= 1;
  if (bytes[end] === CR && bytes[end + 1] === LF) return end + 2;
  return Math.min(end + 1, bytes.length);
}

interface TextShape {
  readonly lines: number;
  /** Outside of quotes. */
  readonly separators: number;
  readonly isQuoted: boolean;
  readonly newLine: '\n' | '\r\n';
}

/** Counts in one pass; null where ends of lines differ or stand in quotes. */
function shapeOf(text: Uint8Array): TextShape | null {
  let ends = 0;
  let returns = 0;
  let separators = 0;
  let quotes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at]!;
    if (byte > SEPARATOR) continue;
    if (byte === QUOTE) quotes += 1;
    else if (byte === SEPARATOR) separators += quotes % 2 === 0 ? 1 : 0;
    else if (byte === LF) {
      if (quotes % 2 === 1) return null;
      ends += 1;
    } else if (byte === CR) {
      if (text[at + 1] !== LF) return null;
      returns += 1;
    }
  }
  if (returns !== 0 && returns !== ends) return null;
  const isLastOpen = text.length > 0 && text[text.length - 1] !== LF;
  return {
    lines: ends + (isLastOpen ? 1 : 0),
    separators,
    isQuoted: quotes > 0,
    newLine: returns === 0 ? '\n' : '\r\n',
  };
}

/** True where the beginning of the file has blanks beside separators, as files made to be looked at have. */
function hasBlanksAtSeparators(bytes: Uint8Array): boolean {
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAMPLE_BYTES));
  return [', ', ' ,', ' \n', ' \r'].some((mark) => sample.includes(mark));
}
