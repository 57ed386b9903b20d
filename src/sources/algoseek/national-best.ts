/** The national best of one symbol as its rows left it. */
export interface BestQuote {
  /** Day and time of the last row, as the file has them. */
  day: number;
  nanos: number;
  bid: number;
  bidSize: number;
  ask: number;
  askSize: number;
}

/** Keeps the national best of each symbol; a day starts empty. */
export class NationalBests {
  readonly #bests: BestQuote[] = [];

  /** The symbol's quote before a row of the given time; null where the row is older than the one before. */
  at(symbol: number, day: number, nanos: number): BestQuote | null {
    while (this.#bests.length <= symbol) {
      this.#bests.push({ day: 0, nanos: 0, bid: 0, bidSize: 0, ask: 0, askSize: 0 });
    }
    const best = this.#bests[symbol]!;
    if (day < best.day || (day === best.day && nanos < best.nanos)) return null;
    if (day > best.day) {
      best.bid = 0;
      best.bidSize = 0;
      best.ask = 0;
      best.askSize = 0;
    }
    best.day = day;
    best.nanos = nanos;
    return best;
  }
}
