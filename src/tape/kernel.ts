import { InvalidRequest, type QuoteColumns, type TradeColumns } from '../core/index.js';
import { CROSSED, DROPPED, EXTENDED, LOCKED, NO_QUOTE, UNSIGNED, USABLE } from './codes.js';
import { SAID_ODD_LOT, UNKNOWN_LETTER } from './condition-table.js';
import type { SessionHours } from './rules/sessions.js';
import type { SigningSettings } from './settings.js';
import { MOVES_TICK, SIGNABLE, type SignedBuffers } from './signed-prints.js';
import { COUNT } from './signing-counts.js';
import { PRINT_FLAGS } from './vocabulary.js';

const { oddLot: ODD_LOT } = PRINT_FLAGS;
const NANOS_PER_DAY = 86_400e9;

/*
 * Where tape data choose between two values at random, the kernel's loops add up comparisons instead of branching: a
 * mispredicted branch costs more than the rest of a row.
 */

/**
 * The time of the last print, after a check that none goes back.
 * @throws {InvalidRequest} at the first print before its forerunner, or outside its day
 */
export function requireOrder({ length, timeNanos }: TradeColumns, lastNanos: number): number {
  let last = lastNanos;
  for (let i = 0; i < length; i++) {
    const time = timeNanos[i]!;
    if (!(time >= last)) {
      throw new InvalidRequest(
        `print ${i} of a batch is at ${time} ns since midnight, after one at ${last}; give prints in order of time`,
      );
    }
    last = time;
  }
  if (last >= NANOS_PER_DAY) {
    throw new InvalidRequest(
      `a print is at ${last} ns since midnight, past its day; give each print to its own date`,
    );
  }
  return last;
}

/** Which prints count, are signed and move the tick reference. `entries`: see ConditionTable. */
export function classifyPrints(
  trades: TradeColumns,
  hours: SessionHours,
  settings: SigningSettings,
  entries: Uint8Array,
  out: SignedBuffers,
  counts: Float64Array,
): void {
  const { length, timeNanos, priceMicros, sizeMicros, conditions, tape, correction, suspicious } = trades;
  const { printClass, part, flags } = out;
  const { openNanos, closeNanos } = hours;
  const roundLot = settings.roundLotSizeMicros;
  const excludeOddLots = settings.oddLots === 'exclude';
  const wholePart = SIGNABLE | MOVES_TICK;
  const partOfRegular = Uint8Array.of(wholePart, settings.oddLots === 'regular' ? wholePart : SIGNABLE);
  const extendedPart = settings.signExtended ? SIGNABLE : 0;
  let corrected = 0;
  let unconditional = 0;
  let unpriced = 0;
  let excluded = 0;
  let unknown = 0;
  let doubted = 0;
  let odd = 0;
  for (let i = 0; i < length; i++) {
    const entry = entries[(conditions[i]! << 2) | (tape[i]! & 3)]!;
    const size = sizeMicros[i]!;
    const isOdd = Number((entry & SAID_ODD_LOT) !== 0) | Number(size < roundLot);
    let code = entry & 7;
    part[i] = 0;
    flags[i] = isOdd * ODD_LOT;
    if (correction[i]! > 2) {
      corrected++;
      printClass[i] = DROPPED;
      continue;
    }
    if (code === DROPPED) {
      unconditional++;
      printClass[i] = DROPPED;
      continue;
    }
    if (!(priceMicros[i]! > 0 && size > 0)) {
      unpriced++;
      printClass[i] = DROPPED;
      continue;
    }
    if (excludeOddLots && isOdd !== 0) {
      excluded++;
      printClass[i] = DROPPED;
      continue;
    }
    odd += isOdd;
    if ((entry & UNKNOWN_LETTER) !== 0) unknown++;
    if (code >= EXTENDED) {
      const time = timeNanos[i]!;
      if (suspicious[i] !== 0) {
        doubted++;
        code = UNSIGNED;
      } else if (code === EXTENDED || time < openNanos || time >= closeNanos) {
        code = EXTENDED;
        part[i] = extendedPart;
      } else {
        part[i] = partOfRegular[isOdd]!;
      }
    } else if (suspicious[i] !== 0) doubted++;
    printClass[i] = code;
  }
  counts[COUNT.prints]! += length;
  counts[COUNT.droppedByCorrection]! += corrected;
  counts[COUNT.droppedByCondition]! += unconditional;
  counts[COUNT.droppedByPriceOrSize]! += unpriced;
  counts[COUNT.droppedOddLots]! += excluded;
  counts[COUNT.unknownConditions]! += unknown;
  counts[COUNT.suspicious]! += doubted;
  counts[COUNT.oddLots]! += odd;
}

/** Where the reading of a session's quotes stands. */
export interface QuoteCursor {
  /** Quotes of the current batch at or before the last print's time less the lag. */
  passed: number;
  /** The last quote of the batches before; 0 = side withdrawn. */
  bidMicros: number;
  askMicros: number;
}

/**
 * Finds for each print the last quote at or before its time less the lag. Only the time column is scanned; bids and asks
 * are read where a print needs them.
 *
 * @returns the first print that needs quotes after this batch, or the number of prints. In the first case the cursor holds the
 * batch's last quote, and the batch is done with.
 */
export function matchQuotes(
  trades: TradeColumns,
  from: number,
  quotes: QuoteColumns,
  lagNanos: number,
  cursor: QuoteCursor,
  out: SignedBuffers,
): number {
  const prints = trades.length;
  const printTime = trades.timeNanos;
  const { length: rows, timeNanos: time, bidMicros: bid, askMicros: ask, eligible } = quotes;
  const hasEligible = eligible.length > 0;
  const { bidMicros: outBid, askMicros: outAsk, quoteState: state } = out;
  const { bidMicros: carriedBid, askMicros: carriedAsk } = cursor;
  const far = rows - 32;
  const near = rows - 8;
  let q = cursor.passed;
  for (let i = from; i < prints; i++) {
    const limit = printTime[i]! - lagNanos;
    while (q <= far && time[q + 31]! <= limit) q += 32;
    while (q <= near && time[q + 7]! <= limit) q += 8;
    while (q < rows && time[q]! <= limit) q++;
    let b = carriedBid;
    let a = carriedAsk;
    if (q > 0) {
      b = bid[q - 1]!;
      a = ask[q - 1]!;
      if (hasEligible && eligible[q - 1] === 0) {
        b = 0;
        a = 0;
      }
    }
    if (q === rows) {
      cursor.passed = 0;
      cursor.bidMicros = b;
      cursor.askMicros = a;
      return i;
    }
    outBid[i] = b;
    outAsk[i] = a;
    state[i] = b > 0 && a > 0 ? (a > b ? USABLE : a === b ? LOCKED : CROSSED) : NO_QUOTE;
  }
  cursor.passed = q;
  return prints;
}

/** Prints after the session's last quote all meet that one. */
export function matchLastQuote(from: number, cursor: QuoteCursor, out: SignedBuffers): void {
  const { bidMicros: b, askMicros: a } = cursor;
  out.bidMicros.fill(b, from, out.length);
  out.askMicros.fill(a, from, out.length);
  const state = b > 0 && a > 0 ? (a > b ? USABLE : a === b ? LOCKED : CROSSED) : NO_QUOTE;
  out.quoteState.fill(state, from, out.length);
}
