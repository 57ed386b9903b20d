import type { SetAsideRow } from '../../core/index.js';
import type { QuoteRows, TapeBatchBuilder, TradeRows } from '../text/tape/batch-builder.js';
import type { Instruments } from './instruments.js';
import { HEADER, MBO, NANO_DOLLARS_PER_MICRO_DOLLAR, RTYPE, TOP_OF_BOOK, TRADE } from './layout.js';
import { aggressorOf, type TapeMode } from './mode.js';
import { publisherOf } from './publishers.js';

const MICROS = 1e6;
const TWO_32 = 2 ** 32;
const TRADED = 'T'.charCodeAt(0);
const LARGEST_INT32 = 0x7fffffff;
const LARGEST_UINT32 = 0xffffffff;

/** Reads single records of DBN into the columns of a batch. */
export class RecordReader {
  readonly #builder: TapeBatchBuilder;
  readonly #instruments: Instruments;
  readonly #mode: TapeMode;
  readonly #isConsolidated: boolean;
  /** Time of the last quote in front of a trade, by instrument and publisher. */
  readonly #quotedAt = new Map<number, bigint>();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #rowNumber = 0;
  #symbol = 0;
  #venue = 0;
  #isOfSeveralVenues = false;

  /** @param reading.isConsolidated whether quotes over several venues count, or those of single ones */
  constructor(
    builder: TapeBatchBuilder,
    instruments: Instruments,
    reading: { readonly mode: TapeMode; readonly isConsolidated: boolean },
  ) {
    this.#builder = builder;
    this.#instruments = instruments;
    this.#mode = reading.mode;
    this.#isConsolidated = reading.isConsolidated;
  }

  /** The bytes in which the next records stand. */
  load(view: DataView): void {
    this.#view = view;
  }

