import { type Fact, type Instant, type IsoDate, isIsoDate, type ReadBatch } from '../../core/index.js';
import type { Columns } from './columns.js';
import type { DelimitedRecord } from './delimited.js';
import { parseDecimal } from './numbers.js';
import { dataRecords, type RowProblem, readRecords, shapeProblem } from './rows.js';
import { symbolProblem, yahooSymbol } from './symbols.js';

/** What is known of a row so far, told of it if it is set aside. */
export interface RowConcern {
  readonly subject?: string;
  readonly periodEnd?: IsoDate;
  readonly knownAt?: Instant;
}

/** Ends the reading of a row; caught in `readCells`. */
class UnreadableRow extends Error {
  readonly problem: RowProblem;

  constructor(problem: RowProblem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/** The cells of one row by the names of their columns. What cannot be read ends the reading of the row. */
export class Cells {
  readonly #columns: Columns;
  readonly #blanks: readonly string[];
  #record: DelimitedRecord = { line: 0, fields: [] };
  #concern: RowConcern = {};

  /** @param blanks texts that stand for no value */
  constructor(columns: Columns, blanks: readonly string[]) {
    this.#columns = columns;
    this.#blanks = blanks;
  }

  /** Turns to the next row. */
  turnTo(record: DelimitedRecord): this {
    this.#record = record;
    this.#concern = {};
    return this;
  }

  /** 1-based line of the file. */
  get line(): number {
    return this.#record.line;
  }

  concern(more: RowConcern): void {
    this.#concern = { ...this.#concern, ...more };
  }

  /** '' where the file has no such column. */
  text(name: string): string {
    const position = this.#columns.positions.get(name);
    return position === undefined ? '' : this.#record.fields[position]!;
  }

  /** Null for a blank, and where the file has no such column. */
  optionalText(name: string): string | null {
    const text = this.text(name);
    return text === '' || this.#blanks.includes(text) ? null : text;
  }

  date(name: string): IsoDate {
    const text = this.text(name);
    return isIsoDate(text) ? text : this.refuse(name, 'a day as YYYY-MM-DD', `${name} cannot be read`);
  }

  optionalDate(name: string): IsoDate | null {
    return this.optionalText(name) === null ? null : this.date(name);
  }

  number(name: string): number {
    return parseDecimal(this.text(name)) ?? this.refuse(name, 'a decimal number', `${name} cannot be read`);
  }

  optionalNumber(name: string): number | null {
    return this.optionalText(name) === null ? null : this.number(name);
  }

  /** A ticker in the style of Yahoo Finance. */
  symbol(name: string): string {
    const symbol = yahooSymbol(this.text(name));
    if (symbol === null) throw new UnreadableRow(symbolProblem(name, this.text(name)));
    return symbol;
  }

  /** Sets the row aside for what stands in a column. */
  refuse(column: string, expected: string, reason: string): never {
    throw new UnreadableRow({ column, found: this.text(column), expected, reason, ...this.#concern });
  }
}

export interface CellsOptions {
  /** Texts that stand for no value beside an empty cell. */
  readonly blanks?: readonly string[];
  /** The records below the header, where that is not the first line. */
  readonly records?: Iterable<DelimitedRecord>;
}

/** Reads a delimited file row by row: each row pushes facts, at least one, or is set aside for its first unreadable cell. */
export function readCells(
  bytes: Uint8Array,
  columns: Columns,
  readRow: (cells: Cells, facts: Fact[]) => void,
  options: CellsOptions = {},
): Generator<ReadBatch> {
  const cells = new Cells(columns, options.blanks ?? []);
  const records = options.records ?? dataRecords(bytes);
  return readRecords(records, columns.width, (record, facts) =>
    problemOf(() => readRow(cells.turnTo(record), facts)),
  );
}

/** A first look over the rows that can be read, for what `readCells` then has to know of the whole file; others are passed over. */
export function lookOver(bytes: Uint8Array, columns: Columns, look: (cells: Cells) => void): void {
  const cells = new Cells(columns, []);
  for (const record of dataRecords(bytes))
    if (shapeProblem(record, columns.width) === null) problemOf(() => look(cells.turnTo(record)));
}

function problemOf(read: () => void): RowProblem | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof UnreadableRow) return error.problem;
    throw error;
  }
}
