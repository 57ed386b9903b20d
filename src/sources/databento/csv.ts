import { dayNumber, FormatError, isIsoDate, type TapeBatch, type TapeFormat } from '../../core/index.js';
import type { QuoteRows, TradeRows } from '../text/tape/batch-builder.js';
import {
  ByteDictionary,
  EpochTime,
  HeaderColumns,
  type LineScanner,
  parseClockTime,
  parseMicros,
  parseWhole,
  type RowReading,
  readDelimitedTape,
  type TapeWriter,
  writeEpochNanos,
} from '../text/tape/index.js';
import { NANO_DOLLARS_PER_MICRO_DOLLAR } from './layout.js';
import { aggressorOf, modeOfFormat } from './mode.js';
import { publisherOf } from './publishers.js';

const REQUIRED = ['ts_event', 'publisher_id', 'instrument_id', 'action', 'side', 'price', 'size'] as const;
const TOP = ['bid_px_00', 'ask_px_00', 'bid_sz_00', 'ask_sz_00'] as const;

const SECONDS_PER_DAY = 86_400;
const MICROS = 1_000_000;
const NANO_PLACES = 9;
const MICRO_PLACES = 6;
const POINT = '.'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);
const HYPHEN = '-'.charCodeAt(0);
const ZULU = 'Z'.charCodeAt(0);
const TRADED = 'T'.charCodeAt(0);
const NO_PRICE = '9223372036854775807';
const EXPECTED_PRICE = 'whole millionths of a dollar below 9,000,000 dollars';

/** The schema that a header is of; null where it is not one of Databento's with trades or top of book. */
export function schemaOfHeader(header: readonly string[]): string | null {
  const columns = new HeaderColumns(header);
  if (!columns.has(...REQUIRED)) return null;
  if (columns.has('order_id')) return 'mbo';
  if (!columns.has(...TOP)) return columns.has('bid_px_00') ? null : 'trades';
  return columns.has('bid_pb_00') ? 'cmbp-1' : 'mbp-1';
}

/**
 * Reads trades and top of book of a CSV file with the columns of DBN, times and prices in either spelling.
 * @throws {FormatError} where the file names no symbols
 */
export function readDatabentoCsv(
  file: string,
  format: TapeFormat,
  chunks: AsyncIterable<Uint8Array>,
): AsyncIterable<TapeBatch> {
  return readDelimitedTape(file, chunks, {
    separator: ',',
    hasHeader: true,
    acceptsUnterminatedLine: false,
    rowReader: (header, scanner, writer) => new CsvRows({ file, format, header, scanner, writer }),
  });
}

/** What trades and quotes have in common. */
interface Front {
  readonly symbol: number;
  readonly venue: number;
  readonly sequence: number;
}

interface CsvParts {
  readonly file: string;
  readonly format: TapeFormat;
  readonly header: readonly string[];
  readonly scanner: LineScanner;
  readonly writer: TapeWriter;
}

class CsvRows implements RowReading {
  readonly width: number;
  readonly #scanner: LineScanner;
  readonly #writer: TapeWriter;
  readonly #columns: HeaderColumns;
  readonly #at: Readonly<
    Record<'time' | 'publisher' | 'action' | 'side' | 'price' | 'size' | 'sequence' | 'symbol', number>
  >;
  readonly #top: readonly number[];
  readonly #isBefore: boolean;
  readonly #isConsolidated: boolean;
  /** True where the schema says so, whoever published the row. */
  readonly #isOfSeveralVenues: boolean;
  readonly #time = new EpochTime();
  /** Days since 1970 by the bytes of a date; -1 where they are none. */
  readonly #dates = new ByteDictionary((date) => (isIsoDate(date) ? dayNumber(date) : -1));
  #day = 0;
  /** Time of the last quote in front of a trade, by symbol and publisher. */
  readonly #quotedAt = new Map<number, string>();

