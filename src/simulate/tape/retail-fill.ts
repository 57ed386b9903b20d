import type { Random } from '../../core/index.js';
import { CENT, TAPE_PROCESS } from './process.js';

/** The quote in force when an order came, in ten-thousandths of a dollar. */
export interface Quoted {
  readonly bid: number;
  readonly ask: number;
}

const HALF_CENT_BAND = { low: 40, high: 60 };
const MAX_DRAWS = 40;

/** A fraction of a cent strictly between two bounds, in ten-thousandths of a dollar. */
const fraction = (random: Random, low: number, high: number): number =>
  low + 1 + Math.floor((high - low - 1) * random.next());

/**
 * A price a little better than the quote, as wholesalers fill orders of retail investors: mostly just short of a whole cent
 * on the order's own side of the half cent, at times on the other side, and seldom beyond the midpoint of the quote.
 * @returns ten-thousandths of a dollar, never a whole cent and never at the middle four tenths of one
 */
export function subPennyFill(random: Random, { bid, ask }: Quoted, initiator: -1 | 1): number {
  const { wrongHalfCent, beyondMidpoint } = TAPE_PROCESS.subPenny;
  const cents = Math.round((ask - bid) / CENT);
  const isWrong = cents > 1 && random.next() < wrongHalfCent;
  const isBeyond = random.next() < beyondMidpoint;
  for (let draws = 0; draws < MAX_DRAWS; draws += 1) {
    const looksBought = initiator > 0 !== isWrong;
    const part = looksBought
      ? fraction(random, HALF_CENT_BAND.high, CENT)
      : fraction(random, 0, HALF_CENT_BAND.low);
    const price = bid + CENT * Math.floor(cents * random.next()) + part;
    const side = Math.sign(2 * price - bid - ask);
    if (side === (isBeyond ? -initiator : initiator)) return price;
  }
  return initiator > 0 ? ask - 1 - Math.floor(20 * random.next()) : bid + 1 + Math.floor(20 * random.next());
}
