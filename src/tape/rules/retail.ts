import type { TradeSign } from '../../core/index.js';
import type { Quote } from '../vocabulary.js';
import { quoteState } from './quote.js';

/** TAQ letter of the FINRA trade reporting facility: prints off exchange. */
export const FINRA_FACILITY = 'D';
/** Below one dollar quotes themselves may be sub-penny, so a fraction of a cent says nothing. */
export const LEAST_RETAIL_PRICE_MICROS = 1_000_000;
const CENT_MICROS = 10_000;

/** A print as the retail rules see it. Only regular prints come here. */
export interface RetailPrint {
  readonly priceMicros: number;
  /** TAQ exchange letter. */
  readonly venue: string;
}

/** What the rule of Barber and others makes of a print. */
export interface MidpointRetail {
  readonly candidate: boolean;
  /** 0 for no candidate, and for a candidate in the band around the midpoint or without a usable quote. */
  readonly sign: TradeSign;
}

/**
 * Retail by the sub-penny rule [Boehmer, Jones, Zhang and Zhang 2021]: off exchange, at least one dollar, and Z, the price's
 * fraction of a tick, in (0, 0.4): sell, or in (0.6, 1): buy. All edges open; 0 = not retail. Needs unrounded prices.
 * @param tickSizeMicros the grid of quotes: a cent, five cents in the tick pilot (2016 to 2018)
 */
export function bjzzSign(print: RetailPrint, tickSizeMicros: number = CENT_MICROS): TradeSign {
  const fraction = subTickFraction(print, tickSizeMicros);
  if (fraction === 0) return 0;
  if (10 * fraction < 4 * tickSizeMicros) return -1;
  return 10 * fraction > 6 * tickSizeMicros ? 1 : 0;
}

/**
 * Retail signed by the midpoint [Barber, Huang, Jorion, Odean and Schwarz 2024]: of sub-penny prints off exchange, those above
 * bid + 0.6 spread buy, below bid + 0.4 spread sell; the closed band between is unsigned. In integers 10P against 4B + 6A and
 * 6B + 4A.
 * @param population `bjzz`: candidates must pass the sub-penny rule too
 */
export function bhjosRetail(
  print: RetailPrint,
  quote: Quote | null,
  population: 'sub-penny' | 'bjzz' = 'sub-penny',
  tickSizeMicros: number = CENT_MICROS,
): MidpointRetail {
  const candidate =
    population === 'bjzz'
      ? bjzzSign(print, tickSizeMicros) !== 0
      : subTickFraction(print, tickSizeMicros) !== 0;
  if (!candidate || quote === null || quoteState(quote) !== 'usable') return { candidate, sign: 0 };
  const { bidMicros: bid, askMicros: ask } = quote;
  if (10 * print.priceMicros > 4 * bid + 6 * ask) return { candidate, sign: 1 };
  return { candidate, sign: 10 * print.priceMicros < 6 * bid + 4 * ask ? -1 : 0 };
}

/** Micro-dollars over the last whole tick; 0 also for prints that no retail rule looks at. */
function subTickFraction({ priceMicros, venue }: RetailPrint, tickSizeMicros: number): number {
  return venue === FINRA_FACILITY && priceMicros >= LEAST_RETAIL_PRICE_MICROS
    ? priceMicros % tickSizeMicros
    : 0;
}
