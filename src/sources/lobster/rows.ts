import type { IsoDate } from '../../core/index.js';
import type { QuoteRows, TradeRows } from '../text/tape/batch-builder.js';
import {
  type LineScanner,
  NewYorkClock,
  parseWhole,
  type RowReading,
  type TapeWriter,
  writeEpochNanos,
} from '../text/tape/index.js';

/** Columns of a message (LOBSTER, What is LOBSTER's output). */
const MESSAGE = { time: 0, type: 1, orderId: 2, size: 3, price: 4, direction: 5 } as const;
/** Some downloads have the participant as a seventh column. */
const MESSAGE_WIDTHS = [6, 7] as const;
/** A level of the book: ask price, ask size, bid price, bid size. */
const LEVEL_WIDTH = 4;

const EXECUTION = { visible: 4, hidden: 5, cross: 6 } as const;
const HALT = 7;
const LAST_TYPE = 7;
const NASDAQ = 'Q'.charCodeAt(0);
const POINT = '.'.charCodeAt(0);
const NANO_PLACES = 9;
const SECONDS_PER_DAY = 86_400;
/** Prices are ten-thousandths of a dollar. */
const MICRO_DOLLARS = 100;
const MICROS = 1e6;
/** Beyond these, micro-dollars and millionths of a share are no longer exact in a double. */
const MAX_PRICE = Number.MAX_SAFE_INTEGER / MICRO_DOLLARS;
const MAX_SIZE = Number.MAX_SAFE_INTEGER / MICROS;

/** Fields of a message in a line of messages alone, or of messages with their book; null where it is neither. */
export function messageWidth(fields: number): { readonly message: number; readonly hasBook: boolean } | null {
  for (const message of MESSAGE_WIDTHS) {
    if (fields === message) return { message, hasBook: false };
    if (fields > message && (fields - message) % LEVEL_WIDTH === 0) return { message, hasBook: true };
  }
  return null;
}

/** Reads lines of messages, with or without their book. */
export class LobsterRows implements RowReading {
  readonly width = null;
  readonly #scanner: LineScanner;
  readonly #writer: TapeWriter;
  readonly #clock = new NewYorkClock();
  readonly #symbol: number;
  readonly #crossSet: number;
  /** Fields of the first line, which all others must have. */
  #fields = 0;
  /** Where level 1 begins; -1 without a book. */
  #book = -1;
  #nanos = 0;
  /** The top of the book as it was told last, and whether it may be used. */
  #top: readonly number[] = [];
  #isHalted = false;

  constructor(
    scanner: LineScanner,
    writer: TapeWriter,
    place: { readonly symbol: string; readonly date: IsoDate },
  ) {
    this.#scanner = scanner;
    this.#writer = writer;
    this.#clock.selectDate(place.date);
    this.#symbol = writer.symbolNumber(place.symbol);
    this.#crossSet = writer.conditionNumber('X');
  }

  read(): void {
    const { fields } = this.#scanner;
    if (this.#fields === 0) this.#begin(fields);
    if (fields !== this.#fields) {
      this.#setAside(null, `${fields} fields`, `${this.#fields} fields`);
      return;
    }
    const type = this.#whole(MESSAGE.type);
    if (type < 1 || type > LAST_TYPE)
      this.#setAside('type', this.#scanner.text(MESSAGE.type), 'a type from 1 to 7');
    else if (this.#readTime()) this.#message(type);
    else
      this.#setAside(
        'time',
        this.#scanner.text(MESSAGE.time),
        'seconds after midnight with up to nine decimals',
      );
  }

  #begin(fields: number): void {
    this.#fields = fields;
    const width = messageWidth(fields);
    this.#book = width?.hasBook === true ? width.message : -1;
  }

