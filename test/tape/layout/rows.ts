import fc from 'fast-check';
import { newYorkInstant } from '../../../src/core/dates.js';
import type {
  IsoDate,
  TapeBatch,
  TapeCancel,
  TapeFormat,
  TapeQuoteBatch,
  TapeTradeBatch,
} from '../../../src/core/index.js';
import { indexTapeDay, listTapeDays, openTapeDay, type TapeInput } from '../../../src/tape/layout/index.js';

const FORMAT = {
  quoteSizeUnit: 'shares',
  clock: 'nanoseconds since 1970, UTC',
  hasSubPennyPrices: true,
  evidence: 'made by a test',
};
export const QUOTES: TapeFormat = { ...FORMAT, name: 'test-quotes', holds: 'quotes', quoteKind: 'venue' };
export const TRADES: TapeFormat = {
  ...FORMAT,
  name: 'test-trades',
  holds: 'trades',
  quoteKind: null,
  quoteSizeUnit: null,
};

export interface Trade {
  readonly symbol: string;
  readonly date: IsoDate;
  readonly time: number;
  readonly sequence: number;
  readonly price: number;
  readonly size: number;
  readonly venue: number;
  readonly conditions: string;
  readonly tape: number;
  readonly correction: number;
  readonly suspicious: number;
  readonly aggressor: number;
  readonly id?: bigint;
}

export interface Quote {
  readonly symbol: string;
  readonly date: IsoDate;
  readonly time: number;
  readonly sequence: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
  readonly venue: number;
  readonly eligible: number;
}

export const DATES = ['2024-03-08', '2024-03-11', '2024-11-01'] as IsoDate[];
const SYMBOLS = ['A', 'BRK.B', 'SPY', 'ZZZ'];

const place = {
  symbol: fc.constantFrom(...SYMBOLS),
  date: fc.constantFrom(...DATES),
  time: fc.oneof(fc.nat(4), fc.integer({ min: 0, max: 86_399_999_999_999 })),
  sequence: fc.oneof(fc.constant(0), fc.nat(3), fc.maxSafeNat()),
};
const price = fc.oneof(
  fc.constantFrom(0, 24_100_000, 24_100_001),
  fc.integer({ min: -5, max: 700_000_000_000 }),
);
const size = fc.oneof(fc.constant(100_000_000), fc.maxSafeNat());

export const trade: fc.Arbitrary<Trade> = fc.record({
  ...place,
  price,
  size,
  venue: fc.constantFrom(0, 68, 78),
  conditions: fc.constantFrom('', 'F', 'FI', 'T'),
  tape: fc.constantFrom(0, 65, 67),
  correction: fc.constantFrom(0, 1, 12),
  suspicious: fc.constantFrom(0, 1),
  aggressor: fc.constantFrom(-1, 0, 1),
});

export const quote: fc.Arbitrary<Quote> = fc.record({
  ...place,
  bid: price,
  ask: price,
  bidSize: size,
  askSize: size,
  venue: fc.constantFrom(0, 80, 90),
  eligible: fc.constantFrom(0, 1),
});

function commonColumns(rows: readonly (Trade | Quote)[], symbols: readonly string[], before: number) {
  const midnight = (date: IsoDate) => BigInt(newYorkInstant(date, 0)) * 1_000_000n;
  return {
    rows: rows.length,
    epochNanos: BigInt64Array.from(rows, (row) => midnight(row.date) + BigInt(row.time)),
    symbol: Uint32Array.from(rows, (row) => symbols.indexOf(row.symbol)),
    symbols,
    sequence: Float64Array.from(rows, (row) => row.sequence),
    rowNumber: Float64Array.from(rows, (_, index) => before + index + 1),
    venue: Uint8Array.from(rows, (row) => row.venue),
  };
}

export function tradeBatch(rows: readonly Trade[], symbols: readonly string[], before = 0): TapeTradeBatch {
  const conditionSets = [...new Set(rows.map((row) => row.conditions))].reverse();
  return {
    kind: 'trades',
    ...commonColumns(rows, symbols, before),
    priceMicros: Float64Array.from(rows, (row) => row.price),
    sizeMicros: Float64Array.from(rows, (row) => row.size),
    conditions: Uint16Array.from(rows, (row) => conditionSets.indexOf(row.conditions)),
    conditionSets,
    tape: Uint8Array.from(rows, (row) => row.tape),
    correction: Uint8Array.from(rows, (row) => row.correction),
    suspicious: Uint8Array.from(rows, (row) => row.suspicious),
    aggressor: Int8Array.from(rows, (row) => row.aggressor),
    tradeId: rows.some((row) => row.id !== undefined)
      ? BigInt64Array.from(rows, (row) => row.id ?? 0n)
      : null,
  };
}

