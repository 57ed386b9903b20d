import type { QuoteRows, TradeRows } from '../text/tape/batch-builder.js';
import type { TapeWriter } from '../text/tape/index.js';
import {
  MESSAGE,
  MICRO_DOLLARS,
  NOT_AVAILABLE,
  QUOTE_UPDATE,
  SALE_CONDITIONS,
  TRADE_BREAK,
  TRADE_REPORT,
} from './layout.js';

const IEX = 'V'.charCodeAt(0);
const MICROS = 1e6;
const TWO_32 = 2 ** 32;
const BLANK = 32;
/** Above 2^42 ten-thousandths, 400 million dollars a share, micro-dollars are no longer exact in a double. */
const MAX_HIGH_HALF = 2 ** 10;
const LAST_TIME_HIGH = 0x7fffffff;

/** Bytes of a message at least; later versions may have longer ones. */
const LEAST_BYTES: Readonly<Record<number, number>> = {
  [QUOTE_UPDATE.type]: QUOTE_UPDATE.bytes,
  [TRADE_REPORT.type]: TRADE_REPORT.bytes,
  [TRADE_BREAK.type]: TRADE_BREAK.bytes,
};

/** Reads messages of TOPS into the columns of a batch. */
export class MessageReader {
  readonly #writer: TapeWriter;
  /** Numbers of condition sets by the flags of a trade. */
  readonly #conditions = new Int32Array(256).fill(-1);
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #rowNumber = 0;
  #sequence = 0;

  constructor(writer: TapeWriter) {
    this.#writer = writer;
  }

  /** The bytes in which the next messages stand. */
  load(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Reads the message in `bytes[at]` up to `bytes[end]`. */
  read(at: number, end: number, row: { readonly number: number; readonly sequence: number }): void {
    this.#rowNumber = row.number;
    this.#sequence = row.sequence;
    const type = at < end ? this.#bytes[at]! : 0;
    const least = LEAST_BYTES[type];
    if (least === undefined) this.#writer.otherRows += 1;
    else if (end - at < least) this.#setAside('length', `${end - at} bytes`, `at least ${least} bytes`);
    else this.#trading(type, at);
  }

  #trading(type: number, at: number): void {
    const symbol = this.#symbol(at);
    if (symbol < 0) this.#setAside('symbol', this.#symbolText(at), 'a ticker');
    else if (this.#view.getUint32(at + MESSAGE.time + 4, true) > LAST_TIME_HIGH) {
      this.#setAside('timestamp', 'a time before 1970', 'nanoseconds since 1970');
    } else if (type === QUOTE_UPDATE.type) this.#quote(at, symbol);
    else if (type === TRADE_REPORT.type) this.#trade(at, symbol);
    else this.#cancel(at, symbol);
  }

  #quote(at: number, symbol: number): void {
    const bid = this.#price(at + QUOTE_UPDATE.bid);
    const ask = this.#price(at + QUOTE_UPDATE.ask);
    if (Number.isNaN(bid) || Number.isNaN(ask)) {
      this.#setAside('price', 'out of range', 'less than 400 million dollars');
      return;
    }
    const { quotes } = this.#writer;
    const row = this.#begin(quotes, at, symbol);
    quotes.setBid(row, bid, this.#view.getUint32(at + QUOTE_UPDATE.bidSize, true) * MICROS);
    quotes.setAsk(row, ask, this.#view.getUint32(at + QUOTE_UPDATE.askSize, true) * MICROS);
    if ((this.#bytes[at + MESSAGE.flags]! & NOT_AVAILABLE) !== 0) quotes.eligible[row] = 0;
  }

  #trade(at: number, symbol: number): void {
    const price = this.#price(at + TRADE_REPORT.price);
    if (Number.isNaN(price)) {
      this.#setAside('price', 'out of range', 'less than 400 million dollars');
      return;
    }
    const { trades } = this.#writer;
    const row = this.#begin(trades, at, symbol);
    trades.priceMicros[row] = price;
    trades.sizeMicros[row] = this.#view.getUint32(at + TRADE_REPORT.size, true) * MICROS;
    trades.conditions[row] = this.#conditionNumber(this.#bytes[at + MESSAGE.flags]!);
    trades.tradeId![row] = this.#view.getBigInt64(at + TRADE_REPORT.tradeId, true);
  }

  #cancel(at: number, symbol: number): void {
    this.#writer.cancel({
      symbol: this.#writer.symbols.list[symbol]!,
      tradeId: this.#view.getBigInt64(at + TRADE_BREAK.tradeId, true),
      rowNumber: this.#rowNumber,
    });
  }

  #begin(rows: TradeRows | QuoteRows, at: number, symbol: number): number {
    const row = rows.add(symbol, this.#rowNumber);
    const time = at + MESSAGE.time;
    rows.setTime(row, this.#view.getUint32(time + 4, true), this.#view.getUint32(time, true));
    rows.sequence[row] = this.#sequence;
    rows.venue[row] = IEX;
    return row;
  }

  /** Micro-dollars; NaN where they would not be exact. */
  #price(at: number): number {
    const high = this.#view.getInt32(at + 4, true);
    if (high >= MAX_HIGH_HALF || high < -MAX_HIGH_HALF) return Number.NaN;
    return (high * TWO_32 + this.#view.getUint32(at, true)) * MICRO_DOLLARS;
  }

  #conditionNumber(flags: number): number {
    if (this.#conditions[flags]! < 0) {
      const letters = SALE_CONDITIONS.filter(([bit]) => (flags & bit) !== 0).map(([, letter]) => letter);
      this.#conditions[flags] = this.#writer.conditionNumber(letters.join(''));
    }
    return this.#conditions[flags]!;
  }

  #symbol(at: number): number {
    const start = at + MESSAGE.symbol;
    let end = start + MESSAGE.symbolBytes;
    while (end > start && this.#bytes[end - 1] === BLANK) end -= 1;
    return this.#writer.symbolNumbers.get(this.#bytes, start, end);
  }

  #symbolText(at: number): string {
    const start = at + MESSAGE.symbol;
    return String.fromCharCode(...this.#bytes.subarray(start, start + MESSAGE.symbolBytes));
  }

  #setAside(column: string, found: string, expected: string): void {
    this.#writer.setAsideRow(this.#rowNumber, {
      column,
      found,
      expected,
      reason: `the ${column} of the message cannot be used`,
    });
  }
}
