import type { TradeColumns } from '../core/index.js';
import { BY_NONE, BY_QUOTE, BY_TICK, LOCKED, USABLE } from './codes.js';
import type { SigningSettings } from './settings.js';
import { MOVES_TICK, SIGNABLE, type SignedBuffers } from './signed-prints.js';

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
