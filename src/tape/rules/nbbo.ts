import type { Quote } from '../vocabulary.js';

/** One venue's top of book. A side with price 0 is withdrawn. */
export interface VenueQuote extends Quote {
  /** TAQ exchange letter. */
  readonly venue: string;
  /** False where an ineligible condition or a cancel empties both sides. */
  readonly eligible: boolean;
}

const WITHDRAWN: Quote = { bidMicros: 0, askMicros: 0 };

/**
 * The national best bid and offer of the last quote of each venue: highest bid, lowest ask, 0 where no venue has the side.
 * @param widestMicros a venue quote wider than this counts as withdrawn; null = no limit
 */
export function nationalBest(lastQuotes: Iterable<VenueQuote>, widestMicros: number | null = null): Quote {
  let bidMicros = 0;
  let askMicros = 0;
  for (const quote of lastQuotes) {
    const { bidMicros: bid, askMicros: ask } = standingQuote(quote, widestMicros);
    if (bid > bidMicros) bidMicros = bid;
    if (ask > 0 && (askMicros === 0 || ask < askMicros)) askMicros = ask;
  }
  return { bidMicros, askMicros };
}

/** What a venue's quote contributes: nothing when ineligible, crossed with itself, or too wide; else the sides it has. */
function standingQuote(quote: VenueQuote, widestMicros: number | null): Quote {
  const { bidMicros, askMicros, eligible } = quote;
  if (!eligible) return WITHDRAWN;
  if (bidMicros > 0 && askMicros > 0) {
    if (bidMicros > askMicros) return WITHDRAWN;
    if (widestMicros !== null && askMicros - bidMicros > widestMicros) return WITHDRAWN;
  }
  return quote;
}
