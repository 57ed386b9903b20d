import type { Fact, Instant, IsoDate, ReadBatch, SetAsideRow } from '../../core/index.js';
import { type DelimitedRecord, readDelimited } from './delimited.js';

const BATCH_ROWS = 8192;
const LONGEST_QUOTATION = 200;

/** What is wrong with a row: where, what stood there, what should have. */
export interface RowProblem {
  readonly column: string | null;
  readonly found: string;
  readonly expected: string;
  readonly reason: string;
  readonly subject?: string;
  readonly periodEnd?: IsoDate;
  readonly knownAt?: Instant;
}

/** Pushes the facts of a row, at least one, and returns null; or returns what is wrong with the row. */
export type RowReader = (record: DelimitedRecord, facts: Fact[]) => RowProblem | null;

/** A row that is set aside; a long find is quoted by its beginning. */
export function setAsideRow(line: number, problem: RowProblem): SetAsideRow {
  const { found } = problem;
  const quoted = found.length > LONGEST_QUOTATION ? `${found.slice(0, LONGEST_QUOTATION)}...` : found;
  return { rowNumber: line, ...problem, found: quoted };
}

/** Why a record cannot be a row of a file with so many columns; null where it can. */
export function shapeProblem(record: DelimitedRecord, width: number): RowProblem | null {
  if (record.malformed !== undefined) {
    return {
      column: null,
      found: record.fields[0]!,
      expected: 'fields between separators, in closed quotes or none',
      reason: record.malformed,
    };
  }
  if (record.fields.length === width) return null;
  return {
    column: null,
    found: `${record.fields.length} fields`,
    expected: `${width} fields, as in the header`,
    reason: 'the row is shorter or longer than the header',
  };
}

/**
 * Reads a delimited file with one header line, row by row, in batches: each row gives facts or one set-aside row.
 * @param width number of columns in the header
 */
export function readRows(bytes: Uint8Array, width: number, readRow: RowReader): Generator<ReadBatch> {
  return readRecords(dataRecords(bytes), width, readRow);
}

/**
 * Reads records one by one, in batches: each gives facts or one set-aside row.
 * @param width number of fields that each must have
 */
export function* readRecords(
  records: Iterable<DelimitedRecord>,
  width: number,
  readRow: RowReader,
): Generator<ReadBatch> {
  let facts: Fact[] = [];
  let setAside: SetAsideRow[] = [];
  let rowsRead = 0;
  for (const record of records) {
    const before = facts.length;
    const problem = shapeProblem(record, width) ?? readRow(record, facts);
    if (problem !== null) {
      facts.length = before;
      setAside.push(setAsideRow(record.line, problem));
    } else if (facts.length === before) {
      throw new Error(`line ${record.line} gave neither a fact nor a set-aside row`);
    }
    rowsRead += 1;
    if (rowsRead === BATCH_ROWS) {
      yield { facts, setAside, rowsRead };
      facts = [];
      setAside = [];
      rowsRead = 0;
    }
  }
  if (rowsRead > 0) yield { facts, setAside, rowsRead };
}

/** The records below the header line. */
export function* dataRecords(bytes: Uint8Array): Generator<DelimitedRecord> {
  let isHeader = true;
  for (const record of readDelimited(bytes)) {
    if (!isHeader) yield record;
    isHeader = false;
  }
}
