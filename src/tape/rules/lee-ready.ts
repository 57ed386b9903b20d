import type { TradeSign } from '../../core/index.js';
import type { Decision, Quote } from '../vocabulary.js';
import { type LockedQuotes, quoteSign } from './quote.js';

/**
 * Lee and Ready (1991): the quote rule; where it is silent (midpoint, or no usable quote), the tick test.
 * @param tick sign of the tick test
 */
export function leeReady(
  priceMicros: number,
  quote: Quote | null,
  tick: TradeSign,
  locked: LockedQuotes = 'unusable',
): Decision {
  const sign = quoteSign(priceMicros, quote, locked);
  return sign === 0 ? byTick(tick) : { sign, decidedBy: 'quote' };
}

/** What a hybrid rule answers where its quote part is silent. */
export function byTick(tick: TradeSign): Decision {
  return { sign: tick, decidedBy: tick === 0 ? 'none' : 'tick' };
}
