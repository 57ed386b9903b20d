import type { QuoteColumns } from '../core/index.js';

const NO_SLOT = -1;
const NEVER_HELD = -1;

/**
 * Builds the national best bid and offer from the quotes of venues, row by row. One slot a venue letter holds its last quote;
 * the best bid is the highest, the best ask the lowest of all slots. A withdrawn side empties that side of its venue only; an
 * ineligible row, a venue crossed with itself, or one wider than the limit empties both. Nothing is skipped: a skipped row
 * would leave the venue's stale quote at the top.
 */
export class NbboBuilder {
  private readonly slotOf = new Int16Array(256);
  private readonly bids = new Float64Array(256);
  private readonly asks = new Float64Array(256);
  private slots = 0;
  private bestBid = 0;
  private bestAsk = Number.POSITIVE_INFINITY;
  /** Venues at the best price; the others are looked through only when the last one leaves. */
  private bidHolders = 0;
  private askHolders = 0;
  private bidOut = new Float64Array(0);
  private askOut = new Float64Array(0);
  private readonly widest: number;

  /** @param widestMicros a venue quote wider than this counts as withdrawn while it stands; null = no limit */
  constructor(widestMicros: number | null = null) {
    this.widest = widestMicros ?? Number.POSITIVE_INFINITY;
    this.slotOf.fill(NO_SLOT);
  }

  /** Forgets all venues: quotes never carry over to another symbol or session date. */
  reset(): void {
    this.slotOf.fill(NO_SLOT);
    this.slots = 0;
    this.bestBid = 0;
    this.bestAsk = Number.POSITIVE_INFINITY;
    this.bidHolders = 0;
    this.askHolders = 0;
  }

  /** The NBBO after each row of venue quotes, stamps as given. The next call writes over the prices. */
  build(quotes: QuoteColumns): QuoteColumns {
    const { length, timeNanos, bidMicros, askMicros, venue, eligible } = quotes;
    if (this.bidOut.length < length) {
      this.bidOut = new Float64Array(length);
      this.askOut = new Float64Array(length);
    }
    const { bidOut, askOut, bids, asks, slotOf, widest } = this;
    const hasEligible = eligible.length > 0;
    let { bestBid, bestAsk, bidHolders, askHolders, slots } = this;
    for (let row = 0; row < length; row++) {
      let bid = bidMicros[row]! > 0 ? bidMicros[row]! : 0;
      let ask = askMicros[row]! > 0 ? askMicros[row]! : Number.POSITIVE_INFINITY;
      const twoSided = bid > 0 && ask !== Number.POSITIVE_INFINITY;
      if ((hasEligible && eligible[row] === 0) || (twoSided && (bid > ask || ask - bid > widest))) {
        bid = 0;
        ask = Number.POSITIVE_INFINITY;
      }
      const letter = venue[row]!;
      let slot = slotOf[letter]!;
      if (slot === NO_SLOT) {
        slot = slots++;
        slotOf[letter] = slot;
        bids[slot] = NEVER_HELD;
        asks[slot] = NEVER_HELD;
      }
      const heldBid = bids[slot]!;
      const heldAsk = asks[slot]!;
      bids[slot] = bid;
      asks[slot] = ask;
      if (bid > bestBid) {
        bestBid = bid;
        bidHolders = 1;
      } else {
        bidHolders += Number(bid === bestBid) - Number(heldBid === bestBid);
        if (bidHolders === 0) {
          bestBid = highest(bids, slots);
          bidHolders = holders(bids, slots, bestBid);
        }
      }
      if (ask < bestAsk) {
        bestAsk = ask;
        askHolders = 1;
      } else {
        askHolders += Number(ask === bestAsk) - Number(heldAsk === bestAsk);
        if (askHolders === 0) {
          bestAsk = lowest(asks, slots);
          askHolders = holders(asks, slots, bestAsk);
        }
      }
      bidOut[row] = bestBid;
      askOut[row] = bestAsk === Number.POSITIVE_INFINITY ? 0 : bestAsk;
    }
    this.bestBid = bestBid;
    this.bestAsk = bestAsk;
    this.bidHolders = bidHolders;
    this.askHolders = askHolders;
    this.slots = slots;
    return { length, timeNanos, bidMicros: bidOut, askMicros: askOut, venue, eligible: NONE_INELIGIBLE };
  }
}

const NONE_INELIGIBLE = new Uint8Array(0);

function highest(values: Float64Array, length: number): number {
  let best = 0;
  for (let slot = 0; slot < length; slot++) if (values[slot]! > best) best = values[slot]!;
  return best;
}

function lowest(values: Float64Array, length: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let slot = 0; slot < length; slot++) if (values[slot]! < best) best = values[slot]!;
  return best;
}

function holders(values: Float64Array, length: number, price: number): number {
  let count = 0;
  for (let slot = 0; slot < length; slot++) if (values[slot] === price) count++;
  return count;
}