  readTrade(at: number, rowNumber: number): void {
    this.#rowNumber = rowNumber;
    if (this.#identify(at)) this.#trade(at, TRADE);
  }

  /** Of single orders, the trades. */
  readOrder(at: number, rowNumber: number): void {
    this.#rowNumber = rowNumber;
    if (this.#view.getUint8(at + MBO.action) !== TRADED) this.#builder.otherRows += 1;
    else if (this.#identify(at)) this.#trade(at, MBO);
  }

  readTopOfBook(at: number, rowNumber: number): void {
    this.#rowNumber = rowNumber;
    if (!this.#identify(at)) return;
    const isTrade = this.#view.getUint8(at + TRADE.action) === TRADED;
    const isOfSeveralVenues =
      this.#isOfSeveralVenues || this.#view.getUint8(at + HEADER.rtype) !== RTYPE.mbp1;
    const isWanted = isOfSeveralVenues === this.#isConsolidated;
    if (isTrade) this.#trade(at, TRADE, isWanted && this.#mode === 'before');
    else if (isWanted) this.#quote(at, 0n);
    else this.#builder.otherRows += 1;
  }

  /** Of several trades at one time only the first has the quote from before that time. */
  #isFirstAtItsTime(at: number): boolean {
    const { instrument, publisher, tsEvent } = HEADER;
    const key =
      this.#view.getUint32(at + instrument, true) * 65_536 + this.#view.getUint16(at + publisher, true);
    const time = this.#view.getBigInt64(at + tsEvent, true);
    if (this.#quotedAt.get(key) === time) return false;
    this.#quotedAt.set(key, time);
    return true;
  }

  /** Finds symbol and venue; false where the row was set aside. */
  #identify(at: number): boolean {
    const view = this.#view;
    const high = view.getUint32(at + HEADER.tsEvent + 4, true);
    if (high > LARGEST_INT32) {
      return this.#setAside('ts_event', {
        found: 'none',
        expected: 'nanoseconds since 1970',
        reason: 'the time is missing',
      });
    }
    const publisherId = view.getUint16(at + HEADER.publisher, true);
    const publisher = publisherOf(publisherId);
    if (publisher === null) {
      return this.#setAside('publisher_id', {
        found: String(publisherId),
        expected: 'a publisher of US equities',
        reason: 'the publisher is none of US equities',
      });
    }
    const id = view.getUint32(at + HEADER.instrument, true);
    this.#symbol = this.#instruments.symbolOf(id, high, view.getUint32(at + HEADER.tsEvent, true));
    this.#venue = publisher.venue;
    this.#isOfSeveralVenues = publisher.isConsolidated;
    if (this.#symbol >= 0) return true;
    return this.#setAside('instrument_id', {
      found: String(id),
      expected: 'an instrument that the file names on that day',
      reason: 'the instrument has no symbol',
    });
  }

  #setAside(column: string, problem: Pick<SetAsideRow, 'found' | 'expected' | 'reason' | 'subject'>): false {
    this.#builder.setAside({ rowNumber: this.#rowNumber, column, ...problem });
    return false;
  }

  #trade(at: number, layout: typeof TRADE | typeof MBO, hasQuote = false): void {
    const view = this.#view;
    const price = this.#microDollars(at + layout.price);
    if (Number.isNaN(price)) {
      this.#setAsidePrice('price', at + layout.price);
      return;
    }
    if (hasQuote && this.#isFirstAtItsTime(at) && !this.#quote(at, 1n)) return;
    const { trades } = this.#builder;
    const row = trades.add(this.#symbol, this.#rowNumber);
    this.#front(trades, row, at, layout.sequence);
    trades.priceMicros[row] = price;
    trades.sizeMicros[row] = view.getUint32(at + layout.size, true) * MICROS;
    trades.aggressor[row] = aggressorOf(view.getUint8(at + layout.side));
  }

  /** @param age nanoseconds by which the quote is older than the record; false where the row was set aside */
  #quote(at: number, age: bigint): boolean {
    const view = this.#view;
    const bid = this.#side(at + TOP_OF_BOOK.bidPrice);
    if (Number.isNaN(bid)) return this.#setAsidePrice('bid_px_00', at + TOP_OF_BOOK.bidPrice);
    const ask = this.#side(at + TOP_OF_BOOK.askPrice);
    if (Number.isNaN(ask)) return this.#setAsidePrice('ask_px_00', at + TOP_OF_BOOK.askPrice);
    const { quotes } = this.#builder;
    const row = quotes.add(this.#symbol, this.#rowNumber);
    this.#front(quotes, row, at, TRADE.sequence);
    if (age > 0n) quotes.epochNanos[row] = quotes.epochNanos[row]! - age;
    quotes.setBid(row, bid, view.getUint32(at + TOP_OF_BOOK.bidSize, true) * MICROS);
    quotes.setAsk(row, ask, view.getUint32(at + TOP_OF_BOOK.askSize, true) * MICROS);
    return true;
  }

  #front(rows: TradeRows | QuoteRows, row: number, at: number, sequenceAt: number): void {
    const view = this.#view;
    rows.setTime(
      row,
      view.getUint32(at + HEADER.tsEvent + 4, true),
      view.getUint32(at + HEADER.tsEvent, true),
    );
    rows.sequence[row] = view.getUint32(at + sequenceAt, true);
    rows.venue[row] = this.#venue;
  }

  /** A side without a price is 0. */
  #side(at: number): number {
    const isNone =
      this.#view.getInt32(at + 4, true) === LARGEST_INT32 &&
      this.#view.getUint32(at, true) === LARGEST_UINT32;
    return isNone ? 0 : this.#microDollars(at);
  }

  /** NaN where the price is not a whole number of micro-dollars. */
  #microDollars(at: number): number {
    const high = this.#view.getInt32(at + 4, true);
    // Beyond 2^53 the halves no longer add up exactly; that is nine million dollars a share.
    if (high >= 2 ** 21 || high < -(2 ** 21)) return Number.NaN;
    const price = (high * TWO_32 + this.#view.getUint32(at, true)) / NANO_DOLLARS_PER_MICRO_DOLLAR;
    return Number.isInteger(price) ? price : Number.NaN;
  }

  #setAsidePrice(column: string, at: number): false {
    const nanos = this.#view.getBigInt64(at, true);
    const isNone = this.#side(at) === 0 && nanos !== 0n;
    return this.#setAside(column, {
      found: isNone ? 'none' : `${nanos} billionths of a dollar`,
      expected: 'whole millionths of a dollar below 9,000,000 dollars',
      reason: isNone ? 'the price is missing' : 'the price is finer or larger than can be held exactly',
      subject: this.#builder.symbols.list[this.#symbol]!,
    });
  }
}
