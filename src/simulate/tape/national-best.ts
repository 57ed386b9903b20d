import type { VenueQuote } from './model.js';

/** The national best from a time on; 0 = no venue quotes the side. */
export interface NationalBest {
  readonly time: number;
  readonly sequence: number;
  readonly bid: number;
  readonly bidShares: number;
  readonly bidVenue: string;
  readonly ask: number;
  readonly askShares: number;
  readonly askVenue: string;
}

/** The highest bid and lowest ask of all venues after each quote, and whether the quote changed them. */
export function* nationalBests(
  quotes: readonly VenueQuote[],
): Generator<{ readonly best: NationalBest; readonly isChanged: boolean }> {
  const venues = new Map<string, VenueQuote>();
  let last: NationalBest | null = null;
  for (const quote of quotes) {
    venues.set(quote.venue, quote);
    const best = bestOf(quote, [...venues.values()]);
    yield { best, isChanged: last === null || !isSame(last, best) };
    last = best;
  }
}

function bestOf({ time, sequence }: VenueQuote, quotes: readonly VenueQuote[]): NationalBest {
  let best: NationalBest = {
    ...{ time, sequence },
    ...{ bid: 0, bidShares: 0, bidVenue: '', ask: 0, askShares: 0, askVenue: '' },
  };
  for (const { venue, bid, bidShares, ask, askShares } of quotes) {
    if (bid > best.bid) best = { ...best, bid, bidShares, bidVenue: venue };
    if (ask > 0 && (best.ask === 0 || ask < best.ask)) best = { ...best, ask, askShares, askVenue: venue };
  }
  return best;
}

function isSame(left: NationalBest, right: NationalBest): boolean {
  return (
    left.bid === right.bid &&
    left.ask === right.ask &&
    left.bidShares === right.bidShares &&
    left.askShares === right.askShares &&
    left.bidVenue === right.bidVenue &&
    left.askVenue === right.askVenue
  );
}
