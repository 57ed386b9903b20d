import { addPrint, CELL_SIZE } from './money.js';
import type { SignedPrints } from './signed-prints.js';
import { PRINT_CLASSES, PRINT_FLAGS } from './vocabulary.js';

/** Classes of counted prints: all but `dropped`, the last. */
export const COUNTED_CLASSES = PRINT_CLASSES.slice(0, -1);
/** Cells of one class in one bucket: buy, sell, unsigned, each for round lots and for odd lots. */
const CLASS_CELLS = 6;
export const CLASS_SIZE = CLASS_CELLS * CELL_SIZE;

const DROPPED = PRINT_CLASSES.indexOf('dropped');
const BUCKET_SIZE = COUNTED_CLASSES.length * CLASS_SIZE;
const MINUTES = 24 * 60;
/** Sides are buy, sell, unsigned; signs -1, 0, +1. */
const SIDE_OF_SIGN = Uint8Array.of(1, 2, 0);
const NANOS_PER_MINUTE = 60e9;

/** Place of a print's cell in its class: side (buy, sell, unsigned) and odd lot. */
export function cellOf(sign: number, isOddLot: boolean): number {
  const side = SIDE_OF_SIGN[sign + 1]!;
  return (side * 2 + (isOddLot ? 1 : 0)) * CELL_SIZE;
}

/** Sums one symbol's session date by minute or as a whole. One object serves session after session. */
export class SessionSums {
  private readonly cells: Float64Array;
  private readonly byMinute: boolean;
  private first = MINUTES;
  private last = -1;

  constructor(readonly bucket: 'minute' | 'day') {
    this.byMinute = bucket === 'minute';
    this.cells = new Float64Array((this.byMinute ? MINUTES : 1) * BUCKET_SIZE);
  }

  /** Adds a batch of signed prints. */
  add(signed: SignedPrints): void {
    const { length, sign, printClass, flags } = signed;
    const { timeNanos, priceMicros, sizeMicros } = signed.trades;
    const { cells, byMinute } = this;
    for (let i = 0; i < length; i++) {
      const code = printClass[i]!;
      if (code === DROPPED) continue;
      const minute = byMinute ? Math.floor(timeNanos[i]! / NANOS_PER_MINUTE) : 0;
      const odd = flags[i]! & PRINT_FLAGS.oddLot;
      const side = SIDE_OF_SIGN[sign[i]! + 1]!;
      const at = minute * BUCKET_SIZE + code * CLASS_SIZE + (side * 2 + odd) * CELL_SIZE;
      addPrint(cells, at, priceMicros[i]!, sizeMicros[i]!);
      if (minute < this.first) this.first = minute;
      if (minute > this.last) this.last = minute;
    }
  }

  /**
   * Hands over each class of each minute with prints (minute 0 for the whole day), in order, and starts anew. The class stands in
   * `cells` from `at` on.
   */
  drain(take: (minute: number, classCode: number, cells: Float64Array, at: number) => void): void {
    for (let minute = this.first; minute <= this.last; minute++) {
      for (let code = 0; code < COUNTED_CLASSES.length; code++) {
        const at = minute * BUCKET_SIZE + code * CLASS_SIZE;
        if (hasPrints(this.cells, at)) take(minute, code, this.cells, at);
      }
    }
    if (this.last >= this.first) this.cells.fill(0, this.first * BUCKET_SIZE, (this.last + 1) * BUCKET_SIZE);
    this.first = MINUTES;
    this.last = -1;
  }
}

/** True where any cell of the class that stands from a place on holds a print. */
export function hasPrints(cells: Float64Array, from: number): boolean {
  for (let at = from; at < from + CLASS_SIZE; at += CELL_SIZE) if (cells[at] !== 0) return true;
  return false;
}
