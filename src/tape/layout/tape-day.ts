import { existsSync } from 'node:fs';
import {
  FormatError,
  type IsoDate,
  NotCovered,
  type QuoteColumns,
  type TapeFormat,
  type TradeColumns,
} from '../../core/index.js';
import type { TapeKind } from './columns.js';
import { SymbolBatches } from './symbol-batches.js';
import { tapePath } from './tape-days.js';
import { indexTapeFile, type TapeFileIndex } from './tape-file.js';

/** A symbol of a day, with what its rows came from. */
export interface TapeSymbol {
  readonly symbol: string;
  readonly trades: number;
  readonly quotes: number;
  /** Null where there are no such rows. */
  readonly tradeFormat: TapeFormat | null;
  readonly quoteFormat: TapeFormat | null;
}

/** Where a day's files have what; plain data, so that threads can be told. */
export interface TapeDayIndex {
  readonly date: IsoDate;
  readonly trades: TapeFileIndex | null;
  readonly quotes: TapeFileIndex | null;
}

/**
 * One day of a folder in the tape layout. Iterators of one kind take turns: what they give is good until the next of that kind is
 * asked for.
 */
export interface TapeDay {
  readonly date: IsoDate;
  /** In the order of the files: by the text of the symbol. */
  readonly symbols: readonly TapeSymbol[];
  /** Prints of a symbol in order, in batches of at most a row group; none for a symbol that the day does not have. */
  trades(symbol: string): Iterable<TradeColumns>;
  quotes(symbol: string): Iterable<QuoteColumns>;
  close(): void;
}

export interface ReadTapeOptions {
  /** The largest batch; else a row group. */
  readonly batchRows?: number;
  /** Reads the venue of quotes, from which the NBBO of kind `venue` is built. Default: as the formats declare. */
  readonly needsVenues?: boolean;
}

function indexOf(path: string, kind: TapeKind): TapeFileIndex | null {
  if (!existsSync(path)) return null;
  const index = indexTapeFile(path);
  if (index !== null && index.note.kind === kind) return index;
  throw new FormatError(
    `${path} was written by another program and cannot be read as it is; bring it in with tidemark tape import`,
    { place: { file: path } },
  );
}

/**
 * @throws {NotCovered} where the folder has no such day
 * @throws {FormatError} for a damaged file
 */
export function indexTapeDay(directory: string, date: IsoDate): TapeDayIndex {
  const trades = indexOf(tapePath(directory, date, 'trades'), 'trades');
  const quotes = indexOf(tapePath(directory, date, 'quotes'), 'quotes');
  if (trades === null && quotes === null)
    throw new NotCovered(`'${directory}' has no tape of ${date}; bring it there with tidemark tape import`);
  return { date, trades, quotes };
}

/** Opens a day's files for reading. */
export function openTapeDay(index: TapeDayIndex, options: ReadTapeOptions = {}): TapeDay {
  const { trades, quotes } = index;
  const hasVenueQuotes = quotes?.note.formats.some((format) => format.quoteKind === 'venue') ?? false;
  const tradeBatches = trades === null ? null : new SymbolBatches(trades, options);
  const quoteBatches =
    quotes === null ? null : new SymbolBatches(quotes, { needsVenues: hasVenueQuotes, ...options });
  const placeOfTrades = placesOf(trades);
  const placeOfQuotes = placesOf(quotes);
  return {
    date: index.date,
    symbols: symbolsOf(index),
    *trades(symbol) {
      const place = placeOfTrades.get(symbol);
      if (place !== undefined) yield* tradeBatches!.trades(place);
    },
    *quotes(symbol) {
      const place = placeOfQuotes.get(symbol);
      if (place !== undefined) yield* quoteBatches!.quotes(place);
    },
    close() {
      tradeBatches?.close();
      quoteBatches?.close();
    },
  };
}

function placesOf(index: TapeFileIndex | null): Map<string, number> {
  return new Map(index?.note.symbols.map(([symbol], place) => [symbol, place]));
}

/** The symbols of a day, of either file, in order. */
export function symbolsOf({ trades, quotes }: TapeDayIndex): TapeSymbol[] {
  const found = new Map<string, TapeSymbol>();
  const nothing = { trades: 0, quotes: 0, tradeFormat: null, quoteFormat: null };
  for (const [symbol, rows, format] of trades?.note.symbols ?? [])
    found.set(symbol, { symbol, ...nothing, trades: rows, tradeFormat: trades!.note.formats[format]! });
  for (const [symbol, rows, format] of quotes?.note.symbols ?? []) {
    const known = found.get(symbol) ?? { symbol, ...nothing };
    found.set(symbol, { ...known, quotes: rows, quoteFormat: quotes!.note.formats[format]! });
  }
  return [...found.values()].sort((left, right) => (left.symbol < right.symbol ? -1 : 1));
}
