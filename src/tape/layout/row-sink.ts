import { type Column, copyRows, newColumn, TAPE_COLUMNS, type TapeKind } from './columns.js';
import type { SymbolRun, TapeFileWriter } from './parquet-file.js';
import { ROW_SHAPES, type RowShape } from './spill.js';

/** What became of equal rows. */
export interface RepeatCounts {
  /** Left out: the same row, source's sequence number included, a second time in one input. */
  repeated: number;
  /** Left out: equal to a row of another input or of the day's file as it was. */
  alreadyThere: number;
  /** Kept: equal to another row of the input, but without a sequence number that would say it is the same. */
  keptEqual: number;
}

/** Number of the input that rows of the day's file as it was have; inputs count from 1. */
const EXISTING = 0;

interface EqualRows {
  kept: number;
  input: number;
  ofInput: number;
  readonly ids: Set<bigint>;
}

/**
 * Gathers the rows of a file, symbol by symbol, into row groups and leaves out those that are there twice. Rows are
 * compared only where time and sequence number are equal.
 */
export class RowSink {
  readonly symbols: SymbolRun[] = [];
  readonly #columns: Column[];
  readonly #shape: RowShape;
  readonly #fileColumns: number;
  readonly #capacity: number;
  readonly #writer: TapeFileWriter;
  readonly #counts: RepeatCounts;
  #runs: SymbolRun[] = [];
  #symbol = '';
  #rows = 0;
  #rowsOfSymbol = 0;
  #rowsOfRun = 0;
  /** Rows of the key at hand, once there is a second one. */
  readonly #equals = new Map<string, EqualRows>();

  constructor(kind: TapeKind, writer: TapeFileWriter, rowGroupRows: number, counts: RepeatCounts) {
    this.#shape = ROW_SHAPES[kind];
    this.#fileColumns = TAPE_COLUMNS[kind].length;
    this.#capacity = rowGroupRows;
    this.#writer = writer;
    this.#counts = counts;
    this.#columns = this.#shape.storages.map((storage) => newColumn(storage, rowGroupRows));
  }

  /** Rows that follow are of this symbol. */
  begin(symbol: string): void {
    this.#endSymbol();
    this.#symbol = symbol;
    this.#equals.clear();
  }

  #endSymbol(): void {
    this.#endRun();
    if (this.#rowsOfSymbol > 0) this.symbols.push({ symbol: this.#symbol, rows: this.#rowsOfSymbol });
    this.#rowsOfSymbol = 0;
  }

  #endRun(): void {
    if (this.#rowsOfRun > 0) this.#runs.push({ symbol: this.#symbol, rows: this.#rowsOfRun });
    this.#rowsOfRun = 0;
  }

  /** Takes rows [from, to), which follow those before in order of time and sequence. */
  take(columns: readonly Column[], from: number, to: number): void {
    const times = columns[0] as Float64Array;
    const sequences = columns[this.#shape.sequence] as Float64Array;
    let start = from;
    let isEqual = this.#rowsOfSymbol > 0 && this.#hasLastKey(times[from]!, sequences[from]!);
    for (let row = from; row < to; row += 1) {
      if (isEqual) {
        this.#copy(columns, start, row);
        start = this.#isKept(columns, row) ? row : row + 1;
        // The next row is compared with this one, so it must be in place.
        this.#copy(columns, start, row + 1);
        start = row + 1;
      }
      const next = row + 1;
      isEqual = next < to && times[next] === times[row] && sequences[next] === sequences[row];
    }
    this.#copy(columns, start, to);
  }

  get #last(): number {
    return (this.#rows === 0 ? this.#capacity : this.#rows) - 1;
  }

  #hasLastKey(time: number, sequence: number): boolean {
    const last = this.#last;
    return this.#columns[0]![last] === time && this.#columns[this.#shape.sequence]![last] === sequence;
  }

  /** Judges a row whose time and sequence number are those of the row before it. */
  #isKept(columns: readonly Column[], row: number): boolean {
    const time = columns[0]![row] as number;
    const sequence = columns[this.#shape.sequence]![row] as number;
    if (this.#equals.size === 0 || this.#keyOfEquals !== time || this.#sequenceOfEquals !== sequence) {
      this.#equals.clear();
      this.#keyOfEquals = time;
      this.#sequenceOfEquals = sequence;
      this.#judge(this.#columns, this.#last, sequence);
    }
    return this.#judge(columns, row, sequence);
  }

  #keyOfEquals = Number.NaN;
  #sequenceOfEquals = Number.NaN;

  #judge(columns: readonly Column[], row: number, sequence: number): boolean {
    let text = '';
    for (let column = 1; column < this.#fileColumns - 1; column += 1) text += `${columns[column]![row]}|`;
    const input = columns[this.#shape.input]![row] as number;
    const id = this.#shape.tradeId < 0 ? 0n : (columns[this.#shape.tradeId]![row] as bigint);
    const equal = this.#equals.get(text);
    if (equal === undefined) {
      this.#equals.set(text, { kept: 1, input, ofInput: 1, ids: new Set([id]) });
      return true;
    }
    if (equal.input !== input) {
      equal.input = input;
      equal.ofInput = 0;
      equal.ids.clear();
    }
    if (sequence !== 0 && equal.ids.has(id)) {
      this.#counts.repeated += 1;
      return false;
    }
    equal.ids.add(id);
    equal.ofInput += 1;
    if (equal.ofInput <= equal.kept) {
      this.#counts.alreadyThere += 1;
      return false;
    }
    equal.kept += 1;
    if (input !== EXISTING) this.#counts.keptEqual += 1;
    return true;
  }

  #copy(columns: readonly Column[], from: number, to: number): void {
    let at = from;
    while (at < to) {
      if (this.#rows === this.#capacity) this.#flush();
      const end = Math.min(to, at + this.#capacity - this.#rows);
      for (let column = 0; column < this.#columns.length; column += 1)
        copyRows(columns[column]!, at, end, this.#columns[column]!, this.#rows);
      this.#rows += end - at;
      this.#rowsOfRun += end - at;
      this.#rowsOfSymbol += end - at;
      at = end;
    }
    if (this.#rows === this.#capacity) this.#flush();
  }

  #flush(): void {
    this.#endRun();
    if (this.#rows > 0) this.#writer.writeRowGroup(this.#runs, this.#columns, this.#rows);
    this.#runs = [];
    this.#rows = 0;
  }

  finish(): void {
    this.#endSymbol();
    this.#flush();
  }
}
