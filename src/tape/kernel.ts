import { InvalidRequest, type QuoteColumns, type TradeColumns } from '../core/index.js';
import { SAID_ODD_LOT, UNKNOWN_LETTER } from './condition-table.js';
import type { SessionHours } from './rules/sessions.js';
import type { SigningSettings } from './settings.js';
import { MOVES_TICK, SIGNABLE, type SignedBuffers } from './signed-prints.js';
import { COUNT } from './signing-counts.js';
import { DECIDERS, PRINT_CLASSES, PRINT_FLAGS, QUOTE_STATES } from './vocabulary.js';

const UNSIGNED = PRINT_CLASSES.indexOf('unsigned');
const EXTENDED = PRINT_CLASSES.indexOf('extended');
const RETAIL = PRINT_CLASSES.indexOf('retail');
const BLOCK = PRINT_CLASSES.indexOf('block');
const OTHER = PRINT_CLASSES.indexOf('other');
const DROPPED = PRINT_CLASSES.indexOf('dropped');

const BY_NONE = DECIDERS.indexOf('none');
const BY_TICK = DECIDERS.indexOf('tick');
const BY_QUOTE = DECIDERS.indexOf('quote');
const BY_AGGRESSOR = DECIDERS.indexOf('aggressor');
const BY_RETAIL = DECIDERS.indexOf('retail');

const NO_QUOTE = QUOTE_STATES.indexOf('none');
const LOCKED = QUOTE_STATES.indexOf('locked');
const CROSSED = QUOTE_STATES.indexOf('crossed');
const USABLE = QUOTE_STATES.indexOf('usable');

const { oddLot: ODD_LOT, large: LARGE, lowConfidence: LOW_CONFIDENCE } = PRINT_FLAGS;
const { bjzz: BJZZ, bhjosCandidate: BHJOS_CANDIDATE, bhjos: BHJOS } = PRINT_FLAGS;
const FINRA_FACILITY = 68;
const LEAST_RETAIL_PRICE = 1_000_000;
const NANOS_PER_DAY = 86_400e9;

/*
 * Where tape data choose between two values at random, the loops below add up comparisons instead of branching: a mispredicted
 * branch costs more than the rest of a row.
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

/** What the tick test remembers; price NaN before the first print, which no price is above or below. */
export interface TickState {
  priceMicros: number;
  direction: number;
}

/**
 * Signs by the tick test alone; the quote rules write over it. Backwards, from the last print to the first and with the last batch
 * of the session first, the same comparison is the reverse tick test.
 */
export function signByTick(
  trades: TradeColumns,
  tick: TickState,
  backwards: boolean,
  out: SignedBuffers,
): void {
  const { length, priceMicros } = trades;
  const { ruleSign, ruleDecidedBy, part } = out;
  let reference = tick.priceMicros;
  let direction = tick.direction;
  const step = backwards ? -1 : 1;
  for (let i = backwards ? length - 1 : 0; i >= 0 && i < length; i += step) {
    const bits = part[i]!;
    if (bits === 0) {
      ruleSign[i] = 0;
      ruleDecidedBy[i] = BY_NONE;
      continue;
    }
    const price = priceMicros[i]!;
    const change = Number(price > reference) - Number(price < reference);
    const sign = change + direction * Number(change === 0);
    ruleSign[i] = sign;
    ruleDecidedBy[i] = Number(sign !== 0) * BY_TICK;
    if ((bits & MOVES_TICK) !== 0) {
      reference = price;
      direction = sign;
    }
  }
  tick.priceMicros = reference;
  tick.direction = direction;
}

/** Lays the quote part of a rule over the tick test's signs. */
export function signByQuote(settings: SigningSettings, trades: TradeColumns, out: SignedBuffers): void {
  const { rule } = settings;
  if (rule === 'tick' || rule === 'reverse-tick') return;
  if (rule === 'quote') forgetTick(trades.length, out);
  const signsLocked = settings.locked === 'midpoint';
  if (rule === 'emo') signAtQuote(trades, signsLocked, out);
  else if (rule === 'clnv') signInBands(trades, signsLocked, settings.edges === 'closed' ? 0 : 1, out);
  else signAroundMidpoint(trades, signsLocked, out);
}

function forgetTick(length: number, out: SignedBuffers): void {
  out.ruleSign.fill(0, 0, length);
  out.ruleDecidedBy.fill(BY_NONE, 0, length);
}

