import type { TradeSign } from '../../core/index.js';
import type { Decision, Quote, QuoteState } from '../vocabulary.js';

/** How a locked quote (bid = ask) is read: not at all, or as one price to sign against. */
export type LockedQuotes = 'unusable' | 'midpoint';

/** `none` without a quote or with a side missing; `usable` only with the ask strictly above the bid. */
export function quoteState(quote: Quote | null): QuoteState {
  if (quote === null || quote.bidMicros <= 0 || quote.askMicros <= 0) return 'none';
  if (quote.bidMicros === quote.askMicros) return 'locked';
  return quote.bidMicros > quote.askMicros ? 'crossed' : 'usable';
}

/**
 * Quote rule [Harris 1989; Lee and Ready 1991]: the sign of 2P - (B + A) in integers. 0 at the midpoint and without a usable
 * quote; outside the quote like inside.
 */
export function quoteSign(
  priceMicros: number,
  quote: Quote | null,
  locked: LockedQuotes = 'unusable',
): TradeSign {
  const state = quoteState(quote);
  if (quote === null || !(state === 'usable' || (state === 'locked' && locked === 'midpoint'))) return 0;
  return Math.sign(2 * priceMicros - (quote.bidMicros + quote.askMicros)) as TradeSign;
}

/** The quote rule with what decided: `quote`, or `none` where it is silent. */
export function quoteRule(
  priceMicros: number,
  quote: Quote | null,
  locked: LockedQuotes = 'unusable',
): Decision {
  const sign = quoteSign(priceMicros, quote, locked);
  return { sign, decidedBy: sign === 0 ? 'none' : 'quote' };
}