function quoteBatch(rows: readonly Quote[], symbols: readonly string[], before: number): TapeQuoteBatch {
  return {
    kind: 'quotes',
    ...commonColumns(rows, symbols, before),
    bidMicros: Float64Array.from(rows, (row) => row.bid),
    askMicros: Float64Array.from(rows, (row) => row.ask),
    bidSizeMicros: Float64Array.from(rows, (row) => row.bidSize),
    askSizeMicros: Float64Array.from(rows, (row) => row.askSize),
    eligible: Uint8Array.from(rows, (row) => row.eligible),
  };
}

export const batchOf = (part: Partial<TapeBatch>): TapeBatch => ({
  trades: null,
  quotes: null,
  cancels: [],
  setAside: [],
  otherRows: 0,
  rowsRead: (part.trades?.rows ?? 0) + (part.quotes?.rows ?? 0) + (part.cancels?.length ?? 0),
  ...part,
});

/** Inputs of the rows, in batches of `batchRows`. */
export function inputsOf(trades: readonly Trade[], quotes: readonly Quote[], batchRows = 3): TapeInput[] {
  async function* tradeBatches() {
    for (let from = 0; from < trades.length; from += batchRows)
      yield batchOf({ trades: tradeBatch(trades.slice(from, from + batchRows), SYMBOLS, from) });
  }
  async function* quoteBatches() {
    for (let from = 0; from < quotes.length; from += batchRows)
      yield batchOf({ quotes: quoteBatch(quotes.slice(from, from + batchRows), SYMBOLS, from) });
  }
  return [
    { name: 'trades.csv', format: TRADES, batches: tradeBatches() },
    { name: 'quotes.csv', format: QUOTES, batches: quoteBatches() },
  ];
}

/** One input of one batch with cancels. */
export function cancelInput(trades: readonly Trade[], cancels: readonly TapeCancel[]): TapeInput {
  async function* batches() {
    yield batchOf({ trades: tradeBatch(trades, SYMBOLS), cancels });
  }
  return { name: 'live.json', format: TRADES, batches: batches() };
}

/** All rows of a folder in the order of its files, without sequence numbers and sizes of quotes, which signing does not read. */
export function readFolder(directory: string, batchRows?: number) {
  const rows: { trades: unknown[]; quotes: unknown[] } = { trades: [], quotes: [] };
  for (const date of listTapeDays(directory)) {
    const day = openTapeDay(indexTapeDay(directory, date), batchRows === undefined ? {} : { batchRows });
    for (const { symbol } of day.symbols) {
      for (const batch of day.trades(symbol)) {
        for (let row = 0; row < batch.length; row += 1) {
          rows.trades.push({
            symbol,
            date,
            time: batch.timeNanos[row],
            price: batch.priceMicros[row],
            size: batch.sizeMicros[row],
            venue: batch.venue[row],
            conditions: batch.conditionSets[batch.conditions[row]!],
            tape: batch.tape[row],
            correction: batch.correction[row],
            suspicious: batch.suspicious[row],
            aggressor: batch.aggressor[row],
          });
        }
      }
      for (const batch of day.quotes(symbol)) {
        for (let row = 0; row < batch.length; row += 1) {
          rows.quotes.push({
            symbol,
            date,
            time: batch.timeNanos[row],
            bid: batch.bidMicros[row],
            ask: batch.askMicros[row],
            venue: batch.venue[row],
            eligible: batch.eligible[row],
          });
        }
      }
    }
    day.close();
  }
  return rows;
}

/** What a folder must hold after an import of the rows: sorted, and without repeats of numbered rows. */
export function expectedRows<Row extends Trade | Quote>(rows: readonly Row[]): Row[] {
  const byPlace = (left: Row, right: Row) =>
    compare(left.date, right.date) ||
    compare(left.symbol, right.symbol) ||
    left.time - right.time ||
    left.sequence - right.sequence;
  const seen = new Set<string>();
  return rows.toSorted(byPlace).filter((row) => {
    const text = JSON.stringify(row);
    if (row.sequence !== 0 && seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

export function withoutUnread<Row extends Trade | Quote>(rows: readonly Row[]): object[] {
  return rows.map((row) => {
    const { sequence, bidSize, askSize, id, ...rest } = row as Trade & Quote;
    return { ...rest };
  });
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