function signAroundMidpoint(trades: TradeColumns, signsLocked: boolean, out: SignedBuffers): void {
  const { length, priceMicros } = trades;
  const { ruleSign, ruleDecidedBy, part, quoteState, bidMicros, askMicros } = out;
  const locked = signsLocked ? LOCKED : USABLE;
  for (let i = 0; i < length; i++) {
    const state = quoteState[i]!;
    if ((part[i]! & SIGNABLE) === 0 || (state !== USABLE && state !== locked)) continue;
    const over = 2 * priceMicros[i]! - (bidMicros[i]! + askMicros[i]!);
    if (over === 0) continue;
    ruleSign[i] = Number(over > 0) - Number(over < 0);
    ruleDecidedBy[i] = BY_QUOTE;
  }
}

function signAtQuote(trades: TradeColumns, signsLocked: boolean, out: SignedBuffers): void {
  const { length, priceMicros } = trades;
  const { ruleSign, ruleDecidedBy, part, quoteState, bidMicros, askMicros } = out;
  for (let i = 0; i < length; i++) {
    if ((part[i]! & SIGNABLE) === 0) continue;
    const state = quoteState[i]!;
    const price = priceMicros[i]!;
    let sign = 0;
    if (state === USABLE) sign = price === askMicros[i]! ? 1 : price === bidMicros[i]! ? -1 : 0;
    else if (state === LOCKED && signsLocked) sign = Math.sign(price - bidMicros[i]!);
    if (sign === 0) continue;
    ruleSign[i] = sign;
    ruleDecidedBy[i] = BY_QUOTE;
  }
}

/** `innerEdge`: the least distance from the inner edge in tenths of a micro-dollar, 0 for closed bands, 1 for open ones. */
function signInBands(
  trades: TradeColumns,
  signsLocked: boolean,
  innerEdge: number,
  out: SignedBuffers,
): void {
  const { length, priceMicros } = trades;
  const { ruleSign, ruleDecidedBy, part, quoteState, bidMicros, askMicros } = out;
  for (let i = 0; i < length; i++) {
    if ((part[i]! & SIGNABLE) === 0) continue;
    const state = quoteState[i]!;
    const price = priceMicros[i]!;
    const bid = bidMicros[i]!;
    const ask = askMicros[i]!;
    let sign = 0;
    if (state === USABLE) {
      if (price <= ask && 10 * price - (3 * bid + 7 * ask) >= innerEdge) sign = 1;
      else if (price >= bid && 7 * bid + 3 * ask - 10 * price >= innerEdge) sign = -1;
    } else if (state === LOCKED && signsLocked) sign = Math.sign(price - bid);
    if (sign === 0) continue;
    ruleSign[i] = sign;
    ruleDecidedBy[i] = BY_QUOTE;
  }
}

/** Marks what either retail rule finds, where the source has sub-penny prices. */
export function markRetail(
  trades: TradeColumns,
  settings: SigningSettings,
  out: SignedBuffers,
  counts: Float64Array,
): void {
  const { length, priceMicros, venue } = trades;
  const { printClass, flags, quoteState, bidMicros, askMicros, ruleSign, sign, decidedBy } = out;
  const tick = settings.tickSizeMicros;
  const byMidpoint = settings.retail === 'bhjos';
  const bySubPenny = settings.retail === 'bjzz';
  const needsBjzz = settings.retailPopulation === 'bjzz';
  let asked = 0;
  let bjzzBuys = 0;
  let bjzzSells = 0;
  let candidates = 0;
  let bhjosBuys = 0;
  let bhjosSells = 0;
  let buysOfBjzz = 0;
  let sellsOfBjzz = 0;
  for (let i = 0; i < length; i++) {
    if (venue[i] !== FINRA_FACILITY || printClass[i] !== OTHER) continue;
    const price = priceMicros[i]!;
    if (price < LEAST_RETAIL_PRICE) continue;
    asked++;
    const fraction = price - Math.floor(price / tick) * tick;
    if (fraction === 0) continue;
    let found = 0;
    let bjzz = 0;
    if (10 * fraction < 4 * tick) {
      bjzz = -1;
      bjzzSells++;
      found = BJZZ;
    } else if (10 * fraction > 6 * tick) {
      bjzz = 1;
      bjzzBuys++;
      found = BJZZ;
    }
    let bhjos = 0;
    if (!needsBjzz || bjzz !== 0) {
      candidates++;
      found |= BHJOS_CANDIDATE;
      if (quoteState[i] === USABLE) {
        const bid = bidMicros[i]!;
        const ask = askMicros[i]!;
        if (10 * price > 4 * bid + 6 * ask) {
          bhjos = 1;
          bhjosBuys++;
          buysOfBjzz += Number(bjzz !== 0);
          found |= BHJOS;
        } else if (10 * price < 6 * bid + 4 * ask) {
          bhjos = -1;
          bhjosSells++;
          sellsOfBjzz += Number(bjzz !== 0);
          found |= BHJOS;
        }
      }
    }
    flags[i]! |= found;
    const retail = byMidpoint ? bhjos : bySubPenny ? bjzz : 0;
    if (retail === 0) continue;
    printClass[i] = RETAIL;
    if (retail !== ruleSign[i]) {
      sign[i] = retail;
      decidedBy[i] = BY_RETAIL;
    }
  }
  counts[COUNT.retailAsked]! += asked;
  counts[COUNT.bjzzBuys]! += bjzzBuys;
  counts[COUNT.bjzzSells]! += bjzzSells;
  counts[COUNT.bhjosCandidates]! += candidates;
  counts[COUNT.bhjosBuys]! += bhjosBuys;
  counts[COUNT.bhjosSells]! += bhjosSells;
  counts[COUNT.bhjosBuysOfBjzz]! += buysOfBjzz;
  counts[COUNT.bhjosSellsOfBjzz]! += sellsOfBjzz;
}

