import { nationalBest, type VenueQuote } from './rules/nbbo.js';
import type { SessionHours } from './rules/sessions.js';
import { moveTickReference, NO_TICK_REFERENCE } from './rules/tick.js';
import { needsQuotes, type SigningSettings, signingSettings } from './settings.js';
import { type Print, type PrintAnswer, partOf, signPrint } from './sign-print.js';
import type { Quote } from './vocabulary.js';

/** A quote of the tape with its time since midnight in New York. */
export interface TimedQuote extends VenueQuote {
  readonly timeNanos: number;
}

/**
 * Signs one symbol's session date print by print with the one-print rules, for readers and tests: whole tape in memory, time
 * quadratic. `TapeSigner` gives the same answers on any size.
 *
 * @param prints in order of time, sequence, file; quotes likewise
 * @throws {InvalidRequest} for settings out of range
 */
export function signTape(
  prints: readonly Print[],
  quotes: readonly TimedQuote[],
  hours: SessionHours,
  chosen: Partial<SigningSettings> = {},
): PrintAnswer[] {
  const settings = signingSettings(chosen);
  const read = needsQuotes(settings) ? quotes : [];
  let tick = NO_TICK_REFERENCE;
  return prints.map((print, i) => {
    const context = {
      quote: quoteInForce(read, print.timeNanos - settings.lagNanos, settings),
      tick,
      laterPricesMicros: laterPrices(prints, i, hours, settings),
    };
    const answer = signPrint(print, context, hours, settings);
    if (partOf(print, hours, settings).movesTick) tick = moveTickReference(print.priceMicros, tick);
    return answer;
  });
}

/** The national best after all quotes up to a time, that time included; null before the first. */
export function quoteInForce(
  quotes: readonly TimedQuote[],
  latestNanos: number,
  settings: Pick<SigningSettings, 'quoteKind' | 'widestVenueQuoteMicros'>,
): Quote | null {
  const past = quotes.filter(({ timeNanos }) => timeNanos <= latestNanos);
  const last = past.at(-1);
  if (last === undefined) return null;
  if (settings.quoteKind === 'nbbo') return last.eligible ? last : { bidMicros: 0, askMicros: 0 };
  const byVenue = new Map(past.map((quote) => [quote.venue, quote]));
  return nationalBest(byVenue.values(), settings.widestVenueQuoteMicros);
}

function* laterPrices(
  prints: readonly Print[],
  after: number,
  hours: SessionHours,
  settings: SigningSettings,
): Generator<number> {
  for (const print of prints.slice(after + 1)) {
    if (partOf(print, hours, settings).movesTick) yield print.priceMicros;
  }
}
