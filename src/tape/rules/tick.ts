import type { TradeSign } from '../../core/index.js';

/** What the tick test remembers of a symbol's session: the last print that moves it, and the last change of price. */
export interface TickReference {
  /** Null before the first print of the session. */
  readonly priceMicros: number | null;
  /** Direction of the last change; 0 before the first. */
  readonly direction: TradeSign;
}

/** Each session date starts with this. */
export const NO_TICK_REFERENCE: TickReference = { priceMicros: null, direction: 0 };

/**
 * Tick test [Lee and Ready 1991]: higher than the reference +1, lower -1, equal the direction of the last change (zero
 * tick), 0 where the price has not changed in the session. Prices in micro-dollars.
 */
export function tickSign(priceMicros: number, reference: TickReference): TradeSign {
  if (reference.priceMicros === null || priceMicros === reference.priceMicros) return reference.direction;
  return priceMicros > reference.priceMicros ? 1 : -1;
}

/** The reference after a print that moves it. */
export function moveTickReference(priceMicros: number, reference: TickReference): TickReference {
  return { priceMicros, direction: tickSign(priceMicros, reference) };
}

/**
 * Reverse tick test [Hasbrouck 1988; Lee and Ready 1991]: the next different price lower +1, higher -1, none left 0. It looks
 * ahead within the session, so it is not available live.
 *
 * @param laterPricesMicros of the prints of the session after this one that move the tick reference, in order
 */
export function reverseTickSign(priceMicros: number, laterPricesMicros: Iterable<number>): TradeSign {
  for (const later of laterPricesMicros) {
    if (later !== priceMicros) return later < priceMicros ? 1 : -1;
  }
  return 0;
}