  constructor({ file, format, header, scanner, writer }: CsvParts) {
    this.#scanner = scanner;
    this.#writer = writer;
    this.#columns = new HeaderColumns(header);
    this.width = header.length;
    if (!this.#columns.has('symbol')) {
      throw new FormatError(
        `${file}: has no column symbol, and its instrument ids mean nothing by themselves; download it with symbols (map_symbols) or as DBN`,
        { place: { file, column: 'symbol' } },
      );
    }
    const at = (name: string): number => this.#columns.required(name);
    this.#at = {
      time: at('ts_event'),
      publisher: at('publisher_id'),
      action: at('action'),
      side: at('side'),
      price: at('price'),
      size: at('size'),
      sequence: this.#columns.optional('sequence'),
      symbol: at('symbol'),
    };
    this.#top = format.holds === 'both' ? TOP.map(at) : [];
    this.#isBefore = modeOfFormat(format.name) === 'before';
    this.#isConsolidated = format.quoteKind === 'nbbo';
    this.#isOfSeveralVenues = this.#columns.has('bid_pb_00');
  }

  read(): void {
    const isTrade = this.#character(this.#at.action) === TRADED;
    if (!isTrade && this.#top.length === 0) {
      this.#writer.otherRows += 1;
      return;
    }
    const publisher = publisherOf(this.#whole(this.#at.publisher));
    if (publisher === null) {
      this.#setAside(this.#at.publisher, 'a publisher of US equities');
      return;
    }
    const symbol = this.#symbol();
    if (symbol < 0) {
      this.#setAside(this.#at.symbol, 'a ticker');
      return;
    }
    if (!this.#readTime()) {
      this.#setAside(this.#at.time, 'nanoseconds since 1970, or an ISO 8601 time with Z');
      return;
    }
    const sequence = this.#at.sequence < 0 ? 0 : this.#whole(this.#at.sequence);
    const front: Front = { symbol, venue: publisher.venue, sequence };
    const isWanted = this.#isOfSeveralVenues || publisher.isConsolidated === this.#isConsolidated;
    if (isTrade) this.#trade(front, isWanted && this.#isBefore);
    else if (isWanted) this.#quote(front);
    else this.#writer.otherRows += 1;
  }

  #trade(front: Front, hasQuote: boolean): void {
    const price = this.#isNone(this.#at.price) ? Number.NaN : this.#price(this.#at.price);
    const size = this.#size(this.#at.size);
    if (Number.isNaN(price) || size < 0) {
      if (size < 0) this.#setAside(this.#at.size, 'shares');
      else this.#setAside(this.#at.price, EXPECTED_PRICE);
      return;
    }
    if (hasQuote && this.#isFirstAtItsTime(front) && !this.#quote(front, 1)) return;
    const { trades } = this.#writer;
    const row = this.#begin(trades, front);
    trades.priceMicros[row] = price;
    trades.sizeMicros[row] = size;
    trades.aggressor[row] = aggressorOf(this.#character(this.#at.side));
  }

  /** @param age nanoseconds by which the quote is older than the row; false where the row was set aside */
  #quote(front: Front, age: 0 | 1 = 0): boolean {
    const [bidAt, askAt, bidSizeAt, askSizeAt] = this.#top as [number, number, number, number];
    const [bid, ask] = [this.#price(bidAt), this.#price(askAt)];
    const [bidSize, askSize] = [this.#size(bidSizeAt), this.#size(askSizeAt)];
    const wrong = [bid, ask, bidSize, askSize].findIndex((figure, i) =>
      i < 2 ? Number.isNaN(figure) : figure < 0,
    );
    if (wrong >= 0) {
      this.#setAside(this.#top[wrong]!, wrong < 2 ? EXPECTED_PRICE : 'shares');
      return false;
    }
    const { quotes } = this.#writer;
    const row = this.#begin(quotes, front);
    if (age > 0) quotes.epochNanos[row] = quotes.epochNanos[row]! - 1n;
    quotes.setBid(row, bid, bidSize);
    quotes.setAsk(row, ask, askSize);
    return true;
  }

  #begin(rows: TradeRows | QuoteRows, { symbol, venue, sequence }: Front): number {
    const row = rows.add(symbol, this.#scanner.line);
    writeEpochNanos(rows, row, this.#time.seconds, this.#time.nanos);
    rows.venue[row] = venue;
    rows.sequence[row] = Math.max(sequence, 0);
    return row;
  }

  /** Of several trades at one time only the first has the quote from before that time. */
  #isFirstAtItsTime({ symbol, venue }: Front): boolean {
    const key = symbol * 256 + venue;
    const time = `${this.#time.seconds}.${this.#time.nanos}`;
    if (this.#quotedAt.get(key) === time) return false;
    this.#quotedAt.set(key, time);
    return true;
  }

  #readTime(): boolean {
    const { bytes, starts, ends } = this.#scanner;
    const [start, end] = [starts[this.#at.time]!, ends[this.#at.time]!];
    if (bytes[start + 4] !== HYPHEN) return this.#time.readNanos(bytes, start, end);
    if (bytes[end - 1] !== ZULU || !this.#selectDay(bytes, start)) return false;
    const nanos = parseClockTime(bytes, start + 11, end - 1);
    this.#time.seconds = this.#day * SECONDS_PER_DAY;
    this.#time.nanos = nanos;
    return nanos >= 0;
  }

  /** Goes to the day written as YYYY-MM-DD; false where there is none. */
  #selectDay(bytes: Uint8Array, start: number): boolean {
    const date = this.#dates.get(bytes, start, start + 10);
    this.#day = date;
    return date >= 0;
  }

  /** True where the field is blank or holds the largest number, which stands for no price. */
  #isNone(field: number): boolean {
    const length = this.#scanner.ends[field]! - this.#scanner.starts[field]!;
    return length === 0 || (length === NO_PRICE.length && this.#scanner.text(field) === NO_PRICE);
  }

  /** Micro-dollars; 0 where there is no price, NaN where it cannot be held exactly. */
  #price(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    const start = starts[field]!;
    let end = ends[field]!;
    if (this.#isNone(field)) return 0;
    const point = end - NANO_PLACES - 1;
    if (point >= start && bytes[point] === POINT) {
      while (end > point + 1 + MICRO_PLACES && bytes[end - 1] === ZERO) end -= 1;
      return parseMicros(bytes, start, end);
    }
    if (bytes.subarray(start, end).includes(POINT)) return parseMicros(bytes, start, end);
    const isNegative = bytes[start] === HYPHEN;
    const nanos = parseWhole(bytes, isNegative ? start + 1 : start, end);
    const price = nanos / NANO_DOLLARS_PER_MICRO_DOLLAR;
    if (nanos < 0 || !Number.isInteger(price)) return Number.NaN;
    return isNegative ? -price : price;
  }

  /** Millionths of a share; -1 where the field is no count. */
  #size(field: number): number {
    const shares = this.#whole(field);
    return shares < 0 || shares > Number.MAX_SAFE_INTEGER / MICROS ? -1 : shares * MICROS;
  }

  #whole(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return parseWhole(bytes, starts[field]!, ends[field]!);
  }

  #character(field: number): number {
    const { bytes, starts, ends } = this.#scanner;
    return ends[field]! - starts[field]! === 1 ? bytes[starts[field]!]! : 0;
  }

  #symbol(): number {
    const { bytes, starts, ends } = this.#scanner;
    return this.#writer.symbolNumbers.get(bytes, starts[this.#at.symbol]!, ends[this.#at.symbol]!);
  }

  #setAside(field: number, expected: string): void {
    const column = this.#columns.names[field]!;
    this.#writer.setAsideRow(this.#scanner.line, {
      column,
      found: this.#scanner.text(field),
      expected,
      reason: `the ${column} cannot be used`,
    });
  }
}
