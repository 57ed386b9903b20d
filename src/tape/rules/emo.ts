import type { TradeSign } from '../../core/index.js';
import type { Decision, Quote } from '../vocabulary.js';
import { byTick, leeReady } from './lee-ready.js';
import { type LockedQuotes, quoteState } from './quote.js';

/**
 * Ellis, Michaely and O'Hara (2000): exactly at the ask +1, exactly at the bid -1, all else, inside and outside the quote, by
 * tick. A locked quote under `midpoint` signs against its one price.
 */
export function ellisMichaelyOHara(
  priceMicros: number,
  quote: Quote | null,
  tick: TradeSign,
  locked: LockedQuotes = 'unusable',
): Decision {
  const state = quoteState(quote);
  if (state === 'locked') return leeReady(priceMicros, quote, tick, locked);
  if (quote === null || state !== 'usable') return byTick(tick);
  if (priceMicros === quote.askMicros) return { sign: 1, decidedBy: 'quote' };
  if (priceMicros === quote.bidMicros) return { sign: -1, decidedBy: 'quote' };
  return byTick(tick);
}