/** The rule's signs become the prints' signs. */
export function takeRuleSigns(length: number, out: SignedBuffers): void {
  out.sign.set(out.ruleSign.subarray(0, length));
  out.decidedBy.set(out.ruleDecidedBy.subarray(0, length));
}

/** An initiator told by the source wins over any inferred sign. */
export function takeAggressors(trades: TradeColumns, out: SignedBuffers): void {
  const { length, aggressor } = trades;
  const { sign, decidedBy, part } = out;
  for (let i = 0; i < length; i++) {
    if (aggressor[i] === 0 || (part[i]! & SIGNABLE) === 0) continue;
    sign[i] = aggressor[i]!;
    decidedBy[i] = BY_AGGRESSOR;
  }
}

/** Marks large prints; those of class `other` become blocks. */
export function markLarge(
  trades: TradeColumns,
  settings: SigningSettings,
  out: SignedBuffers,
  counts: Float64Array,
): void {
  const { length, priceMicros, sizeMicros, venue } = trades;
  const { printClass, flags, part } = out;
  const { blockSizeMicros, blockNotionalMicros } = settings;
  let blocks = 0;
  let lowConfidence = 0;
  let notSigned = 0;
  for (let i = 0; i < length; i++) {
    const size = sizeMicros[i]!;
    if (printClass[i] === DROPPED) continue;
    if (size < blockSizeMicros && wholeMicroDollars(priceMicros[i]!, size) < blockNotionalMicros) continue;
    flags[i]! |= LARGE;
    if (part[i] === 0) notSigned++;
    if (printClass[i] !== OTHER) continue;
    printClass[i] = BLOCK;
    blocks++;
    if (venue[i] !== FINRA_FACILITY) continue;
    flags[i]! |= LOW_CONFIDENCE;
    lowConfidence++;
  }
  counts[COUNT.blocks]! += blocks;
  counts[COUNT.lowConfidenceBlocks]! += lowConfidence;
  counts[COUNT.largeNotSigned]! += notSigned;
}

/** Notional without its fraction of a micro-dollar; exact below 2^53, and at least 2^53 from there on. */
function wholeMicroDollars(priceMicros: number, sizeMicros: number): number {
  const shares = Math.floor(sizeMicros / 1e6);
  const partOfShare = sizeMicros - shares * 1e6;
  if (partOfShare === 0) return priceMicros * shares;
  const dollars = Math.floor(priceMicros / 1e6);
  const partOfDollar = priceMicros - dollars * 1e6;
  return priceMicros * shares + dollars * partOfShare + Math.floor((partOfDollar * partOfShare) / 1e6);
}

/** Counts deciders and quotes over the prints that the rule was asked for. */
export function countDecisions(length: number, out: SignedBuffers, counts: Float64Array): void {
  const { part, decidedBy, quoteState } = out;
  let signable = 0;
  for (let i = 0; i < length; i++) {
    if ((part[i]! & SIGNABLE) === 0) continue;
    signable++;
    counts[COUNT_BY_DECIDER[decidedBy[i]!]!]!++;
    counts[COUNT_BY_STATE[quoteState[i]!]!]!++;
  }
  counts[COUNT.signable]! += signable;
}

const COUNT_BY_DECIDER = Uint8Array.of(
  COUNT.byNone,
  COUNT.byTick,
  COUNT.byQuote,
  COUNT.byAggressor,
  COUNT.byRetail,
);
const COUNT_BY_STATE = Uint8Array.of(COUNT.metNoQuote, COUNT.metLocked, COUNT.metCrossed, COUNT.metUsable);