  #message(type: number): void {
    const isExecution = type >= EXECUTION.visible && type <= EXECUTION.cross;
    const direction = this.#direction();
    const price = this.#whole(MESSAGE.price, MAX_PRICE);
    const size = this.#whole(MESSAGE.size, MAX_SIZE);
    if (isExecution && (direction === 0 || price < 0 || size < 0)) {
      const field = direction === 0 ? 'direction' : price < 0 ? 'price' : 'size';
      this.#setAside(
        field,
        this.#scanner.text(MESSAGE[field]),
        field === 'direction' ? '1 or -1' : 'a whole number',
      );
      return;
    }
    if (type === HALT) this.#isHalted = this.#scanner.text(MESSAGE.price) === '-1';
    const hasQuote = this.#book >= 0 && this.#quote();
    if (hasQuote === null) return;
    if (isExecution) this.#trade(type, price, { size, direction });
    else if (!hasQuote) this.#writer.otherRows += 1;
  }

  #trade(
    type: number,
    price: number,
    { size, direction }: { readonly size: number; readonly direction: number },
  ): void {
    const { trades } = this.#writer;
    const row = this.#add(trades);
    trades.priceMicros[row] = price * MICRO_DOLLARS;
    trades.sizeMicros[row] = size * MICROS;
    if (type === EXECUTION.cross) trades.conditions[row] = this.#crossSet;
    // The message tells the side of the resting order; who came to it initiated the trade.
    else trades.aggressor[row] = -direction;
  }

  /** Adds the top of the book where it changed; null where the row was set aside. */
  #quote(): boolean | null {
    const figures = [0, 1, 2, 3].map((i) => this.#whole(this.#book + i, i % 2 === 0 ? MAX_PRICE : MAX_SIZE));
    // An empty bid has the price -9999999999 and no size.
    if (figures[2]! < 0 && figures[3] === 0) figures[2] = 0;
    const wrong = figures.findIndex((figure) => figure < 0);
    if (wrong >= 0) {
      const column = ['ask price', 'ask size', 'bid price', 'bid size'][wrong]!;
      this.#setAside(column, this.#scanner.text(this.#book + wrong), 'a whole number');
      return null;
    }
    const top = [...figures, this.#isHalted ? 1 : 0];
    if (top.every((figure, i) => figure === this.#top[i])) return false;
    this.#top = top;
    const { quotes } = this.#writer;
    const row = this.#add(quotes);
    const [ask, askSize, bid, bidSize] = figures as [number, number, number, number];
    quotes.setAsk(row, ask * MICRO_DOLLARS, askSize * MICROS);
    quotes.setBid(row, bid * MICRO_DOLLARS, bidSize * MICROS);
    if (this.#isHalted) quotes.eligible[row] = 0;
    return true;
  }

  #add(rows: TradeRows | QuoteRows): number {
    const row = rows.add(this.#symbol, this.#scanner.line);
    writeEpochNanos(rows, row, this.#clock.midnightFor(this.#nanos), this.#nanos);
    rows.venue[row] = NASDAQ;
    return row;
  }

  #readTime(): boolean {
    const { bytes, starts, ends } = this.#scanner;
    const [start, end] = [starts[MESSAGE.time]!, ends[MESSAGE.time]!];
    const point = bytes.subarray(start, end).indexOf(POINT);
    const wholeEnd = point < 0 ? end : start + point;
    const seconds = parseWhole(bytes, start, wholeEnd);
    const places = point < 0 ? 0 : end - wholeEnd - 1;
    const fraction = places === 0 ? 0 : parseWhole(bytes, wholeEnd + 1, end);
    if (seconds < 0 || seconds >= SECONDS_PER_DAY || fraction < 0 || places > NANO_PLACES) return false;
    this.#nanos = seconds * 10 ** NANO_PLACES + fraction * 10 ** (NANO_PLACES - places);
    return true;
  }

  /** Side of the resting order: 1 a buyer, -1 a seller, 0 where it cannot be read. */
  #direction(): -1 | 0 | 1 {
    const text = this.#scanner.text(MESSAGE.direction);
    if (text === '1') return 1;
    return text === '-1' ? -1 : 0;
  }

  /** -1 where the field is no whole number, a negative one, or too great. */
  #whole(field: number, greatest = Number.MAX_SAFE_INTEGER): number {
    const { bytes, starts, ends } = this.#scanner;
    const value = parseWhole(bytes, starts[field]!, ends[field]!);
    return value <= greatest ? value : -1;
  }

  #setAside(column: string | null, found: string, expected: string): void {
    this.#writer.setAsideRow(this.#scanner.line, {
      column,
      found,
      expected,
      reason:
        column === null ? 'the row is shorter or longer than the others' : `the ${column} cannot be read`,
    });
  }
}
