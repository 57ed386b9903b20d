import { AI_BASKETS, type Basket, type BasketMember } from './data/ai-baskets.js';
import type { IsoDate } from './units.js';

export type { Basket, BasketMember };

/** The list that is in use: the newest. */
export const AI_BASKET: Basket = AI_BASKETS.at(-1)!;

/** Members of a basket that could be counted in on the day. */
export function basketOn(basket: Basket, date: IsoDate): readonly BasketMember[] {
  return basket.members.filter(({ validFrom }) => validFrom <= date);
}
