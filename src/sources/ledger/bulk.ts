import { isUtf8 } from 'node:buffer';
import type { BulkInput, BulkPlan } from '../../core/index.js';
import type { Columns } from '../text/index.js';
import { cleanSql, factSql, stepsSql } from './bulk-sql.js';
import { LEDGER_COLUMNS, type LedgerColumn, QUANTITY_SIGN } from './layout.js';
import { isParquet } from './parquet-columns.js';

const SAMPLE_BYTES = 65_536;
const LF = 10;
const CR = 13;

/**
 * How the engine reads a ledger by itself.
 * @param judge reads the rows that SQL leaves
 * @returns null for a text whose lines the engine could cut otherwise than the scanner: not UTF-8, ends of lines mixed
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
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = view.subarray(0, endOfText(view));
  if (!isUtf8(text)) return null;
  const lines = countLines(text);
  if (lines === null) return null;
  const { count, newLine } = lines;
  return { format: 'csv', bytes: text, columns, rows: count - 1, isQuoted: text.includes('"'), newLine };
}

/** Just behind the last end of line that is not blank. */
function endOfText(view: Buffer): number {
  let end = view.length;
  while (end > 0 && (view[end - 1] === LF || view[end - 1] === CR)) end -= 1;
  if (view[end] === CR && view[end + 1] === LF) return end + 2;
  return Math.min(end + 1, view.length);
}

/** Lines of a text whose ends of lines are all alike; null where they are not. */
function countLines(text: Buffer): { count: number; newLine: '\n' | '\r\n' } | null {
  let count = 0;
  let returns = 0;
  for (let at = text.indexOf(LF); at >= 0; at = text.indexOf(LF, at + 1)) {
    count += 1;
    if (text[at - 1] === CR) returns += 1;
  }
  if (returns !== 0 && returns !== count) return null;
  if (countOf(text, CR, returns) !== returns) return null;
  const isLastOpen = text.length > 0 && text[text.length - 1] !== LF;
  return { count: count + (isLastOpen ? 1 : 0), newLine: returns === 0 ? '\n' : '\r\n' };
}

/** Occurrences of a byte, given up beyond `limit`. */
function countOf(text: Buffer, byte: number, limit: number): number {
  let count = 0;
  for (let at = text.indexOf(byte); at >= 0 && count <= limit; at = text.indexOf(byte, at + 1)) count += 1;
  return count;
}

/** True where the beginning of the file has blanks beside separators, as files made to be looked at have. */
function hasBlanksAtSeparators(bytes: Uint8Array): boolean {
  const sample = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAMPLE_BYTES));
  return [', ', ' ,', ' \n', ' \r'].some((mark) => sample.includes(mark));
}
