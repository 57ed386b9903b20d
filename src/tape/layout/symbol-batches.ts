import type { QuoteColumns, TradeColumns } from '../../core/index.js';
import type { Column, TapeKind } from './columns.js';
import { RowGroupReader } from './row-group-reader.js';
import type { TapeFileIndex } from './tape-file.js';

/** Columns that signing reads. The venue of quotes counts only where the NBBO is built from venues. */
const SIGNING_COLUMNS: Readonly<Record<TapeKind, readonly string[]>> = {
  trades: [
    'time',
    'price_micros',
    'size_micros',
    'exchange',
    'conditions',
    'tape',
    'correction',
    'suspicious',
    'aggressor',
  ],
  quotes: ['time', 'bid_micros', 'ask_micros', 'eligible'],
};

/** Hands out the rows of a file symbol by symbol; what it gives is good until the next call. */
export class SymbolBatches {
  readonly #index: TapeFileIndex;
  readonly #reader: RowGroupReader;
  readonly #batchRows: number;

  constructor(index: TapeFileIndex, options: { needsVenues?: boolean; batchRows?: number } = {}) {
    const wanted = SIGNING_COLUMNS[index.note.kind];
    this.#index = index;
    this.#reader = new RowGroupReader(index, options.needsVenues === true ? [...wanted, 'exchange'] : wanted);
    this.#batchRows = options.batchRows ?? Number.POSITIVE_INFINITY;
  }

  /** Stretches of one symbol's rows that lie in one row group. */
  *#stretches(symbol: number): Generator<[columns: readonly Column[], from: number, to: number]> {
    const { symbolRows, groupRows } = this.#index;
    const end = symbolRows[symbol + 1]!;
    let row = symbolRows[symbol]!;
    let group = lastAtMost(groupRows, row);
    while (row < end) {
      const start = groupRows[group]!;
      const stop = Math.min(end, groupRows[group + 1]!);
      const columns = this.#reader.read(group);
      for (; row < stop; row = Math.min(stop, row + this.#batchRows))
        yield [columns, row - start, Math.min(stop, row + this.#batchRows) - start];
      group += 1;
    }
  }

  /** @param symbol place in the note's list */
  *trades(symbol: number): Generator<TradeColumns> {
    for (const [columns, from, to] of this.#stretches(symbol)) {
      const cut = (column: number) => columns[column]!.subarray(from, to);
      yield {
        length: to - from,
        timeNanos: cut(0) as Float64Array,
        priceMicros: cut(1) as Float64Array,
        sizeMicros: cut(2) as Float64Array,
        venue: cut(3) as Uint8Array,
        conditions: cut(4) as Uint16Array,
        conditionSets: this.#reader.conditionSets,
        tape: cut(5) as Uint8Array,
        correction: cut(6) as Uint8Array,
        suspicious: cut(7) as Uint8Array,
        aggressor: cut(8) as Int8Array,
      };
    }
  }

  /** @param symbol place in the note's list */
  *quotes(symbol: number): Generator<QuoteColumns> {
    const noVenues = new Uint8Array(0);
    for (const [columns, from, to] of this.#stretches(symbol)) {
      yield {
        length: to - from,
        timeNanos: columns[0]!.subarray(from, to) as Float64Array,
        bidMicros: columns[1]!.subarray(from, to) as Float64Array,
        askMicros: columns[2]!.subarray(from, to) as Float64Array,
        eligible: columns[3]!.subarray(from, to) as Uint8Array,
        venue: (columns[4]?.subarray(from, to) as Uint8Array | undefined) ?? noVenues,
      };
    }
  }

  close(): void {
    this.#reader.close();
  }
}

/** Place of the last entry that is at most `value`; entries ascend. */
function lastAtMost(entries: Float64Array, value: number): number {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (entries[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
