import { InvalidRequest, type IsoDate, type TradeSign } from '../core/index.js';
import {
  addCell,
  CELL_SIZE,
  differenceOf,
  type Figures,
  figuresOf,
  NO_FIGURES,
  setFigures,
  sumOf,
} from './money.js';
import { marketWeek, minuteOf } from './rules/sessions.js';
import { CLASS_SIZE, COUNTED_CLASSES, cellOf, hasPrints, type SessionSums } from './session-sums.js';
import { PRINT_CLASSES, type PrintClass } from './vocabulary.js';

export type TapeBucket = 'minute' | 'day' | 'week';

/** Prints, shares and dollars by side. `total` of these is their exact sum; unsigned is never spread over the sides. */
export interface SideFigures {
  readonly buy: Figures;
  readonly sell: Figures;
  readonly unsigned: Figures;
}

/** One class of one symbol in one bucket. */
export interface TapeSumRow extends SideFigures {
  readonly symbol: string;
  /** Start of the bucket in New York: '2018-01-02T09:30', '2018-01-02', or the Monday of the week. */
  readonly period: string;
  readonly printClass: PrintClass;
  /** The odd lots among the figures of each side. */
  readonly oddLots: SideFigures;
}

/** A print that was signed and counted, as a live stream must keep it to take it back. */
export interface CountedPrint {
  readonly timeNanos: number;
  readonly priceMicros: number;
  readonly sizeMicros: number;
  readonly printClass: PrintClass;
  readonly sign: TradeSign;
  readonly oddLot: boolean;
}

/** Sums as they travel between threads: entry k is the class `printClasses[k]` of a symbol's bucket, 36 doubles in `cells`. */
export interface PackedSums {
  readonly bucket: TapeBucket;
  readonly symbols: string[];
  readonly periods: string[];
  /** Places in PRINT_CLASSES. */
  readonly printClasses: Uint8Array;
  readonly cells: Float64Array;
}

interface Entry {
  readonly symbol: string;
  readonly period: string;
  readonly classCode: number;
  /** Shared with others; its own stand from `at` on. */
  readonly cells: Float64Array;
  readonly at: number;
}

/** Entries whose cells are allocated at once, at most: an array for each would take as much again as what it holds. */
const MOST_ENTRIES_AT_ONCE = 256;
const FIRST_ENTRIES = 8;

/** Exact sums by symbol, bucket and class. Adding and merging in any order and any split gives the same bytes. */
export class TapeSums {
  private readonly entries = new Map<string, Entry>();
  private block = new Float64Array(0);
  private taken = 0;

  constructor(readonly bucket: TapeBucket) {}

  /**
   * Adds a symbol's session date and empties it for the next.
   * @throws {InvalidRequest} for whole-day sums where this sums by minute
   */
  addSession(symbol: string, date: IsoDate, session: SessionSums): void {
    if (this.bucket === 'minute' && session.bucket !== 'minute') {
      throw new InvalidRequest(
        `sums of a whole day of ${symbol} cannot be told by minute; sum its session by minute`,
      );
    }
    session.drain((minute, classCode, cells, at) => {
      this.addCells(symbol, this.periodOf(date, minute), classCode, cells, at);
    });
  }

  /** Adds one print of a live stream. */
  addPrint(symbol: string, date: IsoDate, print: CountedPrint): void {
    this.changePrint(symbol, date, print, sumOf);
  }

  /**
   * Takes a cancelled print back out of the bucket that it went into.
   * @throws {InvalidRequest} where no such print was counted
   */
  removePrint(symbol: string, date: IsoDate, print: CountedPrint): void {
    this.changePrint(symbol, date, print, differenceOf);
  }

  /** @throws {InvalidRequest} for sums by another bucket */
  merge(other: TapeSums): void {
    this.mergePacked(other.pack());
  }

  /** @throws {InvalidRequest} for sums by another bucket */
  mergePacked({ bucket, symbols, periods, printClasses, cells }: PackedSums): void {
    if (bucket !== this.bucket) {
      throw new InvalidRequest(`sums by ${bucket} do not merge into sums by ${this.bucket}; use one bucket`);
    }
    for (let k = 0; k < symbols.length; k++) {
      this.addCells(symbols[k]!, periods[k]!, printClasses[k]!, cells, k * CLASS_SIZE);
    }
  }

  /** All sums in columns, ordered by symbol, period and class. */
  pack(): PackedSums {
    const ordered = this.ordered();
    const cells = new Float64Array(ordered.length * CLASS_SIZE);
    for (const [k, { cells: from, at }] of ordered.entries())
      cells.set(from.subarray(at, at + CLASS_SIZE), k * CLASS_SIZE);
    return {
      bucket: this.bucket,
      symbols: ordered.map(({ symbol }) => symbol),
      periods: ordered.map(({ period }) => period),
      printClasses: Uint8Array.from(ordered, ({ classCode }) => classCode),
      cells,
    };
  }

