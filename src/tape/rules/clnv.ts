import type { TradeSign } from '../../core/index.js';
import type { Decision, Quote } from '../vocabulary.js';
import { byTick, leeReady } from './lee-ready.js';
import { type LockedQuotes, quoteState } from './quote.js';

/**
 * Chakrabarty, Li, Nguyen and Van Ness (2007), with closed edges as restated by Holden and Jacobsen (2014): in the three tenths
 * of the spread below the ask +1, in the three tenths above the bid -1, the middle and all outside the quote by tick. In
 * integers 10P against 3B + 7A and 7B + 3A. `open` leaves a price exactly on the inner edge of a band to the tick test; ask
 * and bid themselves belong to their bands either way. A locked quote under `midpoint` signs against its one price.
 */
export function chakrabartyLiNguyenVanNess(
  priceMicros: number,
  quote: Quote | null,
  tick: TradeSign,
  edges: 'closed' | 'open' = 'closed',
  locked: LockedQuotes = 'unusable',
): Decision {
  const state = quoteState(quote);
  if (state === 'locked') return leeReady(priceMicros, quote, tick, locked);
  if (quote === null || state !== 'usable') return byTick(tick);
  const { bidMicros: bid, askMicros: ask } = quote;
  const above = 10 * priceMicros - (3 * bid + 7 * ask);
  const below = 7 * bid + 3 * ask - 10 * priceMicros;
  const innerEdge = edges === 'closed' ? 0 : 1;
  if (above >= innerEdge && priceMicros <= ask) return { sign: 1, decidedBy: 'quote' };
  if (below >= innerEdge && priceMicros >= bid) return { sign: -1, decidedBy: 'quote' };
  return byTick(tick);
}