  /** All sums as rows, ordered by symbol, period and class. */
  rows(): TapeSumRow[] {
    return [...this.each()];
  }

  /** The same rows, each made when asked for: a row is some ten times as large as what it is made from. */
  *each(): Generator<TapeSumRow> {
    for (const { symbol, period, classCode, cells, at } of this.ordered())
      yield {
        symbol,
        period,
        printClass: PRINT_CLASSES[classCode]!,
        ...sidesOf(cells, at),
        oddLots: oddSidesOf(cells, at),
      };
  }

  private periodOf(date: IsoDate, minute: number): string {
    if (this.bucket === 'day') return date;
    if (this.bucket === 'week') return marketWeek(date).periodStart;
    const clock = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
    return `${date}T${clock.join(':')}`;
  }

  private addCells(symbol: string, period: string, classCode: number, from: Float64Array, at: number): void {
    const { cells, at: into } = this.entry(symbol, period, classCode);
    for (let place = 0; place < CLASS_SIZE; place += CELL_SIZE)
      addCell(cells, into + place, from, at + place);
  }

  private entry(symbol: string, period: string, classCode: number): Entry {
    const key = `${symbol} ${period} ${classCode}`;
    let entry = this.entries.get(key);
    if (entry === undefined) {
      if (this.taken === this.block.length) {
        const entries = Math.min(MOST_ENTRIES_AT_ONCE, Math.max(FIRST_ENTRIES, this.entries.size));
        this.block = new Float64Array(entries * CLASS_SIZE);
        this.taken = 0;
      }
      entry = { symbol, period, classCode, cells: this.block, at: this.taken };
      this.taken += CLASS_SIZE;
      this.entries.set(key, entry);
    }
    return entry;
  }

  private changePrint(
    symbol: string,
    date: IsoDate,
    print: CountedPrint,
    change: (held: Figures, print: Figures) => Figures,
  ): void {
    if (print.printClass === 'dropped') return;
    const period = this.periodOf(date, minuteOf(print.timeNanos));
    const classCode = COUNTED_CLASSES.indexOf(print.printClass);
    const { cells, at: first } = this.entry(symbol, period, classCode);
    const at = first + cellOf(print.sign, print.oddLot);
    const notional = BigInt(print.priceMicros) * BigInt(print.sizeMicros);
    const changed = change(figuresOf(cells, at), {
      prints: 1,
      sizeMicros: BigInt(print.sizeMicros),
      notional,
    });
    if (changed.prints < 0 || changed.sizeMicros < 0n || changed.notional < 0n) {
      throw new InvalidRequest(`no such print of ${symbol} was counted in ${period}; cancel what was added`);
    }
    setFigures(cells, at, changed);
  }

  private ordered(): Entry[] {
    return [...this.entries.values()].filter(({ cells, at }) => hasPrints(cells, at)).sort(inOrder);
  }
}

function inOrder(a: Entry, b: Entry): number {
  if (a.symbol !== b.symbol) return a.symbol < b.symbol ? -1 : 1;
  if (a.period !== b.period) return a.period < b.period ? -1 : 1;
  return a.classCode - b.classCode;
}

function sidesOf(cells: Float64Array, at: number): SideFigures {
  const side = (sign: number): Figures =>
    sumOf(figuresOf(cells, at + cellOf(sign, false)), figuresOf(cells, at + cellOf(sign, true)));
  return { buy: side(1), sell: side(-1), unsigned: side(0) };
}

function oddSidesOf(cells: Float64Array, at: number): SideFigures {
  const side = (sign: number): Figures => figuresOf(cells, at + cellOf(sign, true));
  return { buy: side(1), sell: side(-1), unsigned: side(0) };
}

export const NO_SIDES: SideFigures = { buy: NO_FIGURES, sell: NO_FIGURES, unsigned: NO_FIGURES };

/** The sum of sides, side by side: classes to a symbol, symbols to a sector, days to a week. */
export function addSides(a: SideFigures, b: SideFigures): SideFigures {
  return { buy: sumOf(a.buy, b.buy), sell: sumOf(a.sell, b.sell), unsigned: sumOf(a.unsigned, b.unsigned) };
}

/** buy + sell + unsigned. */
export function totalOf({ buy, sell, unsigned }: SideFigures): Figures {
  return sumOf(sumOf(buy, sell), unsigned);
}

/** (buy - sell) / (buy + sell) of the notionals; null where nothing was signed. */
export function imbalanceOf({ buy, sell }: SideFigures): number | null {
  const signed = buy.notional + sell.notional;
  return signed === 0n ? null : Number(buy.notional - sell.notional) / Number(signed);
}
